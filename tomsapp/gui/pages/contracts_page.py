"""Contracts: the list, the form of a new one, and the page of the one that is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tomsapp.domain.seal import ActKind
from tomsapp.gui.contract.contract_actions import ChosenContract, ContractActions
from tomsapp.gui.delivery.place import DeliveryPlace
from tomsapp.gui.dialogs.made_report import preview_report
from tomsapp.gui.page import NEW, NewContract
from tomsapp.gui.page_of_pages import LIST, PageOfPages
from tomsapp.gui.pages.contracts_list import ContractsListPage
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.buttons import Button, open_below
from tomsapp.services.reporting import contract_report

if TYPE_CHECKING:
    from tomsapp.gui.contract.facts_form import FactsForm
    from tomsapp.gui.contract.history_tab import HistoryTab
    from tomsapp.gui.contract.papers_tab import PapersTab
    from tomsapp.gui.delivery.delivery_tab import DeliveryTab
    from tomsapp.gui.dialogs.conflict import Conflict
    from tomsapp.gui.pages.contract_page import ContractPage
    from tomsapp.gui.pages.new_contract import NewContractPage

_KEY = "contracts"


class ContractsPage(PageOfPages):
    """The list of contracts, the form of a new one, and the page of the contract that is open."""

    def __init__(self, session: Session) -> None:
        listed = ContractsListPage(session)
        super().__init__("Contracts", _KEY, listed)
        self.list = listed
        self._session = session
        self._new: NewContractPage | None = None
        self._contract: ContractPage | None = None
        self._is_narrow = False
        self._contract_actions: ContractActions | None = None
        self.list.contract_wanted.connect(self.go_to)
        self.list.new_wanted.connect(lambda: self.go_to(NEW))
        self.list.loaded.connect(self._on_list_loaded)
        self.list.refresh(None)

    def set_narrow(self, *, is_narrow: bool) -> None:
        """Tell the page of the open contract, now or when it is made."""
        self._is_narrow = is_narrow
        if self._contract is not None:
            self._contract.set_narrow(is_narrow=is_narrow)

    def show_target(self, target: object) -> None:
        """Show a contract by its number, a cell of its quarter grid, the form of a new one, or the list."""
        if isinstance(target, int | DeliveryPlace):
            page = self.contract_page()
            page.show_target(target)
            self.show_page(page)
        elif target == NEW or isinstance(target, NewContract):
            form = self.new_page()
            self.show_page(form)
            form.start(target.supplier if isinstance(target, NewContract) else "")
        else:
            self.show_page(self.list)

    # The other two pages, made when first needed

    def new_page(self) -> NewContractPage:
        """The page of a new contract."""
        if self._new is None:
            from tomsapp.gui.pages.new_contract import NewContractPage

            self._new = NewContractPage(self._session)
            self._new.done.connect(self._on_new_done)
            self.adopt(self._new)
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
            actions.opened.connect(self.go_to)
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
            self.adopt(page)
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

    def _on_new_done(self, contract_id: object) -> None:
        if isinstance(contract_id, int):
            self.contract_page().take_new(contract_id)
        self.go_to_made(contract_id)

    def _on_list_loaded(self) -> None:
        """Leave the page of a contract that was deleted, here or by somebody else."""
        if self._contract is None or self.shown is not self._contract:
            return
        number = self._contract.editor.contract_id
        if number is not None and not self.list.has_contract(number):
            self.go_to(LIST)

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

    def _on_line_conflict(self, conflict: Conflict) -> None:
        from tomsapp.gui.contract.line_conflict import line_fields
        from tomsapp.gui.dialogs.edit_conflict import settle_conflict

        opened = self._contract.editor.opened if self._contract else None
        contract, area = (opened.contract, opened.area) if opened else (None, None)
        settle_conflict(self, conflict, line_fields(contract, area))
