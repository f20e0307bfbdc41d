"""The closed list of units in which a measure is counted, each with its number of decimals."""

from dataclasses import dataclass
from enum import Enum


class UnitForm(Enum):
    """How a quantity is written and taken together; the words of most units stand after a number."""

    NUMBER = "number"
    POUNDS = "pounds"
    PERCENT = "percent"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """How a unit is counted and called; `most` is the largest quantity that has a meaning, where there is one."""

    decimals: int
    one: str
    many: str
    form: UnitForm = UnitForm.NUMBER
    most: int | None = None


class Unit(Enum):
    """What one of a measure is. The value is the word used in menu files."""

    PEOPLE = "people"
    FTE_JOBS = "fte_jobs"
    FTE_YEARS = "fte_years"
    COMPLETIONS = "completions"
    PERSON_YEARS = "person_years"
    HOUSEHOLDS = "households"
    HOUSEHOLD_WEEKS = "household_weeks"
    EVENTS = "events"
    HOURS = "hours"
    WEEKS = "weeks"
    TONNES = "tonnes"
    POUNDS = "pounds"
    MILES = "miles"
    TREES = "trees"
    SQUARE_METRES = "square_metres"
    DEVICES = "devices"
    CHARGING_POINTS = "charging_points"
    MEALS = "meals"
    WELLBYS = "wellbys"
    BIODIVERSITY_UNITS = "biodiversity_units"
    YES_NO = "yes_no"
    PERCENT = "percent"

    @property
    def decimals(self) -> int:
        """How many decimals a quantity in this unit may have."""
        return _FACTS[self].decimals

    @property
    def one(self) -> str:
        """What one of it is called: "hour"."""
        return _FACTS[self].one

    @property
    def many(self) -> str:
        """What several are called: "hours"."""
        return _FACTS[self].many

    @property
    def most(self) -> int | None:
        """The largest quantity that has a meaning: 1 for yes or no, 100 for per cent."""
        return _FACTS[self].most

    @property
    def form(self) -> UnitForm:
        """How a quantity in it is written and taken together."""
        return _FACTS[self].form


_FACTS = {
    Unit.PEOPLE: UnitFacts(0, "person", "people"),
    Unit.FTE_JOBS: UnitFacts(2, "full-time job", "full-time jobs"),
    Unit.FTE_YEARS: UnitFacts(2, "full-time year", "full-time years"),
    Unit.COMPLETIONS: UnitFacts(0, "completion", "completions"),
    Unit.PERSON_YEARS: UnitFacts(1, "person-year", "person-years"),
    Unit.HOUSEHOLDS: UnitFacts(0, "household", "households"),
    Unit.HOUSEHOLD_WEEKS: UnitFacts(1, "household-week", "household-weeks"),
    Unit.EVENTS: UnitFacts(0, "event", "events"),
    Unit.HOURS: UnitFacts(2, "hour", "hours"),
    Unit.WEEKS: UnitFacts(1, "week", "weeks"),
    Unit.TONNES: UnitFacts(3, "tonne", "tonnes"),
    Unit.POUNDS: UnitFacts(2, "£1", "pounds", UnitForm.POUNDS),
    Unit.MILES: UnitFacts(1, "mile", "miles"),
    Unit.TREES: UnitFacts(0, "tree", "trees"),
    Unit.SQUARE_METRES: UnitFacts(0, "square metre", "square metres"),
    Unit.DEVICES: UnitFacts(0, "device", "devices"),
    Unit.CHARGING_POINTS: UnitFacts(0, "charging point", "charging points"),
    Unit.MEALS: UnitFacts(0, "meal", "meals"),
    Unit.WELLBYS: UnitFacts(2, "point-year", "point-years"),
    Unit.BIODIVERSITY_UNITS: UnitFacts(2, "biodiversity unit", "biodiversity units"),
    Unit.YES_NO: UnitFacts(0, "yes", "yes", UnitForm.YES_NO, 1),
    Unit.PERCENT: UnitFacts(1, "per cent", "per cent", UnitForm.PERCENT, 100),
}
