"""In the room: tells which pack and lot each of several offers answers and who sends it, and no more."""

from collections.abc import Mapping, Sequence

from tomsapp.exchange.tenders.offer_identity import Refusal, plain_identity, read_identity
from tomsapp.room.child import Answered
from tomsapp.room.each_file import each_file


def work(values: Mapping[str, object], runs: Sequence[bytes]) -> Answered:
    """Look at each file."""
    return each_file(values, runs, _read)


def _read(data: bytes, file: str) -> dict[str, object]:
    found = read_identity(data, file)
    if isinstance(found, Refusal):
        return {"refused": [found.reason, found.ask_for]}
    return {"read": plain_identity(found)}
