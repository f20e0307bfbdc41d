"""Opens the lists behind the figures of the Overview."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tomsapp.domain.portfolio import ContractAttention
from tomsapp.gui.overview.list_dialog import ContractsDialog, LinesDialog
from tomsapp.gui.session import Session
from tomsapp.services import overview
from tomsapp.services.overview import Filters

if TYPE_CHECKING:
    from tomsapp.services.overview_types import Cube, PortfolioLine, PortfolioNote

TITLES = {
    "social_value": "social value",
    "real_pounds": "real pounds",
    "employment_outcomes": "employment outcomes",
    "commitments": "commitments",
}
"""What a figure is called, by the key of its column."""


class OverviewLists(QObject):
    """Reads the lines away from the window's thread and shows them over the page."""

    contract_chosen = Signal(int)

    def __init__(self, session: Session, page: QWidget) -> None:
        super().__init__(page)
        self._session, self._page = session, page
        self.dialog: LinesDialog | ContractsDialog | None = None

    def open_lines(
        self, cube: Cube | None, filters: Filters, title: str, figure: str, without: Collection[int] = ()
    ) -> None:
        """Show the lines that pass the filters; `figure` says which of them make up the figure.

        `without` holds the numbers of the commitments that have errors, which are in no figure.
        """
        if cube is None:
            return
        job = self._session.jobs.run(
            lambda _progress: (title, *overview.lines_behind(cube, filters, figure, without)),
            database=False,
            key="overview-lines",
        )
        job.success(self._show_lines).start()

    def open_attention(self, found: Sequence[ContractAttention]) -> None:
        """Show every contract that needs attention."""
        self._open_contracts("Contracts that need attention", "The largest shortfall stands first.", found)

    def open_note(self, note: PortfolioNote) -> None:
        """Show the contracts that a note of the Overview speaks of."""
        self._open_contracts(note.title, f"{note.words}.", note.contracts, with_sealed=note.is_sealed)

    def _open_contracts(
        self, title: str, sentence: str, found: Sequence[ContractAttention], *, with_sealed: bool = False
    ) -> None:
        dialog = ContractsDialog(title, sentence, self._page, with_sealed=with_sealed)
        self._open(dialog)
        dialog.show_contracts(found)

    def _show_lines(self, result: tuple[str, str, list[PortfolioLine]]) -> None:
        title, sentence, lines = result
        dialog = LinesDialog(title, sentence, self._page)
        self._open(dialog)
        dialog.show_lines(lines)

    def _open(self, dialog: LinesDialog | ContractsDialog) -> None:
        self.dialog = dialog
        dialog.contract_chosen.connect(self.contract_chosen)
        dialog.finished.connect(partial(self._on_closed, dialog))
        dialog.open()

    def _on_closed(self, dialog: LinesDialog | ContractsDialog, _result: int) -> None:
        if self.dialog is dialog:
            self.dialog = None
        dialog.deleteLater()
