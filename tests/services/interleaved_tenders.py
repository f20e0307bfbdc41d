"""What each service does to a tender that is being set up, with a colleague between its statements."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.services.interleaved_marks import MARK_READS, MARK_WRITES
from tests.services.tenders.build import ASKED, NOW, begin_tender, lot, measure, opened, tender
from tests.services.tenders.evaluations import EXCLUDE, FREEZE, accept_all, enter, evaluation, moderate
from tests.services.tenders.offers import CALDER, DAY, OPEN, PAST, saved
from tests.services.tenders.sheets import sheet_of
from tomsapp.domain.contract import YearSpend
from tomsapp.domain.papers.clarification import LetterToBidder
from tomsapp.domain.papers.council_paper import CouncilPaper
from tomsapp.domain.supplier import Supplier
from tomsapp.domain.tender.acts import TenderActFacts, TenderActKind
from tomsapp.domain.tender.deciding import BidProblem
from tomsapp.domain.tender.explaining import ScoreExplanation
from tomsapp.services import edits
from tomsapp.services.failures import StoreError
from tomsapp.services.suppliers import add_supplier
from tomsapp.services.tenders.acts import check_plain, do, document_bytes, proposed
from tomsapp.services.tenders.awarding import award, awarded_contracts
from tomsapp.services.tenders.bids import save_bids
from tomsapp.services.tenders.choosing import add_measures, choose_measures
from tomsapp.services.tenders.deciding import OpenCheck, open_check
from tomsapp.services.tenders.decisions import decide, proposed_decision, take_back
from tomsapp.services.tenders.evaluating import OpenEvaluation, open_evaluation
from tomsapp.services.tenders.evaluation_report import evaluation_paper
from tomsapp.services.tenders.explaining import explain, open_explanations
from tomsapp.services.tenders.facts import TENDER_FACTS, copy_tender, delete_tender, next_reference
from tomsapp.services.tenders.found_files import FoundFile
from tomsapp.services.tenders.freezing import exclude, freeze
from tomsapp.services.tenders.from_notice import FromNotice, begin_from_notice
from tomsapp.services.tenders.issuing import check_issue, issue, version_bytes
from tomsapp.services.tenders.letters import letter_paper
from tomsapp.services.tenders.opening import admit_late, open_offers, read_bids
from tomsapp.services.tenders.pack_keys import make_new_key, save_public_key
from tomsapp.services.tenders.pack_shown import show_pack
from tomsapp.services.tenders.pack_signing import sign_pack
from tomsapp.services.tenders.parts import BIDDER_QUESTIONS, LOTS, MEASURES, QUESTIONS
from tomsapp.services.tenders.portal_times import PORTAL, match_export
from tomsapp.services.tenders.quotes import begin_quote, quote_start
from tomsapp.services.tenders.reading import OpenTender, find_tender, list_tenders
from tomsapp.services.tenders.receipt_papers import make_receipt, make_receipt_list
from tomsapp.services.tenders.receipt_saving import save_receipt
from tomsapp.services.tenders.receipts import ListedReceipt, list_receipts
from tomsapp.services.tenders.receipts_shown import show_receipts
from tomsapp.services.tenders.receiving import receive
from tomsapp.services.tenders.scores_table import SCORES, match_scores
from tomsapp.services.tenders.summaries import save_summaries, summary_paper
from tomsapp.services.workspace import Workspace

_numbers = count(1)
Act = Callable[[], object]


def new_tender_world(workspace: Workspace) -> OpenTender:
    """A tender with two lots, two measures and a question, and what a bidder asked."""
    return begin_tender(workspace, f"T{next(_numbers)}")


def set_up_everywhere(workspace: Workspace, tender_id: int, number: int) -> None:
    """Write `number` into each record of a tender and the council's name, in one transaction."""
    text = str(number)
    with workspace.work(f"Save {text} everywhere") as uow:
        held = uow.tenders.hold(tender_id)
        uow.tenders.save(held.id, held.version, replace(held.record, title=text))
        for one in uow.lots.of(tender_id):
            spend = (YearSpend(0, Decimal(number)),)
            uow.lots.save(one.id, one.version, replace(one.record, title=text, value=Decimal(number), spend=spend))
        for measure in uow.tender_measures.of(tender_id):
            uow.tender_measures.save(measure.id, measure.version, replace(measure.record, relevance=text))
        for question in uow.questions.of(tender_id):
            uow.questions.save(question.id, question.version, replace(question.record, title=text))
        for asked in uow.bidder_questions.of(tender_id):
            uow.bidder_questions.save(asked.id, asked.version, replace(asked.record, question=text))
        settings = uow.settings.now()
        uow.settings.save(settings.version, replace(settings.record, council_name=text))
        uow.commit()


ISSUE = TenderActFacts(TenderActKind.ISSUE, NOW.date(), "Lead", "As the board agreed in December", 1)


def _document(workspace: Workspace, made: OpenTender) -> object:
    page = opened(workspace, made.id)
    if not page.acts:
        issue(workspace, page, ISSUE, NOW)
        page = opened(workspace, made.id)
    return document_bytes(workspace, page.acts[0]), version_bytes(workspace, made.id, 1)


def _issued(workspace: Workspace, made: OpenTender, *, is_opened: bool = False, time: str = "11:00") -> OpenTender:
    """The tender, issued, with an offer that was received for it; and opened."""
    page = opened(workspace, made.id)
    if not page.acts:
        issue(workspace, page, ISSUE, NOW)
        page = opened(workspace, made.id)
        receive(workspace, page, [FoundFile("offer.tomsoffer", saved(workspace, page), "", DAY, time)])
        if is_opened:
            open_offers(workspace, page, OPEN, PAST)
    return opened(workspace, made.id)


def _public_key(workspace: Workspace) -> bytes:
    with TemporaryDirectory() as folder:
        return save_public_key(workspace, Path(folder) / "packs.pem").read_bytes()


def _receipts(workspace: Workspace, made: OpenTender) -> tuple[ListedReceipt, ...]:
    return list_receipts(workspace, _issued(workspace, made).id)


EXPORT = sheet_of(PORTAL, "portal.csv", "File,Received\noffer.tomsoffer,22/01/2027 11:30\n")
"""A portal's list with another time for the offer that was received."""


def _evaluation(workspace: Workspace, made: OpenTender) -> OpenEvaluation:
    return open_evaluation(workspace, _issued(workspace, made).id, now=PAST)


def _evaluation_report(workspace: Workspace, made: OpenTender) -> CouncilPaper:
    return evaluation_paper(workspace, _issued(workspace, made).id, 1, PAST.date(), now=PAST)


def _explanations(workspace: Workspace, made: OpenTender) -> object:
    return open_explanations(workspace, _issued(workspace, made).id, now=PAST)


def _summary(workspace: Workspace, made: OpenTender) -> object:
    """Refused, as nothing is frozen."""
    page = _issued(workspace, made)
    with pytest.raises(StoreError, match="can still change"):
        summary_paper(workspace, page.id, 1, "nobody", DAY, now=PAST)
    return None


def _summaries(workspace: Workspace, made: OpenTender) -> object:
    """Refused, as nothing is awarded."""
    page = _issued(workspace, made)
    with pytest.raises(StoreError, match="not awarded"):
        save_summaries(workspace, page.id, 1, Path(), DAY, now=PAST)
    return None


PRICES = sheet_of(SCORES, "scores.csv", f"Bidder,Price\n{CALDER.name},5\n")
"""A sheet with a price of the bidder."""


def _match_scores(workspace: Workspace, made: OpenTender) -> object:
    return match_scores(workspace, _issued(workspace, made), PRICES, PRICES.columns)


def _check_taking_back(workspace: Workspace, made: OpenTender) -> object:
    page = _issued(workspace, made)
    facts = replace(ISSUE, kind=TenderActKind.TAKE_BACK, version=None)
    return check_plain(workspace, page, facts, NOW, page.acts[0])


TENDER_READS: dict[str, Callable[[Workspace, OpenTender], object]] = {
    "tender": lambda workspace, made: opened(workspace, made.id),
    "awarded contracts": lambda workspace, made: awarded_contracts(workspace, made.id),
    "check of a taking back": _check_taking_back,
    "tenders": lambda workspace, _made: list_tenders(workspace),
    "tender by its reference": lambda workspace, made: find_tender(workspace, made.tender.reference),
    "next reference of a tender": lambda workspace, _made: next_reference(workspace, 2027),
    "start of a quote": lambda workspace, _made: quote_start(workspace, 2027, "barnet-open", "2026.2"),
    "check of a tender": lambda workspace, made: TENDER_FACTS.check(workspace, made.tender, made.id),
    "proposed act of a tender": lambda workspace, _made: proposed(workspace, TenderActKind.OPEN),
    "check of issuing": lambda workspace, made: check_issue(workspace, opened(workspace, made.id), ISSUE, NOW),
    "documents of a tender": _document,
    "receipts of a tender": _receipts,
    "evaluation": _evaluation,
    "scores of a sheet beside bids": _match_scores,
    "evaluation report": _evaluation_report,
    "why bids have their scores": _explanations,
    "assessment summary": _summary,
    "assessment summaries of a lot": _summaries,
    "letter to a bidder": lambda workspace, _made: letter_paper(
        workspace, LetterToBidder(CALDER.name, "T-2026-003", "", "", ()), DAY
    ),
    "receipts as they are shown": lambda workspace, made: show_receipts(workspace, _issued(workspace, made).id),
    "public key of packs": lambda workspace, _made: _public_key(workspace),
    "pack as it is shown": lambda workspace, made: show_pack(workspace, _issued(workspace, made), NOW).versions,
    "portal’s times beside receipts": lambda workspace, made: match_export(
        workspace, _issued(workspace, made).id, EXPORT, EXPORT.columns
    ),
    "receipt as a paper": lambda workspace, made: make_receipt(workspace, _issued(workspace, made).id, 1, NOW),
    "receipts of a tender as a paper": lambda workspace, made: make_receipt_list(
        workspace, _issued(workspace, made).id, NOW
    ),
    "check of a lot": lambda workspace, made: LOTS.check(workspace, made, lot()),
    **MARK_READS,
}
"""What is read of a tender that a colleague changes."""


def _undo(workspace: Workspace, made: OpenTender) -> Act:
    done = LOTS.order(workspace, made, made.lots[::-1])
    assert done.edit is not None
    edit = done.edit
    return lambda: edits.undo(workspace, edit)


def _receive(workspace: Workspace, made: OpenTender) -> Act:
    page = _issued(workspace, made)
    data = saved(workspace, page, replace(CALDER, contact_name="Ann's"))
    return lambda: receive(workspace, page, [FoundFile("again.tomsoffer", data), FoundFile("a.pdf", b"%PDF-")])


def _receive_after_opening(workspace: Workspace, made: OpenTender) -> Act:
    page = _issued(workspace, made, is_opened=True)
    data = saved(workspace, page, replace(CALDER, contact_name="Ann's"))
    return lambda: receive(workspace, page, [FoundFile("again.tomsoffer", data)])


def _save_receipt(workspace: Workspace, made: OpenTender) -> Act:
    (one,) = _receipts(workspace, made)
    said = replace(one.stored.record, portal_time="11:30")
    return lambda: save_receipt(workspace, made.id, one.stored, said)


def _give_receipt(workspace: Workspace, made: OpenTender) -> Act:
    (one,) = _receipts(workspace, made)
    other = add_supplier(workspace, Supplier(f"Moor {made.id}")).result
    said = replace(one.stored.record, supplier=other.record.name)
    return lambda: save_receipt(workspace, made.id, one.stored, said)


def _open(workspace: Workspace, made: OpenTender) -> Act:
    page = _issued(workspace, made)
    return lambda: open_offers(workspace, page, OPEN, PAST)


def _admit(workspace: Workspace, made: OpenTender) -> Act:
    page = _issued(workspace, made, time="13:00")
    reason = "The portal was down for an hour that day"
    facts = replace(OPEN, kind=TenderActKind.ADMIT_LATE, receipt=1, reason=reason)
    return lambda: admit_late(workspace, page, facts, PAST)


def _save_bids(workspace: Workspace, made: OpenTender) -> Act:
    page = _issued(workspace, made, is_opened=True)
    (bid,) = read_bids(workspace, page.id)
    said = replace(bid.stored.record, price=Decimal("5.00"), quality=Decimal(3))
    return lambda: save_bids(workspace, page, [(bid.stored, said)])


def _found(workspace: Workspace, made: OpenTender) -> tuple[OpenCheck, BidProblem]:
    """Something to decide of the bid of an opened tender: it does not say whether the people are new."""
    page = _issued(workspace, made)
    data = saved(workspace, page, details={})
    receive(workspace, page, [FoundFile("unsaid.tomsoffer", data, "", DAY, "11:30")])
    open_offers(workspace, opened(workspace, made.id), OPEN, PAST)
    check = open_check(workspace, made.id)
    return check, next(each for each in check.bids[0].problems if each.state.is_open)


def _decide(workspace: Workspace, made: OpenTender) -> Act:
    check, found = _found(workspace, made)
    asks = replace(proposed_decision(check.bids[0], found, DAY), question="Are they new to the job, please?")
    return lambda: decide(workspace, check, found, None, asks)


def _take_back(workspace: Workspace, made: OpenTender) -> Act:
    _decide(workspace, made)()
    check = open_check(workspace, made.id)
    (before,) = check.bids[0].opened.decisions
    return lambda: take_back(workspace, check, before)


def _exclude(workspace: Workspace, made: OpenTender) -> Act:
    found = evaluation(workspace, _issued(workspace, made, is_opened=True))
    facts = replace(EXCLUDE, supplier=found.bids[0].supplier)
    return lambda: exclude(workspace, found, facts, PAST)


def _freeze(workspace: Workspace, made: OpenTender) -> Act:
    page = _issued(workspace, made, is_opened=True)
    enter(workspace, page, {CALDER.name: ("5.00", "3")})
    moderate(workspace, page, {CALDER.name: 4})
    accept_all(workspace, page)
    found = evaluation(workspace, page)
    return lambda: freeze(workspace, found, FREEZE, PAST)


def _award(workspace: Workspace, made: OpenTender) -> Act:
    _freeze(workspace, made)()
    found = evaluation(workspace, opened(workspace, made.id))
    facts = replace(OPEN, kind=TenderActKind.AWARD, lot=1, supplier=CALDER.name)
    return lambda: award(workspace, found, facts, PAST)


def _explain(workspace: Workspace, made: OpenTender) -> Act:
    _freeze(workspace, made)()
    lot = open_explanations(workspace, made.id, now=PAST).lot(1)
    score = next(each for each in lot.scores if each.is_missing)
    said = ScoreExplanation(score.bid, score.criterion.key, score.basis, "It names each site with its hours")
    return lambda: explain(workspace, made.id, said)


def _sign_pack(workspace: Workspace, made: OpenTender) -> Act:
    page = _issued(workspace, made)
    return lambda: sign_pack(workspace, page.id, PAST)


TENDER_WRITES: dict[str, Callable[[Workspace, OpenTender], Act]] = {
    "add a tender": lambda workspace, made: (
        lambda: TENDER_FACTS.add(workspace, replace(made.tender, reference=f"Ann's {made.id}"))
    ),
    "save a tender": lambda workspace, made: (
        lambda: TENDER_FACTS.save(workspace, made.stored, replace(made.tender, directorate="Ann's"))
    ),
    "copy a tender": lambda workspace, made: lambda: copy_tender(workspace, made, f"Copy {made.id}"),
    "begin a tender from a notice": lambda workspace, made: (
        lambda: begin_from_notice(workspace, FromNotice(tender(f"Notice {made.id}"), (lot("Ann's"),), ()))
    ),
    "begin a quote": lambda workspace, made: (
        lambda: begin_quote(workspace, tender(f"Quote {made.id}"), lot(), [measure("V01", "5")])
    ),
    "delete a tender": lambda workspace, made: lambda: delete_tender(workspace, made),
    "add lots": lambda workspace, made: lambda: LOTS.add(workspace, made, [lot("Ann's"), lot("Ann's too")]),
    "save lots": lambda workspace, made: (
        lambda: LOTS.save_many(workspace, made, [(each, replace(each.record, title="Ann's")) for each in made.lots])
    ),
    "remove a lot": lambda workspace, made: lambda: LOTS.remove(workspace, made, made.lots[:1]),
    "order lots": lambda workspace, made: lambda: LOTS.order(workspace, made, made.lots[::-1]),
    "add measures": lambda workspace, made: lambda: add_measures(workspace, made, ["V04", "S08"]),
    "choose measures": lambda workspace, made: lambda: choose_measures(workspace, made, ["V04", "J01"]),
    "save a measure": lambda workspace, made: (
        lambda: MEASURES.save(
            workspace, made, made.measures[0], replace(made.measures[0].record, exception_reason="", target=Decimal(3))
        )
    ),
    "remove questions": lambda workspace, made: lambda: QUESTIONS.remove(workspace, made, made.questions),
    "answer a bidder": lambda workspace, made: (
        lambda: BIDDER_QUESTIONS.save(
            workspace, made, made.asked[0], replace(ASKED, answer="Yes", answered_on=ASKED.asked_on)
        )
    ),
    "undo of an order": _undo,
    "issue a tender": lambda workspace, made: lambda: issue(workspace, made, ISSUE, NOW),
    "receive files": _receive,
    "receive files after opening": _receive_after_opening,
    "save a receipt": _save_receipt,
    "give a receipt": _give_receipt,
    "open offers": _open,
    "admit a late file": _admit,
    "save bids": _save_bids,
    "exclude a bid": _exclude,
    "freeze an evaluation": _freeze,
    "award a lot": _award,
    "explain a score": _explain,
    "sign a pack": _sign_pack,
    "make a new key for packs": lambda workspace, _made: lambda: make_new_key(workspace),
    "decide a problem": _decide,
    "take a decision back": _take_back,
    "withdraw a tender": lambda workspace, made: (
        lambda: do(workspace, made, replace(ISSUE, kind=TenderActKind.WITHDRAW, version=None), NOW)
    ),
    **MARK_WRITES,
}
