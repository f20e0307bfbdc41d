"""The person numbers of a supplier in all its contracts, each with the claim that it stands behind."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import and_, or_
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.delivery.delivery import DeliveryState
from tomsapp.domain.delivery.people import DELIVERY_PERSON, DeliveryPerson
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.store.delivery_tables import DeliveryRow
from tomsapp.store.evidence_tables import DeliveryPersonRow
from tomsapp.store.mapping import facts_of
from tomsapp.store.tables import CommitmentRow, ContractRow


class KeptPersonClaim(NamedTuple):
    """A person behind a claim that was neither rejected nor withdrawn, with what is needed to name its quarter."""

    person: DeliveryPerson
    reference: str
    menu: str
    commitment: str
    measure: str
    quarter: Quarter
    start_on: date
    end_on: date


def read_person_claims(session: Session, contract_id: int) -> list[KeptPersonClaim]:
    """The person numbers of a contract, and of all other contracts of its supplier that are signed or closed."""
    supplier = select(ContractRow.supplier_id).where(col(ContractRow.id) == contract_id).scalar_subquery()
    is_there = and_(
        col(ContractRow.supplier_id) == supplier,
        col(ContractRow.deleted).is_(False),
        col(ContractRow.status).in_((ContractStatus.SIGNED.value, ContractStatus.CLOSED.value)),
    )
    query = (
        sql_select(DeliveryPersonRow, DeliveryRow, CommitmentRow, ContractRow)
        .join(DeliveryRow, col(DeliveryRow.id) == col(DeliveryPersonRow.delivery_id))
        .join(CommitmentRow, col(CommitmentRow.id) == col(DeliveryRow.commitment_id))
        .join(ContractRow, col(ContractRow.id) == col(DeliveryRow.contract_id))
        .where(col(DeliveryPersonRow.deleted).is_(False), col(DeliveryRow.deleted).is_(False))
        .where(col(DeliveryRow.state) != DeliveryState.WITHDRAWN.value)
        .where(col(DeliveryRow.claimed) > col(DeliveryRow.rejected))
        .where(or_(col(ContractRow.id) == contract_id, is_there))
        .order_by(col(DeliveryPersonRow.id))
    )
    return [_claim(*row) for row in session.execute(query)]


def _claim(
    person: DeliveryPersonRow, delivery: DeliveryRow, line: CommitmentRow, contract: ContractRow
) -> KeptPersonClaim:
    return KeptPersonClaim(
        DeliveryPerson(**facts_of(DELIVERY_PERSON, person)),
        contract.reference,
        contract.menu or "",
        str(line.id),
        line.measure,
        Quarter(delivery.year_index, delivery.quarter),
        contract.start_on,
        contract.end_on,
    )
