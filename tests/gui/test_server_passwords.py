"""The password of a server: asked for, kept in the system's keyring if wanted, and shown nowhere."""

from __future__ import annotations

import logging
import sys
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from tests.gui.pages.office import open_office
from tests.postgres import server_database
from tests.store.test_address import PASSWORDS, ways_to_write
from tomsapp.config import passwords
from tomsapp.config.recents import recent_databases
from tomsapp.gui.dialogs.message import MessageDialog
from tomsapp.gui.dialogs.server_fields import ServerDialog
from tomsapp.gui.errors import ErrorReporter
from tomsapp.services import databases
from tomsapp.services.addresses import read_address, shown_target
from tomsapp.services.program_log import log, start_log
from tomsapp.services.server_security import Security
from tomsapp.store.errors import Unreachable

FAR = "postgresql://ann@db.example.gov.uk/toms"


class Keyring:
    """A keyring of the system, as far as this program uses one."""

    __module__ = "keyring.backends.SecretService"
    priority = 5

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service, address):
        return self.held.get((service, address))

    def set_password(self, service, address, password):
        self.held[service, address] = password

    def delete_password(self, service, address):
        del self.held[service, address]


@pytest.fixture
def office(qtbot, monkeypatch, tmp_path):
    return open_office(qtbot, monkeypatch, tmp_path)


@pytest.fixture
def keyring(monkeypatch):
    found = Keyring()
    monkeypatch.setattr("keyring.backend.get_all_keyring", lambda: [found])
    return found


@pytest.fixture
def served(monkeypatch):
    """What databases are opened with; each opens as a small one of its own."""
    asked = []

    def open_it(target, catalogue, who, **_allowed):
        asked.append(target)
        raise Unreachable("It is away", "Try again")

    monkeypatch.setattr(databases, "open_workspace", open_it)
    return asked


def server_dialog(office, address=""):
    page = office.page("start")
    page.choices.open_server(address)
    return [each for each in page.findChildren(ServerDialog) if each.isVisible()][-1]


def test_password_in_the_address_moves_to_the_field_that_hides_it(office):
    fields = server_dialog(office).fields
    fields.address.set_text("PostgreSQL://ann:p@ss/w#rd@db.example.gov.uk/toms?sslmode=require")
    fields.address.left.emit()
    assert fields.address.text == FAR
    assert fields.password.line.text() == "p@ss/w#rd"
    assert fields.password.line.echoMode() is QLineEdit.EchoMode.Password
    assert fields.security.value == Security.ENCRYPTED.value
    assert fields.target == read_address("postgresql://ann:p%40ss%2Fw%23rd@db.example.gov.uk/toms?sslmode=require")


def test_less_than_verified_is_chosen_and_not_what_stands_there(office):
    fields = server_dialog(office).fields
    fields.address.set_text(FAR)
    assert fields.check()
    assert fields.security.value == "verify-full"
    assert fields.target.option("sslmode") == ""
    fields.security.set_value("disable")
    assert fields.target.option("sslmode") == "disable"
    fields.address.set_text(f"{FAR}?sslmode=prefer")
    assert fields.check()
    assert fields.target.option("sslmode") == "prefer"
    fields.security.set_value("verify-full")
    assert fields.target.option("sslmode") == ""


def test_address_that_cannot_be_read_says_so_without_the_password(office):
    fields = server_dialog(office).fields
    fields.address.set_text("postgresql://u:x@host/db?password=Geheim@77")
    assert not fields.check()
    assert "can be read in two ways" in fields.address.error
    assert "Geheim" not in fields.address.error
    fields.address.set_text(f"{FAR}?sslmode=best")
    assert not fields.check()
    assert "sslmode that there is not" in fields.address.error


def test_box_is_off_until_it_is_ticked_and_says_where_the_password_goes(office, keyring):
    fields = server_dialog(office).fields
    assert not fields.remembers
    assert fields.remember.box.isEnabled()
    assert "It is kept in this computer’s keyring, and nowhere else." in words_in(fields)


def test_computer_without_a_keyring_keeps_no_password(office, monkeypatch):
    monkeypatch.setattr("keyring.backend.get_all_keyring", list)
    fields = server_dialog(office).fields
    assert not fields.remember.box.isEnabled()
    assert "This computer has no keyring, so the password is asked for each time." in words_in(fields)


def opened_with(office, target, *, remember, monkeypatch):
    """Open a server's database as a small one stands there, and give what it was opened with."""
    asked = []
    small = office.make("small.db", "Small")

    def open_it(wanted, *_more, **_allowed):
        asked.append(wanted)
        return real(small, *_more, **_allowed)

    real = databases.open_workspace
    with monkeypatch.context() as patched:
        patched.setattr(databases, "open_workspace", open_it)
        office.page("start").opener.open(target, remember=remember)
    office.session.set_workspace(None)
    small.unlink()
    return asked[0]


def test_password_is_kept_when_the_server_took_it_and_used_next_time(office, keyring, monkeypatch):
    target = read_address(FAR).with_password("Geheim77")
    opened_with(office, target, remember=True, monkeypatch=monkeypatch)
    assert keyring.held == {("tomsapp", FAR): "Geheim77"}
    again = opened_with(office, FAR, remember=None, monkeypatch=monkeypatch)
    assert again.password == "Geheim77"
    assert server_dialog(office, FAR).fields.remembers
    opened_with(office, target, remember=False, monkeypatch=monkeypatch)
    assert keyring.held == {}
    assert opened_with(office, FAR, remember=None, monkeypatch=monkeypatch) == FAR
    assert "Geheim" not in everything_kept(office)


def test_password_that_a_server_did_not_take_is_not_kept(office, keyring, served):
    office.page("start").opener.open(read_address(FAR).with_password("Geheim77"), remember=True)
    assert len(served) == 1
    assert keyring.held == {}


def test_keyring_that_refuses_is_said(office, keyring, monkeypatch):
    from keyring.errors import KeyringError

    def refuse(*_said):
        raise KeyringError

    for name in ("get_password", "set_password", "delete_password"):
        monkeypatch.setattr(keyring, name, refuse)
    target = read_address(FAR).with_password("Geheim77")
    opened_with(office, target, remember=True, monkeypatch=monkeypatch)
    shown = [each for each in office.window.findChildren(MessageDialog) if each.isVisible()]
    assert "The password is not kept" in words_in(shown[-1])
    assert passwords.kept_password(FAR) == ""
    passwords.forget_password(FAR)


@pytest.mark.parametrize("module", ["keyrings.alt.file", "keyring.backends.null", "keyring.backends.fail", "own"])
def test_only_a_keyring_of_the_system_counts(monkeypatch, module):
    other = type("Other", (), {"__module__": module, "priority": 99})()
    monkeypatch.setattr("keyring.backend.get_all_keyring", lambda: [other])
    assert passwords.keyring_name() == ""
    assert passwords.kept_password(FAR) == ""
    assert not passwords.keep_password(FAR, "Geheim77")
    passwords.forget_password(FAR)
    monkeypatch.setattr("keyring.backend.get_all_keyring", lambda: [other, Keyring()])
    assert passwords.keyring_name() == "this computer’s keyring"


def test_keyring_that_does_not_load_is_none(monkeypatch):
    def fail():
        raise RuntimeError

    monkeypatch.setattr("keyring.backend.get_all_keyring", fail)
    assert passwords.keyring_name() == ""


def test_status_bar_says_what_is_less_than_verified(office):
    office.window.set_database("db.example.gov.uk/toms", caution="not encrypted")
    assert "db.example.gov.uk/toms, not encrypted" in office.window.status.accessibleName()


# Nowhere else


def words_in(widget: QWidget) -> str:
    """All words that a widget shows or tells, those of hidden parts with them."""
    found = []
    for each in (widget, *widget.findChildren(QWidget)):
        found += [each.windowTitle(), each.toolTip(), each.accessibleName(), each.accessibleDescription()]
        if isinstance(each, QLabel) or (isinstance(each, QLineEdit) and each.echoMode() is QLineEdit.EchoMode.Normal):
            found.append(each.text())
        elif hasattr(each, "toPlainText"):
            found.append(each.toPlainText())
    return "\n".join(found)


def everything_kept(office) -> str:
    """Every file that the program wrote for this user."""
    files = [path for path in office.home.rglob("*") if path.is_file() and path.suffix in {".json", ".log", ".part"}]
    return "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in files)


@pytest.mark.slow
@given(password=PASSWORDS)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_password_stands_in_what_is_kept_shown_or_logged(office, served, password):
    page = office.page("start")
    for way, target in ways_to_write(password).items():
        page.show_target(target)
        page.choices.is_making(target)
        shown = words_in(office.window)
        for secret in ("Geheim", "77"):
            assert secret not in shown.replace("2077", ""), way
            assert secret not in everything_kept(office), way
    assert served


@pytest.mark.slow
@given(password=PASSWORDS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_password_stands_in_a_fault_that_nobody_foresaw(qtbot, tmp_path, password):
    file = start_log(tmp_path)
    reporter = ErrorReporter(file)
    try:
        for way, target in ways_to_write(password).items():
            held = None
            with suppress(Unreachable):
                held = read_address(target)
            reporter.report_exception(KeyError(target, held, held and held.password))
            dialog = reporter._dialog
            log.warning("It was %s", target)
            assert dialog is not None
            assert "Geheim" not in words_in(dialog), way
            dialog.reject()
        assert "Geheim" not in file.read_text(encoding="utf-8")
    finally:
        for handler in list(log.handlers):
            if isinstance(handler, logging.FileHandler) and handler.baseFilename == str(file):
                handler.close()
                log.removeHandler(handler)
        file.unlink()


def test_server_that_is_open_is_kept_and_shown_without_its_password(office, cluster, postgres_template, monkeypatch):
    """The example server lets everybody in, whatever password they have."""
    with server_database(cluster, postgres_template) as target:
        secret = read_address(target).with_password("p@ss/Geheim#77")
        monkeypatch.setenv("PGPASSWORD", "Geheim78")
        page = office.page("start")
        page.show_target(secret)
        assert office.session.is_open
        assert office.session.workspace.database.target == secret
        (entry,) = recent_databases(office.session.preferences)
        assert entry.target == shown_target(secret)
        office.page("settings")
        office.page("history")
        page.care.check()
        backup = office.home / "copy.db"
        page.care.back_up_to(backup)
        shown = words_in(office.window) + everything_kept(office) + repr(office.session.workspace)
        office.session.set_workspace(None)
    assert "Geheim" not in shown
    assert b"Geheim" not in backup.read_bytes()


@pytest.mark.slow
@given(password=PASSWORDS)
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_command_says_a_password_back(capsys, tmp_path, monkeypatch, password):
    from tomsapp.__main__ import main

    def fail(*_given, **_more):
        raise Unreachable("It is away", "Try again")

    def break_down(target, *_more, **_allowed):
        raise KeyError(target)

    commands = (["db", "check"], ["db", "upgrade"], ["db", "nothing"], ["dbb"], ["--database"])
    for way, target in ways_to_write(password).items():
        for command in commands:
            for act in (fail, break_down):
                with monkeypatch.context() as patched:
                    patched.setattr("tomsapp.store.check.check_database", act)
                    patched.setattr(databases, "open_workspace", act)
                    patched.setattr("tomsapp.gui.launch.launch", act)
                    run = [f"--database={target}", "dbb"] if command == ["--database"] else [*command, target]
                    try:
                        main(run)
                    except SystemExit:
                        pass
                    except KeyError as error:
                        sys.excepthook(type(error), error, error.__traceback__)
            said = capsys.readouterr()
            assert "Geheim" not in said.out + said.err, (way, command)
