"""The sheet with the parts of quantities: people × weeks, sessions × hours × people, hours × pounds + materials."""

from collections.abc import Iterator
from typing import Any

from tomsapp.domain.full_time import HOURS_IN_FULL_TIME_YEAR
from tomsapp.domain.tender.parts import PartsForm, YearParts
from tomsapp.domain.units import Unit
from tomsapp.exchange.colours import BORDER, TEXT_MUTED, WARNING
from tomsapp.exchange.tables_xlsx import A3, Formats, set_up_page, write_exact, write_text
from tomsapp.exchange.tenders.book_layout import (
    FIRST_PART,
    FORM,
    FORM_WORDS,
    PARTS_ARE,
    WORKINGS_HEADS,
    YEAR_TO_DO,
    OfferBook,
)
from tomsapp.exchange.tenders.book_rows import ON_OTHER_SHEET, RowChecks
from tomsapp.exchange.tenders.formulas import either, literal
from tomsapp.exchange.workbook_asked import WORKINGS, WORKINGS_HEAD_ROW, WORKINGS_RESULT, workings_row
from tomsapp.exchange.workbook_columns import Role
from tomsapp.exchange.workbook_layout import COMMITMENTS, SheetRow
from tomsapp.exchange.workbook_rules import PART_RULE, choice_rule
from tomsapp.exchange.workbook_sheets import head_looks, heading, input_format, start_sheet

_LINE = {"bottom": 1, "bottom_color": BORDER}
_WIDTHS = (9, 36, 14, 30, 14, 14, 14, 34, 14, 44)
_HOW = (
    "You may leave this sheet empty. To work a quantity out from its parts, choose how, fill in the parts, and leave "
    "the quantity on the sheet Commitments empty: what the parts come to counts."
)
_PRODUCTS: dict[PartsForm, str] = {
    PartsForm.PEOPLE_WEEKS: "{first}*{second}",
    PartsForm.PEOPLE_HOURS: "{first}*{second}",
    PartsForm.SESSIONS: "{first}*{second}*{third}",
    PartsForm.HOURS_POUNDS: "{first}*{second}+{third}",
    PartsForm.FULL_TIME_JOBS: "{first}+{second}*{third}",
    PartsForm.FULL_TIME_YEARS: f"{{first}}*{{second}}*{{third}}/{HOURS_IN_FULL_TIME_YEAR}",
}
"""What the parts come to, as `PartsForm.quantity` has it."""
_RESULT_PLACES = 8
"""Decimals of a result, so that binary arithmetic adds none."""


def write_workings(book: Any, formats: Formats, form: OfferBook, *, is_example: bool) -> None:
    """A row for each row of the commitments and contract year, in the same order."""
    sheet = start_sheet(book, formats, WORKINGS, _WIDTHS, form, is_example=is_example)
    heading(sheet, formats, "Work out a quantity from its parts")
    write_text(sheet, 2, 0, _HOW, formats.get(font_color=TEXT_MUTED))
    for column, title in enumerate(WORKINGS_HEADS):
        is_input = FORM <= column < FIRST_PART + 3
        is_text = column in {0, 1, 2, FORM, PARTS_ARE, YEAR_TO_DO}
        looks = head_looks(formats, is_input=is_input, is_text=is_text, is_indented=column in {FORM, YEAR_TO_DO})
        write_text(sheet, WORKINGS_HEAD_ROW, column, title, looks)
    for number, row in _rows(form):
        for year in form.contract.years:
            _write_year(sheet, formats, form, number, row, year.index)
    sheet.freeze_panes(WORKINGS_HEAD_ROW + 1, 2)
    set_up_page(sheet, WORKINGS_HEAD_ROW, A3, form.footer)


def _rows(form: OfferBook) -> Iterator[tuple[int, SheetRow | None]]:
    template = form.template
    yield from enumerate(template.rows, template.first_row)
    yield from ((number, None) for number in template.spare)


def _write_year(sheet: Any, formats: Formats, form: OfferBook, number: int, row: SheetRow | None, year: int) -> None:
    place, years = number - form.template.first_row, form.contract.years
    at = workings_row(place, year, len(years))
    plain, bold = formats.get(text_wrap=True, **_LINE), formats.get(bold=True, **_LINE)
    for column, role, looks in ((0, Role.CODE, bold), (1, Role.TITLE, plain)):
        if row is not None:
            write_text(sheet, at, column, row.measure.code if role is Role.CODE else row.measure.title, looks)
        else:
            code = f"{COMMITMENTS}!{form.template.cell(Role.CODE, number)}"
            cell = f"{COMMITMENTS}!{form.template.cell(role, number)}"
            sheet.write_formula(at, column, f'=IF({code}="","",{cell})', looks, "")
    write_text(sheet, at, 2, years[year].label, plain)
    parts = row.said.parts_in(year) if row is not None and row.said is not None else None
    _write_parts(sheet, formats, at, parts)
    measure = row.measure if row is not None else None
    looks = formats.get(text_wrap=True, indent=1, font_color=WARNING, **_LINE)
    sheet.write_formula(at, YEAR_TO_DO, RowChecks(form, number, measure, ON_OTHER_SHEET).of_year(year), looks, "")


def _write_parts(sheet: Any, formats: Formats, at: int, parts: YearParts | None) -> None:
    looks = input_format(formats, align="left", indent=1, text_wrap=True, num_format="@")
    write_text(sheet, at, FORM, parts.form.words if parts else "", looks)
    rule = choice_rule(list(FORM_WORDS), "How it is worked out", "Leave it empty if you enter the quantity yourself.")
    sheet.data_validation(at, FORM, at, FORM, rule)
    typed = input_format(formats, align="right", num_format="#,##0.####")
    for column in range(FIRST_PART, FIRST_PART + 3):
        number = parts.numbers[column - FIRST_PART] if parts and column - FIRST_PART < len(parts.numbers) else None
        if number is None:
            sheet.write_blank(at, column, None, typed)
        else:
            write_exact(sheet, at, column, number, typed)
        sheet.data_validation(at, column, at, column, PART_RULE)
    muted = formats.get(font_color=TEXT_MUTED, text_wrap=True, **_LINE)
    chosen = f"$D{at + 1}"
    said = either(*((f"{chosen}={literal(form.words)}", literal("; ".join(form.labels))) for form in PartsForm))
    sheet.write_formula(at, PARTS_ARE, f"={said}", muted, "; ".join(parts.form.labels) if parts else "")
    result = formats.get(align="right", num_format="#,##0.####", **_LINE)
    sheet.write_formula(at, WORKINGS_RESULT, f"={_result(at + 1)}", result, parts.quantity if parts else "")


def _result(row: int) -> str:
    """What the parts come to; nothing while one of them is missing."""
    cells = {"first": f"$E{row}", "second": f"$F{row}", "third": f"$G{row}"}
    choices = []
    for form, product in _PRODUCTS.items():
        used = list(cells.values())[: len(form.labels)]
        places = Unit.FTE_YEARS.decimals if form is PartsForm.FULL_TIME_YEARS else _RESULT_PLACES
        made = f"ROUND({product.format(**cells)},{places})"
        whole = f"COUNT({','.join(used)})={len(used)}"
        choices.append((f"AND($D{row}={literal(form.words)},{whole})", made))
    return either(*choices)
