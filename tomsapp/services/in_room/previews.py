"""In the room: draws a page or a picture, or decodes a text, and gives pixels or words alone."""

from collections.abc import Mapping, Sequence

from tomsapp.domain.signs import shown
from tomsapp.reading.encodings import decode_any
from tomsapp.reports.errors import ReportError
from tomsapp.reports.render import PageImage
from tomsapp.reports.seen import seen_page, seen_picture
from tomsapp.room.child import Answered

MOST_LETTERS = 40_000
"""So much of a text is shown; the rest is in the file."""


def work(values: Mapping[str, object], runs: Sequence[bytes]) -> Answered:
    """Show what `asked` names: a page, a picture or a text.

    Raises:
        ReportError: it cannot be shown.
    """
    asked, data = values["asked"], runs[0]
    if asked == "page":
        number = values["page"]
        image, pages = seen_page(data, number if isinstance(number, int) else 0)
        return _pixels(image, pages)
    return _pixels(seen_picture(data), 1) if asked == "picture" else _text(data)


def _pixels(image: PageImage, pages: int) -> Answered:
    told = {"width": image.width, "height": image.height, "stride": image.stride, "pages": pages}
    return told, [image.data]


def _text(data: bytes) -> Answered:
    decoded = decode_any(data)
    if decoded is None:
        raise ReportError("It is no text that can be read", "Open it with its own program, if you know who sent it")
    text = decoded.text[:MOST_LETTERS].replace("\r\n", "\n").replace("\r", "\n")
    plain = "".join(sign if sign in "\n\t" or sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)
    return {"is_cut": len(decoded.text) > MOST_LETTERS}, [shown(plain).encode("utf-8", "replace")]
