"""The Export button of the Overview's deliveries: tables and lines as files, and open data."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from tomsapp.domain.delivered_portfolio import DELIVERED_GROUPINGS
from tomsapp.domain.portfolio import Grouping
from tomsapp.gui.contract.due_file import save_due
from tomsapp.gui.export_menu import ExportMenu
from tomsapp.gui.overview.open_data import OpenDataDialog, publish_open_data
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.feedback import Toast
from tomsapp.services import delivered_tables, overview
from tomsapp.services.due import council_calendar
from tomsapp.services.overview_tables import TITLES

if TYPE_CHECKING:
    from tomsapp.domain.delivered_portfolio import DeliveredPortfolio
    from tomsapp.services.overview import Filters
    from tomsapp.services.overview_types import DeliveryCube

    Shown = tuple[DeliveryCube, Filters, DeliveredPortfolio]

_CSV = "CSV file (*.csv)"


class DeliveredExport(ExportMenu):
    """A menu of what can be written of what `current` gives."""

    def __init__(self, session: Session, current: Callable[[], Shown | None], tell: Callable[[Toast], object]) -> None:
        super().__init__(session, tell)
        self._current = current
        self.asked: OpenDataDialog | None = None
        self.workbook = self.choices.addAction("Excel workbook, every table and line (.xlsx)…")
        self.lines = self.choices.addAction("CSV file, every line (.csv)…")
        tables = self.choices.addMenu("CSV file, one table")
        self.tables = {each: tables.addAction(f"{TITLES[each]} (.csv)…") for each in DELIVERED_GROUPINGS}
        self.choices.addSeparator()
        self.calendar = self.choices.addAction("Calendar of what is due, all signed contracts (.ics)…")
        self.open_data = self.choices.addAction("Open data, signed contracts that are shown (.json)…")
        self.workbook.triggered.connect(self._on_workbook)
        self.lines.triggered.connect(self._on_lines)
        self.calendar.triggered.connect(
            lambda: save_due(self._session, self, "What is due", council_calendar, self._tell)
        )
        self.open_data.triggered.connect(self._on_open_data)
        for grouping, action in self.tables.items():
            action.triggered.connect(partial(self._on_table, grouping))

    def _on_workbook(self) -> None:
        if held := self._current():
            delivered, filters, _figures = held
            self.write(
                "Social value delivered.xlsx",
                "Excel workbook (*.xlsx)",
                "Exporting what was delivered",
                lambda workspace, path, now: delivered_tables.save_every_delivered(
                    workspace, delivered, filters, path, now
                ),
            )

    def _on_lines(self) -> None:
        if held := self._current():
            delivered, filters, _figures = held
            self.write(
                "Social value delivered lines.csv",
                _CSV,
                "Exporting the lines",
                lambda workspace, path, now: delivered_tables.save_delivered_lines(
                    workspace, delivered, filters, path, now
                ),
            )

    def _on_table(self, grouping: Grouping) -> None:
        if held := self._current():
            figures = held[2]
            self.write(
                f"Social value delivered {TITLES[grouping].lower()}.csv",
                _CSV,
                "Exporting the table",
                lambda workspace, path, now: delivered_tables.save_delivered(workspace, figures, grouping, path, now),
            )

    def _on_open_data(self) -> None:
        if held := self._current():
            shown = overview.passing_contracts(held[0].cube, held[1])
            self.asked = publish_open_data(self._session, self, shown, self._tell)
