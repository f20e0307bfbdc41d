"""A page or a picture of unknown origin as pixels to look at: nothing in it is run, followed or filled in."""

from io import BytesIO
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from tomsapp.reports.errors import ReportError
from tomsapp.reports.render import PageImage, PdfPages

MOST_SIDE: Final = 1600
"""So many pixels wide or high at most: what a person looks at, not what is printed."""
_MOST_PIXELS: Final = 100_000_000
_MOST_SCALE: Final = 2.0
_UNREADABLE: Final = ("It cannot be shown", "Open it with its own program, if you know who sent it")


def seen_page(data: bytes, number: int) -> tuple[PageImage, int]:
    """A page of a PDF (0 is the first) as it is drawn, and how many pages there are.

    Raises:
        ReportError: it is no PDF, damaged, locked, or has no such page.
    """
    try:
        pages = PdfPages(data)
    except ReportError as error:
        raise ReportError("It is damaged or locked, and cannot be shown", _UNREADABLE[1]) from error
    try:
        if not 0 <= number < len(pages):
            raise ReportError("It has no such page", "Look at another one")
        longest = max(*pages.sizes[number], 1)
        return pages.image(number, min(_MOST_SCALE, MOST_SIDE / longest)), len(pages)
    finally:
        pages.close()


def seen_picture(data: bytes) -> PageImage:
    """A PNG or JPEG picture, no larger than is looked at, upright and on white.

    Raises:
        ReportError: it is none, damaged, or has far more pixels than a camera.
    """
    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise ReportError("It has far more pixels than a camera", _UNREADABLE[1])
            picture.draft("RGB", (MOST_SIDE, MOST_SIDE))
            picture.thumbnail((MOST_SIDE, MOST_SIDE))
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except Image.DecompressionBombError as error:
        raise ReportError("It has far more pixels than a camera", _UNREADABLE[1]) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise ReportError(*_UNREADABLE) from error
    ground = Image.new("RGBA", upright.size, "white")
    ground.alpha_composite(upright)
    plain = ground.convert("RGB")
    return PageImage(plain.width, plain.height, 4 * plain.width, plain.tobytes("raw", "BGRX"))
