"""Makes the portfolio PDF of what the Overview shows, and opens its preview."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from tomsapp.gui.dialogs.made_report import show_report
from tomsapp.gui.jobs import Job
from tomsapp.gui.session import Session
from tomsapp.services.overview import Filters
from tomsapp.services.overview_report import overview_report

if TYPE_CHECKING:
    from tomsapp.gui.page import Page
    from tomsapp.services.overview_types import Checked, Cube
    from tomsapp.services.reporting import MadeReport


class PortfolioPrinting(QObject):
    """One paper at a time; it is stopped where its database is closed."""

    def __init__(self, session: Session, page: Page) -> None:
        super().__init__(page)
        self._session, self._page = session, page
        self.job: Job[Any] | None = None

    def start(self, cube: Cube, filters: Filters, checked: Mapping[int, Checked]) -> None:
        """Make the paper of what passes the filters."""
        workspace, today = self._session.workspace, datetime.now().astimezone().date()
        jobs = self._session.jobs
        # Thousands of contracts take seconds to print: in the database's thread saving would wait for them.
        job = jobs.run(
            lambda progress: overview_report(workspace, cube, filters, checked, today, progress, jobs.with_database),
            database=False,
            key="overview-pdf",
            title="Making the portfolio PDF",
        )
        self.job = job
        job.success(self._on_printed).start()

    def stop(self) -> None:
        """Stop what is under way: between two parcels it would look for contracts in a database that is closed."""
        if self.job is not None:
            self.job.cancel()

    def _on_printed(self, made: MadeReport) -> None:
        show_report(self._session, self._page, made)
