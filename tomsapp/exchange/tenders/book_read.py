"""Reads the workbook of a tender: strictly, by its stamp and the names of its sheets, heads and labels."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from tomsapp.domain.alike import alike
from tomsapp.domain.checks.words import DECLARED as DECLARED_WORDS
from tomsapp.domain.checks.words import REASON_SHORT
from tomsapp.domain.commitment import COMMITMENT, Commitment
from tomsapp.domain.delivery.people import PersonKind
from tomsapp.domain.facts import Fact
from tomsapp.domain.problems import LEAST_REASON, Answer, AnswerChoice
from tomsapp.domain.tender.tender_offer import OfferedDetails, StatedValue, TenderOffer
from tomsapp.domain.valuation import value_contract
from tomsapp.domain.wording import listed
from tomsapp.exchange.conventions import with_convention
from tomsapp.exchange.grid import Grid, GridRow, text_or_nothing
from tomsapp.exchange.headings import Headings
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.own_sheets import HeadRow, own_sheet
from tomsapp.exchange.own_totals import own_totals
from tomsapp.exchange.row_reader import ReadRow, Sheet, ward_codes
from tomsapp.exchange.sheets.opened import OpenedBook
from tomsapp.exchange.stamp import missing_columns, stamp_problems
from tomsapp.exchange.stamp_sheet import read_stamp
from tomsapp.exchange.stated import stated_in
from tomsapp.exchange.tenders.book_cells import PUT_BACK, BookCells
from tomsapp.exchange.tenders.book_declarations import asked_in, with_declared
from tomsapp.exchange.tenders.book_layout import (
    ACCEPTED,
    ANSWER,
    ANSWER_HEADS,
    ANSWERS,
    CONDITION_HEADS,
    CONDITIONS,
    DECLARATION_HEADS,
    DECLARATIONS,
    DECLARED,
    QUESTION_HEADS,
    QUESTIONS,
    STAFF_WORDS,
    YES,
    OfferBook,
)
from tomsapp.exchange.tenders.book_parts import PartsReader
from tomsapp.exchange.tenders.book_stamp import AGAIN, BookStamp, read_book_stamp
from tomsapp.exchange.tenders.offer_file import TenderOfferFile, with_answers
from tomsapp.exchange.workbook_columns import Role
from tomsapp.exchange.workbook_layout import COMMITMENTS, STAMP, TOTALS
from tomsapp.exchange.workbook_read import compare, hidden_columns, read_rows

_STATED = (Role.UNIT_VALUE, Role.VALUE, Role.LINE_VALUE, Role.REAL_POUNDS, Role.OUTCOMES)
_DELIVERED_BY = Fact("delivered_by", "Delivered by")
_OWN = {
    Role.STAFF: _DELIVERED_BY,
    Role.DELIVERED_BY: _DELIVERED_BY,
    Role.PROJECT: COMMITMENT.fact("project"),
}
"""What a tender asks of a line beside those of every workbook."""
_STAFF = {alike(word): kind for word, kind in STAFF_WORDS.items()} | {
    alike(kind.value): kind for kind in STAFF_WORDS.values()
}


def read_offer_book(book: OpenedBook, file: str, find: Callable[[BookStamp], OfferBook | None]) -> TenderOfferFile:
    """The offer in a workbook; the checks of the offer come with its valuation.

    `find` gives what the workbook of that pack and lot is made for, None where that pack was never issued.

    Raises:
        OfferUnreadable: it is no workbook of a tender or of none that is known, or a sheet or column is not there.
    """
    stamp = read_book_stamp(book, file)
    form = find(stamp)
    if form is None:
        message = f"{file} answers {stamp.pack.reference}, pack version {stamp.pack.version}, lot {stamp.lot}, which "
        raise OfferUnreadable(f"{message}was not issued here", "Ask for an offer in the workbook of the tender")
    return _Reader(book, file, form).read(stamp)


class _Reader(BookCells):
    """Reads the sheets, and gathers what is wrong with sheet, row and column."""

    def __init__(self, book: OpenedBook, file: str, form: OfferBook) -> None:
        super().__init__(book, file)
        self.form = form

    def read(self, stamp: BookStamp) -> TenderOfferFile:
        """The whole offer."""
        stamped = read_stamp(self.book)
        self.found += [*self.book.problems, *stamp_problems(stamped, self.form.edition, self.file)]
        sheet, grid = self._table()
        parts = PartsReader(self.book, self.form, self.file)
        grid = parts.added_to(grid, sheet)
        self.found += [*parts.found, *hidden_columns(grid, sheet)]
        self.found += missing_columns(stamped, sheet.headings, self.file, grid.name)
        rows = read_rows(grid, sheet)
        self.found += [problem for row in rows for problem in row.problems]
        valuation = value_contract(self.form.contract, self.form.edition, [row.commitment for row in rows])
        table, compared = compare(grid, sheet, rows, valuation, stamped)
        told = own_totals(table, compared, self.book.find(TOTALS))
        self.found += [*told.problems(self.file), *(one.problem for one in compared if one.problem is not None)]
        cells = {row.number: row for row in grid.rows}
        commitments, details = self._commitments(rows, cells, sheet.headings, parts)
        offer = TenderOffer(
            stamp.pack,
            stamp.lot,
            self.bidder(),
            commitments,
            details,
            dict(self._statements()),
            dict(self._answers()),
            frozenset(self._accepted()),
            tuple(self._stated(grid, sheet, {one.measure for one in commitments})),
            stamped.get("made_with", ""),
        )
        offer = with_declared(self.form, offer, self._declared())
        return with_answers(TenderOfferFile(offer, tuple(self.found), told.words))

    # The commitments

    def _table(self) -> tuple[Sheet, Grid]:
        """The sheet of commitments with its columns, found by their heads."""
        grid = own_sheet(self.book, COMMITMENTS, self.file, PUT_BACK)
        columns = self.form.template.columns
        code = [column for column in columns if column.role is Role.CODE]
        needed = [column for column in columns if column.role in {Role.CODE, Role.QUANTITY}]
        heads = HeadRow({column: column.title for column in columns}, code, needed, PUT_BACK, AGAIN)
        row, at = heads.find(grid, self.file)
        headings = Headings(row.number, {}, {}, width=max(row.cells) + 1)
        # From the right: an answer holds its question word for word, with the causes in this order.
        for column, place in reversed(at.items()):
            if column.role is Role.QUANTITY and column.year is not None:
                headings.quantities[column.year] = place
            elif column.role in _STATED:
                headings.stated[column.role, column.year] = place
            else:
                headings.columns[column.role] = place
        return self._read_as(with_convention(grid, headings), headings)

    def _read_as(self, grid: Grid, headings: Headings) -> tuple[Sheet, Grid]:
        names = self.form.template.ward_names
        stamp = self.book.find(STAMP)
        listed_rows = stamp.rows[1:] if stamp is not None and names else ()
        pairs = ((text_or_nothing(row.cell(3)), text_or_nothing(row.cell(4))) for row in listed_rows)
        codes = ward_codes({name: code for name, code in pairs if name})
        return Sheet(self.file, grid.name, headings, codes, self.form.edition, len(self.form.contract.years)), grid

    def _commitments(
        self, rows: list[ReadRow], cells: Mapping[int, GridRow], headings: Headings, parts: PartsReader
    ) -> tuple[tuple[Commitment, ...], dict[str, OfferedDetails]]:
        """The commitments by their number in the offer, with what is said beside each."""
        commitments: list[Commitment] = []
        details: dict[str, OfferedDetails] = {}
        for number, row in enumerate(rows, start=1):
            texts = {
                role: self._text(
                    cells[row.number], headings.columns.get(role), COMMITMENTS, fact, row.commitment.measure
                )
                for role, fact in _OWN.items()
            }
            key = str(number)
            commitments.append(replace(row.commitment, key=key, project=texts[Role.PROJECT]))
            staff = self._staff(texts[Role.STAFF], row, headings.columns.get(Role.STAFF))
            said = OfferedDetails(parts.of_row(row.number, headings), staff, texts[Role.DELIVERED_BY])
            if said != OfferedDetails():
                details[key] = said
        return tuple(commitments), details

    def _staff(self, text: str, row: ReadRow, column: int | None) -> PersonKind | None:
        if not text or alike(text) in _STAFF:
            return _STAFF.get(alike(text))
        fix = f"Choose {listed(list(STAFF_WORDS), 'or')}"
        measure = row.commitment.measure
        self.problem("staff-unknown", f"“{text}” is no sort of staff", fix, COMMITMENTS, row.number, column, measure)
        return None

    def _stated(self, grid: Grid, sheet: Sheet, offered: set[str]) -> Iterator[StatedValue]:
        """The unit values that the sheet shows of what is offered, each once; a second that differs is shown too."""
        seen: set[StatedValue] = set()
        of_years = sheet.headings.stated.items()
        places = sorted((column, year) for (role, year), column in of_years if role is Role.UNIT_VALUE)
        for row in grid.rows:
            code = sheet.measures.get(alike(text_or_nothing(row.cell(sheet.headings.columns[Role.CODE]))), "")
            if row.number <= sheet.headings.row or code not in offered:
                continue
            for column, year in places:
                value = stated_in(row.cell(column)).value
                if value is not None and (one := StatedValue(code, value, year)) not in seen:
                    seen.add(one)
                    yield one

    # What is accepted, and the answers

    def _accepted(self) -> Iterator[str]:
        codes = {alike(one.measure): one.measure for one in self.form.pack.conditions}
        for row, (of, accepted) in self._rows_under(CONDITIONS, CONDITION_HEADS, ACCEPTED, needed=bool(codes)):
            code = codes.get(alike(self._filled(row, of, CONDITIONS) or ""))
            if code is not None and alike(self._filled(row, accepted, CONDITIONS) or "") == alike(YES):
                yield code

    def _statements(self) -> Iterator[tuple[int, str]]:
        numbers = {str(one.number): one.number for one in self.form.pack.questions}
        for row, (of, answer) in self._rows_under(QUESTIONS, QUESTION_HEADS, ANSWER, needed=bool(numbers)):
            number = numbers.get(self._filled(row, of, QUESTIONS) or "")
            text = self._filled(row, answer, QUESTIONS) if number is not None else None
            if number is not None and text and text.strip():
                yield number, text

    def _answers(self) -> Iterator[tuple[str, Answer]]:
        choices = {choice.value: choice for choice in AnswerChoice}
        others = range(1, len(ANSWER_HEADS))
        for row, columns in self._rows_under(ANSWERS, ANSWER_HEADS, *others, needed=False):
            told = [self._filled(row, column, ANSWERS) for column in columns]
            if None not in told:
                key, choice, text, by, asked = (each or "" for each in told)
                if key and text:
                    yield key, Answer(text, by, choice=choices.get(choice), asked=asked)

    def _declared(self) -> dict[str, Answer]:
        """What is declared of each group and measure, by its code."""
        options = {alike(words): choice for choice, words in DECLARED_WORDS.items()}
        wanted, needed = (DECLARED, DECLARED + 1), bool(asked_in(self.form))
        found: dict[str, Answer] = {}
        for row, columns in self._rows_under(DECLARATIONS, DECLARATION_HEADS, *wanted, needed=needed):
            code, text, reason = (self._filled(row, column, DECLARATIONS) for column in columns)
            said = (text or "").strip()
            if not code or not said or reason is None:
                continue
            choice, reason = options.get(alike(said)), reason.strip()
            if choice is None:
                fix = f"Choose “{listed(list(DECLARED_WORDS.values()), '” or “')}”"
                message = f"“{said}” declares nothing"
                self.problem("declaration-unknown", message, fix, DECLARATIONS, row.number, columns[1])
            elif len(reason) < LEAST_REASON:
                short = REASON_SHORT
                self.problem("declaration-short", short.message, short.fix, DECLARATIONS, row.number, columns[2])
            else:
                found[code] = Answer(reason, choice=choice)
        return found

    def _filled(self, row: GridRow, column: int, sheet: str) -> str | None:
        return self.text(row.cell(column), sheet, row.number, column, as_shown=True)

    def _rows_under(
        self, name: str, heads: tuple[str, ...], *wanted: int, needed: bool
    ) -> Iterator[tuple[GridRow, tuple[int, ...]]]:
        """The rows under the heads of a sheet, each with the columns that are read of it, what it is about first."""
        grid = self.book.find(name)
        if grid is None:
            if needed:
                self.problem("sheet-missing", f"The sheet {name} is not there any more", PUT_BACK, name)
            return
        titles = [heads[0], *(heads[each] for each in wanted)]
        columns: tuple[int, ...] | None = None
        lacking = titles[1]
        for row in grid.rows:
            if columns is not None:
                yield row, columns
                continue
            places = {alike(text_or_nothing(cell)): place for place, cell in sorted(row.cells.items(), reverse=True)}
            gone = [title for title in titles if alike(title) not in places]
            if not gone:
                columns = tuple(places[alike(title)] for title in titles)
            elif titles[0] not in gone:
                lacking = gone[0]
        if columns is None:
            self.problem("heads-missing", f"The sheet {name} lacks the column “{lacking}”", PUT_BACK, name)
