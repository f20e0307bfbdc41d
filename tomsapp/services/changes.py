"""What a user action changed, so that each page knows whether to reload, and how to take it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from tomsapp.domain.council import COUNCIL

if TYPE_CHECKING:
    from tomsapp.domain.record_type import RecordType

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Changes:
    """Which kinds of record differ from before, and in which contracts."""

    kinds: frozenset[RecordType[Any]] = frozenset()
    contracts: frozenset[int] = frozenset()
    everything: bool = False

    def touches(self, *kinds: RecordType[Any]) -> bool:
        """Whether a page that shows records of these kinds is out of date."""
        return self.everything or any(kind in self.kinds for kind in kinds)

    def touches_contract(self, contract_id: int) -> bool:
        """Whether the page of this contract is out of date."""
        return self.everything or contract_id in self.contracts or self.touches(COUNCIL)


ALL_CHANGED = Changes(everything=True)


@dataclass(frozen=True, slots=True)
class RecordChange:
    """One record before and after an action; None where it was not there (or was deleted)."""

    kind: RecordType[Any]
    key: int | str
    before: Any
    after: Any
    contract_id: int | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """A user action that can be undone and redone, with the words that the Edit menu shows."""

    label: str
    records: tuple[RecordChange, ...]
    stop: str = ""
    """Why Undo stops at it, where it was sealed: "Signed on 20 March 2026. Undo stops here"."""
    instead: str = "Reopen the contract, with the reason"
    """What is done where Undo stops."""

    @property
    def changes(self) -> Changes:
        """What undoing or redoing it changes."""
        return Changes(
            frozenset(record.kind for record in self.records),
            frozenset(record.contract_id for record in self.records if record.contract_id is not None),
        )


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """What an action came to: its result, and the edit that takes it back (None when nothing changed)."""

    result: T
    edit: Edit | None = None

    @property
    def changes(self) -> Changes:
        """What the action changed."""
        return self.edit.changes if self.edit else Changes()
