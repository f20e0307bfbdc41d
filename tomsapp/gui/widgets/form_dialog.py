"""A dialog that asks for something: its heading, the fields below each other, and the buttons at its foot."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QLayout, QWidget

from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.dialog_parts import fit_to_fields
from tomsapp.gui.widgets.fields import GUTTER, Field
from tomsapp.gui.widgets.layouts import BESIDE_BAR, DIALOG_MARGINS, STRETCH, Part, holding, in_column, in_row
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import Text

_LEFT, _TOP, _RIGHT, _BOTTOM = DIALOG_MARGINS
HANGING_MARGINS = (_LEFT - GUTTER, _TOP, _RIGHT, _BOTTOM)
"""Margins of a dialog with fields: the bar of a field with a problem stands in the margin, and the field in line."""
SCROLLED_MARGINS = (_LEFT - GUTTER, _TOP, _RIGHT - BESIDE_BAR, _BOTTOM)
"""The same where the fields scroll: the bar that scrolls them stands in the margin too."""


class FormDialog(QDialog):
    """What is asked scrolls where the screen is lower; heading, words, fields and buttons stand in one line."""

    def build(self, title: str, name: str, asked: Sequence[Part], foot: Part, width: int = 480) -> None:
        """Put in a heading, what is asked (called `name` where it scrolls) and the foot, `width` px wide at 100 %."""
        self._width = width
        self._fields = holding(in_column(*in_line(*asked), STRETCH, margins=(0, 0, BESIDE_BAR, 0), gap=12))
        self._area = ScrollArea(name, self._fields, only_down=True)
        heading = inset(Text(title, "h2", wrap=True), BESIDE_BAR)
        in_column(heading, (self._area, 1), inset(foot, BESIDE_BAR), inside=self, margins=SCROLLED_MARGINS, gap=12)

    def begin(self) -> None:
        """Give the keyboard to the field in which typing begins."""
        raise NotImplementedError

    def showEvent(self, event: QShowEvent) -> None:
        """Take the height that the fields need and begin in one of them, now that the area holds them."""
        super().showEvent(event)
        self.begin()
        fit_to_fields(self, current_theme().px(self._width), self._area, self._fields)


def in_line(*parts: Part) -> list[Part]:
    """Parts of a dialog, with those that are no fields set in so that they begin where the fields do.

    A layout holds none, as it does not know its widgets yet: fields side by side are handed over in a widget.
    """
    return [part if _holds_fields(part) else inset(part) for part in parts]


def _holds_fields(part: Part) -> bool:
    """Whether a part begins with the gutter of fields."""
    what = part[0] if isinstance(part, tuple) else part
    return isinstance(what, Field) or (isinstance(what, QWidget) and what.findChild(Field) is not None)


def inset(part: Part, right: int = 0) -> Part:
    """A part that begins `GUTTER` px further in, and ends `right` px before the edge."""
    what, how = part if isinstance(part, tuple) else (part, 0)
    if not isinstance(what, (QWidget, QLayout)):
        return part
    placed = in_row((what, 1), margins=(GUTTER, 0, right, 0))
    return (placed, how) if isinstance(part, tuple) else placed
