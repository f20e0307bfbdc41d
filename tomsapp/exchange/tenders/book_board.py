"""One page of the workbook to print: what is offered, what it is worth, and what it costs, for a bidder's own board."""

from typing import Any

from tomsapp.domain.tender.minimums import needed_words
from tomsapp.exchange.colours import BORDER, BORDER_STRONG, TEXT_MUTED
from tomsapp.exchange.tables import ColumnKind
from tomsapp.exchange.tables_xlsx import A4, Formats, number_format, row_height, set_up_page, write_text
from tomsapp.exchange.tenders.book_check import asked_of, rule_formula
from tomsapp.exchange.tenders.book_layout import BOARD, CHECK, LISTS, ORGANISATION, ORGANISATION_ROW, UNKNOWN, OfferBook
from tomsapp.exchange.tenders.formulas import literal
from tomsapp.exchange.workbook_columns import Role
from tomsapp.exchange.workbook_layout import COMMITMENTS, TOTALS
from tomsapp.exchange.workbook_sheets import heading, start_sheet

MOST_LINES = 30
"""How many promises stand on the page; what is more is said."""

_LINE = {"bottom": 1, "bottom_color": BORDER}
_HEAD = {"bold": True, "text_wrap": True, "bottom": 1, "bottom_color": BORDER_STRONG}
_POUNDS = number_format(ColumnKind.POUNDS, 2)
_WIDTHS = (9, 44, 22, 16, 18)


def write_board(book: Any, formats: Formats, form: OfferBook, *, is_example: bool) -> None:
    """The page."""
    sheet = start_sheet(book, formats, BOARD, _WIDTHS, form, is_example=is_example)
    heading(sheet, formats, "What we offer as social value")
    row = _write_facts(sheet, formats, form)
    row = _write_figures(sheet, formats, form, row + 1)
    row = _write_lines(sheet, formats, form, row + 1)
    for text in ("Approved by", "Role", "Date"):
        row += 1
        sheet.write_string(row, 0, text, formats.get(font_color=TEXT_MUTED))
        sheet.write_blank(row, 1, None, formats.get(**_LINE))
        sheet.set_row(row, 24)
    set_up_page(sheet, 0, A4, form.footer)
    sheet.set_portrait()
    sheet.fit_to_pages(1, 1)
    sheet.print_area(0, 0, row, len(_WIDTHS) - 1)


def _write_facts(sheet: Any, formats: Formats, form: OfferBook) -> int:
    label, text = formats.get(font_color=TEXT_MUTED), formats.get(bold=True)
    facts = (
        ("Tender", f"{form.title} ({form.identity.reference})"),
        ("Council", form.pack.council),
        ("Upload by", form.pack.tender.deadline_words),
    )
    name = f"{ORGANISATION}!$B${ORGANISATION_ROW + 1}"
    sheet.write_string(2, 0, "From", label)
    sheet.write_formula(2, 1, f'={name}&""', text, "")
    for row, (title, value) in enumerate(facts, start=3):
        sheet.write_string(row, 0, title, label)
        write_text(sheet, row, 1, value, text)
    sheet.write_string(6, 0, "Left to do", label)
    sheet.write_formula(6, 1, f"={CHECK}!$D$3", text, "")
    return 7


def _write_figures(sheet: Any, formats: Formats, form: OfferBook, row: int) -> int:
    cost = form.template.column_range(Role.COST)
    figures = [
        ("Social value", f"={TOTALS}!$B$4", _POUNDS),
        ("Real pounds that we hand over, never added to it", f"={TOTALS}!$B$5", _POUNDS),
        ("Share of the contract value, cut and never rounded up", f"={TOTALS}!$B$6", "0.00%"),
        ("Employment outcomes", f"={TOTALS}!$B$7", "#,##0.00"),
        ("What keeping our promises costs us, where it is entered", f"=SUM({COMMITMENTS}!{cost})", _POUNDS),
    ]
    for title, formula, shown in figures:
        write_text(sheet, row, 1, title, formats.get(**_LINE))
        looks = formats.get(bold=True, align="left", num_format=shown, **_LINE)
        sheet.write_formula(row, 2, formula, looks, UNKNOWN)
        row += 1
    for check in asked_of(form):
        asked = f"{check.rule.title}: {needed_words(check)}"
        write_text(sheet, row, 1, asked, formats.get(text_wrap=True, **_LINE))
        sheet.write_formula(row, 2, f"={rule_formula(check)}", formats.get(bold=True, **_LINE), "")
        sheet.set_row(row, row_height([(asked, 40)]) + 4)
        row += 1
    return row


def _write_lines(sheet: Any, formats: Formats, form: OfferBook, row: int) -> int:
    """The promises in their order, found by how many are offered up to each row."""
    heads = (("Code", "left"), ("Measure", "left"), ("For each", "left"), ("Units, all years", "right"))
    for column, (title, align) in enumerate((*heads, ("Social value", "right"))):
        sheet.write_string(row, column, title, formats.get(align=align, **_HEAD))
    template = form.template
    counts = f"{LISTS}!$B$2:$B${template.total_row - template.first_row + 1}"
    looks = formats.get(text_wrap=True, **_LINE)
    number = formats.get(align="right", num_format="#,##0.####", **_LINE)
    pounds = formats.get(align="right", num_format=_POUNDS, **_LINE)
    for line in range(1, MOST_LINES + 1):
        at = row + line
        found = f"MATCH({line},{counts},0)"
        for column, role in enumerate((Role.CODE, Role.TITLE, Role.UNIT)):
            cells = f"{COMMITMENTS}!{template.column_range(role)}"
            sheet.write_formula(at, column, f'=IFERROR(INDEX({cells},{found}),"")', looks, "")
        units = "+".join(
            f"N(INDEX({COMMITMENTS}!{template.column_range(Role.COUNTED, year.index)},{found}))"
            for year in form.contract.years
        )
        sheet.write_formula(at, 3, f'=IFERROR({units},"")', number, "")
        value = f"{COMMITMENTS}!{template.column_range(Role.LINE_VALUE)}"
        sheet.write_formula(at, 4, f'=IFERROR(INDEX({value},{found}),"")', pounds, "")
        sheet.set_row(at, 30)
    last = row + MOST_LINES + 1
    more = f"MAX({counts})-{MOST_LINES}"
    words = literal(" more on the sheet Commitments")
    sheet.write_formula(last, 1, f'=IF({more}>0,{more}&{words},"")', formats.get(font_color=TEXT_MUTED), "")
    return last
