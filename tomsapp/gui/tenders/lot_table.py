"""The lots of a tender in a table, by their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Signal

from tomsapp.domain.history import Stored
from tomsapp.domain.tender.lot import Lot
from tomsapp.domain.tender.setup import Step
from tomsapp.gui.models.column import Column, number_column, pounds_column
from tomsapp.gui.models.row_model import RowModel
from tomsapp.gui.theme import current_theme
from tomsapp.gui.tokens import HEAD_HEIGHT
from tomsapp.gui.widgets.data_table import DataTable
from tomsapp.services.tenders.reading import OpenTender

_MOST_ROWS = 4


@dataclass(frozen=True, slots=True)
class LotRow:
    """A lot in the table, with how much is wrong with it."""

    stored: Stored[Lot]
    wrong: int

    @property
    def id(self) -> int:
        """The number of its record."""
        return self.stored.id

    @property
    def lot(self) -> Lot:
        """The lot."""
        return self.stored.record


def lot_rows(opened: OpenTender) -> list[LotRow]:
    """The lots that were read, each with the number of its problems."""
    wrong = [each.lot for each in opened.problems if each.step is Step.LOTS and each.is_error]
    return [LotRow(stored, wrong.count(stored.record.number)) for stored in opened.lots]


def _state(row: LotRow) -> str:
    return f"{row.wrong} left" if row.wrong else "Complete"


_COLUMNS: tuple[Column[LotRow], ...] = (
    number_column("number", "Lot", lambda row: str(row.lot.number), lambda row: row.lot.number, 46),
    Column("title", "Title", lambda row: row.lot.title, can_hide=False),
    pounds_column("value", "Estimated value", lambda row: row.lot.value, 128),
    Column("length", "Length", lambda row: row.lot.length_words, width=178),
    Column(
        "state",
        "State",
        _state,
        width=112,
        tone=lambda row: "warning" if row.wrong else "success",
        icon=lambda row: "triangle-alert" if row.wrong else "circle-check",
    ),
)


class LotTable(DataTable):
    """As high as its lots need, up to four; the cursor stays on its lot."""

    lot_chosen = Signal(object)
    """The `LotRow` that the cursor came to, or None."""

    def __init__(self) -> None:
        self.rows: RowModel[LotRow] = RowModel(list(_COLUMNS))
        super().__init__(self.rows, "Lots", is_dense=True)
        self.setSortingEnabled(False)
        self.current_row_changed.connect(self.lot_chosen)
        current_theme().theme_changed.connect(self._fit)
        self._fit()

    @property
    def lots(self) -> tuple[Stored[Lot], ...]:
        """The lots in their order."""
        return tuple(row.stored for row in self.rows.shown_rows())

    @property
    def place(self) -> int | None:
        """The place of the lot under the cursor, 0 is the first."""
        return self.currentIndex().row() if self.currentIndex().isValid() else None

    @property
    def current_lot(self) -> LotRow | None:
        """The lot under the cursor."""
        return None if self.place is None else self.rows.row_object(self.place)

    def show_lots(self, rows: Sequence[LotRow], wanted: int | None = None) -> None:
        """Show these; the cursor goes to the one with the number `wanted` of its record, else stays on its lot.

        Nothing is told: whoever calls this shows the lot that is current then.
        """
        before = self.current_lot
        number = wanted or (before.id if before else None)
        last = self.place or 0
        with QSignalBlocker(self):
            self.rows.set_rows(list(rows))
            found = self.rows.place_of(lambda row: row.id == number)
            if rows:
                self.select_place(min(last, len(rows) - 1) if found is None else found)
        self._fit()

    def go_to_number(self, number: int) -> None:
        """Put the cursor on the lot with this number, if there is one."""
        place = self.rows.place_of(lambda row: row.lot.number == number)
        if place is not None:
            self.select_place(place)

    def _fit(self) -> None:
        shown = max(1, min(self.rows.rowCount(), _MOST_ROWS))
        self.setFixedHeight(current_theme().px(HEAD_HEIGHT) + shown * self.verticalHeader().defaultSectionSize() + 4)
