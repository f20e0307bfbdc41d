"""What holds of the plan and what is worked on, with the acts that are done with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from tomsapp.domain.delivery.acts import DeliveryAct, DeliveryActFacts, DeliveryActKind
from tomsapp.domain.wording import plural
from tomsapp.gui.delivery.act_dialog import DeliveryActDialog
from tomsapp.gui.delivery.plan_model import Source
from tomsapp.gui.delivery.plan_versions import PlanVersionsDialog
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.dialog_parts import open_once
from tomsapp.gui.widgets.layouts import STRETCH, in_row
from tomsapp.gui.widgets.text import IconLabel, Text
from tomsapp.services.delivery_acts import check_act, proposed
from tomsapp.services.delivery_plan_acts import check_plan_act, plan_of_act, seal_plan, take_back_plan_act
from tomsapp.services.delivery_plan_versions import PlanVersion, plan_versions

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

    from tomsapp.domain.delivery.plan import PlanEntry
    from tomsapp.gui.jobs import Job
    from tomsapp.services.changes import Done
    from tomsapp.services.delivery import OpenDelivery
    from tomsapp.services.workspace import Workspace

_KIND = DeliveryActKind
_DEFAULT = "Each year is split evenly over its quarters, until a plan is accepted."
_HOW = "Type other quantities to change it, and propose it once each year adds up."


class PlanBar(Card):
    """Above the grid: in force, worked on, and Propose, Accept, Return, Versions."""

    done = Signal()
    """Something was proposed, returned, accepted or taken back."""
    refused = Signal()
    """It could not be: somebody may have been first, so it is to be read again."""
    propose_wanted = Signal()
    """What is worked on is to be proposed, if it adds up."""
    again_wanted = Signal()
    """The plan is to begin again from the one that holds."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setAccessibleName("Delivery plan")
        self._session = session
        self._opened: OpenDelivery | None = None
        self.in_force = Text("", "body", wrap=True)
        self.worked_on = Text("", "note", "text_muted", wrap=True)
        self._icon = IconLabel("check", "success", 18)
        self.propose = Button("Propose plan…", small=True, does=self.propose_wanted)
        self.accept = Button("Accept plan…", "primary", small=True, does=lambda: self.ask(_KIND.ACCEPT_PLAN))
        self.give_back = Button("Return plan…", small=True, does=lambda: self.ask(_KIND.RETURN_PLAN))
        self.again = Button("Begin again", small=True, does=self.again_wanted)
        self.again.setToolTip("Take the plan that holds in the place of what is worked on")
        self.versions = Button("Versions…", small=True, does=self.show_versions)
        buttons = self.accept, self.give_back, self.propose, self.again, self.versions
        self.dialog: QDialog | None = None
        self.body.addWidget(self.in_force)
        self.body.addLayout(in_row(self._icon, (self.worked_on, 1), gap=6))
        self.body.addLayout(in_row(*buttons, STRETCH, gap=8))

    # Showing

    def show_plan(self, opened: OpenDelivery, short: int, changed: int) -> None:
        """Say what holds, and how the plan stands that is worked on.

        Args:
            opened: the contract.
            short: how many years of commitments do not add up.
            changed: how many of them are other than what holds.
        """
        self._opened = opened
        accepted = [act for act in opened.plan_acts if act.kind is _KIND.ACCEPT_PLAN]
        waiting = self._waiting(opened)
        said = f"Version {opened.plan_version}: {accepted[-1].words}." if accepted else _DEFAULT
        waits = f" {waiting.words}, and waits for an answer." if waiting else ""
        self.in_force.setText(f"{said}{waits}")
        self.worked_on.setText(_worked_on(short, changed, has_any=bool(accepted or waiting)))
        self._icon.set_icon(*(("triangle-alert", "warning_mark") if short else ("check", "success_mark")))
        self._icon.setVisible(bool(short or changed))
        # A line without words would leave a gap over the buttons.
        self.worked_on.setVisible(bool(self.worked_on.text()))
        self.accept.setVisible(waiting is not None)
        self.give_back.setVisible(waiting is not None)
        self.again.setVisible(bool(changed))
        self.propose.set_kind("primary" if changed and waiting is None else "secondary")

    @staticmethod
    def _waiting(opened: OpenDelivery) -> DeliveryAct | None:
        """The proposal that waits for an answer."""
        last = next(reversed(opened.plan_acts), None)
        return last if last is not None and last.kind is _KIND.PROPOSE_PLAN else None

    # What the user does

    def ask(self, kind: DeliveryActKind) -> None:
        """Ask for what an act on the plan needs, of the entries that it is about."""
        opened = self._opened
        if opened is None:
            return
        who, about = self._session.who, opened.contract.reference

        def begin(found: tuple[DeliveryActFacts, Sequence[PlanEntry]]) -> None:
            facts, plan = found
            dialog = DeliveryActDialog(
                facts, about, None, lambda said: check_plan_act(self._now(opened), said, plan, who), self.window()
            )
            self._save_by(dialog, opened, None)

        def read(workspace: Workspace) -> tuple[DeliveryActFacts, Sequence[PlanEntry]]:
            return proposed(workspace, kind), plan_of_act(workspace, opened, kind)

        self._session.read(read, key="delivery act").success(begin).failure(self._on_refused).start()

    def take_back(self, act: DeliveryAct) -> None:
        """Ask why an act on the plan is taken back."""
        opened = self._opened
        if opened is None:
            return
        who, about = self._session.who, f"“{act.kind.done.lower()}” of {opened.contract.reference}"

        def begin(facts: DeliveryActFacts) -> None:
            dialog = DeliveryActDialog(
                facts, about, None, lambda said: check_act(self._now(opened), said, who, reverses=act), self.window()
            )
            self._save_by(dialog, opened, act)

        self._session.read(lambda ws: proposed(ws, _KIND.TAKE_BACK), key="delivery act").success(begin).start()

    def show_versions(self) -> None:
        """Show every version that was kept, with what differs between two of them."""
        opened = self._opened
        if opened is None:
            return

        def begin(versions: Sequence[PlanVersion]) -> None:
            dialog = PlanVersionsDialog(opened, versions, self.window())
            dialog.take_back_wanted.connect(self.take_back)
            self._open(dialog)

        self._session.read(lambda ws: plan_versions(ws, opened), key="plan versions").success(begin).start()

    def _open(self, dialog: QDialog) -> None:
        self.dialog = dialog
        open_once(dialog)

    def _now(self, opened: OpenDelivery) -> OpenDelivery:
        """The contract as it was last read: somebody may have been first."""
        return self._opened or opened

    def _save_by(self, dialog: DeliveryActDialog, opened: OpenDelivery, reverses: DeliveryAct | None) -> None:
        """Open a dialog that closes when what it says is sealed."""
        dialog.close_when_saved(
            lambda: self._job(self._now(opened), dialog.facts, reverses),
            self.refused.emit,
            self._session.jobs.failed.emit,
        )
        self._open(dialog)

    def _job(self, opened: OpenDelivery, facts: DeliveryActFacts, reverses: DeliveryAct | None) -> Job[Any]:
        def task(workspace: Workspace, _progress: object) -> Done[Any]:
            if reverses is not None:
                return take_back_plan_act(workspace, opened, reverses, facts)
            return seal_plan(workspace, opened, facts)

        return self._session.act(task, lambda _number: self.done.emit())

    def _on_refused(self, error: Exception) -> None:
        self._session.jobs.failed.emit(error)
        self.refused.emit()


def _worked_on(short: int, changed: int, *, has_any: bool) -> str:
    """How the plan stands that is worked on."""
    if not short and not changed:
        return "" if has_any else _HOW
    years = plural(changed, "year of a commitment is", "years of commitments are")
    said = f"{years} {Source.CHANGED.value.lower()}." if changed else ""
    left = f" {plural(short, 'does', 'do')} not add up: F8 goes there." if short else " Every year adds up."
    return f"{said}{left}".strip()
