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
