"""Neighbourhoods and priorities: every line in each group that it is in, and what is said where rows overlap."""

from decimal import Decimal

import pytest

from tests.portfolio import fill_small, new_workspace
from tomsapp.dashboards.filters import filters_in_words
from tomsapp.domain.keys import measure_key
from tomsapp.domain.portfolio import OVERLAPPING, Grouping
from tomsapp.domain.portfolio_overlaps import overlap_note, overlap_notes
from tomsapp.domain.portfolio_sums import sums_that_fail
from tomsapp.services import overview
from tomsapp.services.neighbourhoods import NEIGHBOURHOODS
from tomsapp.services.overview import Filters
from tomsapp.services.overview_tables import HEADS, grouping_table, lines_table
from tomsapp.services.priorities import PRIORITIES

GROUPINGS = sorted(OVERLAPPING, key=lambda each: each.value)


def groups_of(workspace, grouping):
    """Each group with what is in it, asked of the records and not of the cube; last what is in none."""
    if grouping is Grouping.PRIORITY:
        own = [(stored.id, stored.record.measures) for stored in PRIORITIES.all(workspace)]
    else:
        own = [(stored.id, stored.record.wards) for stored in NEIGHBOURHOODS.all(workspace)]
    everything = frozenset().union(*(keys for _, keys in own))
    return {
        **{str(number): (lambda key, keys=keys: key in keys) for number, keys in own},
        "none": lambda key: key not in everything,
    }


def key_of(line, grouping, names):
    if grouping is Grouping.PRIORITY:
        return measure_key(line.owner.edition.code, line.owner.measure.code)
    return names.get(line.ward, "")


@pytest.mark.parametrize("grouping", GROUPINGS)
@pytest.mark.parametrize("filters", [Filters(), Filters(keys={Grouping.THEME: frozenset({"1", "4"})})])
def test_each_row_is_the_exact_sum_of_its_lines(workspace, cube, grouping, filters):
    figures = overview.figures(cube, filters).portfolio
    names = {ward.name: ward.code for ward in workspace.area().wards}
    lines = list(overview.lines(cube, filters))
    rows = {row.key: row for row in figures.rows(grouping)}
    for key, is_in in groups_of(workspace, grouping).items():
        own = [line for line in lines if is_in(key_of(line, grouping, names))]
        assert rows[key].social_value == sum((line.social_value for line in own), Decimal(0))
        assert rows[key].real_pounds == sum((line.real_pounds for line in own), Decimal(0))
        assert rows[key].commitments == len({line.commitment for line in own})
    assert list(rows)[-1] == "none"


@pytest.mark.parametrize("grouping", GROUPINGS)
def test_each_line_names_every_group_that_it_is_in_in_its_files(workspace, cube, grouping):
    names = {ward.name: ward.code for ward in workspace.area().wards}
    lines = list(overview.lines(cube, Filters()))
    called = {row.key: row.name for row in overview.figures(cube, Filters()).portfolio.rows(grouping)}
    table = lines_table(iter(lines))
    place = [column.title for column in table.columns].index(HEADS[grouping])
    groups = {key: is_in for key, is_in in groups_of(workspace, grouping).items() if key != "none"}
    expected = [
        "; ".join(called[key] for key, is_in in groups.items() if is_in(key_of(line, grouping, names)))
        for line in lines
    ]
    assert [row[place] for row in table.rows] == expected
    assert any("; " in words for words in expected)
    assert "" in expected


@pytest.mark.parametrize("grouping", GROUPINGS)
def test_two_groups_chosen_take_a_line_of_both_once(cube, grouping):
    rows = overview.figures(cube, Filters()).portfolio.rows(grouping)
    both = Filters(keys={grouping: frozenset({rows[0].key, rows[1].key})})
    chosen = overview.figures(cube, both).portfolio
    found = list(overview.lines(cube, both))
    assert chosen.commitments == len({line.commitment for line in found}) < rows[0].commitments + rows[1].commitments
    assert chosen.social_value == sum(line.social_value for line in found)
    everything = Filters(keys={grouping: frozenset(row.key for row in rows)})
    assert overview.figures(cube, everything).portfolio.commitments == len(
        {line.commitment for line in overview.lines(cube, Filters())}
    )
    noun = grouping.value.capitalize()
    assert filters_in_words(cube, both) == (f"{noun} {rows[0].name} or {rows[1].name}",)


@pytest.mark.parametrize("grouping", GROUPINGS)
def test_rows_that_overlap_say_what_they_would_come_to_and_what_is_right(cube, grouping):
    figures = overview.figures(cube, Filters(), with_contracts=True).portfolio
    rows = figures.rows(grouping)
    note = overlap_note(figures, grouping)
    assert "the rows must not be added up" in note
    assert f"£{sum(row.social_value for row in rows):,.2f} of social value" in note
    assert note.endswith(f"each commitment once comes to £{figures.social_value:,.2f}.")
    assert note in overlap_notes(figures)
    assert grouping_table(figures, grouping).columns[0].title == f"{grouping.value.capitalize()} (rows overlap)"
    assert sums_that_fail(figures) == ()


def test_without_own_groups_there_is_no_table_of_them(tmp_path):
    workspace = new_workspace(tmp_path)
    fill_small(workspace, contracts=2)
    cube = overview.load_cube(workspace)
    figures, lines = overview.figures(cube, Filters()).portfolio, lines_table(overview.lines(cube, Filters()))
    workspace.close()
    assert {column.title for column in lines.columns}.isdisjoint(HEADS[grouping] for grouping in GROUPINGS)
    assert lines_table(()).rows == []
    assert [figures.rows(grouping) for grouping in GROUPINGS] == [(), ()]
    assert not any(figures.has_table(grouping) for grouping in GROUPINGS)
    assert figures.has_table(Grouping.THEME)
    assert overlap_notes(figures) == ()
