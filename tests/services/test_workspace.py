"""An open database with the menus around it."""

import sqlite3
from contextlib import closing

import pytest

from tests.menufiles.sample import write_menus
from tests.services.council import begin, open_as, opened
from tomsapp.domain.errors import MenuError
from tomsapp.menufiles.catalogue import Catalogue


def spoil(path, old, new):
    """Change the bytes of every kept edition behind the program's back."""
    with closing(sqlite3.connect(path)) as connection, connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in names:
            connection.execute(f'DROP TRIGGER "{name}"')
        for number, content in connection.execute("SELECT id, content FROM edition").fetchall():
            changed = content.replace(old, new)
            assert changed != content
            connection.execute("UPDATE edition SET content = ? WHERE id = ?", (changed, number))


def test_edition_whose_bytes_changed_in_the_database_is_refused(council_path):
    ann = open_as(council_path, "Ann")
    made = begin(ann)
    ann.close()
    spoil(council_path, b"Living Wage", b"Living Rage")
    again = open_as(council_path, "Ann")
    with pytest.raises(MenuError, match="its bytes changed") as told:
        opened(again, made.id)
    again.close()
    assert told.value.fix == "Restore the database from a backup"


def test_edition_that_cannot_be_read_any_more_is_refused(council_path):
    spoil(council_path, b'"files"', b'"filez"')
    ann = open_as(council_path, "Ann")
    with pytest.raises(MenuError, match="cannot be read") as told:
        ann.edition("barnet-open", "2026.2")
    ann.close()
    assert told.value.fix == "Restore the database from a backup"


def test_draft_is_read_anew_after_its_files_change(council_path, tmp_path):
    root = write_menus(tmp_path / "drafts")
    ann = open_as(council_path, "Ann", Catalogue([root]))
    assert ann.edition("sample", "1").title == "Sample menu"
    file = root / "sample" / "1" / "menu.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("Sample menu", "Sampled menu"), encoding="utf-8")
    assert ann.edition("sample", "1").title == "Sampled menu"
    ann.close()


def test_two_workspaces_see_each_other(ann, bob):
    made = begin(ann)
    assert opened(bob, made.id).checked == opened(ann, made.id).checked
