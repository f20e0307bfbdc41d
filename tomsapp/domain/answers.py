"""Answers to warnings, as records that are kept."""

from tomsapp.domain.facts import Fact, FactKind, RecordType
from tomsapp.domain.problems import Answer

ANSWER = RecordType(
    "answer",
    "answer",
    "answers",
    Answer,
    (Fact("text", "Answer", FactKind.LONG, column="answer"),),
    name_of=lambda answer: answer.text,
)
"""What somebody answered to a warning of a contract."""
