"""An edition as a file: a table for a spreadsheet, or a bundle that another computer reads as the same edition."""

from datetime import datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import assert_never

from tomsapp.domain.menu import MenuEdition
from tomsapp.exchange.tables import Cell, ColumnKind, Table, TableColumn
from tomsapp.exchange.tables_xlsx import BookProperties, write_xlsx
from tomsapp.menufiles.export import HEADS, edition_csv, edition_rows
from tomsapp.menufiles.files import write_whole
from tomsapp.services.workspace import Workspace

_NUMBERS = (
    "Unit value", "Low", "High", "Published value", "Employment outcome", "Deadweight share", "Displacement share",
    "Benefit years", "Drop-off share",
)  # fmt: skip
_KINDS = dict.fromkeys(_NUMBERS, ColumnKind.QUANTITY)


class EditionFormat(Enum):
    """The file that an edition is written as; the value is how its name ends."""

    CSV = ".csv"
    XLSX = ".xlsx"
    BUNDLE = ".json"


def export_edition(
    workspace: Workspace, edition: MenuEdition, kind: EditionFormat, path: Path, created: datetime
) -> Path:
    """Write an edition; gives the path that was written.

    Raises:
        MenuError: it cannot be written.
    """
    target = path if path.suffix.lower() == kind.value else path.with_name(f"{path.name}{kind.value}")
    write_whole(target, _bytes_of(workspace, edition, kind, created))
    return target


def _bytes_of(workspace: Workspace, edition: MenuEdition, kind: EditionFormat, created: datetime) -> bytes:
    match kind:
        case EditionFormat.CSV:
            return edition_csv(edition)
        case EditionFormat.BUNDLE:
            return workspace.bundle(edition.code, edition.edition)
        case EditionFormat.XLSX:
            return _workbook(workspace, edition, created)
        case _:
            assert_never(kind)


def _workbook(workspace: Workspace, edition: MenuEdition, created: datetime) -> bytes:
    settings = workspace.settings
    properties = BookProperties(
        title=edition.name, created=created, author=settings.council_name, is_example=settings.is_example
    )
    columns = [TableColumn(head, _KINDS.get(head, ColumnKind.TEXT)) for head in HEADS]
    rows = [
        [_cell(text, column.kind) for text, column in zip(row, columns, strict=True)] for row in edition_rows(edition)
    ]
    return write_xlsx([Table(edition.name, columns, rows)], properties)


def _cell(text: str, kind: ColumnKind) -> Cell:
    """A cell of the CSV table as a workbook keeps it: numbers as numbers, text without the CSV's guard."""
    if kind is ColumnKind.TEXT:
        return text.removeprefix("'")
    return Decimal(text) if text else None
