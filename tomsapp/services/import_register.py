"""Contracts of a register beside those in the database: matched by reference, each with its supplier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tomsapp.domain.alike import alike
from tomsapp.domain.checks.short_year import ends_on_anniversary
from tomsapp.domain.contract import CONTRACT, Contract, ContractKind, ContractStatus, contract_questions
from tomsapp.domain.contract_dates import ContractError
from tomsapp.domain.facts import Fault
from tomsapp.domain.ocids import process_of
from tomsapp.domain.problems import Problem, Severity, Where, has_errors, problem_at
from tomsapp.domain.record_type import differences, fact_problem
from tomsapp.domain.supplier import SUPPLIER, Supplier, SupplierKind
from tomsapp.domain.wording import listed
from tomsapp.exchange.labelled.contract_uses import FACT_USES, REGISTRATION
from tomsapp.exchange.workbook_columns import column_letter
from tomsapp.services.import_lines import ACCEPT
from tomsapp.services.look_alikes import names_of, question
from tomsapp.services.register_names import NamesAbove, in_row
from tomsapp.services.table_types import LineGroup

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from tomsapp.domain.history import Stored
    from tomsapp.exchange.labelled.contract_row import ReadContract
    from tomsapp.services.held_contracts import Held
    from tomsapp.services.register_suppliers import FoundSupplier, RegisterSuppliers

_MUST = ("reference", "title", "value", "start_on", "end_on")
"""What no contract is without."""
_NAMES = names_of(CONTRACT)


def day_before_anniversary(facts: Mapping[str, Any]) -> date | None:
    """The day before the end of a contract that ends on the day on which it began, years later; None of another one."""
    start, end = facts.get("start_on"), facts.get("end_on")
    if start is None or end is None:
        return None
    try:
        is_anniversary = ends_on_anniversary(start, end)
    except ContractError:
        return None
    day: date = end - timedelta(days=1)
    return day if is_anniversary else None


@dataclass(frozen=True, slots=True)
class Said:
    """What was said once for all contracts: the menu edition, and what the register has no column for."""

    menu: str
    edition: str
    kind: ContractKind
    supplier_kind: SupplierKind | None
    references: Mapping[str, str] = field(default_factory=dict)
    """The references that contracts without one get, by the keys of their rows."""
    has_directorates: bool = False
    """Each sheet is named after a directorate."""
    is_day_before: bool = False
    """A contract that ends on the day on which it began, years later, ends the day before."""


@dataclass(frozen=True)
class RegisterLine:
    """A contract of a register beside the one in the database.

    Attributes:
        offered: as it would be; None where a fact that it must have is missing.
        supplier: as it comes in where it is new; None where the register names none.
        held_supplier: the same supplier in the database.
    """

    read: ReadContract
    was: Stored[Contract] | None
    was_supplier: int | None
    offered: Contract | None
    supplier: Supplier | None
    held_supplier: Stored[Supplier] | None
    problems: tuple[Problem, ...]

    @property
    def key(self) -> str:
        """Names it in the choices."""
        return self.read.key

    @cached_property
    def is_wrong(self) -> bool:
        """Whether an error keeps it out."""
        return self.offered is None or has_errors(self.problems)

    @cached_property
    def group(self) -> LineGroup:
        """How the two stand to each other."""
        if self.was is None:
            return LineGroup.NEW
        return LineGroup.CHANGED if self.offered is None or self.differing else LineGroup.SAME

    @cached_property
    def differing(self) -> list[str]:
        """The facts in which they differ."""
        if self.was is None or self.offered is None or self.offered is self.was.record:
            return []
        return [fact.name for fact in differences(CONTRACT.facts, self.was.record, self.offered)]

    @property
    def accepted(self) -> Contract:
        """The contract as it will be.

        Raises:
            ValueError: an error keeps it out.
        """
        if self.offered is None or self.is_wrong:
            raise ValueError(self.key)
        return self.offered

    def is_accepted(self, choices: Mapping[str, str]) -> bool:
        """Whether it comes in."""
        if self.is_wrong or self.group is LineGroup.SAME:
            return False
        return choices.get(self.key, ACCEPT.key) == ACCEPT.key


@dataclass(frozen=True)
class RegisterComparer:
    """Compares the contracts of a register with those in the database."""

    held: Held
    said: Said
    suppliers: RegisterSuppliers
    references: Mapping[str, str] = field(default_factory=dict)
    """Those that are known, by the keys of the rows."""
    above: NamesAbove = field(default_factory=NamesAbove)

    def compare(self, contracts: Sequence[ReadContract]) -> Iterator[RegisterLine]:
        """Each contract of the register, in its order."""
        seen: dict[str, ReadContract] = {}
        for read in contracts:
            reference = self.references.get(read.key) or self.said.references.get(read.key, "")
            known_by = alike(reference)
            first = seen.setdefault(known_by or read.key, read)
            twice = [] if first is read else [_at(read, "reference", f"Row {first.row.number} has the same reference")]
            held = self.held.contracts.get(known_by, (None, None))
            yield self._line(read, reference, held, twice)

    def _line(
        self,
        read: ReadContract,
        reference: str,
        held: tuple[Stored[Contract] | None, int | None],
        found: Iterable[Problem],
    ) -> RegisterLine:
        was, was_supplier = held
        found_supplier = self.suppliers.of(read)
        supplier, held_supplier = self._supplier(found_supplier)
        name = supplier.name if supplier else ""
        facts = {key: value for key, value in read.values.items() if key in FACT_USES}
        # What was taken for want of a word of the register is no news of a contract that is there.
        facts = facts if was is None else {key: value for key, value in facts.items() if key not in read.assumed}
        facts = facts if was is None else _without_less(facts, was.record)
        facts |= {"reference": reference} if was is None else {"reference": was.record.reference}
        facts |= {"supplier": name} if name else {}
        facts |= self._last_day(facts, was)
        if self.said.has_directorates:
            facts.setdefault("directorate", read.sheet.grid.sheet)
        problems = [*read.problems, *found]
        if found_supplier is not None and found_supplier.said:
            problems.append(_noted(read, "supplier", found_supplier.said))
        if supplier is not None and held_supplier is None:
            problems += _of_new(read, supplier)
        offered: Contract | None = None
        if was is not None:
            facts["notes"] = _with_further(was.record.notes, facts.get("notes", ""))
            others = {key: value for key, value in facts.items() if value != getattr(was.record, key)}
            offered = replace(was.record, **others) if others else was.record
        else:
            missing = [name for name in _MUST if not facts.get(name)]
            unread = _wrong_fields(problems)
            problems += [_missing(read, name) for name in missing if name not in unread]
            if not {"start_on", "end_on"} & set(missing):
                offered = self._new(facts)
        if offered is not None:
            problems += self._checked(read, offered, was, _wrong_fields(problems))
        return RegisterLine(read, was, was_supplier, offered, supplier, held_supplier, tuple(problems))

    def _last_day(self, facts: Mapping[str, Any], was: Stored[Contract] | None) -> dict[str, Any]:
        """The day before an anniversary, where that was said, or is what the contract holds already."""
        before = day_before_anniversary(facts)
        is_held = was is not None and was.record.end_on == before
        return {"end_on": before} if before is not None and (is_held or self.said.is_day_before) else {}

    def _new(self, facts: Mapping[str, Any]) -> Contract:
        usual = {"reference": "", "value": Decimal(0), "kind": self.said.kind}
        return Contract(**{**usual, **facts}, menu=self.said.menu, edition=self.said.edition)

    def _checked(
        self, read: ReadContract, offered: Contract, was: Stored[Contract] | None, known: set[str]
    ) -> Iterator[Problem]:
        """What is wrong with its facts, at their cells; not what is said already."""
        for problem in (*CONTRACT.problems(offered), *contract_questions(offered)):
            if problem.where.field not in known:
                place = _at(read, problem.where.field, problem.message, problem.fix)
                yield replace(place, code=problem.code, severity=problem.severity)
        for fact in _NAMES:
            text = getattr(offered, fact.name)
            above = self.above.like(fact.name, text, read)
            if near := self.held.like(fact.name, text):
                asked = question(fact, near)
            elif above and not self.held.has_drawn(fact.name, text):
                asked = question(fact, above[0], there=in_row(read, above[1]))
            else:
                continue
            found = _at(read, fact.name, asked.message, asked.fix)
            yield replace(found, code=asked.code, severity=Severity.WARNING)
        if was is not None and was.record.status is not ContractStatus.DRAFT:
            fixed = [fact for fact in differences(CONTRACT.facts, was.record, offered) if fact.is_fixed_by_signing]
            if fixed:
                message = f"{was.record.reference} is {was.record.status.value}, so its facts are fixed"
                yield _at(read, fixed[0].name, message, "Record a variation, or reopen it")

    def _supplier(self, found: FoundSupplier | None) -> tuple[Supplier | None, Stored[Supplier] | None]:
        """The supplier of a contract as it comes in, and the same one where it is held."""
        if found is None:
            return None, None
        said = None if found.is_kind_told else self.said.supplier_kind
        if said is None or said is found.supplier.kind:
            return found.supplier, found.held
        return replace(found.supplier, kind=said), found.held


def _wrong_fields(problems: Iterable[Problem]) -> set[str]:
    """The facts of which something is wrong that is said already; a guess that is told leaves them to be checked."""
    return {problem.where.field for problem in problems if problem.severity is Severity.ERROR}


def _without_less(facts: dict[str, Any], was: Contract) -> dict[str, Any]:
    """The facts without an open contracting ID that says less than the one that is held: which procurement alone."""
    is_less = facts.get("ocid", "").casefold() == process_of(was.ocid).casefold() != ""
    return {key: value for key, value in facts.items() if key != "ocid" or not is_less}


def _of_new(read: ReadContract, supplier: Supplier) -> Iterator[Problem]:
    """What is wrong with a supplier that is new."""
    cells = {"name": "supplier", "registration": REGISTRATION.key}
    for problem in SUPPLIER.problems(supplier):
        name = cells.get(problem.where.field, "supplier")
        yield replace(_at(read, name, problem.message, problem.fix), code=problem.code)


def _noted(read: ReadContract, name: str, message: str) -> Problem:
    problem = _at(read, name, message, "Check that this is what is meant")
    return replace(problem, code="read-with-a-guess", severity=Severity.NOTE)


def _with_further(notes: str, said: str) -> str:
    """The notes of a contract with what a register says beside: what the council wrote itself is never taken away."""
    there = notes.splitlines()
    return "\n".join([*there, *(line for line in said.splitlines() if line not in there)]) if said else notes


def _missing(read: ReadContract, name: str) -> Problem:
    fact = CONTRACT.fact(name)
    problem = fact_problem(CONTRACT, fact, Fault("", fact.needed, "missing"))
    cells = list(read.sheet.unread(read.row, name))
    if not cells:
        return replace(_at(read, name, problem.message, problem.fix), code=problem.code)
    message = f"{problem.message}: {listed([words for _, words in cells])}"
    return replace(_at(read, name, message, problem.fix, cells[0][0]), code=problem.code)


def _at(
    read: ReadContract,
    name: str,
    message: str,
    fix: str = "Give one of them another, or leave it out",
    column: int | None = None,
) -> Problem:
    sheet = read.sheet
    column = sheet.columns.get(name) if column is None else column
    letter = "" if column is None else column_letter(column)
    return problem_at(f"{name}-wrong", message, fix, Where(sheet.file, sheet.name, read.row.number, letter, field=name))
