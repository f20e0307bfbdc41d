"""The sheets of a file side by side: each with what was found in it, and a tick that brings its lines in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QWidget

from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.layouts import STRETCH, empty_layout, in_column, in_row
from tomsapp.gui.widgets.text import Text
from tomsapp.services.table_import import RowKind, SheetLabels

_MOST_LETTERS = 26


class SheetTabs(QWidget):
    """One tab a sheet; Ctrl+PgUp and Ctrl+PgDn go from one to the next."""

    chosen = Signal(str)
    """The name of the sheet that is shown from now on."""
    ticked = Signal(str, bool)
    """A sheet, and whether its lines come in."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Sheets of the file")
        self._row = in_row(inside=self, gap=4)
        self._tabs: dict[str, _SheetTab] = {}
        self.current = ""

    def show_sheets(self, sheets: Sequence[SheetLabels], hidden: Sequence[str], current: str) -> None:
        """Show the sheets with what was found in them."""
        if list(self._tabs) != [sheet.name for sheet in sheets]:
            empty_layout(self._row)
            self._tabs = {sheet.name: _SheetTab(sheet.name) for sheet in sheets}
            for name, tab in self._tabs.items():
                tab.button.clicked.connect(partial(self.show_sheet, name))
                tab.tick.toggled.connect(partial(self.ticked.emit, name))
                self._row.addWidget(tab)
            self._row.addStretch(1)
        for sheet in sheets:
            self._tabs[sheet.name].show_labels(sheet, is_hidden=sheet.name in hidden)
        self._mark(current)

    def show_sheet(self, name: str, _checked: object = None) -> None:
        """Go to a sheet."""
        self._mark(name)
        self.chosen.emit(name)

    def step(self, by: int) -> None:
        """Go to the next sheet, or the one before."""
        names = list(self._tabs)
        if self.current in names:
            self.show_sheet(names[(names.index(self.current) + by) % len(names)])

    def _mark(self, current: str) -> None:
        self.current = current
        for name, tab in self._tabs.items():
            tab.button.setChecked(name == current)


class _SheetTab(QFrame):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.tick = QCheckBox()
        shown = name if len(name) <= _MOST_LETTERS else f"{name[: _MOST_LETTERS - 1]}…"
        self.button = Button(shown or "The table", "tab")
        self.button.setCheckable(True)
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._name = name
        self._found = Text("", "small", "text_muted")
        in_row(
            self.tick, in_column(self.button, self._found, gap=0), STRETCH, inside=self, margins=(8, 2, 12, 2), gap=8
        )

    def show_labels(self, sheet: SheetLabels, *, is_hidden: bool) -> None:
        """Show what was found, and whether its lines come in."""
        found = f"{sheet.found}, hidden in the file" if is_hidden else sheet.found
        self._found.setText(found)
        self._found.set_tone("warning" if sheet.is_doubtful else "text_muted")
        has_table = bool(sheet.rows_of(RowKind.LINE))
        self.tick.setVisible(has_table)
        with QSignalBlocker(self.tick):
            self.tick.setChecked(sheet.is_read)
        self.tick.setAccessibleName(f"Bring in the lines of sheet {self._name}")
        self.button.setAccessibleName(f"Sheet {self._name or 'of the file'}, {found}")
        self.button.setToolTip(self._name)
