"""The form of a claim: what a supplier returned for one commitment in one quarter."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from tomsapp.domain.delivery.delivery import DELIVERY, Delivery
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.domain.history import Stored
from tomsapp.domain.problems import Problem
from tomsapp.gui.delivery.quarter_editor import QuarterEditor
from tomsapp.gui.records.record_form import RecordForm
from tomsapp.gui.session import Session
from tomsapp.services.changes import Done
from tomsapp.services.delivery_claims import check_claim, save_claim
from tomsapp.services.failures import StoreError

if TYPE_CHECKING:
    from tomsapp.services.delivery import OpenDelivery
    from tomsapp.services.workspace import Workspace

PEOPLE = ("new", "retained", "transferred")


class ClaimActions:
    """Checks and saves claims of the contract as it was last read."""

    def __init__(self) -> None:
        self.opened: OpenDelivery | None = None

    def check(self, _workspace: Workspace, record: Delivery, _number: int | None = None) -> list[Problem]:
        """What must be put right before the claim is saved, and what is asked first."""
        return check_claim(self._known(), record)

    def add(self, workspace: Workspace, record: Delivery) -> Done[Stored[Delivery]]:
        """Enter what was returned."""
        return save_claim(workspace, self._known(), None, record)

    def save(self, workspace: Workspace, before: Stored[Delivery], record: Delivery) -> Done[Stored[Delivery]]:
        """Save it over the state that the user started from."""
        return save_claim(workspace, self._known(), before, record)

    def _known(self) -> OpenDelivery:
        if self.opened is None:
            raise StoreError("The contract is not open any more", "Open it again")
        return self.opened


class ClaimFields(RecordForm[Delivery]):
    """What can be typed of a claim; who the people are is asked where the measure is about jobs."""

    def __init__(self) -> None:
        super().__init__(DELIVERY)

    def ask_for_people(self, *, is_asked: bool) -> None:
        """Ask how many of the people are new, were there before or came over, or not."""
        for name in PEOPLE:
            self.field(name).setVisible(is_asked)

    def copy_plan(self, planned: Decimal) -> None:
        """Put what is planned into the claim as if it had been typed."""
        made = self.facts["claimed"]
        made.show(planned)
        made.field.edited.emit()


class ClaimEditor(QuarterEditor[Delivery]):
    """Keeps what is typed of each quarter as a draft of its own."""

    def __init__(self, session: Session, form: ClaimFields, actions: ClaimActions) -> None:
        super().__init__(session, form, actions)
        self.form: ClaimFields = form

    @property
    def question(self) -> str:
        """What is asked where a claim can be right and seldom is."""
        return "Is this return right?"


def new_claim(commitment: str, quarter: Quarter, returned_on: date) -> Delivery:
    """What the form of a quarter begins with of which nothing was returned: no quantity is proposed.

    What the evidence shows is asked too, since nobody but the officer can say it: 0 would be taken for an answer.
    """
    unknown = cast("Decimal", None)
    return Delivery(commitment, quarter, unknown, returned_on, evidenced=unknown)
