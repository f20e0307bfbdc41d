"""What people do in dialogs that wait for an answer."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget


def press(words):
    """Press the button with these words in the dialog that opens next."""
    when_open(lambda dialog: button(dialog, words).click())


def button(parent: QWidget, words: str) -> QAbstractButton:
    found = [one for one in parent.findChildren(QAbstractButton) if one.text().replace("&", "") == words]
    assert found, [one.text() for one in parent.findChildren(QAbstractButton)]
    return found[0]


def when_open(act):
    """Give the dialog that opens next to `act`."""

    def look():
        dialog = QApplication.activeModalWidget()
        assert dialog is not None, "no dialog opened"
        act(dialog)

    QTimer.singleShot(0, look)
