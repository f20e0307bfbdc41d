"""The preview as somebody uses it: pages, zoom, search, saving, printing, the system's viewer."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QIcon
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog

from tests.reports.sample import new_document
from tests.reports.valuations import built, over_years
from tomsapp.domain.errors import TomsError
from tomsapp.gui.dialogs.pdf_preview import PdfPreview
from tomsapp.gui.file_dialogs import FileDialogs
from tomsapp.gui.jobs import Jobs
from tomsapp.reports.flowables import Heading, NewPage, Paragraph
from tomsapp.reports.styles import Shape
from tomsapp.services.previewing import open_pages

NAME = "C-2026-004 social value valuation.pdf"


@lru_cache(maxsize=1)
def valuation() -> bytes:
    return built(over_years(5)).data


@lru_cache(maxsize=1)
def texts() -> list[str]:
    """The text of each page of the valuation, as another reader finds it."""
    return [sheet.extract_text() for sheet in PdfReader(BytesIO(valuation())).pages]


def page_count() -> int:
    """How many pages the valuation has, to another reader."""
    return len(texts())


@pytest.fixture
def preview(qtbot, jobs, preferences):
    dialog = PdfPreview(valuation(), NAME, jobs, FileDialogs(preferences), notes=("The character ש stands as □.",))
    qtbot.addWidget(dialog)
    dialog.resize(1000, 800)
    dialog.show()
    qtbot.waitExposed(dialog)
    yield dialog
    dialog.close()


def ink(preview: PdfPreview) -> int:
    """How many colours stand in the view: a blank page has few."""
    image = preview.strip.viewport().grab().toImage()
    return len({image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)})


def test_the_first_page_is_drawn_and_its_text_is_there_for_a_screen_reader(preview):
    assert ink(preview) > 20
    assert preview.strip.accessibleName() == f"Page 1 of {page_count()}"
    assert "Housing repairs and empty homes, east" in preview.strip.accessibleDescription()
    assert preview.page_list.count() == page_count() == 7
    assert not preview.page_list.item(0).icon().isNull()


def test_the_small_pages_have_room_also_where_they_are_measured_before_they_are_made(preview):
    pages = preview.page_list
    pages.item(0).setIcon(QIcon())
    pages.doItemsLayout()
    rooms = [pages.visualItemRect(pages.item(row)).height() for row in range(pages.count())]
    assert min(rooms) >= pages.iconSize().height()


def test_pages_are_turned_by_keys_list_and_number(preview, qtbot):
    qtbot.keyClick(preview.strip, Qt.Key.Key_PageDown)
    assert (preview.strip.page, preview.page_box.value(), preview.page_list.currentRow()) == (1, 2, 1)
    assert "Every commitment at a glance" in preview.strip.accessibleDescription()
    qtbot.keyClick(preview.strip, Qt.Key.Key_End)
    assert preview.strip.accessibleName() == f"Page {page_count()} of {page_count()}"
    qtbot.keyClick(preview.strip, Qt.Key.Key_Home)
    assert preview.strip.page == 0
    preview.page_list.setCurrentRow(3)
    assert preview.page_box.value() == 4
    preview.page_box.setValue(2)
    assert preview.strip.page == 1


def test_zoom_keeps_the_page_in_view_and_fits_the_width_again(preview, qtbot):
    fitted = preview.strip.zoom
    preview.page_box.setValue(3)
    for _ in range(3):
        qtbot.mouseClick(preview.larger_button, Qt.MouseButton.LeftButton)
    assert preview.strip.zoom == pytest.approx(fitted * 1.25**3)
    assert preview.zoom_text.text() == f"{round(preview.strip.zoom * 100)}%"
    assert preview.strip.page == 2
    assert preview.strip.horizontalScrollBar().maximum() > 0
    qtbot.keyClick(preview, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert preview.strip.zoom == pytest.approx(fitted)
    for _ in range(40):
        preview.zoom_out()
    assert preview.strip.zoom == 0.25


def test_search_goes_from_find_to_find_and_round(preview, qtbot):
    qtbot.keyClicks(preview.find_bar.field, "£5,050.50")
    qtbot.waitUntil(lambda: preview.find_bar.count.text().startswith("1 of "))
    total = int(preview.find_bar.count.text().split()[-1])
    assert total == sum(text.count("£5,050.50") for text in texts()) == 4
    assert preview.strip.page == 1
    qtbot.keyClick(preview.find_bar.field, Qt.Key.Key_Return)
    assert preview.find_bar.count.text() == f"2 of {total}"
    preview.find_bar.previous()
    preview.find_bar.previous()
    assert preview.find_bar.count.text() == f"{total} of {total}"
    preview.find_bar.field.setText("no such words")
    qtbot.waitUntil(lambda: preview.find_bar.count.text() == "Not found")
    assert not preview.find_bar.next_button.isEnabled()
    preview.find_bar.field.clear()
    qtbot.waitUntil(lambda: not preview.find_bar.count.text())


def test_save_as_writes_the_same_bytes(preview, tmp_path, monkeypatch):
    chosen = tmp_path / "published"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(chosen), ""))
    preview.save_button.click()
    assert (tmp_path / "published.pdf").read_bytes() == valuation()
    assert preview.message.text() == f"Saved as {tmp_path / 'published.pdf'}."


def test_a_cancelled_save_does_nothing(preview, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: ("", ""))
    preview.save_button.click()
    assert preview.message.text() == ""
    assert preview.saved_to is None


def test_a_save_that_fails_says_what_to_do_and_can_be_tried_again(preview, tmp_path):
    preview.save_to(tmp_path / "gone" / "x.pdf")
    assert preview.message.text() == "x.pdf was not saved. The folder does not exist. Choose another folder."
    preview.save_to(tmp_path / "x.pdf")
    assert preview.message.text().startswith("Saved as")


def test_printing_gives_every_page_turned_as_it_is(jobs, qtbot, tmp_path, preferences):
    document = new_document()
    document.add(Heading("Upright", 1), NewPage(Shape.LANDSCAPE), Paragraph("On its side."))
    book = document.build().data
    preview = PdfPreview(book, "book.pdf", jobs, FileDialogs(preferences))
    qtbot.addWidget(preview)
    wide = [width > height for width, height in open_pages(book).sizes]
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    preview.print_on(printer)
    assert preview.message.text() == "Sent to the printer."
    sizes = open_pages((tmp_path / "printed.pdf").read_bytes()).sizes
    assert [width > height for width, height in sizes] == wide
    assert any(wide)
    assert not all(wide)
    assert not any(width > height for width, height in open_pages(valuation()).sizes)


def test_chosen_pages_alone_are_printed(preview, tmp_path):
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setFromTo(2, 3)
    preview.print_on(printer)
    assert len(open_pages((tmp_path / "printed.pdf").read_bytes())) == 2


def test_the_systems_viewer_gets_a_file_of_the_same_name(preview, monkeypatch):
    opened: list[Path] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile())) or True)
    preview.open_button.click()
    assert opened[0].name == NAME
    assert opened[0].read_bytes() == valuation()
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    preview.open_button.click()
    assert "Save the PDF and open it yourself" in preview.message.text()


def test_everything_is_named_and_reached_by_tab(preview):
    controls = (
        preview.page_box,
        preview.smaller_button,
        preview.larger_button,
        preview.find_bar.field,
        preview.find_bar.next_button,
        preview.page_list,
    )
    assert all(control.accessibleName() for control in controls)
    buttons = (preview.save_button, preview.print_button, preview.open_button, preview.close_button)
    assert all(button.text() and button.focusPolicy() & Qt.FocusPolicy.TabFocus for button in buttons)


def test_what_is_no_pdf_is_refused(jobs, preferences):
    with pytest.raises(TomsError, match="cannot be opened"):
        PdfPreview(b"no pdf", NAME, jobs, FileDialogs(preferences))


def test_pictures_made_in_other_threads_arrive(qtbot, preferences):
    jobs = Jobs()
    dialog = PdfPreview(valuation(), NAME, jobs, FileDialogs(preferences))
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: ink(dialog) > 20)
    dialog.zoom_in()
    dialog.close()
    jobs.shut_down()


def test_closing_lets_the_pages_go_while_work_is_under_way(qtbot, preferences):
    jobs = Jobs()
    failures: list[Exception] = []
    jobs.failed.connect(failures.append)
    dialog = PdfPreview(valuation(), NAME, jobs, FileDialogs(preferences))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.reject()
    jobs.shut_down()
    qtbot.wait(1)
    assert failures == []
    with pytest.raises(TomsError, match="was closed"):
        dialog._pages.image(0, 1.0)
