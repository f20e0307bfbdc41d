"""The panel beside the list of suppliers: one supplier's facts, contracts and history."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from tomsapp.domain.history import Stored
from tomsapp.domain.problems import Problem
from tomsapp.domain.supplier import Supplier
from tomsapp.domain.wording import format_clock, format_date, format_pounds
from tomsapp.gui.dialogs.edit_conflict import ConflictChoice, resolve_conflict
from tomsapp.gui.drafts import Drafts
from tomsapp.gui.session import Session
from tomsapp.gui.supplier.supplier_fields import CONFLICT_FIELDS, SupplierFields
from tomsapp.gui.widgets.buttons import Button, LinkButton
from tomsapp.gui.widgets.feedback import EmptyState
from tomsapp.gui.widgets.fields import GUTTER
from tomsapp.gui.widgets.problems import ProblemRow
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import Text, hairline
from tomsapp.services.contracts import ContractListRow
from tomsapp.services.failures import EditConflict
from tomsapp.services.history import HistoryLine, record_history
from tomsapp.services.suppliers import add_supplier, check_supplier, contracts_of, get_supplier, save_supplier
from tomsapp.services.workspace import Workspace

_KEEP_AFTER_MS = 300
_MOST_LISTED = 30
_STARTED_FROM = "started_from"


@dataclass(frozen=True, slots=True)
class _Shown:
    """A supplier with what its panel tells."""

    stored: Stored[Supplier]
    contracts: tuple[ContractListRow, ...]
    history: tuple[HistoryLine, ...]


class SupplierPanel(QFrame):
    """Shows, checks and saves one supplier; typing is kept as a draft until it is saved or discarded."""

    contract_chosen = Signal(int)
    saved = Signal(int)
    """Number of the supplier that was saved."""
    discarded = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._before: Stored[Supplier] | None = None
        self._is_new = False
        self._is_dirty = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_KEEP_AFTER_MS)
        self._timer.timeout.connect(self._keep_draft)
        self.setAccessibleName("Supplier")
        self.heading = Text("", "h2", wrap=True)
        self.draft_note = ProblemRow("info", "What you typed before is shown. It has not been saved yet.")
        self.form = SupplierFields()
        self.save_button = Button("Save supplier", "primary")
        self.discard_button = Button("Discard changes")
        self._contracts = QVBoxLayout()
        self._history = QVBoxLayout()
        self._nothing = EmptyState("building-2", "No supplier chosen", "Choose one in the list to see and change it.")
        self._build_layout()
        self.form.edited.connect(self._on_edited)
        self.save_button.clicked.connect(self.save)
        self.discard_button.clicked.connect(self.discard)
        self.clear()

    def _build_layout(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 16, 20, 16)
        column.setSpacing(12)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(GUTTER, 0, 0, 0)
        buttons.setSpacing(8)
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.discard_button)
        buttons.addStretch(1)
        for widget in (self.heading, self.draft_note, self.form):
            column.addWidget(widget)
        column.addLayout(buttons)
        self._facts = QWidget()
        facts = QVBoxLayout(self._facts)
        facts.setContentsMargins(0, 4, 0, 0)
        facts.setSpacing(8)
        for title, part in (("Contracts", self._contracts), ("History", self._history)):
            part.setSpacing(6)
            facts.addWidget(hairline())
            facts.addWidget(Text(title, "h3"))
            facts.addLayout(part)
        column.addWidget(self._facts)
        column.addStretch(1)
        self._area = ScrollArea("Supplier", inside)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._area)
        whole.addWidget(self._nothing)

    # Showing

    @property
    def supplier_id(self) -> int | None:
        """Number of the supplier that is shown, or None."""
        return self._before.id if self._before else None

    def clear(self) -> None:
        """Show that no supplier is chosen."""
        self.flush()
        self._before, self._is_new, self._is_dirty = None, False, False
        self._area.hide()
        self._nothing.show()

    def show_new(self, name: str = "") -> None:
        """Show an empty form, or the draft of it."""
        self.flush()
        self._before, self._is_new, self._is_dirty = None, True, False
        self.heading.setText("New supplier")
        self.form.set_supplier(Supplier(name))
        self._facts.hide()
        self._show_form()
        self.form.name_line.control.setFocus()

    def show_supplier(self, supplier_id: int) -> None:
        """Read a supplier; what is being typed into the same one stays."""
        if self._is_dirty and supplier_id == self.supplier_id:
            return
        self.flush()
        job = self._session.read(lambda workspace: _read(workspace, supplier_id), key="supplier-panel")
        job.success(self._on_read).start()

    def _on_read(self, shown: _Shown) -> None:
        self._before, self._is_new, self._is_dirty = shown.stored, False, False
        self.heading.setText(shown.stored.record.name)
        self.form.set_supplier(shown.stored.record)
        self._list_contracts(shown.contracts)
        self._list_history(shown.history)
        self._facts.show()
        self._show_form()

    def _show_form(self) -> None:
        draft = self._drafts().get(self._form_key())
        self.draft_note.setVisible(draft is not None)
        if draft is not None:
            self.form.set_draft(draft)
            self._is_dirty = True
            version = draft.get(_STARTED_FROM)
            if self._before is not None and isinstance(version, int):
                # Saving must still notice what somebody else has saved since the typing began.
                self._before = replace(self._before, version=version)
        self._nothing.hide()
        self._area.show()

    def _list_contracts(self, contracts: tuple[ContractListRow, ...]) -> None:
        _empty(self._contracts)
        if not contracts:
            self._contracts.addWidget(Text("No contracts yet", "note", "text_muted"))
        for row in contracts[:_MOST_LISTED]:
            link = LinkButton(f"{row.reference} {row.title}".strip(), role="note")
            link.setProperty("contract", row.id)
            link.clicked.connect(self._on_contract)
            self._contracts.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
            said = f"{format_pounds(row.value)} from {format_date(row.start_on)}, {row.status.value}"
            self._contracts.addWidget(Text(said, "small", "text_muted", wrap=True))
        self._say_more(self._contracts, len(contracts))

    def _list_history(self, history: tuple[HistoryLine, ...]) -> None:
        _empty(self._history)
        for line in history[:_MOST_LISTED]:
            at = line.at.astimezone()
            when = f"{format_date(at.date())}, {format_clock(at)}, {line.who}"
            self._history.addWidget(Text(line.text, "note", wrap=True, selectable=True))
            self._history.addWidget(Text(when, "small", "text_muted", wrap=True))
        self._say_more(self._history, len(history))

    def _say_more(self, part: QVBoxLayout, number: int) -> None:
        if number > _MOST_LISTED:
            part.addWidget(Text(f"and {number - _MOST_LISTED:,} more", "small", "text_muted"))

    def _on_contract(self) -> None:
        self.contract_chosen.emit(int(self.sender().property("contract")))

    # Drafts

    def _drafts(self) -> Drafts:
        return Drafts(self._session.preferences, self._session.workspace)

    def _form_key(self) -> str:
        return f"supplier {self._before.id}" if self._before else "new supplier"

    def _on_edited(self) -> None:
        self._is_dirty = True
        self._timer.start()

    def _keep_draft(self) -> None:
        if self._is_dirty and self._session.is_open:
            version = self._before.version if self._before else None
            self._drafts().keep(self._form_key(), {**self.form.draft, _STARTED_FROM: version})
            self._session.draft_kept.emit(datetime.now().astimezone())

    def flush(self) -> None:
        """Keep now what would be kept in a moment."""
        if self._timer.isActive():
            self._timer.stop()
            self._keep_draft()

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep the draft before the panel is left."""
        self.flush()
        super().hideEvent(event)

    def _end_draft(self) -> None:
        self._timer.stop()
        self._is_dirty = False
        self._drafts().drop(self._form_key())
        self.draft_note.hide()

    def discard(self) -> None:
        """Give up what was typed."""
        self._end_draft()
        if self._before is not None:
            self.show_supplier(self._before.id)
        self.discarded.emit()

    # Saving

    def save(self) -> None:
        """Check the facts, then save them."""
        supplier, number = self.form.supplier(), self.supplier_id
        self._session.read(lambda workspace: check_supplier(workspace, supplier, number)).success(
            self._on_checked
        ).start()

    def _on_checked(self, problems: list[Problem]) -> None:
        self.form.show_problems(problems)
        if problems:
            self.form.focus_first_problem()
        else:
            self._write(self.form.supplier())

    def _write(self, supplier: Supplier) -> None:
        before = self._before
        if before is None:
            job = self._session.act(lambda workspace, _progress: add_supplier(workspace, supplier), self._on_saved)
        else:
            job = self._session.act(
                lambda workspace, _progress: save_supplier(workspace, before, supplier), self._on_saved
            )
        job.failure(self._on_failed).start()

    def _on_saved(self, stored: Stored[Supplier]) -> None:
        self._end_draft()
        self._before, self._is_new = stored, False
        self.saved.emit(stored.id)
        self.show_supplier(stored.id)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, EditConflict):
            self._session.jobs.failed.emit(error)
            return
        self._keep_draft()
        mine = self.form.supplier()
        choice = resolve_conflict(self, error, mine, CONFLICT_FIELDS)
        if choice is ConflictChoice.CANCEL:
            return
        self._before = error.theirs
        if choice is ConflictChoice.MINE:
            self._write(mine)
        else:
            self._end_draft()
            self.show_supplier(error.theirs.id)


def _read(workspace: Workspace, supplier_id: int) -> _Shown:
    return _Shown(
        get_supplier(workspace, supplier_id),
        tuple(contracts_of(workspace, supplier_id)),
        tuple(record_history(workspace, "supplier", supplier_id)),
    )


def _empty(layout: QVBoxLayout) -> None:
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
