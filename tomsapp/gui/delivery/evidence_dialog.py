"""Asks what is to be said of evidence that is attached: files that were chosen, or a reference to others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tomsapp.domain.delivery.evidence import EVIDENCE, Evidence, EvidenceKind
from tomsapp.domain.problems import Severity
from tomsapp.gui.dialogs.message import ask_first
from tomsapp.gui.records.record_form import RecordForm
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.form_dialog import FormDialog
from tomsapp.gui.widgets.layouts import STRETCH, in_row
from tomsapp.gui.widgets.problems import ProblemRow
from tomsapp.gui.widgets.text import Text
from tomsapp.services.delivery import OpenDelivery
from tomsapp.services.evidence import OfferedFile, check_evidence

_NO_NAMES = "Never type a name: say which paper it is, where it is kept, and the supplier’s own person numbers."
_NOT_SET = "Your council has not set for how long evidence is kept."
_OF_FILES, _OF_REFERENCE = ("keep_until", "dated_on", "notes"), ("name", "reference", "dated_on", "notes")


class EvidenceDialog(FormDialog):
    """Stays open until what was said is enough; what holds of one of several files holds of all."""

    settings_wanted = Signal()
    """The rules of delivery are to be shown in the place of this dialog."""

    def __init__(
        self, opened: OpenDelivery, proposal: Evidence, files: Sequence[OfferedFile], parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self._opened, self._proposal, self._files = opened, proposal, files
        is_file = proposal.kind is EvidenceKind.FILE
        self.pieces: list[tuple[Evidence, OfferedFile | None]] = []
        self.form = RecordForm(
            EVIDENCE, facts=[EVIDENCE.fact(name) for name in (_OF_FILES if is_file else _OF_REFERENCE)]
        )
        self.form.show_record(proposal)
        self.form.save_wanted.connect(self._on_go)
        title = "Attach files" if is_file else "Add a reference"
        self.setWindowTitle(title)
        self.go_button = Button(title, "primary", does=self._on_go)
        self.go_button.setDefault(True)
        says = "\n".join(file.name for file in files) or "What is kept elsewhere, and how it is found there."
        shown = Text(says, "body", "text_muted", wrap=True)
        self.not_set = ProblemRow("info", _NOT_SET, [("settings", "Set it")])
        self.not_set.setVisible(is_file and opened.rules.record.keep_years is None)
        self.not_set.action_chosen.connect(lambda _key: self._leave())
        no_names = None if is_file else Text(_NO_NAMES, "note", "text_muted", wrap=True)
        asked = shown, no_names, self.not_set, self.form
        foot = in_row(STRETCH, self.go_button, Button("Cancel", does=self.reject))
        self.build(title, "What is said of the evidence", asked, foot)

    def begin(self) -> None:
        """Begin in the first field."""
        self.form.first_control.setFocus()

    def _leave(self) -> None:
        """Go to where it is set; the files are chosen again then."""
        self.reject()
        self.settings_wanted.emit()

    def _on_go(self) -> None:
        """Accept what was said, or say at each field what must be put right."""
        said = self.form.read(self._proposal)
        if said is None:
            self.form.focus_first_problem()
            return
        self.pieces = [(replace(said, name=file.name), file) for file in self._files] or [(said, None)]
        asked: list[str] = []
        held = [view.evidence.record for view in self._opened.evidence]
        for piece, file in self.pieces:
            found = check_evidence(self._opened, piece, file, held)
            wrong = [each for each in found if each.severity is Severity.ERROR]
            asked += [f"{each.message}. {each.fix}." for each in found if each.severity is Severity.WARNING]
            if wrong:
                self.form.show_problems(wrong)
                self.form.focus_first_problem()
                return
            held.append(piece)
        go, keep = "It is no name", "Go back"
        if not asked or ask_first(self, "Is this somebody’s name?", asked, go, keep, deletes=False):
            self.accept()
