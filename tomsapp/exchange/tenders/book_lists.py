"""The hidden lists of the workbook: which rows and measures something is offered of, for checks and for the board."""

from typing import Any

from tomsapp.exchange.tables_xlsx import write_text
from tomsapp.exchange.tenders.book_layout import LISTS, UNKNOWN, OfferBook
from tomsapp.exchange.tenders.book_rows import ON_OTHER_SHEET, RowChecks
from tomsapp.exchange.workbook_columns import Role
from tomsapp.exchange.workbook_layout import COMMITMENTS
from tomsapp.exchange.workbook_sheets import protect

_HEADS = ("Row", "Offered so far", "Filled in", "Measure is chosen", "Measure is offered", "Offered", "Many of it")


def write_lists(book: Any, form: OfferBook) -> None:
    """For each row of the commitments what is offered in it, and for each measure whether it is."""
    sheet, template = book.add_worksheet(LISTS), form.template
    for column, title in enumerate(_HEADS):
        sheet.write_string(0, column, title)
    rows = range(template.first_row, template.total_row)
    for at, number in enumerate(rows, start=1):
        checks = RowChecks(form, number, None, ON_OTHER_SHEET)
        sheet.write_number(at, 0, number + 1)
        before = f"N(B{at})+" if at > 1 else ""
        sheet.write_formula(at, 1, f"={before}F{at + 1}", None, UNKNOWN)
        sheet.write_formula(at, 2, f"=IF({checks.is_used},1,0)", None, UNKNOWN)
        sheet.write_formula(at, 5, f"=IF({checks.is_offered},1,0)", None, UNKNOWN)
    spare = template.column_range(Role.CODE, rows=(template.spare.start, template.spare.stop - 1))
    first_spare, last_spare = (row - template.first_row + 2 for row in (template.spare.start, template.spare.stop - 1))
    for at, measure in enumerate(template.listed, start=1):
        write_text(sheet, at, len(_HEADS) - 1, measure.many_name, None)
        own = [number for number, row in enumerate(template.rows, start=2) if row.measure == measure]
        for column, letter in ((3, "C"), (4, "F")):
            again = f'SUMIF({COMMITMENTS}!{spare},"{measure.code}",{letter}{first_spare}:{letter}{last_spare})'
            total = f"SUM({letter}{own[0]}:{letter}{own[-1]})+{again}"
            sheet.write_formula(at, column, f"=IF({total}>0,1,0)", None, UNKNOWN)
    protect(sheet)
    sheet.very_hidden()
