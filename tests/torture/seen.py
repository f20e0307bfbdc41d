"""Whether two PDFs show and give the same: to PDFium more finely than `verify` looks, to qpdf, and to Poppler."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from typing import Any, TypeAlias

import pikepdf

from tomsapp.reports.attachments import read_attachments
from tomsapp.reports.render import PdfPages

Look: TypeAlias = "Callable[[bytes], Iterable[object]]"
"""What is seen of a PDF or taken out of it, one thing after the other."""

_SCALE = 2.0
_DOTS_AN_INCH = "60"
_SECONDS = 60


def is_seen_alike(whole: bytes, other: bytes, *, thoroughly: bool) -> bool:
    """Whether the other shows and gives what the whole one does; `thoroughly` asks Poppler too, where it is there."""
    looks: list[Look] = [_given, _drawn]
    if thoroughly:
        looks += [_extracted, _drawn_by_poppler] if shutil.which("pdftoppm") else []
    return all(_is_alike(look, whole, other) for look in looks)


def _is_alike(look: Look, whole: bytes, other: bytes) -> bool:
    try:
        return all(one == kept for one, kept in zip_longest(look(other), _kept(look, whole)))
    except Exception:  # noqa: BLE001 - whatever ends the reading of it: it is no longer seen
        return False


@lru_cache(maxsize=8)
def _kept(look: Look, data: bytes) -> Sequence[object]:
    return list(look(data))


def _drawn(data: bytes) -> Iterator[object]:
    """Every page as PDFium draws it, and its words."""
    pages = PdfPages(data)
    try:
        for number in range(len(pages)):
            yield pages.text(number)
            yield _sum(pages.image(number, _SCALE).data)
    finally:
        pages.close()


def _given(data: bytes) -> Iterator[object]:
    """What it carries and says of itself: files, title, metadata, headings, links, and what is read aloud."""
    with pikepdf.open(BytesIO(data)) as pdf:
        metadata: Any = pdf.Root.Metadata
        with pdf.open_outline() as outline:
            headings = str(outline)
        yield read_attachments(data)
        yield {str(name): str(value) for name, value in pdf.docinfo.items()}
        yield metadata.read_bytes(), headings
        yield [[_link(note) for note in page.obj.get("/Annots", []) if "/A" in note] for page in pdf.pages]
        yield sorted(_aloud(pdf))


def _link(note: Any) -> tuple[str, list[float]]:
    return str(note.A.get("/URI", "")), [float(side) for side in note.Rect]


def _aloud(pdf: pikepdf.Pdf) -> Iterator[tuple[str, str, str, str]]:
    """What each part of the structure is, and the words that stand for it."""
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and "/S" in each and "/P" in each:
            yield str(each.S), *(str(each.get(key, "")) for key in ("/ActualText", "/Alt", "/E"))


def _extracted(data: bytes) -> Iterator[object]:
    """The words as Poppler extracts them, with their places."""
    yield from _asked_of("pdftotext", data, "-bbox")


def _drawn_by_poppler(data: bytes) -> Iterator[object]:
    yield from _asked_of("pdftoppm", data, "-r", _DOTS_AN_INCH)


def _asked_of(program: str, data: bytes, *options: str) -> Sequence[object]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paper.pdf"
        path.write_bytes(data)
        out = [str(Path(folder) / "out")]
        subprocess.run([program, *options, str(path), *out], check=True, capture_output=True, timeout=_SECONDS)
        return [(file.name, _sum(file.read_bytes())) for file in sorted(Path(folder).glob("out*"))]


def _sum(data: bytes) -> str:
    return sha256(data).hexdigest()
