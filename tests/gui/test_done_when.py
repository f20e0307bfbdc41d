"""The acceptance test: a newcomer at the window gets from nothing to a PDF whose every sum can be done again.

Only clicks and keys, on what is in view; no service is called.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from tests.gui.person import Person
from tomsapp.gui.application import build_window, new_session
from tomsapp.gui.contract.grid_model import FIRST_YEAR
from tomsapp.gui.jobs import Jobs

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
SHARE, VALUE = FIRST_YEAR + 2, FIRST_YEAR + 3
PROMISES = {"J11": "12.5", "S08": "40", "V01": "10000", "G01": "1"}
"""What the supplier promises in each of the two years."""

TERM = r"£?\d[\d,]*(?:\.\d+)?%?(?: (?:at [\d-]+ prices|an hour|hours|weeks))?"
SUM = re.compile(rf"({TERM}(?: [×÷] {TERM})+)(?: of social value| \([^)=]*\))? ?= (£?\d[\d,]*(?:\.\d+)?)")


@pytest.fixture
def newcomer(qtbot, tmp_path, monkeypatch):
    """Somebody in front of the window that the program opens for the first time."""
    monkeypatch.setenv("TOMSAPP_HOME", str(tmp_path / "home"))
    faults = []
    session = new_session(jobs=Jobs())
    window = build_window(session, faults.append)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    yield Person(qtbot, window, session.jobs)
    session.set_workspace(None)
    session.jobs.shut_down()
    assert faults == []


def make_database(person):
    person.click("Make a database")
    person.fill("Name of the council", "Newtown Council")
    person.fill("Your name", "Ngozi Bell")
    person.click("Make the database")
    assert "Newtown Council" in person.words()
    assert "Signed in as Ngozi Bell" in person.words()


def add_supplier(person):
    person.click("Add a supplier")
    person.fill("Name", "Ashdown Facilities Ltd")
    person.click("Save supplier")
    assert "1 supplier" in person.words()


def add_contract(person):
    person.click("Contracts")
    person.click("New contract")
    person.fill("Title", "Cleaning of schools and libraries")
    person.fill("Contract value", "2500000")
    person.fill("Start date", "1 April 2026")
    person.fill("End date", "2 years")
    person.choose("Supplier", "Ashdown Facilities Ltd")
    person.click("Save contract")
    assert "2 years from 1 April 2026" in person.words()
    assert "Not enough: short by £125,000.00" in person.words()


def choose_measures(person):
    person.click("Add measures")
    for code in PROMISES:
        person.press(Qt.Key.Key_A, CONTROL)
        person.type(code)
        person.press(Qt.Key.Key_Return)
    person.click("Add 4 measures")
    assert "Commitments (4)" in person.words()


def row_of(table, code):
    """Where the line stands whose second line of words begins with the code."""
    rows = ((row, table.grid.line_at(row)) for row in range(table.grid.rowCount()))
    return next(row for row, line in rows if line is not None and line.commitment.measure == code)


def enter_quantities(person, table):
    for code, quantity in PROMISES.items():
        for year in range(2):
            person.click_cell(table, row_of(table, code), FIRST_YEAR + year)
            person.type(quantity)
            person.press(Qt.Key.Key_Return)
    assert "£141,704.80" in person.words()  # with the whole of the work experience
    person.click_cell(table, row_of(table, "S08"), SHARE)
    person.fill("Share", "25%")
    person.click("Save details")


def read_why(person, table, code):
    """The explanation of a line: what is in view of it, and the whole as the keyboard copies it."""
    person.click_cell(table, row_of(table, code), VALUE)
    seen = person.words()
    person.press(Qt.Key.Key_C, CONTROL | SHIFT)
    return seen, QGuiApplication.clipboard().text()


def export_pdf(person, path):
    person.click("Preview PDF")
    assert "of 4" in person.words()
    person.name_the_file(str(path))
    person.click("Save as…")
    assert f"Saved as {path}" in person.words()
    person.click("Close")
    text = "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))
    return " ".join(text.split())


def pounds(text):
    return Decimal(text.replace("£", "").replace(",", ""))


def work_out(terms):
    """What a pocket calculator makes of "40 × £226.50 × 25%", from left to right."""
    result, sign = Decimal(1), "×"
    for word in re.findall(rf"[×÷]|{TERM}", terms):
        if word in "×÷":
            sign = word
            continue
        number = pounds(word.split(" ")[0].rstrip("%")) / (100 if "%" in word else 1)
        result = result * number if sign == "×" else result / number
    return result


def wrong_sums(text):
    """The sums found in a text, and those that are not as printed once rounded to the printed decimals."""
    sums = SUM.findall(text)
    wrong = []
    for terms, printed in sums:
        exact, shown = work_out(terms), pounds(printed)
        if exact.quantize(Decimal(1).scaleb(shown.as_tuple().exponent), ROUND_HALF_UP) != shown:
            wrong.append((terms, printed, exact))
    return sums, wrong


def test_a_newcomer_gets_from_nothing_to_a_pdf_that_a_pocket_calculator_confirms(newcomer, tmp_path):
    person = newcomer
    make_database(person)
    add_supplier(person)
    add_contract(person)
    choose_measures(person)
    table = person.window.page("contracts").shown.lines.table
    enter_quantities(person, table)

    seen = person.words()
    for words in ("£127,304.80", "£20,000.00", "5.09%"):
        assert words in seen.split("\n")
    assert "£2,500,000.00 is over £25,000.00" in seen
    assert "£2,500,000.00 × 5% = £125,000.00 of social value" in seen
    assert (
        "£2,500,000.00 ÷ £1,000,000.00 = 2.5; rounded down: 2 outcomes needed, 0 committed" in seen
    )  # a raise is no new job
    assert seen.split("\n").count("Enough") == 1
    assert "Not enough: short by 2" in seen.split("\n")

    for code, value, sums, source in (
        ("J11", "£101,887.50", ("2026/27: 12.5 × £4,075.50\t£50,943.75",), "London Living Wage announced"),
        ("S08", "£4,800.00", ("2027/28: 40 × £240.00 × 25%\t£2,400.00",), "National Minimum Wage"),
        ("V01", "£20,000.00", ("2026/27: 10,000 × £1.00\t£10,000.00",), "Face value"),
        (
            "G01",
            "£617.30",
            (
                "2026/27: 1 × £306.32\t£306.32",
                "2027/28: 1 × £310.98\t£310.98",
                "£277.22 at 2022 prices × 100 ÷ 90.5005",
            ),
            "Valuation of energy use and greenhouse gas emissions",
        ),
    ):
        seen, whole = read_why(person, table, code)
        assert f"How {value} came about" in seen
        for words in (*sums, source, "https://"):
            assert words in whole
        assert wrong_sums(whole.replace("\t", " = "))[1] == []

    text = export_pdf(person, tmp_path / "valuation.pdf")
    sums, wrong = wrong_sums(text)
    assert wrong == []
    found = {(terms, printed) for terms, printed in sums}
    for expected in (
        ("12.5 × £4,075.50", "£50,943.75"),
        ("40 × £240.00 × 25%", "£2,400.00"),
        ("10,000 × £1.00", "£10,000.00"),
        ("1 × £306.32", "£306.32"),
        ("1 × £310.98", "£310.98"),
        ("£277.22 × 100 ÷ 90.5005", "£306.32"),
        ("£2,500,000.00 × 5%", "£125,000.00"),
        ("£2.09 an hour × 1,950 hours", "£4,075.50"),
        ("£8.00 × 30 hours", "£240.00"),
    ):
        assert expected in found
    assert "At 2022 prices: 2026, £277.22 × 100" in text  # said once for all the years of a source
    # Equal years are one sum; each line is the sum of its years, and the total the sum of its lines.
    lines = text.replace(" Every sum (continued) ", " ").split(" Every sum ")[1].split("Problems and answers")[0]
    lines = re.sub(r"Real pounds: .*?= £[\d,.]+\.", "", lines)
    printed = SUM.findall(lines)
    folded = [(terms, result) for terms, result in printed if terms.startswith("2 × £")]
    by_year = [pounds(result) for terms, result in printed if terms.startswith("1 × £")]
    assert (len(printed), len(folded), len(by_year)) == (8, 3, 2)
    for terms, _ in folded:
        assert terms.removeprefix("2 × ") in {result for _, result in printed}
    whole = sum(pounds(result) for _, result in folded) + sum(by_year)
    assert whole == pounds(re.search(r"Total of 4 commitments (£[\d,.]+)", lines)[1]) == Decimal("127304.80")


def test_the_calculator_notices_a_sum_that_is_a_penny_out():
    sums, wrong = wrong_sums("40 × £226.50 × 25% = £2,265.00 and 3 × £0.333 = £1.01")
    assert len(sums) == 2
    assert [(terms, printed) for terms, printed, _ in wrong] == [("3 × £0.333", "£1.01")]
