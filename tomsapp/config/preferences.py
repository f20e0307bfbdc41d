"""What the program remembers between runs: window layout, theme, text size. None of it is worth a day's work."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from tomsapp.config import paths
from tomsapp.config.whole_files import parts_of, read_plain, turn_at, write_whole

log = logging.getLogger("tomsapp")
_MOST_BYTES = 16_000_000
_DEEPEST = 40
_PATIENCE, _IMPATIENCE = 5.0, 0.05
"""Seconds for which a window waits for another that writes the file, and once it has waited in vain."""
_MOST_ASIDE = 1000


def user_preferences() -> Preferences:
    """Those of the user who works here, which the window keeps."""
    return Preferences(paths.user_config_dir() / "preferences.json")


class Preferences:
    """Named values kept in a JSON file as well as can be: whatever is wrong with it, the work goes on.

    Several windows of the program keep theirs in one file: each reads it anew once another has written it. A file that
    cannot be read is kept aside under another name; where nothing can be written, values last as long as the program.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._values: dict[str, Any] = {}
        self._read_at: tuple[int, int, int] | None = None
        self._cannot_write = False
        self._patience = _PATIENCE
        self._untold: list[str] = []
        self.set_aside: Path | None = None
        """Where a file that could not be read was moved to."""
        with self._turn() as is_mine:
            if is_mine:
                self._clear_parts()
            self._follow()

    def get(self, key: str, default: Any = None) -> Any:
        """Value kept under `key`; or `default`, also where what is kept is of another type than it."""
        self._follow()
        value = self._values.get(key, default)
        return value if default is None or type(value) is type(default) else default

    def set(self, key: str, value: Any) -> None:
        """Keep a value that JSON can hold; it is written at once if it differs from the one kept."""
        self._follow()
        if key not in self._values or self._values[key] != value or self._cannot_write:
            self.change(key, lambda _kept: value)

    def change(self, key: str, changed: Callable[[Any], Any]) -> None:
        """Keep what `changed` makes of the value kept under `key`, or of None; no other window changes it meanwhile."""
        with self._turn():
            # Also where it seems to be as it was: two writings in one moment may look alike.
            self._read_at = None
            self._follow()
            self._values[key] = changed(self._values.get(key))
            self._save()

    def of_database(self, identity: str) -> DatabasePreferences:
        """The values that are kept for one database only, known by what stands inside it."""
        return DatabasePreferences(self, identity)

    def take_troubles(self) -> list[str]:
        """What the user should be told of the file, in sentences; each is given once."""
        told, self._untold = self._untold, []
        return told

    @contextmanager
    def _turn(self) -> Iterator[bool]:
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
        with turn_at(self._path.with_name(f"{self._path.name}.lock"), self._patience) as is_mine:
            self._patience = _PATIENCE if is_mine else _IMPATIENCE
            yield is_mine

    def _follow(self) -> None:
        """Take in what another window has written since; what is known stays where nothing can be read."""
        stamp = self._stamp()
        if stamp is None or stamp == self._read_at:
            return
        self._read_at = stamp
        try:
            self._values = _values_in(read_plain(self._path, _MOST_BYTES))
        except FileNotFoundError:
            return
        except (OSError, ValueError, RecursionError) as error:
            self._put_aside(error)

    def _stamp(self) -> tuple[int, int, int] | None:
        """What tells one writing of the file from another; None where there is no file."""
        try:
            found = self._path.stat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError:
            return 0, 0, 0
        return found.st_mtime_ns, found.st_size, found.st_ino

    def _put_aside(self, error: Exception) -> None:
        log.warning("%s cannot be read: %s", self._path, error)
        why = f"{self._path} could not be read, so the program begins as on the first day."
        try:
            aside = self._free_name()
            self._path.replace(aside)
        except OSError:
            self._untold.append(f"{why} It could not be moved away either, and what you choose now is not kept.")
            return
        self.set_aside, self._read_at = aside, None
        self._untold.append(f"{why} It is kept as {aside.name} in the same folder.")

    def _free_name(self) -> Path:
        """A name for a file that cannot be read, beside those that could not be read before."""
        for number in range(1, _MOST_ASIDE):
            name = f"{self._path.stem}.unreadable{'' if number == 1 else f'-{number}'}{self._path.suffix}"
            aside = self._path.with_name(name)
            try:
                aside.lstat()
            except FileNotFoundError:
                return aside
        raise FileExistsError(f"{_MOST_ASIDE} files beside {self._path} could not be read")

    def _save(self) -> None:
        """Write the file whole or not at all, so that nothing can leave half of it."""
        written = json.dumps(self._values, indent=1, sort_keys=True).encode()
        try:
            write_whole(self._path, written)
        except (OSError, ValueError) as error:
            log.warning("%s cannot be written: %s", self._path, error)
            if not self._cannot_write:
                reason = getattr(error, "strerror", None) or str(error)
                self._untold.append(
                    f"{self._path} cannot be written ({reason}). What you choose lasts until you close the program."
                )
            self._cannot_write = True
            return
        self._cannot_write = False
        self._read_at = self._stamp()

    def _clear_parts(self) -> None:
        """Take away what programs that were ended in the middle of writing have left."""
        with suppress(OSError):
            for left in parts_of(self._path):
                left.unlink(missing_ok=True)


def _values_in(content: bytes) -> dict[str, Any]:
    """The values of a file.

    Raises:
        ValueError: it holds something else, or is nested as no program nests it.
        RecursionError: it is nested deeper than can be read.
    """
    values = json.loads(content.decode("utf-8-sig"), parse_constant=_refuse)
    if not isinstance(values, dict):
        raise ValueError("it holds no named values")  # noqa: TRY004 - told together with what JSON itself refuses
    _check_depth(values)
    return values


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no value")


def _check_depth(values: object) -> None:
    level = [values]
    for depth in count():
        level = [inner for value in level for inner in _inside(value)]
        if not level:
            return
        if depth > _DEEPEST:
            raise ValueError("it is nested too deep")


def _inside(value: object) -> list[object]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


_DATABASES = "databases"


class DatabasePreferences:
    """What is kept for one database: how its lists stand and what of it is looked at. No other ever sees it.

    A database is known by what stands inside it, so one that was moved or copied keeps them.
    """

    def __init__(self, preferences: Preferences, identity: str) -> None:
        self._preferences = preferences
        self._identity = identity

    def get(self, key: str, default: Any = None) -> Any:
        """Value kept under `key`; or `default`, also where what is kept is of another type than it."""
        value = self._own().get(key, default)
        return value if default is None or type(value) is type(default) else default

    def set(self, key: str, value: Any) -> None:
        """Keep a value that JSON can hold; it is written at once if it differs from the one kept."""
        own = self._own()
        if key not in own or own[key] != value:
            self._preferences.change(_DATABASES, partial(self._with, key, value))

    def _with(self, key: str, value: Any, every: Any) -> dict[str, Any]:
        every = every if isinstance(every, dict) else {}
        own = every.get(self._identity)
        return {**every, self._identity: {**(own if isinstance(own, dict) else {}), key: value}}

    def _own(self) -> dict[str, Any]:
        own = self._preferences.get(_DATABASES, {}).get(self._identity)
        return own if isinstance(own, dict) else {}
