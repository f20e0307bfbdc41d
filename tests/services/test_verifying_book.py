"""Whether a menu book holds: its edition, its checksum, its pages, and the edition that is known here."""

import json
import re
from dataclasses import replace
from datetime import date
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from tests.pdf_overlay import with_overlay, words
from tests.portfolio import new_workspace
from tests.reports.conformance import faults_of
from tests.reports.valuations import MENUS
from tomsapp.config.paths import menus_dir
from tomsapp.domain.menu import EditionStatus, MenuEdition
from tomsapp.exchange.book_json import write_book
from tomsapp.exchange.made_with import MadeWith
from tomsapp.menufiles.catalogue import Catalogue
from tomsapp.menufiles.edition_reader import EditionReading, read_bundle_bytes, read_folder
from tomsapp.menufiles.publishing import publish
from tomsapp.reports.attachments import read_attachments
from tomsapp.reports.context import ReportContext
from tomsapp.reports.fonts import load_fonts
from tomsapp.reports.menu_book import build_menu_book
from tomsapp.reports.render import printed_text
from tomsapp.services.menu_books import book_attachments, built_book, edition_book, menu_book
from tomsapp.services.verification import Verification
from tomsapp.services.verifying import verify_pdf

MADE_ON = date(2026, 11, 29)
CONTEXT = ReportContext(MADE_ON, "Larkmere Council", "A. Okafor")
FONTS = load_fonts(menus_dir().parent / "resources" / "fonts")
SMALL = MENUS.read("barnet-council", "2023")


@lru_cache(maxsize=4)
def book(name: str = "barnet-council 2023") -> bytes:
    return edition_book(MENUS.read(*name.split()), MADE_ON, "Larkmere Council").data


def verify(data: bytes, folder: Path, menus: object = MENUS) -> Verification:
    path = folder / "book.pdf"
    path.write_bytes(data)
    return verify_pdf(menus, path)


def printed(edition: MenuEdition, reading: EditionReading = SMALL, **files: bytes | None) -> bytes:
    """A book that prints one edition and carries another, with other bytes or without some of its files."""
    carried = {item.name: item for item in book_attachments(reading.get_edition(), reading.bundle, CONTEXT)}
    for name, data in files.items():
        full = f"{name}.json"
        item = carried.pop(full)
        if data is not None:
            carried[full] = replace(item, data=data)
    return build_menu_book(edition, CONTEXT, FONTS, list(carried.values())).data


def other_values(reading: EditionReading) -> bytes:
    """The bytes of an edition with one of its unit values changed, in its file and among those that were fixed."""
    values = json.loads(reading.bundle)
    code = next(code for code, value in values["unit_values"].items() if isinstance(value, str))
    values["unit_values"][code] = "12345.67"
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@pytest.mark.parametrize("name", ["barnet-council 2023", "barnet-open 2026.1", "barnet-open 2026.2"])
def test_the_book_of_an_edition_that_ships_holds(name: str, tmp_path):
    found = verify(book(name), tmp_path)
    assert found.holds, found.lines
    edition = MENUS.load(*name.split())
    assert found.lines[0].startswith("book.pdf holds: every word and figure of its pages comes out again")
    assert edition.sha256 in found.lines[1]
    assert f"It is {name} as it is known here, byte for byte." in found.lines[1]
    assert (f"{name} was withdrawn on" in found.lines[-1]) is (edition.withdrawn_on is not None)


def test_the_file_that_a_book_carries_is_the_edition_as_it_was_published():
    carried = {item.name: item.data for item in book_attachments(SMALL.get_edition(), SMALL.bundle, CONTEXT)}
    assert sha256(carried["menu.json"]).hexdigest() == SMALL.get_edition().sha256
    assert read_bundle_bytes(carried["menu.json"]).get_edition().name == "barnet-council 2023"
    assert read_attachments(book())["menu.json"] == SMALL.bundle
    assert faults_of(book()) == []


def test_a_book_from_a_database_with_its_logo_holds_there_and_elsewhere(tmp_path):
    picture = BytesIO()
    Image.new("RGB", (40, 20), "navy").save(picture, "PNG")
    workspace = new_workspace(tmp_path)
    try:
        data = menu_book(workspace, "barnet-open", "2026.2", MADE_ON).data
        assert verify(data, tmp_path, workspace).holds
        assert verify(data, tmp_path).holds
    finally:
        workspace.close()
    context = replace(CONTEXT, logo=picture.getvalue(), is_example=True)
    data = built_book(SMALL.get_edition(), SMALL.bundle, context).data
    assert verify(data, tmp_path).holds


@pytest.mark.parametrize("text", ["£99.99", "J99", "Somebody"])
def test_what_is_drawn_on_a_page_is_found(text: str, tmp_path):
    found = verify(with_overlay(book(), words(text), 1), tmp_path)
    assert not found.holds
    assert f"{text} is printed on page 2 and does not come out." in found.lines


def test_a_link_that_opens_something_else_is_found(tmp_path):
    other = BytesIO()
    with pikepdf.open(BytesIO(book())) as opened:
        notes = (note for page in opened.pages for note in page.obj.get("/Annots", []))
        link = next(note for note in notes if "/A" in note and "/URI" in note.A)
        link.A.URI = "https://news.example/"
        opened.save(other)
    found = verify(other.getvalue(), tmp_path)
    assert not found.holds
    assert any(line.startswith("A link to https://news.example/ stands on page") for line in found.lines)
    assert any("comes out and does not stand on page" in line for line in found.lines)


def test_a_page_left_out_is_found(tmp_path):
    fewer = BytesIO()
    with pikepdf.open(BytesIO(book())) as opened:
        number = len(opened.pages)
        del opened.pages[1]
        opened.save(fewer)
    found = verify(fewer.getvalue(), tmp_path)
    assert f"The PDF has {number - 1} pages, and {number} come out." in found.lines
    assert any(line.startswith("A page that comes out is left out") for line in found.lines)


def test_pages_of_another_value_than_the_edition_are_found(tmp_path):
    richer = read_bundle_bytes(other_values(SMALL)).get_edition()
    found = verify(printed(replace(richer, sha256=SMALL.get_edition().sha256)), tmp_path)
    assert not found.holds
    assert any("£12,345.67" in line and "does not come out" in line for line in found.lines)
    assert any("comes out and is not printed" in line for line in found.lines)


def test_a_changed_edition_in_the_book_is_found(tmp_path):
    changed = other_values(SMALL)
    found = verify(printed(SMALL.get_edition(), menu=changed), tmp_path)
    other, own = sha256(changed).hexdigest(), SMALL.get_edition().sha256
    assert not found.holds
    assert (
        f"The attached edition is not the one that the book was made of: its SHA-256 is {other}, and the book names "
        f"{own}."
    ) in found.lines
    assert f"The SHA-256 of the attached edition, {other}, is not printed on the pages." in found.lines
    # The same text with spaces between is another file too.
    spaced = json.dumps(json.loads(SMALL.bundle)).encode()
    assert not verify(printed(SMALL.get_edition(), menu=spaced), tmp_path).holds


def test_a_book_that_was_made_of_a_changed_edition_is_found_by_the_one_that_ships(tmp_path):
    """Pages, checksum and attachment agree with each other, and not with what was published."""
    forged = read_bundle_bytes(other_values(SMALL))
    found = verify(edition_book(forged, MADE_ON).data, tmp_path)
    assert not found.holds
    own, other = SMALL.get_edition().sha256, forged.get_edition().sha256
    assert found.lines[1:] == (
        f"barnet-council 2023 was published with the SHA-256 {own}, as it is known here, and the book names {other}.",
    )


def test_an_edition_that_is_not_installed_is_held_to_its_own_checksum_and_that_is_said(tmp_path):
    empty = tmp_path / "menus"
    empty.mkdir()
    found = verify(book(), tmp_path, Catalogue([empty]))
    assert found.holds
    assert "barnet-council 2023 is not installed here, so it was held to its own checksum alone." in found.lines[1]


def test_a_missing_or_broken_edition_is_said(tmp_path):
    found = verify(printed(SMALL.get_edition(), menu=None), tmp_path)
    assert found.lines == (
        "book.pdf does not hold: 1 difference from barnet-council 2023.",
        "The attached file menu.json is missing.",
    )
    found = verify(printed(SMALL.get_edition(), menu=b'{"files": {}}'), tmp_path)
    assert not found.holds
    assert any(line.startswith("The attached edition has an error: ") for line in found.lines)


def test_a_book_that_gives_its_edition_another_name_is_found(tmp_path):
    other = replace(SMALL.get_edition(), edition="1999")
    named = write_book(other, MadeWith(MADE_ON, CONTEXT.council, CONTEXT.made_by, version=CONTEXT.version))
    found = verify(printed(SMALL.get_edition(), book=named), tmp_path)
    assert found.lines[1] == "The attached edition is barnet-council 2023, and the book names barnet-council 1999."


def draft_in(folder: Path, *, title: str = "A menu to be") -> Catalogue:
    """The installed menus, and a draft of the council's own menu."""
    target = folder / "menus" / "barnet-council" / "2027"
    target.mkdir(parents=True, exist_ok=True)
    for path in (menus_dir() / "barnet-council" / "2023").glob("*.toml"):
        if path.name not in {"published.toml", "examples.toml"}:
            text = path.read_text(encoding="utf-8").replace('status = "published"', 'status = "draft"')
            text = text.replace('edition = "2023"', 'edition = "2027"')
            if path.name == "menu.toml":
                text = re.sub(r"(?m)^title = .*$", f'title = "{title}"', text, count=1)
            (target / path.name).write_text(text, encoding="utf-8")
    return Catalogue([menus_dir(), folder / "menus"])


def test_the_book_of_a_draft_holds_and_says_that_it_is_one(tmp_path):
    menus = draft_in(tmp_path)
    assert menus.load("barnet-council", "2027").status is EditionStatus.DRAFT
    data = edition_book(read_folder(tmp_path / "menus" / "barnet-council" / "2027"), MADE_ON).data
    found = verify(data, tmp_path, menus)
    assert found.holds, found.lines
    assert "It is a draft, and barnet-council 2027 is still the same here. Its values may change." in found.lines[1]
    found = verify(data, tmp_path, draft_in(tmp_path, title="Another summary"))
    assert found.holds
    assert "It is a draft, and barnet-council 2027 has changed here since." in found.lines[1]
    assert not verify(with_overlay(data, words("£99.99"), 1), tmp_path, menus).holds
    folder = tmp_path / "menus" / "barnet-council" / "2027"
    published = publish(folder, MADE_ON)
    found = verify(data, tmp_path, Catalogue([menus_dir(), tmp_path / "menus"]))
    assert found.holds
    assert f"2027 has been published since, with the SHA-256 {published.sha256}." in found.lines[1]
    # And the other way round: published elsewhere, a draft here.
    data = edition_book(read_folder(folder), MADE_ON).data
    (folder / "published.toml").unlink()
    found = verify(data, tmp_path, draft_in(tmp_path))
    assert found.holds
    assert "2027 is still a draft here, so it was held to its own checksum alone." in found.lines[1]


def test_a_book_made_before_its_edition_was_withdrawn_holds_and_says_so(tmp_path):
    reading = MENUS.read("barnet-open", "2026.1")
    edition = replace(reading.get_edition(), status=EditionStatus.PUBLISHED, withdrawn_on=None, withdrawn_because="")
    data = built_book(edition, reading.bundle, CONTEXT).data
    assert "WITHDRAWN" not in printed_text(data)
    found = verify(data, tmp_path)
    assert found.holds, found.lines
    assert found.lines[-1].startswith("barnet-open 2026.1 was withdrawn on 29 November 2026.")


def test_a_book_that_calls_an_edition_withdrawn_that_is_not_is_found(tmp_path):
    edition = replace(SMALL.get_edition(), status=EditionStatus.WITHDRAWN, withdrawn_on=MADE_ON)
    found = verify(built_book(edition, SMALL.bundle, CONTEXT).data, tmp_path)
    assert found.lines[1:] == (
        "The book says that barnet-council 2023 was withdrawn on 29 November 2026. Here it is not.",
    )


def test_a_book_of_another_version_is_searched_for_figures_both_ways(tmp_path, monkeypatch):
    data = book()
    monkeypatch.setattr("tomsapp.__version__", "99.0")
    found = verify(data, tmp_path)
    assert found.holds, found.lines
    assert found.lines[0].startswith("book.pdf holds: every figure of its pages")
    assert found.lines[-1].endswith("so its words were not compared.")
    found = verify(with_overlay(data, words("£99.99"), 1), tmp_path)
    assert (found.holds, found.is_judged) == (False, False)
    assert "£99.99 is printed on page 2 and follows from nothing in the attachment." in found.lines
    fewer = BytesIO()
    with pikepdf.open(BytesIO(data)) as opened:
        for _ in range(len(opened.pages) - 2):
            del opened.pages[1]
        opened.save(fewer)
    found = verify(fewer.getvalue(), tmp_path)
    assert not found.holds
    assert any("is a unit value of the attached edition and is not printed" in line for line in found.lines)
