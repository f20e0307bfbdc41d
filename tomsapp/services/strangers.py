"""Strangers' files, each read in the locked room: plain data comes back, or one error that says what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeVar

from tomsapp.domain.problems import Problem
from tomsapp.exchange.offer_file import OfferUnreadable, refusal
from tomsapp.exchange.sheets.opened import OpenedBook
from tomsapp.exchange.sheets.plain_book import book_in
from tomsapp.reading.kinds import FileKind
from tomsapp.reading.text_formats import Values
from tomsapp.room import asking
from tomsapp.room.asking import Answer, Question
from tomsapp.room.errors import EndedUnexpectedly
from tomsapp.room.frames import WrongForm
from tomsapp.room.plain import problems_in, value_in
from tomsapp.services.progress import NoProgress, Progress

Found = TypeVar("Found")

_TABLES, _NOTICES = "tables", "notices"
_OFFER_ERRORS = {"OfferUnreadable": OfferUnreadable, "SheetTooLarge": OfferUnreadable}


def expect_a_table() -> None:
    """Start what reads tables ahead, while a person still looks for the file."""
    asking.make_ready(_TABLES)


def expect_no_table() -> None:
    """No file comes any more: end what was started ahead."""
    asking.let_go()


@dataclass(frozen=True, slots=True)
class OpenedOffer:
    """A file with an offer: what it is, and either its sheets or its values."""

    kind: FileKind
    book: OpenedBook | None
    values: Values | None


def open_any_table(data: bytes, file: str, progress: Progress | None = None) -> tuple[FileKind, OpenedBook]:
    """What a file is, and its sheets.

    Raises:
        OfferUnreadable: it is no table, damaged, or too much; says what it is and what to do.
        RoomError: it took too much memory or time, or ended what read it.
        Cancelled: nobody waits for it any more.
    """
    answer = _ask(_TABLES, data, file, {"file": file, "offer": False}, progress)
    kind = understood(file, lambda: _kind(answer))
    if kind is FileKind.NOTICES:
        return kind, open_notices([(file, data)], progress)
    return kind, understood(file, lambda: _book(answer))


def open_notices(files: Sequence[tuple[str, bytes]], progress: Progress | None = None) -> OpenedBook:
    """The contracts of many notices, each a file with its name, read in one room as one sheet.

    Raises:
        OfferUnreadable: none of them is a notice, or there is too much in them.
        RoomError, Cancelled: as `open_any_table`.
    """
    names = [name for name, _ in files]
    question = Question(_NOTICES, names[0], {"files": names}, [data for _, data in files], _OFFER_ERRORS)
    with watched_by(progress or _WATCHES.get()):
        answer = ask_watched(question)
    return understood(names[0], lambda: _book(answer))


def open_offer(data: bytes, file: str, progress: Progress | None = None) -> OpenedOffer:
    """The sheets of a workbook, or the values of an offer in JSON.

    Raises:
        OfferUnreadable: it is neither, damaged, or too much; says what it is and what to do.
        RoomError: as `open_any_table`.
        Cancelled: nobody waits for it any more.
    """
    answer = _ask(_TABLES, data, file, {"file": file, "offer": True}, progress)
    found = understood(file, lambda: offer_in(answer))
    if isinstance(found, OfferUnreadable):
        raise found
    return found


def offer_in(answer: Answer) -> OpenedOffer | OfferUnreadable:
    """What the room says of one offer: its sheets or values, or what is wrong with it as JSON.

    Raises:
        WrongForm, LookupError, TypeError, ValueError: it says neither.
    """
    if "problem" in answer.told:
        return refusal(_one_problem(answer))
    if "values" not in answer.told:
        return OpenedOffer(_kind(answer), _book(answer), None)
    return OpenedOffer(_kind(answer), None, _values(answer))


def _ask(task: str, data: bytes, file: str, values: Mapping[str, object], progress: Progress | None) -> Answer:
    with watched_by(progress or _WATCHES.get()):
        return ask_watched(Question(task, file, values, [data], _OFFER_ERRORS))


_WATCHES: ContextVar[Progress | None] = ContextVar("watches", default=None)


@contextmanager
def watched_by(progress: Progress | None) -> Iterator[None]:
    """Until this ends, whoever is told of the progress can stop what is read in the room."""
    token = _WATCHES.set(progress)
    try:
        yield
    finally:
        _WATCHES.reset(token)


def ask_watched(question: Question) -> Answer:
    """What the room answers, while somebody waits for it.

    Raises:
        TomsError: as `asking.ask`.
        Cancelled: nobody does any more.
    """
    progress = _WATCHES.get() or NoProgress()
    return asking.ask(question, lambda: progress.report(0, 0))


def understood(file: str, read: Callable[[], Found]) -> Found:
    """What an answer says; one that does not say what it should comes from a child that a file took over.

    Raises:
        EndedUnexpectedly: it does not.
    """
    try:
        return read()
    except (WrongForm, LookupError, TypeError, ValueError) as error:
        raise EndedUnexpectedly(file, f"{type(error).__name__}: {error}") from error


def _one_problem(answer: Answer) -> Problem:
    (problem,) = problems_in(answer.told["problem"])
    return problem


def _kind(answer: Answer) -> FileKind:
    return FileKind[str(answer.told["kind"])]


def _book(answer: Answer) -> OpenedBook:
    told, (rows,) = answer.told["book"], answer.runs
    if not isinstance(told, dict):
        raise WrongForm("There is no book")
    return book_in(told, rows)


def _values(answer: Answer) -> Values:
    (run,) = answer.runs
    found = value_in(run)
    if not isinstance(found, dict):
        raise WrongForm("There is no object")
    return found
