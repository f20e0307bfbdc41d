"""The history of a record: who changed what and when, with the state before and after."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Generic, TypeVar

from tomsapp.domain.record_type import RecordType

R = TypeVar("R")
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


@dataclass(frozen=True, slots=True)
class HistoryWanted:
    """Which changes to read; everything that is set must hold.

    Attributes:
        kinds: of records of these kinds and of their parts.
        record_id: of one record of one kind.
        contract_id: of a contract and of all that belongs to it.
        who: by one of these people.
        since, until: from this moment on, and before that one.
    """

    kinds: tuple[RecordType[Any], ...] = ()
    record_id: int | None = None
    contract_id: int | None = None
    who: frozenset[str] = frozenset()
    since: datetime | None = None
    until: datetime | None = None
