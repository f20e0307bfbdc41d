"""The history of records, as people read it: who changed which fact from what to what."""

from dataclasses import dataclass
from datetime import datetime

from tomsapp.domain.history import HistoryEntry
from tomsapp.services.workspace import Workspace

_HIDDEN = frozenset({"id", "version", "change_id", "deleted", "contract_id"})


@dataclass(frozen=True, slots=True)
class FactChange:
    """One fact of a record before and after a change, as text; empty where there was none."""

    fact: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change of one record, ready to be shown."""

    entry: HistoryEntry
    facts: tuple[FactChange, ...]

    @property
    def at(self) -> datetime:
        """When it was changed, in UTC."""
        return self.entry.at


def contract_history(workspace: Workspace, contract_id: int) -> list[HistoryLine]:
    """Every change of a contract, its commitments, spend and answers, newest first."""
    with workspace.database.read() as reader:
        return [_line(entry) for entry in reader.history(contract_id=contract_id)]


def record_history(workspace: Workspace, kind: str, record_id: int) -> list[HistoryLine]:
    """Every change of one record, newest first."""
    with workspace.database.read() as reader:
        return [_line(entry) for entry in reader.history(kind=kind, record_id=record_id)]


def _line(entry: HistoryEntry) -> HistoryLine:
    facts = sorted({*entry.before, *entry.after} - _HIDDEN)
    return HistoryLine(
        entry,
        tuple(
            FactChange(fact.replace("_", " "), _text(entry.before.get(fact)), _text(entry.after.get(fact)))
            for fact in facts
            if entry.before.get(fact) != entry.after.get(fact)
        ),
    )


def _text(value: object) -> str:
    return "" if value is None else str(value)
