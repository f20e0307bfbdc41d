"""The history of a record: who changed what and when, with the state before and after."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Generic, TypeVar

from tomsapp.domain.record_type import RecordType

R = TypeVar("R")
GAP = "…"
"""What stands for the digits that the foot of a paper leaves out."""
_DIGITS, _FIRST, _LAST = 64, 8, 4
"""How many digits a SHA-256 has, and how many of its first and last ones the foot of a paper says."""
_TYPED = re.compile(
    r"(?<![\w,-])(?P<place>[0-9][0-9,]{0,14})(?: changes?)?[,;]?\s+(?:sha-?256:?\s+)?"
    r"(?P<first>[0-9a-f](?:\s?[0-9a-f]){7,63})(?:\s?(?:…|\.{2,3})\s?(?P<last>[0-9a-f](?:\s?[0-9a-f])*))?[.\s]*$"
)
NOTE = "database"
"""The kind of an entry that is of no record: something was done to the database as a whole."""
NOTED = "noted"
"""The action of such an entry."""


@dataclass(frozen=True, slots=True)
class Stored(Generic[R]):
    """A record as it stands in the database: its number, the version that a save must name, and who saved it."""

    id: int
    version: int
    record: R
    saved_by: str = ""
    saved_at: datetime | None = None
    is_deleted: bool = False


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One change.

    Attributes:
        action: added, changed, deleted, restored or noted.
        before: empty for an addition.
        login: the login of the server that saved it; empty where no server recorded one.
        taken_in: when the server saved it, by its own clock; None where no server recorded it.
    """

    id: int
    at: datetime
    who: str
    what: str
    kind: str
    record_id: int
    contract_id: int | None
    action: str
    before: Mapping[str, object]
    after: Mapping[str, object]
    login: str = ""
    taken_in: datetime | None = None


class LinkMade(Enum):
    """How a change came into the chain of the history."""

    SAVED = "saved"
    """When it was saved."""
    FOUND = "found"
    """Later: another program than this one had saved it."""
    UPGRADED = "upgraded"
    """When the chain began: an upgrade found it there."""


@dataclass(frozen=True, slots=True)
class HistoryHead:
    """The last link of the history's chain: whoever has it knows whether anything before it was changed since.

    Attributes:
        place: how many changes the chain has.
        digest: the SHA-256 of the last link, as hexadecimal digits.
    """

    place: int
    digest: str

    def is_of(self, digest: str) -> bool:
        """Whether it is the head with this SHA-256: a paper's foot says its first and last digits alone."""
        first, _, last = self.digest.partition(GAP)
        return digest.startswith(first) and digest.endswith(last)


def typed_head(words: str) -> HistoryHead | None:
    """The head that somebody copied from a paper's foot or a backup's note; None of any other words.

    "History: 128 changes, SHA-256 4be1 07d2 … 9c3f" is one, and so is "128, 4be107d2...9c3f".
    """
    found = _TYPED.search(words.strip().lower())
    if found is None:
        return None
    first, last = ("".join((found[name] or "").split()) for name in ("first", "last"))
    is_whole = len(first) == _DIGITS and not last
    if not is_whole and (len(first) < _FIRST or len(last) < _LAST or len(first) + len(last) > _DIGITS):
        return None
    return HistoryHead(int(found["place"].replace(",", "")), first if is_whole else f"{first}{GAP}{last}")


@dataclass(frozen=True, slots=True)
class HistoryWanted:
    """Which changes to read; everything that is set must hold.

    Attributes:
        kinds: of records of these kinds and of their parts.
        record_id: of one record of one kind.
        contract_id: of a contract and of all that belongs to it.
        tender_id: of a tender and of all that belongs to it, such as its lots, bids and marks.
        who: by one of these people.
        since, until: from this moment on, and before that one.
    """

    kinds: tuple[RecordType[Any], ...] = ()
    record_id: int | None = None
    contract_id: int | None = None
    tender_id: int | None = None
    who: frozenset[str] = frozenset()
    since: datetime | None = None
    until: datetime | None = None
