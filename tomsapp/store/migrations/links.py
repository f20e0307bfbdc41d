"""The links of the history's chain: the text of each and its SHA-256, as the program and the servers write them.

Each change has one link. Its digest covers the link before, what the change says, when and by whom it was linked, and
all that the history tells of it. What stands here is frozen: every chain there is was written by it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

FORMAT = "toms-chain-1"

MOMENT: Mapping[str, str] = {
    "sqlite": "{}",
    "postgresql": "to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US')",
}
"""The SQL that reads a moment as text; `moment` writes SQLite's in the way of PostgreSQL."""

Entry = Sequence[object]
"""What the history tells of one row, as in `ENTRY`."""
ENTRY = ("id", "kind", "record_id", "contract_id", "action", '"before"', '"after"')
_WHOLE = frozenset({"id", "record_id", "contract_id"})
"""Those of them that are whole numbers."""


@dataclass(frozen=True)
class Link:
    """What a link says beside the history of its change.

    Attributes:
        place: its number in the chain; the first is 1.
        at, who, what: what the change says.
        linked_at, linked_by: when it was linked, and on a server by which login.
        how: whether it was saved so, found later, or stood there when the chain began.
    """

    place: int
    change_id: int
    at: str
    who: str
    what: str
    linked_at: str
    linked_by: str
    how: str

    def digest(self, before: str, entries: Iterable[Entry]) -> str:
        """The SHA-256 of this link after the one whose digest is `before`, as hexadecimal digits."""
        own = (self.place, self.change_id, self.at, self.who, self.what, self.linked_at, self.linked_by, self.how)
        digest = sha256("".join(map(_field, (FORMAT, before, *own))).encode())
        for entry in entries:
            digest.update("".join(map(_field, entry)).encode())
        return digest.hexdigest()


def moment(text: object) -> str:
    """A moment of SQLite as PostgreSQL writes it; what is no moment stays as it is."""
    try:
        return datetime.fromisoformat(str(text)).isoformat(timespec="microseconds")
    except ValueError:
        return str(text)


def _field(value: object) -> str:
    """A value with its length before it, so that no two rows of values make the same text."""
    if value is None:
        return "-;"
    text = str(value)
    return f"{len(text)}:{text};"


def postgres_digest() -> str:
    """The SQL of the digest of a link, within the function that makes it: see `chaining`."""
    own = (
        f"'{FORMAT}'",
        "head.digest",
        "(head.id + 1)::text",
        "NEW.id::text",
        MOMENT["postgresql"].format("NEW.at"),
        "NEW.who",
        "NEW.what",
        MOMENT["postgresql"].format("linked.at"),
        "linked.login",
        "'saved'",
    )
    told = " || ".join(_postgres_field(f"{name}::text" if name in _WHOLE else name) for name in ENTRY)
    entries = f"COALESCE((SELECT string_agg({told}, '' ORDER BY id) FROM history WHERE change_id = NEW.id), '')"
    text = " || ".join([*map(_postgres_field, own), entries])
    return f"encode(sha256(convert_to({text}, 'UTF8')), 'hex')"


def _postgres_field(value: str) -> str:
    return f"COALESCE(char_length({value}) || ':' || {value} || ';', '-;')"
