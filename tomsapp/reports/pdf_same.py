"""Whether two objects of two PDFs say the same, all that they lead to included, however the files are written."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import pikepdf

from tomsapp.reports.attachments import unpacked
from tomsapp.reports.errors import ReportError

_HOW_WRITTEN = frozenset({"/Length", "/Filter", "/DecodeParms"})
_MOST_OBJECTS = 20_000_000
"""A file that leads to more is no paper of this program."""

_KINDS = (pikepdf.Array, pikepdf.Stream, pikepdf.Dictionary)

Numbers = Mapping[tuple[int, int], int]


def page_numbers(pdf: pikepdf.Pdf) -> Numbers:
    """The number of each page (0 is the first) by the number of its object."""
    return {page.obj.objgen: number for number, page in enumerate(pdf.pages)}


class SameObjects:
    """Compares objects of two PDFs; a page that they lead to is the same when its number is."""

    def __init__(self, theirs: pikepdf.Pdf, ours: pikepdf.Pdf) -> None:
        """Take a PDF of unknown origin, and the one that comes out."""
        self._pages = page_numbers(theirs), page_numbers(ours)
        self._seen: set[tuple[tuple[int, int], tuple[int, int]]] = set()

    def same(self, theirs: Any, ours: Any) -> bool:
        """Whether both say the same. What was compared once, and led here again, is not compared again."""
        waiting = [(theirs, ours)]
        while waiting:
            one, other = waiting.pop()
            parts = self._parts(one, other)
            if parts is None or len(self._seen) > _MOST_OBJECTS:
                return False
            waiting.extend(parts)
        return True

    def _parts(self, one: Any, other: Any) -> Iterable[tuple[Any, Any]] | None:
        """The parts that are left to compare; None where the two differ already."""
        if not isinstance(one, pikepdf.Object) or not isinstance(other, pikepdf.Object):
            return () if one == other else None
        if self._is_page(one, 0) or self._is_page(other, 1):
            return () if self._pages[0].get(one.objgen) == self._pages[1].get(other.objgen) else None
        if one.is_indirect and other.is_indirect:
            pair = one.objgen, other.objgen
            if pair in self._seen:
                return ()
            self._seen.add(pair)
        return _inner_parts(one, other)

    def _is_page(self, found: pikepdf.Object, side: int) -> bool:
        return found.is_indirect and found.objgen in self._pages[side]


def _inner_parts(one: pikepdf.Object, other: pikepdf.Object) -> Iterable[tuple[Any, Any]] | None:
    if any(isinstance(one, kind) is not isinstance(other, kind) for kind in _KINDS):
        return None
    if isinstance(one, pikepdf.Array):
        return list(zip(one, other, strict=True)) if len(one) == len(other) else None
    if isinstance(one, pikepdf.Stream):
        return _entries(one, other, _HOW_WRITTEN) if same_stream(one, other) else None
    if isinstance(one, pikepdf.Dictionary):
        return _entries(one, other, ())
    return () if one == other else None


def _entries(one: Any, other: Any, without: Collection[str]) -> list[tuple[Any, Any]] | None:
    keys = [set(each.keys()) - set(without) for each in (one, other)]
    return [(one[key], other[key]) for key in keys[0]] if keys[0] == keys[1] else None


def same_stream(theirs: Any, ours: Any) -> bool:
    """Whether two streams hold the same bytes; of unknown origin no more is unpacked than they would have."""
    expected: bytes = ours.read_bytes()
    try:
        return unpacked(theirs, len(expected)) == expected
    except (ReportError, pikepdf.PdfError, ValueError, RuntimeError):
        return False
