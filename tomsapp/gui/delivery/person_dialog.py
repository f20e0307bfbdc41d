"""Asks for one person number behind a claim, and says that it is never a name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from tomsapp.domain.delivery.people import DELIVERY_PERSON, DeliveryPerson
from tomsapp.domain.problems import Problem, Severity
from tomsapp.gui.dialogs.message import ask_first
from tomsapp.gui.records.record_form import RecordForm
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.dialog_parts import fit_to_fields
from tomsapp.gui.widgets.layouts import BESIDE_BAR, DIALOG_MARGINS, STRETCH, holding, in_column, in_row
from tomsapp.gui.widgets.problems import ProblemRow
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import Text

if TYPE_CHECKING:
    from tomsapp.domain.history import Stored
    from tomsapp.gui.jobs import Job

_WIDTH = 480
NEVER_NAMES = (
    "Only the supplier knows who has which number. "
    "Never type a name, a full date of birth or a National Insurance number."
)
Check = Callable[[DeliveryPerson], "Job[list[Problem]]"]


class PersonDialog(QDialog):
    """Stays open until the number is one, and what it shows was read; what may be wrong with it can be saved."""

    def __init__(self, about: str, before: Stored[DeliveryPerson] | None, check: Check, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._before, self._check = before, check
        self._base = before.record if before else DeliveryPerson("")
        self.person = self._base
        title = f"Change person number of {about}" if before else f"Add a person number to {about}"
        self.setWindowTitle(title)
        self.form = RecordForm(DELIVERY_PERSON)
        self.form.show_record(self._base, before.version if before else None)
        self.form.save_wanted.connect(self._on_go)
        self.go_button = Button("Save person number" if before else "Add person number", "primary", does=self._on_go)
        self.go_button.setDefault(True)
        says = ProblemRow("info", NEVER_NAMES)
        self._fields = holding(in_column(says, self.form, STRETCH, margins=(0, 0, BESIDE_BAR, 0), gap=12))
        self._area = ScrollArea("The person number", self._fields, only_down=True)
        foot = in_row(STRETCH, self.go_button, Button("Cancel", does=self.reject))
        in_column(Text(title, "h2", wrap=True), (self._area, 1), foot, inside=self, margins=DIALOG_MARGINS, gap=12)

    def showEvent(self, event: QShowEvent) -> None:
        """Take the height that the fields need and begin in the number."""
        super().showEvent(event)
        self.form.first_control.setFocus()
        fit_to_fields(self, current_theme().px(_WIDTH), self._area, self._fields)

    def _on_go(self) -> None:
        """Hold the number to the supplier's others, or say at its field what must be put right."""
        person = self.form.read(self._base)
        if person is None:
            self.form.focus_first_problem()
            return
        self._check(person).success(lambda found: self._on_checked(person, found)).start()

    def _on_checked(self, person: DeliveryPerson, found: Sequence[Problem]) -> None:
        own = {fact.name for fact in DELIVERY_PERSON.facts}
        wrong = [each for each in found if each.severity is Severity.ERROR and each.where.field in own]
        if wrong:
            self.form.show_problems(wrong)
            self.form.focus_first_problem()
        elif self._is_wanted(found):
            self.person = person
            self.accept()

    def _is_wanted(self, found: Sequence[Problem]) -> bool:
        """Whether there is no question, or it is to be saved all the same, as the supplier returned it."""
        if not found:
            return True
        said = [f"{each.message}. {each.fix}." for each in found]
        if ask_first(self, "Is this person number right?", said, "Save it all the same", "Go back", deletes=False):
            return True
        self.form.first_control.setFocus()
        return False
