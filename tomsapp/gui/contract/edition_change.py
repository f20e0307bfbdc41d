"""What happens to a contract's commitments when it moves to another menu edition, asked before it is done."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.wording import plural
from tomsapp.gui.dialogs.message import MessageDialog
from tomsapp.services.contracts import OpenContract

_MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class EditionChange:
    """The commitments of a contract held against another edition: how many have their measure in it, which do not."""

    reference: str
    before: str
    after: str
    commitments: int
    lost: tuple[str, ...]
    """Code and title of each measure that the other edition lacks."""

    @staticmethod
    def of(opened: OpenContract, edition: MenuEdition) -> EditionChange:
        """Compare the measures of a contract's commitments with those of `edition`."""
        codes = [line.record.measure for line in opened.commitments]
        lost = dict.fromkeys(code for code in codes if edition.find_measure(code) is None)
        return EditionChange(
            opened.contract.reference,
            opened.edition.name,
            edition.name,
            len(codes),
            tuple(map(opened.edition.name_of, lost)),
        )

    @property
    def words(self) -> str:
        """What will happen, in whole sentences."""
        said = [f"Its {plural(self.commitments, 'commitment')} will be valued with {self.after}."]
        if self.lost:
            named = ", ".join(self.lost[:_MOST_NAMED])
            more = f" and {len(self.lost) - _MOST_NAMED} more" if len(self.lost) > _MOST_NAMED else ""
            said.append(
                f"{self.after} lacks {named}{more}. Those commitments stay in the contract without a value, "
                "as errors, until you remove them."
            )
        said.append("Undo brings the edition back.")
        return "\n\n".join(said)


def ask_edition_change(parent: QWidget, change: EditionChange) -> bool:
    """Say what the change does and ask; False keeps the edition that the contract has."""
    title = f"Change the menu edition of {change.reference}?"
    dialog = MessageDialog(title, change.words.split("\n\n"), parent, tone="warning")
    go = dialog.add_button(f"Change to {change.after}", QDialogButtonBox.ButtonRole.AcceptRole)
    go.clicked.connect(dialog.accept)
    keep = dialog.add_button(f"Keep {change.before}", QDialogButtonBox.ButtonRole.RejectRole, is_default=True)
    keep.setFocus()
    return dialog.exec() == QDialog.DialogCode.Accepted
