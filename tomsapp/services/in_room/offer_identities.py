"""In the room: tells which pack and lot each of several offers answers and who sends it, and no more."""

import json
from collections.abc import Mapping, Sequence

from tomsapp.exchange.tenders.offer_identity import Refusal, plain_identity, read_identity
from tomsapp.room.child import Answered


def work(values: Mapping[str, object], runs: Sequence[bytes]) -> Answered:
    """Look at each file; what is wrong with one keeps no other from being looked at."""
    files = values["files"]
    names = list(map(str, files)) if isinstance(files, list) else []
    return {}, [json.dumps(_read(data, name)).encode() for data, name in zip(runs, names, strict=True)]


def _read(data: bytes, file: str) -> dict[str, object]:
    found = read_identity(data, file)
    if isinstance(found, Refusal):
        return {"refused": [found.reason, found.ask_for]}
    return {"read": plain_identity(found)}
