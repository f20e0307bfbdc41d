"""How long 200 returns of 40 lines take to be read, beside reading them bare.

Reading them bare is to get the value of every cell out of the same files, each with its type, in the fewest steps that
an expert would write (`plain_reading`); of all their sheets, and beside it of those alone that are read here too.
Reading here is the whole way: opened with every bound, in the locked room, each line found by its name, every cell
judged. Beside them stand a pass of expat over the XML, which keeps texts without their types and finds no sheet by its
name, and openpyxl, read only, which most programs would use. Times are those of the processor, in turns.

Run: python -m tests.benchmarks.bench_returns [returns] [lines]
"""

import io
import sys
import zipfile
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from xml.parsers.expat import ParserCreate

import openpyxl

from tests.benchmarks import MISSED, processor_time
from tests.benchmarks.plain_reading import read_values
from tests.exchange.returns import PROPERTIES, claim, form_of
from tomsapp.bootstrap import menu_catalogue
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import Contract
from tomsapp.domain.contract_dates import end_after
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.exchange.return_file import ReturnFile
from tomsapp.exchange.return_layout import NOT_READ
from tomsapp.exchange.return_write import write_return
from tomsapp.services.strange_batches import GivenFile
from tomsapp.services.strange_returns import read_return_files

RETURNS, LINES, WITHIN, ROUNDS = 200, 40, 2.0, 3
NOW = Quarter(0, 2)
_DIFFERENT = 10
"""So many of the files differ."""


def values(data: bytes, left_out: Collection[str] = ()) -> int:
    """Every cell with its type; gives how many hold something."""
    return sum(len(row) for rows in read_values(data, left_out).values() for row in rows.values())


def one_pass(data: bytes) -> int:
    """One pass over the sheets Return, People, Confirm and the hidden one; gives how many cells hold something."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        texts = _texts(package.read("xl/sharedStrings.xml"))
        names = [name for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
        return sum(len(_cells(package.read(name), texts)) for name in names if name not in _NOT_READ)


def library(data: bytes) -> int:
    """The same cells by openpyxl, read only."""
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    sheets = (book[name] for name in book.sheetnames if name not in NOT_READ)
    return sum(value is not None for sheet in sheets for row in sheet.iter_rows(values_only=True) for value in row)


_NOT_READ = {"xl/worksheets/sheet1.xml", "xl/worksheets/sheet5.xml"}
"""Read me and Guidance, which the program does not read either."""


def _texts(content: bytes) -> list[str]:
    parser, texts, pieces = ParserCreate(), [], []

    def end(name: str) -> None:
        if name == "si":
            texts.append("".join(pieces))
            pieces.clear()

    parser.buffer_text = True
    parser.EndElementHandler = end
    parser.CharacterDataHandler = pieces.append
    parser.Parse(content, True)
    return texts


def _cells(content: bytes, texts: list[str]) -> dict[str, str]:
    parser, found, state = ParserCreate(), {}, ["", "", ""]

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            state[0], state[1] = attributes["r"], attributes.get("t", "n")
        state[2] = name

    def text(words: str) -> None:
        if state[2] == "v":
            found[state[0]] = texts[int(words)] if state[1] == "s" else words

    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.CharacterDataHandler = text
    parser.Parse(content, True)
    return found


def made(count: int, lines: int) -> list[GivenFile]:
    """Returns of a contract, each with every line filled in as spreadsheet programs save it."""
    edition = menu_catalogue().load("barnet-open", "2026.2")
    start = date(2026, 4, 1)
    contract = Contract(
        "C-1", Decimal(2_500_000), start, end_after(start, 3), menu=edition.code, edition=edition.edition
    )
    measures = [measure for measure in edition.measures if measure.is_valued]
    promised = tuple(
        Commitment(str(number), measures[number % len(measures)].code, (Decimal(40),) * 3, statement="With the college")
        for number in range(1, lines + 1)
    )
    claims = [claim(line.key, NOW, "10", "8", note="As the letters of the schools show") for line in promised]
    form = form_of(*claims, lines=promised, quarter=NOW, contract=contract, edition=edition)
    files = []
    for number in range(min(count, _DIFFERENT)):
        data = write_return(replace(form, made_on=start + timedelta(days=number)), PROPERTIES)
        files.append(GivenFile("", data))
    return [replace(files[number % len(files)], name=f"return {number}.xlsx") for number in range(count)]


def main(count: int = RETURNS, lines: int = LINES) -> int:
    """Print the times and their ratios; `MISSED` where reading takes too much longer than reading bare."""
    files = made(count, lines)
    ways: dict[str, Callable[[], Sequence[object]]] = {
        "here": lambda: read_return_files(files),
        "bare": lambda: [values(file.data) for file in files],
        "same sheets": lambda: [values(file.data, NOT_READ) for file in files],
        "one pass": lambda: [one_pass(file.data) for file in files],
        "openpyxl": lambda: [library(file.data) for file in files],
    }
    taken: dict[str, list[float]] = {name: [] for name in ways}
    found: dict[str, Sequence[object]] = {}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            begun = processor_time()
            found[name] = way()
            taken[name].append(processor_time() - begun)
    good = [each for each in found["here"] if isinstance(each, ReturnFile) and len(each.rows) == lines]
    if len(good) != count or not found["same sheets"] == found["one pass"] == found["openpyxl"]:
        print(f"only {len(good)} of {count} returns were read, or the others read something else")
        return 1
    here, bare, same, one, by_library = (min(times) for times in taken.values())
    print(
        f"read {count:,} returns of {lines} lines, in the locked room: {here:.2f} s; bare, every cell with its type: "
        f"{bare:.2f} s; {here / bare:.2f} times (within {WITHIN})\n"
        f"bare, of the sheets alone that are read here: {same:.2f} s, {here / same:.2f} times; one pass of expat over "
        f"these without types: {one:.2f} s, {here / one:.2f} times; openpyxl, read only: {by_library:.2f} s"
    )
    return MISSED if here > WITHIN * bare else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
