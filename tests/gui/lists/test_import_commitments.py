from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from tests.services.council import sign
from tomsapp.domain.problems import Problem, Severity
from tomsapp.gui.dialogs.import_commitments import ImportDialog
from tomsapp.gui.dialogs.import_table import COLUMNS
from tomsapp.gui.widgets.problems import ProblemRow
from tomsapp.reading.receipt import receipt_of
from tomsapp.services import importing
from tomsapp.services.failures import StoreError
from tomsapp.services.history import contract_history
from tomsapp.services.progress import Cancelled, NoProgress

GOOD = "Code,2026/27,2027/28,2028/29,Statement\nJ11,2,2,2,Paid weekly\nV01,100,100,100,Cash to the fund\n"
BAD = "Code,2026/27,2027/28,2028/29,Statement\nJ11,2,two,2,Paid\nZZZ,1,1,1,Nothing\nV01,100,100,100,Cash\n"
SIZE = f"{len(GOOD)} bytes"
RECEIPT = receipt_of(GOOD.encode(), "a.xlsx", datetime(2026, 4, 1, tzinfo=UTC))


@pytest.fixture
def dialog(program, qtbot):
    program.open("contracts", program.housing)
    made = ImportDialog(program.session, program.housing, program.window)
    qtbot.addWidget(made)
    made.show()
    return made


def write(tmp_path, text, name="offer.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def states(dialog):
    return [line.state for line in dialog.rows.model.shown_rows()]


def _said(dialog):
    """What is said of the whole file."""
    return [row.accessibleName() for row in dialog._problem_area.findChildren(ProblemRow) if not row.isHidden()]


def test_good_file_is_previewed_and_nothing_is_saved_before_the_button(program, dialog, tmp_path, qtbot):
    dialog.read_file(write(tmp_path, GOOD))
    assert states(dialog) == ["Yes", "Yes"]
    assert dialog.import_button.text() == "Import 2 commitments"
    assert dialog.summary.text().startswith("2 commitments, £")
    assert len(program.contract().commitments) == 3
    qtbot.mouseClick(dialog.import_button, Qt.MouseButton.LeftButton)
    assert len(program.contract().commitments) == 5
    assert dialog.isHidden()
    assert program.session.undo_label == "Import 2 commitments from offer.csv"
    what = contract_history(program.workspace, program.housing)[0].what
    assert what.startswith(f"Import 2 commitments from offer.csv [offer.csv: a table in text (CSV), {SIZE}, read 20")
    assert f"SHA-256 {sha256(GOOD.encode()).hexdigest()}]" in what
    program.session.undo()
    assert len(program.contract().commitments) == 3


def test_replacing_is_one_step_and_undo_brings_the_old_ones_back(program, dialog, tmp_path):
    before = [line.record.measure for line in program.contract().commitments]
    dialog.read_file(write(tmp_path, GOOD))
    dialog.mode.set_current("replace")
    dialog.import_button.click()
    assert [line.record.measure for line in program.contract().commitments] == ["J11", "V01"]
    program.session.undo()
    assert [line.record.measure for line in program.contract().commitments] == before
    program.session.redo()
    assert [line.record.measure for line in program.contract().commitments] == ["J11", "V01"]


def test_rows_with_errors_stay_out_and_say_row_and_column(dialog, tmp_path):
    dialog.read_file(write(tmp_path, BAD))
    assert states(dialog) == ["Cannot", "Cannot", "Yes"]
    assert dialog.import_button.text() == "Import 1 commitment"
    dialog.rows.table.select_place(0)
    assert "offer.csv, row 2, column C" in dialog.rows.details.text()
    dialog.rows.table.select_place(1)
    assert "ZZZ" in dialog.rows.details.text()
    dialog.rows.toggle_selected()
    assert states(dialog)[1] == "Cannot"


def test_space_leaves_a_row_out(program, dialog, tmp_path, qtbot):
    dialog.read_file(write(tmp_path, GOOD))
    dialog.rows.table.setFocus()
    dialog.rows.table.select_place(0)
    qtbot.keyClick(dialog.rows.table, Qt.Key.Key_Space)
    assert states(dialog) == ["No", "Yes"]
    dialog.import_button.click()
    added = [line.record.measure for line in program.contract().commitments][3:]
    assert added == ["V01"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("broken.xlsx", b"PK\x03\x04 not really"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("empty.csv", b""),
        ("picture.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        ("other.csv", b"Name,Age\nx,1\n"),
        ("pdf.xlsx", b"%PDF-1.7 not really"),
    ],
)
def test_unreadable_file_is_said_in_the_dialog(program, dialog, tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    dialog.read_file(path)
    assert len(_said(dialog)) == 1
    assert name in _said(dialog)[0]
    assert not dialog.import_button.isEnabled()
    assert len(program.contract().commitments) == 3


@pytest.mark.parametrize("name", ["renamed.xlsx", "renamed.pdf", "renamed"])
def test_what_a_file_is_called_does_not_matter(dialog, tmp_path, name):
    dialog.read_file(write(tmp_path, GOOD, name))
    assert states(dialog) == ["Yes", "Yes"]
    assert dialog.said.text().startswith(f"{name}: a table in text (CSV), {SIZE}, read ")
    assert dialog.said.toolTip().endswith(sha256(GOOD.encode()).hexdigest())


def test_missing_file_is_said(dialog, tmp_path):
    dialog.read_file(tmp_path / "gone.xlsx")
    assert "There is no file" in _said(dialog)[0]


def test_spreadsheet_made_here_comes_back_with_the_same_value(program, dialog, tmp_path, monkeypatch):
    target = tmp_path / "made"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    dialog.make_button.click()
    made = tmp_path / "made.xlsx"
    assert str(made) in dialog.said.text()
    assert "Commitments" in load_workbook(made).sheetnames
    dialog.read_file(made)
    assert dialog.mode.current == "replace"
    worth = sum(line.row.social_value or Decimal(0) for line in dialog.rows.model.shown_rows())
    assert worth == program.contract().checked.valuation.social_value


OTHER = "Code,2026/27,2027/28,2028/29,Statement,Value\nV01,100,100,100,Cash,5000\n,,,,Total,5000\n"


def test_a_file_that_is_not_what_it_shows_is_answered_before_it_comes_in(program, dialog, tmp_path, qtbot):
    dialog.read_file(write(tmp_path, OTHER))
    line = dialog.rows.model.shown_rows()[0]
    assert (line.row.stated, line.row.social_value) == (Decimal(5000), Decimal("300.00"))
    shown = [column.key for column in COLUMNS]
    assert shown.index("stated") == shown.index("value") - 1
    assert dialog.own_total.text() == "The file’s own total is £5,000.00, and £300.00 comes in."
    assert "Row 2: −£4,700.00" in _said(dialog)[0]
    assert dialog.answer.isVisibleTo(dialog)
    assert not dialog.import_button.isEnabled()
    qtbot.keyClicks(dialog.answer.line, "The file has old values")
    assert dialog.import_button.isEnabled()
    dialog.import_button.click()
    assert len(program.contract().commitments) == 4
    what = contract_history(program.workspace, program.housing)[0].what
    assert what.startswith("Import 1 commitments from offer.csv although the file is not what it shows. Answered: The")
    assert "It shows £5,000.00 for social value, and £300.00 comes in" in what


def test_a_file_that_agrees_asks_nothing(dialog, tmp_path):
    dialog.read_file(write(tmp_path, OTHER.replace("5000", "300")))
    assert not dialog.answer.isVisibleTo(dialog)
    assert dialog.import_button.isEnabled()
    assert dialog.own_total.text() == "The file’s own total is the same: £300.00."


def test_differences_without_an_answer_are_refused(program):
    lines = [line.record for line in program.contract().commitments]
    problem = Problem("value-differs", Severity.WARNING, "m", "f")
    with pytest.raises(importing.DifferencesUnanswered, match="in 1 place"):
        importing.import_commitments(
            program.workspace,
            program.housing,
            lines,
            RECEIPT,
            NoProgress(),
            is_replacing=True,
            differences=[problem],
            answer=" ",
        )
    many = [problem] * (importing.MOST_KEPT + 1)
    assert importing._kept(many, "x")[-1] == "And 1 more."


def test_theme_gives_only_its_measures(program, dialog):
    theme = program.contract().edition.themes[0]
    dialog.measures.set_value(theme.number)
    codes = dialog._codes(dialog._opened)
    assert codes == [measure.code for outcome in theme.outcomes for measure in outcome.measures]


def test_cancelled_import_changes_nothing(program):
    class Stop:
        def report(self, done, total, text=""):
            if done == 1:
                raise Cancelled

    lines = [line.record for line in program.contract().commitments]
    with pytest.raises(Cancelled):
        importing.import_commitments(program.workspace, program.housing, lines, RECEIPT, Stop(), is_replacing=True)
    assert len(program.contract().commitments) == 3


def test_nothing_is_imported_into_a_signed_contract(program):
    sign(program.workspace, program.contract(), date(2026, 5, 1))
    lines = [line.record for line in program.contract().commitments]
    with pytest.raises(StoreError):
        importing.import_commitments(
            program.workspace, program.housing, lines, RECEIPT, NoProgress(), is_replacing=False
        )
    assert len(program.contract().commitments) == 3
