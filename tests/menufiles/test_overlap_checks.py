"""Two measures that may count the same thing stand in an exclusion group, or are told apart with a reason."""

from datetime import date
from pathlib import Path

import pytest

from tests.menufiles.sample import sample_texts
from tomsapp.domain.problems import Severity
from tomsapp.menufiles.builder import build_edition
from tomsapp.menufiles.edition_reader import load_path
from tomsapp.menufiles.overlap_checks import idle_aparts, overlapping_sides, overlaps, unargued_pairs
from tomsapp.menufiles.review import Checked

TODAY = date(2026, 6, 1)
SHIPPED = Path("menus/barnet-open/2026.2")
ENDS = 'reason = "One move into work is one gain."\n'
HOLDINGS = {
    "J01": 'derivation = "Earnings of £14,044 plus £566."',
    "G01": 'derivation = "The central series."',
    "V01": 'derivation = "Face value."',
}


def holds(code, *components):
    named = ", ".join(f'"{component}"' for component in components)
    return (HOLDINGS[code], f"{HOLDINGS[code]}\ncomponents = [{named}]")


SHARING = (holds("J01", "earnings", "social_care"), holds("G01", "social_care", "earnings"), holds("V01", "earnings"))


def group(one, other):
    table = (
        f'\n[[exclusion_group]]\ncode = "new"\nseverity = "declare"\nsame = "person"\nmeasures = ["{one}", "{other}"]\n'
    )
    return (ENDS, ENDS + table + 'reason = "One gain."\n')


def apart(*codes, against=()):
    named, others = (", ".join(f'"{code}"' for code in part) for part in (codes, against))
    table = f'\n[[apart]]\nmeasures = [{named}]\nreason = "They are different."\n'
    return (ENDS, ENDS + table + (f"against = [{others}]\n" if others else ""))


def checked_of(*changes):
    built = build_edition(sample_texts(*changes))
    assert built.edition is not None, built.problems
    return Checked(built.edition, TODAY, built.file_of)


@pytest.fixture(scope="module")
def shipped():
    reading = load_path(SHIPPED)
    edition = reading.edition or build_edition(reading.texts).edition
    assert edition is not None
    return edition


def test_everything_that_is_shared_in_the_shipped_menu_is_argued(shipped):
    assert list(unargued_pairs(shipped)) == []
    assert list(idle_aparts(Checked(shipped, TODAY, {}))) == []
    assert all(measure.proxy.components for measure in shipped.measures if measure.proxy)


def test_no_measure_stands_on_both_sides_of_a_group(shipped):
    assert list(overlapping_sides(Checked(shipped, TODAY, {}))) == []
    both = (ENDS, f'{ENDS}against = ["J01", "G01"]\n')
    (problem,) = overlapping_sides(checked_of(both))
    assert (problem.code, problem.severity) == ("group-sides-overlap", Severity.WARNING)
    assert problem.message.startswith("J01 stand")


def test_a_start_and_what_it_leads_to_are_asked_about_apart_from_people_who_may_be_others(shipped):
    """By the menu's guidance these pairs are one person, so that their answer is not that of the other pairs."""
    same = [("S11", "S01"), ("S11", "S02"), ("S11", "S12"), ("S14", "J10")]
    for pair in same:
        groups = [group for group in shipped.exclusion_groups if group.clashes(*pair)]
        assert len(groups) == 1
        assert groups[0].pairs(shipped.places) <= {frozenset(one) for one in same}


def test_pairs_of_the_issue_clash_in_the_shipped_menu(shipped):
    def clash(one, other):
        return any(group.clashes(one, other) for group in shipped.exclusion_groups)

    jobs = [f"J{number:02}" for number in range(1, 11)]
    assert all(clash("H05", f"C0{number}") for number in range(1, 9))
    assert all(clash(person, use) for person in ("Y07", "H02", "J01") for use in ("H06", "H07", "H08"))
    assert all(clash("J11", other) for other in (*jobs, "S01", "S02"))
    assert all(clash(*pair) for pair in (("J13", "J14"), ("G07", "G12"), ("A09", "A10")))


def test_outcomes_of_a_start_and_its_completion_count_once_and_of_other_people_each(shipped):
    def once(one, other):
        return any(group.outcomes_once and group.clashes(one, other) for group in shipped.exclusion_groups)

    assert all(once(start, end) for start in ("S11", "J13") for end in ("S01", "S02", "S12"))
    assert all(once(new, group) for new in ("J13", "J14", "S11") for group in ("J01", "J10", "J18"))
    assert once("S14", "J10")
    assert not once("J13", "J14")
    assert not once("S01", "S02")
    assert not once("J01", "J06")


def test_shared_components_that_nothing_argues_are_told_once_a_measure():
    first, second = overlaps(checked_of(*SHARING))
    assert (first.code, first.severity) == ("overlap-unargued", Severity.WARNING)
    assert (first.where.measure, first.where.field) == ("J01", "proxy.components")
    assert "It counts the same earnings and social care as G01; earnings as V01, and no" in first.message
    assert second.where.measure == "G01"
    assert "It counts the same earnings as V01" in second.message
    assert "[[exclusion_group]]" in first.fix
    assert "[[apart]]" in first.fix


def test_measures_of_a_group_or_told_apart_are_argued():
    assert list(unargued_pairs(checked_of(*SHARING, group("J01", "V01")).edition)) == [
        ("J01", "G01", "earnings and social care"),
        ("G01", "V01", "earnings"),
    ]
    assert [pair[:2] for pair in unargued_pairs(checked_of(*SHARING, apart("J01", "G01")).edition)] == [
        ("J01", "V01"),
        ("G01", "V01"),
    ]
    assert list(overlaps(checked_of(*SHARING, apart("J01", "G01", "V01")))) == []


def test_nothing_shared_is_no_overlap():
    assert list(overlaps(checked_of(holds("J01", "earnings"), holds("G01", "carbon")))) == []
    assert list(overlaps(checked_of())) == []


def test_a_table_that_argues_against_nothing_is_noted():
    changes = (holds("J01", "earnings"), holds("G01", "carbon"), holds("V01", "carbon"))
    (problem,) = idle_aparts(checked_of(*changes, apart("J01", against=("G01", "V01"))))
    assert (problem.code, problem.severity, problem.where.field) == ("apart-idle", Severity.NOTE, "apart 1")
    assert "J01 count nothing that the others that it names count" in problem.message
    assert list(idle_aparts(checked_of(*changes, apart("V01", against=("G01", "J01"))))) == []


@pytest.mark.parametrize(
    ("unit", "more", "shared"),
    [
        ("tonnes", "", "tonnes"),
        ("yes_no", "", ""),
        ("people", "", ""),
        ("fte_jobs", "employment_outcome = 0.5\n", "employment outcomes"),
        ("fte_jobs", "", "full-time jobs"),
    ],
)
def test_two_measures_one_of_them_without_a_value_may_count_the_same_thing(unit, more, shared):
    """J02 of the sample has no value; G01 is in tonnes, J01 in jobs that are employment outcomes."""
    change = ('unit = "yes_no"\n', f'unit = "{unit}"\n{more}')
    alone = ('measures = ["J01", "J02"]', 'measures = ["J02", "V01"]')
    (*told,) = unargued_pairs(checked_of(change, alone).edition)
    other = {"tonnes": ("J02", "G01"), "fte_jobs": ("J01", "J02")}
    assert told == ([(*other[unit], shared)] if shared else [])


def test_two_valued_measures_of_one_unit_are_held_apart_by_what_their_pounds_consist_of():
    tonnes = ('unit = "fte_jobs"', 'unit = "tonnes"')
    full_time = ("full-time job", "tonne")
    assert list(unargued_pairs(checked_of(tonnes, full_time).edition)) == []
