"""The list of recent databases: order, length, and preferences that somebody broke."""

from __future__ import annotations

import pytest

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


@pytest.fixture
def preferences(tmp_path):
    return Preferences(tmp_path / "preferences.json")


def entry(name):
    return RecentDatabase(f"/data/{name}", name, "Larkmere", 3, "2026-06-01T10:00:00+01:00")


def test_last_opened_stands_first_and_only_once(preferences):
    for name in ("a.db", "b.db", "a.db"):
        note_opened(preferences, entry(name))
    assert [one.name for one in recent_databases(preferences)] == ["a.db", "b.db"]
    remove_recent(preferences, "/data/a.db")
    assert [one.name for one in recent_databases(preferences)] == ["b.db"]


def test_what_a_database_holds_now_is_kept_in_its_place(preferences):
    for name in ("a.db", "b.db"):
        note_opened(preferences, entry(name))
    note_contents(preferences, "/data/a.db", "Larkmere Council", 7)
    note_contents(preferences, "/data/unknown.db", "Nobody", 1)
    assert [(one.name, one.council, one.contracts) for one in recent_databases(preferences)] == [
        ("b.db", "Larkmere", 3),
        ("a.db", "Larkmere Council", 7),
    ]


def test_the_last_database_is_known_until_it_is_closed(preferences):
    assert last_open(preferences) is None
    note_open(preferences, "/data/a.db")
    assert last_open(preferences) == "/data/a.db"
    note_open(preferences, None)
    assert last_open(preferences) is None
    preferences.set("open_database", 7)
    assert last_open(preferences) is None


def test_list_stays_short(preferences):
    for number in range(12):
        note_opened(preferences, entry(f"{number}.db"))
    assert [one.name for one in recent_databases(preferences)][:2] == ["11.db", "10.db"]
    assert len(recent_databases(preferences)) == 8


def test_broken_entries_are_left_out(preferences):
    note_opened(preferences, entry("a.db"))
    kept = preferences.get("recent_databases")
    preferences.set("recent_databases", [*kept, 7, {"target": "x"}, {**kept[0], "contracts": "many"}])
    assert [one.name for one in recent_databases(preferences)] == ["a.db"]
    preferences.set("recent_databases", "nothing")
    assert recent_databases(preferences) == []
