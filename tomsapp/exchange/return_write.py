"""Writes the workbook of a quarterly return: what was planned and returned, what to fill in, and live totals."""

import io
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tomsapp.domain.delivery.figures import State
from tomsapp.domain.menu import Measure
from tomsapp.domain.money import decimal_places, total
from tomsapp.domain.seal import REASON_LETTERS
from tomsapp.domain.wording import format_date, format_quantity
from tomsapp.exchange.colours import BORDER, BORDER_STRONG, PRIMARY, SURFACE_ALT, TEXT_MUTED, WARNING
from tomsapp.exchange.return_form import Column, ReturnForm, ReturnLine, counted_in
from tomsapp.exchange.return_layout import (
    CONFIRM,
    CONFIRMATIONS,
    CONFIRMED_ROW,
    HEAD_ROW,
    HIDDEN,
    INPUTS,
    OF_PEOPLE,
    RETURN,
    YES,
    Head,
)
from tomsapp.exchange.return_sheets import write_confirm, write_people, write_read_me, write_return_stamp
from tomsapp.exchange.return_sums import LineFormula, states_of
from tomsapp.exchange.tables import EXAMPLE_NOTE, ColumnKind
from tomsapp.exchange.tables_xlsx import (
    A3,
    BookProperties,
    Formats,
    new_book,
    number_format,
    row_height,
    set_up_page,
    write_exact,
    write_text,
)
from tomsapp.exchange.workbook_guidance import write_measures
from tomsapp.exchange.workbook_rules import evidenced_rule, people_rule, quantity_rule
from tomsapp.exchange.workbook_sheets import head_looks, input_format, protect

_LINE = {"bottom": 1, "bottom_color": BORDER}
_POUNDS = number_format(ColumnKind.POUNDS, 2)
_TEXTS = frozenset(
    {Head.CALLED, Head.TITLE, Head.WHERE, Head.UNIT, Head.SO_FAR, Head.NOTE, Head.EVIDENCE}
)  # fmt: skip
_FIGURES_ROW, _TO_DO_ROW = 3, 4
_NOT_VALUED, _NO_VALUE = "Counted, not valued", "No value in this year"


def write_return(form: ReturnForm, properties: BookProperties) -> bytes:
    """The workbook of a return, filled in with what was returned for the quarter so far."""
    file = io.BytesIO()
    book = new_book(file, properties)
    formats = Formats(book)
    is_example = properties.is_example
    write_read_me(book, formats, form, is_example=is_example)
    _ReturnSheet(book.add_worksheet(RETURN), formats, form).write(is_example=is_example)
    if form.with_numbers:
        write_people(book, formats, form, is_example=is_example)
    write_confirm(book, formats, form, is_example=is_example)
    write_measures(book, formats, form.measures, form.edition.price_base, form.footer, is_example=is_example)
    write_return_stamp(book, formats, form)
    book.close()
    return file.getvalue()


class _ReturnSheet:
    """The sheet Return while it is written."""

    def __init__(self, sheet: Any, formats: Formats, form: ReturnForm) -> None:
        self.sheet = sheet
        self.formats = formats
        self.form = form
        self.widths = {column.role: column.width for column in form.columns}

    def write(self, *, is_example: bool) -> None:
        """Write all of it."""
        for index, column in enumerate(self.form.columns):
            self.sheet.set_column(index, index, column.width, None, {"hidden": column.role in HIDDEN})
            self._write_head(index, column)
        for number, line in zip(self.form.rows, self.form.lines, strict=True):
            self._write_row(number, line)
        self._write_top(is_example=is_example)
        self._write_totals_row()
        self._warn_of_bare_noughts()
        self.sheet.set_row(0, 26)
        self.sheet.set_row(_FIGURES_ROW - 1, 32)
        self.sheet.set_row(_FIGURES_ROW, 22)
        heads = ((column.title, column.width - 2) for column in self.form.columns)
        self.sheet.set_row(HEAD_ROW, row_height(heads))
        self.sheet.freeze_panes(HEAD_ROW + 1, 2)
        self.sheet.hide_gridlines(2)
        set_up_page(self.sheet, HEAD_ROW, A3, self.form.footer)
        protect(self.sheet)

    # Above the lines

    def _write_top(self, *, is_example: bool) -> None:
        form = self.form
        heading = f"Return of {form.quarter.label}: {form.contract.title or form.contract.reference}"
        write_text(self.sheet, 0, 0, heading, self.formats.get(bold=True, font_size=16, font_color=PRIMARY))
        how = f"Fill in the green cells with a border. The rest is worked out. Due on {format_date(form.due_on)}."
        note = f"{EXAMPLE_NOTE} {how}" if is_example else how
        self.sheet.write_string(1, 0, note, self.formats.get(font_color=WARNING if is_example else TEXT_MUTED))
        claimed, shown = self._sum(Head.VALUE_CLAIMED), self._sum(Head.VALUE_EVIDENCED)
        made = {state: [LineFormula(line, state) for line in form.lines] for state in (State.CLAIMED, State.EVIDENCED)}
        before = total(each.counted_before for each in made[State.CLAIMED])
        due = total(line.quarter.of(State.DUE).pounds for line in form.lines)
        to_date = total(each.to_date for each in made[State.CLAIMED])
        figures = (
            ("Due in this quarter", f"={due}", due),
            ("Claimed, counts now", f"={claimed}", total(each.value for each in made[State.CLAIMED])),
            ("Shown by evidence", f"={shown}", total(each.value for each in made[State.EVIDENCED])),
            (f"Claimed to {format_date(form.quarter.ends_on)}", f"=ROUND({before}+{claimed},2)", to_date),
        )
        places = [1, 2, 4, 6]
        for index, (label, formula, value) in zip(places, figures, strict=True):
            looks = self.formats.get(font_color=TEXT_MUTED, text_wrap=True, align="left")
            self._spread(_FIGURES_ROW - 1, index, looks)
            self.sheet.write_string(_FIGURES_ROW - 1, index, label, looks)
            looks = self.formats.get(bold=True, font_size=14, num_format=_POUNDS, align="left")
            self._spread(_FIGURES_ROW, index, looks)
            self.sheet.write_formula(_FIGURES_ROW, index, formula, looks, value)
        self._write_to_do()

    def _spread(self, row: int, index: int, looks: Any) -> None:
        """Let a figure stand over two columns where one is too narrow for it."""
        if index > 1:
            self.sheet.merge_range(row, index, row, index + 1, "", looks)

    def _sum(self, role: Head) -> str:
        return f"ROUND(SUM({self.form.column_range(role)}),2)"

    def _write_to_do(self) -> None:
        """What is still to be filled in, in words that follow what is typed."""
        form = self.form
        claimed, note = form.column_range(Head.CLAIMED), form.column_range(Head.NOTE)
        planned = form.column_range(Head.PLANNED)
        bare = f'SUMPRODUCT(({planned}>0)*({claimed}=""))'
        unsaid = f"SUMPRODUCT(ISNUMBER({claimed})*({claimed}=0)*(LEN({note})<{REASON_LETTERS}))"
        first, last = CONFIRMED_ROW + 1, CONFIRMED_ROW + len(CONFIRMATIONS)
        unconfirmed = f'{len(CONFIRMATIONS)}-COUNTIF({CONFIRM}!$B${first}:$B${last},"{YES}")'
        done = '"Nothing is left to fill in. Save the workbook and send it back."'
        parts = f'{bare}&" planned lines without a count, "&{unsaid}&" counts of 0 without a sentence, "'
        left = f'"Still to fill in: "&{parts}&{unconfirmed}&" confirmations on the sheet {CONFIRM}."'
        formula = f"=IF({bare}+{unsaid}+{unconfirmed}=0,{done},{left})"
        looks = self.formats.get(bold=True)
        self.sheet.write_formula(_TO_DO_ROW, 1, formula, looks, self._to_do_words())
        self.sheet.set_row(_TO_DO_ROW, 20)

    def _to_do_words(self) -> str:
        """What the formula says of the workbook as it is made."""
        bare = sum(1 for line in self.form.lines if line.quarter.planned > 0 and line.delivery is None)
        return (
            f"Still to fill in: {bare} planned lines without a count, 0 counts of 0 without a sentence, "
            f"{len(CONFIRMATIONS)} confirmations on the sheet {CONFIRM}."
        )

    def _warn_of_bare_noughts(self) -> None:
        """Mark the note of a count of 0 until it says why."""
        claimed, note = (f"${self.form.cell(role, HEAD_ROW + 1)}" for role in (Head.CLAIMED, Head.NOTE))
        rule = {
            "type": "formula",
            "criteria": f"=AND(ISNUMBER({claimed}),{claimed}=0,LEN({note})<{REASON_LETTERS})",
            "format": self.formats.conditional(bg_color="#FFF1D6", font_color=WARNING),
        }
        self.sheet.conditional_format(self.form.column_range(Head.NOTE), rule)

    def _write_head(self, index: int, column: Column) -> None:
        looks = head_looks(
            self.formats,
            is_input=column.role in INPUTS,
            is_text=column.role in _TEXTS,
            is_indented=column.role in {Head.NOTE, Head.EVIDENCE, Head.SO_FAR},
        )
        write_text(self.sheet, HEAD_ROW, index, column.title, looks)

    # The lines

    def _write_row(self, number: int, line: ReturnLine) -> None:
        measure, wrap = line.measure, self.formats.get(text_wrap=True, **_LINE)
        texts: Mapping[Head, str] = {
            Head.TITLE: measure.title,
            Head.UNIT: counted_in(measure),
            Head.WHERE: self.form.place_name(line),
            Head.SO_FAR: _so_far(line),
        }
        write_text(self.sheet, number, self.form.index(Head.CALLED), line.called, self.formats.get(bold=True, **_LINE))
        for role, text in texts.items():
            if self.form.has(role):
                looks = self.formats.get(text_wrap=True, indent=1, **_LINE) if role is Head.SO_FAR else wrap
                write_text(self.sheet, number, self.form.index(role), text, looks)
        counts = {
            Head.PLANNED: line.quarter.planned,
            Head.BEFORE_YEAR: line.before(in_year=True),
            Head.BEFORE_ALL: line.before(in_year=False),
        }
        for role, quantity in counts.items():
            if self.form.has(role):
                self._write_count(number, role, quantity, measure)
        self._write_inputs(number, line)
        self._write_values(number, line)
        delivery = line.delivery.record if line.delivery else None
        filled = (delivery.note if delivery else "", "\n".join(line.references))
        long = [(text, self.widths[role]) for role, text in texts.items() if role in self.widths]
        long += zip(filled, (self.widths[Head.NOTE], self.widths[Head.EVIDENCE]), strict=True)
        self.sheet.set_row(number, max(row_height(long) + 3, 36))
        hidden = ((Head.LINE, line.identity.text), (Head.SEEN, line.seen))
        for role, text in hidden:
            self.sheet.write_string(number, self.form.index(role), text)

    def _write_count(self, number: int, role: Head, quantity: Decimal, measure: Measure) -> None:
        places = max(measure.decimals, decimal_places(quantity)) if decimal_places(quantity) else 0
        looks = self.formats.get(num_format=number_format(ColumnKind.QUANTITY, places), align="right", **_LINE)
        write_exact(self.sheet, number, self.form.index(role), quantity, looks)

    def _write_inputs(self, number: int, line: ReturnLine) -> None:
        delivery, form = line.delivery.record if line.delivery else None, self.form
        claimed = form.cell(Head.CLAIMED, number)
        measure, label = line.measure, form.quarter.short_label
        rules = {
            Head.CLAIMED: quantity_rule(measure, claimed, label),
            Head.EVIDENCED: evidenced_rule(measure, form.cell(Head.EVIDENCED, number), claimed),
        }
        for role, rule in rules.items():
            quantity = getattr(delivery, role.value) if delivery else None
            self._write_number(number, role, quantity, line, rule, measure.decimals)
        if form.has(Head.NEW):
            for role in OF_PEOPLE:
                people = getattr(delivery, role.value) if delivery else None
                self._write_number(number, role, people, line, people_rule(role.value), 0)
        looks = self._looks(line, text_wrap=True, align="left", indent=1, num_format="@")
        write_text(self.sheet, number, form.index(Head.NOTE), delivery.note if delivery else "", looks)
        write_text(self.sheet, number, form.index(Head.EVIDENCE), "\n".join(line.references), looks)

    def _looks(self, line: ReturnLine, **looks: object) -> Any:
        """The format of a cell to fill in; of one that is decided it is like all others."""
        if line.is_fixed:
            return self.formats.get(**{**_LINE, **looks})
        return input_format(self.formats, **looks)  # type: ignore[arg-type]

    def _write_number(
        self,
        number: int,
        role: Head,
        quantity: Decimal | None,
        line: ReturnLine,
        rule: dict[str, object],
        places: int,
    ) -> None:
        index = self.form.index(role)
        if role in OF_PEOPLE and not line.asks_for_jobs:
            self.sheet.write_blank(number, index, None, self.formats.get(bg_color=SURFACE_ALT, **_LINE))
            return
        least = decimal_places(quantity) if quantity is not None else 0
        looks = self._looks(line, align="right", num_format=number_format(ColumnKind.QUANTITY, max(places, least)))
        if quantity is None:
            self.sheet.write_blank(number, index, None, looks)
        else:
            write_exact(self.sheet, number, index, quantity, looks)
        self.sheet.data_validation(number, index, number, index, rule)

    def _write_values(self, number: int, line: ReturnLine) -> None:
        form, measure = self.form, line.measure
        value = line.figures.unit_values[line.quarter.quarter.quarter.year]
        place = form.index(Head.UNIT_VALUE)
        if value is None:
            words = _NO_VALUE if measure.is_valued else _NOT_VALUED
            looks = self.formats.get(text_wrap=True, align="right", font_color=TEXT_MUTED, font_size=9, **_LINE)
            self.sheet.write_string(number, place, words, looks)
        else:
            looks = self.formats.number(ColumnKind.POUNDS, value.value, 0, align="right", **_LINE)
            self.sheet.write_number(number, place, value.value, looks)
        if form.has(Head.SHARE):
            share = line.figures.commitment.contract_share
            looks = self.formats.number(ColumnKind.PERCENT, share, 2, align="right", **_LINE)
            write_exact(self.sheet, number, form.index(Head.SHARE), share, looks)
        units = states_of(line, form.cell(Head.CLAIMED, number), form.cell(Head.EVIDENCED, number))
        pounds = self.formats.get(num_format=_POUNDS, align="right", **_LINE)
        for role, state in ((Head.VALUE_CLAIMED, State.CLAIMED), (Head.VALUE_EVIDENCED, State.EVIDENCED)):
            formula = LineFormula(line, state)
            if any(line.figures.unit_values):
                self.sheet.write_formula(number, form.index(role), formula.text(units[state]), pounds, formula.value)
            else:
                self.sheet.write_blank(number, form.index(role), None, pounds)

    def _write_totals_row(self) -> None:
        form, row = self.form, self.form.rows.stop
        looks = {"bold": True, "top": 1, "top_color": BORDER_STRONG}
        for index in range(len(form.columns)):
            self.sheet.write_blank(row, index, None, self.formats.get(**looks))
        self.sheet.write_string(row, 1, "All lines", self.formats.get(**looks))
        pounds = self.formats.get(num_format=_POUNDS, align="right", **looks)
        for role, state in ((Head.VALUE_CLAIMED, State.CLAIMED), (Head.VALUE_EVIDENCED, State.EVIDENCED)):
            value = total(LineFormula(line, state).value for line in form.lines)
            self.sheet.write_formula(row, form.index(role), f"={self._sum(role)}", pounds, value)
        self.sheet.set_row(row, 22)


def _so_far(line: ReturnLine) -> str:
    """What was returned of a line for this quarter before the workbook was made."""
    if line.delivery is None:
        return ""
    claim = line.delivery.record
    if claim.is_withdrawn:
        return "Withdrawn. It stays so"
    decided = [
        f"{format_quantity(number)} {word}"
        for number, word in ((claim.accepted, "accepted"), (claim.rejected, "rejected"))
        if number
    ]
    if line.is_fixed:
        return f"{', '.join(decided)}. It stays so"
    return ", ".join([f"{format_quantity(claim.claimed)} returned on {format_date(claim.returned_on)}", *decided])
