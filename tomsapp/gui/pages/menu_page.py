"""The Menu page: the themes, outcomes and measures of any edition, and two editions compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QSplitter, QWidget

from tomsapp.domain.commitment import COMMITMENT
from tomsapp.domain.contract import CONTRACT
from tomsapp.domain.council import COUNCIL
from tomsapp.domain.errors import TomsError
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.problems import Problem
from tomsapp.gui.dialogs.made_report import preview_report
from tomsapp.gui.menu.compare_view import CompareView, edition_words
from tomsapp.gui.menu.edition_tree import EditionTree
from tomsapp.gui.menu.files import EditionFiles
from tomsapp.gui.menu.measure_view import MeasureView
from tomsapp.gui.menu.problems_view import ProblemsView
from tomsapp.gui.page import Page
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.buttons import Button, SegmentedButton
from tomsapp.gui.widgets.combo import ComboBox
from tomsapp.gui.widgets.layouts import stack_of
from tomsapp.services import menu_library
from tomsapp.services.changes import Changes
from tomsapp.services.menu_books import menu_book
from tomsapp.services.menu_library import ContractListRow, EditionEntry
from tomsapp.services.workspace import Workspace

_VIEWS = (("browse", "Browse"), ("compare", "Compare editions"))


@dataclass(frozen=True, slots=True)
class _Opened:
    """An edition that was read, or the Problems for which it cannot be; and where its measures are used."""

    edition: MenuEdition | None
    problems: tuple[Problem, ...]
    uses: Mapping[str, Sequence[ContractListRow]]


class MenuPage(Page):
    """Browses an edition at the left, shows the chosen measure at the right; or compares two editions."""

    def __init__(self, session: Session) -> None:
        super().__init__("Menu")
        self._session = session
        self._entries: list[EditionEntry] = []
        self._now: tuple[str, str] | None = None
        self._wanted_measure = ""
        self._opened: _Opened | None = None
        self.edition_box = ComboBox(name="Menu edition")
        self.views = SegmentedButton("View", _VIEWS)
        self.files = EditionFiles(session, self)
        self.export_button = self.files.export_button
        self.book_button = Button("Preview menu book", icon_name="book-open", does=self._on_book)
        self.tree = EditionTree()
        self.measure = MeasureView()
        self.problems = ProblemsView()
        self.compare = CompareView(session)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.header.add_beside_title(self.edition_box)
        self.header.add_beside_title(self.views)
        self.header.add_action(self.export_button)
        self.header.add_action(self.book_button)
        self.tree.add_below(self.files.add_button)
        browse = QSplitter(Qt.Orientation.Horizontal)
        browse.setProperty("k", "clear")
        browse.setChildrenCollapsible(False)
        browse.setHandleWidth(12)
        browse.addWidget(self.tree)
        browse.addWidget(self.measure)
        browse.setStretchFactor(0, 36)
        browse.setStretchFactor(1, 64)
        browse.setSizes([443, 774])
        self._browse = browse
        self._stack = stack_of(browse, self.compare, self.problems)
        self.body.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.edition_box.activated.connect(self._on_edition_chosen)
        self.views.chosen.connect(self._on_view)
        self.tree.measure_chosen.connect(self._on_measure)
        self.measure.contract_wanted.connect(lambda number: self.wants_page.emit("contracts", number))
        self.files.added.connect(lambda added: self.show_target((added.code, added.edition)))

    # What the page shows

    def show_target(self, target: object) -> None:
        """Show a measure, as (menu, edition, measure code), or an edition, as (menu, edition)."""
        if not isinstance(target, tuple) or len(target) < 2:
            return
        self._wanted_measure = str(target[2]) if len(target) > 2 else ""
        self.views.set_current("browse")
        self._now = (str(target[0]), str(target[1]))
        self._read_entries()

    def refresh(self, changes: object) -> None:
        """Read the editions anew when contracts or the council's settings changed."""
        kinds = (COUNCIL, CONTRACT, COMMITMENT)
        if isinstance(changes, Changes) and not changes.touches(*kinds):
            return
        if self._session.is_open and self.isVisible():
            self._read_entries()
        else:
            self._entries = []

    def set_enabled_for_database(self, is_open: bool) -> None:
        """Forget what another database kept."""
        self._entries = []
        if not is_open:
            self._now = None

    def showEvent(self, event: object) -> None:
        """Read the editions when the page is first seen, and after a change that it did not see."""
        super().showEvent(event)  # type: ignore[arg-type]
        if self._session.is_open and not self._entries:
            self._read_entries()

    def _read_entries(self) -> None:
        self._session.read(_entries_and_default, key="menu-editions").success(self._on_entries).start()

    def _on_entries(self, result: tuple[list[EditionEntry], tuple[str, str]]) -> None:
        self._entries, default = result
        names = [(entry.code, entry.edition) for entry in self._entries]
        self.edition_box.clear()
        for entry in self._entries:
            self.edition_box.addItem(edition_words(entry), (entry.code, entry.edition))
        if self._now not in names:
            self._now = default if default in names else names[0] if names else None
        if self._now is None:
            return
        self.edition_box.setCurrentIndex(names.index(self._now))
        self.compare.set_editions(self._entries, self._now)
        self._read_edition()
        if self.views.current == "compare":
            self.compare.compare()

    def _read_edition(self) -> None:
        if self._now is None:
            return
        code, edition = self._now
        entry = next(entry for entry in self._entries if (entry.code, entry.edition) == self._now)
        usable = entry.status is not None

        def task(workspace: Workspace) -> _Opened:
            if not usable:
                today = date.today()  # noqa: DTZ011 - the reader's own day
                found = menu_library.edition_problems(workspace.catalogue, code, edition, today)
                return _Opened(None, found, {})
            uses = menu_library.contracts_by_measure(workspace, code, edition)
            return _Opened(workspace.edition(code, edition), (), uses)

        self._session.read(task, key="menu-edition").success(self._on_opened).refused(self._on_refused).start()

    def _on_opened(self, opened: _Opened) -> None:
        before = self._opened
        self._opened = opened
        edition = opened.edition
        self.book_button.setEnabled(edition is not None)
        self.files.set_edition(edition)
        self.say_menu(f"Shown: menu {edition.name_and_prices}" if edition else "")
        if edition is None:
            self.problems.show_problems(" ".join(self._now or ()), opened.problems)
        else:
            kept = self.tree.current_code
            with QSignalBlocker(self.tree):
                if before is None or before.edition is not edition:
                    self.tree.show_edition(edition)
                wanted = self._wanted_measure or kept
                if not (wanted and self.tree.select(wanted)):
                    self.tree.select(next(iter(edition.places), ""))
            self._on_measure(self.tree.current_code)
        self._wanted_measure = ""
        self._show_view()

    def _on_refused(self, error: TomsError) -> None:
        self.problems.show_failure(error)
        self._stack.setCurrentWidget(self.problems)

    def _show_view(self) -> None:
        comparing = self.views.current == "compare"
        self.edition_box.setVisible(not comparing)
        readable = self._opened is not None and self._opened.edition is not None
        shown: QWidget = self.compare if comparing else self._browse if readable else self.problems
        self._stack.setCurrentWidget(shown)

    # Slots

    def _on_edition_chosen(self) -> None:
        self._now = self.edition_box.currentData()
        self._wanted_measure = self.tree.current_code
        self._read_edition()

    def _on_view(self, view: object) -> None:
        self._show_view()
        if view == "compare":
            self.compare.compare()

    def _on_measure(self, code: str) -> None:
        opened = self._opened
        if opened is None or opened.edition is None or code not in opened.edition.places:
            return
        today = date.today()  # noqa: DTZ011 - the reader's own day
        place = opened.edition.places[code]
        self.measure.show_measure(place, opened.edition, opened.uses.get(code, ()), today)

    def _on_book(self) -> None:
        if self._now is None:
            return
        code, edition = self._now
        preview_report(
            self._session,
            self,
            lambda workspace, today, progress: menu_book(workspace, code, edition, today, progress),
            "menu-book",
            f"Making the book of {code} {edition}",
        )


def _entries_and_default(workspace: Workspace) -> tuple[list[EditionEntry], tuple[str, str]]:
    settings = workspace.settings
    return menu_library.list_editions(workspace), (settings.default_menu, settings.default_edition)
