"""What a file is, decided by what it holds and never by what its name ends in."""

import io
import re
import struct
import zipfile
from collections.abc import Collection, Mapping
from enum import Enum
from pathlib import Path

from tomsapp.domain.problems import Problem, Where, problem_at
from tomsapp.reading.source import MEGABYTE, decode, read_bytes
from tomsapp.reading.text_formats import Values, parse_json, parse_toml

MOST_LOOKED_AT = 20 * MEGABYTE
"""Text beyond this is not parsed to find out what it is."""


class FileKind(Enum):
    """What a file is; the value says it in a sentence that begins with the file's name and “is”."""

    OFFER = "an offer in JSON"
    RESULT = "a valuation’s figures in JSON"
    PORTFOLIO = "a portfolio’s figures in JSON"
    BUNDLE = "a menu bundle"
    JSON = "a JSON file"
    MENU = "one file of a menu’s folder"
    POLICY = "a policy file"
    AREA = "an area file"
    TOML = "a TOML file"
    TABLE = "a table in text (CSV)"
    TEXT = "plain text"
    OTHER_ENCODING = "text that is not in UTF-8"
    WORKBOOK = "a workbook"
    OPEN_DOCUMENT = "an OpenDocument file"
    PACKAGE = "a package of another kind, not a workbook"
    OLD_WORKBOOK = "in the old .xls format"
    LOCKED_WORKBOOK = "protected with a password"
    DAMAGED_PACKAGE = "damaged or incomplete"
    PDF = "a PDF"
    DATABASE = "a database"
    EMPTY = "empty"
    UNKNOWN = "of no kind that can be read here"


TABLES = frozenset({FileKind.TABLE, FileKind.TEXT, FileKind.OTHER_ENCODING})
"""Text that the reader of tables takes, or refuses with the byte or the row that is wrong."""
OFFERS_IN_JSON = frozenset({FileKind.OFFER, FileKind.JSON, FileKind.OTHER_ENCODING})
"""What the reader of offers takes, or refuses with the line that is wrong."""

_FAULTY = frozenset(
    {FileKind.OLD_WORKBOOK, FileKind.LOCKED_WORKBOOK, FileKind.DAMAGED_PACKAGE, FileKind.EMPTY, FileKind.UNKNOWN}
)
_SAVE_AS = "Open it in a spreadsheet program and save it as Excel workbook (.xlsx)"
_AGAIN = "Ask for the file again"
_FIXES: Mapping[FileKind, str] = {
    FileKind.OPEN_DOCUMENT: _SAVE_AS,
    FileKind.PACKAGE: _SAVE_AS,
    FileKind.OLD_WORKBOOK: _SAVE_AS,
    FileKind.LOCKED_WORKBOOK: "Save it without a password to open",
    FileKind.DAMAGED_PACKAGE: _AGAIN,
    FileKind.EMPTY: _AGAIN,
    FileKind.MENU: "Choose the folder with its menu.toml",
    FileKind.PDF: "A PDF valuation is checked with Check a valuation, or with tomsapp verify",
    FileKind.BUNDLE: "A menu bundle is added on the Menu page",
    FileKind.DATABASE: "A database is opened from the start page",
}
_TOML_KEYS: Mapping[str, FileKind] = {
    "rule": FileKind.POLICY,
    "national_living_wage": FileKind.POLICY,
    "ward": FileKind.AREA,
    "theme": FileKind.MENU,
    "outcome": FileKind.MENU,
    "price_base": FileKind.MENU,
    "example": FileKind.MENU,
    "published_on": FileKind.MENU,
}
_FORMATS: Mapping[str, FileKind] = {"tomsapp-result-": FileKind.RESULT, "tomsapp-portfolio-": FileKind.PORTFOLIO}
_ENCODING_MARKS = (b"\xff\xfe", b"\xfe\xff")
_TOML_LINE = re.compile(r"\[{1,2}[\w.\"' -]+\]{1,2}\s*(#.*)?|[\w-]+\s*=.*", re.ASCII)
_DAMAGE = (zipfile.BadZipFile, EOFError, LookupError, NotImplementedError, OSError, ValueError, struct.error)
"""What the reader of packages raises on one that breaks the format."""


def kind_of(data: bytes) -> FileKind:
    """What the bytes of a whole file are."""
    if not data.strip():
        return FileKind.EMPTY
    if data.startswith(b"SQLite format 3\0"):
        return FileKind.DATABASE
    if data.startswith(b"PK"):
        return _kind_of_package(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        is_locked = "EncryptedPackage".encode("utf-16-le") in data
        return FileKind.LOCKED_WORKBOOK if is_locked else FileKind.OLD_WORKBOOK
    # Readers of PDFs take the mark anywhere in the first kilobyte.
    return FileKind.PDF if b"%PDF-" in data[:1024] else _kind_of_text(data)


def kind_of_file(path: Path) -> FileKind:
    """What a file is; unknown when it cannot be read or is too large to look into."""
    data = read_bytes(path, MOST_LOOKED_AT)
    return FileKind.UNKNOWN if isinstance(data, Problem) else kind_of(data)


def unexpected(data: bytes, file: str, wanted: Collection[FileKind], words: str) -> Problem | None:
    """What to say when the bytes are none of the kinds that are `wanted`; `words` name those in a sentence."""
    kind = kind_of(data)
    return None if kind in wanted else wrong_kind(kind, file, words)


def wrong_kind(kind: FileKind, file: str, words: str) -> Problem:
    """A file of this kind stands where `words` is wanted."""
    message = f"The file is {kind.value}"
    if kind not in _FAULTY:
        message += f", and {words} is read here"
    fix = _FIXES.get(kind, "Choose the file that is meant")
    return problem_at("wrong-kind", message, fix, Where(file=file))


def _kind_of_package(data: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
    except _DAMAGE:
        return FileKind.DAMAGED_PACKAGE
    if "xl/workbook.xml" in names:
        return FileKind.WORKBOOK
    return FileKind.OPEN_DOCUMENT if {"mimetype", "content.xml"} <= names else FileKind.PACKAGE


def _kind_of_text(data: bytes) -> FileKind:
    if data.startswith(_ENCODING_MARKS):
        return FileKind.OTHER_ENCODING
    text = decode(data, "", len(data))
    if isinstance(text, Problem):
        # Two bytes for each sign, the first of them Latin: UTF-16 without its mark.
        is_text = b"\0" not in data or data[:2].count(0) == 1
        return FileKind.OTHER_ENCODING if is_text else FileKind.UNKNOWN
    line, told = _first_line(text), _first_line(text, but="#")
    if _TOML_LINE.fullmatch(told):
        return _kind_of_toml(text)
    if line.startswith(("{", "[")):
        return _kind_of_json(text)
    if "\0" in text:
        return FileKind.UNKNOWN
    return FileKind.TABLE if any(sign in line for sign in ",;\t") else FileKind.TEXT


def _kind_of_json(text: str) -> FileKind:
    values: Values | Problem = parse_json(text, "") if len(text) <= MOST_LOOKED_AT else {}
    if isinstance(values, Problem):
        return FileKind.JSON
    named = values.get("format")
    for begins, kind in _FORMATS.items():
        if isinstance(named, str) and named.startswith(begins):
            return kind
    if {"files", "unit_values"} <= values.keys():
        return FileKind.BUNDLE
    return FileKind.OFFER if {"contract", "commitments"} & values.keys() else FileKind.JSON


def _kind_of_toml(text: str) -> FileKind:
    values: Values | Problem = parse_toml(text, "") if len(text) <= MOST_LOOKED_AT else {}
    keys = values.keys() if isinstance(values, dict) else set()
    return next((kind for key, kind in _TOML_KEYS.items() if key in keys), FileKind.TOML)


def _first_line(text: str, but: str = "\n") -> str:
    """The first line that is not empty and does not begin with `but`, without the spaces around it."""
    lines = (line.strip() for line in io.StringIO(text))
    return next((line for line in lines if line and not line.startswith(but)), "")
