"""The tab Evaluation: bids compared, prices and quality typed in, how a bid came about, and the report."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from tests.gui.tenders.evaluating import exclude
from tests.services.tenders.build import begin_tender, opened
from tests.services.tenders.evaluations import evaluation
from tests.services.tenders.many_bids import PICTURED, Bidding
from tests.services.tenders.offers import issued_tender
from tomsapp.domain.tender.bid import Bid
from tomsapp.domain.tender.marking import Evaluator
from tomsapp.domain.wording import format_pounds
from tomsapp.gui.tenders.evaluation_tab import EvaluationTab
from tomsapp.gui.tenders.tabs import OFFERS
from tomsapp.services.tenders.bids import save_bids

D = Decimal
NAME = Qt.ItemDataRole.AccessibleTextRole
CALDER, MERIDIAN, ASHDOWN, ROWAN = (bid.name for bid in PICTURED)


def words(widget):
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def test_bids_stand_by_rank_with_the_figures_of_the_reading(evaluation_desk):
    d = evaluation_desk()
    assert d.heads() == [
        *("Rank", "Bidder", "Price", "Price, 40", "Quality, 40"),
        *("Social value", "Quantity, 10", "Statement, 10", "Total, 100"),
    ]
    assert [row[:2] for row in d.rows()] == [["1", CALDER], ["2", ASHDOWN], ["3", MERIDIAN], ["4", ROWAN]]
    scored = d.held.lot(1).evaluated.evaluation.rows
    assert [row[-1] for row in d.rows()] == [each.shown_total for each in scored]
    assert [row[5] for row in d.rows()] == [format_pounds(each.bid.value) for each in scored]
    assert "leads Ashdown Facilities Ltd by" in d.tab.sentences.text()
    assert "Ranked on exact scores, shown to 2 decimals." in d.tab.sentences.text()
    said = d.model.index(0, 1).data(NAME)
    assert said.startswith(f"Rank 1, {CALDER}, total 89.13 of 100, price £1,164,000.00, price 37.53 of 40")
    assert d.model.index(0, 7).data(NAME) == f"{CALDER}, Statement, 8.00 of 10, tie"
    assert d.tab.head_words == "All decided, marked and scored"
    assert d.table.accessibleName() == "Bids for lot 1, Offices"


def test_prices_and_quality_are_typed_into_the_table_and_undone(evaluation_desk):
    d = evaluation_desk(is_entered=False)
    assert [row[0] for row in d.rows()] == ["–"] * 4
    assert d.tab.head_words.endswith(" to decide, 4 to mark, 4 to score")
    d.type_in(CALDER, "price", "1164000")
    assert d.bid(CALDER).price == D("1164000.00")
    d.type_in(CALDER, "quality", "33.6")
    assert d.bid(CALDER).quality == D("33.6")
    assert d.rows()[d.row_of(CALDER)][2:5] == ["£1,164,000.00", "–", "33.60"], "the lowest price is not known yet"
    d.session.undo()
    assert (d.bid(CALDER).quality, d.bid(CALDER).price) == (None, D("1164000.00"))
    d.session.undo()
    assert d.bid(CALDER).price is None
    assert d.rows()[d.row_of(CALDER)][2] == ""


def test_what_cannot_be_a_price_or_quality_stays_in_its_cell_until_it_is_put_right(evaluation_desk):
    d = evaluation_desk()
    d.type_in(CALDER, "quality", "41")
    row, column = d.row_of(CALDER), d.model.column_of("quality")
    assert d.bid(CALDER).quality == D("33.6")
    assert d.model.held_at(row, column).text == "41"
    assert "over 40" in d.model.index(row, column).data(NAME)
    said = f"{CALDER}, quality “41”: The quality is over 40, the tender’s quality points. Enter at most 40."
    assert d.tab.held.isVisible()
    assert d.tab.held.text.text() == said, "in words too, for whoever has no mouse to point with"
    d.show()
    assert d.tab.held.text.text() == said
    assert d.model.index(row, column).data() == "41", "it stays when the tender is read anew"
    d.type_in(CALDER, "price", "much")
    assert d.model.held_at(row, d.model.column_of("price")).text == "much"
    d.type_in(CALDER, "quality", "34")
    d.type_in(CALDER, "price", "1164001")
    assert d.tab.typing.held == {}
    assert not d.tab.held.isVisible()
    assert d.bid(CALDER) == Bid(1, CALDER, D(1164001), D(34))


def test_enter_goes_down_and_tab_to_the_next_cell(evaluation_desk):
    d = evaluation_desk()
    d.type_in(CALDER, "price", "1164000")
    assert d.table.currentIndex().row() == d.row_of(CALDER) + 1
    d.type_in(CALDER, "price", "1164000", Qt.Key.Key_Tab)
    here = d.table.currentIndex()
    assert (here.row(), here.column()) == (d.row_of(CALDER), d.model.column_of("quality"))


def test_a_block_from_a_spreadsheet_is_one_edit(evaluation_desk):
    d = evaluation_desk(is_entered=False)
    order = [row.row.supplier for row in d.model.rows]
    QGuiApplication.clipboard().setText("£1,000.00\t30\n2000\t31.5\nno\t32\n")
    d.table.setFocus()
    d.table.go_to(0, d.model.column_of("price"))
    QTest.keyClick(d.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [(d.bid(name).price, d.bid(name).quality) for name in order] == [
        (D(1000), D(30)),
        (D(2000), D("31.5")),
        (None, D(32)),
        (None, None),
    ]
    assert [text.text for text in d.tab.typing.held.values()] == ["no"]
    d.session.undo()
    assert all(d.bid(name).price is None for name in order)


def test_f8_goes_from_one_missing_figure_to_the_next(evaluation_desk):
    d = evaluation_desk(is_entered=False)
    assert d.tab.step(1)
    assert (d.table.currentIndex().row(), d.table.currentIndex().column()) == (0, d.model.column_of("price"))
    assert d.tab.step(1)
    assert d.table.currentIndex().column() == d.model.column_of("quality")
    assert d.tab.step(-1)
    assert not d.tab.step(-1)
    assert not desk_step_of_whole(d)


def desk_step_of_whole(d):
    """Whether anything is left once all is entered."""
    pairs = [(bid.stored, replace(bid.stored.record, price=D(1), quality=D(1))) for bid in d.held.bids]
    save_bids(d.workspace, d.page, pairs)
    d.show()
    d.table.go_to(0, 0)
    return d.tab.step(1)


def test_somebody_else_who_was_first_is_told_and_the_tender_is_read_again(evaluation_desk):
    d = evaluation_desk()
    (bid,) = (each for each in evaluation(d.workspace, d.page).bids if each.supplier == CALDER)
    save_bids(d.workspace, d.page, [(bid.stored, replace(bid.stored.record, price=D(7)))])
    d.type_in(CALDER, "price", "8")
    row, column = d.row_of(CALDER), d.model.column_of("price")
    assert "saved this record after you opened it" in d.model.index(row, column).data(Qt.ItemDataRole.ToolTipRole)
    assert (d.bid(CALDER).price, d.model.index(row, column).data()) == (D(7), "8")
    d.table.go_to(row, column)
    QTest.keyClick(d.table, Qt.Key.Key_Delete)
    assert d.rows()[row][2] == "£7.00", "what the colleague saved"
    d.type_in(CALDER, "price", "8")
    assert d.bid(CALDER).price == D(8), "it was read again, so it is saved now"


def test_how_a_bid_came_about_opens_in_the_panel_and_closes(evaluation_desk):
    d = evaluation_desk()
    assert d.tab.panel is None
    asked = []
    d.tab.wants_panel.connect(asked.append)
    d.go_to(CALDER, "price")
    QTest.keyClick(d.table, Qt.Key.Key_Return)
    assert d.tab.panel.isAncestorOf(d.tab.explanation)
    shown = d.tab.explanation.explanation
    assert (shown.title, shown.subtitle) == (CALDER, "Rank 1, 89.13 of 100 points")
    text = shown.as_text()
    assert "£1,092,000.00 ÷ £1,164,000.00 × 40 = 37.525773…, shown as 37.53" in text
    assert "V01 Cash given to local VCFSE organisations" in text
    assert "Receipt 1, offer 1.tomsoffer. Counts" in text
    value = next(place for place, head in enumerate(d.heads()) if head == "Social value")
    other = d.model.index(d.row_of(MERIDIAN), value)
    centre = d.table.visualRect(other).center()
    QTest.mouseClick(d.table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(centre))
    assert d.tab.explanation.explanation.title == MERIDIAN
    QTest.keyClick(d.tab.explanation, Qt.Key.Key_Escape)
    assert d.tab.panel is None
    assert asked == [True, False]


def test_a_bid_that_is_not_admitted_stands_last_with_the_rule(evaluation_desk):
    d = evaluation_desk()
    exclude(d.workspace, d.page, ROWAN)
    d.show()
    row = d.row_of(ROWAN)
    assert row == 3
    assert d.model.index(row, 0).data() == "–"
    assert d.model.index(row, 3).data().startswith("Not admitted: excluded")
    assert d.table.columnSpan(row, 3) == d.model.columnCount() - 3
    assert "not admitted: excluded" in d.model.index(row, 1).data(NAME)
    QTest.mouseClick(
        d.table.viewport(), Qt.MouseButton.LeftButton, pos=d.table.visualRect(d.model.index(row, 3)).center()
    )
    assert "Not admitted" in d.tab.explanation.explanation.as_text()
    assert not d.model.is_typed(row, d.model.column_of("quality"))


def test_by_theme_and_by_measure_every_figure_is_said(evaluation_desk):
    d = evaluation_desk()
    card = d.tab.themes
    assert "No bid offers anything in" in card.note.text()
    assert f"{CALDER} £100,405.44: Fair work and poverty £40,405.44" in card.chart.accessibleDescription()
    table = card.table_area.widget()
    names = [label.accessibleName() for label in table.findChildren(QLabel)]
    assert f"Fair work and poverty, {CALDER}, £40,405.44" in names
    QTest.mouseClick(card.link, Qt.MouseButton.LeftButton)
    assert card.link.text() == "By theme"
    measures = card.measures
    assert measures.isVisible()
    model = measures.model()
    assert [model.headerData(column, Qt.Orientation.Horizontal) for column in range(5)] == [
        *("Measure", "Calder", "Ashdown", "Meridian", "Rowan"),
    ]
    rows = [[model.index(row, column).data() for column in range(5)] for row in range(model.rowCount())]
    assert [row[0][:3] for row in rows] == ["J01", "V01"]
    assert rows[1][1:] == ["£60,000.00", "£52,000.00", "£40,000.00", "£10,000.00"]
    QTest.mouseClick(card.link, Qt.MouseButton.LeftButton)
    assert not measures.isVisible()
    assert card.chart.isVisible()
    card.chart.setFocus()
    QTest.keyClick(card.chart, Qt.Key.Key_Return)
    assert d.tab.explanation.explanation.title == CALDER


def test_lots_are_chosen_and_one_without_a_bid_says_so(evaluation_desk):
    d = evaluation_desk()
    assert [d.tab.lots.itemText(place) for place in range(d.tab.lots.count())] == ["Lot 1, Offices", "Lot 2, Libraries"]
    d.tab.lots.setCurrentIndex(1)
    d.tab.lots.activated.emit(1)
    assert d.model.rowCount() == 0
    assert d.tab.no_bid.isVisible()
    assert not d.tab.themes.isVisible()
    d.show()
    assert d.tab.lots.currentText() == "Lot 2, Libraries", "the lot stays when the tender is read anew"


@pytest.mark.parametrize("make", [begin_tender, issued_tender])
def test_before_the_offers_are_opened_there_is_nothing_to_evaluate(evaluation_desk, make):
    d = evaluation_desk((), page=lambda workspace, _bids, **_how: make(workspace))
    assert d.tab.empty.isVisible()
    assert "Nothing to evaluate yet" in words(d.tab.empty)
    assert d.tab.to_offers.isVisible()
    QTest.mouseClick(d.tab.to_offers, Qt.MouseButton.LeftButton)
    assert d.wanted == [(OFFERS, None)]
    assert d.tab.head_words == ""
    assert not d.tab.report_button.isEnabled()


def test_another_tender_begins_anew(evaluation_desk):
    d = evaluation_desk()
    d.type_in(CALDER, "price", "much")
    d.tab.show_tender(None)
    assert d.model.rowCount() == 0
    assert d.tab.typing.held == {}
    d.show()
    assert d.model.rowCount() == 4


def test_the_comparison_is_copied_as_a_table(evaluation_desk):
    d = evaluation_desk(PICTURED[:1])
    d.tab.commands()[0].trigger()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:3] == ["Rank", "Bidder", "Price"]
    assert lines[1].split("\t")[:3] == ["1", CALDER, "£1,164,000.00"]


def test_the_report_is_previewed_with_the_same_figures(evaluation_desk):
    d = evaluation_desk(PICTURED[:2])
    d.tab.report_button.click()
    preview = d.tab.papers.preview
    assert preview is not None
    assert preview.windowTitle()
    assert d.tab.papers.word_button.text() == "Save Word file…"
    preview.close()


def test_hostile_names_are_shown_as_they_are(evaluation_desk):
    d = evaluation_desk((Bidding("<b>Bold</b> & Sons {X}", 30_000), Bidding("N" * 110, 20_000, quality="20")))
    assert d.rows()[0][1] == "<b>Bold</b> & Sons {X}"
    d.tab.explain(d.model.rows[0].bid.key)
    assert d.tab.explanation.explanation.title == "<b>Bold</b> & Sons {X}"


def test_the_tab_is_told_of_a_tender_by_its_page(evaluation_desk):
    d = evaluation_desk(PICTURED[:1])
    assert isinstance(d.tab, EvaluationTab)
    d.tab.take_keyboard()
    assert d.table.hasFocus() or d.tab.focusWidget() is d.table
    assert opened(d.workspace, d.page.id).id == d.page.id


def test_who_marks_sees_nothing_of_it_until_all_have_sent(evaluation_desk):
    d = evaluation_desk(PICTURED[:1])
    with d.workspace.work("Evaluate") as uow:
        mine = uow.evaluators.add(d.page.id, Evaluator("A. Okafor", "Lead", True, date(2027, 1, 25)))
        uow.commit()
    d.show()
    assert d.model.rowCount() == 0
    assert "Held back until all have sent their marks" in words(d.tab.empty)
    with d.workspace.work("Send") as uow:
        uow.evaluators.save(mine.id, mine.version, replace(mine.record, sent_on=date(2027, 1, 26)))
        uow.commit()
    d.show()
    assert d.model.rowCount() == 1


def test_bidder_and_total_stay_in_view_where_the_figures_have_no_room(evaluation_desk):
    d = evaluation_desk()
    table, last = d.table, d.model.columnCount() - 1
    assert not table.frozen.isVisible()
    d.tab.resize(640, 420)
    QApplication.processEvents()
    frozen = table.frozen
    assert frozen.isVisible()
    assert [column for column in range(last + 1) if not frozen.isColumnHidden(column)] == [0, 1, last]
    assert frozen.width() < table.viewport().width()
    for row, compared in enumerate(d.model.rows):
        assert frozen.indexAt(frozen.visualRect(d.model.index(row, last)).center()).data() == d.model.text(row, last)
        assert compared.row.supplier in frozen.model().index(row, 1).data()
    table.setFocus()
    for column in range(2, last):
        table.go_to(0, column)
        cell = table.visualRect(table.currentIndex())
        assert frozen.width() - 1 <= cell.left(), "not under what stays"
        assert cell.right() <= table.viewport().width()
    table.go_to(0, 2)
    at = frozen.visualRect(d.model.index(1, last)).center()
    bar = table.horizontalScrollBar().value()
    QTest.mouseClick(frozen.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert (table.currentIndex().row(), table.currentIndex().column()) == (1, last)
    assert table.horizontalScrollBar().value() == bar
