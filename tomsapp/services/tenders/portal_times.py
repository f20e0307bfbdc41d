"""The portal's times, read from its export: each row is put beside the receipts that it fits, then saved together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, TypeAlias

from tomsapp.domain.alike import alike
from tomsapp.domain.day_order import DayOrder
from tomsapp.domain.tender.deadline import clock_fault, moment_words, zone_of, zone_words
from tomsapp.domain.tender.receipt import Receipt
from tomsapp.domain.wording import listed
from tomsapp.exchange.tenders.portal_export import ExportRow, read_export
from tomsapp.exchange.tenders.portal_head import PortalUse, find_head
from tomsapp.services.tenders.in_force import deadline_of_terms, tender_in_force
from tomsapp.services.tenders.receipt_saving import save_receipts
from tomsapp.services.tenders.receipts import receipts_at
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
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from tomsapp.domain.history import Stored
    from tomsapp.domain.tender.tender import Tender
    from tomsapp.exchange.tenders.portal_export import Export
    from tomsapp.services.changes import Done
    from tomsapp.services.tenders.receipts import ListedReceipt
    from tomsapp.services.workspace import Workspace

__all__ = ["ExportRow", "PortalUse"]  # what the window shows and asks about

PORTAL: SheetKind[PortalUse] = SheetKind(
    "tendering portal",
    PortalUse,
    find_head,
    "has no table with a head",
    "Choose the portal’s list of what it received",
)
_SEVERAL = 2
_Key: TypeAlias = "tuple[str, str, int | None]"
MatchedTime: TypeAlias = "MatchedRow[ExportRow, Receipt]"
MatchedExport: TypeAlias = "MatchedSheet[ExportRow, Receipt]"


@dataclass(frozen=True, slots=True)
class _Fitting:
    """The receipts that a row may be about, and whether it is sure that it is about them."""

    receipts: Sequence[ListedReceipt]
    is_sure: bool
    is_renamed: bool = False
    """Whether they were received under another name than the row has."""


def match_export(
    workspace: Workspace, tender_id: int, export: OpenedSheet[PortalUse], columns: Mapping[PortalUse, int]
) -> MatchedExport:
    """Put the rows of an export beside the receipts of a tender, with what a person says of its columns.

    Raises:
        NotFound: there is no such tender.
    """
    if PortalUse.WHEN not in columns or not {PortalUse.FILE, PortalUse.BIDDER} & set(columns):
        return MatchedSheet((), noted(*unsure_words(export, columns)), is_read=False)
    with workspace.look() as uow:
        terms = tender_in_force(uow, tender_id)
        receipts = receipts_at(uow, tender_id)
    read = read_export(export.grid, export.head, columns, zone_of(terms.deadline_zone) or UTC)
    rows = read.rows
    by_key: defaultdict[_Key, list[ExportRow]] = defaultdict(list)
    for row in rows:
        by_key[_key(row)].append(row)
    pairs = {
        row.number: found
        for alike_rows in by_key.values()
        for row, found in _paired(alike_rows, [each for each in receipts if _fits(alike_rows[0], each)])
    }
    pairs |= _by_bidder(rows, receipts, pairs)
    matched = tuple(_matched(row, pairs[row.number], terms.deadline_zone) for row in rows)
    note = noted(
        *unsure_words(export, columns),
        "" if read.order is DayOrder.DAY else f"{read.order.words} in its days: look at them",
        _all_at_deadline(rows, terms),
    )
    return MatchedSheet(matched, note, taken=noted(taken_words(export, columns), _clock_words(read, terms)))


def _clock_words(read: Export, terms: Tender) -> str:
    """By which clock the times of an export are read."""
    place = zone_words(terms.deadline_zone)
    if read.zone:
        return f"It states “{read.zone}” for its times, and they are told here in {place}"
    return f"It states no time zone for all of them: a time without one is read in {place}"


def _all_at_deadline(rows: Sequence[ExportRow], terms: Tender) -> str:
    """A warning where all rows have the deadline itself, so that its column may tell of that."""
    deadline = deadline_of_terms(terms)
    if deadline is None or len(rows) < _SEVERAL:
        return ""
    times = {(row.on, row.time) for row in rows}
    is_all = times == {(deadline.date(), f"{deadline:%H:%M:%S}")}
    return "All its times are the deadline itself: look whether this column tells when they came" if is_all else ""


def _by_bidder(
    rows: Sequence[ExportRow], receipts: Sequence[ListedReceipt], pairs: Mapping[int, _Fitting]
) -> Iterator[tuple[int, _Fitting]]:
    """The rows whose file was received under another name: each with what is left of its bidder, and of its lot.

    It is sure where one such row and one receipt are left; of several nothing tells which is which.
    """
    taken = {each.stored.id for fitting in pairs.values() for each in fitting.receipts}
    alone: defaultdict[tuple[str, int | None], list[ExportRow]] = defaultdict(list)
    for row in rows:
        if row.bidder and row.file and not pairs[row.number].receipts:
            alone[alike(row.bidder), row.lot].append(row)
    for own in alone.values():
        left = [each for each in receipts if each.stored.id not in taken and _fits(replace(own[0], file=""), each)]
        for row in own:
            yield row.number, _Fitting(left, len(own) == len(left) == 1, is_renamed=True)


def _key(row: ExportRow) -> _Key:
    return alike(_last(row.file)), alike(row.bidder), row.lot


def _last(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).name


def _fits(row: ExportRow, each: ListedReceipt) -> bool:
    """Whether a row may be about a receipt: by the name of the file, by the bidder or the folder, and by the lot."""
    file = each.judged.file
    if row.lot is not None and file.lot not in {None, row.lot}:
        return False
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
        return MatchedRow(row, RowState.UNREADABLE, row.trouble, row.fix)
    if not receipts:
        return MatchedRow(row, RowState.NONE, "No receipt fits")
    if not fitting.is_sure:
        numbers = [str(each.judged.file.number) for each in receipts]
        words = f"It may be receipt {listed(numbers, 'or')}"
        return MatchedRow(row, RowState.SEVERAL, words, "Type the time in the receipt")
    said = Receipt(portal_on=row.on, portal_time=row.time)
    moment = said.portal_at(zone)
    fault = None if moment is None else clock_fault(moment)
    if fault is not None:
        return MatchedRow(row, RowState.UNREADABLE, fault.message, fault.fix)
    found = _sure(row, receipts, said, moment)
    if not fitting.is_renamed:
        return found
    renamed = f"It is all that is left of {row.bidder}: {receipts[0].judged.file.name}"
    return replace(found, more=". ".join(filter(None, (found.more, renamed))))


def _sure(row: ExportRow, receipts: Sequence[ListedReceipt], said: Receipt, moment: datetime | None) -> MatchedTime:
    """What a row says of the receipts that it is about."""
    changed = [each for each in receipts if each.judged.file.portal_at != moment]
    if not changed:
        return MatchedRow(row, RowState.SAME, _begun(f"{_called(receipts)} has this time"))
    told = tuple((each.stored, _with_time(each.stored.record, said)) for each in changed)
    known = [at for each in changed if (at := each.judged.file.portal_at) is not None]
    if known:
        was = listed([moment_words(at, at.tzinfo) for at in known])
        return MatchedRow(row, RowState.OTHER, _begun(_called(changed)), f"It was {was}", told)
    return MatchedRow(row, RowState.NEW, _begun(f"{_called(changed)} gets this time"), said=told)


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
    export: OpenedSheet[PortalUse],
    columns: Mapping[PortalUse, int],
    matched: MatchedExport,
) -> Done[tuple[Stored[Receipt], ...]]:
    """Save the times that are new or other, all or none, and remember what the columns of this head hold.

    Raises:
        EditConflict, StoreError: as `save_receipts`.
    """
    done = save_receipts(workspace, tender_id, matched.said)
    remember_columns(workspace, export, columns)
    return done
