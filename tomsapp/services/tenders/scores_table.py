"""Prices and quality points from a sheet: each row is put beside the bid that it fits, then all are saved together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from tomsapp.domain.alike import alike
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.tenders.scores_table import ScoreUse, find_scores, read_scores
from tomsapp.services.offers import read_bytes
from tomsapp.services.strangers import open_any_table
from tomsapp.services.tenders.bids import bid_problems, save_bids

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from tomsapp.domain.history import Stored
    from tomsapp.domain.tender.bid import Bid
    from tomsapp.exchange.grid import Grid
    from tomsapp.exchange.tenders.scores_table import ScoresHead, ScoresRow
    from tomsapp.services.changes import Done
    from tomsapp.services.progress import Progress
    from tomsapp.services.tenders.reading import OpenTender
    from tomsapp.services.workspace import Workspace

__all__ = ["ScoreUse"]  # which columns a window asks about


@dataclass(frozen=True, slots=True)
class OpenedScores:
    """A table as it was opened."""

    name: str
    grid: Grid
    head: ScoresHead


class ScoreState(Enum):
    """How a row stands to the bids."""

    NEW = "new"
    OTHER = "other"
    """A price or quality is there already, and is another."""
    SAME = "same"
    NONE = "none"
    SEVERAL = "several"
    UNREADABLE = "unreadable"

    @property
    def is_taken(self) -> bool:
        """Whether the row says something that is not there."""
        return self in {ScoreState.NEW, ScoreState.OTHER}


@dataclass(frozen=True, slots=True)
class MatchedScore:
    """A row beside the bid that it fits.

    Attributes:
        words: what comes of it.
        said: the bid with what is said of it then; None where nothing is taken over.
    """

    row: ScoresRow
    state: ScoreState
    words: str
    said: tuple[Stored[Bid], Bid] | None = None


def open_scores(path: Path, progress: Progress | None = None) -> OpenedScores:
    """Open a table of prices and quality points, a CSV file or a workbook, in the locked room.

    Raises:
        OfferUnreadable: it is no table, or has no head; says what it is and what to do.
        RoomError: it took too much memory or time, or ended what read it.
        Cancelled: nobody waits for it any more.
    """
    _, book = open_any_table(read_bytes(path), path.name, progress)
    found = find_scores(book.sheets)
    if found is None:
        fix = "Put the headings Bidder, Lot, Price and Quality over its columns"
        raise OfferUnreadable(f"{path.name} has no table with bidders and their prices or quality", fix)
    return OpenedScores(path.name, *found)


def match_scores(
    workspace: Workspace, opened: OpenTender, scores: OpenedScores, columns: Mapping[ScoreUse, int] | None = None
) -> tuple[MatchedScore, ...]:
    """Put the rows of a table beside the bids of a tender; `columns` are as a person says, else as they are guessed.

    A bid that several rows are about is told, and none of them is taken over.
    """
    rows = read_scores(scores.grid, scores.head.row, scores.head.guessed if columns is None else columns)
    with workspace.look() as uow:
        bids = uow.bids.of(opened.id)
        registered = {bid.id: uow.suppliers.get(uow.bids.supplier_of(bid.id)).record.registration for bid in bids}
    fitting = [
        [bid for bid in bids if _fits(row, bid.record, registered[bid.id])] if not row.trouble else [] for row in rows
    ]
    about = [found[0].id for found in fitting if len(found) == 1]
    return tuple(
        _matched(opened, row, found, is_twice=len(found) == 1 and about.count(found[0].id) > 1)
        for row, found in zip(rows, fitting, strict=True)
    )


def _fits(row: ScoresRow, bid: Bid, registration: str) -> bool:
    names = {alike(bid.supplier), alike(registration)} - {""}
    return alike(row.bidder) in names and row.lot in {None, bid.lot}


def _matched(opened: OpenTender, row: ScoresRow, found: Sequence[Stored[Bid]], *, is_twice: bool) -> MatchedScore:
    if row.trouble:
        return MatchedScore(row, ScoreState.UNREADABLE, row.trouble)
    if not found:
        return MatchedScore(row, ScoreState.NONE, "No bid fits")
    if is_twice:
        return MatchedScore(row, ScoreState.SEVERAL, f"Another row is about {found[0].record.name} too")
    if len(found) > 1:
        return MatchedScore(row, ScoreState.SEVERAL, "It may be of several lots: name the lot")
    return _sure(opened, row, found[0])


def _sure(opened: OpenTender, row: ScoresRow, stored: Stored[Bid]) -> MatchedScore:
    """What a row says of its bid; what it leaves blank stays as it is."""
    bid = stored.record
    told = {name: value for name in ("price", "quality") if (value := getattr(row, name)) is not None}
    said = replace(bid, **told)
    if problems := bid_problems(opened.tender, said):
        return MatchedScore(row, ScoreState.UNREADABLE, problems[0].message)
    if said == bid:
        return MatchedScore(row, ScoreState.SAME, f"{bid.name} has these")
    is_other = any(getattr(bid, name) not in {None, value} for name, value in told.items())
    words = f"{bid.name}: it had others" if is_other else f"{bid.name} gets these"
    return MatchedScore(row, ScoreState.OTHER if is_other else ScoreState.NEW, words, (stored, said))


def take_scores(
    workspace: Workspace, opened: OpenTender, matched: Sequence[MatchedScore]
) -> Done[tuple[Stored[Bid], ...]]:
    """Save what is new or other, all or none, in one edit that can be undone.

    Raises:
        EditConflict, StoreError: as `save_bids`.
    """
    return save_bids(workspace, opened, [row.said for row in matched if row.state.is_taken and row.said is not None])
