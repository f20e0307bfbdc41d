import hashlib
import sqlite3
from contextlib import closing

import pytest

from tests.store.samples import fill
from tests.store.test_migrate import with_next_step
from tomsapp.store.check import check_database
from tomsapp.store.database import open_database
from tomsapp.store.errors import DatabaseLocked, UpgradeFailed, UpgradeNeeded
from tomsapp.store.migrate import current_version, head_version

GOOD = 'op.add_column("supplier", sa.Column("town", sa.UnicodeText()))'
BAD = f'{GOOD}; op.execute("CREATE TABLE half (id INTEGER)"); op.execute("THIS IS NOT SQL")'


def digest(path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_earlier_version_is_not_opened_without_asking(target, tmp_path):
    migrations = with_next_step(tmp_path, GOOD)
    with pytest.raises(UpgradeNeeded, match="earlier version") as needed:
        open_database(target, migrations=migrations)
    assert "backup" in needed.value.fix
    assert current_version(target) == head_version()


def test_upgrade_backs_up_first_and_keeps_everything(path, tmp_path):
    with open_database(path) as database:
        fill(database)
    before = digest(path)
    migrations = with_next_step(tmp_path / "steps", GOOD)
    with open_database(path, upgrade=True, migrations=migrations) as database, database.read() as reader:
        assert [row.reference for row in reader.contracts()] == ["C1"]
    assert current_version(path) == head_version(migrations)
    copy = path.with_name(f"council.before-{head_version(migrations)}.toms")
    assert digest(copy) == before
    assert check_database(copy) == []


def test_second_upgrade_does_not_overwrite_the_first_copy(path, tmp_path):
    migrations = with_next_step(tmp_path / "steps", GOOD)
    first = path.with_name(f"council.before-{head_version(migrations)}.toms")
    first.write_bytes(b"kept")
    open_database(path, upgrade=True, migrations=migrations).close()
    assert first.read_bytes() == b"kept"
    assert path.with_name(f"council.before-{head_version(migrations)}-2.toms").exists()


def test_failed_upgrade_leaves_the_file_byte_for_byte(path, tmp_path):
    with open_database(path) as database:
        fill(database)
    before = digest(path)
    with pytest.raises(UpgradeFailed, match=r"council\.toms could not be upgraded") as failed:
        open_database(path, upgrade=True, migrations=with_next_step(tmp_path / "steps", BAD))
    assert "as it was before" in failed.value.fix
    assert digest(path) == before
    assert sorted(each.name for each in path.parent.iterdir()) == ["council.toms", "steps"]
    assert check_database(path) == []


def test_failed_upgrade_leaves_the_server_as_it_was(target, tmp_path, monkeypatch):
    monkeypatch.setenv("TOMSAPP_HOME", str(tmp_path / "home"))
    with open_database(target) as database:
        fill(database)
    with pytest.raises(UpgradeFailed):
        open_database(target, upgrade=True, migrations=with_next_step(tmp_path / "steps", BAD))
    assert check_database(target) == []
    with open_database(target) as database, database.read() as reader:
        assert len(reader.contracts()) == 1


def test_upgrade_waits_for_nobody_who_has_it_open(path, tmp_path):
    migrations = with_next_step(tmp_path / "steps", GOOD)
    with closing(sqlite3.connect(path)) as other:
        other.execute("SELECT count(*) FROM supplier").fetchone()
        with pytest.raises(DatabaseLocked, match="open elsewhere"):
            open_database(path, upgrade=True, migrations=migrations)
    assert current_version(path) == head_version()


@pytest.mark.parametrize("server", ["postgresql"])
def test_upgrade_of_a_server_is_dumped_to_a_file_first(target, tmp_path, monkeypatch):
    monkeypatch.setenv("TOMSAPP_HOME", str(tmp_path / "home"))
    with open_database(target) as database:
        fill(database)
    migrations = with_next_step(tmp_path / "steps", GOOD)
    open_database(target, upgrade=True, migrations=migrations).close()
    assert current_version(target) == head_version(migrations)
    (copy,) = (tmp_path / "home").rglob("*.toms")
    assert check_database(copy) == []
    with open_database(copy) as database, database.read() as reader:
        assert len(reader.contracts()) == 1
