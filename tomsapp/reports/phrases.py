"""Turns of phrase that several reports share."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.menu import Measure
from tomsapp.domain.units import Unit
from tomsapp.domain.valuation import LineValue, Valuation
from tomsapp.domain.wording import format_exact, format_percent, format_quantity

MOST_TERMS = 6
"""A sum of more employment outcomes than these stands in the policy checks, not under the figure."""


def listed(items: Sequence[str]) -> str:
    """Items as a sentence lists them: "a, b and c"."""
    *most, last = items
    return f"{', '.join(most)} and {last}" if most else last


def sentence(text: str) -> str:
    """The text with a full stop at its end."""
    return text if text.endswith((".", "…")) else f"{text}."


def capital(text: str) -> str:
    """The text with its first letter as a capital."""
    return text[:1].upper() + text[1:]


def promised(measure: Measure, quantity: Decimal) -> str:
    """A quantity as it stands in a sum: "yes" for a thing done or not, with its sign for per cent."""
    if measure.unit is Unit.YES_NO:
        return "yes" if quantity == 1 else format_quantity(quantity)
    return f"{format_quantity(quantity)}{'%' if measure.unit is Unit.PERCENT else ''}"


def outcome_term(line: LineValue) -> str:
    """The employment outcomes of a line as a part of a sum: "2", "4 × 50%", "(15 ÷ 3)"."""
    measure = line.measure
    factors = [format_quantity(line.quantity)]
    if line.commitment.contract_share != 1:
        factors.append(format_percent(line.commitment.contract_share))
    if measure.employment_outcome != 1:
        factors.append(format_quantity(measure.employment_outcome))
    text = " × ".join(factors)
    return f"({text} ÷ {len(line.years)})" if measure.unit is Unit.FTE_YEARS else text


def outcome_terms(valuation: Valuation) -> list[str]:
    """The parts of the sum of employment outcomes, one a line that brings any."""
    return [outcome_term(line) for line in valuation.lines if line.employment_outcomes]


def outcome_meaning(valuation: Valuation) -> str:
    """The sum of employment outcomes in few words, for under the figure."""
    terms = outcome_terms(valuation)
    if not terms:
        return "none committed"
    if len(terms) > MOST_TERMS:
        return f"the sum of {len(terms)} commitments"
    return " + ".join(terms)


def outcomes_text(number: Fraction) -> str:
    """A number of employment outcomes, cut after two decimals with an ellipsis where it goes on."""
    return format_exact(number, 2)
