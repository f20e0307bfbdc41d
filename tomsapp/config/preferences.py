"""What the program remembers between runs: window layout, theme, text size."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any


class Preferences:
    """Named values kept in a JSON file; a file that cannot be read is set aside, never overwritten.

    Several windows of the program keep theirs in one file: each reads it anew once another has written it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.set_aside: Path | None = None
        """Where a file that could not be read was moved to, so that the user can be told."""
        self._values = self._load()
        self._read_at = self._stamp()

    def get(self, key: str, default: Any = None) -> Any:
        """Value kept under `key`, or `default`."""
        self._follow()
        return self._values.get(key, default)

    def set(self, key: str, value: Any) -> None:
        """Keep a value that JSON can hold; it is written at once if it differs from the one kept."""
        self._follow()
        if key in self._values and self._values[key] == value:
            return
        self._values[key] = value
        self._save()

    def of_database(self, identity: str) -> DatabasePreferences:
        """The values that are kept for one database only, known by what stands inside it."""
        return DatabasePreferences(self, identity)

    def _follow(self) -> None:
        """Take in what another window has written since."""
        stamp = self._stamp()
        if stamp is not None and stamp != self._read_at:
            self._values, self._read_at = self._load(), stamp

    def _stamp(self) -> tuple[int, int, int] | None:
        """What tells one writing of the file from another; None where there is no file."""
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino

    def _load(self) -> dict[str, Any]:
        try:
            values = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError):
            return self._put_aside()
        return values if isinstance(values, dict) else self._put_aside()

    def _put_aside(self) -> dict[str, Any]:
        aside = self._path.with_suffix(".unreadable.json")
        with contextlib.suppress(OSError):
            self._path.replace(aside)
            self.set_aside = aside
        return {}

    def _save(self) -> None:
        """Write the file whole or not at all, so that a power cut cannot leave half of it."""
        part = self._path.with_suffix(".part")
        self._path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(self._values, indent=1, sort_keys=True), encoding="utf-8")
        part.replace(self._path)
        self._read_at = self._stamp()


_DATABASES = "databases"


class DatabasePreferences:
    """What is kept for one database: how its lists stand and what of it is looked at. No other ever sees it.

    A database is known by what stands inside it, so one that was moved or copied keeps them.
    """

    def __init__(self, preferences: Preferences, identity: str) -> None:
        self._preferences = preferences
        self._identity = identity

    def get(self, key: str, default: Any = None) -> Any:
        """Value kept under `key`, or `default`."""
        return self._own().get(key, default)

    def set(self, key: str, value: Any) -> None:
        """Keep a value that JSON can hold; it is written at once if it differs from the one kept."""
        self._preferences.set(_DATABASES, {**self._all(), self._identity: {**self._own(), key: value}})

    def _all(self) -> dict[str, Any]:
        every = self._preferences.get(_DATABASES)
        return every if isinstance(every, dict) else {}

    def _own(self) -> dict[str, Any]:
        own = self._all().get(self._identity)
        return own if isinstance(own, dict) else {}
