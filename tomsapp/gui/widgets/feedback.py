"""What just happened and what is going on: undo bar, progress with cancel, empty state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QFrame, QProgressBar, QWidget

from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.buttons import Button, IconButton
from tomsapp.gui.widgets.edges import CENTRE
from tomsapp.gui.widgets.layouts import STRETCH, in_column, in_row
from tomsapp.gui.widgets.pauses import after_a_pause
from tomsapp.gui.widgets.text import IconLabel, Text

_TOAST_MS = 10_000


@dataclass(frozen=True, slots=True)
class Toast:
    """What was done and, if it can be undone, how; never an error."""

    text: str
    undo: Callable[[], object] | None = None
    icon: str = "check"


class UndoBar(QFrame):
    """Shows one toast until the next edit, until it is closed, or for a while; Undo stays in the menu.

    It stays while the mouse is over it or the keyboard in it.
    """

    shown_changed = Signal()
    """It came or went, so that the page gives it room or takes it back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("k", "toast")
        self._undo: Callable[[], object] | None = None
        self._icon = IconLabel("check", "on_tooltip", 18)
        self._text = Text("", "body", "on_tooltip")
        self._button = Button("Undo", "toast", does=self.undo)
        self._key = Text("Ctrl Z", "small", "on_tooltip")
        close = IconButton("x", "Close this message", tone="on_tooltip", does=self.dismiss)
        close.setProperty("k", "toast")
        parts = self._icon, (self._text, 1), self._button, self._key, close
        in_row(*parts, inside=self, margins=(16, 7, 10, 7), gap=12)
        self.timer = after_a_pause(self, _TOAST_MS, self._on_time)
        self.hide()

    def show_toast(self, toast: Toast) -> None:
        """Say what happened; the focus stays where it is."""
        self._undo = toast.undo
        self._text.setText(toast.text)
        self._icon.set_icon(toast.icon, "on_tooltip")
        self._button.setVisible(toast.undo is not None)
        self._key.setVisible(toast.undo is not None)
        self.setAccessibleName(toast.text)
        self.adjustSize()
        self.show()
        self.raise_()
        self.timer.start()
        self.shown_changed.emit()
        announce(self, toast.text)

    def undo(self) -> None:
        """Undo what the toast tells of, and close it."""
        undo, self._undo = self._undo, None
        self.dismiss()
        if undo is not None:
            undo()

    def dismiss(self) -> None:
        """Close the bar."""
        self._undo = None
        self.timer.stop()
        if not self.isHidden():
            self.hide()
            self.shown_changed.emit()

    def _on_time(self) -> None:
        focused = QApplication.focusWidget()
        if self.underMouse() or (focused is not None and self.isAncestorOf(focused)):
            self.timer.start()
        else:
            self.dismiss()


class ProgressCard(QFrame):
    """A long task: what it does, how far it is, and a way to stop it."""

    cancelled = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("k", "card")
        self.setAccessibleName(title)
        self._said = 0
        self._done = Text("", "body", "text_muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(title)
        self._bar.setRange(0, 0)
        self._note = Text("You can go on working.", "note", "text_muted")
        self._cancel = Button("Cancel", does=self._on_cancel)
        self._cancel.setAccessibleName(f"Cancel: {title}")
        top, foot = in_row((Text(title), 1), self._done), in_row((self._note, 1), self._cancel)
        in_column(top, self._bar, foot, STRETCH, inside=self, margins=(16, 12, 16, 12), gap=9)

    def report(self, done: int, total: int, text: str = "") -> None:
        """Show how far the task is; a total of 0 means that it is not known."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._done.setText(text or (f"{done:,} of {total:,}" if total else ""))
        quarter = done * 4 // total if total else 0
        if quarter > self._said:
            self._said = quarter
            announce(self, f"{quarter * 25}%")

    def _on_cancel(self) -> None:
        self._cancel.setEnabled(False)
        self._note.setText("Stopping…")
        self.cancelled.emit()


class EmptyState(QWidget):
    """Why there is nothing here, and what fills it: an icon, a heading, a sentence and buttons."""

    def __init__(self, icon: str, heading: str, sentence: str = "", *buttons: QWidget) -> None:
        super().__init__()
        self.setAccessibleName(f"{heading}. {sentence}" if sentence else heading)
        self._heading = Text(heading, "h3")
        self._sentence = Text(sentence, "body", "text_muted", wrap=True)
        self._sentence.setAlignment(CENTRE)
        said = (
            (IconLabel(icon, "text_muted", 30), CENTRE),
            (self._heading, CENTRE),
            self._sentence if sentence else None,
        )
        foot = in_row(STRETCH, *buttons, STRETCH, gap=8)
        in_column(STRETCH, *said, foot, STRETCH, inside=self, margins=(11, 11, 11, 11), gap=6)

    def set_words(self, heading: str, sentence: str) -> None:
        """Give another reason why there is nothing."""
        self._heading.setText(heading)
        self._sentence.setText(sentence)
        self.setAccessibleName(f"{heading}. {sentence}")
