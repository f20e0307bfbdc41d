"""Every place of the program that a person can be in: the pages of the window, and the dialogs with what opens them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from tests.gui.pages.office import Office
from tests.services.tenders.build import begin_tender
from tests.services.tenders.evaluations import freeze_it
from tests.services.tenders.many_bids import PICTURED, tender_with
from tests.services.tenders.marks import evaluator, mark_all, opened_tender
from tests.services.tenders.offers import DAY, LAMP, OPEN, PAST, filled_book, issued_tender, saved
from tests.services.tenders.sheets import sheet_of
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.domain.errors import TomsError
from tomsapp.domain.history import Stored
from tomsapp.domain.seal import ActKind
from tomsapp.domain.supplier import Supplier
from tomsapp.gui.contract.figures import Figure, FigureKind
from tomsapp.gui.contract.full_time_dialog import FullTimeDialog
from tomsapp.gui.dialogs.edit_conflict import ConflictField, EditConflictDialog
from tomsapp.gui.dialogs.fault import ErrorDialog
from tomsapp.gui.dialogs.key_password import KeyPasswordDialog
from tomsapp.gui.dialogs.message import ask, tell_failure
from tomsapp.gui.tender_place import TenderPlace
from tomsapp.gui.tenders.portal_times import portal_task
from tomsapp.gui.tenders.scores_sheet import scores_task
from tomsapp.gui.tenders.steps import STEPS
from tomsapp.gui.tenders.tabs import SETUP, TABS
from tomsapp.gui.variation.line_dialog import LineDialog
from tomsapp.services import audit, contracts, publishing, sealed_rules, variations
from tomsapp.services.contracts import list_contracts
from tomsapp.services.evidence import OfferedFile
from tomsapp.services.failures import EditConflict
from tomsapp.services.tenders.evaluators import EVALUATORS
from tomsapp.services.tenders.facts import TENDER_FACTS
from tomsapp.services.tenders.found_files import FoundFile
from tomsapp.services.tenders.opening import open_offers
from tomsapp.services.tenders.portal_times import PORTAL
from tomsapp.services.tenders.reading import list_tenders, open_tender
from tomsapp.services.tenders.receiving import receive
from tomsapp.services.tenders.scores_table import SCORES

DRAFT, SIGNED, YEAR_DELIVERED = "L-2026-004", "L-2026-002", "L-2025-007"
AT = datetime(2026, 5, 18, 14, 30, tzinfo=UTC)

Opened = tuple[QWidget, Callable[[], object]]
"""The control that has the keyboard before a dialog opens, and the act that opens it."""


def contract_id(office: Office, reference: str) -> int:
    return next(row.id for row in list_contracts(office.session.workspace) if row.reference == reference)


def open_contract(office: Office, reference: str = DRAFT, tab: str = "commitments"):
    office.window.go_to("contracts", contract_id(office, reference))
    page = office.window.page("contracts").shown
    page.show_tab(tab)
    return page


def line_of(page, measure):
    return next(line for line in page.editor.commitments if line.measure == measure)


def button(inside: QWidget, words: str) -> QAbstractButton:
    """The button with these words that is in view."""
    found = [b for b in inside.findChildren(QAbstractButton) if b.text().replace("&", "") == words and b.isVisible()]
    assert found, words
    return found[0]


def action(office: Office, words: str) -> QAction:
    found = [a for a in office.window.findChildren(QAction) if a.text().replace("&", "").startswith(words)]
    assert found, words
    return found[0]


# Pages


def _page(key: str, target: object = None) -> Callable[[Office], object]:
    return lambda office: office.window.go_to(key, target)


def _overview_tables(office: Office) -> None:
    office.window.go_to("overview")
    button(office.page("overview").view, "Tables").click()


def _overview_summary(office: Office) -> None:
    office.window.go_to("overview")
    button(office.page("overview").view, "Summary").click()


def _compare(office: Office) -> None:
    button(office.page("menu").views, "Compare editions").click()


def _browse(office: Office) -> None:
    office.window.go_to("menu", ("barnet-open", "2026.2", "S08"))
    button(office.page("menu").views, "Browse").click()


def _explained(office: Office) -> None:
    page = open_contract(office)
    page.lines.table.figure_chosen.emit(Figure(FigureKind.LINE, line_of(page, "G01").key))


def _details(office: Office) -> None:
    page = open_contract(office)
    page.forms.panel.explanation.close_explanation()
    page.lines.table.details_wanted.emit(line_of(page, "S08").key, "contract_share")


def _closed_details(office: Office) -> None:
    open_contract(office).forms.details.discard()


def _failed_facts(office: Office) -> None:
    office.window.go_to("contracts", "new")
    form = office.window.page("contracts").shown.form
    form.fields.field("value").set_text("about 4")
    form.editor.save()


def _empty_facts(office: Office) -> None:
    _failed_facts(office)
    office.window.page("contracts").shown.form.editor.discard()
    office.window.go_to("contracts", "new")


def _delivery(office: Office) -> None:
    """The first quarter of a signed contract, with a claim that waits; it is entered once."""
    delivery = open_contract(office, SIGNED, "delivery")._made["delivery"]
    delivery.show_section("quarters")
    tab = delivery.section("quarters")
    if not delivery.opened.deliveries:
        tab.go_to(0, 0, 0)
        tab.side.fields.copy_plan(tab.table.current_quarter().planned or Decimal(1))
        tab.side.fields.field("evidenced").set_text("1")
        tab.side.fields.field("note").set_text("As the log of the supplier shows")
        tab.side.editor.save()
    tab.go_to(0, 0, 0)
    tab.open_cell()


def _part(key: str) -> Callable[[Office], object]:
    """A part of the tab Delivery."""
    return lambda office: open_contract(office, SIGNED, "delivery")._made["delivery"].show_section(key)


def _papers(office: Office) -> None:
    """The papers of a draft, with a letter that is added once."""
    tab = open_contract(office, tab="papers")._made["papers"]
    if not tab.rows:
        letter = office.home / "letter.txt"
        letter.write_text("Dear council", encoding="utf-8")
        tab.add_paths([letter])
    QApplication.processEvents()  # rows that were just made are shown in the next turn


def _published(office: Office) -> None:
    """What was published of the contract of which a year was delivered; it is published once."""
    part = open_contract(office, YEAR_DELIVERED, "delivery")._made["delivery"]
    workspace, number = office.session.workspace, contract_id(office, YEAR_DELIVERED)
    if not publishing.list_papers(workspace, number):
        ready = publishing.to_publish(workspace, number)
        facts = replace(ready.facts, quarter=Quarter(0, 4), role="Contract manager")
        publishing.publish(workspace, ready, facts)
    part.show_section("published")
    QApplication.processEvents()  # rows that were just made are shown in the next turn


def _year(key: str) -> Callable[[Office], object]:
    """A part of the tab Delivery, of the contract of which a year was delivered."""
    return lambda office: open_contract(office, YEAR_DELIVERED, "delivery")._made["delivery"].show_section(key)


def _short(office: Office) -> None:
    """The cell of a commitment of which something is missing that nobody has agreed on."""
    _year("quarters")(office)
    delivery = office.window.page("contracts").shown._made["delivery"]
    tab, lines = delivery.section("quarters"), delivery.opened.delivered.lines
    open_lines = (place for place, line in enumerate(lines) if line.shortfall.open_units)
    tab.go_to(0, tab.model.place_of(lines[next(open_lines)].commitment.key), 3)
    tab.open_cell()


def _drawn(office: Office) -> None:
    """A sample of the claims of a year; it is drawn once."""
    _year("audit")(office)
    delivery = office.window.page("contracts").shown._made["delivery"]
    if not delivery.opened.samples:
        opened = delivery.opened
        office.session.act(
            lambda workspace, _progress: audit.draw_sample(workspace, opened, "Seven seas", 3, sealed_rules.today())
        ).start()
        QApplication.processEvents()
    table = delivery.section("audit").table
    table.select_place(0)


def _tender(tab: str, within: object = None) -> Callable[[Office], object]:
    """A tab of a tender that can be issued, or a place in it."""

    def show(office: Office) -> None:
        workspace = office.session.workspace
        found = [row.id for row in list_tenders(workspace)]
        number = found[0] if found else begin_tender(workspace).id
        office.window.go_to("tenders", TenderPlace(number, tab, within))

    return show


def _marking(*, are_sent: bool) -> Callable[[Office], object]:
    """The tab Marking of a tender that is opened, for whoever works there as its evaluator."""
    reference = f"T-2026-08{int(are_sent)}"

    def show(office: Office) -> None:
        workspace = office.session.workspace
        found = [row.id for row in list_tenders(workspace) if row.tender.reference == reference]
        number = found[0] if found else opened_tender(workspace, reference).id
        if not found:
            EVALUATORS.add(workspace, open_tender(workspace, number), [evaluator(workspace.who)])
            if are_sent:
                mark_all(workspace, open_tender(workspace, number))
        office.window.go_to("tenders", TenderPlace(number, "marking", "marks"))

    return show


def _received(tab: str) -> Callable[[Office], object]:
    """A tab of a tender that is issued and amended, with offers in time, replaced, late and refused."""
    reference = "T-2026-090"

    def show(office: Office) -> None:
        workspace = office.session.workspace
        found = [row.id for row in list_tenders(workspace) if row.tender.reference == reference]
        number = found[0] if found else issued_tender(workspace, reference).id
        if not found:
            page = open_tender(workspace, number)
            given = [
                FoundFile("first.tomsoffer", saved(workspace, page, statements={1: "First."})),
                FoundFile("Calder/offer.xlsx", filled_book(workspace, page), "Calder"),
                FoundFile("late.tomsoffer", saved(workspace, page, LAMP), "", DAY, "13:01:09"),
                FoundFile("prices.pdf", b"%PDF-1.7"),
            ]
            receive(workspace, page, given)
            TENDER_FACTS.save(workspace, page.stored, replace(page.tender, title="Cleaning of libraries"))
        office.window.go_to("tenders", TenderPlace(number, tab))

    return show


def _receipt(office: Office) -> Opened:
    _received("offers")(office)
    tab = office.window.page("tenders").tender_page().current
    return tab.table, lambda: tab.open_receipt(tab.table.receipts.row_object(0))


def _portal_times(office: Office) -> Opened:
    _received("offers")(office)
    tab = office.window.page("tenders").tender_page().current
    sheets = [sheet_of(PORTAL, "portal.csv", "File,Received\nlate.tomsoffer,22/01/2027 11:30\nx,soon\n")]
    return tab.portal_button, lambda: tab.portal.show_sheets(portal_task(tab.opened.id), sheets)


def _scores(office: Office) -> Opened:
    """Prices and quality of a sheet in which one row is another tender's, and one has a mistake."""
    _evaluation(is_explained=False)(office)
    tab = office.window.page("tenders").tender_page().current
    lines = [f"{PICTURED[0].name},1,1164000,34", f"{PICTURED[1].name},1,1142500,32%", "Moor Ltd,1,5,5"]
    sheets = [sheet_of(SCORES, "scores.csv", "\n".join(["Bidder,Lot,Price,Quality", *lines]))]
    return tab.scores.button, lambda: tab.scores.show_sheets(scores_task(tab.evaluation.opened), sheets)


def _check_of_bids(office: Office) -> None:
    """The tab Check of a tender that is opened, of which the first bid does not say whether its people are new."""
    workspace, reference = office.session.workspace, "T-2026-091"
    found = [row.id for row in list_tenders(workspace) if row.tender.reference == reference]
    if not found:
        page = issued_tender(workspace, reference)
        data = saved(workspace, page, details={})
        receive(workspace, page, [FoundFile("a.tomsoffer", data), FoundFile("b", saved(workspace, page, LAMP))])
        open_offers(workspace, page, OPEN, PAST)
        found = [page.id]
    office.window.go_to("tenders", TenderPlace(found[0], "check"))


def _evaluation(*, is_explained: bool, is_entered: bool = True) -> Callable[[Office], object]:
    """The tab Evaluation of a tender with bids; by measure, with how the first one came about beside it."""

    def show(office: Office) -> None:
        workspace, reference = office.session.workspace, f"T-2026-{'096' if is_entered else '097'}"
        found = [row.id for row in list_tenders(workspace) if row.tender.reference == reference]
        number = found[0] if found else tender_with(workspace, PICTURED, reference, is_entered=is_entered).id
        office.window.go_to("tenders", TenderPlace(number, "evaluation"))
        tab = office.window.page("tenders").tender_page().current
        if is_explained != tab.themes.is_by_measure:
            tab.themes.turn()
        if is_explained:
            tab.explain(tab.model.rows[0].bid.key)

    return show


def _trials(office: Office) -> Opened:
    _evaluation(is_explained=False)(office)
    card = office.window.page("tenders").tender_page().current.sensitivity
    return card.link, card.show_trials


def _award(office: Office) -> None:
    """The tab Award of a tender whose evaluation is frozen."""
    workspace, reference = office.session.workspace, "T-2026-098"
    found = [row.id for row in list_tenders(workspace) if row.tender.reference == reference]
    if not found:
        found = [tender_with(workspace, PICTURED, reference).id]
        freeze_it(workspace, open_tender(workspace, found[0]))
    office.window.go_to("tenders", TenderPlace(found[0], "award"))


def _explanations(office: Office) -> Opened:
    _award(office)
    row = office.window.page("tenders").tender_page().current.cards[1].summaries
    return row.explain_button, row.explain


PAGES: dict[str, Callable[[Office], object]] = {
    "start": _page("start"),
    "overview": _overview_summary,
    "overview tables": _overview_tables,
    "contracts": _page("contracts", "list"),
    "tenders": _page("tenders", "list"),
    "new tender": _page("tenders", "new"),
    "new quote": _page("tenders", "quote"),
    **{f"tender {entry.key}": _tender(entry.key) for entry in TABS},
    **{f"tender step {entry.step.value}": _tender(SETUP, entry.step) for entry in STEPS},
    "tender with offers": _received("offers"),
    "tender with a pack": _received("pack"),
    "tender check of bids": _check_of_bids,
    "tender evaluation of bids": _evaluation(is_explained=False),
    "tender evaluation without prices": _evaluation(is_explained=False, is_entered=False),
    "tender evaluation explained": _evaluation(is_explained=True),
    "tender award of lots": _award,
    "tender marks": _marking(are_sent=False),
    "tender moderation": _marking(are_sent=True),
    "suppliers": _page("suppliers", 2),
    "neighbourhoods": _page("neighbourhoods", 1),
    "new neighbourhood": _page("neighbourhoods", "new"),
    "priorities": _page("priorities", 1),
    "new priority": _page("priorities", "new"),
    "new supplier": _page("suppliers", "new"),
    "history": _page("history"),
    "menu": _browse,
    "menu compared": _compare,
    "contract": open_contract,
    "contract explained": _explained,
    "line details": _details,
    "contract facts": lambda office: (_closed_details(office), open_contract(office, tab="facts")),
    "contract papers": _papers,
    "contract history": lambda office: open_contract(office, tab="history"),
    "signed contract": lambda office: open_contract(office, SIGNED),
    "contract delivery": _delivery,
    "contract plan": _part("plan"),
    "contract sealed acts": _part("acts"),
    "contract money": _part("money"),
    "contract audit": _part("audit"),
    "contract returns": _part("returns"),
    "contract published": _published,
    "signed contract facts": lambda office: open_contract(office, SIGNED, "facts"),
    "new contract with errors": _failed_facts,
    "new contract": _empty_facts,
    "settings council": _page("settings", "council"),
    "settings policy": _page("settings", "policy"),
    "settings delivery": _page("settings", "delivery"),
    "settings deletion": _page("settings", "deletion"),
    "settings signature": _page("settings", "signature"),
    "settings database": _page("settings", "database"),
    "settings computer": _page("settings", "computer"),
    "settings about": _page("settings", "about"),
}
"""What shows each page of the window, with the example council in it."""

EMPTY_PAGES = (
    "start",
    "overview",
    "tenders",
    "contracts",
    "suppliers",
    "neighbourhoods",
    "priorities",
    "menu",
    "settings",
    "history",
)
"""The pages that are looked at with an empty database, and with none."""


# Dialogs


def _by_button(page: Callable[[Office], object], words: str) -> Callable[[Office], Opened]:
    """A dialog that a button of a page opens."""

    def find(office: Office) -> Opened:
        page(office)
        opener = button(office.window, words)
        return opener, opener.click

    return find


def _by_action(page: Callable[[Office], object], opener: str, words: str) -> Callable[[Office], Opened]:
    """A dialog that a menu opens, while a button of the page has the keyboard."""

    def find(office: Office) -> Opened:
        page(office)
        return button(office.window, opener), action(office, words).trigger

    return find


def _own_action(reference: str, kind: ActKind | None) -> Callable[[Office], Opened]:
    """A dialog in the Actions menu of a contract: that of an act, or of deleting it."""

    def find(office: Office) -> Opened:
        opener = open_contract(office, reference).preview_button
        actions = office.window.page("contracts")._contract_actions
        actions.update_state()
        action = actions.sealed[kind] if kind else actions.delete
        return opener, action.trigger

    return find


def _made(make: Callable[[QWidget], object]) -> Callable[[Office], Opened]:
    """A dialog that needs trouble to appear: it is opened as the program opens it, from a button that was in use."""

    def find(office: Office) -> Opened:
        page = open_contract(office)
        return page.preview_button, lambda: make(office.window)

    return find


def _lines_behind(office: Office) -> Opened:
    _overview_summary(office)
    card = office.page("overview").summary.headlines.social
    return card, card.click


def _paste(window: QWidget) -> None:
    page = window.page("contracts").shown
    QGuiApplication.clipboard().setText("twelve\t1")
    page.paste("twelve\t1", page.lines.model.row_of(f"line:{line_of(page, 'J01').key}"), 2)


def _conflict(window: QWidget) -> None:
    error = EditConflict(Stored(1, 3, Supplier("Theirs"), "B. Singh", AT))
    EditConflictDialog(error, Supplier("Mine"), [ConflictField("Name", lambda each: each.name)], window).open()


def _fault(window: QWidget) -> None:
    ErrorDialog("ValueError: quantity", "Traceback: …", None, window).open()


def _question(window: QWidget) -> None:
    ask(window, "Restore over council.db?", ["What is in it now goes."], "Restore the backup", print, destroys=True)


def _failure(window: QWidget) -> None:
    tell_failure(window, TomsError("The file cannot be read", fix="Save it again"))


def _full_time(window: QWidget) -> None:
    years = window.page("contracts").shown.editor.contents.years
    FullTimeDialog(years, 0, window).open()


def _key_password(office: Office) -> Opened:
    page = open_contract(office)
    given = office.session, "Sign the PDF", "Sign", lambda _workspace, _password: None, print, office.window
    return page.preview_button, lambda: KeyPasswordDialog(*given).open()


def _attach(office: Office) -> Opened:
    """The dialog after two files were chosen; which files, another dialog asks."""
    _delivery(office)
    side = open_contract(office, SIGNED, "delivery")._made["delivery"].section("quarters").side
    _delivery(office)
    evidence, files = side.evidence, [OfferedFile(f"log {n}.txt", b"Thirty hours", "text/plain") for n in (1, 2)]
    opened, claim = evidence._opened, evidence._claim
    return evidence.reference_button, lambda: evidence._on_files(opened, claim, files)


def _line_of_variation(office: Office) -> Opened:
    page = open_contract(office, SIGNED)
    workspace = office.session.workspace
    draft = variations.begin(workspace, contracts.open_contract(workspace, contract_id(office, SIGNED))).result
    one = variations.open_variation(workspace, draft.id)
    return page.preview_button, lambda: LineDialog(one.opened.commitments[0].record, one, "", office.window).open()


def _document(office: Office) -> Opened:
    page = open_contract(office, SIGNED)
    return page.preview_button, lambda: page.sealed.open_document(page.editor.opened.acts[0])


DIALOGS: dict[str, Callable[[Office], Opened]] = {
    "make a database": _by_button(_page("start"), "Make a database"),
    "server address": _by_button(_page("start"), "Server address…"),
    "guide": _by_button(_page("start"), "Read the 5-minute guide"),
    "keyboard shortcuts": _by_button(_page("start"), "Keyboard shortcuts"),
    "about": _by_action(_page("start"), "Make a database", "About and licences"),
    "report for IT": _by_action(_page("start"), "Make a database", "Copy a report for IT"),
    "check": _by_action(_page("start"), "Make a database", "Check the database"),
    "lines behind a figure": _lines_behind,
    "portfolio preview": _by_button(_overview_summary, "Preview portfolio PDF"),
    "measure picker": _by_button(open_contract, "Add measures"),
    "import": _by_button(open_contract, "Import"),
    "valuation preview": _by_button(open_contract, "Preview PDF"),
    "sign": _own_action(DRAFT, ActKind.SIGN),
    "reopen": _own_action(SIGNED, ActKind.REOPEN),
    "reject": _by_button(_delivery, "Reject"),
    "propose a plan": _by_button(_part("plan"), "Propose plan…"),
    "versions of a plan": _by_button(_part("plan"), "Versions…"),
    "tell to improve": _by_button(_part("acts"), "Tell to improve…"),
    "enter money": _by_button(_part("money"), "Enter money…"),
    "add a reference": _by_button(_delivery, "Add a reference"),
    "add a person number": _by_button(_delivery, "Add a number"),
    "paste person numbers": _by_button(_delivery, "Paste from Excel"),
    "preview of a paper": _by_button(_papers, "letter.txt"),
    "change a paper": _by_button(_papers, "Change…"),
    "publish": _by_button(_published, "Publish…"),
    "as published and now": _by_button(_published, "As published and now"),
    "agree on a shortfall": _by_button(_short, "Record the agreement…"),
    "attach files": _attach,
    "draw a sample": _by_button(_year("audit"), "Draw a sample…"),
    "what was found of a claim": _by_button(_drawn, "Say what was found…"),
    "full-time years": _made(_full_time),
    "line of a variation": _line_of_variation,
    "sealed document": _document,
    "password of a key": _key_password,
    "read returns": _by_button(_part("returns"), "Read returns…"),
    "receipt": _receipt,
    "trials of an evaluation": _trials,
    "portal’s times": _portal_times,
    "prices and quality of a sheet": _scores,
    "why bids have their scores": _explanations,
    "open early": _by_button(_received("offers"), "Open early, with a reason…"),
    "question of a bidder": _by_button(_received("pack"), "Add a question…"),
    "delete contract": _own_action(DRAFT, None),
    "add supplier": _by_button(PAGES["contract facts"], "Add a supplier"),
    "add a rule": _by_button(PAGES["settings policy"], "Add a rule"),
    "change a rule": _by_button(PAGES["settings policy"], "Change"),
    "delete supplier": _by_button(PAGES["suppliers"], "Delete"),
    "menu book": _by_button(_browse, "Preview menu book"),
    "paste": _made(_paste),
    "two versions": _made(_conflict),
    "fault": _made(_fault),
    "question": _made(_question),
    "failure": _made(_failure),
}
"""What opens each dialog of the program, from the control that has the keyboard then."""
