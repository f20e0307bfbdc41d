"""The list of receipts: Enter opens one, Ctrl+C copies with the whole SHA-256; nothing can be removed."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication

from tomsapp.domain.tender.tender import Tender
from tomsapp.gui.models.row_model import RowModel
from tomsapp.gui.tenders.receipt_rows import COLUMNS, LOT, ReceiptRow
from tomsapp.gui.widgets.clipboard import table_text
from tomsapp.gui.widgets.data_table import DataTable
from tomsapp.services.tenders.receipts import HEADS, receipt_rows

_KEYS = "Enter opens the receipt. Ctrl+V adds files from the clipboard. Nothing can be removed"
_SHA = next(place for place, column in enumerate(COLUMNS) if column.key == "sha256")
_LOT = next(place for place, column in enumerate(COLUMNS) if column.key == LOT)


class ReceiptModel(RowModel[ReceiptRow]):
    """The receipts; the whole SHA-256 stands in the tooltip."""

    def __init__(self) -> None:
        super().__init__(COLUMNS)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """As of every list, with the whole SHA-256 where the mouse rests on the short one."""
        if role == int(Qt.ItemDataRole.ToolTipRole) and index.isValid() and index.column() == _SHA:
            return self.row_object(index.row()).file.sha256
        return super().data(index, role)


class ReceiptsTable(DataTable):
    """Copies receipts as rows of text under the heads that files of them have."""

    def __init__(self) -> None:
        self.receipts = ReceiptModel()
        super().__init__(self.receipts, "Files received")
        self.setAccessibleDescription(_KEYS)
        self._terms: Tender | None = None

    def show_rows(self, terms: Tender | None, rows: Iterable[ReceiptRow], *, has_lots: bool) -> None:
        """Show the receipts of a tender; the lot of each where there are several."""
        self._terms = terms
        self.receipts.set_rows(list(rows))
        self.setColumnHidden(_LOT, not has_lots)

    def copy_selection(self) -> None:
        """Copy the chosen receipts with all that is known of them."""
        if self._terms is None:
            return
        chosen = [row.listed for row in self.selected_rows() if isinstance(row, ReceiptRow)]
        lines = [list(HEADS), *(list(row) for row in receipt_rows(self._terms, chosen))]
        QGuiApplication.clipboard().setText(table_text(lines))
