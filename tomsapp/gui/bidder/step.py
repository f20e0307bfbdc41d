"""What a step of the bidder's window is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from tomsapp.gui.bidder.answering import Answering
from tomsapp.services.bidding.work import Place


class _StepKeys(QObject):
    """Lets the keys that go from step to step through a box of text, which would move its cursor by them."""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Leave Alt with Left and Right to the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_step = event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right)
            if is_step and event.modifiers() == Qt.KeyboardModifier.AltModifier:
                event.ignore()
                return True
        return False


def let_steps_through(box: QPlainTextEdit) -> None:
    """Have Alt+Right and Alt+Left go to the next step and back from within a box of text too."""
    box.installEventFilter(_StepKeys(box))


class BidderStep(QWidget):
    """A step that shows the offer; it is told when it changed while it is the one shown, and when it comes."""

    wants_place = Signal(object)
    """Go to a place in whichever step it is."""
    wants_toast = Signal(object)

    sentence = ""
    """What stands under the step's heading."""
    hint = ""
    """What stands at the right of its buttons."""

    def __init__(self, answering: Answering) -> None:
        super().__init__()
        self.answering = answering

    def show_work(self) -> None:
        """Show the offer as it stands; what is typed in a field that has the keyboard stays as it is typed."""
        raise NotImplementedError

    def focus_place(self, _place: Place) -> None:
        """Move the keyboard to a place of the offer."""
        self.take_keyboard()

    def take_keyboard(self) -> None:
        """Move the keyboard to where the step begins."""
        self.setFocus()
