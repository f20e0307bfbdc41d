"""The pictures of the guide that show a year of returns: its workbooks, plan, money, audit and published papers."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import openpyxl

from docs.camera import HEIGHT, WIDTH, Camera, settle
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.exchange.return_layout import HEAD_ROW, HEADS, YES, Head
from tomsapp.gui.delivery.delivery_tab import DeliveryTab
from tomsapp.gui.delivery.quarters_section import QuartersSection
from tomsapp.gui.delivery.section import DeliverySection
from tomsapp.gui.delivery.sections import AUDIT, MONEY, PLAN, PUBLISHED, QUARTERS, RETURNS
from tomsapp.services.return_books import make_return

HOME_CARE = "L-2025-007"
_LAST_QUARTER = Quarter(0, 4)
_SEED = "Minute 14 of the audit committee, 3 December 2026"
_SECOND_RETURN: dict[str, dict[Head, object]] = {
    "H06": {Head.CLAIMED: 36, Head.EVIDENCED: 36, Head.EVIDENCE: "Practices, letter of 27 November 2026"},
    "H09": {Head.CLAIMED: 6, Head.EVIDENCED: 5, Head.EVIDENCE: "Falls service, letter of 18 November 2026"},
    "V04": {Head.CLAIMED: 40, Head.EVIDENCED: 40, Head.NOTE: "The log was completed in November"},
}
"""What the supplier returns of the last quarter a second time: two claims that wait, and one that is decided."""


def quarter_of(camera: Camera, measure: str, number: int) -> QuartersSection:
    """Show a quarter of the first year of the home care, with its panel."""
    tab = _tab(camera)
    tab.show_section(QUARTERS)
    row = next(place for place, line in enumerate(tab.opened.delivered.lines) if line.measure.code == measure)
    quarters = tab.section(QUARTERS)
    quarters.go_to(0, row, number - 1)
    settle()
    return quarters


def _tab(camera: Camera) -> DeliveryTab:
    page = camera.open_contract(HOME_CARE)
    page.show_tab("delivery")
    settle()
    return page.findChild(DeliveryTab)


def _part(camera: Camera, key: str) -> DeliverySection:
    """Show a part of the first year of the home care."""
    tab = _tab(camera)
    tab.show_section(key)
    if tab.years.isVisible():
        tab.years.setCurrentIndex(0)
        tab.years.activated.emit(0)
    settle()
    return tab.current


def returns(camera: Camera) -> None:
    """The quarters of the year with how their returns stand."""
    _part(camera, RETURNS)
    camera.take("delivery-returns")


def read_returns(camera: Camera) -> None:
    """A second return of the last quarter, of which one line is new and what is decided stays."""
    part = _part(camera, RETURNS)
    path = camera.home / "Dunmallow return Q4, second.xlsx"
    data = make_return(
        camera.session.workspace, camera.contract_id(HOME_CARE), _LAST_QUARTER, datetime(2026, 10, 1, 9, tzinfo=UTC)
    ).data
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["Return"]
    columns = {cell.value: cell.column for cell in sheet[HEAD_ROW + 1]}
    rows = {row[0].value: row[0].row for row in sheet.iter_rows(min_row=HEAD_ROW + 2) if row[0].value}
    for called, filled in _SECOND_RETURN.items():
        for head, value in filled.items():
            sheet.cell(rows[called], columns[HEADS[head]]).value = value
    confirm = book["Confirm"]
    confirm["B5"].value = date(2026, 11, 30)
    confirm["B6"].value = confirm["B7"].value = YES
    book.save(path)
    part.read_returns([path])
    settle(400)
    window = part.window_read
    window.resize(WIDTH, HEIGHT)
    settle()
    camera.take("delivery-read-returns", window)
    window.close()


def plan(camera: Camera) -> None:
    """The plan of the first year, which is not even."""
    _part(camera, PLAN)
    camera.take("delivery-plan")


def money(camera: Camera) -> None:
    """The ledger of what was handed over."""
    _part(camera, MONEY)
    camera.take("delivery-money")


def audit(camera: Camera) -> None:
    """A sample that was drawn, two of whose claims are checked."""
    part = _part(camera, AUDIT)
    part.draw()
    dialog = part.dialog
    dialog.form.field("seed").set_text(_SEED)
    dialog.form.field("size").set_text("6")
    _accept(part)
    for place in range(2):
        part.table.select_place(place)
        part.conclude()
        part.dialog.whole.click()
        _accept(part)
    camera.take("delivery-audit")


def published(camera: Camera) -> None:
    """The valuation of the first year, published."""
    part = _part(camera, PUBLISHED)
    part.ask()
    settle(400)
    part.dialog.role.set_text("Contract manager")
    _accept(part)
    settle(600)
    camera.take("delivery-published")


def _accept(part: DeliverySection) -> None:
    """Do what the dialog of a part asks for."""
    settle(200)
    part.dialog.go_button.click()
    settle(300)
