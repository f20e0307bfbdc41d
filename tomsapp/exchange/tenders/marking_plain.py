"""Marking files as plain data, which the locked room hands out: what was filled in, and what is wrong with each."""

from collections.abc import Sequence
from datetime import date

from tomsapp.domain.tender.bands import BEST_MARK
from tomsapp.exchange.tenders.marking_file import MarkingFile, MarkingStamp, StatedMark
from tomsapp.room.frames import WrongForm
from tomsapp.room.parts import list_in, lists_in, text_in, whole_in
from tomsapp.room.plain import plain_problems, problems_in

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
    tender_id, evaluator_id, *texts = list_in(plain["stamp"], 7)
    database, tender, evaluator, pack, made = map(text_in, texts)
    clear, day, sent = list_in(plain["confirmed"], 3)
    try:
        stamp = MarkingStamp(
            database, tender, whole_in(tender_id), evaluator, whole_in(evaluator_id), pack, date.fromisoformat(made)
        )
        confirmed_on = date.fromisoformat(text) if (text := text_in(day)) else None
    except ValueError as error:
        raise WrongForm("A part of a marking file is no day") from error
    return MarkingFile(
        text_in(plain["file"]),
        stamp,
        {
            (whole_in(bid), whole_in(question)): text_in(sha256)
            for bid, question, sha256 in lists_in(plain["answers"], 3)
        },
        tuple(_mark(each) for each in lists_in(plain["marks"], 4)),
        {(whole_in(bid), whole_in(question)): whole_in(row) for bid, question, row in lists_in(plain["rows"], 3)},
        clear is True,
        confirmed_on,
        sent is True,
        problems_in(plain["problems"]),
    )


def _mark(plain: Sequence[object]) -> StatedMark:
    bid, question, mark, reason = plain
    given = None if mark is None else whole_in(mark)
    if given is not None and given > BEST_MARK:
        raise WrongForm("A mark is none")
    return StatedMark(whole_in(bid), whole_in(question), given, text_in(reason))
