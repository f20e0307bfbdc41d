"""A tender as the notices of its procurement tell of it, before it is awarded: what a council sets one up from.

Source: Open Contracting Data Standard 1.1 with the lots extension, as Find a Tender publishes it: `tender`, its `lots`,
their `value` and `contractPeriod`, and the `tenderPeriod` that ends with the deadline.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from tomsapp.domain.problems import Problem
from tomsapp.exchange.notices.process import Process, period_of, processes_in
from tomsapp.exchange.notices.releases import NoticeFile, releases_of
from tomsapp.exchange.notices.values import amount_at, british_clock, british_day, part_at, parts_at, text_at
from tomsapp.exchange.offer_file import OfferUnreadable, refusal
from tomsapp.exchange.sheets.bounds import MOST_TEXT
from tomsapp.reading.text_formats import Values
from tomsapp.room.frames import WrongForm

_POUNDS = "GBP"
MOST_TENDERS, MOST_LOTS = 1_000, 1_000
"""How many procurements and lots are read of a file; a tender has at most a hundred lots."""


@dataclass(frozen=True, slots=True)
class NoticedLot:
    """A lot as a notice tells of it.

    Attributes:
        value, value_with_vat: in pounds; None where the notice gives none, or another currency.
        start_on, end_on: the days in the United Kingdom.
    """

    title: str = ""
    value: Decimal | None = None
    value_with_vat: Decimal | None = None
    start_on: date | None = None
    end_on: date | None = None


@dataclass(frozen=True, slots=True)
class NoticedTender:
    """A tender as its notices tell of it; what they do not say is empty.

    Attributes:
        reference: what the buyer calls it.
        deadline_at: the time of day in the United Kingdom as "12:00"; empty where only a day is given.
        told: the notices: "notice 012345-2026 of 4 March 2026".
    """

    ocid: str
    reference: str
    title: str
    description: str
    buyer: str
    deadline_on: date | None
    deadline_at: str
    is_framework: bool
    lots: tuple[NoticedLot, ...]
    told: str


def read_tender_notices(files: Sequence[NoticeFile]) -> tuple[NoticedTender, ...]:
    """The procurements of some files of notices, in the order in which they are first told of.

    Raises:
        OfferUnreadable: one of them is no file of notices, there is none in them, or there are too many.
    """
    releases: list[Values] = []
    for file in files:
        found = releases_of(file)
        if isinstance(found, Problem):
            raise refusal(found)
        releases += found
    tenders = tuple(_tender(process) for process in processes_in(releases))
    if not tenders:
        raise OfferUnreadable("There is no notice", "Choose another file")
    if len(tenders) > MOST_TENDERS or any(len(tender.lots) > MOST_LOTS for tender in tenders):
        raise OfferUnreadable("There is too much in the notices", "Save the notice of the one tender, and choose that")
    return tenders


def _tender(process: Process) -> NoticedTender:
    tender = process.tender
    closes = text_at(tender, "tenderPeriod", "endDate")
    clock = british_clock(closes)
    has_time = clock is not None and ("T" in closes or ":" in closes)
    return NoticedTender(
        _cut(process.ocid),
        _cut(process.reference),
        _cut(text_at(tender, "title")),
        _cut(text_at(tender, "description")),
        _cut(process.buyer),
        None if clock is None else clock.date(),
        f"{clock:%H:%M}" if clock is not None and has_time else "",
        process.is_framework,
        tuple(_lots(tender)),
        _cut(process.told),
    )


def _lots(tender: Values) -> Iterator[NoticedLot]:
    """Its lots; where there is one, or none is named, what the tender says stands for what the lot does not."""
    lots = list(parts_at(tender, "lots"))
    if len(lots) > 1:
        yield from (_lot(lot, {}) for lot in lots)
    else:
        only = lots[0] if lots else {}
        yield _lot({**only, "title": ""}, tender)


def _lot(lot: Values, otherwise: Values) -> NoticedLot:
    value = part_at(lot, "value") or part_at(otherwise, "value")
    period = period_of(lot) or part_at(otherwise, "contractPeriod")
    is_pounds = (text_at(value, "currency") or _POUNDS) == _POUNDS
    return NoticedLot(
        _cut(text_at(lot, "title")),
        amount_at(value, "amount") if is_pounds else None,
        amount_at(value, "amountGross") if is_pounds else None,
        british_day(text_at(period, "startDate")),
        british_day(text_at(period, "endDate")),
    )


def _cut(text: str) -> str:
    return text[:MOST_TEXT]


# As the locked room tells of it


def plain_tender(tender: NoticedTender) -> dict[str, object]:
    """A tender as JSON can hold it."""
    return {
        "texts": [tender.ocid, tender.reference, tender.title, tender.description, tender.buyer, tender.told],
        "deadline": [_plain(tender.deadline_on), tender.deadline_at],
        "framework": tender.is_framework,
        "lots": [
            [lot.title, *map(_plain, (lot.value, lot.value_with_vat, lot.start_on, lot.end_on))] for lot in tender.lots
        ],
    }


def _plain(value: Decimal | date | None) -> str:
    if value is None:
        return ""
    return f"{value:f}" if isinstance(value, Decimal) else value.isoformat()


def tender_in(plain: object) -> NoticedTender:
    """The tender that plain values tell of.

    Raises:
        WrongForm: they tell of none.
    """
    if not isinstance(plain, Mapping):
        raise WrongForm("There is no tender")
    ocid, reference, title, description, buyer, told = _texts(plain.get("texts"), 6)
    day, at = _texts(plain.get("deadline"), 2)
    lots = plain.get("lots")
    if not isinstance(lots, list):
        raise WrongForm("There are no lots")
    found = tuple(_lot_in(_texts(lot, 5)) for lot in lots)
    is_framework = plain.get("framework") is True
    return NoticedTender(ocid, reference, title, description, buyer, _day(day), at, is_framework, found, told)


def _lot_in(texts: Sequence[str]) -> NoticedLot:
    title, value, with_vat, start, end = texts
    return NoticedLot(title, _amount(value), _amount(with_vat), _day(start), _day(end))


def _texts(plain: object, number: int) -> list[str]:
    if not isinstance(plain, list) or len(plain) != number or not all(isinstance(text, str) for text in plain):
        raise WrongForm("There are no texts")
    return plain


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise WrongForm("There is no day") from error


def _amount(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation as error:
        raise WrongForm("There is no amount") from error
