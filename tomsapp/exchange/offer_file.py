"""What comes out of an offer's file, whatever its format: the offer, the menu it names, and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from tomsapp.domain.errors import TomsError
from tomsapp.domain.problems import Problem, Severity

if TYPE_CHECKING:
    # The room opens tables and knows nothing of what they offer.
    from tomsapp.domain.offer import Offer

Found = TypeVar("Found")

MOST_BYTES = 20_000_000
"""The largest offer file that is read."""

MOST_COMMITMENTS = 10_000
"""The most commitments that are read from one offer."""

_UNNAMED = "The file"


class OfferUnreadable(TomsError):
    """A file that cannot be read as an offer at all, and what to do about it."""


@dataclass(frozen=True, slots=True)
class OfferFile:
    """An offer as it was read.

    Attributes:
        offer: None when the contract facts are too wrong to value anything; `problems` then says why.
        menu, edition: the menu edition that the offer names; may be empty.
        problems: what is wrong with the file itself; checks against the menu come with its valuation.
        own_total: what is to be said of the total that a workbook states itself.
    """

    offer: Offer | None
    menu: str = ""
    edition: str = ""
    problems: tuple[Problem, ...] = ()
    own_total: str = ""


def usable(found: Found | Problem) -> Found:
    """What was read of a file.

    Raises:
        OfferUnreadable: it is a Problem instead.
    """
    if isinstance(found, Problem):
        raise refusal(found)
    return found


def refusal(problem: Problem) -> OfferUnreadable:
    """The Problem of a whole file as an error that names the file."""
    file = problem.where.file or _UNNAMED
    told = problem.message
    return OfferUnreadable(f"{file}{told.removeprefix(_UNNAMED)}" if told.startswith(_UNNAMED) else told, problem.fix)


def with_answers(offer_file: OfferFile) -> OfferFile:
    """The same file with the offer's answers put to the warnings about the file itself."""
    answers = offer_file.offer.answers if offer_file.offer else {}
    problems = tuple(
        replace(problem, answer=answers[problem.key])
        if problem.severity is Severity.WARNING and problem.key in answers
        else problem
        for problem in offer_file.problems
    )
    return replace(offer_file, problems=problems)
