"""A table in two columns on a page, for long lists of short rows such as prices."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tomsapp.reports.layout import SECTION_HEIGHT, Layout
from tomsapp.reports.paging import Draw, Slice
from tomsapp.reports.tables import Table
from tomsapp.reports.tags import Element, TaggedCanvas

_GAP = 22.0
_STEP = 4.0
"""How finely the height of two even columns is looked for, in points."""

_Column = list[tuple[Slice, float]]


@dataclass(frozen=True)
class TwoColumns:
    """The first of several settings of a table that fits on one page in two columns; the last if none does.

    It is one table in the structure, read down the left column and then the right. `above` is the height in points
    that stands over it on its first page.
    """

    settings: Sequence[Table]
    above: float = 30.0

    def slices(self, layout: Layout, parent: Element) -> list[Slice]:
        """One slice a page."""
        inner = replace(layout, width=(layout.width - _GAP) / 2)
        # Where the section begins, its name is among what stands above and takes no room of its own.
        first = layout.height + SECTION_HEIGHT - self.above
        for number, table in enumerate(self.settings, start=1):
            # Each setting is tried on a copy, so that only the chosen one enters the structure.
            trial = Element(parent.tag, kids=list(parent.kids))
            rows = [item for item in table.slices(inner, trial) if item.height]
            height = _least_height(rows, first)
            if height is not None or number == len(self.settings):
                break
        parent.kids[:] = trial.kids
        columns = _filled(rows, [first, first] if height is None else [height, height], layout.height)
        pairs = [columns[at : at + 2] for at in range(0, len(columns), 2)]
        offset = inner.width + _GAP
        return [Slice(max(map(_height, pair)), _drawer(pair, offset), before=0, keep=False) for pair in pairs]


def _least_height(rows: Sequence[Slice], most: float) -> float | None:
    """The least height at which two columns hold all rows; None where the page is too low."""
    height = sum(row.height for row in rows) / 2
    while height <= most:
        if len(_filled(rows, [height, height], 0.0)) <= 2:
            return height
        height += _STEP
    return None


def _filled(rows: Sequence[Slice], heights: Sequence[float], later: float) -> list[_Column]:
    """Fill columns from top to bottom; rows that hold together stay in one column."""
    columns: list[_Column] = [[]]
    used = 0.0
    start = 0
    while start < len(rows):
        end = start
        while end < len(rows) - 1 and rows[end].keep:
            end += 1
        chain = rows[start : end + 1]
        room = heights[len(columns) - 1] if len(columns) <= len(heights) else later
        if columns[-1] and used + sum(item.height for item in chain) > room:
            columns.append([])
            used = 0.0
            again = chain[0].repeat
            if again is not None:
                columns[-1].append((again, 0.0))
                used = again.height
        for item in chain:
            columns[-1].append((item, used))
            used += item.height
        start = end + 1
    return columns


def _height(column: _Column) -> float:
    item, offset = column[-1]
    return offset + item.height


def _drawer(columns: Sequence[_Column], offset: float) -> Draw:
    def draw(canvas: TaggedCanvas, left: float, top: float) -> None:
        for number, column in enumerate(columns):
            for item, down in column:
                item.draw(canvas, left + number * offset, top - down)

    return draw
