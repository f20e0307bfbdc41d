"""Turns the domain's records into rows, and rows into records."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from tomsapp.domain.commitment import Commitment, Rate
from tomsapp.domain.contract import Contract, ContractKind, ContractStatus, YearSpend
from tomsapp.domain.council import CouncilSettings
from tomsapp.domain.policy import CountedIn, LivingWage, PolicyRule, Rounding, RuleKind, RuleSource
from tomsapp.domain.supplier import Supplier, SupplierKind
from tomsapp.store.tables import (
    CommitmentRow,
    CommitmentYearRow,
    ContractRow,
    ContractSpendRow,
    CouncilRow,
    LivingWageRow,
    PolicyRuleRow,
    Record,
    Sourced,
    SupplierRow,
)

BOOKKEEPING = frozenset({"id", "version", "deleted", "change_id"})
"""Columns that say how a row is kept, not what it says."""


def said(row: Record) -> dict[str, Any]:
    """What a row says, without its bookkeeping."""
    return {name: value for name, value in row.model_dump().items() if name not in BOOKKEEPING}


def supplier_row(supplier: Supplier) -> SupplierRow:
    """A supplier as a new row."""
    return SupplierRow(
        name=supplier.name,
        kind=supplier.kind.value,
        registration=supplier.registration,
        is_local=supplier.is_local,
        contact_name=supplier.contact_name,
        contact_email=supplier.contact_email,
        notes=supplier.notes,
    )


def supplier_of(row: SupplierRow) -> Supplier:
    """The supplier that a row holds."""
    return Supplier(
        name=row.name,
        kind=SupplierKind(row.kind),
        registration=row.registration,
        is_local=row.is_local,
        contact_name=row.contact_name,
        contact_email=row.contact_email,
        notes=row.notes,
    )


def contract_row(contract: Contract, supplier_id: int | None) -> ContractRow:
    """A contract as a new row; its spend has rows of its own."""
    return ContractRow(
        reference=contract.reference,
        title=contract.title,
        supplier_id=supplier_id,
        value=contract.value,
        start_on=contract.start_on,
        end_on=contract.end_on,
        menu=contract.menu or None,
        edition=contract.edition or None,
        kind=contract.kind.value,
        status=contract.status.value,
    )


def contract_of(row: ContractRow, supplier: str, spend: Iterable[ContractSpendRow]) -> Contract:
    """The contract that a row holds, with its supplier's name and its spend in order of years."""
    years = (YearSpend(each.year_index, each.amount, each.is_recorded) for each in spend)
    return Contract(
        reference=row.reference,
        value=row.value,
        start_on=row.start_on,
        end_on=row.end_on,
        title=row.title,
        supplier=supplier,
        menu=row.menu or "",
        edition=row.edition or "",
        kind=ContractKind(row.kind),
        status=ContractStatus(row.status),
        spend=tuple(sorted(years, key=lambda each: (each.year, each.is_recorded))),
    )


def spend_rows(contract: Contract, contract_id: int) -> dict[tuple[int, bool], ContractSpendRow]:
    """The spend of a contract as new rows, by year and whether it is recorded."""
    return {
        (spend.year, spend.is_recorded): ContractSpendRow(
            contract_id=contract_id, year_index=spend.year, is_recorded=spend.is_recorded, amount=spend.amount
        )
        for spend in contract.spend
    }


def commitment_row(commitment: Commitment, contract_id: int, position: int) -> CommitmentRow:
    """A commitment as a new row; its quantities have rows of their own."""
    rate = commitment.rate
    return CommitmentRow(
        contract_id=contract_id,
        position=position,
        measure=commitment.measure,
        contract_share=commitment.contract_share,
        place=commitment.place,
        statement=commitment.statement,
        rate_quantity=rate.quantity if rate else None,
        rate_per_pounds=rate.per_pounds if rate else None,
        cost=commitment.cost,
        project=commitment.project,
    )


def commitment_of(row: CommitmentRow, years: Iterable[CommitmentYearRow]) -> Commitment:
    """The commitment that a row holds, with the quantities of its years."""
    return Commitment(
        key=str(row.id),
        measure=row.measure,
        quantities=_quantities({year.year_index: year.quantity for year in years}),
        contract_share=row.contract_share,
        place=row.place,
        statement=row.statement,
        rate=_rate(row.rate_quantity, row.rate_per_pounds),
        cost=row.cost,
        project=row.project,
    )


def _quantities(by_year: Mapping[int, Decimal | None]) -> tuple[Decimal | None, ...]:
    return tuple(by_year.get(year) for year in range(max(by_year, default=-1) + 1))


def _rate(quantity: Decimal | None, per_pounds: Decimal | None) -> Rate | None:
    return None if quantity is None or per_pounds is None else Rate(quantity, per_pounds)


def year_rows(quantities: Sequence[Decimal | None], commitment_id: int) -> dict[int, CommitmentYearRow]:
    """The quantities of a commitment as new rows, by contract year."""
    return {
        year: CommitmentYearRow(commitment_id=commitment_id, year_index=year, quantity=quantity)
        for year, quantity in enumerate(quantities)
    }


def council_row(settings: CouncilSettings, logo_id: int | None) -> CouncilRow:
    """The council's settings as a new row; the logo's bytes are kept apart."""
    return CouncilRow(
        id=1,
        council_name=settings.council_name,
        logo_id=logo_id,
        is_example=settings.is_example,
        default_menu=settings.default_menu,
        default_edition=settings.default_edition,
        area=settings.area,
    )


def council_of(row: CouncilRow, logo: bytes) -> CouncilSettings:
    """The council's settings that a row holds."""
    return CouncilSettings(
        council_name=row.council_name,
        logo=logo,
        is_example=row.is_example,
        default_menu=row.default_menu,
        default_edition=row.default_edition,
        area=row.area,
    )


def rule_row(rule: PolicyRule, position: int) -> PolicyRuleRow:
    """A policy rule as a new row."""
    return PolicyRuleRow(
        position=position,
        code=rule.code,
        kind=rule.kind.value,
        title=rule.title,
        in_force_from=rule.in_force_from,
        in_force_until=rule.in_force_until,
        threshold=rule.threshold,
        share=rule.share,
        counted_in=rule.counted_in.value,
        per=rule.per,
        outcomes=rule.outcomes,
        rounding=rule.rounding.value,
        wording=rule.text,
        **_source_columns(rule.source),
    )


def rule_of(row: PolicyRuleRow) -> PolicyRule:
    """The policy rule that a row holds."""
    return PolicyRule(
        code=row.code,
        kind=RuleKind(row.kind),
        title=row.title,
        in_force_from=row.in_force_from,
        in_force_until=row.in_force_until,
        threshold=row.threshold,
        share=row.share,
        counted_in=CountedIn(row.counted_in),
        per=row.per,
        outcomes=row.outcomes,
        rounding=Rounding(row.rounding),
        text=row.wording,
        source=_source_of(row),
    )


def wage_row(wage: LivingWage) -> LivingWageRow:
    """A living wage as a new row."""
    return LivingWageRow(in_force_from=wage.in_force_from, hourly=wage.hourly, **_source_columns(wage.source))


def wage_of(row: LivingWageRow) -> LivingWage:
    """The living wage that a row holds."""
    return LivingWage(row.in_force_from, row.hourly, _source_of(row))


def _source_columns(source: RuleSource | None) -> dict[str, Any]:
    if source is None:
        return {"source_title": None}
    return {
        "source_title": source.title,
        "source_publisher": source.publisher,
        "source_year": source.year,
        "source_address": source.address,
    }


def _source_of(row: Sourced) -> RuleSource | None:
    if row.source_title is None:
        return None
    return RuleSource(row.source_title, row.source_publisher, row.source_year, row.source_address)
