"""Tells a supplier to improve, on a commitment or the whole contract, and says whether it did."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tomsapp.domain.delivery.acts import DeliveryAct, DeliveryActFacts, DeliveryActKind
from tomsapp.gui.delivery.act_dialog import DeliveryActDialog
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.dialog_parts import open_once
from tomsapp.services.delivery_acts import check_act, proposed
from tomsapp.services.delivery_agreements import take_back_agreement, tell_to_improve

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tomsapp.gui.jobs import Job
    from tomsapp.services.changes import Done
    from tomsapp.services.delivery import OpenDelivery
    from tomsapp.services.workspace import Workspace


def about_words(opened: OpenDelivery, commitment: str) -> str:
    """What was to improve: the code of a commitment, or the reference of the contract."""
    if not commitment:
        return opened.contract.reference
    measures = {line.record.key: line.record.measure for line in opened.commitments}
    return measures.get(commitment, "a commitment that was removed")


class Improving(QObject):
    """Asks for what telling a supplier needs, and keeps it as a sealed act; so too its outcome and its taking back."""

    done = Signal()
    """Something was told, said or taken back."""
    refused = Signal()
    """It could not be: somebody may have been first, so it is to be read again."""

    def __init__(self, session: Session, owner: QWidget) -> None:
        super().__init__(owner)
        self._session, self._owner = session, owner
        self.dialog: DeliveryActDialog | None = None
        self.opened: OpenDelivery | None = None  # as it was last read

    def ask(self, opened: OpenDelivery, kind: DeliveryActKind, commitment: str) -> None:
        """Ask what is said of a commitment, or of the whole contract ("")."""
        self._begin(opened, kind, commitment, None)

    def take_back(self, opened: OpenDelivery, act: DeliveryAct) -> None:
        """Ask why an act is taken back."""
        self._begin(opened, DeliveryActKind.TAKE_BACK, act.commitment, act)

    def _begin(
        self, opened: OpenDelivery, kind: DeliveryActKind, commitment: str, reverses: DeliveryAct | None
    ) -> None:
        who, about = self._session.who, about_words(opened, commitment)
        if reverses is not None:
            about = f"“{reverses.kind.done.lower()}” of {about}"

        def now() -> OpenDelivery:
            """The contract as it was last read: somebody may have been first."""
            return self.opened if self.opened and self.opened.stored.id == opened.stored.id else opened

        def begin(facts: DeliveryActFacts) -> None:
            said = replace(facts, commitment=commitment)
            dialog = DeliveryActDialog(
                said, about, None, lambda typed: check_act(now(), typed, who, reverses=reverses), self._owner.window()
            )
            failed = self._session.jobs.failed.emit
            dialog.close_when_saved(lambda: self._job(now(), dialog.facts, reverses), self.refused.emit, failed)
            self.dialog = dialog
            open_once(dialog)

        self._session.read(lambda workspace: proposed(workspace, kind), key="delivery act").success(begin).start()

    def _job(self, opened: OpenDelivery, facts: DeliveryActFacts, reverses: DeliveryAct | None) -> Job[Done[int]]:
        def task(workspace: Workspace, _progress: object) -> Done[int]:
            if reverses is not None:
                return take_back_agreement(workspace, opened, reverses, facts)
            return tell_to_improve(workspace, opened, facts)

        return self._session.act(task, lambda _number: self.done.emit())
