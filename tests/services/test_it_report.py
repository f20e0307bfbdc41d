"""The report for an IT department tells of the computer and the program, and of nobody."""

from __future__ import annotations

import getpass
import os
from datetime import date
from pathlib import Path

import pytest

from tomsapp import __released__, __version__
from tomsapp.config.policies import NO_POLICIES, Hive, read_policies
from tomsapp.config.preferences import Preferences
from tomsapp.services.it_report import it_report, version_words, without_user
from tomsapp.services.program_log import log, log_files, start_log

PEOPLE = "Ngozi Bell", "nbell", "Ashmallow Facilities Ltd", "Larkmere", "£2,500,000.00", "council.db", "Geheim"


@pytest.fixture
def home(monkeypatch, tmp_path):
    profile = tmp_path / "Users" / "nbell"
    monkeypatch.setenv("TOMSAPP_HOME", str(profile / "tomsapp"))
    monkeypatch.setattr(Path, "home", lambda: profile)
    monkeypatch.setattr(getpass, "getuser", lambda: "NBell")
    return profile


def report(policies=NO_POLICIES):
    return it_report(policies, ["Qt 6.11, 1 screen", "theme dark"])


def test_it_tells_versions_system_settings_policies_and_folders(home):
    values = {"ServerAddress": "postgresql://bell:Geheim@db.example.gov.uk/sv", "SignInName": 1, "KeepNoPasswords": 7}
    policies = read_policies(lambda hive, name: values.get(name) if hive is Hive.MACHINE else None)
    told = report(policies)
    for line in (
        f"tomsapp {__version__}, released ",
        "Qt 6.11, 1 screen",
        "theme dark",
        "SignInName = True (for the machine)",
        "KeepNoPasswords (machine) cannot be used",
        "log: ~",
        "(can be written)",
    ):
        assert line in told
    assert "Geheim" not in told
    assert "db.example.gov.uk/sv" in told


def test_it_names_nobody_whatever_was_kept_or_logged(home):
    folder = home / "tomsapp" / "log"
    folder.mkdir(parents=True)
    start_log(folder)
    try:
        log.warning("%s cannot be read: %s", home / "council.db", ValueError(PEOPLE))
        Preferences(home / "tomsapp" / "config" / "preferences.json").set("user_name", PEOPLE)
        told = report()
    finally:
        for handler in list(log.handlers):
            if getattr(handler, "baseFilename", "").startswith(str(folder)):
                log.removeHandler(handler)
    assert [each for each in PEOPLE if each.lower() in told.lower()] == []
    assert "cannot be read: ValueError" in told


def test_it_has_the_end_of_the_log_also_where_a_file_has_just_begun(home):
    folder = home / "tomsapp" / "log"
    folder.mkdir(parents=True)
    newest, before, *_ = log_files(folder)
    before.write_text("\n".join(f"line {number}" for number in range(1000)), encoding="utf-8")
    newest.write_bytes(b"the last \xff")
    told = report()
    assert told.rstrip().endswith("line 999\nthe last �")
    assert told.count("\nline ") == 199


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("C:/Users/nbell/x and nbell, NBELL; nbells", "C:/Users/…/x and …, …; nbells"),
        ("{home}/AppData", "~/AppData"),
    ],
)
def test_name_of_the_user_is_taken_out_wherever_it_stands(home, text, told):
    assert without_user(text.replace("{home}", str(home))) == told


def test_short_names_take_no_words_apart(home, monkeypatch):
    monkeypatch.setattr(getpass, "getuser", lambda: "a")
    monkeypatch.setenv("USERNAME", "is")
    assert without_user("this is a text") == "this is a text"


def test_folder_that_is_not_there_or_cannot_be_written_is_told(home, monkeypatch):
    (home / "tomsapp").mkdir(parents=True)
    (home / "tomsapp" / "log").write_text("", encoding="utf-8")
    told = report()
    assert "log (is not there)" in told
    monkeypatch.setattr(os, "access", lambda *_asked: False)
    assert "(can be read)" in report()


def test_release_is_a_day_that_has_been():
    assert date(2026, 11, 1) <= date.fromisoformat(__released__)
    assert version_words().startswith(f"{__version__}, released ")
