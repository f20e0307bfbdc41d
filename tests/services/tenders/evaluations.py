"""A tender with two bids, opened and marked, for the tests of evaluations."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from tests.services.tenders.build import opened
from tests.services.tenders.offers import CALDER, LAMP, OPEN, PAST, filled_book, issued_tender, saved
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.delivery.people import PersonKind
from tomsapp.domain.tender.acts import TenderActKind
from tomsapp.domain.tender.bid import BidDecision, DecisionKind
from tomsapp.domain.tender.marking import Evaluator, Mark, ModeratedMark
from tomsapp.domain.tender.tender_offer import OfferedDetails
from tomsapp.services.tenders.bids import save_bids
from tomsapp.services.tenders.evaluating import OpenEvaluation, open_evaluation
from tomsapp.services.tenders.found_files import FoundFile
from tomsapp.services.tenders.freezing import freeze, frozen_bytes
from tomsapp.services.tenders.opening import open_offers
from tomsapp.services.tenders.reading import OpenTender
from tomsapp.services.tenders.receiving import receive
from tomsapp.services.workspace import Workspace

D = Decimal
MORE = (Commitment("1", "V01", (D(90), D(90))), Commitment("2", "J01", (D(1), D(1))))
SCORES = {CALDER.name: ("1000000.00", "30"), LAMP.name: ("900000.00", "35.5")}
MARKS = {CALDER.name: 3, LAMP.name: 4}
EXCLUDE = replace(
    OPEN, kind=TenderActKind.EXCLUDE, lot=1, supplier=LAMP.name, reason="It gave false information about its accounts"
)

FREEZE = replace(OPEN, kind=TenderActKind.FREEZE, reason="As the panel agreed on the day")


def evaluation(workspace: Workspace, page: OpenTender) -> OpenEvaluation:
    """The evaluation as it stands, looked at after the deadline."""
    return open_evaluation(workspace, page.id, now=PAST)


def evaluated_tender(workspace: Workspace, reference: str = "T-2026-003", *, is_entered: bool = True) -> OpenTender:
    """Two bids for lot 1, opened: Calder's in the workbook, Lamp's better one in an offer file; with all entered."""
    page = issued_tender(workspace, reference)
    details = {"2": OfferedDetails(staff=PersonKind.NEW)}
    book = filled_book(workspace, page)
    file = saved(workspace, page, LAMP, commitments=MORE, details=details)
    receive(workspace, page, [FoundFile("calder.xlsx", book), FoundFile("lamp.tomsoffer", file)])
    open_offers(workspace, page, OPEN, PAST)
    page = opened(workspace, page.id)
    if is_entered:
        enter(workspace, page, SCORES)
        moderate(workspace, page, MARKS)
        accept_all(workspace, page)
    return opened(workspace, page.id)


def enter(workspace: Workspace, page: OpenTender, scores: Mapping[str, tuple[str, str]]) -> None:
    """Enter price and quality of bidders."""
    pairs = [
        (bid.stored, replace(bid.stored.record, price=D(scores[bid.supplier][0]), quality=D(scores[bid.supplier][1])))
        for bid in evaluation(workspace, page).bids
        if bid.supplier in scores
    ]
    save_bids(workspace, page, pairs)


def moderate(workspace: Workspace, page: OpenTender, marks: Mapping[str, int]) -> None:
    """Save the moderated mark of question 1 of bidders, after the one evaluator has sent."""
    with workspace.work("Moderate") as uow:
        who = uow.evaluators.add(page.id, Evaluator("J. Patel", "Head of Libraries", True, PAST.date()))
        for bid in uow.bids.of(page.id):
            uow.marks.add(Mark(who.id, bid.id, 1, marks.get(bid.record.supplier, 0), "As the answer says"))
        uow.evaluators.save(who.id, who.version, replace(who.record, sent_on=PAST.date()))
        for bid in uow.bids.of(page.id):
            if bid.record.supplier in marks:
                mark = marks[bid.record.supplier]
                uow.moderated.add(ModeratedMark(bid.id, 1, mark, "As all agreed on the day", "A. Okafor"))
        uow.commit()


def accept_all(workspace: Workspace, page: OpenTender) -> None:
    """Accept all that is undecided of the bids."""
    open_ones = [(bid, problem) for bid in evaluation(workspace, page).bids for problem in bid.undecided]
    with workspace.work("Decide") as uow:
        for bid, problem in open_ones:
            reason = "The bidder explained it in the answers"
            sha256 = bid.receipt.judged.file.sha256
            decision = BidDecision(bid.stored.id, problem.key, sha256, DecisionKind.ACCEPT, reason, by="A. Okafor")
            uow.bid_decisions.add(decision)
        uow.commit()


def freeze_it(workspace: Workspace, page: OpenTender) -> bytes:
    """Freeze the evaluation as it stands; gives its file."""
    freeze(workspace, evaluation(workspace, page), FREEZE, PAST)
    return frozen_bytes(workspace, page.id)
