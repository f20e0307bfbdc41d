"""Turns the domain's records into rows, and rows into records."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from tomsapp.domain.commitment import Rate
from tomsapp.domain.contract import Contract, YearSpend
from tomsapp.domain.facts import APART
from tomsapp.domain.record_type import RecordType
from tomsapp.domain.rules.rule import RuleSource
from tomsapp.store.rows import Record
from tomsapp.store.tables import CommitmentRow, CommitmentYearRow, ContractSpendRow, Sourced
from tomsapp.store.variation_tables import VariationLineRow

R = TypeVar("R")

BOOKKEEPING = frozenset({"id", "version", "deleted", "change_id"})
"""Columns that say how a row is kept, not what it says."""


def said(row: Record) -> dict[str, Any]:
    """What a row says, without its bookkeeping."""
    return {name: value for name, value in row.model_dump().items() if name not in BOOKKEEPING}


def columns_of(kind: RecordType[R], record: R) -> dict[str, Any]:
    """The columns of a record's own facts, as its row keeps them."""
    return {fact.column_name: fact.kept(getattr(record, fact.name)) for fact in kind.facts if fact.kind not in APART}


def facts_of(kind: RecordType[Any], row: Record) -> dict[str, Any]:
    """The record's own facts by name, from its row."""
    return {fact.name: fact.of_kept(getattr(row, fact.column_name)) for fact in kind.facts if fact.kind not in APART}


def spend_of(rows: Iterable[ContractSpendRow]) -> tuple[YearSpend, ...]:
    """The spend that rows hold, in order of years."""
    return in_order_of_years(YearSpend(row.year_index, row.amount, row.is_recorded) for row in rows)


def in_order_of_years(spend: Iterable[YearSpend]) -> tuple[YearSpend, ...]:
    """The spend of a contract as its record has it."""
    return tuple(sorted(spend, key=lambda each: (each.year, each.is_recorded)))


def spend_rows(contract: Contract, contract_id: int) -> dict[tuple[int, bool], ContractSpendRow]:
    """The spend of a contract as new rows, by year and whether it is recorded."""
    return {
        (spend.year, spend.is_recorded): ContractSpendRow(
            contract_id=contract_id, year_index=spend.year, is_recorded=spend.is_recorded, amount=spend.amount
        )
        for spend in contract.spend
    }


def rate_columns(rate: Rate | None) -> dict[str, Any]:
    """A promise per pound, as the row of its commitment keeps it."""
    return {"rate_quantity": rate.quantity if rate else None, "rate_per_pounds": rate.per_pounds if rate else None}


def rate_of(row: CommitmentRow | VariationLineRow) -> Rate | None:
    """The promise per pound that a row holds, or None."""
    if row.rate_quantity is None or row.rate_per_pounds is None:
        return None
    return Rate(row.rate_quantity, row.rate_per_pounds)


def quantities_of(rows: Iterable[CommitmentYearRow]) -> tuple[Decimal | None, ...]:
    """The quantities that rows hold, from the first contract year."""
    return quantities_by_year({row.year_index: row.quantity for row in rows})


def quantities_by_year(by_year: Mapping[int, Decimal | None]) -> tuple[Decimal | None, ...]:
    """The quantities of contract years, from the first; None for one that is not among them."""
    return tuple(map(by_year.get, range(max(by_year) + 1))) if by_year else ()


def year_rows(quantities: Sequence[Decimal | None], commitment_id: int) -> dict[int, CommitmentYearRow]:
    """The quantities of a commitment as new rows, by contract year."""
    return {
        year: CommitmentYearRow(commitment_id=commitment_id, year_index=year, quantity=quantity)
        for year, quantity in enumerate(quantities)
    }


def source_columns(source: RuleSource | None) -> dict[str, Any]:
    """Where a rule or wage was published, as its row keeps it."""
    if source is None:
        return {"source_title": None}
    return {
        "source_title": source.title,
        "source_publisher": source.publisher,
        "source_year": source.year,
        "source_address": source.address,
    }


def source_of(row: Sourced) -> RuleSource | None:
    """Where the rule or wage of a row was published."""
    if row.source_title is None:
        return None
    return RuleSource(row.source_title, row.source_publisher, row.source_year, row.source_address)
