from __future__ import annotations

import sys
import threading

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from tomsapp.config.preferences import Preferences
from tomsapp.gui import main_window
from tomsapp.gui.jobs import Jobs
from tomsapp.gui.main_window import MainWindow
from tomsapp.gui.page import Page, PageSpec
from tomsapp.gui.palette_results import PaletteProvider, PaletteResult
from tomsapp.gui.shortcuts import shortcuts_of
from tomsapp.gui.tokens import DARK, LEAST_HEIGHT, LEAST_PAGE_HEIGHT, LEAST_PAGE_WIDTH, LEAST_WIDTH
from tomsapp.gui.widgets import tab_order
from tomsapp.gui.widgets.feedback import Toast
from tomsapp.gui.window_size import first_size, least_size

MADE = []


class FakePage(Page):
    def __init__(self, title):
        super().__init__(title)
        MADE.append(title)
        self.targets, self.changes, self.database = [], [], None
        if title == "Contracts":
            panel = QWidget()
            self.inside = QPushButton("Close")
            QVBoxLayout(panel).addWidget(self.inside)
            self.set_panel(panel)

    def show_target(self, target):
        self.targets.append(target)

    def refresh(self, changes):
        self.changes.append(changes)

    def set_enabled_for_database(self, is_open):
        self.database = is_open


SPECS = (
    PageSpec("start", "Start", "house", "Alt+1", lambda: FakePage("Start"), needs_database=False, also_found_as="home"),
    PageSpec("overview", "Overview", "layout-dashboard", "Alt+2", lambda: FakePage("Overview")),
    PageSpec("contracts", "Contracts", "file-text", "Alt+4", lambda: FakePage("Contracts")),
    PageSpec(
        "settings", "Settings", "settings", "Alt+8", lambda: FakePage("Settings"), needs_database=False, at_bottom=True
    ),
)


@pytest.fixture
def window(qtbot, jobs, preferences):
    MADE.clear()
    found = PaletteProvider(
        lambda query: [PaletteResult("Contracts", f"Found {query}", lambda: MADE.append("opened"))] if query else [],
        asks_database=True,
    )
    made = MainWindow(SPECS, jobs=jobs, preferences=preferences)
    made.providers.insert(0, found)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


def test_page_that_is_let_go_is_not_laid_out_again(window):
    window.set_database("a.db")
    window.go_to("contracts")
    page, sizes = window.page("contracts"), []
    assert window.stage.has_panel
    page.resizeEvent = lambda event: sizes.append(event.size())
    window.forget_pages()
    assert sizes == []
    assert not window.stage.has_panel


def test_while_pages_are_let_go_none_of_the_others_is_shown_in_turn(window):
    window.set_database("a.db")
    for key in ("overview", "settings", "contracts"):
        window.go_to(key)
    shown = []
    for key in ("start", "overview", "settings"):
        window.page(key).showEvent = lambda _event, key=key: shown.append(key)
    window.forget_pages()
    assert shown == []
    window.go_to("overview")
    assert window.stage.pages.currentWidget() is window.page("overview")


def test_page_that_is_left_with_the_keyboard_on_it_has_no_tab_order_looked_for(window, monkeypatch):
    window.set_database("a.db")
    window.go_to("overview")
    assert window.focusWidget() is window.page("overview").header.heading
    looked = []
    monkeypatch.setattr(tab_order, "_stops", lambda _inside: looked.append("through the window") or [])
    window.go_to("contracts")
    assert looked == []
    assert window.focusWidget() is window.page("contracts").header.heading


def test_pages_are_made_when_first_opened(window):
    assert MADE == ["Start"]
    window.set_database("a.db", council="Larkmere Council")
    window.go_to("overview", 7)
    window.go_to("start")
    window.go_to("overview")
    assert MADE == ["Start", "Overview"]
    assert window.page("overview").targets == [7]
    assert window.windowTitle().startswith("Overview")


def test_page_without_database_says_what_to_do_first(window):
    window.go_to("overview")
    assert window.stage.pages.currentWidget().accessibleName().startswith("Open or make a database first")
    item = window.rail._items["overview"]
    assert item.isEnabled()
    assert item.toolTip() == "Open or make a database first."
    window.set_database("a.db")
    assert window.stage.pages.currentWidget() is window.page("overview")
    assert window.page("overview").database is True
    assert item.toolTip() == "Overview, Alt+2"


def test_alt_keys_open_pages(window, qtbot):
    window.set_database("a.db")
    qtbot.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    assert window.current_key == "contracts"
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert window.current_key == "start"


def test_rail_moves_by_arrow_and_opens_by_enter(window, qtbot):
    items = window.rail._items
    window.rail.focus_current()
    qtbot.waitUntil(items["start"].hasFocus)
    qtbot.keyClick(items["start"], Qt.Key.Key_Up)
    assert items["settings"].hasFocus()
    assert window.current_key == "start"
    qtbot.keyClick(items["settings"], Qt.Key.Key_Return)
    assert window.current_key == "settings"


def test_f6_goes_round_the_parts_of_the_window(window, qtbot):
    window.set_database("a.db")
    window.go_to("contracts")
    page = window.page("contracts")
    qtbot.waitUntil(page.header.heading.hasFocus)
    seen = []
    for _ in range(4):
        qtbot.keyClick(window, Qt.Key.Key_F6)
        seen.append(window.focusWidget())
    assert seen == [page.inside, window.status, window.rail._items["contracts"], page.header.heading]
    qtbot.keyClick(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert window.focusWidget() is window.rail._items["contracts"]


def test_narrow_window_has_a_narrow_rail_and_a_sheet(window, qtbot):
    window.set_database("a.db")
    window.go_to("contracts")
    assert window.stage.panel_is_shown
    assert (window.rail.width(), window.stage.panel.width()) == (88, 364)
    window.resize(1280, 680)
    assert (window.rail.width(), window.stage.panel_is_shown) == (76, False)
    page = window.page("contracts")
    page.wants_panel.emit(True)
    assert window.stage.panel_is_shown
    assert window.stage.panel.width() == 332
    qtbot.keyClick(window.stage.panel, Qt.Key.Key_Escape)
    assert not window.stage.panel_is_shown
    assert window.focusWidget() is page.header.heading


@pytest.mark.parametrize(
    ("screen", "size"),
    [((1920, 1040), (1366, 768)), ((1366, 728), (1366, 688)), ((960, 520), (960, 480)), ((683, 384), (683, 344))],
)
def test_the_window_fits_the_screen_when_it_is_first_opened(screen, size):
    assert first_size(QSize(*screen)) == QSize(*size)


def test_the_least_size_follows_the_screen(window, monkeypatch):
    """A laptop of 1366×768 that shows everything at twice the size has 683×384 for a window and its frame."""
    assert least_size(QSize(1920, 1040)) == QSize(LEAST_WIDTH, LEAST_HEIGHT)
    assert least_size(QSize(683, 384)) == QSize(683, 344)
    monkeypatch.setattr(main_window, "least_size", lambda _available: QSize(683, 344))
    window.windowHandle().screenChanged.emit(window.screen())
    window.resize(600, 300)
    assert (window.width(), window.height()) == (683, 344)


def test_a_page_with_too_little_room_keeps_its_size_is_scrolled_and_follows_the_keyboard(window, qtbot):
    window.set_database("a.db")
    window.go_to("contracts")
    page = window.page("contracts")
    last = QPushButton("Far down")
    page.body.addStretch(1)
    page.body.addWidget(last)
    window.setMinimumSize(100, 100)
    window.resize(683, 344)
    QApplication.processEvents()
    assert (page.width(), page.height()) == (LEAST_PAGE_WIDTH, LEAST_PAGE_HEIGHT)
    assert last.visibleRegion().isEmpty()
    window.activateWindow()
    last.setFocus()
    QApplication.processEvents()
    assert not last.visibleRegion().isEmpty()
    window.resize(1366, 768)
    QApplication.processEvents()
    assert page.width() == window.stage.pages.width() > LEAST_PAGE_WIDTH


def test_what_has_the_keyboard_keeps_it_when_its_page_begins_to_be_scrolled(window):
    window.set_database("a.db")
    window.go_to("contracts")
    typed = QPushButton("Here")
    window.page("contracts").body.addWidget(typed)
    QApplication.processEvents()
    typed.setFocus()
    assert window.stage._scroller is None
    window.setMinimumSize(100, 100)
    window.resize(683, 344)
    QApplication.processEvents()
    assert window.stage._scroller is not None
    assert window.focusWidget() is typed


def test_of_what_is_wider_than_the_room_a_scrolled_page_shows_the_beginning(window):
    """A heading takes the whole width of its page, and Qt would bring its middle."""
    window.set_database("a.db")
    window.go_to("contracts")
    wide = QPushButton("Value what your contracts give back")
    window.page("contracts").body.addWidget(wide)
    window.setMinimumSize(100, 100)
    window.resize(500, 344)
    QApplication.processEvents()
    room = window.stage._scroller.viewport()
    assert wide.width() > room.width()
    window.stage._scroller.horizontalScrollBar().setValue(300)
    wide.setFocus()
    QApplication.processEvents()
    assert wide.mapTo(room, QPoint(0, 0)).x() >= 0


def test_no_page_is_made_to_scroll_for_a_size_that_nobody_sees(qtbot, jobs, preferences):
    """A window has some small size before it is shown in its own."""
    made = MainWindow(SPECS, jobs=jobs, preferences=preferences)
    qtbot.addWidget(made)
    made.setMinimumSize(100, 100)
    made.resize(1366, 768)
    with qtbot.waitExposed(made):
        made.show()
    assert made.stage._scroller is None


def test_what_was_done_is_never_told_over_the_buttons_of_a_sheet(window):
    window.set_database("a.db")
    window.go_to("contracts")
    for width in (900, 1366):
        window.resize(width, 480)
        window.page("contracts").wants_panel.emit(True)
        window.show_toast(Toast("A very long sentence of what was done, with all that there is to say of it"))
        QApplication.processEvents()
        stage = window.stage
        assert stage.panel.isVisible()
        assert not stage.undo_bar.geometry().intersects(stage.panel.geometry())
        window.stage.dismiss_toast()


def test_refresh_reaches_every_page_that_was_made(window):
    window.set_database("a.db")
    window.go_to("overview")
    window.show_toast(Toast("2 measures added"))
    window.refresh("changes")
    assert window.page("overview").changes == ["changes"]
    assert window.stage.undo_bar.isHidden()


def test_page_asks_for_another_page(window):
    window.set_database("a.db")
    window.page("start").wants_page.emit("contracts", "C-1")
    assert window.current_key == "contracts"
    assert window.page("contracts").targets == ["C-1"]


def test_looks_come_back_after_a_restart(window, qtbot, jobs, preferences, theme):
    qtbot.keyClick(window, Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
    assert theme.text_size == 115
    theme.set_theme("dark")
    window.close()
    theme.set_theme("light")
    theme.set_text_size(100)
    kept = Preferences(preferences._path)
    kept.set("theme", "dark")
    kept.set("text_size", 130)
    again = MainWindow(SPECS, jobs=jobs, preferences=kept)
    qtbot.addWidget(again)
    assert (theme.colours, theme.text_size) == (DARK, 130)
    again.show()
    again.set_database("larkmere.db")
    words = again.status.findChildren(QLabel)
    shown = {label.palette().windowText().color().name().upper() for label in words if label.text()}
    assert shown == {theme.colours.text_muted}


def test_search_finds_pages_commands_and_what_providers_find(window, qtbot):
    box = window.palette_box
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert box.isVisible()
    qtbot.keyClicks(box._line, "home")
    qtbot.waitUntil(lambda: box._model.query == "home")
    rows = [row if isinstance(row, str) else row.title for row in box._model.rows]
    assert rows == ["Contracts", "Found home", "Go to", "Start page"]
    qtbot.keyClick(box._line, Qt.Key.Key_Return)
    assert MADE[-1] == "opened"
    assert box.isHidden()


def test_enter_before_the_search_is_done_opens_the_first_of_what_was_typed(window, qtbot):
    """Never what stood first before: somebody who types fast would come to another page."""
    box = window.palette_box
    box.open()
    qtbot.keyClicks(box._line, "home")
    assert box._model.query == ""
    qtbot.keyClick(box._line, Qt.Key.Key_Return)
    assert MADE[-1] == "opened"
    assert box.isHidden()


def test_search_goes_round_and_esc_closes_it(window, qtbot):
    box = window.palette_box
    box.open()
    pages = [row.title for row in box._model.rows if not isinstance(row, str)]
    assert len(pages) == 4
    qtbot.keyClick(box._line, Qt.Key.Key_Up)
    assert box._list.currentIndex().data() == "Settings page"
    qtbot.keyClick(box._line, Qt.Key.Key_Down)
    assert box._list.currentIndex().data() == "Start page"
    qtbot.keyClick(box._line, Qt.Key.Key_Escape)
    assert box.isHidden()


def test_search_without_result_says_where_it_looked(window):
    box = window.palette_box
    box.providers = box.providers[1:]
    box.open()
    box._line.setText("xyz")
    box._find()
    assert box._nothing.text().startswith("Nothing found for “xyz”")
    assert box._nothing.isVisible()


def test_shortcuts_are_those_of_the_actions(window):
    action = QAction("New contract…", window)
    action.setShortcut(QKeySequence("Ctrl+N"))
    window.add_action("file", action)
    found = {(s.group, s.words): s.keys for s in shortcuts_of(window.top_bar.menu_bar, "Start", ())}
    assert found["File", "New contract"] == "Ctrl+N"
    assert found["View", "Contracts"] == "Alt+4"
    assert found["View", "Search, or go to a page"] == "Ctrl+K"


def test_status_bar_is_one_sentence_for_a_screen_reader(window):
    assert window.status.accessibleName() == "Status: No database is open"
    window.set_database("larkmere.db")
    window.status.set_saved("All saved in larkmere.db. Safe to copy.")
    window.status.set_user("A. Okafor")
    assert (
        window.status.accessibleName()
        == "Status: All saved in larkmere.db. Safe to copy. larkmere.db. Signed in as A. Okafor"
    )


@pytest.mark.parametrize("then", ["contracts", "overview"])
def test_a_page_is_loaded_in_the_databases_thread_and_shown_if_it_is_still_wanted(
    qtbot, preferences, tmp_path, monkeypatch, then
):
    monkeypatch.syspath_prepend(tmp_path)
    text = "import threading\nTHREAD = threading.current_thread().name\n"
    (tmp_path / "a_page.py").write_text(text, encoding="utf-8")
    threaded, gate = Jobs(), threading.Event()
    window = MainWindow([*SPECS[:2], SPECS[2]._replace(module="a_page")], jobs=threaded, preferences=preferences)
    qtbot.addWidget(window)
    window.set_database("a.db")
    MADE.clear()
    threaded.run(lambda _p: gate.wait(10)).start()
    window.go_to("contracts", 3)
    assert window.current_key == "contracts"
    window.go_to(then, 3)
    assert "a_page" not in sys.modules
    gate.set()
    qtbot.waitUntil(lambda: not threaded.is_busy)
    assert sys.modules["a_page"].THREAD == "database_0"
    page = window.page(then)
    assert window.stage.pages.currentWidget() is page
    assert (MADE, page.targets) == ([page.title], [3] if then == "overview" else [3, 3])
    threaded.shut_down()
    del sys.modules["a_page"]


def test_long_job_shows_a_card_that_goes_with_it(window, qtbot):
    gate, threaded = threading.Event(), Jobs()
    threaded.started.connect(window.stage.follow_job)
    job = threaded.run(lambda _p: gate.wait(10), database=False, title="Making the portfolio PDF")
    job.start()
    qtbot.waitUntil(lambda: len(window.stage._cards) == 1)
    assert window.stage._cards[0].accessibleName() == "Making the portfolio PDF"
    with qtbot.waitSignal(job.ended):
        gate.set()
    assert window.stage._cards == []
    threaded.shut_down()


def test_words_of_a_search_without_result_have_their_room(window, qtbot):
    box = window.palette_box
    box.providers = []
    box.open()
    said = next(label for label in box.findChildren(QLabel) if "Nothing found" in label.text())
    qtbot.waitUntil(lambda: said.isVisible() and said.height() >= said.heightForWidth(said.width()))
    assert said.geometry().bottom() < box.findChild(QFrame, "palette_foot").geometry().top()


def test_status_bar_names_the_menu_of_what_is_shown_and_else_that_of_new_contracts(window):
    def said():
        return window.status._menu.text()

    window.set_database("larkmere.db")
    window.set_menu("Menu barnet-open 2026.2, 2024 prices")
    window.go_to("contracts")
    assert said() == "Menu barnet-open 2026.2, 2024 prices"
    window.page("contracts").say_menu("Shown: menu barnet-open 2026.1, 2024 prices")
    assert said() == "Shown: menu barnet-open 2026.1, 2024 prices"
    window.set_menu("Menu barnet-open 2026.3, 2024 prices")
    assert said() == "Shown: menu barnet-open 2026.1, 2024 prices"
    window.go_to("overview")
    assert said() == "Menu barnet-open 2026.3, 2024 prices"
    window.go_to("contracts")
    assert said() == "Shown: menu barnet-open 2026.1, 2024 prices"
    window.set_database(None)
    assert said() == ""
    window.go_to("start")
    assert said() == ""


def test_status_bar_begins_at_its_edge_while_nothing_was_saved(window, qtbot):
    window.set_database("larkmere.db")
    status = window.status
    status.layout().activate()
    first = min(label.x() for label in status.findChildren(QLabel) if label.isVisible() and label.width())
    assert first == status.layout().contentsMargins().left()
