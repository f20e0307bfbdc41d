"""In the room: looks through a PDF of unknown origin, and gives what is asked of it: files, words, differences."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import islice

from tomsapp.exchange.offer_file import refusal
from tomsapp.reading.kinds import FileKind, unexpected
from tomsapp.reports.attachments import made_by_version, read_attachments
from tomsapp.reports.pdf_bounds import look_at_bytes
from tomsapp.reports.pdf_look import look_through
from tomsapp.reports.render import printed_text
from tomsapp.room.child import Answered
from tomsapp.room.plain import plain_bytes
from tomsapp.services.printed_pages import page_differences, unknown_figures
from tomsapp.services.printed_parts import unknown_part_words

_FILES = "files"
MOST_LINES = 10_000
"""So many sentences about one paper; more help nobody."""


def work(values: Mapping[str, object], runs: Sequence[bytes]) -> Answered:
    """Answer what is asked of a PDF by the name `asked`.

    Raises:
        OfferUnreadable: it is no PDF.
        ReportError: it is locked, damaged, or too much.
    """
    data = runs[0]
    other = unexpected(data, str(values["file"]), {FileKind.PDF}, "a PDF valuation")
    if other is not None:
        raise refusal(other)
    # Its files are read without all the rest of it, which may not be ours at all; that is looked at where it is read.
    if values["asked"] == _FILES:
        look_at_bytes(data)
    else:
        look_through(data)
    return _ANSWERS[str(values["asked"])](values, runs)


def _files(values: Mapping[str, object], runs: Sequence[bytes]) -> Answered:  # noqa: ARG001 - as all of them are asked
    found = read_attachments(runs[0])
    return {"names": list(found)}, list(found.values())


def _text(values: Mapping[str, object], runs: Sequence[bytes]) -> Answered:  # noqa: ARG001
    return {}, [plain_bytes(printed_text(runs[0]))]


def _version(values: Mapping[str, object], runs: Sequence[bytes]) -> Answered:  # noqa: ARG001
    return {}, [plain_bytes(made_by_version(runs[0]))]


def _differences(values: Mapping[str, object], runs: Sequence[bytes]) -> Answered:  # noqa: ARG001
    return _lines(page_differences(runs[0], runs[1]))


def _figures(values: Mapping[str, object], runs: Sequence[bytes]) -> Answered:
    known = values["known"]
    numbers = {Decimal(number) for number in known} if isinstance(known, list) else set()
    return _lines(unknown_figures(runs[0], numbers))


def _parts(values: Mapping[str, object], runs: Sequence[bytes]) -> Answered:
    files = values["files"]
    names = frozenset(map(str, files)) if isinstance(files, list) else frozenset[str]()
    return _lines(unknown_part_words(runs[0], names, runs[1]))


def _lines(lines: Iterable[str]) -> Answered:
    return {}, [plain_bytes(list(islice(lines, MOST_LINES)))]


_ANSWERS: Mapping[str, Callable[[Mapping[str, object], Sequence[bytes]], Answered]] = {
    _FILES: _files,
    "text": _text,
    "version": _version,
    "differences": _differences,
    "figures": _figures,
    "parts": _parts,
}
