"""A lot of many offers made by chance, the same each time, for the benchmarks of scoring and sensitivity."""

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import Contract
from tomsapp.domain.limits import TenderLimits
from tomsapp.domain.menu import Counts, EditionStatus, Measure, MenuEdition, Outcome, Theme
from tomsapp.domain.money import from_scaled
from tomsapp.domain.offer import Offer, Surroundings, value_offer
from tomsapp.domain.policy import Policy
from tomsapp.domain.proxy import DatedValue, ProxyValue, Source, UnitValue
from tomsapp.domain.rules.employment_outcomes import EMPLOYMENT_OUTCOMES
from tomsapp.domain.rules.minimum_share import MINIMUM_SHARE
from tomsapp.domain.rules.rule import PolicyRule
from tomsapp.domain.tender.choices import MinimumRule
from tomsapp.domain.tender.evaluating import BidToEvaluate, ToEvaluate
from tomsapp.domain.tender.scoring_rules import ScoringRules, Weights
from tomsapp.domain.units import Unit

VALUE = Decimal("1200000.00")
BEGUN = date(2023, 10, 18)
POLICY = Policy(
    "made-up",
    "Made up",
    (
        PolicyRule("minimum", MINIMUM_SHARE, "Minimum", BEGUN, share=Decimal("0.05")),
        PolicyRule("employment", EMPLOYMENT_OUTCOMES, "Employment", BEGUN),
    ),
)
SOURCE = Source("made-up", "Made-up values", "Nobody", "2024", "none needed", "https://example.org/")


def made_lot(bids: int, lines: int, *, is_close: bool = False) -> ToEvaluate:
    """So many bids of so many lines each; `is_close` where the first two differ by next to nothing."""
    dice = random.Random(2026)
    measures = tuple(_measure(dice, number) for number in range(lines))
    theme = Theme(1, "All", (Outcome("1a", "All", measures),))
    menu = MenuEdition("made-up", "2026.1", "Menu", EditionStatus.PUBLISHED, "2024", (theme,))
    entered = [_bid(dice, number, menu) for number in range(bids)]
    if is_close and bids > 1:
        entered[1] = replace(entered[0], key="1", supplier="Bidder 01", price=Decimal("900000.01"))
        entered[0] = replace(entered[0], price=Decimal("900000.00"))
    weights = Weights(Fraction(40), Fraction(40), Fraction(10), Fraction(10))
    rules = ScoringRules(weights, Fraction(40), questions={1: Fraction(30), 2: Fraction(40), 3: Fraction(30)})
    return ToEvaluate(rules, menu, POLICY, TenderLimits(), MinimumRule.NOT_ADMITTED, tuple(entered))


def _measure(dice: random.Random, number: int) -> Measure:
    value = from_scaled(dice.randrange(100, 2_000_000), 2)
    has_range, is_job = number % 5 == 0, number % 4 == 0
    unit_value = UnitValue(
        value, value, "2024", low=value / 2 if has_range else None, high=value * 2 if has_range else None
    )
    return Measure(
        f"M{number:02}",
        f"Measure {number}",
        Unit.FTE_YEARS if is_job else Unit.HOURS,
        Counts.EACH_YEAR,
        proxy=ProxyValue((DatedValue(value),), "2024", SOURCE),
        unit_values=(replace(unit_value, low=_pennies(unit_value.low)),),
        employment_outcome=Decimal(int(is_job)),
        asks_statement=False,
    )


def _pennies(pounds: Decimal | None) -> Decimal | None:
    """Pounds without parts of a penny."""
    return None if pounds is None else from_scaled(int(pounds * 100), 2)


def _bid(dice: random.Random, number: int, menu: MenuEdition) -> BidToEvaluate:
    name = f"Bidder {number:02}"
    contract = Contract("T1", VALUE, date(2027, 4, 1), date(2029, 3, 31), supplier=name)
    most = 4_000 // len(menu.measures)
    commitments = tuple(
        Commitment(each.code, each.code, tuple(from_scaled(dice.randrange(1, most), 2) for _ in range(2)))
        for each in menu.measures
    )
    return BidToEvaluate(
        str(number),
        name,
        Decimal(dice.randrange(900_000, 1_300_000)),
        Fraction(dice.randrange(20, 40)),
        value_offer(Offer(contract, commitments), menu, Surroundings(POLICY)),
        VALUE,
        {question: Fraction(dice.randrange(3, 6)) for question in (1, 2, 3)},
    )
