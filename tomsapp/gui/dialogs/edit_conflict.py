"""Two people saved the same record: both versions side by side, and the choice of what to keep."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import Any, assert_never

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QWidget

from tomsapp.domain.facts import Fact
from tomsapp.domain.wording import format_clock
from tomsapp.gui.dialogs.conflict import Conflict
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.dialog_parts import take_room
from tomsapp.gui.widgets.edges import TOP
from tomsapp.gui.widgets.layouts import DIALOG_MARGINS, in_column, in_grid
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import Badge, Text, hairline
from tomsapp.services.failures import EditConflict

_WIDTH, _HEIGHT = 860, 520


class ConflictChoice(Enum):
    """What somebody wants done about a record that another person saved first."""

    THEIRS = "theirs"
    """Drop mine and show theirs."""
    MINE = "mine"
    """Save mine over theirs; theirs stays in the history."""
    CANCEL = "cancel"
    """Nothing yet: what was typed stays where it is."""


@dataclass(frozen=True, slots=True)
class ConflictField:
    """One fact of the record: its caption, and how a version of the record says it."""

    caption: str
    text: Callable[[Any], str]


def fields_of(
    facts: Iterable[Fact], own: Mapping[str, Callable[[Any], str]] | None = None
) -> tuple[ConflictField, ...]:
    """Both versions of a record, fact by fact; `own` says from the record what a fact of its own kind is in words."""
    words = own or {}
    return tuple(ConflictField(fact.label, words.get(fact.name) or partial(_words_of, fact)) for fact in facts)


def _words_of(fact: Fact, record: object) -> str:
    value = getattr(record, fact.name)
    if isinstance(value, bytes):
        return f"{len(value):,} bytes" if value else "none"
    return fact.words(value)


def resolve_conflict(
    parent: QWidget, error: EditConflict, mine: object, fields: Sequence[ConflictField]
) -> ConflictChoice:
    """Show what the database holds now beside `mine` and ask which to keep.

    To save over theirs, save again with `error.theirs` as the state that you started from.
    """
    dialog = EditConflictDialog(error, mine, fields, parent)
    dialog.exec()
    dialog.deleteLater()
    return dialog.choice


def settle_conflict(parent: QWidget, conflict: Conflict, fields: Sequence[ConflictField]) -> None:
    """Ask which version of a record to keep, and do it."""
    choice = resolve_conflict(parent, EditConflict(conflict.theirs), conflict.mine, fields)
    match choice:
        case ConflictChoice.THEIRS:
            conflict.keep_theirs()
        case ConflictChoice.MINE:
            conflict.save_mine()
        case ConflictChoice.CANCEL:
            return
        case _:
            assert_never(choice)


class EditConflictDialog(QDialog):
    """Lists every fact in both versions; what differs is marked by a word and an icon."""

    def __init__(
        self, error: EditConflict, mine: object, fields: Sequence[ConflictField], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.choice = ConflictChoice.CANCEL
        self.setWindowTitle("Two versions")
        theirs = error.theirs
        title = Text(_sentence(error), "h2", wrap=True)
        advice = Text(_advice(error), "body", "text_muted", wrap=True)
        both = None if theirs.is_deleted else self._build_comparison(theirs.record, mine, fields)
        buttons = self._build_buttons(is_deleted=theirs.is_deleted)
        in_column(title, advice, (both, 1) if both else None, buttons, inside=self, margins=DIALOG_MARGINS, gap=12)
        self.setAccessibleName(title.text())
        theme = current_theme()
        take_room(self, theme.px(_WIDTH), theme.px(_HEIGHT) if not theirs.is_deleted else self.sizeHint().height())

    def _build_comparison(self, theirs: object, mine: object, fields: Sequence[ConflictField]) -> QWidget:
        inside = QWidget()
        grid = in_grid(inside=inside, margins=(16, 12, 16, 12), gaps=(16, 8), shares=(0, 1, 1, 0))
        for place, head in enumerate(("", "Saved by them", "Yours", "")):
            grid.addWidget(Text(head, "note_strong", "text_muted"), 0, place)
        row = 1
        for field in fields:
            grid.addWidget(hairline(), row, 0, 1, 4)
            _add_field(grid, row + 1, field, field.text(theirs), field.text(mine))
            row += 2
        grid.setRowStretch(row, 1)
        card = Card()
        card.fill(ScrollArea("Both versions", inside))
        return card

    def _build_buttons(self, *, is_deleted: bool) -> QDialogButtonBox:
        box = QDialogButtonBox()
        keep = Button("Leave it deleted" if is_deleted else "Keep theirs", "primary")
        keep.setDefault(True)
        keep.clicked.connect(lambda: self._choose(ConflictChoice.THEIRS))
        box.addButton(keep, QDialogButtonBox.ButtonRole.AcceptRole)
        if not is_deleted:
            save = Button("Save mine over theirs", "danger", does=lambda: self._choose(ConflictChoice.MINE))
            box.addButton(save, QDialogButtonBox.ButtonRole.DestructiveRole)
        box.addButton(Button("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        box.rejected.connect(self.reject)
        return box

    def _choose(self, choice: ConflictChoice) -> None:
        self.choice = choice
        self.accept()


def _sentence(error: EditConflict) -> str:
    theirs = error.theirs
    who = theirs.saved_by or "Someone"
    at = f" at {format_clock(theirs.saved_at.astimezone())}" if theirs.saved_at else ""
    return f"{who} {'deleted' if theirs.is_deleted else 'saved'} this{at}, after you opened it"


def _advice(error: EditConflict) -> str:
    if error.theirs.is_deleted:
        return "Your version has not been saved. Cancel keeps what you typed on the screen, so that you can copy it."
    return "Your version has not been saved. Compare the two, then choose. History keeps every version that was saved."


def _add_field(grid: QGridLayout, row: int, field: ConflictField, theirs: str, mine: str) -> None:
    differs = theirs != mine
    said = f"{field.caption}, {'different' if differs else 'the same'}. Theirs: {theirs or 'empty'}. Yours: "
    caption = Text(field.caption, "note_strong")
    caption.setAccessibleName(f"{said}{mine or 'empty'}")
    grid.addWidget(caption, row, 0, TOP)
    tone = "text" if differs else "text_muted"
    for place, text in ((1, theirs), (2, mine)):
        said_text = Text(text or "–", "strong" if differs else "body", tone, wrap=True, selectable=True)
        grid.addWidget(said_text, row, place, TOP)
    mark = Badge("Different", "warning", "triangle-alert") if differs else Badge("The same", "muted", "check")
    grid.addWidget(mark, row, 3, TOP)
