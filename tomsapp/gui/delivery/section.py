"""What a part of the tab Delivery is, and what it is given to show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QTableView, QWidget

from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.buttons import Button, ExclusiveButtons
from tomsapp.gui.widgets.flow import ChipFlow
from tomsapp.services.delivery import OpenDelivery


class ShownDelivery(NamedTuple):
    """What a part of the tab shows.

    Attributes:
        opened: the contract as it was read last.
        year: the contract year that is chosen, 0 is the first.
        today: the day to which the figures are, and on which what is due is judged.
    """

    opened: OpenDelivery
    year: int
    today: date


class DeliverySection(QWidget):
    """One part of the tab; it is told anew whenever something was read, and only while it is the one that is shown."""

    wants_page = Signal(str, object)
    """Key of another page and what it should show there."""
    wants_toast = Signal(object)
    wants_panel = Signal(bool)
    """Open the part's own panel (True), or close it where it lies over the page."""
    stale = Signal()
    """Somebody may have been first, so the contract is to be read again."""
    decided = Signal(object)
    """The `OpenDelivery` as it is after what was done here: it is shown before anything is read again."""
    year_wanted = Signal(int)
    """Another contract year is to be shown, 0 is the first."""

    has_years = False
    """Whether it shows one contract year, which is chosen beside the tabs."""

    def show_delivery(self, shown: ShownDelivery | None) -> None:
        """Show what was read of a contract; None before anything is, and when another one is opened."""
        raise NotImplementedError

    @property
    def panel(self) -> QWidget | None:
        """What stands in the right-hand panel while this part is shown; None where that of the commitments stays."""
        return None

    def go_to_cell(self, commitment: str, quarter: Quarter) -> None:
        """Put the cursor on a commitment in one of its quarters, if the part has it."""

    def step(self, _by: int) -> bool:
        """Go to the next (or, for -1, the last) thing to be done here; False where the part has none of its own."""
        return False

    def take_keyboard(self) -> None:
        """Move the keyboard to where work begins."""
        self.setFocus()


def told_and_stale(session: Session, stale: SignalInstance) -> Callable[[Exception], None]:
    """What to do where an act was refused: say why, and read again, as somebody may have been first."""

    def refused(error: Exception) -> None:
        session.jobs.failed.emit(error)
        stale.emit()

    return refused


class SectionEntry(NamedTuple):
    """A part of the tab: its key, its name in the row of parts, and what makes it when it is first shown."""

    key: str
    words: str
    make: Callable[[Session], DeliverySection]


class SectionStrip(ExclusiveButtons):
    """The names of the parts, in as many rows as they need; Tab enters once, the arrow keys move and choose."""

    def __init__(self, name: str, sections: Sequence[SectionEntry]) -> None:
        super().__init__(name)
        buttons = []
        for entry in sections:
            button = Button(entry.words, small=True)
            button.setProperty("k", "segment")
            button.setProperty("place", "only")
            button.setAutoExclusive(True)  # or a screen reader takes it for a check box
            self._add(entry.key, button)
            buttons.append(button)
        self._row.addWidget(ChipFlow(buttons, QWidget()), 1)

    def step(self, by: int) -> None:
        """Choose the part `by` places further, round the end."""
        self._group.button((self._group.checkedId() + by) % len(self._keys)).setChecked(True)


def go_to_row(table: QTableView, place: int | None) -> None:
    """Put the cursor into a row of a list that was shown anew; into its first where that one is no more."""
    index = table.model().index(place or 0, 0)
    if index.isValid():
        table.setCurrentIndex(index)
