from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QFont, QFontInfo, QGuiApplication, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QMainWindow,
    QMenu,
    QMenuBar,
    QMessageBox,
    QPushButton,
    QStackedWidget,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from tests.gui.test_tokens import OTHER_PAIRS, TEXT_PAIRS, contrast
from tomsapp import gui
from tomsapp.config.paths import resources_dir
from tomsapp.gui import theme as theme_module
from tomsapp.gui.dialogs.fault import ErrorDialog
from tomsapp.gui.errors import ErrorReporter
from tomsapp.gui.focus_ring import FocusWatch
from tomsapp.gui.icons import draw_icon, icon_pixmap
from tomsapp.gui.system_colours import system_colours
from tomsapp.gui.theme import Theme, current_theme, install_theme, keep_looks, restore_looks
from tomsapp.gui.tokens import DARK, LARGE_TEXT_SIZES, LIGHT, TEXT_SIZES
from tomsapp.gui.view_menu import sizes
from tomsapp.gui.widgets.layouts import in_column
from tomsapp.gui.widgets.text import Text
from tomsapp.services.program_log import start_log


def test_house_font_is_loaded_in_its_weights(theme):
    for role, weight in (("body", 400), ("strong", 600)):
        info = QFontInfo(theme.font(role))
        assert (info.family(), info.weight(), info.pixelSize()) == ("Source Sans 3", weight, 15)


def test_theme_is_one_and_switches_palette(theme, qapp):
    assert install_theme(qapp) is current_theme() is theme
    theme.set_theme("dark")
    assert theme.colours is DARK
    assert qapp.palette().color(QPalette.ColorRole.Link).name().upper() == "#7AD3C8"
    theme.set_theme("system")
    assert theme.colours is LIGHT


SYSTEM_FONT = QFont("DejaVu Sans", 7)
HAS_A_FONT_OF_ITS_OWN = (
    "QMenu",
    "QMenuBar",
    "QMessageBox",
    "QTipLabel",
    "QStatusBar",
    "QAbstractItemView",
    "QComboBox",
)


class WindowsLike:
    """The application as it is on Windows, where each style that comes brings the fonts of the system's theme."""

    def __init__(self, application):
        self._application = application
        self._has_sheet = False

    def __getattr__(self, name):
        return getattr(self._application, name)

    def setStyle(self, style):
        self._application.setStyle(style)
        bring_system_fonts()

    def setStyleSheet(self, sheet):
        self._application.setStyleSheet(sheet)
        if not self._has_sheet:
            self._has_sheet = True
            bring_system_fonts()


def bring_system_fonts():
    for name in HAS_A_FONT_OF_ITS_OWN:
        QApplication.setFont(SYSTEM_FONT, name)


def things_with_fonts(qtbot):
    """One thing of each kind, not shown yet."""
    window = QMainWindow()
    qtbot.addWidget(window)
    menu, box, combo, rows = QMenu("File", window), QMessageBox(window), QComboBox(), QListWidget()
    menu.addAction("Open")
    box.setText("Saved")
    combo.addItem("Light")
    window.setMenuBar(QMenuBar())
    window.menuBar().addMenu(menu)
    inner = QWidget()
    in_column(combo, rows, inside=inner)
    window.setCentralWidget(inner)
    return window, menu, box, combo, rows


def fonts_shown(window, menu, box, combo, rows):
    """The fonts of one thing of each kind, as it is shown."""
    window.show()
    QToolTip.showText(window.pos(), "Why", window)
    tip = next(each for each in QApplication.topLevelWidgets() if each.inherits("QTipLabel"))
    for each in (menu, box):
        each.show()
    combo.showPopup()
    shown = [
        menu,
        window.menuBar(),
        combo,
        combo.view(),
        rows,
        *box.findChildren(QLabel),
        *box.findChildren(QPushButton),
    ]
    found = {(QFontInfo(each.font()).family(), each.font().pixelSize()) for each in shown if each.isVisible()}
    told = QFontInfo(tip.font()).family(), tip.font().pixelSize()
    combo.hidePopup()
    for each in (menu, box, tip):
        each.hide()
    return found, told


@pytest.fixture
def started(theme, qapp):
    """The theme of a program that has just begun, whatever the system's fonts are."""
    bring_system_fonts()
    started = Theme(qapp)
    yield started
    started.deleteLater()
    theme._apply()


@pytest.mark.parametrize("percent", [*TEXT_SIZES, *LARGE_TEXT_SIZES])
def test_house_font_and_text_size_hold_wherever_the_system_has_fonts_of_its_own(
    started, qapp, qtbot, monkeypatch, percent
):
    """At each start Qt brings those of the Windows theme after ours are set: with the sheet, and with the style."""
    monkeypatch.setattr(started, "_app", WindowsLike(qapp))
    monkeypatch.setattr(Theme, "made", started)
    monkeypatch.setattr(Theme, "text_sizes", [*TEXT_SIZES, *LARGE_TEXT_SIZES])
    started.set_text_size(percent)
    size, small = started.px(15), started.px(14)
    house = {("Source Sans 3", size)}, ("Source Sans 3", small)
    made_before = [things_with_fonts(qtbot) for _ in range(3)]
    started.lay_sheet()
    assert fonts_shown(*things_with_fonts(qtbot)) == house
    assert fonts_shown(*made_before[0]) == house
    started.finish()
    assert fonts_shown(*things_with_fonts(qtbot)) == house
    assert fonts_shown(*made_before[1]) == house
    bring_system_fonts()
    started.look_at_system()
    assert fonts_shown(*things_with_fonts(qtbot)) == house
    assert fonts_shown(*made_before[2]) == house


def test_theme_looks_again_when_that_of_the_system_becomes_another():
    statements = (
        "from PySide6.QtCore import QEvent\n"
        "from PySide6.QtGui import QFont\n"
        "from tomsapp.gui.application import make_application\n"
        "from tomsapp.gui.theme import install_theme\n"
        "application = make_application()\n"
        "install_theme(application)\n"
        "application.setFont(QFont('DejaVu Sans', 7), 'QMenu')\n"
        "application.sendEvent(application, QEvent(QEvent.Type.ThemeChange))\n"
        "application.processEvents()\n"
        "print(application.font('QMenu').family(), application.highDpiScaleFactorRoundingPolicy().name)"
    )
    done = subprocess.run([sys.executable, "-c", statements], capture_output=True, check=True, encoding="utf-8")
    assert done.stdout.split("\n")[0] == "Source Sans 3 PassThrough", "a screen at 125% is drawn at 125%"


# Windows' own themes of high contrast: text, ground, text that cannot be used, tooltip, its ground.
HIGH_CONTRAST = {
    "Night sky": ("#FFFFFF", "#000000", "#A6A6A6", "#FFFFFF", "#000000"),
    "Aquatic": ("#FFFFFF", "#202020", "#A6A6A6", "#FFFFFF", "#202020"),
    "Desert": ("#3D3D3D", "#FFFAEF", "#676767", "#3D3D3D", "#FFFAEF"),
    "Dusk": ("#FFFFFF", "#2D3236", "#A6A6A6", "#FFFFFF", "#2D3236"),
    "High contrast 1": ("#FFFF00", "#000000", "#00FF00", "#FFFF00", "#000000"),
    "High contrast white": ("#000000", "#FFFFFF", "#600000", "#000000", "#FFFFFF"),
}


def palette_of(name):
    text, ground, dimmed, tip, tip_ground = HIGH_CONTRAST[name]
    palette = QPalette(QColor(text), QColor(ground), *(QColor(text),) * 3, QColor(text), QColor(ground))
    palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText, QColor(dimmed))
    palette.setColor(QPalette.ColorRole.ToolTipText, QColor(tip))
    palette.setColor(QPalette.ColorRole.ToolTipBase, QColor(tip_ground))
    return palette


@pytest.mark.parametrize("name", HIGH_CONTRAST)
def test_all_that_is_drawn_stands_out_in_a_theme_of_high_contrast(qapp, name):
    colours = system_colours(palette_of(name))
    low = [
        f"{over} on {under}"
        for over, under, *_ in (*TEXT_PAIRS, *OTHER_PAIRS)
        if contrast(getattr(colours, over), getattr(colours, under)) < 4.5
    ]
    assert low == []
    assert {colours.text, colours.canvas} == {each.lower() for each in HIGH_CONTRAST[name][:2]}
    assert contrast(colours.selection, colours.surface) > 1.3, "what is chosen can be seen"


def test_theme_follows_the_contrast_of_the_system_while_it_runs(theme, qapp, monkeypatch):
    asked = [True]
    monkeypatch.setattr(theme, "_wants_high_contrast", lambda: asked[0])
    changes = []
    theme.theme_changed.connect(lambda: changes.append(theme.is_plain))
    theme.look_at_system()
    assert theme.colours.text == qapp.palette().color(QPalette.ColorRole.WindowText).name() != LIGHT.text.lower()
    assert f"background: {theme.colours.canvas}" in qapp.styleSheet(), "the sheet has the system's colours too"
    asked[0] = False
    theme.look_at_system()
    assert theme.colours is LIGHT
    theme.look_at_system()
    assert changes == [True, False], "nothing is dressed anew where nothing changed"


def test_contrast_that_the_system_asked_for_is_there_at_the_next_start(theme, qapp, preferences):
    theme.set_plain(is_plain=True)
    assert theme.colours not in {LIGHT, DARK}
    keep_looks(preferences)
    theme.set_plain(is_plain=False)
    assert theme.colours is LIGHT
    restore_looks(preferences)
    assert theme.is_plain
    theme.set_plain(is_plain=False)
    keep_looks(preferences)
    restore_looks(preferences)
    assert not theme.is_plain


def test_text_size_takes_steps_and_stops_at_the_ends(theme):
    theme.step_text_size(9)
    assert (theme.text_size, theme.px(34)) == (150, 51)
    theme.step_text_size(-9)
    assert theme.text_size == 100
    theme.set_text_size(117)
    assert theme.text_size == 115


@pytest.mark.parametrize(("width", "largest"), [(800, 150), (1366, 150), (1600, 175), (1920, 200)])
def test_largest_text_is_offered_where_the_smallest_window_has_room_with_it(
    theme, monkeypatch, preferences, width, largest
):
    class Screen:
        def availableSize(self):
            return QSize(width, 700)

    monkeypatch.setattr(theme, "_app", WindowsLike(theme._app))
    monkeypatch.setattr(theme._app, "screens", lambda: [Screen()], raising=False)
    assert sizes()[-1] == (largest, f"{largest}%")
    preferences.set("text_size", 200)
    restore_looks(preferences)
    assert theme.text_size == largest, "what a wider screen had room for comes as near as this one allows"
    theme.step_text_size(1)
    assert theme.text_size == largest
    for _ in range(9):
        theme.step_text_size(-1)
    assert theme.text_size == 100


def test_what_was_made_before_a_change_and_shown_after_it_has_the_new_look(theme, qtbot):
    """As a page that is read anew behind the one on which the theme is chosen."""
    pages = QStackedWidget()
    qtbot.addWidget(pages)
    pages.addWidget(QWidget())
    theme.set_theme("dark")
    pages.show()
    hidden = QWidget()
    pages.addWidget(hidden)
    label = Text("Fair work and poverty", "h3", "text_muted")
    in_column(label, inside=hidden)
    theme.set_theme("light")
    theme.set_text_size(150)
    pages.setCurrentWidget(hidden)
    assert label.palette().color(QPalette.ColorRole.WindowText).name().upper() == LIGHT.text_muted
    assert label.font().pixelSize() == 24


@pytest.mark.parametrize("path", sorted((resources_dir() / "icons").glob("*.svg")), ids=lambda path: path.stem)
def test_every_icon_is_drawn_in_the_colour_asked_for(qapp, path):
    image = icon_pixmap(path.stem, "#A3211E", 24, ratio=2).toImage()
    inks = {
        image.pixelColor(x, y).name() for x in range(48) for y in range(48) if image.pixelColor(x, y).alpha() == 255
    }
    assert inks == {"#a3211e"}


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_icon_is_painted_in_the_pixels_of_the_screen_that_it_is_on(qapp, ratio):
    """The window may stand on a screen that is less sharp than another, or sharper."""
    screen = QPixmap(round(24 * ratio), round(24 * ratio))
    screen.setDevicePixelRatio(ratio)
    screen.fill(QColor("white"))
    expected = screen.copy()
    for place, paint in (
        (screen, lambda painter: draw_icon(painter, 0, 0, "house", "#A3211E", 24)),
        (expected, lambda painter: painter.drawPixmap(0, 0, icon_pixmap("house", "#A3211E", 24, ratio=ratio))),
    ):
        painter = QPainter(place)
        paint(painter)
        painter.end()
    assert screen.toImage() == expected.toImage()


def test_every_icon_that_is_painted_is_painted_for_its_screen():
    """A picture that is made beforehand is for one screen: buttons have such, which Qt draws down where it must."""
    found = {path.name for path in Path(gui.__file__).parent.rglob("*.py") if "icon_pixmap(" in path.read_text("utf-8")}
    assert found == {"icons.py", "text.py"}


def test_icons_of_buttons_are_drawn_anew_for_a_sharper_screen(theme, monkeypatch):
    changes = []
    theme.theme_changed.connect(lambda: changes.append(1))
    theme.look_at_screens()
    assert changes == []
    monkeypatch.setattr(theme_module, "sharpest_ratio", lambda: 1.5)
    theme.look_at_screens()
    theme.look_at_screens()
    assert changes == [1]


def test_missing_icon_is_an_error(qapp):
    with pytest.raises(FileNotFoundError):
        icon_pixmap("no-such-icon", "#000000", 18)


def test_ring_follows_the_keyboard_and_not_the_mouse(qtbot, qapp):
    window = QWidget()
    inner = QWidget(window)
    column = QVBoxLayout(inner)
    button, field = QPushButton("A"), QLineEdit()
    column.addWidget(button)
    column.addWidget(field)
    qtbot.addWidget(window)
    window.show()
    watch = FocusWatch(qapp)

    def focus(widget, reason):
        QApplication.sendEvent(widget, QFocusEvent(QEvent.Type.FocusIn, reason))
        return watch.ring.widget()

    assert focus(button, Qt.FocusReason.TabFocusReason) is button
    assert watch.ring.parentWidget() is window
    assert focus(field, Qt.FocusReason.TabFocusReason) is None
    assert focus(button, Qt.FocusReason.ShortcutFocusReason) is button
    assert focus(button, Qt.FocusReason.MouseFocusReason) is None
    assert focus(button, Qt.FocusReason.OtherFocusReason) is None
    assert focus(button, Qt.FocusReason.TabFocusReason) is button
    assert focus(button, Qt.FocusReason.ActiveWindowFocusReason) is button
    watch.stop()
    assert watch.ring.widget() is None
    field.setFocus()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert watch.ring.widget() is None
    watch.deleteLater()


def test_fault_is_logged_and_shown_once_with_details_to_copy(qtbot, tmp_path):
    file = start_log(tmp_path)
    window = QWidget()
    qtbot.addWidget(window)
    reporter = ErrorReporter(file, window)
    for _ in range(2):
        reporter.report_exception(ValueError("quantity of J01"))
    dialogs = window.findChildren(ErrorDialog)
    assert len(dialogs) == 1
    dialogs[0].copy_details()
    assert "quantity of J01" in QGuiApplication.clipboard().text()
    logged = file.read_text(encoding="utf-8")
    assert logged.count("  fault ValueError\n") == 2
    assert "J01" not in logged, "what was entered is shown, and not logged"
    dialogs[0].reject()
    log = logging.getLogger("tomsapp")
    for handler in list(log.handlers):
        log.removeHandler(handler)
        handler.close()
