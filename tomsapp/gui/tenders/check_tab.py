"""The tab Check: what is found in all bids side by side, and what is decided of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QWidget

from tomsapp.domain.errors import TomsError
from tomsapp.domain.tender.bid import DecisionKind
from tomsapp.domain.tender.choices import SET_UP
from tomsapp.gui.delivery.stops import Stops
from tomsapp.gui.session import Session
from tomsapp.gui.tenders.check_model import CheckModel
from tomsapp.gui.tenders.check_panel import CheckPanel
from tomsapp.gui.tenders.check_table import MOST_IN_VIEW, CheckTable
from tomsapp.gui.tenders.check_words import count_words
from tomsapp.gui.tenders.letters_button import LettersButton
from tomsapp.gui.tenders.tab import TenderTab
from tomsapp.gui.tenders.tabs import OFFERS
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.buttons import Button, SegmentedButton
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.feedback import EmptyState
from tomsapp.gui.widgets.layouts import STRETCH, empty_layout, holding, in_column, in_row, stack_of
from tomsapp.services.tenders.deciding import OpenCheck, open_check

if TYPE_CHECKING:
    from tomsapp.domain.errors import TomsError
    from tomsapp.services.tenders.reading import OpenTender

_KEYS = (
    "Arrows move by cell, F8 goes to the next to decide, A accepts, L leaves out, Q asks, Enter opens it, "
    "Control Enter records it"
)
_LOADING = ("Reading the bids", "")
_NOT_OPENED = (
    "The offers are not opened",
    "Once they are, everything that is found in them stands here side by side.",
)
_NO_BIDS = ("There are no bids", "No complete offer came in time. The tab Offers says what became of each file.")
_NOTHING = ("Nothing is found", "No bid has a problem that is to be decided.")
_NONE_OPEN = ("No bid has an open problem", "Take the tick out to see all bids.")
_MARGINS = (24, 12, 16, 12)


class CheckTab(TenderTab):
    """The check grid of a tender, with what is under the cursor in the panel."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._opened: OpenTender | None = None
        self._check: OpenCheck | None = None
        self._lot: int | None = None
        self._lots: tuple[int, ...] = ()
        self._stops = Stops()
        self.model = CheckModel()
        self.table = CheckTable(self.model)
        self.table.setAccessibleDescription(_KEYS)
        self.side = CheckPanel(session)
        self.letters = LettersButton(session, self)
        self.only_open = QCheckBox("Only bids with open problems")
        self.to_offers = Button("Go to Offers", does=lambda: self.wants_tab.emit(OFFERS, None))
        self.empty = EmptyState("scale", *_NOT_OPENED, self.to_offers)
        self.lots: SegmentedButton | None = None
        self._build()
        self.table.selectionModel().currentChanged.connect(lambda *_cells: self._on_moved())
        self.table.cell_opened.connect(self.open_cell)
        self.table.record_wanted.connect(self.side.record)
        self.table.kind_wanted.connect(self.choose)
        self.only_open.toggled.connect(lambda _is_on: self._show_rows())
        self.side.recorded.connect(self._go_on)
        self.side.skipped.connect(self._go_on)
        self.side.refused.connect(self.stale)
        self.letters.told.connect(self.wants_toast)

    def _build(self) -> None:
        card = Card()
        card.fill(self.table)
        self._lot_row = in_row()
        self._bar = holding(in_row(holding(self._lot_row), STRETCH, self.only_open, gap=12))
        self._bar.hide()
        self._stack = stack_of(self.empty, card)
        in_column(self._bar, (self._stack, 1), inside=self, margins=_MARGINS, gap=8)

    # What the page asks

    @property
    def panel(self) -> QWidget | None:
        """What is found in the cell under the cursor."""
        return self.side

    @property
    def head_buttons(self) -> Sequence[QWidget]:
        """The letters to the bidders that are asked, where any is."""
        return (self.letters.button,) if self.letters.actions else ()

    @property
    def head_words(self) -> str:
        """How far the check is."""
        return count_words(self._check) if self._check is not None else ""

    def commands(self) -> Sequence[QAction]:
        """The letters, which the search over the window finds."""
        return self.letters.actions

    def take_keyboard(self) -> None:
        """Move the keyboard to the grid."""
        self.table.setFocus()

    # Showing

    def show_tender(self, opened: OpenTender | None) -> None:
        """Read the bids of a tender; before its offers are opened there is nothing to show."""
        is_other = opened is None or self._opened is None or opened.id != self._opened.id
        self._opened = opened
        if is_other:
            self._stops.forget()
            self._lot = None
            self._show_check(None)
            self._say(_LOADING)
        if opened is None:
            return
        if opened.tender.status in SET_UP:
            self._say(_NOT_OPENED)
            return
        number = opened.id
        job = self._session.read(lambda workspace: open_check(workspace, number), key="tender check")
        job.success(lambda check: self._on_read(number, check)).refused(self._on_refused).start()

    def _on_read(self, tender_id: int, check: OpenCheck) -> None:
        if self._opened is not None and self._opened.id == tender_id:
            self._show_check(check)

    def _on_refused(self, error: TomsError) -> None:
        """Say why nothing is shown: evaluators see no figures before all have sent their marks."""
        self._show_check(None)
        self._say((error.message, error.fix))

    def _show_check(self, check: OpenCheck | None) -> None:
        self._check = check
        self.letters.show_check(check)
        bids = check.bids if check is not None else ()
        self._offer_lots(tuple(dict.fromkeys(sorted(bid.opened.stored.record.lot for bid in bids))))
        self.only_open.setVisible(len(bids) > MOST_IN_VIEW or self.only_open.isChecked())
        self._bar.setVisible(len(self._lots) > 1 or not self.only_open.isHidden())
        reference = check.read.tender.record.reference if check is not None else ""
        self.table.setAccessibleName(f"Problems of the bids of {reference}" if reference else "Problems of the bids")
        self._show_rows()

    def _offer_lots(self, lots: tuple[int, ...]) -> None:
        """Offer to look at one lot, where there are several."""
        if lots == self._lots:
            return
        self._lots = lots
        empty_layout(self._lot_row)
        self.lots = None
        if len(lots) > 1:
            self.lots = SegmentedButton("Lots", [("", "All lots"), *((str(lot), f"Lot {lot}") for lot in lots)])
            self.lots.set_current("" if self._lot is None else str(self._lot))
            self.lots.chosen.connect(self._on_lot)
            self._lot_row.addWidget(self.lots)

    def _on_lot(self, key: str) -> None:
        self._lot = int(key) if key else None
        self._show_rows()

    def _show_rows(self) -> None:
        """Show the bids of the lot that is chosen; the cursor stays where its row and bid stay."""
        self.model.show_check(self._check, self._lot, only_open=self.only_open.isChecked())
        if self._check is not None:
            if not self._check.bids:
                self._say(_NO_BIDS)
            elif not self.model.rows:
                self._say(_NONE_OPEN if self.only_open.isChecked() else _NOTHING)
            else:
                self._stack.setCurrentIndex(1)
                if self.model.found_at(*self._here()) is None:
                    self._put_cursor()
        self._show_cell()
        self.panel_changed.emit()

    def _put_cursor(self) -> None:
        """Begin at what is to be decided first, else at the first thing that is found."""
        places = self.model.open_places or {
            (row, column)
            for row in range(self.model.rowCount())
            for column in range(1, self.model.columnCount())
            if self.model.found_at(row, column) is not None
        }
        if places and not self.table.currentIndex().isValid():
            row, column = min(places)
            self.table.go_to(row, column)

    def _say(self, words: tuple[str, str]) -> None:
        self.empty.set_words(*words)
        self.to_offers.setVisible(words in {_NOT_OPENED, _NO_BIDS})
        self._stack.setCurrentWidget(self.empty)

    def _here(self) -> tuple[int, int]:
        index = self.table.currentIndex()
        return index.row(), index.column()

    def _on_moved(self) -> None:
        if self.table.hasFocus():
            self._stops.came_to(self._here())
        self._show_cell()

    def _show_cell(self) -> None:
        row, column = self._here()
        told, bid = self.model.row_at(row), self.model.bid_at(column)
        title = told.kind.title if told is not None else ""
        self.side.show_cell(self._check, bid, self.model.found_at(row, column), title)

    # What the user does

    def open_cell(self) -> None:
        """Open what is found in the cell under the cursor, with the keyboard where it is decided."""
        if self.model.found_at(*self._here()) is not None:
            self.wants_panel.emit(True)
            self.side.focus_first()

    def choose(self, kind: DecisionKind) -> None:
        """Open the cell under the cursor with a decision chosen."""
        if self.model.found_at(*self._here()) is not None:
            self.wants_panel.emit(True)
            self.side.choose(kind)

    def _go_on(self) -> None:
        """Go to the next that is to be decided, in the grid."""
        self.wants_panel.emit(False)
        self._stops.came_to(self._here())
        if not self.step(1):
            self.table.setFocus()

    def step(self, by: int) -> bool:
        """Go to the next cell that waits for a decision, from the last on to the first."""
        if self._check is None or not self.model.rows:
            return False
        here = self._here()
        place = self._stops.next(self.model.open_places, here, by)
        self.table.setFocus()
        if place is None:
            announce(self, "Nothing waits for a decision")
            return True
        row, column = place
        self.table.go_to(row, column)
        if place == here:
            announce(self, self.model.said(row, column))
        return True

    def go_to(self, place: object) -> None:
        """Show what is found in a bid: the number of the bid and the key of the Problem."""
        if isinstance(place, tuple) and len(place) == 2:
            found = self.model.place_of(*place)
            if found is not None:
                self.table.go_to(*found)
                self.table.setFocus()
