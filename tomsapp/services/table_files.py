"""Any table of the window as a CSV file or an Excel workbook."""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from pathlib import Path

from tomsapp.exchange.tables import Cell, ColumnKind, Table, TableColumn, write_csv
from tomsapp.exchange.tables_xlsx import BookProperties, write_xlsx
from tomsapp.menufiles.files import write_whole
from tomsapp.services.workspace import Workspace

__all__ = ["Cell", "ColumnKind", "Table", "TableColumn", "TableFormat", "save_table", "save_workbook"]


class TableFormat(Enum):
    """The file that a table is written as; the value is how its name ends."""

    CSV = ".csv"
    XLSX = ".xlsx"


def save_table(workspace: Workspace, table: Table, path: Path, created: datetime) -> Path:
    """Write a table, as a workbook unless the name ends in .csv; gives the path that was written.

    Raises:
        TomsError: the file cannot be written; says what to do.
    """
    if path.suffix.lower() == TableFormat.CSV.value:
        write_whole(path, write_csv(table))
        return path
    return save_workbook(workspace, [table], table.title, path, created)


def save_workbook(workspace: Workspace, tables: Sequence[Table], title: str, path: Path, created: datetime) -> Path:
    """Write tables as one workbook, a sheet each; gives the path that was written.

    Raises:
        TomsError: the file cannot be written; says what to do.
    """
    target = path if path.suffix.lower() == TableFormat.XLSX.value else path.with_name(f"{path.name}.xlsx")
    settings = workspace.settings
    properties = BookProperties(
        title=title, created=created, author=settings.council_name, is_example=settings.is_example
    )
    write_whole(target, write_xlsx(tables, properties))
    return target
