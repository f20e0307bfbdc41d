"""Asks for what an act of delivery needs: how much, on which day, in which role, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tomsapp.domain.delivery.act_checks import OWN_CLAIM
from tomsapp.domain.delivery.acts import DELIVERY_ACT, DeliveryActFacts, DeliveryActKind
from tomsapp.domain.delivery.improving import NOTICE_DAYS
from tomsapp.domain.errors import TomsError
from tomsapp.domain.menu import Measure
from tomsapp.domain.problems import Problem, Severity
from tomsapp.domain.wording import format_quantity
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.buttons import Button, LinkButton
from tomsapp.gui.widgets.fields import DateField, Field, LineField, TextField
from tomsapp.gui.widgets.form_dialog import FormDialog
from tomsapp.gui.widgets.layouts import STRETCH, Part, in_row
from tomsapp.gui.widgets.problems import Notice
from tomsapp.gui.widgets.text import Text
from tomsapp.services.typed_quantities import read_quantity

_SAYS = {
    DeliveryActKind.ACCEPT: "It counts from then on.",
    DeliveryActKind.ACCEPT_PROVISIONALLY: "It counts, and is marked until it has lasted and is confirmed.",
    DeliveryActKind.REJECT: "It does not count. The supplier reads the reason.",
    DeliveryActKind.CONFIRM: "What was accepted provisionally lasted, and counts for good.",
    DeliveryActKind.LAPSE: "What was accepted provisionally did not last, and does not count any more.",
    DeliveryActKind.WITHDRAW: "The supplier takes the claim back. Nothing of it counts.",
    DeliveryActKind.TELL_TO_IMPROVE: "The supplier was told what falls short, and has the opportunity to improve.",
    DeliveryActKind.IMPROVED: "The supplier who was told improved within the opportunity.",
    DeliveryActKind.NOT_IMPROVED: (
        "It did not improve. Where the Procurement Act asks for it, a contract performance notice follows within "
        f"{NOTICE_DAYS} days."
    ),
    DeliveryActKind.PROPOSE_PLAN: "The plan as it is worked on is kept as a version, and waits for an answer.",
    DeliveryActKind.RETURN_PLAN: "It does not hold. What is worked on stays, and can be proposed again.",
    DeliveryActKind.ACCEPT_PLAN: "What was proposed holds from then on: it says what is due in each quarter.",
    DeliveryActKind.TAKE_BACK: "Only where the act was wrong. What was sealed is kept, and all is as before it.",
}
_TAKES_AWAY = frozenset(
    {
        DeliveryActKind.REJECT,
        DeliveryActKind.LAPSE,
        DeliveryActKind.WITHDRAW,
        DeliveryActKind.RETURN_PLAN,
        DeliveryActKind.TAKE_BACK,
    }
)
"""What takes something away, and looks so."""
Check = Callable[[DeliveryActFacts], list[Problem]]


class DeliveryActDialog(FormDialog):
    """A form for one act; it stays open until what was said is enough, or it is given up."""

    settings_wanted = Signal()
    """The rules of delivery are to be shown in the place of this dialog."""

    def __init__(
        self, proposed: DeliveryActFacts, about: str, measure: Measure | None, check: Check, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self._proposed, self._measure, self._check = proposed, measure, check
        kind = proposed.kind
        self.setWindowTitle(f"{kind.words}: {about}")
        self.notice = Notice()
        self.settings_link = LinkButton("Open Settings, Delivery", role="note", does=self._leave)
        self.settings_link.hide()
        many = measure.many_name if measure else "units"
        self.quantity = LineField(f"{many[:1].upper()}{many[1:]}")
        self.quantity.setVisible(proposed.quantity is not None)
        self.done_on = DateField(f"{kind.done} on")
        self.improve_by = DateField(DELIVERY_ACT.fact("improve_by").label)
        self.improve_by.setVisible(kind is DeliveryActKind.TELL_TO_IMPROVE)
        self.role = LineField("Your role", DELIVERY_ACT.fact("role").hint)
        self.reason = TextField(DELIVERY_ACT.fact("reason").label, DELIVERY_ACT.fact("reason").hint, lines=3)
        self.go_button = Button(kind.words, "danger" if kind in _TAKES_AWAY else "primary", does=self._on_go)
        self._build(about)
        if proposed.quantity is not None:
            self.quantity.set_text(format_quantity(proposed.quantity))
        self.done_on.set_date(proposed.done_on)
        self.role.set_text(proposed.role)
        self.reason.set_text(proposed.reason)

    def _build(self, about: str) -> None:
        kind = self._proposed.kind
        cancel = Button("Cancel", does=self.reject)
        says = Text(_SAYS[kind], "body", "text_muted", wrap=True)
        asked: list[Part] = [says, self.notice, in_row(self.settings_link, STRETCH), *self._by_name.values()]
        foot = in_row(STRETCH, self.go_button, cancel)
        self.build(f"{kind.words}: {about}", "What the act needs", asked, foot)

    def begin(self) -> None:
        """Begin in the first field that is to be filled in."""
        first = self.role if not self._proposed.role else self.quantity if not self.quantity.isHidden() else self.reason
        self.begin_in(first)

    @property
    def _by_name(self) -> dict[str, Field]:
        return {
            "quantity": self.quantity,
            "done_on": self.done_on,
            "improve_by": self.improve_by,
            "role": self.role,
            "reason": self.reason,
        }

    @property
    def facts(self) -> DeliveryActFacts:
        """What was typed.

        Raises:
            TomsError: the quantity is no number, or none of the measure.
        """
        quantity: Decimal | None = self._proposed.quantity
        if quantity is not None:
            quantity = read_quantity(self.quantity.text, self._measure)
        done_on = self.done_on.date or date.max
        return replace(
            self._proposed,
            quantity=quantity,
            done_on=done_on,
            improve_by=self.improve_by.date,
            role=self.role.text,
            reason=self.reason.text.strip(),
        )

    def show_problems(self, problems: list[Problem]) -> bool:
        """Say at each field what is missing or asked; gives whether something must be put right first."""
        said = {problem.where.field: f"{problem.message}. {problem.fix}" for problem in reversed(problems)}
        if not self.done_on.date:
            said["done_on"] = "Enter a date, for example 1 April 2026"
        for name, field in self._by_name.items():
            field.set_error(None if field.isHidden() else said.pop(name, None))
        self.notice.say(" ".join(said.values()))
        self.settings_link.setVisible(any(problem.code == OWN_CLAIM for problem in problems))
        return any(problem.severity is Severity.ERROR for problem in problems) or not self.done_on.date

    def _leave(self) -> None:
        """Go to where the council says who may accept."""
        self.reject()
        self.settings_wanted.emit()

    def _on_go(self) -> None:
        """Accept what was said, or say at each field what is missing or asked."""
        try:
            problems = self._check(self.facts)
        except TomsError as error:
            self.quantity.set_error(f"{error.message}. {error.fix}")
            problems = None
        if problems is not None and not self.show_problems(problems):
            self.accept()
            return
        first = next((field for field in self._by_name.values() if field.error), None)
        if first is not None:
            first.control.setFocus()
        announce(self, first.error if first else self.notice.text.text())
