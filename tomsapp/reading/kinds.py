"""What a file is, decided by what it holds and never by what its name ends in."""

import io
import re
import zipfile
from collections.abc import Collection, Mapping
from enum import Enum
from pathlib import Path

from tomsapp.domain.problems import Problem, Where, problem_at
from tomsapp.reading.encodings import utf_16_of
from tomsapp.reading.held import is_held
from tomsapp.reading.packages import DAMAGE, TooManyParts, head_of, open_package, parts_of
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
    NOTICES = "notices of contracts (OCDS JSON)"
    JSON = "a JSON file"
    MENU = "one file of a menu’s folder"
    POLICY = "a policy file"
    AREA = "an area file"
    TOML = "a TOML file"
    TABLE = "a table in text (CSV)"
    TEXT = "plain text"
    OTHER_ENCODING = "text that is not in UTF-8"
    WORKBOOK = "a workbook"
    OPEN_SPREADSHEET = "an OpenDocument spreadsheet"
    OPEN_DOCUMENT = "an OpenDocument file that is no spreadsheet"
    BINARY_WORKBOOK = "an Excel binary workbook (.xlsb)"
    XML_WORKBOOK = "an XML spreadsheet of Excel 2003"
    APPLE = "a file of Numbers, Pages or Keynote"
    ARCHIVE = "a zip folder with files in it"
    PACKAGE = "a package of another kind, not a workbook"
    OLD_WORKBOOK = "in the .xls format of before 2007"
    LOCKED_WORKBOOK = "protected with a password"
    RIGHTS_WORKBOOK = "encrypted by a sensitivity label"
    DAMAGED_PACKAGE = "damaged or incomplete"
    WORD = "a Word document"
    RICH_TEXT = "a rich text document (RTF)"
    SLIDES = "a PowerPoint presentation"
    MESSAGE = "an e-mail"
    WEB_PAGE = "a web page (HTML)"
    XML = "an XML file"
    PICTURE = "a picture"
    SHORTCUT = "a shortcut to a file, not the file itself"
    PDF = "a PDF"
    DATABASE = "a database"
    EMPTY = "empty"
    UNKNOWN = "of no kind that can be read here"


TABLES = frozenset({FileKind.TABLE, FileKind.TEXT, FileKind.OTHER_ENCODING})
"""Text that the reader of tables takes, or refuses with the byte or the row that is wrong."""
WORKBOOKS = frozenset({FileKind.WORKBOOK, FileKind.OPEN_SPREADSHEET})
"""What has sheets of cells."""
OFFERS_IN_JSON = frozenset({FileKind.OFFER, FileKind.JSON, FileKind.OTHER_ENCODING})
"""What the reader of offers takes, or refuses with the line that is wrong."""

_FAULTY = frozenset(
    {FileKind.OLD_WORKBOOK, FileKind.LOCKED_WORKBOOK, FileKind.RIGHTS_WORKBOOK, FileKind.DAMAGED_PACKAGE}
    | {FileKind.EMPTY, FileKind.UNKNOWN}
)
_SAVE_AS = "Open it in a spreadsheet program and save it as Excel workbook (.xlsx)"
_COPY = "Copy the table in it and paste it, or ask for the workbook"
_AGAIN = "Ask for the file again"
_FIXES: Mapping[FileKind, str] = {
    FileKind.OPEN_SPREADSHEET: _SAVE_AS,
    FileKind.OPEN_DOCUMENT: _COPY,
    FileKind.BINARY_WORKBOOK: _SAVE_AS,
    FileKind.XML_WORKBOOK: _SAVE_AS,
    FileKind.APPLE: "In Numbers choose File, Export To, Excel, and use the file that it makes",
    FileKind.ARCHIVE: "Take the file that is meant out of it, and choose that",
    FileKind.PACKAGE: _SAVE_AS,
    FileKind.OLD_WORKBOOK: _SAVE_AS,
    FileKind.LOCKED_WORKBOOK: "Save it without a password to open",
    FileKind.RIGHTS_WORKBOOK: "Ask the sender for a copy whose label does not encrypt it",
    FileKind.WORD: _COPY,
    FileKind.RICH_TEXT: _COPY,
    FileKind.SLIDES: _COPY,
    FileKind.MESSAGE: "Save what is attached to it, and choose that",
    FileKind.WEB_PAGE: f"{_SAVE_AS}, or copy its table and paste it",
    FileKind.PICTURE: "Ask for the table itself: what a picture shows cannot be read",
    FileKind.SHORTCUT: "Open it where it leads to, and download the workbook",
    FileKind.DAMAGED_PACKAGE: _AGAIN,
    FileKind.EMPTY: _AGAIN,
    FileKind.MENU: "Choose the folder with its menu.toml",
    FileKind.PDF: "A PDF valuation is checked with Check a valuation, or with tomsapp verify",
    FileKind.BUNDLE: "A menu bundle is added on the Menu page",
    FileKind.NOTICES: "Notices are brought in on the Contracts page, with Import, or begin a tender (Tenders page)",
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
_OF_NOTICES = frozenset({"releases", "records", "ocid"})
"""What a package of releases or records, or a release alone, has in the Open Contracting Data Standard 1.1."""
_NAMED_SEPARATOR = re.compile(r"sep=.", re.IGNORECASE)
"""The first line of a table in which Excel is told what parts its cells."""
_JSON_BEGINS = re.compile(r"[\[{]\s*([\"\[\]{}\d\0-]|true|false|null|$)")
_ENCODING_MARKS = (b"\xff\xfe", b"\xfe\xff")
_TOML_LINE = re.compile(r"\[{1,2}[\w.\"' -]+\]{1,2}\s*(#.*)?|[\w-]+\s*=.*", re.ASCII)
_PICTURES = (
    b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"\0\0\1\0",
)  # fmt: skip
_MEDIA = re.compile(rb"RIFF....WEBP|....ftyp(heic|heix|mif1|avif)", re.DOTALL)
_LINK = b"L\0\0\0\x01\x14\x02\0"
_WEB = re.compile(rb"(<!--.*?-->\s*)*<(!doctype html|html|head|meta|body|table|style|div)\b", re.DOTALL)
_SHORTCUT = re.compile(rb"\[internetshortcut\]|\{(?=[^\n]*(docs\.google\.com|\"doc_id\"))")
"""That of Windows to an address, and that of Google Drive to a sheet."""
_MAIL = re.compile(rb"(return-path|received|mime-version|delivered-to|from|message-id):[^\n]*\n", re.IGNORECASE)
_HEAD = 8_192
_MOST_TYPES = 2 * MEGABYTE

# What the list of contents of a package calls its main part, the more special first.
_CONTENTS: Mapping[bytes, FileKind] = {
    b"sheet.binary.macroenabled.main": FileKind.BINARY_WORKBOOK,
    b"spreadsheetml.sheet.main+xml": FileKind.WORKBOOK,
    b"spreadsheetml.template.main+xml": FileKind.WORKBOOK,
    b"ms-excel.sheet.macroenabled.main+xml": FileKind.WORKBOOK,
    b"ms-excel.template.macroenabled.main+xml": FileKind.WORKBOOK,
    b"ms-excel.addin.macroenabled.main+xml": FileKind.WORKBOOK,
    b"wordprocessingml.": FileKind.WORD,
    b"ms-word.": FileKind.WORD,
    b"presentationml.": FileKind.SLIDES,
}
_MAIN_PARTS: Mapping[str, FileKind] = {
    "xl/workbook.xml": FileKind.WORKBOOK,
    "xl/workbook.bin": FileKind.BINARY_WORKBOOK,
    "word/document.xml": FileKind.WORD,
    "ppt/presentation.xml": FileKind.SLIDES,
}
# The streams of a compound file, by whose names programs find what they wrote.
_STREAMS: Mapping[str, FileKind] = {
    "DRMEncrypted": FileKind.RIGHTS_WORKBOOK,
    "EncryptedPackage": FileKind.LOCKED_WORKBOOK,
    "__substg1.0_": FileKind.MESSAGE,
    "WordDocument": FileKind.WORD,
    "PowerPoint Document": FileKind.SLIDES,
}


def kind_of(data: bytes) -> FileKind:
    """What the bytes of a whole file are."""
    if not data.strip():
        return FileKind.EMPTY
    if data.startswith(b"SQLite format 3\0"):
        return FileKind.DATABASE
    if data.startswith(b"PK"):
        return _kind_of_package(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        streams = (kind for name, kind in _STREAMS.items() if name.encode("utf-16-le") in data)
        return next(streams, FileKind.OLD_WORKBOOK)
    # Readers of PDFs take the mark anywhere in the first kilobyte.
    if b"%PDF-" in data[:1024]:
        return FileKind.PDF
    return _kind_of_picture(data) or _kind_of_markup(data) or _kind_of_text(data)


def kind_of_file(path: Path) -> FileKind:
    """What a file is; unknown when it cannot be read or is too large to look into."""
    if is_held(path):
        return FileKind.DATABASE
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
        with open_package(data) as package:
            return _kind_of_parts(package)
    except TooManyParts:
        return FileKind.PACKAGE
    except DAMAGE:
        return FileKind.DAMAGED_PACKAGE


def _kind_of_parts(package: zipfile.ZipFile) -> FileKind:
    """What a package holds, by its own list of contents, else by the names of its parts."""
    parts = parts_of(package)
    if {"mimetype", "content.xml"} <= parts.keys():
        return _kind_of_open_document(package, parts)
    contents = head_of(package, parts.get("[content_types].xml"), _MOST_TYPES).lower()
    listed = (kind for words, kind in _CONTENTS.items() if words in contents)
    named = (kind for part, kind in _MAIN_PARTS.items() if part in parts)
    found = next(listed, None) or next(named, None)
    if found is not None:
        return found
    if any(part.endswith(".iwa") or part == "index.apxl" for part in parts):
        return FileKind.APPLE
    return FileKind.PACKAGE if "[content_types].xml" in parts or not parts else FileKind.ARCHIVE


def _kind_of_open_document(package: zipfile.ZipFile, parts: Mapping[str, zipfile.ZipInfo]) -> FileKind:
    if b"encryption-data" in head_of(package, parts.get("meta-inf/manifest.xml"), _MOST_TYPES):
        return FileKind.LOCKED_WORKBOOK
    is_sheet = b"spreadsheet" in head_of(package, parts["mimetype"], _HEAD)
    return FileKind.OPEN_SPREADSHEET if is_sheet else FileKind.OPEN_DOCUMENT


def _kind_of_picture(data: bytes) -> FileKind | None:
    """A picture, or a shortcut of Windows; None where it is neither."""
    if data.startswith(_LINK):
        return FileKind.SHORTCUT
    is_picture = data.startswith(_PICTURES) and b"\0" in data[:_HEAD]
    return FileKind.PICTURE if is_picture or _MEDIA.match(data) else None


def _kind_of_markup(data: bytes) -> FileKind | None:
    """A page, letter or message in text, whatever encoding it is in; None where it is none of them."""
    head = data[:_HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe").lstrip().lower()
    if head.startswith(b"{\\rtf"):
        return FileKind.RICH_TEXT
    if _SHORTCUT.match(head):
        return FileKind.SHORTCUT
    # Excel saves a page with its parts as a message.
    if _WEB.match(head) or b"x-document-type: workbook" in head:
        return FileKind.WEB_PAGE
    if head.startswith(b"<"):
        return _kind_of_xml(head)
    if len(_MAIL.findall(head)) > 1 and _MAIL.match(head):
        return FileKind.MESSAGE
    return None


def _kind_of_xml(head: bytes) -> FileKind | None:
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        return FileKind.XML_WORKBOOK
    if b"<html" in head:
        return FileKind.WEB_PAGE
    if b"<svg" in head:
        return FileKind.PICTURE
    return FileKind.XML if head.startswith(b"<?xml") else None


def _kind_of_text(data: bytes) -> FileKind:
    if data.startswith(_ENCODING_MARKS):
        return FileKind.OTHER_ENCODING
    text = decode(data, "", len(data))
    if isinstance(text, Problem):
        # Two bytes for each sign, the first of them Latin: UTF-16 without its mark.
        is_text = b"\0" not in data or data[:2].count(0) == 1
        return FileKind.OTHER_ENCODING if is_text else FileKind.UNKNOWN
    line, told = _first_line(text), _first_line(text, but="#")
    if _TOML_LINE.fullmatch(told) and not _NAMED_SEPARATOR.fullmatch(line):
        return _kind_of_toml(text)
    if _JSON_BEGINS.match(line):
        return _kind_of_json(text)
    if "\0" in text:
        is_utf_16 = len(data) % 2 == 0 and utf_16_of(data)
        return FileKind.OTHER_ENCODING if is_utf_16 else FileKind.UNKNOWN
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
    if _OF_NOTICES & values.keys():
        return FileKind.NOTICES
    return FileKind.OFFER if {"contract", "commitments"} & values.keys() else FileKind.JSON


def _kind_of_toml(text: str) -> FileKind:
    values: Values | Problem = parse_toml(text, "") if len(text) <= MOST_LOOKED_AT else {}
    keys = values.keys() if isinstance(values, dict) else set()
    return next((kind for key, kind in _TOML_KEYS.items() if key in keys), FileKind.TOML)


def _first_line(text: str, but: str = "\n") -> str:
    """The first line that is not empty and does not begin with `but`, without the spaces around it."""
    lines = (line.strip() for line in io.StringIO(text))
    return next((line for line in lines if line and not line.startswith(but)), "")
