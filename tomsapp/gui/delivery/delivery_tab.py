"""The tab Delivery: what was returned for each commitment, quarter by quarter of one contract year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from PySide6.QtWidgets import QWidget

from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.delivery.claims import cell_of
from tomsapp.gui.contract.tab import ContractTab
from tomsapp.gui.delivery.delivery_panel import DeliveryPanel
from tomsapp.gui.delivery.quarter_model import FIRST_QUARTER, QuarterModel
from tomsapp.gui.delivery.quarter_table import QuarterTable
from tomsapp.gui.delivery.totals_card import TotalsCard
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.combo import ComboBox
from tomsapp.gui.widgets.feedback import EmptyState
from tomsapp.gui.widgets.layouts import holding, in_column, stack_of
from tomsapp.gui.widgets.text import Text
from tomsapp.services.contracts import OpenContract
from tomsapp.services.delivery import OpenDelivery, open_delivery
from tomsapp.services.delivery_held import HAS_DELIVERIES

_DRAFT = ("No deliveries yet", "They are entered once the contract is signed.")
_WITHDRAWN = ("No deliveries", "This contract was withdrawn, so nothing is delivered under it.")
_NO_LINES = ("No commitments", "This contract was signed without any, so nothing falls due.")
_NOTHING_RETURNED = "Nothing was returned yet. The cells say what is planned."
_KEYS = "Arrows move by cell, Enter opens it, C copies the plan into the claim, F8 goes to the next to decide"


class DeliveryTab(ContractTab):
    """Year chooser, totals and quarter grid of a contract; `until` is the day to which the figures are."""

    def __init__(self, session: Session, until: date | None = None) -> None:
        super().__init__()
        self._session, self._until = session, until
        self._number: int | None = None
        self.opened: OpenDelivery | None = None
        self._year: int | None = None
        self.years = ComboBox("No year", "Contract year")
        self.totals = TotalsCard()
        self.model = QuarterModel()
        self.table = QuarterTable(self.model)
        self.table.setAccessibleDescription(_KEYS)
        self.side = DeliveryPanel(session)
        self.empty = EmptyState("clock", *_DRAFT)
        self.note = Text("", "note", "text_muted", wrap=True)
        self.note.hide()
        self._build_layout()
        self.years.activated.connect(lambda _place: self._on_year())
        self.table.selectionModel().currentChanged.connect(lambda *_cells: self._show_cell())
        self.table.cell_opened.connect(self.open_cell)
        self.table.plan_wanted.connect(self.copy_plan)
        self.side.saved.connect(self._on_done)
        self.side.decisions.done.connect(self._on_done)
        self.side.decisions.refused.connect(self._read)
        self.side.evidence.refused.connect(self._read)
        self.side.evidence.wants_page.connect(self.wants_page)
        self.side.decisions.wants_page.connect(self.wants_page)
        self.side.shortfalls.done.connect(self._on_done)
        self.side.shortfalls.refused.connect(self._read)

    def _build_layout(self) -> None:
        grid = Card()
        grid.fill(self.table)
        bare = Card()
        bare.fill(self.empty)
        shown = holding(in_column(self.totals, self.note, (grid, 1), gap=10))
        self._stack = stack_of(bare, shown)
        self._shown, self._bare = shown, bare
        in_column((self._stack, 1), inside=self)

    @property
    def beside(self) -> QWidget | None:
        """The year chooser, which stands beside the tabs."""
        return self.years

    @property
    def panel(self) -> QWidget | None:
        """What was returned in the quarter under the cursor."""
        return self.side

    # Showing

    def show_contract(self, opened: OpenContract) -> None:
        """Read what was delivered of a contract, or what has changed in it."""
        if opened.stored.id != self._number:
            self._number, self._year, self.opened = opened.stored.id, None, None
            self.model.show_year(None, 0)
            self._show_cell()
        if opened.contract.status not in HAS_DELIVERIES:
            self._say_empty(*(_WITHDRAWN if opened.contract.status is ContractStatus.WITHDRAWN else _DRAFT))
            return
        self._read()

    def _read(self) -> None:
        number, until = self._number, self._today
        if number is None:
            return
        job = self._session.read(lambda workspace: open_delivery(workspace, number, until), key="contract-delivery")
        job.success(self._on_read).start()

    @property
    def _today(self) -> date:
        return self._until or date.today()  # noqa: DTZ011 - the day on the user's calendar

    def _say_empty(self, heading: str, sentence: str) -> None:
        self.opened = None
        self._show_cell()
        self.years.setEnabled(False)
        self.years.clear()
        self.empty.set_words(heading, sentence)
        self._stack.setCurrentWidget(self._bare)

    def _on_read(self, opened: OpenDelivery) -> None:
        if opened.stored.id != self._number:
            return
        if not opened.delivered.lines:
            self._say_empty(*_NO_LINES)
            return
        self.opened = opened
        self._offer_years(opened)
        self.totals.show_figures(opened.delivered)
        self._show_year()
        self._stack.setCurrentWidget(self._shown)

    def _offer_years(self, opened: OpenDelivery) -> None:
        """Offer the contract's years; first the one in which the day lies to which the figures are."""
        years = opened.delivered.years
        if self._year is None or self._year >= len(years):
            begun = [year.index for year in years if year.starts_on <= opened.until]
            self._year = begun[-1] if begun else 0
        self.years.clear()
        for year in years:
            self.years.addItem(f"Year {year.label}", year.index)
        self.years.setCurrentIndex(self._year)
        self.years.setEnabled(len(years) > 1)

    def _show_year(self) -> None:
        if self.opened is None:
            return
        self.model.show_year(self.opened.delivered, self._year or 0)
        reference, year = self.opened.contract.reference, self.years.currentText()
        self.table.setAccessibleName(f"Deliveries of {reference}, {year[:1].lower()}{year[1:]}")
        self.note.setText("" if self.opened.deliveries else _NOTHING_RETURNED)
        self.note.setVisible(not self.opened.deliveries)
        if not self.table.currentIndex().isValid():
            self.table.go_to(0, FIRST_QUARTER)
        self._show_cell()

    def _show_cell(self) -> None:
        line, figures = self.table.current_line(), self.table.current_quarter()
        self.side.show_cell(self.opened, line, figures, self._today)

    def _on_year(self) -> None:
        self._year = self.years.currentData()
        self._show_year()
        announce(self, self.table.accessibleName())

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
        """Go to the next cell that waits for a decision, from the last on to the first, also of another year."""
        if self.opened is None:
            return False
        waiting = sorted(self._waiting())
        if not waiting:
            announce(self, "Nothing waits for a decision")
            return True
        index = self.table.currentIndex()
        here = (self._year or 0, index.row(), index.column() - FIRST_QUARTER)
        later = [place for place in waiting if (place > here if by > 0 else place < here)]
        self.go_to(*((later or waiting)[0 if by > 0 else -1]))
        return True

    def _waiting(self) -> Iterator[tuple[int, int, int]]:
        """Contract year, row and place in the year of each cell that waits for a decision."""
        for row, line in enumerate(self.opened.delivered.lines if self.opened else ()):
            for figures in line.quarters:
                if cell_of(figures).state.waits:
                    quarter = figures.quarter.quarter
                    yield quarter.year, row, quarter.number - 1

    def go_to(self, year: int, row: int, place: int) -> None:
        """Put the cursor into a cell of a contract year (0 is the first), with the keyboard."""
        if year != self._year:
            self.years.setCurrentIndex(year)
            self._on_year()
        self.table.go_to(row, FIRST_QUARTER + place)
        self.table.setFocus()
