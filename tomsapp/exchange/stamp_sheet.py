"""The hidden sheet of the workbooks that this program makes, which says what each was made from."""

from tomsapp.exchange.grid import text_or_nothing
from tomsapp.exchange.sheets.opened import OpenedBook
from tomsapp.exchange.workbook_layout import STAMP


def read_stamp(book: OpenedBook) -> dict[str, str]:
    """What the hidden sheet says the workbook was made from; empty when this program did not make it."""
    grid = book.find(STAMP)
    if grid is None:
        return {}
    pairs = ((text_or_nothing(row.cell(0)), text_or_nothing(row.cell(1))) for row in grid.rows)
    return {name: text for name, text in pairs if name}
