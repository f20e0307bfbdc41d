"""Sums as they are printed: the one form that screen, PDF, CSV, workbook and JSON share.

A printed sum is worked from left to right on a pocket calculator: a quantity, then factors as numbers in the order in
which they are applied. Each stands for one contract year, or for equal years that follow each other; together they
give the figure of their line to the penny.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.contract import Contract
from tomsapp.domain.money import from_scaled, to_scaled
from tomsapp.domain.proxy import UnitValue
from tomsapp.domain.steps import factor_text, pounds_text, sum_text
from tomsapp.domain.units import Unit
from tomsapp.domain.valuation import LineValue, YearValue
from tomsapp.domain.wording import format_exact, format_percent, format_pounds, format_quantity

OUTCOME_PLACES = 2
"""The decimals with which employment outcomes are printed; what goes on is cut with an ellipsis."""

MOST_RUNS = 4
"""Quantities by year that change more often than this are listed by commas alone."""


@dataclass(frozen=True, slots=True)
class PrintedSum:
    """A sum as it is printed, with its result for one year.

    Attributes:
        text: what is worked out, without the result: "40 × £240.00 × 25%".
        result: what comes out in one year, exact: pounds (Decimal) or employment outcomes (Fraction).
        result_text: the result as it is printed: "£2,400.00".
        times: how many equal contract years, one after the other, it stands for.
        labels: the contract years it stands for; none where it is one sum over the whole contract.
    """

    text: str
    result: Decimal | Fraction
    result_text: str
    times: int = 1
    labels: tuple[str, ...] = ()

    @property
    def equation(self) -> str:
        """The sum with its result: "40 × £240.00 × 25% = £2,400.00"; a figure alone stands by itself."""
        return self.text if self.text == self.result_text else f"{self.text} = {self.result_text}"

    @property
    def total(self) -> Fraction:
        """What all its years come to, exact."""
        return Fraction(self.result) * self.times

    @property
    def total_text(self) -> str:
        """How its years come to their total: "3 × £2,400.00 = £7,200.00"; empty for a single year."""
        if self.times == 1 or not isinstance(self.result, Decimal):
            return ""
        pounds = from_scaled(to_scaled(self.result, 2) * self.times, 2)
        return f"{self.times} × {self.result_text} = {format_pounds(pounds)}"

    @property
    def years(self) -> str:
        """The contract years in words: "2026/27", "2026/27 to 2028/29"."""
        return span_of(self.labels)


def span_of(labels: Sequence[str]) -> str:
    """Contract years in words, from the first to the last."""
    if not labels:
        return ""
    return labels[0] if len(labels) == 1 else f"{labels[0]} to {labels[-1]}"


def value_sums(line: LineValue, *, fold: bool = True) -> tuple[PrintedSum, ...]:
    """The sums that give the social value of a line; equal years that follow each other are one.

    A year without a quantity or a unit value has none, and neither has a record-only measure. A dated unit value and
    a promise per pound of spend are told year by year. With `fold` off every year has its own.
    """
    made = [(year, _value_sum(year)) for year in line.years if year.quantity and year.unit_value is not None]
    return _folded(made, fold=fold)


def _value_sum(year: YearValue) -> PrintedSum:
    return PrintedSum(
        sum_text(year.steps), year.social_value, format_pounds(year.social_value), labels=(year.year.label,)
    )


def real_sums(line: LineValue, *, fold: bool = True) -> tuple[PrintedSum, ...]:
    """The sums that give the real pounds of a line, each year rounded to the penny as the total is."""
    if not line.measure.real_pounds:
        return ()
    share = line.commitment.contract_share
    factor = "" if share == 1 else f" × {format_percent(share)}"
    made = [
        (
            year,
            PrintedSum(
                f"{pounds_text(year.quantity)}{factor}",
                year.real_pounds,
                format_pounds(year.real_pounds),
                labels=(year.year.label,),
            ),
        )
        for year in line.years
        if year.quantity
    ]
    return _folded(made, fold=fold)


def _folded(made: Iterable[tuple[YearValue, PrintedSum]], *, fold: bool) -> tuple[PrintedSum, ...]:
    """One sum for years that follow each other and are equal."""
    sums: list[PrintedSum] = []
    last: YearValue | None = None
    for year, printed in made:
        if fold and last is not None and _goes_on(last, year) and sums[-1].equation == printed.equation:
            sums[-1] = replace(sums[-1], times=sums[-1].times + 1, labels=sums[-1].labels + printed.labels)
        else:
            sums.append(printed)
        last = year
    return tuple(sums)


def _goes_on(last: YearValue, year: YearValue) -> bool:
    """Whether two years may share a sum: the one after the other, no dated value, no spend of their own."""
    return (
        year.year.index == last.year.index + 1
        and year.basis is None
        and last.basis is None
        and not _is_dated(last.unit_value)
        and not _is_dated(year.unit_value)
    )


def _is_dated(unit_value: UnitValue | None) -> bool:
    return unit_value is not None and unit_value.year is not None


def outcome_sum(line: LineValue, contract: Contract) -> PrintedSum | None:
    """The sum that gives the employment outcomes of a line over the whole contract; None where it brings none.

    Full-time years are divided by the contract's length in years: "4.5 ÷ 1.5" over 18 months, "4 × 12 ÷ 16" over 16.
    """
    if not line.employment_outcomes:
        return None
    factors = [format_quantity(line.quantity)]
    if line.commitment.contract_share != 1:
        factors.append(f"× {format_percent(line.commitment.contract_share)}")
    if line.measure.employment_outcome != 1:
        factors.append(f"× {format_quantity(line.measure.employment_outcome)}")
    if line.measure.unit is Unit.FTE_YEARS and contract.length_in_years != 1:
        factors.append(_per_length(contract.length_in_years, line.quantity))
    outcomes = line.employment_outcomes
    return PrintedSum(" ".join(factors), outcomes, format_exact(outcomes, OUTCOME_PLACES))


def _per_length(years: Fraction, quantity: Decimal) -> str:
    """The division by a length in years, in whole numbers where the length does not end: "× 365 ÷ 10" for 10 days."""
    text = factor_text(years, Fraction(quantity))
    if not text.endswith("…"):
        return f"÷ {text}"
    months = years * 12
    if months.denominator == 1:
        return f"× 12 ÷ {months.numerator}"
    return f"× {format_quantity(Decimal(years.denominator))} ÷ {format_quantity(Decimal(years.numerator))}"


@dataclass(frozen=True, slots=True)
class QuantityRun:
    """A quantity in equal contract years that follow each other, with the unit value that counts there.

    `unit_value` is None for a record-only measure and in a year without a quantity or a value.
    """

    quantity: Decimal
    labels: tuple[str, ...]
    unit_value: UnitValue | None = None

    @property
    def times(self) -> int:
        """How many years it stands for."""
        return len(self.labels)

    @property
    def text(self) -> str:
        """The run in a cell: "40", "3 × 40"; years without a quantity are "0"."""
        number = format_quantity(self.quantity)
        return number if self.times == 1 or not self.quantity else f"{self.times} × {number}"


def quantity_runs(line: LineValue) -> tuple[QuantityRun, ...]:
    """The quantities of a line by year, equal ones that follow each other as one; a dated unit value never folds."""
    runs: list[QuantityRun] = []
    for year in line.years:
        value = year.unit_value if year.quantity else None
        last = runs[-1] if runs else None
        if last is not None and last.quantity == year.quantity and not (_is_dated(value) or _is_dated(last.unit_value)):
            runs[-1] = replace(last, labels=(*last.labels, year.year.label))
        else:
            runs.append(QuantityRun(year.quantity, (year.year.label,), value))
    return tuple(runs)


def quantities_text(line: LineValue) -> str:
    """The quantities by year as one text: "3 × 40", "2, then 2 × 3", "0, then 2 × 2"."""
    texts = [run.text for run in quantity_runs(line)]
    return (", then " if len(texts) <= MOST_RUNS else ", ").join(texts)
