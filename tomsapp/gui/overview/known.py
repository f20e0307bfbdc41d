"""What the Overview holds and what must be known of it: how much passes the filters, in which groups, and caveats."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.buttons import LinkButton
from tomsapp.gui.widgets.flow import ChipFlow
from tomsapp.gui.widgets.layouts import in_column
from tomsapp.gui.widgets.text import Text
from tomsapp.services.overview_words import counts_in_words, totals_in_words

if TYPE_CHECKING:
    from tomsapp.services.overview_types import OverviewFigures, PortfolioNote


class Known(QWidget):
    """Sentences, and below them a link for each note that leads to its contracts."""

    note_chosen = Signal(object)
    """The `PortfolioNote` whose contracts are wanted."""

    def __init__(self) -> None:
        super().__init__()
        self.totals = Text("", "note", "text_muted", wrap=True, selectable=True)
        self.notes = ChipFlow((), QWidget())
        self.links: tuple[LinkButton, ...] = ()
        self._shown: tuple[PortfolioNote, ...] = ()
        self._counts = ""
        in_column(self.totals, self.notes, inside=self, gap=4)

    def show_figures(self, figures: OverviewFigures) -> None:
        """Say other figures; links that say the same stay."""
        portfolio = figures.portfolio
        counts = counts_in_words(portfolio)
        self.totals.setText(" ".join(filter(None, (f"{counts}.", totals_in_words(portfolio)))))
        if counts != self._counts:
            self._counts = counts
            announce(self, counts)
        if figures.notes == self._shown:
            return
        self._shown = figures.notes
        self.links = tuple(LinkButton(note.words, role="note") for note in figures.notes)
        for link, note in zip(self.links, figures.notes, strict=True):
            link.setAccessibleName(f"{note.words}. See the contracts")
            link.clicked.connect(partial(self.note_chosen.emit, note))
        self.notes.set_widgets(self.links)
        self.notes.setVisible(bool(self.links))
