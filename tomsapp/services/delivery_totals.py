"""What was delivered of every contract to a day, for lists: a quarter of a million claims are added up at once.

The same figures as `delivery.open_delivery` gives for one contract, which a test holds them to. Contracts that were
varied, promise per pound, use a surplus as a substitute, or promise less than nothing are few, and are opened one by
one. After a change only the
contracts that changed are read again.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.contract_dates import ContractError
from tomsapp.domain.delivery.counting import Sums
from tomsapp.domain.delivery.rating import Rated, Rating, count_ratings, rate
from tomsapp.domain.delivery.rules import DeliveryRules
from tomsapp.domain.errors import MenuError
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.money import PENNY_PLACES, to_scaled
from tomsapp.domain.seal import variations_in_force
from tomsapp.domain.value_factor import pounds_of
from tomsapp.services.delivery import OpenDelivery, ReadDelivery
from tomsapp.services.delivery_held import HAS_DELIVERIES
from tomsapp.services.garbage import without_looking_for_garbage
from tomsapp.services.workspace import Workspace
from tomsapp.store.unit_of_work import UnitOfWork

# What adds up columns takes long to load, so it is loaded when the first totals are asked for.
if TYPE_CHECKING:
    from tomsapp.dashboards.delivered import DeliveredContract

_MOST_ANEW = 400
"""Where more contracts changed than this, all are read again."""


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
        pence: the pounds in pence.
        rated: how many commitments have each word, in the order of the words.
        rules: the bounds of the words.
        is_returned: whether any return for a quarter that ended is on record and was not withdrawn.
        waiting: how many claims wait for a decision, whenever their quarter ends.
    """

    pence: Sums
    rated: tuple[int, ...]
    rules: DeliveryRules
    is_returned: bool
    waiting: int = 0

    @property
    def pounds(self) -> DeliveredPounds:
        """Its proxy pounds."""
        return DeliveredPounds(*map(pounds_of, self.pence))

    @property
    def ratings(self) -> Mapping[Rating, int]:
        """How many commitments have each word."""
        return dict(zip(Rating, self.rated, strict=True))

    @property
    def summary(self) -> Rated:
        """Accepted ÷ due in pounds, which is our summary and no rating of the Act."""
        pounds = self.pounds
        is_silent = not self.is_returned
        return rate(pounds.accepted, pounds.due, self.rules, pounds.provisional, in_pounds=True, is_silent=is_silent)


class AllDelivered(dict[int, DeliveredTotals]):
    """The totals of contracts by their numbers, with the day and the moment of the database that they are of."""

    def __init__(self, found: Mapping[int, DeliveredTotals], until: date, change: int) -> None:
        super().__init__(found)
        self.until = until
        self.change = change


def delivered_totals(workspace: Workspace, until: date, last: AllDelivered | None = None) -> AllDelivered:
    """The totals of every signed or closed contract to a day, by its number; of `last` whatever did not change since.

    Contracts whose dates make no years, or whose menu edition cannot be read, are left out.
    """
    with without_looking_for_garbage(), workspace.look() as uow:
        change = uow.lists.change_number()
        anew = None if last is None or last.until != until else _changed(uow, last)
        if last is None or anew is None:
            return AllDelivered(_Reading(workspace, uow, until).totals(), until, change)
        found = {number: totals for number, totals in last.items() if number not in anew}
        if anew:
            found |= _Reading(workspace, uow, until, anew).totals()
    return AllDelivered(found, until, change)


def _changed(uow: UnitOfWork, last: AllDelivered) -> frozenset[int] | None:
    """The contracts that are to be read again; None for all of them."""
    if last.change == uow.lists.change_number():
        return frozenset()
    changed = uow.lists.contracts_changed(last.change)
    return None if changed is None or len(changed) > _MOST_ANEW else changed


class _Reading:
    """Reads all contracts, or a few, within one look at the database."""

    def __init__(
        self, workspace: Workspace, uow: UnitOfWork, until: date, numbers: Collection[int] | None = None
    ) -> None:
        self._workspace, self._uow, self._until, self._numbers = workspace, uow, until, numbers
        self._rules = uow.delivery_rules.now().record
        self._statuses: dict[int, ContractStatus] = {}
        self._editions: dict[tuple[str, str], MenuEdition | None] = {}

    def totals(self) -> dict[int, DeliveredTotals]:
        """The totals of each contract that has any."""
        from tomsapp.dashboards.delivered import DeliveredSource, delivered_sums

        contracts = list(self._contracts())
        alone = worked_out_alone(self._uow, self._statuses, self._numbers)
        lists, few = self._uow.lists, self._numbers
        source = DeliveredSource(
            lists.commitment_columns(few),
            lists.quantity_columns(few),
            lists.plan_columns(few),
            lists.delivery_columns(few),
        )
        found = {}
        for contract, each in zip(contracts, delivered_sums(contracts, source, self._rules), strict=True):
            if each is None:
                alone.add(contract.id)
            elif contract.edition is not None and contract.id not in alone:
                found[contract.id] = DeliveredTotals(
                    each.pence, each.ratings, self._rules, each.is_returned, each.waiting
                )
        for number in sorted(alone):
            try:
                opened = ReadDelivery.of(self._uow, number).valued(self._workspace, self._until)
            except (ContractError, MenuError):
                continue
            found[number] = _told(opened)
        return found

    def _contracts(self) -> Iterable[DeliveredContract]:
        """The contracts; those of which nothing is told have no edition."""
        from tomsapp.dashboards.delivered import Calendar, DeliveredContract, calendar_of

        for texts in self._uow.lists.delivered_contract_columns(self._numbers):
            for number, first, last, menu, edition, status in zip(*map(json.loads, texts), strict=True):
                start_on, end_on = date.fromisoformat(first), date.fromisoformat(last)
                self._statuses[number] = ContractStatus(status)
                calendar, read = Calendar((), ()), None
                if self._statuses[number] in HAS_DELIVERIES:
                    try:
                        calendar, read = calendar_of(start_on, end_on, self._until), self._edition(menu, edition)
                    except ContractError:
                        read = None
                yield DeliveredContract(number, start_on, calendar, read)

    def _edition(self, menu: str, edition: str) -> MenuEdition | None:
        """A menu edition; None where it cannot be read."""
        key = menu, edition
        if key not in self._editions:
            try:
                self._editions[key] = self._workspace.edition(menu, edition)
            except MenuError:
                self._editions[key] = None
        return self._editions[key]


def worked_out_alone(
    uow: UnitOfWork, statuses: Mapping[int, ContractStatus], numbers: Collection[int] | None
) -> set[int]:
    """The contracts that sums in columns do not know: varied, per pound, or with a substitute.

    Args:
        uow: the look at the database.
        statuses: of the contracts that are looked at, by their numbers.
        numbers: of which contracts promises per pound are read; None for all.
    """
    few = None if numbers is None else sorted(numbers)
    of_contract = uow.acts.by_contract(uow.acts.ever_varied())
    varied = {
        number
        for number, kept in of_contract.items()
        if number in statuses and variations_in_force(statuses[number], [each.act for each in kept])
    }
    per_pound = {line[0] for line in chain(uow.lists.rate_lines(few), uow.lists.empty_rate_lines(few))}
    found = varied | per_pound | uow.delivery_acts.substituted()
    return {number for number in found if statuses.get(number) in HAS_DELIVERIES}


def _told(opened: OpenDelivery) -> DeliveredTotals:
    """The totals of a contract that was opened."""
    figures = opened.delivered
    pence = Sums(*(to_scaled(getattr(figures.pounds, name), PENNY_PLACES) for name in Sums._fields))
    rated = tuple(count_ratings(line.rated.rating for line in figures.lines).values())
    waiting = sum(bool(each.record.undecided) for each in opened.deliveries)
    return DeliveredTotals(pence, rated, opened.rules.record, not figures.summary.is_silent, waiting)
