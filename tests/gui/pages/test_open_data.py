"""Open data from the Overview: what is asked, what is remembered, and what is written."""

from __future__ import annotations

import json

import pytest
from PySide6.QtWidgets import QFileDialog

from tests.exchange.ocds_check import schema_errors
from tests.services.council import open_as, shipped
from tests.services.deliveries import begin_signed
from tomsapp.gui.overview.open_data import last_publication
from tomsapp.gui.pages.overview_page import OverviewPage
from tomsapp.gui.session import Session
from tomsapp.services import databases


@pytest.fixture
def session(jobs, preferences, tmp_path):
    path = tmp_path / "council.db"
    databases.make_database(path, shipped(), "Ann", "Larkmere Council").close()
    workspace = open_as(path, "Ann")
    begin_signed(workspace)
    begin_signed(workspace, reference="C2")
    made = Session(jobs, shipped(), preferences, "Ann")
    made.set_workspace(workspace)
    yield made
    made.set_workspace(None)


@pytest.fixture
def page(qtbot, session):
    shown = OverviewPage(session)
    qtbot.addWidget(shown)
    shown.resize(1278, 700)
    shown.show()
    return shown


def asked(page):
    page.export.open_data.trigger()
    return page.export.asked


def test_who_publishes_is_asked_once_and_the_file_is_written(page, session, tmp_path, monkeypatch):
    target = tmp_path / "open.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(target), ""))
    said = []
    page.wants_toast.connect(said.append)
    dialog = asked(page)
    assert dialog.form.field("name").text == "Larkmere Council"
    dialog.form.field("prefix").set_text("ocds-x1y2z3")
    dialog.form.field("licence").set_text("https://example.org/licence")
    dialog.go_button.click()
    assert said[-1].text == f"Saved 2 contracts as {target}"
    data = target.read_bytes()
    assert schema_errors(data) == []
    assert len(json.loads(data)["releases"]) == 2
    again = last_publication(session, dialog.record.until)
    assert again == dialog.record
    assert asked(page).form.field("prefix").text == "ocds-x1y2z3"
    page.export.asked.reject()


def test_a_wrong_prefix_is_said_at_its_field(page):
    dialog = asked(page)
    dialog.form.field("prefix").set_text("mine")
    dialog.go_button.click()
    assert dialog.isVisible()
    assert "no OCID prefix" in dialog.form.field("prefix").error
    dialog.reject()


@pytest.mark.parametrize("answer", [True, False])
def test_without_a_prefix_it_is_asked_whether_to_go_on(page, tmp_path, monkeypatch, answer):
    target, names = tmp_path / "open.json", []

    def save(_parent, _title, proposed, *_more):
        names.append(proposed)
        return str(target), ""

    questions = []

    def ask(_parent, title, said, *_more, **_named):
        questions.append((title, said))
        return answer

    monkeypatch.setattr(QFileDialog, "getSaveFileName", save)
    monkeypatch.setattr("tomsapp.gui.records.record_dialog.ask_first", ask)
    dialog = asked(page)
    dialog.go_button.click()
    assert any("data@open-contracting.org" in line for line in questions[0][1])
    assert target.exists() == answer
    if answer:
        assert names[0].endswith("not to be published yet.json")
    else:
        dialog.reject()


def test_what_a_file_of_preferences_holds_is_not_believed(session):
    session.own.set("open_data", {"name": 3, "licence": "https://example.org", "until": "x", "other": "y"})
    from datetime import date

    found = last_publication(session, date(2026, 9, 30))
    assert (found.name, found.licence, found.until) == ("Larkmere Council", "https://example.org", date(2026, 9, 30))
    session.own.set("open_data", ["x"])
    assert last_publication(session, date(2026, 9, 30)).name == "Larkmere Council"
