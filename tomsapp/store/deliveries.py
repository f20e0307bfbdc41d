"""What was delivered, in the database: a row for each commitment and contract quarter, and the rules for all."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import or_
from sqlalchemy import select as sql_select
from sqlmodel import col, select

from tomsapp.domain.delivery.delivery import DELIVERY, Delivery, DeliveryState
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.domain.delivery.rules import DELIVERY_RULES, DeliveryRules
from tomsapp.domain.history import Stored
from tomsapp.store.delivery_tables import DeliveryRow, DeliveryRulesRow
from tomsapp.store.errors import EditConflict
from tomsapp.store.finding import FactReader
from tomsapp.store.mapping import said
from tomsapp.store.records import RecordRepository, Repository, Scope, number
from tomsapp.store.tables import ChangeRow, CommitmentRow, ContractRow

RULES_ID = 1
_OF_ACTS = frozenset({"accepted", "provisional", "rejected", "state"})
"""What acts alone change, and nobody enters."""
_AT_ONCE = 5_000
"""So many numbers are asked for by one statement."""


@dataclass(frozen=True, slots=True)
class DeliveryPlace:
    """Which delivery it is, as people name it: the contract's reference and days, the measure, and the quarter."""

    delivery: int
    reference: str
    start_on: date
    end_on: date
    measure: str
    quarter: Quarter


@dataclass(frozen=True, slots=True)
class ClaimedPeople:
    """The people behind a claim: new, there before, transferred; None where that is not said."""

    contract: int
    commitment: int
    quarter: Quarter
    claimed: Decimal
    accepted: Decimal
    new: Decimal | None
    retained: Decimal | None
    transferred: Decimal | None


class DeliveryRepository(Repository[Delivery, DeliveryRow]):
    """The deliveries, within one transaction. What an act decides is saved after the act, under the same change."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope, DELIVERY, DeliveryRow)
        self._held: dict[int, DeliveryRow] = {}

    def _apart_of(self, row: DeliveryRow) -> dict[str, Any]:
        return {"commitment": str(row.commitment_id), "quarter": Quarter(row.year_index, row.quarter)}

    def of(self, contract_id: int) -> list[Stored[Delivery]]:
        """The deliveries of a contract that are not deleted, by commitment and quarter."""
        # Read as columns: a contract has hundreds, and all of them are read again after each decision.
        query = (
            sql_select(*_FACTS.columns, *_BESIDE)
            .join_from(DeliveryRow, ChangeRow, col(ChangeRow.id) == col(DeliveryRow.change_id))
            .where(col(DeliveryRow.contract_id) == contract_id, col(DeliveryRow.deleted).is_(False))
            .order_by(*_IN_ORDER)
        )
        return [_stored_of(row) for row in self._session.execute(query)]

    def places(self) -> list[DeliveryPlace]:
        """Where each delivery that is not deleted belongs, by contract, commitment and quarter."""
        query = (
            sql_select(
                col(DeliveryRow.id),
                col(ContractRow.reference),
                col(ContractRow.start_on),
                col(ContractRow.end_on),
                col(CommitmentRow.measure),
                col(DeliveryRow.year_index),
                col(DeliveryRow.quarter),
            )
            .join(CommitmentRow, col(CommitmentRow.id) == col(DeliveryRow.commitment_id))
            .join(ContractRow, col(ContractRow.id) == col(DeliveryRow.contract_id))
            .where(col(DeliveryRow.deleted).is_(False))
            .order_by(col(ContractRow.reference), col(CommitmentRow.position), *_IN_ORDER)
        )
        found = self._session.execute(query)
        return [DeliveryPlace(row[0], row[1], row[2], row[3], row[4], Quarter(row[5], row[6])) for row in found]

    def contracts(self) -> list[int]:
        """The numbers of the contracts of which something was returned."""
        query = select(DeliveryRow.contract_id).distinct().order_by(col(DeliveryRow.contract_id))
        return list(self._session.exec(query))

    def people_claimed(self, numbers: Collection[int] | None = None) -> list[ClaimedPeople]:
        """The people behind claims that were not withdrawn and say who they are: of some contracts, or of all."""
        row = DeliveryRow
        said_who = or_(
            *(col(each).is_not(None) for each in (row.new_people, row.retained_people, row.transferred_people))
        )
        query = (
            sql_select(
                col(row.contract_id),
                col(row.commitment_id),
                col(row.year_index),
                col(row.quarter),
                col(row.claimed),
                col(row.accepted),
                col(row.new_people),
                col(row.retained_people),
                col(row.transferred_people),
            )
            # In no order: to have one, SQLite would go through all deliveries by an index, which takes much longer.
            .where(col(row.deleted).is_(False), col(row.state) != DeliveryState.WITHDRAWN.value, said_who)
        )
        if numbers is not None:
            query = query.where(col(row.contract_id).in_(sorted(numbers)))
        return [
            ClaimedPeople(each[0], each[1], Quarter(each[2], each[3]), *each[4:])
            for each in self._session.execute(query)
        ]

    def contracts_of(self, numbers: Collection[int]) -> dict[int, int]:
        """The number of the contract of each of these deliveries, removed ones too."""
        wanted, found = sorted(numbers), {}
        for start in range(0, len(wanted), _AT_ONCE):
            some = col(DeliveryRow.id).in_(wanted[start : start + _AT_ONCE])
            rows = self._session.exec(select(DeliveryRow.id, DeliveryRow.contract_id).where(some))
            found.update({number(row_id): contract_id for row_id, contract_id in rows})
        return found

    def entered_by(self, contract_id: int) -> dict[int, str]:
        """Who saved last what is claimed, by the number of the delivery."""
        query = select(DeliveryRow.id, DeliveryRow.entered_by).where(col(DeliveryRow.contract_id) == contract_id)
        return {number(row_id): who for row_id, who in self._session.exec(query)}

    def versions(self, contract_id: int) -> dict[int, int]:
        """The versions of what `of` gives, by number."""
        return self._rows.versions(col(DeliveryRow.contract_id) == contract_id)

    def returned(self) -> dict[int, set[Quarter]]:
        """The quarters of which something was returned that was not withdrawn, by the number of the contract."""
        row = DeliveryRow
        query = (
            sql_select(col(row.contract_id), col(row.year_index), col(row.quarter))
            .where(col(DeliveryRow.deleted).is_(False), col(DeliveryRow.state) != DeliveryState.WITHDRAWN.value)
            .distinct()
        )
        found: dict[int, set[Quarter]] = {}
        for contract_id, year, quarter in self._session.execute(query):
            found.setdefault(contract_id, set()).add(Quarter(year, quarter))
        return found

    def add(self, contract_id: int, delivery: Delivery) -> Stored[Delivery]:
        """Save what was returned for a commitment and quarter; where it was deleted before, in the place of that.

        Raises:
            EditConflict: there is something of the quarter already.
        """
        held = self._at(delivery)
        columns = {**self._columns(delivery), "entered_by": self._scope.who}
        if held is None:
            quarter = delivery.quarter
            columns |= {"commitment_id": int(delivery.commitment), "year_index": quarter.year}
            columns |= {"quarter": quarter.number, "contract_id": contract_id}
            held = self._rows.add(DeliveryRow(**columns))
        elif held.deleted:
            self._rows.write(self._rows.get(number(held.id), locked=True), columns)
        else:
            raise EditConflict(self._stored(held))
        return self._stored(held)

    def _at(self, delivery: Delivery) -> DeliveryRow | None:
        query = select(DeliveryRow).where(
            col(DeliveryRow.commitment_id) == int(delivery.commitment),
            col(DeliveryRow.year_index) == delivery.quarter.year,
            col(DeliveryRow.quarter) == delivery.quarter.number,
        )
        return self._session.exec(query).first()

    def save(self, delivery_id: int, expected_version: int, delivery: Delivery) -> Stored[Delivery]:
        """Save a delivery that was read at `expected_version`.

        Raises:
            EditConflict: somebody saved it since.
            NotFound: there is none with this number.
        """
        row = self._rows.claim(delivery_id, expected_version, self._stored)
        columns, held = self._columns(delivery), said(row)
        if any(held[name] != value for name, value in columns.items() if name not in _OF_ACTS):
            columns["entered_by"] = self._scope.who
        self._rows.write(row, columns)
        return self._stored(row)

    def hold(self, versions: Mapping[int, int]) -> None:
        """Make sure that nobody else decides or changes these deliveries before this transaction ends.

        Raises:
            EditConflict: somebody saved one of them since its version was read.
            NotFound: one is not there.
        """
        self._held = self._rows.claim_many(versions, self._stored)

    def save_decided(self, deliveries: Mapping[int, Delivery]) -> dict[int, Stored[Delivery]]:
        """Save what was decided of deliveries that are held, after the acts that did it: see `hold`."""
        rows = {row_id: self._held[row_id] for row_id in deliveries}
        self._rows.write_many([(rows[row_id], self._columns(each)) for row_id, each in deliveries.items()])
        return {row_id: self._stored(row) for row_id, row in rows.items()}


class DeliveryRulesRepository(RecordRepository[DeliveryRules, DeliveryRulesRow]):
    """What the council has set for all deliveries, within one transaction: one record."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope, DELIVERY_RULES, DeliveryRulesRow)

    def now(self) -> Stored[DeliveryRules]:
        """The rules as they are now; the program's own, as version 0, where the council has set nothing yet."""
        row = self._session.get(DeliveryRulesRow, RULES_ID)
        return Stored(RULES_ID, 0, DeliveryRules()) if row is None else self._stored(row)

    def get(self, record_id: int = RULES_ID) -> Stored[DeliveryRules]:
        """As `now`: there is one record."""
        del record_id
        return self.now()

    def save(self, record_id: int, expected_version: int, record: DeliveryRules) -> Stored[DeliveryRules]:
        """Save rules that were read at `expected_version`; those that the council sets first are added.

        Raises:
            EditConflict: somebody saved them since.
        """
        if self.now().version == 0:
            return self._stored(self._rows.add(DeliveryRulesRow(id=record_id, **self._columns(record))))
        return super().save(record_id, expected_version, record)


_IN_ORDER = (col(DeliveryRow.commitment_id), col(DeliveryRow.year_index), col(DeliveryRow.quarter))
_FACTS = FactReader(DELIVERY)
_BESIDE = (
    col(DeliveryRow.commitment_id),
    col(DeliveryRow.year_index),
    col(DeliveryRow.quarter),
    col(DeliveryRow.id),
    col(DeliveryRow.version),
    col(ChangeRow.who),
    col(ChangeRow.at),
)
"""What is read of a delivery beside its facts."""


def _stored_of(row: Sequence[Any]) -> Stored[Delivery]:
    commitment, year, quarter, row_id, version, who, at = row[_FACTS.width :]
    record = Delivery(**_FACTS.facts(row), commitment=str(commitment), quarter=Quarter(year, quarter))
    return Stored(row_id, version, record, who, at)
