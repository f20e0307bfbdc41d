"""Opens the samples over all contracts in a window of their own, so that contracts are looked at beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from tomsapp.gui.session import Session
from tomsapp.gui.widgets.actions import new_action
from tomsapp.gui.widgets.buttons import Button

if TYPE_CHECKING:
    from tomsapp.gui.overview.audit_window import AuditWindow
    from tomsapp.gui.page import Page


class CouncilAudits(QObject):
    """The button and the command that open the window, which is made when it is first asked for."""

    def __init__(self, session: Session, page: Page) -> None:
        super().__init__(page)
        self._session, self._page = session, page
        self.button = Button("Audit…", does=self.open)
        self.button.setToolTip("Check a random sample of the accepted claims of all contracts again")
        self.command = new_action(self, "Audit a sample of the claims of all contracts", self.open)
        self.window: AuditWindow | None = None

    def open(self) -> None:
        """Show the window."""
        if not self._session.is_open:
            return
        from tomsapp.gui.overview.audit_window import AuditWindow

        if self.window is None:
            self.window = AuditWindow(self._session, self._page.window())
            self.window.contract_chosen.connect(lambda number: self._page.wants_page.emit("contracts", number))
            self.window.destroyed.connect(self._on_closed)
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def _on_closed(self) -> None:
        self.window = None
