"""What cannot be kept under its name on this system is said before anything is written, whatever is written."""

import sys
from pathlib import Path

import pytest

from tests.ordinary import WINDOWS
from tomsapp.config import places
from tomsapp.config.places import check_place, takes_long_paths
from tomsapp.domain.windows_places import UnusablePlace
from tomsapp.menufiles.files import write_whole
from tomsapp.reports.files import write_pdf
from tomsapp.services.databases import back_up
from tomsapp.services.kept_files import save_copy
from tomsapp.store.alone import under_way
from tomsapp.store.database import create_database

LONG = "a" * 60


@pytest.fixture
def as_windows(monkeypatch):
    """All that is written asks as on Windows; `True` where it takes long paths."""

    def become(takes_long):
        monkeypatch.setattr(places, "takes_long_paths", lambda: takes_long)
        if sys.platform != "win32":
            for name in ("menufiles.files", "reports.files", "services.kept_files", "store.alone", "store.database"):
                monkeypatch.setattr(f"tomsapp.{name}.check_place", lambda path: check_place(path, "win32"))
            monkeypatch.setattr("tomsapp.store.backup.check_place", lambda path: check_place(path, "win32"))

    return become


def store_file(path):
    with under_way(path):
        path.write_bytes(b"")


WRITERS = {
    "table": lambda path: write_whole(path, b"a"),
    "pdf": lambda path: write_pdf(path, b"%PDF"),
    "evidence": lambda path: save_copy(None, None, path),
    "restored": store_file,
    "backup": lambda path: back_up(None, path),
    "database": lambda path: create_database(path, who="Ann"),
}


@pytest.mark.parametrize("name", ["NUL.txt", "com¹", "a:b"])
@pytest.mark.parametrize("writer", WRITERS.values(), ids=WRITERS)
def test_whatever_is_written_under_a_name_that_windows_keeps_is_refused(
    as_windows, tmp_path, monkeypatch, writer, name
):
    as_windows(takes_long=True)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnusablePlace) as refused:
        writer(Path(name))
    assert f"“{name}”" in refused.value.message
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("writer", WRITERS.values(), ids=WRITERS)
def test_whatever_is_written_under_a_path_that_is_too_long_is_refused_beforehand(as_windows, tmp_path, writer):
    as_windows(takes_long=False)
    folder = tmp_path / LONG
    path = folder / LONG / LONG / LONG / LONG / "council.db"
    with pytest.raises(UnusablePlace, match="characters too long for this Windows"):
        writer(path)
    assert not folder.exists()


def test_name_that_another_system_keeps_is_written(tmp_path):
    check_place(tmp_path / "NUL.txt", "linux")
    check_place(Path("a:b"), "darwin")


def test_long_path_is_taken_where_windows_takes_it(monkeypatch):
    path = Path("/".join([LONG] * 6))
    monkeypatch.setattr(places, "takes_long_paths", lambda: True)
    check_place(path, "win32")
    monkeypatch.setattr(places, "takes_long_paths", lambda: False)
    with pytest.raises(UnusablePlace):
        check_place(path, "win32")


def test_room_is_left_for_what_is_written_beside_a_file(monkeypatch, tmp_path):
    monkeypatch.setattr(places, "takes_long_paths", lambda: False)
    rest = 259 - len(str(tmp_path)) - 1
    with pytest.raises(UnusablePlace):
        check_place(tmp_path / ("a" * rest), "win32")
    check_place(tmp_path / ("a" * (rest - 23)), "win32")


@pytest.mark.skipif(sys.platform == "win32", reason="There is no such question on other systems")
def test_system_that_cannot_be_asked_takes_no_long_paths():
    assert not takes_long_paths()


@WINDOWS
def test_windows_says_whether_it_takes_long_paths(tmp_path):
    folder = tmp_path / LONG / LONG / LONG / LONG
    if takes_long_paths():
        folder.mkdir(parents=True)
        write_whole(folder / "a.csv", b"a")
    else:
        with pytest.raises(UnusablePlace):
            write_whole(folder / "a.csv", b"a")
