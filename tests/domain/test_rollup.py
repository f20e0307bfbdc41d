"""Totals by any key, and themes of which nothing is committed."""

from tests.domain.build import D, commit, contract, edition, measure, valued
from tomsapp.domain.rollup import Totals, themes_without_lines, totals_by, totals_of
from tomsapp.domain.units import Unit

MENU = edition(measure("W", "500", Unit.WEEKS), measure("V", "10", Unit.POUNDS, real_pounds=True))


def test_totals_by_place_keep_the_two_kinds_of_pounds_apart() -> None:
    lines = valued(
        contract(), MENU, commit("W", "1"), commit("V", "2", place="a"), commit("W", "3", place="a", key="2")
    ).lines
    assert totals_by(lines, lambda line: line.commitment.place) == {
        "": Totals(D("500.00"), D("0.00"), 1),
        "a": Totals(D("1520.00"), D("2.00"), 2),
    }
    assert totals_of(lines) == Totals(D("2020.00"), D("2.00"), 3)
    assert totals_of([]) == Totals(D("0.00"), D("0.00"), 0)


def test_themes_without_lines() -> None:
    assert [theme.number for theme in themes_without_lines(valued(contract(), MENU))] == [1, 2]
    assert [theme.number for theme in themes_without_lines(valued(contract(), MENU, commit("W", "1")))] == [2]
