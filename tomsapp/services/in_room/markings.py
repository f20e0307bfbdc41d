"""In the room: reads marking files; each is read, or refused with its own words."""

import json
from collections.abc import Mapping, Sequence

from tomsapp.domain.errors import TomsError
from tomsapp.exchange.sheets.opening import open_workbook
from tomsapp.exchange.tenders.marking_file import NOT_READ
from tomsapp.exchange.tenders.marking_plain import plain_marking
from tomsapp.exchange.tenders.marking_read import read_marking_file
from tomsapp.room.child import Answered


def work(values: Mapping[str, object], runs: Sequence[bytes]) -> Answered:
    """Read each file; what is wrong with one keeps no other from being read."""
    files = values["files"]
    names = list(map(str, files)) if isinstance(files, list) else []
    return {}, [json.dumps(_read(data, name)).encode() for data, name in zip(runs, names, strict=True)]


def _read(data: bytes, file: str) -> dict[str, object]:
    try:
        return {"read": plain_marking(read_marking_file(open_workbook(data, file, NOT_READ), file))}
    except TomsError as error:
        return {"refused": [error.message, error.fix]}
