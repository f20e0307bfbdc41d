"""The council's own papers from the Overview: each is asked for by keyboard or mouse, shown, and saved as Word."""

from __future__ import annotations

from datetime import date

import pytest
from docx import Document
from PySide6.QtWidgets import QFileDialog, QLabel

from tests.services.council import begin, open_as, promise, set_area, shipped
from tests.services.deliveries import begin_signed
from tomsapp.domain.papers.foi import FoiItem, FoiSection
from tomsapp.domain.portfolio import Grouping
from tomsapp.domain.saved_view import OverviewView
from tomsapp.gui.overview.paper_dialogs import PaperQuestion
from tomsapp.gui.pages.overview_page import OverviewPage
from tomsapp.gui.session import Session
from tomsapp.services import council_papers, databases
from tomsapp.services.delivery_held import HAS_DELIVERIES
from tomsapp.services.overview import Filters
from tomsapp.services.papers_of_many import PortfolioPaper
from tomsapp.services.saved_views import SAVED_VIEWS, view_of
from tomsapp.store.errors import StoreError

REASON = "Unit prices of a live procurement would be known"


@pytest.fixture
def session(jobs, preferences, tmp_path):
    path = tmp_path / "council.db"
    databases.make_database(path, shipped(), "Ann", "Larkmere Council").close()
    workspace = open_as(path, "Ann")
    set_area(workspace)
    begin_signed(workspace, promise("V01", "100", "100", place="X01"), promise("V04", "40", "40"))
    begin(workspace, reference="C2")
    made = Session(jobs, shipped(), preferences, "Ann")
    made.set_workspace(workspace)
    yield made
    made.set_workspace(None)


@pytest.fixture
def page(qtbot, session):
    shown = OverviewPage(session)
    qtbot.addWidget(shown)
    shown.resize(1366, 700)
    shown.show()
    return shown


def shown_paper(page):
    """The words of the Word file of the paper that is shown, as the button saves it."""
    preview = page.papers.preview
    page.papers.word_button.click()
    preview.close()
    return preview.windowTitle()


@pytest.fixture
def saved(monkeypatch, tmp_path):
    target = tmp_path / "paper.docx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(target), ""))
    return target


def texts(path) -> list[str]:
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells


@pytest.mark.parametrize(
    ("name", "title"), [("committee", "Social value delivered: "), ("performance", "Social value performance: ")]
)
def test_papers_on_what_is_shown_are_made_at_one_click(page, saved, name, title):
    said = []
    page.wants_toast.connect(said.append)
    getattr(page.papers, name).trigger()
    assert shown_paper(page).startswith(f"Preview: {title.replace(':', ',')}")
    assert texts(saved)[0].startswith(title)
    assert said[-1].text == f"Saved as {saved}"


def test_a_ward_sheet_asks_for_its_ward(page, saved):
    page.papers.ward.trigger()
    asked = page.papers.asked
    asked.go_button.click()
    assert (asked.isVisible(), asked.about.error) == (True, "Choose one")
    asked.about.set_value("X01")
    asked.until.set_text("never")
    asked.go_button.click()
    assert asked.until.error == "Enter a date, for example 30 September 2026"
    asked.until.set_date(date(2026, 9, 30))
    asked.go_button.click()
    shown_paper(page)
    assert texts(saved)[0] == "Brackwater ward: what was promised, what came"


def test_an_award_paragraph_is_of_a_draft_too_and_asks_for_no_day(page, saved):
    page.papers.award.trigger()
    asked = page.papers.asked
    assert not asked.until.isVisible()
    asked.about.set_value(2)
    asked.go_button.click()
    shown_paper(page)
    assert texts(saved)[0] == "Social value: paragraph for the award report on C2"


def test_an_foi_answer_asks_why_something_is_withheld(page, saved):
    page.papers.foi.trigger()
    asked = page.papers.asked
    asked.about.set_value(1)
    choice, reason = asked.choices[FoiItem.SOCIAL_VALUE], asked.reasons[FoiItem.SOCIAL_VALUE]
    assert not reason.isVisibleTo(asked)
    choice.set_value(FoiSection.COMMERCIAL)
    choice.chosen.emit(FoiSection.COMMERCIAL)
    assert reason.isVisibleTo(asked)
    assert "can be worked out from what is promised" in asked.question.text()
    asked.go_button.click()
    assert reason.error.startswith("Say why in a sentence")
    reason.set_text(REASON)
    asked.request.set_text("FOI-77")
    asked.go_button.click()
    shown_paper(page)
    said = "\n".join(texts(saved))
    assert REASON in said
    assert "Our reference: FOI-77." in said
    assert "Withheld: section 43 (commercial interests)" in said


def test_kpi_facts_ask_for_the_indicators_of_a_signed_contract(page, saved):
    page.papers.kpi.trigger()
    asked = page.papers.asked
    assert asked.about.combo.count() == 1
    asked.about.set_value(1)
    asked.about.chosen.emit(1)
    assert asked.ticks.list.count() == 2
    asked.go_button.click()
    assert (asked.isVisible(), asked.missing.text()) == (True, "Tick one at least")
    asked.ticks._turn(asked.ticks.list.item(1))
    asked.go_button.click()
    shown_paper(page)
    said = "\n".join(texts(saved))
    assert "1 key performance indicator, rated" in said
    assert "The Act asks for 3 indicators at least where it applies." in said


def test_a_report_or_a_table_is_of_a_view_that_was_saved_too(page, session, saved):
    workspace = session.workspace
    page.papers.of_view.trigger()
    asked = page.papers.asked
    assert "No view of deliveries is saved yet" in "\n".join(each.text() for each in asked.findChildren(QLabel))
    asked.reject()
    wards = Filters(frozenset(HAS_DELIVERIES), {Grouping.WARD: frozenset({"X01"})})
    SAVED_VIEWS.add(workspace, view_of("Brackwater today", OverviewView.DELIVERY, wards))
    SAVED_VIEWS.add(workspace, view_of("Year's end", OverviewView.DELIVERY, Filters(), date(2027, 3, 31)))
    SAVED_VIEWS.add(workspace, view_of("Promises", OverviewView.COMMITMENTS, Filters()))
    page.papers.of_view.trigger()
    asked = page.papers.asked
    assert [asked.about.combo.itemText(row) for row in range(2)] == ["Brackwater today", "Year's end"]
    assert asked.about.combo.count() == 2
    asked.go_button.click()
    assert asked.about.error == "Choose one"
    named = {asked.about.combo.itemText(row): asked.about.combo.itemData(row) for row in range(2)}
    asked.about.set_value(named["Year's end"])
    asked.about.chosen.emit(named["Year's end"])
    assert asked.until.date == date(2027, 3, 31)
    asked.about.set_value(named["Brackwater today"])
    asked.about.chosen.emit(named["Brackwater today"])
    asked.until.set_date(date(2026, 9, 30))
    asked.kind.set_value(PortfolioPaper.PERFORMANCE)
    asked.go_button.click()
    shown_paper(page)
    said = texts(saved)
    assert said[0] == "Social value performance: until 30 September 2026, Brackwater today"
    assert said[1] == "Saved view “Brackwater today”. Only a part of what the council has: Ward Brackwater."


def test_what_is_said_in_a_question_is_read_before_the_job_begins(qtbot, session, page, monkeypatch):
    """No other thread may look at a dialog, which may be gone by then."""
    made, looked = [], []
    at_work = []

    def work(_workspace, ward, day, _today):
        at_work.append(True)
        made.append((ward, day))
        raise StoreError("Enough", "Nothing")

    whole = PaperQuestion.day

    def day(asked):
        looked.append(bool(at_work))
        return whole.fget(asked)

    monkeypatch.setattr(council_papers, "ward_paper", work)
    monkeypatch.setattr(PaperQuestion, "day", property(day))
    page.papers.ward.trigger()
    asked = page.papers.asked
    asked.about.set_value("X01")
    asked.until.set_date(date(2026, 9, 30))
    started = []
    monkeypatch.setattr(page.papers, "_make", started.append)
    asked.go_button.click()
    asked.about.set_value("X02")
    with pytest.raises(StoreError):
        started[0](session.workspace, None)
    assert made == [("X01", date(2026, 9, 30))]
    assert looked == [False]


def test_a_question_grows_where_a_field_says_what_is_wrong(qtbot, page):
    page.papers.ward.trigger()
    asked = page.papers.asked
    height = asked.height()
    asked.go_button.click()
    qtbot.waitUntil(lambda: asked.height() > height)
    assert asked._area.verticalScrollBar().maximum() == 0
    asked.reject()


def test_nothing_can_be_ticked_before_a_contract_is_chosen_and_then_there_is_room(qtbot, page):
    page.papers.kpi.trigger()
    asked = page.papers.asked
    assert not asked.ticks.isVisible()
    asked.about.set_value(1)
    asked.about.chosen.emit(1)
    assert asked.ticks.isVisible()
    qtbot.waitUntil(lambda: asked._area.verticalScrollBar().maximum() == 0)
    asked.reject()


def test_no_file_is_written_where_the_question_is_given_up(page, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: ("", ""))
    page.papers.committee.trigger()
    said = []
    page.wants_toast.connect(said.append)
    shown_paper(page)
    assert said == []
