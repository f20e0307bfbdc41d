"""What was changed from one version of a pack to the next, in sentences that bidders read."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tomsapp.domain.errors import as_sentence
from tomsapp.domain.facts import Fact, FactKind
from tomsapp.domain.keys import Names, change_in_words, theme_key
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.record_type import RecordType, differences
from tomsapp.domain.tender.asked import BidderQuestion
from tomsapp.domain.tender.lot import LOT, Lot
from tomsapp.domain.tender.pack import Pack
from tomsapp.domain.tender.question import QUESTION
from tomsapp.domain.tender.tender import TENDER, Tender
from tomsapp.domain.tender.tender_measure import TENDER_MEASURE
from tomsapp.domain.wording import format_date, format_pounds, small_first

_APART = frozenset({"notes", "status", "deadline_on", "deadline_at", "deadline_zone", "spend", "number", "measure"})
"""What bidders do not read, what names a record, and what is told in words of its own."""


def pack_changes(before: Pack, after: Pack, edition: MenuEdition) -> tuple[str, ...]:
    """What differs between two versions, in sentences and in the order of the pack; nothing where nothing does.

    `edition` is that of the later version, which says what measures and themes are called.
    """
    words = _Words(_names(after, edition), edition)
    found = (
        *_council(before, after),
        *words.facts(TENDER, before.tender, after.tender),
        *_deadline(before.tender, after.tender),
        *words.records(LOT, _lots(before), _lots(after)),
        *words.records(TENDER_MEASURE, _measures(before), _measures(after)),
        *words.records(QUESTION, _questions(before), _questions(after)),
        *_answers(before.answered, after.answered),
        *_held_against(before, after),
    )
    return tuple(map(as_sentence, found))


def _names(pack: Pack, edition: MenuEdition) -> Mapping[str, Names]:
    """What keys are called, by the fact that they stand in."""
    wards = pack.area.wards if pack.area is not None else ()
    return {
        "places": {ward.code: ward.name for ward in wards},
        "mandatory_themes": {theme_key(edition.code, theme.number): theme.title for theme in edition.themes},
    }


def _lots(pack: Pack) -> dict[int, Lot]:
    return {lot.number: lot for lot in pack.lots}


def _measures(pack: Pack) -> dict[str, Any]:
    return {measure.measure: measure for measure in pack.measures}


def _questions(pack: Pack) -> dict[int, Any]:
    return {question.number: question for question in pack.questions}


class _Words:
    """Tells what differs between records of a kind."""

    def __init__(self, names: Mapping[str, Names], edition: MenuEdition) -> None:
        self._names = names
        self._edition = edition

    def records(self, kind: RecordType[Any], before: Mapping[Any, Any], after: Mapping[Any, Any]) -> Iterator[str]:
        """What was changed in records, which came in and which went, in the order in which they stand now."""
        for key, record in after.items():
            if key not in before:
                yield f"{self._called(kind, record)}: new"
                continue
            for told in (*self.facts(kind, before[key], record), *_spend(kind, before[key], record)):
                yield f"{self._called(kind, record)}, {small_first(told)}"
        for key, record in before.items():
            if key not in after:
                yield f"{self._called(kind, record)}: taken out"

    def _called(self, kind: RecordType[Any], record: Any) -> str:
        if kind is TENDER_MEASURE:
            return self._edition.name_of(record.measure)
        return f"{kind.noun.capitalize()} {record.number}"

    def facts(self, kind: RecordType[Any], before: object, after: object) -> Iterator[str]:
        """What was changed in one record: "Weight of price: 35 instead of 40"."""
        for fact in differences(kind.facts, before, after):
            if fact.name not in _APART:
                yield f"{fact.label}: {self._change(fact, getattr(before, fact.name), getattr(after, fact.name))}"

    def _change(self, fact: Fact, before: Any, after: Any) -> str:
        if fact.keys is not None:
            return change_in_words(before, after, self._names[fact.name])
        if fact.kind is FactKind.LONG:
            return "changed"
        return _instead(self._told(fact, before), self._told(fact, after))

    @staticmethod
    def _told(fact: Fact, value: Any) -> str:
        words = fact.words(value)
        return f"“{words}”" if words and fact.kind is FactKind.LINE else words


def _instead(before: str, after: str) -> str:
    if not before:
        return f"{after}, where nothing was said before"
    return f"{after} instead of {before}" if after else f"taken out; it was {before}"


def _council(before: Pack, after: Pack) -> Iterator[str]:
    if before.council != after.council:
        yield f"Council: {_instead(f'“{before.council}”', f'“{after.council}”')}"


def _deadline(before: Tender, after: Tender) -> Iterator[str]:
    if before.deadline_words != after.deadline_words:
        yield f"Deadline: {_instead(before.deadline_words, after.deadline_words)}"


def _spend(kind: RecordType[Any], before: Any, after: Any) -> Iterator[str]:
    if kind is LOT and before.spend != after.spend:
        yield f"Spend by year: {_instead(_spend_words(before), _spend_words(after))}"


def _spend_words(lot: Lot) -> str:
    """What is forecast: "2027/28 £600,000.00 and 2028/29 £600,000.00"; years without a name by their number."""
    labels = {year.index: year.label for year in lot.years}
    told = (f"{labels.get(each.year, f'year {each.year + 1}')} {format_pounds(each.amount)}" for each in lot.spend)
    return ", ".join(told)


def _answers(before: Iterable[BidderQuestion], after: Iterable[BidderQuestion]) -> Iterator[str]:
    """Questions are known by their day and their words; one that was worded anew is another one."""
    old = {(asked.asked_on, asked.question): asked.answer for asked in before}
    new = {(asked.asked_on, asked.question): asked.answer for asked in after}
    for key, answer in new.items():
        if key not in old:
            yield f"A bidder’s question of {format_date(key[0])} is answered"
        elif old[key] != answer:
            yield f"The answer to a bidder’s question of {format_date(key[0])}: changed"
    for key in old:
        if key not in new:
            yield f"A bidder’s question of {format_date(key[0])}: taken out"


def _held_against(before: Pack, after: Pack) -> Iterator[str]:
    if before.policy != after.policy:
        yield "The council’s policy rules: changed"
    if before.area != after.area:
        yield "The list of wards: changed"
