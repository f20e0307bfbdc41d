"""The form of a record, made from its facts: what is typed, what is wrong with it, and the record that it makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tomsapp.domain.errors import TomsError
from tomsapp.domain.facts import RecordType
from tomsapp.domain.problems import Problem
from tomsapp.gui.records.fact_field import FactField, field_of
from tomsapp.gui.records.form_draft import FormDraft, Typed
from tomsapp.gui.widgets.fields import Field

R = TypeVar("R")
FieldMaker = Callable[[], FactField]


class RecordForm(QWidget, Generic[R]):
    """The fields of a record under each other, or as `lay_out` places them.

    A fact is checked when the keyboard leaves its field after it was changed; all are checked before saving. Facts
    that depend on each other (years on dates) are tied by a subclass, which listens to `left` of their fields.
    """

    edited = Signal()

    def __init__(self, kind: RecordType[R], own: Mapping[str, FieldMaker] | None = None) -> None:
        super().__init__()
        self.kind = kind
        makers = own or {}
        self.facts: dict[str, FactField] = {
            fact.name: makers[fact.name]() if fact.name in makers else field_of(fact)
            for fact in kind.facts
            if fact.is_typed
        }
        self._shown: dict[str, Any] = {}
        self._version: int | None = None
        self._unchecked: set[str] = set()
        self.lay_out()
        for name, made in self.facts.items():
            made.field.edited.connect(lambda name=name: self._on_edited(name))
            made.field.left.connect(lambda name=name: self._on_left(name))

    def lay_out(self) -> None:
        """Place the fields; under each other unless a subclass places them."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for field in self.fields:
            column.addWidget(field)

    @property
    def fields(self) -> list[Field]:
        """Every field, in the order of the facts."""
        return [made.field for made in self.facts.values()]

    def field(self, name: str) -> Field:
        """The field of a fact."""
        return self.facts[name].field

    # Showing

    def show_record(self, record: R, version: int | None = None) -> None:
        """Show a record as it is saved, or (version None) the proposal for a new one."""
        self._version = version
        for name, made in self.facts.items():
            self._put(made, made.show, self.value_of(record, name))
        self._shown = self._typed()
        self.clear_errors()

    def take_news(self, record: R, version: int) -> list[str]:
        """Show a newer version of the record around what is being typed; says which facts both have changed.

        A fact that both changed keeps what is typed here, and the version that it was typed on, so that saving asks.
        """
        draft = self.draft()
        self.show_record(record, version)
        return self.take_draft(draft)

    def take_draft(self, draft: FormDraft) -> list[str]:
        """Put back what was typed; says which facts somebody else has changed since it was typed."""
        clashes = draft.clashes(self._shown)
        for name, typed in draft.facts.items():
            if name in self.facts:
                self._put(self.facts[name], self.facts[name].set_typed, typed.typed)
        if clashes:
            # What stood there when the typing began: saving then meets the other's version and asks.
            self._version = draft.version
            self._shown.update({name: draft.facts[name].was for name in clashes})
        return clashes

    @staticmethod
    def _put(made: FactField, put: Callable[[Any], object], value: object) -> None:
        # Showing is no edit.
        made.field.blockSignals(True)
        try:
            put(value)
        finally:
            made.field.blockSignals(False)

    # What was typed

    def _typed(self) -> dict[str, Any]:
        return {name: made.typed() for name, made in self.facts.items()}

    @property
    def version(self) -> int | None:
        """The version of the record that a save must name."""
        return self._version

    def take_version(self, version: int) -> None:
        """Save over this version from now on: the user has seen it and chose what to keep."""
        self._version = version

    def draft(self) -> FormDraft:
        """The facts that were changed, with the version that they were typed on."""
        typed = self._typed()
        changed = {name: Typed(typed[name], was) for name, was in self._shown.items() if typed[name] != was}
        return FormDraft(self._version, changed)

    @property
    def is_changed(self) -> bool:
        """Whether something is typed that is not saved."""
        return bool(self.draft().facts)

    def _on_edited(self, name: str) -> None:
        self._unchecked.add(name)
        self.edited.emit()

    def _on_left(self, name: str) -> None:
        if name not in self._unchecked:
            return  # what was found wrong when saving stays until the field is changed
        self._unchecked.discard(name)
        made = self.facts[name]
        if made.typed() in ("", None):
            made.field.set_error(None)  # an empty one is said when somebody saves
        else:
            self.check(name)

    # Reading

    def value_of(self, record: R, name: str) -> Any:
        """The value that the field of a fact shows; a field for several facts takes them together."""
        return getattr(record, name)

    def record_of(self, before: R, values: Mapping[str, Any]) -> R:
        """The record with what the fields say, by the names of their facts."""
        return self.kind.with_values(before, values)

    def check(self, name: str) -> Any:
        """The value of a fact; what is wrong with it is said under its field, and None returned."""
        made = self.facts[name]
        try:
            value = made.read()
        except TomsError as error:
            made.field.set_error(_sentence(error.message, error.fix))
            return None
        fault = made.fact.fault(value)
        made.field.set_error(_sentence(fault.message if fault.code != "missing" else "", fault.fix) if fault else None)
        return None if fault else value

    def read(self, before: R) -> R | None:
        """The record that the fields say, over `before`; None, with messages, when they do not make one."""
        self._unchecked.clear()
        values = {name: self.check(name) for name in self.facts if not self.field(name).isHidden()}
        if any(field.error for field in self.fields):
            return None
        return self.record_of(before, values)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Set the message of each Problem under its field; one without a field stands under the first."""
        first = next(iter(self.facts.values())).field
        for problem in problems:
            made = self.facts.get(problem.where.field)
            field = made.field if made else first
            if not field.error:
                field.set_error(_sentence(problem.message, problem.fix))

    def clear_errors(self) -> None:
        """Take every message away."""
        self._unchecked.clear()
        for field in self.fields:
            field.set_error(None)

    # Keyboard

    def focus_field(self, name: str) -> None:
        """Move the keyboard to the field of a fact."""
        made = self.facts.get(name)
        if made is not None:
            made.field.control.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_first_problem(self) -> None:
        """Move the keyboard to the first field that has a message."""
        field = next((field for field in self.fields if field.error), None)
        if field is not None:
            field.control.setFocus(Qt.FocusReason.OtherFocusReason)


def _sentence(message: str, fix: str) -> str:
    return ". ".join(part for part in (message, fix) if part)
