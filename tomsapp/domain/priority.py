"""A priority of one of the council's plans, and the measures that serve it."""

from dataclasses import dataclass

from tomsapp.domain.facts import Fact, FactKind, Listed
from tomsapp.domain.keys import KeyKind, Keys
from tomsapp.domain.record_type import RecordType


@dataclass(frozen=True, slots=True)
class Priority:
    """What a plan wants, and the measures that serve it today; a measure may serve several priorities, or none."""

    name: str
    plan: str = ""
    measures: Keys = frozenset()
    notes: str = ""


PRIORITY = RecordType(
    "priority",
    "priority",
    "priorities",
    Priority,
    (
        Fact("name", "Name", needed="Enter what the plan calls it", listed=Listed.SHOWN, is_name=True, revision="0005"),
        Fact(
            "plan",
            "Plan",
            hint="The plan that names it, for example Corporate Plan 2026 to 2030.",
            needed="Enter the plan that names it",
            listed=Listed.SHOWN,
            is_filter=True,
            is_name=True,
            revision="0005",
        ),
        Fact(
            "measures",
            "Measures that serve it",
            FactKind.SEVERAL,
            "Space ticks a measure. A measure may serve more than one priority.",
            keys=KeyKind.MEASURE,
            needed="Tick at least one measure",
            listed=Listed.SHOWN,
            said="measures",
            revision="0005",
        ),
        Fact("notes", "Notes", FactKind.LONG, listed=Listed.NO, is_searched=False, revision="0005"),
    ),
    name_of=lambda priority: priority.name,
)
"""What the council records of a priority."""
