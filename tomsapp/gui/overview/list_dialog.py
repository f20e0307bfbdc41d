"""A list that opens over the Overview: the lines behind a figure, or contracts with what to know of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from tomsapp.domain.portfolio import ContractAttention
from tomsapp.gui.models.column import Column, change_column, number_column, pounds_column
from tomsapp.gui.models.row_model import RowModel
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.data_table import DataTable
from tomsapp.gui.widgets.dialog_parts import take_room
from tomsapp.gui.widgets.feedback import EmptyState
from tomsapp.gui.widgets.layouts import DIALOG_MARGINS, in_column, in_row
from tomsapp.gui.widgets.search_line import SearchLine
from tomsapp.gui.widgets.text import Text

if TYPE_CHECKING:
    from tomsapp.services.overview_types import PortfolioLine

_WIDTH, _HEIGHT = 1120, 640
Columns = Sequence[Column[Any]]


def _supplier(line: PortfolioLine) -> str:
    return line.contract.supplier or "No supplier yet"


def _contract_detail(line: PortfolioLine) -> str:
    return f"{line.contract.reference}  ·  {_supplier(line)}"


def line_columns() -> Sequence[Column[PortfolioLine]]:
    """The columns of the lines behind a figure."""
    return (
        Column("contract", "Contract", lambda line: line.contract.title, second_line=_contract_detail),
        Column(
            "measure",
            "Measure",
            lambda line: line.owner.measure.title,
            second_line=lambda line: line.owner.measure.code,
            width=230,
        ),
        Column("supplier", "Supplier", _supplier, width=170, starts_hidden=True),
        Column("ward", "Ward", lambda line: line.ward, width=120),
        Column("year", "Year", lambda line: line.year or "Not entered", width=94),
        number_column(
            "quantity",
            "Quantity",
            lambda line: line.quantity_text,
            lambda line: line.quantity_scaled if line.year else None,
            156,
        ),
        pounds_column("social_value", "Social value", lambda line: line.social_value, 128),
        pounds_column("real_pounds", "Real pounds", lambda line: line.real_pounds, 112),
    )


_TITLE: Column[ContractAttention] = Column(
    "title", "Contract", lambda each: each.title, second_line=lambda each: each.reference
)
REASONED: Columns = (
    _TITLE,
    Column("supplier", "Supplier", lambda each: each.supplier or "No supplier yet", width=240),
    Column("reasons", "Why", lambda each: ", ".join(each.reasons), width=520),
)
MEASURES: Columns = (
    Column("code", "Code", lambda each: each[0], width=120),
    Column("title", "Measure", lambda each: each[1]),
)
SEALED: Columns = (
    _TITLE,
    pounds_column("sealed", "As sealed", lambda each: each.since.sealed, 116),
    pounds_column("today", "Today", lambda each: each.since.today, 116),
    change_column(lambda each: each.since.difference),
    Column("reasons", "Why", lambda each: ". ".join(each.reasons), width=470),
)


class ListDialog(QDialog):
    """A list over the page with a search, its totals, and a way to what `target_of` gives for a row: its contract."""

    chosen = Signal(object)
    """What the chosen row leads to: as a rule the number of its contract."""

    def __init__(
        self,
        title: str,
        sentence: str,
        columns: Columns,
        target_of: Callable[[Any], object],
        parent: QWidget,
        opens: str = "Open contract",
        width: int = _WIDTH,
    ) -> None:
        super().__init__(parent)
        self._target_of = target_of
        self.setWindowTitle(title)
        self.setAccessibleDescription(sentence)
        self.model = RowModel[Any](columns)
        self.table = DataTable(self.model, title)
        self.table.set_empty_state(EmptyState("search", "Nothing here matches"))
        self.search = SearchLine("Search in this list")
        self.total = Text("", "strong", selectable=True)
        self.open_button = Button(opens, "primary", "arrow-up-right", does=self._open_current)
        self._build(title, sentence)
        self.search.textChanged.connect(self.model.search)
        self.table.row_opened.connect(self._open)
        self.table.current_row_changed.connect(self._on_current)
        theme = current_theme()
        room = parent.window().size() * 0.94
        take_room(self, min(theme.px(width), room.width()), min(theme.px(_HEIGHT), room.height()))

    def _build(self, title: str, sentence: str) -> None:
        card = Card()
        card.fill(self.table)
        copy = Button("Copy all", icon_name="copy", does=self.table.copy_all)
        close = Button("Close", does=self.reject)
        foot = in_row((self.total, 1), copy, close, self.open_button, gap=8)
        heading, told = Text(title, "h2", wrap=True), Text(sentence, "body", "text_muted", wrap=True)
        in_column(heading, told, self.search, (card, 1), foot, inside=self, margins=DIALOG_MARGINS, gap=10)

    def set_rows(self, rows: Sequence[Any], total: str) -> None:
        """Show the rows, the cursor on the first, with what they come to."""
        self.model.set_rows(rows)
        self.total.setText(total)
        if rows:
            self.table.select_place(0)
        self.open_button.setEnabled(bool(rows))
        self.table.setFocus()

    def _on_current(self, row: object) -> None:
        self.open_button.setEnabled(row is not None)

    def _open_current(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            self._open(self.model.row_object(index.row()))

    def _open(self, row: object) -> None:
        self.accept()
        self.chosen.emit(self._target_of(row))
