"""The field of one fact: made for its kind, or given by the form for a fact with parts of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, assert_never

from tomsapp.domain.facts import Fact, FactKind
from tomsapp.domain.said_back import understood
from tomsapp.gui.widgets.fields import ChoiceField, DateField, Field, LineField, TextField, TickField
from tomsapp.gui.widgets.several_field import SeveralField


@dataclass(frozen=True, slots=True)
class FactField:
    """A fact with the field in which it is typed.

    Attributes:
        typed: what stands in the field, as JSON can hold it.
        set_typed: puts it back.
        show: shows a value of the record.
        read: the value that was typed; raises `TomsError` where it cannot be read.
        understood: what is said back of what was typed; nothing of words.
    """

    fact: Fact
    field: Field
    typed: Callable[[], Any]
    set_typed: Callable[[Any], None]
    show: Callable[[Any], None]
    read: Callable[[], Any]
    understood: Callable[[], str] = str


def field_of(fact: Fact) -> FactField:
    """The field that the kind of a fact has."""
    match fact.kind:
        case FactKind.LONG:
            return written(fact, TextField(fact.label, fact.hint, lines=3))
        case FactKind.CHOICE:
            return _choice(fact)
        case FactKind.YES_NO:
            return _tick(fact)
        case FactKind.SEVERAL:
            return _several(fact)
        case FactKind.DAY:
            return written(fact, DateField(fact.label, fact.hint or "For example 1 April 2026"))
        case FactKind.LINE | FactKind.LINK | FactKind.OWN:
            pass
        case FactKind.POUNDS | FactKind.QUANTITY | FactKind.WHOLE | FactKind.SHARE:
            pass
        case _:
            assert_never(fact.kind)
    return written(fact, LineField(fact.label, fact.hint, max_length=fact.most))


def written(fact: Fact, field: LineField | TextField | DateField) -> FactField:
    """A fact that is typed as text."""

    def set_typed(typed: Any) -> None:
        field.set_text(str(typed))

    def show(value: Any) -> None:
        field.set_text(fact.text(value))

    def read() -> Any:
        return fact.read(field.text)

    def said_back() -> str:
        return understood(fact, field.text)

    return FactField(fact, field, lambda: field.text, set_typed, show, read, said_back)


def _choice(fact: Fact) -> FactField:
    field = ChoiceField(fact.label, [(member.value, _offered(member)) for member in fact.choices or ()], fact.hint)

    def show(value: Any) -> None:
        field.set_value(None if value is None else value.value)

    return chosen(fact, field, show)


def chosen(fact: Fact, field: ChoiceField, show: Callable[[Any], None] | None = None) -> FactField:
    """A fact that is chosen from a list by a key; the list gives no more room to its longest words than it has."""
    field.combo.setSizeAdjustPolicy(field.combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return FactField(
        fact, field, lambda: field.value, field.set_value, show or field.set_value, lambda: fact.read(_key(field))
    )


def _key(field: ChoiceField) -> str:
    return "" if field.value is None else str(field.value)


def _offered(member: Any) -> str:
    """A choice with what it means, where that is not plain from its name."""
    meaning = getattr(member, "meaning", "")
    return f"{member.words}: {meaning}" if meaning else str(member.words)


def _tick(fact: Fact) -> FactField:
    field = TickField(fact.label, fact.tick or fact.label, fact.hint)

    def set_typed(typed: Any) -> None:
        field.set_ticked(is_ticked=bool(typed))

    return FactField(fact, field, field.box.isChecked, set_typed, set_typed, field.box.isChecked)


def _several(fact: Fact) -> FactField:
    """A fact of several keys; the form gives the field what can be ticked."""
    field = SeveralField(fact.label, fact.hint, fact.key_kind.words)

    def typed() -> list[str]:
        return sorted(field.keys)

    return FactField(fact, field, typed, field.set_keys, field.set_keys, lambda: field.keys)
