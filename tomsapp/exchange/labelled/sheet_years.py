"""Which contract year a whole sheet is of, where a file has a sheet for each year."""

from collections.abc import Sequence

from tomsapp.domain.contract_dates import ContractYear
from tomsapp.exchange.grid import Grid
from tomsapp.exchange.labelled.heads import headings_of, texts_of
from tomsapp.exchange.labelled.labels import RowKind, SheetLabels
from tomsapp.exchange.labelled.row_sorts import quantity_columns
from tomsapp.exchange.labelled.row_years import year_named
from tomsapp.exchange.labelled.uses import ROW_QUANTITY
from tomsapp.exchange.year_words import tidy, year_in


def year_of_sheet(grid: Grid, labels: SheetLabels, years: Sequence[ContractYear]) -> int | None:
    """The year that the name of a sheet names, or a title over its table; None where neither does.

    Only a sheet with one column of quantities, whose heading names no year, is of one year.
    """
    columns = quantity_columns(labels.columns)
    head = labels.rows_of(RowKind.HEAD)
    if len(columns) != 1 or labels.columns[columns[0]] == ROW_QUANTITY.key:
        return None
    over = headings_of(grid, head).get(columns[0], ())
    if any(year_in(tidy(text), years) is not None for text in over):
        return None
    first = min((*head, *labels.rows_of(RowKind.LINE)))
    titles = (list(texts_of(row).values()) for row in reversed(grid.rows) if row.number < first)
    texts = [*(texts[0] for texts in titles if len(texts) == 1), grid.sheet]
    named = (year_named(text, years) for text in texts if not text.isdigit())
    place = next((words.year for words in named if words is not None), None)
    return place if place is not None and place < len(years) else None
