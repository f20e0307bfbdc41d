"""Figures that are added up behind a list, which does not wait for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from tomsapp.domain.record_type import RecordType
from tomsapp.gui.page import Page
from tomsapp.gui.session import Session
from tomsapp.services.progress import Progress
from tomsapp.services.workspace import Workspace

V = TypeVar("V")


class BehindList(Generic[V]):
    """What is known of each row beside its record, by the row's number; read while the page is shown.

    The list page that has one tells it when it is shown, when it is left, and what was changed; `touched_by` says what
    is added up, and `show` shows the page's rows anew.
    """

    def __init__(
        self,
        page: Page,
        session: Session,
        key: str,
        add_up: Callable[[Workspace, Progress], dict[int, V]],
        touched_by: tuple[RecordType[Any], ...],
        show: Callable[[], object],
    ) -> None:
        self.touched_by = touched_by
        self._page, self._session, self._key = page, session, key
        self._add_up, self._show = add_up, show
        self._is_known = False
        self.values: dict[int, V] = {}

    def read(self) -> None:
        """Add up what is not known yet, if the page is shown."""
        if self._session.is_open and self._page.isVisible() and not self._is_known:
            self._is_known = True
            workspace, add_up = self._session.workspace, self._add_up
            job = self._session.jobs.run(lambda progress: add_up(workspace, progress), key=self._key)
            self._page.while_shown(job.success(self._on_added_up)).start()

    def read_anew(self) -> None:
        """Add up again: something was changed."""
        self._is_known = False
        self.read()

    def leave(self) -> None:
        """Leave the database to the page that is shown next, and add up when this one is shown again."""
        if self._page.stop_jobs():
            self._is_known = False

    def _on_added_up(self, found: dict[int, V]) -> None:
        self.values.clear()
        self.values.update(found)
        self._show()
