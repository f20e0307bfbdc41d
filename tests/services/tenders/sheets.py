"""Tables that are read into a tender, as they are opened in the locked room."""

from typing import Any

from tomsapp.exchange.sheets.text_table import read_text_table
from tomsapp.services.tenders.sheet_rows import OpenedSheet, SheetKind


def sheet_of(kind: SheetKind[Any], name: str, text: str) -> OpenedSheet[Any]:
    """The sheet of a CSV file with a text, its columns as they are guessed."""
    (grid,) = read_text_table(text.encode(), name).sheets
    head = kind.find_head(grid)
    assert head is not None
    return OpenedSheet(kind, name, grid, head, head.guessed)
