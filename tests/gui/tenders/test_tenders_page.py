"""The list of tenders, and what can be done with a whole tender."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QPoint, Qt

from tests.gui.lists.people import press, when_open
from tests.services.tenders.build import NOW, opened, tender
from tomsapp.domain.history import HistoryWanted
from tomsapp.domain.tender.acts import TenderActFacts, TenderActKind
from tomsapp.domain.tender.choices import Route, TenderStatus
from tomsapp.domain.tender.setup import Step
from tomsapp.gui.tender_place import TenderPlace
from tomsapp.gui.tenders.kinds import OF_TENDERS
from tomsapp.gui.tenders.tabs import MARKING, OFFERS, SETUP, TABS, WORK_IS_IN
from tomsapp.services.record_types import RECORD_TYPES
from tomsapp.services.tenders.facts import TENDER_FACTS
from tomsapp.services.tenders.issuing import issue
from tomsapp.services.tenders.reading import list_tenders

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def references(workspace):
    return [row.tender.reference for row in list_tenders(workspace)]


def issue_it(desk):
    """Issue the first version of the pack, before its deadline."""
    facts = TenderActFacts(TenderActKind.ISSUE, NOW.date(), "Procurement lead", "As the board agreed", version=1)
    issue(desk.workspace, opened(desk.workspace, desk.number), facts, NOW)
    desk.window.refresh(None)


def test_empty_list_says_what_to_do(program):
    page = program.open("tenders").list
    assert page.empty.isVisible()
    assert page.empty.currentIndex() == 1
    assert not page.more.isEnabled()


def test_the_list_shows_value_lots_deadline_and_status(desk):
    page = desk.open("list")
    (row,) = page.model.shown_rows()
    cells = {column.key: column.shown.text(row) for column in page.spec.columns}
    assert cells["reference"] == "T-2026-003"
    assert cells["value"] == "£2,400,000.00"
    assert (cells["lots"], cells["status"], cells["deadline_on"]) == ("2", "Draft", "Friday 22 January 2027")
    page.search.setText("no such tender")
    assert page.model.rowCount() == 0
    page.clear.click()
    assert page.model.rowCount() == 1


def test_the_list_tells_the_deadline_as_people_read_it_and_sorts_by_the_moment(desk, qtbot):
    page = desk.read()
    deadlines = {
        "T-2026-011": (date(2027, 1, 22), "12:30", "Europe/Paris"),
        "T-2026-012": (date(2027, 1, 22), "11:45", "Europe/London"),
        "T-2026-013": (None, "12:00", "Europe/London"),
        "T-2026-014": (date(2027, 1, 22), "00:00", "Europe/London"),
        "T-2026-015": (date(2026, 12, 2), "17:30", "Europe/London"),
    }
    for reference, (day, at, zone) in deadlines.items():
        other = replace(page.tender, reference=reference, deadline_on=day, deadline_at=at, deadline_zone=zone)
        TENDER_FACTS.add(desk.workspace, other)
    desk.window.refresh(None)
    table = desk.open("list").table
    model, header = table.model(), table.horizontalHeader()
    place = next(at for at, column in enumerate(model.columns) if column.key == "deadline_on")
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=_head_of(header, place))
    model.settle()
    column = model.columns[place]
    told = [(column.text(row), column.second_line(row)) for row in model.shown_rows()]
    assert told == [
        ("Wednesday 2 December 2026", "17:30, UK time"),
        ("Friday 22 January 2027", "00:00 (as the day begins), UK time"),
        ("Friday 22 January 2027", "12:30, time of Europe/Paris"),
        ("Friday 22 January 2027", "11:45, UK time"),
        ("Friday 22 January 2027", "12 noon, UK time"),
        ("", ""),
    ]


def _head_of(header, place):
    return QPoint(header.sectionViewportPosition(place) + header.sectionSize(place) // 2, header.height() // 2)


def test_a_row_is_opened_with_enter_and_left_with_alt_left(desk, qtbot):
    page = desk.open("list")
    page.table.select_place(0)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    shown = desk.window.page("tenders").shown
    assert (shown.title, shown.header.badge.accessibleName()) == ("Cleaning", "Draft")
    qtbot.keyClick(shown, Qt.Key.Key_Left, ALT)
    assert desk.window.page("tenders").shown is page


def test_an_issued_tender_is_opened_where_work_is_to_be_done(desk, qtbot):
    assert {entry.key for entry in TABS} >= set(WORK_IS_IN.values())
    issue_it(desk)
    page = desk.open("list")
    page.table.select_place(0)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    shown = desk.window.page("tenders").shown
    assert (shown.tender_id, shown.tabs.current) == (desk.number, OFFERS)


def test_no_button_of_the_last_tender_stands_beside_the_next(desk):
    issue_it(desk)
    page = desk.open(TenderPlace(desk.number, OFFERS))
    offers = page.current
    assert offers.print_button.isVisible()
    other = TENDER_FACTS.add(desk.workspace, tender("T-2026-009")).result.id
    desk.window.refresh(None)
    desk.open(TenderPlace(other, SETUP))
    assert page.tender_id == other
    assert not offers.print_button.isVisible()
    desk.open(TenderPlace(desk.number, OFFERS))
    assert offers.print_button.isVisible()


def test_the_next_tender_begins_with_its_first_step(desk):
    page = desk.open()
    page.current.open_step(Step.CHECK)
    other = TENDER_FACTS.add(desk.workspace, tender("T-2026-009")).result.id
    desk.window.refresh(None)
    desk.open(other)
    assert (page.tender_id, page.current.current) == (other, page.current.step_widget(Step.FACTS))


def test_a_tender_is_copied_with_all_that_is_set_up_of_it(desk, qtbot):
    page = desk.open()
    qtbot.keyClick(page, Qt.Key.Key_D, CTRL | Qt.KeyboardModifier.ShiftModifier)
    copy = desk.read(page.tender_id)
    assert copy.id != desk.number
    assert (len(copy.lots), len(copy.measures), len(copy.questions)) == (2, 2, 1)
    assert page.header.facts.isVisible()
    assert "Not set yet" in head_of(page)


def test_a_tender_is_deleted_after_a_question_and_brought_back(desk):
    page = desk.open()
    asked = []
    when_open(lambda dialog: (asked.append(dialog.sentences), dialog.reject()))
    desk.window.page("tenders")._tender_actions.delete.trigger()
    assert asked == [("2 lots, 2 measures and 1 question go with it. History keeps a copy.",)]
    assert references(desk.workspace) == ["T-2026-003"]
    press("Delete tender")
    desk.window.page("tenders")._tender_actions.delete.trigger()
    assert references(desk.workspace) == []
    assert desk.window.page("tenders").shown is desk.window.page("tenders").list
    desk.session.undo()
    assert references(desk.workspace) == ["T-2026-003"]
    assert len(desk.read().lots) == 2
    assert page.tender_id == desk.number


def test_a_draft_is_deleted_from_the_list_by_its_key(desk, qtbot):
    page = desk.open("list")
    page.table.select_place(0)
    page.table.setFocus()
    desk.window.activateWindow()
    qtbot.waitUntil(page.table.hasFocus)
    press("Delete tender")
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    assert references(desk.workspace) == []
    assert page.empty.isVisible()
    desk.session.undo()
    assert page.model.rowCount() == 1


def test_what_is_issued_is_not_deleted(desk):
    issue_it(desk)
    desk.open()
    assert not desk.window.page("tenders")._tender_actions.delete.isEnabled()
    assert desk.window.page("tenders")._tender_actions.copy.isEnabled()


def head_of(page):
    """What the facts of the head show, as far as there is room."""
    return [each.text() for each in page.header.facts.findChildren(type(page.words))]


def test_the_head_tells_where_the_tender_stands(desk):
    assert "2 years from 1 April 2027" in head_of(desk.open())
    issue_it(desk)
    page = desk.open()
    assert "12 noon, Friday 22 January 2027, UK time" in head_of(page)
    assert "version 1, issued 4 January 2027" in head_of(page)
    assert page.header.badge.accessibleName() == TenderStatus.ISSUED.words
    assert page.menu_words == "Menu barnet-open 2026.2"


def test_what_others_save_is_shown_and_what_they_delete_is_left(desk):
    page = desk.open()
    before = desk.read().stored
    TENDER_FACTS.save(desk.workspace, before, before.record.__class__("T-2026-003", "Cleaning of hubs"))
    desk.window.refresh(None)
    assert page.title == "Cleaning of hubs"


def test_history_leads_to_all_that_belongs_to_the_tender(desk):
    page, went = desk.open(), []
    page.wants_page.connect(lambda key, target: went.append((key, target)))
    page.history_button.click()
    assert went == [("history", HistoryWanted(tender_id=desk.number))]
    rows = desk.window.page("history").model.shown_rows()
    assert {row.kind.key for row in rows} >= {"tender", "lot", "question"}


def test_the_search_over_the_window_finds_a_tender(desk):
    found = desk.program.wiring._find("cleaning")
    assert [(one.group, one.title) for one in found if one.group == "Tenders"] == [("Tenders", "T-2026-003")]
    next(one for one in found if one.group == "Tenders").open()
    assert desk.window.page("tenders").shown.title == "Cleaning"


def test_a_place_in_a_tender_is_gone_to(desk):
    page = desk.open(TenderPlace(desk.number, SETUP, Step.LOTS))
    assert page.current.current_step is Step.LOTS


def test_every_tab_can_be_made_and_shows_the_tender(desk):
    page = desk.open()
    for entry in TABS:
        page.show_tab(entry.key)
        assert page.current is page.tab(entry.key)
        assert desk.window.stage.has_panel == (page.current.panel is not None)


def test_a_quote_has_no_tab_for_marks_and_keys_pass_it_over(desk, qtbot):
    stored = TENDER_FACTS.add(desk.workspace, tender("T-2026-004", route=Route.QUOTE)).result
    page = desk.open()
    page.show_tab(MARKING)
    page = desk.open(stored.id)
    buttons = {entry.key: page.tabs._group.button(place) for place, entry in enumerate(TABS)}
    assert [key for key, one in buttons.items() if one.isHidden()] == [MARKING]
    seen = []
    for _ in range(len(TABS) - 1):
        qtbot.keyClick(page, Qt.Key.Key_Tab, CTRL)
        seen.append(page.tabs.current)
    assert MARKING not in seen
    assert len(set(seen)) == len(TABS) - 1
    assert not desk.open().tabs._group.button(list(buttons).index(MARKING)).isHidden()


def test_the_page_is_read_anew_after_every_kind_of_a_tender():
    of_tenders = {kind for kind in RECORD_TYPES if kind.make.__module__.startswith("tomsapp.domain.tender.")}
    assert of_tenders <= set(OF_TENDERS)


def test_the_page_of_another_database_is_empty(desk):
    page = desk.open()
    desk.session.set_workspace(None)
    assert (page.tender_id, page.opened, page.title) == (None, None, "Tender")


def test_the_copy_of_a_quote_is_numbered_as_a_quote(desk, qtbot):
    TENDER_FACTS.add(desk.workspace, tender("Q-2026-004", route=Route.QUOTE))
    page = desk.open("list")
    page.search.setText("Q-2026-004")
    page.table.selectRow(0)
    qtbot.keyClick(page.table, Qt.Key.Key_D, CTRL | Qt.KeyboardModifier.ShiftModifier)
    copied = next(
        each
        for each in list_tenders(desk.workspace)
        if "Q-2026-004" not in each.tender.reference and each.tender.route is Route.QUOTE
    )
    assert copied.tender.reference.startswith("Q-")
