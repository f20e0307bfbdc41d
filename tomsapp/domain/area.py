"""The council's area: its wards, so that a place can be told from a slip of the pen."""

from dataclasses import dataclass
from functools import cached_property

from tomsapp.domain.commitment import OUTSIDE_AREA, WHOLE_AREA


@dataclass(frozen=True, slots=True)
class Ward:
    """One ward: its official code and name."""

    code: str
    name: str


@dataclass(frozen=True)
class Area:
    """The area of one council; `is_fictional` marks the example council's."""

    code: str
    title: str
    wards: tuple[Ward, ...]
    borough_code: str = ""
    source: str = ""
    is_fictional: bool = False

    def place_name(self, place: str) -> str:
        """What a commitment's place is called; an unknown code stands for itself."""
        if place == WHOLE_AREA:
            return "whole borough"
        if place == OUTSIDE_AREA:
            return "outside the borough"
        return next((ward.name for ward in self.wards if ward.code == place), place)

    def knows(self, place: str) -> bool:
        """Whether `place` is a ward of this area, all of it, or outside it."""
        return place in self._known

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset((WHOLE_AREA, OUTSIDE_AREA, *(ward.code for ward in self.wards)))
