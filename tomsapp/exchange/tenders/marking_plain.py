"""Marking files as plain data, which the locked room hands out: what was filled in, and what is wrong with each."""

from collections.abc import Sequence
from datetime import date

from tomsapp.domain.tender.bands import BEST_MARK
from tomsapp.exchange.tenders.marking_file import MarkingFile, MarkingStamp, StatedMark
from tomsapp.room.frames import WrongForm
from tomsapp.room.plain import plain_problems, problems_in

_MOST_ROWS, _MOST_TEXT = 20_000, 40_000
_PARTS = {"file", "stamp", "answers", "marks", "rows", "confirmed", "problems"}


def plain_marking(read: MarkingFile) -> dict[str, object]:
    """A marking file as plain values, which JSON takes as they are."""
    stamp = read.stamp
    whose = [stamp.tender_id, stamp.evaluator_id]
    texts = [stamp.database, stamp.tender, stamp.evaluator, stamp.pack, stamp.made_on.isoformat()]
    day = "" if read.confirmed_on is None else read.confirmed_on.isoformat()
    return {
        "file": read.file,
        "stamp": [*whose, *texts],
        "answers": [[*place, sha256] for place, sha256 in read.answers.items()],
        "marks": [[each.bid, each.question, each.mark, each.reason] for each in read.marks],
        "rows": [[*place, row] for place, row in read.rows.items()],
        "confirmed": [read.has_no_conflict, day, read.is_sent],
        "problems": plain_problems(read.problems),
    }


def marking_in(plain: object) -> MarkingFile:
    """The marking file that `plain_marking` was given.

    Raises:
        WrongForm: it was given none.
    """
    if not isinstance(plain, dict) or plain.keys() != _PARTS:
        raise WrongForm("There is no marking file")
    tender_id, evaluator_id, *texts = _list(plain["stamp"], 7)
    database, tender, evaluator, pack, made = map(_text, texts)
    clear, day, sent = _list(plain["confirmed"], 3)
    try:
        stamp = MarkingStamp(
            database, tender, _whole(tender_id), evaluator, _whole(evaluator_id), pack, date.fromisoformat(made)
        )
        confirmed_on = date.fromisoformat(text) if (text := _text(day)) else None
    except ValueError as error:
        raise WrongForm("A part of a marking file is no day") from error
    return MarkingFile(
        _text(plain["file"]),
        stamp,
        {(_whole(bid), _whole(question)): _text(sha256) for bid, question, sha256 in _lists(plain["answers"], 3)},
        tuple(_mark(each) for each in _lists(plain["marks"], 4)),
        {(_whole(bid), _whole(question)): _whole(row) for bid, question, row in _lists(plain["rows"], 3)},
        clear is True,
        confirmed_on,
        sent is True,
        problems_in(plain["problems"]),
    )


def _mark(plain: Sequence[object]) -> StatedMark:
    bid, question, mark, reason = plain
    given = None if mark is None else _whole(mark)
    if given is not None and given > BEST_MARK:
        raise WrongForm("A mark is none")
    return StatedMark(_whole(bid), _whole(question), given, _text(reason))


def _lists(plain: object, length: int) -> list[Sequence[object]]:
    return [_list(each, length) for each in _list(plain)]


def _list(plain: object, length: int | None = None) -> list[object]:
    if not isinstance(plain, list) or len(plain) > _MOST_ROWS or (length is not None and len(plain) != length):
        raise WrongForm("A part is no list, or of another length")
    return plain


def _text(plain: object) -> str:
    if not isinstance(plain, str) or len(plain) > _MOST_TEXT:
        raise WrongForm("A part is no text, or too long")
    return plain


def _whole(plain: object) -> int:
    if type(plain) is not int or not 0 <= plain < 10**18:
        raise WrongForm("A part is no whole number")
    return plain
