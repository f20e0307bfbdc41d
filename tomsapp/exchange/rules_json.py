"""Policy rules as JSON: those that a valuation was held against, so that its checks can be made again."""

import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from tomsapp.domain.money import MOST_DECIMALS
from tomsapp.domain.problems import Problem, Where, has_errors
from tomsapp.domain.rules.registry import RULE_KINDS
from tomsapp.domain.rules.rule import CountedIn, PolicyRule, Rounding, RuleSource, WithVat
from tomsapp.exchange.numbers import plain_number, plain_pounds
from tomsapp.exchange.offer_file import OfferUnreadable, usable
from tomsapp.reading.dialect import SENT_FILES
from tomsapp.reading.fields import FieldReader
from tomsapp.reading.text_formats import Values, parse_json

_MOST_TEXT = 20_000


def rules_values(rules: Iterable[PolicyRule]) -> list[dict[str, object]]:
    """Each rule with all that decides its result, its words and its source, as the pages print them."""
    return [
        {
            "code": rule.code,
            "kind": rule.kind.value,
            "title": rule.title,
            "in_force_from": rule.in_force_from.isoformat(),
            "in_force_until": rule.in_force_until.isoformat() if rule.in_force_until else None,
            "threshold": plain_pounds(rule.threshold),
            "share": plain_number(rule.share),
            "counted_in": rule.counted_in.value,
            "per": plain_pounds(rule.per),
            "outcomes": plain_number(rule.outcomes),
            "rounding": rule.rounding.value,
            "text": rule.text,
            "source": source_values(rule.source),
            "binds_signed_from": rule.binds_signed_from.isoformat() if rule.binds_signed_from else None,
            # Left out where the policy does not say it, as in papers of versions that did not ask for it.
            **({} if rule.with_vat is WithVat.NOT_SAID else {"with_vat": rule.with_vat.value}),
        }
        for rule in rules
    ]


def source_values(source: RuleSource | None) -> dict[str, object] | None:
    """Where a rule or a wage comes from; null where it is not said."""
    if source is None:
        return None
    return {
        "title": source.title,
        "publisher": source.publisher,
        "year": source.year,
        "address": source.address,
    }


def write_rules(rules: Iterable[PolicyRule]) -> str:
    """The rules in one line of JSON."""
    return json.dumps(rules_values(rules), ensure_ascii=False, separators=(",", ":"))


def rules_in(text: str) -> tuple[PolicyRule, ...]:
    """The rules that `write_rules` wrote, or that stood in an earlier result.

    Raises:
        OfferUnreadable: one of them cannot be read.
    """
    file = "the sealed rules"
    return read_rules(usable(parse_json(f'{{"rules": {text}}}', file)), file)


def read_rules(values: Values, file: str = "") -> tuple[PolicyRule, ...]:
    """The rules that a result states under “rules”.

    Raises:
        OfferUnreadable: one of them cannot be read.
    """
    found: list[Problem] = []
    fields = FieldReader(values, Where(file=file), found, dialect=SENT_FILES)
    rules = tuple(_rule(rule) for rule in fields.tables("rules"))
    if has_errors(found) or any(any(rule.kind.faults(rule)) for rule in rules):
        raise _unreadable(file)
    return rules


def _rule(fields: FieldReader) -> PolicyRule:
    numbers = [
        fields.amount(name, required=True, places=MOST_DECIMALS) for name in ("threshold", "share", "per", "outcomes")
    ]
    threshold, share, per, outcomes = [Decimal(0) if number is None else number for number in numbers]
    rule = PolicyRule(
        code=fields.typed_text("code", _MOST_TEXT, required=True),
        kind=fields.choice("kind", RULE_KINDS),
        title=fields.typed_text("title", _MOST_TEXT),
        in_force_from=fields.day("in_force_from", required=True) or date.min,
        in_force_until=fields.day("in_force_until"),
        threshold=threshold,
        share=share,
        counted_in=fields.choice("counted_in", CountedIn),
        per=per,
        outcomes=outcomes,
        rounding=fields.choice("rounding", Rounding),
        text=fields.typed_text("text", _MOST_TEXT),
        source=read_source(fields.table("source")),
        binds_signed_from=fields.day("binds_signed_from"),
        with_vat=fields.choice("with_vat", WithVat, WithVat.NOT_SAID),
    )
    fields.finish()
    return rule


def read_source(fields: FieldReader | None) -> RuleSource | None:
    """The source that `source_values` wrote."""
    if fields is None:
        return None
    source = RuleSource(*(fields.typed_text(name, _MOST_TEXT) for name in ("title", "publisher", "year", "address")))
    fields.finish()
    return source


def _unreadable(file: str) -> OfferUnreadable:
    return OfferUnreadable(
        f"The policy rules in {file or 'the file'} cannot be read", "Use the JSON file that is attached to a valuation"
    )
