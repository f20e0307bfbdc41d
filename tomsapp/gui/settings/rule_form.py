"""The fields of a policy rule: its kind says which there are, and a new one may take over from another."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from tomsapp.domain.facts import Fact
from tomsapp.domain.policy_records import RULE
from tomsapp.domain.rules.registry import RULE_KINDS
from tomsapp.domain.rules.rule import PolicyRule, RuleKind
from tomsapp.gui.records.fact_field import chosen
from tomsapp.gui.records.form_draft import FormDraft
from tomsapp.gui.records.record_form import RecordForm
from tomsapp.gui.widgets.fields import ChoiceField

_OF_KINDS = frozenset(name for kind in RULE_KINDS for name in kind.own_facts)
_REPLACES = Fact("replaces", "Does it take over from another rule?", hint="From its first day, for new contracts.")


def facts_of_kind(kind: RuleKind) -> list[Fact]:
    """What is typed of a rule of this kind, in the order of the form."""
    return [
        fact for fact in RULE.facts if fact.is_typed and (fact.name in kind.own_facts or fact.name not in _OF_KINDS)
    ]


class RuleForm(RecordForm[PolicyRule]):
    """A rule's facts under each other. `others` are the rules that there are beside it."""

    def __init__(self, others: Sequence[PolicyRule]) -> None:
        self._others = others
        self.replaces = ChoiceField(_REPLACES.label, hint=_REPLACES.hint)
        kind, *rest = [fact for fact in RULE.facts if fact.is_typed]
        super().__init__(RULE, {_REPLACES.name: lambda: chosen(_REPLACES, self.replaces)}, [kind, _REPLACES, *rest])
        self.field("kind").edited.connect(self._fit)

    @property
    def rule_kind(self) -> RuleKind | None:
        """The kind that is chosen."""
        value = self.facts["kind"].typed()
        return RULE_KINDS(value) if value else None

    def show_record(self, record: PolicyRule, version: int | None = None) -> None:
        """Show a rule as it is saved, or the proposal for a new one."""
        self._offer(record.kind)
        super().show_record(record, version)
        self._fit()

    def take_draft(self, draft: FormDraft) -> list[str]:
        """Put back what was typed."""
        typed = draft.facts.get("kind")
        if typed is not None and typed.typed in RULE_KINDS.by_value:
            self._offer(RULE_KINDS(typed.typed))
        clashes = super().take_draft(draft)
        self._fit()
        return clashes

    def _replaceable(self, kind: RuleKind) -> dict[str, str]:
        return {rule.code: rule.title for rule in self._others if rule.kind is kind}

    def _offer(self, kind: RuleKind) -> None:
        self.replaces.set_options([("", "No, it is a rule of its own"), *self._replaceable(kind).items()])

    def _fit(self) -> None:
        """Ask for what a rule of the chosen kind says."""
        kind = self.rule_kind
        if kind is None:
            return
        asked = {fact.name for fact in facts_of_kind(kind)}
        for name in _OF_KINDS:
            self.field(name).setVisible(name in asked)
        self._offer(kind)
        if self.replaces.value is None:
            self.replaces.set_value(next(iter(self._replaceable(kind)), ""))
        is_new = self.version is None
        self.field("kind").setVisible(is_new)
        self.replaces.setVisible(is_new and bool(self._replaceable(kind)))

    def value_of(self, record: PolicyRule, name: str) -> Any:
        """A fact; a new rule takes over from the first of its kind, and its share is still to be typed."""
        if name == _REPLACES.name:
            return next(iter(self._replaceable(record.kind)), "")
        value = super().value_of(record, name)
        return value or None if name == "share" else value

    def record_of(self, before: PolicyRule, values: Mapping[str, Any]) -> PolicyRule:
        """The rule; a new one gets the code of the rule that it takes over from, or one of its own."""
        given = dict(values)
        replaced = given.pop(_REPLACES.name, "")
        rule = super().record_of(before, given)
        return rule if rule.code else self.kind.with_values(rule, {"code": replaced or self._free_code(rule)})

    def _free_code(self, rule: PolicyRule) -> str:
        taken = {other.code for other in self._others}
        words = re.sub(r"[^a-z0-9]+", "-", rule.title.casefold()).strip("-") or rule.kind.value.replace("_", "-")
        code, number = words[:40], 1
        while code in taken:
            number += 1
            code = f"{words[:40]}-{number}"
        return code
