import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tomsapp.exchange.numbers import unguarded
from tomsapp.exchange.tables import ColumnKind, Table, TableColumn, write_csv

TABLE = Table(
    "Contracts",
    [
        TableColumn("=Contract"),
        TableColumn("Value", ColumnKind.POUNDS),
        TableColumn("Units", ColumnKind.QUANTITY),
        TableColumn("Share", ColumnKind.PERCENT),
        TableColumn("Start", ColumnKind.DATE),
        TableColumn("Lines", ColumnKind.WHOLE),
    ],
    [
        ["Énergie, “light”", Decimal("1234.5"), Decimal("-1.250"), Decimal("0.05"), date(2026, 4, 1), 3],
        ["+44", None, "Counted, not valued", None, None, None],
    ],
)


def test_csv_has_a_mark_plain_numbers_and_guarded_text():
    assert (
        write_csv(TABLE)
        == (
            "\ufeff'=Contract,Value,Units,Share,Start,Lines\r\n"
            '"Énergie, “light”",1234.50,-1.25,0.05,2026-04-01,3\r\n'
            '\'+44,,"Counted, not valued",,,\r\n'
        ).encode()
    )


def test_notes_stand_above_the_head_with_an_empty_line_after_them():
    table = Table("t", [TableColumn("a")], [["1"]], ("To 30 September 2026", "=Ward"))
    assert write_csv(table).decode("utf-8-sig") == "To 30 September 2026\r\n'=Ward\r\n\r\na\r\n1\r\n"


def test_a_row_with_too_few_cells_is_a_fault():
    with pytest.raises(ValueError, match="zip"):
        write_csv(Table("t", [TableColumn("a"), TableColumn("b")], [["1"]]))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")), min_size=1, max_size=4))
def test_any_text_comes_back_and_none_starts_a_formula(cells):
    data = write_csv(Table("t", [TableColumn("c")] * len(cells), [cells]))
    _, row = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert [unguarded(cell) for cell in row] == cells
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)
