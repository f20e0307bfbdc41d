"""Short ways to make bids and evaluations for the tests of scoring."""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tests.domain.build import barnet, commit, contract, edition, measure
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.limits import TenderLimits
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.offer import Offer, Surroundings, value_offer
from tomsapp.domain.tender.admission import NotAdmitted
from tomsapp.domain.tender.choices import MinimumRule
from tomsapp.domain.tender.evaluating import BidToEvaluate, ToEvaluate
from tomsapp.domain.tender.scoring_rules import BidToScore, ScoringRules, Weights
from tomsapp.domain.units import Unit

D, F = Decimal, Fraction
QUESTIONS = {1: F(30), 2: F(40), 3: F(30)}


def weights(price: Any = 40, quality: Any = 40, quantity: Any = 10, statement: Any = 10) -> Weights:
    return Weights(F(price), F(quality), F(quantity), F(statement))


def rules(*points: Any, **others: Any) -> ScoringRules:
    """Price 40, quality 40, quantity 10 and statement 10, with three questions, unless others are given."""
    facts: dict[str, Any] = {"questions": QUESTIONS} | others
    told = weights(*points)
    return ScoringRules(told, facts.pop("quality_of", told.quality), **facts)


def marks(*given: int) -> dict[int, Fraction]:
    return {number: F(mark) for number, mark in enumerate(given, start=1)}


def bid(
    supplier: str, price: str | None = "100", value: str = "0", quality: str | None = "0", **others: Any
) -> BidToScore:
    """A bid with full marks, named by its supplier."""
    facts: dict[str, Any] = {"key": supplier, "marks": marks(5, 5, 5)} | others
    return BidToScore(
        supplier=supplier,
        price=price if price is None else D(price),
        quality=quality if quality is None else F(quality),
        value=D(value),
        **facts,
    )


MENU = edition(
    measure("J01", "20202.72", Unit.FTE_YEARS, employment_outcome=D(1)),
    measure("J11", "5050.50", Unit.FTE_YEARS),
    measure("S01", "1", Unit.POUNDS),
    measure("S02", "15.60", Unit.HOURS),
    measure("S03", "0.50", Unit.MILES),
    measure("S04", "240.00", Unit.WEEKS),
    measure("K01", None, Unit.PEOPLE, employment_outcome=D(1)),
    measure("K02", None, Unit.PEOPLE, employment_outcome=D(1)),
)


def offer(*commitments: Commitment, **others: Any) -> Offer:
    """An offer for a contract of £1.2m and two years."""
    return Offer(contract("1200000.00", 2, **others), commitments)


@dataclass(frozen=True)
class Entered:
    """A bid with its offer as it came, and the lines that were left out of it."""

    key: str
    supplier: str
    price: Decimal | None
    quality: Fraction | None
    offer: Offer | None
    share_base: Decimal | None
    marks: dict[int, Fraction]
    left_out: frozenset[str] = frozenset()
    fails: tuple[NotAdmitted, ...] = ()

    def checked(self, menu: MenuEdition, surroundings: Surroundings) -> BidToEvaluate:
        """The bid as it is evaluated."""
        held = None
        if self.offer is not None:
            kept = tuple(each for each in self.offer.commitments if each.key not in self.left_out)
            held = value_offer(replace(self.offer, commitments=kept), menu, surroundings)
        return BidToEvaluate(
            self.key, self.supplier, self.price, self.quality, held, self.share_base, self.marks, self.fails
        )


def entry(supplier: str, price: str | None, quality: str | None, *commitments: Commitment, **others: Any) -> Entered:
    """A bid with full marks and an offer of these commitments; it is checked when it is put into a lot."""
    facts: dict[str, Any] = {
        "key": supplier,
        "marks": marks(5, 5, 5),
        "share_base": D("1200000.00"),
        "offer": offer(*commitments),
    }
    told_price, told_quality = price if price is None else D(price), quality if quality is None else F(quality)
    return Entered(supplier=supplier, price=told_price, quality=told_quality, **(facts | others))


def lot(*bids: Entered, menu: MenuEdition = MENU, **others: Any) -> ToEvaluate:
    """A lot whose tender admits no bid that is short of the council's minima."""
    facts: dict[str, Any] = {
        "rules": rules(),
        "policy": barnet(),
        "limits": TenderLimits(),
        "minimum": MinimumRule.NOT_ADMITTED,
    }
    facts |= others
    surroundings = Surroundings(facts["policy"], limits=facts["limits"])
    return ToEvaluate(edition=menu, bids=tuple(bid.checked(menu, surroundings) for bid in bids), **facts)


def pounds(code: str, amount: str, **others: Any) -> Commitment:
    """A commitment of so many units in the first of two years."""
    return commit(code, amount, "0", **others)


JOBS = (pounds("K01", "1"), pounds("K02", "1"))
"""Two jobs in two lines that are worth no pounds: without one of them the council's minimum of one is still met."""


def pictured() -> tuple[Entered, ...]:
    """The four bids of a drawn evaluation: cleaning of libraries for £1.2m over two years."""
    return (
        entry(
            "Calder",
            "1164000.00",
            "33.6",
            pounds("J11", "8"),
            pounds("S02", "100"),
            pounds("S03", "600"),
            pounds("S04", "10"),
            pounds("S01", "20000"),
            pounds("S01", "21233.94", key="S01b"),
            *JOBS,
            marks=marks(5, 4, 4),
        ),
        entry(
            "Meridian",
            "1142500.00",
            "32",
            pounds("J11", "4"),
            pounds("S02", "200"),
            pounds("S04", "50"),
            pounds("S01", "20000"),
            pounds("S01", "6453.81", key="S01b"),
            *JOBS,
            marks=marks(4, 4, 5),
        ),
        entry(
            "Ashdown",
            "1118000.00",
            "31.2",
            pounds("J01", "1"),
            pounds("J11", "10"),
            pounds("S02", "100"),
            pounds("S03", "2000"),
            pounds("S01", "20000"),
            pounds("S01", "4331.92", key="S01b"),
            *JOBS,
            marks=marks(3, 3, 4),
            left_out=frozenset({"J01"}),
        ),
        entry("Rowan", "1092000.00", "30", pounds("S01", "11666.40"), marks=marks(3, 3, 3)),
    )


def picture(**others: Any) -> ToEvaluate:
    """The lot of these bids."""
    return lot(*pictured(), **others)
