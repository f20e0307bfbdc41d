"""Checks of the offer as a whole: its value, whether anything is promised, and what the tender allows."""

from collections.abc import Iterable

from tomsapp.domain.checks import words
from tomsapp.domain.checks.check import OfferToCheck
from tomsapp.domain.checks.findings import found
from tomsapp.domain.problems import Problem, Where
from tomsapp.domain.wording import format_pounds


def value_problems(offer: OfferToCheck) -> Iterable[Problem]:
    """A contract value below zero."""
    valuation = offer.valuation
    if valuation.contract.value < 0:
        yield found(
            "contract-value-negative",
            f"The contract value, {format_pounds(valuation.contract.value)}, is less than zero",
            "Enter the value of the whole contract without VAT",
            Where(field="value"),
            key="contract-value-negative",
        )


def no_commitments(offer: OfferToCheck) -> Iterable[Problem]:
    """An offer of nothing."""
    if not offer.commitments:
        yield found(
            "no-commitments",
            words.NO_COMMITMENTS.message,
            words.NO_COMMITMENTS.fix,
            key="no-commitments",
        )


def limit_problems(offer: OfferToCheck) -> Iterable[Problem]:
    """More measures than the tender allows, and mandatory themes without a commitment."""
    valuation, limits = offer.valuation, offer.limits
    if limits.most_measures is None and not limits.mandatory_themes:
        return
    chosen = {line.measure.code for line in valuation.lines}
    if limits.most_measures is not None and len(chosen) > limits.most_measures:
        over = len(chosen) - limits.most_measures
        said = words.TOO_MANY.filled(chosen=len(chosen), most=limits.most_measures, over=over)
        yield found("too-many-measures", said.message, said.fix, key="too-many-measures")
    covered = {line.place.theme.number for line in valuation.lines if line.quantity > 0 or line.commitment.rate}
    for theme in valuation.edition.themes:
        if theme.number in limits.mandatory_themes and theme.number not in covered:
            said = words.THEME_MISSING.filled(number=theme.number, title=theme.title)
            yield found(
                "mandatory-theme-missing",
                said.message,
                said.fix,
                Where(field="theme"),
                key=f"mandatory-theme-missing:{theme.number}",
            )
