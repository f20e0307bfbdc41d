"""The details of one line: place, share, statement, cost, and the promise per pound of a framework contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from tomsapp.domain.area import Area
from tomsapp.domain.commitment import COMMITMENT, OUTSIDE_AREA, WHOLE_AREA, Commitment, Rate
from tomsapp.domain.contract import ContractKind
from tomsapp.domain.history import Stored
from tomsapp.domain.menu import Measure
from tomsapp.domain.units import Unit
from tomsapp.gui.records.fact_field import chosen, written
from tomsapp.gui.records.form_keeper import KEPT, FormKeeper
from tomsapp.gui.records.record_form import RecordForm
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.buttons import Button, LinkButton
from tomsapp.gui.widgets.fields import GUTTER, ChoiceField, TextField
from tomsapp.gui.widgets.layouts import STRETCH, holding, in_column, in_row
from tomsapp.gui.widgets.problems import Notice
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import Text

_RATE = ("rate_quantity", "rate_per_pounds")
_LOCKED = "It is signed as it stands here. What is to change is a variation of the contract."
_NAMES = ("place", "contract_share", "statement", "cost")


class DetailsFields(RecordForm[Commitment]):
    """The facts of a line that are no quantities; its promise per pound has two fields."""

    def __init__(self) -> None:
        place, statement = COMMITMENT.fact("place"), COMMITMENT.fact("statement")
        self.place = ChoiceField(place.label, hint=place.hint)
        own = {
            "place": lambda: chosen(place, self.place),
            "statement": lambda: written(statement, TextField(statement.label, statement.hint, lines=5)),
        }
        facts = [COMMITMENT.fact(name) for name in _NAMES]
        promise = replace(COMMITMENT.beside[0], label=COMMITMENT.fact("rate").label)
        super().__init__(COMMITMENT, own, [*facts, promise, *COMMITMENT.beside[1:]])

    def ask_for_rate(self, *, is_asked: bool) -> None:
        """Ask for a promise per pound, or not."""
        for name in _RATE:
            self.field(name).setVisible(is_asked)

    def set_locked(self, *, is_locked: bool) -> None:
        """Let everything be read and copied and nothing be typed, or let it be typed."""
        for field in self.fields:
            if isinstance(field.control, (QLineEdit, QPlainTextEdit)):
                field.control.setReadOnly(is_locked)
            else:
                field.setEnabled(not is_locked)

    def value_of(self, record: Commitment, name: str) -> Any:
        """A fact, or a part of the promise per pound."""
        if name in _RATE:
            quantity, pounds = _rate_of(record)
            return quantity if name == _RATE[0] else pounds
        return super().value_of(record, name)

    def record_of(self, before: Commitment, values: Mapping[str, Any]) -> Commitment:
        """The line as the fields say."""
        given = dict(values)
        quantity, pounds = (given.pop(name, was) for name, was in zip(_RATE, _rate_of(before), strict=True))
        rate = None if quantity is None or pounds is None else Rate(quantity, pounds)
        return self.kind.with_values(before, {**given, "rate": rate})

    def check(self, name: str) -> Any:
        """The value of a fact; a promise per pound needs both its numbers, above zero."""
        value = super().check(name)
        is_rate = name in _RATE and any(self.facts[each].typed() for each in _RATE)
        if is_rate and not value and not self.field(name).error:
            self.field(name).set_error("It is not above zero. Enter for example 2 for every 1000000.00 pounds")
            return None
        return value


class DetailsForm(QWidget):
    """Edits the details of a line; what was changed is kept as a draft until it is saved or discarded."""

    saved = Signal(object, object)
    """A commitment as it was shown, `Stored`, and as it should be."""
    clashed = Signal(object, object)
    """The same two, where somebody changed the same facts meanwhile."""
    closed = Signal()
    full_time_wanted = Signal()
    """The quantity is to be worked out from people, hours and weeks."""
    award_wanted = Signal()
    """The tender is to be shown from whose award the line comes."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._is_locked = False
        self._title = Text("Line details", "h3", wrap=True)
        self._subtitle = Text("", "note", "text_muted", wrap=True)
        self._kept = Text(KEPT, "note", "text_muted", wrap=True)
        self._kept.setContentsMargins(GUTTER, 0, 0, 0)
        self.note = Notice()
        self.locked = Text(_LOCKED, "note", "text_muted", wrap=True)
        self.locked.hide()
        self.fields = DetailsFields()
        self.keeper = FormKeeper(session, self.fields)
        self.origin = Text("", "note", "text_muted", wrap=True, selectable=True)
        self.to_award = LinkButton("Show the tender", role="note", does=self.award_wanted)
        self.full_time = LinkButton("Work out full-time years…", role="note", does=self.full_time_wanted)
        self.save_button = Button("Save details", "primary", does=self.save)
        self.discard_button = Button("Discard changes", does=self.discard)
        self.close_button = Button("Close", does=self.closed)
        self._build()

    def _build(self) -> None:
        counted = holding(in_row(self.full_time, STRETCH, margins=(GUTTER, 0, 0, 0)))
        parts = in_column(self.note, counted, self.fields, self._kept, STRETCH, margins=(0, 0, 8, 0), gap=12)
        area = ScrollArea("Details", holding(parts), only_down=True)
        buttons = self.save_button, self.discard_button, self.close_button
        foot = in_row(*buttons, STRETCH, margins=(GUTTER, 0, 0, 0), gap=8)
        self._origin = holding(in_column(self.origin, in_row(self.to_award, STRETCH), gap=2))
        self._origin.hide()
        in_column(self._title, self._subtitle, self.locked, self._origin, (area, 1), foot, inside=self, gap=8)
        self.fields.edited.connect(self._say_state)
        self.fields.save_wanted.connect(self.save)
        self.keeper.shown.connect(self._say_state)
        self.keeper.told.connect(self.note.say)

    # Showing

    def show_line(
        self,
        stored: Stored[Commitment],
        measure: Measure | None,
        kind: ContractKind,
        area: Area | None,
        *,
        is_locked: bool = False,
    ) -> None:
        """Show the details of a line, or what is new in the one that is shown; to be read alone once it is signed."""
        line = stored.record
        name = measure.full_name if measure else line.measure
        self._subtitle.setText(name)
        self.setAccessibleName(f"Details of {name}")
        self.keeper.flush()
        self._set_locked(is_locked=is_locked)
        self.full_time.setVisible(not is_locked and measure is not None and measure.unit is Unit.FTE_YEARS)
        self.fields.place.set_options(places_of(line, area))
        self.fields.ask_for_rate(is_asked=kind is ContractKind.FRAMEWORK or line.rate is not None)
        self.save_button.setEnabled(True)
        self.keeper.show_record(stored)

    def _set_locked(self, *, is_locked: bool) -> None:
        self.fields.set_locked(is_locked=is_locked)
        self.locked.setVisible(is_locked)
        self.close_button.setVisible(is_locked)
        for button in (self.save_button, self.discard_button):
            button.setVisible(not is_locked)
        self._is_locked = is_locked

    def show_origin(self, words: str) -> None:
        """Say from whose offer the line came, with the way to the tender; nothing where it came from none."""
        self.origin.setText(words)
        self._origin.setVisible(bool(words))

    def show_removed(self) -> None:
        """Say that somebody removed the line; what was typed can still be copied."""
        self.save_button.setEnabled(False)
        self.note.say("Somebody removed this commitment. What you typed is still here, so that you can copy it.")

    @property
    def line_id(self) -> int | None:
        """Number of the commitment that is shown, or None."""
        return self.keeper.record_id

    def focus_field(self, name: str) -> None:
        """Move the keyboard to a field."""
        self.fields.focus_field({"rate": _RATE[0]}.get(name, name) if name in (*_NAMES, "rate") else "place")

    def _say_state(self) -> None:
        self._kept.setVisible(self.keeper.is_changed)

    # Saving

    def save(self) -> None:
        """Hand on the line, or show what must be put right."""
        before = self.keeper.before
        if before is None or self._is_locked:
            return
        line = self.fields.read(before.record)
        if line is None:
            self.fields.focus_first_problem()
            return
        if self.fields.clashes:
            self.clashed.emit(before, line)
        else:
            self.hand_on(before, line)

    def hand_on(self, before: Stored[Commitment], line: Commitment) -> None:
        """Let go of the line: it is saved as it is given here."""
        self.keeper.forget_draft()
        self.keeper.close()
        self.saved.emit(before, line)

    def discard(self) -> None:
        """Forget what was typed and close."""
        self.keeper.discard()
        self.keeper.close()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the form and keeps the draft."""
        if event.key() == Qt.Key.Key_Escape:
            self.keeper.close()
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def _rate_of(line: Commitment) -> tuple[Any, Any]:
    return (line.rate.quantity, line.rate.per_pounds) if line.rate else (None, None)


def places_of(line: Commitment, area: Area | None) -> Sequence[tuple[object, str]]:
    """Where a line can be delivered: the wards of the area, the whole of it, or elsewhere."""
    wards = [(ward.code, ward.name) for ward in area.wards] if area else []
    known = {WHOLE_AREA, OUTSIDE_AREA, *(code for code, _ in wards)}
    own = [] if line.place in known else [(line.place, line.place)]
    return [(WHOLE_AREA, "Whole borough"), *wards, (OUTSIDE_AREA, "Outside the borough"), *own]
