"""What a list says of receipts: how many of each kind, and of each what becomes of it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.domain.tender.test_receipt import ADMITTED, DEADLINE, at, file, judged
from tomsapp.domain.tender.deadline import left_words, moment_words
from tomsapp.domain.tender.receipt_words import counts_of, counts_sentence, in_two_lines

FILES = judged(
    file(1, "18 09:00"),
    file(2, "18 10:00"),
    file(3, "18 11:00", "Rowan", pack_version=1),
    file(4, "22 13:01:09"),
    file(5, "22 13:00", "Moor"),
    file(6, "22 13:00", "Late", pack_version=1),
    file(7, "18 12:00", "", refused="the workbook has macros", ask_for="the workbook saved without macros (.xlsx)"),
    file(8, "18 12:00", "Dale", unfinished="1 question has no answer"),
    admitted={6: ADMITTED},
)
CHANGES = {2: ("The deadline is 12 noon, Friday 22 January 2027, UK time.",), 1: ()}


def said(number: int, changes=CHANGES) -> tuple[str, str]:
    return in_two_lines(FILES[number - 1], FILES, changes)


def test_each_file_says_what_becomes_of_it_and_what_to_know():
    assert said(1) == ("Replaced by receipt 2", "On 18 January 2027, 10:00. Kept as it came")
    assert said(2) == ("Counts", "It replaces receipt 1")
    assert said(3) == ("Counts. Made with pack version 1", f"Version 2: {CHANGES[2][0]}")
    assert said(4) == ("Late by 1 h 1 min 9 s. Does not count", "Kept. Receipt 2 counts instead")
    assert said(5)[1] == "Kept. It counts only if somebody admits it, with a reason"
    assert said(6) == (
        "Late by 1 h. Counts",
        "Admitted by M. Reid: The portal was down from 11:40 to 12:20. Made with pack version 1",
    )
    assert said(7) == ("Refused: the workbook has macros", "Ask for the workbook saved without macros (.xlsx)")
    assert said(8) == ("Not finished: 1 question has no answer", "Kept as it came")


def test_several_changes_are_counted():
    assert said(3, {2: ("One.", "Two."), 3: ("Three.",)})[1] == "Version 2 has 2 changes and version 3 has 1 change"
    assert said(3, {})[1] == ""
    several = judged(file(1, "18 09:00"), file(2, "18 10:00"), file(3, "18 11:00"))
    assert in_two_lines(several[2], several, {}) == ("Counts", "It replaces receipts 1 and 2")
    alone = judged(file(1, "18 09:00"))
    assert in_two_lines(alone[0], alone, {}) == ("Counts", "")


def test_files_are_counted():
    assert counts_of(FILES, is_closed=True) == (
        ("8 files", "received"),
        ("3 offers", "count"),
        ("2", "late"),
        ("1", "replaced"),
        ("1", "not finished"),
        ("1", "refused"),
    )
    assert counts_sentence(FILES[1:2], is_closed=False) == "1 file received, 1 offer counts so far."


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("22 11:59:30", "under 1 min left"),
        ("22 12:00", "under 1 min left"),
        ("22 12:00:01", "closed under 1 min ago"),
        ("18 16:04:59", "3 days 19 h 55 min left"),
        ("22 14:05:59", "closed 2 h 5 min ago"),
    ],
)
def test_how_far_the_deadline_is(now, words):
    assert left_words(at(now), DEADLINE) == words


def test_a_moment_is_told_by_the_clock_of_a_place():
    moment = datetime(2027, 7, 1, 11, 5, 9, 900_000, UTC)
    assert moment_words(moment, ZoneInfo("Europe/London")) == "1 July 2027, 12:05:09"
