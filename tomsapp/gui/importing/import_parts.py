"""The head and the foot of the import: what is brought in, from which file, at which step, and what goes on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from tomsapp.domain.wording import plural
from tomsapp.gui.widgets.buttons import Button, LinkButton
from tomsapp.gui.widgets.layouts import in_column, in_row
from tomsapp.gui.widgets.text import ElidedText, Text
from tomsapp.services.table_types import OpenedTable

_MARGINS = (24, 10, 20, 10)
_SAFE, _NOTHING = "Nothing is saved yet", "Nothing to import"


class ImportHead(QFrame):
    """Title, file and step, and the buttons for another table."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setProperty("k", "header")
        self._about = Text(title, "note", "text_muted")
        self.title = Text("Show me your table", "h1")
        self._file = ElidedText("", "note", "text_muted")
        self._steps = Text("", "note", "text_muted")
        self.other_button = Button("Other file", icon_name="folder-open")
        self.paste_button = Button("Paste a table", icon_name="copy")
        words = in_column(self._about, in_row(self.title, (self._file, 1), gap=14), gap=0)
        row = (words, 1), self._steps, self.other_button, self.paste_button
        in_row(*row, inside=self, margins=_MARGINS, gap=12)

    def say_target(self, title: str) -> None:
        """Say what the table is brought into."""
        self._about.setText(title)

    def say_table(self, opened: OpenedTable) -> None:
        """Say which file was read."""
        self._file.setText(opened.receipt.short_words)
        self._file.setToolTip(opened.receipt.words)

    def show_step(self, number: int, *, has_table: bool, is_second: bool) -> None:
        """Say which step it is, with how many lines are compared."""
        self.title.setText(f"Compare {plural(number, 'line')}" if is_second else "Show me your table")
        self._steps.setText("Step 2 of 2, the lines" if is_second else "Step 1 of 2, the table")
        self._steps.setVisible(has_table)
        self.other_button.setVisible(has_table)
        self.paste_button.setVisible(has_table and not is_second)


class ImportFoot(QFrame):
    """Where the labels come from, that nothing is saved yet, and the button that goes on."""

    go_on = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("k", "foot")
        self.labels_from = Text("", "note", "text_muted")
        self.guess_button = LinkButton("Guess again", role="note")
        self.back_button = Button("Back to the table")
        self.said = Text(_SAFE, "note", "text_muted")
        self.next_button = Button("Next", "primary", does=self.go_on)
        self.cancel_button = Button("Cancel")
        left = self.back_button, self.labels_from, self.guess_button
        right = self.said, self.next_button, self.cancel_button
        in_row(*left, (None, 1), *right, inside=self, margins=_MARGINS, gap=12)

    def show_step(self, *, has_table: bool, is_second: bool) -> None:
        """Show what belongs to the step."""
        self.back_button.setVisible(is_second)
        self.labels_from.setVisible(has_table and not is_second)
        self.guess_button.setVisible(has_table and not is_second)
        self.next_button.setVisible(has_table)
        self.said.setVisible(has_table)

    def say_next(self, number: int, to_change: int, left: int, *, is_second: bool) -> None:
        """Say what the main button does; `left` is how much is to be decided before it does so."""
        is_nothing = is_second and not to_change
        self.said.setText(_NOTHING if is_nothing and not left else _SAFE)
        self.cancel_button.setHidden(is_nothing and not left)
        if not is_second:
            words = f"Next: compare {plural(number, 'line')}"
        elif is_nothing:
            words = "Next: decide what is left" if left else "Close"
        else:
            words = f"Import {plural(to_change, 'line')}"
        self.next_button.setText(words)
