"""In the room: reads notices of Find a Tender, one or many, as one sheet of cells."""

from collections.abc import Mapping, Sequence

from tomsapp.exchange.notices.notice_sheet import read_notices
from tomsapp.exchange.notices.releases import NoticeFile
from tomsapp.exchange.sheets.plain_book import plain_book
from tomsapp.room.child import Answered
from tomsapp.room.frames import WrongForm


def work(values: Mapping[str, object], runs: Sequence[bytes]) -> Answered:
    """The sheet of the `files`, each with its name.

    Raises:
        OfferUnreadable: none of them is a notice, or there is too much in them.
    """
    names = values["files"]
    if not isinstance(names, list):
        raise WrongForm("There are no names")
    book, rows = plain_book(read_notices([NoticeFile(str(name), data) for name, data in zip(names, runs, strict=True)]))
    return {"book": book}, [rows]
