"""A picture of a council's paper, as wide as the page, in a thin frame."""

import io
from dataclasses import dataclass
from functools import cached_property

from PIL import Image
from reportlab.lib.utils import ImageReader

from tomsapp.reports.styles import BORDER_STRONG, Shape
from tomsapp.reports.tags import TaggedCanvas
from tomsapp.reports.text import Typesetter

_FRAME = 0.5


@dataclass(frozen=True)
class PaperPhoto:
    """A PNG as the pages of a PDF draw it."""

    png: bytes

    @cached_property
    def _picture(self) -> Image.Image:
        with Image.open(io.BytesIO(self.png), formats=("PNG",)) as opened:
            return opened.convert("RGB")

    @property
    def height(self) -> float:
        """Its height in points where it is as wide as the text."""
        return Shape.PORTRAIT.body_width * self._picture.height / self._picture.width

    def draw(self, canvas: TaggedCanvas, _typesetter: Typesetter, left: float, top: float, width: float) -> None:
        """Draw the picture downwards from the top edge."""
        height = width * self._picture.height / self._picture.width
        canvas.picture(ImageReader(self._picture), left, top - height, width, height)
        canvas.frame((left, top - height, left + width, top), BORDER_STRONG, _FRAME)
