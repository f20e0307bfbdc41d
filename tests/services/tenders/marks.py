"""A tender whose offers are opened, ready to be marked."""

from datetime import date

from tests.services.council import open_as
from tests.services.tenders.build import opened
from tests.services.tenders.offers import CALDER, DAY, LAMP, OPEN, PAST, issued_tender, saved
from tomsapp.domain.tender.marking import Evaluator, Mark
from tomsapp.services.tenders.evaluators import EVALUATORS
from tomsapp.services.tenders.found_files import FoundFile
from tomsapp.services.tenders.marking import open_marking
from tomsapp.services.tenders.marks_given import give_mark, send_marks
from tomsapp.services.tenders.opening import open_offers
from tomsapp.services.tenders.reading import OpenTender
from tomsapp.services.tenders.receiving import receive
from tomsapp.services.workspace import Workspace

CONFIRMED = date(2026, 1, 25)
SENT = date(2026, 1, 28)
ANSWERS = {CALDER.name: "With the job centre.", LAMP.name: "We ask at the *hub*."}


def opened_tender(workspace: Workspace, reference: str = "T-2026-003") -> OpenTender:
    """The tender of `build.py` with the offers of two bidders for lot 1, opened."""
    page = issued_tender(workspace, reference)
    files = [
        FoundFile(bidder.name, saved(workspace, page, bidder, statements={1: ANSWERS[bidder.name]}), "", DAY, "10:00")
        for bidder in (CALDER, LAMP)
    ]
    receive(workspace, page, files)
    open_offers(workspace, page, OPEN, PAST)
    return opened(workspace, page.id)


def evaluator(name: str, **facts: object) -> Evaluator:
    """An evaluator without a conflict of interest, who has not sent."""
    return Evaluator(name, **({"has_no_conflict": True, "confirmed_on": CONFIRMED} | facts))  # type: ignore[arg-type]


def as_person(workspace: Workspace, name: str) -> Workspace:
    """Somebody else at work on the same database."""
    return open_as(workspace.database.target, name)


def begin_marking(workspace: Workspace, *names: str) -> OpenTender:
    """The same tender with evaluators, Ann and L. Osei unless others are named, who have no conflict of interest."""
    page = opened_tender(workspace)
    EVALUATORS.add(workspace, page, [evaluator(name) for name in names or ("Ann", "L. Osei")])
    return opened(workspace, page.id)


def mark_all(workspace: Workspace, page: OpenTender, given: int = 4, *, send: bool = True) -> None:
    """Give one mark to every answer as who works here, and send them."""
    seen = open_marking(workspace, page.id)
    assert seen.mine is not None
    for bid, question in seen.left:
        give_mark(workspace, page.id, Mark(seen.mine.stored.id, bid, question, given, "Names the groups"))
    if send:
        send_marks(workspace, page.id, seen.mine.stored)
