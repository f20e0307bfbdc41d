"""The list of tenders: search, filters, columns, export, and what can be done with one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from tomsapp.domain.facts import Fact, FactKind
from tomsapp.domain.tender.deadline import day_words, time_words, zone_words
from tomsapp.domain.tender.lot import LOT
from tomsapp.domain.tender.tender import TENDER
from tomsapp.gui.records.list_columns import FactColumns, count_column, fact_column
from tomsapp.gui.records.list_page import ListPage, ListSpec
from tomsapp.gui.session import Session
from tomsapp.gui.tender_place import TenderPlace
from tomsapp.gui.tenders.actions import ChosenTender, TenderActions
from tomsapp.gui.tenders.head import ICONS, TONES
from tomsapp.gui.tenders.tabs import WORK_IS_IN
from tomsapp.gui.widgets.buttons import Button, open_below
from tomsapp.services.tenders.reading import TenderListRow, list_tenders

Row = TenderListRow


def _day(row: Row) -> str:
    return "" if row.tender.deadline_on is None else day_words(row.tender.deadline_on)


def _time(row: Row) -> str:
    """The time of day of the deadline and its zone, as every page says them."""
    tender = row.tender
    if tender.deadline_on is None:
        return ""
    return f"{time_words(tender.deadline_at)}, {zone_words(tender.deadline_zone)}"


def _tone(row: Row) -> str:
    tone = TONES[row.tender.status]
    return "text_muted" if tone == "muted" else tone


_FACTS: FactColumns[Row] = FactColumns(
    TENDER,
    record_of=lambda row: row.tender,
    values={"edition": lambda row: f"{row.tender.menu} {row.tender.edition}".strip()},
    looks={
        "reference": {"width": 120},
        "title": {"width": None, "second_line": lambda row: row.tender.directorate},
        "deadline_on": {"text": _day, "second_line": _time, "sort_key": lambda row: row.deadline, "width": 206},
        "status": {"tone": _tone, "icon": lambda row: ICONS[row.tender.status], "width": 130},
    },
    first=("reference", "title"),
)


def _spec() -> ListSpec[Row]:
    value = Fact("value", "Estimated value", FactKind.POUNDS)
    return ListSpec(
        TENDER.noun,
        TENDER.plural,
        "inbox",
        list_tenders,
        (
            *_FACTS.columns(),
            fact_column(value, lambda row: row.value, is_own=True),
            count_column("lots", "Lots", lambda row: row.lots, 80),
        ),
        _FACTS.filters(),
        (TENDER, LOT),
        "Set one up in five steps, then issue its pack to bidders.",
        "Search reference, title or officer",
        "New tender",
    )


class TendersListPage(ListPage[Row]):
    """Every tender of the database."""

    tender_wanted = Signal(object)
    """The number of a tender, or the place in it where work is to be done."""
    new_wanted = Signal()
    quote_wanted = Signal()
    """A quote is to be set up, on one screen."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, _spec())
        self._ids: frozenset[int] = frozenset()
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(
            lambda at: self._menu().popup(self.table.viewport().mapToGlobal(at))
        )
        self.actions_of_row.opened.connect(self.tender_wanted.emit)

    def own_buttons(self) -> Sequence[Button]:
        """What can be done with the tender under the cursor."""
        self.actions_of_row = TenderActions(self._session, self._chosen, self)
        self.more: Button = Button("Actions", opens_menu=True, does=lambda: open_below(self.more, self._menu()))
        remove = self.actions_of_row.delete
        remove.setShortcut(QKeySequence.StandardKey.Delete)
        # Delete in the search field takes a letter away.
        remove.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.table.addAction(remove)
        self.addAction(self.actions_of_row.copy)
        self.quote_button = Button("New quote", icon_name="file-plus-2", does=self.quote_wanted)
        self.quote_button.setToolTip("Three to five measures on one screen, nothing to be marked")
        self.add_shortcut("New quote", "Ctrl+Shift+Q", self.quote_wanted.emit)
        return (self.more, self.quote_button)

    def start_new(self) -> None:
        """Ask for the form of a new tender."""
        self.new_wanted.emit()

    def show_rows(self, rows: list[Row]) -> None:
        """Show these tenders."""
        self._ids = frozenset(row.id for row in rows)
        super().show_rows(rows)

    def has_tender(self, tender_id: int) -> bool:
        """Whether the list holds a tender; True while it is not read yet."""
        return not self._is_loaded or tender_id in self._ids

    def on_current(self, row: Row | None) -> None:
        """Offer what can be done with the tender."""
        del row
        self.actions_of_row.update_state()

    def on_opened(self, row: Row) -> None:
        """Open the tender at the tab where most is to be done."""
        self.tender_wanted.emit(TenderPlace(row.id, WORK_IS_IN[row.tender.status]))

    def say_shown(self) -> None:
        """Say how many there are, and offer what can be done."""
        super().say_shown()
        self.more.setEnabled(self.model.total > 0)
        self.actions_of_row.update_state()

    def _chosen(self) -> ChosenTender | None:
        row = self.current()
        return None if row is None else ChosenTender(row.id, row.tender.reference, row.tender.status)

    def _menu(self) -> QMenu:
        menu = self.actions_of_row.menu(with_open=True)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu
