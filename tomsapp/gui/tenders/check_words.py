"""How what is found in bids is shown and read out: icons, tones and words."""

from __future__ import annotations

from tomsapp.domain.tender.deciding import BidProblem, ProblemState
from tomsapp.domain.wording import MONTHS, small_first
from tomsapp.gui.delivery.words import Mark
from tomsapp.services.tenders.deciding import BidUnderCheck, OpenCheck

STATE_MARKS = {
    ProblemState.DECIDE: Mark("circle-help", "danger"),
    ProblemState.ASKED: Mark("clock", "info"),
    ProblemState.ANSWERED: Mark("circle-alert", "danger"),
    ProblemState.ACCEPTED: Mark("check", "success"),
    ProblemState.LEFT_OUT: Mark("circle-x", "warning"),
    ProblemState.BY_RULE: Mark("scale", "text_muted"),
    ProblemState.CLOSED: Mark("minus", "text_muted"),
    ProblemState.EXPLAINED: Mark("check", "text_muted"),
    ProblemState.NOTED: Mark("info", "text_muted"),
}
NO_PROBLEM = "–"


def cell_words(found: BidProblem) -> str:
    """How it stands, as a narrow cell has room for it: "Asked, due 29 Jan"; all of it stands in the panel."""
    decision = found.decision
    if decision is None or not found.state.is_open:
        return found.words
    day = decision.answered_on or decision.due_on
    if day is None:
        return found.words
    short = f"{day.day} {MONTHS[day.month - 1][:3]}"
    return f"Answered {short}" if decision.answered_on is not None else f"Asked, due {short}"


def said_cell(bid: BidUnderCheck, title: str, short: str, found: BidProblem | None) -> str:
    """The accessible name of a cell: "Ashdown, the same in two measures, J01 3 and J06 1, to decide"."""
    name = f"{bid.supplier}, {small_first(title)}"
    if found is None:
        return f"{name}, no problem"
    words = "to decide" if found.state is ProblemState.DECIDE else small_first(found.words)
    more = ", to decide" if found.state is ProblemState.ANSWERED else ""
    return f"{name}, {short}, {words}{more}"


def count_words(check: OpenCheck) -> str:
    """How far the check is: "8 decided, 2 waiting for an answer, 1 open"; empty where nothing is found."""
    states = [each.state for bid in check.bids for each in bid.problems]
    decided = sum(state.is_decided for state in states)
    waiting = states.count(ProblemState.ASKED)
    left = sum(state.is_open for state in states) - waiting
    return f"{decided} decided, {waiting} waiting for an answer, {left} open" if states else ""
