"""The history of a record: who changed what and when, with the state before and after."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

R = TypeVar("R")


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
    """One change. `before` is empty for an addition; `action` is added, changed, deleted or restored."""

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
