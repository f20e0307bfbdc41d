"""The PDF valuation of a contract: made off the window's thread, then shown in the preview."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from tomsapp.gui.session import Session
from tomsapp.services.reporting import MadeReport, contract_report


class ContractPdf(QObject):
    """Makes and previews valuations over the window of `parent`."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._parent = session, parent

    def preview(self, contract_id: int) -> None:
        """Make the valuation of a contract as it is saved now and show it; asked again, only the last is shown."""
        today = datetime.now().astimezone().date()
        workspace = self._session.workspace
        job = self._session.jobs.run(
            lambda progress: contract_report(workspace, contract_id, today, progress),
            key="contract-pdf",
            title="Making the PDF valuation",
        )
        job.success(self._show).start()

    def _show(self, made: MadeReport) -> None:
        from tomsapp.gui.dialogs.pdf_preview import PdfPreview

        PdfPreview.show_made(made, self._session.jobs, self._parent.window())
