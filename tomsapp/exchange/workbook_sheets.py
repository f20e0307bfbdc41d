"""The sheets around the commitments that are worked with: the contract, totals, and the hidden stamp."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, Protocol

from tomsapp.domain.commitment import OUTSIDE_AREA, WHOLE_AREA
from tomsapp.domain.contract import Contract
from tomsapp.domain.contract_dates import length_text
from tomsapp.domain.money import exact_sum, round_half_away
from tomsapp.domain.rollup import Totals, totals_by
from tomsapp.domain.valuation import Valuation, outcomes_once
from tomsapp.domain.wording import format_date
from tomsapp.exchange.colours import BORDER, BORDER_STRONG, PRIMARY, SUCCESS_BG, SURFACE_ALT, TEXT_MUTED, WARNING
from tomsapp.exchange.tables import EXAMPLE_NOTE, ColumnKind
from tomsapp.exchange.tables_xlsx import (
    Formats,
    number_format,
    row_height,
    set_up_page,
    write_exact,
    write_text,
)
from tomsapp.exchange.workbook_columns import Role
from tomsapp.exchange.workbook_factors import SHARE_PERCENT_PLACES, cut_formula, cut_share
from tomsapp.exchange.workbook_layout import CONTRACT, LAYOUT, SPEND_ROW, STAMP, TOTALS, Template
from tomsapp.exchange.workbook_people import LARGEST_ROW, all_outcomes_formula, largest_of, outcomes_once_formula
from tomsapp.exchange.workbook_rules import VALUE_RULE
from tomsapp.exchange.workbook_spare import spare_sum, write_lookup

_POUNDS = number_format(ColumnKind.POUNDS, 2)
_ALLOWED = {"format_columns": True, "format_rows": True, "select_locked_cells": True, "select_unlocked_cells": True}
FACT_REFERENCE, FACT_TITLE, FACT_SUPPLIER = "Reference", "Title", "Supplier"
FACT_VALUE = "Value, £ without VAT"
FACTS = (FACT_REFERENCE, FACT_TITLE, FACT_SUPPLIER, FACT_VALUE)
"""The contract facts that can be filled in, as the contract sheet calls them; the value stands in B7."""

INPUT_LOOKS: dict[str, object] = {
    "locked": False,
    "bg_color": SUCCESS_BG,
    "border": 1,
    "border_color": BORDER_STRONG,
}
SPEND_YEAR = "Spend by contract year"
SPEND_RECORDED, SPEND_FORECAST = "Recorded, £", "Forecast, £"
SPEND_HEADS = (SPEND_YEAR, SPEND_RECORDED, SPEND_FORECAST, "Counts, £", "Spend so far, £")
SPEND_ASKED = frozenset({SPEND_RECORDED, SPEND_FORECAST})
_SAID_COLUMN, _SAID_WIDTH = 3, 70


def protect(sheet: Any) -> None:
    """Keep what is worked out from being overwritten by mistake; there is no password."""
    sheet.protect("", _ALLOWED)


def input_format(formats: Formats, *, align: str, **looks: object) -> Any:
    """The format of a cell to fill in: unlocked, green, and with a border, so that colour is not the only sign."""
    return formats.get(align=align, **INPUT_LOOKS, **looks)


class HasFooter(Protocol):
    """What a workbook is made for, as far as each of its sheets says it."""

    @property
    def footer(self) -> str:
        """What stands at the foot of each page."""


def start_sheet(
    book: Any, formats: Formats, name: str, widths: Sequence[int], template: HasFooter, *, is_example: bool
) -> Any:
    """A sheet with columns of these widths, locked but for what is to be filled in."""
    sheet = book.add_worksheet(name)
    for index, width in enumerate(widths):
        sheet.set_column(index, index, width)
    if is_example:
        sheet.write_string(1, 0, EXAMPLE_NOTE, formats.get(font_color=WARNING))
    sheet.hide_gridlines(2)
    set_up_page(sheet, 0, footer=template.footer)
    protect(sheet)
    return sheet


def heading(sheet: Any, formats: Formats, text: str) -> None:
    """What the sheet is, in its first cell."""
    write_text(sheet, 0, 0, text, formats.get(bold=True, font_size=16, font_color=PRIMARY))
    sheet.set_row(0, 26)


def head_looks(formats: Formats, *, is_input: bool, is_text: bool, is_indented: bool) -> Any:
    """How the head of a column of lines looks: green where it is filled in, and set as what stands under it."""
    return formats.get(
        bold=True,
        text_wrap=True,
        valign="bottom",
        align="left" if is_text else "right",
        indent=1 if is_indented else 0,
        bg_color=SUCCESS_BG if is_input else SURFACE_ALT,
        bottom=2 if is_input else 1,
        bottom_color=BORDER_STRONG,
    )


def write_contract(book: Any, formats: Formats, template: Template, *, is_example: bool) -> None:
    """The facts of the contract; cells to fill in where the contract is not known yet."""
    sheet = start_sheet(book, formats, CONTRACT, [26, 60], template, is_example=is_example)
    heading(sheet, formats, "Contract")
    contract = template.contract
    label = formats.get(font_color=TEXT_MUTED)
    locked: dict[str, object] = {"bottom": 1, "bottom_color": BORDER, "align": "left"}
    texts = (contract.reference, contract.title, contract.supplier)
    looks: dict[str, object] = {"align": "left", **INPUT_LOOKS} if template.asks_facts else locked
    for row, name in enumerate(FACTS, start=3):
        sheet.write_string(row, 0, f"Fill in: {name}" if template.asks_facts else name, label)
    for row, text in enumerate(texts, start=3):
        write_text(sheet, row, 1, text, formats.get(text_wrap=True, num_format="@", **looks))
    pounds = formats.get(num_format=_POUNDS, **looks)
    if contract.value:
        write_exact(sheet, 6, 1, contract.value, pounds)
    else:
        sheet.write_blank(6, 1, None, pounds)
    fixed = (
        ("First day", format_date(contract.start_on)),
        ("Last day", format_date(contract.end_on)),
        ("Length", length_text(contract.start_on, contract.end_on)),
    )
    for row, (name, text) in enumerate(fixed, start=3 + len(FACTS)):
        sheet.write_string(row, 0, name, label)
        sheet.write_string(row, 1, text, formats.get(**locked))
    sheet.data_validation(6, 1, 6, 1, VALUE_RULE)
    if template.has_rates:
        _write_spend(sheet, formats, template)


def _write_spend(sheet: Any, formats: Formats, template: Template) -> None:
    """The spend of each contract year, recorded or forecast, from which a promise per pound is counted."""
    contract = template.contract
    head = {"bold": True, "bottom": 1, "bottom_color": BORDER_STRONG}
    for column, title in enumerate(SPEND_HEADS):
        asked = template.asks_facts and title in SPEND_ASKED
        align = "right" if column else "left"
        text = f"Fill in: {title}" if asked else title
        write_text(sheet, SPEND_ROW - 1, column, text, formats.get(align=align, text_wrap=True, **head))
    sheet.set_column(2, 4, 22)
    looks: dict[str, object] = INPUT_LOOKS if template.asks_facts else {"bottom": 1, "bottom_color": BORDER}
    typed = formats.get(num_format=_POUNDS, align="right", **looks)
    counted = formats.get(num_format=_POUNDS, align="right", bottom=1, bottom_color=BORDER)
    so_far = Decimal("0.00")
    for year in contract.years:
        row = SPEND_ROW + year.index
        write_text(sheet, row, 0, year.label, formats.get(bottom=1, bottom_color=BORDER))
        for column, is_recorded in enumerate((True, False), start=1):
            amount = _spent(contract, year.index, is_recorded=is_recorded)
            if amount is None:
                sheet.write_blank(row, column, None, typed)
            else:
                write_exact(sheet, row, column, amount, typed)
            sheet.data_validation(row, column, row, column, VALUE_RULE)
        counts = contract.spend_in(year.index)
        amount = counts.amount if counts else Decimal("0.00")
        so_far = exact_sum((so_far, amount))
        sheet.write_formula(row, 3, f"=IF(ISNUMBER(B{row + 1}),B{row + 1},N(C{row + 1}))", counted, amount)
        sheet.write_formula(row, 4, f"=ROUND(SUM(D${SPEND_ROW + 1}:D{row + 1}),2)", counted, so_far)


def _spent(contract: Contract, year: int, *, is_recorded: bool) -> Decimal | None:
    of_kind = (spend for spend in contract.spend if spend.year == year and spend.is_recorded is is_recorded)
    return next((spend.amount for spend in of_kind), None)


def write_totals(book: Any, formats: Formats, template: Template, valuation: Valuation, *, is_example: bool) -> None:
    """The live totals: headline figures in rows 4 to 8, then each theme and each year."""
    sheet = start_sheet(book, formats, TOTALS, [40, 22, 22], template, is_example=is_example)
    heading(sheet, formats, "Totals")
    sums = {role: f"=ROUND(SUM(Commitments!{template.column_range(role)}),{places})" for role, places in _TOTALLED}
    share = cut_share(valuation.share_of_contract_value)
    once, said = outcomes_once_formula(template)
    cut = cut_formula("B4", f"{CONTRACT}!B7", SHARE_PERCENT_PLACES)
    outcomes = round_half_away(valuation.employment_outcomes, 4)
    figures = (
        ("Social value", sums[Role.LINE_VALUE], valuation.social_value, _POUNDS),
        ("Real pounds (never added to social value)", sums[Role.REAL_POUNDS], valuation.real_pounds, _POUNDS),
        ("Share of contract value (cut, never rounded up)", f"=IF(N({CONTRACT}!B7)>0,{cut},0)", share, "0.00%"),
        ("Employment outcomes", once, outcomes, "#,##0.00"),
    )
    line = {"bottom": 1, "bottom_color": BORDER}
    for row, (name, formula, value, shown) in enumerate(figures, start=3):
        sheet.write_string(row, 0, name, formats.get(**line))
        sheet.write_formula(row, 1, formula, formats.get(bold=True, num_format=shown, align="right", **line), value)
    if said:
        every = sum((line.employment_outcomes for line in valuation.lines), Fraction(0))
        most = round_half_away(every, 4)
        sheet.write_string(7, 0, "If all of them are different people", formats.get(indent=1))
        sheet.write_formula(
            7, 1, all_outcomes_formula(template), formats.get(num_format="#,##0.00", align="right"), most
        )
        looks = formats.get(text_wrap=True, font_color=TEXT_MUTED, font_size=9, indent=1)
        write_text(sheet, 6, _SAID_COLUMN, said, looks)
        sheet.set_row(6, row_height([(said, _SAID_WIDTH)]))
        sheet.set_column(_SAID_COLUMN, _SAID_COLUMN, _SAID_WIDTH)
    _write_largest(sheet, formats, template, valuation)
    _write_theme_totals(sheet, formats, template, valuation)


def _write_largest(sheet: Any, formats: Formats, template: Template, valuation: Valuation) -> None:
    """The largest number of jobs in one year and row of each measure that counts once over them, beside the totals."""
    largest = largest_of(template)
    if not largest:
        return
    head = formats.get(font_color=TEXT_MUTED, text_wrap=True)
    sheet.set_column(_LARGEST_COLUMN, _LARGEST_COLUMN + 1, 14)
    sheet.write_string(LARGEST_ROW - 1, _LARGEST_COLUMN, "Measure", head)
    sheet.write_string(LARGEST_ROW - 1, _LARGEST_COLUMN + 1, "Largest number of one year and row", head)
    looks = formats.get(num_format="#,##0.00", align="right")
    amounts = outcomes_once(valuation.lines, valuation.contract.length_in_years)
    for row, each in enumerate(largest, start=LARGEST_ROW):
        write_text(sheet, row, _LARGEST_COLUMN, each.code, formats.get())
        number = round_half_away(max(amounts.get(each.code, [Fraction(0)])), 4)
        sheet.write_formula(row, _LARGEST_COLUMN + 1, each.formula, looks, number)


_LARGEST_COLUMN = 5

_TOTALLED = ((Role.LINE_VALUE, 2), (Role.REAL_POUNDS, 2))


def _write_theme_totals(sheet: Any, formats: Formats, template: Template, valuation: Valuation) -> None:
    head = {"bold": True, "bottom": 1, "bottom_color": BORDER_STRONG}
    sheet.write_string(8, 0, "Theme", formats.get(**head))
    sheet.write_string(8, 1, "Social value", formats.get(align="right", **head))
    sheet.write_string(8, 2, "Real pounds", formats.get(align="right", **head))
    totals = totals_by(valuation.lines, lambda line: line.place.theme.number)
    nothing = Totals(Decimal("0.00"), Decimal("0.00"), 0)
    pounds = formats.get(num_format=_POUNDS, align="right", bottom=1, bottom_color=BORDER)
    row = 9
    for theme in template.edition.themes:
        rows = [index for index, item in enumerate(template.rows, template.first_row) if item.place.theme is theme]
        if not rows:
            continue
        codes = [template.rows[rows[0] - template.first_row].measure.code]
        codes.append(template.rows[rows[-1] - template.first_row].measure.code)
        name = f"{theme.number} {theme.title}"
        write_text(sheet, row, 0, name, formats.get(text_wrap=True, bottom=1, bottom_color=BORDER))
        held = totals.get(theme.number, nothing)
        for column, role, value in ((1, Role.LINE_VALUE, held.social_value), (2, Role.REAL_POUNDS, held.real_pounds)):
            cells = template.column_range(role, rows=(rows[0], rows[-1]))
            added = spare_sum(template, role, codes)
            sheet.write_formula(row, column, f"=ROUND(SUM(Commitments!{cells}){added},2)", pounds, value)
        row += 1


def write_stamp(
    book: Any, formats: Formats, template: Template, valuation: Valuation, more: Mapping[str, str] | None = None
) -> None:
    """The hidden sheet: what the workbook was made from, `more` of it in a tender, and the list of wards."""
    sheet = book.add_worksheet(STAMP)
    contract, edition = template.contract, template.edition
    stamp = {
        "layout": LAYOUT,
        "menu": edition.code,
        "edition": edition.edition,
        "sha256": edition.sha256,
        "contract": contract.reference,
        "start": contract.start_on.isoformat(),
        "end": contract.end_on.isoformat(),
        "kind": contract.kind.value,
        **(more or {}),
    }
    plain = formats.get()
    sheet.write_string(0, 0, "Name", plain)
    sheet.write_string(0, 1, "Value", plain)
    sheet.write_string(0, 3, "Ward", plain)
    sheet.write_string(0, 4, "Ward code", plain)
    for row, (name, value) in enumerate(stamp.items(), start=1):
        sheet.write_string(row, 0, name, plain)
        write_text(sheet, row, 1, value, plain)
    places = [WHOLE_AREA, *(ward.code for ward in template.area.wards), OUTSIDE_AREA] if template.area else []
    for row, (name, place) in enumerate(zip(template.ward_names, places, strict=True), start=1):
        write_text(sheet, row, 3, name, plain)
        write_text(sheet, row, 4, place, plain)
    if template.spare:
        write_lookup(sheet, formats, template, valuation)
    protect(sheet)
    sheet.very_hidden()
