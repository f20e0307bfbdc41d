"""The list of keyboard shortcuts, made from the actions that there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QMenu, QMenuBar, QWidget

from tomsapp.gui.commands import plain
from tomsapp.gui.registry import KEPT_KEYS
from tomsapp.gui.widgets.dialog_parts import close_button
from tomsapp.gui.widgets.edges import TOP
from tomsapp.gui.widgets.layouts import holding, in_column, in_grid
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import Text


@dataclass(frozen=True, slots=True)
class Shortcut:
    """One key with what it does and the group it stands in."""

    group: str
    words: str
    keys: str


TABLE_KEYS = (
    Shortcut("Tables", "Open the row", "Enter"),
    Shortcut("Tables", "How a figure came about", "Ctrl+Enter"),
    Shortcut("Tables", "Copy the chosen rows with heads", "Ctrl+C"),
    Shortcut("Tables", "Go up to the column heads, then sort with Enter", "Up"),
    Shortcut("Commitments", "Change the quantity; or type over it", "F2"),
    Shortcut("Commitments", "Next quantity", "Tab"),
    Shortcut("Commitments", "Leave the grid", "Ctrl+Tab"),
    Shortcut("Commitments", "Details of the line", "Alt+Enter"),
    Shortcut("Commitments", "Copy the year to the right", "Ctrl+D"),
    Shortcut("Commitments", "Make the chosen quantities blank", "Backspace"),
    Shortcut("Commitments", "Remove the line", "Delete"),
    Shortcut("Commitments", "Fold or unfold a theme or outcome", "Space"),
    Shortcut("Commitments", "Copy the explanation as text", "Ctrl+Shift+C"),
    Shortcut("Delivery", "Open the quarter", "Enter"),
    Shortcut("Delivery", "Copy the plan into the claim", "C"),
    Shortcut("Delivery", "Next cell that waits for a decision", "F8"),
    Shortcut("Window", "Next part of the window: pages, page, panel, status", "F6"),
    Shortcut("Window", "Close the panel or the search", "Esc"),
)
"""Keys that are no actions, because the control under the focus takes them."""


def shortcuts_of(menu_bar: QMenuBar, page_title: str, page_actions: Iterable[QAction]) -> list[Shortcut]:
    """Every shortcut of the menus and of one page."""
    found: list[Shortcut] = []
    for action in menu_bar.actions():
        group = plain(action.text())
        found += _of_menu(action.menu(), group)
        if group == "View":
            found += [Shortcut(group, f"Kept for {page}, which are still to come", keys) for keys, page in KEPT_KEYS]
    found += [s for action in page_actions for s in _of_action(action, page_title)]
    return [*found, *TABLE_KEYS]


def _of_menu(menu: object, group: str) -> list[Shortcut]:
    if not isinstance(menu, QMenu):
        return []
    return [
        shortcut
        for action in menu.actions()
        for shortcut in (_of_menu(action.menu(), group) if action.menu() else _of_action(action, group))
    ]


def _of_action(action: QAction, group: str) -> list[Shortcut]:
    keys = [key.toString(QKeySequence.SequenceFormat.NativeText) for key in action.shortcuts()]
    words = plain(action.text())
    return [Shortcut(group, words, " or ".join(keys))] if keys and words else []


class ShortcutsDialog(QDialog):
    """Shows shortcuts by group."""

    def __init__(self, shortcuts: Sequence[Shortcut], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard shortcuts")
        self.resize(560, 560)
        grid = in_grid(margins=(11, 11, 11, 11), gaps=(32, 6), shares=(1,))
        group = ""
        for shortcut in shortcuts:
            if shortcut.group != group:
                group = shortcut.group
                grid.addWidget(Text(group, "h3"), grid.rowCount(), 0, 1, 2)
            row = grid.rowCount()
            grid.addWidget(Text(shortcut.words, wrap=True), row, 0)
            grid.addWidget(Text(shortcut.keys, "note_strong", "text_muted"), row, 1, TOP)
        grid.setRowStretch(grid.rowCount(), 1)
        area = ScrollArea("Keyboard shortcuts", holding(grid))
        in_column((area, 1), close_button(self), inside=self, margins=(24, 16, 24, 16))
