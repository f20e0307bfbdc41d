"""Whole databases: made, backed up, restored, checked."""

import pytest

from tests.services.council import begin, figures, open_as, shipped
from tomsapp.domain.errors import MenuError
from tomsapp.menufiles.catalogue import Catalogue
from tomsapp.services import checking, databases
from tomsapp.services.failures import StoreError
from tomsapp.store import engine


def test_new_database_has_policy_area_and_default_menu(ann):
    assert ann.settings.council_name == "Larkmere Council"
    assert (ann.settings.default_menu, ann.settings.default_edition) == databases.DEFAULT_MENU
    assert {rule.code for rule in ann.policy.rules} == {"scope", "minimum", "employment"}
    assert ann.area().title == "London Borough of Barnet"


def test_nothing_is_left_when_the_menus_are_missing(tmp_path):
    with pytest.raises(MenuError, match="is not installed"):
        databases.make_database(tmp_path / "new.db", Catalogue([]), "Ann")
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_left_when_the_disk_fills_up(tmp_path, monkeypatch):
    prepare = engine._prepare_sqlite

    def small(connection, *rest):
        prepare(connection, *rest)
        connection.execute("PRAGMA max_page_count = 60")

    monkeypatch.setattr(engine, "_prepare_sqlite", small)
    with pytest.raises(StoreError, match="no room left"):
        databases.make_database(tmp_path / "new.db", shipped(), "Ann")
    assert list(tmp_path.iterdir()) == []


def test_database_is_not_made_over_a_file(council_path):
    before = council_path.read_bytes()
    with pytest.raises(StoreError, match="already a file"):
        databases.make_database(council_path, shipped(), "Ann")
    assert council_path.read_bytes() == before


def test_backup_restores_what_was_there(ann, tmp_path):
    made = begin(ann)
    copy = databases.back_up(ann.database, tmp_path / "copy.db")
    assert databases.restore(copy, tmp_path / "again.db") is None
    again = open_as(tmp_path / "again.db", "Cleo", Catalogue([]))
    assert figures(again, made.id) == figures(ann, made.id)
    again.close()
    assert checking.check(tmp_path / "again.db") == []


def test_restored_over_a_database_keeps_the_replaced_one(council_path, tmp_path):
    ann = open_as(council_path, "Ann")
    copy = databases.back_up(ann.database, tmp_path / "copy.db")
    begin(ann)
    with pytest.raises(StoreError, match="open elsewhere"):
        databases.restore(copy, council_path)
    ann.close()
    kept = databases.restore(copy, council_path)
    assert kept is not None
    again = open_as(kept, "Ann")
    assert len(again.settings.council_name) > 0
    again.close()
