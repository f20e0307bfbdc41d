"""The steps of a valuation, each with its words and its exact result, so that it can be redone by hand."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.commitment import Rate
from tomsapp.domain.menu import Measure
from tomsapp.domain.money import decimal_places, exact_sum, round_down
from tomsapp.domain.proxy import UnitValue
from tomsapp.domain.wording import format_exact, format_percent, format_pounds, format_quantity

FACTOR_PLACES = 10
"""A factor that ends within so many decimals is printed whole, and every other with at least as many."""

MOST_PARTS = 5
"""The working behind a factor is written out up to so many parts."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a sum.

    Attributes:
        name: rate, quantity, unit_value, contract_share, deadweight, displacement, discount, benefit or round.
        text: the operation as it is written, a number for each factor: "× £226.50", "× 0.75".
        result: the exact number after the step.
        source: where its number comes from: "the commitment", "the menu: 25% would have happened anyway".
    """

    name: str
    text: str
    result: Fraction
    source: str = ""


@dataclass(frozen=True, slots=True)
class SpendSoFar:
    """What is spent by the end of a contract year: what is recorded of it, and what is only forecast."""

    recorded: Decimal
    forecast: Decimal

    @property
    def whole(self) -> Decimal:
        """Both together."""
        return exact_sum((self.recorded, self.forecast))

    @property
    def words(self) -> str:
        """The spend as a sum begins with it: "£1,700,000.00 recorded + £1,900,000.00 forecast = …; £3,600,000.00"."""
        if not self.forecast:
            return f"{format_pounds(self.recorded)} recorded so far"
        if not self.recorded:
            return f"{format_pounds(self.forecast)} forecast by then"
        whole = format_pounds(self.whole)
        return f"{format_pounds(self.recorded)} recorded + {format_pounds(self.forecast)} forecast = {whole}; {whole}"


def rate_text(rate: Rate, spend: SpendSoFar, counted_before: Decimal, quantity: Decimal, places: int) -> str:
    """A quantity promised per pound, as a sum over the spend by the end of the year.

    "£3,600,000.00 recorded so far × 1.5 ÷ £1,000,000.00 = 5.4, cut to 5, less 2 counted before = 3".
    """
    exact = Fraction(spend.whole) * Fraction(rate.quantity) / Fraction(rate.per_pounds)
    cut = round_down(exact, places)
    words = f"{spend.words} × {format_quantity(rate.quantity)} ÷ {format_pounds(rate.per_pounds)}"
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

    def apply(name: str, factor: Fraction, origin: str) -> None:
        multiply(name, f"× {factor_text(factor, steps[-1].result)}", factor, origin)

    multiply("unit_value", f"× {pounds_text(unit_value.value)}", Fraction(unit_value.value), source)
    if contract_share != 1:
        multiply("contract_share", f"× {format_percent(contract_share)}", Fraction(contract_share), "the commitment")
    if measure.deadweight_share:
        words = f"the menu: {format_percent(measure.deadweight_share)} would have happened anyway"
        apply("deadweight", 1 - Fraction(measure.deadweight_share), words)
    if measure.displacement_share:
        words = f"the menu: {format_percent(measure.displacement_share)} is lost elsewhere"
        apply("displacement", 1 - Fraction(measure.displacement_share), words)
    if discount_rate and year:
        divisor = (1 + Fraction(discount_rate)) ** year
        text = f"÷ {factor_text(divisor, steps[-1].result)}"
        multiply("discount", text, 1 / divisor, f"the menu: {discount_words(discount_rate, year)}")
    if measure.benefit_years != 1:
        factor, words = benefit_factor(measure, discount_rate)
        apply("benefit", factor, f"the menu: {words}")
    steps.append(Step("round", f"= {format_pounds(value)}", Fraction(value), "rounded to the penny"))
    return tuple(steps)


def discount_words(discount_rate: Decimal, year: int) -> str:
    """What stands behind the divisor of contract year `year` (0 is the first): "1.035 × 1.035"."""
    grown = format_quantity(1 + discount_rate)
    power = " × ".join([grown] * year) if year <= MOST_PARTS else f"{grown} × … × {grown}, {year} times"
    return f"{format_percent(discount_rate)} a year: {power}"


def benefit_factor(measure: Measure, discount_rate: Decimal) -> tuple[Fraction, str]:
    """What one net pound is worth over the benefit years of a measure, exact, and how in words.

    Each year after the first counts what is left after the drop-off, and less again where later years are discounted.
    """
    stays, grows = 1 - Fraction(measure.drop_off_share), 1 + Fraction(discount_rate)
    parts = [stays**k / grows**k for k in range(measure.benefit_years)]
    words = f"{measure.benefit_years} benefit years"
    if stays != 1:
        words += f", {format_percent(measure.drop_off_share)} less each year"
    if grows != 1:
        words += f", each later one ÷ {format_exact(grows)} again"
    if stays != 1 or grows != 1:
        shown = parts if len(parts) <= MOST_PARTS else parts[:3]
        rest = "" if shown == parts else f" + … + {format_exact(parts[-1])}"
        words += f": {' + '.join(format_exact(part) for part in shown)}{rest}"
    return sum(parts, Fraction(0)), words


def factor_text(factor: Fraction, amount: Fraction) -> str:
    """A factor as a number to key in: whole where it ends within 10 decimals, else cut with an ellipsis.

    A cut factor keeps so many decimals that `amount` times it is true to a thousandth of a penny.
    """
    if round_down(abs(factor), FACTOR_PLACES) == abs(factor):
        return format_exact(factor, FACTOR_PLACES)
    digits = len(str(abs(amount.numerator) // amount.denominator))
    return format_exact(factor, max(FACTOR_PLACES, digits + 5))


def pounds_text(amount: Decimal) -> str:
    """Pounds of a sum with every decimal that they have."""
    return format_pounds(amount) if decimal_places(amount) <= 4 else f"£{format_quantity(amount)}"


def sum_text(steps: tuple[Step, ...]) -> str:
    """The sum of one year as it is written beside its result: "40 × £226.50 × 25%"."""
    return " ".join(step.text for step in steps if step.name not in {"rate", "round"})
