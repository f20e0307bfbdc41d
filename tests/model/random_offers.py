"""Contracts, policies and offers by lot, right ones and wrong ones. Each has a number and is always the same."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from random import Random

from tests.model.arithmetic import months_later
from tests.model.model import allowed_decimals
from tests.model.random_menus import decimal, menus
from tomsapp.domain.commitment import OUTSIDE_AREA, WHOLE_AREA, Commitment, Rate
from tomsapp.domain.contract import Contract, ContractKind, YearSpend
from tomsapp.domain.menu import Measure, MenuEdition
from tomsapp.domain.policy import Policy
from tomsapp.domain.policy_records import LivingWage
from tomsapp.domain.rules.registry import RULE_KINDS
from tomsapp.domain.rules.rule import CountedIn, PolicyRule, Rounding, WithVat
from tomsapp.domain.units import Unit

POLICIES = 40
LINES = (0, 1, 1, 1, 2, 2, 2, 3, 3, 6)
LENGTHS = (*(12,) * 6, *(24,) * 5, *(36,) * 3, 48, 60, 120)
"""Months, as often as they stand here: most contracts are short ones, and the long ones are here too."""
WAGES = (LivingWage(date(2024, 4, 1), Decimal("11.44")), LivingWage(date(2026, 4, 1), Decimal("12.71")))
WRONG = 0.06
"""How often one thing about a line is wrong."""


@dataclass(frozen=True)
class Case:
    """One offer with what it is held against. `answered` is the share of its warnings that get an answer."""

    number: int
    edition: MenuEdition
    contract: Contract
    commitments: tuple[Commitment, ...]
    policy: Policy
    medians: dict[str, Decimal]
    answered: float


def policy(number: int) -> Policy:
    """The rules of this number: a scope, a minimum and employment outcomes, some dated, some in two versions."""
    rng = Random(f"policy {number}")
    rules = []
    for kind in RULE_KINDS:
        begins = date(2000, 1, 1)
        for version in range(rng.choice((1, 1, 2))):
            ends = date(2027, 6, 30) if version == 0 and rng.random() < 0.4 else None
            rules.append(
                PolicyRule(
                    code=kind.value,
                    kind=kind,
                    title=kind.value,
                    in_force_from=begins,
                    in_force_until=ends,
                    threshold=rng.choice((Decimal(0), Decimal(25_000), Decimal(214_904), Decimal(1_000_000))),
                    share=decimal(rng, 0, 1, 3) / rng.choice((1, 10)),
                    counted_in=rng.choice(tuple(CountedIn)),
                    per=rng.choice((Decimal(1_000_000), Decimal(1_000_000), Decimal("750000.50"))),
                    outcomes=rng.choice((Decimal(1), Decimal(1), Decimal("0.5"), Decimal(3))),
                    rounding=rng.choice(tuple(Rounding)),
                    with_vat=Random(f"vat {number} {kind.value} {version}").choice(tuple(WithVat)),
                )
            )
            begins = date(2027, 7, 1)
    return Policy(f"by-lot-{number}", "Rules by lot", tuple(rules), WAGES if number % 2 else ())


@cache
def policies() -> tuple[Policy, ...]:
    """All the policies, made once."""
    return tuple(policy(number) for number in range(POLICIES))


def contract(rng: Random) -> Contract:
    """From a few days to ten years, the last year often a short one; a third are frameworks with spend."""
    start = date(2024, 1, 1) + timedelta(days=rng.randint(0, 3000))
    if rng.random() < 0.5:
        start = start.replace(day=1)
    months = rng.choice(LENGTHS) if rng.random() < 0.6 else rng.randint(0, rng.choice((12, 24, 24, 36, 36, 36, 120)))
    days = rng.randint(0, 45) if rng.random() < 0.3 else 0
    end = months_later(start, months) + timedelta(days=days - 1)
    value = rng.choice(
        (
            Decimal(rng.choice((0, 25_000, 214_904, 1_000_000, 3_000_000))),
            decimal(rng, 1_000, 300_000, 2),
            decimal(rng, 100_000, 20_000_000, 2),
            decimal(rng, 1_000_000, 1_000_000_000, 2),
        )
    )
    made = Contract("C1", value, start, max(start, end), value_with_vat=value_with_vat(value))
    if rng.random() < 0.65:
        return made
    return replace(made, kind=ContractKind.FRAMEWORK, spend=spend(rng, value))


def value_with_vat(value: Decimal) -> Decimal | None:
    """Of a third of the contracts it is recorded: with the standard rate, or without any, as rents are."""
    taxed = (value * Decimal("1.2")).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return Random(f"vat {value}").choice((None, None, None, None, value, taxed))


def spend(rng: Random, value: Decimal) -> tuple[YearSpend, ...]:
    """The spend of each year: recorded, forecast, both or none, in no order."""
    highest = max(1, int(value) // 5)
    made = []
    recorded_years = rng.randint(0, 10)
    for year in range(10):
        if year < recorded_years and rng.random() < 0.95:
            made.append(YearSpend(year, decimal(rng, 0, highest, 2), is_recorded=True))
        if rng.random() < 0.95:
            made.append(YearSpend(year, decimal(rng, 0, highest, 2)))
    rng.shuffle(made)
    return tuple(made)


def quantity(rng: Random, measure: Measure) -> Decimal:
    """A quantity that the measure allows."""
    if measure.unit is Unit.YES_NO:
        return Decimal(rng.randint(0, 1))
    highest = 100 if measure.unit is Unit.PERCENT else rng.choice((3, 3, 20, 20, 500, 100_000, 900_000_000))
    return decimal(rng, 0, highest, allowed_decimals(measure))


def wrong_quantity(rng: Random, measure: Measure) -> Decimal | None:
    """Nothing, less than nothing, too precise, or more than can be."""
    return rng.choice(
        (
            None,
            -quantity(rng, measure),
            quantity(rng, measure) + Decimal(5).scaleb(-1 - allowed_decimals(measure)),
            quantity(rng, measure) + 101,
        )
    )


def commitment(rng: Random, key: str, measure: Measure, years: int, *, is_framework: bool) -> Commitment:
    """One line; now and then something about it is wrong."""

    def wrong() -> bool:
        return rng.random() < WRONG

    often = rng.choice((0.0, 0.5, 1.0))
    entered: list[Decimal | None] = [
        quantity(rng, measure) if year == 0 or rng.random() < often else rng.choice((Decimal(0), None))
        for year in range(years)
    ]
    if wrong():
        entered[rng.randrange(years)] = wrong_quantity(rng, measure)
    if wrong():
        entered = entered[: rng.randint(0, years)]
    if wrong():
        entered.append(rng.choice((None, Decimal(0), quantity(rng, measure))))
    rate = None
    if rng.random() < (0.5 if is_framework else WRONG / 3):
        rate = Rate(decimal(rng, 0, 60, 3), rng.choice((Decimal(1), Decimal(1_000_000), Decimal("750000.50"))))
        rate = rate if rate.per_pounds > 1 else Rate(rate.quantity / 1_000_000, rate.per_pounds)
    share = Decimal(1) if rng.random() < 0.5 else decimal(rng, 0, 1, 4)
    return Commitment(
        key=key,
        measure="Z99" if wrong() and wrong() else measure.code,
        quantities=() if rate else tuple(entered),
        contract_share=rng.choice((Decimal("1.0001"), Decimal(25), Decimal("-0.5"))) if wrong() and wrong() else share,
        place=OUTSIDE_AREA if wrong() else WHOLE_AREA,
        statement=rng.choice(("", "  ")) if wrong() else "What we do and with whom.",
        rate=rate,
        cost=decimal(rng, 0, 20_000, 2) if rng.random() < 0.3 else None,
    )


def case(number: int) -> Case:
    """The offer of this number: always the same one."""
    rng = Random(number)
    edition = menus()[number % len(menus())]
    what = contract(rng)
    years = 1
    while months_later(what.start_on, 12 * years) <= what.end_on:
        years += 1
    measures = [each for theme in edition.themes for outcome in theme.outcomes for each in outcome.measures]
    likely = [code for group in edition.exclusion_groups for code in (*group.measures, *group.against)]
    among = [each for each in measures if each.code in likely] if rng.random() < 0.5 else measures
    lines = tuple(
        commitment(rng, f"line-{line}", rng.choice(among), years, is_framework=bool(what.spend))
        for line in range(rng.choice(LINES))
    )
    medians = {each.code: quantity(rng, each) for each in measures if rng.random() < 0.1}
    return Case(number, edition, what, lines, rng.choice(policies()), medians, rng.choice((0.0, 0.0, 0.0, 0.5, 1.0)))
