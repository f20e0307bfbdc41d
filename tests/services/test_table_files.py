from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from tomsapp.bootstrap import menu_catalogue
from tomsapp.domain.errors import TomsError
from tomsapp.services import databases
from tomsapp.services.table_files import ColumnKind, Table, TableColumn, save_table

AT = datetime(2026, 4, 1, 12, tzinfo=UTC)
TABLE = Table(
    "Contracts",
    (TableColumn("Title"), TableColumn("Value", ColumnKind.POUNDS), TableColumn("Start", ColumnKind.DATE)),
    [("=1+1", Decimal("4200000.10"), date(2026, 4, 1))],
)


@pytest.fixture
def workspace(tmp_path):
    made = databases.make_database(tmp_path / "a.db", menu_catalogue(), "A. Okafor")
    yield made
    made.close()


def test_name_without_an_ending_becomes_a_workbook_with_exact_numbers(workspace, tmp_path):
    path = save_table(workspace, TABLE, tmp_path / "list", AT)
    assert path.name == "list.xlsx"
    cells = [cell.value for row in load_workbook(path).active.iter_rows() for cell in row if cell.value is not None]
    assert "=1+1" in cells
    assert 4200000.1 in cells


def test_csv_guards_formulas(workspace, tmp_path):
    path = save_table(workspace, TABLE, tmp_path / "list.csv", AT)
    assert path.read_text(encoding="utf-8-sig").splitlines()[1] == "'=1+1,4200000.10,2026-04-01"


def test_folder_that_is_not_there_is_said(workspace, tmp_path):
    with pytest.raises(TomsError, match="cannot be written"):
        save_table(workspace, TABLE, tmp_path / "none" / "list.csv", AT)
