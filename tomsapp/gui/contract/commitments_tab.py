"""The commitments tab: the grid in its card, with its empty and loading states and what could not be saved."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from tomsapp.domain.errors import TomsError
from tomsapp.gui.contract.grid_model import GridModel
from tomsapp.gui.contract.grid_table import GridTable
from tomsapp.gui.contract.rows import GridContents
from tomsapp.gui.contract.years_bar import YearsBar
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.feedback import EmptyState
from tomsapp.gui.widgets.layouts import in_column, stack_of
from tomsapp.gui.widgets.pauses import after_a_pause
from tomsapp.gui.widgets.problems import ProblemRow

_BUSY_AFTER_MS = 300


class CommitmentsTab(QWidget):
    """Shows the grid, or why it is empty."""

    add_wanted = Signal()
    import_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.model = GridModel()
        self.table = GridTable(self.model)
        self.years = YearsBar()
        self._notice: ProblemRow | None = None
        self._today = QWidget(self)
        self._today.hide()
        self._try_again: Callable[[], None] | None = None
        self._busy = QProgressBar()
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._busy.setProperty("k", "line")
        self._busy.setAccessibleName("Opening the contract")
        self._busy.hide()
        self._timer = after_a_pause(self, _BUSY_AFTER_MS, self._busy.show)
        grid = Card()
        grid.body.setSpacing(0)
        grid.body.addWidget(self.years)
        grid.fill(self.table)
        self.years.hide()
        self._empty = self._build_empty()
        self._stack = stack_of(grid, self._empty)
        self._column = in_column(self._busy, (self._stack, 1), inside=self, gap=8)
        self.table.years_moved.connect(self._on_years_moved)
        self.years.first_wanted.connect(self.table.set_first_year)

    def _build_empty(self) -> Card:
        add = Button("Add measures", "primary", "plus", does=self.add_wanted)
        bring = Button("Import from spreadsheet", does=self.import_wanted)
        self._empty_buttons = (add, bring)
        sentence = "Add the measures that this supplier has promised."
        card = Card()
        card.fill(EmptyState("list-plus", "No commitments yet", sentence, add, bring))
        return card

    # What was sealed

    def set_sealed(self, banner: QWidget, today: QWidget) -> None:
        """Take in the facts of the seal, which stand above the grid, and today's values, which take its place."""
        self._column.insertWidget(0, banner)
        self._today = today
        self._stack.addWidget(today)

    def show_today(self, *, is_shown: bool) -> None:
        """Show today's values in the place of the grid, or the grid again."""
        if is_shown:
            self._stack.setCurrentWidget(self._today)
        elif self._stack.currentWidget() is self._today:
            self._stack.setCurrentIndex(0)

    # States

    def show_contents(self, contents: GridContents, reference: str) -> None:
        """Show the commitments of a contract."""
        self.set_loading(False)
        self.table.setAccessibleName(f"Commitments of {reference}")
        self.table.setAccessibleDescription("Tab goes to the next quantity, Ctrl+Tab leaves the grid")
        self.model.set_contents(contents)
        is_empty = not contents.checked.offer.commitments
        for button in self._empty_buttons:
            button.setVisible(not contents.is_locked)
        if self._stack.currentWidget() is not self._today:
            self._stack.setCurrentIndex(1 if is_empty else 0)
        if not is_empty and not self.table.currentIndex().isValid():
            self.focus_first_line()

    def clear(self) -> None:
        """Show nothing, until another contract was read."""
        self.clear_failure()
        self.set_loading(False)
        self.model.clear()
        self._stack.setCurrentIndex(0)

    @property
    def is_empty(self) -> bool:
        """Whether it says that there are no commitments yet."""
        return self._stack.currentWidget() is self._empty

    def focus_add(self) -> None:
        """Move the keyboard to the button that adds the first measures."""
        self._empty_buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_first_line(self) -> None:
        """Put the cursor on the first quantity."""
        first = next((row for row in range(self.model.rowCount()) if self.model.line_at(row)), None)
        if first is not None:
            self.table.go_to(first, 2)
            self.table.scrollToTop()

    def set_loading(self, is_loading: bool) -> None:
        """Show a thin bar if opening takes more than a moment."""
        if is_loading:
            self._timer.start()
        else:
            self._timer.stop()
            self._busy.hide()

    def show_failure(self, error: Exception, try_again: Callable[[], None] | None) -> None:
        """Say above the grid what could not be done; what was typed stays as it is."""
        self.clear_failure()
        self.set_loading(False)
        message, fix = (error.message, error.fix) if isinstance(error, TomsError) else (str(error), "")
        sentence = ". ".join(part.rstrip(".") for part in (message, fix) if part)
        self._notice = ProblemRow("error", f"{sentence}.", (("again", "Try again"),) if try_again else ())
        self._try_again = try_again
        if try_again is not None:
            self._notice.action_chosen.connect(self._on_try_again)
        self._column.insertWidget(0, self._notice)

    def clear_failure(self) -> None:
        """Take the message away."""
        if self._notice is not None:
            self._notice.hide()
            self._notice.deleteLater()
            self._notice = None

    def _on_try_again(self) -> None:
        self.clear_failure()
        if self._try_again is not None:
            self._try_again()

    def _on_years_moved(self) -> None:
        self.years.show_years([year.label for year in self.model.years], self.table.first_year, self.table.shown_years)
