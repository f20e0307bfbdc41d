"""The list of suppliers: its columns on screen and in an exported file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from tomsapp.domain.wording import format_pounds
from tomsapp.gui.models.column import Column
from tomsapp.services.suppliers import SupplierListRow
from tomsapp.services.table_files import ColumnKind, Table, TableColumn

Row = SupplierListRow


def columns_with(committed: Mapping[int, Decimal]) -> tuple[Column[Row], ...]:
    """The columns; `committed` has the social value of each supplier by its number and is filled when it is known."""

    def words(row: Row) -> str:
        return format_pounds(committed[row.id]) if row.id in committed else ""

    return (
        Column(
            "name",
            "Name",
            lambda row: row.supplier.name,
            second_line=lambda row: row.supplier.kind.words,
            can_hide=False,
        ),
        Column("kind", "Kind", lambda row: row.supplier.kind.words, width=220, starts_hidden=True),
        Column("local", "Local", lambda row: "Yes" if row.supplier.is_local else "No", width=80, is_searched=False),
        Column("registration", "Registration", lambda row: row.supplier.registration, width=130, starts_hidden=True),
        Column("contact", "Contact", lambda row: row.supplier.contact_name, width=170, starts_hidden=True),
        Column(
            "contracts",
            "Contracts",
            lambda row: f"{row.contracts:,}",
            sort_key=lambda row: row.contracts,
            align="right",
            width=100,
            is_searched=False,
        ),
        Column(
            "value",
            "Contract value",
            lambda row: format_pounds(row.contract_value),
            sort_key=lambda row: row.contract_value,
            align="right",
            width=140,
            is_searched=False,
        ),
        Column(
            "social_value",
            "Social value",
            words,
            sort_key=lambda row: committed.get(row.id),
            align="right",
            width=130,
            is_searched=False,
        ),
    )


def table_of(rows: Sequence[Row], committed: Mapping[int, Decimal]) -> Table:
    """The suppliers as a table for a file."""
    columns = (
        TableColumn("Name"),
        TableColumn("Kind"),
        TableColumn("Registration number"),
        TableColumn("Local"),
        TableColumn("Contact name"),
        TableColumn("Contact e-mail"),
        TableColumn("Contracts", ColumnKind.WHOLE),
        TableColumn("Contract value", ColumnKind.POUNDS),
        TableColumn("Social value", ColumnKind.POUNDS),
    )
    return Table("Suppliers", columns, [_cells(row, committed.get(row.id)) for row in rows])


def _cells(row: Row, committed: Decimal | None) -> tuple[str | int | Decimal | None, ...]:
    supplier = row.supplier
    return (
        supplier.name,
        supplier.kind.words,
        supplier.registration,
        "Yes" if supplier.is_local else "No",
        supplier.contact_name,
        supplier.contact_email,
        row.contracts,
        row.contract_value,
        committed,
    )
