"""What a step of the bidder's window is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tomsapp.gui.bidder.answering import Answering
from tomsapp.services.bidding.work import Place


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
