"""Suppliers: who they are, what they have signed, and the form that changes them."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from tomsapp.domain.commitment import COMMITMENT
from tomsapp.domain.contract import CONTRACT
from tomsapp.domain.supplier import SUPPLIER, SupplierKind
from tomsapp.domain.wording import plural
from tomsapp.gui.dialogs.ask import ask_to_delete
from tomsapp.gui.export_menu import ExportButton
from tomsapp.gui.models.row_model import RowModel
from tomsapp.gui.page import Page
from tomsapp.gui.session import Session
from tomsapp.gui.start.first_steps import NEW
from tomsapp.gui.supplier.supplier_columns import columns_with, table_of
from tomsapp.gui.supplier.supplier_panel import SupplierPanel
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.chips import FilterChip
from tomsapp.gui.widgets.data_table import DataTable
from tomsapp.gui.widgets.feedback import EmptyState
from tomsapp.gui.widgets.search_line import SearchLine
from tomsapp.gui.widgets.text import Text
from tomsapp.services import overview
from tomsapp.services.changes import Changes
from tomsapp.services.failures import StoreError
from tomsapp.services.suppliers import SupplierListRow, delete_supplier, get_supplier, list_suppliers
from tomsapp.services.table_files import Table

_LAYOUT = "columns.suppliers"
Row = SupplierListRow


class SuppliersPage(Page):
    """The list at the left, the chosen supplier in the panel."""

    loaded = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__("Suppliers")
        self._session = session
        self._is_loaded = False
        self._wanted: int | None = None
        self._rows: list[Row] = []
        self._committed: dict[int, Decimal] = {}
        self._is_committed_known = False
        self.model = RowModel(columns_with(self._committed))
        self.table = DataTable(self.model, "Suppliers")
        self.side = SupplierPanel(session)
        self.set_panel(self.side)
        self._build_header()
        self._build_filters()
        self._build_table()
        self._connect()
        self.refresh(None)

    # Building

    def _build_header(self) -> None:
        self.export = ExportButton(self._session, self._table_shown, self.wants_toast.emit, self.table.copy_all)
        self.delete_button = Button("Delete", icon_name="trash-2")
        self.add_button = Button("Add supplier", "primary", "plus")
        for button in (self.export, self.delete_button, self.add_button):
            self.header.add_action(button)
        for words, keys, slot, owner in (
            ("Add a supplier", "Ctrl+N", self.add_supplier, self),
            ("Search the suppliers", "Ctrl+F", self._on_find, self),
            ("Delete the supplier", "Del", self.delete_supplier, self.table),
        ):
            action = QAction(words, self)
            action.setShortcut(QKeySequence(keys))
            on_table = owner is self.table
            scope = Qt.ShortcutContext.WidgetShortcut if on_table else Qt.ShortcutContext.WidgetWithChildrenShortcut
            action.setShortcutContext(scope)
            action.triggered.connect(slot)
            owner.addAction(action)

    def _build_filters(self) -> None:
        self.search = SearchLine("Search name or contact", "Search the suppliers", least=220)
        self.kind = FilterChip("Kind", [(kind, kind.words) for kind in SupplierKind])
        self.local = FilterChip("Local", [(True, "Yes"), (False, "No")])
        self.shown = Text("", "note", "text_muted")
        self.columns = Button("Columns", icon_name="columns-3", small=True)
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in (self.search, self.kind, self.local):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.shown)
        row.addWidget(self.columns)
        self.body.addLayout(row)

    def _build_table(self) -> None:
        add = Button("Add supplier", "primary", "plus")
        add.clicked.connect(self.add_supplier)
        clear = Button("Clear filters")
        clear.clicked.connect(self._on_clear)
        self.empty = QStackedWidget()
        self.empty.addWidget(EmptyState("clock", "Reading the suppliers"))
        self.empty.addWidget(
            EmptyState("building-2", "No suppliers yet", "Add the organisations that sign your contracts.", add)
        )
        self.empty.addWidget(EmptyState("search", "No suppliers match these filters", "", clear))
        self.table.set_empty_state(self.empty)
        self.table.restore_columns(self._session.preferences.get(_LAYOUT))
        card = Card()
        card.fill(self.table)
        self.body.addWidget(card, 1)

    def _connect(self) -> None:
        self.add_button.clicked.connect(self.add_supplier)
        self.delete_button.clicked.connect(self.delete_supplier)
        self.columns.clicked.connect(self.table.choose_columns)
        self.search.textChanged.connect(self.model.search)
        for chip in (self.kind, self.local):
            chip.values_changed.connect(self._on_filter)
        self.model.shown_changed.connect(self._say_shown)
        self.table.current_row_changed.connect(self._on_current)
        self.table.row_opened.connect(self._on_opened)
        self.table.layout_changed.connect(self._on_layout)
        self.side.contract_chosen.connect(self._on_contract)
        self.side.saved.connect(self._on_saved)
        self.side.discarded.connect(self._on_discarded)
        self._session.workspace_changed.connect(self._on_workspace_changed)
        self._say_shown()

    # Loading

    def refresh(self, changes: object) -> None:
        """Read the list anew if a supplier or contract was changed."""
        touched = not isinstance(changes, Changes) or changes.touches(SUPPLIER, CONTRACT)
        if touched and self._session.is_open:
            self._session.read(list_suppliers, key="suppliers").success(self._on_loaded).start()
        if not isinstance(changes, Changes) or changes.touches(CONTRACT, COMMITMENT):
            self._is_committed_known = False
            self._read_committed()

    def showEvent(self, event: QShowEvent) -> None:
        """Add up what changed while another page was shown."""
        super().showEvent(event)
        self._read_committed()

    def _read_committed(self) -> None:
        """Add up the social value of each supplier behind the list, which does not wait for it."""
        if self._session.is_open and self.isVisible() and not self._is_committed_known:
            self._is_committed_known = True
            self._session.read(overview.committed_by_supplier, key="suppliers-value").success(self._on_added_up).start()

    def _on_added_up(self, committed: dict[int, Decimal]) -> None:
        self._committed.clear()
        self._committed.update(committed)
        self._on_loaded(self._rows)

    def show_target(self, target: object) -> None:
        """Show the supplier with this number, or the form of a new one."""
        if target == NEW:
            self.add_supplier()
        elif isinstance(target, int):
            self._wanted = target
            self._select_wanted()
            self.wants_panel.emit(True)

    def _on_loaded(self, rows: list[Row]) -> None:
        self._is_loaded = True
        current, place = self._current(), self.table.currentIndex().row()
        wanted = self._wanted or (current.id if current else None)
        self._rows = rows
        self.model.set_rows(rows)
        self._say_shown()
        if wanted is None:
            return
        self._wanted = wanted
        if not self._select_wanted():
            # After a deletion the cursor goes to the row that took its place.
            self._wanted = None
            self._select(min(place, self.model.rowCount() - 1))
        self.loaded.emit()

    def _select_wanted(self) -> bool:
        wanted = self._wanted
        place = self.model.place_of(lambda row: row.id == wanted)
        if place is None and self._is_loaded and self.model.is_filtered:
            self._on_clear()
            place = self.model.place_of(lambda row: row.id == wanted)
        if place is None:
            return False
        self._wanted = None
        self._select(place)
        return True

    def _select(self, place: int) -> None:
        if place < 0:
            self.side.clear()
            return
        self.table.select_place(place)
        self._on_current(self.model.row_object(place))

    # What the user does

    def _current(self) -> Row | None:
        index = self.table.currentIndex()
        return self.model.row_object(index.row()) if index.isValid() else None

    def _on_current(self, row: Row | None) -> None:
        self.delete_button.setEnabled(row is not None)
        if row is not None:
            self.side.show_supplier(row.id)

    def _on_opened(self, _row: Row) -> None:
        self.wants_panel.emit(True)

    def add_supplier(self) -> None:
        """Show the empty form in the panel."""
        self.side.show_new()
        self.wants_panel.emit(True)
        self.side.form.name_line.control.setFocus()

    def delete_supplier(self) -> None:
        """Ask, then delete; the undo bar and the history bring it back."""
        row = self._current()
        if row is None:
            return
        name, number = row.supplier.name, row.id
        if row.contracts:
            words = f"{name} has {plural(row.contracts, 'contract')}, so it cannot be deleted"
            fix = "Give its contracts another supplier, or delete them first"
            self._session.jobs.failed.emit(StoreError(words, fix))
            return
        question = f"Delete {name}?"
        if ask_to_delete(self, question, "History keeps a copy.", "Delete supplier", "Keep supplier"):
            self._session.act(
                lambda workspace, _progress: delete_supplier(workspace, get_supplier(workspace, number))
            ).start()

    def _on_saved(self, supplier_id: int) -> None:
        self._wanted = supplier_id
        self._select_wanted()

    def _on_discarded(self) -> None:
        row = self._current()
        if self.side.supplier_id is None and row is not None:
            self.side.show_supplier(row.id)
        elif self.side.supplier_id is None:
            self.side.clear()

    def _on_contract(self, contract_id: int) -> None:
        self.wants_page.emit("contracts", contract_id)

    def _on_find(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_workspace_changed(self, _workspace: object) -> None:
        self._committed.clear()
        self._is_committed_known = False
        self.side.clear()

    def _on_layout(self) -> None:
        self._session.preferences.set(_LAYOUT, self.table.column_layout())

    # Filters

    def _on_filter(self, _values: object = None) -> None:
        kinds, places = frozenset(self.kind.values), frozenset(self.local.values)

        def accepts(row: Row) -> bool:
            kind_fits = not kinds or row.supplier.kind in kinds
            return kind_fits and (not places or row.supplier.is_local in places)

        self.model.set_filter(accepts if kinds or places else None)

    def _on_clear(self) -> None:
        self.search.clear()
        for chip in (self.kind, self.local):
            chip.set_values(())
        self._on_filter()

    def _say_shown(self) -> None:
        total = self.model.total
        words = plural(total, "supplier")
        filtered = f"{self.model.rowCount():,} of {words}"
        self.shown.setText(filtered if self.model.is_filtered else words if self._is_loaded else "")
        self.empty.setCurrentIndex(0 if not self._is_loaded else 1 if total == 0 else 2)
        for widget in (self.export, self.columns, self.search, self.kind, self.local):
            widget.setEnabled(total > 0)
        self.delete_button.setEnabled(self._current() is not None)

    def _table_shown(self) -> Table:
        return table_of(self.model.shown_rows(), self._committed)
