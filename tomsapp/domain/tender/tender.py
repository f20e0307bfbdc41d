"""A tender: what the council buys, by when offers must come, and how they are weighed against each other.

Source: docs/decisions/048-the-tender.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import partial

from tomsapp.domain.contract import ContractKind
from tomsapp.domain.facts import Fact, FactKind, Fault, Listed
from tomsapp.domain.keys import KeyKind, Keys, read_theme_key
from tomsapp.domain.limits import TenderLimits
from tomsapp.domain.ocids import ocid_fault
from tomsapp.domain.problems import Problem
from tomsapp.domain.record_type import RecordType, fact_problem
from tomsapp.domain.tender.bands import Band, bands_fault, read_bands
from tomsapp.domain.tender.choices import MinimumRule, Placing, QuantityMethod, Route, ShareBase, TenderStatus
from tomsapp.domain.tender.deadline import LONDON, deadline_of, time_fault, when_words, zone_fault

ALL_POINTS = 100
"""The weights of a tender add up to so many points."""


@dataclass(frozen=True, slots=True)
class Tender:
    """What is asked of bidders. A draft may leave out whatever issuing asks for.

    Attributes:
        contract_manager: the officer in charge.
        menu, edition: the menu edition that is pinned to it; empty until it is chosen.
        fixed_base: in pounds, for each lot, where the base of a share is a fixed sum.
        deadline_on, deadline_at, deadline_zone: the last moment at which offers are in time; the time of day as
            "12:00" and the zone as "Europe/London".
        price_weight, quality_weight: points of 100.
        social_weight: points of 100; where social value stands within quality, the per cent of the quality points
            that it takes: 20 of quality 60 are 12 points, and 48 are left.
        quantity_part: the share (0 to 1) of the social value points that quantity gives; statements give the rest.
        method_target: the social value in pounds, for each lot, that gives all quantity points, where the method has
            a target.
        bands: as they are typed, see `read_bands`, where the method has bands.
        most_measures: how many measures an offer may have; None for any number.
        mandatory_themes: keys of themes (see `theme_key`) that an offer must cover.
        ocid: what Find a Tender knows it by.
    """

    reference: str
    title: str = ""
    directorate: str = ""
    contract_manager: str = ""
    menu: str = ""
    edition: str = ""
    kind: ContractKind = ContractKind.STANDARD
    route: Route = Route.FULL
    status: TenderStatus = TenderStatus.DRAFT
    base: ShareBase = ShareBase.ESTIMATE
    fixed_base: Decimal | None = None
    deadline_on: date | None = None
    deadline_at: str = "12:00"
    deadline_zone: str = LONDON
    price_weight: Decimal = Decimal(0)
    quality_weight: Decimal = Decimal(0)
    social_weight: Decimal = Decimal(0)
    placing: Placing = Placing.BESIDE
    quantity_part: Decimal = Decimal(1)
    method: QuantityMethod = QuantityMethod.PROPORTIONAL
    method_target: Decimal | None = None
    bands: str = ""
    minimum: MinimumRule = MinimumRule.REPORTED
    most_measures: int | None = None
    mandatory_themes: Keys = frozenset()
    ocid: str = ""
    notes: str = ""

    # The points of 100 that each part gives, exact.

    @property
    def price_points(self) -> Fraction:
        """The points that the lowest price gets."""
        return Fraction(self.price_weight)

    @property
    def social_points(self) -> Fraction:
        """The most points for social value, wherever it stands: 20% within quality 60 are 12."""
        if self.placing is Placing.WITHIN_QUALITY:
            return Fraction(self.quality_weight) * Fraction(self.social_weight) / 100
        return Fraction(self.social_weight)

    @property
    def quality_points(self) -> Fraction:
        """The most points for quality without social value."""
        inside = self.social_points if self.placing is Placing.WITHIN_QUALITY else Fraction(0)
        return Fraction(self.quality_weight) - inside

    @property
    def quantity_points(self) -> Fraction:
        """The most points for the quantity that is offered."""
        return self.social_points * Fraction(self.quantity_part)

    @property
    def statement_points(self) -> Fraction:
        """The most points for the answers to the questions."""
        return self.social_points - self.quantity_points

    @property
    def all_points(self) -> Fraction:
        """What the weights add up to; 100 in a tender that can be issued."""
        return self.price_points + self.quality_points + self.social_points

    @property
    def scoring_bands(self) -> tuple[Band, ...]:
        """The bands of its scoring.

        Raises:
            BandsError: they cannot be read.
        """
        return read_bands(self.bands)

    # What bidders must keep to

    @property
    def theme_numbers(self) -> tuple[int, ...]:
        """The mandatory themes of its menu by their numbers, in their order."""
        found = (read_theme_key(key) for key in self.mandatory_themes)
        return tuple(sorted(number for menu, number in found if menu == self.menu))

    @property
    def limits(self) -> TenderLimits:
        """The limits that it sets for an offer."""
        return TenderLimits(self.most_measures, self.theme_numbers)

    @property
    def deadline(self) -> datetime | None:
        """The last moment at which offers are in time, with its zone; None while no day is set.

        Raises:
            ValueError: the time or the zone is none.
        """
        return deadline_of(self.deadline_on, self.deadline_at, self.deadline_zone) if self.deadline_on else None

    @property
    def deadline_words(self) -> str:
        """The deadline as bidders read it: "12 noon, Friday 22 January 2027, UK time"; empty while none is set."""
        return when_words(self.deadline_on, self.deadline_at, self.deadline_zone) if self.deadline_on else ""


def _weight_fault(points: Decimal) -> Fault | None:
    return (
        None if points <= ALL_POINTS else Fault(f"It is over {ALL_POINTS}", f"Enter at most {ALL_POINTS}", "too-large")
    )


def _most_fault(most: int) -> Fault | None:
    return None if most else Fault("It is 0", "Enter at least 1, or leave it empty for any number", "none")


def _theme_problems(tender: Tender) -> Iterable[Problem]:
    """A mandatory theme of another menu than the tender's is asked of nobody."""
    others = [key for key in tender.mandatory_themes if read_theme_key(key)[0] != tender.menu]
    if others:
        fault = Fault("It names themes of another menu", "Choose themes of the tender’s menu", "other-menu")
        yield fact_problem(TENDER, TENDER.fact("mandatory_themes"), fault)


_fact = partial(Fact, revision="0016")
_points = partial(_fact, kind=FactKind.QUANTITY, check=_weight_fault, most=20)

TENDER = RecordType(
    "tender",
    "tender",
    "tenders",
    Tender,
    (
        _fact(
            "reference",
            "Reference",
            most=60,
            needed="Enter the council’s reference, for example T-2026-003",
            listed=Listed.SHOWN,
            is_name=True,
        ),
        _fact("title", "Title", needed="Enter what is bought", listed=Listed.SHOWN, is_name=True),
        _fact("directorate", "Directorate", hint="Who buys it", is_filter=True, is_name=True),
        _fact(
            "contract_manager",
            "Officer in charge",
            hint="Whom bidders’ questions reach",
            listed=Listed.SHOWN,
            is_filter=True,
            is_name=True,
        ),
        _fact("menu", "Menu", keeps_null=True, is_typed=False, listed=Listed.NO, is_searched=False),
        _fact(
            "edition",
            "Menu edition",
            hint="Fixed once the tender is issued",
            keeps_null=True,
            is_searched=False,
        ),
        _fact("kind", "Kind", FactKind.CHOICE, "How the value is spent", choices=ContractKind),
        _fact("route", "Route", FactKind.CHOICE, "How much is asked of bidders", choices=Route, is_filter=True),
        _fact(
            "status",
            "Status",
            FactKind.CHOICE,
            choices=TenderStatus,
            is_typed=False,
            listed=Listed.SHOWN,
            is_filter=True,
        ),
        _fact("base", "Base of a share", FactKind.CHOICE, "What social value is a share of", choices=ShareBase),
        _fact(
            "fixed_base",
            "Fixed sum",
            FactKind.POUNDS,
            "In pounds, without VAT, for each lot",
            most=30,
            is_above_zero=True,
            keeps_null=True,
        ),
        _fact(
            "deadline_on",
            "Deadline",
            FactKind.DAY,
            "The last day for offers",
            listed=Listed.SHOWN,
            keeps_null=True,
        ),
        _fact(
            "deadline_at",
            "Time of day",
            hint="As 12:00, which is noon",
            most=5,
            needed="Enter a time, for example 12:00",
            check=time_fault,
            usual="12:00",
        ),
        _fact(
            "deadline_zone",
            "Time zone",
            hint="As Europe/London",
            most=60,
            needed="Enter a time zone, for example Europe/London",
            check=zone_fault,
            usual=LONDON,
        ),
        _points("price_weight", "Weight of price", hint="Points of 100"),
        _points("quality_weight", "Weight of quality", hint="Points of 100"),
        _points(
            "social_weight", "Weight of social value", hint="Points of 100, or per cent of quality where it is within"
        ),
        _fact(
            "placing", "Place of social value", FactKind.CHOICE, choices=Placing, column="placed"
        ),  # PostgreSQL reserves it
        _fact(
            "quantity_part",
            "Part for quantity",
            FactKind.SHARE,
            "Of the points for social value; the answers to questions give the rest",
            most=20,
            usual=Decimal(1),
            needed="Enter for example 50%, or 100% where no question is asked",
        ),
        _fact("method", "How quantity is scored", FactKind.CHOICE, choices=QuantityMethod),
        _fact(
            "method_target",
            "Target of the scoring",
            FactKind.POUNDS,
            "Social value in pounds that gets all points for quantity, for each lot",
            most=30,
            is_above_zero=True,
            keeps_null=True,
        ),
        _fact("bands", "Bands", hint="As 0% 0; 5% 2; 10% 5", most=400, check=bands_fault, is_searched=False),
        _fact("minimum", "Short of a minimum", FactKind.CHOICE, "What becomes of such an offer", choices=MinimumRule),
        _fact(
            "most_measures",
            "Most measures",
            FactKind.WHOLE,
            "That an offer may have; empty for any number",
            check=_most_fault,
            keeps_null=True,
        ),
        _fact(
            "mandatory_themes",
            "Mandatory themes",
            FactKind.SEVERAL,
            "An offer must have a measure of each",
            keys=KeyKind.THEME,
        ),
        _fact(
            "ocid",
            "Open contracting ID",
            hint="From Find a Tender, as ocds-h6vhtk-04a1b2",
            check=ocid_fault,
        ),
        _fact("notes", "Notes", FactKind.LONG, listed=Listed.NO, is_searched=False),
    ),
    name_of=lambda tender: tender.reference,
    checks=(_theme_problems,),
    heading="Tender facts",
)
"""What the council records of a tender."""
