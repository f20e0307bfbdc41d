"""What may stand in a cell of a new database: a value of the kind that its column is of."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from datetime import date, datetime

_JSON = {("history", "before"), ("history", "after"), ("act", "rules")}
"""Columns of words that the program reads as JSON."""


class Cells:
    """The columns of one table, and what each may hold."""

    def __init__(self, new: sqlite3.Connection, table: str) -> None:
        self._table = table
        info = new.execute(f"PRAGMA table_info({table})").fetchall()
        self.names: list[str] = [each[1] for each in info]
        self._kinds = [str(each[2]).partition("(")[0].upper() for each in info]
        self._required = [bool(each[3]) for each in info]

    def id_of(self, values: Sequence[object]) -> int | None:
        """The number of a row that was read."""
        found = values[self.names.index("id")] if "id" in self.names else None
        return found if isinstance(found, int) else None

    def read(self, row: Sequence[object]) -> tuple[tuple[object, ...], str]:
        """The values of a row that has its number first, and what is wrong with it, or ""."""
        values: list[object] = []
        for name, kind, required, found in zip(self.names, self._kinds, self._required, row[1:], strict=True):
            if found is None:
                if required:
                    return (), f"its {name} is missing"
                values.append(None)
                continue
            try:
                values.append(self._value(name, kind, found))
            except (ValueError, RecursionError):
                return (), f"its {name} cannot be read"
        return tuple(values), ""

    def _value(self, name: str, kind: str, found: object) -> object:
        value = _READ.get(kind, _words)(found)
        if (self._table, name) in _JSON and not isinstance(json.loads(str(value)), dict | list):
            raise ValueError(value)
        return value


def _words(found: object) -> str:
    if not isinstance(found, bytes) or b"\0" in found:
        raise ValueError(found)
    return found.decode()


def _whole(found: object) -> int:
    if not isinstance(found, int):
        raise ValueError(found)  # noqa: TRY004 - all that is wrong with a cell is told alike
    return found


def _yes_or_no(found: object) -> int:
    if found not in (0, 1) or not isinstance(found, int):
        raise ValueError(found)
    return found


def _day(found: object) -> str:
    return date.fromisoformat(_words(found)).isoformat() and _words(found)


def _moment(found: object) -> str:
    datetime.fromisoformat(_words(found))
    return _words(found)


def _content(found: object) -> bytes:
    if not isinstance(found, bytes):
        raise ValueError(found)  # noqa: TRY004 - all that is wrong with a cell is told alike
    return found


_READ: dict[str, Callable[[object], object]] = {
    "INTEGER": _whole,
    "BIGINT": _whole,
    "BOOLEAN": _yes_or_no,
    "DATE": _day,
    "DATETIME": _moment,
    "BLOB": _content,
}
