"""The council's dated policy rules, what each means, and the National Living Wages."""

from __future__ import annotations

from tomsapp.domain.history import Stored
from tomsapp.domain.policy_records import LivingWage
from tomsapp.domain.rules.rule import PolicyRule
from tomsapp.domain.wording import format_date, format_pounds
from tomsapp.gui.models.column import Column
from tomsapp.gui.models.row_model import RowModel
from tomsapp.gui.session import Session
from tomsapp.gui.settings.form_column import FormColumn
from tomsapp.gui.settings.rule_dialog import RuleDialog, ask_effect
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.data_table import DataTable
from tomsapp.gui.widgets.dialog_parts import open_once
from tomsapp.gui.widgets.feedback import EmptyState
from tomsapp.gui.widgets.layouts import STRETCH, empty_layout, in_grid, in_row
from tomsapp.gui.widgets.text import Text
from tomsapp.services import council, policy_rules
from tomsapp.services.policy_rules import rule_example, rule_sentence
from tomsapp.services.rule_effect import RuleEffect, rule_effect

StoredRule = Stored[PolicyRule]


def _kind_words(stored: StoredRule) -> str:
    """What kind of rule it is, where its title does not say so already."""
    words = stored.record.kind.words
    return "" if words == stored.record.title else words


def _until_words(stored: StoredRule) -> str:
    last = stored.record.in_force_until
    return format_date(last) if last else "No end known"


_COLUMNS: tuple[Column[StoredRule], ...] = (
    Column("title", "Rule", lambda stored: stored.record.title, second_line=_kind_words),
    Column("asks", "Asks for", lambda stored: stored.record.kind.in_brief(stored.record), width=300),
    Column("from", "In force from", lambda stored: format_date(stored.record.in_force_from), width=150),
    Column("until", "In force until", _until_words, width=150),
)


class PolicyTab(FormColumn):
    """A table of rules; each is added, changed or deleted, and every step can be undone."""

    def __init__(self, session: Session) -> None:
        super().__init__("Policy rules", 1000)
        self._session = session
        self._rules: list[StoredRule] = []
        self.model = RowModel(_COLUMNS)
        self.table = DataTable(self.model, "Policy rules")
        self.add_button = Button("Add a rule", icon_name="plus", does=self.add)
        self.change_button = Button("Change", does=self.change)
        self.delete_button = Button("Delete", "danger", does=self.delete)
        self._meaning = Text("", wrap=True, selectable=True)
        self._example = Text("", "body", "text_muted", wrap=True, selectable=True)
        self._source = Text("", "note", "text_muted", wrap=True, selectable=True)
        self._wages = in_grid(gaps=(28, 4))
        self._build()
        self.table.current_row_changed.connect(self._on_current)
        self.table.row_opened.connect(self.change)

    def _build(self) -> None:
        sentence = "A contract is held against the rules in force on its first day."
        card = Card()
        card.fill(self.table)
        current_theme().follow(self._fit_table)
        empty = EmptyState("scale", "No policy rules", "Add the rules that your council has published.")
        self.table.set_empty_state(empty)
        meaning = Card("What the chosen rule means")
        for text in (self._meaning, self._example, self._source):
            meaning.body.addWidget(text)
        wages = Card("National Living Wage")
        words = "The program asks about pay below it. It comes with the menus and is not changed here."
        wages.body.addWidget(Text(words, "note", "text_muted", wrap=True))
        wages.body.addLayout(self._wages)
        buttons = in_row(self.add_button, self.change_button, self.delete_button, STRETCH, gap=8)
        self.fill(Text(sentence, "body", "text_muted", wrap=True), card, buttons, meaning, wages)

    def _fit_table(self) -> None:
        self.table.setFixedHeight(current_theme().px(230))

    def load(self) -> None:
        """Read the rules and wages."""
        job = self._session.read(
            lambda workspace: (council.list_rules(workspace), policy_rules.living_wages(workspace)),
            key="settings-policy",
        )
        job.success(self._on_read).start()

    @property
    def current(self) -> StoredRule | None:
        """The rule that is chosen in the table."""
        row = self.table.currentIndex().row()
        return self.model.shown_rows()[row] if 0 <= row < self.model.rowCount() else None

    # Actions

    def add(self) -> None:
        """Ask for a rule and save it."""
        self._open(RuleDialog(self._session, None, [rule.record for rule in self._rules], self))

    def change(self) -> None:
        """Ask for the chosen rule's facts and save them over the state that is shown."""
        before = self.current
        if before is not None:
            others = [rule.record for rule in self._rules if rule.id != before.id]
            self._open(RuleDialog(self._session, before, others, self))

    def delete(self) -> None:
        """Say what deleting the chosen rule would do, then delete it; Undo brings it back."""
        before = self.current
        if before is not None:
            rule = before.record
            job = self._session.read(lambda workspace: rule_effect(workspace, rule, None), key="rule-effect")
            job.success(lambda effect: self._on_effect(before, effect)).start()

    def _on_effect(self, before: StoredRule, effect: RuleEffect) -> None:
        def delete() -> None:
            self._session.act(lambda workspace, _progress: council.delete_rule(workspace, before)).start()

        ask_effect(self, effect, "Delete the rule", delete)

    def _open(self, dialog: RuleDialog) -> None:
        dialog.accepted.connect(self.load)
        open_once(dialog)

    # What is shown

    def _on_read(self, read: tuple[list[StoredRule], list[LivingWage]]) -> None:
        chosen = self.current
        self._rules, wages = read
        self.model.set_rows(self._rules)
        place = self.model.place_of(lambda rule: chosen is not None and rule.id == chosen.id)
        if self._rules:
            self.table.select_place(place if place is not None and place >= 0 else 0)
        self._on_current(self.current)
        empty_layout(self._wages)
        for number, wage in enumerate(wages):
            words = f"{format_pounds(wage.hourly)} an hour from {format_date(wage.in_force_from)}"
            self._wages.addWidget(Text(words, "note", selectable=True), number // 2, number % 2)

    def _on_current(self, row: object) -> None:
        rule = row.record if isinstance(row, Stored) else None
        self.change_button.setEnabled(rule is not None)
        self.delete_button.setEnabled(rule is not None)
        self._meaning.setText(rule_sentence(rule) if rule else "Choose a rule in the table.")
        self._example.setText(rule_example(rule) if rule else "")
        self._source.setText(_source_words(rule) if rule else "")


def _source_words(rule: PolicyRule) -> str:
    source = rule.source
    return " ".join(filter(None, (rule.text, f"Source: {source.cited}." if source and source.cited else "")))
