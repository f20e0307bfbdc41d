"""What of the history is held back from whoever looks: marks of others and prices, until all evaluators have sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from tomsapp.domain.tender.bid import BID
from tomsapp.domain.tender.marking import MARK
from tomsapp.services.tenders.marks_held import BEFORE_FREEZING, HELD_BACK, sees_figures_at, sees_marks

if TYPE_CHECKING:
    from tomsapp.domain.history import HistoryEntry
    from tomsapp.store.unit_of_work import UnitOfWork

_OF_MARKS = ("mark", "reason")
_OF_BIDS = ("price", "quality")
_BEFORE = "Held back"


def as_seen(uow: UnitOfWork, who: str, entries: Iterable[HistoryEntry]) -> list[HistoryEntry]:
    """The changes as a person may see them: that something was changed is told, and not what is held back."""
    return list(_Seen(uow, who).of(entries))


class _Seen:
    """Asks once of each tender and each evaluator."""

    def __init__(self, uow: UnitOfWork, who: str) -> None:
        self._uow, self._who = uow, who
        self._marks: dict[tuple[int, int], bool] = {}
        self._figures: dict[int, bool] = {}

    def of(self, entries: Iterable[HistoryEntry]) -> Iterator[HistoryEntry]:
        """Each change, without what is held back of it."""
        for entry in entries:
            row = entry.after or entry.before
            if entry.kind == MARK.key and not self._sees_mark(row):
                yield _without(entry, _OF_MARKS)
            elif entry.kind == BID.key and not self._sees_figures(int(str(row["tender_id"]))):
                yield _without(entry, _OF_BIDS)
            else:
                yield entry

    def _sees_mark(self, row: Mapping[str, object]) -> bool:
        place = int(str(row["bid_id"])), int(str(row["evaluator_id"]))
        if place not in self._marks:
            tender_id = self._uow.bids.tender_of(place[0])
            is_fixed = self._uow.tenders.get(tender_id).record.status not in BEFORE_FREEZING
            self._marks[place] = is_fixed or sees_marks(self._uow.evaluators.of(tender_id), self._who, place[1])
        return self._marks[place]

    def _sees_figures(self, tender_id: int) -> bool:
        if tender_id not in self._figures:
            self._figures[tender_id] = sees_figures_at(self._uow, self._who, tender_id)
        return self._figures[tender_id]


def _without(entry: HistoryEntry, names: Iterable[str]) -> HistoryEntry:
    changed = [name for name in names if entry.before.get(name) != entry.after.get(name)]
    before, after = dict(entry.before), dict(entry.after)
    for name in names:
        before.pop(name, None)
        after.pop(name, None)
    for name in changed[:1]:
        if entry.before:
            before[name] = _BEFORE
        after[name] = HELD_BACK
    return replace(entry, before=before, after=after)
