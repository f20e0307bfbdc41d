"""Goes through the contracts in small parcels, so that other work in the database never waits long."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from tomsapp.gui.jobs import Job
from tomsapp.gui.session import Session
from tomsapp.services.overview import check_contracts

if TYPE_CHECKING:
    from tomsapp.services.overview_types import Checked, Cube

_AT_ONCE = 100


class ContractChecker(QObject):
    """Keeps how many Problems are open in each contract; only those that changed are checked again."""

    found = Signal()
    """More contracts have been checked."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._cube: Cube | None = None
        self._todo: list[int] = []
        self._runs = False
        self._job: Job[Any] | None = None
        self.checked: dict[int, Checked] = {}

    @property
    def left(self) -> int:
        """How many contracts are still to be checked."""
        return len(self._todo)

    def forget(self, contract_ids: Iterable[int] | None = None) -> None:
        """Check these contracts again, or all for None."""
        if contract_ids is None:
            self.checked.clear()
        for number in contract_ids or ():
            self.checked.pop(number, None)

    def stop(self) -> None:
        """Check no more: the database is closed."""
        self._cube, self._todo = None, []
        self.checked.clear()

    def rest(self) -> None:
        """Check no more until the next start: the page was left, and nobody shall wait for what it would show."""
        self._todo = []
        if self._job is not None:
            self._job.cancel()

    def start(self, cube: Cube) -> None:
        """Check every contract of the portfolio that is not checked yet."""
        self._cube = cube
        self._todo = [
            contract.id for contract in cube.contracts if contract.id not in self.checked and contract.commitments
        ]
        if not self._runs:
            self._next()

    def _next(self) -> None:
        cube = self._cube
        if cube is None or not self._todo or not self._session.is_open:
            self._runs = False
            return
        self._runs = True
        parcel, workspace = self._todo[:_AT_ONCE], self._session.workspace
        job = self._session.jobs.run(
            lambda progress: (cube, parcel, check_contracts(workspace, cube, parcel, progress))
        )
        self._job = job
        job.success(self._on_checked).failure(self._on_failed).cancelled(self._next).start()

    def _on_checked(self, result: tuple[Cube, list[int], dict[int, Checked]]) -> None:
        cube, parcel, found = result
        if cube is self._cube:
            done = set(parcel)
            self._todo = [number for number in self._todo if number not in done]
            self.checked.update(found)
            self.found.emit()
        self._next()

    def _on_failed(self, _error: Exception) -> None:
        """Reading the database failed; the page itself says so when it loads next."""
        self._runs = False
        self._todo = []
