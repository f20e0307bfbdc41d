"""The Export button of the Overview: tables, lines and charts as files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from tomsapp.domain.portfolio import COMMITTED_GROUPINGS, Grouping
from tomsapp.gui.contract.due_file import save_due
from tomsapp.gui.export_menu import ExportMenu
from tomsapp.gui.overview.open_data import OpenDataDialog, publish_open_data
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.charts import Chart
from tomsapp.gui.widgets.feedback import Toast
from tomsapp.services import overview, overview_tables
from tomsapp.services.due import council_calendar
from tomsapp.services.overview import Filters
from tomsapp.services.pictures import save_picture

if TYPE_CHECKING:
    from tomsapp.services.overview_types import Checked, Cube, OverviewFigures

_PICTURE_SIZES = {"Committed by theme": (1000, 44), "Committed by contract year": (900, 420)}
_PICTURE_SIZE = (900, 280)
_CSV = "CSV file (*.csv)"


@dataclass(frozen=True)
class Exported:
    """What there is to export at the moment."""

    cube: Cube
    filters: Filters
    figures: OverviewFigures
    checked: Mapping[int, Checked]


class OverviewExport(ExportMenu):
    """A menu of what can be written of what `current` gives."""

    def __init__(
        self,
        session: Session,
        current: Callable[[], Exported | None],
        charts: Mapping[str, Chart],
        tell: Callable[[Toast], object],
    ) -> None:
        super().__init__(session, tell)
        self._current, self._charts = current, charts
        self.asked: OpenDataDialog | None = None
        self.workbook = self.choices.addAction("Excel workbook, every table and line (.xlsx)…")
        self.lines = self.choices.addAction("CSV file, every line (.csv)…")
        tables = self.choices.addMenu("CSV file, one table")
        titles = {grouping: overview_tables.TITLES[grouping] for grouping in COMMITTED_GROUPINGS}
        self.tables = {grouping: tables.addAction(f"{title} (.csv)…") for grouping, title in titles.items()}
        pictures = self.choices.addMenu("Picture of a chart")
        self.pictures = {title: pictures.addAction(f"{title} (.png)…") for title in charts}
        self.choices.addSeparator()
        self.calendar = self.choices.addAction("Calendar of what is due, all signed contracts (.ics)…")
        self.open_data = self.choices.addAction("Open data, signed contracts that are shown (.json)…")
        self.calendar.triggered.connect(self._on_calendar)
        self.open_data.triggered.connect(self._on_open_data)
        self.workbook.triggered.connect(self._on_workbook)
        self.lines.triggered.connect(self._on_lines)
        for grouping, action in self.tables.items():
            action.triggered.connect(partial(self._on_table, grouping))
        for title, action in self.pictures.items():
            action.triggered.connect(partial(self._on_picture, title))

    def _on_workbook(self) -> None:
        if held := self._current():
            self.write(
                "Social value portfolio.xlsx",
                "Excel workbook (*.xlsx)",
                "Exporting the portfolio",
                lambda workspace, path, now: overview_tables.save_every_table(
                    workspace, held.cube, held.filters, held.checked, path, now
                ),
            )

    def _on_calendar(self) -> None:
        save_due(self._session, self, "What is due", council_calendar, self._tell)

    def _on_open_data(self) -> None:
        if held := self._current():
            shown = overview.passing_contracts(held.cube, held.filters)
            self.asked = publish_open_data(self._session, self, shown, self._tell)

    def _on_lines(self) -> None:
        if held := self._current():
            self.write(
                "Social value lines.csv",
                _CSV,
                "Exporting the lines",
                lambda workspace, path, now: overview_tables.save_lines(
                    workspace, held.cube, held.filters, path, now, held.checked
                ),
            )

    def _on_table(self, grouping: Grouping) -> None:
        if held := self._current():
            self.write(
                f"Social value {overview_tables.TITLES[grouping].lower()}.csv",
                _CSV,
                "Exporting the table",
                lambda workspace, path, now: overview_tables.save_grouping(
                    workspace, held.figures.portfolio, grouping, path, now
                ),
            )

    def _on_picture(self, title: str) -> None:
        data = self._charts[title].to_png(*_PICTURE_SIZES.get(title, _PICTURE_SIZE))
        name = f"{title}.png"
        self.write(name, "Picture (*.png)", "Exporting the chart", lambda _, path, __: save_picture(data, path))
