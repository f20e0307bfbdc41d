"""What every form that is saved as a whole has in common: Enter and Ctrl+S save it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget


class SavedForm(QWidget):
    """A form with one way to save it, whichever key or button is used."""

    save_wanted = Signal()
    """Enter was pressed in a field, or Ctrl+S while the form is in view."""

    @property
    def is_changed(self) -> bool:
        """Whether something is typed that is not saved."""
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter saves; in a field of several lines it begins another line, and Ctrl+Enter saves."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save_wanted.emit()
        else:
            super().keyPressEvent(event)


def form_to_save(window: QWidget) -> SavedForm | None:
    """The form in which the keyboard is, else one that is in view with something to save; None where there is none."""
    shown = [form for form in window.findChildren(SavedForm) if form.isVisible()]
    focused = window.focusWidget()
    here = (form for form in shown if focused is not None and form.isAncestorOf(focused))
    return next(here, None) or next((form for form in shown if form.is_changed), None)
