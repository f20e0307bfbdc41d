"""Reads prices and quality points of bids from a sheet: what its dialog shows, and what opens it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from tomsapp.domain.tender.bid import Bid
from tomsapp.domain.wording import format_quantity
from tomsapp.gui.file_dialogs import FileUse
from tomsapp.gui.models.column import Column, number_column, pounds_column
from tomsapp.gui.session import Session
from tomsapp.gui.tenders.sheet_asker import SheetAsker
from tomsapp.gui.tenders.sheet_dialog import SheetTask
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.problems import Notice
from tomsapp.services.tenders.reading import OpenTender
from tomsapp.services.tenders.scores_table import SCORES, MatchedScore, ScoresRow, ScoreUse, match_scores, take_scores


def _lot(each: MatchedScore) -> str:
    return "" if each.row.lot is None else str(each.row.lot)


def _quality(each: MatchedScore) -> str:
    return "" if each.row.quality is None else format_quantity(each.row.quality)


_COLUMNS: tuple[Column[MatchedScore], ...] = (
    Column("bidder", "Bidder", lambda each: each.row.bidder, width=186),
    number_column("lot", "Lot", _lot, lambda each: each.row.lot, 50),
    pounds_column("price", "Price", lambda each: each.row.price, 114),
    number_column("quality", "Quality", _quality, lambda each: each.row.quality, 76),
)


def scores_task(opened: OpenTender) -> SheetTask[ScoreUse, ScoresRow, Bid]:
    """Prices and quality points of the bids of a tender."""
    return SheetTask(
        SCORES,
        "Prices and quality",
        "sheet",
        _COLUMNS,
        "The column of the bidder is needed, and that of the price or of the quality points.",
        "row",
        "rows",
        lambda workspace, sheet, columns: match_scores(workspace, opened, sheet, columns),
        lambda workspace, sheet, columns, matched: take_scores(workspace, opened, sheet, columns, matched),
    )


class ScoresReader(SheetAsker):
    """The button and the command that ask for a sheet; `opened` gives the tender while its bids can be changed."""

    def __init__(self, session: Session, parent: QWidget, opened: Callable[[], OpenTender | None]) -> None:
        super().__init__(session, FileUse.IMPORT, parent)
        self._opened = opened
        self.button = Button("Prices and quality from a sheet…", icon_name="table-2", does=self.choose)
        self.button.setToolTip("Look at the rows of a CSV file or a workbook, and take them over together")
        self.button.hide()
        self.action = QAction("Prices and quality from a sheet…", self)
        self.action.triggered.connect(self.choose)
        self.notice = Notice()
        self.refused.connect(self._say)

    def show_state(self) -> None:
        """Offer it while bids can be changed."""
        can_read = self._opened() is not None
        self.action.setEnabled(can_read)
        self.button.setVisible(can_read)
        if not can_read:
            self.notice.say("")

    def choose(self) -> None:
        """Ask for a sheet, and show its rows beside the bids."""
        opened = self._opened()
        if opened is not None:
            self.ask(scores_task(opened))

    def _say(self, words: str) -> None:
        self.notice.say(words)
        if words:
            announce(self.button, words)
