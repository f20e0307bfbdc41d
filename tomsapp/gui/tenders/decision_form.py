"""The form of a decision: what is done about a problem of a bid, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from tomsapp.domain.errors import TomsError
from tomsapp.domain.tender.bid import BID_DECISION, BidDecision, DecisionKind
from tomsapp.gui.records.fact_field import FactField, chosen
from tomsapp.gui.records.placed_editor import Place, PlacedEditor
from tomsapp.gui.records.record_form import RecordForm
from tomsapp.gui.tenders.check_table import KEYS
from tomsapp.gui.widgets.fields import ChoiceField, Field, TextField
from tomsapp.gui.widgets.layouts import holding, in_column
from tomsapp.gui.widgets.text import Text
from tomsapp.services.changes import Done
from tomsapp.services.failures import StoreError
from tomsapp.services.tenders.decisions import check_decision, decide

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tomsapp.domain.history import Stored
    from tomsapp.domain.menu import MenuEdition
    from tomsapp.domain.problems import Problem
    from tomsapp.domain.tender.deciding import BidProblem
    from tomsapp.services.tenders.deciding import OpenCheck
    from tomsapp.services.workspace import Workspace

_DOES = {
    DecisionKind.ASK: "Adds a question to its letter.",
    DecisionKind.ACCEPT: "It stays as it is offered.",
    DecisionKind.LEAVE_OUT: "The line counts nowhere in this bid.",
}
_HINTS = {
    DecisionKind.ACCEPT: "Why it is accepted; the bidder reads it",
    DecisionKind.LEAVE_OUT: "Why it does not count; the bidder reads it",
}
_STAYS = "As it was asked. It stays as it is"
_ASKED = ("asked_on", "due_on")
_ANSWER = ("answer", "answered_on")
_FACTS = ("kind", "line", "question", *_ASKED, *_ANSWER, "reason")
"""In the order of what happens: asked, answered, and then decided for a reason."""


class KindField(Field):
    """What is done: three choices, each with what it does; one that is not possible stays, and says why."""

    def __init__(self, label: str) -> None:
        self._group = QButtonGroup()
        self.buttons: dict[DecisionKind, QRadioButton] = {}
        self._says: dict[DecisionKind, Text] = {}
        rows = []
        for number, kind in enumerate(DecisionKind):
            button, says = QRadioButton(kind.words), Text("", "small", "text_muted", wrap=True)
            button.toggled.connect(self._on_toggled)
            self._group.addButton(button, number)
            self.buttons[kind], self._says[kind] = button, says
            rows += [button, holding(in_column(says, margins=(26, 0, 0, 4)))]
        self._holder: QWidget = holding(in_column(*rows, gap=2))
        self._holder.setFocusProxy(self.buttons[DecisionKind.ASK])
        super().__init__(label, self._holder)
        self.be_possible(lambda _kind: "")

    def be_possible(self, why_not: Callable[[DecisionKind], str]) -> None:
        """Offer what can be decided; `why_not` says why something cannot."""
        for kind, button in self.buttons.items():
            why = why_not(kind)
            button.setEnabled(not why)
            self._says[kind].setText(f"{why}." if why else _DOES[kind])
            button.setAccessibleDescription(self._says[kind].text())

    @property
    def value(self) -> DecisionKind | None:
        """What is chosen, or None."""
        return next((kind for kind, button in self.buttons.items() if button.isChecked()), None)

    def set_value(self, kind: DecisionKind | None) -> None:
        """Choose something, or nothing."""
        self._group.setExclusive(False)
        for each, button in self.buttons.items():
            button.setChecked(each is kind)
        self._group.setExclusive(True)

    def choose(self, kind: DecisionKind) -> bool:
        """Choose as by a click, with the keyboard; False where it is not possible."""
        button = self.buttons[kind]
        button.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if button.isEnabled():
            button.setChecked(True)
        return button.isEnabled()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A, L and Q choose here as they do in the grid."""
        kind = KEYS.get(Qt.Key(event.key())) if not event.modifiers() else None
        if kind is None:
            super().keyPressEvent(event)
        else:
            self.choose(kind)

    def _on_toggled(self, is_on: bool) -> None:
        if is_on:
            self.edited.emit()


def _kind_fact() -> FactField:
    fact = BID_DECISION.fact("kind")
    field = KindField(fact.label)

    def typed() -> str | None:
        return None if field.value is None else field.value.value

    def set_typed(value: Any) -> None:
        field.set_value(DecisionKind(value) if value else None)

    def read() -> DecisionKind:
        if field.value is None:
            raise TomsError("", "Choose what is done about it")
        return field.value

    return FactField(fact, field, typed, set_typed, field.set_value, read)


def _line_fact() -> FactField:
    fact = BID_DECISION.fact("line")
    return chosen(fact, ChoiceField(fact.label, (), "Of the lines that it is about"))


class DecisionFields(RecordForm[BidDecision]):
    """What is asked of a decision: only what belongs to what is chosen."""

    def __init__(self) -> None:
        facts = [BID_DECISION.fact(name) for name in _FACTS]
        super().__init__(BID_DECISION, {"kind": _kind_fact, "line": _line_fact}, facts)
        self.kind_field = cast("KindField", self.field("kind"))
        self.line_field = cast("ChoiceField", self.field("line"))
        self._was_asked = ""
        self.edited.connect(self.show_what_is_asked)

    def show_problem(self, found: BidProblem, edition: MenuEdition) -> None:
        """Offer what can be decided of something that is found."""
        self.kind_field.be_possible(found.why_not)
        names = [(each.key, f"{edition.name_of(each.measure)}, line {each.key}") for each in found.lines]
        self.line_field.set_options(names)

    def show_record(self, record: BidDecision, version: int | None = None) -> None:
        """Show a decision, with its question as the question however it was kept; of a new one nothing is chosen."""
        super().show_record(record.parted, version)
        self._was_asked = record.asked if version is not None else ""
        self.show_what_is_asked()

    def record_of(self, before: BidDecision, values: Mapping[str, Any]) -> BidDecision:
        """The decision with what the fields say, over what they showed."""
        return super().record_of(before.parted, values)

    def take_only_line(self) -> None:
        """Where there is just one line, it is the one."""
        if self.line_field.combo.count() == 1 and self.line_field.value is None:
            self.line_field.set_value(self.line_field.combo.itemData(0))

    def show_what_is_asked(self) -> None:
        """Show the fields that belong to what is chosen."""
        kind = self.kind_field.value
        if kind is DecisionKind.LEAVE_OUT:
            self.take_only_line()
        is_asked = kind is DecisionKind.ASK
        self._show_question(is_asked=is_asked)
        self.field("reason").setVisible(kind is not None and not is_asked)
        self.line_field.setVisible(kind is DecisionKind.LEAVE_OUT)
        # An answer can come once the question is saved; it stays in view with what came of it.
        has_answer = self.version is not None and (is_asked or bool(self.facts["answer"].typed()))
        for name in _ASKED:
            self.field(name).setVisible(is_asked)
        for name in _ANSWER:
            self.field(name).setVisible(has_answer)
        if kind in _HINTS:
            self.field("reason").set_hint(_HINTS[kind])

    def _show_question(self, *, is_asked: bool) -> None:
        """What the bidder was asked stays in view once it is decided, and is not changed any more then."""
        field, made = cast("TextField", self.field("question")), self.facts["question"]
        field.setVisible(is_asked or bool(self._was_asked))
        field.set_read_only(not is_asked)
        field.set_hint(made.fact.hint if is_asked else _STAYS)
        if not is_asked and self._was_asked and made.typed() != self._was_asked:
            made.set_typed(self._was_asked)


class DecisionActions:
    """Checks and saves decisions on what is found, as it was last read."""

    def __init__(self) -> None:
        self.check_shown: OpenCheck | None = None
        self.found: BidProblem | None = None

    def check(self, _workspace: Workspace, record: BidDecision, _number: int | None = None) -> list[Problem]:
        """What must be put right before it is saved."""
        return check_decision(self._known()[1], record)

    def add(self, workspace: Workspace, record: BidDecision) -> Done[Stored[BidDecision]]:
        """Decide it."""
        return decide(workspace, *self._known(), None, record)

    def save(self, workspace: Workspace, before: Stored[BidDecision], record: BidDecision) -> Done[Stored[BidDecision]]:
        """Decide it otherwise, over the state that the user started from."""
        return decide(workspace, *self._known(), before, record)

    def _known(self) -> tuple[OpenCheck, BidProblem]:
        if self.check_shown is None or self.found is None:
            raise StoreError("The problem is not shown any more", "Open the tender again")
        return self.check_shown, self.found


class DecisionEditor(PlacedEditor[BidDecision]):
    """Keeps what is typed of each problem as a draft of its own."""

    met = "decided this"

    def place_of(self, record: BidDecision) -> Place:
        """The bid, its file, and the problem."""
        return record.bid, record.sha256, record.problem
