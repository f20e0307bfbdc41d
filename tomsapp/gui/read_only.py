"""What there is to know about the open database, with what can be done; and a copy of one that can only be read."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from tomsapp.domain.errors import TomsError
from tomsapp.gui.dialogs.message import MessageDialog
from tomsapp.gui.file_dialogs import NEW_DATABASES, FileDialogs, FileUse, documents
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.problems import MEND, SAVE_COPY, ProblemRow
from tomsapp.services import databases
from tomsapp.services.addresses import DATABASE_ENDING

if TYPE_CHECKING:
    from tomsapp.gui.database_opener import DatabaseOpener
    from tomsapp.services.databases import DatabaseFacts
    from tomsapp.services.progress import Progress


def warning_rows(facts: DatabaseFacts) -> Iterator[ProblemRow]:
    """A row for each warning about the open database, with what can be done about it: see `DatabaseCare.put_right`."""
    for warning in facts.warnings:
        actions = [MEND] if facts.needs_mending and warning == facts.guards else []
        actions += [SAVE_COPY] if warning == facts.protected else []
        yield ProblemRow("warning", warning, actions)


class CopyToChange(QObject):
    """Saves a copy of a database that can only be read where it lies, and opens it if that is wanted."""

    def __init__(self, session: Session, opener: DatabaseOpener, page: QWidget) -> None:
        super().__init__(page)
        self._session, self._opener, self._page = session, opener, page

    def ask(self, closed: str = "") -> None:
        """Ask for a place, and save a copy of the open database there, or of a file that could not be opened."""
        opened = None if closed else self._session.workspace.database
        source = Path(closed) if opened is None else opened.path
        if source is None:
            return
        proposed = documents() / source.name
        window = self._page.window()
        files = FileDialogs(self._session.preferences)
        chosen = files.save(window, FileUse.COPY, f"Save a copy of {source.name}", proposed, NEW_DATABASES)
        if chosen is None:
            return
        target = chosen if chosen.suffix else chosen.with_name(f"{chosen.name}{DATABASE_ENDING}")

        def task(progress: Progress) -> object:
            if opened is None:
                return databases.restore(source, target, progress)
            return databases.back_up(opened, target, progress)

        job = self._session.jobs.run(task, title=f"Saving a copy of {source.name}")
        job.success(lambda _made: self._on_saved(source, target)).start()

    def _on_saved(self, source: Path, target: Path) -> None:
        said = f"{target} holds what {source} holds."
        then = f"What you change in the copy is not in {source.name}. Tell whoever works with that one."
        dialog = MessageDialog("The copy is saved", [said, then], self._page.window(), tone="success")
        dialog.add_button("Open the copy", QDialogButtonBox.ButtonRole.AcceptRole, "primary", is_default=True)
        dialog.buttons.accepted.connect(dialog.accept)
        dialog.add_button("Close", QDialogButtonBox.ButtonRole.RejectRole)
        dialog.accepted.connect(lambda: self._opener.open(str(target)))
        dialog.open()

    def tell(self, error: TomsError) -> None:
        """Say why something was not saved, with the way out of it."""
        workspace = self._session.workspace if self._session.is_open else None
        why = workspace.database.protected if workspace else ""
        sentences = [why or f"{error.fix}."] if why or error.fix else []
        dialog = MessageDialog(error.message, sentences, self._page.window(), tone="warning")
        if why:
            button = dialog.add_button(SAVE_COPY[1], QDialogButtonBox.ButtonRole.ActionRole)
            button.clicked.connect(partial(self._leave, dialog))
        dialog.add_button("Close", QDialogButtonBox.ButtonRole.RejectRole, is_default=True)
        dialog.open()

    def _leave(self, dialog: MessageDialog, _checked: bool = False) -> None:
        dialog.reject()
        self.ask()
