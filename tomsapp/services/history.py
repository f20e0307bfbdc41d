"""The history of records, as people read it: who changed which fact from what to what."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from tomsapp.domain.commitment import COMMITMENT
from tomsapp.domain.errors import MenuError
from tomsapp.domain.facts import APART, Fact, FactKind
from tomsapp.domain.history import HistoryEntry
from tomsapp.domain.menu import MenuEdition
from tomsapp.services.record_types import TABLES, TableWords
from tomsapp.services.workspace import Workspace

MOST_ENTRIES = 5_000


@dataclass(frozen=True, slots=True)
class FactChange:
    """One fact of a record before and after a change, as text; empty where there was none."""

    fact: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.fact}: {self.before or 'none'} → {self.after or 'none'}"


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change of one record, ready to be shown.

    Attributes:
        at: when, in UTC.
        what: the words of the action: "Change facts of C-2026-004".
        part: what sort of record: "Contract facts", "Commitments", "Spend", "Answers", "Signed valuations".
        about: which one: a commitment's measure code and title.
        action: added, changed, deleted or restored.
    """

    at: datetime
    who: str
    what: str
    part: str
    about: str
    action: str
    facts: tuple[FactChange, ...]

    @property
    def text(self) -> str:
        """The change in one line: "Quantity 2027/28: 40 → 45"."""
        if self.action == "deleted":
            return "Removed"
        if self.action == "restored":
            return "Brought back"
        if self.action == "added":
            return _added_text(self.facts)
        return "; ".join(map(str, self.facts))


def _added_text(facts: tuple[FactChange, ...]) -> str:
    if len(facts) == 1:
        return f"{facts[0].fact}: {facts[0].after}"
    # The long one stands last, so that the figures can be read in a narrow column.
    in_order = sorted(facts, key=lambda one: one.fact == "Statement")
    listed = "; ".join(f"{one.fact[:1].lower()}{one.fact[1:]} {one.after}" for one in in_order)
    return f"Added: {listed}" if listed else "Added"


def contract_history(workspace: Workspace, contract_id: int) -> list[HistoryLine]:
    """Every change of a contract, its commitments, spend and answers, newest first."""
    with workspace.look() as uow:
        entries = uow.lists.history(contract_id=contract_id, limit=MOST_ENTRIES)
        suppliers = {row.id: row.supplier.name for row in uow.lists.suppliers()}
        contract = uow.contracts.get(contract_id).record
        area = workspace.surroundings(uow).area
    try:
        edition: MenuEdition | None = workspace.edition(contract.menu, contract.edition)
    except MenuError:
        edition = None
    names = _Names(
        years=tuple(year.label for year in contract.years),
        suppliers=suppliers,
        measures=_measures(entries, edition),
        place=area.place_name if area else str,
    )
    return _lines(entries, names)


def record_history(workspace: Workspace, kind: str, record_id: int) -> list[HistoryLine]:
    """Every change of one record, newest first."""
    with workspace.database.read() as reader:
        entries = reader.history(kind=kind, record_id=record_id, limit=MOST_ENTRIES)
    return _lines(entries, _Names())


@dataclass(frozen=True)
class _Names:
    """What the numbers and codes in the history are called."""

    years: tuple[str, ...] = ()
    suppliers: Mapping[int, str] = field(default_factory=dict)
    measures: Mapping[int, str] = field(default_factory=dict)
    place: Callable[[str], str] = str

    def year(self, index: object) -> str:
        place = int(str(index))
        return self.years[place] if place < len(self.years) else f"year {place + 1}"


def _measures(entries: Iterable[HistoryEntry], edition: MenuEdition | None) -> dict[int, str]:
    """Code and title of the measure of each commitment, removed ones too."""
    found: dict[int, str] = {}
    for entry in entries:
        if entry.kind == "commitment" and entry.record_id not in found:
            code = str(entry.after.get("measure") or entry.before.get("measure") or "")
            measure = edition.find_measure(code) if edition else None
            found[entry.record_id] = f"{code} {measure.title}" if measure else code
    return found


def _lines(entries: Iterable[HistoryEntry], names: _Names) -> list[HistoryLine]:
    lines: list[HistoryLine] = []
    for entry in entries:
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
    return (last.at, last.what, last.part, last.about, last.action) == (
        line.at,
        line.what,
        line.part,
        line.about,
        line.action,
    )


def _line(entry: HistoryEntry, names: _Names) -> HistoryLine:
    told = TABLES.get(entry.kind)
    key = entry.record_id
    if told is not None and told.part is not None:
        owner = told.part.owner
        key = int(str(entry.after.get(owner) or entry.before.get(owner) or 0))
    is_line = told is not None and told.kind is COMMITMENT
    about = names.measures.get(key, "") if is_line else ""
    facts = tuple(_facts(entry, told, names)) if told is not None else ()
    heading = told.heading if told is not None else entry.kind
    return HistoryLine(entry.at, entry.who, entry.what, heading, about, entry.action, facts)


def _facts(entry: HistoryEntry, told: TableWords, names: _Names) -> Iterable[FactChange]:
    both = {**entry.before, **entry.after}
    for fact in told.facts():
        column = fact.column_name
        before, after = entry.before.get(column), entry.after.get(column)
        if before == after or (entry.action == "added" and _goes_without_saying(told, fact, after)):
            continue
        texts = _text(fact, before, names), _text(fact, after, names)
        if texts[0] != texts[1]:
            caption = fact.label
            if told.part is not None:
                caption = told.part.caption(both, names.year(both.get("year_index", 0)))
            yield FactChange(caption, *texts)


def _goes_without_saying(told: TableWords, fact: Fact, value: object) -> bool:
    """Whether a fact of a new record need not be told: the measure names the line, the rest is the usual."""
    names_it = told.kind is COMMITMENT and fact.name == "measure"
    return names_it or (fact.usual is not None and value == fact.usual)


def _text(fact: Fact, value: object, names: _Names) -> str:
    """A fact as people write it; an empty place is the whole borough, another empty fact is none."""
    if fact.name == "place" and value is not None:
        return names.place(str(value))
    if value is None or value == "":
        return ""
    if fact.kind in APART:
        own = f"{fact.label.lower()} {value}"
        return names.suppliers.get(int(str(value)), own) if fact.kind is FactKind.LINK else own
    return fact.words(fact.of_kept(value))
