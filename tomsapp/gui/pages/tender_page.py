"""The page of one tender: its head, its tabs, and the panel of the tab that is shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from tomsapp.domain.errors import TomsError
from tomsapp.domain.history import HistoryWanted
from tomsapp.domain.tender.choices import Route
from tomsapp.gui.page import HISTORY_PAGE, Page
from tomsapp.gui.session import Session
from tomsapp.gui.tender_place import TenderPlace
from tomsapp.gui.tenders.head import TONES, header_facts
from tomsapp.gui.tenders.kinds import OF_TENDERS
from tomsapp.gui.tenders.tab import TenderTab
from tomsapp.gui.tenders.tabs import TABS
from tomsapp.gui.widgets.actions import add_action
from tomsapp.gui.widgets.buttons import Button, TabStrip
from tomsapp.gui.widgets.feedback import EmptyState
from tomsapp.gui.widgets.layouts import holding, in_row, laid_out, stack_of
from tomsapp.gui.widgets.text import Text
from tomsapp.services.changes import Changes
from tomsapp.services.failures import NotFound
from tomsapp.services.tenders.reading import OpenTender, open_tender

_LOADING = ("Reading the tender", "")


class TenderPage(Page):
    """Shows the tender whose number `show_target` gets; it is read once for all its tabs."""

    loaded = Signal()
    """The tender, or what was changed in it, was read."""

    def __init__(self, session: Session) -> None:
        super().__init__("Tender", header_on_surface=True)
        self._session = session
        self.tender_id: int | None = None
        self.opened: OpenTender | None = None
        self._wanted: TenderPlace | None = None
        self._made: dict[str, TenderTab] = {}
        self.body.setContentsMargins(0, 0, 0, 0)
        self.empty = EmptyState("inbox", *_LOADING)
        self._stack = stack_of(self.empty)
        self.body.addWidget(self._stack, 1)
        self._build_header()
        self._build_actions()
        self.show_tab(TABS[0].key)

    def _build_header(self) -> None:
        self.history_button = Button("History", icon_name="history", does=self._on_history)
        self.header.add_action(self.history_button)
        self._of_tab = holding(in_row(gap=8))
        self.tabs = TabStrip("Parts of this tender", [(entry.key, entry.words) for entry in TABS])
        self.words = Text("", "note", "text_muted")
        self.header.set_tabs(self.tabs, self.words)
        self.header.crumbs.chosen.connect(lambda key: self.wants_page.emit(key, None))
        self.header.facts.chosen.connect(self._on_fact)
        self.tabs.chosen.connect(self.show_tab)

    def _build_actions(self) -> None:
        for words, keys, slot in (
            ("Next problem", "F8", lambda: self.current.step(1)),
            ("Last problem", "Shift+F8", lambda: self.current.step(-1)),
            ("Next tab", "Ctrl+Tab", lambda: self.tabs.step(1)),
            ("History of the tender", "Ctrl+Shift+H", self._on_history),
        ):
            add_action(self, words, keys, slot)
        self._session.workspace_changed.connect(self._on_workspace_changed)

    def add_header_button(self, button: Button) -> None:
        """Add a button of the whole tender, and after it those of the tab that is shown."""
        self.header.add_action(button)
        self.header.add_action(self._of_tab)

    def page_actions(self) -> Sequence[QAction]:
        """The keys of the page and of the tab that is shown."""
        return [*self.actions(), *self.current.page_actions()]

    def commands(self) -> Sequence[QAction]:
        """What can be done with the tender and in the tab, and has no key."""
        return [*super().commands(), *self.current.commands()]

    # What the window tells

    def show_target(self, target: object) -> None:
        """Show the tender with this number, or a place in it."""
        place = target if isinstance(target, TenderPlace) else None
        number = place.tender_id if place else target
        if not isinstance(number, int):
            return
        self._wanted = place
        if number != self.tender_id:
            self._clear()
            self.tender_id = number
            self.show_tab(TABS[0].key)
        self.reload()

    def refresh(self, changes: object) -> None:
        """Read the tender anew if anything that its tabs show was changed."""
        if not isinstance(changes, Changes) or changes.touches(*OF_TENDERS):
            self.reload()

    def reload(self) -> None:
        """Read the tender anew."""
        number = self.tender_id
        if number is None or not self._session.is_open:
            return
        job = self._session.read(lambda workspace: open_tender(workspace, number), key="tender page")
        job.success(self._on_read).failure(self._on_failed).start()

    def _on_workspace_changed(self) -> None:
        self._clear()
        self.tender_id = None

    def _clear(self) -> None:
        """Let go of the tender that was shown, so that nothing of it stands beside the next one."""
        self.opened = None
        for tab in self._made.values():
            tab.show_tender(None)
        self.set_title("Tender")
        self.header.set_badge(None)
        self.header.facts.set_facts([])
        self.empty.set_words(*_LOADING)
        self._stack.setCurrentWidget(self.empty)

    # What was read

    def _on_read(self, opened: OpenTender) -> None:
        if opened.id != self.tender_id:
            return
        if opened.stored.is_deleted:
            self._say_gone(f"{opened.tender.reference} was deleted", "Go back to the tenders, or undo the deletion")
            return
        self.opened = opened
        tender, header = opened.tender, self.header
        self.set_title(tender.title or tender.reference)
        header.crumbs.set_steps([("tenders", "Tenders"), ("", tender.reference)])
        header.set_badge(tender.status.words, TONES[tender.status])
        header.facts.set_facts(header_facts(opened))
        self._offer_tabs(opened)
        self.say_menu(f"Menu {tender.menu} {tender.edition}" if tender.edition else "")
        self._show_tab()
        self.loaded.emit()
        self._go_to_wanted()

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, NotFound):
            self._say_gone(error.message, error.fix)
        elif isinstance(error, TomsError):
            self._say_gone(error.message, error.fix)
            self._session.jobs.failed.emit(error)
        else:
            self._session.jobs.failed.emit(error)

    def _say_gone(self, heading: str, sentence: str) -> None:
        self._clear()
        self.empty.set_words(heading, sentence)
        self._show_beside()

    def _go_to_wanted(self) -> None:
        place, self._wanted = self._wanted, None
        if place is not None and place.tab:
            self.show_tab(place.tab)
            if place.within is not None:
                self.current.go_to(place.within)

    # The tabs

    @property
    def current(self) -> TenderTab:
        """The tab that is shown."""
        return self.tab(self.tabs.current or TABS[0].key)

    def tab(self, key: str) -> TenderTab:
        """A tab by its key; it is made when it is first asked for."""
        if key not in self._made:
            tab = next(entry for entry in TABS if entry.key == key).make(self._session)
            tab.wants_page.connect(self.wants_page)
            tab.wants_tab.connect(self._on_wants_tab)
            tab.wants_toast.connect(self.wants_toast)
            tab.wants_panel.connect(self.wants_panel)
            tab.panel_changed.connect(self._on_tab_changed)
            tab.stale.connect(self.reload)
            self._made[key] = tab
            self._stack.addWidget(tab)
        return self._made[key]

    def _offer_tabs(self, opened: OpenTender) -> None:
        """Leave out what a quote has none of."""
        is_marked = opened.tender.route is not Route.QUOTE or bool(opened.questions)
        for entry in TABS:
            is_offered = is_marked or not entry.is_for_marks
            self.tabs.offer(entry.key, is_offered=is_offered)
            if not is_offered and self.tabs.current == entry.key:
                self.show_tab(TABS[0].key)

    def show_tab(self, key: str) -> None:
        """Show another tab of what was read."""
        self.tab(key)
        self.tabs.set_current(key)
        self._show_tab()

    def _show_tab(self) -> None:
        """Tell the tab that is shown; the others are told when they are."""
        if self.opened is not None:
            self.current.show_tender(self.opened)
            self._stack.setCurrentWidget(self.current)
        self._show_beside()

    def _on_tab_changed(self) -> None:
        # Not while the first one is being made.
        if self.tabs.current in self._made:
            self._show_beside()

    def _show_beside(self) -> None:
        """Show what belongs to the tab that is shown: its panel, its buttons, its words and counts."""
        tab = self.current
        if tab.panel is not self.panel():
            self.set_panel(tab.panel)
            self.panel_changed.emit()
        self._show_buttons(tab.head_buttons if self.opened is not None else ())
        self.words.setText(tab.head_words if self.opened is not None else "")
        for entry in TABS:
            made_tab = self._made.get(entry.key)
            count = made_tab.count if made_tab is not None and self.opened is not None else None
            self.tabs.set_text(entry.key, entry.words if count is None else f"{entry.words} ({count})")

    def _show_buttons(self, buttons: Sequence[QWidget]) -> None:
        """Show these buttons at the top right, and none that another tab, or another tender, had there."""
        row = self._of_tab.layout()
        if row is None:
            return
        for button in buttons:
            if row.indexOf(button) < 0:
                row.addWidget(button)
        for there in laid_out(row):
            there.setVisible(there in buttons)

    def _on_wants_tab(self, key: str, place: object) -> None:
        if any(entry.key == key for entry in TABS):
            self.show_tab(key)
            if place is not None:
                self.current.go_to(place)
            else:
                self.current.take_keyboard()

    # What the user does

    def _on_fact(self, key: object) -> None:
        opened = self.opened
        if opened is not None:
            self.wants_page.emit(str(key), (opened.tender.menu, opened.tender.edition, ""))

    def _on_history(self) -> None:
        if self.tender_id is not None:
            self.wants_page.emit(HISTORY_PAGE, HistoryWanted(tender_id=self.tender_id))
