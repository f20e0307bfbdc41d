"""What a screen reader is told that a widget is, where it is not what Qt takes it for."""

from __future__ import annotations

from functools import cache
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QAccessibleWidget, QWidget

from tomsapp.gui.widgets.buttons import COPY, TAB, TABS, TOLD_AS

_PRESS = QAccessibleActionInterface.pressAction()


class _Tab(QAccessibleWidget):
    """A tab: it says its words and whether it is the one that is shown, and can be pressed.

    No function here may give an interface: what stands for it in Python outlives it, and ends the program later.
    """

    def __init__(self, button: QAbstractButton) -> None:
        super().__init__(button, QAccessible.Role.PageTab)
        self._button = button

    def text(self, kind: QAccessible.Text) -> str:
        said = super().text(kind)
        return self._button.text() if kind == QAccessible.Text.Name and not said else said

    def state(self) -> QAccessible.State:
        state: Any = super().state()
        state.selectable, state.selected = True, self._button.isChecked()
        return state  # type: ignore[no-any-return]  # the stub of State lacks its parts

    def actionNames(self) -> list[str]:
        return [_PRESS, *super().actionNames()]

    def doAction(self, name: str) -> None:
        if name == _PRESS:
            self._button.animateClick()  # as Qt's own buttons do: who asks does not wait for what it leads to
        else:
            super().doAction(name)


class _Copy(QAccessibleWidget):
    """What is drawn once more over a table that has all of it: nothing is said of it, and nothing is in it."""

    def childCount(self) -> int:
        return 0

    def state(self) -> QAccessible.State:
        state: Any = super().state()
        state.invisible = True
        return state  # type: ignore[no-any-return]  # the stub of State lacks its parts


def _interface_of(_class_name: str, widget: QObject) -> QAccessibleInterface | None:
    told_as = widget.property(TOLD_AS)
    if told_as == TAB and isinstance(widget, QAbstractButton):
        return _Tab(widget)
    if told_as == COPY and isinstance(widget, QWidget):
        return _Copy(widget, QAccessible.Role.NoRole)
    if told_as == TABS and isinstance(widget, QWidget):
        return QAccessibleWidget(widget, QAccessible.Role.PageTabList)
    return None


@cache
def tell_roles() -> None:
    """Let Qt ask here what a widget is; from now on, for as long as the program runs."""
    QAccessible.installFactory(_interface_of)
