"""Whatever lies where the preferences are kept, and whoever else writes there, nothing stands in the way."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.config.odd_files import odd_files
from tomsapp.config import whole_files
from tomsapp.config.known_tables import known_tables, note_tables
from tomsapp.config.preferences import Preferences
from tomsapp.config.recents import (
    RecentDatabase,
    last_open,
    note_contents,
    note_open,
    note_opened,
    recent_databases,
    remove_recent,
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pipes and links as other systems have them")
ODD = odd_files()
OPENED = RecentDatabase("/data/a.db", "a.db", "Larkmere", 3, "2026-06-01T10:00:00+01:00")
ROOT = Path(__file__).parents[2]


def everything(preferences: Preferences) -> None:
    """All that the program does with its preferences, apart from the window."""
    for default in ("light", 100, [], {}, True):
        assert type(preferences.get("theme", default)) is type(default)
    recent_databases(preferences)
    last_open(preferences)
    note_contents(preferences, "/a", "Larkmere", 4)
    note_opened(preferences, OPENED)
    note_open(preferences, OPENED.target)
    remove_recent(preferences, "/other")
    own = preferences.of_database("a")
    own.set("filters", {"status": []})
    assert own.get("filters", {}) == {"status": []}
    preferences.set("theme", "dark")


def test_odd_files_are_many():
    assert len(ODD) > 300


@pytest.mark.parametrize("odd", range(len(ODD)))
def test_odd_file_stands_in_nobodys_way(tmp_path, odd):
    _name, put = ODD[odd]
    path = tmp_path / "preferences.json"
    put(path)
    everything(Preferences(path))
    again = Preferences(path)
    assert again.get("theme", "light") == "dark"
    assert recent_databases(again)[0] == OPENED
    assert again.take_troubles() == []
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", ["a folder", "a pipe", "half", "objects 100000 deep", "far too much", "only []"])
def test_odd_file_is_kept_aside_and_said_once(tmp_path, name):
    path = tmp_path / "preferences.json"
    for number in ("", "-2"):
        dict(ODD)[name](path)
        before = path.lstat().st_ino
        preferences = Preferences(path)
        aside = tmp_path / f"preferences.unreadable{number}.json"
        assert preferences.set_aside == aside
        assert aside.lstat().st_ino == before
        (said,) = preferences.take_troubles()
        assert f"It is kept as {aside.name}" in said
        assert preferences.take_troubles() == []


def test_values_are_known_after_somebody_spoilt_the_file(tmp_path):
    path = tmp_path / "preferences.json"
    preferences = Preferences(path)
    preferences.set("theme", "dark")
    path.write_text("spoilt", encoding="utf-8")
    assert preferences.get("theme") == "dark"
    preferences.set("text_size", 130)
    assert Preferences(path).get("theme") == "dark"


def test_folder_that_cannot_be_made_costs_nothing_but_the_keeping(tmp_path):
    (tmp_path / "config").write_text("a file in its place", encoding="utf-8")
    preferences = Preferences(tmp_path / "config" / "preferences.json")
    everything(preferences)
    assert preferences.get("theme") == "dark"
    told = preferences.take_troubles()
    assert len(told) == 1, "it is said once, however often it fails"
    assert "lasts until you close the program" in told[0]


def test_full_disk_is_said_and_made_good_when_there_is_room(tmp_path, monkeypatch):
    path = tmp_path / "preferences.json"
    preferences = Preferences(path)

    def full(_path: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as disk:
        disk.setattr(whole_files, "make_new", full)
        preferences.set("theme", "dark")
    assert "No space left" in preferences.take_troubles()[0]
    preferences.set("theme", "dark")
    assert Preferences(path).get("theme") == "dark"


def test_link_is_replaced_and_what_it_points_to_is_left(tmp_path):
    theirs = tmp_path / "theirs.json"
    theirs.write_text('{"theme": "dark"}', encoding="utf-8")
    path = tmp_path / "preferences.json"
    path.symlink_to(theirs)
    preferences = Preferences(path)
    assert preferences.get("theme") == "dark"
    preferences.set("theme", "light")
    assert theirs.read_text(encoding="utf-8") == '{"theme": "dark"}'
    assert not path.is_symlink()


def test_fixed_temporary_name_is_not_used(tmp_path):
    theirs = tmp_path / "theirs"
    theirs.write_text("kept", encoding="utf-8")
    (tmp_path / "preferences.part").symlink_to(theirs)
    Preferences(tmp_path / "preferences.json").set("theme", "dark")
    assert theirs.read_text(encoding="utf-8") == "kept"


def test_part_of_a_program_that_was_ended_is_taken_away(tmp_path):
    left = whole_files.make_fresh(tmp_path / "preferences.json")
    other = whole_files.make_fresh(tmp_path / "tables.json")
    Preferences(tmp_path / "preferences.json")
    assert not left.exists()
    assert other.exists()


def test_tables_that_are_known_are_as_hard_to_spoil(tmp_path, monkeypatch):
    monkeypatch.setenv("TOMSAPP_HOME", str(tmp_path))
    (tmp_path / "config" / "tables.json").mkdir(parents=True)
    assert known_tables("Ashdown Ltd") == []
    note_tables([])


WRITES = 1500
_WRITER = """
import sys
from pathlib import Path
from tomsapp.config.preferences import Preferences
path, who, number = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
preferences = Preferences(path)
own = preferences.of_database("shared")
for each in range(number):
    (preferences if each % 2 else own).set(f"{who} {each % 50}", [who, each, "x" * (each % 200)])
sys.exit(f"said {preferences.take_troubles()}" if preferences.take_troubles() else 0)
"""


def test_two_programs_write_three_thousand_times(tmp_path):
    path = tmp_path / "preferences.json"
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(path), who, str(WRITES)], cwd=ROOT, stderr=subprocess.PIPE, text=True
        )
        for who in ("a", "b")
    ]
    torn = 0
    while any(writer.poll() is None for writer in writers):
        try:
            json.loads(path.read_bytes())
        except FileNotFoundError:
            continue
        except ValueError:
            torn += 1
    assert [(writer.wait(), writer.stderr.read()) for writer in writers] == [(0, ""), (0, "")]
    assert torn == 0
    kept = Preferences(path)
    for who in ("a", "b"):
        for each in range(WRITES - 50, WRITES):
            of = kept if each % 2 else kept.of_database("shared")
            assert of.get(f"{who} {each % 50}")[1] == each, "what one keeps is not lost to the other"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["preferences.json", "preferences.json.lock"]
