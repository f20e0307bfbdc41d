"""The preview of an import: each row of the file, whether it comes in, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tomsapp.domain.commitment import Commitment
from tomsapp.domain.money import round_pounds, total
from tomsapp.domain.problems import Severity, has_errors
from tomsapp.domain.wording import format_pounds, format_quantity, plural
from tomsapp.gui.models.column import Column, pounds_column
from tomsapp.gui.models.row_model import RowModel
from tomsapp.gui.widgets.actions import add_action
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.data_table import DataTable
from tomsapp.gui.widgets.layouts import in_column
from tomsapp.gui.widgets.text import Text
from tomsapp.services.importing import ImportRow

_CHOOSE = "Choose a row to read all that is said about it. Space includes it or leaves it out."


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """A row of the file with the user's choice."""

    row: ImportRow
    is_included: bool

    @property
    def state(self) -> str:
        """Whether it comes in, in words."""
        if self.row.commitment is None:
            return "Cannot"
        return "Yes" if self.is_included else "No"

    @property
    def said(self) -> str:
        """What is wrong, the worst first, in one line."""
        problems = sorted(self.row.problems, key=lambda problem: list(Severity).index(problem.severity))
        if not problems:
            return "None"
        more = f" and {len(problems) - 1} more" if len(problems) > 1 else ""
        return f"{problems[0].message}{more}"

    @property
    def tone(self) -> str:
        """Colour of what is said."""
        if not self.row.problems:
            return "text_muted"
        return "danger" if has_errors(self.row.problems) else "warning"


_TONE_ICONS = {"danger": "octagon-alert", "warning": "triangle-alert"}
_STATE_ICONS = {"Yes": "check", "No": "minus", "Cannot": "x"}

COLUMNS: tuple[Column[PreviewLine], ...] = (
    Column("use", "Include", lambda line: line.state, icon=lambda line: _STATE_ICONS[line.state], width=104),
    Column(
        "row",
        "Row",
        lambda line: str(line.row.number),
        sort_key=lambda line: line.row.number,
        align="right",
        width=56,
    ),
    Column("measure", "Measure", lambda line: line.row.measure),
    Column("quantities", "Quantities", lambda line: _quantities(line.row.quantities), width=150),
    Column(
        "stated",
        "In the file",
        lambda line: "" if line.row.stated is None else format_pounds(round_pounds(line.row.stated)),
        sort_key=lambda line: line.row.stated,
        tone=lambda line: "warning" if _is_other(line.row) else "text_muted",
        icon=lambda line: _TONE_ICONS["warning"] if _is_other(line.row) else None,
        align="right",
        width=128,
    ),
    pounds_column("value", "Social value", lambda line: line.row.social_value, 128),
    Column(
        "problems",
        "Problems",
        lambda line: line.said,
        tone=lambda line: line.tone,
        icon=lambda line: _TONE_ICONS.get(line.tone),
        width=330,
    ),
)


def _quantities(quantities: Sequence[Decimal | None]) -> str:
    return ", ".join("–" if quantity is None else format_quantity(quantity) for quantity in quantities)


def _is_other(row: ImportRow) -> bool:
    """Whether the file shows another value for the row than comes in."""
    return row.stated is not None and round_pounds(row.stated) != (row.social_value or 0)


class ImportTable(QWidget):
    """The rows with their problems; Space, Enter or a double click includes a row or leaves it out."""

    chosen_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.model = RowModel(COLUMNS)
        self.table = DataTable(self.model, "Rows of the file")
        self.details = Text(_CHOOSE, "note", "text_muted", wrap=True, selectable=True)
        self.details.setAccessibleName("About the chosen row")
        add_action(self.table, "Include the row, or leave it out", "Space", self.toggle_selected)
        card = Card()
        card.fill(self.table, self.details)
        in_column(card, inside=self)
        self.table.row_opened.connect(self.toggle_selected)
        self.table.current_row_changed.connect(self._on_current)

    def show_rows(self, rows: Sequence[ImportRow]) -> None:
        """Show the rows of a file; those without an error are included."""
        self.model.set_rows(PreviewLine(row, is_included=row.commitment is not None) for row in rows)
        self.details.setText(_CHOOSE)
        self.chosen_changed.emit()

    @property
    def commitments(self) -> list[Commitment]:
        """The commitments of the included rows, in the order of the file."""
        lines = sorted(self._included(), key=lambda line: line.row.number)
        return [line.row.commitment for line in lines if line.row.commitment is not None]

    @property
    def summary(self) -> str:
        """What would come in, in words."""
        values = [line.row.social_value for line in self._included() if line.row.social_value is not None]
        return f"{plural(len(self.commitments), 'commitment')}, {format_pounds(total(values))} of social value"

    def _included(self) -> list[PreviewLine]:
        return [line for line in self.model.shown_rows() if line.is_included]

    def toggle_selected(self) -> None:
        """Include the chosen rows, or leave them out when all of them are in."""
        chosen = [line for line in self.table.selected_rows() if isinstance(line, PreviewLine)]
        able = {line.row.number for line in chosen if line.row.commitment is not None}
        if not able:
            return
        include = not all(line.is_included for line in chosen if line.row.number in able)
        place = self.table.currentIndex().row()
        self.model.set_rows(
            replace(line, is_included=include) if line.row.number in able else line
            for line in sorted(self.model.shown_rows(), key=lambda line: line.row.number)
        )
        self.table.select_place(place)
        self.chosen_changed.emit()

    def _on_current(self, line: PreviewLine | None) -> None:
        if line is None:
            self.details.setText(_CHOOSE)
        elif line.row.problems:
            self.details.setText("\n".join(map(str, line.row.problems)))
        else:
            self.details.setText(f"Row {line.row.number}: {line.row.measure}. Nothing is wrong with it.")
