"""How tables of each sender were read last, kept on this machine: what stood under each head, and on which day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tomsapp.config import paths
from tomsapp.config.preferences import Preferences

if TYPE_CHECKING:
    from collections.abc import Iterable

_KEY = "tables"
_MOST = 300


@dataclass(frozen=True, slots=True)
class KnownTable:
    """A head of a sender’s table.

    Attributes:
        sender: who sent it.
        head: what its lowest row says.
        rows: of how many rows it is.
        columns: what each column holds (0 is A).
        read_on: the day on which it was read so.
    """

    sender: str
    head: str
    rows: int
    columns: Mapping[int, str]
    read_on: date


def _kept() -> Preferences:
    return Preferences(paths.user_config_dir() / "tables.json")


def known_tables(sender: str) -> list[KnownTable]:
    """The heads that are known of a sender; entries that cannot be read are left out."""
    return [table for table in _all(_kept()) if table.sender == sender]


def note_tables(tables: Iterable[KnownTable]) -> None:
    """Put tables at the head of those that are known; the oldest are forgotten."""
    kept, new = _kept(), list(tables)
    places = {(table.sender, table.head) for table in new}
    others = [table for table in _all(kept) if (table.sender, table.head) not in places]
    kept.set(_KEY, [_written(table) for table in [*new, *others][:_MOST]])


def _all(kept: Preferences) -> list[KnownTable]:
    entries = kept.get(_KEY, [])
    found = [_read(entry) for entry in entries] if isinstance(entries, list) else []
    return [table for table in found if table is not None]


def _written(table: KnownTable) -> dict[str, object]:
    columns = {str(column): use for column, use in table.columns.items()}
    return {
        "sender": table.sender,
        "head": table.head,
        "rows": table.rows,
        "columns": columns,
        "read_on": table.read_on.isoformat(),
    }


def _read(entry: object) -> KnownTable | None:
    try:
        return _parsed(entry) if isinstance(entry, Mapping) else None
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def _parsed(entry: Mapping[str, object]) -> KnownTable:
    columns = entry["columns"]
    if not isinstance(columns, Mapping):
        raise TypeError(columns)
    return KnownTable(
        str(entry["sender"]),
        str(entry["head"]),
        int(str(entry["rows"])),
        {int(column): str(use) for column, use in columns.items()},
        date.fromisoformat(str(entry["read_on"])),
    )
