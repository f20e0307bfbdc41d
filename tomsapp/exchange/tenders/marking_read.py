"""Reads a marking file that comes back: strictly, by its hidden sheet, its heads and the hidden numbers of its answers.

What was changed beside the cells to fill in is refused with its sheet, row and column. No message says a mark: whoever
brings the file in may not see it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tomsapp.domain.alike import alike
from tomsapp.domain.tender.bands import BEST_MARK
from tomsapp.domain.tender.marking import mark_fault
from tomsapp.exchange.grid import CellUnreadable, Grid, GridCell, GridRow, number_of, text_or_nothing
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.own_sheets import HeadRow, OwnReader, own_sheet, rows_by_label
from tomsapp.exchange.sheets.opened import OpenedBook
from tomsapp.exchange.stamp_sheet import read_stamp
from tomsapp.exchange.tenders.marking_file import (
    CONFIRM,
    CONFIRMED_ON,
    FORMAT,
    MARKS,
    NO_CONFLICT,
    READ,
    SEAL,
    SENDING,
    STAMP_COLUMN,
    STAMP_HEADS,
    YES,
    Head,
    MarkingFile,
    MarkingStamp,
    StatedMark,
    row_digest,
    seal_of,
)
from tomsapp.exchange.workbook_columns import column_letter
from tomsapp.exchange.workbook_layout import STAMP

_FORMATS = FORMAT.rpartition("-")[0]
_AGAIN = "Fill in the marking file that the council made, or ask for it again"
_PUT_BACK = "Put it back as it was in the marking file, or ask for the file again"
_HEADS: HeadRow[Head] = HeadRow({head: head.value for head in READ}, (Head.MARK, Head.KEY), READ, _PUT_BACK, _AGAIN)
_ENTER = f"Enter a whole number from 0 to {BEST_MARK}"
Place = tuple[int, int]
"""A bid and a question."""


def read_marking_file(book: OpenedBook, file: str) -> MarkingFile:
    """What an evaluator filled in, with everything that is wrong with the file itself.

    Raises:
        OfferUnreadable: it is no marking file of this program, its hidden sheet was changed, it has macros, or a sheet
            or head that is needed is not there.
    """
    if any(problem.code == "macros-not-run" for problem in book.problems):
        raise OfferUnreadable(f"{file} has macros", "Save it without macros, as Excel workbook (.xlsx)")
    stamp, known = _stamp(book, file)
    reader = _Reader(file, known)
    reader.found.extend(book.problems)
    marks = reader.marks(_sheet(book, MARKS, file))
    has_no_conflict, confirmed_on, is_sent = reader.confirmed(_sheet(book, CONFIRM, file))
    return MarkingFile(
        file,
        stamp,
        {place: each.sha256 for place, each in known.items()},
        marks,
        reader.rows,
        has_no_conflict,
        confirmed_on,
        is_sent,
        tuple(reader.found),
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """What the hidden sheet says of an answer."""

    sha256: str
    text: str


def _stamp(book: OpenedBook, file: str) -> tuple[MarkingStamp, dict[Place, _Known]]:
    told = read_stamp(book)
    made = told.get("format", "")
    if not made.startswith(f"{_FORMATS}-"):
        raise OfferUnreadable(f"{file} is no marking file that this program made", _AGAIN)
    if made != FORMAT:
        raise OfferUnreadable(f"{file} was made by a later version of the program", "Update the program, then read it")
    grid = book.find(STAMP) or Grid(STAMP, ())
    rows = [
        tuple(text_or_nothing(row.cell(STAMP_COLUMN + step)) for step in range(len(STAMP_HEADS)))
        for row in grid.rows[1:]
    ]
    rows = [row for row in rows if any(row)]
    seal = told.pop(SEAL, "")
    told.pop("Name", "")
    changed = OfferUnreadable(f"The hidden sheet of {file} was changed", _AGAIN)
    if seal_of(told, rows) != seal:
        raise changed
    try:
        stamp = MarkingStamp(
            told["database"],
            told["tender"],
            int(told["tender_id"]),
            told["evaluator"],
            int(told["evaluator_id"]),
            told["pack"],
            date.fromisoformat(told["made"]),
        )
        return stamp, {_place(key): _Known(sha256, text) for key, _, _, sha256, text in rows}
    except (KeyError, ValueError) as error:
        raise changed from error


def _place(key: str) -> Place:
    bid, question = key.split(".")
    return int(bid), int(question)


def _sheet(book: OpenedBook, name: str, file: str) -> Grid:
    return own_sheet(book, name, file, f"Give the sheet its name “{name}” again")


@dataclass
class _Row:
    """The row of an answer with the text of the rows in which it goes on."""

    row: GridRow
    place: Place
    texts: list[str] = field(default_factory=list)


class _Reader(OwnReader):
    """Reads the answers of a file that are known, and gathers what is wrong with them."""

    def __init__(self, file: str, known: Mapping[Place, _Known]) -> None:
        super().__init__(file)
        self._known = known
        self.rows: dict[Place, int] = {}

    # The marks

    def marks(self, grid: Grid) -> tuple[StatedMark, ...]:
        """What is filled in for each answer, once each."""
        heads, columns = _HEADS.find(grid, self.file)
        read: dict[Place, StatedMark] = {}
        for each in self._answers(grid, heads.number, columns):
            number = each.row.number
            if each.place in read:
                message = f"The row is the same answer as row {self.rows[each.place]}"
                self.problem("row-twice", message, "Delete one of the two rows", MARKS, number)
                continue
            self.rows[each.place] = number
            self._check_text(each, columns)
            read[each.place] = self._mark(each, columns)
        for place in self._known:
            if place not in read:
                message = f"The row of question {place[1]} of a bid was cut out of the sheet"
                self.problem("row-missing", message, _PUT_BACK, MARKS)
        return tuple(read.values())

    def _answers(self, grid: Grid, first: int, columns: Mapping[Head, int]) -> list[_Row]:
        """The rows with the number of an answer, each with what follows it without one."""
        found: list[_Row] = []
        for row in grid.rows:
            if row.number <= first:
                continue
            text, key = (text_or_nothing(row.cell(columns[head])) for head in (Head.ANSWER, Head.KEY))
            if not key:
                self._check_between(row, columns)
                if found and text:
                    found[-1].texts.append(text)
                continue
            try:
                place = _place(key)
            except ValueError:
                place = (0, 0)
            if place not in self._known:
                message = "The row is none of the answers of this file"
                self.problem("row-unknown", message, _PUT_BACK, MARKS, row.number, columns[Head.KEY])
                continue
            found.append(_Row(row, place, [text]))
        return found

    def _check_between(self, row: GridRow, columns: Mapping[Head, int]) -> None:
        for head in (Head.MARK, Head.REASON):
            if self.text(row.cell(columns[head]), MARKS, row.number, columns[head]):
                message = "Something is filled in beside the rows of the answers"
                fix = "Enter it in the row in which the answer begins"
                self.problem("row-between", message, fix, MARKS, row.number, columns[head])

    def _check_text(self, each: _Row, columns: Mapping[Head, int]) -> None:
        """Make sure that bidder, question and answer are what was marked."""
        beside = (text_or_nothing(each.row.cell(columns[head])) for head in (Head.LOT, Head.BIDDER, Head.QUESTION))
        if row_digest(*beside, "\n".join(each.texts)) != self._known[each.place].text:
            message = "The bidder, the question or the answer of this row was changed"
            self.problem("answer-changed", message, _PUT_BACK, MARKS, each.row.number, columns[Head.ANSWER])

    def _mark(self, each: _Row, columns: Mapping[Head, int]) -> StatedMark:
        bid, question = each.place
        number = each.row.number
        mark = self._number(each.row.cell(columns[Head.MARK]), number, columns[Head.MARK])
        reason = self.text(each.row.cell(columns[Head.REASON]), MARKS, number, columns[Head.REASON]) or ""
        if mark is not None and not reason:
            self.problem("reason-missing", "A mark has no reason", _WHY, MARKS, number, columns[Head.REASON])
        elif mark is None and reason and not self._has_problem(number, columns[Head.MARK]):
            self.problem("mark-missing", "A reason has no mark", _ENTER, MARKS, number, columns[Head.MARK])
        return StatedMark(bid, question, mark, reason)

    def _has_problem(self, row: int, column: int) -> bool:
        return any((each.where.row, each.where.column) == (row, column_letter(column)) for each in self.found)

    def _number(self, cell: GridCell, row: int, column: int) -> int | None:
        if cell.has_formula:
            self.problem("cell-formula", "A formula stands where a mark should be", _ENTER, MARKS, row, column)
            return None
        try:
            read = number_of(cell).value
        except CellUnreadable as error:
            self.problem(error.code, error.message, error.fix, MARKS, row, column)
            return None
        if read is None:
            return None
        if read != read.to_integral_value() or mark_fault(int(read)) is not None:
            message = f"This is not a whole number from 0 to {BEST_MARK}"
            self.problem("mark-out-of-range", message, _ENTER, MARKS, row, column)
            return None
        return int(Decimal(read))

    # What is confirmed

    def confirmed(self, grid: Grid) -> tuple[bool, date | None, bool]:
        """Whether there is no conflict, since when that is confirmed, and whether the marks are sent."""
        by_text = rows_by_label(grid)
        wanted = {text: by_text.get(alike(text)) for text in (NO_CONFLICT, CONFIRMED_ON, SENDING)}
        for text, row in wanted.items():
            if row is None:
                self.problem("line-missing", f"The line “{text.rstrip('.')}” is not there any more", _PUT_BACK, CONFIRM)
        row = wanted[CONFIRMED_ON]
        day = None if row is None else self.day(row.cell(1), CONFIRM, row.number, 1)
        is_clear, is_sent = (self._is_yes(wanted[text]) for text in (NO_CONFLICT, SENDING))
        if is_clear and day is None and row is not None and not self._has_problem_on(CONFIRM, row.number):
            message = "The day is missing on which it was confirmed that there is no conflict"
            self.problem("day-missing", message, "Enter the day, for example 25/01/2027", CONFIRM, row.number, 1)
        return is_clear, day, is_sent

    def _has_problem_on(self, sheet: str, row: int) -> bool:
        return any((each.where.sheet, each.where.row) == (sheet, row) for each in self.found)

    def _is_yes(self, row: GridRow | None) -> bool:
        if row is None:
            return False
        text = self.text(row.cell(1), CONFIRM, row.number, 1) or ""
        if text and alike(text) not in {alike(YES), "no"}:
            self.problem(
                "not-yes", f"It says neither {YES} nor nothing", "Choose Yes where it is so", CONFIRM, row.number, 1
            )
        return alike(text) == alike(YES)


_WHY = "Say what in the answer gets this mark"
