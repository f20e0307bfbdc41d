"""A paper of the council: one frozen object, printed as a tagged PDF and as a Word file that can be edited.

Both say the same words and figures in the same order, since both are printed from this and nothing is worked out while
printing. Every text is data: it is never markup, a field or a formula.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum

from tomsapp.domain.wording import format_date

EXAMPLE_MARK = "Example council, not real."
LANGUAGE = "en-GB"


class TextKind(Enum):
    """What a paragraph is."""

    BODY = "body"
    LEAD = "lead"
    """What stands before the rest: what the paper is about, or how a table is read."""
    NOTE = "note"
    """Small, after what it belongs to."""
    MARKED = "marked"
    """A mark for whoever reads on, such as what is withheld."""


@dataclass(frozen=True, slots=True)
class PaperHeading:
    """A heading under the title: `level` 2, or 3 below one of them."""

    text: str
    level: int = 2

    @property
    def words(self) -> Iterator[str]:
        """The heading."""
        yield self.text


@dataclass(frozen=True, slots=True)
class PaperText:
    """A paragraph."""

    text: str
    kind: TextKind = TextKind.BODY

    @property
    def words(self) -> Iterator[str]:
        """The paragraph."""
        yield self.text


@dataclass(frozen=True, slots=True)
class PaperList:
    """Points under each other, at least one."""

    points: tuple[str, ...]

    @property
    def words(self) -> Iterator[str]:
        """The points in their order."""
        yield from self.points


@dataclass(frozen=True, slots=True)
class PaperColumn:
    """A column: its head, its part of the width, and whether figures stand at its right edge."""

    head: str
    share: int = 100
    right: bool = False


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table with a head of its own, rows, and perhaps a total. The first column names each row.

    Attributes:
        caption: what the table holds, over it.
        is_named: whether the heading right above names it, so that the caption is told to assistive technology alone.
        rows: at least one, each with a cell for each column.
        total: the cells of the last row, which is the sum of the others; empty where there is none.
    """

    caption: str
    columns: tuple[PaperColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()
    is_named: bool = False

    @property
    def words(self) -> Iterator[str]:
        """Caption, heads, cells and totals in reading order."""
        if not self.is_named:
            yield self.caption
        yield from (column.head for column in self.columns)
        for row in self.rows:
            yield from row
        yield from self.total


@dataclass(frozen=True, slots=True)
class PaperBar:
    """A bar of a chart: its name, how long it is, and its figure as it is told."""

    name: str
    amount: Decimal
    figure: str


@dataclass(frozen=True, slots=True)
class PaperChart:
    """Bars from the same zero on one scale, each with its name and figure; a table beside it is not needed to read it.

    Attributes:
        caption: what is drawn, over it.
        bars: at least one, from the top; an amount below nought is drawn as nothing, and its figure is told.
    """

    caption: str
    bars: tuple[PaperBar, ...]

    @property
    def alternative(self) -> str:
        """The chart in words, for whoever cannot see it."""
        return f"Bar chart. {self.caption}: {'; '.join(f'{bar.name} {bar.figure}' for bar in self.bars)}."

    @property
    def longest(self) -> Decimal:
        """What the whole width stands for."""
        return max(*(bar.amount for bar in self.bars), Decimal(1))

    @property
    def words(self) -> Iterator[str]:
        """The caption; what is drawn stands in `alternative`."""
        yield self.caption


@dataclass(frozen=True, slots=True)
class PaperPicture:
    """A picture that ships with the program, such as of a window.

    Attributes:
        caption: what it shows, under it.
        alternative: all that it shows, in words, for whoever cannot see it.
        name: of its file, without the ending.
        png: the picture itself.
    """

    caption: str
    alternative: str
    name: str
    png: bytes = field(repr=False)

    @property
    def words(self) -> Iterator[str]:
        """The caption; what is drawn stands in `alternative`."""
        yield self.caption


PaperBlock = PaperHeading | PaperText | PaperList | PaperTable | PaperChart | PaperPicture


@dataclass(frozen=True, slots=True)
class CouncilPaper:
    """A whole paper.

    Attributes:
        name: what kind of paper it is, for its file's name and the head of its pages: "FOI answer".
        title: its first heading.
        blocks: what it says, in reading order.
        notes: what must be known to read it, listed after it.
        sources: where each figure is from, listed last.
        council, made_on, made_by: whose paper it is, the day on which it was made, and who made it.
        is_example: the council is made up, which stands over the title.
        file: how its file is called where nobody names it, for a title that is too long for that; empty for the title.
        is_close: its pages are set smaller and closer, for a paper that must not have more of them.
    """

    name: str
    title: str
    blocks: tuple[PaperBlock, ...]
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    council: str = ""
    made_on: date = date.min
    made_by: str = ""
    is_example: bool = False
    file: str = ""
    is_close: bool = False

    @property
    def story(self) -> tuple[PaperBlock, ...]:
        """All that stands under the title: the mark of an example, the blocks, and the lists of notes and sources."""
        mark = (PaperText(EXAMPLE_MARK, TextKind.LEAD),) if self.is_example else ()
        return (*mark, *self.blocks, *_listed("Notes", self.notes), *_listed("Sources", self.sources))

    @property
    def made_words(self) -> str:
        """When it was made and by whom, for the foot of its pages: "Made 18 October 2027 by A. Okafor."."""
        by = f" by {self.made_by}" if self.made_by else ""
        return f"Made {format_date(self.made_on)}{by}."

    @property
    def charts(self) -> tuple[PaperChart, ...]:
        """Its charts, in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, PaperChart))

    @property
    def words(self) -> Iterator[str]:
        """Every text of the paper in reading order, as both files have it."""
        yield self.title
        for block in self.story:
            yield from block.words


def _listed(heading: str, points: Sequence[str]) -> tuple[PaperBlock, ...]:
    return (PaperHeading(heading), PaperList(tuple(points))) if points else ()
