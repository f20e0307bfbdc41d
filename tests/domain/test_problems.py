"""Problems: their place in words, and when they still ask for something."""

from datetime import date, datetime

import pytest

from tomsapp.domain.problems import Answer, Problem, Severity, Where, has_errors


@pytest.mark.parametrize(
    ("where", "text"),
    [
        (Where(), ""),
        (Where(file="offer.xlsx", sheet="Offer", row=0, column="D"), "offer.xlsx, sheet Offer, row 0, column D"),
        (Where(commitment="7", measure="S06", year=0, field="quantity"), "S06, year 1, quantity"),
        (Where(measure="S06"), "S06"),
    ],
)
def test_a_place_in_words(where: Where, text: str) -> None:
    assert str(where) == text


@pytest.mark.parametrize(
    ("severity", "answer", "is_open"),
    [
        (Severity.ERROR, None, True),
        (Severity.ERROR, Answer("never mind"), True),
        (Severity.WARNING, None, True),
        (Severity.WARNING, Answer("different people"), False),
        (Severity.NOTE, None, False),
    ],
)
def test_what_still_asks_for_something(severity: Severity, answer: Answer | None, is_open: bool) -> None:
    assert Problem("code", severity, "Wrong", "Mend", answer=answer).is_open is is_open


def test_a_problem_as_a_sentence() -> None:
    assert (
        str(Problem("c", Severity.NOTE, "It is wrong", "Mend it", Where(measure="S06"))) == "S06: It is wrong. Mend it"
    )
    assert str(Problem("c", Severity.NOTE, "It is wrong", "Mend it")) == "It is wrong. Mend it"


def test_has_errors() -> None:
    note, error = Problem("c", Severity.NOTE, "", ""), Problem("c", Severity.ERROR, "", "")
    assert not has_errors([note])
    assert has_errors([note, error])


def test_an_answer_has_the_day_on_which_it_was_given():
    assert Answer("x").answered_on is None
    assert Answer("x", answered_at=datetime(2026, 11, 24, 12).astimezone()).answered_on == date(2026, 11, 24)
