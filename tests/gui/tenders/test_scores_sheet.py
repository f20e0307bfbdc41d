"""Prices and quality from a sheet in the tab Evaluation: columns are said, rows looked at, all taken over at once."""

from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from tests.exchange.books import saved
from tests.services.tenders.evaluations import evaluation, freeze_it
from tests.services.tenders.many_bids import PICTURED
from tomsapp.gui.tenders.sheet_dialog import rows_words
from tomsapp.services.tenders.bids import save_bids
from tomsapp.services.tenders.scores_table import ScoreUse

D = Decimal
CALDER, MERIDIAN, ASHDOWN, ROWAN = (bid.name for bid in PICTURED)
BIDDER, LOT, PRICE, QUALITY = ScoreUse
NAME = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def desk(evaluation_desk, monkeypatch, tmp_path):
    """The tab with bids without prices, what opens a file in it, and its dialog."""
    monkeypatch.setenv("TOMSAPP_HOME", str(tmp_path / "home"))
    d = evaluation_desk(is_entered=False)

    def read(*lines, head="Bidder,Lot,Price,Quality", data=None, name="scores.csv"):
        path = tmp_path / name
        path.write_bytes(data if data is not None else "\n".join([head, *lines]).encode())
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(path), ""))
        d.tab.scores.button.click()
        return d.tab.scores.dialog

    d.read = read
    return d


def comes(dialog):
    """What comes of each row, as it is said."""
    column = [column.key for column in dialog.model.columns].index("comes")
    said = [dialog.model.index(row, column).data(NAME) for row in range(dialog.model.rowCount())]
    return [words.removeprefix("What comes of it, ") for words in said]


def choose(dialog, use, column):
    """Choose a column as a person does: down from the first, with the keyboard."""
    combo = dialog.fields[use].combo
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_Home)
    for _ in range(combo.findData(column)):
        QTest.keyClick(combo, Qt.Key.Key_Down)


def test_a_sheet_is_looked_at_and_taken_over_in_one_edit(desk):
    dialog = desk.read(f"{CALDER},1,£1164000,33.6", f"{MERIDIAN},1,1142500,32%", "Moor Ltd,1,5,5", f"{ROWAN},,1,2")
    assert comes(dialog) == [
        f"{CALDER}, lot 1. Gets these",
        "Cell D3: “32%” is a per cent. Enter the points, out of 40",
        "No bid fits. No bidder of this tender has this name or number",
        f"{ROWAN}, lot 1. Gets these",
    ]
    assert dialog.summary.text() == "4 rows. Nothing can be taken from rows 3 and 4"
    assert dialog.take_button.text() == "Take 2 rows over"
    assert not dialog.warning.isVisible()
    dialog.take_button.click()
    assert not dialog.isVisible()
    assert desk.toasts[-1].text == "2 rows taken over"
    assert [desk.bid(name).price for name in (CALDER, MERIDIAN, ROWAN)] == [D(1164000), None, D(1)]
    assert desk.rows()[desk.row_of(CALDER)][2] == "£1,164,000.00", "the table shows it at once"
    desk.session.undo()
    assert [desk.bid(name).price for name in (CALDER, MERIDIAN, ROWAN)] == [None, None, None]


def test_columns_are_said_otherwise_and_remembered(desk, qtbot):
    head, line = "Bidder,Lot,Offered,Price,Points", f"{CALDER},1,7,5,30"
    dialog = desk.read(line, head=head)
    assert dialog.columns == {BIDDER: 0, LOT: 1, PRICE: 3}
    assert dialog.model.row_object(0).row.price == 5
    choose(dialog, PRICE, 2)
    choose(dialog, QUALITY, 4)
    assert (dialog.model.row_object(0).row.price, dialog.model.row_object(0).row.quality) == (7, 30)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.table.setFocus()
    QTest.keyClick(dialog.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert (desk.bid(CALDER).price, desk.bid(CALDER).quality) == (D(7), D(30))
    again = desk.read(line, head=head, name="next.csv")
    assert again.columns == {BIDDER: 0, LOT: 1, PRICE: 2, QUALITY: 4}
    assert again.lead.text().startswith("The columns are as they were said before.")
    assert comes(again) == [f"{CALDER}, lot 1. It has these already"]
    assert not again.take_button.isEnabled()
    again.reject()


def test_of_two_columns_that_fit_the_dialog_asks_and_says_what_it_took(desk):
    dialog = desk.read(f"{CALDER},1,5,30", head="Bidder,Price,Final price,Quality (out of 40)")
    assert dialog.columns == {BIDDER: 0, QUALITY: 3}
    assert dialog.warning.text.text() == (
        "“Price” (column B) and “Final price” (column C) may each be “Price, without VAT”, and none is taken."
    )
    assert "No column is taken as “Price, without VAT”" in dialog.told.text()
    choose(dialog, PRICE, 2)
    assert not dialog.warning.isVisible()
    assert "“Final price” (column C) is taken as “Price, without VAT”" in dialog.told.text()
    dialog.reject()


def test_empty_states_say_why_nothing_is_shown(desk):
    dialog = desk.read(f"{CALDER},1,5,30")
    dialog.fields[BIDDER].set_value(-1)
    dialog.fields[BIDDER].edited.emit()
    assert dialog.empty.isVisible()
    assert dialog.empty.accessibleName().startswith("Choose the columns. The column of the bidder is needed")
    assert (dialog.summary.text(), dialog.take_button.text()) == ("", "Take the rows over")
    assert not dialog.take_button.isEnabled()
    assert not dialog.copy_button.isEnabled()
    for use, column in ((BIDDER, 0), (QUALITY, 2)):
        dialog.fields[use].set_value(column)
        dialog.fields[use].edited.emit()
    assert dialog.warning.text.text() == "One column is chosen twice: choose another one."
    dialog.reject()
    bare = desk.read()
    assert bare.empty.accessibleName().startswith("Nothing stands under the head.")
    bare.reject()


def test_rows_are_copied_with_what_comes_of_them(desk):
    dialog = desk.read(f"{CALDER},1,5,30", "Moor Ltd,2,5,5")
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().text().splitlines() == [
        "Row\tBidder\tLot\tPrice\tQuality\tWhat comes of it",
        f"2\t{CALDER}\t1\t£5.00\t30\t{CALDER}, lot 1. Gets these",
        "3\tMoor Ltd\t2\t£5.00\t5\tNo bid fits. No bidder of this tender has this name or number",
    ]
    dialog.reject()


def test_a_workbook_with_a_sheet_for_each_lot_asks_which(desk):
    book = openpyxl.Workbook()
    book.active.title = "Lot 1"
    other = book.create_sheet("Lot 2")
    for sheet in (book.active, other):
        for row in (("Bidder", "Price"), (CALDER, 5)):
            sheet.append(row)
    other["B1"] = "Total price"
    dialog = desk.read(data=saved(book), name="scores.xlsx")
    assert dialog.sheet_field.isVisible()
    assert comes(dialog) == [f"{CALDER}, lot 1. Gets these"]
    dialog.sheet_field.combo.setFocus()
    QTest.keyClick(dialog.sheet_field.combo, Qt.Key.Key_Down)
    assert comes(dialog) == [f"No bid fits. {CALDER} bid for lot 1"]
    assert dialog.fields[PRICE].combo.currentText() == "Total price"
    dialog.reject()


def test_a_colleague_who_was_first_is_not_overwritten_unseen(desk):
    dialog = desk.read(f"{CALDER},1,5,30", f"{ROWAN},1,6,31")
    (bid,) = (each for each in evaluation(desk.workspace, desk.page).bids if each.supplier == ROWAN)
    save_bids(desk.workspace, desk.page, [(bid.stored, replace(bid.stored.record, price=D(7)))])
    dialog.take_button.click()
    assert dialog.isVisible()
    assert "Nothing was saved" in dialog.note.text.text()
    assert (desk.bid(CALDER).price, desk.bid(ROWAN).price) == (None, D(7))
    assert comes(dialog) == [f"{CALDER}, lot 1. Gets these", f"{ROWAN}, lot 1. It was £7.00"], "they are read again"
    dialog.take_button.click()
    assert (desk.bid(CALDER).price, desk.bid(ROWAN).price) == (D(5), D(6))
    assert not dialog.isVisible()


def test_a_file_that_is_no_such_table_is_refused_in_the_tab(desk):
    assert desk.read("1,2", head="a,b") is None
    words = desk.tab.scores.notice.text.text()
    assert words == (
        "scores.csv has no table with bidders and their prices or quality. "
        "Put the headings Bidder, Lot, Price and Quality over its columns."
    )
    assert desk.tab.scores.notice.isVisible()
    desk.read(f"{CALDER},1,5,30").reject()
    assert not desk.tab.scores.notice.isVisible()


def test_a_sheet_is_read_only_while_bids_can_be_changed(evaluation_desk):
    d = evaluation_desk()
    assert d.tab.scores.button.isVisible()
    assert d.tab.scores.action in d.tab.commands()
    assert d.tab.scores.action.isEnabled()
    freeze_it(d.workspace, d.page)
    d.show()
    assert not d.tab.scores.button.isVisible()
    assert not d.tab.scores.action.isEnabled()


def test_rows_of_no_use_are_named_and_many_of_them_counted():
    assert rows_words([4]) == "row 4"
    assert rows_words([4, 5, 1009]) == "rows 4, 5 and 1,009"
    assert rows_words(range(2, 9)) == "rows 2, 3, 4, 5, 6, 7 and 1 more"
