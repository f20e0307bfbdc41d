"""What a tab of the tender page is, and what a step of its set-up is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from tomsapp.gui.tenders.field_place import place_of

if TYPE_CHECKING:
    from tomsapp.domain.tender.setup import SetUpProblem
    from tomsapp.services.tenders.reading import OpenTender


class TenderTab(QWidget):
    """A tab of the tender page; it is told anew whenever the tender was read, and only while it is the one shown."""

    wants_page = Signal(str, object)
    """Key of another page and what it should show there."""
    wants_tab = Signal(str, object)
    """Key of another tab of this tender and the place in it to go to, or None."""
    wants_toast = Signal(object)
    wants_panel = Signal(bool)
    """Open the tab's own panel (True), or close it where it lies over the page."""
    panel_changed = Signal()
    """Another panel, other buttons of the head or another count belong to it now."""
    stale = Signal()
    """Somebody may have been first, so the tender is to be read again."""

    def show_tender(self, opened: OpenTender | None) -> None:
        """Show what was read of a tender; None before anything is, and when another one is opened."""
        raise NotImplementedError

    @property
    def panel(self) -> QWidget | None:
        """What stands in the right-hand panel while this tab is shown."""
        return None

    @property
    def head_buttons(self) -> Sequence[QWidget]:
        """What stands at the right of the page's head while this tab is shown, the main button last."""
        return ()

    @property
    def head_words(self) -> str:
        """What stands at the right of the names of the tabs: "8 decided, 2 waiting for an answer, 1 open"."""
        return ""

    @property
    def count(self) -> int | None:
        """What stands in brackets behind the tab's name; None for nothing."""
        return None

    def step(self, _by: int) -> bool:
        """Go to the next (or, for -1, the last) thing to be done here; False where there is none."""
        return False

    def go_to(self, _place: object) -> None:
        """Show a place that another tab or page leads to, if the tab has it."""

    def page_actions(self) -> Sequence[QAction]:
        """Actions with shortcuts that work while this tab is shown."""
        return self.actions()

    def commands(self) -> Sequence[QAction]:
        """What else can be done here and has no key; the search over the window finds it."""
        return ()

    def take_keyboard(self) -> None:
        """Move the keyboard to where work begins."""
        self.setFocus()


class SetUpStep(QWidget):
    """A step of the set-up; every step can be opened at any time."""

    beside_heading: QWidget | None = None
    """What stands at the right of its heading while it is shown."""

    stale = Signal()
    """Something was saved or somebody was first, so the tender is to be read again."""
    wants_page = Signal(str, object)
    wants_toast = Signal(object)
    wants_step = Signal(int, str)
    """Another step, from 1, and the field in it to go to, or ""."""
    wants_tab = Signal(str, object)
    """Key of another tab of this tender and the place in it to go to, or None."""

    def show_tender(self, opened: OpenTender | None) -> None:
        """Show what was read of a tender; None before anything is, and when another one is opened."""
        raise NotImplementedError

    def focus_field(self, _name: str) -> None:
        """Move the keyboard to what a problem is about (see `place_in_step`), else to where the step begins."""
        self.setFocus()

    def save_now(self) -> bool:
        """Save what is typed and not saved yet; False where it cannot be, and the keyboard is where it is wrong."""
        return True


class SetUpPanel(QWidget):
    """What stands in the right-hand panel beside the steps of the set-up, whichever of them is shown."""

    stale = Signal()
    """Something was saved or somebody was first, so the tender is to be read again."""
    wants_page = Signal(str, object)
    wants_toast = Signal(object)
    wants_step = Signal(int, str)
    """A step, from 1, and the field in it to go to, or ""."""
    wants_tab = Signal(str, object)
    """Key of another tab of this tender and the place in it to go to, or None."""

    def show_tender(self, opened: OpenTender | None) -> None:
        """Show what was read of a tender; None before anything is, and when another one is opened."""
        raise NotImplementedError


def place_in_step(problem: SetUpProblem) -> str:
    """The field that a problem is about, as steps take it: of lot 2 its "value" is "2 value"; see `read_place`."""
    return place_of(problem).name
