"""One policy rule as a form, and below it what the rule means and an example."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from tomsapp.domain.history import Stored
from tomsapp.domain.policy_records import RULE
from tomsapp.domain.rules.minimum_share import MINIMUM_SHARE
from tomsapp.domain.rules.rule import PolicyRule
from tomsapp.gui.dialogs.edit_conflict import fields_of
from tomsapp.gui.dialogs.message import ask
from tomsapp.gui.records.record_editor import RecordEditor
from tomsapp.gui.session import Session
from tomsapp.gui.settings.rule_form import RuleForm, facts_of_kind
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.dialog_parts import do_or_cancel
from tomsapp.gui.widgets.form_dialog import SCROLLED_MARGINS, in_line, inset
from tomsapp.gui.widgets.layouts import BESIDE_BAR, STRETCH, holding, in_column
from tomsapp.gui.widgets.problems import ErrorSummary, Notice
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import Text
from tomsapp.services.council import RULES
from tomsapp.services.policy_rules import rule_example, rule_sentence
from tomsapp.services.rule_effect import RuleEffect, rule_effect

_MOST_NAMED = 12


def ask_effect(parent: QWidget, effect: RuleEffect, yes: str, on_yes: Callable[[], object]) -> None:
    """Say which contracts would change, and ask whether to go on; where none would, go on at once."""
    if not effect.changes:
        on_yes()
        return
    named = "\n".join(f"{words}." for words in effect.changes[:_MOST_NAMED])
    more = len(effect.changes) - _MOST_NAMED
    rest = [f"And {more:,} more."] if more > 0 else []
    kept = "Contracts that were signed before are held against it only where it says that it binds them."
    ask(parent, effect.heading, [named, *rest, kept], yes, on_yes)


class RuleDialog(QDialog):
    """Asks for a rule and saves it; it stays open, with what was typed, until that is done or given up."""

    def __init__(
        self, session: Session, before: Stored[PolicyRule] | None, others: Sequence[PolicyRule], parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self._proposal = PolicyRule("", MINIMUM_SHARE, "", date.today().replace(day=1))  # noqa: DTZ011 - their own day
        self.summary = ErrorSummary()
        self.note = Notice()
        self.form = RuleForm(others)
        self.editor = RecordEditor(session, self.form, RULES)
        self.editor.may_save = self._may_save
        self._session, self._agreed = session, self._proposal
        self._meaning = Text("", "body", wrap=True)
        self._example = Text("", "body", "text_muted", wrap=True)
        self.setWindowTitle("Change a policy rule" if before else "Add a policy rule")
        self._build()
        self.editor.told.connect(self.note.say)
        self.editor.shown.connect(self._show_meaning)
        self.editor.checked.connect(self._on_checked)
        self.editor.saved.connect(self.accept)
        self.rejected.connect(self.editor.discard)
        for field in self.form.fields:
            field.edited.connect(self._show_meaning)
            field.left.connect(self._show_meaning)
        if before is None:
            self.editor.show_new(self._proposal)
        else:
            self.editor.conflict_fields = fields_of(facts_of_kind(before.record.kind))
            self.editor.show_record(before)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin in the first field that is likely to be filled in."""
        super().showEvent(event)
        self.form.field("title" if self.editor.before else "kind").control.setFocus()

    def _build(self) -> None:
        theme = current_theme()
        self.resize(theme.px(620), theme.px(640))
        meaning = Card("What it means")
        meaning.body.addWidget(self._meaning)
        meaning.body.addWidget(self._example)
        parts = in_line(self.summary, self.note, self.form, meaning, STRETCH)
        area = ScrollArea("The rule", holding(in_column(*parts, margins=(0, 0, BESIDE_BAR, 0), gap=12)))
        buttons = do_or_cancel(self, "Save the rule", self.editor.save)
        heading, foot = inset(Text(self.windowTitle(), "h2")), inset(buttons, BESIDE_BAR)
        in_column(heading, (area, 1), foot, inside=self, margins=SCROLLED_MARGINS, gap=12)

    def _on_checked(self) -> None:
        self.summary.show_problems([field for field in self.form.fields if not field.isHidden()])

    # What it would do

    def _may_save(self, rule: PolicyRule) -> bool:
        """Whether it was said what the rule would do; if not, that is found out and asked about first."""
        if rule == self._agreed:
            return True
        before = self.editor.before.record if self.editor.before else None
        job = self._session.read(lambda workspace: rule_effect(workspace, before, rule), key="rule-effect")
        job.success(lambda effect: self._ask(rule, effect)).start()
        return False

    def _ask(self, rule: PolicyRule, effect: RuleEffect) -> None:
        def save() -> None:
            self._agreed = rule
            self.editor.save()

        ask_effect(self, effect, "Save the rule", save)

    def _show_meaning(self) -> None:
        before = self.editor.before
        rule = self.form.glance(before.record if before else self._proposal)
        if rule is None or RULE.problems(rule):
            self._meaning.setText("Fill in the fields above to see it.")
            self._example.setText("")
        else:
            self._meaning.setText(rule_sentence(rule))
            self._example.setText(rule_example(rule))
