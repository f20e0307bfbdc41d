"""The releases of notices in a file, whichever of the forms of the Open Contracting Data Standard it has."""

from collections.abc import Iterator
from dataclasses import dataclass

from tomsapp.domain.problems import Problem
from tomsapp.exchange.notices.values import parts_at
from tomsapp.exchange.offer_file import MOST_BYTES
from tomsapp.reading.kinds import FileKind, kind_of, wrong_kind
from tomsapp.reading.text_formats import Values, read_json


@dataclass(frozen=True, slots=True)
class NoticeFile:
    """A file with notices."""

    name: str
    data: bytes


def releases_of(file: NoticeFile) -> list[Values] | Problem:
    """The releases of a file, or why it is no file of notices."""
    kind = kind_of(file.data)
    if kind is not FileKind.NOTICES:
        return wrong_kind(kind, file.name, "a notice of Find a Tender (OCDS JSON)")
    values = read_json(file.data, file.name, MOST_BYTES)
    return values if isinstance(values, Problem) else list(_releases_in(values))


def _releases_in(values: Values) -> Iterator[Values]:
    """The releases of a package, of the records of one, or the one that stands alone."""
    yield from parts_at(values, "releases")
    for record in parts_at(values, "records"):
        yield from parts_at(record, "releases")
    if "ocid" in values:
        yield values
