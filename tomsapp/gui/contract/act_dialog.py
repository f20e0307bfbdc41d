"""Asks for what a sealed act needs: the days, the role and the reason."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from tomsapp.domain.act_checks import with_shortfall
from tomsapp.domain.problems import Problem, Severity, has_errors
from tomsapp.domain.seal import ACT, ActFacts, ActKind, standing_act
from tomsapp.domain.wording import format_date
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.edges import TOP
from tomsapp.gui.widgets.fields import DateField, LineField, TextField
from tomsapp.gui.widgets.form_dialog import FormDialog
from tomsapp.gui.widgets.layouts import STRETCH, holding, in_grid, in_row
from tomsapp.gui.widgets.text import Text
from tomsapp.services import sealing, varying
from tomsapp.services.failures import StoreError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tomsapp.services.contracts import OpenContract
    from tomsapp.services.variations import OpenVariation

_SAYS = {
    ActKind.SIGN: "Facts, commitments and answers are fixed from then on, and all that is shown is sealed.",
    ActKind.CLOSE: "The contract is over. What was signed stays as it was signed.",
    ActKind.WITHDRAW: "The contract is not wanted any more, and counts in no total. Nothing of it is lost.",
    ActKind.VARY: "The contract is what the variation says from then on. What was signed before is kept as it was.",
    ActKind.REOPEN: "Reopen only if the act was wrong: an agreed change is a variation. What was sealed is kept.",
}
_WHO_ALLOWED = "Of which rules, and who allowed it"
_FIELDS = ("done_on", "takes_effect_on", "role", "reason", "shortfall")
_OPENS = frozenset({ActKind.REOPEN, ActKind.WITHDRAW})
"""What takes something away, and looks so."""


class ActDialog(FormDialog):
    """A form for one act on one contract; it stays open until what was said is enough, or it is given up."""

    def __init__(self, opened: OpenContract, proposed: ActFacts, parent: QWidget | None, title: str = "") -> None:
        super().__init__(parent)
        self.opened, self._kind = opened, proposed.kind
        kind = proposed.kind
        title = title or f"{kind.words} {opened.contract.reference}"
        self.setWindowTitle(title)
        self.done_on = DateField(f"{kind.done} on")
        self.takes_effect_on = DateField(ACT.fact("takes_effect_on").label)
        self.role = LineField("Your role", ACT.fact("role").hint)
        self.reason = TextField(ACT.fact("reason").label, ACT.fact("reason").hint, lines=3)
        self.letters = Text("", "note", "text_muted")
        self._short_of: Sequence[str] = ()
        self.shortfall = TextField("Why it is signed short", _WHO_ALLOWED, lines=3)
        self._show_short()
        self.go_button = Button(f"{kind.words} contract", "danger" if kind in _OPENS else "primary", does=self._on_go)
        self._build(title)
        self.done_on.set_date(proposed.done_on)
        self.takes_effect_on.set_date(proposed.takes_effect_on)
        self.role.set_text(proposed.role)
        self.reason.edited.connect(self._say_letters)
        self._say_letters()
        self.letters.setVisible(kind.needs_reason)
        self._first = self.reason if kind is ActKind.REOPEN and proposed.role else self.role

    def _build(self, title: str) -> None:
        # Reopening is always done now.
        days = [] if self._kind is ActKind.REOPEN else [self.done_on, self.takes_effect_on]
        if self._kind is ActKind.VARY:
            # The draft says from when it holds, and why.
            days = [self.done_on]
        cancel = Button("Cancel", does=self.reject)
        says = Text(self._says, "body", "text_muted", wrap=True)
        beside = in_grid(gaps=(12, 0), shares=(1, 1))
        for place, day in enumerate(days):
            beside.addWidget(day, 0, place, TOP)
        asked = says, holding(beside), self.role, self.reason, self.letters, self.shortfall
        # A box of buttons would make its first one the default, whatever it was told.
        self.build(title, "What the act needs", asked, in_row(STRETCH, self.go_button, cancel))

    def begin(self) -> None:
        """Begin in the first field that is to be filled in."""
        self.begin_in(self._first)

    def take_up(self, opened: OpenContract) -> None:
        """Ask about the contract as it was read again; what was typed stays."""
        self.opened = opened
        self._show_short()

    def _show_short(self) -> None:
        """Ask why it is signed short where it is, and say of what."""
        self._short_of = sealing.short_of(self.opened) if self._kind.fixes else ()
        self.shortfall.set_hint(f"Of {' and '.join(self._short_of)}, and who allowed it")
        self.shortfall.setVisible(bool(self._short_of))

    @property
    def _says(self) -> str:
        """What the act does, in a sentence."""
        contract = self.opened.contract
        standing = standing_act(contract.status, self.opened.acts)
        if self._kind is ActKind.REOPEN and standing is not None and standing.kind is ActKind.VARY:
            day = format_date(standing.done_on)
            return (
                f"Takes back only the variation signed on {day}: facts and lines are again what they were before it. "
                "The variation is a draft again, and what was sealed is kept."
            )
        return _SAYS[self._kind]

    def _check(self) -> list[Problem]:
        """What must be put right, and what is asked."""
        return sealing.check(self.opened, self.facts)

    @property
    def facts(self) -> ActFacts:
        """What was typed."""
        done_on = self.done_on.date or date.max
        reason = with_shortfall(self.reason.text, self._short_of, self.shortfall.text)
        return ActFacts(self._kind, done_on, self.takes_effect_on.date, self.role.text, reason)

    def _say_letters(self) -> None:
        missing = self.facts.letters_missing
        self.letters.setText(f"{missing} letters more" if missing and self._kind.needs_reason else "")

    def _on_go(self) -> None:
        """Accept what was said, or say at each field what is missing or asked."""
        found = self._check()
        said = {problem.where.field: f"{problem.message}. {problem.fix}" for problem in reversed(found)}
        if not self.done_on.date:
            said["done_on"] = "Enter a date, for example 1 April 2026"
        fields = (self.done_on, self.takes_effect_on, self.role, self.reason, self.shortfall)
        for name, field in zip(_FIELDS, fields, strict=True):
            field.set_error(said.get(name))
        if not has_errors(found):
            self.accept()
            return
        shown = {name for name, field in zip(_FIELDS, fields, strict=True) if field.isVisibleTo(self)}
        elsewhere = [each for each in found if each.severity is Severity.ERROR and each.where.field not in shown]
        if elsewhere:
            # It is put right on the page behind.
            self.meet(StoreError(elsewhere[0].message, elsewhere[0].fix))
            return
        first = next(field for field in fields if field.error and field.isVisibleTo(self))
        first.control.setFocus()
        announce(self, first.error)


class VariationActDialog(ActDialog):
    """The same for a variation, of which the draft says from when it holds, and why."""

    def __init__(self, one: OpenVariation, proposed: ActFacts, parent: QWidget | None) -> None:
        self._one = one
        name = one.variation.name
        super().__init__(one.varied, proposed, parent, f"Sign {name} of {one.opened.contract.reference}")
        self.reason.set_text(proposed.reason)
        self.reason.hide()
        self.letters.hide()
        self.go_button.setText("Sign variation")

    @property
    def one(self) -> OpenVariation:
        """The draft as it was seen, which is what is signed."""
        return self._one

    def take_up_draft(self, one: OpenVariation) -> None:
        """Ask about the draft as it was read again; what was typed stays, and the draft says why and from when."""
        self._one = one
        self.reason.set_text(one.variation.reason)
        self.takes_effect_on.set_date(one.variation.effective_on)
        self.take_up(one.varied)

    def _check(self) -> list[Problem]:
        return varying.check(self._one, self.facts)
