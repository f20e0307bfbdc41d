"""Files of preferences as no program writes them: each is a name and what puts it at a path."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

Put = Callable[[Path], object]
KEYS = (
    "theme",
    "density",
    "text_size",
    "window_geometry",
    "user_name",
    "recent_databases",
    "open_database",
    "databases",
    "drafts",
    "folder.database",
    "folder.backup",
)
"""What the program keeps; a test holds this to the program itself."""
DEEP = 900
VALUES: tuple[object, ...] = (
    None,
    True,
    -1,
    10**400,
    1e308,
    "",
    "x" * 100_000,
    "\0",
    "\ud800",
    "~nobody-of-this-name/council.db",
    "postgresql://",
    "postgresql://%zz:[/",
    "é\u202egnp.exe\n\n",
    [],
    [[]],
    [None],
    [{}],
    ["a", 1, [2]],
    {},
    {"": {}},
    {"a": 7},
    {"target": 3, "name": [], "council": {}, "contracts": "many", "opened_at": 5},
    [{"target": "\0", "name": "", "council": "", "contracts": 10**30, "opened_at": "9999-99-99"}],
    [{"target": "/\ud800", "name": "\ud800", "council": "\0", "contracts": True, "opened_at": ""}],
    [{"target": "/a", "name": "a", "council": "b" * 9999, "contracts": -5, "opened_at": "2026"}] * 50,
)


def _text(content: str | bytes) -> Put:
    return lambda path: path.write_bytes(content if isinstance(content, bytes) else content.encode())


def _linked(path: Path, to: str) -> None:
    path.symlink_to(to)


def _far_too_much(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(40_000_000)


def _special() -> Iterator[tuple[str, Put]]:
    yield "a folder", lambda path: path.mkdir()
    yield "a folder with something in it", lambda path: (path / "a").mkdir(parents=True)
    yield "a pipe", getattr(os, "mkfifo", None)  # Windows has none, and passes over all of them
    yield "a link to nothing", lambda path: _linked(path, "nowhere")
    yield "a link to itself", lambda path: _linked(path, path.name)
    yield "a link to a device", lambda path: _linked(path, "/dev/zero")
    yield "a link to a folder", lambda path: _linked(path, ".")
    yield "far too much", _far_too_much
    yield "nothing", _text(b"")
    yield "zeros", _text(b"\0" * 5000)
    yield "no UTF-8", _text(b'{"theme": "\xff\xfe"}')
    yield "UTF-16", _text('{"theme": "dark"}'.encode("utf-16"))
    yield "a byte order mark", _text(b'\xef\xbb\xbf{"theme": "dark"}')
    yield "half", _text('{"theme": "da')
    yield "not a number", _text('{"text_size": NaN}')
    yield "without end", _text('{"text_size": Infinity}')
    yield "too many digits", _text('{"text_size": ' + "9" * 10_000 + "}")
    yield "the same key again", _text('{"theme": "dark", "theme": []}')
    for depth in (30, DEEP, 100_000):
        yield f"lists {depth} deep", _text('{"databases": ' + "[" * depth + "]" * depth + "}")
        yield f"objects {depth} deep", _text('{"drafts": ' + '{"a":' * depth + "1" + "}" * depth + "}")
    for value in ("[]", "1", '"text"', "null", "true"):
        yield f"only {value}", _text(value)


def _of_wrong_types() -> Iterator[tuple[str, Put]]:
    for place, value in enumerate(VALUES):
        for key in KEYS:
            yield f"{key}: value {place}", _text(json.dumps({key: value}))
        yield f"everything: value {place}", _text(json.dumps(dict.fromkeys(KEYS, value)))


def _mixed(seed: int) -> Put:
    chance = random.Random(seed)
    content = {key: chance.choice(VALUES) for key in KEYS if chance.random() < 0.8}
    written = bytearray(json.dumps(content).encode())
    for _ in range(chance.choice((0, 0, 1, 5))):
        written[chance.randrange(len(written))] = chance.randrange(256)
    return _text(bytes(written))


def odd_files(mixed: int = 60) -> list[tuple[str, Put]]:
    """More than three hundred of them."""
    return [*_special(), *_of_wrong_types(), *((f"mixed {seed}", _mixed(seed)) for seed in range(mixed))]
