"""The suppliers that a register names: which of them are held, which are one written otherwise, and what is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from tomsapp.domain.alike import alike, each_alike
from tomsapp.domain.supplier import (
    Supplier,
    drawn_marks,
    each_marks,
    plain_name,
    supplier_marks,
    surely_same,
    why_not_sure,
)
from tomsapp.domain.wording import listed
from tomsapp.exchange.labelled.contract_uses import REGISTRATION, SUPPLIER_KIND
from tomsapp.exchange.labelled.labels import LeftOut, LeftOutKind, Option
from tomsapp.exchange.labelled.likeness import LikeName, LikeNames

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tomsapp.domain.history import Stored
    from tomsapp.domain.supplier import SupplierKind
    from tomsapp.exchange.labelled.contract_row import ReadContract

ANOTHER = Option("another", "No, another one")
_KNOWN_BY = ("supplier", REGISTRATION.key)
"""What a register’s supplier is known by: its name as written, and its number."""
_HELD, _ABOVE = "held:", "above:"
_MOST_ASKED = 3
_MOST_ROWS = 6


@dataclass(frozen=True, slots=True)
class NamedSupplier:
    """A supplier as a register names it.

    Attributes:
        key: names it in the choices.
        kind: what sort of organisation it is, where the register says it.
        reads: the contracts that name it so.
        marks: what it shares with those that look like it, as `each_marks` gives it.
    """

    key: str
    supplier: Supplier
    kind: SupplierKind | None
    reads: tuple[ReadContract, ...]
    marks: tuple[str, ...]

    @property
    def written(self) -> Supplier:
        """The supplier with its name as the register writes it."""
        return replace(self.supplier, name=self.reads[0].values["supplier"])


@dataclass(frozen=True, slots=True)
class FoundSupplier:
    """The supplier of a contract.

    Attributes:
        supplier: as it comes in where it is new; contracts that share one have the same.
        held: the same supplier in the database; None where it is new.
        said: whom it is taken for, and why, where its name is written otherwise.
        is_kind_told: the register says what sort of organisation it is.
    """

    supplier: Supplier
    held: Stored[Supplier] | None = None
    said: str = ""
    is_kind_told: bool = False


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A supplier that may be the same, and what speaks for it."""

    option: str
    supplier: Supplier
    held: Stored[Supplier] | None
    why: str
    above: str = ""

    @property
    def owner(self) -> str | Stored[Supplier]:
        """Whose a name is that is taken for it."""
        return self.held or self.above


@dataclass(frozen=True)
class HeldSuppliers:
    """The suppliers of a database, as names are looked up among them."""

    stored: Sequence[Stored[Supplier]] = ()

    @cached_property
    def by_number(self) -> Mapping[int, Stored[Supplier]]:
        """By what the database knows them by."""
        return {one.id: one for one in self.stored}

    @cached_property
    def _marks(self) -> Mapping[str, list[Stored[Supplier]]]:
        found: dict[str, list[Stored[Supplier]]] = {}
        for one, marks in zip(self.stored, each_marks([one.record for one in self.stored]), strict=True):
            for mark in marks:
                found.setdefault(mark, []).append(one)
        return found

    @cached_property
    def _names(self) -> LikeNames[int]:
        return LikeNames((one.id, one.record.name) for one in self.stored)

    def sharing(self, marks: Iterable[str]) -> list[Stored[Supplier]]:
        """Those that share a number or name, or whose names are drawn the same; a number before a name."""
        found = {one.id: one for mark in marks for one in self._marks.get(mark, ())}
        return list(found.values())

    def like(self, name: str) -> Iterator[tuple[Stored[Supplier], int]]:
        """Those whose names are alike, with the per cent."""
        if name not in self._like:
            self._like[name] = self._names.like(name)
        for one in self._like[name]:
            yield self.by_number[one.key], one.percent

    @cached_property
    def _like(self) -> dict[str, list[LikeName[int]]]:
        """What was found for a name: the same is asked again after each choice."""
        return {}


@dataclass(frozen=True, eq=False)
class RegisterSuppliers:
    """The suppliers of a register, with what a person answered of them.

    Attributes:
        was: the supplier that the database has for a contract of the register; None where it has none.
    """

    held: HeldSuppliers
    contracts: Sequence[ReadContract]
    was: Callable[[ReadContract], int | None]
    choices: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _named(self) -> tuple[NamedSupplier, ...]:
        """Each as it is written, in the order of the register."""
        found: dict[str, list[ReadContract]] = {}
        for read in self.contracts:
            if key := self._keys[read.key]:
                found.setdefault(key, []).append(read)
        suppliers = [_supplier_of(reads[0]) for reads in found.values()]
        told = zip(found.items(), suppliers, each_marks(suppliers), strict=True)
        return tuple(NamedSupplier(key, one, _kind_of(reads), tuple(reads), marks) for (key, reads), one, marks in told)

    @cached_property
    def _keys(self) -> Mapping[str, str]:
        """What the supplier of each contract is known by, by the key of its row."""
        names, numbers = (each_alike([read.values.get(key, "") for read in self.contracts]) for key in _KNOWN_BY)
        told = zip(self.contracts, names, numbers, strict=True)
        return {read.key: f"{name}#{number}" if name else "" for read, name, number in told}

    @cached_property
    def _settled(self) -> tuple[Mapping[str, FoundSupplier], tuple[LeftOut, ...]]:
        settling = _Settling(self)
        for named in self._named:
            settling.take(named)
        return settling.found, tuple(settling.asked)

    @property
    def questions(self) -> tuple[LeftOut, ...]:
        """What is asked: whether a name that is like another one is the same supplier."""
        return self._settled[1]

    def of(self, read: ReadContract) -> FoundSupplier | None:
        """The supplier of a contract; None where its row names none."""
        return self._settled[0].get(self._keys[read.key])


class _Settling:
    """Takes the suppliers of a register one after another, each beside those that are held and those above it."""

    def __init__(self, register: RegisterSuppliers) -> None:
        self._register = register
        self._new: dict[str, NamedSupplier] = {}
        """The new ones by the key of the first writing of each."""
        self._taken: dict[str, tuple[str | Stored[Supplier], str]] = {}
        """By the key of each writing, whose it is, and what is said of it."""
        self._marks: dict[str, dict[str, None]] = {}
        self._names: LikeNames[str] = LikeNames()
        self._open: set[str] = set()
        """The keys of those of which a person has not said whose they are."""
        self.asked: list[LeftOut] = []

    @property
    def found(self) -> Mapping[str, FoundSupplier]:
        """The supplier of each writing, by its key."""
        return {key: self._found(owner, said) for key, (owner, said) in self._taken.items()}

    def _found(self, owner: str | Stored[Supplier], said: str) -> FoundSupplier:
        if not isinstance(owner, str):
            return FoundSupplier(owner.record, owner, said, is_kind_told=True)
        new = self._new[owner]
        supplier = new.supplier if new.kind is None else replace(new.supplier, kind=new.kind)
        return FoundSupplier(supplier, None, said, is_kind_told=new.kind is not None)

    def take(self, named: NamedSupplier) -> None:
        """Find whom it is, or what is to be asked of it."""
        self._taken[named.key] = self._sure(named) or self._answered(named) or (named.key, "")
        owner = self._taken[named.key][0]
        if isinstance(owner, str):
            self._complete(owner, named)

    def _complete(self, owner: str, named: NamedSupplier) -> None:
        """Keep a new supplier, or what a further writing of it says more: its number, its kind."""
        first = self._new.get(owner)
        if first is None:
            first = named
            if owner not in self._open:
                self._names.add(owner, named.supplier.name)
        number = first.supplier.registration or named.supplier.registration
        supplier = replace(first.supplier, registration=number)
        self._new[owner] = replace(first, supplier=supplier, kind=first.kind or named.kind)
        for mark in (*supplier_marks(supplier), *drawn_marks(supplier), *supplier_marks(named.supplier)):
            self._marks.setdefault(mark, {})[owner] = None

    def _above(self, marks: Iterable[str]) -> list[NamedSupplier]:
        """The new ones above that share a number or name, or whose names are drawn the same; a number first."""
        owners = dict.fromkeys(owner for mark in marks for owner in self._marks.get(mark, ()))
        return [self._new[owner] for owner in owners]

    def _sure(self, named: NamedSupplier) -> tuple[str | Stored[Supplier], str] | None:
        """The supplier that it is for sure: of the same number, or of a name that is but written otherwise."""
        for one in self._register.held.sharing(named.marks):
            if surely_same(named.supplier, one.record):
                return one, _said(named.supplier, one.record)
        for other in self._above(named.marks):
            if surely_same(named.supplier, other.supplier):
                return other.key, _said(named.supplier, other.supplier)
        return None

    def _answered(self, named: NamedSupplier) -> tuple[str | Stored[Supplier], str] | None:
        """Whom a person says that it is; nothing where there is nobody like it, or it is another one."""
        candidates = self._candidates(named)
        if not candidates:
            return None
        there = {self._register.was(read) for read in named.reads}
        known = next((one for one in candidates if one.held is not None and one.held.id in there), None)
        if known is not None:
            return known.owner, _taken(named, known, "it is the supplier of the contract already")
        question = _question(named, candidates)
        self.asked.append(question)
        answer = question.chosen(self._register.choices)
        if not answer:
            self._open.add(named.key)
        chosen = next((one for one in candidates if one.option == answer), None)
        if chosen is not None:
            return chosen.owner, _taken(named, chosen, "you said that it is the same")
        if any(alike(one.supplier.name) == alike(named.supplier.name) for one in candidates):
            self._complete(named.key, _with_number(named))
        return None

    def _candidates(self, named: NamedSupplier) -> list[_Candidate]:
        """Those that may be the same, the likest first, each once."""
        held, supplier = self._register.held, named.supplier
        found = [_of_held(one, _why(supplier, one.record)) for one in held.sharing(named.marks)]
        found += [_of_held(one, f"{percent}% alike") for one, percent in held.like(supplier.name)]
        found += [_of_above(one, _why(supplier, one.written)) for one in self._above(named.marks)]
        found += [_of_above(self._new[one.key], f"{one.percent}% alike") for one in self._names.like(supplier.name)]
        once: dict[str, _Candidate] = {}
        for candidate in found:
            once.setdefault(candidate.option, candidate)
        return list(once.values())[:_MOST_ASKED]


def _of_held(one: Stored[Supplier], why: str) -> _Candidate:
    return _Candidate(f"{_HELD}{one.id}", one.record, one, why)


def _of_above(one: NamedSupplier, why: str) -> _Candidate:
    return _Candidate(f"{_ABOVE}{one.key}", one.supplier, None, f"{_in_rows(one)}, {why}", one.key)


def _supplier_of(read: ReadContract) -> Supplier:
    return Supplier(read.values["supplier"], registration=read.values.get(REGISTRATION.key, ""))


def _kind_of(reads: Iterable[ReadContract]) -> SupplierKind | None:
    """What sort of organisation a supplier is, where one of its rows says it."""
    return next((read.values[SUPPLIER_KIND.key] for read in reads if SUPPLIER_KIND.key in read.values), None)


def _said(supplier: Supplier, taken: Supplier) -> str:
    """That a supplier is one of another writing; nothing where its name is written so."""
    if " ".join(supplier.name.split()) == taken.name:
        return ""
    is_name = plain_name(supplier.name) == plain_name(taken.name)
    why = "the same name, written otherwise" if is_name else f"the same registration number, {taken.registration}"
    return f"“{supplier.name}” is taken for {taken.name}: {why}"


def _taken(named: NamedSupplier, candidate: _Candidate, why: str) -> str:
    return f"“{named.supplier.name}” is taken for {candidate.supplier.name}: {why}"


def _why(supplier: Supplier, other: Supplier) -> str:
    """What speaks for two suppliers being one, and what against it."""
    against = why_not_sure(supplier, other)
    if plain_name(supplier.name) == plain_name(other.name):
        return f"the same name, but it {against}"
    return f"it looks the same and is written with other letters{f', and it {against}' if against else ''}"


def _with_number(named: NamedSupplier) -> NamedSupplier:
    """A supplier with its number in its name, where another one is called the same."""
    number = named.supplier.registration.strip()
    name = f"{named.supplier.name} ({number})" if number else named.supplier.name
    return replace(named, supplier=replace(named.supplier, name=name))


def _question(named: NamedSupplier, candidates: Sequence[_Candidate]) -> LeftOut:
    first = named.reads[0]
    suppliers = [one.supplier for one in candidates]
    is_same = any(alike(one.name) == alike(named.supplier.name) for one in suppliers)
    asked, *names = (_name_asked(one, is_same=is_same) for one in (named.supplier, *suppliers))
    title = f"Is {asked} the same as {listed(names, 'or')}?"
    told = "; ".join(f"{one.supplier.name}: {one.why}" for one in candidates)
    number = f", registration number {named.supplier.registration}" if named.supplier.registration else ""
    detail = f"{_in_rows(named)}{number}. {told}"
    if len(candidates) == 1:
        options = [Option(candidates[0].option, "Yes, the same")]
    else:
        options = [Option(one.option, f"Yes, {one.supplier.name}") for one in candidates]
    key = f"{LeftOutKind.SUPPLIER.value}:{named.key}"
    place = first.sheet.name, first.row.number, first.sheet.columns.get("supplier")
    return LeftOut(key, LeftOutKind.SUPPLIER, title, detail, (*options, ANOTHER), *place)


def _name_asked(supplier: Supplier, *, is_same: bool) -> str:
    """A supplier in a question; with its number where two of one name are asked about."""
    number = supplier.registration.strip() or "no number"
    return f"{supplier.name} ({number})" if is_same else supplier.name


def _in_rows(named: NamedSupplier) -> str:
    """Where it is named: "row 5", "rows 5, 8 and 9", "rows 5, 6, 7, 8, 9, 10 and 12 more"."""
    numbers = [str(read.row.number) for read in named.reads]
    more = len(numbers) - _MOST_ROWS
    shown = [*numbers[:_MOST_ROWS], f"{more} more"] if more > 0 else numbers
    return f"{'row' if len(numbers) == 1 else 'rows'} {listed(shown)}"
