"""Names with signs that turn the direction of reading: the same in the window, in workbooks and on paper."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextLayout
from PySide6.QtWidgets import QAbstractButton, QLabel, QStyleOptionButton, QWidget

from tests.gui.pages.office import open_office
from tests.reports.valuations import CONTRACT, built, text_of, valued
from tests.services.council import bridge_works, promise, roads
from tomsapp.domain.signs import is_direction_mark
from tomsapp.domain.supplier import Supplier
from tomsapp.exchange.tables import ColumnKind, Table, TableColumn, write_csv
from tomsapp.exchange.tables_xlsx import BookProperties, write_xlsx
from tomsapp.gui.settings import computer_tab
from tomsapp.gui.settings.computer_tab import ComputerTab
from tomsapp.gui.widgets.buttons import LinkButton
from tomsapp.gui.widgets.text import ElidedText, Text
from tomsapp.services import commitments, contracts, suppliers
from tomsapp.store import records

NAME = "invoice\u202efdp.Ltd"
SHOWN = "invoice‹U+202E›fdp.Ltd"


def words_seen(widget: QWidget) -> str:
    """The words that a widget shows: screen readers say letters in their own order, whatever turns them."""
    found = [each.text() for each in widget.findChildren(QLabel)] + [widget.window().windowTitle()]
    return "\n".join([*found, *(each.text() for each in widget.findChildren(QAbstractButton))])


@pytest.fixture
def office(qtbot, monkeypatch, tmp_path):
    """An office whose database took names as it did before they were held to the form."""
    monkeypatch.setattr(records, "check_lines", lambda *_: None)
    return open_office(qtbot, monkeypatch, tmp_path)


def test_labels_links_and_cells_show_the_sign(qtbot):
    for widget in (Text(NAME), ElidedText(NAME), LinkButton(NAME)):
        qtbot.addWidget(widget)
    assert Text(NAME).text() == SHOWN
    assert LinkButton(NAME).text() == SHOWN
    elided = ElidedText("")
    elided.setText(NAME)
    assert (elided.whole, elided.accessibleName()) == (SHOWN, SHOWN)


def left_of(drawn: str, first: str, then: str) -> bool:
    """Whether a word is drawn further left than another, as Qt lays the line out."""
    layout = QTextLayout(drawn)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(2000)
    layout.endLayout()
    return line.cursorToX(drawn.index(first) + 1)[0] < line.cursorToX(drawn.index(then) + 1)[0]


HEBREW = "\u05d0\u05d1\u05d2 \u05d3\u05d4"
SENTENCE = f"{HEBREW}, lot 2: answer to question 3"


def test_a_name_from_right_to_left_does_not_turn_its_sentence(qtbot):
    assert left_of(SENTENCE, "lot", "\u05d0"), "as Qt alone draws it"
    label, elided, link = Text(SENTENCE, selectable=True), ElidedText(SENTENCE), LinkButton(SENTENCE)
    for widget in (label, elided, link):
        qtbot.addWidget(widget)
        widget.resize(900, 30)
        widget.show()
    option = QStyleOptionButton()
    link.initStyleOption(option)
    for drawn in (QLabel.text(label), QLabel.text(elided), option.text):
        assert left_of(drawn, "\u05d0", "lot")
        assert left_of(drawn, "lot", "question")
    assert label.text() == elided.text() == elided.accessibleName() == link.text() == label.accessibleName() == SENTENCE
    label.setSelection(0, len(QLabel.text(label)))
    assert label.selectedText() == SENTENCE
    prose = Text(f"{HEBREW} Ltd.", prose=True)
    qtbot.addWidget(prose)
    assert QLabel.text(prose) == prose.text(), "the answer of a bidder goes as it was written"


def test_what_is_there_already_is_shown_on_every_page(office):
    office.make()
    workspace = office.session.workspace
    supplier = suppliers.add_supplier(workspace, bridge_works(NAME)).result
    contract = contracts.add_contract(workspace, roads(title=NAME), supplier.id).result
    commitments.add_commitments(workspace, contract.id, (promise(),), "Add")
    seen = ""
    for key in ("suppliers", "contracts", "history", "overview"):
        page = office.page(key)
        seen += words_seen(page)
        for table in page.findChildren(type(page.list.table)) if hasattr(page, "list") else []:
            model = table.model()
            seen += "\n".join(
                str(model.index(row, column).data(Qt.ItemDataRole.DisplayRole))
                for row in range(model.rowCount())
                for column in range(model.columnCount())
            )
    office.window.go_to("contracts", contract.id)
    seen += words_seen(office.window)
    assert SHOWN in seen
    assert [line for line in seen.splitlines() if any(map(is_direction_mark, line))] == []


def test_workbook_csv_and_paper_say_the_same():
    table = Table(NAME, [TableColumn(NAME, ColumnKind.TEXT)], [[NAME]])
    lines = write_csv(table).decode("utf-8-sig")
    assert (SHOWN in lines, NAME in lines) == (True, False)
    sheet = load_workbook(
        io.BytesIO(write_xlsx([table], BookProperties(NAME, datetime(2026, 4, 1, tzinfo=UTC))))
    ).active
    words = {cell.value for row in sheet.iter_rows() for cell in row}
    assert (SHOWN in words, NAME in words) == (True, False)
    text = text_of(built(valued(contract=replace(CONTRACT, title=NAME, supplier=NAME))))
    assert (SHOWN in text, NAME in text) == (True, False)


def test_settings_and_the_making_of_a_database_refuse_names_that_are_not_seen(office):
    page = office.page("start")
    page.choices.make()
    dialog = page.choices._making
    dialog.council.set_text("Larkmere\u200b Council")
    dialog._on_make()
    assert dialog.council.error.startswith("It has a sign that is not seen: U+200B zero width space")
    dialog.person.set_text(NAME)
    dialog._asks_name = True
    dialog._on_make()
    assert dialog.person.error.startswith("It has a sign that is not seen: U+202E right-to-left override")
    dialog.reject()
    office.make()
    tab = ComputerTab(office.session)
    for name, said in (
        (NAME, "It has a sign"),
        ("x" * 121, "It has more than 120 characters"),
        ("", "Enter your name"),
    ):
        tab.name.set_text(name)
        tab.name.left.emit()
        assert tab.name.error.startswith(said)
    assert office.session.who == "A. Okafor"
    tab.name.set_text("B. Okafor")
    tab.name.left.emit()
    assert (tab.name.error, office.session.who) == ("", "B. Okafor")


def test_name_that_looks_like_that_of_a_colleague_is_asked_about_before_it_signs(office, monkeypatch):
    office.make()
    office.session.set_who("Ann Lee")
    suppliers.add_supplier(office.session.workspace, Supplier("Bridge Works"))
    office.session.set_who("B. Singh")
    tab = ComputerTab(office.session)
    asked = []
    answers = [False, True]
    monkeypatch.setattr(computer_tab, "ask_first", lambda _tab, *words, **_: (asked.append(words), answers.pop(0))[1])
    for signed in ("B. Singh", "\u0410nn Lee"):
        tab.name.set_text("\u0410nn Lee")
        tab._on_name()
        assert office.session.who == signed
    assert asked[0][1][0].startswith("Ann Lee has changed something in this database")
    assert len(asked) == 2
    tab.name.set_text("C. Doyle")
    tab._on_name()
    assert (office.session.who, len(asked)) == ("C. Doyle", 2)
