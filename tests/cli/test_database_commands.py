"""`tomsapp db`: upgrade, back up, restore, check."""

import re
import shutil
import sqlite3
from contextlib import closing

import pytest

from tests.store.earlier import make_earlier
from tomsapp.bootstrap import menu_catalogue
from tomsapp.config.preferences import user_preferences
from tomsapp.config.recents import RecentDatabase, note_opened
from tomsapp.services import databases


@pytest.fixture
def council(tmp_path):
    path = tmp_path / "council.db"
    databases.make_database(path, menu_catalogue(), "Ann", "Larkmere Council").close()
    return path


def test_check_backup_restore_and_upgrade(call, council, tmp_path):
    said = call("db", "check", council).out.splitlines()
    assert said[0] == "No problems found."
    assert re.fullmatch("Its history has 2 changes, SHA-256 [0-9a-f]{64}.", said[1])
    assert len(said) == 2
    copy = tmp_path / "copy.db"
    assert call("db", "backup", council, copy).out.splitlines() == [f"The backup is in {copy}.", said[1]]
    told = call("db", "restore", copy, council)
    assert told.status == 0
    assert f"council.db now holds the backup {copy}." in told.out
    assert "The file that was there is kept as" in told.out
    assert call("db", "check", council).status == 0
    assert call("db", "upgrade", council).out == "council.db is up to date.\n"


def test_a_database_of_an_earlier_version_is_named_with_the_command_that_upgrades_it(call, council, tmp_path):
    spaced = tmp_path / "two words.db"
    shutil.copy(council, spaced)
    for path, named in ((council, str(council)), (spaced, f'"{spaced}"')):
        make_earlier(path)
        told = call("due", path)
        assert told.status == 2
        assert f"Upgrade it with “tomsapp db upgrade {named}”; a backup is made first." in told.err
    assert call("db", "upgrade", council).status == 0
    assert call("due", council).status == 0


def test_history_is_held_against_what_somebody_types_from_a_paper(call, council):
    whole = call("db", "check", council).out.splitlines()[1]
    digest = whole.split()[-1].rstrip(".")
    foot = f"2 changes, SHA-256 {digest[:4]} {digest[4:8]} … {digest[-4:]}"
    for words in (whole, foot, foot.replace(" … ", "...")):
        told = call("db", "check", council, "--against", words)
        came = "It is the history that the paper came from, with 2 of these changes, and nothing since."
        assert (told.status, told.out.splitlines()[-1]) == (0, came)
    other = "0" if digest[-1] != "0" else "1"
    told = call("db", "check", council, "--against", foot[:-1] + other)
    assert told.status == 1
    assert "The paper was made after 2 changes, and those are not the ones in this history" in told.out
    told = call("db", "check", council, "--against", f"3{foot[1:]}")
    assert told.status == 1
    assert "The paper was made after 3 changes, and the history has 2 of them" in told.out
    told = call("db", "check", council, "--against", "2 changes, SHA-256 4be1")
    assert told.status == 2
    assert "SHA-256 4be1" in told.err


@pytest.mark.parametrize("server", ["postgresql"])
def test_server_is_backed_up_restored_and_checked(call, empty_target, council, tmp_path):
    told = call("db", "restore", council, empty_target)
    assert told.status == 0, told.err
    assert "?" not in told.out
    assert call("db", "check", empty_target).status == 0
    assert call("db", "upgrade", empty_target).status == 0
    copy = tmp_path / "copy.db"
    assert call("db", "backup", empty_target, copy).status == 0
    assert call("db", "check", copy).status == 0
    again = call("db", "restore", council, empty_target)
    assert (again.status, again.out) == (2, "")
    assert "already holds a database" in again.err


def spoil_pages(path):
    with path.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 4096 * 4)


def make_newer(path):
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE tomsapp_version SET version_num = '9999'")


def cut(path):
    path.write_bytes(path.read_bytes()[:5000])


def other_program(path):
    path.unlink()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE x (y)")


NO_DATABASES = [
    (lambda path: path.unlink(), "There is no file|cannot be reached"),
    (lambda path: path.write_bytes(b""), "is empty"),
    (lambda path: path.write_bytes(b"hello" * 100), "not a database"),
    (cut, "cut short|damaged"),
    (other_program, "not a database"),
]


@pytest.mark.parametrize(("spoil", "words"), NO_DATABASES)
@pytest.mark.parametrize("command", ["upgrade", "backup"])
def test_file_that_is_no_database_is_status_2_and_left_alone(call, council, tmp_path, spoil, words, command):
    spoil(council)
    before = council.read_bytes() if council.exists() else None
    more = [tmp_path / "copy.db"] if command == "backup" else []
    told = call("db", command, council, *more)
    assert (told.status, told.out) == (2, "")
    assert pytest.approx(told.err.count("\n")) == 1
    assert any(word in told.err for word in words.split("|"))
    assert (council.read_bytes() if council.exists() else None) == before
    assert not (tmp_path / "copy.db").exists()


@pytest.mark.parametrize(("spoil", "words"), NO_DATABASES)
def test_check_finds_that_a_file_is_no_database_with_status_1(call, council, spoil, words):
    spoil(council)
    told = call("db", "check", council)
    assert (told.status, told.err) == (1, "")
    assert any(word in told.out for word in words.split("|"))


def test_corrupt_database_is_found_by_the_check(call, council):
    spoil_pages(council)
    told = call("db", "check", council)
    assert told.status in {1, 2}
    assert "damaged" in told.out + told.err


def test_backup_over_the_database_itself_is_refused(call, council):
    told = call("db", "backup", council, council)
    assert told.status == 2
    assert "is the database itself" in told.err


def test_restore_from_what_is_no_backup_leaves_the_target(call, council, tmp_path):
    before = council.read_bytes()
    (tmp_path / "bad.db").write_bytes(b"no")
    assert call("db", "restore", tmp_path / "bad.db", council).status == 2
    assert council.read_bytes() == before


def take_a_guard_away(path):
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TRIGGER contract_sealed")


@pytest.mark.parametrize("command", ["upgrade", "backup"])
def test_file_from_elsewhere_without_its_guards_is_refused_with_the_way_to_put_it_right(
    call, council, tmp_path, command
):
    take_a_guard_away(council)
    words = ["db", command, council, *([tmp_path / "copy.db"] if command == "backup" else [])]
    refused = call(*words)
    assert (refused.status, refused.out) == (2, "")
    assert "lacks the trigger contract_sealed" in refused.err
    assert "tomsapp db mend" in refused.err
    mended = call("db", "mend", council)
    assert (mended.status, mended.out.splitlines()[0]) == (0, "Put right in council.db: contract_sealed.")
    assert call("db", "check", council).out.startswith("No problems found.")
    assert call(*words).status == 0
    assert call("db", "mend", council).out == "Nothing was amiss in council.db.\n"


@pytest.mark.parametrize("named", ["council.db", "./council.db", "{}"])
def test_database_that_the_window_opened_last_is_worked_with_and_warned_of(call, council, tmp_path, monkeypatch, named):
    entry = RecentDatabase(str(council), "council.db", "Larkmere Council", 0, "2026-11-29T10:00:00")
    note_opened(user_preferences(), entry)
    take_a_guard_away(council)
    monkeypatch.chdir(tmp_path)
    told = call("db", "backup", named.format(council), tmp_path / "copy.db")
    assert told.status == 0
    assert told.out == f"The backup is in {tmp_path / 'copy.db'}.\n"
    assert (
        "warning: What keeps its history from being changed is not as this program made it: contract_sealed" in told.err
    )
