"""The form of a record, made from its facts: what is typed, what is wrong with it, and the record that it makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from tomsapp.domain.errors import TomsError
from tomsapp.domain.facts import Fact
from tomsapp.domain.keys import KeyKind, Names
from tomsapp.domain.problems import Problem
from tomsapp.domain.record_type import RecordType
from tomsapp.domain.typed_numbers import Ambiguous
from tomsapp.gui.records.fact_field import FactField, field_of
from tomsapp.gui.records.form_draft import FormDraft, Typed
from tomsapp.gui.records.found_together import FoundTogether
from tomsapp.gui.records.saved_form import SavedForm
from tomsapp.gui.widgets.fields import Field
from tomsapp.gui.widgets.layouts import in_column
from tomsapp.gui.widgets.several_field import SeveralField

R = TypeVar("R")
FieldMaker = Callable[[], FactField]


@dataclass(frozen=True, slots=True)
class News:
    """The facts that somebody else changed: those that were changed here too, and the others."""

    clashes: Sequence[str] = ()
    others: Sequence[str] = ()


class RecordForm(SavedForm, Generic[R]):
    """The fields of a record under each other, or as `lay_out` places them.

    A fact is checked when the keyboard leaves its field after it was changed; all are checked before saving. Facts
    that depend on each other (years on dates) are tied by a subclass, in `check` and `record_of`.

    `own` makes the fields of facts whose kind has none; `facts` are those that can be typed unless it names others.
    """

    edited = Signal()
    hidden = Signal()
    """The form is no longer seen: the moment to keep what is typed."""

    def __init__(
        self,
        kind: RecordType[R],
        own: Mapping[str, FieldMaker] | None = None,
        facts: Sequence[Fact] | None = None,
    ) -> None:
        super().__init__()
        self.kind = kind
        makers = own or {}
        asked = [fact for fact in kind.facts if fact.is_typed] if facts is None else facts
        self.facts: dict[str, FactField] = {
            fact.name: makers[fact.name]() if fact.name in makers else field_of(fact) for fact in asked
        }
        self._shown: dict[str, Any] = {}
        self.version: int | None = None  # which a save must name
        self._clashes: set[str] = set()
        self._unchecked: set[str] = set()
        self._record: R | None = None
        self._together = FoundTogether(kind)
        self.lay_out()
        for name, made in self.facts.items():
            made.field.edited.connect(lambda name=name: self._on_edited(name))
            made.field.left.connect(lambda name=name: self._on_left(name))
            made.field.taken.connect(lambda text, name=name: self._on_taken(name, text))

    def lay_out(self) -> None:
        """Place the fields; under each other unless a subclass places them."""
        in_column(*self.fields, inside=self, gap=12)

    @property
    def fields(self) -> list[Field]:
        """Every field, in the order of the facts."""
        return [made.field for made in self.facts.values()]

    def field(self, name: str) -> Field:
        """The field of a fact."""
        return self.facts[name].field

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell that the form is left."""
        self.hidden.emit()
        super().hideEvent(event)

    # Keys

    @property
    def key_kinds(self) -> frozenset[KeyKind]:
        """What the facts of several name: the panel reads what there is of it."""
        return frozenset(made.fact.key_kind for made, _ in self._several())

    def offer(self, names: Mapping[KeyKind, Names]) -> None:
        """Give each field of several what can be ticked; what is ticked stays."""
        for made, field in self._several():
            field.set_names(names[made.fact.key_kind])

    def key_words(self) -> dict[str, Callable[[R], str]]:
        """How the facts of several say a record's keys: by the names that their fields offer."""
        return {made.fact.name: partial(_said, field, made.fact.name) for made, field in self._several()}

    def _several(self) -> list[tuple[FactField, SeveralField]]:
        return [(made, made.field) for made in self.facts.values() if isinstance(made.field, SeveralField)]

    # Showing

    def show_record(self, record: R, version: int | None = None) -> None:
        """Show a record as it is saved, or (version None) the proposal for a new one."""
        self.version = version
        self._record = record
        self._clashes.clear()
        for name, made in self.facts.items():
            self._put(made, made.show, self.value_of(record, name))
        self._shown = self.typed()
        self.clear_errors()
        for name in self.facts:
            self.say_back(name)

    def take_news(self, record: R, version: int) -> News:
        """Show a newer version of the record around what is being typed.

        A fact that both changed keeps what is typed here, and the version that it was typed on, so that saving asks.
        """
        draft, before, cursor = self.draft(), dict(self._shown), self._cursor()
        self.show_record(record, version)
        theirs = [name for name, shown in self._shown.items() if shown != before.get(name)]
        clashes = self.take_draft(draft)
        cursor()
        return News(clashes, [name for name in theirs if name not in draft.facts])

    def take_draft(self, draft: FormDraft) -> list[str]:
        """Put back what was typed; says which facts somebody else has changed since it was typed."""
        draft = draft.fitting(self._shown)
        clashes = draft.clashes(self._shown)
        self._put_typed(draft)
        if clashes:
            # What stood there when the typing began: saving then meets the other's version and asks.
            self.version = draft.version
            self._shown.update({name: draft.facts[name].was for name in clashes})
            self._clashes.update(clashes)
        return clashes

    def put_over(self, record: R, version: int) -> None:
        """Show the version of somebody else with what is typed here over it: the user has seen both and chose."""
        self._put_over(self.draft(), record, version)

    def show_saved(self, record: R, version: int, typed: Mapping[str, Any]) -> None:
        """Show what was saved from `typed`; what was typed while it was being saved stays."""
        later = self.draft().beyond(typed)
        if later.facts:
            self._put_over(later, record, version)
        else:
            self.show_record(record, version)

    def type_again(self, draft: FormDraft) -> None:
        """Put what was typed before the record came over it; the cursor stays, and it is said what was understood."""
        cursor = self._cursor()
        self._put_typed(draft)
        cursor()
        for name in draft.facts:
            if name in self.facts:
                self.say_back(name)

    def _put_over(self, draft: FormDraft, record: R, version: int) -> None:
        cursor = self._cursor()
        self.show_record(record, version)
        self._put_typed(draft)
        cursor()

    def _put_typed(self, draft: FormDraft) -> None:
        for name, typed in draft.facts.items():
            if name in self.facts:
                self._put(self.facts[name], self.facts[name].set_typed, typed.typed)

    @staticmethod
    def _put(made: FactField, put: Callable[[Any], object], value: object) -> None:
        with QSignalBlocker(made.field):  # showing is no edit
            put(value)

    def _cursor(self) -> Callable[[], None]:
        """Puts the cursor back to where it stands now, so that somebody who is typing types on."""
        control = self.focusWidget()
        if isinstance(control, QLineEdit):
            line, column = control, control.cursorPosition()
            return lambda: line.setCursorPosition(column)
        if isinstance(control, QPlainTextEdit):
            box, place = control, control.textCursor().position()

            def put_back() -> None:
                cursor = box.textCursor()
                cursor.setPosition(min(place, len(box.toPlainText())))
                box.setTextCursor(cursor)

            return put_back
        return lambda: None

    # What was typed

    def typed(self) -> dict[str, Any]:
        """What stands in the fields, as JSON can hold it."""
        return {name: made.typed() for name, made in self.facts.items()}

    @property
    def clashes(self) -> list[str]:
        """The facts that somebody else has changed since they were typed here."""
        return [name for name in self.draft().facts if name in self._clashes]

    def draft(self) -> FormDraft:
        """The facts that were changed, with the version that they were typed on."""
        typed = self.typed()
        changed = {name: Typed(typed[name], was) for name, was in self._shown.items() if typed[name] != was}
        return FormDraft(self.version, changed)

    @property
    def is_changed(self) -> bool:
        """Whether something is typed that is not saved."""
        return bool(self.draft().facts)

    def _on_edited(self, name: str) -> None:
        self._unchecked.add(name)
        self.say_back(name)
        self.edited.emit()

    def _on_taken(self, name: str, text: str) -> None:
        """What was offered stands in the field as if it had been typed."""
        self.facts[name].set_typed(text)
        self.field(name).edited.emit()
        self.check(name)
        self.focus_field(name)

    def say_back(self, name: str) -> None:
        """Say under a field what was understood of what is typed."""
        made = self.facts[name]
        made.field.say(made.understood())

    def _on_left(self, name: str) -> None:
        if name not in self._unchecked:
            return  # what was found wrong when saving stays until the field is changed
        self._unchecked.discard(name)
        made = self.facts[name]
        if made.typed() in ("", None):
            made.field.set_error(None)  # an empty one is said when somebody saves
        else:
            self.check(name)
            self._on_checked(name)
        self._forget_what_holds_no_more()

    def _on_checked(self, name: str) -> None:
        """A day is written out when its field is left: what was understood is not said a second time."""
        if not self.field(name).error:
            self.say_back(name)

    def _forget_what_holds_no_more(self) -> None:
        """Take away what was said of facts taken together, where another of them was put right."""
        record = self._glance_over_shown() if self._together else None
        for name in self._together.over(record) if record is not None else ():
            self.field(name).set_error(None)

    def _glance_over_shown(self) -> R | None:
        return None if self._record is None else self.glance(self._record)

    # Reading

    def value_of(self, record: R, name: str) -> Any:
        """The value that the field of a fact shows; a field for several facts takes them together."""
        return getattr(record, name)

    def record_of(self, before: R, values: Mapping[str, Any]) -> R:
        """The record with what the fields say, by the names of their facts."""
        return self.kind.with_values(before, values)

    def check(self, name: str) -> Any:
        """The value of a fact; what is wrong with it is said under its field, and None returned."""
        value, error = self._find(name)
        self.field(name).set_error(error)
        if error:
            self.field(name).say("", self._readings(name))
        return value

    def _readings(self, name: str) -> Sequence[str]:
        """What can be meant by what is typed, where it can be read in more than one way."""
        try:
            self.facts[name].read()
        except Ambiguous as question:
            return question.readings
        except TomsError:
            pass
        return ()

    def _find(self, name: str) -> tuple[Any, str | None]:
        """The value of a fact, and what is wrong with it."""
        made = self.facts[name]
        try:
            value = made.read()
        except TomsError as error:
            return None, sentence(error.message, error.fix)
        fault = made.fact.fault(value)
        if fault is None:
            return value, None
        return None, sentence(fault.message if fault.code != "missing" else "", fault.fix)

    def read(self, before: R) -> R | None:
        """The record that the fields say, over `before`; None, with messages, when they do not make one."""
        self._unchecked.clear()
        values = {name: self.check(name) for name in self._asked()}
        if any(field.error for field in self.fields):
            return None
        return self.record_of(before, self._of_changed(values))

    def glance(self, before: R) -> R | None:
        """The record that the fields say now, or None; nothing is said about what is wrong."""
        found = {name: self._find(name) for name in self._asked()}
        if any(error for _, error in found.values()):
            return None
        return self.record_of(before, self._of_changed({name: value for name, (value, _) in found.items()}))

    def _asked(self) -> list[str]:
        return [name for name in self.facts if not self.field(name).isHidden()]

    def so_far(self, before: R) -> R:
        """The record with what the fields say as far as it can be read; the rest as before, and nothing is said."""
        found = {name: self._find(name) for name in self._asked()}
        return self.record_of(before, {name: value for name, (value, error) in found.items() if not error})

    def _of_changed(self, values: dict[str, Any]) -> dict[str, Any]:
        """Of a record that is there, only what was changed: a fact that was not touched stays as others save it."""
        if self.version is None:
            return values
        changed = self.draft().facts
        return {name: value for name, value in values.items() if name in changed}

    def sound(self, before: R) -> tuple[R, set[str]]:
        """The record with those of the changed facts that can be used, and their names.

        What is wrong with the others is said under their fields.
        """
        found = {name: self.check(name) for name in self.draft().facts}
        values = {name: value for name, value in found.items() if not self.field(name).error}
        return self.record_of(before, values), set(values)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Set the message of each Problem under its field; one without a field stands under the first."""
        first = next(iter(self.facts))
        shown: dict[str, Problem] = {}
        for problem in problems:
            name = problem.where.field if problem.where.field in self.facts else first
            if not self.field(name).error:
                self.field(name).set_error(sentence(problem.message, problem.fix))
                shown[name] = problem
        self._together.show(shown, self._glance_over_shown())

    def clear_errors(self) -> None:
        """Take every message away."""
        self._unchecked.clear()
        self._together.clear()
        for field in self.fields:
            field.set_error(None)
            field.say("")

    # Keyboard

    @property
    def first_control(self) -> QWidget:
        """Where typing begins."""
        return self.fields[0].control

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


def _said(field: SeveralField, name: str, record: object) -> str:
    return field.words(getattr(record, name))


def sentence(message: str, fix: str) -> str:
    """What is wrong and what to do, as it stands under a field."""
    return ". ".join(part for part in (message, fix) if part)
