"""What was delivered of every contract to a day, for lists: a quarter of a million claims are added up at once.

The same figures as `delivery.open_delivery` gives for one contract, which a test holds them to. Contracts that were
varied, promise per pound, or use a surplus as a substitute are few, and are opened one by one.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from tomsapp.domain.contract_dates import ContractError
from tomsapp.domain.delivery.counting import Ratio, Sums, Totals, count_pence, count_units, due_by_default
from tomsapp.domain.delivery.delivery import adds_up
from tomsapp.domain.delivery.quarters import quarters_of
from tomsapp.domain.delivery.rating import Rated, Rating, count_ratings, rate
from tomsapp.domain.delivery.rules import DeliveryRules
from tomsapp.domain.errors import MenuError
from tomsapp.domain.menu import Measure, MenuEdition
from tomsapp.domain.money import from_scaled
from tomsapp.domain.seal import variations_in_force
from tomsapp.domain.units import UnitForm
from tomsapp.domain.valuation import pence_per_scaled, pounds_of, value_factor
from tomsapp.services.delivery import OpenDelivery, ReadDelivery
from tomsapp.services.delivery_held import HAS_DELIVERIES
from tomsapp.services.garbage import without_looking_for_garbage
from tomsapp.services.workspace import Workspace
from tomsapp.store.delivery_columns import DELIVERY_FIELDS
from tomsapp.store.readmodels import ContractListRow
from tomsapp.store.unit_of_work import UnitOfWork

_PLACES, _SHARE_PLACES = 4, 6
"""Units are whole ten-thousandths here, and shares whole millionths, as the columns of the store tell them."""


class DeliveredPounds(NamedTuple):
    """Proxy pounds of a contract to a day, as `figures.Amounts` has them; the fields are those of `counting.Sums`."""

    due: Decimal
    claimed: Decimal
    evidenced: Decimal
    accepted: Decimal
    provisional: Decimal
    surplus: Decimal


@dataclass(frozen=True, slots=True)
class DeliveredTotals:
    """What was delivered of a contract to a day.

    Attributes:
        ratings: how many commitments have each word.
        summary: accepted ÷ due in pounds, which is our summary and no rating of the Act.
        waiting: how many claims wait for a decision, whenever their quarter ends.
    """

    pounds: DeliveredPounds
    ratings: Mapping[Rating, int]
    summary: Rated
    waiting: int = 0


class _Line(NamedTuple):
    """A commitment that is not per pound; `share` in whole millionths."""

    number: int
    measure: str
    share: int


@dataclass
class _Read:
    """The columns of the store, put together by contract and commitment."""

    lines: dict[int, list[_Line]] = field(default_factory=lambda: defaultdict(list))
    promised: dict[int, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    planned: dict[int, dict[tuple[int, int], int]] = field(default_factory=lambda: defaultdict(dict))
    returned: dict[int, list[tuple[int, ...]]] = field(default_factory=lambda: defaultdict(list))


def delivered_totals(workspace: Workspace, until: date) -> dict[int, DeliveredTotals]:
    """The totals of every signed or closed contract to a day, by its number.

    Contracts whose dates make no years, or whose menu edition cannot be read, are left out.
    """
    with without_looking_for_garbage(), workspace.look() as uow:
        rows = [row for row in uow.lists.contracts() if row.status in HAS_DELIVERIES]
        one_by_one = _one_by_one(uow, rows)
        opened = {number: ReadDelivery.of(uow, number) for number in one_by_one}
        read, rules = _read(uow), uow.delivery_rules.now().record
    found: dict[int, DeliveredTotals] = {}
    ratios: dict[tuple[object, ...], Ratio] = {}
    for row in rows:
        try:
            if row.id in opened:
                found[row.id] = _told(opened[row.id].valued(workspace, until))
            else:
                edition = workspace.edition(row.menu, row.edition)
                found[row.id] = _Contract(row, edition, until, ratios).totals(read, rules)
        except (ContractError, MenuError):
            continue
    return found


def _one_by_one(uow: UnitOfWork, rows: Sequence[ContractListRow]) -> set[int]:
    """The contracts that the sums in whole numbers below do not know: varied, per pound, or with a substitute."""
    numbers = [row.id for row in rows]
    of_contract, substituted = uow.acts.by_contract(), uow.delivery_acts.substituted()
    varied = {
        row.id for row in rows if variations_in_force(row.status, [kept.act for kept in of_contract.get(row.id, ())])
    }
    per_pound = {line[0] for line in uow.lists.rate_lines(numbers)}
    return (varied | per_pound | substituted) & set(numbers)


def _read(uow: UnitOfWork) -> _Read:
    read = _Read()
    for texts in uow.lists.commitment_columns():
        for number, contract, share, measure, _ in zip(*map(json.loads, texts), strict=True):
            read.lines[contract].append(_Line(number, measure, share))
    for texts in uow.lists.quantity_columns():
        for number, year, quantity in zip(*map(json.loads, texts), strict=True):
            read.promised[number][year] = quantity
    for texts in uow.lists.plan_columns():
        for number, year, quarter, quantity in zip(*map(json.loads, texts), strict=True):
            read.planned[number][year, quarter] = quantity
    for texts in uow.lists.delivery_columns():
        for row in zip(*map(json.loads, texts), strict=True):
            read.returned[row[0]].append(row[1:])
    return read


_YEAR, _QUARTER, _CLAIMED, _EVIDENCED, _ACCEPTED, _PROVISIONAL, _REJECTED = range(len(DELIVERY_FIELDS) - 1)


def _waits(claim: Sequence[int]) -> bool:
    return claim[_CLAIMED] > claim[_ACCEPTED] + claim[_REJECTED]


class _Contract:
    """The sums of one contract to a day, in whole ten-thousandths of units and in pence."""

    def __init__(
        self, row: ContractListRow, edition: MenuEdition, until: date, ratios: dict[tuple[object, ...], Ratio]
    ) -> None:
        self._edition, self._number, self._years = edition, row.id, row.years
        self._ratios = ratios
        of_year: list[list[bool]] = [[] for _ in self._years]
        for each in quarters_of(row):
            of_year[each.quarter.year].append(each.ends_on <= until)
        self._quarters = [len(each) for each in of_year]
        self._ended = [sum(each) for each in of_year]
        self._last_year = max((year for year, ended in enumerate(self._ended) if ended), default=0)

    def totals(self, read: _Read, rules: DeliveryRules) -> DeliveredTotals:
        """What its commitments come to."""
        pence = [0] * len(Sums._fields)
        ratings: list[Rating] = []
        waiting, returned = 0, False
        for line in read.lines.get(self._number, ()):
            claims = read.returned.get(line.number, ())
            waiting += sum(map(_waits, claims))
            place = self._edition.places.get(line.measure)
            if place is None:
                continue
            due = self._due(place.measure, read.promised[line.number], read.planned[line.number])
            units, worth = self._counted(line, place.measure, due, claims)
            pence = [one + more for one, more in zip(pence, worth, strict=True)]
            is_returned = any(map(self._has_ended, claims))
            returned = returned or is_returned
            accepted, whole = from_scaled(units.accepted, _PLACES), from_scaled(units.due, _PLACES)
            ratings.append(rate(accepted, whole, rules, is_silent=not is_returned).rating)
        return _totals_of(DeliveredPounds(*map(pounds_of, pence)), ratings, rules, waiting, is_returned=returned)

    def _has_ended(self, claim: Sequence[int]) -> bool:
        """Whether a claim is for a quarter that ended."""
        year = claim[_YEAR]
        return year < len(self._ended) and claim[_QUARTER] <= self._ended[year]

    def _due(self, measure: Measure, promised: Mapping[int, int], planned: Mapping[tuple[int, int], int]) -> list[int]:
        """What is due in each year: by the plan where it fits the promise, else by default."""
        due = []
        for year, (quarters, ended) in enumerate(zip(self._quarters, self._ended, strict=True)):
            quantity = promised.get(year, 0)
            own = {quarter: planned[of, quarter] for of, quarter in planned if of == year}
            if own and sum(own.values()) == quantity and max(own) <= quarters:
                due.append(sum(each for quarter, each in own.items() if quarter <= ended))
            else:
                due.append(due_by_default(measure, quantity, _PLACES, quarters, ended))
        return due

    def _counted(
        self, line: _Line, measure: Measure, due: Sequence[int], claims: Sequence[Sequence[int]]
    ) -> tuple[Sums, Sums]:
        """What of a commitment counts, in units and in pence."""
        ratios = [self._ratio(line, measure, year) for year in range(len(due))]
        of_year = self._returned(measure, claims)
        if measure.unit.form is UnitForm.PERCENT:
            # A per cent of one year is none of another: each year is counted by itself.
            each = [
                (count_units([own], totals), count_pence([own], [ratio], totals, 0))
                for own, ratio, totals in zip(due, ratios, of_year, strict=True)
            ]
            return _without_surplus(_together(one for one, _ in each)), _without_surplus(
                _together(two for _, two in each)
            )
        totals = Totals(*(sum(own) for own in zip(*of_year, strict=True)))
        units, pence = count_units(due, totals), count_pence(due, ratios, totals, self._last_year)
        return (units, pence) if adds_up(measure) else (_without_surplus(units), _without_surplus(pence))

    def _returned(self, measure: Measure, claims: Sequence[Sequence[int]]) -> list[Totals]:
        """What was returned for the quarters of each year that ended: added up, or else the most of the year."""
        rows = [[(0, 0, 0, 0)] for _ in self._years]
        for claim in claims:
            year = claim[_YEAR]
            if self._has_ended(claim):
                standing = claim[_CLAIMED] - claim[_REJECTED]
                accepted = claim[_ACCEPTED]
                shown = min(claim[_EVIDENCED], standing)
                rows[year].append((standing, shown, accepted, accepted - claim[_PROVISIONAL]))
        added = adds_up(measure)
        return [Totals(*(sum(each) if added else max(each) for each in zip(*own, strict=True))) for own in rows]

    def _ratio(self, line: _Line, measure: Measure, year: int) -> Ratio:
        """The pence of one ten-thousandth of a unit; many lines are of one measure, so that it is worked out once."""
        starts = self._years[year].starts_on.year
        key = id(self._edition), line.measure, line.share, year, starts
        ratio = self._ratios.get(key)
        if ratio is None:
            value = measure.unit_value_in(starts)
            share = from_scaled(line.share, _SHARE_PLACES)
            ratio = (0, 1)
            if value is not None:
                factor = value_factor(measure, value.value, share, year, self._edition.discount_rate)
                ratio = pence_per_scaled(factor, _PLACES)
            self._ratios[key] = ratio
        return ratio


def _together(sums: Iterable[Sums]) -> Sums:
    return Sums(*map(sum, zip(*sums, strict=True)))


def _without_surplus(sums: Sums) -> Sums:
    return sums._replace(surplus=0)


def _told(opened: OpenDelivery) -> DeliveredTotals:
    """The totals of a contract that was opened."""
    figures = opened.delivered
    pounds = DeliveredPounds(*(getattr(figures.pounds, name) for name in DeliveredPounds._fields))
    waiting = sum(bool(each.record.undecided) for each in opened.deliveries)
    ratings = [line.rated.rating for line in figures.lines]
    return DeliveredTotals(pounds, count_ratings(ratings), figures.summary, waiting)


def _totals_of(
    pounds: DeliveredPounds, ratings: Iterable[Rating], rules: DeliveryRules, waiting: int, *, is_returned: bool
) -> DeliveredTotals:
    summary = rate(pounds.accepted, pounds.due, rules, pounds.provisional, in_pounds=True, is_silent=not is_returned)
    return DeliveredTotals(pounds, count_ratings(ratings), summary, waiting)
