"""Makes the workbooks of quarterly returns: for one contract and quarter, or for all contracts whose return is due."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tomsapp.domain.delivery.acts import DeliveryActKind
from tomsapp.domain.delivery.due import return_due_on
from tomsapp.domain.delivery.evidence import EvidenceKind
from tomsapp.domain.money import exact_sum
from tomsapp.domain.seal import variations_in_force
from tomsapp.exchange.line_identity import LineIdentity
from tomsapp.exchange.return_layout import ReturnForm, ReturnLine, called
from tomsapp.exchange.return_write import write_return
from tomsapp.exchange.tables_xlsx import BookProperties
from tomsapp.services.delivery import OpenDelivery, find_quarter, open_delivery
from tomsapp.services.reporting import plain_name
from tomsapp.store.errors import StoreError

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

    from tomsapp.domain.delivery.figures import Delivered
    from tomsapp.domain.delivery.quarters import ContractQuarter, Quarter
    from tomsapp.services.workspace import Workspace

SUFFIX = ".xlsx"


@dataclass(frozen=True, slots=True)
class MadeReturn:
    """The workbook of a return: its bytes, a name for it, and what it is of."""

    data: bytes
    file_name: str
    reference: str
    quarter: ContractQuarter


def make_return(workspace: Workspace, contract_id: int, quarter: Quarter, created: datetime) -> MadeReturn:
    """The workbook in which a supplier returns a quarter, filled in with what was planned and returned so far.

    Raises:
        StoreError: the contract is not signed, has no commitments, or has no such quarter.
        TomsError: as `open_delivery`.
    """
    opened = open_delivery(workspace, contract_id, created.date())
    reference = opened.contract.reference
    found = find_quarter(opened, quarter)
    if not opened.is_open:
        message = f"{reference} is {opened.contract.status.value}, and returns are those of signed contracts"
        raise StoreError(message, "Sign the contract first")
    if found is None:
        raise StoreError(f"{reference} has no {quarter.words}", "Choose a quarter of the contract")
    form = return_form(workspace, opened, found, created.date())
    if not form.lines:
        raise StoreError(f"{reference} has no commitments, so nothing is returned", "Choose another contract")
    settings = workspace.settings
    properties = BookProperties(
        title=f"Return of {found.label} of {reference}",
        created=created,
        author=settings.council_name,
        is_example=settings.is_example,
    )
    year = form.year_label.replace("/", "-")
    name = plain_name(f"{reference} return {year} Q{quarter.number}", SUFFIX)
    return MadeReturn(write_return(form, properties), name, reference, found)


def return_form(workspace: Workspace, opened: OpenDelivery, quarter: ContractQuarter, made_on: date) -> ReturnForm:
    """What the workbook of a return says, from what was read of a contract."""
    delivered = opened.figures_to(quarter.ends_on)
    stored = {line.record.key: line for line in opened.commitments}
    names = called([line.measure.code for line in delivered.lines])
    lines = []
    for line, name in zip(delivered.lines, names, strict=True):
        key = line.commitment.key
        held, figures = opened.find(key, quarter.quarter), line.quarter(quarter.quarter)
        if figures is None:
            continue
        identity = LineIdentity(opened.stored.id, stored[key].id, stored[key].version)
        people = opened.people.get(held.id, ()) if held else ()
        lines.append(
            ReturnLine(
                line,
                identity,
                name,
                figures,
                held,
                tuple(person.record for person in people),
                references_of(opened, held.id) if held else (),
                _reserved(delivered, key),
            )
        )
    return ReturnForm(
        contract=opened.contract,
        contract_id=opened.stored.id,
        edition=opened.edition,
        quarter=quarter,
        delivered=delivered,
        lines=tuple(lines),
        database=workspace.database_mark(),
        plan_version=opened.plan_version,
        variations=variations_signed(opened),
        made_on=made_on,
        due_on=return_due_on(quarter, opened.rules.record),
        area=workspace.area(),
    )


def references_of(opened: OpenDelivery, delivery_id: int) -> tuple[str, ...]:
    """Where the evidence of a claim is kept, as far as it is by reference, in the order in which it came."""
    views = opened.evidence_of(delivery_id)
    records = (view.evidence.record for view in views)
    return tuple(record.reference for record in records if record.kind is EvidenceKind.REFERENCE)


def variations_signed(opened: OpenDelivery) -> int:
    """How many variations hold of a contract."""
    return len(variations_in_force(opened.contract.status, opened.contract_acts))


def _reserved(delivered: Delivered, key: str) -> Decimal:
    """The units of a commitment that were agreed as a substitute for another one by the end of the quarter."""
    agreed = (each for line in delivered.lines for each in line.shortfall.agreed)
    return exact_sum(
        each.used for each in agreed if each.act.kind is DeliveryActKind.SUBSTITUTE and each.act.other_commitment == key
    )
