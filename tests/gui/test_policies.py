"""What an organisation sets is shown greyed in Settings, and holds wherever it is asked about."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QFileDialog

from tests.gui.pages.office import open_office
from tomsapp.config import passwords
from tomsapp.config.policies import (
    DATABASE_FOLDER,
    KEEP_NO_PASSWORDS,
    POLICIES,
    SERVER_ADDRESS,
    SIGN_IN_NAME,
    Hive,
    PolicyKind,
    read_policies,
)
from tomsapp.gui import application
from tomsapp.gui.dialogs.make_database import MakeDatabaseDialog
from tomsapp.gui.dialogs.server_fields import ServerDialog
from tomsapp.gui.policy_words import SET_BY_ORGANISATION
from tomsapp.gui.session import USER_NAME
from tomsapp.services.addresses import read_address

ADDRESS = "postgresql://db.example.gov.uk/social_value"


@pytest.fixture
def organisation(qtbot, monkeypatch, tmp_path):
    """Opens the program of somebody whose organisation has set these values."""

    def open_with(values):
        policies = read_policies(lambda hive, name: values.get(name) if hive is Hive.MACHINE else None)
        monkeypatch.setattr(application, "policies_in_force", lambda: policies)
        monkeypatch.setattr(application, "signed_in_name", lambda: "okafora")
        office = open_office(qtbot, monkeypatch, tmp_path)
        office.session.preferences.set(USER_NAME, "")
        return office

    return open_with


def usual(policy, tmp_path):
    texts = {DATABASE_FOLDER: str(tmp_path), SERVER_ADDRESS: ADDRESS}
    return texts[policy] if policy.kind is PolicyKind.TEXT else 1


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.name)
def test_every_policy_that_is_set_is_shown_greyed_and_says_who_set_it(organisation, tmp_path, policy):
    office = organisation({policy.name: usual(policy, tmp_path)})
    tab = office.page("settings").computer
    field = tab.name if policy is SIGN_IN_NAME else tab.by_policy[policy]
    assert not field.control.isEnabled()
    assert SET_BY_ORGANISATION in field.control.accessibleDescription()
    assert field.control.accessibleName() == field.label
    assert field.isVisible()
    greyed = [*tab.by_policy.values(), *[tab.name] * (not tab.name.control.isEnabled())]
    assert greyed == [field], "and nothing else is"


def test_nothing_is_greyed_where_no_organisation_sets_anything(organisation):
    tab = organisation({}).page("settings").computer
    assert tab.by_policy == {}
    assert tab.name.control.isEnabled()


def test_changes_are_signed_with_the_name_of_the_sign_in_whatever_was_chosen_before(organisation, monkeypatch):
    office = organisation({"SignInName": 1})
    office.session.preferences.set(USER_NAME, "Somebody Else")
    session = application.new_session(jobs=application.inline_jobs())
    assert session.who == "okafora"
    assert session.has_name
    office.window.page("start").choices.make()
    making = office.window.findChild(MakeDatabaseDialog)
    assert making.person.isHidden(), "nobody is asked for a name"
    assert making.user_name == ""


def test_databases_are_proposed_and_looked_for_in_the_folder_of_the_organisation(organisation, tmp_path, monkeypatch):
    folder = tmp_path / "Social value"
    folder.mkdir()
    office = organisation({"DatabaseFolder": str(folder)})
    choices = office.window.page("start").choices
    choices.make()
    making = office.window.findChild(MakeDatabaseDialog)
    assert making.file.text == str(folder / "council.tomsdb")
    begun = []
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *asked: (begun.append(asked[2]), ("", ""))[1])
    choices.open_file()
    assert begun == [str(folder)]
    folder.rmdir()
    making.council.set_text("Aford")
    making.council.edited.emit()
    assert not making.file.text.startswith(str(folder)), "a folder that is not there is not proposed"


def test_address_of_the_server_is_filled_in(organisation):
    office = organisation({"ServerAddress": ADDRESS})
    choices = office.window.page("start").choices
    choices.make()
    assert office.window.findChild(MakeDatabaseDialog).server.address.text == ADDRESS
    choices.open_server()
    assert office.window.findChild(ServerDialog).fields.address.text == ADDRESS
    choices.open_server("postgresql://other.example.gov.uk/social_value")
    shown = [each.fields.address.text for each in office.window.findChildren(ServerDialog)]
    assert shown[-1] == "postgresql://other.example.gov.uk/social_value"


def test_no_password_is_kept_or_used_where_the_organisation_says_so(organisation, monkeypatch):
    touched = []
    for name in ("keep_password", "kept_password"):
        monkeypatch.setattr(passwords, name, lambda *asked, name=name: touched.append(name) or "secret")
    office = organisation({"KeepNoPasswords": 1})
    office.session.preferences.set("remembered_servers", [ADDRESS])
    start = office.window.page("start")
    start.choices.open_server(ADDRESS)
    fields = office.window.findChild(ServerDialog).fields
    assert not fields.remember.box.isEnabled()
    assert not fields.remembers
    assert SET_BY_ORGANISATION in fields._where_kept.text()
    kept = start.opener.passwords
    kept.keep(read_address(ADDRESS).with_password("long secret"), remember=True)
    kept.with_kept(ADDRESS)
    assert touched == []
    assert KEEP_NO_PASSWORDS in office.session.policies.values
