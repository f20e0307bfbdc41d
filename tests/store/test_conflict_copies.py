"""Conflict copies beside a database are found by their names and by what is inside them."""

import shutil
from pathlib import Path

import pytest

from tests.store.samples import fill
from tomsapp.store.conflict_copies import conflict_copies, is_same_database
from tomsapp.store.database import create_database, open_database

SURE = [
    "council (conflicted copy 2026-05-01).toms",
    "council (A. Okafor's conflicted copy 2026-05-01).toms",
    "council (LAPTOP-7's conflicted copy 2026-05-01 (1)).toms",
    "council (conflicted copy 2026-05-01 101530).toms",
    "council_conflict-20260501-101530.toms",
    "council.sync-conflict-20260501-101530-ABCDEFG.toms",
    "council [Conflict].toms",
    "council - conflict of A. Okafor.toms",
    "council_conf(1).toms",
    "council_LAPTOP_May-01-1000-2026_Conflict.toms",
    "council (SFConflict ann@example.org 2026-05-01-10-00-00).toms",
]
LIKELY = ["council-LAPTOP.toms", "council-DESKTOP-4F2K-2.toms", "council (1).toms", "council 2.toms"]
OTHERS = [
    "council backup 2026-05-01.toms",
    "council-2026.toms",
    "council.before-0006.toms",
    "council.replaced-20260501-101530-1.toms",
    "council old.toms",
    "councils.toms",
    "another (conflicted copy 2026-05-01).toms",
    "council (conflicted copy 2026-05-01).txt",
]


def found(database, *, is_synced=True):
    return [copy.name for copy in conflict_copies(database, is_synced=is_synced)]


def test_copies_are_known_by_the_names_that_services_give_them(path):
    for name in (*SURE, *LIKELY, *OTHERS):
        shutil.copyfile(path, path.with_name(name))
    with open_database(path) as database:
        assert found(database) == sorted([*SURE, *LIKELY])
        assert found(database, is_synced=False) == sorted(SURE)


def test_what_a_copy_holds_is_told_and_the_copy_is_left_as_it_is(path):
    copy = path.with_name(SURE[0])
    shutil.copyfile(path, copy)
    with open_database(copy) as theirs:
        fill(theirs)
    before = copy.read_bytes()
    with open_database(path) as database:
        (held,) = conflict_copies(database, is_synced=True)
        with database.read() as reader:
            assert reader.contracts() == []
    assert (held.name, held.contracts, held.changed_by) == (copy.name, 1, "Ann")
    assert held.changed_at is not None
    assert copy.read_bytes() == before
    assert sorted(each.name for each in path.parent.iterdir()) == sorted([path.name, copy.name])


def test_file_of_another_database_is_no_copy_and_one_that_cannot_be_read_is_said_to_be_so(path):
    create_database(path.with_name(LIKELY[0]), who="Somebody").close()
    path.with_name(SURE[0]).write_bytes(b"half of it")
    with open_database(path) as database:
        assert [(copy.name, copy.contracts) for copy in conflict_copies(database, is_synced=True)] == [(SURE[0], None)]


def test_same_database_is_known_wherever_it_lies(path, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with open_database(path) as database:
        assert is_same_database(database, Path(shutil.copyfile(path, elsewhere / "council.toms")))
        create_database(elsewhere / "other.toms", who="Somebody").close()
        (elsewhere / "rubbish.toms").write_bytes(b"no")
        for name in ("other.toms", "rubbish.toms", "gone.toms"):
            assert not is_same_database(database, elsewhere / name)


def test_folder_that_may_not_be_listed_has_none(path, monkeypatch):
    def refuse(_self: Path) -> None:
        raise PermissionError(13, "Permission denied")

    with open_database(path) as database:
        monkeypatch.setattr(Path, "iterdir", refuse)
        assert found(database) == []


@pytest.mark.parametrize("server", ["postgresql"])
def test_server_has_no_copies(database):
    assert found(database) == []
