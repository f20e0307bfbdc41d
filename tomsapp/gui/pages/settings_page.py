"""The Settings page: this computer, the council, its rules, what signs, the database, and the program."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from PySide6.QtWidgets import QWidget

from tomsapp.domain.council import COUNCIL
from tomsapp.domain.delivery.evidence import STORED_FILE
from tomsapp.domain.delivery.rules import DELIVERY_RULES
from tomsapp.domain.history import HistoryWanted
from tomsapp.domain.policy_records import LIVING_WAGE, RULE
from tomsapp.domain.record_type import RecordType
from tomsapp.domain.signer import SIGNER
from tomsapp.domain.tender.pack_signature import PACK_KEY
from tomsapp.gui.database_care import DatabaseCare
from tomsapp.gui.database_opener import DatabaseOpener
from tomsapp.gui.page import HISTORY_PAGE, Page
from tomsapp.gui.session import Session
from tomsapp.gui.settings.about_tab import AboutTab
from tomsapp.gui.settings.computer_tab import ComputerTab
from tomsapp.gui.settings.council_tab import CouncilTab
from tomsapp.gui.settings.database_tab import DatabaseTab
from tomsapp.gui.settings.deletion_tab import DeletionTab
from tomsapp.gui.settings.delivery_rules_tab import DeliveryRulesTab
from tomsapp.gui.settings.policy_tab import PolicyTab
from tomsapp.gui.settings.signature_tab import SignatureTab
from tomsapp.gui.widgets.actions import add_action
from tomsapp.gui.widgets.buttons import Button, TabStrip
from tomsapp.gui.widgets.feedback import EmptyState
from tomsapp.gui.widgets.layouts import stack_of
from tomsapp.services.changes import Changes
from tomsapp.services.record_types import POLICY

_TABS = (
    ("computer", "This computer"),
    ("council", "Council"),
    ("policy", "Policy rules"),
    ("delivery", "Delivery"),
    ("deletion", "Deletion"),
    ("signature", "Signature"),
    ("database", "Database"),
    ("about", "About"),
)
_WITH_HISTORY: dict[str, tuple[RecordType[Any], ...]] = {
    "council": (COUNCIL,),
    "policy": (POLICY, RULE, LIVING_WAGE),
    "delivery": (DELIVERY_RULES,),
    "deletion": (STORED_FILE,),
    "signature": (SIGNER, PACK_KEY),
}
_OF_DATABASE = ("council", "policy", "delivery", "deletion", "signature", "database")


class SettingsPage(Page):
    """Tabs of settings; those of the database say what to do while none is open."""

    def __init__(self, session: Session) -> None:
        super().__init__("Settings", header_on_surface=True)
        self._session = session
        self.tabs = TabStrip("Settings", _TABS)
        start = Button("Go to Start", "primary", does=lambda: self.wants_page.emit("start", None))
        self._closed = EmptyState("database", "Open or make a database first", "These settings are kept in it.", start)
        self._stack = stack_of(self._closed)
        self.header.set_tabs(self.tabs)
        self.body.addWidget(self._stack, 1)
        self.history_button = Button("History", icon_name="history", does=self._on_history)
        self.header.add_action(self.history_button)
        for changed in (self.tabs.chosen, session.workspace_changed):
            changed.connect(self._show)
        add_action(self, "Next tab", "Ctrl+Tab", lambda: self.tabs.step(1))
        add_action(self, "Tab before", "Ctrl+Shift+Tab", lambda: self.tabs.step(-1))
        self._show()

    # Each tab is made when it is first shown

    @cached_property
    def computer(self) -> ComputerTab:
        """What is kept on this computer."""
        return ComputerTab(self._session)

    @cached_property
    def council(self) -> CouncilTab:
        """What is said of the council."""
        return CouncilTab(self._session)

    @cached_property
    def policy(self) -> PolicyTab:
        """The rules that contracts are checked against."""
        return PolicyTab(self._session)

    @cached_property
    def delivery(self) -> DeliveryRulesTab:
        """The rules of delivery."""
        return DeliveryRulesTab(self._session)

    @cached_property
    def deletion(self) -> DeletionTab:
        """The files that are due for deletion."""
        tab = DeletionTab(self._session)
        tab.rules_wanted.connect(lambda: self.show_target("delivery"))
        return tab

    @cached_property
    def signature(self) -> SignatureTab:
        """What signs the documents."""
        return SignatureTab(self._session)

    @cached_property
    def database(self) -> DatabaseTab:
        """Backing up, restoring and checking."""
        opener = DatabaseOpener(self._session, self)
        opener.failed.connect(lambda failure: self.wants_page.emit("start", failure))
        return DatabaseTab(self._session, DatabaseCare(self._session, opener, self))

    @cached_property
    def about(self) -> AboutTab:
        """The program, its version and its licences."""
        return AboutTab(self._session)

    def _is_made(self, key: str) -> bool:
        return key in self.__dict__

    def _tab(self, key: str) -> QWidget:
        tab: QWidget = getattr(self, key)
        if self._stack.indexOf(tab) < 0:
            self._stack.addWidget(tab)
        return tab

    def show_target(self, target: object) -> None:
        """Show the tab with this key: computer, council, policy, delivery, deletion, signature, database or about."""
        if target in dict(_TABS):
            self.tabs.set_current(str(target))
            self._show()

    def refresh(self, changes: object) -> None:
        """Read anew what was changed."""
        if not self._session.is_open:
            return
        if self._is_made("council") and (not isinstance(changes, Changes) or changes.touches(COUNCIL)):
            self.council.load()
        if self._is_made("policy") and (not isinstance(changes, Changes) or changes.touches(RULE)):
            self.policy.load()
        if self._is_made("delivery") and (not isinstance(changes, Changes) or changes.touches(DELIVERY_RULES)):
            self.delivery.load()
        if self._is_made("deletion") and self.tabs.current == "deletion":
            self.deletion.load()
        if self.tabs.current == "signature":
            self.signature.load()
        if self.tabs.current == "database":
            self.database.load()

    def _show(self) -> None:
        key = self.tabs.current or "computer"
        is_closed = key in _OF_DATABASE and not self._session.is_open
        shown = self._closed if is_closed else self._tab(key)
        self._stack.setCurrentWidget(shown)
        self.history_button.setVisible(key in _WITH_HISTORY and not is_closed)
        if isinstance(shown, (CouncilTab, PolicyTab, DeliveryRulesTab, DeletionTab, SignatureTab, DatabaseTab)):
            shown.load()

    def _on_history(self) -> None:
        """Show the changes of what the tab shows: of the chosen rule, or of all rules where none is chosen."""
        wanted = HistoryWanted(_WITH_HISTORY[self.tabs.current or "council"])
        if self.tabs.current == "policy" and (rule := self.policy.current) is not None:
            wanted = HistoryWanted((RULE,), rule.id)
        self.wants_page.emit(HISTORY_PAGE, wanted)
