"""What the checks of an offer can find: how much it matters, and when it is found."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypedDict

from tomsapp.domain.later import later
from tomsapp.domain.problems import Problem, Severity, Where


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check can find; `when` is said of it in the description of the method."""

    severity: Severity
    when: str


def _error(when: str) -> Finding:
    return Finding(Severity.ERROR, when)


def _warning(when: str) -> Finding:
    return Finding(Severity.WARNING, when)


def _note(when: str) -> Finding:
    return Finding(Severity.NOTE, when)


FINDINGS: Mapping[str, Finding] = {
    "contract-dates": _error(
        "the end is before the start, a date is before 1990 or after 2150, or the contract is longer than 50 years"
    ),
    "contract-value-negative": _error("the contract value is less than zero"),
    "no-commitments": _warning("nothing is committed"),
    "unknown-measure": _error("the edition has no such measure"),
    "quantity-missing": _error(
        "no quantity is entered, or fewer quantities than contract years are given (one is enough for a measure "
        "that counts once); a blank year counts nothing"
    ),
    "quantity-negative": _error("a quantity is below 0"),
    "quantity-not-whole": _error("a unit counted in whole numbers has decimals"),
    "quantity-too-precise": _error("a quantity has more decimals than its unit"),
    "quantity-too-large": _error("over 1 for yes or no, over 100 for per cent, over 1,000,000,000 for anything"),
    "year-outside-contract": _error("a quantity stands in a year that the contract does not have"),
    "quantity-not-counted": _note("quantities by year stand beside a promise per pound, which replaces them"),
    "share-out-of-range": _error("the contract share is not between 0% and 100%"),
    "share-too-precise": _error("the contract share has more than 6 decimals (4 decimals of a per cent)"),
    "rate-without-framework": _error("a promise per pound on a contract that is not a framework"),
    "rate-out-of-range": _error("a promise per pound that is not above zero"),
    "spend-missing": _warning("no spend is recorded or forecast for a year"),
    "spend-negative": _error("the spend of a year is below 0"),
    "no-value-for-year": _error("a dated measure has no value for the year"),
    "repeated-people": _warning("a measure that counts the first 12 months has people in more than one year or line"),
    "counted-again": _warning("a measure that counts once has a quantity in more than one year or line"),
    "edition-withdrawn": _warning("a draft uses an edition that was withdrawn"),
    "edition-not-in-force": _warning("the contract starts before the edition is in force, or after"),
    "edition-published-later": _warning("a draft starts before the day on which the edition was published"),
    "end-on-anniversary": _warning(
        "a draft ends on the day on which it began, years later, so that its last year has one day"
    ),
    "year-promise-in-short-year": _warning(
        "a line promises as much of a measure that counts each year for a last year of less than six months as for the "
        "year before, or more; a promise per pound follows what is spent, and is not asked about"
    ),
    "evidence-after-end": _warning(
        "units can be shown only after the contract has ended: those that count later than its end less the months "
        "of their evidence (on which day a unit counts, its measure says), and, of what a whole year comes to (a fall "
        "in a number), a year that ends later than that"
    ),
    "outside-area": _error("delivery outside the area on a measure that counts the area only"),
    "unknown-ward": _error("the place is not a ward of the area"),
    "statement-missing": _warning("a statement is asked for and there is none"),
    "never-add-together": _error(
        "measures of a group that blocks: the same person, pound or tonne may not count twice"
    ),
    "declare-different": _warning(
        "measures of a group that asks for a declaration that the people or pounds are different; one warning for "
        "the group, parted where some of its pairs are answered"
    ),
    "claimed-twice": _error(
        "it is answered that people or things are the same, and more than one claim in pounds stands for them"
    ),
    "measure-repeated": _note("a measure twice for the same place"),
    "too-many-measures": _error("more measures than the tender allows"),
    "mandatory-theme-missing": _error("a theme that the tender asks for has no quantity"),
    "more-people-than-money": _warning(
        "over all lines together, or else in each year by itself, the full-time years of work (FTE-years, full-time "
        "jobs, and people, starts and completions that are jobs; this contract's share) are more than the money ÷ "
        "(1,950 hours × National Living Wage). A year has its spend, or its part of the contract value"
    ),
    "costs-more-than-money": _warning(
        "over all lines together, or else in each year by itself, those wages, the delivery costs that sources give "
        "(in the menu’s prices) and the real pounds are more than the money. A year of which the wages alone are "
        "asked about is not asked about again"
    ),
    "value-above-contract": _warning("the social value that is claimed is more than the contract value"),
    "line-over-half": _warning(
        "the lines of one measure are over half of what is claimed, where at least two measures have a value"
    ),
    "low-confidence": _warning("over half of what is claimed rests on values of low confidence"),
    "above-other-bids": _warning(
        "the quantity of a measure, all its lines together, is more than 10 times the median of the other bids"
    ),
    "above-real-cost": _warning(
        "social value is more than 12 times the stated cost, or the real pounds where no cost is stated"
    ),
}
"""By the code of its Problem, in the order in which the description of the method tells them."""


def found(code: str, message: str, fix: str, where: Where | None = None, *, key: str = "", asked: str = "") -> Problem:
    """The Problem of a code; without a key of its own, one for the whole offer."""
    return Problem(code, FINDINGS[code].severity, message, fix, where or Where(), key=key or code, asked=asked)


class Told(TypedDict):
    """What a Problem tells beside its place: its words, its key and, of a warning, the figures that it asks about."""

    message: str
    fix: str
    key: str
    asked: str


def found_later(code: str, tell: Callable[[], Told], where: Where) -> Problem:
    """The Problem of a code that is put into words when they are first asked for."""
    severity = FINDINGS[code].severity
    return later(Problem, tell, code=code, severity=severity, where=where, answer=None, before=None)
