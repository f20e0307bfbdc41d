"""Signs that nobody sees or hears never make two texts differ, and lists stand as people count."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tomsapp.domain.alike import alike, each_alike, has_invisible, natural, plain_signs, visible


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("O'Brien", "O’Brien"),
        ("O’Brien", "obrien"),
        ("Café", "cafe"),
        ("Cafe\u0301", "Café"),
        ("St Marys", "St. Mary's"),
        ("C\u20111", "c-1"),
        ("C–1", "C-1"),
        ("S08\u200b", "S08"),
        ("Harbour\u00a0& Quays ", "harbour & quays"),
        ("a \n\t b", "a b"),
        ("“Lamp” & Sons", 'Lamp & Sons"'),
        ("Størrelse Łódź", "storrelse lodz"),
        ("ＳＴＡＦＦ", "staff"),
        ("Straße", "STRASSE"),
    ],
)
def test_texts_that_people_take_for_the_same_are_alike(one, other):
    assert alike(one) == alike(other)


@pytest.mark.parametrize(("one", "other"), [("1.5", "15"), ("C-1", "C-10"), ("C-1", "C1"), ("a b", "ab")])
def test_texts_that_say_something_else_are_not(one, other):
    assert alike(one) != alike(other)


@given(st.text())
def test_what_is_alike_stays_so(text):
    assert alike(alike(text)) == alike(text)
    assert alike(f" {text}\u200b ") == alike(text)


def test_a_list_stands_as_people_count():
    names = ["C-2026-10", "c-2026-2", "C-2026-002", "Zebra", "Élan", "Eland", "Elbe", "2", "10"]
    assert sorted(names, key=natural) == [
        *["2", "10", "c-2026-2", "C-2026-002", "C-2026-10", "Élan", "Eland", "Elbe", "Zebra"]
    ]


def test_what_cannot_be_seen_is_left_out_and_signs_become_those_of_a_keyboard():
    assert visible(" a\u200bb\u00a0c ") == "ab c"
    assert plain_signs("−5 ‘a’ “b” ￡") == "-5 'a' \"b\" £"
    assert has_invisible("a\ufeff")
    assert not has_invisible("a b")


@given(st.lists(st.text() | st.text(alphabet="aB .’'–\t\n\u00a0\u2028é1")))
@example(["O’Brien", "St. Marys", "a  b", ""])
@example(["Lamp", "two\nlines"])
@example([])
def test_many_texts_are_folded_as_each_alone(texts):
    assert each_alike(texts) == [alike(text) for text in texts]
