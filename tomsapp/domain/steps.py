"""The steps of a valuation, each with its words and its exact result, so that it can be redone by hand."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.commitment import Rate
from tomsapp.domain.menu import Measure, UnitValue
from tomsapp.domain.money import round_down
from tomsapp.domain.wording import format_exact, format_percent, format_pounds, format_quantity


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a sum.

    Attributes:
        name: rate, quantity, unit_value, contract_share, deadweight, displacement, discount, benefit or round.
        text: the operation as it is written: "× £226.50".
        result: the exact number after the step.
        source: where its number comes from.
    """

    name: str
    text: str
    result: Fraction
    source: str = ""


def rate_text(rate: Rate, spend_so_far: Decimal, counted_before: Decimal, quantity: Decimal, places: int) -> str:
    """A quantity promised per pound, as a sum over the spend so far.

    "£3,600,000.00 so far × 1.5 ÷ £1,000,000.00 = 5.4, cut to 5, less 2 counted before = 3".
    """
    exact = Fraction(spend_so_far) * Fraction(rate.quantity) / Fraction(rate.per_pounds)
    cut = round_down(exact, places)
    words = (
        f"{format_pounds(spend_so_far)} so far × {format_quantity(rate.quantity)} ÷ {format_pounds(rate.per_pounds)}"
    )
    words = f"{words} = {format_exact(exact)}"
    if Fraction(cut) != exact:
        words = f"{words}, cut to {format_quantity(cut)}"
    if counted_before:
        words = f"{words}, less {format_quantity(counted_before)} counted before = {format_quantity(quantity)}"
    return words


def steps_of(
    measure: Measure,
    unit_value: UnitValue,
    quantity: Decimal,
    contract_share: Decimal,
    year: int,
    discount_rate: Decimal,
    value: Decimal,
    quantity_source: str = "the commitment",
) -> tuple[Step, ...]:
    """Every step from the quantity to the rounded value of one contract year."""
    steps = [Step("quantity", format_quantity(quantity), Fraction(quantity), quantity_source)]
    source = measure.proxy.source.title if measure.proxy else ""

    def multiply(name: str, text: str, factor: Fraction, origin: str) -> None:
        steps.append(Step(name, text, steps[-1].result * factor, origin))

    multiply("unit_value", f"× {format_pounds(unit_value.value)}", Fraction(unit_value.value), source)
    if contract_share != 1:
        multiply(
            "contract_share",
            f"× {format_percent(contract_share)}",
            Fraction(contract_share),
            "the commitment",
        )
    for name, share in (
        ("deadweight", measure.deadweight_share),
        ("displacement", measure.displacement_share),
    ):
        if share:
            multiply(name, f"× (1 − {format_percent(share)})", 1 - Fraction(share), "the menu")
    if discount_rate and year:
        text = f"÷ (1 + {format_percent(discount_rate)})^{year}"
        multiply("discount", text, 1 / (1 + Fraction(discount_rate)) ** year, "the menu")
    _add_benefit(steps, measure, discount_rate)
    steps.append(Step("round", f"= {format_pounds(value)}", Fraction(value), "rounded to the penny"))
    return tuple(steps)


def _add_benefit(steps: list[Step], measure: Measure, discount_rate: Decimal) -> None:
    """Add the step over the benefit years, each with what is left after drop-off (and discount)."""
    if measure.benefit_years == 1:
        return
    net = steps[-1].result
    stays, grows = 1 - Fraction(measure.drop_off_share), 1 + Fraction(discount_rate)
    parts = [net * stays**k / grows**k for k in range(measure.benefit_years)]
    text = f"× {measure.benefit_years} benefit years"
    if stays != 1 or grows != 1:
        less = f", {format_percent(measure.drop_off_share)} less each year" if stays != 1 else ""
        later = f", each later year ÷ (1 + {format_percent(discount_rate)})" if grows != 1 else ""
        text = f"over {measure.benefit_years} benefit years{less}{later}: "
        text += " + ".join(format_exact(part) for part in parts)
    steps.append(Step("benefit", text, sum(parts, Fraction(0)), "the menu"))


def sum_text(steps: tuple[Step, ...]) -> str:
    """The sum of one year as it is written beside its result: "40 × £226.50 × 25%"."""
    return " ".join(step.text for step in steps if step.name not in {"rate", "round"})
