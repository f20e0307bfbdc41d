"""The part Quarters: what was returned for each commitment, quarter by quarter of one contract year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from PySide6.QtWidgets import QWidget

from tomsapp.domain.delivery.claims import cell_of
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.domain.wording import listed, plural
from tomsapp.gui.delivery.delivery_panel import DeliveryPanel
from tomsapp.gui.delivery.quarter_model import QuarterModel
from tomsapp.gui.delivery.quarter_table import QuarterTable
from tomsapp.gui.delivery.section import DeliverySection, ShownDelivery
from tomsapp.gui.delivery.stops import Stops
from tomsapp.gui.delivery.totals_card import TotalsCard
from tomsapp.gui.delivery.year_grid import FIRST_QUARTER
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.layouts import in_column
from tomsapp.gui.widgets.text import Text

_NOTHING_RETURNED = "Nothing was returned yet. The cells say what is planned."
_KEYS = "Arrows move by cell, Enter opens it, C copies the plan into the claim, F8 goes to the next to decide"


class QuartersSection(DeliverySection):
    """Totals and quarter grid of a contract, with the quarter under the cursor in the panel."""

    has_years = True

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._shown: ShownDelivery | None = None
        self._stops = Stops()
        self.totals = TotalsCard()
        self.model = QuarterModel()
        self.table = QuarterTable(self.model)
        self.table.setAccessibleDescription(_KEYS)
        self.side = DeliveryPanel(session)
        self.note = Text("", "note", "text_muted", wrap=True)
        self.note.hide()
        grid = Card()
        grid.fill(self.table)
        in_column(self.totals, self.note, (grid, 1), inside=self, gap=10)
        self.table.selectionModel().currentChanged.connect(lambda *_cells: self._on_moved())
        self.table.cell_opened.connect(self.open_cell)
        self.table.plan_wanted.connect(self.copy_plan)
        self.side.saved.connect(self._on_done)
        self.side.decisions.decided.connect(self.decided)
        for part in (self.side.decisions, self.side.shortfalls):
            part.done.connect(self._on_done)
            part.refused.connect(self.stale)
        for kept in (self.side.evidence, self.side.people):
            kept.refused.connect(self.stale)
        for leading in (self.side.evidence, self.side.decisions):
            leading.wants_page.connect(self.wants_page)

    @property
    def panel(self) -> QWidget | None:
        """What was returned in the quarter under the cursor."""
        return self.side

    # Showing

    def show_delivery(self, shown: ShownDelivery | None) -> None:
        """Show the figures and a contract year; the cursor stays where its row and quarter stay."""
        self._shown = shown
        if shown is None:
            self._stops.forget()
            self.model.show_year(None, 0)
            self._show_cell()
            return
        opened = shown.opened
        self.totals.show_figures(opened.delivered)
        self.model.show_year(opened.delivered, shown.year)
        year = opened.delivered.years[shown.year].label
        self.table.setAccessibleName(f"Deliveries of {opened.contract.reference}, year {year}")
        self.note.setText(self._elsewhere(shown) if opened.deliveries else _NOTHING_RETURNED)
        self.note.setVisible(bool(self.note.text()))
        if not self.table.currentIndex().isValid():
            self.table.go_to(0, FIRST_QUARTER)
        self._show_cell()

    def _on_moved(self) -> None:
        if self.table.hasFocus():
            self._stops.came_to(self._here())
        self._show_cell()

    def _here(self) -> tuple[int, ...]:
        """Contract year, row and place in the year of the cursor."""
        index = self.table.currentIndex()
        return self._shown.year if self._shown else 0, index.row(), index.column() - FIRST_QUARTER

    def _show_cell(self) -> None:
        line, figures = self.table.current_line(), self.table.current_quarter()
        opened, today = (self._shown.opened, self._shown.today) if self._shown else (None, date.min)
        self.side.show_cell(opened, line, figures, today)

    def take_keyboard(self) -> None:
        """Move the keyboard to the grid."""
        self.table.setFocus()

    # What the user does

    def open_cell(self) -> None:
        """Open what was returned in the quarter under the cursor, with the keyboard where typing begins."""
        if self.table.current_quarter() is not None:
            self.wants_panel.emit(True)
            self.side.focus_first()

    def _on_done(self) -> None:
        """Give the keyboard back to the cell, from which F8 goes on."""
        self.wants_panel.emit(False)
        self.table.setFocus()

    def copy_plan(self) -> None:
        """Open the quarter under the cursor with what is planned in the claim."""
        self.open_cell()
        if self.table.current_quarter() is not None:
            self.side.copy_plan()

    def step(self, by: int) -> bool:
        """Go to the next cell that waits for a decision, from the last on to the first, also of another year.

        It is the one under the cursor where nobody has come to it yet.
        """
        if self._shown is None:
            return False
        here = self._here()
        place = self._stops.next(set(self._waiting(self._shown)), here, by)
        if place is None:
            announce(self, "Nothing waits for a decision")
            return True
        year, row, quarter = place
        self.go_to(year, row, quarter)
        if place == here:
            announce(self, self.model.said(row, FIRST_QUARTER + quarter))
        return True

    def _elsewhere(self, shown: ShownDelivery) -> str:
        """How many claims of other years wait for a decision; nothing where none does."""
        years = Counter(year for year, _row, _place in self._waiting(shown) if year != shown.year)
        labels = [each.label for each in shown.opened.delivered.years]
        told = [f"{plural(count, 'claim', 'claims')} of {labels[year]}" for year, count in sorted(years.items())]
        waits = "waits" if sum(years.values()) == 1 else "wait"
        return f"{listed(told)} {waits} for a decision. F8 goes there." if told else ""

    @staticmethod
    def _waiting(shown: ShownDelivery) -> Iterator[tuple[int, ...]]:
        """Contract year, row and place in the year of each cell that waits for a decision."""
        for row, line in enumerate(shown.opened.delivered.lines):
            for figures in line.quarters:
                if cell_of(figures).state.waits:
                    quarter = figures.quarter.quarter
                    yield quarter.year, row, quarter.number - 1

    def go_to_cell(self, commitment: str, quarter: Quarter) -> None:
        """Put the cursor on a commitment in one of its quarters; one that is no more leaves it where it is."""
        row = self.model.place_of(commitment)
        if row is not None:
            self.go_to(quarter.year, row, quarter.number - 1)

    def go_to(self, year: int, row: int, place: int) -> None:
        """Put the cursor into a cell of a contract year (0 is the first), with the keyboard."""
        if self._shown is not None and year != self._shown.year:
            self.year_wanted.emit(year)
        self.table.go_to(row, FIRST_QUARTER + place)
        self.table.setFocus()
