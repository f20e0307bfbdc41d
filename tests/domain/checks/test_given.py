"""Answers as they are told: for the figures of each of them, with every contract year."""

import pytest

from tomsapp.domain.checks.given import given_for, in_full
from tomsapp.domain.problems import Answer, AnswerChoice

DATES = "1 April 2026 to 31 March 2030"


def to(asked: str) -> Answer:
    return Answer("x", choice=AnswerChoice.RIGHT, asked=asked)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("", ""),
        ("J07 1", "for J07 1"),
        (f"J07 1, 0.5; {DATES}", f"for J07 1, 0.5, 0, 0; {DATES}"),
        (f"J07 1, 0, 0, 1,500; {DATES}", f"for J07 1, 0, 0, 1,500; {DATES}"),
        (f"J07 1, 1, 1, 1; {DATES}", f"for J07 4 × 1; {DATES}"),
        (f"L01 1,500, 1,500, 1,500, 1,500, of which 50%; {DATES}", f"for L01 4 × 1,500, of which 50%; {DATES}"),
        ("J07 1, 1; 1 April 2026 to 31 March 2028", "for J07 1, 1; 1 April 2026 to 31 March 2028"),
        (f"G09 1,234.5, of which 50%; {DATES}", f"for G09 1,234.5, 0, 0, 0, of which 50%; {DATES}"),
        (
            f"S08 2 for each £1,000.00 of spend; {DATES}",
            f"for S08 2 for each £1,000.00 of spend; {DATES}",
        ),
        ("£12.00; £1,000.00", "for £12.00; £1,000.00"),
        ("1 April 2026", "for 1 April 2026"),
        # What another program wrote is told as it is.
        ("J07 1; 31 February 2026 to 31 March 2030", "for J07 1; 31 February 2026 to 31 March 2030"),
        ("J07 1; 1 April 2030 to 31 March 2026", "for J07 1; 1 April 2030 to 31 March 2026"),
    ],
)
def test_the_figures_of_an_answer_have_every_year(asked, told):
    assert given_for([to(asked)]) == told
    assert in_full(asked) == told.removeprefix("for ")


def test_answers_of_one_row_are_told_with_the_figures_of_each():
    answers = [to(f"J12 0.5; {DATES}"), to(f"S06 6; J12 0.5; {DATES}"), to(f"G02 0.25; {DATES}")]
    assert given_for(answers) == f"for J12 0.5, 0, 0, 0; S06 6, 0, 0, 0; G02 0.25, 0, 0, 0; {DATES}"


def test_an_answer_of_the_time_before_choices_does_not_say_for_what():
    assert given_for([Answer("x")]) == "before answers were kept with their figures"
