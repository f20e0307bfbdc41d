"""The contracts of a database as those of a register are looked up among them, in dictionaries made of columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from tomsapp.domain.alike import alike, each_alike
from tomsapp.domain.contract import CONTRACT
from tomsapp.domain.lookalikes import drawn, each_drawn, other_letters
from tomsapp.domain.ocids import process_of
from tomsapp.services.look_alikes import names_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence
    from datetime import date

    from tomsapp.domain.contract import Contract
    from tomsapp.domain.history import Stored
    from tomsapp.exchange.labelled.contract_row import ReadContract
    from tomsapp.services.register_suppliers import HeldSuppliers
    from tomsapp.store.readmodels import Lists

NAMES = tuple(fact.name for fact in names_of(CONTRACT))
"""The facts of a contract that name somebody or something."""
_FACTS = ("id", "supplier_id", "reference", "title", "start_on", "end_on", "value", "ocid")
_COLUMNS = tuple(dict.fromkeys((*_FACTS, *NAMES)))

TitleKey: TypeAlias = "tuple[str, date | None]"
"""What a contract without a reference is known by: its title and its first day."""


def title_key(values: Mapping[str, Any]) -> TitleKey:
    """What a contract with these facts is known by where it has no reference."""
    return alike(values.get("title", "")), values.get("start_on")


class Titled(NamedTuple):
    """A contract that is held, as one of several of one title is told from the others."""

    reference: str
    end_on: date | None
    value: Decimal

    def says(self, values: Mapping[str, Any]) -> bool:
        """Whether these facts are the same, as far as the register says them."""
        return (self.end_on, self.value) == (values.get("end_on"), values.get("value", Decimal(0)))


@dataclass(frozen=True, eq=False)
class ContractIndex:
    """What contracts of a database are known by, a list for each column; what is looked up is made when it first is.

    Attributes:
        columns: of all contracts that are not deleted, in one order.
    """

    columns: Mapping[str, Sequence[Any]]

    @classmethod
    def read(cls, lists: Lists) -> ContractIndex:
        """All that a database has."""
        return cls(dict(zip(_COLUMNS, lists.contract_columns(*_COLUMNS), strict=True)))

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.columns["id"])

    @cached_property
    def by_reference(self) -> Mapping[str, tuple[int, int | None]]:
        """The number of each and that of its supplier, by reference as `alike` gives it."""
        references = each_alike(self.columns["reference"])
        return dict(zip(references, zip(self.columns["id"], self.columns["supplier_id"], strict=True), strict=True))

    @cached_property
    def by_title(self) -> Mapping[TitleKey, Sequence[Titled]]:
        """The contracts by title and first day."""
        found: dict[TitleKey, list[Titled]] = {}
        keys = zip(each_alike(self.columns["title"]), self.columns["start_on"], strict=True)
        facts = (self.columns[name] for name in ("reference", "end_on", "value"))
        for key, *titled in zip(keys, *facts, strict=True):
            found.setdefault(key, []).append(Titled(*titled))
        return found

    @cached_property
    def by_ocid(self) -> Mapping[str, str]:
        """The references by open contracting ID, as `ocids_of` gives them."""
        return ocids_of(zip(self.columns["ocid"], self.columns["reference"], strict=True))

    def texts(self, name: str) -> frozenset[str]:
        """What a fact that is a name says anywhere."""
        return self._texts[name]

    @cached_property
    def _texts(self) -> dict[str, frozenset[str]]:
        return {name: frozenset(self.columns[name]) - {""} for name in NAMES}

    def drawn_as(self, name: str, text: str) -> Sequence[str]:
        """What a fact says anywhere that is drawn as this, in these letters or in others."""
        if name not in self._drawn:
            found: dict[str, list[str]] = {}
            self._drawn[name] = found
            texts = [one for one in dict.fromkeys(self.columns[name]) if one]
            for how, one in zip(each_drawn(texts), texts, strict=True):
                found.setdefault(how, []).append(one)
        return self._drawn[name].get(drawn(text), ())

    @cached_property
    def _drawn(self) -> dict[str, dict[str, list[str]]]:
        return {}


@dataclass(frozen=True, eq=False)
class Held:
    """What the database holds of what a register names.

    Attributes:
        contracts: those that it names, whole, by their references, each with the number of its supplier.
    """

    index: ContractIndex
    suppliers: HeldSuppliers
    contracts: Mapping[str, tuple[Stored[Contract], int | None]] = field(default_factory=dict)

    def references_for(self, contracts: Iterable[ReadContract]) -> dict[str, str]:
        """The references of the contracts of a register, by the keys of their rows; none where nothing of one is known.

        A contract is known by its own reference where that is held, by its notice, else by its own. One without any is
        known by its title and first day. Of several alike, one that says the same as one that is held is that one; of
        the others the first is the first of those that are left.
        """
        reads = list(contracts)
        named = {read.key: self._named(read.values) for read in reads}
        nameless = [read for read in reads if not named[read.key]]
        taken = {*each_alike([*named.values()])} if nameless else set()
        # A row that is wrong comes in by no import, and must not take the contract of another one.
        for is_same in (True, False):
            for read in nameless:
                if not named[read.key]:
                    named[read.key] = self._titled(read.values, taken, is_same=is_same)
                    taken.add(alike(named[read.key]))
        return {key: reference for key, reference in named.items() if reference}

    def _titled(self, values: Mapping[str, Any], taken: Container[str], *, is_same: bool) -> str:
        """The first contract of this title that is not taken, or the first that says the same; else nothing."""
        left = (one for one in self.index.by_title.get(title_key(values), ()) if alike(one.reference) not in taken)
        return next((one.reference for one in left if not is_same or one.says(values)), "")

    def _named(self, values: Mapping[str, Any]) -> str:
        own: str = values.get("reference", "")
        ocid = values.get("ocid", "").casefold()
        if not ocid or alike(own) in self.index.by_reference:
            return own
        by_ocid = self.index.by_ocid
        return by_ocid.get(ocid) or by_ocid.get(f"{process_of(ocid)}/", "") or own

    def like(self, name: str, text: str) -> str:
        """What a fact says elsewhere that is drawn as this and written with other letters; else nothing."""
        if not text or text in self.index.texts(name):
            return ""
        near = self.index.drawn_as(name, text)
        return other_letters(text, near) if near else ""

    def has_drawn(self, name: str, text: str) -> bool:
        """Whether a fact says elsewhere what is drawn as this, in these letters or in others."""
        return bool(self.index.drawn_as(name, text))


def ocids_of(contracts: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The references of contracts by their open contracting IDs, and by the procurement alone where it has but one.

    That of a procurement ends in a stroke, so that it is no contract's; one without a number is a procurement.
    """
    found: dict[str, str] = {}
    processes: dict[str, list[str]] = {}
    for ocid, reference in contracts:
        if ocid:
            key = ocid.casefold()
            found[key] = reference
            processes.setdefault(process_of(key), []).append(key)
    for process, keys in processes.items():
        if len(keys) == 1:
            found.setdefault(process, found[keys[0]])
        if keys == [process]:
            found[f"{process}/"] = found[process]
    return found
