"""The short route: a quote with one lot and a few measures, set up on one screen and scored by its figures alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from tomsapp.domain.errors import MenuError
from tomsapp.domain.tender.choices import Route
from tomsapp.domain.tender.lot import Lot
from tomsapp.domain.tender.setup import SetUp, SetUpProblem
from tomsapp.domain.tender.setup_checks import setup_problems
from tomsapp.domain.tender.tender import ALL_POINTS, Tender
from tomsapp.domain.tender.tender_measure import TenderMeasure
from tomsapp.services.tenders.facts import SetUpParts, add_whole, next_of

if TYPE_CHECKING:
    from tomsapp.domain.history import Stored
    from tomsapp.domain.menu import MenuEdition
    from tomsapp.domain.offer import Surroundings
    from tomsapp.services.changes import Done
    from tomsapp.services.workspace import Workspace

_SOCIAL = Decimal(20)
"""What social value gives of 100 points where no quote was set up before; price gives the rest."""


@dataclass(frozen=True, slots=True)
class QuoteStart:
    """What a new quote begins with, and what it is held against.

    Attributes:
        tender: its facts as they are most likely.
        edition: the menu edition; None where it cannot be read, see `trouble`.
        last: the measures of the last quote that the edition has.
        known: each measure as a tender or quote asked for it last, by its code.
    """

    tender: Tender
    edition: MenuEdition | None
    trouble: str
    surroundings: Surroundings
    last: tuple[TenderMeasure, ...]
    known: Mapping[str, TenderMeasure]

    def asked(self, code: str) -> TenderMeasure:
        """A measure with the reason for which it was asked before, and no target: that is another for each quote."""
        known = self.known.get(code)
        return TenderMeasure(code, relevance=known.relevance if known else "")


def quote_start(workspace: Workspace, year: int, menu: str, edition: str) -> QuoteStart:
    """Read what a new quote of a year begins with, under a menu edition."""
    with workspace.look() as uow:
        tenders = uow.tenders.all()
        measures = uow.tender_measures.by_tender(each.id for each in tenders)
        surroundings = workspace.surroundings(uow)
    in_order = sorted(tenders, key=lambda each: each.id)
    known = {one.record.measure: one.record for each in in_order for one in measures[each.id]}
    quotes = [each for each in in_order if each.record.route is Route.QUOTE]
    found, trouble = _edition(workspace, menu, edition)
    start = Tender(
        next_of([each.record for each in tenders], year, Route.QUOTE),
        contract_manager=workspace.who,
        menu=menu,
        edition=edition,
        route=Route.QUOTE,
        price_weight=ALL_POINTS - _SOCIAL,
        social_weight=_SOCIAL,
    )
    last: tuple[TenderMeasure, ...] = ()
    if quotes:
        before = quotes[-1].record
        if not before.quality_weight:
            start = replace(start, price_weight=before.price_weight, social_weight=before.social_weight)
        asked = (one.record for one in measures[quotes[-1].id])
        last = tuple(one for one in asked if found is not None and found.find_measure(one.measure) is not None)
    return QuoteStart(start, found, trouble, surroundings, last, known)


def _edition(workspace: Workspace, menu: str, edition: str) -> tuple[MenuEdition | None, str]:
    if not edition:
        return None, "No menu edition is chosen for new contracts. Choose one in Settings"
    try:
        return workspace.edition(menu, edition), ""
    except MenuError as error:
        return None, str(error)


def quote_problems(
    start: QuoteStart, tender: Tender, lot: Lot, measures: Sequence[TenderMeasure], now: datetime
) -> tuple[SetUpProblem, ...]:
    """What is missing of a quote or contradicts itself, before it is issued: the checks of every tender."""
    surroundings = start.surroundings
    return setup_problems(
        SetUp(tender, (lot,), tuple(measures), (), now, start.edition, surroundings.policy, surroundings.area)
    )


def begin_quote(
    workspace: Workspace, tender: Tender, lot: Lot, measures: Sequence[TenderMeasure]
) -> Done[Stored[Tender]]:
    """Add a quote with its lot and its measures, in one edit.

    Raises:
        MenuError: its menu edition is a draft, is withdrawn, or is not there.
        StoreError: one of the records is wrong, or the reference was taken meanwhile.
    """
    parts = SetUpParts((replace(lot, number=1),), tuple(measures))
    return add_whole(workspace, f"Add quote {tender.reference}", replace(tender, route=Route.QUOTE), parts)
