"""What can be decided of the claim of a cell: the buttons, what is asked, and what is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tomsapp.domain.delivery.acts import DeliveryAct, DeliveryActFacts, DeliveryActKind
from tomsapp.domain.delivery.decisions import most_of
from tomsapp.domain.delivery.earning import most_earned
from tomsapp.domain.delivery.people import began_days
from tomsapp.domain.money import exact_sum
from tomsapp.gui.contract.typed import spoken_quantity
from tomsapp.gui.delivery.act_dialog import DeliveryActDialog
from tomsapp.gui.delivery.section import told_and_stale
from tomsapp.gui.delivery.words import RULES_PLACE
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.buttons import Button, LinkButton
from tomsapp.gui.widgets.dialog_parts import open_once
from tomsapp.gui.widgets.layouts import STRETCH, empty_layout, holding, in_column, in_row
from tomsapp.gui.widgets.text import Text
from tomsapp.services.changes import Done
from tomsapp.services.delivery_acts import check_act, proposed
from tomsapp.services.delivery_changes import after_decision
from tomsapp.services.delivery_decisions import decide, take_back_decision

if TYPE_CHECKING:
    from tomsapp.domain.delivery.delivery import Delivery
    from tomsapp.domain.delivery.figures import DeliveredLine, QuarterFigures
    from tomsapp.domain.history import Stored
    from tomsapp.gui.jobs import Job
    from tomsapp.services.delivery import OpenDelivery
    from tomsapp.services.workspace import Workspace

_KIND = DeliveryActKind
_WHY = "Part, reject and withdraw need a reason. The supplier reads it."
_TYPING = "Save or discard what you typed first: what is decided is what is saved."
_FURTHER = (_KIND.REJECT, _KIND.CONFIRM, _KIND.LAPSE)


class Decisions(QWidget):
    """Buttons for what can be decided of one claim now, and what was decided of it, each to be taken back."""

    wants_page = Signal(str, object)
    """Key of another page and what it should show there."""
    done = Signal()
    """Something was decided or taken back."""
    decided = Signal(object)
    """The `OpenDelivery` as it is then; told before `done`."""
    refused = Signal()
    """It could not be: somebody may have been first, so it is to be read again."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setAccessibleName("Decisions")
        self._session = session
        self._opened: OpenDelivery | None = None
        self._line: DeliveredLine | None = None
        self._figures: QuarterFigures | None = None
        self._stored: Stored[Delivery] | None = None
        self._accept_kind, self._today = _KIND.ACCEPT, date.min
        self.dialog: DeliveryActDialog | None = None
        self.accept = Button("Accept", "primary", small=True, does=self.accept_all)
        self.part = Button("Accept part", small=True, does=lambda: self.ask(self._accept_kind))
        self.further = {
            kind: Button(kind.words, small=True, does=partial(self.ask, kind)) for kind in (*_FURTHER, _KIND.WITHDRAW)
        }
        self._why = Text(_WHY, "small", "text_muted", wrap=True)
        self._acts = in_column(gap=6)
        reject, confirm, lapse, withdraw = self.further.values()
        refuse = in_row(self.part, reject, withdraw, STRETCH, gap=8)
        rows = in_row(self.accept, STRETCH), refuse, in_row(confirm, lapse, STRETCH, gap=8)
        in_column(*rows, self._why, holding(self._acts), inside=self, gap=8)

    # Showing

    def show_claim(self, opened: OpenDelivery, line: DeliveredLine, figures: QuarterFigures, today: date) -> None:
        """Show what can be decided of the claim of a quarter; nothing where there is none."""
        self._opened, self._line, self._figures, self._today = opened, line, figures, today
        self._stored = opened.find(line.commitment.key, figures.quarter.quarter)
        empty_layout(self._acts)
        self.setVisible(self._stored is not None)
        if self._stored is None:
            return
        claim = self._stored.record
        self._accept_kind = _KIND.ACCEPT if self._is_earned(claim) else _KIND.ACCEPT_PROVISIONALLY
        quantity = spoken_quantity(claim.open_to_accept, line.measure)
        later = " provisionally" if self._accept_kind is _KIND.ACCEPT_PROVISIONALLY else ""
        self.accept.setText(f"Accept {quantity}{later}")
        for button in (self.accept, self.part):
            button.setVisible(bool(claim.open_to_accept))
        for kind in _FURTHER:
            self.further[kind].setVisible(bool(most_of(kind, claim)) and not claim.is_withdrawn)
        self.further[_KIND.WITHDRAW].setVisible(bool(claim.standing) and not claim.accepted)
        self._why.setVisible(any(not button.isHidden() for button in (self.part, *self.further.values())))
        for act in opened.acts_of(self._stored.id):
            self._acts.addWidget(self._told(act, line))

    def wait_for_typing(self, *, is_typing: bool) -> None:
        """Offer no decision while the claim that it is about is being typed over."""
        for button in (self.accept, self.part, *self.further.values()):
            button.setEnabled(not is_typing)
        self._why.setText(_TYPING if is_typing else _WHY)

    def _is_earned(self, claim: Delivery) -> bool:
        """Whether all that can be accepted is earned today."""
        opened, line, figures = self._opened, self._line, self._figures
        if opened is None or line is None or figures is None or self._stored is None:
            return True
        days = began_days(each.record for each in opened.people.get(self._stored.id, ()))
        whole = exact_sum((claim.accepted, claim.open_to_accept))
        return most_earned(line.measure, whole, figures.quarter, days, opened.contract.end_on, self._today) >= whole

    def _told(self, act: DeliveryAct, line: DeliveredLine) -> QWidget:
        quantity = f" {spoken_quantity(act.quantity, line.measure)}" if act.quantity is not None else ""
        words = f"{act.words}{':' if quantity else ''}{quantity}"
        told = Text(words, "note", wrap=True, selectable=True)
        reason = Text(f"“{act.reason}”", "small", "text_muted", wrap=True, selectable=True) if act.reason else None
        back = LinkButton("Take back…", role="note", does=lambda: self.ask(_KIND.TAKE_BACK, act))
        back.setAccessibleName(f"Take back: {words}")
        return holding(in_column(told, reason, in_row(back, STRETCH), gap=2))

    # What the user does

    def accept_all(self) -> None:
        """Accept all that the button says; where something is still to be said, it is asked."""
        self.ask(self._accept_kind, at_once=True)

    def ask(self, kind: DeliveryActKind, reverses: DeliveryAct | None = None, *, at_once: bool = False) -> None:
        """Ask for what an act needs, as the claim is shown now."""
        opened, stored = self._opened, self._stored
        if opened is None or stored is None:
            return

        def begin(facts: DeliveryActFacts) -> None:
            claim = stored.record
            said = replace(
                facts,
                delivery=stored.id,
                commitment=claim.commitment,
                quarter=claim.quarter,
                quantity=None if kind is _KIND.TAKE_BACK else most_of(kind, claim),
            )
            if at_once and not check_act(opened, said, self._session.who):
                self._do(opened, said, reverses)
            else:
                self._open_dialog(opened, said, reverses, is_told=at_once)

        self._session.read(lambda workspace: proposed(workspace, kind), key="delivery act").success(begin).start()

    def _open_dialog(
        self, opened: OpenDelivery, said: DeliveryActFacts, reverses: DeliveryAct | None, *, is_told: bool
    ) -> None:
        if self._line is None or self._figures is None:
            return
        about = f"{self._line.commitment.measure}, {self._figures.quarter.label}"
        if reverses is not None:
            about = f"“{reverses.kind.done.lower()}” of {about}"
        who = self._session.who

        def now() -> OpenDelivery:
            """As it was last read: somebody may have been first."""
            return self._opened or opened

        dialog = DeliveryActDialog(
            said,
            about,
            self._line.measure,
            lambda facts: check_act(now(), facts, who, reverses=reverses),
            self.window(),
        )
        failed = self._session.jobs.failed.emit
        dialog.close_when_saved(lambda: self._job(now(), dialog.facts, reverses), self.refused.emit, failed)
        dialog.settings_wanted.connect(lambda: self.wants_page.emit(*RULES_PLACE))
        if is_told:
            dialog.show_problems(check_act(opened, said, who))
        self.dialog = dialog
        open_once(dialog)

    def _on_decided(self, opened: OpenDelivery) -> None:
        self.decided.emit(opened)
        self.done.emit()

    def _do(self, opened: OpenDelivery, facts: DeliveryActFacts, reverses: DeliveryAct | None) -> None:
        self._job(opened, facts, reverses).failure(told_and_stale(self._session, self.refused)).start()

    def _job(
        self, opened: OpenDelivery, facts: DeliveryActFacts, reverses: DeliveryAct | None
    ) -> Job[Done[OpenDelivery]]:
        def task(workspace: Workspace, _progress: object) -> Done[OpenDelivery]:
            if reverses is not None:
                back = take_back_decision(workspace, opened, reverses, facts)
                return Done(after_decision(workspace, opened, [back.result]), back.edit)
            done = decide(workspace, opened, [facts])
            return Done(after_decision(workspace, opened, done.result), done.edit)

        return self._session.act(task, self._on_decided)
