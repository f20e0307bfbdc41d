"""A table as data: columns, cells and rows, plain, group or total."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from tomsapp.reports.marks import Mark
from tomsapp.reports.paging import Bookmark
from tomsapp.reports.styles import CELL, TextStyle
from tomsapp.reports.text import Content


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its part of the width, money at the right, and whether it names the row.

    `words`: no ordinary word in it is broken, as none is where figures stand; the type of the table shrinks before.
    """

    head: str
    share: int
    right: bool = False
    row_head: bool = False
    words: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph in a cell, perhaps after a mark; the others of its cell then begin where its text does."""

    content: Content
    style: TextStyle = CELL
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """Paragraphs over each other, over one or more columns, perhaps after a theme's swatch."""

    parts: Sequence[Part]
    span: int = 1
    swatch: int | None = None

    @property
    def has_marks(self) -> bool:
        """Whether one of its paragraphs stands after a mark."""
        for part in self.parts:  # noqa: SIM110 - asked of every cell, and any() takes twice as long
            if part.mark is not None:
                return True
        return False


class RowKind(Enum):
    """What a row is.

    BODY is a line. GROUP is the head of a group with its subtotal, on a ground of its own. HEAD names the rows under
    it, such as a commitment over its years. TOTAL is the total. Where the rows of a GROUP or HEAD go on over the page,
    its name is drawn again with "(continued)".
    """

    BODY = "body"
    GROUP = "group"
    HEAD = "head"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row; plain text is the usual case and the fastest.

    `joined`: one with the next row, no line between them. `keep`: stays on the page of the next row. `bookmark`: what
    links lead to; with a title it stands in the outline. `continued`: how a GROUP or HEAD is named on the pages on
    which its rows go on, without "(continued)"; empty for the text of its first cell.
    """

    cells: Sequence[str | Cell]
    kind: RowKind = RowKind.BODY
    joined: bool = False
    keep: bool = False
    bookmark: Bookmark | None = None
    continued: str = ""

    @property
    def columns(self) -> int:
        """How many columns the cells fill."""
        return sum(cell.span if isinstance(cell, Cell) else 1 for cell in self.cells)


@dataclass(frozen=True, slots=True)
class TableLook:
    """How a table is set: the style of plain cells, short cells centred in tall rows, lines and margins."""

    style: TextStyle = CELL
    middle: bool = False
    ruled: bool = True
    line_gap: float = 3.5
    edge: float = 4.5

    @property
    def side_gap(self) -> float:
        """White space left and right in a cell; none without rules."""
        return self.edge if self.ruled else 0.0


def together(rows: Sequence[Row]) -> list[Row]:
    """The rows as one block: each stays on the page of the next, as far as they fit on a page."""
    return [*(replace(row, keep=True) for row in rows[:-1]), *rows[-1:]]
