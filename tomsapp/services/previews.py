"""What can be shown of a kept file inside the program: pixels of a page or picture, or words, made in the locked room.

Nothing in a file is run, followed or filled in. Of any other kind there is no preview.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from tomsapp.reports.errors import ReportError
from tomsapp.reports.render import PageImage
from tomsapp.reports.seen import MOST_SIDE
from tomsapp.room.asking import Answer, Question
from tomsapp.room.frames import WrongForm
from tomsapp.room.limits import MEGABYTE, Limits
from tomsapp.services.strangers import ask_watched, understood

_LIMITS = Limits(memory=500 * MEGABYTE, seconds=15, answer=40 * MEGABYTE)
_REFUSALS = {"ReportError": ReportError}


class Shown(Enum):
    """What a preview is made of."""

    PAGE = "page"
    PICTURE = "picture"
    TEXT = "text"


_SHOWN = {
    "application/pdf": Shown.PAGE,
    "image/png": Shown.PICTURE,
    "image/jpeg": Shown.PICTURE,
    "text/plain": Shown.TEXT,
    "text/csv": Shown.TEXT,
}


@dataclass(frozen=True, slots=True)
class Preview:
    """A page or picture as pixels, or a text.

    Attributes:
        page: which page it is, 0 is the first.
        pages: how many there are.
        is_cut: whether only the beginning of a text is shown.
    """

    image: PageImage | None = None
    text: str = ""
    page: int = 0
    pages: int = 1
    is_cut: bool = False


def shown_as(media_type: str) -> Shown | None:
    """How a file of this kind is shown; None where there is no preview of it."""
    return _SHOWN.get(media_type)


def preview_of(data: bytes, name: str, shown: Shown, page: int = 0) -> Preview:
    """What is to be seen of a file whose bytes are here.

    Raises:
        ReportError: it cannot be shown.
        RoomError: it took too much memory or time, or ended what drew it.
    """
    answer = ask_watched(Question("previews", name, {"asked": shown.value, "page": page}, [data], _REFUSALS, _LIMITS))
    if shown is Shown.TEXT:
        return understood(name, lambda: _text(answer))
    return understood(name, lambda: _pixels(answer, page))


def _text(answer: Answer) -> Preview:
    (run,) = answer.runs
    return Preview(text=bytes(run).decode("utf-8"), is_cut=answer.told["is_cut"] is True)


def _pixels(answer: Answer, page: int) -> Preview:
    (run,) = answer.runs
    width, height, stride, pages = (answer.told[name] for name in ("width", "height", "stride", "pages"))
    if not (isinstance(width, int) and isinstance(height, int) and isinstance(stride, int) and isinstance(pages, int)):
        raise WrongForm("A picture has no size")
    # A page may be a pixel over by rounding.
    if not (0 < width <= MOST_SIDE + 1 and 0 < height <= MOST_SIDE + 1 and 4 * width <= stride):
        raise WrongForm("A picture has an impossible size")
    if len(run) != stride * height or not 0 <= page < pages:
        raise WrongForm("A picture is not as long as it says")
    return Preview(PageImage(width, height, stride, bytes(run)), page=page, pages=pages)
