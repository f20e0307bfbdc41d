"""Offers in files: read, value and check them without a database."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from tomsapp.domain.area import Area
from tomsapp.domain.errors import TomsError
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.offer import CheckedOffer, Surroundings, checked_with, value_offer
from tomsapp.domain.policy import Policy
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.exchange import offer_json, workbook_offer
from tomsapp.exchange.offer_file import MOST_BYTES, OfferFile, usable, with_answers
from tomsapp.exchange.result_json import result_of, result_of_problems, write_result
from tomsapp.menufiles.catalogue import Catalogue
from tomsapp.menufiles.errors import MenuNotInstalled
from tomsapp.reading import source as reading
from tomsapp.reading.kinds import FileKind
from tomsapp.reading.receipt import Receipt, receipt_of
from tomsapp.services.strangers import open_offer


class OfferProblems(TomsError):
    """An offer whose contract facts are too wrong to value anything, with every Problem."""

    def __init__(self, file: str, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{file} cannot be valued", "; ".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class ValuedOffer:
    """An offer from a file, valued and checked under the menu edition that it names.

    `own_total` says of a workbook how its own total stands beside the program's; empty where a file states none.
    `receipt` is of the file, where the offer comes from one.
    """

    file: str
    checked: CheckedOffer
    edition: MenuEdition
    area: Area | None
    policy: Policy | None
    own_total: str = ""
    receipt: Receipt | None = None


def value_offer_file(catalogue: Catalogue, path: Path) -> ValuedOffer:
    """Read, value and check the offer in a JSON file or a workbook.

    Raises:
        OfferUnreadable: the file cannot be read as an offer; says what to do.
        OfferProblems: its contract facts are too wrong to value anything, or its edition is not installed.
        MenuError: that edition is installed and has errors.
    """
    try:
        data, kind, read = read_offer_file(catalogue, path)
        valued = value_read_offer(catalogue, read, path.name)
        return replace(valued, receipt=receipt_of(data, path.name, datetime.now(UTC), read.problems, kind))
    except MenuNotInstalled as error:
        where = Where(file=path.name, field="edition")
        problem = Problem("unknown-edition", Severity.ERROR, error.message, error.fix, where, key="unknown-edition")
        raise OfferProblems(path.name, (problem,)) from error


def value_read_offer(catalogue: Catalogue, read: OfferFile, file: str) -> ValuedOffer:
    """Value an offer that has been read, with its edition's own policy and area.

    Raises:
        OfferProblems: its contract facts are too wrong to value anything.
        MenuNotInstalled: the edition that it names is not installed; says which are.
        MenuError: that edition has errors.
    """
    if read.offer is None:
        raise OfferProblems(file, read.problems)
    edition = catalogue.load(read.menu, read.edition)
    policy = catalogue.policy(edition.policy) if edition.policy else None
    area = catalogue.area(edition.area) if edition.area else None
    checked = value_offer(read.offer, edition, Surroundings(policy=policy, area=area))
    problems = (*with_answers(read).problems, *checked.problems)
    checked = checked_with(checked.offer, checked.valuation, problems, policy)
    return ValuedOffer(file, checked, edition, area, policy, read.own_total)


def result_json(valued: ValuedOffer) -> bytes:
    """The figures, checks and Problems of a valued offer as JSON (docs/formats.md)."""
    return write_result(result_of(valued.checked))


def problems_json(problems: tuple[Problem, ...]) -> bytes:
    """The Problems of an offer that could not be valued, as JSON (docs/formats.md)."""
    return write_result(result_of_problems(problems))


def read_offer_file(catalogue: Catalogue, path: Path) -> tuple[bytes, FileKind, OfferFile]:
    """The bytes of a file, what it is, and the offer in it, by what it holds.

    Raises:
        OfferUnreadable: it is missing, too large, or not an offer.
        RoomError: it took too much memory or time, or ended what read it.
    """
    data = read_bytes(path)
    opened = open_offer(data, path.name)
    if opened.book is not None:
        return data, opened.kind, workbook_offer.offer_in_book(opened.book, path.name, catalogue.load)
    return data, opened.kind, offer_json.offer_of(opened.values or {}, path.name)


def read_bytes(path: Path) -> bytes:
    """The bytes of a file that a person named.

    Raises:
        OfferUnreadable: it is missing, a folder, not readable, or over 20 MB.
    """
    return usable(reading.read_bytes(path, MOST_BYTES))
