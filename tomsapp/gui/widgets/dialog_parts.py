"""What dialogs have in common: the buttons at their foot, a text to read, and their end."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout, QDialog, QDialogButtonBox, QPlainTextEdit, QScrollArea, QWidget

from tomsapp.gui.named import set_named
from tomsapp.gui.theme import current_theme
from tomsapp.gui.tokens import TITLE_BAR
from tomsapp.gui.widgets.buttons import Button

_Dialog = TypeVar("_Dialog", bound=QDialog)


def close_button(dialog: QDialog) -> QDialogButtonBox:
    """The foot of a dialog that only tells: Close."""
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    return buttons


def do_or_cancel(dialog: QDialog, words: str, slot: Callable[[], object]) -> QDialogButtonBox:
    """The foot of a dialog that does something: the button that does it, which Enter and Ctrl+S press, and Cancel."""
    buttons = QDialogButtonBox()
    go = Button(words, "primary", does=slot)
    go.setDefault(True)
    QShortcut(QKeySequence(QKeySequence.StandardKey.Save), dialog).activated.connect(go.click)
    buttons.addButton(go, QDialogButtonBox.ButtonRole.AcceptRole)
    buttons.addButton(Button("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
    buttons.rejected.connect(dialog.reject)
    return buttons


def text_to_read(name: str, text: str) -> QPlainTextEdit:
    """A long text that can be read and copied; Tab leaves it."""
    box = QPlainTextEdit(text)
    box.setReadOnly(True)
    box.setTabChangesFocus(True)
    box.setAccessibleName(name)
    return box


def open_once(dialog: _Dialog) -> _Dialog:
    """Open a dialog over its window, no higher than the screen; it is gone when it is closed."""
    dialog.finished.connect(dialog.deleteLater)
    if dialog.testAttribute(Qt.WidgetAttribute.WA_Resized):  # else Qt finds its size, within the screen
        take_room(dialog, dialog.width(), dialog.height())
    dialog.open()
    return dialog


def be_as_wide(dialog: QDialog, width: int) -> None:
    """Make a dialog with a column of parts at least so wide, in px at 100 % text size.

    Its layout is told, not the dialog: of that Qt would ask how high it is at the width that the words alone need.
    """
    column = cast("QBoxLayout", dialog.layout())
    margins = column.contentsMargins()
    column.addStrut(current_theme().px(width) - margins.left() - margins.right())


def fit_to_fields(dialog: QDialog, width: int, area: QScrollArea, fields: QWidget) -> None:
    """Give a dialog `width` px and the height of its fields, which stand in a scroll area where the screen is lower."""
    column, inner = cast("QBoxLayout", dialog.layout()), cast("QBoxLayout", fields.layout())
    area.updateGeometry()  # what is remembered of it is from before it held the fields
    for each in (inner, column):
        each.activate()
    margins = column.contentsMargins()
    around = _height(column, width) - area.sizeHint().height()
    # An area makes its content no lower than its least, which is more than words need that wrap at this width.
    needed = max(_height(inner, width - margins.left() - margins.right()), inner.totalMinimumSize().height())
    set_named(area, verticalScrollBarPolicy="ScrollBarAlwaysOff")  # one from before would take the room for a word
    take_room(dialog, width, around + needed)
    set_named(area, verticalScrollBarPolicy="ScrollBarAsNeeded")


def _height(layout: QBoxLayout, width: int) -> int:
    """How high a layout is at a width; where nothing in it wraps, at any."""
    return layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()


def take_room(dialog: QDialog, width: int, height: int) -> None:
    """Give a dialog the size that it needs, as far as the screen has it: by itself Qt gives two thirds at most."""
    dialog.resize(QSize(width, height).boundedTo(room_of(dialog)))


def room_of(window: QWidget) -> QSize:
    """What a window can have of the screen that it is on, below its title bar."""
    screen = window.screen().availableGeometry()
    return QSize(screen.width(), screen.height() - TITLE_BAR)
