"""The grid itself: folding, moving, the window of years, what is read out."""

from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from tests.gui.contract.conftest import a_contract, line
from tomsapp.domain.commitment import Rate
from tomsapp.domain.contract import ContractKind, YearSpend
from tomsapp.gui.contract.grid_model import FIRST_YEAR, UNIT_VALUE
from tomsapp.gui.contract.grid_view import GridView
from tomsapp.gui.contract.row_layout import broken, lay_out_line
from tomsapp.gui.contract.rows import GroupRow, LineRow
from tomsapp.gui.theme import current_theme
from tomsapp.services import commitments, contracts

NAME = Qt.ItemDataRole.AccessibleTextRole


def test_space_folds_a_theme_and_its_row_says_so(desk):
    d = desk()
    rows = d.model.rowCount()
    d.table.go_to(0, 0)
    assert d.model.index(0, 0).data(NAME) == "Fair work and poverty, 3 commitments, £88,535.22, expanded"
    QTest.keyClick(d.table, Qt.Key.Key_Space)
    assert d.model.rowCount() < rows
    assert d.model.index(0, 0).data(NAME).endswith("folded")
    QTest.keyClick(d.table, Qt.Key.Key_Return)
    assert d.model.rowCount() == rows


def test_cells_are_read_out_with_year_title_and_unit(desk):
    d = desk()
    cell = d.model.index(d.row("J01"), FIRST_YEAR + 1)
    assert cell.data(NAME) == "2027/28, Unemployed resident into sustained work, 1 full-time job"
    blank = d.model.index(d.row("G01"), FIRST_YEAR + 2)
    assert blank.data(NAME) == "2028/29, Greenhouse gas emissions avoided, blank"
    value = d.model.index(d.row("J01"), d.model.value_column)
    assert "Ctrl+Enter" in value.data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert d.table.accessibleName() == "Commitments of C-2026-004"


def test_down_keeps_the_column_over_groups_and_problems(desk):
    d = desk()
    d.cell("J01", 2)
    for _ in range(3):
        QTest.keyClick(d.table, Qt.Key.Key_Down)
    assert (d.model.line_at(d.table.currentIndex().row()).commitment.measure) == "J11"
    assert d.table.currentIndex().column() == FIRST_YEAR + 2


def test_fifty_years_move_in_a_window_with_the_outer_columns_in_view(desk):
    d = desk(lines=(line("J11", *[1] * 50),), contract=a_contract(years=50))
    d.cell("J11", 0)
    assert d.model.columnCount() == 54
    for _ in range(49):
        QTest.keyClick(d.table, Qt.Key.Key_Right)
    assert d.table.currentIndex().column() == FIRST_YEAR + 49
    for column in (0, FIRST_YEAR + 49, d.model.value_column):
        rect = d.table.visualRect(d.model.index(d.row("J11"), column))
        assert rect.width() > 0
        assert rect.left() >= 0
        assert rect.right() < d.table.viewport().width()
    assert d.table.isColumnHidden(FIRST_YEAR)


def test_a_one_year_contract_has_one_year_column(desk):
    d = desk(lines=(line("J11", 2),), contract=a_contract(years=1))
    assert [d.model.head(column) for column in range(d.model.columnCount())] == [
        "Commitment",
        "Unit value",
        "2026/27",
        "Share",
        "Social value",
    ]


def test_a_promise_per_pound_shows_what_it_comes_to_and_takes_no_typing(desk):
    spend = (YearSpend(0, Decimal("2300000.00")),)
    framework = a_contract(years=1, kind=ContractKind.FRAMEWORK, spend=spend)
    promise = Rate(Decimal(2), Decimal("1000000.00"))
    d = desk(lines=(line("S08", None, rate=promise),), contract=framework)
    assert d.shown("S08", FIRST_YEAR) == "4.6"
    assert not d.model.is_quantity(d.row("S08"), FIRST_YEAR)
    assert "2 weeks for every £1,000,000.00" in d.model.index(d.row("S08"), 0).data(NAME)


def test_an_empty_contract_says_what_fills_it(desk):
    d = desk(lines=())
    assert d.page.lines._stack.currentIndex() == 1
    assert d.page.tabs._group.button(0).text() == "Commitments (0)"
    assert d.page.add_button.isHidden()
    d.page.lines._empty_buttons[0].click()
    assert d.page.picker.isVisible()
    d.page.picker.reject()


def test_the_head_shows_the_facts(desk):
    d = desk()
    assert d.page.title == "Housing repairs and empty homes, east"
    places = []
    d.page.wants_page.connect(lambda key, target: places.append((key, target)))
    d.page.header.facts.chosen.emit("supplier")
    assert places == [("suppliers", d.page.editor.opened.supplier_id)]


def test_years_that_do_not_fit_are_offered_after_a_contract_whose_years_fit(desk):
    d = desk(lines=(line("J11", 5, 5),), contract=a_contract(years=2))
    longer = contracts.add_contract(d.workspace, a_contract(years=5, reference="C-2026-009"), None).result.id
    commitments.add_commitments(d.workspace, longer, (line("J11", 5, 5, 5, 5, 5),), "Add")
    table = d.page.lines.table
    d.page.resize(d.page.width() - table.width() + 660, 700)
    assert table.shown_years == 2
    assert d.page.lines.years.isHidden()
    d.page.show_target(longer)
    assert table.shown_years < 5
    assert d.page.lines.years.isVisible()


def test_years_that_do_not_fit_are_those_of_the_contract_that_is_shown(desk):
    d = desk(lines=(line("J11", *[1] * 12),), contract=a_contract(years=12))
    days = {"start_on": date(2030, 1, 1), "end_on": date(2041, 12, 31)}
    later = a_contract(years=12, reference="C-2026-009", **days)
    other = contracts.add_contract(d.workspace, later, None).result.id
    commitments.add_commitments(d.workspace, other, (line("J11", *[1] * 12),), "Add")
    shown = d.table.shown_years
    before = d.page.lines.years.later.text()
    d.page.show_target(other)
    assert d.table.shown_years == shown
    assert d.page.lines.years.later.text() == f"{2030 + shown} ›" != before


def test_a_long_title_takes_two_lines_where_the_years_leave_little_room(desk):
    d = desk(lines=(line("J11", *[1] * 5), line("V01", *[5] * 5)), contract=a_contract(years=5))
    row = d.model.line_at(d.row("J11"))
    narrow, wide = lay_out_line(row, 210), lay_out_line(row, 600)
    assert narrow.titles == ("Worker raised to the", "London Living Wage")
    assert wide.titles == ("Worker raised to the London Living Wage",)
    assert narrow.height > wide.height
    assert d.table.rowHeight(d.row("J11")) == lay_out_line(row, d.table.columnWidth(0)).height


def test_years_that_do_not_fit_are_named_and_a_press_away(desk):
    d = desk(lines=(line("J11", *[1] * 12),), contract=a_contract(years=12))
    bar, shown = d.page.lines.years, d.table.shown_years
    assert bar.isVisible()
    assert f"Years 1 to {shown} of 12" in [label.text() for label in bar.findChildren(QLabel)]
    assert bar.earlier.isHidden()
    assert bar.later.text() == f"{d.model.years[shown].label} ›"
    bar.later.setFocus()
    QTest.keyClick(bar.later, Qt.Key.Key_Return)
    assert d.table.first_year == shown
    assert bar.earlier.text() == f"‹ {d.model.years[shown - 1].label}"
    for _ in range(6):
        bar.later.click()
    assert bar.later.isHidden()
    assert d.table.first_year == 12 - d.table.shown_years


def test_years_that_fit_need_no_bar(desk):
    assert desk(lines=(line("J11", 1, 1, 1),)).page.lines.years.isHidden()


def test_a_quantity_lays_out_and_tells_only_the_rows_that_it_changes(desk, monkeypatch):
    d = desk()
    rows, told, measured = list(d.model.rows), [], []
    measure = GridView._height_of
    monkeypatch.setattr(
        GridView, "_height_of", staticmethod(lambda row, *sizes: measured.append(row.key) or measure(row, *sizes))
    )
    d.model.dataChanged.connect(
        lambda first, last: told.extend(d.model.rows[n].key for n in range(first.row(), last.row() + 1))
    )
    key = d.model.line_at(d.row("S08")).commitment.key
    d.page.editor.type_quantity(key, 0, "41")
    before = {row.key: row for row in rows}
    place = d.model.line_at(d.row("S08")).line.place
    own = {f"line:{key}", f"theme:{place.theme.number}", f"outcome:{place.outcome.code}"}
    changed = {row.key for row in d.model.rows if before.get(row.key) != row}
    assert own <= changed
    assert {each.partition(":")[0] for each in changed - own} <= {"problem"}
    assert len(changed) < len(rows) / 2
    assert set(told) == changed
    assert set(measured) == changed
    kept = {row.key: row for row in rows if isinstance(row, LineRow)}
    assert [row.key for row in d.model.lines() if row is not kept[row.key]] == [f"line:{key}"]


def test_rows_are_laid_out_anew_where_the_width_or_the_text_size_is_another(desk):
    d = desk()
    heights = [d.table.rowHeight(row) for row in range(d.model.rowCount())]
    current_theme().set_text_size(150)
    assert all(d.table.rowHeight(row) > height for row, height in enumerate(heights))
    current_theme().set_text_size(100)
    assert [d.table.rowHeight(row) for row in range(d.model.rowCount())] == heights


def test_a_column_has_room_for_the_longest_text_that_comes_and_gives_it_back(desk):
    d = desk()
    narrow = d.table.columnWidth(FIRST_YEAR)
    key = d.model.line_at(d.row("V01")).commitment.key
    d.page.editor.type_quantity(key, 0, "123456789")
    assert d.table.columnWidth(FIRST_YEAR) > narrow
    d.page.editor.type_quantity(key, 0, "5")
    assert d.table.columnWidth(FIRST_YEAR) == narrow


def test_problems_keep_the_whole_width_when_rows_come_and_go(desk):
    d = desk()
    key = d.model.line_at(d.row("J11")).commitment.key
    for text in ("-3", "5", "x", "5"):
        d.page.editor.type_quantity(key, 0, text)
        spans = [d.table.columnSpan(row, 0) for row in range(d.model.rowCount())]
        wanted = [1 if d.model.line_at(row) else d.model.columnCount() for row in range(d.model.rowCount())]
        assert spans == wanted


def test_rows_that_do_not_fit_are_laid_out_once_though_a_scroll_bar_comes(desk, monkeypatch, qapp):
    measured, measure = [], GridView._height_of
    monkeypatch.setattr(
        GridView, "_height_of", staticmethod(lambda row, *sizes: measured.append(row.key) or measure(row, *sizes))
    )
    d = desk(lines=tuple(line("G01", 1, 1, 1) for _ in range(40)))
    qapp.processEvents()
    assert not d.table.verticalScrollBar().isHidden()
    assert sorted(measured) == sorted(row.key for row in d.model.rows)
    assert (
        d.table.columnWidth(0) + sum(d.table.columnWidth(column) for column in range(1, d.model.columnCount()))
        == d.table.viewport().width()
    )


def test_the_longest_text_of_a_column_is_found_without_wording_every_value(desk):
    d = desk(lines=(line("J01", 2), line("J11", 10), line("G01", 3_000_000), line("S08", 5), line("J04", 1)))
    rows = [row for row in d.model.rows if isinstance(row, (LineRow, GroupRow))]
    longest = d.model.longest_texts()
    for column in (*range(UNIT_VALUE, d.model.share_column), d.model.value_column):
        assert len(longest[column]) == max(len(d.model.text(row, column)) for row in rows)


def test_a_title_is_broken_anew_at_another_text_size(desk):
    desk()
    words = "Unemployed resident into sustained work"
    small = broken(words, "body", 280.0)
    current_theme().set_text_size(150)
    metrics = QFontMetricsF(current_theme().font("body"))
    large = broken(words, "body", 280.0)
    assert len(large) > len(small)
    assert all(metrics.horizontalAdvance(part) <= 280 for part in large)
    current_theme().set_text_size(100)
    assert broken(words, "body", 280.0) == small


def test_a_year_that_is_in_view_stays_there_whatever_is_typed(desk):
    d = desk(lines=(line("V01", 1, 1, 1), line("J11", 5, 5, 5)))
    d.page.resize(850, 700)
    before = d.table.shown_years
    assert before == 3
    d.page.editor.set_quantities({(d.saved("V01").key, year): Decimal("10000000.00") for year in range(3)})
    assert d.table.shown_years == before
    assert not any(d.table.isColumnHidden(FIRST_YEAR + year) for year in range(before))


def test_four_years_are_in_view_at_the_first_size_of_the_window(desk):
    d = desk(lines=(line("V01", 50000, 50000, 50000, 50000),), contract=a_contract(years=4))
    d.page.resize(914, 700)
    assert d.table.shown_years == 4
