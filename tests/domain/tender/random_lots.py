"""Lots made by chance, with all that makes a score hard: shares, deadweight, values by year, minima, near ties."""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

from tests.domain.build import barnet, commit, contract, edition, measure
from tests.domain.tender.scoring_build import D, Entered, F, entry, lot, rules
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.limits import TenderLimits
from tomsapp.domain.menu import Measure, MenuEdition
from tomsapp.domain.offer import Offer
from tomsapp.domain.proxy import UnitValue
from tomsapp.domain.rules.rule import CountedIn
from tomsapp.domain.tender.bands import read_bands
from tomsapp.domain.tender.choices import MinimumRule, QuantityMethod
from tomsapp.domain.tender.evaluating import ToEvaluate
from tomsapp.domain.units import Unit

CODES = ("M1", "M2", "M3", "M4")


@dataclass(frozen=True)
class Made:
    """A lot with its bids as they came."""

    bids: tuple[Entered, ...]
    menu: MenuEdition
    facts: dict[str, Any]

    @property
    def given(self) -> ToEvaluate:
        """The lot, with its offers checked."""
        return lot(*self.bids, menu=self.menu, **self.facts)


def random_lot(seed: int) -> Made:
    """A lot of two to four bids for a small contract, so that minima and bands are near."""
    dice = Random(seed)
    menu = _menu(dice)
    worth = D(dice.choice(["400.00", "1000.00", "2500.00"]))
    counted = dice.choice([CountedIn.SOCIAL_VALUE, CountedIn.SOCIAL_VALUE, CountedIn.REAL_POUNDS])
    held = (replace(rule, threshold=D(0), per=D(2000), counted_in=counted) for rule in barnet().rules)
    policy = replace(barnet(), rules=tuple(held))
    themes = (1,) if dice.random() < 0.3 else ()
    limits = TenderLimits(dice.choice([None, None, 2, 3]), themes)
    bids = tuple(_bid(dice, number, worth) for number in range(dice.randint(2, 4)))
    if dice.random() < 0.2:
        bids = (*bids, replace(bids[0], key="twin", supplier="Twin"))
    method = dice.choice(tuple(QuantityMethod))
    points = dice.choice([(40, 40, 10, 10), (60, 0, 40, 0), (0, 0, 100, 0), (30, 20, F(100, 3), F(50, 3))])
    told = rules(
        *points,
        method=method,
        target=D(dice.choice(["30.00", "75.5", "0"])) if method is QuantityMethod.TARGET else None,
        bands=read_bands("0% 0; 2.5% 1; 5% 2; 10% 5") if method is QuantityMethod.BANDS else (),
        quality_of=F(100),
    )
    minimum = dice.choice([MinimumRule.NOT_ADMITTED, MinimumRule.REPORTED])
    return Made(bids, menu, {"rules": told, "policy": policy, "limits": limits, "minimum": minimum})


def _menu(dice: Random) -> MenuEdition:
    rate = D(dice.choice(["0", "0", "0.035"]))
    return edition(*(_measure(dice, code) for code in CODES), discount_rate=rate)


def _measure(dice: Random, code: str) -> Measure:
    facts: dict[str, Any] = {}
    if dice.random() < 0.4:
        facts = {
            "deadweight_share": D(dice.choice(["0.25", "0.1"])),
            "benefit_years": dice.choice([1, 3]),
            "drop_off_share": D("0.5"),
        }
    if code == "M2":
        facts["employment_outcome"] = D(1)
    if code == "M3" and dice.random() < 0.6:
        values = tuple(_unit_value(dice, year) for year in (2026, 2027))
        return measure(code, str(values[0].value), Unit.TONNES, unit_values=values, **facts)
    value = _unit_value(dice)
    unit = {"M3": Unit.TONNES, "M4": Unit.POUNDS}.get(code, Unit.HOURS)
    facts["real_pounds"] = code == "M4"
    return measure(code, str(value.value), unit, unit_values=(value,), **facts)


def _unit_value(dice: Random, year: int | None = None) -> UnitValue:
    value = D(dice.randint(100, 160)).scaleb(-2) if dice.random() < 0.7 else D(dice.randint(40, 90)).scaleb(-4)
    low, high = (value - D("0.0004"), value + D("0.25")) if dice.random() < 0.5 else (None, None)
    return UnitValue(value, value, "2024", year=year, low=low, high=high)


def _bid(dice: Random, number: int, worth: Decimal) -> Entered:
    commitments = tuple(_commitment(dice, code) for code in CODES if dice.random() < 0.75)
    if commitments and dice.random() < 0.2:
        commitments = (*commitments, replace(commitments[0], key="again", place="E05013628"))
    name = f"Bidder {number}"
    return entry(
        name,
        str(dice.choice([100, 101, 103, 110, Fraction(5, 1)])),
        str(dice.choice([60, 61, 65])),
        key=str(number),
        offer=Offer(contract(str(worth), 2), commitments),
        marks={1: F(dice.randint(3, 5)), 2: F(4), 3: F(dice.randint(4, 5))},
        share_base=worth,
    )


def _commitment(dice: Random, code: str) -> Commitment:
    places = 2 if code != "M3" else 3
    first, second = (str(D(dice.randint(0, dice.choice([2000, 2000, 9]))).scaleb(-places)) for _ in range(2))
    quantities = ("-1", "5") if dice.random() < 0.05 else (first, second)
    return commit(code, *quantities, contract_share=D(dice.choice(["1", "1", "0.5", "0.333333"])))


def with_unit_values(menu: MenuEdition, code: str, values: dict[int | None, Decimal]) -> MenuEdition:
    """The menu with other unit values of one measure."""

    def changed(each: Measure) -> Measure:
        if each.code != code:
            return each
        return replace(each, unit_values=tuple(replace(value, value=values[value.year]) for value in each.unit_values))

    themes = tuple(
        replace(
            theme,
            outcomes=tuple(
                replace(outcome, measures=tuple(map(changed, outcome.measures))) for outcome in theme.outcomes
            ),
        )
        for theme in menu.themes
    )
    return replace(menu, themes=themes)
