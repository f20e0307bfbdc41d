"""JSON read strictly: UTF-8, no key twice, no NaN, numbers kept as they are written, bounded size and depth."""

import json
from dataclasses import dataclass
from typing import NoReturn, TypeAlias

from tomsapp.exchange.offer_file import MOST_BYTES, OfferUnreadable, check_size

MOST_DEPTH = 20
"""How deep objects and lists may stand in each other."""


@dataclass(frozen=True, slots=True)
class JsonNumber:
    """A number as it is written in the file, so that nothing is lost before it is judged."""

    text: str


JsonValue: TypeAlias = "str | JsonNumber | bool | list[JsonValue] | dict[str, JsonValue] | None"
JsonObject: TypeAlias = "dict[str, JsonValue]"


def read_json_object(data: bytes, file: str, most: int = MOST_BYTES) -> JsonObject:
    """The object that a JSON file of at most `most` bytes holds.

    Raises:
        OfferUnreadable: too large, not UTF-8, not JSON, a key twice, NaN, too deep, or not an object.
    """
    check_size(data, file, most)
    name = file or "The file"
    try:
        values = json.loads(
            _decoded(data, name),
            object_pairs_hook=_object_without_repeats,
            parse_int=JsonNumber,
            parse_float=JsonNumber,
            parse_constant=_refuse_constant,
        )
    except json.JSONDecodeError as error:
        raise OfferUnreadable(
            f"{name} is not complete JSON: line {error.lineno}, column {error.colno}",
            "Check that the file was saved whole and is JSON",
        ) from error
    except RecursionError as error:
        raise _too_deep(name) from error
    if not isinstance(values, dict):
        raise OfferUnreadable(f"{name} holds no JSON object", "Start it with { and give each value its name")
    _check_depth_and_text(values, name)
    return values


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise OfferUnreadable(
            f"{name} is not in UTF-8: byte {error.start + 1}", "Save it again with the encoding UTF-8"
        ) from error


def _object_without_repeats(pairs: list[tuple[str, JsonValue]]) -> JsonObject:
    values = dict(pairs)
    if len(values) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise OfferUnreadable(f"The name “{twice}” stands twice in one object", "Keep one of the two")
    return values


def _refuse_constant(text: str) -> NoReturn:
    raise OfferUnreadable(f"{text} stands where a value should be", "Write the number as text, for example “40”")


def _too_deep(name: str) -> OfferUnreadable:
    return OfferUnreadable(f"{name} nests values more than {MOST_DEPTH} deep", "Check that this is an offer")


def _check_depth_and_text(values: JsonObject, name: str) -> None:
    """Refuse deep nesting, and half characters that no file could hold."""
    level: list[JsonValue] = [values]
    for _ in range(MOST_DEPTH):
        if not all(_is_whole_text(value) for value in level):
            raise OfferUnreadable(f"{name} has a text with half a character in it", "Save it again from its source")
        level = [part for value in level for part in _parts(value)]
        if not level:
            return
    raise _too_deep(name)


def _parts(value: JsonValue) -> list[JsonValue]:
    if isinstance(value, dict):
        return [*value.keys(), *value.values()]
    return value if isinstance(value, list) else []


def _is_whole_text(value: JsonValue) -> bool:
    return not isinstance(value, str) or value.isascii() or not any("\ud800" <= sign <= "\udfff" for sign in value)
