"""Publishing a delivered valuation: to which days it can be, which one it is, and what must be put right before.

A paper is to the last day of a quarter of its contract, as only whole quarters count; the fourth ends a contract year.
A further one to the same day replaces the one before, which stays.
Source: docs/method.md, section 9.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from tomsapp.domain.contract import Contract
from tomsapp.domain.delivery.acts import DeliveryActFacts, DeliveryActKind
from tomsapp.domain.delivery.published import DeliveredPaperKept, PaperFacts
from tomsapp.domain.delivery.quarters import ContractQuarter, ended_by, quarters_of
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.wording import format_date


def quarters_to_publish(contract: Contract, today: date) -> tuple[ContractQuarter, ...]:
    """The quarters of a contract that have ended, the last one first: to the last day of each a paper can be.

    Raises:
        ContractError: its dates make no contract years.
    """
    return tuple(reversed(ended_by(quarters_of(contract), today)))


def quarter_ending(contract: Contract, until: date) -> ContractQuarter | None:
    """The quarter of a contract whose last day it is; None where it is no such day."""
    return next((each for each in quarters_of(contract) if each.ends_on == until), None)


def span_words(contract: Contract, quarter: ContractQuarter) -> str:
    """To which day a paper is, in words: "30 September 2026, end of Q2", "31 March 2027, end of year 2026/27"."""
    year = contract.years[quarter.quarter.year]
    ends = f"year {year.label}" if quarter.ends_on == year.ends_on else f"Q{quarter.quarter.number} of {year.label}"
    return f"{format_date(quarter.ends_on)}, end of {ends}"


def newest_paper(papers: Sequence[DeliveredPaperKept], until: date) -> DeliveredPaperKept | None:
    """The paper to a day that holds, which a further one replaces; None where none was published."""
    return max((paper for paper in papers if paper.until == until), key=lambda paper: paper.number, default=None)


def next_paper(papers: Sequence[DeliveredPaperKept], until: date, reason: str = "") -> PaperFacts:
    """What is said of the next paper to a day."""
    before = newest_paper(papers, until)
    if before is None:
        return PaperFacts(until, 1)
    return PaperFacts(until, before.number + 1, before.id, reason)


def publishing_problems(facts: DeliveryActFacts, quarter: ContractQuarter | None, today: date) -> Iterable[Problem]:
    """What must be put right about the day to which a paper is, and the day on which it is published.

    Of any other act nothing.
    """
    if facts.kind is not DeliveryActKind.PUBLISH:
        return
    if quarter is None:
        message = "It is to no last day of a quarter of the contract"
        yield _problem("until-missing", message, "Choose the quarter or year that it is of", "quarter")
    elif quarter.ends_on > today:
        message = f"{quarter.label} ends on {format_date(quarter.ends_on)}, which has not come yet"
        yield _problem("until-future", message, "Choose a quarter that has ended", "quarter")
    elif facts.done_on < quarter.ends_on:
        message = f"{format_date(facts.done_on)} is before {format_date(quarter.ends_on)}, when the quarter ended"
        yield _problem("done-on-early", message, "Enter the day on which it is published", "done_on")


def _problem(code: str, message: str, fix: str, field: str) -> Problem:
    return Problem(code, Severity.ERROR, message, fix, Where(field=field), key=code)
