"""A neighbourhood: a group of the council's wards under a name of its own, as "Lakeside: Brackwater and Dunmallow"."""

from dataclasses import dataclass

from tomsapp.domain.facts import Fact, FactKind, Listed
from tomsapp.domain.keys import KeyKind, Keys
from tomsapp.domain.record_type import RecordType


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Wards that the council looks at together; a ward may be in several neighbourhoods, or in none."""

    name: str
    wards: Keys = frozenset()
    notes: str = ""


NEIGHBOURHOOD = RecordType(
    "neighbourhood",
    "neighbourhood",
    "neighbourhoods",
    Neighbourhood,
    (
        Fact(
            "name", "Name", needed="Enter what the council calls it", listed=Listed.SHOWN, is_name=True, revision="0005"
        ),
        Fact(
            "wards",
            "Wards",
            FactKind.SEVERAL,
            "Space ticks a ward. A ward may be in more than one neighbourhood.",
            keys=KeyKind.WARD,
            needed="Tick at least one ward",
            listed=Listed.SHOWN,
            revision="0005",
        ),
        Fact("notes", "Notes", FactKind.LONG, listed=Listed.NO, is_searched=False, revision="0005"),
    ),
    name_of=lambda neighbourhood: neighbourhood.name,
)
"""What the council records of a neighbourhood."""
