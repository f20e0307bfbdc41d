"""The facts of a contract: the form of a new one, and the tab of one that is open."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tomsapp.domain.contract import Contract, ContractKind, ContractStatus
from tomsapp.domain.history import Stored
from tomsapp.domain.problems import Problem
from tomsapp.gui.contract.edition_change import EditionChange, ask_edition_change
from tomsapp.gui.contract.facts_choices import CONFLICT_FIELDS, FactsChoices, read_choices
from tomsapp.gui.contract.facts_fields import FactsFields, edition_key
from tomsapp.gui.contract.tab import ContractTab
from tomsapp.gui.dialogs.edit_conflict import ConflictChoice, resolve_conflict
from tomsapp.gui.drafts import Drafts
from tomsapp.gui.session import Session
from tomsapp.gui.supplier.add_supplier import AddSupplierDialog
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.problems import ErrorSummary, ProblemRow
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import IconLabel, Text
from tomsapp.services.contracts import OpenContract, add_contract, check_contract, save_contract
from tomsapp.services.failures import EditConflict

_KEEP_AFTER_MS = 300
_STARTED_FROM = "started_from"


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
        self._before: Stored[Contract] | None = None
        self._opened: OpenContract | None = None
        self._supplier_before: int | None = None
        self._choices: FactsChoices | None = None
        self._is_dirty = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_KEEP_AFTER_MS)
        self._timer.timeout.connect(self._keep_draft)
        self.summary = ErrorSummary()
        self.fields = FactsFields()
        self.locked_note = ProblemRow(
            "info", "This contract is signed, so its facts are fixed.", [("reopen", "Reopen the contract")]
        )
        self.draft_note = ProblemRow("info", "What you typed before is shown. It has not been saved yet.")
        self.save_button = Button("Save contract", "primary")
        self.discard_button = Button("Discard changes")
        self._build_layout()
        self._connect()

    def _build_layout(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for widget in (self.summary, self.locked_note, self.draft_note, self.fields):
            column.addWidget(widget)
        column.addStretch(1)
        self._area = ScrollArea("Contract facts", inside)
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(8)
        foot.addWidget(self.save_button)
        foot.addWidget(self.discard_button)
        foot.addSpacing(12)
        foot.addWidget(IconLabel("circle-alert", "text_muted", 18))
        note = Text("Your typing is kept in a draft, even if the program closes.", "note", "text_muted", wrap=True)
        foot.addWidget(note, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(self._area, 1)
        whole.addWidget(self._foot)

    def _connect(self) -> None:
        self.fields.edited.connect(self._on_edited)
        self.fields.supplier.add_wanted.connect(self._on_add_supplier)
        self.save_button.clicked.connect(self.save)
        self.discard_button.clicked.connect(self.discard)
        self.locked_note.action_chosen.connect(self._on_reopen)

    # Showing

    def show_new(self) -> None:
        """Show the form of a new contract, with its draft if one was kept."""
        self._forget(None)
        self._load_choices()

    def show_contract(self, opened: OpenContract) -> None:
        """Show a contract's facts; what is being typed into the same contract stays."""
        if self._is_dirty and self._before is not None and self._before.id == opened.stored.id:
            self._opened = opened
            self._show_lock()
            return
        self._forget(opened)
        self._load_choices()

    def focus_field(self, name: str) -> None:
        """Move the keyboard to a field, by the name that Problems use."""
        self.fields.focus_field(name)

    def reload_choices(self) -> None:
        """Read the suppliers and editions anew: somebody added one."""
        if self._choices is not None:
            self._session.read(read_choices, key="facts-choices").success(self._offer).start()

    def _forget(self, opened: OpenContract | None) -> None:
        self.flush()
        self._opened = opened
        self._before = opened.stored if opened else None
        self._supplier_before = opened.supplier_id if opened else None
        self._is_dirty = False
        self.summary.hide()

    def _load_choices(self) -> None:
        self._session.read(read_choices, key="facts-choices").success(self._on_choices).start()

    def _on_choices(self, choices: FactsChoices) -> None:
        self._offer(choices)
        self._fill()

    def _offer(self, choices: FactsChoices) -> None:
        self._choices = choices
        self.fields.supplier.set_suppliers(choices.suppliers)
        editions = list(choices.editions)
        if self._before is not None:
            pinned = self._before.record
            key = edition_key(pinned.menu, pinned.edition)
            if key not in {one for one, _ in editions}:
                editions.insert(0, (key, f"{pinned.menu} {pinned.edition}, kept in this database"))
        self.fields.set_editions(editions)

    def _fill(self) -> None:
        if self._before is not None:
            self.fields.set_contract(self._before.record)
        elif self._choices is not None:
            self.fields.set_empty(self._choices.reference, self._choices.edition)
        self._is_dirty = False
        draft = self._drafts().get(self._form_key())
        self.draft_note.setVisible(draft is not None)
        if draft is not None:
            self._take_draft(draft)
        self._show_lock()

    def _take_draft(self, draft: dict[str, Any]) -> None:
        self.fields.set_draft(draft)
        self._is_dirty = True
        version = draft.get(_STARTED_FROM)
        if self._before is not None and isinstance(version, int):
            # Saving must still notice what somebody else has saved since the typing began.
            self._before = replace(self._before, version=version)

    def _show_lock(self) -> None:
        locked = self._opened is not None and self._opened.contract.status is not ContractStatus.DRAFT
        takes_spend = self._opened is not None and self._opened.contract.kind is ContractKind.FRAMEWORK
        self.fields.set_locked(is_locked=locked)
        self.locked_note.setVisible(locked)
        self._foot.setVisible(not locked or takes_spend)

    # Drafts

    @property
    def is_dirty(self) -> bool:
        """Whether something was typed that is not saved."""
        return self._is_dirty

    def _drafts(self) -> Drafts:
        return Drafts(self._session.preferences, self._session.workspace)

    def _form_key(self) -> str:
        return "new contract" if self._before is None else f"contract {self._before.id}"

    def _on_edited(self) -> None:
        self._is_dirty = True
        self._timer.start()

    def _keep_draft(self) -> None:
        if not self._is_dirty or not self._session.is_open:
            return
        version = self._before.version if self._before else None
        self._drafts().keep(self._form_key(), {**self.fields.draft, _STARTED_FROM: version})
        self._session.draft_kept.emit(datetime.now().astimezone())

    def flush(self) -> None:
        """Keep now what would be kept in a moment."""
        if self._timer.isActive():
            self._timer.stop()
            self._keep_draft()

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep the draft before the form is left."""
        self.flush()
        super().hideEvent(event)

    def discard(self) -> None:
        """Give up what was typed."""
        self._end_draft()
        if self._opened is not None:
            self._forget(self._opened)
            self._fill()
        self.discarded.emit()

    def _end_draft(self) -> None:
        self._timer.stop()
        self._is_dirty = False
        self._drafts().drop(self._form_key())
        self.draft_note.hide()

    # Saving

    def save(self) -> None:
        """Check everything, then save; nothing is saved while a field has a message."""
        contract = self.fields.read(self._before.record if self._before else None)
        if contract is None:
            self._show_summary()
            return
        number = self._before.id if self._before else None
        job = self._session.read(lambda workspace: (contract, check_contract(workspace, contract, number)))
        job.success(self._on_checked).start()

    def _show_summary(self) -> None:
        self.summary.show_problems(self.fields.fields)
        if not self.summary.isHidden():
            self._area.verticalScrollBar().setValue(0)

    def _on_checked(self, checked: tuple[Contract, list[Problem]]) -> None:
        contract, problems = checked
        self.fields.show_problems(problems)
        self._show_summary()
        if not problems and self._may_change_edition(contract):
            self._write(contract)

    def _may_change_edition(self, contract: Contract) -> bool:
        opened = self._opened
        if opened is None or not opened.commitments:
            return True
        if (contract.menu, contract.edition) == (opened.contract.menu, opened.contract.edition):
            return True
        edition = self._session.catalogue.load(contract.menu, contract.edition)
        return ask_edition_change(self, EditionChange.of(opened, edition))

    def _write(self, contract: Contract) -> None:
        before, supplier_before, supplier = self._before, self._supplier_before, self.fields.supplier.value
        if before is None:
            job = self._session.act(
                lambda workspace, _progress: add_contract(workspace, contract, supplier), self._on_saved
            )
        else:
            job = self._session.act(
                lambda workspace, _progress: save_contract(workspace, before, supplier_before, contract, supplier),
                self._on_saved,
            )
        job.failure(self._on_failed).start()

    def _on_saved(self, stored: Stored[Contract]) -> None:
        self._end_draft()
        self._before = stored
        self._supplier_before = self.fields.supplier.value
        self.summary.hide()
        self.saved.emit(stored.id)

    def _on_failed(self, error: Exception) -> None:
        mine = self.fields.read(self._before.record if self._before else None)
        if not isinstance(error, EditConflict) or mine is None:
            self._session.jobs.failed.emit(error)
            return
        self._keep_draft()
        choice = resolve_conflict(self, error, mine, CONFLICT_FIELDS)
        if choice is ConflictChoice.CANCEL:
            return
        self._before = error.theirs
        self._supplier_before = self.fields.supplier.number_of(error.theirs.record.supplier)
        if choice is ConflictChoice.MINE:
            self._write(replace(mine, status=error.theirs.record.status))
        else:
            self._end_draft()
            self._fill()
            self.saved.emit(error.theirs.id)

    # Other ways out

    def _on_add_supplier(self, name: str) -> None:
        dialog = AddSupplierDialog(self._session, name, self)
        dialog.added.connect(self._on_supplier_added)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_supplier_added(self, number: int, name: str) -> None:
        known = self._choices.suppliers if self._choices else ()
        self.fields.supplier.set_suppliers((*known, (number, name)))
        self.fields.supplier.set_text(name)
        self.fields.supplier.set_error(None)
        self._on_edited()

    def _on_reopen(self, _key: object) -> None:
        self.reopen_wanted.emit()
