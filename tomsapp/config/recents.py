"""The databases that were opened last, kept in the user's preferences without any password."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from tomsapp.config.preferences import Preferences

if TYPE_CHECKING:
    from datetime import datetime

_KEY, _OPEN = "recent_databases", "open_database"
_MOST = 8
_LONGEST, _MOST_CONTRACTS = 4096, 10**9
"""What no entry of this program exceeds."""


class RecentDatabase(NamedTuple):
    """A database that was open: where it is, whose it was, and how many contracts it held then."""

    target: str
    name: str
    council: str
    contracts: int
    opened_at: str
    """Local date and time in ISO form."""

    @property
    def opened_on(self) -> datetime | None:
        """When it was last opened, or None if that was not kept."""
        from datetime import datetime

        try:
            return datetime.fromisoformat(self.opened_at)
        except ValueError:
            return None


def recent_databases(preferences: Preferences) -> list[RecentDatabase]:
    """The databases that were opened, the last one first; entries that cannot be read are left out."""
    return _read_all(preferences.get(_KEY))


def is_recent(preferences: Preferences, target: object) -> bool:
    """Whether a database is among those that the window opened last: a file by its place, however it is named."""
    named = str(target)
    place = os.path.abspath(os.path.expanduser(named))  # noqa: PTH100, PTH111 - nothing is asked of the disk
    return any(entry.target in {named, place} for entry in recent_databases(preferences))


def note_opened(preferences: Preferences, opened: RecentDatabase) -> None:
    """Put a database at the head of the list."""
    preferences.change(_KEY, lambda kept: _written([opened, *_without(kept, opened.target)]))


def note_contents(preferences: Preferences, target: str, council: str, contracts: int) -> None:
    """Keep what a database of the list holds now; its place in the list stays."""

    def changed(entries: list[RecentDatabase]) -> list[RecentDatabase]:
        return [
            entry._replace(council=council, contracts=contracts) if entry.target == target else entry
            for entry in entries
        ]

    entries = recent_databases(preferences)
    if changed(entries) != entries:
        preferences.change(_KEY, lambda kept: _written(changed(_read_all(kept))))


def last_open(preferences: Preferences) -> str | None:
    """The database that was open when the program was closed; None where it was closed before that."""
    kept = preferences.get(_OPEN)
    return kept if isinstance(kept, str) and kept else None


def note_open(preferences: Preferences, target: str | None) -> None:
    """Keep which database is open now, or that none is."""
    preferences.set(_OPEN, target)


def remove_recent(preferences: Preferences, target: str) -> None:
    """Take a database off the list; the database itself is not touched."""
    preferences.change(_KEY, lambda kept: _written(_without(kept, target)))


def _read_all(kept: object) -> list[RecentDatabase]:
    found = [_read(entry) for entry in kept] if isinstance(kept, list) else []
    return [entry for entry in found if entry is not None][:_MOST]


def _without(kept: object, target: str) -> list[RecentDatabase]:
    return [entry for entry in _read_all(kept) if entry.target != target]


def _written(entries: list[RecentDatabase]) -> list[dict[str, object]]:
    return [entry._asdict() for entry in entries[:_MOST]]


def _read(entry: object) -> RecentDatabase | None:
    if not isinstance(entry, Mapping):
        return None
    texts = [entry.get(name) for name in ("target", "name", "council", "opened_at")]
    contracts = entry.get("contracts")
    if not all(isinstance(text, str) and len(text) <= _LONGEST for text in texts) or not texts[0]:
        return None
    if type(contracts) is not int or not 0 <= contracts <= _MOST_CONTRACTS:
        return None
    target, name, council, opened_at = map(str, texts)
    return RecentDatabase(target, name, council, contracts, opened_at)
