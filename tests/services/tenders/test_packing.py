"""The folder of a pack: what was issued, whole or not at all, and the same bytes each time."""

import io
import zipfile
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pypdfium2
import pytest
from docx import Document

from tests.services.tenders.build import NOW, begin_tender, opened
from tests.services.tenders.test_issuing import said
from tomsapp.domain.errors import TomsError
from tomsapp.domain.tender.acts import TenderActKind
from tomsapp.exchange.sheets.opening import open_workbook
from tomsapp.exchange.tenders.book_stamp import read_book_stamp
from tomsapp.menufiles.errors import MenuError
from tomsapp.services.failures import NotFound, StoreError
from tomsapp.services.tenders import packing
from tomsapp.services.tenders.issuing import issue, version_bytes
from tomsapp.services.tenders.packing import make_pack, save_pack, write_pack_folder
from tomsapp.services.tenders.parts import LOTS
from tomsapp.services.tenders.reading import find_tender

NAME = "T-2026-003 pack version 1"
FILES = [
    f"{NAME}.tomspack",
    f"{NAME} lot 1 workbook.xlsx",
    f"{NAME} lot 2 workbook.xlsx",
    f"{NAME} guide for bidders.pdf",
    f"{NAME} guide for bidders.docx",
    "How to answer a tender.pdf",
]


def issued(workspace):
    page = begin_tender(workspace)
    issue(workspace, page, said(TenderActKind.ISSUE, version=1), NOW)
    return page.id


@pytest.fixture
def made(ann):
    return make_pack(ann, issued(ann))


def words_of_pdf(data):
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))


def test_every_file_names_the_pack_that_was_issued(ann, tmp_path):
    number = issued(ann)
    written = write_pack_folder(ann, number, tmp_path)
    assert written.folder == tmp_path / NAME
    assert sorted(path.name for path in written.folder.iterdir()) == sorted(FILES)
    data = version_bytes(ann, number, 1)
    assert (written.folder / FILES[0]).read_bytes() == data
    digest = sha256(data).hexdigest()
    assert written.made.identity.sha256 == digest
    for lot, name in enumerate(FILES[1:3], start=1):
        stamp = read_book_stamp(open_workbook((written.folder / name).read_bytes(), name), name)
        assert (stamp.pack, stamp.lot) == (written.made.identity, lot)
    assert digest in words_of_pdf((written.folder / FILES[3]).read_bytes())
    document = Document(str(written.folder / FILES[4]))
    assert digest in "".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    with zipfile.ZipFile(written.packed) as archive:
        assert archive.namelist() == [f"{NAME}/{name}" for name in FILES]
        assert all(archive.read(f"{NAME}/{name}") == (written.folder / name).read_bytes() for name in FILES)
        assert {entry.date_time for entry in archive.infolist()} == {(2027, 1, 4, 9, 30, 0)}
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_the_same_version_gives_the_same_bytes_whatever_was_done_since(ann, tmp_path):
    number = issued(ann)
    first = write_pack_folder(ann, number, tmp_path)
    zipped = first.packed.read_bytes()
    page = opened(ann, number)
    LOTS.save(ann, page, page.lots[0], replace(page.lots[0].record, title="Halls"))
    again = make_pack(ann, number)
    assert (dict(again.files), again.packed) == (dict(first.made.files), first.made.packed)
    assert write_pack_folder(ann, number, tmp_path).packed.read_bytes() == zipped, "writing it again is no error"


def test_the_newest_version_is_written(ann, tmp_path):
    number = issued(ann)
    page = opened(ann, number)
    LOTS.save(ann, page, page.lots[0], replace(page.lots[0].record, title="Halls"))
    issue(ann, opened(ann, number), said(TenderActKind.AMEND, version=2), NOW + timedelta(days=1))
    made = make_pack(ann, number)
    assert (made.name, made.identity.version) == ("T-2026-003 pack version 2", 2)
    guide = made.files["T-2026-003 pack version 2 guide for bidders.pdf"]
    assert "What was changed in version 2" in words_of_pdf(guide)


def test_a_tender_that_was_not_issued_has_no_pack(ann, tmp_path):
    page = begin_tender(ann)
    assert find_tender(ann, " T-2026-003 ") == page.id
    with pytest.raises(StoreError, match="T-2026-003 was not issued"):
        write_pack_folder(ann, page.id, tmp_path / "packs")
    with pytest.raises(NotFound, match="There is no tender with the reference T-9"):
        find_tender(ann, "T-9")


@pytest.mark.parametrize("server", ["sqlite"])
def test_a_folder_that_holds_something_else_is_left_as_it_is(made, tmp_path):
    own = tmp_path / NAME
    own.mkdir()
    (own / "notes.txt").write_text("Mine", encoding="utf-8")
    with pytest.raises(TomsError, match="holds something else"):
        save_pack(made, tmp_path)
    assert [path.name for path in own.iterdir()] == ["notes.txt"]
    assert not (tmp_path / f"{NAME}.zip").exists()
    changed = tmp_path / "changed"
    changed.mkdir()
    written = save_pack(made, changed)
    (written.folder / FILES[0]).write_bytes(b"{}")
    with pytest.raises(TomsError, match="holds something else"):
        save_pack(made, changed)


@pytest.mark.parametrize("server", ["sqlite"])
def test_what_cannot_be_written_leaves_nothing(made, tmp_path, monkeypatch):
    with pytest.raises(TomsError, match="The pack cannot be written"):
        save_pack(made, tmp_path / "nowhere")
    file = tmp_path / "file"
    file.write_bytes(b"")
    with pytest.raises(TomsError, match="The pack cannot be written"):
        save_pack(made, file)
    target = tmp_path / "out"
    target.mkdir()

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr("pathlib.Path.rename", refuse)
        with pytest.raises(TomsError, match="Permission denied"):
            save_pack(made, target)
    assert list(target.iterdir()) == []
    whole = packing.write_whole

    def full(path, data):
        if path.suffix == ".docx":
            raise MenuError("No space left", "Free some")
        whole(path, data)

    monkeypatch.setattr(packing, "write_whole", full)
    with pytest.raises(MenuError, match="No space"):
        save_pack(made, target)
    assert list(target.iterdir()) == []


@pytest.mark.parametrize("server", ["sqlite"])
def test_the_zip_opens_as_it_is(made):
    with zipfile.ZipFile(io.BytesIO(made.packed)) as archive:
        assert archive.testzip() is None
