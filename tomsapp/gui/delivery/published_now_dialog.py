"""A published valuation beside what is known now: the totals, the commitments that differ, and what was done since."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from tomsapp.domain.wording import format_change, format_pounds, format_quantity
from tomsapp.gui.models.column import Column, change_column, pounds_column
from tomsapp.gui.models.row_model import RowModel
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.data_table import DataTable
from tomsapp.gui.widgets.layouts import DIALOG_MARGINS, STRETCH, in_column, in_grid, in_row
from tomsapp.gui.widgets.text import Text

if TYPE_CHECKING:
    from tomsapp.services.published_now import LineBeside, PublishedNow

_WIDTH, _HEIGHT = 900, 560
_SAME = "Every figure is as it was published."
_TOLD = 8
"""More acts than these are told by their number."""


def _accepted(units: Decimal | None) -> str:
    return "None" if units is None else f"{format_quantity(units)} accepted"


def _then(line: LineBeside) -> str:
    return line.rating if line.units is None else _accepted(line.units.then)


def _now(line: LineBeside) -> str:
    return line.rating_now if line.units is None else _accepted(line.units.now)


_COLUMNS: tuple[Column[LineBeside], ...] = (
    Column(
        "line",
        "Commitment",
        lambda line: line.title,
        second_line=lambda line: ". ".join((f"Line {line.number}, {line.measure}", *line.why)),
        can_hide=False,
    ),
    Column(
        "then",
        "As published",
        _then,
        second_line=lambda line: line.rating if line.units else "",
        width=140,
    ),
    Column("now", "Now", _now, second_line=lambda line: line.rating_now if line.units else "", width=140),
    pounds_column("pounds", "£ published", lambda line: line.pounds.then, 95, none="None"),
    pounds_column("pounds_now", "£ now", lambda line: line.pounds.now, 95, none="None"),
    change_column(lambda line: line.pounds.change),
)


class PublishedNowDialog(QDialog):
    """Only to be read: what was published never changes."""

    def __init__(self, now: PublishedNow, reference: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        theme = current_theme()
        title = f"{reference} as published and now"
        self.setWindowTitle(title)
        self.resize(theme.px(_WIDTH), theme.px(_HEIGHT))
        told = f"The paper {now.paper.words}. "
        if now.replaced_by is not None:
            told += f"It was replaced by the one {now.replaced_by.words}. "
        told += "It says what was decided by then; what was decided since stands beside it."
        self.totals = Card()
        self.totals.setAccessibleName("Totals as published and now")
        self.totals.body.addLayout(self._grid(now))
        self.model = RowModel(_COLUMNS)
        self.table = DataTable(self.model, "Commitments that differ from what was published")
        self.model.set_rows(list(now.lines))
        lines = Card()
        lines.fill(self.table)
        lines.setVisible(bool(now.lines))
        self.same = Text(_SAME if now.is_same else "", "strong")
        self.same.setVisible(now.is_same)
        self.since = Text("\n".join(_since(now)), "note", wrap=True, selectable=True)
        self.since.setVisible(bool(now.since))
        in_column(
            Text(title, "h2", wrap=True),
            Text(told, "body", "text_muted", wrap=True),
            self.totals,
            self.same,
            (lines, 1) if now.lines else STRETCH,
            self.since,
            in_row(STRETCH, Button("Close", does=self.reject)),
            inside=self,
            margins=DIALOG_MARGINS,
            gap=10,
        )

    def _grid(self, now: PublishedNow) -> QGridLayout:
        grid = in_grid(gaps=(20, 4), shares=(2, 2, 2, 2))
        rows = [("", "As published", "Now", "Change")]
        for name, pounds in now.pounds.items():
            then, today = (format_pounds(each or Decimal(0)) for each in (pounds.then, pounds.now))
            change = format_change(pounds.change) if pounds.change else "None"
            rows.append((name.capitalize(), then, today, change))
        for place, row in enumerate(rows):
            for column, words in enumerate(row):
                cell = Text(words, "small" if not place else "strong", "text_muted" if not place else "text")
                if not column and place:
                    cell.setAccessibleName(f"{words}: {row[1]} as published, {row[2]} now, change {row[3]}")
                grid.addWidget(cell, place, column)
        return grid


def _since(now: PublishedNow) -> list[str]:
    """What was done since, the newest first, and how much more."""
    newest = list(reversed(now.since))
    more = [f"And {len(newest) - _TOLD:,} more, in the history."] if len(newest) > _TOLD else []
    return ["Since it was published:", *(f"{each}." for each in newest[:_TOLD]), *more]
