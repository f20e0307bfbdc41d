"""The list of contracts: search, filters, columns, export, and what can be done with one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from tomsapp.domain.commitment import COMMITMENT
from tomsapp.domain.contract import CONTRACT, ContractStatus, length_text
from tomsapp.domain.supplier import SUPPLIER
from tomsapp.domain.wording import format_date, format_pounds, plural
from tomsapp.gui.contract.contract_actions import ChosenContract, ContractActions
from tomsapp.gui.export_menu import ExportButton
from tomsapp.gui.models.column import Column
from tomsapp.gui.models.row_model import RowModel
from tomsapp.gui.page import Page
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.buttons import Button, LinkButton
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.chips import FilterChip
from tomsapp.gui.widgets.data_table import DataTable
from tomsapp.gui.widgets.feedback import EmptyState
from tomsapp.gui.widgets.search_line import SearchLine
from tomsapp.gui.widgets.text import Text
from tomsapp.services.changes import Changes
from tomsapp.services.contracts import ContractListRow, list_contracts
from tomsapp.services.table_files import Cell, ColumnKind, Table, TableColumn

_STATUS = {
    ContractStatus.DRAFT: ("Draft", "info", "pencil-line"),
    ContractStatus.SIGNED: ("Signed", "success", "circle-check"),
    ContractStatus.CLOSED: ("Closed", "text_muted", "lock"),
}
_LAYOUT = "columns.contracts"
Row = ContractListRow


def _edition(row: Row) -> str:
    return f"{row.menu} {row.edition}".strip()


COLUMNS: tuple[Column[Row], ...] = (
    Column("reference", "Reference", lambda row: row.reference, width=112, can_hide=False),
    Column("title", "Title", lambda row: row.title, second_line=lambda row: row.supplier),
    Column("supplier", "Supplier", lambda row: row.supplier, width=210, starts_hidden=True),
    Column(
        "value",
        "Contract value",
        lambda row: format_pounds(row.value),
        sort_key=lambda row: row.value,
        align="right",
        width=138,
        is_searched=False,
    ),
    Column("start", "Start", lambda row: format_date(row.start_on), sort_key=lambda row: row.start_on, width=150),
    Column(
        "length",
        "Length",
        lambda row: length_text(row.start_on, row.end_on),
        sort_key=lambda row: row.end_on - row.start_on,
        width=88,
        is_searched=False,
    ),
    Column(
        "status",
        "Status",
        lambda row: _STATUS[row.status][0],
        tone=lambda row: _STATUS[row.status][1],
        icon=lambda row: _STATUS[row.status][2],
        width=96,
    ),
    Column("edition", "Menu edition", _edition, width=160),
    Column(
        "commitments",
        "Commitments",
        lambda row: f"{row.commitments:,}",
        sort_key=lambda row: row.commitments,
        align="right",
        width=118,
        is_searched=False,
    ),
)


class ContractsListPage(Page):
    """Every contract of the database, 10,000 as smoothly as ten."""

    contract_wanted = Signal(int)
    new_wanted = Signal()
    loaded = Signal()
    """The list was read anew."""

    def __init__(self, session: Session) -> None:
        super().__init__("Contracts")
        self._session = session
        self._is_loaded = False
        self._ids: frozenset[int] = frozenset()
        self.model = RowModel(COLUMNS)
        self.table = DataTable(self.model, "Contracts")
        self.actions_of_row = ContractActions(session, self._chosen, self)
        self._build_header()
        self._build_filters()
        self._build_table()
        self._connect()

    # Building

    def _build_header(self) -> None:
        self.export = ExportButton(self._session, self._table_shown, self.wants_toast.emit, self.table.copy_all)
        self.more = Button("Actions", opens_menu=True)
        self.new_button = Button("New contract", "primary", "plus")
        for button in (self.export, self.more, self.new_button):
            self.header.add_action(button)
        new = QAction("New contract", self)
        new.setShortcut(QKeySequence("Ctrl+N"))
        new.triggered.connect(self.new_wanted)
        remove = self.actions_of_row.delete
        remove.setShortcut(QKeySequence.StandardKey.Delete)
        # Delete in the search field takes a letter away.
        remove.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.table.addAction(remove)
        find = QAction("Search the contracts", self)
        find.setShortcut(QKeySequence.StandardKey.Find)
        find.triggered.connect(self._on_find)
        for action in (new, find, self.actions_of_row.copy):
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self.addAction(action)

    def _build_filters(self) -> None:
        self.search = SearchLine("Search reference, title or supplier", "Search the contracts", least=290)
        self.status = FilterChip("Status", [(status, words[0]) for status, words in _STATUS.items()])
        self.supplier = FilterChip("Supplier")
        self.edition = FilterChip("Menu edition")
        self.clear = LinkButton("Clear filters", role="note")
        self.shown = Text("", "note", "text_muted")
        self.columns = Button("Columns", icon_name="columns-3", small=True)
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in (self.search, *self._chips(), self.clear):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.shown)
        row.addWidget(self.columns)
        self.body.addLayout(row)

    def _build_table(self) -> None:
        add = Button("New contract", "primary", "plus")
        add.clicked.connect(self.new_wanted)
        clear = Button("Clear filters")
        clear.clicked.connect(self._on_clear)
        none = EmptyState(
            "file-text",
            "No contracts yet",
            "Add a contract, then type in its commitments or import them from a spreadsheet.",
            add,
        )
        filtered = EmptyState("search", "No contracts match these filters", "", clear)
        loading = EmptyState("clock", "Reading the contracts", "")
        self.empty = QStackedWidget()
        for state in (loading, none, filtered):
            self.empty.addWidget(state)
        self.table.set_empty_state(self.empty)
        self.table.restore_columns(self._session.preferences.get(_LAYOUT))
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        card = Card()
        card.fill(self.table)
        self.body.addWidget(card, 1)

    def _connect(self) -> None:
        self.new_button.clicked.connect(self.new_wanted)
        self.more.clicked.connect(self._on_more)
        self.columns.clicked.connect(self.table.choose_columns)
        self.search.textChanged.connect(self.model.search)
        self.clear.clicked.connect(self._on_clear)
        for chip in self._chips():
            chip.values_changed.connect(self._on_filter)
        self.model.shown_changed.connect(self._say_shown)
        self.table.row_opened.connect(self._on_row_opened)
        self.table.current_row_changed.connect(self._on_current)
        self.table.layout_changed.connect(self._on_layout)
        self.table.customContextMenuRequested.connect(self._on_context_menu)
        self.actions_of_row.opened.connect(self.contract_wanted)
        self._say_shown()

    def _chips(self) -> tuple[FilterChip, FilterChip, FilterChip]:
        return self.status, self.supplier, self.edition

    # Loading

    def refresh(self, changes: object) -> None:
        """Read the list anew if a contract, supplier or commitment was changed."""
        touched = not isinstance(changes, Changes) or changes.touches(CONTRACT, SUPPLIER, COMMITMENT)
        if touched and self._session.is_open:
            self._session.read(list_contracts, key="contracts").success(self._on_loaded).start()

    def _on_loaded(self, rows: list[Row]) -> None:
        self._is_loaded = True
        self._ids = frozenset(row.id for row in rows)
        chosen, place = self._chosen(), self.table.currentIndex().row()
        self.supplier.set_options([(name, name) for name in sorted({row.supplier for row in rows} - {""})])
        self.edition.set_options([(name, name) for name in sorted({_edition(row) for row in rows} - {""})])
        self.model.set_rows(rows)
        self._on_filter()
        if chosen is not None:
            kept = self.model.place_of(lambda row: row.id == chosen.id)
            # After a deletion the cursor goes to the row that took its place.
            self.select(kept if kept is not None else min(place, self.model.rowCount() - 1))
        self._say_shown()
        self.loaded.emit()

    def select(self, place: int) -> None:
        """Put the cursor on a row, if there is one."""
        if 0 <= place < self.model.rowCount():
            self.table.select_place(place)
        self.actions_of_row.update_state()

    def has_contract(self, contract_id: int) -> bool:
        """Whether the list holds a contract; True while it is not read yet."""
        return not self._is_loaded or contract_id in self._ids

    # Filters

    def _on_filter(self, _values: object = None) -> None:
        tests = self._tests()
        self.model.set_filter((lambda row: all(test(row) for test in tests)) if tests else None)

    def _tests(self) -> list[Callable[[Row], bool]]:
        tests: list[Callable[[Row], bool]] = []
        statuses, suppliers, editions = (frozenset(chip.values) for chip in self._chips())
        if statuses:
            tests.append(lambda row: row.status in statuses)
        if suppliers:
            tests.append(lambda row: row.supplier in suppliers)
        if editions:
            tests.append(lambda row: _edition(row) in editions)
        return tests

    def _on_clear(self) -> None:
        self.search.clear()
        for chip in self._chips():
            chip.set_values(())
        self._on_filter()

    def _say_shown(self) -> None:
        total, shown = self.model.total, self.model.rowCount()
        words = plural(total, "contract")
        self.shown.setText(f"{shown:,} of {words}" if self.model.is_filtered else words if self._is_loaded else "")
        self.clear.setVisible(self.model.is_filtered)
        state = 0 if not self._is_loaded else 1 if total == 0 else 2
        self.empty.setCurrentIndex(state)
        for widget in (self.export, self.more, self.columns, self.search, *self._chips()):
            widget.setEnabled(total > 0)
        self.actions_of_row.update_state()

    # What the user does

    def _chosen(self) -> ChosenContract | None:
        index = self.table.currentIndex()
        if not index.isValid():
            return None
        row = self.model.row_object(index.row())
        return ChosenContract(row.id, row.reference, row.status, row.commitments)

    def _on_current(self, _row: object) -> None:
        self.actions_of_row.update_state()

    def _on_row_opened(self, row: Row) -> None:
        self.contract_wanted.emit(row.id)

    def _on_find(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _on_more(self) -> None:
        self._open_menu(self.more.mapToGlobal(QPoint(0, self.more.height() + 4)))

    def _on_context_menu(self, at: QPoint) -> None:
        self._open_menu(self.table.viewport().mapToGlobal(at))

    def _open_menu(self, at: QPoint) -> None:
        menu = self.actions_of_row.menu(with_open=True)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def _on_layout(self) -> None:
        self._session.preferences.set(_LAYOUT, self.table.column_layout())

    def _table_shown(self) -> Table:
        columns = (
            TableColumn("Reference"),
            TableColumn("Title"),
            TableColumn("Supplier"),
            TableColumn("Contract value", ColumnKind.POUNDS),
            TableColumn("Start", ColumnKind.DATE),
            TableColumn("End", ColumnKind.DATE),
            TableColumn("Length"),
            TableColumn("Status"),
            TableColumn("Menu edition"),
            TableColumn("Commitments", ColumnKind.WHOLE),
        )
        return Table("Contracts", columns, [_cells(row) for row in self.model.shown_rows()])


def _cells(row: Row) -> tuple[Cell, ...]:
    return (
        row.reference,
        row.title,
        row.supplier,
        row.value,
        row.start_on,
        row.end_on,
        length_text(row.start_on, row.end_on),
        _STATUS[row.status][0],
        _edition(row),
        row.commitments,
    )
