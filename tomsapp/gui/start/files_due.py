"""On the Start page: how many files of evidence are due for deletion, and the way to their list."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

from tomsapp.gui.start.cards import EDGE
from tomsapp.gui.widgets.buttons import LinkButton
from tomsapp.gui.widgets.layouts import in_row
from tomsapp.gui.widgets.text import IconLabel, Text


class FilesDue(QFrame):
    """A line of its own, as what is due of contracts leads to contracts."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("k", "card")
        self.text = Text("", "strong", wrap=True)
        self.link = LinkButton("See the list", role="strong")
        self.link.setAccessibleName("See the list of files that are due for deletion")
        icon = IconLabel("clock", "warning_mark", 18)
        in_row(icon, (self.text, 1), self.link, inside=self, margins=(EDGE, 10, EDGE, 10), gap=10)

    def show_count(self, count: int) -> None:
        """Say how many there are."""
        is_are = "file of evidence is" if count == 1 else "files of evidence are"
        self.text.setText(f"{count:,} {is_are} due for deletion.")
        self.setAccessibleName(self.text.text())
