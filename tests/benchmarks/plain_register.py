"""What an expert writes, in as few steps as can be, to read one register and find its contracts among those held.

It is for a register whose headings are known and whose cells hold what they should. Each cell comes out with its type:
text, exact pounds, days. The contracts and suppliers of the database come through a bare cursor, are found by
dictionaries, and their facts are compared. Nothing is guessed, checked or told, no name is asked about, and a day or an
amount that is written in any other way ends it.
"""

import csv
import io
import re
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

from tests.benchmarks.plain_reading import read_values

FACTS = {
    "Reference number": "reference", "Title of agreement": "title", "Department": "directorate",
    "Supplier name": "supplier", "Company number": "registration", "Contract value": "value",
    "Start date": "start_on", "End date": "end_on", "Review date": "review", "SME": "sme", "VCSE": "vcse",
    "Procurement route": "route",
}  # fmt: skip
"""What stands under the headings of the register."""
_DAYS, _ANSWERS = frozenset({"start_on", "end_on", "review"}), {"Y": True, "N": False}
_COMPARED = ("title", "directorate", "value", "start_on", "end_on")
_FORM = re.compile(r" (?:ltd|limited|plc|llp)$")
Contract: TypeAlias = "dict[str, Any]"


@dataclass(frozen=True, slots=True)
class Match:
    """A contract of the register, the one that is held, in which facts they differ, and its supplier."""

    contract: Contract
    held: int | None
    differs: tuple[str, ...]
    supplier: int | None


def read_workbook(data: bytes) -> list[Contract]:
    """The contracts of a workbook."""
    (rows,) = read_values(data, ()).values()
    head, *others = rows.values()
    facts = {column: FACTS[str(heading)] for column, heading in head.items()}
    return [{facts[column]: _typed(facts[column], value) for column, value in row.items()} for row in others]


def read_csv(data: bytes) -> list[Contract]:
    """The contracts of a table in text."""
    head, *others = csv.reader(io.StringIO(data.decode("cp1252"), newline=""))
    facts = [FACTS[heading] for heading in head]
    return [{fact: _typed(fact, text) for fact, text in zip(facts, row, strict=True) if text} for row in others]


def _typed(fact: str, value: Any) -> Any:
    if fact == "value":
        return Decimal(value.strip("£").replace(",", "")) if isinstance(value, str) else Decimal(value)
    if fact in _DAYS:
        return value.date() if isinstance(value, datetime) else date(int(value[6:]), int(value[3:5]), int(value[:2]))
    return _ANSWERS[value] if fact in {"sme", "vcse"} else value


def matched(contracts: Iterable[Contract], database: Path) -> list[Match]:
    """Each contract beside the one in the database that has its reference."""
    connection = sqlite3.connect(database)
    try:
        held = {row[1].casefold(): row for row in connection.execute(_HELD)}
        suppliers = {_plain(name): number for number, name in connection.execute(_SUPPLIERS)}
    finally:
        connection.close()
    return [_match(each, held, suppliers) for each in contracts]


_HELD = "SELECT id, reference, title, directorate, value, start_on, end_on FROM contract WHERE deleted = 0"
_SUPPLIERS = "SELECT id, name FROM supplier WHERE deleted = 0"


def _plain(name: str) -> str:
    return _FORM.sub("", name.casefold())


def _match(contract: Contract, held: Mapping[str, tuple[Any, ...]], suppliers: Mapping[str, int]) -> Match:
    supplier = suppliers.get(_plain(contract["supplier"]))
    row = held.get(contract["reference"].casefold())
    if row is None:
        return Match(contract, None, (), supplier)
    number, _, title, directorate, pence, start, end = row
    facts = (title, directorate, Decimal(pence).scaleb(-2), date.fromisoformat(start), date.fromisoformat(end))
    differs = (name for name, was in zip(_COMPARED, facts, strict=True) if contract.get(name) != was)
    return Match(contract, number, tuple(differs), supplier)
