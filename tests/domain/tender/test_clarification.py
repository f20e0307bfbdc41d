"""The letter to a bidder: what it is asked, what was found, and what it answered; nothing of any other bidder."""

from datetime import date

import pytest

from tomsapp.domain.papers.clarification import AskedOfBidder, LetterToBidder, clarification_letter
from tomsapp.domain.papers.council_paper import PaperHeading, PaperTable
from tomsapp.domain.papers.told import PaperMaker
from tomsapp.domain.tender.bid import BidDecision, DecisionKind

MAKER = PaperMaker("Larkmere Council", date(2027, 1, 25), "A. Okafor", is_example=True)
SHA = "ab" * 32


def asked(lot: str = "", about: tuple[str, ...] = (), rule: str = "The menu says so.", **decision) -> AskedOfBidder:
    facts = {"asked_on": date(2027, 1, 25), "due_on": date(2027, 1, 29), "question": "How was it worked out?"}
    said = BidDecision(1, "key", SHA, **(facts | decision))
    return AskedOfBidder(lot, "offer.xlsx", SHA, "62 is more than 10 times the median", about, rule, said)


ANSWER = {"answer": "By the register", "answered_on": date(2027, 1, 27)}


def letter(*questions: AskedOfBidder, officer: str = "A. Okafor", title: str = "Cleaning") -> LetterToBidder:
    return LetterToBidder("Ashdown Ltd", "T-2026-003", title, officer, questions)


def words(made: LetterToBidder) -> str:
    return "\n".join(clarification_letter(made, MAKER).words)


def test_a_letter_asks_and_says_by_when_and_what_an_answer_does():
    made = letter(asked("Lot 1, Offices", ("V01 Volunteering",)), asked(due_on=date(2027, 1, 28), rule=""))
    paper = clarification_letter(made, MAKER)
    assert (paper.name, paper.title) == ("Clarification letter", "Questions to Ashdown Ltd: T-2026-003")
    assert [block.text for block in paper.blocks if isinstance(block, PaperHeading)] == [
        "Question 1: Lot 1, Offices, V01 Volunteering",
        "Question 2",
        "The offers that were read",
    ]
    told = words(made)
    for said in (
        "To Ashdown Ltd. Cleaning, T-2026-003.",
        "Larkmere Council has read your offer and has 2 questions about it. Please answer by 28 January 2027",
        "It does not change it: an offer is judged as it was sent",
        "Officer in charge: A. Okafor.",
        "How was it worked out?",
        "What was found: 62 is more than 10 times the median.",
        "The rule: The menu says so.",
        "Answer due on 29 January 2027.",
        "Your answer:",
        f"Lot 1, Offices: offer.xlsx, SHA-256 {SHA}",
        f"offer.xlsx, SHA-256 {SHA}",
        "Example council, not real.",
    ):
        assert said in told
    assert told.count("The rule:") == 1


def test_what_was_answered_stands_below_and_is_not_asked_again():
    accepted = asked(kind=DecisionKind.ACCEPT, **ANSWER)
    made = letter(asked(), asked(**ANSWER), accepted)
    assert (len(made.open), len(made.answered)) == (1, 2)
    (table,) = (block for block in clarification_letter(made, MAKER).blocks if isinstance(block, PaperTable))
    assert (
        table.rows
        == (("62 is more than 10 times the median", "How was it worked out?", "By the register", "27 January 2027"),)
        * 2
    )
    assert "Question 2" not in words(made)


@pytest.mark.parametrize("questions", [(), (asked(**ANSWER),)])
def test_nothing_is_left_to_be_asked(questions):
    made = letter(*questions, officer="", title="")
    assert (made.open, made.due_on) == ((), None)
    told = words(made)
    assert "Every question is answered." in told
    assert "To Ashdown Ltd. T-2026-003, T-2026-003." in told
    assert "Officer" not in told


def test_a_question_without_a_day_and_a_letter_without_an_officer():
    made = letter(asked(due_on=None), asked(), officer="")
    told = words(made)
    assert told.count("Answer due on") == 1
    assert "Officer" not in told
