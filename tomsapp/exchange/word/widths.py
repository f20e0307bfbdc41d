"""How wide the columns of a table in a Word file are: as they are shared out, and wide enough that no word is cut.

Programs that open the file set it in Arial or in a typeface of the same widths, which are those of Helvetica.
"""

from collections.abc import Iterable, Sequence
from itertools import islice

from tomsapp.domain.papers.council_paper import PaperTable

_ASCII = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
)  # fmt: skip
"""The widths of the signs from the space to the tilde in thousandths of the size."""
_OTHER = 600
"""Of any other sign; those of “£” and dashes are a little less."""
_TWIPS_OF_SIGN = 20 * 10
"""Twentieths of a point in the size in which tables are set."""
_BOLD_PER_CENT = 108
_EDGES = 2 * 108 + 30
"""The white at both sides of a cell, with its lines."""
_MOST_LOOKED_AT = 2000
"""Rows beyond these are not measured."""


def column_widths(table: PaperTable, width: int) -> list[int]:
    """The width of each column in twentieths of a point, which together are `width`.

    A column gets its share, or what its longest word asks for, taken from columns that have more than they need. Where
    the words together ask for more than there is, each gets its part of it, and the longest are cut.
    """
    shares = sum(column.share for column in table.columns)
    shared = [width * column.share // shares for column in table.columns]
    needs = [_need(texts, width // 2) for texts in _columns(table)]
    if sum(needs) > width:
        return _whole([width * need // sum(needs) for need in needs], width)
    missing = sum(max(0, need - own) for need, own in zip(needs, shared, strict=True))
    spare = sum(max(0, own - need) for need, own in zip(needs, shared, strict=True))
    given = [
        need if own <= need else own - missing * (own - need) // spare for need, own in zip(needs, shared, strict=True)
    ]
    return _whole(given, width)


def _whole(widths: list[int], width: int) -> list[int]:
    """The widths with what was lost in dividing given to the first column, so that the table is as wide as the text."""
    return [widths[0] + width - sum(widths), *widths[1:]]


def _columns(table: PaperTable) -> Iterable[Sequence[str]]:
    """The texts of each column, in bold first: its head, and its total where there is one."""
    rows = list(islice(table.rows, _MOST_LOOKED_AT))
    heads = tuple(column.head for column in table.columns)
    return zip(heads, table.total or heads, *rows, strict=True)


def _need(texts: Sequence[str], most: int) -> int:
    """What the longest word of a column asks for, the first two texts being bold; never more than `most`."""
    bold = max(map(_longest, texts[:2])) * _BOLD_PER_CENT // 100
    plain = max(map(_longest, texts[2:]), default=0)
    return min(most, max(bold, plain) * _TWIPS_OF_SIGN // 1000 + _EDGES)


def _longest(text: str) -> int:
    return max((sum(map(_width, word)) for word in text.split(" ")), default=0)


def _width(sign: str) -> int:
    place = ord(sign) - 32
    return _ASCII[place] if 0 <= place < len(_ASCII) else _OTHER
