"""The letters in which bidders are asked about their offers: one for each bidder, as PDF and as Word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tomsapp.domain.papers.clarification import AskedOfBidder, LetterToBidder, clarification_letter
from tomsapp.domain.tender.bid import DecisionKind
from tomsapp.domain.tender.lot import Lot
from tomsapp.domain.tender.problem_words import in_short
from tomsapp.services.council_papers import paper_maker, save_papers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from tomsapp.domain.papers.council_paper import CouncilPaper
    from tomsapp.domain.tender.deciding import BidProblem
    from tomsapp.services.progress import Progress
    from tomsapp.services.tenders.deciding import BidUnderCheck, OpenCheck
    from tomsapp.services.workspace import Workspace


_HIGH = "A quantity that is high for a contract of this kind is asked about."


def letters_of(check: OpenCheck) -> tuple[LetterToBidder, ...]:
    """The letters to be sent: one for each bidder that has not answered something, in the order of receipt."""
    tender = check.read.tender.record
    asked: dict[str, list[AskedOfBidder]] = {}
    for bid in check.bids:
        asked.setdefault(bid.supplier, []).extend(_asked(check, bid))
    letters = (
        LetterToBidder(supplier, tender.reference, tender.title, tender.contract_manager, tuple(each))
        for supplier, each in asked.items()
    )
    return tuple(letter for letter in letters if letter.open)


def _asked(check: OpenCheck, bid: BidUnderCheck) -> Iterator[AskedOfBidder]:
    receipt = bid.opened.receipt
    for found in bid.problems:
        decision = found.decision
        is_told = decision is not None and (decision.kind is DecisionKind.ASK or decision.answered_on is not None)
        if decision is not None and receipt is not None and is_told and _is_alive(found):
            file = receipt.judged.file
            edition = check.read.newest.edition
            about = tuple(edition.name_of(code) for code in found.measures)
            said, rule = found.problem.message, found.rule
            if found.problem.code == "above-other-bids":  # a bidder reads nothing of what others offer
                said, rule = f"{in_short(found, bid.whole, edition)} is a high quantity", _HIGH
            yield AskedOfBidder(_lot(check, bid), file.name, file.sha256, said, about, rule, decision)


def _is_alive(found: BidProblem) -> bool:
    """Whether the bidder is still asked: a bid that is not admitted is not, nor about a line that is left out."""
    return found.state.is_open or found.state.is_decided


def _lot(check: OpenCheck, bid: BidUnderCheck) -> str:
    lots = check.read.newest.pack.pack.lots
    lot = next((each for each in lots if each.number == bid.opened.stored.record.lot), None)
    return "" if lot is None or len(lots) == 1 else _called(lot)


def _called(lot: Lot) -> str:
    return f"Lot {lot.number}, {lot.title}" if lot.title else f"Lot {lot.number}"


def letter_paper(workspace: Workspace, letter: LetterToBidder, made_on: date) -> CouncilPaper:
    """A letter as a paper of the council."""
    with workspace.look() as uow:
        settings = workspace.settings_at(uow)
    return clarification_letter(letter, paper_maker(workspace, settings, made_on))


def save_letters(
    workspace: Workspace, check: OpenCheck, folder: Path, made_on: date, progress: Progress | None = None
) -> tuple[Path, ...]:
    """Write the letters of all bidders that are asked into a folder, each as PDF and as Word; gives the files.

    Raises:
        TomsError: a file cannot be written; says what to do.
        Cancelled: the user stopped it; what was written stays.
    """
    letters = [(f"Letter to {each.supplier}", letter_paper(workspace, each, made_on)) for each in letters_of(check)]
    return save_papers(workspace, letters, folder, progress)
