"""What is shown of a kept file: made in the locked room, and nothing but pixels or words comes out."""

import io

import pytest
from PIL import Image
from reportlab.pdfgen import canvas

from tomsapp.reports.errors import ReportError
from tomsapp.room.errors import EndedUnexpectedly
from tomsapp.services import previews
from tomsapp.services.evidence import media_type
from tomsapp.services.in_room.previews import MOST_LETTERS
from tomsapp.services.previews import Shown, preview_of, shown_as


def picture(kind="PNG", mode="RGB", size=(60, 20), colour="red", **more):
    file = io.BytesIO()
    Image.new(mode, size, colour).save(file, kind, **more)
    return file.getvalue()


def pdf(*words, size=(300, 200), **more):
    file = io.BytesIO()
    made = canvas.Canvas(file, pagesize=size, **more)
    for word in words:
        made.drawString(20, 100, word)
        made.showPage()
    made.save()
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        (picture(), Shown.PICTURE),
        (picture("JPEG"), Shown.PICTURE),
        (pdf("one"), Shown.PAGE),
        (b"Dear council", Shown.TEXT),
        (b"a,b\n1,2\n3,4\n", Shown.TEXT),
        (b"PK\x03\x04 something", None),
        (b"\xd0\xcf\x11\xe0 old workbook", None),
    ],
)
def test_what_has_a_preview_is_known_by_its_content(data, shown):
    assert shown_as(media_type(data)) is shown


def test_a_page_is_drawn_and_how_many_there_are_is_told():
    data = pdf("first", "second")
    first, second = (preview_of(data, "log.pdf", Shown.PAGE, page) for page in (0, 1))
    assert (first.pages, first.page, second.page) == (2, 0, 1)
    assert (first.image.width, first.image.height) == (600, 400)
    assert len(first.image.data) == first.image.stride * 400
    assert first.image.data != second.image.data


@pytest.mark.parametrize("page", [-1, 2])
def test_a_page_that_is_not_there_is_refused(page):
    with pytest.raises(ReportError, match="no such page"):
        preview_of(pdf("first", "second"), "log.pdf", Shown.PAGE, page)


def test_a_picture_is_made_smaller_upright_and_stands_on_white():
    found = preview_of(picture(mode="RGBA", size=(4000, 1000), colour=(255, 0, 0, 0)), "a.png", Shown.PICTURE)
    assert (found.image.width, found.image.height) == (1600, 400)
    assert found.image.data[:3] == b"\xff\xff\xff"
    turned = Image.Exif()
    turned[0x0112] = 6
    found = preview_of(picture("JPEG", size=(60, 20), exif=turned.tobytes()), "a.jpg", Shown.PICTURE)
    assert (found.image.width, found.image.height) == (20, 60)


def test_a_text_is_shown_without_signs_that_steer_anything():
    found = preview_of("Über\r\n\x1b[2J\u202egpj.exe".encode(), "a.txt", Shown.TEXT)
    assert "\x1b" not in found.text
    assert "\u202e" not in found.text
    assert found.text.startswith("Über\n")
    assert not found.is_cut
    long = preview_of(b"a" * (MOST_LETTERS + 1), "a.txt", Shown.TEXT)
    assert (len(long.text), long.is_cut) == (MOST_LETTERS, True)


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        (b"%PDF-1.7 and nothing", Shown.PAGE),
        (picture()[:40], Shown.PICTURE),
        (b"\x89PNG\r\n\x1a\n", Shown.PICTURE),
        (b"\xff\xfe\x00\xd8", Shown.TEXT),
        (b"GIF89a" + b"\x00" * 40, Shown.PICTURE),
    ],
)
def test_what_is_damaged_is_refused_with_what_to_do(data, shown):
    with pytest.raises(ReportError) as refused:
        preview_of(data, "odd", shown)
    assert refused.value.fix == "Open it with its own program, if you know who sent it"


def test_a_picture_with_far_too_many_pixels_is_refused():
    with pytest.raises(ReportError, match="far more pixels"):
        preview_of(picture(mode="1", size=(20_000, 20_000), colour=0), "a.png", Shown.PICTURE)
    with pytest.raises(ReportError, match="far more pixels"):
        preview_of(picture(mode="1", size=(11_000, 11_000), colour=0), "a.png", Shown.PICTURE)


def test_a_script_in_a_pdf_is_never_run_and_only_pixels_come_out():
    data = pdf("harmless").replace(
        b"/Type /Catalog", b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >> /Type /Catalog"
    )
    found = preview_of(data, "log.pdf", Shown.PAGE)
    assert found.image is not None
    assert found.text == ""


@pytest.mark.parametrize(
    ("told", "run"),
    [
        ({}, b""),
        ({"width": "1", "height": 1, "stride": 4, "pages": 1}, b"abcd"),
        ({"width": 100_000, "height": 1, "stride": 400_000, "pages": 1}, b"a" * 400_000),
        ({"width": 1, "height": 2, "stride": 4, "pages": 1}, b"abcd"),
        ({"width": 1, "height": 1, "stride": 4, "pages": 0}, b"abcd"),
    ],
)
def test_an_answer_that_a_file_took_over_is_not_believed(monkeypatch, told, run):
    monkeypatch.setattr(previews, "ask_watched", lambda _question: previews.Answer(told, (memoryview(run),)))
    with pytest.raises(EndedUnexpectedly):
        preview_of(b"", "odd.png", Shown.PICTURE)
