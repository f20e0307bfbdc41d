"""A person at the window: finds things by the words that are shown, and has only a mouse and a keyboard."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

_LEFT = Qt.MouseButton.LeftButton


class Person:
    """Clicks and types in a real window; after each act waits until the program has nothing left to do."""

    def __init__(self, qtbot, window, jobs) -> None:
        self._qtbot, self.window, self._jobs = qtbot, window, jobs
        self.clicks = 0

    def settle(self) -> None:
        """Wait for the work that the last act began."""
        QApplication.processEvents()
        self._qtbot.waitUntil(lambda: not self._jobs.is_busy, timeout=30_000)
        QApplication.processEvents()

    # Where the person looks

    @property
    def place(self) -> QWidget:
        """The window in front: the last dialog that is open, or the program's window."""
        # Only this window's own: a dialog that another test left open is not this person's.
        shown = [w for w in self.window.findChildren(QDialog) if w.isVisible()]
        return shown[-1] if shown else self.window

    def _seen(self, kind):
        return [w for w in self.place.findChildren(kind) if w.isVisible() and not w.visibleRegion().isEmpty()]

    def words(self) -> str:
        """Every word of labels and buttons that is in view, and each label's whole text."""
        return "\n".join(w.text() for kind in (QLabel, QAbstractButton) for w in self._seen(kind))

    def find_button(self, words: str):
        """The button with these words on it."""
        found = [b for b in self._seen(QAbstractButton) if b.text().replace("&", "") == words]
        assert found, f"no button “{words}” among {[b.text() for b in self._seen(QAbstractButton)]}"
        return found[0]

    def find_field(self, label: str):
        """The control that stands under this label."""
        found = [w.buddy() for w in self._seen(QLabel) if w.text().replace("&", "") == label and w.buddy() is not None]
        assert found, f"no field “{label}” among {[w.text() for w in self._seen(QLabel)]}"
        return found[0]

    # What the person does

    def click(self, words: str) -> None:
        """Click the button with these words, as far as it is in view."""
        button = self.find_button(words)
        assert button.isEnabled(), f"“{words}” cannot be clicked"
        self.click_at(button)

    def click_at(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Click into a widget where it is in view."""
        self.clicks += 1
        QTest.mouseClick(widget, _LEFT, pos=at or widget.visibleRegion().boundingRect().center())
        self.settle()

    def answer(self, label: str, text: str, *, then=Qt.Key.Key_Tab) -> None:
        """Type into the field under this label, which has the keyboard already, and go on with Tab."""
        here = self.focused()
        assert here.accessibleName() == label, f"“{here.accessibleName()}” has the keyboard, not “{label}”"
        self.type(text)
        self.press(then)

    def fill(self, label: str, text: str) -> None:
        """Click the field, replace what stands in it, and leave it with Tab."""
        field = self.find_field(label)
        line = field.lineEdit() if hasattr(field, "lineEdit") else field
        assert isinstance(line, (QLineEdit, QPlainTextEdit))
        self.click_at(line)
        self.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.type(text)
        self.press(Qt.Key.Key_Tab)

    def choose(self, label: str, words: str) -> None:
        """Click into a list that can be typed into, and go down to the line with these words."""
        combo = self.find_field(label)
        self.click_at(combo.lineEdit())
        for _ in range(combo.count()):
            if combo.currentText() != words:
                self.press(Qt.Key.Key_Down)
        assert combo.currentText() == words

    def type(self, text: str) -> None:
        """Type where the keyboard is."""
        for sign in text:
            QTest.keyClick(self.focused(), sign)
        self.settle()

    def press(self, key, held=Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keyboard is."""
        QTest.keyClick(self.focused(), key, held)
        self.settle()

    def focused(self) -> QWidget:
        """What has the keyboard: a list that popped up, or the control in the window in front."""
        popup = QApplication.activePopupWidget()
        if popup is not None:
            return popup.focusWidget() or popup
        if not self.place.isActiveWindow():
            self.place.activateWindow()
            self._qtbot.waitUntil(self.place.isActiveWindow)
        return QApplication.focusWidget() or self.place

    def name_the_file(self, path: str) -> None:
        """In the next file dialog, type a path and press Enter; say so before what opens it."""

        def type_path() -> None:
            dialog = QApplication.activeModalWidget()
            if not isinstance(dialog, QFileDialog):  # it opens later on a machine that is busy
                QTimer.singleShot(50, type_path)
                return
            line = dialog.findChild(QLineEdit)
            line.selectAll()
            QTest.keyClicks(line, path)
            press_save()

        def press_save() -> None:
            # The list of names that match what was typed takes the first click where it is still open.
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, QFileDialog):
                self.clicks += 1
                save = next(b for b in dialog.findChildren(QPushButton) if "Save" in b.text())
                QTest.mouseClick(save, _LEFT)
                QTimer.singleShot(50, press_save)

        QTimer.singleShot(200, type_path)

    # Tables

    def click_cell(self, table, row: int, column: int = 0, *, x: int | None = None) -> None:
        """Scroll to a cell and click it, `x` px from its left edge or in its middle."""
        index = table.model().index(row, column)
        table.scrollTo(index)
        QApplication.processEvents()
        rect = table.visualRect(index)
        at = rect.center() if x is None else QPoint(rect.left() + x, rect.center().y())
        assert table.viewport().rect().contains(at), f"row {row} is not in view"
        self.click_at(table.viewport(), at)
