"""Every page and every dialog with the example council: names, roles, keys, focus and sizes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QPushButton

from tests.gui import audit
from tests.gui.contrast import low_contrast
from tests.gui.pages.office import Office, fail
from tests.gui.places import DIALOGS, EMPTY_PAGES, PAGES
from tests.gui.test_theme import palette_of
from tomsapp.gui import system_colours
from tomsapp.gui.application import build_window, new_session
from tomsapp.gui.focus_ring import FocusWatch
from tomsapp.gui.jobs import inline_jobs
from tomsapp.gui.system_colours import system_colours as in_system_colours
from tomsapp.gui.theme import current_theme
from tomsapp.gui.tokens import TITLE_BAR
from tomsapp.gui.widgets import dialog_parts

SIZE = 1366, 768
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(scope="session")
def example(tmp_path_factory, examples):
    return examples.copy(tmp_path_factory.mktemp("example"))


@pytest.fixture
def ring(qapp):
    watch = FocusWatch(qapp)
    yield watch
    watch.deleteLater()


def open_window(home):
    session = new_session(jobs=inline_jobs())
    session.set_who("A. Okafor")
    window = build_window(session, fail)
    window.resize(*SIZE)
    window.show()
    return Office(session, window, home)


@pytest.fixture
def place(qapp, ring, tmp_path, monkeypatch, listened_to):
    """A window without a database.

    Each test has its own: one with every page in it has thousands of controls, which are all dressed anew with each
    theme that is looked at.
    """
    monkeypatch.setenv("TOMSAPP_HOME", str(tmp_path / "home"))
    office = open_window(tmp_path / "home")
    yield office
    ring.stop()  # as at the end of the program: before the window that it is in
    office.session.set_workspace(None)
    office.window.close()
    audit.settle()


@pytest.fixture
def office(place, example):
    """The window with the example council in it."""
    place.window.page("start").opener.open(str(example))
    yield place
    while (dialog := audit.other_dialog()) is not None:
        dialog.done(0)
        audit.settle()


def complaints(top) -> list[str]:
    found = []
    for check in (
        audit.nameless,
        audit.misfits,
        audit.told_otherwise,
        audit.deaf_views,
        audit.too_small,
        audit.cut,
        audit.silent_cells,
        audit.pictures_without_words,
    ):
        found += [f"{check.__name__}: {each}" for each in check(top)]
    twice = {key: words for key, words in audit.live_shortcuts(top.window()).items() if len(words) > 1}
    return found + [f"one key for two things: {key} for {words}" for key, words in twice.items()]


def faint(top) -> list[str]:
    """Words that stand out too little, light or dark, or in the colours of a system that asks for more contrast."""
    theme, found = current_theme(), []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(system_colours, "system_colours", lambda _own: in_system_colours(palette_of("Desert")))
        theme.set_plain(is_plain=True)
        audit.settle()
        found += [f"faint in high contrast: {each}" for each in low_contrast(top)]
        theme.set_plain(is_plain=False)
    for look in ("dark", "light"):
        theme.set_theme(look)
        audit.settle()
        found += [f"faint when {look}: {each}" for each in low_contrast(top)]
    return found


def walk_complaints(top) -> list[str]:
    """What is wrong with the way that Tab and Shift+Tab lead."""
    wanted = audit.stops(top)
    there = audit.walk(top, look=True)
    back = audit.walk(top, Qt.Key.Key_Backtab, SHIFT)
    found = [f"the focus does not show on {each}" for each in there.unseen]
    for way, words in ((there, "Tab"), (back, "Shift+Tab")):
        found += [f"{words} does not reach {audit.tag(w)}" for w in wanted if w not in way.visited and audit.is_stop(w)]
        if not way.came_round:
            found.append(f"{words} does not come round: {[audit.tag(w) for w in way.visited]}")
    at = there.visited.index(back.visited[0]) if back.visited[0] in there.visited else 0
    turned = there.visited[at::-1] + there.visited[:at:-1]
    if [w for w in turned if w in back.visited] != [w for w in back.visited if w in there.visited]:
        found.append("Shift+Tab is not the way of Tab turned round")
    climbs = audit.climbs(there)
    if len(climbs) > 1:
        found.append(f"Tab goes back up more than once round: {climbs}")
    return found


def check(top) -> None:
    found = complaints(top) + walk_complaints(top)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", PAGES)
def test_page_can_be_used_by_keyboard_and_screen_reader(office, name):
    PAGES[name](office)
    audit.settle()
    check(office.window)


@pytest.mark.parametrize("name", PAGES)
def test_nothing_of_a_page_is_cut_in_a_small_window(office, name):
    """1280 × 680 is the least of the design, 960 × 540 a full-HD screen at 200%."""
    for size in ((1280, 680), (960, 540)):
        office.window.resize(*size)
        PAGES[name](office)
        audit.settle()
        assert audit.cut(office.window) == [], size


@pytest.mark.parametrize("key", EMPTY_PAGES)
def test_page_without_database(place, key):
    place.window.go_to(key)
    audit.settle()
    check(place.window)


@pytest.mark.parametrize("key", EMPTY_PAGES)
def test_page_with_an_empty_database(place, sqlite_template, key):
    place.window.page("start").opener.open(str(sqlite_template))
    place.window.go_to(key)
    audit.settle()
    check(place.window)


@pytest.mark.parametrize("name", DIALOGS)
def test_dialog_can_be_used_by_keyboard_and_screen_reader(office, name):
    opener, open_it = DIALOGS[name](office)
    opener.setFocus(Qt.FocusReason.TabFocusReason)
    seen = []

    def look() -> None:
        dialog = QApplication.activeModalWidget() or audit.other_dialog()
        if dialog is None:
            seen.append("no dialog")
            return
        audit.settle()
        # Contrast last: another theme dresses every control anew, and no ring stands then until a key is pressed.
        seen.extend(complaints(dialog) + walk_complaints(dialog) + dialog_complaints(dialog) + faint(dialog))
        for _ in range(2):  # the first Esc may clear a search
            if dialog.isVisible():
                QTest.keyClick(QApplication.focusWidget() or dialog, Qt.Key.Key_Escape)
        if dialog.isVisible():
            seen.append("Esc does not close it")
            dialog.done(0)

    QTimer.singleShot(0, look)
    open_it()
    audit.settle()
    assert not seen, "\n".join(seen)
    office.window.activateWindow()
    audit.settle()
    assert QApplication.focusWidget() is opener, audit.tag(QApplication.focusWidget() or office.window)


@pytest.mark.parametrize("name", DIALOGS)
def test_a_dialog_stands_whole_on_a_screen_at_twice_its_size(office, name, monkeypatch):
    """A full-HD screen at 200% has 960 × 540; what is not in view scrolls, and the buttons never do."""
    room = QSize(960, 540 - TITLE_BAR)
    monkeypatch.setattr(dialog_parts, "room_of", lambda _dialog: room)
    office.window.resize(960, 540)
    seen = []

    def look() -> None:
        dialog = QApplication.activeModalWidget() or audit.other_dialog()
        audit.settle()
        seen.extend(audit.cut(dialog) + audit.out_of_line(dialog))
        size = dialog.size()
        if size.boundedTo(room) != size:
            seen.append(f"{size.width()} × {size.height()} is larger than the screen")
        dialog.done(0)

    opener, open_it = DIALOGS[name](office)
    opener.setFocus(Qt.FocusReason.TabFocusReason)
    QTimer.singleShot(0, look)
    open_it()
    audit.settle()
    assert not seen, "\n".join(seen)


def dialog_complaints(dialog) -> list[str]:
    """A dialog says what it is, can be left by a button, and Enter does the main thing."""
    buttons = [b for b in dialog.findChildren(QPushButton) if b.isVisible()]
    found = [] if dialog.windowTitle() or audit.says(dialog) else ["it has no title"]
    leave = {"Cancel", "Close", "Done"}
    box = dialog.findChild(QDialogButtonBox)
    roles = {box.buttonRole(b) for b in box.buttons()} if box is not None else set()
    if not (leave & {b.text().replace("&", "") for b in buttons} or QDialogButtonBox.ButtonRole.RejectRole in roles):
        found.append(f"no way out among {[b.text() for b in buttons]}")
    return found + audit.out_of_line(dialog) + audit.misfitted(dialog)
