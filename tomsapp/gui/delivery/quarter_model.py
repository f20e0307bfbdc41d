"""The quarter grid as Qt's table model: a row for each commitment, a column for each quarter of one contract year."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

from tomsapp.domain.delivery.claims import Cell, cell_of
from tomsapp.domain.delivery.figures import Delivered, DeliveredLine, QuarterFigures
from tomsapp.domain.delivery.years_apart import rating_sum_words
from tomsapp.gui.delivery.words import (
    line_sum,
    quantity_words,
    rating_words,
    spoken_cell,
    spoken_rating,
)
from tomsapp.gui.delivery.year_grid import TITLE, YearModel, quarters_in

_Index = QModelIndex | QPersistentModelIndex


class QuarterModel(YearModel):
    """The commitments of a contract in the quarters of the year that is chosen; nothing is worked out here."""

    last_head = "Rating to date"

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[DeliveredLine, ...] = ()

    def show_year(self, delivered: Delivered | None, year: int) -> None:
        """Show a contract year (0 is the first); rows and quarters that stay keep the cursor."""
        lines = delivered.lines if delivered else ()
        quarters = tuple(each for each in quarters_in(lines) if each.quarter.year == year)
        keys = [line.commitment.key for line in self.lines]
        if quarters == self.quarters and keys == [line.commitment.key for line in lines]:
            self.lines = lines
            if lines:
                self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, self.last_column))
            return
        self.beginResetModel()
        self.lines, self.quarters = lines, quarters
        self.endResetModel()

    # Places

    def figures_at(self, row: int, column: int) -> QuarterFigures | None:
        """The figures of a cell; None in the columns beside the quarters."""
        quarter = self.quarter_of(column)
        return self.lines[row].quarter(quarter.quarter) if quarter and 0 <= row < len(self.lines) else None

    def cell_at(self, row: int, column: int) -> Cell | None:
        """What a cell of a quarter says."""
        figures = self.figures_at(row, column)
        return cell_of(figures) if figures else None

    def place_of(self, commitment: str) -> int | None:
        """The row of a commitment."""
        return next((row for row, line in enumerate(self.lines) if line.commitment.key == commitment), None)

    # Qt's side

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """One row for each commitment."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """What a cell shows and says."""
        getter = _GETTERS.get(role)
        return getter(self, index.row(), index.column()) if getter and index.isValid() else None

    def text(self, row: int, column: int) -> str:
        """What a cell shows, as it is copied."""
        line, cell = self.lines[row], self.cell_at(row, column)
        if cell is not None:
            return " ".join(filter(None, (quantity_words(cell, line), cell.state.words)))
        if column == TITLE:
            return line.measure.title
        return f"{rating_words(line.rated)}, {line_sum(line)}"

    def said(self, row: int, column: int) -> str:
        """The accessible name of a cell."""
        line, figures = self.lines[row], self.figures_at(row, column)
        if figures is not None:
            return spoken_cell(line, figures)
        if column == TITLE:
            return f"{line.measure.title}, {line.commitment.measure}, theme {line.place.theme.number}"
        return spoken_rating(line)

    def tooltip(self, row: int, column: int) -> str:
        """The whole of what may be cut, and what a rating means."""
        line, figures = self.lines[row], self.figures_at(row, column)
        if figures is not None:
            return figures.delivery.note if figures.delivery else ""
        if column == TITLE:
            return f"{line.measure.title}\n{line.commitment.measure}, {line.measure.each_name}"
        return f"{line.rated.rating.meaning}\n{rating_sum_words(line)}"


_GETTERS: dict[int, Callable[[QuarterModel, int, int], Any]] = {
    int(Qt.ItemDataRole.DisplayRole): QuarterModel.text,
    int(Qt.ItemDataRole.AccessibleTextRole): QuarterModel.said,
    int(Qt.ItemDataRole.ToolTipRole): QuarterModel.tooltip,
}
