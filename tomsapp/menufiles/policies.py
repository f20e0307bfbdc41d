"""Policy files: the dated rules of a council, and the dated wages that checks and menus rest on."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from tomsapp.domain.facts import Fact, FactKind
from tomsapp.domain.money import PENNY_PLACES
from tomsapp.domain.policy import DatedWage, Policy
from tomsapp.domain.policy_records import RULE, LivingWage
from tomsapp.domain.problems import Problem, Where
from tomsapp.domain.proxy import WageKind
from tomsapp.domain.rules.registry import RULE_KINDS
from tomsapp.domain.rules.rule import PolicyRule, RuleSource
from tomsapp.menufiles.errors import MenuFileError, usable
from tomsapp.menufiles.files import MOST_BYTES
from tomsapp.reading.fields import FieldReader
from tomsapp.reading.text_formats import read_toml

_TITLE = Fact("title", "Title")


def read_policy(data: bytes, file: str) -> Policy:
    """The policy in the bytes of a policy file.

    Raises:
        MenuFileError: the file has errors; it holds every one.
    """
    problems: list[Problem] = []
    reader = FieldReader(usable(read_toml(data, file, MOST_BYTES)), Where(file=file), problems)
    policy = Policy(
        code=reader.code("code"),
        title=reader.text("title", required=True, fact=_TITLE),
        rules=_read_rules(reader),
        living_wages=tuple(_read_wage(table) for table in reader.tables("national_living_wage")),
        wages=tuple(_read_dated_wage(table) for table in reader.tables("wage")),
    )
    reader.finish()
    if problems:
        raise MenuFileError(problems)
    return policy


def _read_rules(reader: FieldReader) -> tuple[PolicyRule, ...]:
    rules: list[PolicyRule] = []
    for table in reader.tables("rule"):
        rule = _read_rule(table)
        if any(other.code == rule.code and _overlap(other, rule) for other in rules):
            message = f"Two rules “{rule.code}” are in force on the same day"
            table.report("duplicate-code", message, "End the older one with in_force_until", "in_force_from")
        rules.append(rule)
    return tuple(rules)


def _overlap(one: PolicyRule, other: PolicyRule) -> bool:
    one_ends, other_ends = one.in_force_until or date.max, other.in_force_until or date.max
    return one.in_force_from <= other_ends and other.in_force_from <= one_ends


def _read_rule(table: FieldReader) -> PolicyRule:
    code = table.code("code")
    if code:
        table.name_it(f"rule {code}, ")
    kind = table.choice("kind", RULE_KINDS)
    rule = PolicyRule(
        code=code,
        kind=kind,
        title=table.text("title", required=True, fact=RULE.fact("title")),
        in_force_from=table.day("in_force_from", required=True) or date.min,
        in_force_until=table.day("in_force_until"),
        threshold=table.number("threshold", required=True, places=2) or Decimal(0),
        text=table.text("text"),
        source=_read_source(table),
        binds_signed_from=table.day("binds_signed_from"),
        **{**_UNUSED, **{name: _read_own(table, name) for name in kind.own_facts}},
    )
    table.finish()
    for key, _ in kind.faults(rule):
        table.report("missing-key", f"“{key}” is missing or 0", f"Write {key} as the policy states it", key)
    if rule.in_force_until and rule.in_force_until < rule.in_force_from:
        table.report("dates-out-of-order", "It ends before it begins", "Put the dates in order", "in_force_until")
    binds = rule.binds_signed_from
    if binds is not None and not rule.is_in_force(binds):
        table.report(
            "day-outside", "The rule is not in force on that day", "Write a day of its own", "binds_signed_from"
        )
    return rule


_UNUSED: Mapping[str, Any] = {"share": Decimal(0), "per": Decimal(0), "outcomes": Decimal(0)}
"""What stands in a rule for numbers that its kind does not use."""


_OWN: Mapping[FactKind, Callable[[FieldReader, Fact], Any]] = {
    FactKind.SHARE: lambda table, fact: table.share(fact.name),
    FactKind.POUNDS: lambda table, fact: table.number(fact.name, places=PENNY_PLACES) or Decimal(0),
    FactKind.QUANTITY: lambda table, fact: table.number(fact.name) or Decimal(0),
    FactKind.CHOICE: lambda table, fact: table.choice(fact.name, fact.offered),
}
"""How a fact is read that only some kinds of rule use."""


def _read_own(table: FieldReader, name: str) -> Any:
    fact = RULE.fact(name)
    return _OWN[fact.kind](table, fact)


def _read_wage(table: FieldReader) -> LivingWage:
    wage = LivingWage(
        in_force_from=table.day("in_force_from", required=True) or date.min,
        hourly=table.number("hourly", required=True, places=2) or Decimal(0),
        source=_read_source(table),
    )
    table.finish()
    return wage


def _read_dated_wage(table: FieldReader) -> DatedWage:
    kind = table.choice("kind", WageKind)
    if kind is WageKind.NATIONAL_LIVING_WAGE and table.has("kind"):
        fix = "Write it under [[national_living_wage]]"
        table.report("wrong-table", "The National Living Wage has tables of its own", fix, "kind")
    wage = _read_wage(table)
    return DatedWage(kind, wage.in_force_from, wage.hourly, wage.source)


def _read_source(reader: FieldReader) -> RuleSource | None:
    table = reader.table("source")
    if table is None:
        reader.report("missing-key", "“source” is missing", "Add source = { title = …, publisher = …, …}", "source")
        return None
    source = RuleSource(
        title=table.text("title", required=True),
        publisher=table.text("publisher", required=True),
        year=table.text("year"),
        address=table.text("address"),
    )
    # The licence stands in the file for those who edit it; a rule is quoted as a fact.
    table.text("licence")
    table.finish()
    return source
