"""The views that were saved by name: one is opened, the present one is saved for everybody who opens the database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from tomsapp.domain.history import Stored
from tomsapp.domain.saved_view import SAVED_VIEW, SavedView
from tomsapp.gui.records.record_editor import RecordEditor
from tomsapp.gui.records.record_form import RecordForm
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.dialog_parts import do_or_cancel, open_once
from tomsapp.gui.widgets.form_dialog import FormDialog
from tomsapp.gui.widgets.problems import Notice
from tomsapp.gui.widgets.text import Text
from tomsapp.services.saved_views import SAVED_VIEWS

if TYPE_CHECKING:
    from tomsapp.services.records import NamedRow

_SAYS = (
    "Its filters are kept in the database under this name, for everybody who opens it. A day that you chose is kept."
)


class ViewsButton(Button):
    """A menu of the saved views, and what saves and manages them."""

    chosen = Signal(object)
    """The `SavedView` that is wanted."""
    saved = Signal(str)
    """The name under which the present view was saved."""
    manage_wanted = Signal()

    def __init__(self, session: Session, present: Callable[[], SavedView]) -> None:
        super().__init__("Views", opens_menu=True)
        self.setToolTip("Saved views: filters with a name")
        self._session, self._present = session, present
        self.choices = QMenu(self)
        self.set_menu(self.choices)
        self.dialog: SaveViewDialog | None = None
        self.show_views(())

    def read(self) -> None:
        """Read which views there are."""
        self._session.read(SAVED_VIEWS.named, key="overview-views").success(self.show_views).start()

    def show_views(self, rows: Sequence[NamedRow[SavedView]]) -> None:
        """Offer these."""
        self.choices.clear()
        for row in rows:
            self.choices.addAction(row.record.name).triggered.connect(partial(self.chosen.emit, row.record))
        if rows:
            self.choices.addSeparator()
        self.choices.addAction("Save this view…").triggered.connect(self.ask)
        if rows:
            self.choices.addAction("Rename or delete…").triggered.connect(self.manage_wanted)

    def ask(self) -> None:
        """Ask for the name of the present view."""
        self.dialog = SaveViewDialog(self._session, self._present(), self.window())
        self.dialog.saved.connect(self.saved)
        open_once(self.dialog)


class SaveViewDialog(FormDialog):
    """Asks for a name and saves the view under it."""

    saved = Signal(str)
    """The name under which it was saved."""

    def __init__(self, session: Session, view: SavedView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Save this view")
        self.form = RecordForm(SAVED_VIEW)
        self.editor = RecordEditor(session, self.form, SAVED_VIEWS, "saved view in a dialog")
        note = Notice()
        self.editor.told.connect(note.say)
        self.editor.saved.connect(self._on_saved)
        self.rejected.connect(self.editor.discard)
        box = do_or_cancel(self, "Save view", self.editor.save)
        says = Text(_SAYS, "body", "text_muted", wrap=True)
        self.build("Save this view", "The saved view", (says, note, self.form), box)
        self.editor.show_new(view)

    def begin(self) -> None:
        """Begin in the name."""
        self.form.focus_field("name")

    def _on_saved(self, stored: Stored[SavedView]) -> None:
        self.saved.emit(stored.record.name)
        self.accept()
