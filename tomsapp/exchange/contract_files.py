"""The files of a contract as JSON and as a table, by their one declaration; what is in them stays with the council."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from tomsapp.domain.delivery.contract_files import CONTRACT_FILE, MOST_FILE_BYTES, ContractFile
from tomsapp.exchange.record_json import json_value
from tomsapp.exchange.tables import ColumnKind, Table, TableColumn, write_csv
from tomsapp.reading.fields import FieldReader

_MOST_WORDS = 1_000
_COLUMNS = {"size": ColumnKind.WHOLE, "added_on": ColumnKind.DATE}


def file_values(files: Sequence[ContractFile]) -> list[dict[str, object]]:
    """The files as JSON holds them."""
    return [
        {fact.name: json_value(fact.kept(value)) for fact, value in zip(CONTRACT_FILE.facts, _cells(file), strict=True)}
        for file in files
    ]


def read_files(fields: FieldReader, key: str) -> tuple[ContractFile, ...]:
    """The files that `file_values` wrote; none where a paper of an earlier version tells of none."""
    return tuple(_read(file) for file in fields.tables(key))


def _read(fields: FieldReader) -> ContractFile:
    file = ContractFile(
        fields.typed_text("name", _MOST_WORDS),
        fields.typed_text("what", _MOST_WORDS),
        fields.whole("size", 0, 0, MOST_FILE_BYTES),
        fields.typed_text("sha256", _MOST_WORDS),
        fields.typed_text("added_by", _MOST_WORDS),
        fields.day("added_on", required=True) or date.min,
    )
    fields.finish()
    return file


def files_csv(files: Sequence[ContractFile]) -> bytes:
    """The files as CSV (UTF-8 with a byte order mark)."""
    return write_csv(files_table(files))


def files_table(files: Sequence[ContractFile], title: str = "Files of the contract") -> Table:
    """The files as a table, a row for each in the order in which they came."""
    columns = [TableColumn(fact.label, _COLUMNS.get(fact.name, ColumnKind.TEXT)) for fact in CONTRACT_FILE.facts]
    return Table(title, columns, [tuple(_cells(file)) for file in files])


def _cells(file: ContractFile) -> Iterator[Any]:
    return (getattr(file, fact.name) for fact in CONTRACT_FILE.facts)
