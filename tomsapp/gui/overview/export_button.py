"""The Export button of the Overview: tables, lines and charts as files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from tomsapp.domain.portfolio import Grouping
from tomsapp.gui.export_menu import choose_file_to_save
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.charts import Chart
from tomsapp.gui.widgets.feedback import Toast
from tomsapp.services import overview_tables
from tomsapp.services.overview import Filters
from tomsapp.services.pictures import save_picture

if TYPE_CHECKING:
    from tomsapp.services.overview_types import Checked, Cube, OverviewFigures

_PICTURE_SIZES = {"Committed by theme": (1000, 44), "Committed by contract year": (900, 420)}
_PICTURE_SIZE = (900, 280)


@dataclass(frozen=True)
class Exported:
    """What there is to export at the moment."""

    cube: Cube
    filters: Filters
    figures: OverviewFigures
    checked: Mapping[int, Checked]


class OverviewExport(Button):
    """A menu of what can be written; says where it went through `tell`."""

    def __init__(
        self,
        session: Session,
        current: Callable[[], Exported | None],
        charts: Mapping[str, Chart],
        tell: Callable[[Toast], object],
    ) -> None:
        super().__init__("Export", opens_menu=True)
        self._session, self._current, self._charts, self._tell = session, current, charts, tell
        self.choices = QMenu(self)
        self.workbook = self.choices.addAction("Excel workbook, every table and line (.xlsx)…")
        self.lines = self.choices.addAction("CSV file, every line (.csv)…")
        self.tables: dict[Grouping, QAction] = {}
        tables = self.choices.addMenu("CSV file, one table")
        for grouping, title in overview_tables.TITLES.items():
            self.tables[grouping] = tables.addAction(f"{title} (.csv)…")
        self.pictures: dict[str, QAction] = {}
        pictures = self.choices.addMenu("Picture of a chart")
        for title in charts:
            self.pictures[title] = pictures.addAction(f"{title} (.png)…")
        self.clicked.connect(self._open_menu)
        self.workbook.triggered.connect(self._on_workbook)
        self.lines.triggered.connect(self._on_lines)
        tables.triggered.connect(self._on_table)
        pictures.triggered.connect(self._on_picture)

    def _open_menu(self) -> None:
        self.choices.popup(self.mapToGlobal(QPoint(0, self.height() + 4)))

    def _on_workbook(self) -> None:
        held = self._current()
        path = self._ask("Social value portfolio.xlsx", "Excel workbook (*.xlsx)")
        if held is None or path is None:
            return
        workspace, now = self._session.workspace, datetime.now().astimezone()
        self._write(
            lambda: overview_tables.save_every_table(workspace, held.cube, held.filters, held.checked, path, now),
            "Exporting the portfolio",
        )

    def _on_lines(self) -> None:
        held = self._current()
        path = self._ask("Social value lines.csv", "CSV file (*.csv)")
        if held is None or path is None:
            return
        workspace, now = self._session.workspace, datetime.now().astimezone()
        self._write(
            lambda: overview_tables.save_lines(workspace, held.cube, held.filters, path, now, held.checked),
            "Exporting the lines",
        )

    def _on_table(self, action: QAction) -> None:
        grouping = next(each for each, choice in self.tables.items() if choice is action)
        held = self._current()
        path = self._ask(f"Social value {overview_tables.TITLES[grouping].lower()}.csv", "CSV file (*.csv)")
        if held is None or path is None:
            return
        workspace, now = self._session.workspace, datetime.now().astimezone()
        figures = held.figures.portfolio
        self._write(
            lambda: overview_tables.save_grouping(workspace, figures, grouping, path, now), "Exporting the table"
        )

    def _on_picture(self, action: QAction) -> None:
        title = next(each for each, choice in self.pictures.items() if choice is action)
        path = self._ask(f"{title}.png", "Picture (*.png)")
        if path is None:
            return
        data = self._charts[title].to_png(*_PICTURE_SIZES.get(title, _PICTURE_SIZE))
        self._write(lambda: save_picture(data, path), "Exporting the chart")

    def _ask(self, name: str, kinds: str) -> Path | None:
        return choose_file_to_save(self, self._session, name, kinds)

    def _write(self, task: Callable[[], Path], title: str) -> None:
        self._session.jobs.run(lambda _progress: task(), title=title).success(self._on_saved).start()

    def _on_saved(self, path: Path) -> None:
        self._tell(Toast(f"Saved as {path}", icon="download"))
