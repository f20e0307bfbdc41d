"""Draws the pictures of the user guide again, from the example council in the real window, and lists its keys.

Run: make screenshots; python -m docs.make_screenshots NAME draws those that are named alone. The pictures are the
same every time, apart from what the program shows differently.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from importlib import import_module
from pathlib import Path

import pypdfium2
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from docs import bidder_shots, tender_shots
from docs.bidder_guide_page import write_page
from docs.camera import HEIGHT, TODAY, WIDTH, Camera, StillClock, StillDay, dialog_called, press, settle, write_picture
from docs.delivery_shots import HOME_CARE, audit, money, plan, published, quarter_of, read_returns, returns
from docs.overview_shots import delivered
from docs.register_shots import read_register
from docs.shortcut_table import all_shortcuts, table_of, write_table
from tomsapp.gui.application import make_application
from tomsapp.gui.contract.figures import Figure, FigureKind
from tomsapp.gui.contract.problem_rows import ProblemRow, Verb
from tomsapp.gui.focus_ring import install_focus_ring
from tomsapp.gui.theme import current_theme, install_theme
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.services.delivered_paper import delivered_report
from tomsapp.services.reporting import contract_pdf

FOLDER = Path(__file__).resolve().parent / "screenshots"
HOUSING = "L-2026-004"
"""The contract that most pictures show: a draft with a warning and a minimum that is not met."""
PARKS = "L-2026-006"
"""A signed contract whose edition was withdrawn."""
FIRST_YEAR_ENDS = date(2026, 9, 30)
_PAGE_SCALE = 1.25
_CLOCKS = (
    "tomsapp.store.records",
    "tomsapp.gui.session",
    "tomsapp.gui.database_opener",
    "tomsapp.gui.contract.problem_rows",
    "tomsapp.services.template",
    "tomsapp.services.due",
    "tomsapp.services.sealed_rules",
)
_CALENDARS = ("tomsapp.gui.delivery.delivery_tab",)
"""Modules that ask for the day alone."""
_SHEET = """Code,2027/28,2028/29,2029/30,Share,Statement
J01,2,2,1,,Posts are advertised at the job centre first.
S09,12,twelve,12,,Two visits a term to each school.
Y01,3,3,3,50%,
X99,1,1,1,,
"""
"""A supplier's file with mistakes in it."""


# What is in each picture


def _start_empty(camera: Camera) -> None:
    camera.go_to("start")
    camera.take("start-empty")


def _make_database(camera: Camera) -> None:
    page = camera.window.page("start")
    page.choices.make()
    dialog = dialog_called("Make a new database")
    dialog.council.set_text("Larkmere Council")
    dialog.file.set_text("C:\\Users\\a.okafor\\Documents\\larkmere-council.tomsdb")
    camera.take("make-database", dialog)
    dialog.reject()


def _start_open(camera: Camera) -> None:
    camera.open_example()
    camera.go_to("start")
    camera.take("start-open")


def _overview(camera: Camera) -> None:
    camera.go_to("overview")
    camera.take("overview")


def _overview_tables(camera: Camera) -> None:
    page = camera.window.page("overview")
    press(page.view, "Tables")
    camera.take("overview-tables")
    press(page.view, "Summary")


def _contracts(camera: Camera) -> None:
    camera.go_to("contracts", "list")
    camera.take("contracts")


def _contract(camera: Camera) -> None:
    camera.open_contract(HOUSING)
    camera.take("contract")


def _explanation(camera: Camera) -> None:
    page = camera.open_contract(HOUSING)
    line = next(line for line in page.editor.commitments if line.measure == "G01")
    row = page.lines.model.row_of(f"line:{line.key}")
    page.lines.table.go_to(row, page.lines.model.value_column)
    page.lines.table.figure_chosen.emit(Figure(FigureKind.LINE, line.key))
    camera.take("contract-explanation")
    page.forms.panel.explanation.close_explanation()


def _measure_picker(camera: Camera) -> None:
    page = camera.open_contract(HOUSING)
    page.open_picker()
    picker = page.picker
    QTest.keyClicks(picker.field, "careers")
    QTest.keyClick(picker.field, Qt.Key.Key_Return)
    picker.activateWindow()
    settle(600)
    camera.take("measure-picker", picker, over_window=True)
    picker.reject()


def _line_details(camera: Camera) -> None:
    page = camera.open_contract(HOUSING)
    line = next(line for line in page.editor.commitments if line.measure == "S08")
    page.lines.table.go_to(page.lines.model.row_of(f"line:{line.key}"), page.lines.model.share_column)
    page.lines.table.details_wanted.emit(line.key, "contract_share")
    camera.take("line-details")
    page.forms.details.discard()


def _framework(camera: Camera) -> None:
    camera.open_contract("L-2026-003")
    camera.take("contract-framework")


def _answer(camera: Camera) -> None:
    page = camera.open_contract(HOUSING)
    row = next(row for row in page.lines.model.rows if isinstance(row, ProblemRow) and row.level == "warning")
    for key in (page.lines.model.rows[0].key, f"line:{row.commitment}"):
        page.lines.table.go_to(page.lines.model.row_of(key), 0)
    page.lines.table.action_chosen.emit(row, next(one for one in row.actions if one.verb is Verb.ANSWER))
    camera.take("answer")
    page.forms.close()


def _sealed(camera: Camera) -> None:
    page = camera.open_contract(PARKS)
    camera.take("contract-sealed")
    press(page, "Today")
    camera.take("contract-today")
    press(page, "As signed")


def _delivery(camera: Camera) -> None:
    quarter_of(camera, "J07", 4)
    camera.take("delivery")


def _delivery_evidence(camera: Camera) -> None:
    quarter_of(camera, "V04", 3)
    camera.take("delivery-evidence")


def _delivery_shortfall(camera: Camera) -> None:
    side = quarter_of(camera, "V04", 4).panel
    side.findChild(ScrollArea).ensureWidgetVisible(side.shortfalls)
    camera.take("delivery-shortfall")


def _facts_errors(camera: Camera) -> None:
    camera.go_to("contracts", "new")
    form = camera.window.page("contracts").shown.form
    form.fields.field("title").set_text("Housing repairs and empty homes, west")
    form.fields.field("value").set_text("about 4")
    form.fields.field("start_on").set_text("1 April 2026")
    form.fields.field("end_on").set_text("31 March 2025")
    form.editor.save()
    camera.take("contract-facts-errors")
    form.editor.discard()


def _history(camera: Camera) -> None:
    page = camera.open_contract(HOME_CARE)
    page.show_tab("history")
    camera.take("history")
    page.show_tab("commitments")


def _suppliers(camera: Camera) -> None:
    camera.go_to("suppliers", 2)
    camera.take("suppliers")


def _neighbourhoods(camera: Camera) -> None:
    camera.go_to("neighbourhoods", 1)
    camera.take("neighbourhoods")


def _priorities(camera: Camera) -> None:
    camera.go_to("priorities", 3)
    camera.take("priorities")


def _palette(camera: Camera) -> None:
    camera.go_to("contracts", "list")
    camera.window.top_bar.search.click()
    camera.window.activateWindow()
    settle()
    QTest.keyClicks(camera.window.palette_box.findChild(QLineEdit), "home")
    settle(400)
    camera.take("search")
    camera.window.palette_box.close_palette()


def _import_table(camera: Camera) -> None:
    camera.open_contract(HOUSING)
    file = camera.home / "Fennhallow offer.csv"
    file.write_text(_SHEET, encoding="utf-8")
    camera.window.page("contracts").shown.import_button.click()
    dialog = dialog_called("Import")
    dialog.resize(WIDTH, HEIGHT)
    dialog.read_file(file)
    camera.take("import-table", dialog)
    dialog.go_on()
    settle()
    camera.take("import-lines", dialog)
    dialog.close()


def _menu_browse(camera: Camera) -> None:
    camera.go_to("menu", ("barnet-open", "2026.2", "G01"))
    camera.take("menu-browse")


def _menu_compare(camera: Camera) -> None:
    page = camera.window.page("menu")
    press(page.views, "Compare editions")
    camera.take("menu-compare")
    press(page.views, "Browse")


def _settings(camera: Camera) -> None:
    camera.go_to("settings", "policy")
    camera.take("settings")


def _shortcuts(camera: Camera) -> None:
    camera.open_contract(HOUSING)
    camera.window.show_shortcuts()
    dialog = dialog_called("Keyboard shortcuts")
    camera.take("keyboard-shortcuts", dialog)
    dialog.close()


def _pdf_preview(camera: Camera) -> None:
    page = camera.open_contract(HOUSING)
    page.preview_button.click()
    dialog = dialog_called("Preview: ")
    dialog.resize(980, 700)
    settle(1500)
    camera.take("pdf-preview", dialog)
    dialog.close()


def _printed_pages(camera: Camera) -> None:
    _take_pages(camera, "valuation-page", contract_pdf(camera.session.workspace, camera.contract_id(HOUSING), TODAY))


def _delivered_pages(camera: Camera) -> None:
    made = delivered_report(camera.session.workspace, camera.contract_id(HOME_CARE), FIRST_YEAR_ENDS, TODAY)
    _take_pages(camera, "delivered-page", made.data)


def _take_pages(camera: Camera, name: str, data: bytes) -> None:
    """Draw the first two pages of a PDF."""
    document = pypdfium2.PdfDocument(data)
    for number in (1, 2):
        page = document[number - 1].render(scale=_PAGE_SCALE).to_pil()
        write_picture(camera.folder / f"{name}-{number}.png", page)


PICTURES: dict[str, Callable[[Camera], None]] = {
    "start-empty": _start_empty,
    "make-database": _make_database,
    "start-open": _start_open,
    "overview": _overview,
    "overview-tables": _overview_tables,
    "overview-delivery": delivered,
    "contracts": _contracts,
    "contract": _contract,
    "contract-explanation": _explanation,
    "measure-picker": _measure_picker,
    "line-details": _line_details,
    "answer": _answer,
    "contract-framework": _framework,
    "contract-sealed": _sealed,
    "delivery": _delivery,
    "delivery-evidence": _delivery_evidence,
    "delivery-shortfall": _delivery_shortfall,
    "contract-facts-errors": _facts_errors,
    "history": _history,
    "suppliers": _suppliers,
    "neighbourhoods": _neighbourhoods,
    "priorities": _priorities,
    "import-table": _import_table,
    "import-register": read_register,
    "menu-browse": _menu_browse,
    "menu-compare": _menu_compare,
    "settings": _settings,
    "search": _palette,
    "keyboard-shortcuts": _shortcuts,
    "tender-pack": tender_shots.pack,
    "tender-offers": tender_shots.offers,
    "tender-check": tender_shots.check,
    "tender-marking": tender_shots.marking,
    "tender-evaluation": tender_shots.evaluation,
    "tender-scores": tender_shots.scores,
    "answer-a-tender": tender_shots.bidder,
    "bidder-window": bidder_shots.window,
    "bidder-commitments": bidder_shots.sheets,
    "pdf-preview": _pdf_preview,
    "valuation-page-1": _printed_pages,
    "delivered-page-1": _delivered_pages,
    # Last, as they change the example.
    "tenders": tender_shots.tenders,
    "tender-measures": tender_shots.set_up,
    "tender-award": tender_shots.award,
    "delivery-returns": returns,
    "delivery-read-returns": read_returns,
    "delivery-plan": plan,
    "delivery-money": money,
    "delivery-audit": audit,
    "delivery-published": published,
}
"""What draws each picture; some draw a second one."""

DARK = ("overview", "contracts", "contract", "measure-picker", "menu-browse", "tender-evaluation")
"""The pictures that are taken in the dark theme too."""


BESIDE = (
    "bidder-check",
    "contract-today",
    "import-lines",
    "import-notices",
    "import-register-lines",
    "overview-filters",
    "overview-lines",
    "tender-explanations",
    "tender-weights",
)
"""Pictures that are drawn with another one."""
SECOND_PAGES = ("valuation-page-2", "delivered-page-2")


def picture_names() -> set[str]:
    """The names of all pictures, without their ending."""
    return {*PICTURES, *BESIDE, *SECOND_PAGES, *(f"{name}-dark" for name in DARK)}


def stop_the_clocks() -> None:
    """Let every picture be of one day."""
    for module in _CLOCKS:
        import_module(module).__dict__["datetime"] = StillClock
    for module in _CALENDARS:
        import_module(module).__dict__["date"] = StillDay


def draw_some(folder: Path, home: Path, names: Sequence[str]) -> None:
    """Draw these pictures into a folder, and no others."""
    stop_the_clocks()
    camera = Camera(folder, home)
    camera.open_example()
    for name in names:
        PICTURES[name](camera)
    camera.session.set_workspace(None)
    camera.window.close()


def draw_all(folder: Path, home: Path) -> None:
    """Draw every picture into a folder."""
    stop_the_clocks()
    camera = Camera(folder, home)
    for name, draw in PICTURES.items():
        if name == "overview":
            # Before anything is done in the example: Undo is called after what was done last.
            write_table(table_of(all_shortcuts(camera.window, camera.pages(HOUSING))))
        draw(camera)
    current_theme().set_theme("dark")
    for name in DARK:
        before = (folder / f"{name}.png").read_bytes()
        PICTURES[name](camera)
        (folder / f"{name}.png").replace(folder / f"{name}-dark.png")
        (folder / f"{name}.png").write_bytes(before)
    current_theme().set_theme("light")
    camera.session.set_workspace(None)
    camera.window.close()


def main(names: Sequence[str]) -> None:
    """Draw every picture anew, or those that are named, and say how large they are."""
    home = Path(tempfile.gettempdir()) / "tomsapp-guide"
    shutil.rmtree(home, ignore_errors=True)
    os.environ.update(TOMSAPP_HOME=str(home), TZ="Europe/London")
    time.tzset()
    FOLDER.mkdir(exist_ok=True)
    for old in () if names else FOLDER.glob("*.png"):
        old.unlink()
    write_page()
    application = make_application()
    application.setCursorFlashTime(0)
    install_theme(application)
    install_focus_ring(application)
    try:
        if names:
            draw_some(FOLDER, home / "example", names)
        else:
            draw_all(FOLDER, home / "example")
    finally:
        shutil.rmtree(home, ignore_errors=True)
    sizes = [path.stat().st_size for path in FOLDER.glob("*.png")]
    print(f"{len(sizes)} pictures, {sum(sizes) / 1e6:.1f} MB, the largest {max(sizes) / 1000:.0f} kB")


if __name__ == "__main__":
    main(sys.argv[1:])
