"""Writes the workbook in which a supplier fills in commitments and sees their value as it is typed."""

import io
from decimal import Decimal
from fractions import Fraction
from typing import Any, Protocol

from tomsapp.domain.menu import Measure
from tomsapp.domain.money import decimal_places, round_half_away
from tomsapp.domain.valuation import LineValue, Valuation, value_contract
from tomsapp.exchange.colours import BORDER, BORDER_STRONG, PRIMARY, TEXT_MUTED, WARNING
from tomsapp.exchange.tables import EXAMPLE_NOTE, ColumnKind
from tomsapp.exchange.tables_xlsx import (
    A3,
    BookProperties,
    Formats,
    new_book,
    number_format,
    row_height,
    set_up_page,
    write_text,
)
from tomsapp.exchange.workbook_columns import INPUTS, Role, SheetColumn
from tomsapp.exchange.workbook_factors import constant_factor, cut_share, discount_factor, factor_number
from tomsapp.exchange.workbook_guidance import write_guidance, write_read_me
from tomsapp.exchange.workbook_inputs import InputCells
from tomsapp.exchange.workbook_layout import COMMITMENTS, DISCOUNT_ROW, HEAD_ROW, SheetRow, Template
from tomsapp.exchange.workbook_sheets import head_looks, protect, write_contract, write_stamp, write_totals
from tomsapp.exchange.workbook_spare import NO_VALUE, NOT_VALUED
from tomsapp.exchange.workbook_spare_rows import SpareWriter

_INDENTED = frozenset(
    {Role.WARD, Role.STATEMENT, Role.STAFF, Role.DELIVERED_BY, Role.PROJECT, Role.TO_DO}
)  # fmt: skip
_TEXTS = _INDENTED | {Role.CODE, Role.TITLE, Role.UNIT}
_LINE = {"bottom": 1, "bottom_color": BORDER}
_POUNDS = number_format(ColumnKind.POUNDS, 2)


def write_workbook(template: Template, properties: BookProperties) -> bytes:
    """The workbook for a template: commitments to fill in with live values, guidance, and what it was made from."""
    file = io.BytesIO()
    book = new_book(file, properties)
    formats = Formats(book)
    valuation = value_rows(template)
    write_read_me(book, formats, template, is_example=properties.is_example)
    write_contract(book, formats, template, is_example=properties.is_example)
    CommitmentsSheet(book, formats, template, valuation).write(is_example=properties.is_example)
    write_totals(book, formats, template, valuation, is_example=properties.is_example)
    write_guidance(book, formats, template, is_example=properties.is_example)
    write_stamp(book, formats, template, valuation)
    book.close()
    return file.getvalue()


def value_rows(template: Template) -> Valuation:
    """What is filled in already, valued in the order of the rows."""
    made = [row.commitment for row in template.rows if row.commitment is not None]
    return value_contract(template.contract, template.edition, made)


class MoreCells(Protocol):
    """What else a workbook has in each row of the commitments, such as that of a tender."""

    def start(self, sheet: Any) -> None:
        """Take the sheet before its rows are written."""

    def write(self, number: int, row: SheetRow | None) -> None:
        """Write the further cells of a row; None where its measure is chosen in it."""


class CommitmentsSheet:
    """The sheet of commitments while it is written, for contracts and for tenders alike."""

    def __init__(
        self, book: Any, formats: Formats, template: Template, valuation: Valuation, more: MoreCells | None = None
    ) -> None:
        self.sheet = sheet = book.add_worksheet(COMMITMENTS)
        self.more = more
        self.formats = formats
        self.template = template
        self.valuation = valuation
        self.inputs = InputCells(sheet, formats, template)

    def write(self, *, is_example: bool) -> None:
        """Write all of it."""
        self._write_top(is_example=is_example)
        for index, column in enumerate(self.template.columns):
            self.sheet.set_column(index, index, column.width, None, {"hidden": column.role is Role.LINE})
            self._write_head(index, column)
        if self.more is not None:
            self.more.start(self.sheet)
        lines = iter(self.valuation.lines)
        for number, row in enumerate(self.template.rows, start=self.template.first_row):
            self._write_row(number, row, next(lines) if row.commitment is not None else None)
        spare = SpareWriter(self.sheet, self.formats, self.template, self.inputs)
        for number in self.template.spare:
            spare.write(number)
            if self.more is not None:
                self.more.write(number, None)
        self._write_totals_row()
        self.sheet.set_row(0, 26)
        self.sheet.set_row(2, 32)
        self.sheet.set_row(3, 22)
        self.sheet.set_row(HEAD_ROW, 46)
        self.sheet.set_row(self.template.total_row, 22)
        self.sheet.freeze_panes(HEAD_ROW + 1, 2)
        self.sheet.hide_gridlines(2)
        set_up_page(self.sheet, HEAD_ROW, A3, self.template.footer)
        protect(self.sheet)

    def _write_top(self, *, is_example: bool) -> None:
        title = self.template.contract.title or self.template.contract.reference
        heading = f"Commitments: {title}" if title else "Commitments"
        write_text(self.sheet, 0, 0, heading, self.formats.get(bold=True, font_size=16, font_color=PRIMARY))
        how = "Fill in the green cells with a border. The rest is worked out."
        note = f"{EXAMPLE_NOTE} {how}" if is_example else how
        self.sheet.write_string(1, 0, note, self.formats.get(font_color=WARNING if is_example else TEXT_MUTED))
        self._write_live_totals()
        rate = self.template.edition.discount_rate
        if rate:
            label = self.formats.get(font_color=TEXT_MUTED)
            self.sheet.write_string(DISCOUNT_ROW, 1, "Discount factor of each year", label)
            for year in range(len(self.template.contract.years)):
                factor = factor_number(discount_factor(rate, year))
                cell_format = self.formats.get(num_format="0.000000", font_color=TEXT_MUTED, align="right")
                column = self.template.index(Role.QUANTITY, year)
                self.sheet.write_number(DISCOUNT_ROW, column, factor, cell_format)

    def _write_live_totals(self) -> None:
        valuation = self.valuation
        outcomes = round_half_away(valuation.employment_outcomes, 4)
        share = cut_share(valuation.share_of_contract_value)
        figures = (
            ("Social value", "=Totals!B4", valuation.social_value, _POUNDS),
            ("Real pounds, never added", "=Totals!B5", valuation.real_pounds, _POUNDS),
            ("Of contract value, cut", "=Totals!B6", share, "0.00%"),
            ("Employment outcomes", "=Totals!B7", outcomes, "#,##0.00"),
        )
        for index, (label, formula, value, shown) in enumerate(figures, start=1):
            self.sheet.write_string(2, index, label, self.formats.get(font_color=TEXT_MUTED, text_wrap=True))
            looks = self.formats.get(bold=True, font_size=14, num_format=shown, align="left", shrink=True)
            self.sheet.write_formula(3, index, formula, looks, value)

    def _write_head(self, index: int, column: SheetColumn) -> None:
        looks = head_looks(
            self.formats,
            is_input=column.role in INPUTS,
            is_text=column.role in _TEXTS,
            is_indented=column.role in _INDENTED,
        )
        write_text(self.sheet, HEAD_ROW, index, column.title, looks)

    def _write_row(self, number: int, row: SheetRow, line: LineValue | None) -> None:
        measure = row.measure
        wrap = self.formats.get(text_wrap=True, **_LINE)
        write_text(
            self.sheet, number, self.template.index(Role.CODE), measure.code, self.formats.get(bold=True, **_LINE)
        )
        write_text(self.sheet, number, self.template.index(Role.TITLE), measure.title, wrap)
        write_text(self.sheet, number, self.template.index(Role.UNIT), measure.each_name, wrap)
        for index, column in enumerate(self.template.columns):
            if column.role is Role.UNIT_VALUE:
                self._write_unit_value(number, index, measure, column.year)
            elif column.role is Role.QUANTITY and column.year is not None:
                self.inputs.write_quantity(number, column.year, row)
            elif column.role is Role.COUNTED and column.year is not None:
                self._write_counted(number, index, measure, column.year, line)
            elif column.role is Role.VALUE and column.year is not None:
                self._write_value(number, index, measure, column.year, line)
        widths = {column.role: column.width for column in self.template.columns}
        texts = [(measure.title, widths[Role.TITLE]), (measure.each_name, widths[Role.UNIT])]
        if row.commitment is not None:
            texts.append((row.commitment.statement, widths[Role.STATEMENT]))
        self.sheet.set_row(number, row_height(texts) + 3)
        self.inputs.write_others(number, row.commitment, is_local=row.measure.local_only)
        if row.identity is not None:
            self.sheet.write_string(number, self.template.index(Role.LINE), row.identity.text)
        self._write_results(number, measure, line)
        if self.more is not None:
            self.more.write(number, row)

    def _write_unit_value(self, number: int, index: int, measure: Measure, year: int | None) -> None:
        unit_value = measure.unit_value_in(self.template.contract.years[year or 0].starts_on.year)
        if unit_value is None:
            words = NO_VALUE if measure.is_valued else NOT_VALUED
            looks = self.formats.get(text_wrap=True, align="right", font_color=TEXT_MUTED, font_size=9, **_LINE)
            self.sheet.write_string(number, index, words, looks)
            return
        looks = self.formats.number(ColumnKind.POUNDS, unit_value.value, 0, align="right", **_LINE)
        self.sheet.write_number(number, index, unit_value.value, looks)

    def _write_counted(self, number: int, index: int, measure: Measure, year: int, line: LineValue | None) -> None:
        quantity = line.years[year].quantity if line else Decimal(0)
        shown = number_format(ColumnKind.QUANTITY, decimal_places(quantity)) if measure.decimals == 0 else "General"
        looks = self.formats.get(num_format=shown, align="right", font_color=TEXT_MUTED, **_LINE)
        formula = self.template.counted_formula(number, measure.decimals, year)
        self.sheet.write_formula(number, index, formula, looks, quantity)

    def _write_value(self, number: int, index: int, measure: Measure, year: int, line: LineValue | None) -> None:
        has_value = measure.unit_value_in(self.template.contract.years[year].starts_on.year) is not None
        looks = self.formats.get(num_format=_POUNDS, align="right", **_LINE)
        if not has_value:
            self.sheet.write_blank(number, index, None, looks)
            return
        value = line.years[year].social_value if line else Decimal(0)
        self.sheet.write_formula(number, index, self.template.value_formula(number, year), looks, value)

    def _write_results(self, number: int, measure: Measure, line: LineValue | None) -> None:
        template = self.template
        columns = [column.role for column in template.columns]
        if Role.FACTOR in columns:
            factor = factor_number(constant_factor(measure, template.edition.discount_rate))
            looks = self.formats.get(num_format="0.######", align="right", font_color=TEXT_MUTED, **_LINE)
            self.sheet.write_number(number, template.index(Role.FACTOR), factor, looks)
        pounds = self.formats.get(num_format=_POUNDS, align="right", **_LINE)
        bold = self.formats.get(num_format=_POUNDS, align="right", bold=True, **_LINE)
        years = len(template.contract.years)
        cells = f"{template.cell(Role.VALUE, number, 0)}:{template.cell(Role.VALUE, number, years - 1)}"
        value = line.social_value if line else Decimal(0)
        self.sheet.write_formula(number, template.index(Role.LINE_VALUE), f"=SUM({cells})", bold, value)
        real = template.index(Role.REAL_POUNDS)
        if measure.real_pounds:
            value = line.real_pounds if line else Decimal(0)
            self.sheet.write_formula(number, real, template.real_pounds_formula(number), pounds, value)
        else:
            self.sheet.write_blank(number, real, None, pounds)
        outcomes = template.index(Role.OUTCOMES)
        looks = self.formats.get(num_format="#,##0.00", align="right", **_LINE)
        if measure.employment_outcome:
            number_of = round_half_away(line.employment_outcomes if line else Fraction(0), 4)
            formula = template.outcomes_formula(number, measure)
            self.sheet.write_formula(number, outcomes, formula, looks, number_of)
        else:
            self.sheet.write_blank(number, outcomes, None, looks)

    def _write_totals_row(self) -> None:
        template, row = self.template, self.template.total_row
        looks = {"bold": True, "top": 1, "top_color": BORDER_STRONG}
        for index in range(len(template.columns)):
            self.sheet.write_blank(row, index, None, self.formats.get(**looks))
        self.sheet.write_string(row, 1, "All commitments", self.formats.get(**looks))
        pounds = self.formats.get(num_format=_POUNDS, align="right", **looks)
        for year in range(len(template.contract.years)):
            total = sum((line.years[year].social_value for line in self.valuation.lines), Decimal("0.00"))
            formula = f"=SUM({template.column_range(Role.VALUE, year)})"
            self.sheet.write_formula(row, template.index(Role.VALUE, year), formula, pounds, total)
        outcomes = round_half_away(self.valuation.employment_outcomes, 4)
        for role, total, cell_format in (
            (Role.LINE_VALUE, self.valuation.social_value, pounds),
            (Role.REAL_POUNDS, self.valuation.real_pounds, pounds),
        ):
            formula = f"=SUM({template.column_range(role)})"
            self.sheet.write_formula(row, template.index(role), formula, cell_format, total)
        shown = self.formats.get(num_format="#,##0.00", align="right", **looks)
        self.sheet.write_formula(row, template.index(Role.OUTCOMES), "=Totals!B7", shown, outcomes)
