from __future__ import annotations

import sys

import pytest

from tomsapp.config import paths


def test_checkout_holds_fonts_icons_and_migrations():
    assert (paths.resources_dir() / "fonts" / "SourceSans3-Regular.ttf").is_file()
    assert (paths.resources_dir() / "icons" / "house.svg").is_file()
    assert paths.migrations_dir().parts[-3:] == ("tomsapp", "store", "migrations")


def test_installed_wheel_finds_its_own_copy(monkeypatch, tmp_path):
    (tmp_path / "tomsapp" / "_data" / "menus").mkdir(parents=True)
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path / "tomsapp")
    assert paths.menus_dir() == tmp_path / "tomsapp" / "_data" / "menus"


def test_frozen_build_looks_where_it_was_unpacked(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resources_dir() == tmp_path / "resources"
    assert paths.migrations_dir() == tmp_path / "tomsapp" / "store" / "migrations"


@pytest.mark.parametrize(
    ("find", "name"), [(paths.user_data_dir, "data"), (paths.user_config_dir, "config"), (paths.log_dir, "log")]
)
def test_home_variable_moves_the_users_folders(monkeypatch, tmp_path, find, name):
    monkeypatch.setenv("TOMSAPP_HOME", str(tmp_path))
    assert find() == tmp_path / name
    assert find().is_dir()
