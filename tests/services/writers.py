"""Many officers who save into one small council at the same time, and what must stand there afterwards.

Each raises something by one: a quantity, a year's spend, the value, that of a lot, a count in a text. So what must
stand there is what stood there, and one for each save that was acknowledged.
"""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from sqlalchemy import select

from tests.services.council import Begun, begin, open_as, opened, promise
from tests.services.deliveries import DECIDED_ON, Q1, begin_signed, claim, delivered, enter, said
from tests.services.tenders.build import begin_tender, lot
from tests.services.tenders.build import opened as opened_tender
from tomsapp.domain.contract import ContractKind, YearSpend
from tomsapp.domain.delivery.acts import DeliveryActKind
from tomsapp.domain.delivery.plan import PlanEntry
from tomsapp.domain.history import HistoryEntry
from tomsapp.domain.problems import Answer
from tomsapp.services import (
    checking,
    commitments,
    contracts,
    council,
    delivery_claims,
    delivery_decisions,
    delivery_plans,
    edits,
    overview,
    suppliers,
)
from tomsapp.services.contracts import OpenContract
from tomsapp.services.delivery import OpenDelivery
from tomsapp.services.failures import EditConflict, NotFound, StoreError
from tomsapp.services.overview import Filters
from tomsapp.services.tenders.parts import LOTS
from tomsapp.services.tenders.reading import OpenTender, list_tenders
from tomsapp.services.workspace import Workspace
from tomsapp.store.engine import reading
from tomsapp.store.tables import Row

KEY = "a-warning"
Count = tuple[object, ...]
"""What is counted: a quantity of a line and year, a year's spend, the value, a text."""


@dataclass
class Told:
    """What the writers were told.

    Attributes:
        counted: how often each count was raised, as far as it was acknowledged.
        labels: the words of each acknowledged save of commitments, which the history must have.
        refused: how often somebody else was first.
        faults: what nobody foresaw.
    """

    counted: Counter[Count] = field(default_factory=Counter)
    labels: list[str] = field(default_factory=list)
    refused: int = 0
    faults: list[BaseException] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def saves(self) -> int:
        """How many saves were acknowledged."""
        return sum(self.counted.values())


def small_council(workspace: Workspace) -> Begun:
    """A framework with two lines, spend by year and an answer, all at nought."""
    spend = (YearSpend(0, Decimal(0)), YearSpend(1, Decimal(0)))
    lines = promise("V01", "0", "0"), promise("S08", "0", "0")
    made = begin(workspace, *lines, kind=ContractKind.FRAMEWORK, spend=spend)
    commitments.answer_problem(workspace, made.id, KEY, Answer("0"))
    before = suppliers.get_supplier(workspace, made.supplier.id)
    suppliers.save_supplier(workspace, before, replace(before.record, notes="0"))
    settings = council.get_settings(workspace)
    council.save_settings(workspace, settings, replace(settings.record, contact="0"))
    rule = council.list_rules(workspace)[0]
    council.save_rule(workspace, rule, replace(rule.record, text="0"))
    _delivered_council(workspace)
    begin_tender(workspace)
    return made


LOT_VALUE = lot().value or Decimal(0)
"""What each lot of the tender is estimated at to begin with, in pounds."""
DELIVERED = "Delivered"
"""The reference of the signed contract of which something is delivered."""


def _delivered_council(workspace: Workspace) -> None:
    """A signed contract with two claims of 1,000, and a plan of nought."""
    made = begin_signed(workspace, reference=DELIVERED)
    enter(workspace, made, *(claim(line, Q1, "1000") for line in made.lines))
    entry = PlanEntry(made.lines[0].record.key, Q1, Decimal(0))
    delivery_plans.save_plan(workspace, _page_of_delivered(workspace), [(None, entry)])


def _page_of_delivered(workspace: Workspace) -> OpenDelivery:
    (row,) = (row for row in contracts.list_contracts(workspace) if row.reference == DELIVERED)
    return delivered(workspace, row.id)


def _page_of_tender(workspace: Workspace) -> OpenTender:
    (row,) = list_tenders(workspace)
    return opened_tender(workspace, row.id)


@dataclass
class Officer:
    """One of the writers at work in one contract."""

    workspace: Workspace
    contract_id: int
    chance: random.Random
    saved: int = 0

    def act(self) -> tuple[Count, str]:
        """Raise something by one; gives what, and the words of its change where it has words of its own."""
        return self.chance.choice(
            (
                self._quantity,
                self._quantity,
                self._undone,
                self._spend,
                self._value,
                self._answer,
                self._notes,
                self._contact,
                self._rule,
                self._claimed,
                self._rejected,
                self._planned,
                self._lot,
            )
        )()

    def _label(self) -> str:
        self.saved += 1
        return f"{self.workspace.who} {self.saved}"

    def _raised(self) -> tuple[Count, str, edits.Edit]:
        page = opened(self.workspace, self.contract_id)
        line, year = self.chance.choice(page.commitments), self.chance.randrange(2)
        numbers = [number or Decimal(0) for number in line.record.quantities]
        numbers[year] += 1
        label = self._label()
        after = replace(line.record, quantities=tuple(numbers), statement=label)
        done = commitments.save_commitment(self.workspace, self.contract_id, line, after, label)
        assert done.edit is not None
        return ("quantity", line.record.measure, year), label, done.edit

    def _quantity(self) -> tuple[Count, str]:
        what, label, _ = self._raised()
        return what, label

    def _undone(self) -> tuple[Count, str]:
        """Raise a quantity and take it back; where somebody else was quicker, it stays."""
        what, label, edit = self._raised()
        try:
            edits.undo(self.workspace, edit)
        except StoreError:
            return what, label
        return ("undone",), label

    def _spend(self) -> tuple[Count, str]:
        page, year = opened(self.workspace, self.contract_id), self.chance.randrange(2)
        raised = [replace(one, amount=one.amount + (one.year == year)) for one in page.contract.spend]
        return self._facts(page, ("spend", year), spend=tuple(raised))

    def _value(self) -> tuple[Count, str]:
        page = opened(self.workspace, self.contract_id)
        return self._facts(page, ("value",), value=page.contract.value + 1)

    def _facts(self, page: OpenContract, what: Count, **changed: object) -> tuple[Count, str]:
        label, after = self._label(), replace(page.contract, **changed)
        contracts.save_contract(self.workspace, page.stored, page.supplier_id, after, page.supplier_id, label)
        return what, label

    def _answer(self) -> tuple[Count, str]:
        seen = opened(self.workspace, self.contract_id).answers[KEY]
        raised = Answer(str(int(seen.text) + 1))
        commitments.answer_problem(self.workspace, self.contract_id, KEY, raised, seen)
        return ("answer",), ""

    def _notes(self) -> tuple[Count, str]:
        number = opened(self.workspace, self.contract_id).supplier_id or 0
        before = suppliers.get_supplier(self.workspace, number)
        raised = replace(before.record, notes=str(int(before.record.notes) + 1))
        suppliers.save_supplier(self.workspace, before, raised)
        return ("notes",), ""

    def _contact(self) -> tuple[Count, str]:
        before = council.get_settings(self.workspace)
        raised = replace(before.record, contact=str(int(before.record.contact) + 1))
        council.save_settings(self.workspace, before, raised)
        return ("contact",), ""

    def _rule(self) -> tuple[Count, str]:
        before = council.list_rules(self.workspace)[0]
        raised = replace(before.record, text=str(int(before.record.text) + 1))
        council.save_rule(self.workspace, before, raised)
        return ("rule",), ""

    def _claimed(self) -> tuple[Count, str]:
        page = _page_of_delivered(self.workspace)
        held, label = self.chance.choice(page.deliveries), self._label()
        more = replace(held.record, claimed=held.record.claimed + 1)
        delivery_claims.save_claim(self.workspace, page, held, more, label)
        return ("claimed",), label

    def _rejected(self) -> tuple[Count, str]:
        page = _page_of_delivered(self.workspace)
        held = self.chance.choice(page.deliveries)
        facts = said(DeliveryActKind.REJECT, delivery=held.id, quantity=Decimal(1))
        delivery_decisions.decide(self.workspace, page, [facts], DECIDED_ON)
        return ("rejected",), ""

    def _planned(self) -> tuple[Count, str]:
        page, label = _page_of_delivered(self.workspace), self._label()
        (held,) = page.planned
        more = replace(held.record, quantity=held.record.quantity + 1)
        delivery_plans.save_plan(self.workspace, page, [(held, more)], label)
        return ("planned",), label

    def _lot(self) -> tuple[Count, str]:
        page = _page_of_tender(self.workspace)
        held = self.chance.choice(page.lots)
        raised = replace(held.record, value=(held.record.value or Decimal(0)) + 1)
        LOTS.save(self.workspace, page, held, raised)
        return ("lot", held.record.number), ""


def write_together(target: str, contract_id: int, writers: int, is_over: Callable[[], bool]) -> Told:
    """Let so many officers save until it is over, each in a thread with connections of its own."""
    told = Told()

    def work_on(who: str) -> None:
        try:
            workspace = open_as(target, who)
            officer = Officer(workspace, contract_id, random.Random(who))
            try:
                while not is_over():
                    _act_once(officer, told)
            finally:
                workspace.close()
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is found
            told.faults.append(error)

    threads = [threading.Thread(target=work_on, args=(f"Writer {number}",)) for number in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def _act_once(officer: Officer, told: Told) -> None:
    try:
        what, label = officer.act()
    except (EditConflict, NotFound, StoreError):
        with told.lock:
            told.refused += 1
        return
    with told.lock:
        told.counted[what] += 1
        if label:
            told.labels.append(label)


def until(seconds: float) -> Callable[[], bool]:
    """Whether so many seconds are over."""
    end = time.monotonic() + seconds
    return lambda: time.monotonic() >= end


# What must stand there


def wrong_after(workspace: Workspace, made: Begun, told: Told) -> Iterator[str]:
    """Everything that is not as what was acknowledged has it: counts, history, rows and figures."""
    yield from (f"nobody foresaw {fault!r}" for fault in told.faults)
    yield from _counts(workspace, made, told)
    yield from _history(workspace, told)
    yield from _figures(workspace, made, told)
    yield from (str(problem) for problem in checking.check(workspace.database.target))


def _counts(workspace: Workspace, made: Begun, told: Told) -> Iterator[str]:
    page = opened(workspace, made.id)
    found: dict[Count, object] = {
        ("quantity", line.record.measure, year): number
        for line in page.commitments
        for year, number in enumerate(line.record.quantities)
    }
    found |= {("spend", one.year): one.amount for one in page.contract.spend}
    found[("value",)] = page.contract.value - made.contract.record.value
    found[("answer",)] = int(page.answers[KEY].text)
    found[("notes",)] = int(suppliers.get_supplier(workspace, made.supplier.id).record.notes)
    found[("contact",)] = int(council.get_settings(workspace).record.contact)
    found[("rule",)] = int(council.list_rules(workspace)[0].record.text)
    of_delivered = _page_of_delivered(workspace)
    claims = [each.record for each in of_delivered.deliveries]
    found[("claimed",)] = sum(each.claimed for each in claims) - 2000
    found[("rejected",)] = sum(each.rejected for each in claims)
    found[("planned",)] = of_delivered.planned[0].record.quantity
    for held in _page_of_tender(workspace).lots:
        found[("lot", held.record.number)] = (held.record.value or Decimal(0)) - LOT_VALUE
    if len(of_delivered.acts) != told.counted[("rejected",)]:
        yield f"{len(of_delivered.acts)} acts are kept, and {told.counted[('rejected',)]} were acknowledged"
    for what, number in found.items():
        if number != told.counted[what]:
            yield f"{what} is {number}, and {told.counted[what]} saves of it were acknowledged"
    if unknown := set(told.counted) - set(found) - {("undone",)}:
        yield f"nothing is known of {unknown}"


def _history(workspace: Workspace, told: Told) -> Iterator[str]:
    """Each change begins where the one before it ended, the last says what the rows say, and none is left out."""
    with workspace.database.read() as reader:
        entries = sorted(reader.history(limit=1_000_000), key=lambda entry: entry.id)
    state: dict[tuple[str, int], dict[str, object]] = {}
    for entry in entries:
        yield from _follows(entry, state.setdefault((entry.kind, entry.record_id), {}))
    words = Counter(entry.what for entry in entries)
    yield from (f"the history does not have “{label}”" for label in told.labels if not words[label])
    done = {entry.what for entry in entries if entry.what.startswith("Writer ")}
    yield from (f"“{label}” was refused and is in the history" for label in done - set(told.labels))
    yield from _rows(workspace, state)


def _follows(entry: HistoryEntry, state: dict[str, object]) -> Iterator[str]:
    for name, value in entry.before.items():
        if state.get(name) != value:
            yield f"{entry.kind} {entry.record_id}: {entry.who} changed {name} {value}, and it was {state.get(name)}"
    state.update(entry.after)


def _rows(workspace: Workspace, state: dict[tuple[str, int], dict[str, object]]) -> Iterator[str]:
    with reading(workspace.database._engine) as connection:
        for table in Row.metadata.sorted_tables:
            if "version" not in table.columns:
                continue
            for row in connection.execute(select(table)).mappings():
                said = state.get((table.name, row["id"]), {})
                for name, value in said.items():
                    if name in table.columns and not _is_same(row[name], value):
                        yield f"{table.name} {row['id']}: {name} is {row[name]}, and its history says {value}"


def _is_same(kept: object, said: object) -> bool:
    """Whether a row keeps what its history says, which writes numbers and days as text."""
    if isinstance(kept, Decimal):
        return said is not None and Decimal(str(said)) == kept
    return kept == said or (kept is not None and said is not None and str(kept) == str(said))


def _figures(workspace: Workspace, made: Begun, told: Told) -> Iterator[str]:
    """Every figure is that of a contract into which one person typed what was acknowledged."""
    counted = told.counted
    facts = made.contract.record
    spend = tuple(replace(one, amount=Decimal(counted[("spend", one.year)])) for one in facts.spend)
    typed = replace(facts, reference="By one", spend=spend, value=facts.value + counted[("value",)])
    other = contracts.add_contract(workspace, typed, made.supplier.id).result
    lines = [
        replace(line.record, quantities=tuple(Decimal(counted["quantity", line.record.measure, n]) for n in range(2)))
        for line in made.lines
    ]
    commitments.add_commitments(workspace, other.id, lines, "Typed by one person")
    ours, theirs = (_figures_of(opened(workspace, number)) for number in (made.id, other.id))
    if ours != theirs:
        yield f"the figures are {ours}, and {theirs} come out of what was acknowledged"
    both = overview.figures(overview.load_cube(workspace), Filters())
    delivered_value = opened(workspace, _page_of_delivered(workspace).stored.id).checked.valuation.social_value
    wanted = 2 * opened(workspace, other.id).checked.valuation.social_value + delivered_value
    if both.portfolio.social_value != wanted:
        yield f"the overview has {both.portfolio.social_value}"


def _figures_of(page: OpenContract) -> object:
    valuation = page.checked.valuation
    return (
        valuation.social_value,
        valuation.real_pounds,
        valuation.employment_outcomes,
        [(year.quantity, year.social_value, year.real_pounds) for line in valuation.lines for year in line.years],
        [(check.rule.code, check.needed, check.committed, check.result) for check in page.checked.policy_checks],
    )
