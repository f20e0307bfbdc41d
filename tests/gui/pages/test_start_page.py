"""Start: making, opening, the example, recent databases, and every way in which opening fails."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from tests.gui.clock import Clock
from tests.gui.pages.office import open_office
from tests.ordinary import protected
from tomsapp.config import places
from tomsapp.config.places import check_place
from tomsapp.config.recents import note_open, recent_databases
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import Contract
from tomsapp.domain.contract_dates import end_after
from tomsapp.domain.supplier import Supplier
from tomsapp.gui.application import begin, build_window, new_session
from tomsapp.gui.dialogs import make_database
from tomsapp.gui.dialogs.message import MessageDialog
from tomsapp.gui.file_dialogs import documents
from tomsapp.gui.jobs import inline_jobs
from tomsapp.gui.session import USER_NAME
from tomsapp.gui.start.recent_list import _Row
from tomsapp.gui.widgets.buttons import Button, IconButton, LinkButton
from tomsapp.gui.widgets.layouts import laid_out
from tomsapp.gui.widgets.problems import ProblemRow
from tomsapp.gui.widgets.text import Text
from tomsapp.services import databases
from tomsapp.services.addresses import shown_target
from tomsapp.services.commitments import add_commitments
from tomsapp.services.contracts import add_contract
from tomsapp.services.due import reminders
from tomsapp.services.failures import DatabaseLocked, DatabaseReadOnly, NetworkShare, UpgradeNeeded
from tomsapp.services.suppliers import add_supplier


@pytest.fixture
def office(qtbot, monkeypatch, tmp_path):
    return open_office(qtbot, monkeypatch, tmp_path)


def trouble(page):
    return [row.accessibleName() for row in laid_out(page.trouble)]


def press(page, words):
    row = page.findChild(ProblemRow)
    next(button for button in row.findChildren(Button) if button.text() == words).click()


def dialog_of(page):
    shown = [one for one in page.findChildren(MessageDialog) if one.isVisible()]
    return shown[-1] if shown else None


def test_database_is_made_with_the_council_and_a_file_of_its_name(office, qtbot):
    page = office.page("start")
    page.make_button.click()
    dialog = page.choices._making
    qtbot.keyClicks(dialog.council.line, "Larkmere Council")
    assert dialog.file.text.endswith("larkmere-council.tomsdb")
    dialog._on_make()
    assert office.session.workspace.settings.council_name == "Larkmere Council"
    assert office.session.workspace.database.path == office.home / "data" / "larkmere-council.tomsdb"
    assert page.open_card.isVisible()
    assert "Larkmere Council, larkmere-council.tomsdb, 0 contracts" in page.open_card.accessibleName()
    assert page.make_button.property("k") == "secondary"


def test_name_that_windows_keeps_is_refused_in_its_field(office, qtbot, monkeypatch):
    monkeypatch.setattr(make_database, "check_place", lambda path: check_place(path, "win32"))
    monkeypatch.setattr(places, "takes_long_paths", lambda: True)
    page = office.page("start")
    dialog = fill_in(office, qtbot, page)
    dialog.file.set_text("C:/councils/aux.db")
    dialog._on_make()
    assert dialog.file.error.startswith("Windows keeps the name “aux.db” for a device")
    assert not office.session.is_open


def test_making_says_what_is_missing_and_where(office):
    page = office.page("start")
    (office.home / "there.db").write_bytes(b"")
    page.choices.make()
    dialog = page.choices._making
    dialog.file.set_text(str(office.home / "there.db"))
    dialog._on_make()
    assert dialog.council.error == "Enter the name of the council"
    assert dialog.file.error.startswith("There is already a file there.db")
    dialog.file.set_text(str(office.home / "nowhere" / "x"))
    dialog._on_make()
    assert dialog.file.error.startswith(f"There is no folder {office.home / 'nowhere'}")
    dialog.place.set_current("server")
    dialog.server.address.set_text("db.example.gov.uk")
    dialog._on_make()
    assert dialog.server.address.error.startswith("The address of the database does not begin with postgresql://")
    assert not office.session.is_open


def test_failed_making_keeps_what_was_typed(office):
    page = office.page("start")
    page.choices.make()
    dialog = page.choices._making
    dialog.council.set_text("Larkmere Council")
    target = office.home / "late.db"
    dialog.file.set_text(str(target))
    target.write_bytes(b"somebody was quicker")
    dialog.accept()
    assert trouble(page) == ["Error: There is already a file late.db. Choose another name, or open that file."]
    press(page, "Change what you entered")
    assert page.choices._making is dialog
    assert dialog.isVisible()
    assert dialog.council.text == "Larkmere Council"


def test_server_address_is_opened_with_its_password_and_kept_without(office, monkeypatch):
    page = office.page("start")
    asked = []
    monkeypatch.setattr(page.opener, "open", lambda target, **_said: asked.append(target))
    page.choices.open_server("postgresql://ann@db.example.gov.uk/toms")
    from tomsapp.gui.dialogs.server_fields import ServerDialog

    dialog = page.findChild(ServerDialog)
    dialog.fields.password.set_text("p@ss/word")
    dialog._on_open()
    assert [target.password for target in asked] == ["p@ss/word"]
    assert shown_target(asked[0]) == "postgresql://ann@db.example.gov.uk/toms"


def test_chosen_and_dropped_files_are_opened(office, monkeypatch):
    page = office.page("start")
    first, second = office.make("a.db", "Aford"), office.make("b.db", "Bford")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args, **_kw: (str(first), ""))
    page.open_button.click()
    assert office.session.workspace.database.path == first
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(second))])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    page.dropEvent(event)
    assert office.session.workspace.database.path == second


def test_one_file_alone_can_be_dropped(office):
    page = office.page("start")
    one, two = (QUrl.fromLocalFile(str(office.make(name, "Aford"))) for name in ("a.db", "b.db"))
    taken = []
    for urls in ([one], [one, two], [QUrl("https://example.org/a.db")], [one, QUrl("https://example.org/a.db")]):
        data = QMimeData()
        data.setUrls(urls)
        event = QDragEnterEvent(
            QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
        event.ignore()
        page.dragEnterEvent(event)
        taken.append(event.isAccepted())
    assert taken == [True, False, False, False]


def test_recent_list_counts_marks_missing_files_and_forgets(office):
    page = office.page("start")
    first = office.make("a.db", "Aford")
    office.make("b.db", "Bford")
    entries = recent_databases(office.session.preferences)
    assert [(entry.name, entry.council, entry.contracts) for entry in entries] == [
        ("b.db", "Bford", 0),
        ("a.db", "Aford", 0),
    ]
    row = page.recent.findChildren(_Row)[0]
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(row.width() // 2, row.height() - 4))
    assert office.session.workspace.database.path == first, "the whole row can be chosen"
    add_supplier(office.session.workspace, Supplier("Hartwell"))
    add_contract(office.session.workspace, _contract("C-1"), 1)
    page.refresh(None)
    assert {entry.name: entry.contracts for entry in recent_databases(office.session.preferences)} == {
        "a.db": 1,
        "b.db": 0,
    }
    page.opener.open(str(office.home / "b.db"))
    first.unlink()
    page._look_for_files()
    buttons = {button.accessibleName(): button for button in page.recent.findChildren(Button)}
    buttons["Remove a.db from the list"].click()
    assert [entry.name for entry in recent_databases(office.session.preferences)] == ["b.db"]


def test_a_database_that_is_there_can_be_taken_off_the_list_too(office):
    page = office.page("start")
    office.make("a.db", "Aford")
    office.make("b.db", "Bford")
    buttons = {button.accessibleName(): button for button in page.recent.findChildren(IconButton)}
    buttons["Remove a.db from the list"].click()
    assert [entry.name for entry in recent_databases(office.session.preferences)] == ["b.db"]


def test_the_last_database_is_opened_again_unless_it_was_closed(office, qtbot, monkeypatch):
    path = office.make("a.db", "Aford")
    office.session.set_workspace(None)  # as the program does when it ends

    def started(database=None):
        again = open_office(qtbot, monkeypatch, office.home)
        begin(again.window, again.session, database)
        return again

    again = started()
    assert again.session.workspace.database.path == path
    again.page("start").opener.close()
    assert not started().session.is_open
    note_open(office.session.preferences, "postgresql://a@db.example.gov.uk/council")
    assert not started().session.is_open, "a server asks for its password"
    assert started(str(path)).session.is_open


def test_no_name_stands_in_the_status_bar_that_nobody_gave(qtbot, monkeypatch, tmp_path):
    monkeypatch.setenv("TOMSAPP_HOME", str(tmp_path))
    session = new_session(jobs=inline_jobs())
    window = build_window(session, lambda error: None)
    qtbot.addWidget(window)
    assert "Signed in" not in window.status.accessibleName()
    session.set_who("Ngozi Bell")
    assert "Signed in as Ngozi Bell" in window.status.accessibleName()


def _contract(reference):
    start = date(2026, 4, 1)
    return Contract(reference, Decimal(1000), start, end_after(start, 1), menu="barnet-open", edition="2026.2")


def test_example_is_made_once_and_says_what_it_is(office):
    page = office.page("start")
    page.example_button.click()
    workspace = office.session.workspace
    assert workspace.settings.is_example
    assert "12 contracts, made up" in page.open_card.accessibleName()
    made = workspace.database.path.stat().st_mtime_ns
    office.session.set_workspace(None)
    page.example_button.click()
    assert office.session.workspace.database.path.stat().st_mtime_ns == made


def test_damaged_example_is_made_anew(office):
    page = office.page("start")
    page.example_button.click()
    path = office.session.workspace.database.path
    office.session.set_workspace(None)
    for left in path.parent.glob(f"{path.name}-*"):
        left.unlink()
    path.write_bytes(b"SQLite format 3\0" + b"rubbish" * 400)
    page.example_button.click()
    assert not office.session.is_open
    press(page, "Make the example anew")
    assert office.session.workspace.settings.is_example
    assert (path.parent / "council.damaged.tomsdb").read_bytes().endswith(b"rubbish"), "nothing is thrown away"


def test_missing_file_can_be_taken_off_the_list(office):
    page = office.page("start")
    path = office.make("gone.db")
    office.session.set_workspace(None)
    path.unlink()
    page.show_target(str(path))
    assert f"There is no file gone.db in {office.home}" in trouble(page)[0]
    press(page, "Remove from list")
    assert recent_databases(office.session.preferences) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "notes.db is empty"),
        (b"not a database, only words" * 20, "notes.db is damaged or is not a database of this program"),
    ],
)
def test_other_files_are_refused_with_a_remedy(office, content, said):
    page = office.page("start")
    path = office.home / "notes.db"
    path.write_bytes(content)
    kept = office.make()
    page.show_target(path)
    assert said in trouble(page)[0]
    assert "Restore" in trouble(page)[0] or "restore" in trouble(page)[0]
    assert office.session.workspace.database.path == kept, "what was open stays open"


def test_newer_database_is_refused(office):
    page = office.page("start")
    path = office.make("later.db")
    office.session.set_workspace(None)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE tomsapp_version SET version_num = '9999'")
        connection.commit()
    page.show_target(str(path))
    assert "later.db was made by a later version of this program" in trouble(page)[0]


def test_read_only_database_opens_with_a_warning_and_a_copy_of_it_can_be_changed(office, qtbot, monkeypatch):
    page = office.page("start")
    path = office.make()
    office.session.set_workspace(None)
    copy = office.home / "mine.db"
    asked = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *told: (asked.append(told), (str(copy), ""))[1])
    with protected(path):
        page.show_target(str(path))
        assert office.session.workspace.database.is_read_only
        assert office.window.status.accessibleName().startswith("Status: council.db, can only be read")
        row = warning_of(page, qtbot)
        said = "Warning: This database can be read but not changed, because the file is marked as read-only. "
        assert (
            row.accessibleName()
            == f"{said}Take the mark off in its properties, or save a copy in a folder of your own."
        )
        (link,) = row.findChildren(LinkButton)
        assert link.text() == "Save a copy…"
        link.click()
        assert asked[0][2] == str(documents() / "council.db")
        assert "The copy is saved" in dialog_of(office.window).heading
        dialog_of(office.window).accept()
    assert office.session.workspace.database.path == copy
    assert not office.session.workspace.database.is_read_only


def warning_of(page, qtbot):
    """The warning on the card of the open database."""
    found = []

    def shown():
        found[:] = [row for row in page.open_card.findChildren(ProblemRow) if row.isVisible()]
        return len(found) == 1

    qtbot.waitUntil(shown)
    return found[0]


def test_what_cannot_be_saved_in_a_read_only_database_leads_to_a_copy(office, monkeypatch):
    page = office.page("start")
    path = office.make()
    office.session.set_workspace(None)
    asked = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *told: (asked.append(told), ("", ""))[1])
    with protected(path):
        page.show_target(str(path))
        supplier = Supplier(name="Bridge Works")
        office.session.act(lambda workspace, _progress: add_supplier(workspace, supplier)).start()
        dialog = dialog_of(office.window)
        assert dialog.heading == "council.db can be read but not changed"
        assert "the file is marked as read-only" in dialog.sentences[0]
        next(each for each in dialog.findChildren(Button) if each.text() == "Save a copy…").click()
    assert [told[1] for told in asked] == ["Save a copy of council.db"]


def test_earlier_database_that_cannot_be_written_is_copied_and_the_copy_upgraded(office, monkeypatch):
    page = office.page("start")
    path = office.make("old.db")
    office.session.set_workspace(None)
    error = DatabaseReadOnly("old.db was made by an earlier version and cannot be upgraded", "Save a copy")
    real = databases.open_workspace

    def refuse(*_args, **_allowed):
        monkeypatch.setattr(databases, "open_workspace", real)
        raise error

    monkeypatch.setattr(databases, "open_workspace", refuse)
    copy = office.home / "copy"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_told: (str(copy), ""))
    page.show_target(str(path))
    assert trouble(page)[0].startswith("Error: old.db was made by an earlier version and cannot be upgraded")
    press(page, "Save a copy…")
    dialog_of(office.window).accept()
    assert office.session.workspace.database.path == copy.with_name("copy.tomsdb")


@pytest.mark.parametrize(
    ("error", "heading", "granted"),
    [
        (UpgradeNeeded("old.db is old", "Upgrade it"), "Upgrade old.db?", {"upgrade": True}),
        (NetworkShare("old.db is far", "Copy it"), "Use old.db on a network share?", {"allow_network_share": True}),
    ],
)
def test_upgrade_and_network_share_are_asked_for(office, monkeypatch, error, heading, granted):
    page = office.page("start")
    path = office.make("old.db")
    office.session.set_workspace(None)
    real, seen = databases.open_workspace, []

    def refuse(target, catalogue, who, **allowed):
        seen.append(allowed)
        if not any(allowed[name] for name in granted):
            raise error
        return real(target, catalogue, who, **allowed)

    monkeypatch.setattr(databases, "open_workspace", refuse)
    page.show_target(str(path))
    dialog = dialog_of(page)
    assert dialog.heading == heading
    dialog.reject()
    assert not office.session.is_open
    page.show_target(str(path))
    dialog_of(page).accept()
    assert office.session.is_open
    assert [seen[-1][name] for name in granted] == [True]


def test_upgrade_that_cannot_be_done_is_not_asked_for_again(office, monkeypatch):
    page = office.page("start")
    error = UpgradeNeeded("old.db was made by an earlier version of this program", "Upgrade it")

    def refuse(*_args, **_allowed):
        raise error

    monkeypatch.setattr(databases, "open_workspace", refuse)
    page.show_target("old.db")
    dialog_of(page).accept()
    assert "earlier version" in trouble(page)[0]


def test_locked_database_can_be_tried_again(office, monkeypatch):
    page = office.page("start")
    path = office.make("busy.db")
    office.session.set_workspace(None)
    real = databases.open_workspace

    def refuse(*_args, **_allowed):
        monkeypatch.setattr(databases, "open_workspace", real)
        raise DatabaseLocked("Somebody else is saving to busy.db", "Nothing was saved. Try again in a moment")

    monkeypatch.setattr(databases, "open_workspace", refuse)
    page.show_target(str(path))
    assert "Somebody else is saving" in trouble(page)[0]
    press(page, "Try again")
    assert office.session.workspace.database.path == path
    assert trouble(page) == []


def test_go_to_contracts(office):
    page = office.page("start")
    office.make()
    page.open_card.go.click()
    assert office.window.current_key == "contracts"


def fill_in(office, qtbot, page):
    page.make_button.click()
    dialog = page.choices._making
    qtbot.keyClicks(dialog.council.line, "Newtown Council")
    return dialog


def test_a_new_database_says_what_it_begins_with_and_takes_what_is_chosen(office, qtbot):
    page = office.page("start")
    dialog = fill_in(office, qtbot, page)
    words = [text.text() for text in dialog.findChildren(Text)]
    rules = "It begins with the policy checks of “Barnet social value policy, October 2023”."
    assert f"{rules} You can change this in Settings." in words
    assert dialog.beginning == databases.Beginning(("barnet-open", "2026.2"), "barnet")
    dialog.menu.set_value("barnet-council/2023")
    dialog.area.set_value("larkmere")
    dialog._on_make()
    settings = office.session.workspace.settings
    assert (settings.default_menu, settings.default_edition) == ("barnet-council", "2023")
    assert settings.area == "larkmere"


def test_a_new_database_can_have_no_area(office, qtbot):
    page = office.page("start")
    dialog = fill_in(office, qtbot, page)
    dialog.area.set_value("")
    dialog._on_make()
    assert office.session.workspace.settings.area == ""
    assert office.session.workspace.area() is None


def test_the_name_to_sign_with_is_asked_for_once(office, qtbot):
    office.session.preferences.set(USER_NAME, None)
    page = office.page("start")
    dialog = fill_in(office, qtbot, page)
    assert dialog.person.text == "A. Okafor"
    dialog.person.set_text("")
    dialog._on_make()
    assert dialog.person.error == "Enter your name, so that others know who made a change"
    dialog.person.set_text("Ngozi Bell")
    dialog._on_make()
    assert office.session.who == "Ngozi Bell"
    assert office.session.preferences.get(USER_NAME) == "Ngozi Bell"
    assert office.session.workspace.who == "Ngozi Bell"
    page.choices.make()
    assert page.choices._making.person.isHidden()
    page.choices._making.reject()


def steps_of(page):
    page.refresh(None)
    return [link.accessibleName() for link in page.open_card.steps.links]


def test_the_next_steps_lead_to_their_forms_and_are_ticked(office):
    page = office.page("start")
    office.make()
    steps = page.open_card.steps
    assert steps.isVisible()
    assert page.open_card.go.isHidden()
    steps.links[2].click()
    assert office.window.page("contracts").shown is office.window.page("contracts").new_page()
    steps.links[0].click()
    assert office.window.current_key == "suppliers"
    assert office.window.page("suppliers").side.form.isVisible()
    workspace = office.session.workspace
    supplier = add_supplier(workspace, Supplier(name="Ashdown Facilities Ltd")).result
    office.page("start")
    assert steps_of(page) == ["Step 1: Add a supplier, done", "Step 2: Add a contract", "Step 3: Add measures"]
    steps.links[1].click()
    assert office.window.page("contracts").shown is office.window.page("contracts").new_page()
    start = date(2026, 4, 1)
    facts = Contract("C1", Decimal(2_500_000), start, end_after(start, 2), menu="barnet-open", edition="2026.2")
    contract = add_contract(workspace, facts, supplier.id).result
    office.page("start")
    assert steps_of(page)[1] == "Step 2: Add a contract, done"
    steps.links[2].click()
    assert office.window.page("contracts").contract_page().editor.contract_id == contract.id
    line = Commitment("", "V01", (Decimal(10), None))
    add_commitments(workspace, contract.id, [line], "Add")
    office.page("start")
    steps_of(page)
    assert steps.isHidden()
    assert page.open_card.go.isVisible()


def test_what_is_due_soon_or_late_stands_on_the_start_page_and_leads_to_its_contract(office, qtbot, monkeypatch):
    page = office.page("start")
    page.example_button.click()
    Clock(monkeypatch, date(2027, 1, 20))
    page.refresh(None)
    rows = page.due_card.rows
    told = reminders(office.session.workspace, date(2027, 1, 20), with_deletions=False)
    assert told, "the example council has a contract whose first returns are over"
    assert not page.due_card.isHidden()
    assert [row.contract_id for row in rows] == [each.contract_id for each in told[: len(rows)]]
    assert told[0].reasons[0] in rows[0].accessibleName()
    with qtbot.waitSignal(page.wants_page) as wanted:
        rows[0].click()
    assert wanted.args == ["contracts", told[0].contract_id]
    office.session.set_workspace(None)
    assert page.due_card.isHidden()
