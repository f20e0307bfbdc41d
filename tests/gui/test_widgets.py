from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImage, QPainter, QPalette
from PySide6.QtWidgets import QDialog, QLabel, QStyle, QStyleOptionViewItem, QWidget

from tomsapp.domain.policy import PolicyResult
from tomsapp.gui.stage import Stage
from tomsapp.gui.theme import current_theme
from tomsapp.gui.tokens import LIGHT, TITLE_BAR
from tomsapp.gui.widgets.buttons import Button, ElidedButton, IconButton, SegmentedButton, TabStrip
from tomsapp.gui.widgets.cards import Card, HeadlineFigure
from tomsapp.gui.widgets.chart_paint import axis_steps
from tomsapp.gui.widgets.chart_picture import legend_of
from tomsapp.gui.widgets.charts import Bar, BarRows, Segment, StackedBar, YearColumns
from tomsapp.gui.widgets.chips import ChipMenu, FilterChip
from tomsapp.gui.widgets.dialog_parts import open_once
from tomsapp.gui.widgets.explanation import Explanation, ExplanationPanel, FactLine, Inset, SumLine
from tomsapp.gui.widgets.feedback import ProgressCard, Toast, UndoBar
from tomsapp.gui.widgets.layouts import holding, in_column, in_row
from tomsapp.gui.widgets.page_header import Fact, PageHeader
from tomsapp.gui.widgets.policy import PolicyCheck, PolicyCheckRow, PolicyChecks
from tomsapp.gui.widgets.text import Badge, ElidedText, Text
from tomsapp.gui.widgets.tick_list import TickList

OPTIONS = [(2026, "2026/27"), (2027, "2027/28")]


@pytest.fixture
def show(qtbot):
    def shown(widget):
        qtbot.addWidget(widget)
        widget.show()
        return widget

    return shown


def test_text_is_never_markup(show):
    assert show(Text("<b>a</b>")).textFormat() == Qt.TextFormat.PlainText


def test_height_of_words_that_wrap_is_measured_once_for_a_width(theme, monkeypatch):
    measured = []
    measure = QLabel.heightForWidth
    monkeypatch.setattr(QLabel, "heightForWidth", lambda label, width: measured.append(width) or measure(label, width))
    text = Text("One file on this computer or on your team's server.", wrap=True)
    narrow, wide = text.heightForWidth(80), text.heightForWidth(4000)
    assert (text.heightForWidth(80), text.heightForWidth(4000), measured) == (narrow, wide, [80, 4000])
    text.setText("One file")
    assert text.heightForWidth(80) < narrow
    theme.set_text_size(150)
    assert text.heightForWidth(4000) > wide
    larger = text.heightForWidth(4000)
    text.setContentsMargins(0, 9, 0, 0)
    assert text.heightForWidth(4000) == larger + 9


def test_labels_take_the_colour_of_the_theme(show, theme):
    label = show(Text("Hint", "note", "text_muted"))
    light = label.palette().windowText().color().name().upper()
    theme.set_theme("dark")
    assert (light, label.palette().windowText().color().name().upper()) == ("#4A5B58", "#B2C2C0")


def test_cut_text_is_whole_in_tooltip_and_name(show):
    label = show(ElidedText("Unemployed resident into sustained work"))
    label.resize(80, 20)
    assert label.text().endswith("…")
    assert label.toolTip() == label.accessibleName() == "Unemployed resident into sustained work"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_buttons_obey_enter_and_space(show, qtbot, key):
    for button in (Button("Save contract", "primary"), IconButton("x", "Close")):
        with qtbot.waitSignal(show(button).clicked):
            qtbot.keyClick(button, key)


def test_a_link_that_leads_nowhere_looks_like_text(show):
    link = show(ElidedButton("Letters of the schools", role="note"))

    def colours():
        image = link.grab().toImage()
        return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}

    assert LIGHT.link.lower() in colours()
    link.setEnabled(False)
    assert LIGHT.link.lower() not in colours()
    assert LIGHT.text.lower() in colours()


def test_icon_button_has_a_name_and_a_large_target(show):
    button = show(IconButton("x", "Close this message"))
    assert button.accessibleName() == button.toolTip() == "Close this message"
    assert min(button.width(), button.height()) >= 24


def test_segments_and_tabs_tell_what_was_chosen(show, qtbot):
    segments = show(SegmentedButton("View", [("browse", "Browse"), ("compare", "Compare editions")]))
    assert segments.current == "browse"
    with qtbot.waitSignal(segments.chosen) as told:
        segments._group.button(1).click()
    assert told.args == ["compare"]
    tabs = show(TabStrip("Contract", [("a", "A"), ("b", "B")]))
    tabs.step(-1)
    assert tabs.current == "b"
    tabs.step(1)
    assert tabs.current == "a"


def test_headline_figure_says_all_in_its_name(show, qtbot):
    figure = show(HeadlineFigure("Social value committed"))
    assert "being worked out" in figure.accessibleName()
    figure.set_value("£5,526,161.01", "In proxy pounds, at menu values")
    assert figure.accessibleName() == (
        "Social value committed, £5,526,161.01, In proxy pounds, at menu values. See the lines"
    )
    with qtbot.waitSignal(figure.chosen):
        qtbot.keyClick(figure, Qt.Key.Key_Return)
    with qtbot.waitSignal(figure.chosen):
        qtbot.mouseClick(figure, Qt.MouseButton.LeftButton)
    figure.set_none("No commitments yet")
    assert "No commitments yet" in figure.accessibleName()
    figure.set_value("£3.00", "for 3 of 12 contracts")
    assert "for 3 of 12 contracts" in figure.accessibleName()


def test_card_link_is_named_after_its_card(show, qtbot):
    card = show(Card("Committed by theme", "See every line"))
    assert card.link.accessibleName() == "See every line: Committed by theme"
    with qtbot.waitSignal(card.link_chosen):
        card.link.click()


def test_chip_tells_its_values_and_delete_clears(show, qtbot):
    chip = show(FilterChip("Year", OPTIONS))
    assert chip.accessibleName() == "Year, all, filter"
    chip.set_values([2026])
    assert (chip.text(), chip.accessibleName()) == ("Year: 2026/27", "Year, 2026/27 chosen, filter")
    with qtbot.waitSignal(chip.values_changed) as told:
        qtbot.keyClick(chip, Qt.Key.Key_Delete)
    assert told.args == [()]
    assert chip.text() == "Year: all"


def test_chip_menu_ticks_values(show, qtbot):
    chip = show(FilterChip("Year", OPTIONS))
    qtbot.keyClick(chip, Qt.Key.Key_Return)
    chip._menu.list.item(1).setCheckState(Qt.CheckState.Checked)
    assert chip.values == (2027,)
    chip._menu.close()


def test_cross_at_the_end_of_a_chip_clears_it(show, qtbot):
    chip = show(FilterChip("Year", OPTIONS))
    chip.set_values([2026, 2027])
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 12, chip.height() // 2))
    assert chip.values == ()


def test_chip_menu_searches_over_twelve_values(show, qtbot):
    chip = show(FilterChip("Ward"))
    menu = ChipMenu("Ward", [(n, f"Ward {n}") for n in range(24)], [], chip)
    menu.show()
    assert menu.ticks.search.isVisible()
    menu.ticks.search.setText("23")
    assert sum(not menu.list.item(n).isHidden() for n in range(24)) == 1


def test_policy_check_says_rule_result_and_sum(show, qtbot):
    checks = show(PolicyChecks())
    checks.set_checks(
        [PolicyCheck("min", "5% minimum", "Short by £9,550.61", "£4,200,000.00 × 5% = £210,000.00", PolicyResult.SHORT)]
    )
    row = checks.findChild(PolicyCheckRow)
    assert row.accessibleName() == "5% minimum, Short by £9,550.61. £4,200,000.00 × 5% = £210,000.00"
    with qtbot.waitSignal(checks.chosen) as told:
        qtbot.keyClick(row, Qt.Key.Key_Return)
    assert told.args == ["min"]


def test_a_policy_check_says_its_new_result_in_the_row_that_has_the_keyboard(show):
    checks = show(PolicyChecks())
    checks.set_checks([PolicyCheck("min", "5% minimum", "Short by £9,550.61", "A", PolicyResult.SHORT)])
    row = checks.findChild(PolicyCheckRow)
    checks.set_checks([PolicyCheck("min", "5% minimum", "Enough", "B", PolicyResult.MET)])
    assert checks.findChildren(PolicyCheckRow) == [row]
    assert row.accessibleName() == "5% minimum, Enough. B"
    checks.set_checks([PolicyCheck("jobs", "Jobs", "Enough", "B", PolicyResult.MET)])
    assert checks._rows != [row]


def test_explanation_copies_as_text_and_closes_with_esc(show, qtbot):
    panel = show(ExplanationPanel())
    sums = Inset((SumLine("2026/27: 1 × £2.00", "£2.00"), SumLine("Total", "£2.00", is_total=True)))
    panel.show_explanation(Explanation("How £2.00 came about", "J01", (sums,), (FactLine("Source", "Table 3"),)))
    assert panel.accessibleName() == "How £2.00 came about"
    panel.copy_all()
    assert "2026/27: 1 × £2.00\t£2.00" in QGuiApplication.clipboard().text()
    with qtbot.waitSignal(panel.closed):
        qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert panel.explanation is None


def test_only_a_web_address_is_a_link_of_a_source(show, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    panel = show(ExplanationPanel())
    facts = (FactLine("One", "5%", "https://example.org/5"), FactLine("Other", "6%", "shelf 6"))
    panel.show_explanation(Explanation("How", facts=facts))
    (link,) = (one for one in panel.findChildren(Button) if one.text() == "See the source")
    link.click()
    assert opened == ["https://example.org/5"]


def test_a_toast_goes_away_by_itself_but_not_while_the_keyboard_is_in_it(show, qtbot):
    bar = show(UndoBar())
    bar.timer.setInterval(20)
    bar.show_toast(Toast("2 measures added", undo=lambda: None))
    bar.activateWindow()
    qtbot.waitUntil(bar.isActiveWindow)
    bar._button.setFocus()
    qtbot.wait(80)
    assert bar.isVisible()
    bar._button.clearFocus()
    bar.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    qtbot.waitUntil(bar.isHidden)


def test_a_toast_takes_its_room_from_the_page_and_gives_it_back(show):
    stage = show(Stage())
    stage.resize(800, 600)
    whole = stage.pages.height()
    stage.show_toast(Toast("2 measures added"))
    assert stage.pages.geometry().bottom() < stage.undo_bar.geometry().top()
    stage.dismiss_toast()
    assert stage.pages.height() == whole


def test_undo_bar_undoes_once(show):
    done = []
    bar = show(UndoBar())
    bar.show_toast(Toast("J10 removed", lambda: done.append(1)))
    bar.undo()
    bar.undo()
    assert done == [1]
    assert bar.isHidden()
    bar.show_toast(Toast("Unit values copied"))
    assert bar._button.isHidden()


def test_progress_card_cancels_once(show, qtbot):
    card = show(ProgressCard("Making the portfolio PDF"))
    card.report(620, 1000)
    assert card._done.text() == "620 of 1,000"
    with qtbot.waitSignal(card.cancelled):
        card._cancel.click()
    assert not card._cancel.isEnabled()


def test_header_shows_crumbs_badge_and_facts(show, qtbot):
    header = show(PageHeader("Housing repairs", on_surface=True))
    header.crumbs.set_steps([("contracts", "Contracts"), ("", "C-2026-004")])
    header.set_badge("Draft", "info")
    header.facts.set_facts([Fact("Supplier", "X Ltd", "supplier")])
    crumb = next(b for b in header.findChildren(Button) if b.text() == "Contracts")
    with qtbot.waitSignal(header.crumbs.chosen) as told:
        crumb.click()
    assert told.args == ["contracts"]
    fact = next(b for b in header.findChildren(Button) if b.text() == "X Ltd")
    assert fact.accessibleName() == "Supplier: X Ltd"
    assert header.findChild(Badge).accessibleName() == "Draft"


def segments(*values):
    return tuple(Segment(n, f"Theme {n}", Decimal(v), f"£{v}.00", n) for n, v in enumerate(values, 1))


@pytest.mark.parametrize("kind", [StackedBar, YearColumns, BarRows])
def test_charts_move_by_arrow_and_open_by_enter(show, qtbot, kind):
    chart = kind("Committed by theme")
    chart.set_bars([Bar("2026/27", "£6.00", segments(1, 0, 5)), Bar("2027/28", "£2.00", segments(2))], "Two years")
    show(chart)
    assert (chart.accessibleName(), chart.accessibleDescription()) == ("Committed by theme", "Two years")
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert chart.current_segment.key == 3
    assert "Theme 3, 2026/27, £5.00" in chart.accessibleName()
    with qtbot.waitSignal(chart.segment_chosen) as told:
        qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert told.args == [3]
    qtbot.keyClick(chart, Qt.Key.Key_End)
    assert chart.current_segment.key == 1


def test_click_in_a_chart_opens_the_segment(show, qtbot):
    chart = StackedBar("Committed by theme")
    chart.set_bars([Bar("", "", segments(1, 1))], "Two themes")
    show(chart)
    chart.resize(400, 31)
    chart.grab()
    with qtbot.waitSignal(chart.segment_chosen) as told:
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(300, 15))
    assert told.args == [2]


def test_chart_without_figures_stays_quiet(show, qtbot):
    chart = show(YearColumns("Committed by year"))
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert chart.current_segment is None
    assert chart.to_image(300, 200, 2).width() == 600


@pytest.mark.parametrize(
    ("largest", "top"),
    [
        ("2360000", "2500000"),
        ("1600000", "2000000"),
        ("2000000", "2000000"),
        ("999", "1000"),
        ("0.3", "0.3"),
        ("0", "1"),
    ],
)
def test_axis_ends_at_or_over_the_largest_column(largest, top):
    assert axis_steps(Decimal(largest))[-1] == Decimal(top)


@pytest.mark.parametrize("largest", ["2360000", "41000", "7", "5100000", "1000001"])
def test_axis_is_not_much_higher_than_its_largest_column(largest):
    marks = axis_steps(Decimal(largest))
    assert 3 <= len(marks) - 1 <= 5
    assert marks[-2] < Decimal(largest) <= marks[-1]


def test_words_of_many_columns_do_not_touch(show):
    chart = show(YearColumns("Committed by year"))
    bars = [Bar(f"20{n}/{n + 1}", "£1.00m", (Segment(n, "Theme", Decimal(1), "£1.00"),)) for n in range(10, 30)]
    assert words_shown(chart, bars[:4], 600) == [bar.caption for bar in bars[:4]]
    assert words_shown(chart, bars, 600) == [bar.caption for bar in bars[::2]]


def words_shown(chart, bars, width):
    """The captions that are painted, each of them in a box of its own."""
    chart.set_bars(bars, "")
    boxes = []

    class Pen(QPainter):
        def drawText(self, rect, flags, text):
            if "/" in text:
                boxes.append((rect, text))

    image = QImage(width, 200, QImage.Format.Format_ARGB32)
    painter = Pen(image)
    chart.paint_chart(painter, QRectF(0, 0, width, 200))
    painter.end()
    rects = [rect for rect, _text in boxes]
    assert not any(one.right() > other.left() + 0.01 for one, other in pairwise(rects))
    return [text for _rect, text in boxes]


def test_exported_picture_names_its_series(show):
    bar = show(StackedBar("Committed by theme"))
    parts = (
        Segment("1", "Theme 1, Fair work", Decimal(1), "£1", 1),
        Segment("2", "Theme 2, Family", Decimal(1), "£1", 2),
    )
    bar.set_bars([Bar("", "£2", parts)], "")
    plain = show(BarRows("Top suppliers"))
    plain.set_bars([Bar("Lamp Ltd", "£2", (Segment("1", "Lamp Ltd", Decimal(2), "£2"),))], "")
    assert legend_of([Bar("", "£2", parts)]) == [(1, "Theme 1, Fair work"), (2, "Theme 2, Family")]
    assert bar.to_image(600, 44).height() > plain.to_image(600, 44).height() > 88


def test_a_dialog_is_never_higher_than_the_screen(qtbot):
    dialog = QDialog()
    dialog.resize(400, 3000)
    open_once(dialog)
    assert dialog.height() <= dialog.screen().availableGeometry().height() - TITLE_BAR
    assert dialog.width() == 400
    dialog.reject()


def test_a_list_to_tick_marks_no_row_while_the_keyboard_is_elsewhere(qtbot):
    """Of several lists beside each other the first row of each would look as if it were chosen."""
    first, second = TickList("Wards"), TickList("Themes")
    page = holding(in_row(first, second))
    qtbot.addWidget(page)
    for ticks in (first, second):
        ticks.set_options([("a", "Brackwater"), ("b", "Dunmallow")], ())
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    first.list.setFocus()
    qtbot.waitUntil(first.list.hasFocus)

    def is_marked(ticks):
        option = QStyleOptionViewItem()
        ticks.list.initViewItemOption(option)
        option.state |= QStyle.StateFlag.State_Selected
        ticks.list.itemDelegate().initStyleOption(option, ticks.list.model().index(0, 0))
        return bool(option.state & QStyle.StateFlag.State_Selected)

    assert (is_marked(first), is_marked(second)) == (True, False)


@pytest.mark.parametrize("is_shown", [False, True])
def test_words_keep_their_colour_when_a_style_sheet_is_laid_again(qtbot, is_shown):
    """Qt gives back the colours that words had when a sheet was first laid over them."""
    words, first, second = Text("Nothing left", "note_strong", "warning"), QWidget(), QWidget()
    for window in (first, second):
        window.setStyleSheet("QPushButton { padding: 1px }")
        in_column(inside=window)
        qtbot.addWidget(window)
    first.layout().addWidget(words)
    words.ensurePolished()
    if is_shown:
        first.show()
    words.set_tone("success")
    first.setStyleSheet("QPushButton { padding: 2px }")
    assert _colour(words) == current_theme().colours.success.lower()
    second.layout().addWidget(words)
    second.show()
    assert _colour(words) == current_theme().colours.success.lower()


def _colour(words):
    return words.palette().color(QPalette.ColorRole.WindowText).name()
