"""A tender set up and issued by keyboard alone: two lots, 20 measures, 3 questions, 20% social value split in half."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QTableView

from tests.gui import audit
from tests.gui.test_accessibility import complaints, faint, walk_complaints
from tests.gui.test_by_keyboard import ALT, CONTROL, KEY, Typist
from tomsapp.bootstrap import menu_catalogue
from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.domain.tender.question import Question
from tomsapp.domain.tender.setup import Step
from tomsapp.domain.wording import format_date
from tomsapp.gui.application import build_window, let_go, new_session
from tomsapp.gui.focus_ring import FocusWatch
from tomsapp.gui.jobs import inline_jobs
from tomsapp.services import databases
from tomsapp.services.tenders.issuing import read_version
from tomsapp.services.tenders.parts import QUESTIONS
from tomsapp.services.tenders.reading import find_tender, open_tender

D = Decimal
TODAY = date.today()  # noqa: DTZ011 - a deadline is in the future of whoever issues
DEADLINE, START = TODAY + timedelta(days=60), TODAY + timedelta(days=150)
JOBS = [*(f"J0{number}" for number in range(1, 10)), "J10", "J13", "J14", "J11"]
MEASURES = [*JOBS, "S01", "S02", "S03", "S08", "S09", "V01", "V04"]
"""In the order of the menu."""
TARGETS = {"J01": "1", "J02": "2", "S08": "40"}
WHY = "Cleaners are hired and trained for it"


@pytest.fixture
def typist(qtbot, tmp_path, monkeypatch):
    """Somebody in front of the program with an empty database."""
    monkeypatch.setenv("TOMSAPP_HOME", str(tmp_path))
    path = tmp_path / "council.db"
    databases.make_database(path, menu_catalogue(), "A. Okafor", "Larkmere Council").close()
    faults = []
    session = new_session(jobs=inline_jobs())
    session.set_who("A. Okafor")
    session.jobs.failed.connect(faults.append)
    window = build_window(session, faults.append)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    window.page("start").show_target(str(path))
    person = Typist(qtbot, window, session.jobs)
    person.session = session
    person.settle()
    yield person
    session.set_workspace(None)
    let_go(window)
    assert faults == []


def next_step(person):
    person.press(KEY.Key_PageDown, CONTROL)


def enter_facts(person):
    person.press(KEY.Key_3, ALT)
    person.press(KEY.Key_N, CONTROL)
    person.fill("Reference", "T-2026-003")
    person.fill("Title", "Cleaning of libraries and community hubs")
    person.fill("Officer in charge", "A. Okafor")
    person.fill("Deadline", format_date(DEADLINE))
    person.do("Save and set up")


def enter_lots(person):
    next_step(person)
    for title in ("Offices", "Libraries"):
        person.do("Add lot")
        person.fill("Title", title)
        person.fill("Estimated value", "600000")
        person.fill("Start date", format_date(START))
        person.fill("End date", "2 years")
        person.press(KEY.Key_Tab)


def choose_measures(person):
    next_step(person)
    person.do("Choose measures")
    for code in MEASURES:
        person.tab_to("Search in Measures")
        person.press(KEY.Key_A, CONTROL)
        person.type(f"{code} ")
        person.press(KEY.Key_Down)
        person.press(KEY.Key_Space)
    person.do("Choose 20 measures")
    assert "20 measures" in person.words()


def type_down(person, texts):
    """Type a text into each measure's cell, from the first on; Enter goes to the next."""
    table = person.focused()
    assert isinstance(table, QTableView)
    while table.currentIndex().row() > 1:
        person.press(KEY.Key_Up)
    for number, code in enumerate(MEASURES):
        if texts.get(code):
            person.type(texts[code])
            person.press(KEY.Key_Return)
        elif number + 1 < len(MEASURES):
            person.press(KEY.Key_Return)


def to_table(person):
    while not isinstance(person.focused(), QTableView):
        person.press(KEY.Key_Tab)


def enter_targets_and_reasons(person):
    type_down(person, TARGETS)
    person.press(KEY.Key_Tab, CONTROL)
    person.tab_to("Targets")
    person.press(KEY.Key_Right)
    to_table(person)
    type_down(person, dict.fromkeys(MEASURES, WHY))
    person.fill("Most measures in an offer", "8")
    person.press(KEY.Key_Tab)


def enter_weights_and_questions(person):
    next_step(person)
    for label, text in (("price", "40"), ("quality", "40"), ("social value", "20")):
        person.fill(f"Weight of {label}", text)
    person.fill("Part for quantity", "50%")
    for number, (title, weight) in enumerate((("Local jobs", "40"), ("Training", "30"), ("Volunteers", "30"))):
        person.do("Add a question")
        person.fill("Title", title)
        person.fill("Question", f"How will you do it: {title}?")
        person.fill("Weight", weight)
        if number == 0:
            for mark in range(5, -1, -1):
                person.fill(f"What gets {mark}", f"An answer worth {mark}")
            person.press(KEY.Key_Tab)
        else:
            person.do("Take over the guide of question 1")


def issue(person):
    next_step(person)
    assert person.is_at() == "Issue version 1"
    person.press(KEY.Key_Return)
    assert person.is_at() == "Your role"
    person.type("Procurement lead")
    person.do("Issue version 1")


def test_a_whole_tender_is_set_up_and_issued_without_a_mouse(typist):
    enter_facts(typist)
    enter_lots(typist)
    choose_measures(typist)
    enter_targets_and_reasons(typist)
    enter_weights_and_questions(typist)
    workspace = typist.session.workspace
    number = find_tender(workspace, "T-2026-003")
    set_up = open_tender(workspace, number)
    assert [each.problem.message for each in set_up.problems if each.is_error] == []
    issue(typist)
    issued = open_tender(workspace, number)
    assert issued.tender.status is TenderStatus.ISSUED
    assert [version.version for version in issued.versions] == [1]
    pack = read_version(workspace, issued, 1).pack
    assert [(lot.number, lot.title, lot.value) for lot in pack.lots] == [
        (1, "Offices", D("600000.00")),
        (2, "Libraries", D("600000.00")),
    ]
    assert [each.measure for each in pack.measures] == MEASURES
    assert {each.measure: str(each.target) for each in pack.measures if each.target} == TARGETS
    assert {each.relevance for each in pack.measures} == {WHY}
    assert [(each.title, each.weight, each.guide[5]) for each in pack.questions] == [
        ("Local jobs", D(40), "An answer worth 5"),
        ("Training", D(30), "An answer worth 5"),
        ("Volunteers", D(30), "An answer worth 5"),
    ]
    tender = pack.tender
    assert (tender.price_points, tender.quality_points, tender.quantity_points, tender.statement_points) == (
        40, 40, 10, 10,
    )  # fmt: skip
    assert tender.most_measures == 8
    assert issued.acts[0].role == "Procurement lead"


@pytest.fixture
def ring(qapp):
    """The ring that shows where the keyboard is, as the program has it."""
    watch = FocusWatch(qapp)
    yield watch
    qapp.removeEventFilter(watch)
    watch.deleteLater()


@pytest.mark.usefixtures("ring")
@pytest.mark.parametrize("step", [Step.MENU, Step.WEIGHTS, Step.CHECK])
def test_a_step_can_be_used_without_a_mouse_with_a_reader_and_with_little_sight(desk, step):
    QUESTIONS.add(desk.workspace, desk.read(), [Question(2, "Training")])
    page = desk.open()
    desk.window.resize(1366, 768)
    page.current.open_step(step)
    if step is Step.WEIGHTS:
        page.current.current.focus_field("2 text")
    audit.settle()
    for part in (page.current, page.current.panel):
        assert complaints(part) == []
    assert faint(desk.window) == []
    assert walk_complaints(desk.window) == []


@pytest.mark.parametrize("named", ["choose", "details", "issue"])
def test_a_dialog_of_the_set_up_can_be_used_so_too(desk, named):
    page = desk.open()
    page.current.open_step(Step.CHECK if named == "issue" else Step.MENU)
    step = page.current.current
    if named == "details":
        step.table.details_wanted.emit("V01")
    else:
        (step.choose if named == "choose" else step.issue)()
    dialog = step.issuer.dialog if named == "issue" else step.acts.dialog
    audit.settle()
    assert complaints(dialog) == []
    assert audit.out_of_line(dialog) == []
    assert audit.misfitted(dialog) == []
    assert faint(dialog) == []
    dialog.reject()
