"""The tab Evaluation in the whole window: opened from its page, with its buttons in the head and its panel beside."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from tests.services.tenders.many_bids import PICTURED, tender_with
from tomsapp.gui.tenders.tabs import EVALUATION
from tomsapp.gui.theme import current_theme


def test_the_tab_of_the_page_compares_freezes_and_explains(program):
    number = tender_with(program.workspace, PICTURED[:2], "T-2027-050").id
    window = program.window
    window.refresh(None)
    window.go_to("tenders", number)
    page = window.page("tenders").shown
    page.show_tab(EVALUATION)
    tab = page.current
    assert tab.model.rowCount() == 2
    assert page.words.text() == "All decided, marked and scored"
    assert tab.acts.freeze_button.isVisible()
    assert tab.report_button.isVisible()
    assert not tab.acts.save_button.isVisible()
    assert page.panel() is None
    tab.table.setFocus()
    tab.table.go_to(0, 2)
    QTest.keyClick(tab.table, Qt.Key.Key_Return)
    assert page.panel() is tab.panel
    QTest.keyClick(tab.explanation, Qt.Key.Key_Escape)
    assert page.panel() is None
    QTest.mouseClick(tab.acts.freeze_button, Qt.MouseButton.LeftButton)
    tab.acts.dialog.form.field("role").set_text("Procurement lead")
    QTest.mouseClick(tab.acts.dialog.go_button, Qt.MouseButton.LeftButton)
    assert page.opened.tender.status.words == "Frozen"
    assert tab.acts.save_button.isVisible()
    assert not tab.acts.freeze_button.isVisible()


def test_the_panel_has_the_colours_of_the_day_although_it_was_made_before(program):
    number = tender_with(program.workspace, PICTURED[:1], "T-2027-051").id
    window = program.window
    window.refresh(None)
    window.show()
    window.go_to("tenders", number)
    page = window.page("tenders").shown
    page.show_tab(EVALUATION)
    current_theme().set_theme("dark")
    page.current.explain(page.current.model.rows[0].bid.key)
    QApplication.processEvents()
    title = next(label for label in page.current.panel.findChildren(QLabel) if label.text() == PICTURED[0].name)
    assert title.palette().windowText().color().name() == current_theme().colours.text.lower()
