"""The closed list of units."""

from tomsapp.domain.units import Unit

DECIMALS = (
    "people 0, fte_jobs 2, fte_years 2, completions 0, person_years 1, households 0, household_weeks 1, events 0, "
    "hours 2, weeks 1, tonnes 3, pounds 2, miles 1, trees 0, square_metres 0, devices 0, charging_points 0, meals 0, "
    "wellbys 2, biodiversity_units 2, yes_no 0, percent 1"
)


def test_every_unit_has_its_decimals() -> None:
    assert ", ".join(f"{unit.value} {unit.decimals}" for unit in Unit) == DECIMALS


def test_every_unit_has_a_word_for_one_and_for_many() -> None:
    assert all(unit.one and unit.many for unit in Unit)
    assert (Unit.HOURS.one, Unit.HOURS.many) == ("hour", "hours")
    assert (Unit.CHARGING_POINTS.one, Unit.CHARGING_POINTS.many) == ("charging point", "charging points")
    assert (Unit.SQUARE_METRES.one, Unit.SQUARE_METRES.many) == ("square metre", "square metres")


def test_only_yes_no_and_per_cent_have_an_end() -> None:
    assert {unit: unit.most for unit in Unit if unit.most is not None} == {Unit.YES_NO: 1, Unit.PERCENT: 100}
