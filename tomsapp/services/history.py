"""The history of records, as people read it: who changed which fact from what to what."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from tomsapp.domain.commitment import COMMITMENT
from tomsapp.domain.contract import CONTRACT, Contract
from tomsapp.domain.contract_dates import ContractError
from tomsapp.domain.delivery.acts import DELIVERY_ACT
from tomsapp.domain.delivery.audit import AUDIT_ITEM
from tomsapp.domain.delivery.delivery import DELIVERY
from tomsapp.domain.delivery.ledger import HANDED_OVER
from tomsapp.domain.delivery.plan import PLAN_ENTRY
from tomsapp.domain.delivery.quarters import Quarter, quarters_of
from tomsapp.domain.errors import MenuError
from tomsapp.domain.facts import APART, Fact, FactKind
from tomsapp.domain.history import NOTE, HistoryEntry, HistoryWanted
from tomsapp.domain.keys import KeyKind, Names, change_in_words
from tomsapp.domain.record_type import RecordType
from tomsapp.domain.seal import ACT
from tomsapp.domain.tender.bid import BID
from tomsapp.domain.tender.receipt import RECEIPT
from tomsapp.services.history_held import as_seen
from tomsapp.services.history_lines import FactChange, HistoryLine
from tomsapp.services.keys import key_names
from tomsapp.services.record_types import TABLES, TableWords
from tomsapp.services.workspace import Workspace
from tomsapp.store.readmodels import ContractFilter
from tomsapp.store.unit_of_work import UnitOfWork

MOST_ENTRIES = 5_000
_OF_COMMITMENTS = frozenset({DELIVERY.key, PLAN_ENTRY.key, DELIVERY_ACT.key, HANDED_OVER.key})
"""Kinds whose records are of a commitment in one of its quarters."""
_OF_SUPPLIERS = frozenset({CONTRACT.key, RECEIPT.key, BID.key})
"""Kinds that name a supplier by its number."""


@dataclass(frozen=True, slots=True)
class HistoryRead:
    """What was read of the history, newest first; `is_cut`: there may be earlier changes."""

    lines: list[HistoryLine]
    is_cut: bool


def contract_history(workspace: Workspace, contract_id: int) -> list[HistoryLine]:
    """Every change of a contract, its commitments, spend and answers, newest first."""
    return read_history(workspace, HistoryWanted(contract_id=contract_id)).lines


def tender_history(workspace: Workspace, tender_id: int) -> list[HistoryLine]:
    """Every change of a tender and of all that belongs to it, newest first: set-up, acts, files, bids and marks."""
    return read_history(workspace, HistoryWanted(tender_id=tender_id)).lines


def record_history(workspace: Workspace, kind: RecordType[Any], record_id: int) -> list[HistoryLine]:
    """Every change of one record of any kind, and of its parts, newest first."""
    return read_history(workspace, HistoryWanted((kind,), record_id)).lines


def read_history(workspace: Workspace, wanted: HistoryWanted, limit: int = MOST_ENTRIES) -> HistoryRead:
    """The changes that are wanted, newest first, as people read them; so many rows of the database at most."""
    with workspace.look() as uow:
        entries = as_seen(uow, workspace.who, uow.lists.history(wanted, limit))
        contracts = _contracts(uow, entries)
        suppliers = _suppliers(uow) if any(entry.kind in _OF_SUPPLIERS for entry in entries) else {}
        area = workspace.surroundings(uow).area
        codes = uow.commitments.measures(_commitments_of(entries))
    measures = _measures(workspace, entries, contracts, codes)
    keys = key_names(workspace, {keys for entry in entries for keys in _keys_in(entry)})
    lines = _lines(entries, _Names(contracts, suppliers, measures, area.place_name if area else str, keys))
    return HistoryRead(lines, len(entries) == limit)


def _keys_in(entry: HistoryEntry) -> Iterable[KeyKind]:
    """What the keys of a changed record name."""
    told = TABLES.get(entry.kind)
    return () if told is None else (fact.keys for fact in told.facts() if fact.keys is not None)


def people(workspace: Workspace) -> list[str]:
    """Everybody who has changed something, by name."""
    with workspace.database.read() as reader:
        return reader.people()


def _suppliers(uow: UnitOfWork) -> dict[int, str]:
    return {row.id: row.supplier.name for row in uow.lists.suppliers()}


def _contracts(uow: UnitOfWork, entries: Iterable[HistoryEntry]) -> dict[int, Contract]:
    """The contracts that changes belong to, deleted ones too."""
    numbers = frozenset(entry.contract_id for entry in entries if entry.contract_id is not None)
    wanted = [ContractFilter(numbers=numbers, is_deleted=is_deleted) for is_deleted in (False, True)]
    return {row.id: row for each in wanted for row in uow.lists.contracts(each)} if numbers else {}


@lru_cache(maxsize=1024)
def _year_labels(contract: Contract) -> tuple[str, ...]:
    try:
        return tuple(year.label for year in contract.years)
    except ContractError:
        return ()


def _quarter_label(contract: Contract | None, quarter: Quarter) -> str:
    """A quarter with its months where the contract has it now."""
    try:
        quarters = quarters_of(contract) if contract else ()
    except ContractError:
        quarters = ()
    return next((each.label for each in quarters if each.quarter == quarter), quarter.words)


@dataclass(frozen=True)
class _Names:
    """What the numbers and codes in the history are called."""

    contracts: Mapping[int, Contract] = field(default_factory=dict)
    suppliers: Mapping[int, str] = field(default_factory=dict)
    measures: Mapping[int, str] = field(default_factory=dict)
    place: Callable[[str], str] = str
    keys: Mapping[KeyKind, Names] = field(default_factory=dict)

    def year(self, contract_id: int | None, index: object) -> str:
        place = int(str(index))
        contract = self.contracts.get(contract_id or 0)
        labels = _year_labels(contract) if contract else ()
        return labels[place] if place < len(labels) else f"year {place + 1}"

    def of_quarter(self, entry: HistoryEntry) -> str:
        """Which commitment and quarter what was changed is of: "V04 Volunteering, Q2 (Jul to Sep 2026)"."""
        row = entry.after or entry.before
        year, number = row.get("year_index"), row.get("quarter")
        if entry.kind == AUDIT_ITEM.key:
            return f"claim {row.get('position')} of a sample"
        told = [self.measures.get(_commitment_of(entry) or 0, "")]
        if entry.kind in _OF_COMMITMENTS and isinstance(year, int) and isinstance(number, int):
            contract = self.contracts.get(entry.contract_id or 0)
            told.append(_quarter_label(contract, Quarter(year, number)))
        return ", ".join(filter(None, told))

    def record(self, entry: HistoryEntry, told: TableWords) -> str:
        """What the record of a change is called; nothing where there is but one of its kind."""
        contract = self.contracts.get(entry.contract_id or 0)
        if contract is not None:
            return contract.reference
        kind = told.kind
        if told.part is not None or kind.make is object:
            return ""
        name = kind.name_of(_RowAsRecord(kind, entry, self))
        return "" if name.casefold() == kind.title.casefold() else str(name)


class _RowAsRecord:
    """A row of the history as the record that it was, as far as it is named by its facts and by who saved it."""

    def __init__(self, kind: RecordType[Any], entry: HistoryEntry, names: _Names) -> None:
        row = {**entry.before, **entry.after}
        self._make = kind.make
        self.by = entry.who
        for fact in kind.facts:
            kept = row.get(fact.column_name)
            if fact.kind is FactKind.LINK:
                setattr(self, fact.name, _text(fact, kept, names))
            elif fact.kind not in APART:
                setattr(self, fact.name, _value(fact, kept))

    def __getattr__(self, name: str) -> Any:
        told = getattr(self._make, name, None)
        if isinstance(told, property) and told.fget is not None:
            return told.fget(self)
        raise AttributeError(name)


def _measures(
    workspace: Workspace,
    entries: Iterable[HistoryEntry],
    contracts: Mapping[int, Contract],
    codes: Mapping[int, str],
) -> dict[int, str]:
    """Code and title of the measure of each commitment, removed ones too; `codes` are those of deliveries and plans."""
    found: dict[int, str] = {}
    for entry in entries:
        for number in [entry.record_id] if entry.kind == COMMITMENT.key else _commitments_in(entry):
            if number in found:
                continue
            code = codes.get(number) or str(entry.after.get("measure") or entry.before.get("measure") or "")
            contract = contracts.get(entry.contract_id or 0)
            title = _measure_title(workspace, contract, code) if contract else ""
            found[number] = f"{code} {title}".strip()
    return found


def _commitments_of(entries: Iterable[HistoryEntry]) -> set[int]:
    """The commitments whose deliveries, plans, acts or money were changed."""
    return {number for entry in entries for number in _commitments_in(entry)}


def _commitments_in(entry: HistoryEntry) -> list[int]:
    """The commitments that what was changed was of before, and is of now."""
    if entry.kind not in _OF_COMMITMENTS:
        return []
    both = (row.get("commitment_id") for row in (entry.before, entry.after))
    return [number for number in both if isinstance(number, int)]


def _commitment_of(entry: HistoryEntry) -> int | None:
    """The commitment that what was changed is of, in one of its quarters; None where it is of none."""
    number = (entry.after or entry.before).get("commitment_id")
    return number if entry.kind in _OF_COMMITMENTS and isinstance(number, int) else None


def _measure_title(workspace: Workspace, contract: Contract, code: str) -> str:
    try:
        measure = workspace.edition(contract.menu, contract.edition).find_measure(code)
    except MenuError:
        return ""
    return measure.title if measure else ""


def _lines(entries: Iterable[HistoryEntry], names: _Names) -> list[HistoryLine]:
    lines: list[HistoryLine] = []
    for entry in entries:
        if entry.kind == PLAN_ENTRY.key and (entry.after or entry.before).get("in_force"):
            continue  # the act that put the plan in force tells it
        line = _line(entry, names)
        if line.action == "changed" and not line.facts:
            continue  # the version moved on because a part of the record was changed
        if lines and _belongs(lines[-1], line):
            lines[-1] = replace(lines[-1], facts=(*line.facts, *lines[-1].facts))
        else:
            lines.append(line)
    return lines


def _belongs(last: HistoryLine, line: HistoryLine) -> bool:
    """Whether both are one change of one record: a commitment and its years are written one after the other."""
    return (last.at, last.what, last.part, last.about, last.action, last.record_id) == (
        line.at,
        line.what,
        line.part,
        line.about,
        line.action,
        line.record_id,
    )


def _line(entry: HistoryEntry, names: _Names) -> HistoryLine:
    told = TABLES.get(entry.kind)
    if entry.kind == NOTE:
        note = str(entry.after.get("note", ""))
        line = HistoryLine(entry.at, entry.who, entry.what, "Database", "", entry.action, (), entry.id, note=note)
        return _taken_in(line, entry)
    if told is None:
        line = HistoryLine(entry.at, entry.who, entry.what, entry.kind, "", entry.action, (), entry.id)
        return _taken_in(line, entry)
    key = entry.record_id
    if told.part is not None:
        owner = told.part.owner
        key = int(str(entry.after.get(owner) or entry.before.get(owner) or 0))
    line = HistoryLine(
        entry.at,
        entry.who,
        entry.what,
        told.heading,
        names.measures.get(key, "") if told.kind is COMMITMENT else names.of_quarter(entry),
        entry.action if told.part is None or entry.action == "added" else "changed",
        tuple(_facts(entry, told, names)),
        entry.id,
        told.kind,
        names.record(entry, told),
        key,
        entry.contract_id,
    )
    return _taken_in(line, entry)


def _taken_in(line: HistoryLine, entry: HistoryEntry) -> HistoryLine:
    """The line with what the server recorded of it."""
    return replace(line, login=entry.login, taken_in=entry.taken_in)


def _facts(entry: HistoryEntry, told: TableWords, names: _Names) -> Iterable[FactChange]:
    both = {**entry.before, **entry.after}
    for fact in told.facts():
        column = fact.column_name
        before, after = entry.before.get(column), entry.after.get(column)
        if told.part is not None:
            # A part that is marked as deleted is a record that says less, and no record that is gone.
            before, after = None if entry.action == "restored" else before, None if entry.action == "deleted" else after
        if before == after or (entry.action == "added" and _goes_without_saying(told, fact, after)):
            continue
        texts = _text(fact, before, names), _text(fact, after, names)
        if texts[0] != texts[1]:
            caption = fact.label
            if told.part is not None:
                caption = told.part.caption(both, names.year(entry.contract_id, both.get("year_index", 0)))
            yield FactChange(caption, *texts, _told_change(fact, before, after, names))


def _told_change(fact: Fact, before: object, after: object, names: _Names) -> str:
    """What came to keys and went from them; other facts are told by what they were and are."""
    if fact.keys is None:
        return ""
    return change_in_words(fact.of_kept(before or ""), fact.of_kept(after or ""), names.keys.get(fact.keys, {}))


_OF_STATUS = frozenset({"was", "becomes"})
"""Facts of an act that the change of its contract's status, which stands beside it, says already."""


def _goes_without_saying(told: TableWords, fact: Fact, value: object) -> bool:
    """Whether a fact of a new record need not be told: the measure names the line, the rest is the usual or nought."""
    if told.kind is COMMITMENT and fact.name == "measure":
        return True
    if told.kind is ACT and fact.name in _OF_STATUS:
        return True
    if fact.usual is not None:
        return bool(value == fact.usual)
    return told.part is None and not fact.keeps_null and not value


def _text(fact: Fact, value: object, names: _Names) -> str:
    """A fact as people write it; an empty place is the whole borough, another empty fact is none."""
    if fact.name == "place" and value is not None:
        return names.place(str(value))
    if value is None or value == "":
        return ""
    if fact.kind in APART:
        own = f"{fact.label.lower()} {value}"
        linked = names.measures if fact.column_name == "commitment_id" else names.suppliers
        return linked.get(int(str(value)), own) if fact.kind is FactKind.LINK else own
    read = _value(fact, value)
    return read if isinstance(read, str) else fact.words(read, names.keys.get(fact.keys) if fact.keys else None)


def _value(fact: Fact, kept: object) -> Any:
    """A value of the history as the record has it; what an earlier version knew alone stays as it was kept."""
    try:
        return fact.of_kept(kept)
    except (ValueError, ArithmeticError):
        return str(kept)
