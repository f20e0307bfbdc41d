"""The Edit menu, and Save: undo and redo of the session, the rest does what its keys do where the keyboard is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import cast

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication

from tomsapp.domain.wording import small_first
from tomsapp.gui.main_window import MainWindow, MenuName
from tomsapp.gui.session import Session

_KEYS = (
    ("Cut", QKeySequence.StandardKey.Cut),
    ("Copy", QKeySequence.StandardKey.Copy),
    ("Paste", QKeySequence.StandardKey.Paste),
)
_SAVED = "Nothing is left to save: what you do here is saved at once."


class EditMenu(QObject):
    """Fills the Edit menu, and puts Save at the top of File; `undo` is what Undo does."""

    def __init__(self, session: Session, window: MainWindow, undo: Callable[[], object]) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self._undo = self._add("edit", "Undo", QKeySequence.StandardKey.Undo, undo)
        self._redo = self._add("edit", "Redo", "Ctrl+Y", session.redo)
        self._redo.setShortcuts([QKeySequence("Ctrl+Y"), QKeySequence("Ctrl+Shift+Z")])
        session.undo_changed.connect(self._on_undo_changed)
        self._on_undo_changed()
        self._add("file", "Save", QKeySequence.StandardKey.Save, self._on_save)
        self._add_line("file")
        self._add_line("edit")
        for words, keys in _KEYS:
            action = self._add("edit", words, keys, partial(_press, keys))
            # The menu tells the key; the field or table that has the keyboard takes it.
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._add_line("edit")
        self._add("edit", "Find", QKeySequence.StandardKey.Find, window.find_on_page)

    def _add(
        self, menu: MenuName, words: str, keys: QKeySequence.StandardKey | str, slot: Callable[[], object]
    ) -> QAction:
        action = QAction(words, self)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _checked=False: slot())
        self._window.add_action(menu, action)
        return action

    def _add_line(self, menu: MenuName) -> None:
        line = QAction(self)
        line.setSeparator(True)
        self._window.add_action(menu, line)

    def _on_undo_changed(self) -> None:
        for action, word, label in (
            (self._undo, "Undo", self._session.undo_label),
            (self._redo, "Redo", self._session.redo_label),
        ):
            action.setEnabled(bool(label))
            action.setText(f"{word} {small_first(label)}".replace("&", "&&") if label else word)

    def _on_save(self) -> None:
        from tomsapp.gui.records.saved_form import form_to_save
        from tomsapp.gui.widgets.feedback import Toast

        form = form_to_save(self._window)
        if form is not None:
            form.save_wanted.emit()
        elif _is_taken():
            self._window.show_toast(Toast(_SAVED))


def _is_taken() -> bool:
    """Take what stands in a field that is saved when it is left, as if it were; False where it cannot be taken."""
    from tomsapp.gui.widgets.fields import Field

    field = QApplication.focusWidget()
    while field is not None and not isinstance(field, Field):
        field = field.parentWidget()
    if field is None:
        return True
    field.left.emit()
    return not field.error


def _press(keys: QKeySequence.StandardKey) -> None:
    """Do what a key does in the control that has the keyboard: its own action, or what it does with the key itself."""
    focused, wanted = QApplication.focusWidget(), QKeySequence(keys)
    if focused is None:
        return
    own = next((action for action in focused.actions() if action.shortcut() == wanted), None)
    if own is not None:
        own.trigger()
        return
    key = cast("Sequence[QKeyCombination]", wanted)[0]
    QApplication.sendEvent(focused, QKeyEvent(QEvent.Type.KeyPress, key.key(), key.keyboardModifiers()))
