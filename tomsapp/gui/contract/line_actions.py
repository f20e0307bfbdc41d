"""What is done to whole lines of a contract: add measures, remove lines, answer warnings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from tomsapp.domain.commitment import Commitment
from tomsapp.domain.history import Stored
from tomsapp.domain.problems import Answer
from tomsapp.gui.contract.editor import ContractEditor
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.feedback import Toast
from tomsapp.services import commitments
from tomsapp.services.changes import Done
from tomsapp.services.failures import EditConflict
from tomsapp.services.workspace import Workspace

T = TypeVar("T")


class LineActions(QObject):
    """Each action is one step of undo; the page reads the contract anew after it."""

    toast = Signal(object)
    """A `Toast` about what was done."""
    failed = Signal(object, object)
    """An exception, and what to call to try again (or None)."""

    def __init__(self, session: Session, editor: ContractEditor) -> None:
        super().__init__()
        self._session, self._editor = session, editor

    def add_measures(self, codes: Sequence[str]) -> None:
        """Add an empty commitment for each measure."""
        opened = self._editor.opened
        if opened is None or not codes:
            return

        def on_added(added: Sequence[Stored[Commitment]]) -> None:
            self._editor.expect([str(line.id) for line in added])

        contract_id, contract, edition = opened.stored.id, opened.contract, opened.edition
        what = edition.name_of(codes[0]) if len(codes) == 1 else f"{len(codes)} measures"
        said = Toast(f"{what} added to {contract.reference}", self._session.undo)
        self._act(lambda ws: commitments.add_measures(ws, contract_id, contract, edition, codes), on_added, said)

    def remove(self, keys: Sequence[str]) -> None:
        """Remove commitments; the undo bar brings them back."""
        editor, opened = self._editor, self._editor.opened
        lines = [line for key in keys if (line := editor.commitment(key)) is not None]
        if opened is None or not lines:
            return
        what = opened.edition.name_of(lines[0].measure) if len(lines) == 1 else f"{len(lines)} commitments"
        said = Toast(f"{what} removed from {opened.contract.reference}", self._session.undo, "trash-2")

        def task(workspace: Workspace) -> Done[None]:
            stored = [editor.stored(line) for line in lines]
            return commitments.remove_commitments(workspace, opened.stored.id, opened.edition, stored)

        self._act(task, lambda _none: editor.let_go([line.key for line in lines]), said)

    def answer(self, key: str, answer: Answer) -> None:
        """Answer a warning."""
        contract_id, opened = self._editor.contract_id, self._editor.opened
        before = opened.answers.get(key) if opened else None
        self._act(lambda ws: commitments.answer_problem(ws, contract_id, key, answer, before))

    def reopen_answer(self, key: str, before: Answer) -> None:
        """Take the answer to a warning back."""
        contract_id = self._editor.contract_id
        self._act(lambda ws: commitments.reopen_problem(ws, contract_id, key, before))

    def _act(
        self,
        task: Callable[[Workspace], Done[T]],
        then: Callable[[T], object] | None = None,
        said: Toast | None = None,
    ) -> None:
        worked: list[T] = []

        def on_done(result: T) -> None:
            worked.append(result)
            if then is not None:
                then(result)

        def on_failed(error: Exception) -> None:
            """After somebody else's save the contract is read anew, so that the next try meets what is there."""
            if isinstance(error, EditConflict):
                self._editor.reload()
            self.failed.emit(error, lambda: self._act(task, then, said))

        def on_finished() -> None:
            """The undo bar comes last: the pages that reload close the one before."""
            if worked and said is not None:
                self.toast.emit(said)

        self._session.act(lambda ws, _progress: task(ws), on_done).failure(on_failed).finished(on_finished).start()
