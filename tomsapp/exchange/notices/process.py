"""The contracts that the notices of one procurement tell of, the latest notice first asked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tomsapp.domain.wording import format_date, listed
from tomsapp.exchange.notices.values import british_day, part_at, parts_at, text_at, texts_at
from tomsapp.reading.text_formats import Values

_GONE = {"cancelled": "cancelled", "unsuccessful": "that found nobody", "pending": "not decided yet"}
"""What an award or a contract is that does not hold, by its status (awardStatus and contractStatus of the standard)."""
_ENDED = "terminated"
CONTRACT = "Contract"
"""The stage of what holds."""


@dataclass(frozen=True, slots=True)
class NoticedContract:
    """A contract as the notices of its procurement tell of it.

    Attributes:
        number: of the contract in its procurement; empty of a tender that is not awarded.
        stage: `CONTRACT`, or what it is instead: "Tender, not awarded", "Award that found nobody".
        value, period: the parts of the notices that say them; empty where none does.
        suppliers: the parties that it was awarded to.
        told: the notices: "Notice 012345-2026 of 4 March 2026".
    """

    ocid: str
    number: str
    stage: str
    reference: str
    title: str
    description: str
    buyer: str
    value: Values
    period: Values
    suppliers: tuple[Values, ...]
    is_framework: bool
    how_bought: str
    lots: str
    told: str


@dataclass(frozen=True)
class Process:
    """The notices of one procurement, from the first to the last.

    What a later one says of a party, an award or a contract holds; what it leaves out stays as it was.
    """

    ocid: str
    releases: Sequence[Values]
    _parts: dict[str, dict[str, Values]] = field(default_factory=dict)

    def contracts(self) -> Iterator[NoticedContract]:
        """Each contract, or where none was awarded the procurement itself."""
        awards, contracts = self._merged("awards"), self._merged("contracts")
        by_award = {text_at(one, "awardID") or name: one for name, one in contracts.items()}
        numbers = list(dict.fromkeys((*awards, *by_award)))
        for number in numbers:
            yield self._contract(number, awards.get(number, {}), by_award.get(number, {}), is_only=len(numbers) == 1)
        if not numbers:
            yield self._contract("", {}, {}, is_only=True)

    def _merged(self, name: str) -> dict[str, Values]:
        """The parts of a list by their ids, each with what all notices say of it."""
        if name not in self._parts:
            found: dict[str, Values] = {}
            for release in self.releases:
                for one in parts_at(release, name):
                    known = found.setdefault(text_at(one, "id"), {})
                    known |= {key: value for key, value in one.items() if value not in (None, "", [], {})}
            self._parts[name] = found
        return self._parts[name]

    @property
    def tender(self) -> Values:
        """What all notices say of the tender."""
        found: Values = {}
        for release in self.releases:
            found |= part_at(release, "tender")
        return found

    def _contract(self, number: str, award: Values, contract: Values, *, is_only: bool) -> NoticedContract:
        tender = self.tender
        lots = self._lots_of(tender, award, contract)
        places: tuple[Values, ...] = (
            contract,
            award,
            *(lots if len(lots) == 1 else ()),
            *((tender,) if is_only else ()),
        )
        lot_titles = [text_at(lot, "title") for lot in lots if text_at(lot, "title")]
        reference = self.reference
        return NoticedContract(
            ocid=self.ocid,
            number=number,
            stage=self._stage(award, contract, number),
            reference=f"{reference}/{number}" if reference and not is_only else reference,
            title=text_at(contract, "title")
            or text_at(award, "title")
            or _titled(text_at(tender, "title"), lot_titles),
            description=next(filter(None, (text_at(one, "description") for one in places)), ""),
            buyer=self.buyer,
            value=next(filter(None, (part_at(one, "value") for one in places)), {}),
            period=next(filter(None, (period_of(one) for one in places)), {}),
            suppliers=tuple(self._suppliers(award)),
            is_framework=self.is_framework,
            how_bought=text_at(tender, "procurementMethodDetails") or text_at(tender, "procurementMethod"),
            lots=listed(lot_titles) if lot_titles else "",
            told=self.told,
        )

    def _lots_of(self, tender: Values, award: Values, contract: Values) -> list[Values]:
        """The lots of an award; all of a tender where the notices do not say which."""
        wanted = set(texts_at(contract, "relatedLots")) | set(texts_at(award, "relatedLots"))
        lots = list(parts_at(tender, "lots"))
        return [lot for lot in lots if not wanted or text_at(lot, "id") in wanted]

    @property
    def reference(self) -> str:
        """What the buyer calls it; nothing where that is its open contracting ID."""
        reference = text_at(self.tender, "id")
        return "" if reference.casefold().startswith("ocds-") else reference

    @property
    def is_framework(self) -> bool:
        """Whether it is for a framework."""
        return "framework" in str(self.tender.get("techniques", "")).casefold()

    @property
    def told(self) -> str:
        """The notices: "notice 012345-2026 of 4 March 2026"."""
        return listed([_told(release) for release in self.releases])

    @property
    def buyer(self) -> str:
        """Who buys, by name."""
        parties = self._merged("parties")
        for release in reversed(self.releases):
            buyer = part_at(release, "buyer")
            name = text_at(buyer, "name") or text_at(parties.get(text_at(buyer, "id"), {}), "name")
            if name:
                return name
        buyers = (text_at(one, "name") for one in parties.values() if "buyer" in texts_at(one, "roles"))
        return next(buyers, "")

    def _suppliers(self, award: Values) -> Iterator[Values]:
        parties = self._merged("parties")
        for one in parts_at(award, "suppliers"):
            yield {**one, **parties.get(text_at(one, "id"), {})}

    def _stage(self, award: Values, contract: Values, number: str) -> str:
        if not number:
            status = text_at(self.tender, "status")
            return f"Tender, {'not awarded' if status not in {'cancelled', 'unsuccessful', 'withdrawn'} else status}"
        for words, one in (("Contract", contract), ("Award", award)):
            status = text_at(one, "status")
            if status in _GONE:
                return f"{words} {_GONE[status]}"
            if status == _ENDED:
                return f"{words} that was ended early"
        return CONTRACT


def period_of(values: Values) -> Values:
    """The days of a part, whichever name it has for them."""
    return part_at(values, "period") or part_at(values, "contractPeriod")


def _titled(title: str, lots: Sequence[str]) -> str:
    """The title of a tender, with that of the lot where there is one alone that is called otherwise."""
    lot = lots[0] if len(lots) == 1 else ""
    return f"{title}: {lot}" if title and lot and lot != title else title or lot


def _told(release: Values) -> str:
    day = british_day(text_at(release, "date"))
    of = f" of {format_date(day)}" if day is not None else ""
    return f"notice {text_at(release, 'id') or 'without a number'}{of}"


def processes_in(releases: Iterable[Values]) -> Iterator[Process]:
    """The procurements of many notices, by their open contracting IDs, in the order in which they are first told of."""
    found: dict[str, dict[str, Values]] = {}
    for release in releases:
        key = text_at(release, "id") or str(len(found))
        found.setdefault(text_at(release, "ocid"), {})[key] = release
    for ocid, by_number in found.items():
        yield Process(ocid, sorted(by_number.values(), key=_moment))


def _moment(release: Mapping[str, object]) -> str:
    return text_at(dict(release), "date")
