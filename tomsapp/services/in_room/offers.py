"""In the room: opens several offers as sheets of cells or as values; each is opened, or refused with its own words."""

import json
from collections.abc import Mapping, Sequence

from tomsapp.domain.errors import TomsError
from tomsapp.room.child import Answered
from tomsapp.services.in_room import tables


def work(values: Mapping[str, object], runs: Sequence[bytes]) -> Answered:
    """Open each file: a line of JSON that says what it is, and under it its rows or values."""
    files = values["files"]
    names = list(map(str, files)) if isinstance(files, list) else []
    return {}, [_opened(data, name) for data, name in zip(runs, names, strict=True)]


def _opened(data: bytes, file: str) -> bytes:
    try:
        told, runs = tables.work({"file": file, "offer": True}, [data])
    except TomsError as error:
        told, runs = {"refused": [error.message, error.fix]}, ()
    return b"\n".join([json.dumps(told).encode(), b"".join(runs)])
