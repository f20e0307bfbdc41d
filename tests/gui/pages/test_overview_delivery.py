"""What was delivered, on the Overview as a manager uses it: looks, narrows, opens lines, goes on to the evidence."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog

from tests.services.council import open_as
from tomsapp.domain.delivered_portfolio import DELIVERED_GROUPINGS, DeliveredSignal, Signal, SignedBesideToday
from tomsapp.domain.delivery.figures import State
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.domain.portfolio import BY_TIME, OVERLAPPING, Grouping
from tomsapp.domain.saved_view import OverviewView, SavedView
from tomsapp.domain.wording import format_pounds
from tomsapp.gui.delivery.place import DeliveryPlace
from tomsapp.gui.overview.delivered.rows import columns_of
from tomsapp.gui.overview.due_by import quarter_ends
from tomsapp.gui.pages.overview_page import OverviewPage
from tomsapp.gui.pages.views_page import ViewsPage
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.state_bar import BarParts
from tomsapp.services import overview_delivered
from tomsapp.services.delivery import open_delivery
from tomsapp.services.delivery_held import HAS_DELIVERIES
from tomsapp.services.overview import Filters
from tomsapp.services.saved_views import SAVED_VIEWS, view_of

TODAY, UNTIL = date(2026, 11, 30), date(2026, 9, 30)
STATES = (State.DUE, State.CLAIMED, State.EVIDENCED, State.ACCEPTED)


@pytest.fixture
def session(jobs, preferences, tmp_path, examples):
    workspace = open_as(examples.copy(tmp_path, TODAY), "R. Castell")
    made = Session(jobs, workspace.catalogue, preferences, "R. Castell")
    made.set_workspace(workspace)
    yield made
    made.set_workspace(None)


@pytest.fixture
def page(qtbot, session):
    made = OverviewPage(session)
    qtbot.addWidget(made)
    session.changed.connect(made.refresh)
    made.resize(1278, 700)
    made.show()
    press(made.side, "Delivery")
    made.delivered._on_day(UNTIL)
    return made


def press(inside, words):
    next(button for button in inside.findChildren(QAbstractButton) if button.text() == words).click()


def names(ticks):
    return [ticks.list.item(row).text() for row in range(ticks.list.count())]


def shown_rows(page, grouping):
    page.delivery.states.show_grouping(grouping)
    table = page.delivery.states.table(grouping)
    return table, table.model().shown_rows()


def test_headlines_are_the_sums_of_the_single_contracts(page, session):
    opened = [
        open_delivery(session.workspace, contract.id, UNTIL)
        for contract in page._cube.contracts
        if contract.status in HAS_DELIVERIES
    ]
    for state, card in zip(STATES, page.delivery.headlines.cards[1:], strict=True):
        whole = sum((getattr(each.delivered.pounds, state.value) for each in opened), start=Decimal(0))
        assert f", {format_pounds(whole)}, " in card.accessibleName()
    assert "real pounds" in page.delivery.headlines.due.accessibleName()


def test_every_grouping_adds_up_to_the_total(page):
    figures = page.delivered.figures
    for grouping in DELIVERED_GROUPINGS:
        table, rows = shown_rows(page, grouping)
        assert table.isVisible()
        assert len(rows) == len(figures.rows(grouping)) > 0
        if grouping not in OVERLAPPING:
            for state in STATES:
                assert sum(row.pounds.of(state) for row in rows) == figures.pounds.of(state), grouping
        for state in STATES:
            assert format_pounds(figures.pounds.of(state)) in page.delivery.states.total.text()


def test_real_pounds_stand_apart(page):
    press(page.delivery.states.pounds, "Real pounds")
    _table, rows = shown_rows(page, Grouping.THEME)
    figures = page.delivered.figures
    assert sum(row.pounds.accepted for row in rows) == figures.real.accepted != figures.pounds.accepted
    assert page.delivery.states.total.text().startswith(f"Real pounds: due {format_pounds(figures.real.due)}")


def test_the_managers_question_is_answered_in_four_clicks(page, qtbot):
    """What did a ward get from large suppliers in a quarter, in real money, and is it true?"""
    bar = page.filter_bar
    line = next(
        each
        for each in overview_delivered.delivered_lines(page.delivered._delivered, bar.filters)
        if each.real.accepted
    )
    bar.open_more()
    lists = bar.all_filters.lists

    def click(key, words):
        ticks = lists[key].list
        item = next(ticks.item(row) for row in range(ticks.count()) if ticks.item(row).text() == words)
        item.setCheckState(Qt.CheckState.Checked)

    click(Grouping.WARD, line.place)
    click(Grouping.SUPPLIER_KIND, line.supplier_kind)
    click(
        Grouping.QUARTER,
        next(name for name in names(lists[Grouping.QUARTER]) if name.startswith(line.financial_quarter)),
    )
    bar.all_filters.close()
    figures = page.delivered.figures
    assert page.delivery.told.text().startswith(line.financial_quarter)
    accepted, evidenced = page.delivery.headlines.cards[4], page.delivery.headlines.cards[3]
    assert figures.real.accepted >= line.real.accepted > 0
    assert f"{format_pounds(figures.real.accepted)} real pounds" in accepted.accessibleName()
    assert f"{format_pounds(figures.real.evidenced)} real pounds" in evidenced.accessibleName()
    assert bar.chips[Grouping.WARD].isVisible()
    bar.clear.click()
    assert bar.filters == Filters(frozenset(HAS_DELIVERIES))


def test_a_figure_leads_to_its_lines_and_a_line_to_its_sums_and_evidence(page, qtbot):
    table, rows = shown_rows(page, Grouping.THEME)
    place = next(place for place, row in enumerate(rows) if row.pounds.accepted)
    column = [each.key for each in table.model().columns].index("accepted")
    table.setCurrentIndex(table.model().index(place, column))
    QTest.keyClick(table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    dialog = page.lists.dialog
    lines = dialog.model.shown_rows()
    assert sum(line.pounds.accepted for line in lines) == rows[place].pounds.accepted
    assert f"{format_pounds(rows[place].pounds.accepted)} accepted" in dialog.total.text()
    with qtbot.waitSignal(page.wants_page) as told:
        dialog.open_button.click()
    assert told.args == ["contracts", DeliveryPlace(lines[0].contract_id, lines[0].commitment, lines[0].quarter)]


def test_what_is_committed_leads_to_the_lines_of_the_commitments(page):
    page.delivery.headlines.committed.click()
    lines = page.lists.dialog.model.shown_rows()
    assert sum(line.social_value for line in lines) == page.delivered.figures.pounds.committed


def test_enter_on_a_row_looks_at_it_alone(page):
    table, rows = shown_rows(page, Grouping.CONTRACT_MANAGER)
    table.setCurrentIndex(table.model().index(0, 0))
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert page.filter_bar.filters.facts == {"contract_manager": frozenset({rows[0].row.key})}
    assert page.delivered.figures.pounds == rows[0].row.pounds


def test_nothing_that_passes_is_said_with_a_way_out(page):
    page.filter_bar.choose(Grouping.SUPPLIER_KIND, ("large",))
    page.filter_bar.choose(Grouping.THEME, ("2",))
    if page.delivered.figures.contracts == 0:
        assert page.no_match.isVisible()
        page.clear_button.click()
    assert page.delivery.isVisible() or page.delivered.figures.contracts


def test_another_day_is_shown_and_said(page, monkeypatch):
    bar = page.filter_bar
    bar.due_by._fill()
    words = [action.text() for action in bar.due_by.menu_of_days.actions()]
    assert words[-1] == "Another day…"
    before = page.delivered.figures.pounds.due
    bar.due_by.chosen.emit(date(2026, 3, 31))
    assert bar.due_by.text() == "Due by: 31 March 2026"
    assert page.delivered.figures.pounds.due < before
    bar.due_by._ask()
    dialog = bar.due_by.dialog
    dialog.day.set_text("nonsense")
    dialog._on_go()
    assert dialog.day.error
    dialog.day.set_text("30 September 2026")
    dialog._on_go()
    assert page.delivered.figures.pounds.due == before


def test_what_was_read_is_kept_for_another_day(page, monkeypatch, qtbot):
    kept = []
    monkeypatch.setattr(overview_delivered, "keep_columns", kept.append)
    page.delivered._on_day(date(2026, 12, 31))
    qtbot.waitUntil(lambda: bool(kept))
    (delivered,) = kept
    assert delivered.until == date(2026, 12, 31) == page.delivered.figures.until


def test_the_ends_of_quarters_are_offered_the_running_one_first():
    ends = quarter_ends(date(2026, 11, 30))
    assert ends[:3] == [date(2026, 12, 31), date(2026, 9, 30), date(2026, 6, 30)]
    assert len(ends) == len(set(ends)) == 9


def test_the_side_and_the_filters_are_remembered_and_each_view_has_its_own(qtbot, page, session):
    page.filter_bar.choose(Grouping.QUARTER, ("2026/27 Q2",))
    page.filter_bar.choose(Grouping.THEME, ("1",))
    press(page.side, "Commitments")
    assert Grouping.QUARTER not in page.filter_bar.filters.keys
    assert page.filter_bar.filters.of(Grouping.THEME) == {"1"}
    assert page.filter_bar.status.isVisible()
    press(page.side, "Delivery")
    again = OverviewPage(session)
    qtbot.addWidget(again)
    again.show()
    assert again.is_delivery
    assert again.filter_bar.filters.of(Grouping.QUARTER) == {"2026/27 Q2"}


def test_counts_lead_to_their_lines_and_all_of_them_to_the_measures(page):
    row = page.delivery.counts.rows[0]
    row.click()
    assert {line.measure for line in page.lists.dialog.model.shown_rows()} == {row.count.measure}
    page.lists.dialog.reject()
    page.delivery.counts.link.click()
    assert page.delivery.states.grouping is Grouping.MEASURE


def test_bars_tell_nothing_that_the_figures_beside_them_do_not(page):
    _table, rows = shown_rows(page, Grouping.THEME)
    column = next(each for each in columns_of(Grouping.THEME) if each.key == "share")
    for row in rows:
        parts = column.bar(row)
        if row.pounds.due:
            due = Fraction(row.pounds.due)
            assert parts == BarParts(*(Fraction(row.pounds.of(state)) / due for state in STATES[1:]))
        else:
            assert (parts, column.text(row)) == (None, "Nothing due")


def test_what_needs_a_look_leads_to_where_it_is(page, qtbot):
    told = (
        DeliveredSignal(Signal.NEVER_CHOSEN, 2, "2 measures never chosen", "Of 70", measures=(("J01", "Jobs"),)),
        DeliveredSignal(Signal.OVERDUE, 0, "Nothing", ""),
    )
    today = [SignedBesideToday("J01", "Jobs", 1, Decimal("2.00"), Decimal("3.00"), "New wages", "As paid", ("m 1",))]
    page.delivery.show_beside(today, told)
    assert [row.told.number for row in page.delivery.signals.rows] == [2]
    page.delivery.signals.rows[0].click()
    assert page.lists.dialog.model.shown_rows() == [("J01", "Jobs")]
    with qtbot.waitSignal(page.wants_page) as went:
        page.lists.dialog.open_button.click()
    assert went.args == ["menu", ("barnet-open", "2026.2", "J01")]
    assert "£2.00 as signed, £3.00 at today’s values, +£1.00" in page.delivery.today.total.text()


def test_a_cell_of_the_quarter_grid_can_be_led_to():
    assert DeliveryPlace(1, "k", Quarter(0, 1)) == DeliveryPlace(1, "k", Quarter(0, 1))
    assert not BY_TIME & OVERLAPPING
    assert overview_delivered.day_at_first(date(2026, 11, 30)) == UNTIL


def test_a_view_is_saved_by_name_and_opened_again(page, session, qtbot):
    bar = page.filter_bar
    bar.choose(Grouping.THEME, ("1",))
    bar.choose(Grouping.QUARTER, ("2026/27 Q1",))
    page.views.button.ask()
    dialog = page.views.button.dialog
    dialog.form.field("name").set_text("Jobs in the first quarter")
    with qtbot.waitSignal(page.wants_toast) as told:
        dialog.editor.save()
    assert told.args[0].text == "Saved as view Jobs in the first quarter"
    (row,) = SAVED_VIEWS.named(session.workspace)
    assert row.record == view_of("Jobs in the first quarter", OverviewView.DELIVERY, bar.filters, UNTIL)
    kept = page.delivered.figures
    press(page.side, "Commitments")
    bar.clear_all()
    page.views.button.read()
    action = page.views.button.choices.actions()[0]
    assert action.text() == "Jobs in the first quarter"
    action.trigger()
    assert page.is_delivery
    assert bar.filters.of(Grouping.THEME) == {"1"}
    assert page.delivered.figures == kept


def test_a_view_whose_supplier_is_gone_says_so(page, session, qtbot):
    gone = SavedView("Old", OverviewView.DELIVERY, frozenset({"supplier 99999", "theme 1"}))
    with qtbot.waitSignal(page.wants_toast) as told:
        page.views.open(gone)
    assert "is no more, so this view shows more than when it was saved" in told.args[0].text
    assert page.filter_bar.filters.of(Grouping.THEME) == {"1"}


def test_saved_views_are_renamed_and_deleted_on_their_page(qtbot, page, session):
    SAVED_VIEWS.add(session.workspace, SavedView("Old"))
    with qtbot.waitSignal(page.wants_page) as told:
        page.views.button.manage_wanted.emit()
    assert told.args == ["views", None]
    views = ViewsPage(session)
    qtbot.addWidget(views)
    views.show()
    qtbot.waitUntil(lambda: views.table.model().rowCount() == 1)


def test_what_is_exported_has_the_totals_of_the_screen(page, tmp_path, monkeypatch):
    path = tmp_path / "delivered.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    page.filter_bar.choose(Grouping.THEME, ("1", "3"))
    figures = page.delivered.figures
    export = page.delivered.export
    export.lines.trigger()
    assert sums_of(path, "Accepted") == figures.pounds.accepted
    export.tables[Grouping.SUPPLIER].trigger()
    assert sums_of(path, "Due") == figures.pounds.due
    path = tmp_path / "delivered.xlsx"
    export.workbook.trigger()
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[0] == "Delivered"
    told = {row[0].value: row[1].value for row in book["Delivered"].iter_rows() if row[0].value}
    assert Decimal(str(told["Proxy pounds accepted"])) == figures.pounds.accepted


def sums_of(path, head):
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    start = next(place for place, row in enumerate(rows) if head in row)
    place = rows[start].index(head)
    return sum(Decimal(row[place]) for row in rows[start + 1 :] if len(row) > place and row[place])
