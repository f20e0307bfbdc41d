"""Whole evaluations redone by a stranger: plain fractions in a sheet of rows, without the program's own sums.

From the quantities that are offered to the ranks: the value of each line and year, the minima, the points, the totals.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from math import floor

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.tender.random_lots import Made, random_lot
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.menu import Measure
from tomsapp.domain.rules.rule import CountedIn
from tomsapp.domain.tender.choices import MinimumRule, QuantityMethod
from tomsapp.domain.tender.evaluating import evaluate
from tomsapp.domain.tender.scoring_rules import ScoringRules

F = Fraction
NOTHING = F(0)


@dataclass
class Row:
    """One bidder in the sheet: what is typed, then each column that is worked out."""

    name: str
    price: Fraction
    quality: Fraction
    base: Fraction
    marks: Mapping[int, Fraction]
    value: Fraction = NOTHING
    real: Fraction = NOTHING
    jobs: Fraction = NOTHING
    has_any: bool = False
    measures: set[str] = field(default_factory=set)
    is_in: bool = True
    total: Fraction = NOTHING
    rank: int | None = None


def _pence(pounds: Fraction) -> Fraction:
    """Rounded to the penny as at school: half a penny goes up (no line here is below nothing)."""
    return F(floor(pounds * 100 + F(1, 2)), 100)


def _line(row: Row, measure: Measure, commitment: Commitment, rate: Decimal) -> None:
    """Add a line to its bidder; one with a quantity below nothing has an error and counts nothing."""
    quantities = [F(quantity or 0) for quantity in commitment.quantities]
    row.measures.add(measure.code)
    row.has_any = row.has_any or sum(quantities) > 0
    for number, quantity in enumerate(quantities if min(quantities) >= 0 else []):
        unit = next(each.value for each in measure.unit_values if each.year in {None, 2026 + number})
        net = quantity * F(unit) * F(commitment.contract_share) * (1 - F(measure.deadweight_share))
        spread = F(0)
        for later in range(measure.benefit_years):
            spread += (1 - F(measure.drop_off_share)) ** later / (1 + F(rate)) ** (number + later)
        row.value += _pence(net * spread)
        row.real += _pence(quantity * F(commitment.contract_share)) if measure.real_pounds else 0
        row.jobs += quantity * F(commitment.contract_share) * F(measure.employment_outcome)


def _sheet(made: Made) -> list[Row]:
    rows = []
    for bid in made.bids:
        row = Row(bid.supplier, F(bid.price or 0), F(bid.quality or 0), F(bid.share_base or 0), bid.marks)
        for commitment in bid.offer.commitments if bid.offer is not None else ():
            _line(row, made.menu.places[commitment.measure].measure, commitment, made.menu.discount_rate)
        rows.append(row)
    return rows


def _admit(made: Made, rows: list[Row]) -> None:
    limits, is_held = made.facts["limits"], made.facts["minimum"] is MinimumRule.NOT_ADMITTED
    is_real = made.facts["policy"].rules[1].counted_in is CountedIn.REAL_POUNDS
    for row in rows:
        if limits.most_measures is not None and len(row.measures) > limits.most_measures:
            row.is_in = False
        if limits.mandatory_themes and not row.has_any:
            row.is_in = False
        pounds = row.real if is_real else row.value
        if is_held and pounds < _pence(row.base * F(5, 100)):
            row.is_in = False
        if is_held and row.jobs < floor(row.base / 2000):
            row.is_in = False


def _score(told: ScoringRules, rows: list[Row]) -> None:
    within = [row for row in rows if row.is_in]
    lowest = min((row.price for row in within), default=F(0))
    highest = max((row.value for row in within), default=F(0))
    for row in within:
        price = told.weights.price * lowest / row.price
        quality = told.weights.quality * row.quality / 100
        if told.method is QuantityMethod.BANDS:
            share = row.value / row.base
            mark = 5 if share >= F(10, 100) else 2 if share >= F(5, 100) else 1 if share >= F(25, 1000) else 0
            part = F(mark, 5)
        elif told.method is QuantityMethod.TARGET:
            part = min(F(1), row.value / F(told.target)) if told.target else F(0)
        else:
            part = row.value / highest if highest else F(0)
        marked = (row.marks[1] * 30 + row.marks[2] * 40 + row.marks[3] * 30) / 500
        row.total = price + quality + told.weights.quantity * part + told.weights.statement * marked
    for row in within:
        row.rank = 1 + len([other for other in within if other.total > row.total])


@settings(max_examples=150)
@given(st.integers(0, 10**12))
def test_a_stranger_comes_to_the_same(seed):
    made = random_lot(seed)
    rows = _sheet(made)
    _admit(made, rows)
    _score(made.facts["rules"], rows)
    found = evaluate(made.given).evaluation.rows
    ours = {row.supplier: (F(row.bid.value), row.bid.is_admitted, row.total or 0, row.rank) for row in found}
    assert ours == {row.name: (row.value, row.is_in, row.total, row.rank) for row in rows}
