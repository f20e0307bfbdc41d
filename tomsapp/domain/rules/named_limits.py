"""The limits that the words of a rule name beside the threshold that it is held to."""

import re
from decimal import Decimal

from tomsapp.domain.alike import plain_signs
from tomsapp.domain.money import NumberError
from tomsapp.domain.rules.rule import PENCE, Demand, PolicyRule, Promise
from tomsapp.domain.rules.vat import compared
from tomsapp.domain.typed_numbers import read_number
from tomsapp.domain.wording import format_pounds

_NUMBER = r"\d[\d.,]*+(?: \d{3}\b)*+"
_NOUGHTS = r" ?(?:k|mn?|bn|thousand|million|billion)\b"
_LIMIT = re.compile(
    rf"(?P<between>\bbetween )?£ ?(?P<first>{_NUMBER})(?P<noughts>{_NOUGHTS})?+"
    rf"(?: ?(?:-|(?:up )?to\b|(?(between)and\b|-)) ?"
    rf"(?P<pounds>£ ?)?(?P<last>{_NUMBER})(?(pounds)(?P<its>{_NOUGHTS})?+|(?P<whose>{_NOUGHTS})))?",
    re.ASCII | re.IGNORECASE,
)
"""An amount whole, with its decimals and the word for its noughts, or two with what stands from one to the other."""

_ASKING = (
    r"\b(?:an?(?! (?:year|quarter|month|week|day)\b)|asks?|bring|create|deliver|give|ha[sv]e?|is|are|must|needs?|offer"
    r"|one|provide|requires?|shall|should|will)\b"
)
"""Where something must be done for each £1m, the amount before it is of contracts, and no rate."""

_OF_EACH = re.compile(
    rf" ?(?:an hour|per|each)\b|(?:(?!{_ASKING})[^.,:;£\d])*\b(?:in|of|for|on|with|against|per) (?:(?:each|every) )?£",
    re.ASCII | re.IGNORECASE,
)
"""What follows on an amount that is a rate: "£1 in every £5", "£1 spent locally for each £4"."""

_AFTER_EACH = re.compile(
    r"\b(?:each|every|per) (?:£[^.:;£]*(?<!\bover )(?<!\babove )(?<!\bunder )(?<!\bthan )(?<!\bexceeding ))?$",
    re.ASCII | re.IGNORECASE,
)
"""What goes before one: "for each £4 spent, £1"; not "for each £1m, in contracts over £500,000"."""


def lower_limit_named(rule: PolicyRule, kind: Demand, promise: Promise) -> str:
    """What is added where the rule asks nothing, and would by a lower limit that its own words name too."""
    value = compared(rule, promise)
    lower = [limit for limit in _named(rule.text) if limit < rule.threshold and limit * PENCE < value]
    if not lower:
        return ""
    asked = kind.unit.words(kind.amounts(rule)(promise).needed)
    limit = format_pounds(min(lower))
    return f". The rule’s own words name {limit} too, and this contract is over that: {asked} would be asked of it"


def _named(text: str) -> list[Decimal]:
    plain = plain_signs(text)
    return [
        limit
        for found in _LIMIT.finditer(plain)
        if not _OF_EACH.match(plain, found.end()) and not _AFTER_EACH.search(plain[: found.start()])
        for limit in _limits(found)
    ]


def _limits(found: re.Match[str]) -> list[Decimal]:
    """The amount, or both ends of a span: the first of £100-£200k has the noughts of the second, £500-£1m its own."""
    noughts, of_last = found["noughts"] or "", found["its"] or found["whose"] or ""
    last = _read(f"{found['last']}{of_last}") if found["last"] else []
    own, as_last = _read(f"{found['first']}{noughts}"), _read(f"{found['first']}{noughts or of_last}")
    return [*(as_last if last and as_last < last else own), *last]


def _read(text: str) -> list[Decimal]:
    try:
        return [read_number(text.rstrip(".,"), is_pounds=True)]
    except NumberError:  # such as 1,00,000: no limit that could be held against a value
        return []
