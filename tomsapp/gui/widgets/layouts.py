"""Layouts told in one call: what stands in them, in which order, and how far apart."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntFlag
from typing import TYPE_CHECKING, TypeVar, Union, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from tomsapp.gui.widgets.stack import Stack

if TYPE_CHECKING:
    from PySide6.QtCore import Qt

NO_MARGINS = (0, 0, 0, 0)
DIALOG_MARGINS = (24, 20, 24, 16)
BESIDE_BAR = 12
"""Room between fields and the bar that scrolls them."""

Part = QWidget | QLayout | int | None | tuple[QWidget | QLayout | None, Union[int, "Qt.AlignmentFlag"]]
"""What stands in a layout: a widget, another layout, or so many px of nothing; None is passed over.

In a pair, the number says what share of the room that is left it takes, an alignment of `widgets.edges` at which edge
it stands; None with a number is room alone.
"""
STRETCH: Part = (None, 1)
"""Room that takes what is left."""
_Box = TypeVar("_Box", bound=QBoxLayout)


def in_column(
    *parts: Part, inside: QWidget | None = None, margins: tuple[int, int, int, int] = NO_MARGINS, gap: int | None = None
) -> QVBoxLayout:
    """Parts below each other, `gap` px apart; `inside` is the widget whose layout it becomes."""
    return _filled(QVBoxLayout(), parts, inside, margins, gap)


def in_row(
    *parts: Part, inside: QWidget | None = None, margins: tuple[int, int, int, int] = NO_MARGINS, gap: int | None = None
) -> QHBoxLayout:
    """Parts side by side, `gap` px apart; `inside` is the widget whose layout it becomes."""
    return _filled(QHBoxLayout(), parts, inside, margins, gap)


def in_grid(
    *,
    inside: QWidget | None = None,
    margins: tuple[int, int, int, int] = NO_MARGINS,
    gaps: tuple[int, int],
    shares: Sequence[int] = (),
) -> QGridLayout:
    """An empty grid, its cells `gaps` px apart sideways and downwards.

    `shares` say what part of the room that is left each column takes; `inside` is the widget whose layout it becomes.
    """
    grid = QGridLayout()
    if inside is not None:
        inside.setLayout(grid)
    grid.setContentsMargins(*margins)
    grid.setHorizontalSpacing(gaps[0])
    grid.setVerticalSpacing(gaps[1])
    for column, share in enumerate(shares):
        grid.setColumnStretch(column, share)
    return grid


def holding(layout: QLayout, kind: str = "") -> QWidget:
    """A widget that holds a layout and is nothing beside; `kind` is what the style sheet calls it."""
    widget = QWidget()
    if kind:
        widget.setProperty("k", kind)
    widget.setLayout(layout)
    return widget


def framed(layout: QLayout, kind: str) -> QFrame:
    """A frame that holds a layout; `kind` is what the style sheet calls it, which gives it ground and edges."""
    frame = QFrame()
    frame.setProperty("k", kind)
    frame.setLayout(layout)
    return frame


def stack_of(*widgets: QWidget) -> Stack:
    """Widgets of which one is shown, the first at the beginning."""
    made = Stack()
    for widget in widgets:
        made.addWidget(widget)
    return made


def _filled(
    box: _Box, parts: tuple[Part, ...], inside: QWidget | None, margins: tuple[int, int, int, int], gap: int | None
) -> _Box:
    if inside is not None:
        inside.setLayout(box)
    box.setContentsMargins(*margins)
    if gap is not None:
        box.setSpacing(gap)
    for part in parts:
        add_part(box, part)
    return box


def add_part(box: QBoxLayout, part: Part) -> None:
    """Add one more part at the end."""
    what, how = part if isinstance(part, tuple) else (part, 0)
    edge, share = (cast("Qt.AlignmentFlag", how), 0) if isinstance(how, IntFlag) else (None, how)
    if isinstance(what, QWidget):
        box.addWidget(what, share)
        if edge is not None:
            box.setAlignment(what, edge)
    elif isinstance(what, QLayout):
        box.addLayout(what, share)
        if edge is not None:
            box.setAlignment(what, edge)
    elif isinstance(what, int):
        box.addSpacing(what)
    elif share:
        box.addStretch(share)


def laid_out(layout: QLayout) -> list[QWidget]:
    """The widgets of a layout and of those in it, in their order.

    A layout is never asked for its item at a place: what stands for that item in Python outlives it, and is taken for
    whatever comes to stand at its address later, which ends the program.
    """
    owner = layout.parentWidget()
    around: list[QObject] = [*(owner.children() if owner is not None else ()), *layout.children()]
    placed: list[tuple[int, QWidget | QLayout]] = []
    for part in around:
        place = layout.indexOf(part) if isinstance(part, (QWidget, QLayout)) else -1
        if place >= 0 and isinstance(part, (QWidget, QLayout)):
            placed.append((place, part))
    found: list[QWidget] = []
    for _, part in sorted(placed, key=lambda one: one[0]):
        found += laid_out(part) if isinstance(part, QLayout) else [part]
    return found


def empty_layout(layout: QLayout) -> None:
    """Take every widget out of a layout."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
