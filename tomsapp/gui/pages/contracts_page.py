"""Contracts: the list, the form of a new one, and the page of the one that is open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from tomsapp.domain.seal import ActKind
from tomsapp.gui.contract.contract_actions import ChosenContract, ContractActions
from tomsapp.gui.delivery.place import DeliveryPlace
from tomsapp.gui.dialogs.made_report import preview_report
from tomsapp.gui.page import NEW, NewContract, Page
from tomsapp.gui.pages.contracts_list import ContractsListPage
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.actions import add_action
from tomsapp.gui.widgets.buttons import Button, open_below
from tomsapp.gui.widgets.layouts import stack_of
from tomsapp.services.reporting import contract_report

if TYPE_CHECKING:
    from tomsapp.gui.contract.editor import LineConflict
    from tomsapp.gui.contract.facts_form import FactsForm
    from tomsapp.gui.contract.history_tab import HistoryTab
    from tomsapp.gui.contract.papers_tab import PapersTab
    from tomsapp.gui.delivery.delivery_tab import DeliveryTab
    from tomsapp.gui.pages.contract_page import ContractPage
    from tomsapp.gui.pages.new_contract import NewContractPage

LIST = "list"
"""What `show_target` takes for the list, beside `NEW` and the number of a contract."""
_KEY = "contracts"


class ContractsPage(Page):
    """Shows one of three pages; going from one to another is a step that Alt+Left takes back."""

    def __init__(self, session: Session) -> None:
        super().__init__("Contracts")
        self._session = session
        self.header.hide()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.list = ContractsListPage(session)
        self._new: NewContractPage | None = None
        self._contract: ContractPage | None = None
        self._is_narrow = False
        self._contract_actions: ContractActions | None = None
        self._stack = stack_of(self.list)
        self.body.addWidget(self._stack, 1)
        add_action(self, "Back to the contracts", "Alt+Left", self._on_back)
        self.list.contract_wanted.connect(self._go_to)
        self.list.new_wanted.connect(lambda: self._go_to(NEW))
        self.list.loaded.connect(self._on_list_loaded)
        self._adopt(self.list)
        self.list.refresh(None)

    def _adopt(self, page: Page) -> None:
        page.wants_page.connect(self._on_wants_page)
        page.wants_panel.connect(self.wants_panel)
        page.wants_toast.connect(self.wants_toast)
        page.menu_changed.connect(self.menu_changed)
        if self._stack.indexOf(page) < 0:
            self._stack.addWidget(page)

    # What the window asks of a page: the one that is shown answers

    @property
    def shown(self) -> Page:
        """The list, the form or the contract."""
        page = self._stack.currentWidget()
        return page if isinstance(page, Page) else self.list

    @property
    def title(self) -> str:
        """Heading of what is shown."""
        return self.shown.title

    @property
    def menu_words(self) -> str:
        """The menu edition of the contract that is shown."""
        return self.shown.menu_words

    def panel(self) -> QWidget | None:
        """The panel of what is shown."""
        return self.shown.panel()

    def page_actions(self) -> Sequence[QAction]:
        """Its shortcuts and those of what is shown."""
        return [*self.actions(), *self.shown.page_actions()]

    def commands(self) -> Sequence[QAction]:
        """What else can be done on what is shown."""
        return self.shown.commands()

    def find_here(self) -> bool:
        """Move the keyboard to the search of what is shown."""
        return self.shown.find_here()

    def focus_heading(self) -> None:
        """Move the keyboard to the heading; in the list to the rows, so that the arrow keys move at once."""
        self.shown.focus_heading()

    def set_narrow(self, *, is_narrow: bool) -> None:
        """Tell the page of the open contract, now or when it is made."""
        self._is_narrow = is_narrow
        if self._contract is not None:
            self._contract.set_narrow(is_narrow=is_narrow)

    def refresh(self, changes: object) -> None:
        """Tell every page that was made."""
        for page in (self.list, self._new, self._contract):
            if page is not None:
                page.refresh(changes)

    def show_target(self, target: object) -> None:
        """Show a contract by its number, a cell of its quarter grid, the form of a new one, or the list."""
        if isinstance(target, int | DeliveryPlace):
            page = self.contract_page()
            page.show_target(target)
            self._stack.setCurrentWidget(page)
        elif target == NEW or isinstance(target, NewContract):
            form = self.new_page()
            self._stack.setCurrentWidget(form)
            form.start(target.supplier if isinstance(target, NewContract) else "")
        else:
            self._stack.setCurrentWidget(self.list)

    # The other two pages, made when first needed

    def new_page(self) -> NewContractPage:
        """The page of a new contract."""
        if self._new is None:
            from tomsapp.gui.pages.new_contract import NewContractPage

            self._new = NewContractPage(self._session)
            self._new.done.connect(self._on_new_done)
            self._adopt(self._new)
        return self._new

    def contract_page(self) -> ContractPage:
        """The page of the open contract, with its tabs and actions."""
        if self._contract is None:
            from tomsapp.gui.pages.contract_page import ContractPage
            from tomsapp.gui.variation.window import VariationWindows

            page = ContractPage(self._session)
            self._contract = page
            actions = ContractActions(self._session, self._open_contract, page)
            self._contract_actions = actions
            actions.opened.connect(self._go_to)
            page.hand_over_wanted.connect(actions.show_hand_over)
            more = Button("Actions", opens_menu=True, does=self._on_more)
            page.header.add_action(more)
            page.editor.loaded.connect(actions.update_state)
            windows = VariationWindows(self._session, page)
            windows.toast.connect(page.wants_toast)
            actions.variation_wanted.connect(windows.open)
            page.forms.panel.acts.draft_wanted.connect(actions.go_on)
            page.add_commands(actions.copy, *actions.papers, *actions.sealed.values(), actions.delete)
            self._more = more
            page.set_tab_widget("delivery", self._build_delivery)
            page.set_tab_widget("facts", self._build_facts)
            page.set_tab_widget("papers", self._build_papers)
            page.set_tab_widget("history", self._build_history)
            page.preview_wanted.connect(self._on_preview)
            page.import_wanted.connect(self._on_import)
            page.reopen_wanted.connect(self._on_reopen)
            page.conflict_found.connect(self._on_line_conflict)
            page.set_narrow(is_narrow=self._is_narrow)
            self._adopt(page)
        return self._contract

    def _build_delivery(self) -> DeliveryTab:
        from tomsapp.gui.delivery.delivery_tab import DeliveryTab

        return DeliveryTab(self._session)

    def _build_facts(self) -> FactsForm:
        from tomsapp.gui.contract.facts_form import FactsForm

        form = FactsForm(self._session)
        form.reopen_wanted.connect(self._on_reopen)
        return form

    def _build_papers(self) -> PapersTab:
        from tomsapp.gui.contract.papers_tab import PapersTab

        return PapersTab(self._session)

    def _build_history(self) -> HistoryTab:
        from tomsapp.gui.contract.history_tab import HistoryTab

        return HistoryTab(self._session)

    def _open_contract(self) -> ChosenContract | None:
        opened = self._contract.editor.opened if self._contract else None
        if opened is None:
            return None
        contract = opened.contract
        return ChosenContract(opened.stored.id, contract.reference, contract.status, len(opened.commitments))

    # Going about

    def _go_to(self, target: object) -> None:
        # Through the window, so that panel, title and focus follow.
        self.wants_page.emit(_KEY, target)

    def _on_wants_page(self, key: str, target: object) -> None:
        self.wants_page.emit(key, LIST if key == _KEY and target is None else target)

    def _on_back(self) -> None:
        if self.shown is not self.list:
            self._go_to(LIST)

    def _on_new_done(self, contract_id: object) -> None:
        if isinstance(contract_id, int):
            self.contract_page().take_new(contract_id)
        self._go_to(LIST if contract_id is None else contract_id)

    def _on_list_loaded(self) -> None:
        """Leave the page of a contract that was deleted, here or by somebody else."""
        if self._contract is None or self.shown is not self._contract:
            return
        number = self._contract.editor.contract_id
        if number is not None and not self.list.has_contract(number):
            self._go_to(LIST)

    # The open contract

    def _on_more(self) -> None:
        if self._contract_actions is not None:
            self._contract_actions.update_state()
            menu = self._contract_actions.menu(with_open=False)
            menu.addSeparator()
            menu.addAction(self.contract_page().statements)
            open_below(self._more, menu)

    def _on_reopen(self) -> None:
        if self._contract_actions is not None:
            self._contract_actions.ask(ActKind.REOPEN)

    def _on_preview(self, contract_id: int) -> None:
        preview_report(
            self._session,
            self,
            lambda workspace, today, progress: contract_report(workspace, contract_id, today, progress),
            "contract-pdf",
            "Making the PDF valuation",
        )

    def _on_import(self, contract_id: int) -> None:
        from tomsapp.gui.importing.open_import import open_commitments_import

        open_commitments_import(self._session, contract_id, self.window())

    def _on_line_conflict(self, conflict: LineConflict) -> None:
        from tomsapp.gui.contract.line_conflict import resolve_line_conflict

        opened = self._contract.editor.opened if self._contract else None
        contract, area = (opened.contract, opened.area) if opened else (None, None)
        resolve_line_conflict(self, conflict, contract, area)
