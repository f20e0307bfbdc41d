from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from tomsapp.gui.models.column import Column
from tomsapp.gui.models.row_model import LINK_ROLE, ROW_ROLE, SECOND_LINE_ROLE, RowModel


@dataclass(frozen=True)
class Line:
    title: str
    reference: str
    value: Decimal | None


COLUMNS = (
    Column("title", "Contract", lambda r: r.title, second_line=lambda r: r.reference),
    Column(
        "value", "Value", lambda r: f"£{r.value}", sort_key=lambda r: r.value, align="right", width=90, is_link=True
    ),
)
ROWS = [
    Line("Leisure centre", "C-1", Decimal("9.50")),
    Line("home care", "C-2", None),
    Line("Digital desk", "C-3", Decimal(10)),
    Line("Housing east", "C-4", Decimal("3000000000.01")),
    Line("Housing west", "C-5", Decimal("9.50")),
]


@pytest.fixture
def model(qapp):
    made = RowModel(COLUMNS)
    made.set_rows(ROWS)
    return made


def references(model):
    return [row.reference for row in model.shown_rows()]


def test_model_keeps_the_rules_of_qt(model, qtmodeltester):
    qtmodeltester.check(model)


def test_money_sorts_by_value_and_rows_without_one_stand_last(model):
    model.sort(1, Qt.SortOrder.AscendingOrder)
    assert references(model) == ["C-1", "C-5", "C-3", "C-4", "C-2"]
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert references(model) == ["C-4", "C-3", "C-1", "C-5", "C-2"]
    model.sort(-1)
    assert references(model) == ["C-1", "C-2", "C-3", "C-4", "C-5"]


def test_text_sorts_whatever_the_case(model):
    model.sort(0)
    assert references(model) == ["C-3", "C-2", "C-4", "C-5", "C-1"]


def test_search_wants_every_word_and_looks_in_second_lines(model):
    model.search("HOUSING c-5")
    assert references(model) == ["C-5"]
    assert model.is_filtered
    model.search("")
    assert model.rowCount() == model.total == 5


def test_filter_search_and_sort_work_together(model):
    model.sort(1, Qt.SortOrder.DescendingOrder)
    model.set_filter(lambda row: row.value is not None)
    model.search("e")
    assert references(model) == ["C-4", "C-3", "C-1", "C-5"]
    model.set_rows(ROWS[:3])
    assert references(model) == ["C-3", "C-1"]


def test_index_kept_by_a_view_follows_its_row(model):
    from PySide6.QtCore import QPersistentModelIndex

    kept = QPersistentModelIndex(model.index(3, 0))
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert kept.row() == 0
    assert kept.data(ROW_ROLE) is ROWS[3]


def test_cells_tell_text_name_and_row(model):
    cell = model.index(0, 1)
    assert cell.data() == "£9.50"
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == "Value, £9.50"
    assert "Ctrl+Enter" in cell.data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert cell.data(LINK_ROLE) is True
    assert model.index(0, 0).data(SECOND_LINE_ROLE) == "C-1"
    assert cell.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Value"
    assert model.place_of(lambda row: row.reference == "C-3") == 2
    assert model.place_of(lambda row: row.reference == "C-9") is None


def test_search_text_is_made_in_idle_moments(model, qtbot):
    qtbot.waitUntil(lambda: len(model._haystack) == 5)
    assert not model._idle.isActive()
