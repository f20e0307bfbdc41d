"""One line of an import: what is held and what is offered, side by side, and all that is said of it."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from tomsapp.domain.wording import format_pounds
from tomsapp.gui.importing.changed_meanwhile import Changed
from tomsapp.gui.theme import current_theme
from tomsapp.gui.tokens import FontRole
from tomsapp.gui.widgets.dialog_parts import close_button
from tomsapp.gui.widgets.edges import TOP
from tomsapp.gui.widgets.layouts import DIALOG_MARGINS, STRETCH, holding, in_column, in_grid
from tomsapp.gui.widgets.problems import rows_of
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import Text
from tomsapp.services.table_types import MatchedCell, MatchedLine

_WIDTH, _HEIGHT = 760, 460
_SHARES = (1, 2, 2)


class LineDetails(QDialog):
    """Every fact of the line, those that are other in strong letters; `changed` are those changed meanwhile."""

    def __init__(self, line: MatchedLine, changed: Changed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        name = f"{line.code} {line.title}".strip()
        self.setWindowTitle(name)
        grid = in_grid(gaps=(16, 8), shares=_SHARES)
        for column, words in enumerate(("", "Was", "Offered")):
            grid.addWidget(Text(words, "small_strong", "text_muted"), 0, column)
        for place, cell in enumerate((*line.cells, *_values(line)), 1):
            role: FontRole = "strong" if cell.is_other else "body"
            grid.addWidget(Text(cell.label, "note", "text_muted", wrap=True), place, 0, TOP)
            was = _was_words(cell, changed.get((line.key, cell.label)))
            grid.addWidget(Text(was, role, wrap=True, selectable=True), place, 1, TOP)
            grid.addWidget(Text(cell.offered or "none", role, wrap=True, selectable=True), place, 2, TOP)
        content = holding(in_column(holding(grid), *rows_of(line.problems), STRETCH, gap=8))
        about = Text(" · ".join(part for part in (line.row, line.unit) if part), "note", "text_muted")
        area = ScrollArea("Was and offered", content, only_down=True)
        parts = Text(name, "h2", wrap=True), about, (area, 1), close_button(self)
        in_column(*parts, inside=self, margins=DIALOG_MARGINS, gap=8)
        self.resize(current_theme().px(_WIDTH), current_theme().px(_HEIGHT))


def _was_words(cell: MatchedCell, before: str | None) -> str:
    """What is held, and what was until somebody changed it while the file stood beside it."""
    was = cell.was or "none"
    return was if before is None else f"{was}\nChanged in the program meanwhile, {before or 'none'} before"


def _values(line: MatchedLine) -> tuple[MatchedCell, ...]:
    """What the line comes to, where it is valued."""
    was, offered = ("" if one is None else format_pounds(one) for one in (line.was_value, line.offered_value))
    return (MatchedCell("Value", was, offered, was != offered),) if was or offered else ()
