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
from tomsapp.domain.tender.pack import PackIdentity
from tomsapp.domain.tender.tender_offer import TenderOffer
from tomsapp.exchange import offer_json, workbook_offer
from tomsapp.exchange.offer_file import MOST_BYTES, OfferFile, OfferUnreadable, usable, with_answers
from tomsapp.exchange.result_json import result_of, result_of_problems, write_result
from tomsapp.exchange.tenders.offer_json import judged_values
from tomsapp.menufiles.catalogue import Catalogue
from tomsapp.menufiles.errors import MenuNotInstalled
from tomsapp.reading import source as reading
from tomsapp.reading.kinds import FileKind
from tomsapp.reading.receipt import Receipt, receipt_of
from tomsapp.services.bidder_offers import OfferRefused, answers_a_tender, judge_offer
from tomsapp.services.pack_files import is_pack
from tomsapp.services.strangers import OpenedOffer, open_offer


class OfferProblems(TomsError):
    """An offer whose contract facts are too wrong to value anything, with every Problem."""

    def __init__(self, file: str, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{file} cannot be valued", "; ".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class ValuedOffer:
    """An offer from a file, valued and checked under the menu edition that it names.

    `own_total` says of a workbook how its own total stands beside the program's; empty where a file states none.
    `receipt` is of the file, where the offer comes from one. `tender` and `pack` are there where a bidder made it for a
    tender, and the pack's values and rules judge it.
    """

    file: str
    checked: CheckedOffer
    edition: MenuEdition
    area: Area | None
    policy: Policy | None
    own_total: str = ""
    receipt: Receipt | None = None
    tender: TenderOffer | None = None
    pack: PackIdentity | None = None

    @property
    def tender_words(self) -> str:
        """Who offers for which lot, and which pack judges it; empty for an offer that is for no tender."""
        if self.tender is None or self.pack is None:
            return ""
        name = self.tender.bidder.name.strip() or "An organisation without a name"
        return f"{name}, lot {self.tender.lot}. Judged by {self.pack.words}"


def value_offer_file(catalogue: Catalogue, path: Path) -> ValuedOffer:
    """Read, value and check the offer in a JSON file or a workbook.

    Raises:
        OfferUnreadable: the file cannot be read as an offer; says what to do.
        OfferProblems: its contract facts are too wrong to value anything, or its edition is not installed.
        MenuError: that edition is installed and has errors.
    """
    data, opened = _opened(path)
    return _valued(catalogue, data, opened, path.name)


def value_any_offer(catalogue: Catalogue, path: Path, pack: Path | None = None) -> ValuedOffer:
    """Read, value and check the offer in a file, a bidder's offer for a tender too.

    Such an offer is judged by the values and rules of its pack: the file `pack`, or else one beside the offer.

    Raises:
        OfferUnreadable, OfferProblems, MenuError: as `value_offer_file`. The pack of a bidder's offer is not there or
            cannot be read, or the offer answers another one.
    """
    data, opened = _opened(path)
    if not answers_a_tender(opened):
        if pack is not None:
            raise OfferUnreadable(f"{path.name} is no bidder’s offer, so no pack judges it", "Leave the pack out")
        return _valued(catalogue, data, opened, path.name)
    try:
        judged = judge_offer(opened, path, pack)
    except OfferRefused as refused:
        raise OfferProblems(path.name, refused.problems) from refused
    asked, read = judged.pack.file.pack, judged.read
    return ValuedOffer(
        path.name,
        replace(judged.checked, problems=(*judged.own, *judged.checked.problems)),
        judged.pack.edition,
        asked.area,
        asked.policy,
        read.own_total,
        receipt_of(data, path.name, datetime.now(UTC), read.problems, opened.kind),
        read.offer,
        judged.pack.file.identity,
    )


def _valued(catalogue: Catalogue, data: bytes, opened: OpenedOffer, file: str) -> ValuedOffer:
    try:
        read = _offer_in(catalogue, opened, file)
        valued = value_read_offer(catalogue, read, file)
        return replace(valued, receipt=receipt_of(data, file, datetime.now(UTC), read.problems, opened.kind))
    except MenuNotInstalled as error:
        where = Where(file=file, field="edition")
        problem = Problem("unknown-edition", Severity.ERROR, error.message, error.fix, where, key="unknown-edition")
        raise OfferProblems(file, (problem,)) from error


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
    result = result_of(valued.checked)
    if valued.tender is not None and valued.pack is not None:
        result["tender"] = judged_values(valued.tender, valued.pack)
    return write_result(result)


def problems_json(problems: tuple[Problem, ...]) -> bytes:
    """The Problems of an offer that could not be valued, as JSON (docs/formats.md)."""
    return write_result(result_of_problems(problems))


def read_offer_file(catalogue: Catalogue, path: Path) -> tuple[bytes, FileKind, OfferFile]:
    """The bytes of a file, what it is, and the offer in it, by what it holds.

    Raises:
        OfferUnreadable: it is missing, too large, or not an offer, or a bidder made it for a tender.
        RoomError: it took too much memory or time, or ended what read it.
    """
    data, opened = _opened(path)
    return data, opened.kind, _offer_in(catalogue, opened, path.name)


def _opened(path: Path) -> tuple[bytes, OpenedOffer]:
    data = read_bytes(path)
    return data, open_offer(data, path.name)


def _offer_in(catalogue: Catalogue, opened: OpenedOffer, file: str) -> OfferFile:
    if answers_a_tender(opened):
        raise OfferUnreadable(f"{file} is a bidder’s offer for a tender", "Value it: “tomsapp value FILE --pack PACK”")
    if is_pack(opened):
        raise OfferUnreadable(f"{file} is the pack of a tender, and no offer", "Name the offer, and this with --pack")
    if opened.book is not None:
        return workbook_offer.offer_in_book(opened.book, file, catalogue.load)
    return offer_json.offer_of(opened.values or {}, file)


def read_bytes(path: Path) -> bytes:
    """The bytes of a file that a person named.

    Raises:
        OfferUnreadable: it is missing, a folder, not readable, or over 20 MB.
    """
    return usable(reading.read_bytes(path, MOST_BYTES))
