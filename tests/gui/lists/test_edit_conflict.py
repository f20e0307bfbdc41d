from __future__ import annotations

from datetime import UTC, datetime

from tests.gui.lists.people import press
from tomsapp.domain.history import Stored
from tomsapp.domain.supplier import SUPPLIER, Supplier
from tomsapp.gui.dialogs.edit_conflict import ConflictChoice, EditConflictDialog, fields_of, resolve_conflict
from tomsapp.gui.widgets.text import Badge, Text
from tomsapp.services.failures import EditConflict

CONFLICT_FIELDS = fields_of(SUPPLIER.facts)
AT = datetime(2026, 4, 1, 13, 30, tzinfo=UTC)


def conflict(*, is_deleted=False):
    return EditConflict(Stored(1, 3, Supplier("Theirs"), "B. Singh", AT, is_deleted))


def test_what_differs_is_marked_by_a_word(qtbot):
    dialog = EditConflictDialog(conflict(), Supplier("Mine"), CONFLICT_FIELDS)
    qtbot.addWidget(dialog)
    marks = [badge.accessibleName() for badge in dialog.findChildren(Badge)]
    assert marks == ["Different", *["The same"] * (len(CONFLICT_FIELDS) - 1)]
    assert dialog.accessibleName().startswith("B. Singh saved this at ")
    assert {"Theirs", "Mine"} <= {text.text() for text in dialog.findChildren(Text)}


def test_each_button_gives_its_choice(qtbot, qapp):
    parent = Text("form")
    qtbot.addWidget(parent)
    parent.show()
    for words, choice in (
        ("Keep theirs", ConflictChoice.THEIRS),
        ("Save mine over theirs", ConflictChoice.MINE),
        ("Cancel", ConflictChoice.CANCEL),
    ):
        press(words)
        assert resolve_conflict(parent, conflict(), Supplier("Mine"), CONFLICT_FIELDS) is choice


def test_deleted_record_cannot_be_saved_over(qtbot, qapp):
    parent = Text("form")
    qtbot.addWidget(parent)
    press("Leave it deleted")
    error = conflict(is_deleted=True)
    assert resolve_conflict(parent, error, Supplier("Mine"), CONFLICT_FIELDS) is ConflictChoice.THEIRS
