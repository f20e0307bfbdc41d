"""What stands under a step with a form: whether it is saved, and the buttons that save and discard."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from tomsapp.gui.records.record_editor import RecordEditor
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.layouts import in_row
from tomsapp.gui.widgets.text import ElidedText

_KEPT = "Kept as a draft, and saved when you go on"


class FormFoot(QWidget):
    """Follows the form of an editor; `noun` is what is saved, as "facts"."""

    def __init__(self, editor: RecordEditor[Any], noun: str) -> None:
        super().__init__()
        self._editor = editor
        self.state = ElidedText("", "note", "text_muted")
        self.discard_button = Button("Discard changes", does=editor.discard)
        self.save_button = Button(f"Save {noun}", does=editor.save)
        in_row((self.state, 1), self.discard_button, self.save_button, inside=self, gap=8)
        editor.form.edited.connect(self.say_state)
        editor.shown.connect(self.say_state)
        self.say_state()

    def say_state(self) -> None:
        """Say whether anything is typed that is not saved."""
        is_changed = self._editor.is_changed
        self.state.setText(_KEPT if is_changed else "")
        self.save_button.setEnabled(is_changed)
        self.discard_button.setEnabled(is_changed)


def save_form(editor: RecordEditor[Any]) -> bool:
    """Save what is typed into a form; False where a field is wrong, which has the keyboard then."""
    if not editor.is_changed:
        return True
    editor.save()
    return not any(field.error for field in editor.form.fields)
