"""The Start page: make or open a database, look at the example council, go back to a recent one."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from tomsapp.config.recents import note_contents, recent_databases, remove_recent
from tomsapp.gui.database_opener import DatabaseOpener, OpeningFailure
from tomsapp.gui.main_window import MainWindow
from tomsapp.gui.page import Page
from tomsapp.gui.session import Session
from tomsapp.gui.start.cards import EDGE, WayCard, content_width
from tomsapp.gui.start.recent_list import RecentList
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.buttons import Button, LinkButton
from tomsapp.gui.widgets.file_drops import TakesFiles
from tomsapp.gui.widgets.layouts import STRETCH, empty_layout, framed, holding, in_column, in_row, laid_out
from tomsapp.gui.widgets.page_header import Heading
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import IconLabel, Text
from tomsapp.services.addresses import ServerAddress, is_server, shown_target

if TYPE_CHECKING:
    from tomsapp.domain.portfolio import ContractAttention
    from tomsapp.gui.database_care import DatabaseCare
    from tomsapp.gui.database_choices import DatabaseChoices
    from tomsapp.gui.documents import DocumentOpener
    from tomsapp.gui.opening_trouble import Remedy
    from tomsapp.gui.overview.attention_card import AttentionCard
    from tomsapp.gui.start.files_due import FilesDue
    from tomsapp.gui.start.open_card import OpenCard
    from tomsapp.services.databases import DatabaseFacts
    from tomsapp.services.workspace import Workspace

_LEAD = (
    "Record what suppliers promise, see what it is worth and where every pound comes from, "
    "and publish a valuation that anyone can check."
)


class StartPage(TakesFiles, Page):
    """Where the program begins, and where a database is changed for another."""

    most_dropped = 1

    def __init__(self, session: Session) -> None:
        super().__init__("Start")
        self._session = session
        self._missing: frozenset[str] = frozenset()
        self._open_target = ""
        self._failed_target = ""
        self.opener = DatabaseOpener(session, self)
        self.header.hide()
        self.heading = Heading("Value what your contracts give back")
        self.heading.set_role("display")
        self.heading.setWordWrap(True)
        self.trouble = in_column()
        self.recent = RecentList()
        self.make_button = Button("Make a database", "primary", does=self._begin(lambda: self.choices.make))
        self.open_button = Button("Open…", does=self._begin(lambda: self.choices.open_file))
        self.example_button = Button("Open the example", does=self._begin(lambda: self.opener.open_example))
        self.tender_button = Button("Open a tender pack…", does=self._begin(lambda: self.answer_tender))
        self.setAcceptDrops(True)
        self._build()
        self._connect()
        self._show_state()

    # What is made when it is first needed, after the first paint

    @cached_property
    def choices(self) -> DatabaseChoices:
        """The dialogs in which a database is chosen or named."""
        from tomsapp.gui.database_choices import DatabaseChoices

        return DatabaseChoices(self._session, self.opener, self)

    @cached_property
    def care(self) -> DatabaseCare:
        """Backing up, restoring and checking."""
        from tomsapp.gui.database_care import DatabaseCare

        return DatabaseCare(self._session, self.opener, self)

    @cached_property
    def documents(self) -> DocumentOpener:
        """Opening whatever file somebody brings."""
        from tomsapp.gui.documents import DocumentOpener

        return DocumentOpener(self._session, self.opener, self)

    @cached_property
    def open_card(self) -> OpenCard:
        """The card of the database that is open."""
        from tomsapp.gui.start.open_card import OpenCard

        card = OpenCard()
        card.go.clicked.connect(lambda: self.wants_page.emit("contracts", None))
        card.steps.page_wanted.connect(self.wants_page)
        card.remedy_wanted.connect(self._on_warning_remedy)
        self._open_place.addWidget(card)
        return card

    @cached_property
    def due_card(self) -> AttentionCard:
        """What is due soon or late of the database that is open."""
        from tomsapp.gui.overview.attention_card import AttentionCard

        card = AttentionCard("Due soon or late", "Nothing is due soon.")
        card.contract_chosen.connect(lambda number: self.wants_page.emit("contracts", number))
        card.link_chosen.connect(lambda: self.wants_page.emit("overview", None))
        self._open_place.addWidget(card)
        return card

    @cached_property
    def files_due(self) -> FilesDue:
        """That files of the database that is open are due for deletion."""
        from tomsapp.gui.start.files_due import FilesDue

        row = FilesDue()
        row.link.clicked.connect(lambda: self.wants_page.emit("settings", "deletion"))
        self._open_place.addWidget(row)
        return row

    # Building

    def _build(self) -> None:
        self.body.setContentsMargins(0, 0, 0, 0)
        self._lead = Text(_LEAD, "lead", "text_muted", wrap=True)
        self._open_place = in_column()
        ways = self._build_cards(), self._build_bidders()
        head = self.heading, self._lead, 4, self.trouble, self._open_place, *ways, 4
        last = Text("Recent", "h3"), self.recent, self._build_foot()
        self._content = holding(in_column((None, 2), *head, *last, (None, 3), margins=(24, 16, 24, 16), gap=14))
        inner = in_row(STRETCH, (self._content, 1000), STRETCH)
        self.body.addWidget(ScrollArea("Ways to begin", holding(inner)))
        current_theme().follow(self._fit)

    def _build_cards(self) -> QHBoxLayout:
        server = LinkButton("Server address…", does=self._begin(lambda: self.choices.open_server))
        make = "One file on this computer or on your team’s server. It comes with two menus."
        open_words = "A file that a colleague sent you, or your team’s server."
        example = "Made-up suppliers, contracts and commitments to explore."
        cards = (
            WayCard("file-plus-2", "Make a new database", make, self.make_button),
            WayCard("folder-open", "Open a database", open_words, self.open_button, server),
            WayCard("landmark", "Try the example council", example, self.example_button),
        )
        return in_row(*((card, 1) for card in cards), gap=16)

    def _build_bidders(self) -> QFrame:
        """The way for those who bid, and are no council: it needs no database."""
        said = "You bid for a council’s contract? Open the pack that you downloaded with the tender."
        words = in_column(Text("Answer a tender", "strong"), Text(said, "note", "text_muted", wrap=True), gap=1)
        row = in_row(IconLabel("pencil-line", "primary", 24), (words, 1), self.tender_button, gap=14)
        row.setContentsMargins(EDGE, 10, EDGE, 10)
        card = framed(row, "card")
        card.setAccessibleName("Answer a tender")
        return card

    def answer_tender(self) -> None:
        """Ask for a pack or an offer, and open it in a window of its own."""
        from tomsapp.gui.bidder.open_bidder import ask_for_tender

        ask_for_tender(self._session.jobs, self._session.preferences, self)

    def _build_foot(self) -> QHBoxLayout:
        guide = LinkButton("Read the 5-minute guide", role="note", does=self._on_guide)
        keys = LinkButton("Keyboard shortcuts", role="note", does=self._on_keys)
        promise = "Nothing leaves this computer unless you export it. No account is needed."
        said = (Text(promise, "note", "text_muted", wrap=True), 1)
        icon = IconLabel("shield-check", "success_mark", 17)
        return in_row(icon, said, guide, 6, keys, margins=(0, 6, 0, 0), gap=8)

    def _connect(self) -> None:
        self.recent.open_wanted.connect(self.show_target)
        self.recent.removed.connect(self._on_removed)
        self.opener.failed.connect(self.show_failure)
        self.opener.busy_changed.connect(self._on_busy)
        self._session.workspace_changed.connect(self._on_workspace_changed)

    def _begin(self, find_act: Callable[[], Callable[[], object]]) -> Callable[[], None]:
        """What a way to begin does, which is asked for when it is chosen; the last trouble goes away first."""

        def slot() -> None:
            self._clear_trouble()
            find_act()()

        return slot

    def _fit(self) -> None:
        self._content.setMaximumWidth(content_width() + 48)
        self._lead.setMaximumWidth(current_theme().px(660))

    # What the page shows

    def show_target(self, target: object) -> None:
        """Open the database at a path or a server's address, or show a failure to open one."""
        if isinstance(target, OpeningFailure):
            self.show_failure(target)
        elif isinstance(target, (str, Path, ServerAddress)):
            self._clear_trouble()
            self.opener.open(target)

    def refresh(self, changes: object) -> None:
        """Read anew what the open database holds."""
        del changes
        from tomsapp.services.databases import database_facts

        if self._session.is_open:
            self._session.read(database_facts, key="start-facts").success(self._on_facts).start()
            self._session.read(_due_today, key="start-due").success(self._on_due).start()
            self._session.read(_files_due, key="start-files").success(self._on_files_due).start()

    def focus_heading(self) -> None:
        """Move the keyboard to what went wrong, if anything did, else to the heading."""
        told = laid_out(self.trouble)
        (told[0] if told else self.heading).setFocus()

    def show_failure(self, failure: OpeningFailure) -> None:
        """Say why a database did not open and what can be done."""
        from tomsapp.gui.opening_trouble import trouble_of
        from tomsapp.gui.widgets.problems import ProblemRow

        self._clear_trouble()
        entries = recent_databases(self._session.preferences)
        trouble = trouble_of(
            failure,
            is_recent=any(entry.target == shown_target(failure.target) for entry in entries),
            is_being_made=self.choices.is_making(failure.target),
        )
        self._failed_target = trouble.target
        row = ProblemRow("error", trouble.sentence, trouble.remedies)
        row.setFocusPolicy(QtCore.Qt.FocusPolicy.ClickFocus)
        row.action_chosen.connect(self._on_remedy)
        self.trouble.addWidget(row)
        row.setFocus()
        self._look_for_files()

    def _clear_trouble(self) -> None:
        empty_layout(self.trouble)

    def _show_state(self) -> None:
        is_open = self._session.is_open
        if is_open or "open_card" in self.__dict__:
            self.open_card.setVisible(is_open)
        if not is_open and "due_card" in self.__dict__:
            self.due_card.hide()
        if not is_open and "files_due" in self.__dict__:
            self.files_due.hide()
        self._lead.setVisible(not is_open)
        self.make_button.set_kind("secondary" if is_open else "primary")
        self._show_recent()

    def _show_recent(self) -> None:
        entries = recent_databases(self._session.preferences)
        self.recent.show_entries(entries, self._missing, self._open_target if self._session.is_open else "")

    def _look_for_files(self) -> None:
        """Find out off the window's thread which files are gone: a network share may answer late."""
        entries = recent_databases(self._session.preferences)
        targets = [entry.target for entry in entries if not is_server(entry.target)]
        if targets:
            job = self._session.jobs.run(lambda _progress: _missing(targets), database=False, key="start-missing")
            job.success(self._on_missing).start()

    # Slots

    def _on_missing(self, missing: frozenset[str]) -> None:
        if missing != self._missing:
            self._missing = missing
            self._show_recent()

    def _on_facts(self, facts: DatabaseFacts) -> None:
        self._open_target = facts.target
        note_contents(self._session.preferences, facts.target, facts.council_name, facts.contracts)
        self.open_card.show_facts(facts)
        self._show_state()
        self._look_for_files()

    def _on_due(self, found: tuple[ContractAttention, ...]) -> None:
        if found or "due_card" in self.__dict__:
            self.due_card.show_attention(found)
            self.due_card.setVisible(bool(found) and self._session.is_open)

    def _on_files_due(self, count: int) -> None:
        """Lead to the list of files that are due for deletion, where there are any."""
        if count or "files_due" in self.__dict__:
            self.files_due.show_count(count)
            self.files_due.setVisible(bool(count) and self._session.is_open)

    def _on_workspace_changed(self, workspace: Workspace | None) -> None:
        self._clear_trouble()
        if workspace is None:
            self._open_target = ""
            self._show_state()
        else:
            self.refresh(None)

    def _on_busy(self, is_busy: bool) -> None:
        for button in (self.make_button, self.open_button, self.example_button):
            button.setEnabled(not is_busy)

    def _on_remedy(self, remedy: Remedy) -> None:
        target = self._failed_target
        self._clear_trouble()
        acts: dict[Remedy, Callable[[], object]] = {
            "again": lambda: self.opener.open(target),
            "choose": self.choices.open_file,
            "server": lambda: self.choices.open_server(target),
            "make": self.choices.make,
            "restore": self.care.restore,
            "rescue": lambda: self.care.rescue(target),
            "copy": lambda: self.care.copy.ask(target),
            "forget": lambda: self._on_removed(target),
            "anew": lambda: self.opener.open_example(anew=True),
        }
        acts[remedy]()

    def _on_warning_remedy(self, remedy: object) -> None:
        self.care.put_right(remedy)

    def _on_removed(self, target: str) -> None:
        remove_recent(self._session.preferences, target)
        self._show_recent()

    def _on_guide(self) -> None:
        from tomsapp.gui.dialogs.guide import show_guide

        show_guide(self)

    def _on_keys(self) -> None:
        window = self.window()
        if isinstance(window, MainWindow):
            window.show_shortcuts()

    # Dropped files

    def take_dropped(self, paths: list[Path]) -> None:
        """Open the file that was dropped."""
        self._clear_trouble()
        self.documents.open(paths[0], is_meant_here=True)

    def showEvent(self, event: QEvent) -> None:
        """Look again which files are there."""
        super().showEvent(event)  # type: ignore[arg-type]
        self._look_for_files()


def _due_today(workspace: Workspace) -> tuple[ContractAttention, ...]:
    """What is due soon or late on the day on the user's wall; files for deletion have a line of their own."""
    from tomsapp.services.due import reminders_today

    return reminders_today(workspace, with_deletions=False)


def _files_due(workspace: Workspace) -> int:
    """How many files of evidence are due for deletion today."""
    from tomsapp.services.kept_files import due_files_today

    return len(due_files_today(workspace))


def _missing(targets: list[str]) -> frozenset[str]:
    return frozenset(target for target in targets if not _is_there(Path(target)))


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False
