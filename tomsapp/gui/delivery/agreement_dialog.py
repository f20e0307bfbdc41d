"""Asks what both sides agreed about a shortfall: a substitute, carried forward, money, or left open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QWidget

from tomsapp.domain.delivery.acts import DELIVERY_ACT, DeliveryActFacts, DeliveryActKind
from tomsapp.domain.delivery.quarters import Quarter, quarters_of
from tomsapp.domain.errors import TomsError
from tomsapp.domain.problems import Problem, Severity
from tomsapp.domain.wording import format_pounds, format_quantity
from tomsapp.gui.contract.typed import spoken_quantity
from tomsapp.gui.delivery.words import missing_words
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.fields import ChoiceField, DateField, Field, LineField
from tomsapp.gui.widgets.form_dialog import FormDialog
from tomsapp.gui.widgets.layouts import STRETCH, in_row
from tomsapp.gui.widgets.problems import Notice
from tomsapp.gui.widgets.radio_field import RadioField
from tomsapp.gui.widgets.text import Text
from tomsapp.services.delivery_acts import FreeSurplus, free_surpluses
from tomsapp.services.typed_quantities import read_quantity

if TYPE_CHECKING:
    from tomsapp.domain.delivery.figures import DeliveredLine
    from tomsapp.domain.delivery.quarters import ContractQuarter
    from tomsapp.domain.menu import Measure
    from tomsapp.services.delivery import OpenDelivery

_WIDTH = 520
_KIND = DeliveryActKind
Check = Callable[[DeliveryActFacts], list[Problem]]


class AgreementDialog(FormDialog):
    """Stays open until what was said is enough, or it is given up."""

    def __init__(
        self,
        opened: OpenDelivery,
        line: DeliveredLine,
        quarter: ContractQuarter,
        proposed: DeliveryActFacts,
        check: Check,
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self._opened, self._line, self._quarter, self._check = opened, line, quarter, check
        self._surplus = {
            each.line.commitment.key: each for each in free_surpluses(opened, quarter, line.commitment.key)
        }
        title = f"Shortfall of {line.commitment.measure} to {quarter.label}"
        self.setWindowTitle(title)
        self._quarters = self._later(proposed.done_on)
        self.kind = RadioField("What was agreed")
        self.kind.set_options(self._choices())
        self.other = ChoiceField("Surplus that is used", self._others())
        self.quantity = LineField("How much")
        later = [(place, each.label) for place, each in enumerate(self._quarters)]
        self.carried_to = ChoiceField("To come by the end of", later)
        self.amount = LineField("Pounds that are paid")
        self.cause = LineField(DELIVERY_ACT.fact("cause").label, "For example: left after five weeks")
        self.supplier_by = LineField(DELIVERY_ACT.fact("supplier_by").label, "Name and role")
        self.supplier_on = DateField(DELIVERY_ACT.fact("supplier_on").label)
        self.role = LineField("Your role", DELIVERY_ACT.fact("role").hint)
        self.done_on = DateField("Agreed for the council on")
        self.notice = Notice()
        self.go_button = Button("Record the agreement", "primary", does=self._on_go)
        self._build(title)
        self.role.set_text(proposed.role)
        self.done_on.set_date(proposed.done_on)
        self.kind.edited.connect(self._on_kind)
        self.other.chosen.connect(lambda _key: self._propose_quantity())
        self._on_kind()

    def _build(self, title: str) -> None:
        missing = self._line.shortfall
        units = spoken_quantity(missing.open_units, self._line.measure)
        if not self._line.adds_up:
            units = missing_words(self._line, [year.label for year in self._opened.delivered.years])
        pounds = f", {format_pounds(missing.open_pounds)}" if self._line.measure.is_valued else ""
        says = Text(
            f"Still open: {units}{pounds}. It is sealed, with who agreed on both sides.",
            "body",
            "text_muted",
            wrap=True,
        )
        asked = says, self.notice, *self._fields_by_name().values()
        foot = in_row(STRETCH, self.go_button, Button("Cancel", does=self.reject))
        self.build(title, "What was agreed", asked, foot, _WIDTH)

    def _fields_by_name(self) -> dict[str, Field]:
        return {
            "kind": self.kind,
            "other_commitment": self.other,
            "quantity": self.quantity,
            "carried_to": self.carried_to,
            "amount": self.amount,
            "cause": self.cause,
            "supplier_by": self.supplier_by,
            "supplier_on": self.supplier_on,
            "role": self.role,
            "done_on": self.done_on,
        }

    def begin(self) -> None:
        """Begin with the choices."""
        self.kind.focus()

    # What can be chosen

    def _choices(self) -> list[tuple[object, str]]:
        pounds = format_pounds(self._line.shortfall.open_pounds)
        short = pounds if self._line.measure.is_valued else "it"
        choices: list[tuple[object, str]] = []
        if self._surplus and self._line.measure.is_valued:
            choices.append((_KIND.SUBSTITUTE, "Substitute: the surplus of another commitment"))
        if self._quarters:
            choices.append((_KIND.CARRY, "Carry forward to a later quarter"))
        choices.append((_KIND.MONEY, f"Money in place of {short}"))
        choices.append((_KIND.LEAVE_OPEN, f"Leave {short} as a shortfall"))
        return choices

    def _others(self) -> list[tuple[object, str]]:
        return [(key, _surplus_words(free)) for key, free in self._surplus.items()]

    def _later(self, day: date) -> list[ContractQuarter]:
        """The quarters after the one to whose end the shortfall was reckoned that have not ended on a day."""
        quarters = quarters_of(self._opened.contract)
        return [each for each in quarters if each.quarter > self._quarter.quarter and each.ends_on >= day]

    def _on_kind(self) -> None:
        """Ask for what the choice needs, and propose all that is open."""
        kind = self.kind.value
        is_counted = kind is _KIND.MONEY and not self._line.measure.is_valued
        self.other.setVisible(kind is _KIND.SUBSTITUTE)
        self.quantity.setVisible(kind in (_KIND.SUBSTITUTE, _KIND.CARRY) or is_counted)
        self.carried_to.setVisible(kind is _KIND.CARRY)
        self.amount.setVisible(kind is _KIND.MONEY)
        if kind is _KIND.SUBSTITUTE and self.other.value is None and len(self._surplus) == 1:
            self.other.set_value(next(iter(self._surplus)))
        open_pounds = self._line.shortfall.open_pounds
        self.amount.set_text(DELIVERY_ACT.fact("amount").text(open_pounds) if open_pounds else "")
        self._propose_quantity()

    def _propose_quantity(self) -> None:
        other = self._surplus.get(str(self.other.value))
        is_substitute = self.kind.value is _KIND.SUBSTITUTE
        if is_substitute:
            needed = other.needed_for(self._line.shortfall.open_pounds) if other else None
            self.quantity.set_text("" if needed is None else format_quantity(needed))
        else:
            self.quantity.set_text(format_quantity(self._line.shortfall.open_units))

    # What was said

    @property
    def _measure(self) -> Measure:
        """The measure that the quantity is of: of a substitute, that of the surplus."""
        other = self._surplus.get(str(self.other.value)) if self.kind.value is _KIND.SUBSTITUTE else None
        return other.line.measure if other else self._line.measure

    @property
    def _carried_to(self) -> Quarter | None:
        place = self.carried_to.value
        return None if place is None or self.carried_to.isHidden() else self._quarters[int(str(place))].quarter

    @property
    def facts(self) -> DeliveryActFacts:
        """What was typed.

        Raises:
            TomsError: a number cannot be read.
        """
        kind = cast("DeliveryActKind", self.kind.value)
        quantity: Decimal | None = None
        if not self.quantity.isHidden():
            quantity = read_quantity(self.quantity.text, self._measure)
        amount = None if self.amount.isHidden() else DELIVERY_ACT.fact("amount").read(self.amount.text)
        return DeliveryActFacts(
            kind,
            self.done_on.date or date.max,
            self.role.text,
            commitment=self._line.commitment.key,
            quarter=self._quarter.quarter,
            quantity=quantity,
            amount=amount,
            other_commitment="" if self.other.isHidden() else str(self.other.value or ""),
            carried_to=self._carried_to,
            supplier_by=self.supplier_by.text,
            supplier_on=self.supplier_on.date,
            cause=self.cause.text,
        )

    def _found(self) -> dict[str, str]:
        """What must be put right first, by the name of its field."""
        if self.kind.value is None:
            return {"kind": "Choose what was agreed"}
        try:
            problems = self._check(self.facts)
        except TomsError as error:
            return {"quantity" if self.amount.isHidden() else "amount": f"{error.message}. {error.fix}"}
        wrong = [problem for problem in reversed(problems) if problem.severity is Severity.ERROR]
        return {problem.where.field: f"{problem.message}. {problem.fix}" for problem in wrong}

    def _on_go(self) -> None:
        """Accept what was said, or say at each field what is missing."""
        found = self._found()
        if not found:
            self.accept()
            return
        fields = self._fields_by_name()
        for name, field in fields.items():
            field.set_error(found.pop(name, None) if not field.isHidden() else None)
        self.notice.say(" ".join(found.values()))
        first = next((field for field in fields.values() if field.error), None)
        if first is not None:
            (first.focus if isinstance(first, RadioField) else first.control.setFocus)()
        announce(self, first.error if first else self.notice.text.text())


def _surplus_words(free: FreeSurplus) -> str:
    """What is left of what there is more of than was due: "V01: 60 left of 100, £60.00"."""
    units = f"{format_quantity(free.units)} more"
    if free.used:
        units = f"{format_quantity(free.units)} left of {format_quantity(free.line.units.surplus)} more"
    return f"{free.line.commitment.measure}: {units}, {format_pounds(free.pounds)}"
