import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import SYNCHRONOUS
from tests.store.samples import fill
from tomsapp.store import database as database_module
from tomsapp.store import engine as engine_module
from tomsapp.store.check import check_database
from tomsapp.store.database import create_database, open_database
from tomsapp.store.errors import DatabaseLocked, NetworkShare, NotADatabase, Unreachable
from tomsapp.store.files import is_on_network_share, mac_mounts

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/home /srv/shared nfs4 rw 0 0
//server/docs /srv/shared/my\\040docs cifs rw 0 0
tmpfs /srv/shared/local tmpfs rw 0 0
ann@server: /home/ann/far fuse.sshfs rw 0 0
host /home/ann/host vboxsf rw 0 0
broken
"""


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"SQLite", "is damaged or is not a database"),
        (b"Reference,Title\nC1,Roads\n" * 50, "is damaged or is not a database"),
        (b"%PDF-1.7 a valuation", "is a PDF, not a database"),
        (b'{"contract": {}}', "is an offer in JSON, not a database"),
        (b"PK\x03\x04", "is damaged or is not a database"),
        (b"SQLite format 3\0" + b"\xff" * 5000, "cut short"),
        (b"SQLite format 3\0" + b"\x10\0" + b"\x01\x01\0\x40\x20\x20" + bytes(5000), "is damaged or is not a database"),
    ],
)
def test_file_that_is_no_database_is_refused_and_left_alone(tmp_path, content, message):
    path = tmp_path / "offer.toms"
    path.write_bytes(content)
    with pytest.raises(NotADatabase, match=message) as refused:
        open_database(path)
    assert "offer.toms" in refused.value.message
    assert refused.value.fix
    assert path.read_bytes() == content


@pytest.mark.parametrize("keep", [200, 5000, 0.5, 0.99])
def test_truncated_database_is_refused_and_left_alone(path, keep):
    with open_database(path) as database:
        fill(database)
    content = path.read_bytes()
    cut = content[: keep if keep > 1 else int(len(content) * keep)]
    path.write_bytes(cut)
    with pytest.raises(NotADatabase, match="cut short"):
        open_database(path)
    assert path.read_bytes() == cut


def test_database_of_another_program_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "photos.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE photo (id INTEGER)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(NotADatabase, match="not a database of this program"):
        open_database(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("server", ["postgresql"])
def test_empty_server_database_is_no_database_of_ours(empty_target):
    with pytest.raises(NotADatabase, match="not a database of this program"):
        open_database(empty_target)


def test_missing_file_is_told_and_not_made(tmp_path):
    with pytest.raises(Unreachable, match="cannot be reached"):
        open_database(tmp_path / "none.toms")
    assert list(tmp_path.iterdir()) == []


def test_folder_is_no_database(tmp_path):
    with pytest.raises(NotADatabase, match="is a folder"):
        open_database(tmp_path)


@pytest.mark.parametrize(
    "address", ["postgresql://nobody@127.0.0.1:1/none", "postgresql://u@no-such-host.invalid/x", "postgresql://["]
)
def test_server_that_does_not_answer_is_told_without_the_password(address):
    with pytest.raises(Unreachable) as refused:
        open_database(address.replace("nobody@", "nobody:secret@"))
    assert "secret" not in str(refused.value)


def test_file_that_may_not_be_read_is_said_to_be_so(path, monkeypatch):
    def refuse(*_args: object, **_kw: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(Unreachable, match="may not be read, or another program keeps it to itself") as refused:
        open_database(path)
    assert refused.value.fix == "Ask for permission to read it, or close it in the other program"


@pytest.mark.parametrize("mode", ["wal", "delete"])
def test_database_that_another_program_reads_opens_in_the_mode_that_it_has(path, mode):
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute(f"PRAGMA journal_mode = {mode}")
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM supplier").fetchone()
        begun = time.monotonic()
        with open_database(path) as database, database.read() as reader:
            assert reader.suppliers() == []
        assert time.monotonic() - begun < 2, "it waits for nobody"


def test_database_to_which_another_program_writes_is_said_to_be_locked(path, monkeypatch):
    monkeypatch.setattr(engine_module, "BUSY_SECONDS", 0.05)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = DELETE")
        other.execute("BEGIN EXCLUSIVE")
        said = "council.toms is locked: another program is writing to it"
        with pytest.raises(DatabaseLocked, match=said) as locked:
            open_database(path)
        assert locked.value.fix == "Close it there, or try again in a moment"
        assert [problem.message for problem in check_database(path)] == [said]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/home/ann/council.toms", False),
        ("/srv/shared/council.toms", True),
        ("/srv/shared/my docs/council.toms", True),
        ("/srv/shared/local/council.toms", False),
        ("/srv/sharedother/council.toms", False),
        ("/home/ann/far/council.toms", True),
        ("/home/ann/host/council.toms", True),
    ],
)
def test_network_share_is_known_by_its_mount(tmp_path, path, expected):
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS, encoding="utf-8")
    assert is_on_network_share(Path(path), mounts) is expected


def test_mounts_of_macos_are_read_as_it_says_them():
    said = (
        "/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)\n"
        "//ann@server/docs on /Volumes/My docs (smbfs, nodev, nosuid, mounted by ann)\n"
        "map auto_home on /System/Volumes/Data/home (autofs, automounted, nobrowse)\n"
        "what is this\n"
    )
    lines = mac_mounts(said)
    assert lines[1] == "//ann@server/docs /Volumes/My\\040docs smbfs"
    assert len(lines) == 3


def test_system_that_does_not_list_mounts_has_no_shares(tmp_path):
    assert not is_on_network_share(tmp_path, tmp_path / "none")


def test_network_share_is_refused_unless_allowed_and_then_has_no_log(path, tmp_path, monkeypatch):
    monkeypatch.setattr(database_module, "is_on_network_share", lambda path: True)
    with pytest.raises(NetworkShare, match="network share"):
        open_database(path)
    with pytest.raises(NetworkShare):
        create_database(tmp_path / "other.toms", who="Ann")
    assert not (tmp_path / "other.toms").exists()
    with open_database(path, allow_network_share=True) as database:
        assert "network share" in database.warnings[0]
        fill(database)
        with database._engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "delete"


def test_local_file_has_a_write_ahead_log_and_full_synchronisation(path, monkeypatch):
    monkeypatch.setattr(engine_module, "SYNCHRONOUS", SYNCHRONOUS)
    with open_database(path) as database, database._engine.connect() as connection:
        for pragma, value in (("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)):
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one() == value
