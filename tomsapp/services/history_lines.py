"""A change of the history, ready to be shown."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tomsapp.domain.history import NOTED
from tomsapp.domain.record_type import RecordType
from tomsapp.domain.wording import small_first


@dataclass(frozen=True, slots=True)
class FactChange:
    """One fact of a record before and after a change, as text; empty where there was none.

    `told` is the change itself where that says more than both: "added Hendon; removed Mill Hill".
    """

    fact: str
    before: str
    after: str
    told: str = ""

    def __str__(self) -> str:
        told = self.told or f"{self.before or 'none'} → {self.after or 'none'}"
        return f"{self.fact}: {told}"


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change of one record, ready to be shown.

    Attributes:
        at: when, in UTC.
        what: the words of the action: "Change facts of C-2026-004".
        part: what sort of record: "Contract facts", "Commitments", "Spend", "Answers", "Signed valuations",
            "Database" for what was done to all of it.
        about: which one: a commitment's measure code and title.
        action: added, changed, deleted, restored or noted.
        id: number of the change in the history.
        kind: the kind of record that was changed, or a part of; None where it is no more.
        record: what the record is called: a contract's reference, the name of a supplier, the title of a rule.
        record_id: number of the record, of which a part may have been changed.
        contract_id: the contract that it belongs to.
        note: what was done to all of the database, where it was noted.
        login: the login with which the server saved it; empty where none was recorded.
        taken_in: when the server saved it, in UTC by its own clock; None where that was not recorded.
    """

    at: datetime
    who: str
    what: str
    part: str
    about: str
    action: str
    facts: tuple[FactChange, ...]
    id: int = 0
    kind: RecordType[Any] | None = None
    record: str = ""
    record_id: int = 0
    contract_id: int | None = None
    note: str = ""
    login: str = ""
    taken_in: datetime | None = None

    @property
    def text(self) -> str:
        """The change in one line: "Quantity 2027/28: 40 → 45"."""
        if self.action == "deleted":
            return "Removed"
        if self.action == "restored":
            return "Brought back"
        if self.action == NOTED:
            return self.note
        if self.action == "added":
            return _added_text(self.facts)
        return "; ".join(map(str, self.facts))


def _added_text(facts: tuple[FactChange, ...]) -> str:
    if len(facts) == 1:
        return f"{facts[0].fact}: {facts[0].after}"
    # The long one stands last, so that the figures can be read in a narrow column.
    in_order = sorted(facts, key=lambda one: one.fact == "Statement")
    listed = "; ".join(f"{small_first(one.fact)} {one.after}" for one in in_order)
    return f"Added: {listed}" if listed else "Added"
