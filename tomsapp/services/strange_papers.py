"""A PDF of unknown origin, of which all is read in the locked room: its files, words, and how it differs from another.

The functions are called as those of `reports` and `printed_pages` that they ask for there.
"""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.reports.errors import ReportError
from tomsapp.room.asking import Answer, Question
from tomsapp.room.frames import WrongForm
from tomsapp.room.limits import LARGE, MEGABYTE, Limits
from tomsapp.room.plain import value_in
from tomsapp.services.strangers import ask_watched, understood

MOST_BYTES = 60 * MEGABYTE
"""The largest PDF that is read."""
_THIS = "This PDF"
_FILES_READ = Limits(memory=130 * MEGABYTE, seconds=10)
"""What any PDF may take before it is known to be ours: of its objects only those are read that lead to its files."""
_FILES_TIMES = 7
"""How many times its size it may have of memory beside that: our portfolio of 10,000 contracts takes 157 MB."""
_DRAWN = Limits(memory=190 * MEGABYTE, seconds=30)
_DRAWN_TIMES = 110
"""How many times its size a paper may have of memory beside that: our portfolio of 10,000 contracts, of 13 MB and 1,941
pages, takes 1,320 MB and 25 seconds to be compared, and one of 1.6 MB 270 MB."""
_ERRORS = {"OfferUnreadable": OfferUnreadable, "ReportError": ReportError}


def read_attachments(data: bytes, file: str = _THIS) -> dict[str, bytes]:
    """The files attached to a PDF by name; an empty dict where there are none.

    Raises:
        OfferUnreadable: it is no PDF.
        ReportError: it is cut off, locked or damaged, or holds too much.
        RoomError: it took too much memory or time, or ended what read it.
    """
    answer = _asked("files", [data], {}, _FILES_READ.for_size(min(len(data), LARGE), _FILES_TIMES), file)

    def named() -> dict[str, bytes]:
        names = answer.told["names"]
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise WrongForm("The files have no names")
        return {name: bytes(run) for name, run in zip(names, answer.runs, strict=True)}

    return understood(file, named)


def made_by_version(data: bytes) -> str:
    """The version of this program that says it made a PDF; empty where another program did."""
    return _text("version", data)


def printed_text(data: bytes) -> str:
    """All the text of a PDF, with single spaces."""
    return _text("text", data)


def page_differences(data: bytes, again: bytes) -> Sequence[str]:
    """A sentence for each page or part that is not as it is printed again."""
    return _lines("differences", [data, again])


def unknown_figures(data: bytes, known: Collection[Decimal]) -> Sequence[str]:
    """A sentence for each amount, percentage or large number on the pages that is none of the known numbers."""
    return _lines("figures", [data], known=[str(number) for number in known])


def unknown_part_words(data: bytes, files: frozenset[str], again: bytes = b"") -> Sequence[str]:
    """A sentence for each part of a PDF that no version of this program writes."""
    return _lines("parts", [data, again], files=sorted(files))


def _asked(what: str, runs: Sequence[bytes], values: Mapping[str, object], limits: Limits, file: str) -> Answer:
    return ask_watched(Question("papers", file, {"file": file, "asked": what, **values}, runs, _ERRORS, limits))


def _drawn(runs: Sequence[bytes]) -> Limits:
    return _DRAWN.for_size(min(max(map(len, runs)), LARGE), _DRAWN_TIMES)


def _text(what: str, data: bytes) -> str:
    answer = _asked(what, [data], {}, _drawn([data]), _THIS)

    def text() -> str:
        found = value_in(answer.runs[0])
        if not isinstance(found, str):
            raise WrongForm("There is no text")
        return found

    return understood(_THIS, text)


def _lines(what: str, runs: Sequence[bytes], **values: object) -> Sequence[str]:
    answer = _asked(what, runs, values, _drawn(runs), _THIS)

    def lines() -> Sequence[str]:
        found = value_in(answer.runs[0])
        if not isinstance(found, list) or not all(isinstance(line, str) for line in found):
            raise WrongForm("There are no sentences")
        return found

    return understood(_THIS, lines)
