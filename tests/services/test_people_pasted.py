"""Lines with person numbers as people copy them out of a spreadsheet."""

from datetime import date

import pytest

from tomsapp.domain.delivery.people import DeliveryPerson, PersonKind
from tomsapp.services.people_pasted import read_people

BEGAN, ENDED = date(2026, 4, 1), date(2026, 6, 30)


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("P-001", DeliveryPerson("P-001")),
        ("P-001\t1/4/2026\t30/06/2026\tNew", DeliveryPerson("P-001", BEGAN, ENDED)),
        ("transferred\tP-001\t1 Apr 2026", DeliveryPerson("P-001", BEGAN, None, PersonKind.TRANSFERRED)),
        ("P-001\t\t\tTUPE", DeliveryPerson("P-001", None, None, PersonKind.TRANSFERRED)),
        ('"P-001"\t2026-04-01\tRetained', DeliveryPerson("P-001", BEGAN, None, PersonKind.RETAINED)),
        (
            "Ended on\tPerson number\tNew or not\tBegan on\tNotes\n30/6/2026\tP-001\tretained\t1/4/2026\tsaid so",
            DeliveryPerson("P-001", BEGAN, ENDED, PersonKind.RETAINED),
        ),
        ("Number\tStart\n\nP-001", DeliveryPerson("P-001")),
    ],
)
def test_a_line_is_read_by_its_heads_or_by_what_it_holds(text, person):
    (read,) = read_people(text)
    assert (read.person, read.problems, read.fault) == (person, (), "")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Jane Smith", "could be a name"),
        ("P-001\tJane Smith", "could be a name"),
        ("1/4/2026", "Enter a number, for example P-001"),
        ("P-001\t30/6/2026\t1/4/2026", "is before 30 June 2026"),
        ("P-001\t1/4/2026\t2/4/2026\t3/4/2026", "is not a person number"),
        ("Number\tBegan\nP-001\tsoon", "1 April 2026"),
    ],
)
def test_a_line_that_is_not_understood_says_why_and_gives_no_person(text, fault):
    (read,) = read_people(text)
    assert read.person is None
    assert fault in read.fault


def test_lines_keep_their_numbers_and_empty_ones_are_passed_over():
    read = read_people("P-001\n\n\t\nNames: Jane\r\nP-002\tAnn\n")
    assert [(each.line, each.person is not None) for each in read] == [(1, True), (4, False), (5, False)]
    assert read_people("") == []


def test_a_number_that_is_written_as_a_name_is_asked_about():
    (read,) = read_people("Ann-1")
    assert [problem.message for problem in read.problems] == ["Ann-1 could be a name"]
    assert read.person is not None


def test_words_without_a_number_are_no_heads():
    assert [each.fault for each in read_people("Began\tEnded")] != []
