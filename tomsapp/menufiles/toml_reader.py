"""Bytes of a menu file in, plain values out: UTF-8 text, strict TOML, numbers as `Decimal`."""

import re
import tomllib
from decimal import Decimal, InvalidOperation
from pathlib import Path

from tomsapp.domain.problems import Problem, Where
from tomsapp.menufiles.errors import MenuFileError, problem_at

MOST_BYTES = 5_000_000
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$", re.ASCII)


def read_bytes(path: Path) -> bytes:
    """The bytes of a file of at most 5 MB.

    Raises:
        MenuFileError: the file is missing, cannot be read or is too large.
    """
    where = Where(file=path.name)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise MenuFileError([_too_large(where)])
        return path.read_bytes()
    except FileNotFoundError:
        fix = f"Put it back in {path.parent}, or choose another menu"
        raise MenuFileError([problem_at("missing-file", "The file is missing", fix, where)]) from None
    except OSError as error:
        message = f"The file cannot be read ({error.strerror or error})"
        fix = f"Check that you may open {path}"
        raise MenuFileError([problem_at("unreadable-file", message, fix, where)]) from error


def decode(data: bytes, file: str) -> str:
    """The text of a UTF-8 file with line feeds at its line ends; a byte order mark is left out.

    Raises:
        MenuFileError: it is larger than 5 MB or a byte is not UTF-8.
    """
    where = Where(file=file)
    if len(data) > MOST_BYTES:
        raise MenuFileError([_too_large(where)])
    skipped = len(_BYTE_ORDER_MARK) if data.startswith(_BYTE_ORDER_MARK) else 0
    try:
        text = data[skipped:].decode("utf-8")
    except UnicodeDecodeError as error:
        at = skipped + error.start
        line = data.count(b"\n", 0, at) + 1
        message = f"Byte {at + 1} (0x{data[at]:02X}) is not UTF-8 text"
        fix = "Save the file with the encoding UTF-8"
        raise MenuFileError(
            [problem_at("wrong-encoding", message, fix, Where(file=file, field=f"line {line}"))]
        ) from None
    return text.replace("\r\n", "\n")


def parse(text: str, file: str) -> dict[str, object]:
    """The plain values of a TOML text: fractions as `Decimal`, dates as `date`.

    Raises:
        MenuFileError: the text is not valid TOML, with its line; a key stands twice.
    """
    try:
        return tomllib.loads(text, parse_float=_exact)
    except RecursionError:
        problem = problem_at("invalid-toml", "Lists stand too deep in each other", "Write flat lists", Where(file=file))
        raise MenuFileError([problem]) from None
    except ValueError as error:
        raise MenuFileError([_fault(str(error), text, file)]) from None


def _exact(number: str) -> Decimal:
    try:
        return Decimal(number)
    except InvalidOperation:
        raise ValueError("A number is too large") from None


def _fault(fault: str, text: str, file: str) -> Problem:
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


def _too_large(where: Where) -> Problem:
    most = MOST_BYTES // 1_000_000
    fix = f"A menu file is far smaller: check that {where.file} is the file you mean"
    return problem_at("file-too-large", f"The file is larger than {most} MB", fix, where)
