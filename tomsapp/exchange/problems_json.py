"""Problems as JSON holds them, with their answers."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from tomsapp.domain.problems import Answer, AnswerChoice, Problem, Severity, Where
from tomsapp.exchange.offer_file import MOST_COMMITMENTS
from tomsapp.reading.dialect import SENT_FILES
from tomsapp.reading.fields import FieldReader
from tomsapp.reading.text_formats import Values

_MOST = 100_000


def problem_values(problem: Problem, numbers: Mapping[str, int] | None = None) -> dict[str, object]:
    """A Problem as JSON holds it; `numbers` gives the number of each commitment in the offer."""
    where = problem.where
    number = (numbers or {}).get(where.commitment)
    place = {
        "file": where.file,
        "sheet": where.sheet,
        "row": where.row,
        "column": where.column,
        "commitment": number or where.commitment,
        "measure": where.measure,
        "year": None if where.year is None else where.year + 1,
        "field": where.field,
    }
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "message": problem.message,
        "fix": problem.fix,
        "where": {name: value for name, value in place.items() if value not in {"", None}},
        "key": problem.key,
        "answer": None if problem.answer is None else _answer_values(problem.answer),
        **({"before": _answer_values(problem.before)} if problem.before else {}),
        **({"asked": problem.asked} if problem.asked else {}),
    }


def _answer_values(answer: Answer) -> dict[str, object]:
    values: dict[str, object] = {"text": answer.text, "by": answer.answered_by, **choice_values(answer)}
    if answer.answered_at is not None:
        values["at"] = answer.answered_at.isoformat()
    return values


def choice_values(answer: Answer) -> dict[str, object]:
    """What an answer chose and what it was given for; nothing of one from before answers were choices."""
    return {} if answer.choice is None else {"choice": answer.choice.value, "asked": answer.asked}


def read_choice(fields: FieldReader) -> AnswerChoice | None:
    """What an answer chose; None where it does not say, or says what cannot be chosen."""
    known = {one.value: one for one in AnswerChoice}
    choice = fields.typed_text("choice", _MOST)
    if choice and choice not in known:
        fix = f"Write {' or '.join(known)}"
        fields.report("choice-unknown", "The choice of an answer is unknown", fix, "choice")
    return known.get(choice)


def read_problems(values: Values, file: str) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """The Problems that a result states, and what is wrong with how it states them."""
    found: list[Problem] = []
    fields = FieldReader({"problems": values.get("problems")}, Where(file=file), found, dialect=SENT_FILES)
    return tuple(_read(item) for item in fields.tables("problems")), tuple(found)


def _read(fields: FieldReader) -> Problem:
    severity = fields.choice("severity", Severity)
    where, answer, before = fields.table("where"), fields.table("answer"), fields.table("before")
    problem = Problem(
        fields.typed_text("code", _MOST),
        severity,
        fields.typed_text("message", _MOST),
        fields.typed_text("fix", _MOST),
        Where() if where is None else _read_where(where),
        fields.typed_text("key", _MOST),
        None if answer is None else _read_answer(answer),
        fields.typed_text("asked", _MOST),
        None if before is None else _read_answer(before),
    )
    fields.finish()
    return problem


def _read_where(fields: FieldReader) -> Where:
    year, row = fields.count("year", 1, 999), fields.count("row", 1, 9_999_999)
    where = Where(
        fields.typed_text("file", _MOST),
        fields.typed_text("sheet", _MOST),
        row,
        fields.typed_text("column", _MOST),
        _read_commitment(fields),
        fields.typed_text("measure", _MOST),
        None if year is None else year - 1,
        fields.typed_text("field", _MOST),
    )
    fields.finish()
    return where


def _read_commitment(fields: FieldReader) -> str:
    """The key of a commitment, or its number in the offer, with which `problem_values` names it."""
    if fields.has_number("commitment"):
        return str(fields.count("commitment", 1, MOST_COMMITMENTS))
    return fields.typed_text("commitment", _MOST)


def _read_answer(fields: FieldReader) -> Answer:
    text, by, at, asked = (fields.typed_text(name, _MOST) for name in ("text", "by", "at", "asked"))
    answer = Answer(text, by, choice=read_choice(fields), asked=asked)
    fields.finish()
    try:
        return replace(answer, answered_at=datetime.fromisoformat(at) if at else None)
    except ValueError:
        fields.report("date-unreadable", "The time of an answer cannot be read", "Leave it out", "at")
        return answer
