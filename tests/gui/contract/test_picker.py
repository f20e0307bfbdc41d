"""The measure picker: search, chips, ticks, guidance, and what is added."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from tomsapp.gui.contract.grid_model import FIRST_YEAR
from tomsapp.gui.contract.picker_model import MENTIONED
from tomsapp.services.measure_search import MeasureSearch


def open_picker(desk):
    desk.page.open_picker()
    return desk.page.picker


def codes(picker):
    return [row.measure.code for row in picker.model.rows if hasattr(row, "measure")]


def test_search_by_any_word_tick_and_add(desk):
    d = desk()
    picker = open_picker(d)
    QTest.keyClicks(picker.field, "exclusion")
    assert "Y01" in codes(picker)
    assert picker._found.text() == f"{len(codes(picker))} of 105 measures"
    QTest.keyClick(picker.field, Qt.Key.Key_Down)
    while picker.current_place.measure.code != "Y01":
        QTest.keyClick(picker.list, Qt.Key.Key_Down)
    QTest.keyClick(picker.list, Qt.Key.Key_Space)
    assert picker.add_button.text() == "Add 1 measure"
    QTest.keyClick(picker.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    picker.add()
    assert d.saved("Y01").quantities == (None, None, None)
    assert d.table.currentIndex().row() == d.row("Y01")
    assert d.table.currentIndex().column() == FIRST_YEAR
    assert d.session.undo_label == "Add Y01 School year kept, not permanently excluded"


def test_a_slip_of_the_pen_is_guessed(desk):
    picker = open_picker(desk())
    QTest.keyClicks(picker.field, "scool")
    assert picker.model.shown == 0
    assert picker._nothing.accessibleName().startswith("No measure matches “scool”")
    assert picker._meant.text() == "Did you mean school?"
    QTest.mouseClick(picker._meant, Qt.MouseButton.LeftButton)
    assert picker.field.text() == "school"
    assert picker.model.shown
    picker.reject()


def test_chips_combine_with_and(desk):
    d = desk()
    picker = open_picker(d)
    picker.theme_chip.set_values([1])
    picker.used_chip.set_values(["unused"])
    picker.theme_chip.values_changed.emit((1,))
    shown = codes(picker)
    assert "J02" in shown
    assert not {"J01", "J11", "S08"} & set(shown)
    assert not any(code.startswith("G") for code in shown)
    picker.reject()


def test_esc_clears_the_search_and_then_closes(desk):
    picker = open_picker(desk())
    QTest.keyClicks(picker.field, "job")
    QTest.keyClick(picker.field, Qt.Key.Key_Escape)
    assert picker.field.text() == ""
    assert picker.isVisible()
    QTest.keyClick(picker.field, Qt.Key.Key_Escape)
    assert not picker.isVisible()


def test_typing_in_the_list_goes_back_to_the_search(desk):
    picker = open_picker(desk())
    QTest.keyClick(picker.field, Qt.Key.Key_Down)
    QTest.keyClicks(picker.list, "c")
    assert picker.field.text() == "c"
    picker.reject()


def test_the_guidance_tells_value_source_and_clash(desk):
    picker = open_picker(desk())
    picker.model.show_places(lambda place: place.measure.code == "J10")
    picker.list.setCurrentIndex(picker.model.index(1))
    said = " ".join(label.text() for label in picker._guidance.widget().findChildren(QLabel))
    assert "£18,944.37 for each full-time job for 12 months" in said
    assert "£13,700.00 at 2012-13 prices × 100 ÷ 72.317 = £18,944.37" in said
    assert (
        "Do not claim the same person under J01 Unemployed resident into sustained work. It is in this contract" in said
    )
    picker.reject()


def test_rows_say_check_state_and_what_is_used(desk):
    picker = open_picker(desk())
    rows = picker.model.rows
    place = next(i for i, row in enumerate(rows) if hasattr(row, "measure") and row.measure.code == "J01")
    index = picker.model.index(place)
    assert index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Unchecked
    assert "already in this contract" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    picker.model.tick(place)
    assert index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).endswith("£20,202.72")
    picker.reject()


def test_every_code_finds_its_measure(desk):
    edition = desk().page.editor.opened.edition
    search = MeasureSearch(edition)
    assert all(code in search.find(code.lower()) for code in edition.places)
    assert search.meant("zzzzzz") == ""


def test_titles_that_match_stand_first_and_enter_ticks_the_best(desk):
    picker = open_picker(desk())
    QTest.keyClicks(picker.field, "school")
    places = [row for row in picker.model.rows if hasattr(row, "measure")]
    titled = [place for place in places if "school" in place.measure.title.casefold()]
    assert 0 < len(titled) < len(places)
    assert places[: len(titled)] == titled
    assert picker.model.rows[picker.model.rows.index(titled[-1]) + 1] is MENTIONED
    assert picker.current_place is titled[0]
    picker.reject()


def test_a_dated_value_is_told_for_the_years_of_the_contract(desk):
    picker = open_picker(desk())
    QTest.keyClicks(picker.field, "G01")
    told = [label.text() for label in picker._guidance.findChildren(QLabel)]
    place = told.index("Unit value for each tonne CO₂e")
    assert [row.split(": ")[0] for row in told[place + 1].split("\n")] == ["2026/27", "2027/28", "2028/29"]
    assert told[place + 1].startswith("2026/27: £306.32\n2027/28: £310.98")
    assert told[place + 2] == "How that of 2026/27 was made"
    assert told[place + 3].endswith("= £306.32")
    picker.reject()


def test_the_list_of_measures_fits_the_smallest_window(desk):
    d = desk()
    d.page.resize(960, 500)
    picker = open_picker(d)
    assert picker.width() <= 960
    assert picker.height() <= 500
    picker.reject()
