"""Names that look alike are asked about, whichever letters they are written with."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tomsapp.domain.lookalikes import _DRAWN_AS, drawn, each_drawn, other_letters
from tomsapp.domain.supplier import Supplier, looks_like, same_supplier


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Вridge Works", "Bridge Works"),
        ("Αlpha", "Alpha"),
        ("οmega", "omega"),
        ("Ｂｒｉｄｇｅ", "Bridge"),
        ("𝐁ridge", "Bridge"),
        ("C-2O26-0O1", "C-2026-001"),
        ("Lot l", "Lot 1"),
        ("LOT I", "lot 1"),
        ("Barnes", "Bames"),
        ("Café", "cafe"),
        ("O’Brien", "OBrien"),
        ("ՕՍ", "OU"),
    ],
)
def test_names_that_look_alike_are_drawn_the_same(one, other):
    assert drawn(one) == drawn(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Bridge", "Brigde"), ("C-2026-001", "C-2026-002"), ("Мост", "Most"), ("中", "国"), ("a", "b")]
)
def test_names_that_look_otherwise_are_not(one, other):
    assert drawn(one) != drawn(other)


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_two_numbers_never_look_alike(one, other):
    assert (drawn(str(one)) == drawn(str(other))) == (one == other)


def test_each_letter_is_drawn_as_one():
    every = [sign for signs in _DRAWN_AS.values() for sign in signs]
    assert len(every) == len(set(every))
    for plain, signs in _DRAWN_AS.items():
        assert {drawn(sign) for sign in signs} == {drawn(plain)}
        assert not [sign for sign in signs if unicodedata.normalize("NFKC", sign) != sign]


def test_supplier_that_looks_like_another_is_asked_about():
    real = Supplier("Bridge Works Ltd")
    assert same_supplier(Supplier("Вridge Works Limited"), real) == (
        "There is a supplier called Bridge Works Ltd, which looks the same and is written with other letters"
    )
    assert same_supplier(Supplier("Bridge works"), real) == "There is a supplier called Bridge Works Ltd"
    assert not looks_like(Supplier("Bridge Walks"), real)


def test_other_letters_of_the_same_look_are_found_and_other_ways_of_writing_are_not():
    kept = ["Coach hire", "Roads"]
    assert other_letters("\u0421oach hire", kept) == "Coach hire"
    assert other_letters("COACH  HIRE", kept) == ""
    assert other_letters("Bridges", kept) == ""


@given(st.lists(st.text() | st.text(alphabet="aОrnvvΑ1Il’ .\n\u0301ﬁ")))
@example(["Вridge", "Barnes", "Lot l"])
@example(["two\nlines", "Lamp"])
@example([])
def test_many_names_are_drawn_as_each_alone(names):
    assert each_drawn(names) == [drawn(name) for name in names]
