"""One policy rule as a form, and below it what the rule means and an example."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from tomsapp.domain.history import Stored
from tomsapp.domain.policy import RULE
from tomsapp.domain.rules.minimum_share import MINIMUM_SHARE
from tomsapp.domain.rules.rule import PolicyRule
from tomsapp.gui.dialogs.edit_conflict import fields_of
from tomsapp.gui.records.record_editor import RecordEditor
from tomsapp.gui.session import Session
from tomsapp.gui.settings.rule_form import RuleForm, facts_of_kind
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.problems import ErrorSummary, Notice
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import Text
from tomsapp.services.council import RULES
from tomsapp.services.policy_rules import rule_example, rule_sentence


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
        self.form.field("title" if before else "kind").control.setFocus()

    def _build(self) -> None:
        theme = current_theme()
        self.resize(theme.px(620), theme.px(640))
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 10, 0)
        column.setSpacing(12)
        meaning = Card("What it means")
        meaning.body.addWidget(self._meaning)
        meaning.body.addWidget(self._example)
        for widget in (self.summary, self.note, self.form, meaning):
            column.addWidget(widget)
        column.addStretch(1)
        area = ScrollArea("The rule", inner)
        buttons = QDialogButtonBox()
        save = Button("Save the rule", "primary")
        save.setDefault(True)
        save.clicked.connect(self.editor.save)
        buttons.addButton(save, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(Button("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 16, 16)
        outer.setSpacing(12)
        outer.addWidget(Text(self.windowTitle(), "h2"))
        outer.addWidget(area, 1)
        outer.addWidget(buttons)

    def _on_checked(self) -> None:
        self.summary.show_problems([field for field in self.form.fields if not field.isHidden()])

    def _show_meaning(self) -> None:
        before = self.editor.before
        rule = self.form.glance(before.record if before else self._proposal)
        if rule is None or RULE.problems(rule):
            self._meaning.setText("Fill in the fields above to see it.")
            self._example.setText("")
        else:
            self._meaning.setText(rule_sentence(rule))
            self._example.setText(rule_example(rule))
