"""The one judge of a council's logo: what prints it reads it here, and so does Settings when it is chosen."""

from io import BytesIO
from typing import Final

from PIL import Image, UnidentifiedImageError
from reportlab.lib.utils import ImageReader

from tomsapp.reports.errors import ReportError

MOST_PIXELS: Final = 4_000_000
"""A PDF with a larger picture is refused when it is read (`pdf_look.py`)."""
_UNREADABLE: Final = ("The logo cannot be read", "Choose a PNG or JPEG picture")


def read_logo(data: bytes) -> ImageReader:
    """A logo as it is printed.

    Raises:
        ReportError: it is no PNG or JPEG picture, it is damaged, or it has more than 4 million pixels.
    """
    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise _too_large(f"It has {picture.width:,} by {picture.height:,} pixels")
            return ImageReader(picture.convert("RGBA"))
    except Image.DecompressionBombError as error:
        raise _too_large("It has far more pixels than are printed") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise ReportError(*_UNREADABLE) from error


def _too_large(why: str) -> ReportError:
    return ReportError(f"The logo is too large. {why}", "Use a picture of at most 2,000 by 2,000 pixels")
