"""The limits that the words of a rule name beside the threshold that it is held to."""

import re
from decimal import Decimal

from tomsapp.domain.alike import plain_signs
from tomsapp.domain.money import NumberError
from tomsapp.domain.rules.rule import Demand, PolicyRule, Promise
from tomsapp.domain.typed_numbers import read_number
from tomsapp.domain.wording import format_pounds

_SCALE = r"(?: ?(?:k|mn?|bn|thousand|million|billion)\b)?+"
_LIMIT = re.compile(
    rf"(?<!each )(?<!every )(?<!per )£ ?(\d[\d.,]*+(?: \d{{3}}\b)*+{_SCALE})"
    r"(?! ?(?:(?:an hour|per|each)\b|(?:in|of|for) (?:each|every) £))",
    re.ASCII | re.IGNORECASE,
)
"""An amount whole, with its decimals and the word for its noughts: the 1 of £1.5m is no limit. No rate is one."""


def lower_limit_named(rule: PolicyRule, kind: Demand, promise: Promise) -> str:
    """What is added where the rule asks nothing, and would by a lower limit that its own words name too."""
    lower = [limit for limit in _named(rule.text) if limit < rule.threshold and limit < promise.pounds]
    if not lower:
        return ""
    asked = kind.unit.words(kind.amounts(rule)(promise).needed)
    limit = format_pounds(min(lower))
    return f". The rule’s own words name {limit} too, and this contract is over that: {asked} would be asked of it"


def _named(text: str) -> list[Decimal]:
    found = []
    for match in _LIMIT.finditer(plain_signs(text)):
        try:
            found.append(read_number(match[1].rstrip(".,"), is_pounds=True))
        except NumberError:  # such as 1,00,000: no limit that could be held against a value
            continue
    return found
