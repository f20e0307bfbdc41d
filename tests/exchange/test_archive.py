"""The files in a zip folder, and what is refused of one."""

import io
import zipfile

import pytest

from tomsapp.exchange import archive
from tomsapp.exchange.archive import ArchivedFile, files_in, is_left
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.reading import packages


def zipped(*files: tuple[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files:
            package.writestr(name, data)
    return target.getvalue()


def test_files_come_out_with_their_folders():
    data = zipped(
        ("Calder/", b""),
        ("Calder/a.xlsx", b"a"),
        ("..\\up/./b\x07.pdf", b"b"),
        ("__MACOSX/Calder/a.xlsx", b"m"),
        ("Calder/.DS_Store", b"d"),
        ("Calder/Thumbs.db", b"t"),
    )
    assert files_in(data, "p.zip") == (ArchivedFile("Calder/a.xlsx", b"a"), ArchivedFile("up/b�.pdf", b"b"))


@pytest.mark.parametrize(
    ("path", "left"), [("a/b.xlsx", False), ("a/~$b.xlsx", True), (".git/b", True), ("a/desktop.ini", True)]
)
def test_what_other_programs_lay_beside_files_is_left(path, left):
    assert is_left(path) is left


def test_what_cannot_be_unpacked_is_refused(monkeypatch):
    whole = zipped(("a", b"a" * 900), ("b", b"b" * 900))
    assert len(files_in(whole, "p.zip")) == 2
    with pytest.raises(OfferUnreadable, match=r"p.zip is damaged, or no zip folder"):
        files_in(whole[:-40], "p.zip")
    with pytest.raises(OfferUnreadable, match="is damaged"):
        files_in(b"no zip", "p.zip")
    # The bit of each part that says that it has a password.
    locked = bytearray(whole)
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(OfferUnreadable, match=r"p.zip has a password"):
        files_in(bytes(locked), "p.zip")
    with monkeypatch.context() as patch:
        patch.setattr(archive, "MOST_UNPACKED", 1_000)
        with pytest.raises(OfferUnreadable, match="There is more than 0 MB in"):
            files_in(whole, "p.zip")
    with monkeypatch.context() as patch:
        patch.setattr(archive, "MOST_PARTS", 1)
        with pytest.raises(OfferUnreadable, match="has 2 files, and at most 1 are read at once"):
            files_in(whole, "p.zip")
    monkeypatch.setattr(packages, "MOST_DIRECTORY", 10)
    with pytest.raises(OfferUnreadable, match="There are too many files in"):
        files_in(whole, "p.zip")
