"""What the room hands out as plain data: values of JSON and TOML files, with exact numbers and days, and Problems."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.room.frames import WrongForm, parsed

_OBJECT = "o"
_WRITTEN: tuple[tuple[str, type, Callable[[str], object]], ...] = (
    ("n", Decimal, Decimal),
    # A moment is a day too, and so comes first.
    ("m", datetime, datetime.fromisoformat),
    ("d", date, date.fromisoformat),
    ("t", time, time.fromisoformat),
)
_READ = {mark: read for mark, _, read in _WRITTEN}


def as_plain(value: object) -> object:
    """A value as JSON holds it; each object of it has one name, which says what it is."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, list):
        return [as_plain(each) for each in value]
    if isinstance(value, Mapping):
        return {_OBJECT: {key: as_plain(each) for key, each in value.items()}}
    mark = next(mark for mark, kind, _ in _WRITTEN if isinstance(value, kind))
    return {mark: str(value) if isinstance(value, Decimal) else value.isoformat()}  # type: ignore[attr-defined]


def from_plain(value: object) -> object:
    """The value that `as_plain` was given.

    Raises:
        WrongForm: it was given none.
    """
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, list):
        return [from_plain(each) for each in value]
    if not isinstance(value, dict) or len(value) != 1:
        raise WrongForm("A value is of no known kind")
    ((mark, held),) = value.items()
    if mark == _OBJECT and isinstance(held, dict):
        return {key: from_plain(each) for key, each in held.items()}
    if mark not in _READ or not isinstance(held, str):
        raise WrongForm("A value is of no known kind")
    try:
        return _READ[mark](held)
    except (ValueError, InvalidOperation) as error:
        raise WrongForm("A number or day is not written as one") from error


def plain_bytes(value: object) -> bytes:
    """A value as a run of bytes, for values may be many."""
    return json.dumps(as_plain(value), separators=(",", ":"), ensure_ascii=False).encode("utf-8", "surrogatepass")


def value_in(data: bytes | memoryview) -> object:
    """The value that `plain_bytes` was given.

    Raises:
        WrongForm: it was given none.
    """
    try:
        return from_plain(parsed(bytes(data)))
    except RecursionError as error:
        raise WrongForm("It is too deep") from error


_TEXTS = ("code", "message", "fix", "key")
_MOST_PROBLEMS = 100_000


def plain_problems_in(run: bytes | memoryview) -> tuple[Problem, ...]:
    """The Problems in a run of bytes, of which there may be many.

    Raises:
        WrongForm: there are none.
    """
    return problems_in(value_in(run))


def plain_problems(problems: Iterable[Problem]) -> list[object]:
    """Problems of a file, which nobody has answered yet, as JSON holds them."""
    return [
        {
            **{name: getattr(problem, name) for name in _TEXTS},
            "severity": problem.severity.value,
            "where": list(problem.where),
        }
        for problem in problems
    ]


def problems_in(plain: object) -> tuple[Problem, ...]:
    """The Problems that `plain_problems` was given.

    Raises:
        WrongForm: it was given none.
    """
    if not isinstance(plain, list) or len(plain) > _MOST_PROBLEMS:
        raise WrongForm("There is no list of Problems")
    return tuple(_problem(each) for each in plain)


def _problem(plain: object) -> Problem:
    if not isinstance(plain, dict) or plain.keys() != {*_TEXTS, "severity", "where"}:
        raise WrongForm("A Problem has other parts")
    place = plain["where"]
    if not all(isinstance(plain[name], str) for name in _TEXTS) or not isinstance(place, list):
        raise WrongForm("A part of a Problem is no text")
    kinds = [(int, type(None)) if Where._field_defaults[name] is None else (str,) for name in Where._fields]
    if len(place) != len(kinds) or not all(map(isinstance, place, kinds)):
        raise WrongForm("A Problem has no place")
    try:
        severity = Severity(plain["severity"])
    except ValueError as error:
        raise WrongForm("A Problem is of no known kind") from error
    return Problem(plain["code"], severity, plain["message"], plain["fix"], Where(*place), key=plain["key"])
