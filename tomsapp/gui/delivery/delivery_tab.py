"""The tab Delivery: its parts, of which one is shown, and the contract year that they show."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from tomsapp.domain.contract import ContractStatus
from tomsapp.gui.contract.tab import ContractTab
from tomsapp.gui.delivery.place import DeliveryPlace
from tomsapp.gui.delivery.section import DeliverySection, SectionStrip, ShownDelivery
from tomsapp.gui.delivery.sections import QUARTERS, SECTIONS
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.combo import ComboBox
from tomsapp.gui.widgets.feedback import EmptyState
from tomsapp.gui.widgets.layouts import holding, in_column, stack_of
from tomsapp.services.contracts import OpenContract
from tomsapp.services.delivery import OpenDelivery, open_delivery
from tomsapp.services.delivery_held import HAS_DELIVERIES

_DRAFT = ("No deliveries yet", "They are entered once the contract is signed.")
_WITHDRAWN = ("No deliveries", "This contract was withdrawn, so nothing is delivered under it.")
_NO_LINES = ("No commitments", "This contract was signed without any, so nothing falls due.")


class DeliveryTab(ContractTab):
    """Reads a contract once for all its parts; `until` is the day to which the figures are."""

    def __init__(self, session: Session, until: date | None = None) -> None:
        super().__init__()
        self._session, self._until = session, until
        self._number: int | None = None
        self.opened: OpenDelivery | None = None
        self._year: int | None = None
        self._is_told = False
        self._wanted: DeliveryPlace | None = None
        self._made: dict[str, DeliverySection] = {}
        self.years = ComboBox("No year", "Contract year")
        self._beside = holding(in_column(self.years))
        self.parts = SectionStrip("Parts of the delivery", SECTIONS)
        self.empty = EmptyState("clock", *_DRAFT)
        bare = Card()
        bare.fill(self.empty)
        self._parts = stack_of()
        self._shown = holding(in_column(self.parts, (self._parts, 1), gap=8))
        self._bare = bare
        self._stack = stack_of(bare, self._shown)
        in_column((self._stack, 1), inside=self)
        self.years.activated.connect(lambda _place: self._on_year())
        self.parts.chosen.connect(lambda key: self.show_section(str(key)))
        self.show_section(SECTIONS[0].key)

    @property
    def beside(self) -> QWidget | None:
        """The year chooser, which stands beside the tabs where the part that is shown has years."""
        return self._beside

    @property
    def panel(self) -> QWidget | None:
        """That of the part that is shown."""
        return self.current.panel

    # The parts

    @property
    def current(self) -> DeliverySection:
        """The part that is shown."""
        return self.section(self.parts.current or SECTIONS[0].key)

    def section(self, key: str) -> DeliverySection:
        """A part by its key; it is made when it is first asked for."""
        if key not in self._made:
            part = next(entry for entry in SECTIONS if entry.key == key).make(self._session)
            part.wants_page.connect(self.wants_page)
            part.wants_toast.connect(self.wants_toast)
            part.wants_panel.connect(self.wants_panel)
            part.stale.connect(self._read)
            part.decided.connect(self._on_decided)
            part.year_wanted.connect(self._on_year_wanted)
            self._made[key] = part
            self._parts.addWidget(part)
        return self._made[key]

    def show_section(self, key: str) -> None:
        """Show another part of what was read."""
        part = self.section(key)
        self.parts.set_current(key)
        self._parts.setCurrentWidget(part)
        self._show()
        self.panel_changed.emit()

    def go_to(self, place: object) -> None:
        """Show a cell of the quarter grid with the keyboard in it, as soon as its contract is read."""
        if isinstance(place, DeliveryPlace):
            self._wanted = place
            self._go_to_wanted()

    def _go_to_wanted(self) -> None:
        """Go to the cell that another page leads to; one that is no more leaves the cursor where it is."""
        place, opened = self._wanted, self.opened
        if place is None or opened is None or opened.stored.id != place.contract_id:
            return
        self._wanted = None
        self.show_section(QUARTERS)
        self.current.go_to_cell(place.commitment, place.quarter)

    def turn(self, by: int) -> None:
        """Show the part `by` places further, round the end, with the keyboard in it."""
        if self.opened is not None:
            self.parts.step(by)
            self.current.take_keyboard()

    # Reading

    def show_contract(self, opened: OpenContract) -> None:
        """Read what was delivered of a contract, or what has changed in it."""
        if opened.stored.id != self._number:
            self._number, self._year, self.opened = opened.stored.id, None, None
            self._forget()
        if opened.contract.status not in HAS_DELIVERIES:
            self._say_empty(*(_WITHDRAWN if opened.contract.status is ContractStatus.WITHDRAWN else _DRAFT))
            return
        own, self._is_told = self._is_told, False
        if not own:
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

    def _on_read(self, opened: OpenDelivery) -> None:
        if opened.stored.id != self._number:
            return
        if not opened.delivered.lines:
            self._say_empty(*_NO_LINES)
            return
        self.opened = opened
        self._offer_years(opened)
        self._show()
        self._stack.setCurrentWidget(self._shown)
        self._go_to_wanted()

    def _on_decided(self, opened: OpenDelivery) -> None:
        """Show at once what was done here; what is told of it next is no reason to read it again."""
        if opened.stored.id == self._number:
            self._is_told = True
            QTimer.singleShot(0, self, self._forget_own)
            self._on_read(opened)
            self.current.repaint()

    def _forget_own(self) -> None:
        self._is_told = False

    # Showing

    def _say_empty(self, heading: str, sentence: str) -> None:
        self.opened = None
        self._forget()
        self.years.setEnabled(False)
        self.years.clear()
        self.empty.set_words(heading, sentence)
        self._stack.setCurrentWidget(self._bare)

    def _forget(self) -> None:
        for part in self._made.values():
            part.show_delivery(None)

    def _show(self) -> None:
        """Tell the part that is shown; the others are told when they are."""
        self.years.setVisible(self.current.has_years)
        if self.opened is not None:
            self.current.show_delivery(ShownDelivery(self.opened, self._year or 0, self._today))

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

    def _on_year(self) -> None:
        self._year = self.years.currentData()
        self._show()
        announce(self, self.years.currentText())

    def _on_year_wanted(self, year: int) -> None:
        self.years.setCurrentIndex(year)
        self._on_year()

    # What the page asks

    def step(self, by: int) -> bool:
        """Go to the next thing to be done in the part that is shown."""
        return self.opened is not None and self.current.step(by)
