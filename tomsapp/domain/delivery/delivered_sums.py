"""The sums of what was delivered, as they are printed: each pound can be redone with a calculator from left to right.

A quarter is "to Q2: 25 × £226.50 = £5,662.50; to Q1: 10 × £226.50 = £2,265.00; Q2 = £3,397.50". A commitment is one
sum for each contract year, which together give its pounds.
"""

from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.delivery.figures import DeliveredLine, QuarterFigures, Shortfall, State, YearPart
from tomsapp.domain.money import total
from tomsapp.domain.proxy import UnitValue
from tomsapp.domain.steps import Step, steps_of, sum_text
from tomsapp.domain.sums import PrintedSum
from tomsapp.domain.wording import format_pounds, format_quantity


def quarter_steps(line: DeliveredLine, figures: QuarterFigures, state: State) -> tuple[Step, ...]:
    """Every step from the units to the pounds that a quarter adds to a state; none where it adds none or has no value.

    For each contract year that it fills: the units so far and their value, less the value of the units before.
    """
    steps: list[Step] = []
    so_far = Fraction(0)
    parts = _valued(line, figures, state)
    for part, unit_value in parts:
        steps.extend(_steps(line, part.year, unit_value, part.after, part.pounds_after))
        if part.before:
            before = _sum(line, part.year, unit_value, part.before)
            text = f"− {format_pounds(part.pounds_before)}"
            steps.append(Step("less", text, Fraction(part.pounds), f"the value so far, {before}"))
        so_far += Fraction(part.pounds)
        if len(parts) > 1:
            steps.append(Step("add", f"= {format_pounds(part.pounds)}", so_far, "the years together"))
    return tuple(steps)


def quarter_text(line: DeliveredLine, figures: QuarterFigures, state: State, labels: tuple[str, ...]) -> str:
    """The pounds that a quarter adds to a state as one sentence; "" where it adds none or the measure has no value.

    `labels` are those of the contract years, which are named where a quarter fills an earlier year.
    """
    parts = _valued(line, figures, state)
    if not parts:
        return ""
    number = figures.quarter.quarter.number
    is_plain = [part.year for part, _ in parts] == [figures.quarter.quarter.year]
    told: list[str] = []
    for part, unit_value in parts:
        year = "" if is_plain else f"{labels[part.year]} "
        told.append(f"{year}to Q{number}: {_equation(line, part.year, unit_value, part.after, part.pounds_after)}")
        if part.before:
            before = f"to Q{number - 1}" if is_plain else "before"
            told.append(f"{before}: {_equation(line, part.year, unit_value, part.before, part.pounds_before)}")
    return told[0] if is_plain and len(told) == 1 else f"{'; '.join(told)}; Q{number} = {_added(parts)}"


def _valued(line: DeliveredLine, figures: QuarterFigures, state: State) -> list[tuple[YearPart, UnitValue]]:
    """The contract years that a quarter fills, with their unit values; those without one have no pounds."""
    values = ((part, line.unit_values[part.year]) for part in figures.of(state).parts)
    return [(part, unit_value) for part, unit_value in values if unit_value is not None]


def _added(parts: list[tuple[YearPart, UnitValue]]) -> str:
    return format_pounds(total(part.pounds for part, _ in parts))


def state_sums(line: DeliveredLine, state: State, labels: tuple[str, ...]) -> tuple[PrintedSum, ...]:
    """The sums that give the pounds of a state, one for each contract year; none of a record-only measure."""
    by_year = zip(line.units_by_year(state), line.pounds_by_year(state), line.unit_values, labels, strict=True)
    return tuple(
        PrintedSum(_sum(line, year, unit_value, units), pounds, format_pounds(pounds), labels=(label,))
        for year, (units, pounds, unit_value, label) in enumerate(by_year)
        if units and unit_value is not None
    )


def shortfall_text(line: DeliveredLine, shortfall: Shortfall) -> str:
    """The working of what is missing, "5 × £240.00 × 25%"; years together with a plus; only units without a value.

    Its result may differ from due less accepted by a penny a year, as those are rounded each.
    """
    values = ((year, units, line.unit_values[year]) for year, units in shortfall.by_year)
    return " + ".join(
        format_quantity(units) if unit_value is None else _sum(line, year, unit_value, units)
        for year, units, unit_value in values
    )


def _equation(line: DeliveredLine, year: int, unit_value: UnitValue, units: Decimal, pounds: Decimal) -> str:
    return f"{_sum(line, year, unit_value, units)} = {format_pounds(pounds)}"


def _sum(line: DeliveredLine, year: int, unit_value: UnitValue, units: Decimal) -> str:
    """Units at the value of a contract year: "25 × £226.50 × 50%"."""
    return sum_text(_steps(line, year, unit_value, units, Decimal(0)))


def _steps(line: DeliveredLine, year: int, unit_value: UnitValue, units: Decimal, pounds: Decimal) -> tuple[Step, ...]:
    share = line.commitment.contract_share
    return steps_of(line.measure, unit_value, units, share, year, line.discount_rate, pounds, "what was returned")
