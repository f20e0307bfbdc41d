"""The history of records, as people read it: who changed which fact from what to what."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from tomsapp.domain.errors import MenuError
from tomsapp.domain.history import HistoryEntry
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.supplier import SupplierKind
from tomsapp.domain.wording import format_date, format_percent, format_pounds, format_quantity
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


_PARTS = {
    "contract": "Contract facts",
    "contract_spend": "Spend",
    "commitment": "Commitments",
    "commitment_year": "Commitments",
    "answer": "Answers",
    "frozen_valuation": "Signed valuations",
    "supplier": "Supplier",
}


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
    key = entry.record_id
    if entry.kind == "commitment_year":
        key = int(str(entry.after.get("commitment_id") or entry.before.get("commitment_id") or 0))
    about = names.measures.get(key, "") if entry.kind in {"commitment", "commitment_year"} else ""
    facts = tuple(_facts(entry, names))
    return HistoryLine(entry.at, entry.who, entry.what, _PARTS.get(entry.kind, entry.kind), about, entry.action, facts)


def _facts(entry: HistoryEntry, names: _Names) -> Iterable[FactChange]:
    both = {**entry.before, **entry.after}
    order = list(_CAPTIONS.get(entry.kind, both))
    for name in sorted(both, key=lambda name: order.index(name) if name in order else len(order)):
        caption = _caption(entry.kind, name, both, names)
        before, after = entry.before.get(name), entry.after.get(name)
        if caption is None or before == after or (entry.action == "added" and _goes_without_saying(name, after)):
            continue
        texts = _text(entry.kind, name, before, names), _text(entry.kind, name, after, names)
        if texts[0] != texts[1]:
            yield FactChange(caption, *texts)


def _goes_without_saying(name: str, value: object) -> bool:
    """Whether a fact of a new record need not be told: the measure names the line, the rest is the usual."""
    usual: dict[str, object] = {"contract_share": Decimal(1), "place": ""}
    return name == "measure" or (name in usual and value == usual[name])


_CAPTIONS: Mapping[str, Mapping[str, str]] = {
    "contract": {
        "reference": "Reference",
        "title": "Title",
        "supplier_id": "Supplier",
        "value": "Contract value",
        "start_on": "Start date",
        "end_on": "End date",
        "menu": "Menu",
        "edition": "Menu edition",
        "kind": "Kind",
        "status": "Status",
    },
    "commitment": {
        "measure": "Measure",
        "contract_share": "Share",
        "place": "Place",
        "statement": "Statement",
        "rate_quantity": "Quantity promised",
        "rate_per_pounds": "For every",
        "cost": "Cost to the supplier",
        "project": "Community project",
    },
    "answer": {"answer": "Answer"},
    "frozen_valuation": {"reason": "Reason", "sha256": "SHA-256"},
    "supplier": {
        "name": "Name",
        "kind": "Kind",
        "registration": "Registration number",
        "is_local": "Based in the area",
        "contact_name": "Contact name",
        "contact_email": "Contact e-mail",
        "notes": "Notes",
    },
}


def _caption(kind: str, name: str, values: Mapping[str, object], names: _Names) -> str | None:
    """What a fact is called; None for what people need not read, such as the number of a row."""
    if kind == "commitment_year":
        return f"Quantity {names.year(values.get('year_index', 0))}" if name == "quantity" else None
    if kind == "contract_spend":
        sort = "Recorded" if values.get("is_recorded") else "Forecast"
        return f"{sort} spend {names.year(values.get('year_index', 0))}" if name == "amount" else None
    return _CAPTIONS.get(kind, {}).get(name)


def _text(kind: str, name: str, value: object, names: _Names) -> str:
    """A fact as people write it; an empty place is the whole borough, another empty fact is none."""
    if value is None or (value == "" and name != "place"):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return _number_text(name, value)
    writers: dict[str, Callable[[str], str]] = {
        "supplier_id": lambda text: names.suppliers.get(int(text), f"supplier {text}"),
        "start_on": lambda text: format_date(date.fromisoformat(text)),
        "end_on": lambda text: format_date(date.fromisoformat(text)),
        "place": names.place,
        "kind": lambda text: SupplierKind(text).words if kind == "supplier" else text,
    }
    return writers.get(name, str)(str(value))


def _number_text(name: str, value: Decimal) -> str:
    if name in {"value", "amount", "cost", "rate_per_pounds"}:
        return format_pounds(value)
    return format_percent(value) if name == "contract_share" else format_quantity(value)
