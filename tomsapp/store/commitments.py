"""Commitments in the database, with their quantities by year."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from tomsapp.domain.commitment import COMMITMENT, Commitment
from tomsapp.domain.history import Stored
from tomsapp.store.mapping import facts_of, quantities_of, rate_columns, rate_of, year_rows
from tomsapp.store.records import Records, Repository, Scope, number
from tomsapp.store.tables import ChangeRow, CommitmentRow, CommitmentYearRow

_GAP = 1024
"""Between neighbours when lines are added one after the other, so that others fit in between later."""


class CommitmentRepository(Repository[Commitment, CommitmentRow]):
    """The commitments, within one transaction. A record's `key` is its number as text."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope, COMMITMENT, CommitmentRow)
        self._years = Records(scope, CommitmentYearRow, "Quantity")

    def _apart_of(self, row: CommitmentRow) -> dict[str, Any]:
        years = self._years_of(number(row.id)).values()
        return self._with_years(row, (year for year in years if not year.deleted))

    @staticmethod
    def _with_years(row: CommitmentRow, years: Iterable[CommitmentYearRow]) -> dict[str, Any]:
        return {"key": str(row.id), "quantities": quantities_of(years), "rate": rate_of(row)}

    def _apart(self, record: Commitment) -> dict[str, Any]:
        return rate_columns(record.rate)

    def _years_of(self, commitment_id: int) -> dict[int, CommitmentYearRow]:
        query = select(CommitmentYearRow).where(col(CommitmentYearRow.commitment_id) == commitment_id)
        return {row.year_index: row for row in self._session.exec(query)}

    def of(self, contract_id: int) -> list[Stored[Commitment]]:
        """The commitments of a contract that are not deleted, in their order."""
        mine = (col(CommitmentRow.contract_id) == contract_id, col(CommitmentRow.deleted).is_(False))
        years: dict[int, list[CommitmentYearRow]] = defaultdict(list)
        year_query = select(CommitmentYearRow).join(
            CommitmentRow, col(CommitmentRow.id) == col(CommitmentYearRow.commitment_id)
        )
        for year in self._session.exec(year_query.where(*mine, col(CommitmentYearRow.deleted).is_(False))):
            years[year.commitment_id].append(year)
        query = (
            select(CommitmentRow, ChangeRow)
            .join(ChangeRow, col(ChangeRow.id) == col(CommitmentRow.change_id))
            .where(*mine)
            .order_by(col(CommitmentRow.position), col(CommitmentRow.id))
        )
        return [
            self._scope.stored(
                row, Commitment(**facts_of(COMMITMENT, row), **self._with_years(row, years[number(row.id)]))
            )
            for row, _ in self._session.exec(query)
        ]

    def add(self, contract_id: int, commitment: Commitment, position: int | None = None) -> Stored[Commitment]:
        """Save a new commitment, last in the contract or as the line number `position` (0 is the first)."""
        place = self._place_at(contract_id, position)
        row = self._rows.add(CommitmentRow(**self._columns(commitment), contract_id=contract_id, position=place))
        self._years.align({}, year_rows(commitment.quantities, number(row.id)))
        return self._stored(row)

    def _place_at(self, contract_id: int, position: int | None) -> int:
        if position is None:
            last = select(func.max(CommitmentRow.position)).where(col(CommitmentRow.contract_id) == contract_id)
            return (self._session.exec(last).one() or 0) + _GAP
        query = (
            select(CommitmentRow.position)
            .where(col(CommitmentRow.contract_id) == contract_id, col(CommitmentRow.deleted).is_(False))
            .order_by(col(CommitmentRow.position), col(CommitmentRow.id))
        )
        places = list(self._session.exec(query))
        if position >= len(places):
            return self._place_at(contract_id, None)
        before = places[position - 1] if position > 0 else places[0] - 2 * _GAP
        return (before + places[position]) // 2

    def save(self, commitment_id: int, expected_version: int, commitment: Commitment) -> Stored[Commitment]:
        """Save a commitment that was read at `expected_version`.

        Raises:
            EditConflict: somebody saved it since.
            NotFound: there is none with this number.
        """
        row = self._rows.claim(commitment_id, expected_version, self._stored)
        years_changed = self._years.align(
            self._years_of(commitment_id), year_rows(commitment.quantities, commitment_id)
        )
        self._rows.write(row, self._columns(commitment, row), even_if_same=years_changed)
        return self._stored(row)
