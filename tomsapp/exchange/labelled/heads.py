"""Finds the head of a table above its first line: up to three rows, joined column by column."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from tomsapp.domain.alike import alike
from tomsapp.exchange.grid import CellError, Grid, GridCell, GridRow, text_or_nothing

MOST_HEAD_ROWS = 3
LAST_HEAD_ROW = 60
"""The last row of a sheet in which a head is looked for."""
_FARTHEST = 12
"""Rows between a head and the first line: headings of groups and notes on how to fill it in."""
_LEAST_TEXTS = 2
_LONGEST = 80
"""Characters of a heading; a longer text is a sentence above the table."""


def is_number(cell: GridCell) -> bool:
    """Whether a cell holds a number as a spreadsheet keeps it."""
    return isinstance(cell.value, int | Decimal) and not isinstance(cell.value, bool)


def texts_of(row: GridRow) -> dict[int, str]:
    """The words in a row by column; numbers as well, since a head may say 2026."""
    kept = {column: cell for column, cell in row.cells.items() if not isinstance(cell.value, CellError | bool)}
    texts = {column: text_or_nothing(cell) for column, cell in kept.items()}
    return {column: text for column, text in texts.items() if text}


def find_head(grid: Grid, first_line: int, is_heading: Callable[[str], bool]) -> tuple[int, ...]:
    """The numbers of the head's rows above the first line, top to bottom; none where there is no head."""
    above = [row for row in grid.rows if first_line - _FARTHEST <= row.number < first_line]
    lowest = next((row for row in reversed(above) if _may_be_lowest(row, is_heading)), None)
    if lowest is None:
        return ()
    found = [lowest]
    for row in reversed([row for row in above if row.number < lowest.number]):
        is_next = row.number == found[0].number - 1
        if len(found) == MOST_HEAD_ROWS or not is_next or not _stands_over(row, lowest, is_heading):
            break
        found.insert(0, row)
    return tuple(row.number for row in found)


def _may_be_lowest(row: GridRow, is_heading: Callable[[str], bool]) -> bool:
    texts = [text for text in texts_of(row).values() if len(text) <= _LONGEST]
    return len(texts) >= _LEAST_TEXTS and any(map(is_heading, texts))


def _stands_over(row: GridRow, lowest: GridRow, is_heading: Callable[[str], bool]) -> bool:
    """Whether a row is a part of the head: it says what stands under it in some columns, and is no title over all."""
    texts = texts_of(row)
    first = min(texts_of(lowest))
    said = {column: text for column, text in texts.items() if len(text) <= _LONGEST and is_heading(text)}
    if not said:
        return False
    is_title = len(texts) == 1 and (min(texts) <= first or not row.cell(min(texts)).is_merged)
    return not is_title


def headings_of(grid: Grid, head: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The headings of each column, top to bottom, for head rows of these numbers."""
    rows = [row for row in grid.rows if row.number in set(head)]
    parts: dict[int, list[str]] = {}
    for place, row in enumerate(rows):
        is_lowest = place == len(rows) - 1
        texts = texts_of(row) if is_lowest else _spread(grid, row)
        for column, text in texts.items():
            parts.setdefault(column, []).append(text)
    return {column: tuple(texts) for column, texts in sorted(parts.items())}


def _spread(grid: Grid, row: GridRow) -> dict[int, str]:
    """The texts of a row, those of merged cells over all the columns that they are merged over."""
    texts = texts_of(row)
    for top, left, _bottom, right in grid.merged:
        if top == row.number and left in texts:
            texts |= dict.fromkeys(range(left, right + 1), texts[left])
    return texts


class HeadAgain:
    """Finds the rows that repeat a head, of which the lowest row is known by column."""

    def __init__(self, lowest: Mapping[int, str]) -> None:
        self._lowest = {column: alike(text) for column, text in lowest.items()}

    def is_one(self, row: GridRow) -> bool:
        """Whether most of what a row says stands in the same columns of the head."""
        same = other = 0
        left = len(row.cells)
        for column, cell in row.cells.items():
            left -= 1
            text = "" if isinstance(cell.value, CellError | bool) else text_or_nothing(cell)
            if text and alike(text) == self._lowest.get(column, ""):
                same += 1
            elif text:
                other += 1
                if other >= same + left:
                    return False
        return same >= _LEAST_TEXTS and same > other
