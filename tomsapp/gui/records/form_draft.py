"""What was changed in a form and is not saved: only the facts that were changed, each with what it was before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from tomsapp.gui.drafts import Drafts

_VERSION, _FACTS, _TYPED, _WAS = "version", "facts", "typed", "was"


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed for a fact, and what stood there when the typing began."""

    typed: Any
    was: Any


@dataclass(frozen=True, slots=True)
class FormDraft:
    """The changed facts of one form, and the version of the record that they were typed on (None: a new record)."""

    version: int | None
    facts: Mapping[str, Typed]

    def beyond(self, typed: Mapping[str, Any]) -> FormDraft:
        """What was typed after `typed` stood in the fields: it is not part of what was saved then."""
        return replace(self, facts={name: fact for name, fact in self.facts.items() if typed.get(name) != fact.typed})

    def clashes(self, shown: Mapping[str, Any]) -> list[str]:
        """The facts that somebody else has changed since, from what the record says now."""
        return [
            name
            for name, fact in self.facts.items()
            if name in shown and shown[name] != fact.was and shown[name] != fact.typed
        ]

    def fitting(self, shown: Mapping[str, Any]) -> FormDraft:
        """What of it can stand in the fields: a draft may have been written by hand, or by another version."""
        facts = {n: fact for n, fact in self.facts.items() if n in shown and _is_like(fact.typed, shown[n])}
        return replace(self, facts=facts)

    def keep(self, drafts: Drafts, form: str) -> None:
        """Keep it until it is saved or discarded; one without changes is forgotten."""
        if not self.facts:
            drafts.drop(form)
            return
        facts = {name: {_TYPED: fact.typed, _WAS: fact.was} for name, fact in self.facts.items()}
        drafts.keep(form, {_VERSION: self.version, _FACTS: facts})


def kept_draft(drafts: Drafts, form: str) -> FormDraft | None:
    """What was kept of a form; what cannot be read is nothing."""
    kept = drafts.get(form) or {}
    version, facts = kept.get(_VERSION), kept.get(_FACTS)
    if not isinstance(facts, dict) or not (version is None or isinstance(version, int)):
        return None
    read = {
        str(name): Typed(fact[_TYPED], fact[_WAS])
        for name, fact in facts.items()
        if isinstance(fact, dict) and fact.keys() >= {_TYPED, _WAS}
    }
    return FormDraft(version, read) if read else None


def _is_like(typed: object, shown: object) -> bool:
    """Whether a value is of the kind that a field gives; one that is chosen may be nothing."""
    if isinstance(shown, list):
        return isinstance(typed, list) and all(isinstance(each, str) for each in typed)
    if isinstance(shown, dict):
        return isinstance(typed, dict) and all(isinstance(each, str) for each in typed.values())
    kinds = (type(shown), str, type(None)) if shown is None or isinstance(shown, str) else (type(shown),)
    return type(typed) in kinds
