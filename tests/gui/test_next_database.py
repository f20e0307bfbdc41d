"""Nothing of one database is seen in the next one: it looks as if it were opened alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QWidget

from tests.gui.pages.office import open_office
from tests.portfolio import add_own_groups, fill_small, new_workspace
from tomsapp.domain.supplier import Supplier
from tomsapp.gui.jobs import Jobs
from tomsapp.gui.registry import ENTRIES
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.buttons import ExclusiveButtons
from tomsapp.gui.widgets.chips import FilterChip
from tomsapp.gui.widgets.combo import ComboBox
from tomsapp.gui.widgets.data_table import DataTable
from tomsapp.services.suppliers import SUPPLIERS, add_supplier

PLACES = [
    *((entry.key, None) for entry in ENTRIES if entry.key not in {"start", "settings"}),
    ("contracts", 1),
    ("settings", "council"),
    ("settings", "policy"),
]
"""Every page that shows something of a database, and what it is asked for."""
TYPED = "qz"


@pytest.fixture
def files(tmp_path):
    """Two databases of the same file name in two folders; what stands in them is not the same."""
    found = []
    for seed, name in enumerate(("first", "second")):
        folder = tmp_path / name
        folder.mkdir()
        workspace = new_workspace(folder)
        add_supplier(workspace, Supplier(f"Only in the {name} Ltd"))
        fill_small(workspace, contracts=3 + seed, seed=seed)
        add_own_groups(workspace)
        workspace.close()
        found.append(folder / "council.db")
    return found


def settle():
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


def shown_parts(window, place) -> list[QWidget]:
    """The page and its panel."""
    window.go_to(*place)
    settle()
    return [window.stage.pages.currentWidget(), *([window.stage.panel] if window.stage.panel_is_shown else [])]


def of_kind(parts, kind):
    return [each for part in parts for each in part.findChildren(kind) if each.isVisible()]


def set_everything(window, place) -> None:
    """Do something to all that a page lets one set."""
    for kind, act in (
        (ComboBox, _choose_last),
        (DataTable, _arrange),
        (FilterChip, _narrow),
        (QLineEdit, _type),
        (ExclusiveButtons, _switch),
    ):
        for each in of_kind(shown_parts(window, place), kind):
            if each.isVisible() and each.isEnabled():
                act(each)
    settle()


def _choose_last(box):
    if box.count() and place_is_no_form(box):
        box.setCurrentIndex(box.count() - 1)
        box.activated.emit(box.currentIndex())


def place_is_no_form(box) -> bool:
    """A form's own box is kept as a draft, which other tests look at; this one is a way of looking."""
    return box.accessibleName() == "Menu edition"


def _arrange(table):
    header = table.horizontalHeader()
    table.sortByColumn(header.count() - 1, Qt.SortOrder.DescendingOrder)
    header.setSectionHidden(1, True)
    header.resizeSection(0, header.sectionSize(0) + 40)
    table.layout_changed.emit()
    table.select_place(table.model().rowCount() - 1)


def _narrow(chip):
    if chip._options:
        chip._on_ticked([chip._options[0][0]])


def _type(line):
    if not line.isReadOnly():
        QTest.keyClicks(line, TYPED)


def _switch(buttons):
    if buttons.accessibleName() != "Settings":
        buttons._group.buttons()[-1].click()


def seen(window) -> dict[object, list[object]]:
    """All that is shown, and how it is set, on every page."""
    return {place: [_state(each) for each in of_kind(shown_parts(window, place), QWidget)] for place in PLACES}


def _state(widget):
    name = type(widget).__name__, widget.accessibleName()
    if isinstance(widget, FilterChip):
        return *name, widget.values, widget.text()
    if isinstance(widget, DataTable):
        model = widget.model()
        cells = [
            model.index(row, column).data() for row in range(model.rowCount()) for column in range(model.columnCount())
        ]
        return *name, widget.column_layout(), widget.currentIndex().row(), cells
    if isinstance(widget, ExclusiveButtons):
        return *name, widget.current
    if isinstance(widget, ComboBox):
        return *name, widget.currentText()
    return (*name, widget.text()) if isinstance(widget, (QLabel, QLineEdit)) else name


def test_next_database_looks_as_if_it_were_opened_alone(qtbot, monkeypatch, tmp_path, files):
    first, second = files
    alone = open_office(qtbot, monkeypatch, tmp_path / "home of another")
    alone.window.page("start").opener.open(str(second))
    expected = seen(alone.window)
    alone.session.set_workspace(None)

    office = open_office(qtbot, monkeypatch, tmp_path / "home")
    opener = office.window.page("start").opener
    opener.open(str(first))
    before = seen(office.window)
    for place in PLACES:
        set_everything(office.window, place)
    changed = seen(office.window)
    assert [place for place in PLACES if before[place] != changed[place]] == PLACES
    opener.open(str(second))
    found = seen(office.window)
    for place in PLACES:
        assert found[place] == expected[place], place
    assert "Only in the first" not in str(found)
    assert "Only in the second" in str(found)

    opener.open(str(first))
    again = seen(office.window)
    for place, kept in ((("overview", None), "FilterChip"), (("suppliers", None), "DataTable")):
        assert [each[:3] for each in again[place] if each[0] == kept] == [
            each[:3] for each in changed[place] if each[0] == kept
        ]
    office.session.set_workspace(None)


def test_copy_of_a_database_and_the_same_one_elsewhere_keep_how_it_was_looked_at(qtbot, monkeypatch, tmp_path, files):
    office = open_office(qtbot, monkeypatch, tmp_path / "home")
    opener = office.window.page("start").opener
    opener.open(str(files[0]))
    set_everything(office.window, ("overview", None))
    kept = office.window.page("overview").filter_bar.filters
    office.session.set_workspace(None)
    moved = shutil.copy(files[0], tmp_path / "moved.db")
    opener.open(str(moved))
    assert office.page("overview").filter_bar.filters == kept


def test_what_is_done_when_the_next_database_is_open_is_not_undone_there(qapp, preferences, files, qtbot):
    from tests.services.council import open_as, shipped

    session = Session(Jobs(), shipped(), preferences, "A. Okafor")
    first, second = (open_as(path, "A. Okafor") for path in files)
    session.set_workspace(first)
    read = []
    session.act(lambda workspace, _progress: SUPPLIERS.add(workspace, Supplier("Late Ltd")), read.append).start()
    session.read(lambda workspace: workspace.settings.council_name).success(read.append).start()
    session.set_workspace(second)
    qtbot.waitUntil(lambda: not session.jobs.is_busy)
    assert session.undo_label == ""
    assert read == []
    session.set_workspace(None)
    session.jobs.shut_down()
    with open_as(files[0], "A. Okafor").look() as held:
        assert "Late Ltd" in [each.record.name for each in held.suppliers.all()]


def test_folder_of_one_database_is_not_proposed_for_another(qtbot, monkeypatch, tmp_path, files):
    proposed = []

    def ask(_parent, _title, start, *_more):
        proposed.append(Path(start))
        return answers.pop(0), ""

    for name in ("getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, name, ask)
    office = open_office(qtbot, monkeypatch, tmp_path / "home")
    start = office.window.page("start")
    shelf = tmp_path / "shelf of the first"
    shelf.mkdir()
    answers = [str(shelf / "backup.db"), str(shelf / "backup.db"), "", "", str(shelf / "backup.db"), ""]
    start.opener.open(str(files[0]))
    start.care.back_up()
    start.care.restore()
    start.opener.open(str(files[1]))
    start.care.back_up()
    start.care.restore()
    assert [path.parent for path in proposed[:3]] == [files[0].parent, shelf.parent, files[0].parent]
    assert all(shelf not in (path, *path.parents) for path in proposed[3:])
    assert proposed[3].parent == files[1].parent
    office.session.set_workspace(None)


def test_search_gives_the_keyboard_to_no_page_that_is_gone(qtbot, monkeypatch, tmp_path, files):
    office = open_office(qtbot, monkeypatch, tmp_path / "home")
    start = office.window.page("start")
    for ends_with in (Qt.Key.Key_Escape, None):
        start.opener.open(str(files[0]))
        office.window.go_to("contracts", None)
        office.window.page("contracts").list.search.setFocus()
        office.window.palette_box.open()
        if ends_with is not None:
            QTest.keyClick(office.window.palette_box.findChild(QLineEdit), ends_with)
        start.opener.open(str(files[1]))
        settle()
        assert not office.window.palette_box.isVisible()
        start.opener.open(str(files[0]))
        settle()
    office.session.set_workspace(None)
