"""What each service does to the marks of a tender, with a colleague between its statements."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.exchange.tenders.marking import confirmed, filled, given
from tests.services.tenders.build import NOW, opened
from tests.services.tenders.marks import evaluator
from tests.services.tenders.offers import DAY, ISSUE, OPEN, PAST, saved
from tomsapp.domain.tender.marking import Evaluator, Mark, ModeratedMark
from tomsapp.services.tenders.evaluators import EVALUATORS
from tomsapp.services.tenders.found_files import FoundFile
from tomsapp.services.tenders.issuing import issue
from tomsapp.services.tenders.marking import OpenMarking, open_marking
from tomsapp.services.tenders.marking_files import make_marking_file
from tomsapp.services.tenders.markings_read import read_marking
from tomsapp.services.tenders.markings_taken import take_markings
from tomsapp.services.tenders.marks_given import (
    check_moderated,
    confirm_no_conflict,
    give_mark,
    moderate,
    send_marks,
    take_marks_back,
)
from tomsapp.services.tenders.marks_held import sees_figures
from tomsapp.services.tenders.opening import open_offers
from tomsapp.services.tenders.reading import OpenTender
from tomsapp.services.tenders.receiving import receive
from tomsapp.services.workspace import Workspace
from tomsapp.store.errors import StoreError

Act = Callable[[], object]


def _file(workspace: Workspace, made: OpenTender) -> object:
    """A marking file of an evaluator who is none; the answers are looked at first."""
    try:
        return make_marking_file(workspace, made.id, 99, NOW)
    except StoreError as refused:
        return refused.message


MARK_READS: dict[str, Callable[[Workspace, OpenTender], object]] = {
    "who sees figures": lambda workspace, made: sees_figures(workspace, made.id),
    "marking": lambda workspace, made: open_marking(workspace, made.id),
    "a mark to be agreed": lambda workspace, made: check_moderated(workspace, made.id, ModeratedMark(1, 1, 5, "Why")),
    "marking file": _file,
    "marking files that came back": lambda workspace, made: read_marking(workspace, made.id, []),
}
"""What is read of the marks of a tender that a colleague changes."""


def _marking(workspace: Workspace, made: OpenTender, *, is_confirmed: bool = True) -> OpenMarking:
    """The tender with an offer, opened, and who works here as its evaluator."""
    issue(workspace, made, ISSUE, NOW)
    page = opened(workspace, made.id)
    receive(workspace, page, [FoundFile("offer.tomsoffer", saved(workspace, page), "", DAY, "11:00")])
    open_offers(workspace, page, OPEN, PAST)
    who = workspace.who
    EVALUATORS.add(workspace, page, [evaluator(who) if is_confirmed else Evaluator(who)])
    return open_marking(workspace, made.id)


def _marked(workspace: Workspace, made: OpenTender, *, is_sent: bool = False) -> OpenMarking:
    seen = _marking(workspace, made)
    give_mark(workspace, made.id, _mark(seen))
    if is_sent:
        assert seen.mine is not None
        send_marks(workspace, made.id, seen.mine.stored)
    return open_marking(workspace, made.id)


def _mark(seen: OpenMarking, given: int = 4) -> Mark:
    assert seen.mine is not None
    (bid, question) = seen.answers.places[0]
    return Mark(seen.mine.stored.id, bid, question, given, "Names the groups")


def _add(workspace: Workspace, made: OpenTender) -> Act:
    _marking(workspace, made)
    return lambda: EVALUATORS.add(workspace, made, [Evaluator("L. Osei")])


def _confirm(workspace: Workspace, made: OpenTender) -> Act:
    mine = _marking(workspace, made, is_confirmed=False).mine
    assert mine is not None
    stored = mine.stored
    return lambda: confirm_no_conflict(workspace, made.id, stored)


def _give(workspace: Workspace, made: OpenTender) -> Act:
    mark = _mark(_marking(workspace, made))
    return lambda: give_mark(workspace, made.id, mark)


def _change(workspace: Workspace, made: OpenTender) -> Act:
    seen = _marked(workspace, made)
    return lambda: give_mark(workspace, made.id, _mark(seen, 2), seen.marks[0])


def _send(workspace: Workspace, made: OpenTender) -> Act:
    mine = _marked(workspace, made).mine
    assert mine is not None
    stored = mine.stored
    return lambda: send_marks(workspace, made.id, stored)


def _take_back(workspace: Workspace, made: OpenTender) -> Act:
    seen = _marked(workspace, made)
    EVALUATORS.add(workspace, made, [Evaluator("L. Osei")])
    assert seen.mine is not None
    stored = send_marks(workspace, made.id, seen.mine.stored).result
    return lambda: take_marks_back(workspace, made.id, stored)


def _moderate(workspace: Workspace, made: OpenTender) -> Act:
    (bid, question) = _marked(workspace, made, is_sent=True).answers.places[0]
    mark = ModeratedMark(bid, question, 3, "Both read it again")
    return lambda: moderate(workspace, made.id, mark)


def _take_over(workspace: Workspace, made: OpenTender) -> Act:
    seen = _marking(workspace, made)
    assert seen.mine is not None
    data = make_marking_file(workspace, made.id, seen.mine.stored.id, NOW).data
    with TemporaryDirectory() as folder:
        path = Path(folder) / "marks.xlsx"
        path.write_bytes(filled(data, given(0, 4), confirmed()))
        read = read_marking(workspace, made.id, [path])
    return lambda: take_markings(workspace, made.id, read)


MARK_WRITES: dict[str, Callable[[Workspace, OpenTender], Act]] = {
    "add an evaluator": _add,
    "confirm no conflict": _confirm,
    "give a mark": _give,
    "change a mark": _change,
    "send marks": _send,
    "take marks back": _take_back,
    "moderate a mark": _moderate,
    "take marking files over": _take_over,
}
"""What is done with the marks of a tender."""
