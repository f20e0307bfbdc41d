"""Prices and quality points from a sheet: each row is put beside the bid that it fits, then all are saved together."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from tomsapp.domain.alike import alike
from tomsapp.domain.supplier import Supplier, surely_same
from tomsapp.domain.wording import format_exact, format_pounds, format_quantity, listed
from tomsapp.exchange.labelled.heads import texts_of
from tomsapp.exchange.tenders.scores_head import ScoreUse, find_scores
from tomsapp.exchange.tenders.scores_table import ScoresRow, cell_called, read_scores
from tomsapp.services.tenders.bids import bid_problems, save_bids
from tomsapp.services.tenders.marks_held import check_sees_figures
from tomsapp.services.tenders.sheet_rows import (
    MatchedRow,
    MatchedSheet,
    OpenedSheet,
    RowState,
    SheetKind,
    noted,
    remember_columns,
    taken_words,
    unsure_words,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from tomsapp.domain.history import Stored
    from tomsapp.domain.tender.bid import Bid
    from tomsapp.services.changes import Done
    from tomsapp.services.tenders.reading import OpenTender
    from tomsapp.services.workspace import Workspace
    from tomsapp.store.unit_of_work import UnitOfWork

__all__ = ["ScoreUse", "ScoresRow"]  # what the window shows and asks about

SCORES: SheetKind[ScoreUse] = SheetKind(
    "prices and quality of bids",
    ScoreUse,
    find_scores,
    "has no table with bidders and their prices or quality",
    "Put the headings Bidder, Lot, Price and Quality over its columns",
)
MatchedScore: TypeAlias = "MatchedRow[ScoresRow, Bid]"
MatchedScores: TypeAlias = "MatchedSheet[ScoresRow, Bid]"
_FIGURES = {"price": ScoreUse.PRICE, "quality": ScoreUse.QUALITY}
"""What a row says of a bid, by the name of the fact."""


@dataclass(frozen=True, slots=True)
class _Bidder:
    """A bid with its bidder as the register of suppliers has it."""

    bid: Stored[Bid]
    supplier: Supplier

    def is_called(self, name: str) -> bool:
        """Whether a row names this bidder exactly: by its name as the bid or the register has it, or by its number."""
        names = {alike(self.bid.record.supplier), alike(self.supplier.name), alike(self.supplier.registration)}
        return alike(name) in names - {""}

    def may_be(self, name: str) -> bool:
        """Whether a row names this bidder with Ltd for Limited, & for "and", or without the form of company."""
        named = Supplier(name)
        return surely_same(named, self.supplier) or surely_same(named, Supplier(self.bid.record.supplier))


def match_scores(
    workspace: Workspace, opened: OpenTender, sheet: OpenedSheet[ScoreUse], columns: Mapping[ScoreUse, int]
) -> MatchedScores:
    """Put the rows of a sheet beside the bids of a tender, with what a person says of its columns.

    A bid that several rows are about is told, and none of them is taken over.

    Raises:
        NotFound: there is no such tender.
        StoreError: who works here evaluates it, and may not see prices yet.
    """
    if ScoreUse.BIDDER not in columns or not {ScoreUse.PRICE, ScoreUse.QUALITY} & set(columns):
        return MatchedSheet((), noted(*unsure_words(sheet, columns)), is_read=False)
    if len(set(columns.values())) < len(columns):
        return MatchedSheet((), "One column is chosen twice: choose another one", is_read=False)
    rows = read_scores(sheet.grid, sheet.head, columns, opened.tender.quality_points)
    with workspace.look() as uow:
        check_sees_figures(uow, workspace.who, opened.id)
        bids = uow.bids.of(opened.id)
        bidders = [_Bidder(bid, uow.suppliers.get(uow.bids.supplier_of(bid.id)).record) for bid in bids]
        note = noted(*unsure_words(sheet, columns), _other_tender(uow, opened, sheet))
    named = [_named(bidders, row) for row in rows]
    fitting = [
        [each for each in found if row.lot in {None, each.bid.record.lot}]
        for row, found in zip(rows, named, strict=True)
    ]
    about = [found[0].bid.id for found in fitting if len(found) == 1]
    matcher = _Matcher(opened, columns, frozenset(bid for bid in about if about.count(bid) > 1))
    matched = (matcher.match(row, *found) for row, *found in zip(rows, named, fitting, strict=True))
    return MatchedSheet(tuple(matched), note, taken=noted(taken_words(sheet, columns), _points_words(opened, columns)))


def _points_words(opened: OpenTender, columns: Mapping[ScoreUse, int]) -> str:
    """Out of how many points the quality is taken, or of what nothing is taken."""
    missing = next((use for use in (ScoreUse.PRICE, ScoreUse.QUALITY) if use not in columns), None)
    none = "" if missing is None else f"No column is taken as “{missing.words}”"
    points = f"Quality is taken as points out of {format_exact(opened.tender.quality_points)}"
    return noted("" if missing is ScoreUse.QUALITY else points, none)


def _named(bidders: Sequence[_Bidder], row: ScoresRow) -> list[_Bidder]:
    """The bids of whom a row may name: those that it names exactly go before all others."""
    if row.trouble:
        return []
    exactly = [each for each in bidders if each.is_called(row.bidder)]
    return exactly or [each for each in bidders if each.may_be(row.bidder)]


def _other_tender(uow: UnitOfWork, opened: OpenTender, sheet: OpenedSheet[ScoreUse]) -> str:
    """A warning where the file, the sheet or what stands over its rows names another tender and not this one."""
    above = (text for row in sheet.grid.rows if row.number < sheet.head.row for text in texts_of(row).values())
    told = " ".join(alike(text) for text in (sheet.file, sheet.grid.name, *above))
    named = sorted(each.record.reference for each in uow.tenders.all() if _stands_in(each.record.reference, told))
    if not named or opened.tender.reference in named:
        return ""
    return f"The file names {listed(named)}, and this is {opened.tender.reference}: look at its rows"


def _stands_in(reference: str, told: str) -> bool:
    """Whether a reference stands in a text, and not as a part of a longer one."""
    plain = alike(reference)
    return bool(plain) and re.search(rf"(?<!\w){re.escape(plain)}(?!\w)", told) is not None


@dataclass(frozen=True, slots=True)
class _Matcher:
    """Says what comes of a row; `twice` are the bids that several rows are about."""

    opened: OpenTender
    columns: Mapping[ScoreUse, int]
    twice: frozenset[int]

    def match(self, row: ScoresRow, named: Sequence[_Bidder], fitting: Sequence[_Bidder]) -> MatchedScore:
        """What comes of a row that names these bidders, and fits these of their bids."""
        if row.trouble:
            return MatchedRow(row, RowState.UNREADABLE, row.trouble, row.fix)
        if not fitting:
            return MatchedRow(row, RowState.NONE, "No bid fits", self._bid_instead(named))
        if row.price is None and row.quality is None:
            return MatchedRow(row, RowState.NONE, "It says neither price nor quality")
        bid = fitting[0].bid
        is_sure = len(fitting) == 1 and bid.id not in self.twice
        return self._sure(row, bid) if is_sure else self._unsure(row, fitting)

    def _bid_instead(self, named: Sequence[_Bidder]) -> str:
        """What those whom a row names bid for, where it names a lot that they did not bid for."""
        if not named:
            return "No bidder of this tender has this name or number"
        lots = listed([str(number) for number in sorted({each.bid.record.lot for each in named})])
        return f"{named[0].bid.record.supplier} bid for lot {lots}"

    def _unsure(self, row: ScoresRow, fitting: Sequence[_Bidder]) -> MatchedScore:
        if len(fitting) == 1:
            words = "Another row is about this bid too"
            return MatchedRow(row, RowState.SEVERAL, words, "Leave one of them in the sheet")
        names = sorted({each.bid.record.supplier for each in fitting})
        if len(names) > 1:
            words = f"It may be {listed(names, 'or')}"
            return MatchedRow(row, RowState.SEVERAL, words, "Write the whole name, or the registration number")
        lots = [str(number) for number in sorted(each.bid.record.lot for each in fitting)]
        return MatchedRow(row, RowState.SEVERAL, f"It may be of lot {listed(lots, 'or')}", "Name the lot")

    def _sure(self, row: ScoresRow, stored: Stored[Bid]) -> MatchedScore:
        """What a row says of its bid; what it leaves blank stays as it is."""
        bid = stored.record
        told = {name: value for name in _FIGURES if (value := getattr(row, name)) is not None}
        said = replace(bid, **told)
        for problem in bid_problems(self.opened.tender, said):
            if problem.where.field in told:
                place = cell_called(row.number, self.columns[_FIGURES[problem.where.field]])
                return MatchedRow(row, RowState.UNREADABLE, f"{place}: {problem.message}", problem.fix)
        if said == bid:
            return MatchedRow(row, RowState.SAME, bid.name, "It has these already")
        before = {name: was for name in told if (was := getattr(bid, name)) is not None}
        replaced = [_told(name, was) for name, was in before.items() if was != told[name]]
        more = f"It was {listed(replaced)}" if replaced else "Gets these"
        return MatchedRow(row, RowState.OTHER if replaced else RowState.NEW, bid.name, more, ((stored, said),))


def _told(name: str, was: Decimal) -> str:
    """A price or quality that is replaced: "£900,000.00", "30.5 points"."""
    if name == "price":
        return format_pounds(was)
    return f"{format_quantity(was)} {'point' if was == 1 else 'points'}"


def take_scores(
    workspace: Workspace,
    opened: OpenTender,
    sheet: OpenedSheet[ScoreUse],
    columns: Mapping[ScoreUse, int],
    matched: MatchedScores,
) -> Done[tuple[Stored[Bid], ...]]:
    """Save what is new or other, all or none, in one edit that can be undone, and remember what the columns hold.

    Raises:
        EditConflict, StoreError: as `save_bids`.
    """
    done = save_bids(workspace, opened, matched.said)
    remember_columns(workspace, sheet, columns)
    return done
