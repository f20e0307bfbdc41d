"""Delivery plans in the database: as they are worked on, and as they were last accepted."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import and_
from sqlmodel import col, select

from tomsapp.domain.delivery.plan import PLAN_ENTRY, PlanEntry
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.domain.history import Stored
from tomsapp.store.delivery_tables import PlanEntryRow
from tomsapp.store.errors import EditConflict
from tomsapp.store.records import Repository, Scope, number
from tomsapp.store.tables import ChangeRow

_Key = tuple[int, int, int]


class PlanRepository(Repository[PlanEntry, PlanEntryRow]):
    """The entries of plans, within one transaction.

    What people change is the plan that is worked on. An act copies it into the plan in force, which nobody edits.
    """

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope, PLAN_ENTRY, PlanEntryRow)

    def _apart_of(self, row: PlanEntryRow) -> dict[str, Any]:
        return {"commitment": str(row.commitment_id), "quarter": Quarter(row.year_index, row.quarter)}

    def of(self, contract_id: int) -> list[Stored[PlanEntry]]:
        """The plan that is worked on, by commitment and quarter."""
        return [self._stored(row) for row in self._read(contract_id, in_force=False)]

    def in_force(self, contract_id: int) -> list[PlanEntry]:
        """The plan that was last accepted, by commitment and quarter; empty where none was."""
        return [self._record(row) for row in self._read(contract_id, in_force=True)]

    def versions(self, contract_id: int) -> dict[int, int]:
        """The versions of what `of` gives, by number."""
        return self._rows.versions(col(PlanEntryRow.contract_id) == contract_id, col(PlanEntryRow.in_force).is_(False))

    def _read(self, contract_id: int, *, in_force: bool) -> Iterator[PlanEntryRow]:
        query = (
            select(PlanEntryRow, ChangeRow)
            .join(ChangeRow, col(ChangeRow.id) == col(PlanEntryRow.change_id))
            .where(col(PlanEntryRow.contract_id) == contract_id, col(PlanEntryRow.in_force).is_(in_force))
            .where(col(PlanEntryRow.deleted).is_(False))
            .order_by(col(PlanEntryRow.commitment_id), col(PlanEntryRow.year_index), col(PlanEntryRow.quarter))
        )
        return (row for row, _ in self._session.exec(query))

    def add(self, contract_id: int, entry: PlanEntry) -> Stored[PlanEntry]:
        """Plan something for a commitment and quarter; where it was deleted before, in the place of that.

        Raises:
            EditConflict: there is an entry for the quarter already.
        """
        held = self._at(entry)
        if held is None:
            held = self._rows.add(self._row(contract_id, entry, in_force=False))
        elif held.deleted:
            self._rows.write(self._rows.get(number(held.id), locked=True), self._columns(entry))
        else:
            raise EditConflict(self._stored(held))
        return self._stored(held)

    def _at(self, entry: PlanEntry) -> PlanEntryRow | None:
        query = select(PlanEntryRow).where(
            col(PlanEntryRow.commitment_id) == int(entry.commitment),
            col(PlanEntryRow.year_index) == entry.quarter.year,
            col(PlanEntryRow.quarter) == entry.quarter.number,
            col(PlanEntryRow.in_force).is_(False),
        )
        return self._session.exec(query).first()

    def save(self, entry_id: int, expected_version: int, entry: PlanEntry) -> Stored[PlanEntry]:
        """Save an entry that was read at `expected_version`.

        Raises:
            EditConflict: somebody saved it since.
            NotFound: there is none with this number.
        """
        row = self._rows.claim(entry_id, expected_version, self._stored)
        self._rows.write(row, self._columns(entry))
        return self._stored(row)

    def put_in_force(self, contract_id: int, entries: Iterable[PlanEntry]) -> None:
        """Let a version of the plan hold from now on, in the place of the one before; its act is kept before this."""
        query = select(PlanEntryRow).where(
            and_(col(PlanEntryRow.contract_id) == contract_id, col(PlanEntryRow.in_force).is_(True))
        )
        held = {_key_of(row): row for row in self._session.exec(query)}
        rows = (self._row(contract_id, entry, in_force=True) for entry in entries)
        self._rows.align(held, {_key_of(row): row for row in rows})

    def _row(self, contract_id: int, entry: PlanEntry, *, in_force: bool) -> PlanEntryRow:
        return PlanEntryRow(
            **self._columns(entry),
            contract_id=contract_id,
            commitment_id=int(entry.commitment),
            year_index=entry.quarter.year,
            quarter=entry.quarter.number,
            in_force=in_force,
        )


def _key_of(row: PlanEntryRow) -> _Key:
    return row.commitment_id, row.year_index, row.quarter
