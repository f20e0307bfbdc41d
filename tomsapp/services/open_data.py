"""Signed contracts as open data: what was promised, and what was delivered to a day, for anybody to use."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tomsapp.domain.contract_dates import ContractError
from tomsapp.domain.errors import MenuError
from tomsapp.domain.money import total
from tomsapp.domain.open_data import PREFIX_NEEDED, PUBLICATION, OpenContract, Publication, before_publishing
from tomsapp.domain.problems import Problem, Severity, Where, has_errors
from tomsapp.domain.seal import variations_in_force
from tomsapp.domain.valuation import value_contract
from tomsapp.exchange.ocds.package import write_package
from tomsapp.menufiles.files import write_whole
from tomsapp.services.delivery import OpenDelivery, ReadDelivery
from tomsapp.services.delivery_held import HAS_DELIVERIES
from tomsapp.services.progress import NoProgress, Progress
from tomsapp.store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime
    from decimal import Decimal
    from pathlib import Path

    from tomsapp.domain.supplier import Supplier
    from tomsapp.services.workspace import Workspace
    from tomsapp.store.unit_of_work import UnitOfWork

OPEN_DATA_FILE = "Social value open data.json"
"""How the file is called where nobody names it."""
DRAFT_FILE = "Social value open data, not to be published yet.json"
"""How it is called while something is to be done before it is published."""
EXAMPLE_PUBLISHER = "{} (example council, not real)"


@dataclass(frozen=True, slots=True)
class MadeOpenData:
    """A file of open data.

    Attributes:
        contracts: how many contracts it tells of.
        problems: what is to be done before it is published, and which contracts are left out.
    """

    data: bytes
    contracts: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    delivery: ReadDelivery
    supplier: Supplier | None


def publication_of(workspace: Workspace, until: date) -> Publication:
    """What is published of the council's contracts to a day, as far as the database knows it."""
    return Publication(until, name=workspace.settings.council_name)


def check_publication(publication: Publication) -> list[Problem]:
    """What must be put right before a file can be written, and what is to be done before it is published."""
    return PUBLICATION.problems(publication) or before_publishing(publication)


def publication_file(publication: Publication) -> str:
    """How the file is called where nobody names it: whether it is to be published yet stands in the name."""
    return file_of(before_publishing(publication))


def file_of(problems: Collection[Problem]) -> str:
    """The same by what is to be done before publishing."""
    return DRAFT_FILE if problems else OPEN_DATA_FILE


def make_open_data(
    workspace: Workspace,
    publication: Publication,
    published_at: datetime,
    wanted: Collection[int] | None = None,
    progress: Progress | None = None,
) -> MadeOpenData:
    """Signed and closed contracts with what was delivered to a day, as a release package of the OCDS.

    Args:
        workspace: the database.
        publication: to which day, and who publishes; of a made-up council the file says that it is one.
        published_at: the moment that the file names, with its time zone.
        wanted: the numbers of the contracts; by default all.
        progress: what hears how far it is.

    Raises:
        StoreError: something must be put right first, or no contract is signed.
        Cancelled: the user stopped it.
    """
    said = check_publication(publication)
    until = publication.until
    if has_errors(said) or until is None:
        raise StoreError(said[0].message, said[0].fix)
    watched = progress or NoProgress()
    with workspace.look() as uow:
        numbers = [row.id for row in uow.lists.contracts() if row.status in HAS_DELIVERIES]
        chosen = sorted(numbers if wanted is None else set(numbers).intersection(wanted))
        read = []
        for done, number in enumerate(chosen):
            watched.report(done, len(chosen), "Reading contracts")
            read.append(_Read(ReadDelivery.of(uow, number), _supplier(uow, number)))
        is_example = uow.settings.now().record.is_example
    told: list[OpenContract] = []
    for done, each in enumerate(read):
        watched.report(done, len(read), "Working out what was delivered")
        found = _told(workspace, each, until)
        if isinstance(found, Problem):
            said.append(found)
        else:
            told.append(found)
    if not told:
        raise StoreError("No contract that can be told of is signed", "Sign a contract first, or choose others")
    name = EXAMPLE_PUBLISHER.format(publication.name) if is_example else publication.name
    data = write_package(
        replace(publication, name=name), sorted(told, key=lambda each: each.delivered.contract.reference), published_at
    )
    if all(each.delivered.contract.ocid for each in told):
        said = [problem for problem in said if problem.code != PREFIX_NEEDED]
    return MadeOpenData(data, len(told), tuple(said))


def _supplier(uow: UnitOfWork, contract_id: int) -> Supplier | None:
    number = uow.contracts.supplier_id_of(contract_id)
    return None if number is None else uow.suppliers.get(number).record


def _told(workspace: Workspace, read: _Read, until: date) -> OpenContract | Problem:
    """What is told of a contract, or why it is left out."""
    contract = read.delivery.stored.record
    try:
        opened = read.delivery.valued(workspace, until)
    except (ContractError, MenuError) as error:
        what = f"{contract.reference} is left out: {error.message}"
        return Problem("contract-left-out", Severity.WARNING, what, error.fix, Where(field="contract"))
    lines = [line.record for line in opened.commitments]
    return OpenContract(
        opened.delivered,
        value_contract(opened.contract, opened.edition, lines),
        read.supplier,
        opened.signed_on,
        tuple(
            act.takes_effect_on or act.done_on
            for act in variations_in_force(opened.contract.status, opened.contract_acts)
        ),
        _handed_over(opened),
    )


def save_open_data(made: MadeOpenData, path: Path) -> Path:
    """Write a file of open data; gives the path that was written.

    Raises:
        TomsError: the file cannot be written; says what to do.
    """
    target = path if path.suffix.lower() == ".json" else path.with_name(f"{path.name}.json")
    write_whole(target, made.data)
    return target


def _handed_over(opened: OpenDelivery) -> Decimal:
    return total(each.record.amount for each in opened.ledger if each.record.received_on <= opened.until)
