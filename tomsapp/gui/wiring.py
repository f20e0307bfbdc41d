"""Ties the session to the window: the undo bar, failures, search, what the bars say."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from tomsapp.domain.alike import alike
from tomsapp.domain.errors import TomsError
from tomsapp.gui.damage import DamageNotice
from tomsapp.gui.file_place import FilePlaceNotice
from tomsapp.gui.kept_notice import KeptNotice
from tomsapp.gui.main_window import MainWindow
from tomsapp.gui.page import NEW
from tomsapp.gui.palette_results import PaletteProvider, PaletteResult
from tomsapp.gui.registry import ENTRIES, found_on, searched_kinds
from tomsapp.gui.saved_state import SavedState
from tomsapp.gui.session import Session

if TYPE_CHECKING:
    from tomsapp.gui.database_care import DatabaseCare
    from tomsapp.services.changes import Changes, Edit
    from tomsapp.services.search import Found
    from tomsapp.services.workspace import Workspace

EXAMPLE_NOTICE = "Example council, not real"


class Wiring(QObject):
    """The only thing that knows both the session and the window."""

    def __init__(self, session: Session, window: MainWindow, report_fault: Callable[[BaseException], object]) -> None:
        super().__init__(window)
        self.session, self._window = session, window
        self._report_fault = report_fault
        self.damage = DamageNotice(session, window, self._care)
        window.providers.append(PaletteProvider(self._find_new))
        window.providers.append(PaletteProvider(self._find_parts))
        window.providers.append(PaletteProvider(self._find, asks_database=True))
        session.edited.connect(self._on_edited)
        session.changed.connect(self._on_changed)
        # First what was said of the last database goes, then what is said of the next one comes.
        saved = SavedState(session, window.status, self)
        kept = KeptNotice(session, window)
        for look in (session.follow, session.look_at_day, saved.look, kept.look):
            window.came_to_front.connect(look)
        # A window that is left open over night never comes to the front.
        window.went_to.connect(lambda _key: session.look_at_day())
        FilePlaceNotice(session, window)
        session.workspace_changed.connect(self._on_workspace_changed)
        session.jobs.failed.connect(self._on_failed)
        session.who_changed.connect(window.status.set_user)

    # Search

    def _find(self, query: str) -> list[PaletteResult]:
        from tomsapp.services.search import search

        if not self.session.is_open:
            return []
        return [self._result(found) for found in search(self.session.workspace, query, searched_kinds())]

    def _find_new(self, query: str) -> list[PaletteResult]:
        """The forms of new records, on whatever page they are; the page that is shown has its own way to one."""
        from tomsapp.gui.commands import GROUP, plain

        if not query or not self.session.is_open:
            return []
        on_page = {plain(action.text()) for action in self._window.page_commands()}
        found = []
        for kind in searched_kinds():
            words = f"New {kind.noun}", f"Add {kind.noun}"
            if on_page.isdisjoint(words) and any(alike(query) in alike(each) for each in words):
                go = partial(self._window.go_to, found_on(kind.key).key, NEW)
                found.append(PaletteResult(GROUP, words[0], go, icon=found_on(kind.key).icon))
        return found

    def _find_parts(self, query: str) -> list[PaletteResult]:
        """The parts of pages that hold something of their own, such as the tabs of Settings."""
        wanted = alike(query)
        return [
            PaletteResult(entry.title, words, partial(self._window.go_to, entry.key, target), icon=entry.icon)
            for entry in ENTRIES
            for words, target in entry.parts.items()
            if wanted and wanted in alike(words) and self.session.is_open
        ]

    def _result(self, found: Found) -> PaletteResult:
        at = found_on(found.kind)
        go = partial(self._window.go_to, at.key, found.target)
        return PaletteResult(at.heading, found.title, go, found.detail, at.icon)

    # Undo

    def undo(self) -> None:
        """Take back what was done last; where an act stands in the way, that is said."""
        from tomsapp.gui.widgets.feedback import Toast

        stop = self.session.undo_stop
        if stop:
            self._window.show_toast(Toast(f"{stop}.", icon="lock"))
        else:
            self.session.undo()

    def _on_edited(self, edit: Edit) -> None:
        """Offer Undo in the bar for what takes something away or brings in much; typing has the menu."""
        from tomsapp.domain.answers import ANSWER
        from tomsapp.gui.widgets.feedback import Toast

        removed = any(record.after is None and record.kind is not ANSWER for record in edit.records)
        if not edit.stop and (removed or len(edit.records) > 1):
            self._window.show_toast(Toast(edit.label, self.undo))

    # What the bars say

    def _on_changed(self, changes: Changes) -> None:
        from tomsapp.domain.council import COUNCIL

        self._window.refresh(changes)
        if changes.touches(COUNCIL):
            self._say_workspace()

    def _on_workspace_changed(self, workspace: Workspace | None) -> None:
        self._window.stage.dismiss_toast()
        self._window.top_bar.set_notice(None)
        if workspace is None:
            self._window.set_database(None)
            return
        self._window.forget_pages()
        self._window.set_database(workspace.database.name)
        self._say_workspace()

    def _say_workspace(self) -> None:
        """Read the council's settings in the database thread, then say them."""
        if self.session.is_open:
            self.session.read(_bar_facts, key="bar-facts").success(self._show_facts).start()

    def _show_facts(self, facts: tuple[str, str, bool, str, str, str]) -> None:
        window = self._window
        council, menu, is_example, name, location, caution = facts
        window.set_database(name, council=council or None, tooltip=location, caution=caution)
        window.top_bar.set_notice(EXAMPLE_NOTICE if is_example else None)
        window.set_menu(menu)

    # Failures

    def _care(self) -> DatabaseCare:
        from tomsapp.gui.pages.start_page import StartPage

        start = self._window.page("start")
        if not isinstance(start, StartPage):
            raise TypeError(start)
        return start.care

    def _on_failed(self, error: Exception) -> None:
        """Show an expected failure as one message with what to do; a fault goes to the error reporter."""
        if not isinstance(error, TomsError):
            self.damage.look(error, lambda: self._report_fault(error))
            return
        from tomsapp.gui.dialogs.message import tell_failure
        from tomsapp.services.failures import Damaged, DatabaseReadOnly

        if isinstance(error, Damaged):
            self.damage.tell(error)
        elif isinstance(error, DatabaseReadOnly):
            self._care().copy.tell(error)
        else:
            tell_failure(self._window, error)


def _bar_facts(workspace: Workspace) -> tuple[str, str, bool, str, str, str]:
    settings = workspace.settings
    menu = ""
    if settings.default_menu:
        edition = workspace.edition(settings.default_menu, settings.default_edition)
        menu = f"Menu {edition.name_and_prices}"
    database = workspace.database
    place = str(database.path or database.name)
    return settings.council_name, menu, settings.is_example, database.name, place, database.caution
