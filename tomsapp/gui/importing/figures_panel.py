"""What an import comes to: the total with the choices made, by group, beside the file's own, and the policy checks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from tomsapp.gui.theme import current_theme
from tomsapp.gui.tokens import FontRole
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.buttons import LinkButton
from tomsapp.gui.widgets.edges import LEFT
from tomsapp.gui.widgets.layouts import empty_layout, framed, holding, in_column, in_grid, in_row
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import IconLabel, Text, hairline
from tomsapp.services.table_types import FigureRow, ImportFigures, PolicyRow, ToDecide

_WIDTH = 332
_RIGHT_FROM = 1
_MOST_LINKS, _MOST_LETTERS = 8, 40


class FiguresPanel(ScrollArea):
    """The right-hand side of both steps."""

    decide_wanted = Signal(object)
    """The `ToDecide` that the person wants to see."""

    def __init__(self) -> None:
        self._column = in_column(margins=(18, 18, 18, 12), gap=8)
        super().__init__("What the import comes to", holding(self._column, "panel"), only_down=True)
        self.setFixedWidth(current_theme().px(_WIDTH))
        self._open = in_column(gap=2)
        self._said = ""

    def show_figures(self, figures: ImportFigures, left: Sequence[ToDecide]) -> None:
        """Show other figures, and what is left to decide; a changed headline is announced."""
        column = self._column
        empty_layout(column)
        column.addWidget(Text(figures.headline_words, "note_strong", "text_muted", wrap=True))
        column.addWidget(Text(figures.headline, "display"))
        if figures.now:
            column.addWidget(_pair(("Now", figures.now), ("Difference", figures.difference)))
        self._open = in_column(gap=2)
        column.addWidget(holding(self._open))
        self.show_open(left)
        if figures.rows:
            _section(column, "Was and offered, by line")
            column.addWidget(_table(("Was", "Offered"), figures.rows))
        if figures.own_total:
            _section(column, "Beside the file’s own total")
            column.addWidget(framed(_card(figures.own_total), "well"))
            if figures.own_parts:
                column.addWidget(_table((), figures.own_parts))
        if figures.policy:
            _section(column, "Policy checks, now and after")
            for row in figures.policy:
                column.addWidget(_PolicyNowAndAfter(row))
        column.addStretch(1)
        if figures.headline != self._said:
            self._said = figures.headline
            announce(self, f"{figures.headline_words}, {figures.headline}")

    def show_open(self, left: Sequence[ToDecide]) -> None:
        """Show what is left to decide, each a link to its place."""
        empty_layout(self._open)
        if not left:
            return
        self._open.addWidget(hairline())
        number = Text(f"{len(left)} left", "strong", "warning")
        self._open.addWidget(holding(in_row((Text("Before you go on", "strong"), 1), number)))
        for one in left[:_MOST_LINKS]:
            link = LinkButton(_short(one.words), role="note", does=partial(self._decide, one))
            link.setToolTip(one.words)
            link.setAccessibleName(one.words)
            self._open.addWidget(link, 0, LEFT)
        if len(left) > _MOST_LINKS:
            self._open.addWidget(Text(f"and {len(left) - _MOST_LINKS} more", "note", "text_muted"))

    def _decide(self, one: ToDecide, _checked: object = None) -> None:
        self.decide_wanted.emit(one)


def _short(words: str) -> str:
    return words if len(words) <= _MOST_LETTERS else f"{words[: _MOST_LETTERS - 1].rstrip()}…"


def _section(column: QVBoxLayout, title: str) -> None:
    column.addWidget(hairline())
    column.addWidget(Text(title, "strong", wrap=True))


def _pair(*pairs: tuple[str, str]) -> QWidget:
    parts = [in_column(Text(name, "small", "text_muted"), Text(figure, "strong"), gap=0) for name, figure in pairs]
    return holding(in_row(*((part, 1) for part in parts), gap=12))


def _card(rows: Sequence[FigureRow]) -> QVBoxLayout:
    return in_column(_table((), rows), margins=(12, 8, 12, 8))


def _table(heads: Sequence[str], rows: Sequence[FigureRow]) -> QWidget:
    """Rows of a label and figures at the right; the last of several groups is their sum."""
    grid = in_grid(gaps=(12, 3), shares=(1, 0, 0))
    for place, head in enumerate(heads):
        grid.addWidget(_right(Text(head, "small", "text_muted")), 0, place + _RIGHT_FROM)
    for number, row in enumerate(rows, 1):
        _add_row(grid, number, row, is_sum=bool(heads) and number == len(rows))
    return holding(grid)


def _add_row(grid: QGridLayout, number: int, row: FigureRow, *, is_sum: bool) -> None:
    role: FontRole = "note_strong" if is_sum else "note"
    grid.addWidget(Text(row.label, role, wrap=True), number, 0)
    for place, figure in enumerate((row.was, row.offered)):
        if figure:
            grid.addWidget(_right(Text(figure, role)), number, place + _RIGHT_FROM)


def _right(text: Text) -> Text:
    text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return text


class _PolicyNowAndAfter(QWidget):
    """A rule with its result now and after the import."""

    def __init__(self, row: PolicyRow) -> None:
        super().__init__()
        icon, tone = ("circle-check", "success_mark") if row.is_met else ("triangle-alert", "warning_mark")
        head = in_row(IconLabel(icon, tone, 18), (Text(row.name, "strong", wrap=True), 1), gap=8)
        now, after = f"Now: {row.now}", f"After: {row.after}"
        said = (Text(words, "note", "text_muted", wrap=True) for words in (now, after))
        in_column(head, in_column(*said, margins=(26, 0, 0, 0), gap=0), inside=self, gap=0)
        self.setAccessibleName(f"{row.name}. {now}. {after}")
