"""The Overview as a person uses it: looks, filters, opens lines, goes on to a contract, exports."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from tests.exchange.portfolios import DRAFTS_TOLD, TOLD
from tests.portfolio import add_own_groups, filled_workspace, new_workspace
from tomsapp.bootstrap import menu_catalogue
from tomsapp.dashboards.figures import OverviewFigures
from tomsapp.dashboards.notes import PortfolioNote, SealedContract
from tomsapp.dashboards.policy_counts import PolicySummary
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.portfolio import COMMITTED_GROUPINGS, OVERLAPPING, Group, Grouping
from tomsapp.domain.portfolio_contract import SealedToday
from tomsapp.domain.portfolio_overlaps import overlap_note
from tomsapp.domain.wording import format_percent, format_pounds
from tomsapp.gui.dialogs.pdf_preview import PdfPreview
from tomsapp.gui.overview.filter_bar import AT_FIRST, filters_from_json, filters_to_json
from tomsapp.gui.overview.headlines import Headlines
from tomsapp.gui.pages.overview_page import OverviewPage
from tomsapp.gui.session import Session
from tomsapp.services import commitments, contracts, due, overview
from tomsapp.services.changes import ALL_CHANGED
from tomsapp.services.overview import Filters
from tomsapp.services.overview_words import totals_in_words
from tomsapp.services.priorities import PRIORITIES


@pytest.fixture
def session(jobs, preferences, tmp_path):
    made = Session(jobs, menu_catalogue(), preferences, "A. Okafor")
    workspace = filled_workspace(tmp_path, contracts=6)
    made.set_workspace(workspace)
    yield made
    made.set_workspace(None)


def open_page(qtbot, session):
    page = OverviewPage(session)
    qtbot.addWidget(page)
    session.changed.connect(page.refresh)
    page.resize(1278, 700)
    page.show()
    return page


@pytest.fixture
def page(qtbot, session):
    return open_page(qtbot, session)


def figures(session, filters=AT_FIRST):
    cube = overview.load_cube(session.workspace)
    checked = overview.check_contracts(session.workspace, cube, [contract.id for contract in cube.contracts])
    return overview.figures(cube, filters, checked).portfolio


def tick(qtbot, chip, words):
    """Open a chip's menu with the keyboard and tick the value that reads `words`."""
    chip.setFocus()
    QTest.keyClick(chip, Qt.Key.Key_Return)
    menu = chip._menu
    items = [menu.list.item(row) for row in range(menu.list.count())]
    place = next(row for row, item in enumerate(items) if item.text() == words)
    menu.list.setCurrentRow(place)
    QTest.keyClick(menu.list, Qt.Key.Key_Space)
    menu.close()


def test_headline_figures_are_those_of_the_database(page, session):
    shown = figures(session)
    names = [card.accessibleName() for card in page.summary.headlines._widgets]
    assert format_pounds(shown.social_value) in names[0]
    assert format_pounds(shown.real_pounds) in names[1]
    assert "5% minimum" in names[4]
    assert page.known.totals.text().startswith(f"6 contracts, {shown.commitments} commitments. ")


def test_drafts_stand_apart_and_what_is_claimed_beside_what_counts(page, session):
    shown = figures(session)
    words = page.known.totals.text()
    for totals in shown.groups:
        assert format_pounds(totals.social_value) in words
        assert format_percent(totals.share_of_contract_value, 2) in words
    drafts = shown.group(Group.DRAFT)
    assert drafts.left_out == 1
    assert f"{format_pounds(drafts.claimed_value)} claimed with 1 commitment that has errors." in words
    agreed = next(totals for totals in shown.groups if totals is not drafts)
    share, value = format_percent(agreed.share_of_contract_value, 2), format_pounds(agreed.contract_value)
    assert f"({share} of {value}), 1 commitment with errors is left out." in words
    assert "drafts included" in page.summary.headlines.social.accessibleName()


def test_each_note_leads_to_the_contracts_that_it_speaks_of(qtbot, page, session):
    cube = overview.load_cube(session.workspace)
    checked = overview.check_contracts(session.workspace, cube, [contract.id for contract in cube.contracts])
    notes = overview.figures(cube, AT_FIRST, checked).notes
    assert [link.text() for link in page.known.links] == [note.words for note in notes]
    assert {note.title for note in notes} >= {"Contracts with errors", "Contracts with open questions"}
    place = next(place for place, note in enumerate(notes) if note.title == "Contracts with errors")
    link, note = page.known.links[place], notes[place]
    assert link.accessibleName() == f"{note.words}. See the contracts"
    QTest.keyClick(link, Qt.Key.Key_Return)
    dialog = page.lists.dialog
    assert dialog.windowTitle() == "Contracts with errors"
    assert dialog.model.shown_rows() == list(note.contracts)
    with qtbot.waitSignal(page.wants_page) as told:
        dialog.open_button.click()
    assert told.args == ["contracts", note.contracts[0].contract_id]


def test_what_was_sealed_stands_beside_today_in_the_list_of_its_note(page):
    since = SealedToday(Decimal("80.00"), Decimal("60.00"), ("barnet-open 2026.2: J11 −£20.00", "Green: a later rule"))
    told = SealedContract(1, "C-1", "Roads", "Bridge Works", since.reasons, since=since)
    page.known.note_chosen.emit(PortfolioNote("£80.00 as sealed", "As sealed and as of today", (told,), is_sealed=True))
    dialog = page.lists.dialog
    shown = [dialog.model.index(0, place).data() for place in range(dialog.model.columnCount())]
    why = "barnet-open 2026.2: J11 −£20.00. Green: a later rule"
    assert shown == ["Roads", "£80.00", "£60.00", "−£20.00", why]
    dialog.reject()


def test_notes_that_say_the_same_keep_the_keyboard_and_those_of_nothing_are_gone(page):
    links = page.known.links
    links[0].setFocus()
    page.known.show_figures(page._figures)
    assert page.known.links is links
    page.known.show_figures(replace(page._figures, notes=()))
    assert (page.known.links, page.known.notes.isVisible()) == ((), False)


def test_a_part_of_contracts_is_held_against_no_minimum(qtbot, page):
    tick(qtbot, page.filter_bar.chips[Grouping.WARD], "Whole borough")
    headlines = page.summary.headlines
    assert "Not told for a part of contracts" in headlines.minimum.accessibleName()
    assert "Not told for a part of contracts" in headlines.share.accessibleName()
    assert "A part is not held against a contract’s minimum" in page.known.totals.text()


def test_filters_combine_and_are_remembered(qtbot, page, session):
    tick(qtbot, page.filter_bar.chips[Grouping.THEME], "1 Fair work and poverty")
    tick(qtbot, page.filter_bar.chips[Grouping.YEAR], "2026/27")
    chosen = Filters(AT_FIRST.statuses, {Grouping.THEME: frozenset({"1"}), Grouping.YEAR: frozenset({"2026/27"})})
    expected = figures(session, chosen)
    assert expected.social_value > 0
    assert format_pounds(expected.social_value) in page.summary.headlines.social.accessibleName()
    assert f"for {expected.contracts} of 6 contracts" in page.summary.headlines.outcomes.accessibleName()
    again = open_page(qtbot, session)
    assert again.filter_bar.filters == chosen
    assert format_pounds(expected.social_value) in again.summary.headlines.social.accessibleName()
    QTest.mouseClick(again.filter_bar.clear, Qt.MouseButton.LeftButton)
    assert again.filter_bar.filters == Filters()
    assert filters_from_json(session.own.get("overview.filters")) == Filters()


def test_filters_without_result_can_be_cleared(page):
    page.filter_bar.status.set_values([ContractStatus.CLOSED])
    page.filter_bar.status.values_changed.emit((ContractStatus.CLOSED,))
    assert page.no_match.isVisible()
    assert not page.preview.isEnabled()
    QTest.mouseClick(page.clear_button, Qt.MouseButton.LeftButton)
    assert page.summary.isVisible()


def test_enter_on_a_theme_opens_its_lines_and_a_line_its_contract(qtbot, page, session):
    row = figures(session).rows(Grouping.THEME)[0]
    button = page.summary.themes.buttons[row.key, "social_value"]
    assert button.text() == format_pounds(row.social_value)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    dialog = page.lists.dialog
    assert format_pounds(row.social_value) in dialog.total.text()
    lines = dialog.model.shown_rows()
    assert sum((line.social_value for line in lines), Decimal(0)) == row.social_value
    with qtbot.waitSignal(page.wants_page) as wanted:
        QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    assert wanted.args == ["contracts", lines[0].contract.id]
    assert page.lists.dialog is None


def test_keyboard_on_a_chart_opens_the_lines_of_its_segment(page, session):
    chart = page.summary.years.chart
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_Home)
    QTest.keyClick(chart, Qt.Key.Key_Return)
    year = figures(session).rows(Grouping.YEAR)[0]
    lines = page.lists.dialog.model.shown_rows()
    assert {line.year for line in lines} == {year.key}
    assert len({line.owner.place.theme.number for line in lines}) == 1
    page.lists.dialog.reject()


def test_every_line_of_the_dialog_can_be_copied(page, session):
    page.summary.themes.link.click()
    page.lists.dialog.table.copy_all()
    text = QGuiApplication.clipboard().text()
    assert text.splitlines()[0].startswith("Contract\tMeasure")
    assert len(text.splitlines()) == page.lists.dialog.model.rowCount() + 1
    page.lists.dialog.reject()


def test_charts_turn_into_tables_of_the_same_figures(page, session):
    card = page.summary.suppliers
    QTest.mouseClick(card.link, Qt.MouseButton.LeftButton)
    assert card.table.isVisible()
    assert card.link.text() == "Show as chart"
    rows = figures(session).rows(Grouping.SUPPLIER)
    assert [card.model.index(place, 1).data() for place in range(card.model.rowCount())] == [
        format_pounds(row.social_value) for row in rows
    ]
    QTest.mouseClick(card.link, Qt.MouseButton.LeftButton)
    assert card.chart.isVisible()


def test_tables_show_every_grouping_and_plain_counts(qtbot, page, session):
    page._show_view("tables")
    page.view.chosen.emit("tables")
    for grouping in set(COMMITTED_GROUPINGS) - OVERLAPPING:
        page.tables.switch.chosen.emit(grouping.value)
        model = page.tables.models[grouping]
        assert page.tables.table(grouping).isVisible()
        assert [shown.row for shown in model.shown_rows()] == list(figures(session).rows(grouping))
    measures = page.tables.models[Grouping.MEASURE]
    column = [each.key for each in measures.columns].index("quantity")
    assert any("weeks of work experience" in str(measures.index(r, column).data()) for r in range(measures.rowCount()))
    page.tables.show_grouping(Grouping.WARD)
    table = page.tables.table(Grouping.WARD)
    table.select_place(0)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert {line.ward for line in page.lists.dialog.model.shown_rows()} == {
        page.tables.models[Grouping.WARD].row_object(0).row.name
    }
    page.lists.dialog.reject()


def shown_segments(page):
    switch = page.tables.switch
    return {key for place, key in enumerate(switch._keys) if not switch._group.button(place).isHidden()}


def test_own_groups_are_offered_where_the_council_made_some_and_their_table_says_that_rows_overlap(
    qtbot, page, session
):
    page._show_view("tables")
    page.view.chosen.emit("tables")
    own = {grouping.value for grouping in OVERLAPPING}
    assert not own & shown_segments(page)
    assert all(page.filter_bar.chips[grouping].isHidden() for grouping in OVERLAPPING)
    add_own_groups(session.workspace)
    page.refresh(ALL_CHANGED)
    assert own < shown_segments(page)
    for grouping in OVERLAPPING:
        page.tables.show_grouping(grouping)
        model = page.tables.models[grouping]
        assert [shown.row for shown in model.shown_rows()] == list(figures(session).rows(grouping))
        assert page.tables.note.text() == overlap_note(figures(session), grouping) != ""
    tick(qtbot, page.filter_bar.chips[Grouping.PRIORITY], "Work")
    chosen = page.filter_bar.filters
    assert figures(session, chosen).filters[-1] == "Priority Work"
    assert filters_from_json(filters_to_json(chosen)) == chosen
    page.tables.show_grouping(Grouping.PRIORITY)
    for stored in PRIORITIES.all(session.workspace):
        PRIORITIES.delete(session.workspace, stored)
    page.refresh(ALL_CHANGED)
    assert page.tables.grouping is Grouping.THEME
    assert not page.filter_bar.filters.of(Grouping.PRIORITY)


def test_contracts_that_need_attention_lead_to_the_contract(qtbot, page, session):
    expected = page._attention[0]
    first = page.summary.attention.rows[0]
    assert expected.reasons[0] in first.accessibleName()
    first.setFocus()
    with qtbot.waitSignal(page.wants_page) as wanted:
        QTest.keyClick(first, Qt.Key.Key_Return)
    assert wanted.args == ["contracts", expected.contract_id]
    page.summary.attention.link.click()
    assert page.lists.dialog.model.rowCount() >= len(page.summary.attention.rows)
    page.lists.dialog.reject()


def test_what_is_due_or_late_stands_among_what_needs_attention(page, session):
    told = due.reminders(session.workspace, datetime.now().astimezone().date())
    assert told, "the signed contracts of the portfolio began in the past"
    found = page._attention
    assert {each.contract_id for each in told} <= {each.contract_id for each in found}
    late = next(each for each in found if each.contract_id == told[0].contract_id)
    assert set(told[0].reasons) <= set(late.reasons)
    assert len({each.contract_id for each in found}) == len(found)


def test_everything_that_is_due_is_written_as_a_calendar(page, session, tmp_path, monkeypatch):
    target = tmp_path / "due.ics"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    page.export.calendar.trigger()
    assert target.read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert b"DTSTART;VALUE=DATE:" in target.read_bytes()


def test_a_change_elsewhere_is_shown_without_losing_the_place(page, session):
    before = page.summary.headlines.social.accessibleName()
    draft = contracts.open_contract(session.workspace, 1)
    added = commitments.new_commitment("V01", draft.contract)
    years = len(draft.contract.years)
    from dataclasses import replace

    added = replace(added, quantities=(Decimal("12345.00"),) * years, statement="Paid each April.")
    session.act(lambda ws, _progress: commitments.add_commitments(ws, 1, [added], "Add cash")).start()
    assert page.summary.headlines.social.accessibleName() != before
    assert format_pounds(figures(session).real_pounds) in page.summary.headlines.real.accessibleName()
    session.undo()
    assert page.summary.headlines.social.accessibleName() == before


def test_hidden_page_adds_up_only_when_it_is_shown_again(page, session, monkeypatch):
    page.hide()
    calls = []
    real = overview.load_cube
    monkeypatch.setattr(overview, "load_cube", lambda *given: calls.append(given) or real(*given))
    page.refresh(None)
    assert not calls
    page.show()
    assert len(calls) == 1


def test_empty_database_leads_to_contracts(qtbot, jobs, preferences, tmp_path):
    session = Session(jobs, menu_catalogue(), preferences, "A. Okafor")
    session.set_workspace(new_workspace(tmp_path))
    page = open_page(qtbot, session)
    assert page.no_contracts.isVisible()
    assert not page.export.isVisible()
    with qtbot.waitSignal(page.wants_page) as wanted:
        QTest.keyClick(page.to_contracts, Qt.Key.Key_Return)
    assert wanted.args == ["contracts", None]
    session.set_workspace(None)


def test_chart_is_exported_as_a_picture_and_tables_as_files(page, tmp_path, monkeypatch):
    said = []
    page.wants_toast.connect(said.append)
    for action, name in (
        (page.export.pictures["Committed by contract year"], "years.png"),
        (page.export.workbook, "all.xlsx"),
        (page.export.lines, "lines.csv"),
        (page.export.tables[Grouping.WARD], "wards.csv"),
    ):
        target = tmp_path / name
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given, target=target: (str(target), ""))
        action.trigger()
        assert target.stat().st_size > 200
        assert said[-1].text == f"Saved as {target}"
    assert QImage(str(tmp_path / "years.png")).width() == 1800


def test_preview_shows_the_portfolio_pdf(page, session):
    QTest.mouseClick(page.preview, Qt.MouseButton.LeftButton)
    preview = page.findChild(PdfPreview)
    assert preview.windowTitle() == "Preview: Social value portfolio.pdf"
    preview.reject()
    # It is made beside the database, which others can have meanwhile, and not of one that is closed.
    assert not page.printing.job.is_cancelled
    session.workspace_changed.emit(session.workspace)
    assert page.printing.job.is_cancelled


def test_every_control_has_a_name(page):
    from PySide6.QtWidgets import QAbstractButton, QAbstractItemView

    controls = [*page.findChildren(QAbstractButton), *page.findChildren(QAbstractItemView)]
    # The list of a box of choices is Qt's own until it is first opened, in a window of its own.
    own = [each for each in controls if each.window() is page.window()]
    nameless = [each for each in own if not (each.accessibleName() or getattr(each, "text", str)())]
    assert [each for each in nameless if each.focusPolicy() & Qt.FocusPolicy.TabFocus] == []


def test_kept_filters_that_cannot_be_read_give_those_of_the_first_day():
    assert filters_from_json("nonsense") == AT_FIRST
    assert filters_from_json({"status": "x"}) == AT_FIRST
    kept = Filters(frozenset({ContractStatus.CLOSED}), {Grouping.WARD: frozenset({"whole"})})
    assert filters_from_json(filters_to_json(kept)) == kept


def test_the_overview_is_filtered_by_directorate_and_remembers_it(qtbot, session):
    first = contracts.list_contracts(session.workspace)[0]
    opened = contracts.open_contract(session.workspace, first.id)
    changed = replace(opened.contract, directorate="Place")
    contracts.save_contract(session.workspace, opened.stored, opened.supplier_id, changed, opened.supplier_id)
    page = open_page(qtbot, session)
    chips = page.filter_bar.fact_chips
    assert chips["directorate"].isVisible()
    assert not chips["contract_manager"].isVisible()
    page.filter_bar.clear_all()
    tick(qtbot, chips["directorate"], "Place")
    assert page.known.totals.text().startswith("1 contract,")
    again = open_page(qtbot, session)
    assert again.filter_bar.filters.facts == {"directorate": frozenset({"Place"})}
    page.filter_bar.clear_all()
    assert not page.filter_bar.filters.facts


def test_the_note_tells_today_s_pounds_beside_today_s_jobs_and_what_is_left_without_errors():
    assert totals_in_words(TOLD) == (
        "1 signed or closed: £90,000.00 (9.00% of £1,000,000.00). Under today’s menus £80,000.00, and 1 in place of 13 "
        "jobs. 1 draft: £30,000.00 (3.00% of £1,000,000.00), £44,444.44 claimed with 1 commitment that has errors. "
        "None of it can be admitted before errors are put right."
    )
    drafts = replace(
        DRAFTS_TOLD, contracts=2, contract_value=Decimal("1500000.00"), social_value=Decimal("50000.00"), left_out=0
    )
    told = totals_in_words(replace(TOLD, groups=(drafts,)))
    assert told == "2 drafts: £50,000.00 (3.33% of £1,500,000.00). Without 1 with errors: £20,000.00 (4.00%)."
    part = totals_in_words(replace(TOLD, groups=(drafts,), part_notes=("A part.",)))
    assert part == "2 drafts: £50,000.00. Without 1 with errors: £20,000.00. A part."


def test_the_headlines_tell_both_numbers_of_jobs_and_what_is_enough_only_with_the_forecast(qtbot):
    policy = PolicySummary(
        minimum="5% minimum", held_against_minimum=2, minimum_on_forecast=1, held_against_outcomes=2,
        outcomes_needed=Fraction(12),
    )  # fmt: skip
    headlines = Headlines()
    qtbot.addWidget(headlines)
    headlines.show_figures(OverviewFigures(TOLD, (), policy, 2))
    assert headlines.outcomes.accessibleName().startswith("Employment outcomes, 13.5 to 14.5, Enough: 12 needed.")
    assert "0 contracts, Enough in 2, 1 only with the forecast." in headlines.minimum.accessibleName()
