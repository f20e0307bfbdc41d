"""What steps have in common whose form is saved as it is typed."""

from __future__ import annotations

from typing import Any

from tomsapp.gui.records.saved_as_typed import SavedAsTyped


def save_form(editor: SavedAsTyped[Any]) -> bool:
    """Save what is typed into a form; False where a field is wrong, which has the keyboard then."""
    editor.save()
    if any(field.error for field in editor.form.fields):
        editor.form.focus_first_problem()
        return False
    return True
