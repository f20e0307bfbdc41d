"""Facts of a card side by side, which go on below where there is no room, so that none is cut."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QSizePolicy, QWidget

from tomsapp.gui.widgets.flow import ChipFlow
from tomsapp.gui.widgets.layouts import holding, in_column
from tomsapp.gui.widgets.page_header import Fact
from tomsapp.gui.widgets.text import ElidedText, Text

_APART = 18


class FactsFlow(ChipFlow):
    """Caption above value; a value that is wider than the card ends in dots, and stands whole in its tooltip."""

    def __init__(self) -> None:
        super().__init__([], QWidget())

    def set_facts(self, facts: Sequence[Fact]) -> None:
        """Show other facts."""
        self.set_widgets([_fact(each) for each in facts])


def _fact(fact: Fact) -> QWidget:
    value = ElidedText(fact.value, "strong")
    value.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    return holding(in_column(Text(fact.caption, "small", "text_muted"), value, margins=(0, 0, _APART, 0), gap=1))
