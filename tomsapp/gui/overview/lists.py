"""Opens the lists behind the figures of the Overview."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from tomsapp.domain.portfolio import ContractAttention
from tomsapp.domain.value_factor import pounds_of
from tomsapp.domain.wording import format_pounds, plural
from tomsapp.gui.overview.list_dialog import MEASURES, REASONED, SEALED, Columns, ListDialog, line_columns
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

    chosen = Signal(object)
    """What a row leads to: the number of a contract, or a place in its deliveries."""
    measure_chosen = Signal(object)
    """The key of a measure."""

    def __init__(self, session: Session, page: QWidget) -> None:
        super().__init__(page)
        self._session, self._page = session, page
        self.dialog: ListDialog | None = None

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
        self.open_contracts(
            "Contracts that need attention", "Errors stand first, then what is due, then the largest shortfall.", found
        )

    def open_note(self, note: PortfolioNote) -> None:
        """Show the contracts that a note of the Overview speaks of."""
        columns = SEALED if note.is_sealed else REASONED
        self.open_contracts(note.title, f"{note.words}.", note.contracts, columns)

    def open_contracts(
        self, title: str, sentence: str, found: Sequence[ContractAttention], columns: Columns = REASONED
    ) -> None:
        """Show contracts with what to know of each."""
        dialog = ListDialog(title, sentence, columns, lambda each: int(each.contract_id), self._page)
        self.open(dialog, found, plural(len(found), "contract"))

    def open_measures(self, title: str, sentence: str, found: Sequence[tuple[str, str]]) -> None:
        """Show measures: the key and what it is called of each; one of them leads to the menu."""
        dialog = ListDialog(title, sentence, MEASURES, lambda each: each[0], self._page, opens="Open in the menu")
        self.open(dialog, found, plural(len(found), "measure"), self.measure_chosen)

    def _show_lines(self, result: tuple[str, str, list[PortfolioLine]]) -> None:
        """Show the lines behind a figure, the largest first; their sums are the figure that was chosen."""
        title, sentence, lines = result
        dialog = ListDialog(title, sentence, line_columns(), lambda line: int(line.contract.id), self._page)
        social = format_pounds(pounds_of(sum(line.pence for line in lines)))
        real = format_pounds(pounds_of(sum(line.real_pence for line in lines)))
        words = f"{plural(len(lines), 'line')}, {social} of social value; apart from it {real} of real pounds"
        self.open(dialog, lines, words)

    def open(
        self, dialog: ListDialog, rows: Sequence[object], total: str, chosen: SignalInstance | None = None
    ) -> None:
        """Show a list with its rows; what is chosen in it goes to `chosen`, else it leads to a contract."""
        self.dialog = dialog
        dialog.chosen.connect(chosen or self.chosen)
        dialog.finished.connect(partial(self._on_closed, dialog))
        dialog.open()
        dialog.set_rows(rows, total)

    def _on_closed(self, dialog: ListDialog, _result: int) -> None:
        if self.dialog is dialog:
            self.dialog = None
        dialog.deleteLater()
