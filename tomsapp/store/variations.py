"""Variations in the database, with their lines; and how a contract goes back to what it was before one."""

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from sqlmodel import col, select

from tomsapp.domain.commitment import COMMITMENT, Commitment
from tomsapp.domain.history import Stored
from tomsapp.domain.variation import VARIATION, Variation, VariationLine, VariationState
from tomsapp.store.errors import StoreError
from tomsapp.store.mapping import BOOKKEEPING, columns_of, facts_of, quantities_by_year, rate_columns, rate_of
from tomsapp.store.records import Records, Repository, Scope, check_lengths, number
from tomsapp.store.rows import Record, Row
from tomsapp.store.tables import (
    ActRow,
    ChangeRow,
    CommitmentRow,
    CommitmentYearRow,
    ContractRow,
    HistoryRow,
    SupplierRow,
)
from tomsapp.store.types import ExactDecimal
from tomsapp.store.variation_tables import VariationLineRow, VariationLineYearRow, VariationRow


class VariationRepository(Repository[Variation, VariationRow]):
    """The variations, within one transaction. A record's `supplier` is read from the supplier, not saved."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope, VARIATION, VariationRow)
        self._lines = Records(scope, VariationLineRow, "Line of a variation")
        self._years = Records(scope, VariationLineYearRow, "Quantity")

    # Read

    def _apart_of(self, row: VariationRow) -> dict[str, Any]:
        supplier = None if row.new_supplier_id is None else self._session.get_one(SupplierRow, row.new_supplier_id)
        return {
            "supplier": supplier.name if supplier else "",
            "supplier_id": row.new_supplier_id,
            "act_id": row.act_id,
            "lines": tuple(self._lines_of(number(row.id))),
        }

    def _lines_of(self, variation_id: int) -> Iterable[VariationLine]:
        years: dict[int, dict[int, Decimal | None]] = defaultdict(dict)
        mine = col(VariationLineRow.variation_id) == variation_id
        query = select(VariationLineYearRow).join(
            VariationLineRow, col(VariationLineRow.id) == col(VariationLineYearRow.variation_line_id)
        )
        for year in self._session.exec(query.where(mine, col(VariationLineYearRow.deleted).is_(False))):
            years[year.variation_line_id][year.year_index] = year.quantity
        rows = select(VariationLineRow).where(mine, col(VariationLineRow.deleted).is_(False))
        for row in self._session.exec(rows.order_by(col(VariationLineRow.id))):
            quantities = quantities_by_year(years[number(row.id)])
            line = Commitment(row.line_key, quantities=quantities, rate=rate_of(row), **facts_of(COMMITMENT, row))
            yield VariationLine(line, row.is_ended)

    def of(self, contract_id: int) -> list[Stored[Variation]]:
        """The variations of a contract in their order, the draft too."""
        query = (
            select(VariationRow, ChangeRow)
            .join(ChangeRow, col(ChangeRow.id) == col(VariationRow.change_id))
            .where(col(VariationRow.contract_id) == contract_id, col(VariationRow.deleted).is_(False))
            .order_by(col(VariationRow.number), col(VariationRow.id))
        )
        return [self._stored(row) for row, _ in self._session.exec(query)]

    def contract_of(self, variation_id: int) -> int:
        """The number of the contract that a variation is of."""
        return self._rows.get(variation_id).contract_id

    # Write

    def _apart(self, record: Variation) -> dict[str, Any]:
        return {"new_supplier_id": record.supplier_id, "act_id": record.act_id}

    def add(self, contract_id: int, variation: Variation) -> Stored[Variation]:
        """Save a new draft."""
        row = self._rows.add(VariationRow(**self._columns(variation), contract_id=contract_id))
        self._align(number(row.id), variation)
        return self._stored(row)

    def save(self, variation_id: int, expected_version: int, variation: Variation) -> Stored[Variation]:
        """Save a variation that was read at `expected_version`.

        Raises:
            EditConflict: somebody saved it since.
            NotFound: there is none with this number.
        """
        row = self._rows.claim(variation_id, expected_version, self._stored)
        lines_changed = self._align(variation_id, variation)
        self._rows.write(row, self._columns(variation), even_if_same=lines_changed)
        return self._stored(row)

    def restore(self, record_id: int) -> Stored[Variation]:
        """Bring a deleted draft back.

        Raises:
            StoreError: there is another draft by now.
        """
        row = self._rows.get(record_id, locked=True)
        if any(one.record.state is VariationState.DRAFT for one in self.of(row.contract_id)):
            message = "Another variation of this contract is being drafted"
            raise StoreError(message, "Sign that one, or delete it, first")
        return super().restore(record_id)

    def _align(self, variation_id: int, variation: Variation) -> bool:
        """Make the rows of the lines, and of their years, be as the variation says; says whether anything changed."""
        query = select(VariationLineRow).where(col(VariationLineRow.variation_id) == variation_id)
        wanted = {each.line.key: self._line_row(variation_id, each) for each in variation.lines}
        changed = self._lines.align({row.line_key: row for row in self._session.exec(query)}, wanted)
        rows = {row.line_key: row for row in self._session.exec(query)}
        for each in variation.lines:
            line_id = number(rows[each.line.key].id)
            held = select(VariationLineYearRow).where(col(VariationLineYearRow.variation_line_id) == line_id)
            years = {
                year: VariationLineYearRow(variation_line_id=line_id, year_index=year, quantity=quantity)
                for year, quantity in enumerate(each.line.quantities)
            }
            changed |= self._years.align({row.year_index: row for row in self._session.exec(held)}, years)
        return changed

    @staticmethod
    def _line_row(variation_id: int, each: VariationLine) -> VariationLineRow:
        check_lengths(COMMITMENT, each.line)
        return VariationLineRow(
            **columns_of(COMMITMENT, each.line),
            **rate_columns(each.line.rate),
            variation_id=variation_id,
            line_key=each.line.key,
            commitment_id=None if each.is_added else int(each.line.key),
            is_ended=each.is_ended,
        )

    # Back to what the contract was

    def take_back(self, act_id: int) -> None:
        """Put back what signing a variation changed of the contract, its lines and their years, and nothing else.

        The history of the very change tells it: each row goes back to what it said before, and one that was added is
        marked as deleted. What somebody else said since, where signing does not fix it, stays.
        """
        change = self._session.get_one(ActRow, act_id).change_id
        query = select(HistoryRow).where(col(HistoryRow.change_id) == change).order_by(col(HistoryRow.id))
        told = list(self._session.exec(query))
        for table, noun in ((ContractRow, "Contract"), (CommitmentRow, "Commitment"), (CommitmentYearRow, "Quantity")):
            records: Records[Any] = Records(self._scope, table, noun)
            for entry in told:
                if entry.kind == table.__tablename__:
                    _put_back(records, entry, table)


def _put_back(records: Records[Any], entry: HistoryRow, table: type[Record]) -> None:
    row = records.get(entry.record_id, locked=True)
    before, after = json.loads(entry.before), json.loads(entry.after)
    if not before:
        records.delete(row)
        return
    columns = Row.metadata.tables[str(table.__tablename__)].columns
    values = {
        name: _value(columns[name], value)
        for name, value in before.items()
        if name not in BOOKKEEPING and after[name] != value and getattr(row, name) == _value(columns[name], after[name])
    }
    records.write(row, values)


def _value(column: Any, told: Any) -> Any:
    """A value as its row keeps it, from what the history tells."""
    if told is None:
        return None
    if isinstance(column.type, ExactDecimal):
        return Decimal(told)
    return date.fromisoformat(told) if column.type.python_type is date else told
