"""JSON in which every number stands with all its digits: Python's own writer would make binary fractions of them."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal

from tomsapp.exchange.numbers import plain_number, printable

Values = Mapping[str, object]
_STEP = "  "
_WORDS = {None: "null", True: "true", False: "false"}


def write_exact(values: Values) -> bytes:
    """Indented JSON in UTF-8 with a line end, the same bytes for the same values.

    Decimals and whole numbers are written as plain digits without an exponent. Texts are written without signs that no
    page shows, and signs that turn the direction of reading as their codes.
    """
    return "".join([*_pieces(values, ""), "\n"]).encode()


def _pieces(value: object, indent: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        inner = ((f"{_text(str(key))}: ", each) for key, each in value.items())
        yield from _several("{}", inner, indent)
    elif isinstance(value, list):
        yield from _several("[]", (("", each) for each in value), indent)
    else:
        yield _single(value)


def _several(brackets: str, inner: Iterator[tuple[str, object]], indent: str) -> Iterator[str]:
    deeper, before = indent + _STEP, brackets[0]
    for start, value in inner:
        yield f"{before}\n{deeper}{start}"
        yield from _pieces(value, deeper)
        before = ","
    yield f"\n{indent}{brackets[1]}" if before == "," else brackets


def _single(value: object) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Decimal):
        return plain_number(value)
    if value is None or isinstance(value, bool):
        return _WORDS[value]
    if isinstance(value, int):
        return str(value)
    raise TypeError(f"{type(value).__name__} is nothing that JSON holds exactly")


def _text(text: str) -> str:
    return json.dumps(printable(text), ensure_ascii=False)
