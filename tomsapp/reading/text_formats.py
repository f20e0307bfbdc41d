"""TOML and JSON in, plain values out: no key twice, exact numbers, bounded depth and length.

A value is a text, `int` or `Decimal`, a truth, a date, a list, a dictionary, or None for the null of JSON. What cannot
be read is one Problem with its line, never an exception.
"""

import json
import re
import tomllib
from collections import Counter
from decimal import Decimal, InvalidOperation
from typing import NoReturn, TypeAlias

from tomsapp.domain.money import shortened
from tomsapp.domain.problems import Problem, Where, problem_at
from tomsapp.reading.source import decode

Values: TypeAlias = dict[str, object]

MOST_DEPTH = 20
"""How deep tables, objects and lists may stand in each other."""
MOST_MEMBERS = 100_000
"""How many entries one list, table or object may have."""
MOST_TEXT = 2_000_000
"""Characters of one text: more than any file of a menu has."""
_MOST_LINES = 50_000
_MOST_TABLES = 20_000
"""Lines and tables of a TOML file: the parser takes a second for the double of them."""
_MOST_INT_DIGITS = 40
_MOST_DIGITS = 10_000
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$", re.ASCII)
# The parser walks every part of a dotted name once for each part: a name of a megabyte would hold it up for hours.
_PART = r"""(?:[\w-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')"""
_LONG_NAME = re.compile(
    rf"(?:^|[\[{{,])[ \t]*{_PART}(?:[ \t]*\.[ \t]*{_PART}){{{MOST_DEPTH}}}", re.ASCII | re.MULTILINE
)
_HALF = re.compile("[\ud800-\udfff]")
_CHECK = "Check that the file was saved whole and is JSON"


def read_toml(data: bytes, file: str, most: int) -> Values | Problem:
    """The plain values of a TOML file of at most `most` bytes, or what is wrong with it."""
    text = decode(data, file, most)
    return text if isinstance(text, Problem) else parse_toml(text, file)


def read_json(data: bytes, file: str, most: int) -> Values | Problem:
    """The plain values of a JSON file of at most `most` bytes that holds one object, or what is wrong with it."""
    text = decode(data, file, most)
    return text if isinstance(text, Problem) else parse_json(text, file)


class _Refused(Exception):
    """A fault that the parser is stopped for."""

    def __init__(self, code: str, message: str, fix: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.fix = fix


def parse_toml(text: str, file: str) -> Values | Problem:
    """The plain values of a TOML text: fractions as `Decimal`, dates as `date`."""
    if text.count("\n") > _MOST_LINES or text.count("\n[") > _MOST_TABLES:
        message = f"The file has more than {_MOST_LINES:,} lines or {_MOST_TABLES:,} tables"
        return problem_at("invalid-toml", message, "Check that it is the file you meant", Where(file=file))
    long_name = _LONG_NAME.search(text)
    if long_name:
        where = Where(file, field=f"line {text.count(chr(10), 0, long_name.start()) + 1}")
        message = f"A name has more than {MOST_DEPTH} parts"
        return problem_at("invalid-toml", message, "Write short names", where)
    try:
        values = tomllib.loads(text, parse_float=_exact)
    except RecursionError:
        return _too_deep("invalid-toml", file)
    except ValueError as error:
        return _toml_fault(str(error), text, file)
    return _bounds(values, "invalid-toml", file) or values


def parse_json(text: str, file: str) -> Values | Problem:
    """The plain values of a JSON text that holds one object; a number stays as exact as it is written."""
    try:
        values = json.loads(
            text, object_pairs_hook=_each_once, parse_int=_whole, parse_float=_exact, parse_constant=_refuse_constant
        )
    except json.JSONDecodeError as error:
        message = f"The file is not complete JSON: line {error.lineno}, column {error.colno}"
        return problem_at("invalid-json", message, _CHECK, Where(file=file))
    except RecursionError:
        return _too_deep("invalid-json", file)
    except _Refused as refused:
        return problem_at(refused.code, refused.message, refused.fix, Where(file=file))
    except ValueError as error:
        return problem_at("invalid-json", str(error), "Write the number as text: “40”", Where(file=file))
    if not isinstance(values, dict):
        fix = "Start it with { and give each value its name"
        return problem_at("invalid-json", "The file holds no JSON object", fix, Where(file=file))
    return _bounds(values, "invalid-json", file) or values


def _exact(number: str) -> Decimal:
    if len(number) > _MOST_DIGITS:
        raise ValueError("A number is too large")
    try:
        return Decimal(number)
    except InvalidOperation:
        raise ValueError("A number is too large") from None


def _whole(number: str) -> int | Decimal:
    return int(number) if len(number) <= _MOST_INT_DIGITS else _exact(number)


def _refuse_constant(text: str) -> NoReturn:
    raise _Refused("invalid-json", f"{text} stands where a value should be", "Write the number as text: “40”")


def _each_once(pairs: list[tuple[str, object]]) -> Values:
    values = dict(pairs)
    if len(values) < len(pairs):
        counts = Counter(name for name, _ in pairs)
        twice = counts.most_common(1)[0][0]
        message = f"The name “{shortened(twice)}” stands twice in one object"
        raise _Refused("duplicate-key", message, "Keep one of the two")
    return values


def _toml_fault(fault: str, text: str, file: str) -> Problem:
    """The Problem for a fault that the TOML parser found."""
    place = _PLACE.search(fault)
    words = fault[: place.start()] if place else fault
    line = int(place[1] or text.rstrip("\n").count("\n") + 1) if place else None
    at = "This line" if line else "The file"
    where = Where(file, field=f"line {line}" if line else "")
    if any(word in words for word in ("overwrite", "twice", "mutate", "Duplicate")):
        message = f"{at} gives a key or table that stands above already"
        return problem_at("duplicate-key", message, "Keep one of the two", where)
    if "Exceeds the limit" in words:
        words = "A number is too large"
    fix = "Put the line right and check the file again"
    return problem_at("invalid-toml", f"{at} is not valid TOML: {words}", fix, where)


def _too_deep(code: str, file: str) -> Problem:
    message = f"The file nests values more than {MOST_DEPTH} deep"
    return problem_at(code, message, "Check that it is the file you meant", Where(file=file))


def _bounds(values: Values, code: str, file: str) -> Problem | None:
    """What is wrong with values that stand too deep, are too many, or hold half a character that no file could."""
    level: list[object] = [values]
    for _ in range(MOST_DEPTH):
        if not all(_is_whole_text(value) for value in level):
            message = "The file has a text with half a character in it"
            return problem_at(code, message, "Save it again from its source", Where(file=file))
        if any(len(value) > MOST_TEXT for value in level if isinstance(value, str)):
            message = f"The file has a text of more than {MOST_TEXT:,} characters"
            return problem_at(code, message, "Shorten it", Where(file=file))
        if any(len(value) > MOST_MEMBERS for value in level if isinstance(value, list | dict)):
            message = f"The file has a list of more than {MOST_MEMBERS:,} values"
            return problem_at(code, message, "Check that it is the file you meant", Where(file=file))
        level = [part for value in level for part in _parts(value)]
        if not level:
            return None
    return _too_deep(code, file)


def _parts(value: object) -> list[object]:
    if isinstance(value, dict):
        return [*value.keys(), *value.values()]
    return value if isinstance(value, list) else []


def _is_whole_text(value: object) -> bool:
    return not isinstance(value, str) or value.isascii() or _HALF.search(value) is None
