"""Which measures of a menu edition a tender asks for: chosen by theme, priority and kind in one go."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, assert_never

from tomsapp.domain.keys import measure_key
from tomsapp.domain.tender.tender_measure import MeasureUse, TenderMeasure
from tomsapp.services.changes import Done
from tomsapp.services.tenders.parts import MEASURES

if TYPE_CHECKING:
    from collections.abc import Collection

    from tomsapp.domain.history import Stored
    from tomsapp.domain.menu import Measure, MenuEdition
    from tomsapp.domain.priority import Priority
    from tomsapp.services.tenders.reading import OpenTender
    from tomsapp.services.workspace import Workspace


class MeasureSort(Enum):
    """What a measure comes to in a valuation."""

    PROXY = "proxy"
    """A unit has a proxy value."""
    REAL_POUNDS = "real_pounds"
    """Money that is spent or given."""
    COUNTED = "counted"
    """It is counted, and has no value."""

    @property
    def words(self) -> str:
        """What such measures are called."""
        return {
            MeasureSort.PROXY: "With a proxy value",
            MeasureSort.REAL_POUNDS: "In real pounds",
            MeasureSort.COUNTED: "Counted only",
        }[self]

    def takes(self, measure: Measure) -> bool:
        """Whether a measure is of this sort."""
        match self:
            case MeasureSort.PROXY:
                return measure.is_valued and not measure.real_pounds
            case MeasureSort.REAL_POUNDS:
                return measure.real_pounds
            case MeasureSort.COUNTED:
                return not measure.is_valued and not measure.real_pounds
            case _:
                assert_never(self)


@dataclass(frozen=True, slots=True)
class Subset:
    """Which measures are meant; what is empty lets all pass.

    Attributes:
        themes: by their numbers.
        priorities: one of which a measure serves.
    """

    themes: Collection[int] = ()
    priorities: Collection[Priority] = ()
    sorts: Collection[MeasureSort] = ()


def measures_of(edition: MenuEdition, subset: Subset) -> tuple[str, ...]:
    """The codes of the measures of an edition that are meant, in its order."""
    serving = {key for priority in subset.priorities for key in priority.measures}
    return tuple(
        place.measure.code
        for place in edition.places.values()
        if (not subset.themes or place.theme.number in subset.themes)
        and (not subset.priorities or measure_key(edition.code, place.measure.code) in serving)
        and (not subset.sorts or any(sort.takes(place.measure) for sort in subset.sorts))
    )


def add_measures(
    workspace: Workspace, opened: OpenTender, codes: Collection[str], use: MeasureUse = MeasureUse.SCORED
) -> Done[tuple[Stored[TenderMeasure], ...]]:
    """Add measures to a tender that it does not ask for yet, in one edit.

    Raises:
        EditConflict: somebody else added one of them meanwhile.
        StoreError: what was set up is fixed.
    """
    held = {each.record.measure for each in opened.measures}
    return MEASURES.add(workspace, opened, [TenderMeasure(code, use=use) for code in codes if code not in held])


def choose_measures(
    workspace: Workspace, opened: OpenTender, codes: Collection[str]
) -> Done[tuple[Stored[TenderMeasure], ...]]:
    """Let a tender ask for exactly these measures, in one edit; those that it has already stay as they are.

    Raises:
        EditConflict: somebody else changed one of them meanwhile.
        StoreError: what was set up is fixed.
    """
    held = {each.record.measure for each in opened.measures}
    gone = [each for each in opened.measures if each.record.measure not in codes]
    return MEASURES.exchange(workspace, opened, gone, [TenderMeasure(code) for code in codes if code not in held])
