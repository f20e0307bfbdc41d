"""Asks what publishing a delivered valuation needs: to which day it is, the role, and why there is another one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from tomsapp.domain.delivery.acts import DELIVERY_ACT, DeliveryActFacts
from tomsapp.domain.problems import has_errors
from tomsapp.domain.seal import letters_missing
from tomsapp.domain.wording import format_pounds
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.fields import ChoiceField, DateField, Field, LineField, TextField
from tomsapp.gui.widgets.form_dialog import FormDialog
from tomsapp.gui.widgets.layouts import STRETCH, in_row
from tomsapp.gui.widgets.text import Text

if TYPE_CHECKING:
    from tomsapp.domain.delivery.published import DeliveredPaperKept
    from tomsapp.domain.delivery.quarters import ContractQuarter
    from tomsapp.services.publishing import ToPublish

_SAYS = (
    "The paper is signed and kept whole. It is never changed, worked out again or taken back: another one to the same "
    "day replaces it and names it, and both stay. Undo stops here."
)
_WIDTH = 520


class PublishDialog(FormDialog):
    """Stays open until what was said is enough, or it is given up."""

    def __init__(self, ready: ToPublish, day: date, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._ready, self._day = ready, day
        title = f"Publish what was delivered under {ready.contract.reference}"
        self.setWindowTitle(title)
        self._quarters = ready.quarters(day)
        options: list[tuple[object, str]] = [(place, ready.words(each)) for place, each in enumerate(self._quarters)]
        self.until = ChoiceField("Delivered to", options)
        self.figures = Text("", "note", "text_muted", wrap=True)
        self.replaces = Text("", "note", "warning", wrap=True)
        self.done_on = DateField("Published on")
        self.role = LineField("Your role", DELIVERY_ACT.fact("role").hint)
        self.reason = TextField("Why there is another one", "It stands on the paper and is read by everybody", lines=3)
        self.letters = Text("", "note", "text_muted")
        self.go_button = Button("Publish for good", "primary", does=self._on_go)
        self._build(title)
        self.done_on.set_date(ready.facts.done_on)
        self.role.set_text(ready.facts.role)
        self.until.chosen.connect(lambda _key: self._show_day())
        self.reason.edited.connect(self._say_letters)
        self.until.set_value(0)
        self._show_day()

    def _build(self, title: str) -> None:
        says = Text(_SAYS, "body", "text_muted", wrap=True)
        asked = (says, self.until, self.figures, self.replaces, self.done_on, self.role, self.reason, self.letters)
        foot = in_row(STRETCH, self.go_button, Button("Cancel", does=self.reject))
        self.build(title, "What publishing needs", asked, foot, _WIDTH)

    def begin(self) -> None:
        """Begin with the day."""
        self.begin_in(self.until)

    def put_back(self, said: DeliveryActFacts) -> None:
        """Show what was said the last time, when nothing was published."""
        quarters = [each.quarter for each in self._quarters]
        if said.quarter in quarters:
            self.until.set_value(quarters.index(said.quarter))
        self.done_on.set_date(said.done_on)
        self.role.set_text(said.role)
        self.reason.set_text(said.reason)
        self._show_day()

    @property
    def _quarter(self) -> ContractQuarter | None:
        place = self.until.value
        return self._quarters[place] if isinstance(place, int) else None

    @property
    def _before(self) -> DeliveredPaperKept | None:
        """The paper that it would replace."""
        quarter = self._quarter
        return None if quarter is None else self._ready.replaces(quarter.ends_on)

    def _show_day(self) -> None:
        """What the figures to the chosen day are, and which paper it would replace."""
        quarter, before = self._quarter, self._before
        self.replaces.setText("" if before is None else f"It replaces the one {before.words}.")
        for widget in (self.replaces, self.reason, self.letters):
            widget.setVisible(before is not None)
        self._say_letters()
        if quarter is not None:
            pounds = self._ready.to(quarter.ends_on).delivered.pounds
            self.figures.setText(
                f"Due {format_pounds(pounds.due)}, accepted {format_pounds(pounds.accepted)}, as decided by now."
            )

    def _say_letters(self) -> None:
        missing = letters_missing(self.reason.text) if self._before else 0
        self.letters.setText(f"{missing} letters more" if missing else "")

    @property
    def facts(self) -> DeliveryActFacts:
        """What was said."""
        return replace(
            self._ready.facts,
            quarter=self._quarter.quarter if self._quarter else None,
            done_on=self.done_on.date or date.max,
            role=self.role.text,
            reason=self.reason.text if self._before else "",
        )

    def _on_go(self) -> None:
        """Accept what was said, or say at each field what is missing."""
        found = self._ready.check(self.facts, self._day)
        said = {problem.where.field: f"{problem.message}. {problem.fix}" for problem in reversed(found)}
        if self.done_on.date is None:
            said["done_on"] = "Enter a date, for example 1 April 2026"
        named: dict[str, Field] = {
            "quarter": self.until,
            "done_on": self.done_on,
            "role": self.role,
            "reason": self.reason,
        }
        for name, field in named.items():
            field.set_error(said.get(name))
        if not has_errors(found):
            self.accept()
            return
        first = next((field for field in named.values() if field.error), self.until)
        first.control.setFocus()
        announce(self, first.error)
