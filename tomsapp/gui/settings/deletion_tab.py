"""The files of evidence whose day is over: which they are, and deleting them for good with the reason."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from tomsapp.domain.wording import plural
from tomsapp.gui.dialogs.message import MessageDialog, ask
from tomsapp.gui.session import Session
from tomsapp.gui.settings.form_column import FormColumn
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.buttons import Button, LinkButton
from tomsapp.gui.widgets.fields import GUTTER, LineField
from tomsapp.gui.widgets.layouts import STRETCH, in_row
from tomsapp.gui.widgets.problems import Notice
from tomsapp.gui.widgets.text import Text
from tomsapp.gui.widgets.tick_list import TickList
from tomsapp.services.kept_files import DueFile, delete_files, due_files_today
from tomsapp.services.sealed_rules import today

_ABOUT = (
    "Evidence is kept until the day that each piece says. Files of which that day is over are listed here. Deleting "
    "one takes its bytes away for good; its SHA-256, size, the day, the reason and who did it stay."
)
_NONE = "No file is due for deletion."
_REASON = ("Reason", "For example: by the retention schedule of the council, line 12. It is kept with your name.")
_STAYS = "Backups and other copies of the database still hold them. Whoever keeps those deletes them there."


class DeletionTab(FormColumn):
    """Everything that is due is ticked; what shall stay longer is given a later day at its claim."""

    rules_wanted = Signal()
    """How long evidence is kept is to be set."""

    def __init__(self, session: Session) -> None:
        super().__init__("Deletion", 1000)
        self._session = session
        self.due: tuple[DueFile, ...] = ()
        self.dialog: MessageDialog | None = None
        self.notice = Notice()
        self.count = Text(_NONE, "strong")
        self.count.setContentsMargins(GUTTER, 0, 0, 0)
        self.files = TickList("Files that are due for deletion", ticks_all=True)
        self.reason = LineField(*_REASON)
        self.delete_button = Button("Delete", "danger", does=self.ask)
        self.rules_link = LinkButton("How long evidence is kept", role="note", does=self.rules_wanted.emit)
        about = Text(_ABOUT, "body", "text_muted", wrap=True)
        about.setContentsMargins(GUTTER, 0, 0, 0)
        foot = in_row(self.delete_button, self.rules_link, STRETCH, margins=(GUTTER, 0, 0, 0), gap=16)
        listed = in_row(self.files, margins=(GUTTER, 0, 0, 0))
        self.fill(about, self.notice, self.count, listed, self.reason, foot)
        self.files.ticked.connect(self._show_count)
        self._show(())

    def load(self) -> None:
        """Read which files are due."""
        self._session.read(due_files_today, key="settings-deletion").success(self._show).start()

    def _show(self, due: Sequence[DueFile]) -> None:
        untick = {each.stored.sha256 for each in self.due} - set(self.files.chosen)
        self.due = tuple(due)
        digests = {each.stored.sha256 for each in due}
        self.files.set_options([(each.stored.sha256, each.words) for each in due], digests - untick)
        for part in (self.files, self.reason, self.delete_button):
            part.setVisible(bool(due))
        self._show_count()

    def _show_count(self) -> None:
        chosen = len(self.files.chosen)
        is_are = "file is" if len(self.due) == 1 else "files are"
        self.count.setText(f"{len(self.due):,} {is_are} due for deletion." if self.due else _NONE)
        self.delete_button.setText(f"Delete {plural(chosen, 'file', 'files')}")

    def ask(self) -> None:
        """Ask once more, as nothing brings the bytes back."""
        chosen, reason = [str(each) for each in self.files.chosen], self.reason.text
        if not chosen:
            self.notice.say("Tick the files that are to be deleted.")
            announce(self, self.notice.text.text())
            return
        if not reason:
            self.reason.set_error("Say why they are deleted, for example by the retention schedule")
            self.reason.control.setFocus()
            return
        what = plural(len(chosen), "file", "files")
        question, go = f"Delete {what} for good?", f"Delete {what}"
        said = f"Because: {reason}", "The program cannot bring the bytes back, and Undo stops here.", _STAYS
        self.dialog = ask(self.window(), question, said, go, lambda: self._delete(chosen, reason), destroys=True)

    def _delete(self, digests: Sequence[str], reason: str) -> None:
        def told(count: int) -> None:
            self.notice.say(f"{plural(count, 'file was', 'files were')} deleted.")
            self.reason.set_text("")

        def refused(error: Exception) -> None:
            self._session.jobs.failed.emit(error)
            self.load()

        job = self._session.act(lambda workspace, _progress: delete_files(workspace, digests, reason, today()), told)
        job.failure(refused).start()
