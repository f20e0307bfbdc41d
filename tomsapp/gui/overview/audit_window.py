"""Audit samples over all contracts: drawn, checked and told in a window beside the one with the contracts."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from tomsapp.domain.delivery.audit_sheet import SheetClaim
from tomsapp.gui.delivery.audit_section import AuditSection, ShownAudit
from tomsapp.gui.session import Session
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.actions import add_action
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.dialog_parts import take_room
from tomsapp.gui.widgets.feedback import Toast
from tomsapp.gui.widgets.layouts import DIALOG_MARGINS, in_column, in_row
from tomsapp.gui.widgets.text import Text
from tomsapp.services.audit_frame import CouncilAudit, open_council_audit
from tomsapp.services.changes import Changes
from tomsapp.services.record_types import RECORD_TYPES

_TITLE = "Audit of all contracts"
_SAID = (
    "The accepted claims of every signed and closed contract are drawn from together, by a seed alone. "
    "Samples of one contract stand in its tab Delivery."
)
_READING = "Reading the accepted claims of all contracts…"
_WIDTH, _HEIGHT = 1180, 680


class AuditWindow(QDialog):
    """The samples of the council; they follow what is changed in the other window."""

    contract_chosen = Signal(int)
    """The contract of the claim under the cursor is to be opened."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._session = session
        self._audit: CouncilAudit | None = None
        self.setWindowTitle(_TITLE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.section = AuditSection(session, is_of_all=True)
        self.told = Text(_READING, "note", "text_muted", wrap=True, selectable=True)
        self.open_button = Button("Open contract", icon_name="arrow-up-right", does=self._open_contract)
        self.open_button.setEnabled(False)
        close = Button("Close", does=self.reject)
        heading, said = Text(_TITLE, "h2"), Text(_SAID, "body", "text_muted", wrap=True)
        foot = in_row((self.told, 1), self.open_button, close, gap=8)
        in_column(heading, said, (self.section, 1), foot, inside=self, margins=DIALOG_MARGINS, gap=10)
        self.section.claim_chosen.connect(self._on_claim)
        self.section.wants_toast.connect(self._on_toast)
        self.section.stale.connect(self.read)
        add_action(self, "Next claim that is not checked", "F8", lambda: self.section.step(1))
        session.changed.connect(self._on_changed)
        session.workspace_changed.connect(self.close)
        theme = current_theme()
        take_room(self, theme.px(_WIDTH), theme.px(_HEIGHT))
        self.read()

    def read(self) -> None:
        """Read what there is to audit; of what was read before, whatever did not change since."""
        last = self._audit
        today = date.today()  # noqa: DTZ011 - the day on the user's calendar
        job = self._session.read(lambda workspace: open_council_audit(workspace, today, last), key="council-audit")
        job.success(lambda audit: self._on_read(audit, today)).start()

    def _on_read(self, audit: CouncilAudit, today: date) -> None:
        is_first = self._audit is None
        self._audit = audit
        self.told.setText(" ".join(audit.left_out))
        self.section.show_audit(ShownAudit(audit, today))
        if is_first:
            self.section.take_keyboard()

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches(*RECORD_TYPES):
            self.read()

    def _on_claim(self, claim: SheetClaim | None) -> None:
        self.open_button.setEnabled(claim is not None and bool(claim.contract))

    def _on_toast(self, toast: Toast) -> None:
        self.told.setText(toast.text)
        announce(self, toast.text)

    def _open_contract(self) -> None:
        view, claim, audit = self.section.view, self.section.claim, self._audit
        if view is not None and claim is not None and audit is not None:
            drawn = next(each for each in view.drawn if each.item.record.position == claim.item.position)
            self.contract_chosen.emit(audit.opened(drawn.delivery).stored.id)
