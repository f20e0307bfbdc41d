"""A page that lists: search, filters, columns, export, and what it says while there is nothing to list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QWidget

from tomsapp.domain.record_type import RecordType
from tomsapp.domain.wording import plural
from tomsapp.gui.export_menu import ExportButton
from tomsapp.gui.models.row_model import RowModel
from tomsapp.gui.page import Page
from tomsapp.gui.records.behind_list import BehindList
from tomsapp.gui.records.list_columns import ListColumn, ListFilter
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.actions import add_action
from tomsapp.gui.widgets.buttons import Button, LinkButton
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.chips import FilterChip
from tomsapp.gui.widgets.data_table import DataTable
from tomsapp.gui.widgets.feedback import EmptyState
from tomsapp.gui.widgets.flow import ChipFlow
from tomsapp.gui.widgets.layouts import holding, in_row, stack_of
from tomsapp.gui.widgets.search_line import SearchLine
from tomsapp.gui.widgets.text import Text
from tomsapp.services.changes import Changes
from tomsapp.services.table_files import Table, TableColumn
from tomsapp.services.workspace import Workspace

_READING, _NOTHING, _FILTERED = range(3)


class Numbered(Protocol):
    """What a row of a list has: its record's number."""

    @property
    def id(self) -> int:
        """The number."""


Row = TypeVar("Row", bound=Numbered)


@dataclass(frozen=True)
class ListSpec(Generic[Row]):
    """A list, declared.

    Attributes:
        noun, plural: what people call one row, and several.
        read: reads the rows.
        touched_by: kinds of record after whose change the list is read anew.
        empty_hint: what to do while there is nothing, in a sentence.
        new_words: what the button says that adds one; none where rows come by themselves.
    """

    noun: str
    plural: str
    icon: str
    read: Callable[[Workspace], list[Row]]
    columns: tuple[ListColumn[Row], ...]
    filters: tuple[ListFilter[Row], ...]
    touched_by: tuple[RecordType[Any], ...]
    empty_hint: str
    search_hint: str = ""
    new_words: str = ""

    @property
    def title(self) -> str:
        """Heading of the page."""
        return f"{self.plural[:1].upper()}{self.plural[1:]}"


class ListPage(Page, Generic[Row]):
    """A list that is read anew when something in it changed; the cursor stays on its row."""

    loaded = Signal()
    """The list was read anew."""
    behind: BehindList[Any] | None = None
    """What is known of the rows beside their records, for a list that adds something up."""

    def __init__(self, session: Session, spec: ListSpec[Row]) -> None:
        super().__init__(spec.title)
        self._session, self.spec = session, spec
        # Of the database that the page was made for: it may still be laid out when the next one is open.
        self._own = session.own if session.is_open else None
        self._is_loaded = False
        self._wanted: int | None = None
        self._rows: list[Row] = []
        self.model: RowModel[Row] = RowModel([column.shown for column in spec.columns])
        self.table = DataTable(self.model, spec.title)
        self.chips = {each.key: FilterChip(each.label, each.options) for each in spec.filters}
        for each in spec.filters:
            if not each.options:
                self.chips[each.key].hide()  # until the rows give it something to choose from
        self.export = ExportButton(session, self._table_shown, self.wants_toast.emit, self.table.copy_all)
        self.new_button = Button(spec.new_words, "primary", "plus", does=self.start_new)
        self.search = SearchLine(spec.search_hint or f"Search the {spec.plural}", f"Search the {spec.plural}")
        self.clear = LinkButton("Clear filters", role="note", does=self.clear_filters)
        self.shown = Text("", "note", "text_muted")
        self.columns = Button("Columns", icon_name="columns-3", small=True)
        self._build_actions()
        self.body.addWidget(self._build_filters())
        self._build_table()
        self._connect()

    # Building

    def own_buttons(self) -> Sequence[Button]:
        """Further buttons of the header, between Export and the one that adds."""
        return ()

    def own_filters(self) -> Sequence[QWidget]:
        """What stands after the chips of the facts."""
        return ()

    def _build_actions(self) -> None:
        for button in (self.export, *self.own_buttons()):
            self.header.add_action(button)
        if self.spec.new_words:
            self.header.add_action(self.new_button)
            self.add_shortcut(self.spec.new_words, "Ctrl+N", self.start_new)

    def add_shortcut(
        self, words: str, keys: str | QKeySequence.StandardKey, slot: Callable[[], object], *, on_table: bool = False
    ) -> None:
        """Add an action with a key; `on_table`: only while the table has the keyboard."""
        scope = Qt.ShortcutContext.WidgetShortcut if on_table else Qt.ShortcutContext.WindowShortcut
        add_action(self.table if on_table else self, words, keys, slot, scope)

    def _build_filters(self) -> QWidget:
        hint = self.search.fontMetrics().horizontalAdvance(self.search.placeholderText())
        self.search.setMinimumWidth(max(hint + 64, 220))
        end = in_row(self.shown, self.columns, gap=8)
        return ChipFlow((self.search, *self.chips.values(), *self.own_filters(), self.clear), holding(end))

    def _build_table(self) -> None:
        spec = self.spec
        buttons = [Button(spec.new_words, "primary", "plus", does=self.start_new)] if spec.new_words else []
        clear = Button("Clear filters", does=self.clear_filters)
        self.empty = stack_of(
            EmptyState("clock", f"Reading the {spec.plural}"),
            EmptyState(spec.icon, f"No {spec.plural} yet", spec.empty_hint, *buttons),
            EmptyState("search", f"No {spec.plural} match these filters", "", clear),
        )
        self.table.set_empty_state(self.empty)
        if self._own is not None:
            self.table.restore_columns(self._own.get(self._layout_key))
        card = Card()
        card.fill(self.table)
        self.body.addWidget(card, 1)

    def _connect(self) -> None:
        self.columns.clicked.connect(self.table.choose_columns)
        self.search.textChanged.connect(self.model.search)
        for chip in self.chips.values():
            chip.values_changed.connect(self._on_filter)
        self.model.shown_changed.connect(self.say_shown)
        self.table.current_row_changed.connect(self.on_current)
        self.table.row_opened.connect(self.on_opened)
        self.table.layout_changed.connect(self._on_layout)
        self.say_shown()

    # What a list with more to it does otherwise

    def start_new(self) -> None:
        """Let the user add one."""

    def on_current(self, row: Row | None) -> None:
        """The cursor stands on another row, or on none."""

    def on_nothing_left(self) -> None:
        """The row under the cursor is gone, and no other took its place."""

    def on_opened(self, row: Row) -> None:
        """The user opened a row with Enter or a double click."""

    # Loading

    def refresh(self, changes: object) -> None:
        """Read the list anew if something in it was changed."""
        if not isinstance(changes, Changes) or changes.touches(*self.spec.touched_by):
            self.load()
        behind = self.behind
        if behind is not None and (not isinstance(changes, Changes) or changes.touches(*behind.touched_by)):
            behind.read_anew()

    def showEvent(self, event: QShowEvent) -> None:
        """Add up what changed while another page was shown."""
        super().showEvent(event)
        if self.behind is not None:
            self.behind.read()

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave the database to the page that is shown next."""
        super().hideEvent(event)
        if self.behind is not None:
            self.behind.leave()

    def load(self) -> None:
        """Read the list."""
        if self._session.is_open:
            self._session.read(self.reader(), key=self.spec.plural).success(self.show_rows).start()

    def reader(self) -> Callable[[Workspace], list[Row]]:
        """What reads the rows that are wanted now."""
        return self.spec.read

    def show_rows(self, rows: list[Row]) -> None:
        """Show these rows; the cursor stays, or goes to the row that was asked for."""
        self._is_loaded, self._rows = True, rows
        current, place = self.current(), self.table.currentIndex().row()
        wanted = self._wanted or (current.id if current else None)
        for each in self.spec.filters:
            if not each.options:
                texts = _texts(each, rows)
                self.chips[each.key].set_options(texts)
                self.chips[each.key].setVisible(bool(texts))
        self.model.set_rows(rows)
        self._on_filter()
        if wanted is not None:
            self._wanted = wanted
            if not self._select_wanted():
                # After a deletion the cursor goes to the row that took its place.
                self._wanted = None
                self.select(min(place, self.model.rowCount() - 1))
        self.say_shown()
        self.loaded.emit()

    # The cursor

    def current(self) -> Row | None:
        """The row under the cursor."""
        index = self.table.currentIndex()
        return self.model.row_object(index.row()) if index.isValid() else None

    def show_number(self, number: int) -> None:
        """Put the cursor on the record with this number, now or when the list has been read."""
        self._wanted = number
        self._select_wanted()

    def _select_wanted(self) -> bool:
        wanted = self._wanted
        place = self.model.place_of(lambda row: row.id == wanted)
        if place is None and self._is_loaded and self.model.is_filtered:
            if all(row.id != wanted for row in self._rows):
                return False
            self.clear_filters()
            place = self.model.place_of(lambda row: row.id == wanted)
        if place is None:
            return False
        self._wanted = None
        self.select(place)
        return True

    def select(self, place: int) -> None:
        """Put the cursor on a row, if there is one."""
        if 0 <= place < self.model.rowCount():
            self.table.select_place(place)
            self.on_current(self.model.row_object(place))
        else:
            self.on_nothing_left()

    # Filters

    def _on_filter(self, _values: object = None) -> None:
        chosen = [(each.value, frozenset(self.chips[each.key].values)) for each in self.spec.filters]
        tests = [(value, keys) for value, keys in chosen if keys]
        self.model.set_filter((lambda row: all(value(row) in keys for value, keys in tests)) if tests else None)
        self.say_shown()

    @property
    def is_filtered(self) -> bool:
        """Whether a search or filter leaves some out."""
        return self.model.is_filtered

    def clear_filters(self) -> None:
        """Let everything pass."""
        self.search.clear()
        for chip in self.chips.values():
            chip.set_values(())
        self._on_filter()

    def say_shown(self) -> None:
        """Say how many rows are shown, and what to do where there is none."""
        total, is_filtered = self.model.total, self.is_filtered
        words = plural(total, self.spec.noun, self.spec.plural)
        counted = f"{self.model.rowCount():,} of {words}" if self.model.is_filtered else words
        self.shown.setText(counted if self._is_loaded else "")
        self.clear.setVisible(is_filtered)
        self.empty.setCurrentIndex(_READING if not self._is_loaded else _FILTERED if total or is_filtered else _NOTHING)
        for widget in (self.export, self.columns, self.search, *self.chips.values()):
            widget.setEnabled(total > 0 or is_filtered)

    def find_here(self) -> bool:
        """Move the keyboard to the search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()
        return True

    # Columns and export

    @property
    def _layout_key(self) -> str:
        return f"columns.{self.spec.plural}"

    def _on_layout(self) -> None:
        if self._own is not None:
            self._own.set(self._layout_key, self.table.column_layout())

    def _table_shown(self) -> Table:
        columns = self.spec.columns
        heads = [TableColumn(column.shown.title, column.kind) for column in columns]
        rows = [[column.cell(row) for column in columns] for row in self.model.shown_rows()]
        return Table(self.spec.title, heads, rows)


def _texts(each: ListFilter[Row], rows: Sequence[Row]) -> list[tuple[object, str]]:
    found = sorted({str(value) for row in rows if (value := each.value(row))}, key=str.casefold)
    return [(text, text) for text in found]
