"""Cells and rows that are chosen by assistive technology, which has neither keys nor a mouse."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

if TYPE_CHECKING:
    _View = QAbstractItemView
else:
    _View = object
_Selected = QModelIndex | QPersistentModelIndex | QItemSelection
_Flag = QItemSelectionModel.SelectionFlag
_BARE = tuple(way | more for way in (_Flag.Select, _Flag.Deselect) for more in (_Flag.NoUpdate, _Flag.Rows))
"""How assistive technology selects or unselects: one cell or row, leaving all others and the cursor as they are."""


class HeardSelection(QItemSelectionModel):
    """Puts the cursor where assistive technology selects or unselects, and tells of it.

    Qt offers a cell's one action, Toggle, as a change of the selection that no key and no click makes, and says
    nothing of it to the program.
    """

    chosen = Signal(QModelIndex)
    """Assistive technology chose this cell or row, the current one too."""
    chosen_again = Signal(QModelIndex)
    """It chose a cell of the row in which the cursor was already; told after `chosen`."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view.model(), view)
        self._view = view

    def select(self, what: _Selected, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select as Qt does, unless assistive technology asks."""
        if not isinstance(what, QModelIndex) or command not in _BARE or not what.isValid():
            super().select(what, command)
        elif what.flags() & Qt.ItemFlag.ItemIsSelectable:
            before, place = self.currentIndex(), QPersistentModelIndex(what)
            is_again = (before.row(), before.parent()) == (what.row(), what.parent())
            self._view.setCurrentIndex(what)
            # Who asks waits for an answer, and gets none while a dialog is open.
            QTimer.singleShot(0, self, lambda: self._tell(place, is_again=is_again))

    def _tell(self, place: QPersistentModelIndex, *, is_again: bool) -> None:
        if place.isValid():
            self.chosen.emit(QModelIndex(place))  # type: ignore[call-overload]
        if place.isValid() and is_again:
            self.chosen_again.emit(QModelIndex(place))  # type: ignore[call-overload]


def plain_command(command: QItemSelectionModel.SelectionFlag) -> QItemSelectionModel.SelectionFlag:
    """What a key or a click is to do, told apart from what assistive technology does: Space asks for the same."""
    return command | _Flag.Current if command in _BARE else command


def hear_choices(
    view: QAbstractItemView,
    does: Callable[[QModelIndex], object] | None = None,
    does_again: Callable[[QModelIndex], object] | None = None,
) -> None:
    """Let assistive technology choose in a view that has its model; `does` is done with what it chooses.

    `does_again` is done, after that, where it chooses in the row in which the cursor is: as a double click opens.

    Where something is done, it is done with the current row or cell as well: Qt says nothing of it unless several can
    be selected, and so the view is to be one of `ChosenOneByOne` or to tell its own way in `selectionCommand`.
    """
    if does is not None:
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    selection = HeardSelection(view)
    view.setSelectionModel(selection)
    if does is not None:
        selection.chosen.connect(does)
    if does_again is not None:
        selection.chosen_again.connect(does_again)


class ChosenOneByOne(_View):
    """Has one row chosen at a time, and yet lets assistive technology choose the one that is; before Qt's class.

    Where Qt knows that one alone can be chosen, it passes over Toggle on it.
    """

    def selectionCommand(
        self, _index: QModelIndex | QPersistentModelIndex, _event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """Whatever a key or the mouse does, the row it comes to is the only one."""
        return _Flag.ClearAndSelect

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Choose nothing by dragging."""
        if not event.buttons():
            super().mouseMoveEvent(event)


class ChoiceList(ChosenOneByOne, QListView):
    """A list to choose one from."""
