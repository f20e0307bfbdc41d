"""What is done when a key is pressed or a line of a menu is chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

INSIDE = Qt.ShortcutContext.WidgetWithChildrenShortcut
"""The key works while the widget, or something in it, has the keyboard."""


def new_action(
    owner: QObject, words: str, slot: Callable[[], object], keys: str | QKeySequence.StandardKey = ""
) -> QAction:
    """An action that stands in menus, and has a key where one is given; it works where it is added."""
    action = QAction(words, owner)
    if keys:
        action.setShortcut(QKeySequence(keys))
    action.triggered.connect(slot)
    return action


def menu_of(parent: QWidget, *groups: Iterable[QAction]) -> QMenu:
    """A menu of actions, with a line between their groups."""
    menu = QMenu(parent)
    for place, group in enumerate(groups):
        if place:
            menu.addSeparator()
        menu.addActions(list(group))
    return menu


def add_action(
    owner: QWidget,
    words: str,
    keys: str | QKeySequence.StandardKey,
    slot: Callable[[], object],
    scope: Qt.ShortcutContext = Qt.ShortcutContext.WindowShortcut,
) -> QAction:
    """Give a widget an action with a key; the list of keyboard shortcuts tells it in `words`."""
    action = new_action(owner, words, slot, keys)
    action.setShortcutContext(scope)
    owner.addAction(action)
    return action
