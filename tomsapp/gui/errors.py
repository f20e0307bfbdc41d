"""What happens to a fault that nobody foresaw: it is logged and shown, never lost."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from tomsapp.gui.widgets.text import Text

log = logging.getLogger("tomsapp")
_WHAT_TO_DO = "What you saved before is safe. Copy the details and send them to whoever looks after this program."


class ErrorDialog(QDialog):
    """Says that something went wrong, what was kept, and gives the details to copy."""

    def __init__(self, summary: str, details: str, log_file: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Something went wrong")
        self.setMinimumWidth(620)
        self._details = details
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(Text("Something went wrong", "h2"))
        column.addWidget(Text(summary, wrap=True, selectable=True))
        column.addWidget(Text(_WHAT_TO_DO, "note", "text_muted", wrap=True))
        box = QPlainTextEdit(details)
        box.setReadOnly(True)
        box.setTabChangesFocus(True)
        box.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        box.setAccessibleName("Details of the fault")
        column.addWidget(box, 1)
        if log_file is not None:
            column.addWidget(Text(f"The details are also in {log_file}", "note", "text_muted", wrap=True))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton("Copy details", QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self.copy_details)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)

    def copy_details(self) -> None:
        """Put the details on the clipboard."""
        QGuiApplication.clipboard().setText(self._details)


class ErrorReporter(QObject):
    """Catches faults of every thread and shows one dialog at a time, in the window's thread."""

    _caught = Signal(str, str)

    def __init__(self, log_file: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._log_file = log_file
        self._dialog: ErrorDialog | None = None
        self._caught.connect(self._show)

    def install(self) -> None:
        """Take over the hooks of Python for faults that reach the top."""
        sys.excepthook = self.report
        threading.excepthook = self._on_thread_fault

    def report(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        """Log a fault and show it; Ctrl+C in a terminal still ends the program."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error or kind(), trace)
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        log.error("Fault that nobody caught\n%s", details)
        self._caught.emit(f"{kind.__name__}: {error}", details)

    def report_exception(self, error: BaseException) -> None:
        """Log and show an exception that a job ended with."""
        self.report(type(error), error, error.__traceback__)

    def _on_thread_fault(self, args: threading.ExceptHookArgs) -> None:
        self.report(args.exc_type, args.exc_value, args.exc_traceback)

    def _show(self, summary: str, details: str) -> None:
        if self._dialog is not None:
            return
        parent = self.parent()
        window = parent if isinstance(parent, QWidget) else None
        self._dialog = ErrorDialog(summary, details, self._log_file, window)
        self._dialog.finished.connect(self._on_closed)
        self._dialog.open()

    def _on_closed(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
        self._dialog = None


def start_log(folder: Path) -> Path:
    """Write the log to `folder`; returns the file."""
    file = folder / "tomsapp.log"
    handler = logging.FileHandler(file, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(threadName)s %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    return file
