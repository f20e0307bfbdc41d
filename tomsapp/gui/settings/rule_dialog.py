"""One policy rule as a form: dates, amounts, and below them what the rule means and an example."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from tomsapp.domain.errors import TomsError
from tomsapp.domain.money import decimal_places, read_number
from tomsapp.domain.rules.minimum_share import MINIMUM_SHARE
from tomsapp.domain.rules.registry import RULE_KINDS
from tomsapp.domain.rules.rule import CountedIn, PolicyRule, Rounding, RuleKind
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.fields import ChoiceField, DateField, Field, LineField, TextField
from tomsapp.gui.widgets.problems import ErrorSummary
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import Text
from tomsapp.services.policy_rules import check_rule, rule_example, rule_sentence

_AMOUNT = "Pounds, for example 25000.00"
_PLACES = 2
_SHARE_PLACES = 4


class RuleDialog(QDialog):
    """Asks for a rule; `rule` is what was entered once the dialog was accepted."""

    def __init__(self, before: PolicyRule | None, others: Sequence[PolicyRule], parent: QWidget | None) -> None:
        super().__init__(parent)
        self._before, self._others = before, list(others)
        self.rule = before
        self.summary = ErrorSummary()
        self.kind = ChoiceField("Kind of rule", [(kind, kind.words) for kind in RULE_KINDS])
        self.replaces = ChoiceField(
            "Does it take over from another rule?", hint="From its first day, for new contracts."
        )
        self.title = LineField("Title", "What people call it, for example 5% minimum", max_length=120)
        self.starts = DateField("In force from", "It holds for contracts that start on this day or later")
        self.ends = DateField("In force until", "Leave it empty if no end is known")
        self.threshold = LineField("For contracts over", _AMOUNT)
        self.share = LineField("Share of the contract value, in per cent", "For example 5")
        self.counted_in = ChoiceField("Counted in", [(pounds, pounds.words) for pounds in CountedIn])
        self.outcomes = LineField("Employment outcomes", "How many, for example 1")
        self.per = LineField("For each", "Pounds of contract value, for example 1000000.00")
        self.rounding = ChoiceField("How a part of an outcome is rounded", [(way, way.words) for way in Rounding])
        self.words = TextField("The rule in the council’s words", lines=3)
        self._meaning = Text("", "body", wrap=True)
        self._example = Text("", "body", "text_muted", wrap=True)
        self._build()
        self._fill()

    # Building

    @property
    def _all(self) -> tuple[Field, ...]:
        return (
            *(self.kind, self.replaces, self.title, self.starts, self.ends, self.threshold),
            *(self.share, self.counted_in, self.outcomes, self.per, self.rounding, self.words),
        )

    def _build(self) -> None:
        self.setWindowTitle("Change a policy rule" if self._before else "Add a policy rule")
        theme = current_theme()
        self.resize(theme.px(620), theme.px(640))
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 10, 0)
        column.setSpacing(12)
        column.addWidget(self.summary)
        for field in self._all:
            column.addWidget(field)
            field.edited.connect(self._on_edited)
            field.left.connect(self._on_edited)
        meaning = Card("What it means")
        meaning.body.addWidget(self._meaning)
        meaning.body.addWidget(self._example)
        column.addWidget(meaning)
        column.addStretch(1)
        area = ScrollArea("The rule", inner)
        buttons = QDialogButtonBox()
        save = Button("Save the rule", "primary")
        save.setDefault(True)
        save.clicked.connect(self.save)
        buttons.addButton(save, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(Button("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 16, 16)
        outer.setSpacing(12)
        outer.addWidget(Text(self.windowTitle(), "h2"))
        outer.addWidget(area, 1)
        outer.addWidget(buttons)
        self.kind.chosen.connect(self._show_fields)
        (self.title if self._before else self.kind).control.setFocus()

    def _fill(self) -> None:
        start = PolicyRule("", MINIMUM_SHARE, "", date.today().replace(day=1))  # noqa: DTZ011 - their own day
        rule = self._before or start
        self.kind.set_value(rule.kind)
        self.title.set_text(rule.title)
        self.starts.set_date(rule.in_force_from)
        self.ends.set_date(rule.in_force_until)
        self.threshold.set_text(f"{rule.threshold:.2f}")
        self.share.set_text(f"{(rule.share * 100).normalize():f}" if rule.share else "")
        self.counted_in.set_value(rule.counted_in)
        self.outcomes.set_text(f"{rule.outcomes.normalize():f}")
        self.per.set_text(f"{rule.per:.2f}")
        self.rounding.set_value(rule.rounding)
        self.words.set_text(rule.text)
        self._show_fields()

    def _show_fields(self) -> None:
        kind = self.kind.value
        self.kind.setVisible(self._before is None)
        same = {rule.code: rule.title for rule in self._others if rule.kind is kind}
        self.replaces.set_options([("", "No, it is a rule of its own"), *same.items()])
        if self.replaces.value is None:
            self.replaces.set_value(next(iter(same), ""))
        self.replaces.setVisible(self._before is None and bool(same))
        own = kind.own_facts if isinstance(kind, RuleKind) else ()
        for name in ("share", "counted_in", "outcomes", "per", "rounding"):
            getattr(self, name).setVisible(name in own)
        self._show_meaning()

    # Reading what was entered

    def save(self) -> None:
        """Accept the dialog if the rule can be saved, else say what is wrong at each field."""
        rule = self._read(says=True)
        if rule is not None and not self._says_problems(rule):
            self.rule = rule
            self.accept()
            return
        self.summary.show_problems([field for field in self._all if not field.isHidden()])

    def _on_edited(self) -> None:
        self._show_meaning()

    def _show_meaning(self) -> None:
        rule = self._read(says=False)
        good = rule is not None and not check_rule(rule, ())
        self._meaning.setText(rule_sentence(rule) if rule and good else "Fill in the fields above to see it.")
        self._example.setText(rule_example(rule) if rule and good else "")

    def _read(self, *, says: bool) -> PolicyRule | None:
        """The rule as entered, or None where a field cannot be read; `says` puts the errors at the fields."""
        errors: dict[Field, str] = {}
        starts, ends = self.starts.date, self.ends.date
        if starts is None:
            errors[self.starts] = "Enter a date, for example 1 April 2026"
        if ends is None and self.ends.text:
            errors[self.ends] = "Enter a date, for example 31 March 2027, or leave it empty"
        numbers = {
            field: _number(field, places, errors)
            for field, places in (
                (self.threshold, _PLACES),
                (self.share, _SHARE_PLACES),
                (self.per, _PLACES),
                (self.outcomes, _PLACES),
            )
        }
        if says:
            for field in self._all:
                field.set_error(errors.get(field))
        kind = self.kind.value
        if starts is None or errors or not isinstance(kind, RuleKind):
            return None
        rule = self._before or PolicyRule(self._code(kind), kind, "", starts)
        return replace(
            rule,
            title=self.title.text,
            in_force_from=starts,
            in_force_until=ends,
            threshold=numbers[self.threshold],
            share=numbers[self.share] / 100,
            per=numbers[self.per],
            outcomes=numbers[self.outcomes],
            counted_in=self.counted_in.value if isinstance(self.counted_in.value, CountedIn) else rule.counted_in,
            rounding=self.rounding.value if isinstance(self.rounding.value, Rounding) else rule.rounding,
            text=self.words.text,
        )

    def _says_problems(self, rule: PolicyRule) -> bool:
        fields = {
            "title": self.title,
            "in_force_from": self.starts,
            "in_force_until": self.ends,
            "threshold": self.threshold,
            "share": self.share,
            "per": self.per,
            "outcomes": self.outcomes,
        }
        found = check_rule(rule, self._others)
        for problem in found:
            fields[problem.where.field].set_error(f"{problem.message}. {problem.fix}")
        return bool(found)

    def _code(self, kind: RuleKind) -> str:
        if self.replaces.value:
            return str(self.replaces.value)
        taken = {rule.code for rule in self._others}
        words = re.sub(r"[^a-z0-9]+", "-", self.title.text.casefold()).strip("-") or kind.value.replace("_", "-")
        code, number = words[:40], 1
        while code in taken:
            number += 1
            code = f"{words[:40]}-{number}"
        return code


def _number(field: LineField, places: int, errors: dict[Field, str]) -> Decimal:
    """The number in a field; a hidden field does not count."""
    if field.isHidden():
        return Decimal(1)
    try:
        number = read_number(field.text)
    except TomsError:
        errors[field] = "Use numbers only, for example 1000000.00" if places == _PLACES else "Enter a number, such as 5"
        return Decimal(0)
    if decimal_places(number) > places:
        errors[field] = f"Use at most {places} decimals"
    return number
