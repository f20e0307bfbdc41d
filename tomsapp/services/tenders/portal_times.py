"""The portal's times, read from its export: each row is put beside the receipts that it fits, then saved together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import Enum
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from tomsapp.config.known_tables import KnownTable, known_tables, note_tables
from tomsapp.domain.alike import alike
from tomsapp.domain.day_order import DayOrder
from tomsapp.domain.tender.deadline import clock_fault, moment_words, zone_of
from tomsapp.domain.tender.receipt import Receipt
from tomsapp.domain.wording import listed
from tomsapp.exchange.labelled.known import head_words
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.tenders.portal_export import (
    ExportHead,
    ExportRow,
    PortalUse,
    find_head,
    named_columns,
    read_export,
    sheet_of,
)
from tomsapp.services.offers import read_bytes
from tomsapp.services.strangers import open_any_table
from tomsapp.services.tenders.in_force import tender_in_force
from tomsapp.services.tenders.receipt_saving import save_receipts
from tomsapp.services.tenders.receipts import receipts_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from tomsapp.domain.history import Stored
    from tomsapp.exchange.grid import Grid
    from tomsapp.services.changes import Done
    from tomsapp.services.progress import Progress
    from tomsapp.services.tenders.receipts import ListedReceipt
    from tomsapp.services.workspace import Workspace

__all__ = ["PortalUse"]  # which columns the window asks about


@dataclass(frozen=True, slots=True)
class OpenedExport:
    """An export as it was opened.

    Attributes:
        columns: what each column holds: as it was said of the last export with this head, else a guess.
        is_known: whether it was said before.
    """

    name: str
    grid: Grid
    head: ExportHead
    columns: Mapping[PortalUse, int]
    is_known: bool


class TimeState(Enum):
    """How a row of the export stands to the receipts."""

    NEW = "new"
    OTHER = "other"
    """The portal's time is known, and is another."""
    SAME = "same"
    NONE = "none"
    SEVERAL = "several"
    UNREADABLE = "unreadable"

    @property
    def is_taken(self) -> bool:
        """Whether the row says something that is not known."""
        return self in {TimeState.NEW, TimeState.OTHER}


@dataclass(frozen=True, slots=True)
class MatchedTime:
    """A row of the export beside the receipts that it fits.

    Attributes:
        words: what comes of it: "Receipt 3 gets this time", "No receipt fits".
        said: the receipts with what is said of them then.
    """

    row: ExportRow
    state: TimeState
    words: str
    said: tuple[tuple[Stored[Receipt], Receipt], ...] = ()


@dataclass(frozen=True, slots=True)
class _Fitting:
    """The receipts that a row may be about, and whether it is sure that it is about them."""

    receipts: Sequence[ListedReceipt]
    is_sure: bool


@dataclass(frozen=True, slots=True)
class MatchedExport:
    """All rows of an export; `note` says what was guessed of its days, if anything."""

    rows: tuple[MatchedTime, ...]
    note: str = ""

    @property
    def said(self) -> tuple[tuple[Stored[Receipt], Receipt], ...]:
        """What is taken over; of two rows about one receipt the first."""
        told = [each for row in self.rows if row.state.is_taken for each in row.said]
        once = {before.id: (before, receipt) for before, receipt in reversed(told)}
        return tuple(reversed(once.values()))


def open_export(workspace: Workspace, path: Path, progress: Progress | None = None) -> OpenedExport:
    """Open the export of a portal, a CSV file or a workbook, in the locked room.

    Raises:
        OfferUnreadable: it is no table, or has no head; says what it is and what to do.
        RoomError: it took too much memory or time, or ended what read it.
        Cancelled: nobody waits for it any more.
    """
    _, book = open_any_table(read_bytes(path), path.name, progress)
    grid = sheet_of(book.sheets)
    head = find_head(grid) if grid is not None else None
    if grid is None or head is None:
        raise OfferUnreadable(f"{path.name} has no table with a head", "Choose the portal’s list of what it received")
    for known in known_tables(_sender(workspace)):
        if known.head == _words(grid, head):
            return OpenedExport(path.name, grid, head, named_columns(head, known.columns), is_known=True)
    return OpenedExport(path.name, grid, head, head.guessed, is_known=False)


def _sender(workspace: Workspace) -> str:
    return f"{workspace.database.identity}: tendering portal"


def _words(grid: Grid, head: ExportHead) -> str:
    return head_words(row for row in grid.rows if row.number == head.row)


def match_export(
    workspace: Workspace, tender_id: int, export: OpenedExport, columns: Mapping[PortalUse, int]
) -> MatchedExport:
    """Put the rows of an export beside the receipts of a tender, with what a person says of its columns.

    Raises:
        NotFound: there is no such tender.
    """
    if PortalUse.WHEN not in columns or not {PortalUse.FILE, PortalUse.BIDDER} & set(columns):
        return MatchedExport(())
    with workspace.look() as uow:
        terms = tender_in_force(uow, tender_id)
        receipts = receipts_at(uow, tender_id)
    rows, order = read_export(export.grid, export.head.row, columns, zone_of(terms.deadline_zone) or UTC)
    note = "" if order is DayOrder.DAY else f"{order.words} in its days: look at them"
    by_key: defaultdict[tuple[str, str], list[ExportRow]] = defaultdict(list)
    for row in rows:
        by_key[_key(row)].append(row)
    pairs = {
        row.number: found
        for alike_rows in by_key.values()
        for row, found in _paired(alike_rows, [each for each in receipts if _fits(alike_rows[0], each)])
    }
    return MatchedExport(tuple(_matched(row, pairs[row.number], terms.deadline_zone) for row in rows), note)


def _key(row: ExportRow) -> tuple[str, str]:
    return alike(_last(row.file)), alike(row.bidder)


def _last(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).name


def _fits(row: ExportRow, each: ListedReceipt) -> bool:
    """Whether a row may be about a receipt: by the name of the file, and by the bidder or the folder."""
    file = each.judged.file
    if row.file and alike(_last(row.file)) != alike(_last(file.name)):
        return False
    if not row.bidder:
        return bool(row.file)
    bidder = alike(row.bidder)
    names = {alike(file.supplier), *(alike(part) for part in PurePosixPath(file.name).parts[:-1])} - {""}
    return bidder in names or (not names and bool(row.file))


def _paired(rows: Sequence[ExportRow], receipts: Sequence[ListedReceipt]) -> Iterator[tuple[ExportRow, _Fitting]]:
    """The receipts of each of the rows that say the same file and bidder.

    As many files of a name as rows are taken in their order; one row of a bidder is about all that it sent. Else
    nothing tells which is which.
    """
    by_time = sorted(rows, key=lambda row: (str(row.on), row.time))
    one_each = len(rows) == len(receipts) and bool(rows[0].file)
    is_sure = one_each or (len(rows) == 1 and not rows[0].file)
    for place, row in enumerate(by_time):
        yield row, _Fitting(receipts[place : place + 1] if one_each else receipts, is_sure)


def _matched(row: ExportRow, fitting: _Fitting, zone: str) -> MatchedTime:
    receipts = fitting.receipts
    if row.trouble:
        return MatchedTime(row, TimeState.UNREADABLE, row.trouble)
    if not receipts:
        return MatchedTime(row, TimeState.NONE, "No receipt fits")
    if not fitting.is_sure:
        numbers = [str(each.judged.file.number) for each in receipts]
        words = f"It may be receipt {listed(numbers, 'or')}. Type the time in the receipt"
        return MatchedTime(row, TimeState.SEVERAL, words)
    said = Receipt(portal_on=row.on, portal_time=row.time)
    moment = said.portal_at(zone)
    fault = None if moment is None else clock_fault(moment)
    if fault is not None:
        return MatchedTime(row, TimeState.UNREADABLE, fault.message)
    return _sure(row, receipts, said, moment)


def _sure(row: ExportRow, receipts: Sequence[ListedReceipt], said: Receipt, moment: datetime | None) -> MatchedTime:
    """What a row says of the receipts that it is about."""
    changed = [each for each in receipts if each.judged.file.portal_at != moment]
    if not changed:
        return MatchedTime(row, TimeState.SAME, _begun(f"{_called(receipts)} has this time"))
    told = tuple((each.stored, _with_time(each.stored.record, said)) for each in changed)
    known = [at for each in changed if (at := each.judged.file.portal_at) is not None]
    if known:
        was = listed([moment_words(at, at.tzinfo) for at in known])
        return MatchedTime(row, TimeState.OTHER, _begun(f"{_called(changed)}: it was {was}"), told)
    return MatchedTime(row, TimeState.NEW, _begun(f"{_called(changed)} gets this time"), told)


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]


def _with_time(receipt: Receipt, said: Receipt) -> Receipt:
    return replace(receipt, portal_on=said.portal_on, portal_time=said.portal_time)


def _called(receipts: Sequence[ListedReceipt]) -> str:
    numbers = [str(each.judged.file.number) for each in receipts]
    return f"{'receipt' if len(numbers) == 1 else 'each of receipts'} {listed(numbers)}"


def take_times(
    workspace: Workspace,
    tender_id: int,
    export: OpenedExport,
    columns: Mapping[PortalUse, int],
    matched: MatchedExport,
) -> Done[tuple[Stored[Receipt], ...]]:
    """Save the times that are new or other, all or none, and remember what the columns of this head hold.

    Raises:
        EditConflict, StoreError: as `save_receipts`.
    """
    done = save_receipts(workspace, tender_id, matched.said)
    today = datetime.now().astimezone().date()
    held = {column: use.value for use, column in columns.items()}
    note_tables([KnownTable(_sender(workspace), _words(export.grid, export.head), 1, held, today)])
    return done
