"""What comes out of a bidder's file, whichever it is: the offer, and what is wrong with the file itself."""

from dataclasses import dataclass, replace

from tomsapp.domain.problems import Problem, Severity
from tomsapp.domain.tender.tender_offer import TenderOffer


@dataclass(frozen=True, slots=True)
class TenderOfferFile:
    """An offer as it was read.

    Attributes:
        problems: what is wrong with the file itself; the checks of the offer come with its valuation.
        own_total: what is to be said of the total that a workbook states itself; empty where a file states none.
    """

    offer: TenderOffer
    problems: tuple[Problem, ...] = ()
    own_total: str = ""


def with_answers(read: TenderOfferFile) -> TenderOfferFile:
    """The same with the offer's answers put to the warnings about the file itself."""
    answers = read.offer.answers
    problems = tuple(
        replace(problem, answer=answers[problem.key])
        if problem.severity is Severity.WARNING and problem.key in answers
        else problem
        for problem in read.problems
    )
    return replace(read, problems=problems)
