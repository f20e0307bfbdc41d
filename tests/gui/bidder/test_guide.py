"""The two pages on how a tender is answered: every name in them is on the screen, and both windows show them."""

from __future__ import annotations

import io
import re

import openpyxl
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QLabel

from tests.gui.audit import settle
from tests.gui.pages.office import open_office
from tests.services.bidding.finished import typed
from tests.services.bidding.packs import NOW, lot, open_pack, pack, write_file
from tomsapp.domain.papers.bidder_guide import TITLE
from tomsapp.exchange.tables_xlsx import BookProperties
from tomsapp.exchange.tenders.book_layout import FILL_IN, offer_book
from tomsapp.exchange.tenders.book_write import write_offer_book
from tomsapp.gui.dialogs.pdf_preview import PdfPreview
from tomsapp.services.bidder_guide import bidder_paper
from tomsapp.services.bidding.steps import Step, step_states

LABEL = re.compile("“([^”]+)”")
HOW_TO = f"{TITLE}…"


def labels() -> set[str]:
    """Every name that the paper gives in quotation marks."""
    return {label for words in bidder_paper().words for label in LABEL.findall(words)}


def on_sheets(folder) -> set[str]:
    """What a bidder reads on the sheets of a workbook: their names, and what stands or is worked out in their cells."""
    opened = open_pack(write_file(folder, pack()))
    form = offer_book(opened.file, opened.edition, 1)
    book = openpyxl.load_workbook(io.BytesIO(write_offer_book(form, BookProperties("Offer", NOW))))
    said = {sheet.title for sheet in book if sheet.sheet_state == "visible"}
    for sheet in book:
        for cell in (cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)):
            if cell.value.startswith("="):
                said |= set(re.findall(r'"([^"]+)"', cell.value))
            else:
                said |= {cell.value, cell.value.removeprefix(FILL_IN)}
    return said | {FILL_IN.rstrip(": ")}


def in_window(window) -> set[str]:
    """What can be read in a window, and what its menus offer."""
    said = {label.text() for label in window.findChildren(QLabel)}
    said |= {button.text() for button in window.findChildren(QAbstractButton)}
    said |= {action.text() for action in window.findChildren(QAction)}
    return {text.replace("&", "") for text in said}


def test_every_name_in_the_paper_is_on_a_sheet_or_in_a_window(bidder, qtbot, monkeypatch, tmp_path):
    window = bidder.open(pack(lots=(lot(), lot(2))))
    bidder.window.answering.put(typed(bidder.work))
    for step in Step:
        window.open_step(step)
        settle()
    seen = in_window(window) | {state.name for state in step_states(bidder.work)}
    (tmp_path / "office").mkdir()
    seen |= in_window(open_office(qtbot, monkeypatch, tmp_path / "office").window)
    read = on_sheets(tmp_path)
    # A name may go on: with the measures of a group, an amount, or what is added to a head.
    begins = {text for text in read if re.match(r"The same \w+ once \(|Not enough: short by ", text)}
    unknown = {
        label
        for label in labels()
        if label not in seen and label not in read and not any(text.startswith(label) for text in begins)
    }
    assert unknown == set()
    assert len(labels()) > 25


def test_the_bidders_window_shows_it(bidder):
    window = bidder.open()
    (action,) = (each for each in window.findChildren(QAction) if each.text() == HOW_TO)
    action.trigger()
    settle()
    (shown,) = window.findChildren(PdfPreview)
    assert TITLE in shown.windowTitle()
    shown.reject()


def test_an_officer_finds_it_without_a_database_and_saves_it_as_word(qtbot, monkeypatch, tmp_path):
    office = open_office(qtbot, monkeypatch, tmp_path)
    (action,) = (each for each in office.window.menu("help").actions() if each.text() == HOW_TO)
    action.trigger()
    (shown,) = office.window.findChildren(PdfPreview)
    assert TITLE in shown.windowTitle()
    path = tmp_path / "website.docx"
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getSaveFileName", lambda *_args, **_more: (str(path), ""))
    (word,) = (each for each in shown.findChildren(QAbstractButton) if each.text() == "Save Word file…")
    word.click()
    assert path.read_bytes().startswith(b"PK")
    shown.reject()
