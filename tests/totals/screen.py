"""What a person reads in the window: the totals of the Overview under filters, and of each contract on its page."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from tomsapp.domain.delivered_portfolio import DELIVERED_GROUPINGS
from tomsapp.domain.portfolio import COMMITTED_GROUPINGS, Grouping
from tomsapp.gui.delivery.delivery_tab import DeliveryTab
from tomsapp.gui.pages.contract_page import ContractPage
from tomsapp.gui.pages.overview_page import OverviewPage
from tomsapp.gui.session import Session
from tomsapp.services.contracts import list_contracts
from tomsapp.services.delivery_held import HAS_DELIVERIES
from tomsapp.services.overview import Filters

STATES = ("due", "claimed", "evidenced", "accepted")
_POUNDS = re.compile(r"(−?)£([\d,]+\.\d\d)")


def pounds_in(words: str) -> list[Decimal]:
    """Every amount in words, in their order."""
    return [Decimal(f"{'-' if sign else ''}{digits.replace(',', '')}") for sign, digits in _POUNDS.findall(words)]


@dataclass(frozen=True)
class Committed:
    """What the side Commitments shows under filters: proxy and real pounds, and how many commitments."""

    filters: Filters
    social_value: Decimal
    real_pounds: Decimal
    commitments: int


@dataclass(frozen=True)
class Delivered:
    """What the side Delivery shows under filters, each state in proxy pounds and in real ones."""

    filters: Filters
    pounds: dict[str, Decimal]
    real: dict[str, Decimal]


@dataclass(frozen=True)
class OfContract:
    """What the page of a contract shows; of a draft nothing is delivered.

    Attributes:
        counted: what of the social value can be counted: lines with errors are left out of every total.
    """

    social_value: Decimal
    real_pounds: Decimal
    counted: Decimal
    delivered: dict[str, Decimal]
    real_delivered: dict[str, Decimal]


class Screen:
    """The window over a council: its pages, and what was read off them."""

    def __init__(self, session: Session, until: date, dice: random.Random) -> None:
        self.session = session
        self.overview = OverviewPage(session)
        self.contract = ContractPage(session)
        self.contract.set_tab_widget("delivery", lambda: DeliveryTab(session, until))
        self.windows: list[QWidget] = [self.overview, self.contract, self.contract.panel()]
        self.overview.resize(1278, 700)
        for window in self.windows:
            window.show()
        self.overview.delivered._on_day(until)
        self.committed = [self._committed(filters) for filters in self._filters(dice, COMMITTED_GROUPINGS)]
        self.press("delivery")
        self.delivered = [self._delivered(filters) for filters in self._filters(dice, DELIVERED_GROUPINGS)]
        self.wards = self._wards()
        self.contracts = {row.id: self._contract(row.id, row.status in HAS_DELIVERIES) for row in self._rows()}

    def close(self) -> None:
        """Close every window."""
        for window in self.windows:
            window.close()
            window.deleteLater()

    def _rows(self) -> list:
        return [row for row in list_contracts(self.session.workspace) if row.commitments]

    def press(self, side: str) -> None:
        """Show the side of the Overview."""
        self.overview.side.set_current(side)
        self.overview._on_side(side)

    def _filters(self, dice: random.Random, groupings: tuple[Grouping, ...]) -> Iterator[Filters]:
        """None, the first ones of the window, and some rows of a grouping that is drawn."""
        yield Filters()
        offered = [each for each in groupings if self.overview.filter_bar.chips.get(each) is not None]
        offered = [each for each in offered if len(self._keys(each)) > 1]
        for grouping in dice.sample(offered, 2):
            keys = self._keys(grouping)
            yield Filters(keys={grouping: frozenset(dice.sample(keys, max(1, len(keys) // 2)))})

    def _keys(self, grouping: Grouping) -> list[str]:
        cube = self.overview._cube
        assert cube is not None
        return [member.key for member in cube.groups[grouping].members] if grouping in cube.groups else []

    def show(self, filters: Filters) -> None:
        """Show the Overview under other filters."""
        self.overview.filter_bar.set_filters(filters)
        self.overview._on_filters(self.overview.filter_bar.filters)

    def _committed(self, filters: Filters) -> Committed:
        self.show(filters)
        heads, known = self.overview.summary.headlines, self.overview.known.totals.text()
        found = [pounds_in(card.accessibleName()) for card in (heads.social, heads.real)]
        many = re.search(r"([\d,]+) commitments?\.", known)
        social, real = ((each or [Decimal(0)])[0] for each in found)
        return Committed(self.overview.filter_bar.filters, social, real, int(many[1].replace(",", "")) if many else 0)

    def _delivered(self, filters: Filters) -> Delivered:
        self.show(filters)
        if self.overview.no_match.isVisible():
            nothing = dict.fromkeys(("committed", *STATES), Decimal(0))
            return Delivered(self.overview.filter_bar.filters, nothing, nothing)
        told = [pounds_in(card.accessibleName()) for card in self.overview.delivery.headlines.cards]
        names = ("committed", *STATES)
        return Delivered(
            self.overview.filter_bar.filters,
            {name: amounts[0] for name, amounts in zip(names, told, strict=True)},
            {name: amounts[-1] for name, amounts in zip(names, told, strict=True)},
        )

    def _wards(self) -> dict[str, tuple[Decimal, Decimal]]:
        """What was due and accepted of each ward, as the table by ward shows it without filters."""
        self.show(self.delivered[0].filters)
        states = self.overview.delivery.states
        states.show_grouping(Grouping.WARD)
        return {
            shown.row.name: (shown.pounds.due, shown.pounds.accepted)
            for shown in states.table(Grouping.WARD).model().shown_rows()
        }

    def _contract(self, number: int, is_signed: bool) -> OfContract:
        page = self.contract
        page.show_target(number)
        panel = page.forms.panel
        social, real = (pounds_in(figure.text())[0] for figure in (panel._total, panel._real))
        admitted = pounds_in(panel._admitted.text())
        counted = admitted[0] if admitted else social
        if not is_signed:
            return OfContract(social, real, counted, {}, {})
        page.show_tab("delivery")
        card = page.findChild(DeliveryTab).section("quarters").totals
        told = {name: pounds_in(getattr(card, name).pounds.text())[0] for name in STATES}
        handed = {name: pounds_in(getattr(card, name).real.text())[0] for name in ("due", "accepted")}
        page.show_tab("commitments")
        return OfContract(social, real, counted, told, handed)
