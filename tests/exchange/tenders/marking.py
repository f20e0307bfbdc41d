"""A small marking file for the tests of this package."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import openpyxl

from tomsapp.domain.tender.question import MARKS as ALL_MARKS
from tomsapp.domain.tender.question import Question
from tomsapp.exchange.sheets.opening import open_workbook
from tomsapp.exchange.tables_xlsx import BookProperties
from tomsapp.exchange.tenders.marking_file import (
    CONFIRM,
    CONFIRM_ROW,
    MARKS,
    NOT_READ,
    YES,
    AnswerToMark,
    Head,
    MarkingFile,
    MarkingForm,
    MarkingStamp,
    StatedMark,
)
from tomsapp.exchange.tenders.marking_read import read_marking_file
from tomsapp.exchange.tenders.marking_write import write_marking_file

PROPERTIES = BookProperties("Marks", datetime(2027, 1, 25, tzinfo=UTC), "Larkmere Council")
STAMP = MarkingStamp("ab" * 32, "T-2027-003", 7, "J. Patel", 3, "cd" * 32, date(2027, 1, 25))
DAY = date(2027, 1, 26)
LONG = "\n\n".join(f"Part {number}: " + "we work with the groups of the ward. " * 30 for number in range(1, 8))
QUESTIONS = (
    Question(1, "Who will benefit, and how", "Say who, and how.", Decimal(60), 300, **{
        f"guide_{mark}": f"What gets {mark}" for mark in ALL_MARKS
    }),
    Question(2, "", "How will you measure it?", Decimal(40), guide_5="=All of it"),
)  # fmt: skip
ANSWERS = (
    AnswerToMark(11, "Calder Clean & Co", 1, "e1" * 32, 1, "We hold open days.\n\nThe groups choose."),
    AnswerToMark(11, "Calder Clean & Co", 1, "e1" * 32, 2, "=SUM(1)  and a  list"),
    AnswerToMark(12, "Meridian", 1, "e2" * 32, 1, LONG),
    AnswerToMark(12, "Meridian", 1, "e2" * 32, 2, ""),
)
Change = Callable[[Any], None]


def form_of(*given: StatedMark, **more: Any) -> MarkingForm:
    """What the file is made for, with marks that were given already."""
    facts = {"given": {(each.bid, each.question): each for each in given}, **more}
    return MarkingForm(STAMP, "Cleaning & more", QUESTIONS, ANSWERS, **facts)


def book_of(form: MarkingForm, *changes: Change) -> bytes:
    """The bytes of the file, with what `changes` do to it."""
    return filled(write_marking_file(form, PROPERTIES), *changes)


def filled(data: bytes, *changes: Change) -> bytes:
    """The bytes of a file with what `changes` do to it."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for change in changes:
        change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def row_of(sheet: Any, place: int) -> int:
    """The row of the answer at a place, from 1."""
    key = list(Head).index(Head.KEY) + 1
    rows = [row for row in range(1, sheet.max_row + 1) if "." in str(sheet.cell(row, key).value or "")]
    return rows[place]


def typed(place: int, head: Head, value: object) -> Change:
    """Type something into a cell of an answer."""

    def change(book: Any) -> None:
        sheet = book[MARKS]
        sheet.cell(row_of(sheet, place), list(Head).index(head) + 1).value = value

    return change


def given(place: int, mark: object, reason: object = "Names the groups") -> Change:
    """Give a mark with its reason."""

    def change(book: Any) -> None:
        typed(place, Head.MARK, mark)(book)
        typed(place, Head.REASON, reason)(book)

    return change


def confirmed(*, day: object = datetime(2027, 1, 26), clear: str = YES, sent: str = YES) -> Change:  # noqa: DTZ001
    """Fill in the sheet with what is confirmed; a workbook knows no time zones."""

    def change(book: Any) -> None:
        for place, value in enumerate((clear, day, sent), start=CONFIRM_ROW + 1):
            book[CONFIRM].cell(place, 2).value = value

    return change


def read(data: bytes, file: str = "marks.xlsx") -> MarkingFile:
    """What the file says."""
    return read_marking_file(open_workbook(data, file, NOT_READ), file)
