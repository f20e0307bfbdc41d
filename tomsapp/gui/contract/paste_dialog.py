"""Asks what to do with a pasted block in which some cells cannot be taken."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from tomsapp.domain.money import shortened
from tomsapp.domain.wording import plural
from tomsapp.gui.contract.paste import PasteBlock
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.dialog_parts import be_as_wide, text_to_read
from tomsapp.gui.widgets.layouts import in_column
from tomsapp.gui.widgets.text import Text


class PasteDialog(QDialog):
    """Lists each bad cell with its row and column; nothing is pasted unless the user says so."""

    def __init__(self, block: PasteBlock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Paste quantities")
        bad, good = len(block.bad), len(block.quantities)
        words = f"{plural(bad, 'cell')} cannot be pasted. Nothing has been changed yet."
        self.list = text_to_read("Cells that cannot be pasted", "\n".join(bad_lines(block)))
        buttons = QDialogButtonBox()
        cancel = Button("Paste nothing")
        if good:
            self.paste = Button(f"Paste the other {plural(good, 'cell') if good > 1 else 'cell'}")
            buttons.addButton(self.paste, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        heading = Text(words, "h2", wrap=True)
        in_column(heading, (self.list, 1), buttons, inside=self, margins=(24, 20, 24, 20), gap=12)
        be_as_wide(self, 560)
        # Set before, it would be the focus proxy of the box, and Tab would pass over the other button.
        cancel.setDefault(True)


def bad_lines(block: PasteBlock) -> list[str]:
    """One line for each bad cell: where it is in the block, where it would go, and why not."""
    return [
        f"Row {cell.row}, column {cell.column} ({cell.where}): “{shortened(cell.text, 30)}”. {cell.message}."
        for cell in block.bad
    ]
