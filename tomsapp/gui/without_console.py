"""The program where it has no console, as tomsapp.exe on Windows: what would be written there is shown in a window."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable

_NOTE = "Commands write to a console: use tomsapp-cli.exe, which stands beside tomsapp.exe, with the same words."


def run_without_console(run: Callable[[], int]) -> int:
    """Run the program, and show what it would have written; it never ends without a sign."""
    written = io.StringIO()
    kept, sys.stdout, sys.stderr = (sys.stdout, sys.stderr), written, written
    try:
        status = _status_of(run)
    finally:
        sys.stdout, sys.stderr = kept
    text = written.getvalue().strip()
    if text or status:
        show_written(text or "The program ended without saying why.", status)
    return status


def _status_of(run: Callable[[], int]) -> int:
    try:
        return run()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except Exception:  # noqa: BLE001 - there is nobody else to say it
        import traceback

        from tomsapp.services.addresses import without_secrets

        print(without_secrets(traceback.format_exc()))  # noqa: T201 - it is shown in the window
        return 1


def show_written(text: str, status: int) -> None:
    """Show what was written, to be read and copied."""
    from PySide6.QtGui import QFontDatabase
    from PySide6.QtWidgets import QDialogButtonBox, QPlainTextEdit

    from tomsapp.gui.application import make_application
    from tomsapp.gui.dialogs.message import MessageDialog
    from tomsapp.gui.theme import current_theme, install_theme

    install_theme(make_application())
    heading = "What the command says" if status == 0 else "The command could not be carried out"
    dialog = MessageDialog(heading, [_NOTE], None, tone="info" if status == 0 else "warning", width=900)
    area = QPlainTextEdit(text)
    area.setReadOnly(True)
    area.setAccessibleName("What the command says")
    area.setTabChangesFocus(True)
    area.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    area.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
    area.setMinimumHeight(current_theme().px(320))
    dialog.body.addWidget(area, 1)
    dialog.add_button("Close", QDialogButtonBox.ButtonRole.RejectRole, is_default=True).setFocus()
    dialog.exec()
