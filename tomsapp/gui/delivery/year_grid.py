"""What the grids of a contract year have in common: a title, a column for each quarter, and what the row comes to."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from math import ceil
from typing import Any, ClassVar, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from tomsapp.domain.delivery.figures import DeliveredLine
from tomsapp.domain.delivery.quarters import ContractQuarter
from tomsapp.gui.delivery.words import spoken_quarter
from tomsapp.gui.row_paint import words_width
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.data_table import be_grid

TITLE, FIRST_QUARTER = 0, 1
PADDING = 10
"""What stands free beside the words of a cell."""
_QUARTER, _QUARTER_MOST, _TITLE_LEAST, _ROW = 96, 150, 180, 42
_Index = QModelIndex | QPersistentModelIndex
_SAID = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)


class YearModel(QAbstractTableModel):
    """The columns of a contract year.

    Attributes:
        quarters: those of the year that is shown.
        last_head: what stands over the last column.
        quarter_side: on which side the heads of quarters stand.
    """

    last_head: ClassVar[str]
    quarter_side: ClassVar[Qt.AlignmentFlag] = Qt.AlignmentFlag.AlignLeft

    def __init__(self) -> None:
        super().__init__()
        self.quarters: tuple[ContractQuarter, ...] = ()

    @property
    def last_column(self) -> int:
        """Place of the last column, which says what the row comes to."""
        return FIRST_QUARTER + len(self.quarters)

    def quarter_of(self, column: int) -> ContractQuarter | None:
        """The quarter of a column, or None for the other columns."""
        place = column - FIRST_QUARTER
        return self.quarters[place] if 0 <= place < len(self.quarters) else None

    def head(self, column: int) -> str:
        """The words over a column."""
        quarter = self.quarter_of(column)
        return quarter.short_label if quarter else "Commitment" if column == TITLE else self.last_head

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Commitment, one for each quarter, what they come to."""
        return 0 if parent.isValid() else len(self.quarters) + 2

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        """Heads of the columns."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        quarter = self.quarter_of(section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return (self.quarter_side if quarter else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DisplayRole:
            return self.head(section)
        return spoken_quarter(quarter) if role in _SAID and quarter else None


def quarters_in(lines: Sequence[DeliveredLine]) -> list[ContractQuarter]:
    """Every quarter of the contract, which each of its lines has."""
    return [each.quarter for each in lines[0].quarters] if lines else []


M = TypeVar("M", bound=YearModel)


class YearTable(QTableView, Generic[M]):
    """Lays a `YearModel` out: quarters as wide as their words, and the title in what is left."""

    def __init__(self, model: M) -> None:
        super().__init__()
        self.grid = model
        be_grid(self)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setModel(model)
        model.modelReset.connect(self.arrange)
        model.dataChanged.connect(lambda *_cells: self.arrange())
        self.selectionModel().currentChanged.connect(lambda *_cells: self.viewport().update())
        current_theme().follow(self.arrange)

    @abstractmethod
    def cell_rooms(self, column: int) -> Iterable[float]:
        """How wide the words are in each cell of a quarter."""

    @abstractmethod
    def last_room(self) -> int:
        """How wide the last column is."""

    def arrange(self) -> None:
        """Fit columns and rows to the quarters, the width and the text size."""
        theme, grid, header = current_theme(), self.grid, self.horizontalHeader()
        columns = range(FIRST_QUARTER, grid.last_column)
        rooms, last = [self._room(column) for column in columns], self.last_room()
        header.resizeSection(TITLE, max(theme.px(_TITLE_LEAST), self.viewport().width() - last - sum(rooms)))
        for column, width in zip(columns, rooms, strict=True):
            header.resizeSection(column, width)
        header.resizeSection(grid.last_column, last)
        self.verticalHeader().setDefaultSectionSize(theme.px(_ROW))
        self.viewport().update()

    def _room(self, column: int) -> int:
        """How wide the column of a quarter is: room for its head and for all words of its cells, within bounds."""
        theme = current_theme()
        head = words_width(self.grid.head(column), "small_strong") + 2 * PADDING + 2
        widest = ceil(max([head, *self.cell_rooms(column)]))
        return max(theme.px(_QUARTER), min(theme.px(_QUARTER_MOST), widest))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the titles what is left."""
        super().resizeEvent(event)
        self.arrange()
