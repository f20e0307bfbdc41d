"""What happens to a fault that nobody foresaw: it is logged and shown, never lost."""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tomsapp.services.addresses import without_secrets
from tomsapp.services.program_log import log

if TYPE_CHECKING:
    from tomsapp.gui.dialogs.fault import ErrorDialog


class ErrorReporter(QObject):
    """Catches faults of every thread and shows one dialog at a time, in the window's thread."""

    _caught = Signal(str, str, object)

    def __init__(self, log_file: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._log_file = log_file
        self._dialog: ErrorDialog | None = None
        self.look: Callable[[BaseException, Callable[[], object]], object] | None = None
        """Finds out whether a damaged database is behind a fault, and tells that in place of it."""
        self._caught.connect(self._on_caught)

    def install(self) -> None:
        """Take over the hooks of Python for faults that reach the top."""
        sys.excepthook = self.report
        threading.excepthook = self._on_thread_fault

    def report(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        """Log a fault and show it; Ctrl+C in a terminal still ends the program."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error or kind(), trace)
            return
        details = without_secrets("".join(traceback.format_exception(kind, error, trace)))
        log.error("Fault that nobody caught", exc_info=None if error is None else (kind, error, trace))
        self._caught.emit(without_secrets(f"{kind.__name__}: {error}"), details, error)

    def report_exception(self, error: BaseException) -> None:
        """Log and show an exception that a job ended with."""
        self.report(type(error), error, error.__traceback__)

    def _on_thread_fault(self, args: threading.ExceptHookArgs) -> None:
        self.report(args.exc_type, args.exc_value, args.exc_traceback)

    def _on_caught(self, summary: str, details: str, error: BaseException | None) -> None:
        if self.look is None or error is None:
            self._show(summary, details)
        else:
            self.look(error, lambda: self._show(summary, details))

    def _show(self, summary: str, details: str) -> None:
        if self._dialog is not None:
            return
        from tomsapp.gui.dialogs.fault import ErrorDialog

        parent = self.parent()
        window = parent if isinstance(parent, QWidget) else None
        self._dialog = ErrorDialog(summary, details, self._log_file, window)
        self._dialog.finished.connect(self._on_closed)
        self._dialog.open()

    def _on_closed(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
        self._dialog = None
