"""A further kind of record gets its list page, panel, filters, export and history from its declaration alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.gui.lists.people import button, press
from tomsapp.domain.policy_records import LIVING_WAGE, LivingWage
from tomsapp.gui.records.list_columns import FactColumns
from tomsapp.gui.records.record_page import RecordPage, list_of
from tomsapp.gui.records.record_panel import RecordSpec
from tomsapp.services.records import RecordActions

WAGES = RecordActions(LIVING_WAGE, lambda uow: uow.living_wages, forgets=True)
COLUMNS = FactColumns(LIVING_WAGE, lambda row: row.record)
LIST = list_of(COLUMNS, WAGES.all, icon="scale", empty_hint="Add the wage of a year.")
RECORD = RecordSpec(WAGES, lambda: LivingWage(date(2030, 4, 1), Decimal("0.00")), "scale")


@pytest.fixture
def page(program, qtbot):
    made = RecordPage(program.session, LIST, RECORD)
    program.session.changed.connect(made.refresh)
    for widget in (made, made.side):
        qtbot.addWidget(widget)
        widget.show()
    return made


def days(page):
    return [row.record.in_force_from for row in page.model.shown_rows()]


def test_it_is_added_changed_deleted_and_each_step_undone(program, page):
    before = days(page)
    page.start_new()
    page.side.form.field("hourly").set_text("x")
    page.side.save_button.click()
    assert page.side.form.field("hourly").error
    page.side.form.field("hourly").set_text("15.00")
    page.side.save_button.click()
    assert set(days(page)) == {*before, date(2030, 4, 1)}
    assert page.current().record.hourly == Decimal("15.00")
    page.side.form.field("hourly").set_text("16.00")
    page.side.save_button.click()
    assert page.current().record.hourly == Decimal("16.00")
    press("Delete living wage")
    page.delete_button.click()
    assert days(page) == before
    program.session.undo()
    assert date(2030, 4, 1) in days(page)
    program.session.undo()
    assert Decimal("15.00") in [row.record.hourly for row in page.model.shown_rows()]
    program.session.undo()
    assert days(page) == before


def test_its_panel_tells_its_history_and_leads_to_all_of_it(program, page):
    went = []
    page.wants_page.connect(lambda key, wanted: went.append((key, wanted.kinds, wanted.record_id)))
    page.select(0)
    button(page.side, "Open the whole history").click()
    assert went == [("history", (LIVING_WAGE,), page.current().id)]


def test_its_columns_are_exported_with_their_kinds(page):
    table = page._table_shown()
    assert [column.title for column in table.columns] == ["In force from", "Pounds an hour"]
    first = page.model.row_object(0).record
    assert table.rows[0] == [first.in_force_from, first.hourly]
    assert table.title == "Living wages"
