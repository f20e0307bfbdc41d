"""A council's policy as JSON: its rules, and the wages on which the checks of an offer rest."""

from datetime import date
from decimal import Decimal

from tomsapp.domain.money import MOST_DECIMALS
from tomsapp.domain.policy import DatedWage, Policy
from tomsapp.domain.policy_records import LivingWage
from tomsapp.domain.problems import Problem, Where, has_errors
from tomsapp.domain.proxy import WageKind
from tomsapp.domain.rules.rule import RuleSource
from tomsapp.exchange.numbers import plain_pounds
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.rules_json import read_rules, read_source, rules_values, source_values
from tomsapp.reading.dialect import SENT_FILES
from tomsapp.reading.fields import FieldReader
from tomsapp.reading.text_formats import Values

_MOST_NAME = 1_000


def policy_values(policy: Policy) -> dict[str, object]:
    """The policy with all that decides how an offer stands against it."""
    return {
        "code": policy.code,
        "title": policy.title,
        "rules": rules_values(policy.rules),
        "living_wages": [_wage_values(wage) for wage in policy.living_wages],
        "wages": [{"kind": wage.kind.value, **_wage_values(wage)} for wage in policy.wages],
        "bound": sorted(policy.bound),
    }


def _wage_values(wage: LivingWage | DatedWage) -> dict[str, object]:
    return {
        "in_force_from": wage.in_force_from.isoformat(),
        "hourly": plain_pounds(wage.hourly),
        "source": source_values(wage.source),
    }


def read_policy(values: Values, file: str = "") -> Policy:
    """The policy that `policy_values` wrote.

    Raises:
        OfferUnreadable: a part of it cannot be read.
    """
    rules = read_rules(values, file)
    found: list[Problem] = []
    fields = FieldReader(values, Where(file=file), found, dialect=SENT_FILES)
    fields.items("rules")
    policy = Policy(
        fields.typed_text("code", _MOST_NAME, required=True),
        fields.typed_text("title", _MOST_NAME),
        rules,
        tuple(_living_wage(wage) for wage in fields.tables("living_wages")),
        tuple(_dated_wage(wage) for wage in fields.tables("wages")),
        frozenset(map(str, fields.items("bound"))),
    )
    fields.finish()
    if has_errors(found):
        raise OfferUnreadable(f"The policy in {file or 'the file'} cannot be read", str(found[0]))
    return policy


def _living_wage(fields: FieldReader) -> LivingWage:
    wage = LivingWage(*_wage(fields))
    fields.finish()
    return wage


def _dated_wage(fields: FieldReader) -> DatedWage:
    wage = DatedWage(fields.choice("kind", WageKind), *_wage(fields))
    fields.finish()
    return wage


def _wage(fields: FieldReader) -> tuple[date, Decimal, RuleSource | None]:
    begins = fields.day("in_force_from", required=True) or date.min
    hourly = fields.amount("hourly", required=True, places=MOST_DECIMALS) or Decimal(0)
    return begins, hourly, read_source(fields.table("source"))
