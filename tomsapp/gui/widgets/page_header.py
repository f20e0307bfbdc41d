"""The head of a page: crumbs, heading, state, actions, facts and tabs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from tomsapp.gui.named import set_named
from tomsapp.gui.theme import current_theme
from tomsapp.gui.tokens import PAGE_MARGIN
from tomsapp.gui.widgets.buttons import Button, ElidedButton
from tomsapp.gui.widgets.layouts import STRETCH, Part, empty_layout, holding, in_column, in_row, laid_out
from tomsapp.gui.widgets.text import Badge, ElidedText, Text

_LEAST_HEADING = 120
_NEVER_CUT, _SHORT = 28, 12
"""Letters of a fact that always has its room: an amount, a day or a length, which have digits; and a short name."""


class Crumbs(QWidget):
    """The way to this page; every step but the last is a button."""

    chosen = Signal(object)
    """Key of the step that the user chose."""

    def __init__(self) -> None:
        super().__init__()
        self._row = in_row(inside=self, gap=6)
        self.setAccessibleName("Way to this page")
        self.hide()

    def set_steps(self, steps: Sequence[tuple[object, str]]) -> None:
        """Show the steps, (key, words) each; the last is where we are."""
        empty_layout(self._row)
        for place, (key, words) in enumerate(steps):
            if place == len(steps) - 1:
                self._row.addWidget(Text(words, "small", "text_muted"))
                continue
            step = Button(words, "crumb", role="small")
            step.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))
            self._row.addWidget(step)
            self._row.addWidget(Text("›", "small", "text_muted"))
        self._row.addStretch(1)
        self.setVisible(bool(steps))


class Fact(NamedTuple):
    """A caption with its value; a fact with a key is a link, and one that `gives_way` is told elsewhere too."""

    caption: str
    value: str
    key: str | None = None
    gives_way: bool = False


class FactsStrip(QWidget):
    """Facts side by side: caption above value. Where not all are whole, one that gives way goes."""

    chosen = Signal(object)
    """Key of the fact that the user chose."""

    def __init__(self, spacing: int = 26) -> None:
        super().__init__()
        self._row = in_row(inside=self, gap=spacing)
        self._giving_way: list[QWidget] = []
        self.hide()

    def set_facts(self, facts: Sequence[Fact]) -> None:
        """Show other facts."""
        from tomsapp.gui.widgets.edges import TOP

        empty_layout(self._row)
        self._giving_way = []
        for fact in facts:
            made = self._build_fact(fact)
            if fact.gives_way:
                self._giving_way.append(made)
            self._row.addWidget(made, 0, TOP)
        self._row.addStretch(1)
        self.setVisible(bool(facts))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See anew which facts there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if not self._giving_way:
            return
        shown = [made for made in laid_out(self._row) if made not in self._giving_way]
        wanted = [made.sizeHint().width() for made in (*shown, *self._giving_way)]
        are_whole = sum(wanted) + self._row.spacing() * len(wanted) <= self.width()
        for made in self._giving_way:
            made.setVisible(are_whole)

    def _build_fact(self, fact: Fact) -> QWidget:
        value: Part = Text(fact.value, "strong")
        if fact.key is not None:
            kind = ElidedButton if _can_be_cut(fact.value) else Button
            link = kind(fact.value, "plain", role="body", does=lambda: self.chosen.emit(fact.key))
            link.setAccessibleName(f"{fact.caption}: {fact.value}")
            value = in_row(link, STRETCH)
        elif _can_be_cut(fact.value):
            value = ElidedText(fact.value, "strong")
            value.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        return holding(in_column(Text(fact.caption, "small", "text_muted"), value, gap=1))


def _can_be_cut(value: str) -> bool:
    """Whether a value is a name, which ends in dots where there is no room, with the whole in its tooltip."""
    return len(value) > (_NEVER_CUT if any(sign.isdigit() for sign in value) else _SHORT)


class Heading(ElidedText):
    """The one H1 of a page; it takes the keyboard when the page is opened."""

    def __init__(self, title: str) -> None:
        super().__init__(title, "h1")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        set_named(self, focusPolicy="ClickFocus")
        self.setProperty("draws_own_ring", True)

    def minimumSizeHint(self) -> QSize:
        """All of a short heading; of a long one enough to know it again."""
        width = min(self.sizeHint().width(), current_theme().px(_LEAST_HEADING))
        return QSize(width, super().minimumSizeHint().height())

    @property
    def title(self) -> str:
        """The whole heading, also where there is no room for it."""
        return self.whole

    def set_title(self, title: str) -> None:
        """Show another heading, cut to the room there is."""
        self.setText(title)
        self.updateGeometry()


class PageHeader(QFrame):
    """Crumbs, heading with its state, actions at the right, facts, then tabs with their own actions."""

    def __init__(self, title: str, *, on_surface: bool = False) -> None:
        super().__init__()
        self.setProperty("k", "header" if on_surface else "canvas")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.crumbs = Crumbs()
        self.heading = Heading(title)
        self.facts = FactsStrip()
        self.badge: Badge | None = None
        self._gap = QWidget()
        self._title_row = in_row(self.heading, (self._gap, 1), gap=10)
        self._tab_row = in_row(gap=8)
        parts = self.crumbs, self._title_row, self.facts, self._tab_row
        self._column = in_column(*parts, inside=self, margins=(PAGE_MARGIN, 12, PAGE_MARGIN, 10), gap=4)

    @property
    def title(self) -> str:
        """Words of the heading."""
        return self.heading.title

    def set_title(self, title: str) -> None:
        """Change the heading."""
        self.heading.set_title(title)

    def set_badge(self, text: str | None, tone: str = "info") -> None:
        """Show a state beside the heading, or none."""
        if self.badge is None:
            self.badge = Badge("", tone)
            self._title_row.insertWidget(1, self.badge)
        self.badge.setVisible(bool(text))
        self.badge.set_state(text or "", tone)

    def add_beside_title(self, widget: QWidget) -> None:
        """Add a control right after the heading."""
        self._title_row.insertWidget(self._title_row.indexOf(self._gap), widget)

    def add_action(self, widget: QWidget) -> None:
        """Add a button at the right; at most one of a page is primary."""
        self._title_row.addWidget(widget)

    def set_tabs(self, tabs: QWidget, *actions: QWidget) -> None:
        """Show tabs, and at the right what belongs to them; the tabs stand on the header's lower edge."""
        from tomsapp.gui.widgets.edges import BOTTOM

        self._column.setContentsMargins(PAGE_MARGIN, 12, PAGE_MARGIN, 0)
        self._tab_row.setContentsMargins(0, 4, 0, 0)
        self._tab_row.addWidget(tabs, 1, BOTTOM)
        if actions:
            self._tab_row.addLayout(in_row(*actions, margins=(0, 0, 0, 6), gap=8))
