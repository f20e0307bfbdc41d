"""Editions that are added: checked, copied whole, and never outside their folder."""

import hashlib
import json
from datetime import date

import pytest

from tests.menufiles.sample import write_menus
from tomsapp.domain.errors import MenuError
from tomsapp.domain.problems import Problem, Severity
from tomsapp.menufiles.catalogue import Catalogue
from tomsapp.menufiles.publishing import publish
from tomsapp.services import menu_library

TODAY = date(2026, 6, 1)


@pytest.fixture
def source(tmp_path):
    folder = write_menus(tmp_path / "theirs") / "sample" / "1"
    publish(folder, TODAY)
    return folder


@pytest.fixture
def own(tmp_path):
    folder = tmp_path / "own"
    folder.mkdir()
    return folder


def bundle_of(source):
    return Catalogue([source.parent.parent]).bundle("sample", "1")


def test_folder_and_bundle_give_the_same_edition(source, own, tmp_path, monkeypatch):
    asked = Problem("asked", Severity.WARNING, "Something is asked", "Look at it")
    monkeypatch.setattr(menu_library, "lint_stranger", lambda *_given: (asked,))
    bundle = tmp_path / "sample.json"
    bundle.write_bytes(bundle_of(source))
    added = menu_library.add_menu(Catalogue([own]), bundle, own, TODAY)
    other = tmp_path / "other"
    other.mkdir()
    copied = menu_library.add_menu(Catalogue([other]), source, other, TODAY)
    assert added.edition.sha256 == copied.edition.sha256 == Catalogue([source.parent.parent]).load("sample", "1").sha256
    assert sorted(path.name for path in own.iterdir()) == ["sample"], "nothing half-made is left"
    data = bundle.read_bytes()
    for receipt, name in ((added.receipt, "sample.json"), (copied.receipt, source.name)):
        assert (receipt.name, receipt.size, receipt.sha256) == (name, len(data), hashlib.sha256(data).hexdigest())
        assert receipt.problems == (asked,)


def test_bundle_with_a_name_that_leads_elsewhere_is_refused(source, own, tmp_path):
    content = json.loads(bundle_of(source))
    name = next(name for name in content["files"] if name.startswith("theme-"))
    content["files"]["theme-1/../../../outside.toml"] = content["files"].pop(name)
    bundle = tmp_path / "hostile.json"
    bundle.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(MenuError):
        menu_library.add_menu(Catalogue([own]), bundle, own, TODAY)
    assert list(own.iterdir()) == []
    assert not list(tmp_path.glob("**/outside.toml"))


@pytest.mark.parametrize(("name", "words"), [("menu.toml", "the folder with its menu.toml"), ("a.json", "bundle")])
def test_a_file_of_another_kind_says_what_it_is(source, own, tmp_path, name, words):
    path = tmp_path / name
    path.write_bytes((source / "menu.toml").read_bytes())
    with pytest.raises(MenuError, match="is one file of a menu’s folder, and a menu bundle is read here") as told:
        menu_library.add_menu(Catalogue([own]), path, own, TODAY)
    assert words in str(told.value)
    assert list(own.iterdir()) == []


def test_edition_is_not_added_twice(source, own):
    catalogue = Catalogue([own])
    menu_library.add_menu(catalogue, source, own, TODAY)
    with pytest.raises(MenuError, match="installed already"):
        menu_library.add_menu(catalogue, source, own, TODAY)
