"""Problems as JSON holds them, with their answers."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from tomsapp.domain.problems import Answer, AnswerChoice, Problem, Severity, Where
from tomsapp.exchange.fields import Fields
from tomsapp.exchange.strict_json import JsonObject

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


def read_choice(fields: Fields) -> AnswerChoice | None:
    """What an answer chose; None where it does not say, or says what cannot be chosen."""
    known = {one.value: one for one in AnswerChoice}
    choice = fields.text("choice", _MOST)
    if choice and choice not in known:
        fields.report("choice", "choice-unknown", "The choice of an answer is unknown", f"Write {' or '.join(known)}")
    return known.get(choice)


def read_problems(values: JsonObject, file: str) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """The Problems that a result states, and what is wrong with how it states them."""
    found: list[Problem] = []
    fields = Fields({"problems": values.get("problems")}, Where(file=file), found)
    return tuple(_read(item) for item in fields.objects("problems")), tuple(found)


def _read(fields: Fields) -> Problem:
    known = {one.value: one for one in Severity}
    severity = fields.text("severity", _MOST)
    if severity not in known:
        fields.report("severity", "severity-unknown", "The severity is unknown", f"Write {' or '.join(known)}")
    where, answer, before = fields.inner("where"), fields.inner("answer"), fields.inner("before")
    problem = Problem(
        fields.text("code", _MOST),
        known.get(severity, Severity.ERROR),
        fields.text("message", _MOST),
        fields.text("fix", _MOST),
        Where() if where is None else _read_where(where),
        fields.text("key", _MOST),
        None if answer is None else _read_answer(answer),
        fields.text("asked", _MOST),
        None if before is None else _read_answer(before),
    )
    fields.close()
    return problem


def _read_where(fields: Fields) -> Where:
    year, row = fields.whole("year", 1, 999), fields.whole("row", 1, 9_999_999)
    commitment = fields.value("commitment")
    where = Where(
        fields.text("file", _MOST),
        fields.text("sheet", _MOST),
        row,
        fields.text("column", _MOST),
        commitment if isinstance(commitment, str) else str(getattr(commitment, "text", "")),
        fields.text("measure", _MOST),
        None if year is None else year - 1,
        fields.text("field", _MOST),
    )
    fields.close()
    return where


def _read_answer(fields: Fields) -> Answer:
    text, by, at, asked = (fields.text(name, _MOST) for name in ("text", "by", "at", "asked"))
    answer = Answer(text, by, choice=read_choice(fields), asked=asked)
    fields.close()
    try:
        return replace(answer, answered_at=datetime.fromisoformat(at) if at else None)
    except ValueError:
        fields.report("at", "date-unreadable", "The time of an answer cannot be read", "Leave it out")
        return answer
