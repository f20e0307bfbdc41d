"""How a figure came about: insets with sums, then labelled facts with their sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from tomsapp.gui.widgets.actions import INSIDE, add_action
from tomsapp.gui.widgets.buttons import IconButton, web_link
from tomsapp.gui.widgets.edges import LEFT, TOP
from tomsapp.gui.widgets.layouts import STRETCH, holding, in_column, in_grid, in_row
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import Text, hairline

_CLOSED = "Choose any figure to see how it came about"


@dataclass(frozen=True, slots=True)
class SumLine:
    """One sum of an inset, as "2026/27: 1 × £20,202.72 × 50%" with its result; `spoken` is read out."""

    text: str
    result: str
    spoken: str = ""
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Inset:
    """A tinted box of sums, with a title if there are several."""

    lines: tuple[SumLine, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class FactLine:
    """A label with its words, and the web address of its source if there is one."""

    label: str
    text: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that says how one figure came about."""

    title: str
    subtitle: str = ""
    insets: tuple[Inset, ...] = ()
    facts: tuple[FactLine, ...] = ()

    def as_text(self) -> str:
        """The whole as plain text, for the clipboard."""
        lines = [self.title, self.subtitle, ""]
        for inset in self.insets:
            lines += [inset.title] if inset.title else []
            lines += [f"{line.text}\t{line.result}" for line in inset.lines]
        lines += ["", *(f"{fact.label}: {fact.text} {fact.link}".rstrip() for fact in self.facts)]
        return "\n".join(lines)


class ExplanationPanel(QWidget):
    """Shows one `Explanation`; Esc closes it, Ctrl+Shift+C copies it all as text."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown: Explanation | None = None
        self._title = Text("", "h3", wrap=True)
        self._title.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._close = IconButton("x", "Close the explanation", does=self.close_explanation)
        self._hint = Text(_CLOSED, "note", "text_muted", wrap=True)
        self._area = ScrollArea("Explanation", only_down=True)
        head = in_row((self._title, 1), (self._close, TOP))
        in_column(head, (self._hint, TOP), (self._area, 1), inside=self, gap=6)
        add_action(self, "Copy the explanation", "Ctrl+Shift+C", self.copy_all, INSIDE)
        self.close_explanation()

    @property
    def explanation(self) -> Explanation | None:
        """What is shown, or None."""
        return self._shown

    def show_explanation(self, explanation: Explanation, *, take_focus: bool = False) -> None:
        """Show how a figure came about; with `take_focus` the keyboard goes to its title."""
        self._shown = explanation
        self._title.setText(explanation.title)
        self.setAccessibleName(explanation.title)
        self._area.setWidget(self._build_content(explanation))
        self._set_open(True)
        if take_focus:
            self._title.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_explanation(self) -> None:
        """Show only the hint that figures can be chosen."""
        was_open = self._shown is not None
        self._shown = None
        self.setAccessibleName(_CLOSED)
        self._set_open(False)
        if was_open:
            self.closed.emit()

    def copy_all(self) -> None:
        """Copy the whole explanation as text."""
        if self._shown is not None:
            QGuiApplication.clipboard().setText(self._shown.as_text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes an open explanation."""
        if event.key() == Qt.Key.Key_Escape and self._shown is not None:
            self.close_explanation()
        else:
            super().keyPressEvent(event)

    def _set_open(self, is_open: bool) -> None:
        for widget in (self._title, self._close, self._area):
            widget.setVisible(is_open)
        self._hint.setVisible(not is_open)

    def _build_content(self, explanation: Explanation) -> QWidget:
        subtitle = Text(explanation.subtitle, "note", "text_muted", wrap=True, selectable=True)
        parts = subtitle if explanation.subtitle else None, *map(build_inset, explanation.insets)
        facts = self._build_facts(explanation.facts) if explanation.facts else None
        return holding(in_column(*parts, facts, STRETCH, margins=(0, 0, 6, 0), gap=10), "clear")

    def _build_facts(self, facts: Sequence[FactLine]) -> QGridLayout:
        grid = in_grid(gaps=(14, 8), shares=(0, 1))
        for row, fact in enumerate(facts):
            grid.addWidget(Text(fact.label, "note_strong", "text_muted"), row, 0, TOP)
            text = Text(fact.text, "note", wrap=True, selectable=True)
            grid.addLayout(in_column(text, (web_link("See the source", fact.link), LEFT), gap=2), row, 1)
        return grid


def build_inset(inset: Inset) -> QFrame:
    """A tinted box with one line a sum; the total stands under a hairline."""
    box = QFrame()
    box.setProperty("k", "inset")
    grid = QGridLayout(box)
    grid.setContentsMargins(12, 9, 12, 9)
    grid.setVerticalSpacing(5)
    grid.setColumnStretch(0, 1)
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
    if inset.title:
        grid.addWidget(Text(inset.title, "note_strong", "text_muted"), 0, 0, 1, 2)
    for line in inset.lines:
        if line.is_total:
            grid.addWidget(hairline(), grid.rowCount(), 0, 1, 2)
        row = grid.rowCount()
        tone = "text" if line.is_total else "text_muted"
        text = Text(line.text, "note_strong" if line.is_total else "note", tone, wrap=True, selectable=True)
        text.setAccessibleName(line.spoken or f"{line.text} {line.result}")
        grid.addWidget(text, row, 0)
        result = Text(line.result, "strong" if line.is_total else "body", selectable=True)
        grid.addWidget(result, row, 1, right)
    return box
