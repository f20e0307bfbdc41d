"""What is done when a key is pressed while a widget is shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

INSIDE = Qt.ShortcutContext.WidgetWithChildrenShortcut
"""The key works while the widget, or something in it, has the keyboard."""


def add_action(
    owner: QWidget,
    words: str,
    keys: str | QKeySequence.StandardKey,
    slot: Callable[[], object],
    scope: Qt.ShortcutContext = Qt.ShortcutContext.WindowShortcut,
) -> QAction:
    """Give a widget an action with a key; the list of keyboard shortcuts tells it in `words`."""
    action = QAction(words, owner)
    action.setShortcut(QKeySequence(keys))
    action.setShortcutContext(scope)
    action.triggered.connect(slot)
    owner.addAction(action)
    return action
