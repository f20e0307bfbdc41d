"""In the room: says what a file is, and opens it as sheets of cells or as the values of an offer in JSON.

Notices are only told: what reads them is loaded in a room of its own (`notices.py`), which takes a quarter of the time
in which a room begins, and most tables are none.
"""

from collections.abc import Mapping, Sequence

from tomsapp.domain.problems import Problem
from tomsapp.exchange.offer_file import MOST_BYTES, refusal
from tomsapp.exchange.sheets.opening import open_table, open_workbook
from tomsapp.exchange.sheets.plain_book import plain_book
from tomsapp.reading.kinds import OFFERS_IN_JSON, WORKBOOKS, FileKind, kind_of, wrong_kind
from tomsapp.reading.text_formats import read_json
from tomsapp.room.child import Answered
from tomsapp.room.plain import plain_bytes, plain_problems


def work(values: Mapping[str, object], runs: Sequence[bytes]) -> Answered:
    """Open the file: with `offer` as an offer, in JSON or a workbook; else as any table, or say that it is a notice.

    Of an offer in a workbook the sheets that are `unread` stay closed.

    Raises:
        OfferUnreadable: it is neither, damaged, or too much.
    """
    (data,), file = runs, str(values["file"])
    kind = kind_of(data)
    told: dict[str, object] = {"kind": kind.name}
    if not values["offer"] and kind is FileKind.NOTICES:
        return told, ()
    if not values["offer"]:
        book, rows = plain_book(open_table(data, file))
        return {**told, "book": book}, [rows]
    if kind in WORKBOOKS:
        unread = values.get("unread", ())
        names = frozenset(map(str, unread)) if isinstance(unread, (list, tuple)) else frozenset()
        book, rows = plain_book(open_workbook(data, file, names))
        return {**told, "book": book}, [rows]
    if kind not in OFFERS_IN_JSON:
        raise refusal(wrong_kind(kind, file, "an offer in JSON or a workbook"))
    found = read_json(data, file, MOST_BYTES)
    if isinstance(found, Problem):
        return {**told, "problem": plain_problems([found])}, ()
    return {**told, "values": True}, [plain_bytes(found)]
