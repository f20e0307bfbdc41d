"""What each service does to a tender that is being set up, with a colleague between its statements."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import count

from tests.services.tenders.build import ASKED, NOW, begin_tender, lot, opened
from tomsapp.domain.contract import YearSpend
from tomsapp.domain.tender.acts import TenderActFacts, TenderActKind
from tomsapp.services import edits
from tomsapp.services.tenders.acts import do, document_bytes, proposed
from tomsapp.services.tenders.choosing import add_measures
from tomsapp.services.tenders.facts import TENDER_FACTS, copy_tender, delete_tender, next_reference
from tomsapp.services.tenders.issuing import check_issue, issue, version_bytes
from tomsapp.services.tenders.parts import BIDDER_QUESTIONS, LOTS, MEASURES, QUESTIONS
from tomsapp.services.tenders.reading import OpenTender, list_tenders
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


TENDER_READS: dict[str, Callable[[Workspace, OpenTender], object]] = {
    "tender": lambda workspace, made: opened(workspace, made.id),
    "tenders": lambda workspace, _made: list_tenders(workspace),
    "next reference of a tender": lambda workspace, _made: next_reference(workspace, 2027),
    "check of a tender": lambda workspace, made: TENDER_FACTS.check(workspace, made.tender, made.id),
    "proposed act of a tender": lambda workspace, _made: proposed(workspace, TenderActKind.OPEN),
    "check of issuing": lambda workspace, made: check_issue(workspace, opened(workspace, made.id), ISSUE, NOW),
    "documents of a tender": _document,
    "check of a lot": lambda workspace, made: LOTS.check(workspace, made, lot()),
}
"""What is read of a tender that a colleague changes."""


def _undo(workspace: Workspace, made: OpenTender) -> Act:
    done = LOTS.order(workspace, made, made.lots[::-1])
    assert done.edit is not None
    edit = done.edit
    return lambda: edits.undo(workspace, edit)


TENDER_WRITES: dict[str, Callable[[Workspace, OpenTender], Act]] = {
    "add a tender": lambda workspace, made: (
        lambda: TENDER_FACTS.add(workspace, replace(made.tender, reference=f"Ann's {made.id}"))
    ),
    "save a tender": lambda workspace, made: (
        lambda: TENDER_FACTS.save(workspace, made.stored, replace(made.tender, directorate="Ann's"))
    ),
    "copy a tender": lambda workspace, made: lambda: copy_tender(workspace, made, f"Copy {made.id}"),
    "delete a tender": lambda workspace, made: lambda: delete_tender(workspace, made),
    "add lots": lambda workspace, made: lambda: LOTS.add(workspace, made, [lot("Ann's"), lot("Ann's too")]),
    "save lots": lambda workspace, made: (
        lambda: LOTS.save_many(workspace, made, [(each, replace(each.record, title="Ann's")) for each in made.lots])
    ),
    "remove a lot": lambda workspace, made: lambda: LOTS.remove(workspace, made, made.lots[:1]),
    "order lots": lambda workspace, made: lambda: LOTS.order(workspace, made, made.lots[::-1]),
    "add measures": lambda workspace, made: lambda: add_measures(workspace, made, ["V04", "S08"]),
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
    "withdraw a tender": lambda workspace, made: (
        lambda: do(workspace, made, replace(ISSUE, kind=TenderActKind.WITHDRAW, version=None), NOW)
    ),
}
