"""Answers to warnings, as records that are kept."""

from tomsapp.domain.facts import Fact, FactKind
from tomsapp.domain.problems import Answer, AnswerChoice
from tomsapp.domain.record_type import RecordType

ANSWER = RecordType(
    "answer",
    "answer",
    "answers",
    Answer,
    (
        Fact("choice", "Answer", FactKind.CHOICE, choices=AnswerChoice, revision="0003"),
        Fact("text", "Reason", FactKind.LONG, column="answer"),
        Fact("asked", "Asked about", FactKind.LONG, revision="0003"),
    ),
    name_of=lambda answer: answer.text,
)
"""What somebody answered to a warning of a contract."""
