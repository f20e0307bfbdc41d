"""Columns of numbers in a file of their own, with the facts that belong to them; read back as they were or not at all.

A mark and a digest stand first, then the length of the facts as eight bytes, the facts as JSON, and the columns one
after the other. The digest covers all that follows it.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from tomsapp.dashboards.exact import Column

_MARK = b"tomsapp columns 1\n"
_DIGEST = 32
_MOST_FACTS = 1 << 24
_KINDS = frozenset({"|b1", "|i1", "|u1", "<i2", "<i4", "<i8"})
PART = ".part"
"""How the name of a file ends while it is written."""


def write_columns(path: Path, facts: Mapping[str, Any], columns: Mapping[str, Column]) -> bool:
    """Put the columns into a file, in the place of one that is there; only its owner can read it.

    False where one of them has numbers of more than 64 bits: then nothing is written.

    Raises:
        OSError: it cannot be written.
    """
    told = {name: np.ascontiguousarray(column) for name, column in columns.items()}
    if any(column.dtype.str not in _KINDS for column in told.values()):
        return False
    listed = [(name, column.dtype.str, len(column)) for name, column in told.items()]
    head = json.dumps({"facts": dict(facts), "columns": listed}).encode()
    handle, part = tempfile.mkstemp(suffix=PART, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            _write(file, head, told)
        Path(part).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(part).unlink()
        raise
    return True


def _write(file: BinaryIO, head: bytes, columns: Mapping[str, Column]) -> None:
    digest = sha256()
    file.write(_MARK + bytes(_DIGEST))
    parts: list[bytes | memoryview] = [len(head).to_bytes(8, "little"), head, *map(_bytes, columns.values())]
    for part in parts:
        file.write(part)
        digest.update(part)
    file.seek(len(_MARK))
    file.write(digest.digest())


def _bytes(column: Column) -> memoryview:
    return column.view(np.uint8).data


def read_columns(path: Path) -> tuple[dict[str, Any], dict[str, Column]] | None:
    """The facts and the columns of a file; None where there is none, or it is not whole."""
    try:
        with path.open("rb") as file:
            return _read(file)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def read_facts(path: Path) -> dict[str, Any]:
    """The facts of a file by themselves, not held to the digest; none where it has none that can be read."""
    try:
        with path.open("rb") as file:
            facts = _facts(file)[1]["facts"] if file.read(len(_MARK)) == _MARK and file.read(_DIGEST) else {}
            return facts if isinstance(facts, dict) else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _facts(file: BinaryIO) -> tuple[bytes, dict[str, Any]]:
    """What stands before the columns, as it is written and as it is read."""
    size = file.read(8)
    many = int.from_bytes(size, "little")
    if many > _MOST_FACTS:
        raise ValueError("The facts are longer than any")
    told = file.read(many)
    return size + told, json.loads(told)


def _read(file: BinaryIO) -> tuple[dict[str, Any], dict[str, Column]] | None:
    if file.read(len(_MARK)) != _MARK:
        return None
    wanted, digest = file.read(_DIGEST), sha256()
    begins, head = _facts(file)
    digest.update(begins)
    columns: dict[str, Column] = {}
    for name, kind, many in head["columns"]:
        if kind not in _KINDS or many < 0:
            return None
        column = np.fromfile(file, dtype=kind, count=many)
        if len(column) != many:
            return None
        digest.update(_bytes(column))
        columns[name] = column
    return (head["facts"], columns) if digest.digest() == wanted and not file.read(1) else None
