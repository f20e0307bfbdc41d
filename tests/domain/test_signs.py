"""Signs that are not seen: named where a name has them, and shown where they turn the direction of reading."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tomsapp.domain.contract import CONTRACT
from tomsapp.domain.council import COUNCIL
from tomsapp.domain.facts import FactKind, Fault
from tomsapp.domain.neighbourhood import NEIGHBOURHOOD
from tomsapp.domain.person import PERSON
from tomsapp.domain.priority import PRIORITY
from tomsapp.domain.seal import ACT
from tomsapp.domain.signs import (
    has_direction_marks,
    in_order,
    is_direction_mark,
    marks_as_they_stand,
    name_fault,
    shown,
    without_order,
)
from tomsapp.domain.supplier import SUPPLIER, Supplier

DIRECTION = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
UNSEEN = "\u200b\u2060\ufeff\u00ad\u180e\u034f\u115f\u3164\uffa0\u2800\U000e0041\x00\x07\x1b\x7f\x9f\t"
BREAKS = "\n\r\v\f\x1c\x85\u2028\u2029"


@pytest.mark.parametrize("sign", [*DIRECTION, *UNSEEN])
def test_name_with_a_sign_that_is_not_seen_is_refused_with_the_sign_named(sign):
    fault = name_fault(f"Bridge {sign}Works")
    assert fault.startswith(f"It has a sign that is not seen: U+{ord(sign):04X} ")
    assert fault[-1].isalnum()


@pytest.mark.parametrize("sign", BREAKS)
def test_name_with_a_line_break_is_refused(sign):
    assert name_fault(f"Bridge{sign}Works") == "It has a line break"


@pytest.mark.parametrize(
    "name",
    [
        "Bridge Works & Sons (London) Ltd – £",
        "Café Søn",
        "O’Brien\u00a0Ltd",
        "שלום עולם",
        "می\u200cخواهم",
        "क\u094d\u200dष",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",
        "\U0001f44d\U0001f3fd",
        "☀\ufe0f",
        "1\ufe0f\u20e3",
        "e\u0301",
        "",
    ],
)
def test_name_that_shows_all_it_has_is_taken(name):
    assert name_fault(name) == ""


@pytest.mark.parametrize(
    "name", ["a\u200db", "\u200dab", "ab\u200d", "a\u200cb", "☀\u200c☀", "a\ufe0f", "\ufe0fa", "\u200d", "ء\u200d"]
)
def test_joiner_that_joins_nothing_is_refused(name):
    assert name_fault(name)


@given(st.text())
def test_name_that_is_taken_reads_as_it_is_kept(name):
    if name_fault(name) == "":
        assert not set(name) & set(DIRECTION + BREAKS)
        assert not [sign for sign in name if unicodedata.category(sign) == "Cc"]
        assert shown(name) == name


@given(st.text(st.sampled_from(DIRECTION + "ab שx‹›U+")))
def test_what_is_shown_turns_nothing_and_loses_nothing(text):
    assert not any(map(is_direction_mark, shown(text)))
    assert len(shown(text)) == len(text) + 7 * sum(map(is_direction_mark, text))
    assert shown(shown(text)) == shown(text)


def test_direction_is_shown_where_it_turns():
    assert shown("invoice\u202efdp.exe") == "invoice‹U+202E›fdp.exe"
    assert shown("plain £ text") == "plain £ text"


@pytest.mark.parametrize("kind", [CONTRACT, SUPPLIER, COUNCIL, NEIGHBOURHOOD, PRIORITY, ACT])
def test_every_name_of_a_record_is_refused_with_its_field(kind):
    lines = [fact for fact in kind.facts if fact.kind is FactKind.LINE]
    assert lines
    for fact in lines:
        assert fact.fault("a\nb").message == "It has a line break"
        assert fact.fault("a\u202eb@") == Fault(
            "It has a sign that is not seen: U+202E right-to-left override",
            "Take it out, or type the words anew",
            "unseen",
        )
        assert fact.fault("x" * 100_000).code == "too-long"


def test_field_is_named():
    (problem,) = SUPPLIER.problems(Supplier("Bridge\u200b Works"))
    assert problem.code == "name-unseen"
    assert problem.where.field == "name"
    assert problem.message == "The name has a sign that is not seen: U+200B zero width space"


def test_who_signs_has_a_name_that_is_seen():
    assert PERSON.fault("A. Okafor") is None
    assert PERSON.fault("").words == "Enter your name, so that others know who made a change"
    assert PERSON.fault("a\u200e").words.endswith("U+200E left-to-right mark. Take it out, or type the words anew")
    assert PERSON.fault("x" * 121).code == "too-long"


def test_names_that_go_from_right_to_left_stand_by_themselves_in_a_sentence():
    hebrew, arabic = "\u05d0\u05d1\u05d2", "\u0628\u062a"
    said = f"{hebrew} {hebrew}, lot 2: answer to question 3"
    assert in_order(said) == f"\u2068{hebrew} {hebrew}\u2069, lot 2: answer to question 3"
    assert in_order(f"{hebrew} Ltd and {arabic}") == f"\u2068{hebrew}\u2069 Ltd and \u2068{arabic}\u2069"
    for whole in (hebrew, f"{hebrew}, {arabic}.", "Søn & Co, lot 2", "Plain", ""):
        assert in_order(whole) == whole
    assert without_order(in_order(said)) == said


def test_papers_of_before_are_read_with_the_marks_as_they_stand():
    text = "Housing \u202erepairs"
    assert has_direction_marks(text)
    assert not has_direction_marks("Housing repairs, Søn & Co")
    assert not has_direction_marks("Housing repairs")
    with marks_as_they_stand():
        assert shown(text) == text
    assert shown(text) == "Housing ‹U+202E›repairs"
