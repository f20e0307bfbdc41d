"""The web addresses that the pages of a finished PDF open."""

from collections.abc import Iterator
from io import BytesIO

import pikepdf


def web_links(data: bytes) -> Iterator[tuple[int, str]]:
    """Each link to an address, with its page (0 is the first)."""
    with pikepdf.open(BytesIO(data)) as pdf:
        for number, page in enumerate(pdf.pages):
            for note in page.obj.get("/Annots", []):
                if "/A" in note and "/URI" in note.A:
                    yield number, str(note.A.URI)
