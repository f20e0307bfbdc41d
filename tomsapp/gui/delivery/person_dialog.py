"""Asks for one person number behind a claim, and says that it is never a name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from tomsapp.domain.delivery.people import DELIVERY_PERSON, DeliveryPerson
from tomsapp.domain.problems import Problem, Severity
from tomsapp.gui.records.record_dialog import RecordDialog
from tomsapp.gui.records.record_form import RecordForm
from tomsapp.gui.widgets.problems import ProblemRow

if TYPE_CHECKING:
    from tomsapp.domain.history import Stored
    from tomsapp.gui.jobs import Job

NEVER_NAMES = (
    "Only the supplier knows who has which number. "
    "Never type a name, a full date of birth or a National Insurance number."
)
Check = Callable[[DeliveryPerson], "Job[list[Problem]]"]


class PersonDialog(RecordDialog[DeliveryPerson]):
    """What a number shows beside others may be saved all the same, as the supplier returned it."""

    def __init__(self, about: str, before: Stored[DeliveryPerson] | None, check: Check, parent: QWidget | None) -> None:
        super().__init__(
            f"Change person number of {about}" if before else f"Add a person number to {about}",
            RecordForm(DELIVERY_PERSON),
            before.record if before else DeliveryPerson(""),
            check,
            parent,
            above=(ProblemRow("info", NEVER_NAMES),),
            go="Save person number" if before else "Add person number",
            question="Is this person number right?",
            before=before,
        )

    def wrong(self, found: Sequence[Problem]) -> list[Problem]:
        """The faults of its own fields; those beside other claims are questions."""
        own = {fact.name for fact in DELIVERY_PERSON.facts}
        return [each for each in found if each.severity is Severity.ERROR and each.where.field in own]
