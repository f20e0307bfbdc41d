"""Reads the workbook of a quarterly return: strictly, by its stamp, its heads and the hidden names of its lines."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from tomsapp.domain.alike import alike
from tomsapp.domain.delivery.evidence import EVIDENCE
from tomsapp.domain.delivery.people import DELIVERY_PERSON, DeliveryPerson, PersonKind
from tomsapp.domain.facts import Fault
from tomsapp.domain.problems import Severity
from tomsapp.domain.units import Unit, UnitForm
from tomsapp.domain.wording import listed
from tomsapp.exchange.grid import CellUnreadable, Grid, GridRow, is_empty, quantity_of, text_or_nothing
from tomsapp.exchange.line_identity import identity_in
from tomsapp.exchange.own_sheets import HeadRow, OwnReader, own_sheet, rows_by_label
from tomsapp.exchange.return_file import ReturnedPerson, ReturnFile, ReturnRow
from tomsapp.exchange.return_layout import (
    CONFIRM,
    CONFIRMATIONS,
    HEADS,
    INPUTS,
    OF_PEOPLE,
    PEOPLE,
    RETURN,
    SENT,
    YES,
    Head,
    PersonRole,
)
from tomsapp.exchange.return_stamp import Stamped, read_return_stamp
from tomsapp.exchange.sheets.opened import OpenedBook
from tomsapp.exchange.workbook_columns import column_letter
from tomsapp.exchange.workbook_rules import MOST_QUANTITY

_NUMBERS = (Head.CLAIMED, Head.EVIDENCED, *OF_PEOPLE)
_NEEDED = (
    Head.CALLED,
    Head.CLAIMED,
    Head.EVIDENCED,
    Head.NOTE,
    Head.EVIDENCE,
    Head.LINE,
    Head.SEEN,
)
_PUT_BACK = "Put it back as it was in the workbook that the council sent"
_AGAIN = "Fill in the workbook that the council sent, or ask for it again"
_HEADS = HeadRow(HEADS, (Head.CLAIMED, Head.LINE), _NEEDED, _PUT_BACK, _AGAIN)


def read_return(book: OpenedBook, file: str) -> ReturnFile:
    """What a supplier filled in, with everything that is wrong with the file itself.

    Raises:
        OfferUnreadable: it is no return of this program, or a sheet or head that is needed is not there.
    """
    stamped = read_return_stamp(book, file)
    grid = _sheet(book, RETURN, file)
    reader = _Reader(file, stamped)
    reader.found.extend(book.problems)
    heads = _Heads(grid, file)
    rows = reader.rows(grid, heads)
    people = book.find(PEOPLE)
    returned = tuple(reader.people(people)) if people else ()
    if people is None and stamped.asks_people:
        reader.problem("sheet-missing", f"The sheet {PEOPLE} is not there any more", _PUT_BACK, PEOPLE)
    sent_on = reader.confirmed(_sheet(book, CONFIRM, file))
    columns = {role.value: column_letter(column) for role, column in heads.columns.items()}
    return ReturnFile(file, stamped.stamp, sent_on, rows, returned, people is not None, columns, tuple(reader.found))


def _sheet(book: OpenedBook, name: str, file: str) -> Grid:
    fix = f"Give the sheet its name “{name}” again. Where it was deleted, the workbook has to be filled in again"
    return own_sheet(book, name, file, fix)


class _Heads:
    """Where the columns stand, by their heads."""

    def __init__(self, grid: Grid, file: str) -> None:
        row, self.columns = _HEADS.find(grid, file)
        self.row = row.number
        self.numbers = [(role, self.columns[role]) for role in _NUMBERS if role in self.columns]
        self.inputs = [self.columns[role] for role in INPUTS if role in self.columns]
        self.line, self.called, self.seen = (self.columns[role] for role in (Head.LINE, Head.CALLED, Head.SEEN))


class _Reader(OwnReader):
    """Reads lines, people and confirmations, and gathers what is wrong with them."""

    def __init__(self, file: str, stamped: Stamped) -> None:
        super().__init__(file)
        self.stamped = stamped

    # The lines

    def rows(self, grid: Grid, heads: _Heads) -> tuple[ReturnRow, ...]:
        """Every row that names a line of the workbook; each line once."""
        rows: dict[int, ReturnRow] = {}
        for row in grid.rows:
            if row.number <= heads.row:
                continue
            read = self._row(row, heads)
            if read is None:
                continue
            first = rows.get(read.identity.line_id)
            if first is not None:
                message = f"The row is the same line, {read.called}, as row {first.number}"
                self.problem("row-twice", message, "Delete one of the two rows", RETURN, read.number)
                continue
            rows[read.identity.line_id] = read
        for identity, called in self.stamped.stamp.lines:
            if identity.line_id not in rows:
                message = f"The row of {called} was cut out of the sheet, so nothing is read of it"
                fix = "Put the row back, or enter what was done of it by hand"
                self.problem("row-missing", message, fix, RETURN, measure=called, severity=Severity.WARNING)
        return tuple(rows.values())

    def _row(self, row: GridRow, heads: _Heads) -> ReturnRow | None:
        columns = heads.columns
        identity = identity_in(row.cell(heads.line))
        if identity is None:
            if any(self.text(row.cell(column), RETURN, row.number, column) for column in heads.inputs):
                message = "The row is none of the lines of the workbook, and something is filled in"
                fix = "Enter it in the row of its line. A line that is not there is no promise of this contract"
                self.problem("row-added", message, fix, RETURN, row.number)
            return None
        called = self.stamped.called.get(identity.line_id)
        if called is None or identity.contract_id != self.stamped.stamp.contract_id:
            message = "The row names a line that the workbook was not made with"
            self.problem("row-of-another", message, _AGAIN, RETURN, row.number)
            return None
        shown = text_or_nothing(row.cell(heads.called))
        if shown != called and alike(shown) != alike(called):
            message = f"The row is called “{shown}”, and it is the line {called}"
            fix = "Put rows back as they were, each line with its own counts"
            self.problem("row-renamed", message, fix, RETURN, row.number, heads.called, called)
        if row.is_hidden:
            fix = "Show it and check it"
            self.problem("row-hidden", "The row is hidden", fix, RETURN, row.number, None, called, Severity.WARNING)
        unit = self.stamped.units.get(identity.line_id, Unit.PEOPLE)
        numbers = {
            role.value: self._number(row, column, role, unit, called)
            for role, column in heads.numbers
            if column in row.cells
        }
        note = self._text(row, columns[Head.NOTE], called)
        references = self._references(row, columns[Head.EVIDENCE], called)
        seen = text_or_nothing(row.cell(heads.seen))
        return ReturnRow(row.number, identity, called, seen, note=note, references=references, **numbers)

    def _number(self, row: GridRow, column: int, role: Head, unit: Unit, called: str) -> Decimal | None:
        cell = row.cell(column)
        form, places = (UnitForm.NUMBER, 0) if role in OF_PEOPLE else (unit.form, unit.decimals)
        place = (RETURN, row.number, column, called)
        try:
            read = quantity_of(cell, form, places)
        except CellUnreadable as error:
            self.problem(error.code, error.message, error.fix, *place)
            return None
        number = read.value
        if read.readings:
            fix = f"Enter {' or '.join(read.readings)}"
            self.problem(read.code, read.note, fix, *place)
        elif read.note:
            self.problem(read.code, read.note, f"Check that {number} is what is meant", *place, Severity.NOTE)
        if cell.has_formula and number is not None:
            message = f"A formula stands in the cell; it came to {number}, which is read"
            self.problem("cell-formula", message, f"Check that {number} is what is meant", *place, Severity.NOTE)
        if number is None:
            return None
        if number < 0:
            self.problem("number-negative", f"{number} is below zero", "Enter 0 or more", *place)
            return None
        if number > MOST_QUANTITY:
            message = f"{number:,} is more than {MOST_QUANTITY:,}, the most that a return can say"
            self.problem("number-too-large", message, "Check the number of noughts", *place)
            return None
        return number

    def _text(self, row: GridRow, column: int, called: str) -> str:
        return (self.text(row.cell(column), RETURN, row.number, column, called, as_shown=True) or "").strip()

    def _references(self, row: GridRow, column: int, called: str) -> tuple[str, ...]:
        if column not in row.cells:
            return ()
        lines = [" ".join(line.split()) for line in self._text(row, column, called).splitlines()]
        kept = tuple(dict.fromkeys(line for line in lines if line))
        for line in kept:
            fault = EVIDENCE.fact("reference").line_fault(line)
            if fault is not None:
                self._fault(fault, RETURN, row.number, column, called)
        return kept

    def _fault(self, fault: Fault, sheet: str, row: int, column: int, measure: str = "") -> None:
        self.problem(f"text-{fault.code}", fault.message, fault.fix, sheet, row, column, measure)

    # People

    def people(self, grid: Grid) -> Iterator[ReturnedPerson]:
        """The person numbers, each with the line that it counts for."""
        heads = self._person_heads(grid)
        if heads is None:
            message = f"The sheet {PEOPLE} lacks its row of heads"
            self.problem("heads-missing", message, _PUT_BACK, PEOPLE)
            return
        first, columns = heads
        for row in grid.rows:
            if row.number > first and not all(is_empty(row.cell(column)) for column in columns.values()):
                person = self._person(row, columns)
                if person is not None:
                    yield person

    def _person_heads(self, grid: Grid) -> tuple[int, dict[PersonRole, int]] | None:
        wanted = {alike(role.value): role for role in PersonRole}
        for row in grid.rows:
            found = {
                wanted[alike(text)]: column
                for column, cell in row.cells.items()
                if alike(text := text_or_nothing(cell)) in wanted
            }
            if len(found) == len(PersonRole):
                return row.number, found
        return None

    def _person(self, row: GridRow, columns: dict[PersonRole, int]) -> ReturnedPerson | None:
        place = (PEOPLE, row.number)
        called = self.text(row.cell(columns[PersonRole.LINE]), *place, columns[PersonRole.LINE])
        of_line = (key for key, name in self.stamped.called.items() if alike(name) == alike(called or ""))
        line_id = next(of_line, None)
        if line_id is None and called is not None:
            message = f"“{called}” is no line of this return" if called else "The row does not say for which line"
            self.problem("person-line", message, "Choose the line from the list", *place, columns[PersonRole.LINE])
        column = columns[PersonRole.NUMBER]
        typed = self.text(row.cell(column), *place, column)
        number = (typed or "").strip()
        # What stands there may be a name, which no message repeats.
        fault = DELIVERY_PERSON.fact("number").fault(number)
        if fault is not None and typed is not None:
            message = "This is not a person number" if number else "The person number is missing"
            fix = "Enter up to three letters and a number, for example P-001. Never enter a name"
            self.problem(f"person-number-{fault.code}", message, fix, *place, column)
        kind = self._kind(row, columns[PersonRole.KIND])
        began, ended = (self.day(row.cell(columns[role]), *place, columns[role]) for role in _DAYS)
        if line_id is None or fault is not None or kind is None:
            return None
        person = DeliveryPerson(number, began, ended, kind)
        for problem in DELIVERY_PERSON.problems(person):
            self.problem(problem.code, problem.message, problem.fix, *place, columns[PersonRole.ENDED_ON])
        return ReturnedPerson(row.number, line_id, person)

    def _kind(self, row: GridRow, column: int) -> PersonKind | None:
        text = self.text(row.cell(column), PEOPLE, row.number, column)
        if text is None:
            return None
        if not text:
            return PersonKind.NEW
        for kind in PersonKind:
            if alike(text) in {alike(kind.words), alike(kind.value)}:
                return kind
        fix = f"Choose {listed([kind.words for kind in PersonKind], 'or')}"
        self.problem("person-kind", "It does not say whether the person is new", fix, PEOPLE, row.number, column)
        return None

    # The confirmations

    def confirmed(self, grid: Grid) -> date | None:
        """The day of the return; says which confirmation is missing."""
        by_text = rows_by_label(grid)
        for text in CONFIRMATIONS:
            row = by_text.get(alike(text))
            if row is None:
                message = f"The confirmation “{text.rstrip('.')}” is not there any more"
                self.problem("confirmation-missing", message, _PUT_BACK, CONFIRM)
            elif (said := self.text(row.cell(1), CONFIRM, row.number, 1)) is not None and alike(said) != alike(YES):
                message = f"It is not confirmed: “{text.rstrip('.')}”"
                fix = "Choose Yes where it is so, and send the return again"
                self.problem("not-confirmed", message, fix, CONFIRM, row.number, 1)
        row = by_text.get(alike(SENT))
        if row is not None and not is_empty(row.cell(1)):
            return self.day(row.cell(1), CONFIRM, row.number, 1)
        message = "The day on which it was sent is not said, so the day of reading counts"
        number = row.number if row else None
        self.problem("day-missing", message, "Nothing, if that day is right", CONFIRM, number, 1, "", Severity.NOTE)
        return None


_DAYS = (PersonRole.BEGAN_ON, PersonRole.ENDED_ON)
