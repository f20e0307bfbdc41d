"""A file that is too large to be kept: what is kept in its place says how large it is and by what it is known.

The file itself stays with the portal, which is asked for it. Source: docs/decisions/048-the-tender.md.
"""

import re
from dataclasses import dataclass

MOST_KEPT = 100_000_000
"""The largest file of a bidder that is kept, in bytes."""
WHY_LEFT = f"it is larger than {MOST_KEPT // 1_000_000} MB, so it is not kept here and stays with the portal"
"""Why such a file is refused, as its receipt says it."""
MOST_NOTE = 300
"""A note has never more bytes."""

_NOTE = "This file was too large to be kept. It stays with the portal.\nBytes: {size}\nSHA-256: {sha256}\n"
_READ = re.compile(
    re.escape(_NOTE).replace(r"\{size\}", "([1-9][0-9]{0,14})").replace(r"\{sha256\}", "([0-9a-f]{64})"), re.ASCII
)


@dataclass(frozen=True, slots=True)
class LeftFile:
    """The size and the SHA-256 of a file that is too large to be kept."""

    size: int
    sha256: str

    @property
    def note(self) -> bytes:
        """What is kept in its place."""
        return _NOTE.format(size=self.size, sha256=self.sha256).encode()


def read_left_file(note: bytes) -> LeftFile | None:
    """What a note says; None where the bytes are no such note."""
    found = _READ.fullmatch(note.decode("utf-8", "replace"))
    return None if found is None else LeftFile(int(found[1]), found[2])
