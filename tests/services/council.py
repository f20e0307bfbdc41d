"""A small council for the service tests, on the shipped menus; all names and figures are made up."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from tomsapp.config import paths
from tomsapp.domain.act_checks import with_shortfall
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import Contract
from tomsapp.domain.history import HistoryWanted, Stored
from tomsapp.domain.neighbourhood import Neighbourhood
from tomsapp.domain.seal import Act, ActFacts, ActKind
from tomsapp.domain.supplier import Supplier, SupplierKind
from tomsapp.menufiles.catalogue import Catalogue
from tomsapp.services import commitments, contracts, databases, sealing, suppliers
from tomsapp.services.changes import Done
from tomsapp.services.contracts import OpenContract
from tomsapp.services.workspace import Workspace

HOSTILE = [
    "=cmd|' /C calc'!A0",
    "<b>Ltd & Søn",
    "Robert'); DROP TABLE supplier;--",
    "Café \U0001f33b\U0001f468\u200d\U0001f469\u200d\U0001f467 ltr",
    "100%_\\",
    "  spaces and a line  ",
    '"quoted" {braces} :name ? %s',
]
SIGNED_ON = date(2026, 3, 2)
LAKESIDE = Neighbourhood("Lakeside", frozenset({"X01", "X02"}))
"""Of the wards of the example: Brackwater and Brindlecote."""


@cache
def shipped() -> Catalogue:
    """The menus that ship with the program, read once for all tests: no test may change it."""
    return Catalogue([paths.menus_dir()])


def open_as(target: str | Path, who: str, catalogue: Catalogue | None = None) -> Workspace:
    return databases.open_workspace(target, catalogue or shipped(), who, is_known=True)


def set_area(workspace: Workspace, area: str = "larkmere") -> None:
    """Give the council the wards of the example, or of another area, or none."""
    with workspace.work("Set the area") as uow:
        if area:
            uow.areas.add(area, workspace.catalogue.area_bytes(area))
        stored = uow.settings.now()
        uow.settings.save(stored.version, replace(stored.record, area=area))
        uow.commit()
    workspace.forget()


def bridge_works(name: str = "Bridge Works Ltd") -> Supplier:
    return Supplier(
        name, SupplierKind.VCFSE, "01234567", True, "Jo Bloggs", "jo@example.org", "Made up", "1 High Street, N12 0AA"
    )


def roads(reference: str = "C1", **changes: object) -> Contract:
    facts: dict = {
        "reference": reference,
        "title": "Roads",
        "value": Decimal("2500000.00"),
        "start_on": date(2026, 4, 1),
        "end_on": date(2028, 3, 31),
        "menu": "barnet-open",
        "edition": "2026.2",
    }
    return Contract(**{**facts, **changes})


def promise(measure: str = "V01", *quantities: str, **changes: object) -> Commitment:
    numbers = tuple(Decimal(text) for text in quantities or ("10000", "10000"))
    return Commitment(key="", measure=measure, quantities=numbers, **{"statement": "We give it in May", **changes})


@dataclass(frozen=True)
class Begun:
    """A supplier with a contract and its commitments."""

    supplier: Stored[Supplier]
    contract: Stored[Contract]
    lines: tuple[Stored[Commitment], ...]

    @property
    def id(self) -> int:
        return self.contract.id


def begin(workspace: Workspace, *lines: Commitment, **facts: object) -> Begun:
    supplier = suppliers.add_supplier(workspace, bridge_works()).result
    contract = contracts.add_contract(workspace, roads(**facts), supplier.id).result
    wanted = lines or (promise(),)
    added = commitments.add_commitments(workspace, contract.id, wanted, "Add the offer").result
    return Begun(supplier, contract, added)


def opened(workspace: Workspace, contract_id: int) -> OpenContract:
    return contracts.open_contract(workspace, contract_id)


def figures(workspace: Workspace, contract_id: int) -> tuple[Decimal, Decimal]:
    valuation = opened(workspace, contract_id).checked.valuation
    return valuation.social_value, valuation.real_pounds


def quantities(workspace: Workspace, contract_id: int) -> list[Sequence[Decimal | None]]:
    return [line.record.quantities for line in opened(workspace, contract_id).commitments]


def said(kind: ActKind, on: date = SIGNED_ON, **changes: object) -> ActFacts:
    """An act of a council that enters its papers afterwards, and so says why its days lie before."""
    facts = ActFacts(kind, on, on, "Procurement lead", "Entered here after the paper was signed")
    return replace(facts, **changes)


def seal(
    workspace: Workspace, contract: int | OpenContract, kind: ActKind, on: date = SIGNED_ON, **changes: object
) -> Done[Stored[Contract]]:
    """Do an act on a contract, or on one as it was opened."""
    page = opened(workspace, contract) if isinstance(contract, int) else contract
    facts = said(kind, on, **changes)
    if kind is ActKind.SIGN:
        why = "The director allowed it for this contract"
        facts = replace(facts, reason=with_shortfall(facts.reason, sealing.short_of(page), why))
    return sealing.seal(workspace, page, facts, on)


def sign(workspace: Workspace, contract: int | OpenContract, on: date = SIGNED_ON) -> Done[Stored[Contract]]:
    return seal(workspace, contract, ActKind.SIGN, on)


def reopen(
    workspace: Workspace, contract: int | OpenContract, reason: str = "A year was wrong, as we found"
) -> Done[Stored[Contract]]:
    return seal(workspace, contract, ActKind.REOPEN, reason=reason)


def acts(workspace: Workspace, contract_id: int) -> list[Act]:
    """What was done with a contract for good, in order."""
    with workspace.look() as uow:
        return [kept.act for kept in uow.acts.of(contract_id)]


def sealed_documents(workspace: Workspace, contract_id: int) -> list[bytes]:
    """What was kept of each act, oldest first."""
    with workspace.look() as uow:
        return [uow.acts.document(kept.act.id) for kept in uow.acts.of(contract_id)]


def what_happened(workspace: Workspace, contract_id: int) -> list[tuple[str, str, str, str]]:
    """Who did what to which kind of record, oldest first."""
    with workspace.database.read() as reader:
        entries = reader.history(HistoryWanted(contract_id=contract_id))
    return [(entry.who, entry.what, entry.kind, entry.action) for entry in reversed(entries)]


def all_history(workspace: Workspace) -> list[tuple[str, str, str, str]]:
    with workspace.database.read() as reader:
        entries = reader.history()
    return [(entry.who, entry.what, entry.kind, entry.action) for entry in reversed(entries)]
