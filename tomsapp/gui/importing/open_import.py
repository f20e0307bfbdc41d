"""Opens the import for what a table is brought into."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tomsapp.gui.importing.import_window import ImportWindow
from tomsapp.gui.importing.start_card import TemplateCard
from tomsapp.gui.session import Session
from tomsapp.services.table_import import commitments_target, contracts_target


def open_commitments_import(session: Session, contract_id: int, parent: QWidget) -> ImportWindow:
    """Import the commitments of a contract; the spreadsheet to be filled in is made there too."""
    window = ImportWindow(
        session,
        lambda workspace: commitments_target(workspace, contract_id),
        parent,
        first=TemplateCard(session, contract_id),
        title="Import commitments",
    )
    return _shown(window)


def open_contracts_import(session: Session, parent: QWidget) -> ImportWindow:
    """Import contracts from a council's register, or from notices."""
    return _shown(ImportWindow(session, contracts_target, parent, title="Import contracts", takes_notices=True))


def _shown(window: ImportWindow) -> ImportWindow:
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    window.show()
    return window
