"""In the room: says what a file is, and opens it as sheets of cells or as the values of an offer in JSON."""

from collections.abc import Mapping, Sequence

from tomsapp.domain.problems import Problem
from tomsapp.exchange.notices.notice_sheet import NoticeFile, read_notices
from tomsapp.exchange.offer_file import MOST_BYTES, refusal
from tomsapp.exchange.sheets.opening import open_table, open_workbook
from tomsapp.exchange.sheets.plain_book import plain_book
from tomsapp.reading.kinds import OFFERS_IN_JSON, WORKBOOKS, FileKind, kind_of, wrong_kind
from tomsapp.reading.text_formats import read_json
from tomsapp.room.child import Answered
from tomsapp.room.plain import plain_bytes, plain_problems


def work(values: Mapping[str, object], runs: Sequence[bytes]) -> Answered:
    """Open the file: with `offer` as an offer, in JSON or a workbook; with `files` as notices, many; else as any table.

    Raises:
        OfferUnreadable: it is neither, damaged, or too much.
    """
    names = values.get("files")
    if isinstance(names, list):
        return _notices([NoticeFile(str(name), data) for name, data in zip(names, runs, strict=True)])
    (data,), file = runs, str(values["file"])
    kind = kind_of(data)
    told: dict[str, object] = {"kind": kind.name}
    if not values["offer"] and kind is FileKind.NOTICES:
        return _notices([NoticeFile(file, data)])
    if not values["offer"]:
        book, rows = plain_book(open_table(data, file))
        return {**told, "book": book}, [rows]
    if kind in WORKBOOKS:
        book, rows = plain_book(open_workbook(data, file))
        return {**told, "book": book}, [rows]
    if kind not in OFFERS_IN_JSON:
        raise refusal(wrong_kind(kind, file, "an offer in JSON or a workbook"))
    found = read_json(data, file, MOST_BYTES)
    if isinstance(found, Problem):
        return {**told, "problem": plain_problems([found])}, ()
    return {**told, "values": True}, [plain_bytes(found)]


def _notices(files: Sequence[NoticeFile]) -> Answered:
    book, rows = plain_book(read_notices(files))
    return {"kind": FileKind.NOTICES.name, "book": book}, [rows]
