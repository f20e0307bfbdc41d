"""Backing up, restoring and checking databases, with progress and a plain result."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from tomsapp.domain.problems import Problem, has_errors
from tomsapp.domain.wording import plural
from tomsapp.gui.database_opener import DatabaseOpener
from tomsapp.gui.dialogs.message import ask, show_findings, tell
from tomsapp.gui.file_dialogs import DATABASE_FILES, DATABASES, FileDialogs, FileUse, documents
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.problems import MEND, SAVE_COPY
from tomsapp.services import checking, databases
from tomsapp.services.addresses import DATABASE_ENDING, Target
from tomsapp.services.progress import Progress

if TYPE_CHECKING:
    from tomsapp.gui.read_only import CopyToChange
    from tomsapp.services.databases import Rescued
    from tomsapp.services.workspace import Workspace

_PAPERS = f"Papers and backups (*.pdf {DATABASES});;All files (*)"
_AFTER_PROBLEMS = (
    "Restore the latest backup that is whole, or copy what can be read into a new database: both are in the File menu. "
    "Nothing was changed by this check."
)


class DatabaseCare(QObject):
    """What keeps a database safe; each action asks for what it needs and says what came of it."""

    def __init__(self, session: Session, opener: DatabaseOpener, page: QWidget) -> None:
        super().__init__(page)
        self._session, self._opener, self._page = session, opener, page

    @property
    def _files(self) -> FileDialogs:
        """Of the open database: another council's folder, with a file of the same name, is never proposed."""
        return FileDialogs(self._session.kept)

    @property
    def _window(self) -> QWidget:
        """Over what it asks and tells: a page is made anew when another database is opened."""
        return self._page.window()

    # Back up

    def back_up(self) -> None:
        """Ask for a place and write a checked copy of the open database there."""
        database = self._session.workspace.database
        folder = database.path.parent if database.path else documents()
        today = datetime.now(UTC).astimezone().date()
        stem = database.path.stem if database.path else database.name.rpartition("/")[2]
        proposed = folder / f"{stem} backup {today.isoformat()}{DATABASE_ENDING}"
        chosen = self._files.save(self._window, FileUse.BACKUP, "Back up the database", proposed, DATABASE_FILES)
        if chosen is not None:
            self.back_up_to(_with_ending(chosen))

    def back_up_to(self, path: Path) -> None:
        """Write a checked copy of the open database to `path`."""
        workspace = self._session.workspace
        job = self._session.jobs.run(
            lambda progress: _backed_up(workspace, path, progress), title="Backing up the database"
        )
        job.success(self._on_backed_up).cancelled(self._on_cancelled).start()

    def _on_backed_up(self, told: tuple[Path, str]) -> None:
        path, head = told
        sentence = "The copy was read back and is whole. Keep it on another disk than the database."
        note = f"{head} Note it on paper to know this history again." if head else ""
        tell(self._window, "The backup is made", f"It is in {path}.", sentence, note, tone="success")

    # Restore

    def restore(self) -> None:
        """Ask for a backup and for the place of the restored database."""
        title, folder = "Choose the backup to restore", documents()
        backup = self._files.open(self._window, FileUse.BACKUP, title, DATABASE_FILES, folder)
        if backup is None:
            return
        database = self._session.workspace.database if self._session.is_open else None
        proposed = (
            database.path
            if database and database.path
            else backup.with_name(f"{backup.stem} restored{DATABASE_ENDING}")
        )
        title = "Choose where the restored database goes"
        target = self._files.name(self._window, FileUse.DATABASE, title, proposed, DATABASE_FILES)
        if target is not None:
            self.restore_to(backup, _with_ending(target))

    def restore_to(self, backup: Path, target: Path) -> None:
        """Make `target` what the backup holds, and open it; asks first if there is a file already."""
        go_on = partial(self._restore, backup, target)
        if not target.exists():
            go_on()
            return
        sentences = (
            f"{target.name} becomes what {backup.name} holds. Changes made since that backup are not in it.",
            f"The present {target.name} is kept in the same folder under another name.",
        )
        ask(self._window, f"Restore over {target.name}?", sentences, "Restore the backup", go_on, destroys=True)

    def _restore(self, backup: Path, target: Path) -> None:
        session = self._session
        was_open = session.is_open and session.workspace.database.path == target.absolute()
        if was_open:
            session.set_workspace(None)

        def on_failure(error: Exception) -> None:
            session.jobs.failed.emit(error)
            if was_open:
                self._opener.open(str(target))

        def task(progress: Progress) -> Path | None:
            # A file without a log does not tell who has it open.
            session.mark.ask(target)
            return databases.restore(backup, target, progress)

        job = session.jobs.run(task, title=f"Restoring {backup.name}")
        job.success(partial(self._on_restored, backup, target)).failure(on_failure).start()

    def _on_restored(self, backup: Path, target: Path, kept: Path | None) -> None:
        before = f"The file that was there before is now {kept.name} in the same folder." if kept else ""
        tell(
            self._window, "The backup is restored", f"{target} holds what {backup.name} holds.", before, tone="success"
        )
        self._opener.open(str(target))

    # Copy what can be read

    def rescue(self, damaged: str = "") -> None:
        """Ask for a new name, and copy what can be read of a damaged file to it; without a file, ask for that too."""
        source = Path(damaged) if damaged else self._ask_for_damaged()
        if source is None:
            return
        title = "Choose where the new database goes"
        proposed = source.with_name(f"{source.stem} copied{DATABASE_ENDING}")
        target = self._files.save(self._window, FileUse.DATABASE, title, proposed, DATABASE_FILES)
        if target is not None:
            self.rescue_to(source, _with_ending(target))

    def _ask_for_damaged(self) -> Path | None:
        title, folder = "Choose the damaged database", documents()
        return self._files.open(self._window, FileUse.DATABASE, title, DATABASE_FILES, folder)

    def rescue_to(self, source: Path, target: Path) -> None:
        """Copy what can be read of `source`, closed first, to the new file `target`, which can be opened then."""
        session = self._session
        if session.is_open and session.workspace.database.path == source.absolute():
            session.set_workspace(None)
        job = session.jobs.run(
            lambda progress: databases.rescue(source, target, progress),
            title=f"Copying what can be read of {source.name}",
        )
        job.success(partial(self._on_rescued, source, target)).cancelled(self._on_cancelled).start()

    def _on_rescued(self, source: Path, target: Path, found: Rescued) -> None:
        from tomsapp.gui.dialogs.message import MessageDialog
        from tomsapp.gui.widgets.dialog_parts import text_to_read

        said = [f"{target} is made of {source}, which is as it was.", found.summary]
        if found.left_out:
            said.append("Compare it with your papers before you go on with it. This is what is missing or changed:")
        tone = "warning" if found.left_out else "success"
        dialog = MessageDialog("What could be read is copied", said, self._window, tone=tone, width=700)
        if found.left_out:
            dialog.body.addWidget(text_to_read("What was left out", "\n".join(map(str, found.left_out))), 1)
        dialog.add_button("Open the new database", QDialogButtonBox.ButtonRole.AcceptRole, "primary", is_default=True)
        dialog.buttons.accepted.connect(dialog.accept)
        dialog.add_button("Close", QDialogButtonBox.ButtonRole.RejectRole)
        # What is missing is read first: what there is to say of where the new file lies comes after it.
        dialog.accepted.connect(lambda: self._opener.open(str(target)))
        dialog.open()

    # What can be done about a warning

    @cached_property
    def copy(self) -> CopyToChange:
        """Saving a copy of a database that can only be read."""
        from tomsapp.gui.read_only import CopyToChange

        return CopyToChange(self._session, self._opener, self._page)

    def put_right(self, remedy: object) -> None:
        """Do what was chosen about a warning, by its key."""
        remedies: dict[object, Callable[[], object]] = {MEND[0]: self.mend, SAVE_COPY[0]: self.copy.ask}
        remedies[remedy]()

    # Put back what keeps the history

    def mend(self) -> None:
        """Put the triggers of the open file back as this program makes them, and open it again, to be changed too."""
        session = self._session
        target, name = session.workspace.database.target, session.workspace.database.name
        session.set_workspace(None)
        job = session.jobs.run(lambda _progress: databases.mend(target, session.who), title=f"Putting {name} right")

        def on_failure(error: Exception) -> None:
            session.jobs.failed.emit(error)
            self._opener.open(target)

        job.success(partial(self._on_mended, target, name)).failure(on_failure).start()

    def _on_mended(self, target: Target, name: str, mended: list[str]) -> None:
        said = f"{plural(len(mended), 'guard')} of its history were put back as this program makes them."
        then = "A check of the database, in the File menu, finds what was done while they were not in place."
        tell(self._window, f"{name} is put right", said if mended else "Nothing was amiss.", then, tone="success")
        self._opener.open(target)

    # Check

    def check(self) -> None:
        """Check the open database: its file, tables, kept menus and history."""
        self._check(None)

    def check_against(self) -> None:
        """Ask for a paper or backup, and check whether the open database has the history that it came from."""
        title, folder = "Choose a PDF or a backup of this database", documents()
        chosen = self._files.open(self._window, FileUse.PDF, title, _PAPERS, folder)
        if chosen is not None:
            self._check(chosen)

    def _check(self, against: Path | None) -> None:
        database = self._session.workspace.database
        target = database.target

        def task(progress: Progress) -> tuple[list[Problem], tuple[str, ...]]:
            found = checking.check(target, against, progress)
            return found, () if has_errors(found) else checking.history_words(target, against)

        beside = f" against {against.name}" if against else ""
        job = self._session.jobs.run(task, title=f"Checking {database.name}{beside}")
        job.success(partial(self._on_checked, database.name)).cancelled(self._on_cancelled).start()

    def _on_checked(self, name: str, told: tuple[list[Problem], tuple[str, ...]]) -> None:
        problems, words = told
        if not problems:
            sentence = "Its file, its tables, the menus that it keeps and its history are whole."
            tell(self._window, f"No problems found in {name}", sentence, *words, tone="success")
            return
        heading = f"{plural(len(problems), 'problem')} found in {name}"
        sentences = words or (_AFTER_PROBLEMS,)
        show_findings(self._window, heading, " ".join(sentences), problems)

    def _on_cancelled(self) -> None:
        tell(self._window, "Cancelled", "Nothing was changed.")


def _backed_up(workspace: Workspace, path: Path, progress: Progress) -> tuple[Path, str]:
    """Where the backup is, and where its history ends."""
    written = databases.back_up(workspace.database, path, progress)
    return written, "" if workspace.database.needs_mending else checking.history_of_backup(written)


def _with_ending(path: Path) -> Path:
    return path if path.suffix else path.with_name(f"{path.name}{DATABASE_ENDING}")
