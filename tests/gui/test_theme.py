from __future__ import annotations

import logging

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from tomsapp.config.paths import resources_dir
from tomsapp.gui.dialogs.fault import ErrorDialog
from tomsapp.gui.errors import ErrorReporter, start_log
from tomsapp.gui.focus_ring import FocusWatch
from tomsapp.gui.icons import icon_pixmap
from tomsapp.gui.theme import current_theme, install_theme, keep_looks, restore_looks
from tomsapp.gui.tokens import DARK, LIGHT
from tomsapp.gui.widgets.layouts import in_column
from tomsapp.gui.widgets.text import Text


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


def test_contrast_that_the_system_asked_for_is_there_at_the_next_start(theme, qapp, preferences):
    theme.set_plain(is_plain=True)
    assert qapp.styleSheet() == ""
    assert qapp.palette().color(QPalette.ColorRole.Highlight).name() != theme.colours.primary.lower()
    keep_looks(preferences)
    theme.set_plain(is_plain=False)
    assert "QPushButton" in qapp.styleSheet()
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
    assert file.read_text(encoding="utf-8").count("ValueError: quantity of J01") == 2
    dialogs[0].reject()
    log = logging.getLogger("tomsapp")
    for handler in list(log.handlers):
        log.removeHandler(handler)
        handler.close()
