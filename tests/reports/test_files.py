import errno
import os
from pathlib import Path

import pytest

from tomsapp.reading.held import hold, let_go
from tomsapp.reports import files
from tomsapp.reports.errors import ReportError
from tomsapp.reports.files import write_pdf


def test_a_file_is_written_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    write_pdf(path, b"one")
    write_pdf(path, b"two")
    assert path.read_bytes() == b"two"
    assert [item.name for item in tmp_path.iterdir()] == ["report.pdf"]


def failing(number: int) -> object:
    def fail(*_args: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.parametrize(
    ("step", "number", "advice"),
    [
        ("fsync", errno.ENOSPC, "no room left on the disk"),
        ("fsync", errno.EDQUOT, "share of the disk is full"),
        ("fsync", errno.EIO, "Choose another folder and try again"),
        ("replace", errno.EACCES, "may be open in another program"),
        ("replace", errno.EPERM, "may be open in another program"),
    ],
)
def test_after_a_failure_the_old_file_is_untouched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int, advice: str
) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(b"old")
    target = files.os if step == "fsync" else Path
    monkeypatch.setattr(target, step, failing(number))
    with pytest.raises(ReportError, match=advice) as raised:
        write_pdf(path, b"new")
    monkeypatch.undo()
    assert "report.pdf was not saved" in str(raised.value)
    assert path.read_bytes() == b"old"
    assert [item.name for item in tmp_path.iterdir()] == ["report.pdf"]


def test_a_folder_that_cannot_be_written_to_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "open", failing(errno.EACCES))
    with pytest.raises(ReportError, match="may not write to this folder"):
        write_pdf(tmp_path / "report.pdf", b"new")


def test_colleagues_may_read_it_as_any_other_new_file(tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(b"")
    write_pdf(tmp_path / "report.pdf", b"new")
    assert (tmp_path / "report.pdf").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_folder_that_is_not_there_and_a_folder_with_the_name(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="folder does not exist"):
        write_pdf(tmp_path / "gone" / "report.pdf", b"new")
    (tmp_path / "report.pdf").mkdir()
    with pytest.raises(ReportError, match="A folder has this name"):
        write_pdf(tmp_path / "report.pdf", b"new")


def test_database_that_is_open_is_never_replaced(tmp_path):
    path = tmp_path / "council.pdf"
    path.write_bytes(b"rows")
    held = hold(path)
    try:
        with pytest.raises(ReportError, match=r"is the database that is open, and was not replaced") as caught:
            write_pdf(path, b"report")
    finally:
        let_go(held)
    assert caught.value.fix == "Choose another name"
    assert path.read_bytes() == b"rows"
