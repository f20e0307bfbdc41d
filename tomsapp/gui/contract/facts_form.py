"""The facts of a contract: the form of a new one, and the tab of one that is open."""

from __future__ import annotations

from PySide6.QtCore import Signal

from tomsapp.domain.contract import CONTRACT, Contract, ContractKind
from tomsapp.domain.facts import FactKind
from tomsapp.domain.wording import listed
from tomsapp.gui.contract.add_supplier import AddSupplierDialog
from tomsapp.gui.contract.contract_form import ContractForm, FactsChoices, editions_with, new_contract, read_choices
from tomsapp.gui.contract.header_facts import AWARD, page_of
from tomsapp.gui.contract.spend_field import spend_words
from tomsapp.gui.contract.tab import ContractTab
from tomsapp.gui.dialogs.edit_conflict import fields_of
from tomsapp.gui.dialogs.message import ask_first
from tomsapp.gui.records.form_keeper import KEPT
from tomsapp.gui.records.record_editor import RecordEditor
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.dialog_parts import open_once
from tomsapp.gui.widgets.layouts import STRETCH, holding, in_column, in_row
from tomsapp.gui.widgets.problems import ErrorSummary, Notice, ProblemRow
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import IconLabel, Text
from tomsapp.services.contract_facts import CONTRACT_FACTS
from tomsapp.services.contracts import OpenContract
from tomsapp.services.edition_effect import change_words


class FactsForm(ContractTab):
    """Shows, checks and saves a contract's facts; what is typed is kept as a draft until saved or discarded."""

    saved = Signal(int)
    """Number of the contract that was saved."""
    discarded = Signal()
    """The changes were given up; a new contract's form can be left."""
    reopen_wanted = Signal()
    """The contract is signed and somebody wants to change its facts."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._opened: OpenContract | None = None
        self._choices: FactsChoices | None = None
        self._new_supplier = ""
        self.summary = ErrorSummary()
        self.fields = ContractForm()
        self.editor = RecordEditor(session, self.fields, CONTRACT_FACTS)
        self.editor.may_save = self._may_change_edition
        self.editor.conflict_fields = fields_of(CONTRACT.facts, {"spend": spend_words})
        self.locked_note = ProblemRow("info", "", [("reopen", "Reopen the contract")])
        self.award_note = ProblemRow("info", "", [("tender", "Show the tender")])
        self.draft_note = Notice()
        self.save_button = Button("Save contract", "primary", does=self.editor.save)
        self.discard_button = Button("Discard changes", does=self.editor.discard)
        self._build_layout()
        self._connect()

    def _build_layout(self) -> None:
        card = Card()
        card.body.addWidget(self.fields)
        parts = in_column(self.summary, self.locked_note, self.award_note, self.draft_note, card, STRETCH, gap=12)
        self._area = ScrollArea("Contract facts", holding(parts))
        icon, note = IconLabel("circle-alert", "text_muted", 18), Text(KEPT, "note", "text_muted", wrap=True)
        foot = in_row(self.save_button, self.discard_button, 12, icon, (note, 1), gap=8)
        in_column((self._area, 1), foot, inside=self, gap=12)

    def _connect(self) -> None:
        editor = self.editor
        editor.shown.connect(self._on_shown)
        editor.told.connect(self.draft_note.say)
        editor.checked.connect(self._on_checked)
        editor.saved.connect(lambda stored: self.saved.emit(stored.id))
        editor.discarded.connect(self.discarded)
        self.fields.supplier.add_wanted.connect(self._on_add_supplier)
        self.locked_note.action_chosen.connect(self.reopen_wanted)
        self.award_note.action_chosen.connect(lambda _key: self._show_tender())

    # Showing

    def show_new(self, supplier: str = "") -> None:
        """Show the form of a new contract, perhaps with a supplier, and with its draft if one was kept."""
        self._opened, self._new_supplier = None, supplier
        self.editor.await_new(new_contract("", "", supplier))
        self._load()

    def show_contract(self, opened: OpenContract) -> None:
        """Show a contract's facts; what is being typed into the same contract stays."""
        self._opened = opened
        self._load()

    def focus_field(self, name: str) -> None:
        """Move the keyboard to a field, by the name that Problems use."""
        self.fields.focus_field(name)

    def reload_choices(self) -> None:
        """Read the suppliers and editions anew: somebody added one."""
        if self._choices is not None:
            self._session.read(read_choices, key="facts-choices").success(self._offer).start()

    def _load(self) -> None:
        self._session.read(read_choices, key="facts-choices").success(self._on_choices).start()

    def _on_choices(self, choices: FactsChoices) -> None:
        self.editor.flush()  # other choices would change what is typed into the contract that is left
        self._offer(choices)
        if self._opened is not None:
            self.editor.show_record(self._opened.stored)
        else:
            self.editor.show_new(new_contract(choices.reference, choices.edition, self._new_supplier))

    def _offer(self, choices: FactsChoices) -> None:
        self._choices = choices
        self.fields.supplier.set_suppliers(choices.suppliers)
        pinned = self._opened.contract if self._opened else None
        self.fields.edition.set_options(editions_with(choices.editions, pinned))

    def _on_shown(self) -> None:
        self.summary.show_problems([])
        opened = self._opened
        is_locked = opened is not None and opened.is_locked
        self.fields.set_locked(is_locked=is_locked)
        self.locked_note.setVisible(is_locked)
        award = None if opened is None else opened.award
        self.award_note.setVisible(award is not None)
        if award is not None:
            self.award_note.set_sentence(f"{award.words}. Lines that came with it say so in their details.")
        if opened is not None and is_locked:
            self.locked_note.set_sentence(_locked_words(opened.contract))

    def _show_tender(self) -> None:
        """Show the tender in which the contract was awarded."""
        if self._opened is not None and self._opened.award is not None:
            self.wants_page.emit(*page_of(AWARD, self._opened))

    # Saving

    def _on_checked(self) -> None:
        self.summary.show_problems(self.fields.fields)
        if not self.summary.isHidden():
            self._area.verticalScrollBar().setValue(0)

    def _may_change_edition(self, contract: Contract) -> bool:
        opened = self._opened
        if opened is None or not opened.commitments:
            return True
        if (contract.menu, contract.edition) == (opened.contract.menu, opened.contract.edition):
            return True
        edition = self._session.catalogue.load(contract.menu, contract.edition)
        said = change_words(opened.edition, edition, [line.record.measure for line in opened.commitments])
        question = f"Change the menu edition of {opened.contract.reference}?"
        go, keep = f"Change to {edition.name}", f"Keep {opened.edition.name}"
        return ask_first(self, question, said, go, keep, deletes=False)

    # Other ways out

    def _on_add_supplier(self, name: str) -> None:
        dialog = AddSupplierDialog(self._session, name, self)
        dialog.added.connect(self._on_supplier_added)
        open_once(dialog)

    def _on_supplier_added(self, _number: int, name: str) -> None:
        field = self.fields.supplier
        field.set_suppliers((*(self._choices.suppliers if self._choices else ()), name))
        field.set_text(name)
        field.edited.emit()


def _locked_words(contract: Contract) -> str:
    """That signing fixed the facts, and which of them go on being recorded."""
    free = [fact for fact in CONTRACT.facts if not fact.is_fixed_by_signing]
    if contract.kind is not ContractKind.FRAMEWORK:
        free = [fact for fact in free if fact.kind is not FactKind.OWN]
    labels = listed([fact.label if place == 0 else fact.label.lower() for place, fact in enumerate(free)])
    return f"This contract is {contract.status.value}, so its facts are fixed. {labels} can still be changed."
