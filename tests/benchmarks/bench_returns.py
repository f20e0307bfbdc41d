"""How long 200 returns of 40 lines take to be read, beside one bare pass over the XML of the same sheets.

The bare pass is what an expert would write for these files alone: the sheets that are filled in and the texts that they
share go once through expat, and each cell's value is kept by its place. It checks and bounds nothing. Reading here is
the whole way: opened with every bound, in the locked room, each line found by its name, every cell judged. Beside both
stands openpyxl, read only, which most programs would use. Times are those of the processor, in turns.

Run: python -m tests.benchmarks.bench_returns [returns] [lines]
"""

import io
import sys
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from xml.parsers.expat import ParserCreate

import openpyxl

from tests.benchmarks import MISSED
from tests.benchmarks.bench_read_workbook import processor
from tests.exchange.returns import PROPERTIES, claim, form_of
from tomsapp.bootstrap import menu_catalogue
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import Contract
from tomsapp.domain.contract_dates import end_after
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.exchange.return_file import ReturnFile
from tomsapp.exchange.return_layout import NOT_READ
from tomsapp.exchange.return_write import write_return
from tomsapp.services.strange_returns import GivenFile, read_return_files

RETURNS, LINES, WITHIN, ROUNDS = 200, 40, 2.0, 3
NOW = Quarter(0, 2)
_DIFFERENT = 10
"""So many of the files differ."""


def bare(data: bytes) -> int:
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
    """Print both times and their ratio; `MISSED` where it is over."""
    files = made(count, lines)
    taken: dict[str, list[float]] = {"bare": [], "here": [], "library": []}
    for _ in range(ROUNDS):
        begun = processor()
        cells = sum(bare(file.data) for file in files)
        taken["bare"].append(processor() - begun)
        begun = processor()
        same = sum(library(file.data) for file in files)
        taken["library"].append(processor() - begun)
        begun = processor()
        read = read_return_files(files)
        taken["here"].append(processor() - begun)
        good = [each for each in read if isinstance(each, ReturnFile) and len(each.rows) == lines]
        if len(good) != count or cells != same:
            print(f"only {len(good)} of {count} returns were read, or the others read something else")
            return 1
    # The clock of the processor counts hundredths of a second.
    one, other, library_took = (max(min(taken[name]), 0.01) for name in ("here", "bare", "library"))
    print(
        f"read {count:,} returns of {lines} lines, in the locked room: {one:.2f} s; bare, one pass over the XML of the "
        f"same sheets: {other:.2f} s; {one / other:.2f} times (within {WITHIN}); "
        f"openpyxl, read only: {library_took:.2f} s"
    )
    return MISSED if one > WITHIN * other else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
