from __future__ import annotations

from tomsapp.config.preferences import Preferences


def test_values_are_there_after_a_restart(tmp_path):
    path = tmp_path / "new" / "preferences.json"
    Preferences(path).set("theme", "dark")
    assert Preferences(path).get("theme") == "dark"
    assert Preferences(path).get("other", 3) == 3


def test_unreadable_file_is_set_aside_and_kept(tmp_path):
    path = tmp_path / "preferences.json"
    path.write_text("{broken", encoding="utf-8")
    preferences = Preferences(path)
    assert preferences.set_aside is not None
    assert preferences.set_aside.read_text(encoding="utf-8") == "{broken"
    preferences.set("a", 1)
    assert Preferences(path).get("a") == 1


def test_file_with_a_list_is_set_aside(tmp_path):
    path = tmp_path / "preferences.json"
    path.write_text("[1]", encoding="utf-8")
    assert Preferences(path).set_aside is not None


def test_two_windows_keep_what_each_of_them_sets(tmp_path):
    path = tmp_path / "preferences.json"
    first, second = Preferences(path), Preferences(path)
    first.set("theme", "dark")
    second.set("density", "compact")
    first.set("text_size", 130)
    assert [second.get(key) for key in ("theme", "density", "text_size")] == ["dark", "compact", 130]
    path.unlink()
    assert first.get("theme") == "dark", "what is known is not forgotten with the file"


def test_what_is_kept_for_one_database_is_seen_in_no_other(tmp_path):
    path = tmp_path / "preferences.json"
    ours = Preferences(path).of_database("a")
    theirs = Preferences(path).of_database("b")
    ours.set("filters", ["Ashdown Ltd"])
    assert theirs.get("filters") is None
    theirs.set("filters", [])
    assert Preferences(path).of_database("a").get("filters") == ["Ashdown Ltd"]
    assert Preferences(path).of_database("b").get("filters") == []


def test_what_is_kept_for_databases_may_have_been_written_by_hand(tmp_path):
    preferences = Preferences(tmp_path / "preferences.json")
    preferences.set("databases", ["no", "mapping"])
    own = preferences.of_database("a")
    assert own.get("filters", 3) == 3
    preferences.set("databases", {"a": 7})
    assert own.get("filters", 3) == 3
    own.set("filters", 4)
    assert own.get("filters") == 4
