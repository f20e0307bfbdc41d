"""What an expert writes, in as few steps as can be, to get every cell of a workbook out with its value and type.

It is for any workbook that a spreadsheet program saves: sheets are found by what the workbook calls them, texts may be
in several fonts, numbers are exact, and a day is known by how its cell is shown. It believes whatever it is given:
nothing is bounded, checked or refused, and formulas, hidden rows, merged cells, words that are struck out and notes are
not told.
"""

import io
import re
import zipfile
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TypeAlias
from xml.etree import ElementTree as ET
from xml.parsers.expat import ParserCreate

Value: TypeAlias = "str | int | Decimal | bool | datetime"
Rows: TypeAlias = "dict[int, dict[int, Value]]"

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DAYS = frozenset({*range(14, 23), *range(45, 48)})
"""The formats of days and times that a workbook names by number alone."""
_OF_DAYS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|([dmyhs])', re.IGNORECASE)
_DAY_ONE = datetime(1899, 12, 30)  # noqa: DTZ001 - a workbook knows no time zones


def read_values(data: bytes, left_out: Collection[str]) -> dict[str, Rows]:
    """The values of each sheet by row (from 1) and column (from 0), but for the sheets that are `left_out`."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        links = {link.get("Id"): link.get("Target", "") for link in _tree(package, "xl/_rels/workbook.xml.rels").iter()}
        texts, is_day = _texts(package.read("xl/sharedStrings.xml")), _days(_tree(package, "xl/styles.xml"))
        found = {}
        for sheet in _tree(package, "xl/workbook.xml").iter(f"{_MAIN}sheet"):
            if sheet.get("name") not in left_out:
                part = package.read(f"xl/{links[sheet.get(_LINK)]}")
                found[sheet.get("name", "")] = _rows(part, texts, is_day)
        return found


def _tree(package: zipfile.ZipFile, part: str) -> ET.Element:
    return ET.XML(package.read(part))


def _days(styles: ET.Element) -> list[bool]:
    """Of each style whether it shows a day or time."""
    own = {
        each.get("numFmtId"): any(match[1] for match in _OF_DAYS.finditer(each.get("formatCode", "")))
        for each in styles.iter(f"{_MAIN}numFmt")
    }
    used = (each.get("numFmtId", "0") for each in styles.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf"))
    return [own.get(number, int(number) in _DAYS) for number in used]


def _texts(content: bytes) -> list[str]:
    parser, texts, pieces = ParserCreate(), [], []

    def end(name: str) -> None:
        if name == "si":
            texts.append("".join(pieces))
            pieces.clear()

    # What stands between the elements is not looked at: programs write nothing there.
    parser.buffer_text = True
    parser.EndElementHandler = end
    parser.CharacterDataHandler = pieces.append
    parser.Parse(content, True)
    return texts


def _rows(content: bytes, texts: list[str], is_day: list[bool]) -> Rows:
    parser, rows, columns = ParserCreate(), {}, {}
    cells: dict[int, Value] = {}
    cell: Mapping[str, str] = {}
    words, number = "", "0"

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal cells, cell, words, number
        if name == "c":
            cell, words = attributes, ""
        elif name == "row":
            number = attributes["r"]
            cells = rows[int(number)] = {}
        elif name in {"v", "t"}:
            parser.CharacterDataHandler = text

    def text(piece: str) -> None:
        nonlocal words
        words += piece

    def end(name: str) -> None:
        if name in {"v", "t"}:
            parser.CharacterDataHandler = None
        elif name == "c" and words:
            letters = cell["r"].removesuffix(number)
            if letters not in columns:
                columns[letters] = _column(letters)
            cells[columns[letters]] = _value(cell, words, texts, is_day)

    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.Parse(content, True)
    return rows


def _value(cell: Mapping[str, str], words: str, texts: list[str], is_day: list[bool]) -> Value:
    kind = cell.get("t")
    if kind == "s":
        return texts[int(words)]
    if kind is None or kind == "n":
        if is_day[int(cell.get("s", "0"))]:
            return _DAY_ONE + timedelta(float(words))
        return int(words) if words.isdecimal() else Decimal(words)
    return words == "1" if kind == "b" else words


def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1
