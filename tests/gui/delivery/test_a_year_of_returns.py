"""A year of returns in one go, as a contract manager lives it in the window, by keyboard.

Two contracts are made, signed, returned by workbooks in four quarters, decided, agreed on, varied and published; what
database, screen and paper then hold is worked out here a second time, from what was typed and the menu's unit values.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtWidgets import QWidget

from tests.gui.clock import Clock
from tests.gui.conftest import make_anew
from tests.gui.delivery.manager import SHIFT, Manager, claimed, filled
from tests.gui.test_by_keyboard import ALT, CONTROL, KEY
from tomsapp.domain.delivery.acts import DeliveryActKind
from tomsapp.gui.application import build_window, let_go, new_session
from tomsapp.gui.delivery.returns_section import returns_of
from tomsapp.gui.jobs import inline_jobs
from tomsapp.gui.widgets.problems import ProblemRow
from tomsapp.services import databases
from tomsapp.services.delivery import open_delivery_of

ROOT = Path(__file__).resolve().parents[3]
LEISURE, PARKS = "C-2026-001", "C-2026-002"
PROMISED = {
    LEISURE: {"J01": "2", "J07": "1", "S08": "20", "V01": "4000", "V04": "120", "G05": "8"},
    PARKS: {"V04": "80", "V06": "10"},
}
UNIT_VALUES = {
    "J01": Decimal("20202.72"),
    "J07": Decimal("12937.46"),
    "S08": Decimal("240.00"),
    "V01": Decimal("1.00"),
    "V04": Decimal("15.59"),
    "V06": Decimal("18.20"),
    "G05": Decimal("130.75"),
}
"""Of barnet-open 2026.2, as its pages print them."""
ACCEPTED = {
    LEISURE: {"J01": "1 1", "J07": "0", "S08": "3 6 9", "V01": "1000 1000 1000 1500", "V04": "24 30 20 24",
              "G05": "2 2 2.25 1.5"},
    PARKS: {"V04": "20 30 30 5", "V06": "2.5 2.5 2.5 2.5"},
}  # fmt: skip
"""What is accepted in the end, quarter by quarter, from what the suppliers' workbooks say below."""
UNTIL = date(2027, 3, 31)
APART = "3 are due by the commitments: people who may be the same count once."
NO_MORE = "The letters of the schools show no more than this"
COUNTED = "P-001 counts as J01 already, and one person counts once"
SCHOOLS, LOG, BANK, NOTES = "Letters of the schools", "Log of hours", "Letter of the bank", "Weighbridge notes"


@pytest.fixture
def manager(qtbot, tmp_path, monkeypatch):
    """Somebody in front of the window that the program opens for the first time, in March 2026."""
    monkeypatch.setenv("TOMSAPP_HOME", str(tmp_path / "home"))
    # A copy of one that another test made would have been made on another day.
    monkeypatch.setattr(databases, "make_database", make_anew)
    clock = Clock(monkeypatch, date(2026, 3, 2))
    faults = []
    session = new_session(jobs=inline_jobs())
    window = build_window(session, faults.append)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    person = Manager(qtbot, window, session.jobs, clock, monkeypatch, tmp_path)
    person.settle()
    person.session = session
    yield person
    session.set_workspace(None)
    let_go(window)
    assert faults == []


def held(p, reference):
    return open_delivery_of(p.session.workspace, reference, UNTIL)


# What was promised


def make_council(p):
    p.do("Make a database")
    p.type("Newtown Council")
    p.fill("Your name", "Ngozi Bell")
    p.do("Make the database")
    p.do("Step 1: Add a supplier")
    p.fill("Name", "Ashdown Facilities Ltd")
    p.do("Save supplier")


def make_contract(p, title, value, promised):
    p.press(KEY.Key_4, ALT)
    if p.contract is not p.window.page("contracts").list:
        p.press(KEY.Key_Left, ALT)
    p.press(KEY.Key_N, CONTROL)
    p.fill("Title", title)
    for label, text in (("Contract value", value), ("Start date", "1 April 2026"), ("End date", "2 years")):
        p.fill(label, text)
    p.fill("Supplier", "Ashdown Facilities Ltd")
    p.do("Save contract")
    p.do("Add measures")
    for code in promised:
        p.press(KEY.Key_A, CONTROL)
        p.type(code)
        p.press(KEY.Key_Return)
    p.press(KEY.Key_Return, CONTROL)
    for line in p.contract.editor.commitments:
        for _ in range(2):
            p.type(promised[line.measure])
            p.press(KEY.Key_Tab)
    p.choose_from_menu("Actions", "Sign contract…")
    p.type("Procurement lead for adult social care and public health")
    p.do("Sign contract")
    assert "The menu was published on" in p.words(), "it is said at once what is asked"
    p.tab_to("Reason")
    p.type("The council took part in the trial of the menu before it was published")
    p.do("Sign contract")
    assert "Signed" in p.words()


# The quarters, as the supplier returns them


def first_quarter(p):
    """One return with errors, one that came twice; the errors are put right a week later."""
    leisure, parks = p.make_returns(date(2026, 7, 3), "due-q1")
    back = p.folder / "q1"
    good = {"V01": claimed(1000, BANK), "G05": claimed(2, NOTES)}
    bad = {**good, "V04": {"claimed": "4,5"}, "S08": {"claimed": 0}}
    filled(leisure, back / "leisure.xlsx", date(2026, 7, 6), bad, is_confirmed=False)
    lines = {"V04": claimed(25, LOG, evidenced=20), "V06": claimed("2.5", LOG)}
    shutil.copy(filled(parks, back / "parks.xlsx", date(2026, 7, 7), lines), back / "parks again.xlsx")

    window = p.read_returns(date(2026, 7, 9), back)
    assert "3 files: 1 ready, 1 that came twice and 1 with errors" in p.words()
    said = [window.lines.index(row, 8).data() for row in range(window.lines.rowCount())]
    assert any("“4,5” can be read in two ways. Write 4.5 or 45" in each for each in said)
    assert any("Nothing is claimed, and no sentence says why" in each for each in said)
    stops = []
    for _ in range(3):
        p.press(KEY.Key_F8)
        stops.append(window.file_table.currentIndex().row())
    assert stops == [0, 2, 0], "F8 begins under the cursor, and passes by what is only noted"
    p.press(KEY.Key_Return, CONTROL)
    assert "1 return taken over. Nothing else is saved" in p.words()
    p.press(KEY.Key_Escape)
    assert held(p, LEISURE).deliveries == ()

    exams = "The schools had exams and asked us to come in autumn"
    lines = {**good, "V04": claimed(24, LOG), "S08": {"claimed": 0, "evidenced": 0, "note": exams}}
    again = filled(leisure, back / "leisure put right.xlsx", date(2026, 7, 14), lines)
    p.read_returns(date(2026, 7, 15), again)
    p.press(KEY.Key_Return, CONTROL)
    assert p.place is p.window
    assert states(p)[0] == "Returned"


def second_quarter(p):
    """One return is saved again by another spreadsheet program, the other one comes 33 days late."""
    leisure, parks = p.make_returns(date(2026, 10, 2), "due-q2")
    lines = {"V04": claimed(30, LOG), "V06": claimed("2.5", LOG)}
    saved = saved_again(p, filled(parks, p.folder / "q2" / "parks.xlsx", date(2026, 10, 20), lines))
    p.read_returns(date(2026, 10, 21), saved)
    p.press(KEY.Key_Return, CONTROL)
    assert p.place is p.window

    p.live_until(date(2026, 11, 25))
    told = [each.accessibleName() for each in p.window.page("start").due_card.findChildren(QWidget)]
    assert any("26 days" in each for each in told), "what is late is told of the day, not of when it was read"
    p.open_delivery(LEISURE, "returns")
    assert states(p)[1] == "26 days late"
    lines = {"V01": claimed(1000, BANK), "V04": claimed(30, LOG), "S08": claimed(4, SCHOOLS, evidenced=3),
             "G05": claimed(2, NOTES)}  # fmt: skip
    p.read_returns(date(2026, 12, 3), filled(leisure, p.folder / "leisure q2.xlsx", date(2026, 12, 2), lines))
    p.press(KEY.Key_Return, CONTROL)
    assert states(p)[1] == "Returned, 33 days late"


def third_quarter(p):
    """A second return of the quarter takes the place of the first."""
    leisure, parks = p.make_returns(date(2027, 1, 4), "due-q3")
    back = p.folder / "q3"
    lines = {"J01": claimed(1, "Contract of employment, by number", new=1), "V01": claimed(1000, BANK),
             "V04": claimed(20, LOG), "S08": claimed(5, SCHOOLS), "G05": claimed("2.25", NOTES)}  # fmt: skip
    people = [("J01", "P-001", "New", date(2026, 11, 2), None)]
    filled(leisure, back / "leisure.xlsx", date(2027, 1, 12), lines, people)
    filled(parks, back / "parks.xlsx", date(2027, 1, 12), {"V04": claimed(30, LOG), "V06": claimed("2.5", LOG)})
    p.read_returns(date(2027, 1, 14), back)
    p.press(KEY.Key_Return, CONTROL)
    assert p.place is p.window

    lines["S08"] = claimed(6, SCHOOLS)
    second = filled(leisure, p.folder / "leisure q3 second.xlsx", date(2027, 1, 20), lines, people)
    window = p.read_returns(date(2027, 1, 21), second)
    row = [window.lines.index(2, column).data() for column in range(7)]
    assert (row[0], *row[3:]) == ("S08", "5", "6", "6", "Changed")
    p.press(KEY.Key_Return, CONTROL)
    assert len([each for each in held(p, LEISURE).deliveries if each.record.quarter.number == 3]) == 5


def fourth_quarter(p):
    """One person number stands in two measures; then the same file is offered for two claims."""
    leisure, parks = p.make_returns(date(2027, 4, 5), "due-q4")
    back = p.folder / "q4"
    lines = {"J01": claimed(1, "Contract of employment, by number", new=1),
             "J07": claimed(1, "Letter of the leaving care team", new=1), "V01": claimed(1500, BANK),
             "V04": claimed(24), "S08": claimed(9, SCHOOLS), "G05": claimed("1.5", NOTES)}  # fmt: skip
    people = [(code, number, "New", date(2027, 1, 11), None) for code, number in (("J01", "P-002"), ("J07", "P-001"))]
    filled(leisure, back / "leisure.xlsx", date(2027, 4, 19), lines, people)
    filled(parks, back / "parks.xlsx", date(2027, 4, 20), {"V04": claimed(5), "V06": claimed("2.5")})
    window = p.read_returns(date(2027, 4, 22), back)
    assert "2 files: 1 ready and 1 ready with questions" in p.words()
    p.press(KEY.Key_F8)
    told = [each.accessibleName() for each in window._area.widget().children() if each.isWidgetType()]
    assert any("P-001 is claimed for J01 in Q3 (Oct to Dec 2026) too" in each for each in told)
    p.press(KEY.Key_Return, CONTROL)

    p.open_delivery(PARKS)
    show_last_year(p)
    log = p.folder / "volunteer log January to March.txt"
    log.write_text("11 January 2.5 h; 12 February 2.5 h; 20 March 2.5 h", encoding="utf-8")
    for measure in ("V04", "V06"):
        p.go_to_cell(measure, 4)
        p.press(KEY.Key_Return)
        assert p.part.side.evidence.missing.isVisible()
        p.the_system_gives(log)
        p.do("Attach files")
        p.fill("Keep until", "31 March 2035")
        p.press(KEY.Key_Return)
        assert p.place is p.window
    for measure, other in (("V06", "V04"), ("V04", "V06")):
        p.go_to_cell(measure, 4)
        (row,) = p.part.side.evidence.rows
        assert f"is also offered for {other}, Q4 (Jan to Mar 2027)" in row.accessibleName() + warned(row)


def saved_again(p, path):
    """The workbook as LibreOffice saves it, where that is installed."""
    if shutil.which("soffice") is None:
        return path
    command = ["soffice", f"-env:UserInstallation=file://{p.folder}/profile", "--headless", "--convert-to", "xlsx"]
    out = p.folder / "again"
    subprocess.run([*command, "--outdir", str(out), str(path)], check=True, capture_output=True, timeout=180)
    return out / path.name


def states(p):
    """How the returns of the quarters stand, as the list says it."""
    assert [row.state for row in returns_of(p.delivery.opened, 0, p.clock.day)] == [
        p.part.model.index(row, 4).data() for row in range(4)
    ]
    return [p.part.model.index(row, 4).data() for row in range(4)]


def warned(row):
    """What is asked beside a piece of evidence."""
    return " ".join(each.text.text() for each in row.findChildren(ProblemRow))


def show_last_year(p):
    """A day of the second year shows that one first: the chooser leads back."""
    p.tab_to("Year 2027/28")
    p.press(KEY.Key_Up)
    assert p.delivery.years.currentText() == "Year 2026/27"


# What is decided and agreed


def sign_in_as(p, name):
    p.press(KEY.Key_8, ALT)
    p.replace("Your name", name)
    p.press(KEY.Key_S, CONTROL)
    assert p.session.who == name


def decide_all(p, reference, refused=()):
    """F8 from claim to claim: what the evidence shows is accepted, and the rest rejected with the reason."""
    p.open_delivery(reference)
    for _ in range(40):
        p.press(KEY.Key_F8)
        quarter = p.part.table.current_quarter()
        if quarter is None or quarter.delivery is None or not quarter.delivery.undecided:
            return
        measure = p.part.table.current_line().measure.code
        p.press(KEY.Key_Return)
        accept = p.begins("Accept ") if measure not in refused else None
        if accept is None or accept == "Accept part":
            p.do("Reject")
            give_reason(p, COUNTED if measure in refused else NO_MORE, "Reject")
            continue
        p.do(accept)
        if p.place is not p.window and p.is_at() == "Your role":
            p.type("Contract manager")
        if p.place is not p.window:
            act = p.begins("Accept")
            p.do(act)
            if p.place is not p.window:
                give_reason(p, NO_MORE, act)
    raise AssertionError("F8 does not come to an end")


def give_reason(p, why, button):
    p.tab_to("Reason")
    p.type(why)
    p.do(button)
    assert p.place is p.window


def substitute(p):
    """What is missing of the volunteering is settled with the surplus of the gifts."""
    p.open_delivery(LEISURE)
    show_last_year(p)
    p.go_to_cell("V04", 4)
    p.press(KEY.Key_Return)
    p.do("Record the agreement…")
    p.press(KEY.Key_Space)
    p.fill("Why it is missing", "Two of the groups stopped meeting")
    p.fill("Agreed for the supplier by", "J. Hartwell, director")
    p.fill("Agreed for the supplier on", "6 May 2027")
    p.do("Record the agreement")
    assert p.place is p.window
    assert "22 hours, £342.98 short of what was due. £0.00 of it is open." in p.words()
    assert p.begins("Record the agreement") is None


def extend(p):
    """A third year, for 400,000 pounds."""
    p.open_delivery(LEISURE)
    p.press(KEY.Key_V, CONTROL | SHIFT)
    p.fill("Takes effect on", "1 June 2027")
    p.fill("New end date", "31 March 2029")
    p.fill("New contract value", "1300000")
    p.tab_to("Reason")
    p.type("A third year of the two centres for 400,000 pounds, as the cabinet decided on 4 May")
    p.press(KEY.Key_Return, CONTROL)
    p.replace("Your role", "Contract manager")
    p.do("Sign variation")
    assert p.place is p.window
    for words in ("Signed, varied once", "£1,300,000.00", "3 years from 1 April 2026"):
        assert words in p.words()


# What comes of it


def publish(p, reference):
    """Publish the year from the window, and save a copy."""
    p.open_delivery(reference, "published")
    p.do("Publish…")
    p.replace("Your role", "Contract manager")
    p.do("Publish for good")
    p._qtbot.waitUntil(lambda: len(p.part.rows) == 1, timeout=30_000)
    target = p.folder / f"{reference}.pdf"
    p.the_system_gives(target)
    p.do("Save a copy…: To 31 March 2027, end of year 2026/27")
    p._qtbot.waitUntil(target.exists, timeout=30_000)
    return target


def verify(p, file, *options):
    """What the command says on a computer of its own, on which no database was ever opened."""
    away = p.folder / "away"
    away.mkdir(exist_ok=True)
    own = {f"XDG_{name}_HOME": str(away / name) for name in ("CONFIG", "DATA", "CACHE", "STATE")}
    kept = {name: value for name, value in os.environ.items() if name != "TOMSAPP_HOME"}
    kept["PYTHONPATH"] = str(ROOT)
    found = subprocess.run(
        [sys.executable, "-m", "tomsapp", *options, "verify", str(file)],
        env={**kept, **own, "HOME": str(away)}, cwd=away, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert found.returncode == 0, found.stdout + found.stderr
    assert not list(away.rglob("*.db"))
    return found.stdout


def totals(reference):
    """Due, accepted and open, and what is due of each measure: worked out from quantities and unit values alone."""
    due = accepted = surplus = Decimal(0)
    for code, promised in PROMISED[reference].items():
        units = sum(Decimal(text) for text in ACCEPTED[reference][code].split())
        counted = min(units, Decimal(promised))
        due += Decimal(promised) * UNIT_VALUES[code]
        accepted += counted * UNIT_VALUES[code]
        surplus += (units - counted) * UNIT_VALUES[code]
    return due.quantize(Decimal("0.01")), accepted.quantize(Decimal("0.01")), surplus.quantize(Decimal("0.01"))


def printed(path):
    document = pypdfium2.PdfDocument(path)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return re.sub(r"\s+", " ", text)


def check(p, reference, file):
    """Database, screen and paper hold the same, and it is what the calculator makes of it."""
    due, accepted, surplus = totals(reference)
    opened = held(p, reference)
    pounds = opened.delivered.pounds
    assert (pounds.due, pounds.accepted, pounds.evidenced, pounds.surplus) == (due, accepted, accepted, surplus)
    p.open_delivery(reference)
    text = printed(file)
    for amount in (due, accepted):
        assert f"£{amount:,.2f}" in p.words()
        assert f"£{amount:,.2f}" in text
    assert "DRAFT" not in text
    for line in opened.delivered.lines:
        assert f"£{UNIT_VALUES[line.measure.code]:,.2f}" in text


def test_a_year_of_returns_from_the_first_workbook_to_the_verified_paper(manager):
    p = manager
    make_council(p)
    make_contract(p, "Leisure centres, north", "900000", PROMISED[LEISURE])
    make_contract(p, "Grounds and parks", "120000", PROMISED[PARKS])
    first_quarter(p)
    second_quarter(p)
    third_quarter(p)
    fourth_quarter(p)

    sign_in_as(p, "Rosa Castell")
    p.live_until(date(2027, 4, 26))
    decide_all(p, LEISURE, refused=("J07",))
    decide_all(p, PARKS)
    p.live_until(date(2027, 5, 7))
    substitute(p)
    p.live_until(date(2027, 5, 10))
    extend(p)

    acts = held(p, LEISURE).acts
    kinds = [act.kind for act in acts]
    assert kinds.count(DeliveryActKind.REJECT) == 2
    assert [act.reason for act in acts if act.kind is DeliveryActKind.REJECT] == [COUNTED, NO_MORE]
    (agreed,) = (act for act in acts if act.kind is DeliveryActKind.SUBSTITUTE)
    assert (agreed.quantity, agreed.supplier_on) == (Decimal("342.98"), date(2027, 5, 6))
    assert {act.by for act in acts} == {"Rosa Castell"}
    database = next((p.folder / "home").rglob("newtown-council.tomsdb"))
    for reference in (LEISURE, PARKS):
        file = publish(p, reference)
        check(p, reference, file)
        assert "holds" in verify(p, file)
        assert "It is the paper that this database published" in verify(p, file, "--database", str(database))
    text = printed(p.folder / f"{LEISURE}.pdf")
    for words in (COUNTED, "J. Hartwell", "Substitute: £342.98 of line 4, £342.98", "1 more fact;", APART):
        assert words in text
    assert f"{SCHOOLS}, for Q2 of year 1, reference only;" in text, "what a return names is said once"
