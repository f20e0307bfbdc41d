"""The shortfall of one commitment in the panel: what is missing, what was agreed about it, and what can be."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from tomsapp.domain.delivery.acts import DeliveryAct, DeliveryActFacts, DeliveryActKind
from tomsapp.domain.delivery.improving import improvements
from tomsapp.domain.wording import format_pounds
from tomsapp.gui.contract.typed import spoken_quantity
from tomsapp.gui.delivery.act_dialog import DeliveryActDialog
from tomsapp.gui.delivery.agreement_dialog import AgreementDialog
from tomsapp.gui.delivery.improving import Improving
from tomsapp.gui.delivery.words import missing_words
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.buttons import Button, LinkButton
from tomsapp.gui.widgets.dialog_parts import open_once
from tomsapp.gui.widgets.layouts import STRETCH, empty_layout, holding, in_column, in_row
from tomsapp.gui.widgets.text import Text, hairline
from tomsapp.services.delivery import find_quarter
from tomsapp.services.delivery_acts import check_act, proposed
from tomsapp.services.delivery_agreements import agree, take_back_agreement
from tomsapp.services.sealed_rules import today

if TYPE_CHECKING:
    from tomsapp.domain.delivery.figures import DeliveredLine
    from tomsapp.gui.jobs import Job
    from tomsapp.gui.widgets.form_dialog import FormDialog
    from tomsapp.services.changes import Done
    from tomsapp.services.delivery import OpenDelivery
    from tomsapp.services.workspace import Workspace


class Shortfalls(QWidget):
    """Shown for each cell of a commitment of which something is missing, or something was agreed."""

    done = Signal()
    """Something was agreed or taken back."""
    refused = Signal()
    """It could not be: somebody may have been first, so it is to be read again."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._opened: OpenDelivery | None = None
        self._line: DeliveredLine | None = None
        self.dialog: QDialog | None = None
        self.missing = Text("", "note", wrap=True)
        self._acts = in_column(gap=6)
        self.agree_button = Button("Record the agreement…", small=True, does=self.ask)
        self.improving = Improving(session, self)
        self.improving.done.connect(self.done)
        self.improving.refused.connect(self.refused)
        self.tell_button = Button("Tell to improve…", small=True, does=self.tell)
        parts = (
            hairline(),
            Text("Shortfall", "h3"),
            self.missing,
            holding(self._acts),
            # Side by side they would be wider than the panel, which then cuts all that stands above them.
            in_row(self.agree_button, STRETCH),
            in_row(self.tell_button, STRETCH),
        )
        in_column(*parts, inside=self, gap=8)

    def show_line(self, opened: OpenDelivery | None, line: DeliveredLine | None) -> None:
        """Show what is missing of a commitment; nothing where all that was due is accepted."""
        self._opened, self._line = opened, line
        self.improving.opened = opened
        empty_layout(self._acts)
        acts = [act for act in opened.agreements if line and act.commitment == line.commitment.key] if opened else []
        every = improvements(opened.acts) if opened and line else ()
        told = [each for each in every if line and each.told.commitment == line.commitment.key]
        short = line.shortfall if line else None
        self.setVisible(short is not None and bool(short.units or short.pounds or acts or told))
        if opened is None or line is None or short is None:
            return
        units = missing_words(line, [year.label for year in opened.delivered.years])
        pounds = f", {format_pounds(short.pounds)}" if line.measure.is_valued else ""
        left = f" {format_pounds(short.open_pounds)} of it is open." if acts and line.measure.is_valued else ""
        self.missing.setText(f"{units}{pounds} short of what was due.{left}")
        self.setAccessibleName(f"Shortfall of {line.measure.title}: {self.missing.text()}")
        # A substitute settles pounds: the units stay missing, and there is nothing left to agree on.
        self.agree_button.setVisible(bool(short.open_pounds if line.measure.is_valued else short.open_units))
        for act in acts:
            self._acts.addWidget(self._told(opened, line, act))
        for each in told:
            said = f"{each.told.words}. {each.words(today())}."
            self._acts.addWidget(Text(said, "note", wrap=True, selectable=True))

    def _told(self, opened: OpenDelivery, line: DeliveredLine, act: DeliveryAct) -> QWidget:
        terms = _terms(opened, line, act)
        said = f"{act.words}: {terms}" if terms else act.words
        words = f"{said}. {act.cause}. Agreed for the supplier by {act.supplier_by}"
        back = LinkButton("Take back…", role="note", does=lambda: self.take_back(act))
        back.setAccessibleName(f"Take back: {words}")
        return holding(in_column(Text(words, "note", wrap=True, selectable=True), in_row(back, STRETCH), gap=2))

    # What the user does

    def ask(self) -> None:
        """Ask what was agreed about what is missing to the end of the last quarter."""
        opened, line = self._opened, self._line
        quarter = opened.delivered.last_quarter if opened else None
        if opened is None or line is None or quarter is None:
            return
        who = self._session.who

        def begin(facts: DeliveryActFacts) -> None:
            dialog = AgreementDialog(
                opened, line, quarter, facts, lambda said: check_act(self._now(opened), said, who), self.window()
            )
            self._open(dialog, lambda: self._job(self._now(opened), dialog.facts, None))

        self._propose(DeliveryActKind.LEAVE_OPEN, begin)

    def tell(self) -> None:
        """Ask until when the supplier, who is told to improve this commitment, has the opportunity."""
        if self._opened is not None and self._line is not None:
            self.improving.ask(self._opened, DeliveryActKind.TELL_TO_IMPROVE, self._line.commitment.key)

    def take_back(self, act: DeliveryAct) -> None:
        """Ask why an agreement is taken back."""
        opened, line = self._opened, self._line
        if opened is None or line is None:
            return
        who, about = self._session.who, f"“{act.kind.done.lower()}” of {line.commitment.measure}"

        def begin(facts: DeliveryActFacts) -> None:
            dialog = DeliveryActDialog(
                facts,
                about,
                line.measure,
                lambda said: check_act(self._now(opened), said, who, reverses=act),
                self.window(),
            )
            self._open(dialog, lambda: self._job(self._now(opened), dialog.facts, act))

        self._propose(DeliveryActKind.TAKE_BACK, begin)

    def _propose(self, kind: DeliveryActKind, begin: Any) -> None:
        self._session.read(lambda workspace: proposed(workspace, kind), key="delivery act").success(begin).start()

    def _now(self, opened: OpenDelivery) -> OpenDelivery:
        """The contract as it was last read: somebody may have been first."""
        return self._opened or opened

    def _open(self, dialog: FormDialog, save: Callable[[], Job[Any]]) -> None:
        dialog.close_when_saved(save, self.refused.emit, self._session.jobs.failed.emit)
        self.dialog = dialog
        open_once(dialog)

    def _job(self, opened: OpenDelivery, facts: DeliveryActFacts, reverses: DeliveryAct | None) -> Job[Any]:
        def task(workspace: Workspace, _progress: object) -> Done[int]:
            if reverses is not None:
                return take_back_agreement(workspace, opened, reverses, facts)
            return agree(workspace, opened, facts)

        return self._session.act(task, lambda _number: self.done.emit())


def _terms(opened: OpenDelivery, line: DeliveredLine, act: DeliveryAct) -> str:
    """What was agreed, in figures: "40 hours to Q2 (Jan to Mar 2027)", "5 attendances of H07, up to £721.14"."""
    pounds = "" if act.amount is None else format_pounds(act.amount)
    if act.carried_to is not None:
        quarter = find_quarter(opened, act.carried_to)
        to = quarter.label if quarter else act.carried_to.words
        return f"{spoken_quantity(act.quantity, line.measure)} to {to}"
    other = next((each for each in opened.delivered.lines if each.commitment.key == act.other_commitment), None)
    if act.other_commitment and other is not None:
        surplus = f"{spoken_quantity(act.quantity, other.measure)} of {other.measure.code}"
        return f"{surplus}, up to {pounds}" if pounds else surplus
    return pounds
