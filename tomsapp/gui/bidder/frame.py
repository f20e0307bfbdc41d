"""What the parts of the bidder's window know of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QMainWindow

from tomsapp.config.preferences import Preferences
from tomsapp.gui.bidder.answering import Answering
from tomsapp.gui.bidder.bars import BidderBars
from tomsapp.gui.bidder.step import BidderStep
from tomsapp.gui.jobs import Jobs
from tomsapp.gui.widgets.text import Text
from tomsapp.services.bidding.opening import BegunOffer
from tomsapp.services.bidding.steps import Step


class BidderFrame(QMainWindow):
    """The offer that is shown, and what can be asked of its window."""

    begun: BegunOffer
    answering: Answering
    current: Step

    def __init__(self, jobs: Jobs, preferences: Preferences, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.jobs, self.preferences, self.now = jobs, preferences, now
        self.bars = BidderBars()
        self.heading = Text("", "h2")

    def show_begun(self, begun: BegunOffer) -> None:
        """Show another offer; the last one is kept first."""
        raise NotImplementedError

    def step_widget(self, step: Step) -> BidderStep:
        """A step; it is made when it is first shown."""
        raise NotImplementedError

    def save(self) -> None:
        """Save the offer file, or go to the first thing that is left."""
        raise NotImplementedError
