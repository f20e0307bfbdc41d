"""The closed list of units in which a measure is counted, each with its number of decimals."""

from enum import Enum
from typing import Self


class UnitForm(Enum):
    """How a quantity is written and taken together; the words of most units stand after a number."""

    NUMBER = "number"
    POUNDS = "pounds"
    PERCENT = "percent"
    YES_NO = "yes_no"


class Unit(Enum):
    """What one of a measure is.

    Attributes:
        value: the word used in menu files.
        decimals: how many decimals a quantity in this unit may have.
        one: what one of it is called: "hour".
        many: what several are called: "hours".
        form: how a quantity in it is written and taken together.
        most: the largest quantity that has a meaning: 1 for yes or no, 100 for per cent.
    """

    _value_: str
    decimals: int
    one: str
    many: str
    form: UnitForm
    most: int | None

    def __new__(
        cls,
        word: str,
        decimals: int = 0,
        one: str = "",
        many: str = "",
        form: UnitForm = UnitForm.NUMBER,
        most: int | None = None,
    ) -> Self:
        """Take what is said of a unit. With its word alone, as files have it, it is looked up and not made."""
        unit = object.__new__(cls)
        unit._value_ = word
        unit.decimals, unit.one, unit.many, unit.form, unit.most = decimals, one, many, form, most
        return unit

    PEOPLE = "people", 0, "person", "people"
    FTE_JOBS = "fte_jobs", 2, "full-time job", "full-time jobs"
    FTE_YEARS = "fte_years", 2, "full-time year", "full-time years"
    COMPLETIONS = "completions", 0, "completion", "completions"
    PERSON_YEARS = "person_years", 1, "person-year", "person-years"
    HOUSEHOLDS = "households", 0, "household", "households"
    HOUSEHOLD_WEEKS = "household_weeks", 1, "household-week", "household-weeks"
    EVENTS = "events", 0, "event", "events"
    HOURS = "hours", 2, "hour", "hours"
    WEEKS = "weeks", 1, "week", "weeks"
    TONNES = "tonnes", 3, "tonne", "tonnes"
    POUNDS = "pounds", 2, "£1", "pounds", UnitForm.POUNDS
    MILES = "miles", 1, "mile", "miles"
    TREES = "trees", 0, "tree", "trees"
    SQUARE_METRES = "square_metres", 0, "square metre", "square metres"
    DEVICES = "devices", 0, "device", "devices"
    CHARGING_POINTS = "charging_points", 0, "charging point", "charging points"
    MEALS = "meals", 0, "meal", "meals"
    WELLBYS = "wellbys", 2, "point-year", "point-years"
    BIODIVERSITY_UNITS = "biodiversity_units", 2, "biodiversity unit", "biodiversity units"
    YES_NO = "yes_no", 0, "yes", "yes", UnitForm.YES_NO, 1
    PERCENT = "percent", 1, "per cent", "per cent", UnitForm.PERCENT, 100
