"""The sheet around the story: bar, running head and foot, logo, and the mark of a draft."""

from dataclasses import dataclass
from typing import Final

from tomsapp.reports.logo import read_logo
from tomsapp.reports.styles import (
    BAR_HEIGHT,
    BORDER,
    FOOT,
    FOOT_MARK,
    PRIMARY,
    RUNNING,
    RUNNING_MARK,
    RUNNING_STRONG,
    SIDE_MARGIN,
    WARNING,
    Shape,
)
from tomsapp.reports.tags import TaggedCanvas
from tomsapp.reports.text import Line, Typesetter

_LOGO_HEIGHT: Final = 20.0
_MARK_INSET: Final = 9.0


@dataclass(frozen=True)
class RunningText:
    """What stands at the head and foot of every sheet.

    `note` says that an example council is not real; `document` is the name and reference of the document;
    `foot` names menu, edition, checksum, date and person. `logo` holds the bytes of a PNG or JPEG picture.
    `draft` is the sentence that stands under the foot of a paper that is not final ("Not signed, figures may
    change."), and `mark` the word that stands outlined in the head then. `history` says after which change of its
    database it was made.
    """

    council: str
    document: str
    foot: str
    note: str = ""
    logo: bytes = b""
    draft: str = ""
    mark: str = "DRAFT"
    history: str = ""


class Sheet:
    """Draws bar, running head and foot; all of it is pagination, not content."""

    def __init__(self, running: RunningText, typesetter: Typesetter, pages: int) -> None:
        self._running = running
        self._typesetter = typesetter
        self._pages = pages
        self._logo = read_logo(running.logo) if running.logo else None

    def draw(self, canvas: TaggedCanvas, shape: Shape, number: int) -> None:
        """Draw everything outside the body of page `number`."""
        left, right = SIDE_MARGIN, shape.width - SIDE_MARGIN
        with canvas.artifact("Pagination"):
            canvas.rectangle((0, shape.height - BAR_HEIGHT, shape.width, shape.height), PRIMARY)
            canvas.rule(left, right, shape.height - 47, BORDER, 0.8)
            canvas.rule(left, right, 46, BORDER, 0.8)
            canvas.text(self._head(canvas, left, right, shape.height - 38) + self._foot(left, right, number))

    def _head(
        self, canvas: TaggedCanvas, left: float, right: float, baseline: float
    ) -> list[tuple[Line, float, float]]:
        if self._logo is not None:
            left += self._draw_logo(canvas, left, baseline - 6) + 8
        line = self._typesetter.one_line
        document = line(self._running.document, RUNNING, (right - left) * 0.45)
        placed = [(document, right - document.width, baseline)]
        room = right - document.width - 12 - left
        if self._running.draft:
            mark = line(self._running.mark, RUNNING_MARK, room)
            x = right - document.width - 12 - mark.width - _MARK_INSET
            box = (x - _MARK_INSET, baseline - 5, x + mark.width + _MARK_INSET, baseline + 11)
            canvas.frame(box, WARNING, 1.2)
            placed.append((mark, x, baseline))
            room = box[0] - 12 - left
        # The note stands whole on every sheet; a long name of a council gives way to it.
        note = line(self._running.note, RUNNING, room)
        note_room = note.width + 13 if self._running.note else 0.0
        council = line(self._running.council, RUNNING_STRONG, max(room - note_room, 0.0))
        placed.append((council, left, baseline))
        if self._running.note:
            placed.append((note, left + council.width + 13, baseline))
        return placed

    def _draw_logo(self, canvas: TaggedCanvas, left: float, bottom: float) -> float:
        """Draw the logo and return its width in points."""
        wide, high = self._logo.getSize() if self._logo is not None else (0, 1)
        height = _LOGO_HEIGHT
        width = height * wide / high
        if width > 5 * _LOGO_HEIGHT:
            width, height = 5 * _LOGO_HEIGHT, 5 * _LOGO_HEIGHT * high / wide
        canvas.picture(self._logo, left, bottom + (_LOGO_HEIGHT - height) / 2, width, height)
        return width

    def _foot(self, left: float, right: float, number: int) -> list[tuple[Line, float, float]]:
        line = self._typesetter.one_line
        page = line(f"Page {number} of {self._pages}", FOOT, right - left)
        text = line(self._running.foot, FOOT, right - left - page.width - 16)
        placed = [(text, left, 33.5), (page, right - page.width, 33.5)]
        history = line(self._running.history, FOOT, right - left)
        if self._running.history:
            placed.append((history, right - history.width, 22.5))
            right -= history.width + 16
        for row, words in enumerate(self._draft_lines(right - left)):
            placed.append((words, left, 22.5 - 10.5 * row))
        return placed

    def _draft_lines(self, width: float) -> list[Line]:
        """Why the paper is not final, on two lines at most; the second is cut where it does not fit."""
        if not self._running.draft:
            return []
        text = f"{self._running.mark}: {self._running.draft}"
        lines = self._typesetter.lines(" ".join(text.split()), FOOT_MARK, width)
        if len(lines) <= 2:
            return lines
        rest = "".join(fragment.text for line in lines[1:] for fragment in line.fragments)
        return [lines[0], self._typesetter.one_line(rest, FOOT_MARK, width)]
