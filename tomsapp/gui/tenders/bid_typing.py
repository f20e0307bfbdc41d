"""Prices and quality points of bids as they are typed or pasted: saved at once, or held with what is wrong."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tomsapp.domain.errors import TomsError
from tomsapp.domain.money import MOST_DECIMALS
from tomsapp.domain.problems import Severity
from tomsapp.domain.typed import read_in_form
from tomsapp.domain.units import UnitForm
from tomsapp.services.failures import EditConflict
from tomsapp.services.tenders.bids import bid_problems, save_bids
from tomsapp.services.typed_quantities import HeldText, held_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tomsapp.domain.history import Stored
    from tomsapp.domain.tender.bid import Bid
    from tomsapp.domain.tender.tender import Tender
    from tomsapp.gui.session import Session
    from tomsapp.services.changes import Done
    from tomsapp.services.tenders.evaluating import OpenEvaluation
    from tomsapp.services.workspace import Workspace

Typed = tuple[str, str, str]
"""The key of a bid, "price" or "quality", and what was typed."""
_POUND_PLACES = 2
_TYPE_AGAIN = "It was read again: enter yours once more to replace it, or leave the cell as it was saved with Delete"


def read_typed(tender: Tender, bid: Bid, what: str, text: str) -> Bid:
    """A bid with the price or the quality that was typed; blank takes it out.

    Raises:
        TomsError: it is no number, or none that the bid can have.
    """
    form, places = (UnitForm.POUNDS, _POUND_PLACES) if what == "price" else (UnitForm.NUMBER, MOST_DECIMALS)
    number: Decimal | None = read_in_form(text, form, places)
    changed = replace(bid, price=number) if what == "price" else replace(bid, quality=number)
    for problem in bid_problems(tender, changed):
        if problem.severity is Severity.ERROR and problem.where.field == what:
            raise TomsError(problem.message, problem.fix)
    return changed


class BidTyping(QObject):
    """Takes what is typed of the bids of an evaluation; one edit for each cell, or for all that is pasted at once."""

    changed = Signal()
    """What is held is something else now."""
    refused = Signal()
    """Somebody else was first, so the tender is to be read again."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._evaluation: OpenEvaluation | None = None
        self.held: dict[tuple[str, str], HeldText] = {}

    def show_evaluation(self, evaluation: OpenEvaluation | None) -> None:
        """Turn to another reading; what is held stays as long as its bid is there."""
        self._evaluation = evaluation
        keys = {bid.key for bid in evaluation.bids} if evaluation is not None else set()
        self.held = {cell: text for cell, text in self.held.items() if cell[0] in keys}

    def held_words(self, keys: Iterable[str]) -> str:
        """What is held of some bids and why, a line for each: "Calder, quality “41”: The quality is over 40. …"."""
        evaluation, wanted = self._evaluation, set(keys)
        names = {bid.key: bid.supplier for bid in evaluation.bids} if evaluation is not None else {}
        lines = (
            f"{names[key]}, {what} “{held.text}”: {held.message}. {held.fix}."
            for (key, what), held in self.held.items()
            if key in wanted and key in names
        )
        return "\n".join(lines)

    def let_go(self, key: str, what: str) -> None:
        """Show again what is saved in place of what is held."""
        if self.held.pop((key, what), None) is not None:
            self.changed.emit()

    def take(self, typed: Iterable[Typed]) -> None:
        """Save what can be saved, in one edit, and hold the rest."""
        evaluation = self._evaluation
        if evaluation is None:
            return
        bids: dict[str, Stored[Bid]] = {bid.key: bid.stored for bid in evaluation.bids}
        changed: dict[str, Bid] = {}
        given = tuple(typed)
        for key, what, text in given:
            try:
                changed[key] = read_typed(evaluation.opened.tender, changed.get(key, bids[key].record), what, text)
            except TomsError as error:
                self.held[key, what] = held_text(text, error)
            else:
                self.held.pop((key, what), None)
        self.changed.emit()
        pairs = [(bids[key], bid) for key, bid in changed.items() if bid != bids[key].record]
        if pairs:
            opened = evaluation.opened

            def save(workspace: Workspace, _progress: object) -> Done[tuple[Stored[Bid], ...]]:
                return save_bids(workspace, opened, pairs)

            self._session.act(save).failure(lambda error: self._on_refused(error, given)).start()

    def _on_refused(self, error: Exception, typed: Iterable[Typed]) -> None:
        """Where somebody else was first, what was typed stays beside what they saved; else the window says why."""
        if isinstance(error, EditConflict):
            for key, what, text in typed:
                self.held[key, what] = HeldText(text, error.message, _TYPE_AGAIN)
            self.changed.emit()
        else:
            self._session.jobs.failed.emit(error)
        self.refused.emit()
