"""The field of a mark: 5 to 0 below each other, each with what the marking guide says of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QRadioButton, QWidget

from tomsapp.domain.facts import Fact
from tomsapp.domain.tender.question import MARKS
from tomsapp.gui.records.fact_field import FactField
from tomsapp.gui.theme import current_theme, restyle
from tomsapp.gui.widgets.edges import TOP
from tomsapp.gui.widgets.fields import Field
from tomsapp.gui.widgets.layouts import STRETCH, holding, in_column, in_row
from tomsapp.gui.widgets.text import Text

_LEAST, _DIGIT, _ABOVE = 26, 14, 4
"""Px: what a click finds of a mark at least, its digit, and what stands free above its words."""
_NOTHING_SAID = "The marking guide says nothing of it"


class _MarkRow(QFrame):
    """One mark with its words; a click anywhere on it chooses it."""

    def __init__(self, mark: int) -> None:
        super().__init__()
        self.setProperty("k", "mark")
        self.mark = mark
        self.button = QRadioButton(str(mark))
        self.words = Text("", "note", "text_muted", wrap=True)
        told = in_column(_ABOVE, self.words, STRETCH, gap=0)
        in_row((self.button, TOP), (told, 1), inside=self, margins=(8, 4, 10, 5), gap=10)
        self.button.toggled.connect(self._on_toggled)
        current_theme().follow(self._dress)

    def _dress(self) -> None:
        theme = current_theme()
        self.button.setFont(theme.font("h3"))
        self.button.setMinimumSize(theme.px(_LEAST + _DIGIT), theme.px(_LEAST))

    def _on_toggled(self, is_on: bool) -> None:
        restyle(self, "on", "true" if is_on else "false")
        self.words.set_tone("on_selection" if is_on else "text_muted")

    def say(self, words: str) -> None:
        """Say what the guide says of the mark."""
        self.words.setText(words or _NOTHING_SAID)
        self.button.setAccessibleName(f"{self.mark}, {words or _NOTHING_SAID}")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose it."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.button.setFocus(Qt.FocusReason.MouseFocusReason)
            self.button.setChecked(True)
        super().mouseReleaseEvent(event)


class MarkField(Field):
    """One of the marks from 5 to 0, or none yet; the digits choose one while it has the keyboard."""

    def __init__(self, label: str) -> None:
        self.rows = {mark: _MarkRow(mark) for mark in MARKS}
        self._holder = holding(in_column(*self.rows.values(), gap=2))
        self._group = QButtonGroup(self._holder)
        for mark, row in self.rows.items():
            self._group.addButton(row.button, mark)
        super().__init__(label, self._holder)
        self._is_own = False
        self._group.idToggled.connect(self._on_toggled)
        for row in self.rows.values():
            row.button.installEventFilter(self)
        self._point_at()

    def set_guide(self, guide: Mapping[int, str]) -> None:
        """Say what each mark means of the question that is marked."""
        for mark, row in self.rows.items():
            row.say(guide.get(mark, "").strip())

    def set_about(self, words: str) -> None:
        """Say what is marked: "Your mark, Meridian, question 2"."""
        self._holder.setAccessibleName(words)

    @property
    def value(self) -> int | None:
        """The mark that is chosen, or None."""
        mark = self._group.checkedId()
        return mark if mark >= 0 else None

    def set_value(self, mark: int | None) -> None:
        """Choose a mark or none, without telling."""
        self._is_own = True
        if mark is None:
            self._group.setExclusive(False)
            for row in self.rows.values():
                row.button.setChecked(False)
            self._group.setExclusive(True)
        elif mark in self.rows:
            self.rows[mark].button.setChecked(True)
        self._is_own = False
        self._point_at()

    def choose(self, mark: int) -> None:
        """Choose a mark as somebody who types its digit."""
        self.rows[mark].button.setChecked(True)

    def _on_toggled(self, _mark: int, is_on: bool) -> None:
        if is_on:
            self._point_at()
            if not self._is_own:
                self.edited.emit()

    def _point_at(self) -> None:
        """Have the keyboard come to the mark that is chosen, else to the best."""
        mark = self.value
        button: QWidget = self.rows[MARKS[0] if mark is None else mark].button
        self._holder.setFocusProxy(button)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Choose a mark by its digit."""
        if event.type() == QEvent.Type.KeyPress and isinstance(watched, QRadioButton):
            mark = digit_of(event)
            if mark is not None:
                self.choose(mark)
                self.rows[mark].button.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return True
        return super().eventFilter(watched, event)


def digit_of(event: QEvent) -> int | None:
    """The mark whose digit was typed, or None."""
    text = getattr(event, "text", str)()
    modifiers = getattr(event, "modifiers", lambda: Qt.KeyboardModifier.NoModifier)()
    plain = modifiers in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
    return int(text) if plain and len(text) == 1 and text in "012345" else None


def mark_fact_field(fact: Fact) -> FactField:
    """The field of the fact of a mark."""
    field = MarkField(fact.label)

    def typed() -> str:
        return "" if field.value is None else str(field.value)

    def set_typed(text: Any) -> None:
        field.set_value(int(text) if str(text) in {str(mark) for mark in MARKS} else None)

    def show(mark: Any) -> None:
        set_typed("" if mark is None else mark)

    return FactField(fact, field, typed, set_typed, show, lambda: fact.read(typed()))
