"""A menu edition: themes, outcomes and measures with their proxy values and where each comes from."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cached_property

from tomsapp.domain.units import Unit

ANY_PRICE_BASE = "any"
"""The price base of a face value: £1 of cash is £1 in every year, so it is never uprated."""


class EditionStatus(Enum):
    """Where an edition is in its life."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Counts(Enum):
    """How often one unit of a measure may be counted."""

    EACH_YEAR = "each_year"
    ONCE = "once"
    FIRST_12_MONTHS = "first_12_months"


class Earned(Enum):
    """When one unit of a measure is earned, so that it can be accepted for good."""

    AT_START = "at_start"
    OVER_TIME = "over_time"
    AT_COMPLETION = "at_completion"


class ProxyKind(Enum):
    """What kind of figure a proxy value is, which decides how it is brought to an edition's prices."""

    PRICE = "price"
    """A price or cost, uprated with the deflator."""
    WAGE = "wage"
    """Made from dated wages; it ends when one of them does."""
    RATIO = "ratio"
    """Pounds for each pound: the same in every year's prices, never uprated."""
    TAX = "tax"
    """A rate set by law for a time."""
    MULTI_YEAR = "multi_year"
    """A sum that its source spreads over several years."""


class Component(Enum):
    """What the pounds of a proxy value consist of; two values that hold the same may count it twice."""

    EARNINGS = "earnings"
    OUTPUT = "output"
    HEALTH = "health"
    SOCIAL_CARE = "social_care"
    JUSTICE = "justice"
    EDUCATION = "education"
    HOUSING = "housing"
    OTHER_PUBLIC = "other_public"
    VICTIMS = "victims"
    WELLBEING = "wellbeing"
    FIRE = "fire"
    CARBON = "carbon"
    WASTE = "waste"
    NATURE = "nature"
    STAFF_TIME = "staff_time"
    GIFT = "gift"
    LOCAL_TRADE = "local_trade"
    CASH_FLOW = "cash_flow"


class WageKind(Enum):
    """The wages that a menu's values are made from."""

    NATIONAL_LIVING_WAGE = "national_living_wage"
    LONDON_LIVING_WAGE = "london_living_wage"
    MINIMUM_WAGE_18_20 = "minimum_wage_18_20"
    MINIMUM_WAGE_UNDER_18 = "minimum_wage_under_18"


class Clash(Enum):
    """What happens when two measures of an exclusion group are claimed together."""

    BLOCK = "block"
    DECLARE = "declare"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure was published."""

    key: str
    title: str
    publisher: str
    year: str
    licence: str
    address: str
    attribution: str = ""
    read_on: date | None = None
    """The day on which a stored copy was read, where the publisher's own page could not be."""


@dataclass(frozen=True, slots=True)
class DatedValue:
    """The pounds of one unit as published for one calendar year of delivery (None: for any year)."""

    value: Decimal
    year: int | None = None
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class WageSum:
    """How a proxy value follows from dated wages: (wage `of` − wage `less`) × `hours`, in pounds."""

    of: WageKind
    hours: Decimal
    less: WageKind | None = None


@dataclass(frozen=True, slots=True)
class ProxyValue:
    """Pounds for one unit of a measure as published, in the prices of `price_base`.

    Attributes:
        kind: what kind of figure it is; None in editions that were made before kinds were told apart.
        components: what its pounds consist of.
        in_force_from, in_force_until: the days on which a wage or tax holds.
        read_on: the day on which a stored copy of the source was read.
        taken_off: what the source itself takes off, or that nothing is.
        delivery_cost: what delivering one unit costs, in pounds, where the source says.
        wage: how it follows from dated wages.
    """

    values: tuple[DatedValue, ...]
    price_base: str
    source: Source
    source_detail: str = ""
    address: str = ""
    derivation: str = ""
    confidence: str = ""
    confidence_note: str = ""
    kind: ProxyKind | None = None
    components: tuple[Component, ...] = ()
    in_force_from: date | None = None
    in_force_until: date | None = None
    read_on: date | None = None
    taken_off: str = ""
    delivery_cost: Decimal | None = None
    delivery_cost_note: str = ""
    wage: WageSum | None = None

    @property
    def is_dated(self) -> bool:
        """Whether it has one value for each calendar year of delivery."""
        return self.values[0].year is not None


@dataclass(frozen=True, slots=True)
class UnitValue:
    """What one unit counts in an edition: the proxy value brought to the edition's prices, fixed when published.

    Attributes:
        value: pounds, to the penny, or to 4 decimals when under £1.
        published: the proxy value as published, in the prices of `price_base`.
        index_from: the deflator of `price_base`; None when the value is taken as published.
        index_to: the deflator of the edition's price base; None when taken as published.
    """

    value: Decimal
    published: Decimal
    price_base: str
    year: int | None = None
    index_from: Decimal | None = None
    index_to: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that a supplier can promise and the council can count.

    Attributes:
        employment_outcome: how many employment outcomes one unit is: a new job is 1, a raise is none.
        earned: when one unit is earned; None in editions that do not say.
        equality_group: the group of people that it is for, where it is for one.
        small_example: what it is for an organisation of a few people.
        evidence_months: how many months after a unit counts its evidence can exist.
        evidence_if_later: what is shown instead where that lies after the end of the contract.
    """

    code: str
    title: str
    unit: Unit
    counts: Counts
    description: str = ""
    each: str = ""
    many: str = ""
    plain_one: str = ""
    plain_many: str = ""
    proxy: ProxyValue | None = None
    unit_values: tuple[UnitValue, ...] = ()
    whole_units: bool = False
    real_pounds: bool = False
    local_only: bool = False
    asks_statement: bool = True
    employment_outcome: Decimal = Decimal(0)
    deadweight_share: Decimal = Decimal(0)
    displacement_share: Decimal = Decimal(0)
    drop_off_share: Decimal = Decimal(0)
    benefit_years: int = 1
    count: tuple[str, ...] = ()
    do_not_count: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    guidance: str = ""
    tags: tuple[str, ...] = ()
    owner: str = ""
    review_due: date | None = None
    earned: Earned | None = None
    equality_group: str = ""
    small_example: str = ""
    evidence_months: int = 0
    evidence_if_later: str = ""

    @property
    def is_valued(self) -> bool:
        """Whether it has a proxy value; a record-only measure is counted, never valued."""
        return self.proxy is not None

    @property
    def decimals(self) -> int:
        """How many decimals a quantity may have."""
        return 0 if self.whole_units else self.unit.decimals

    @property
    def each_name(self) -> str:
        """What one unit is called after "for each"."""
        return self.each or self.unit.one

    @property
    def many_name(self) -> str:
        """What several units are called."""
        return self.many or self.unit.many

    def unit_value_in(self, year: int) -> UnitValue | None:
        """The unit value for delivery in calendar `year`, or None where there is none."""
        for unit_value in self.unit_values:
            if unit_value.year is None or unit_value.year == year:
                return unit_value
        return None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the council wants to come about, with the measures that count it."""

    code: str
    title: str
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Theme:
    """The top level of a menu; its number and colour stay the same in every edition."""

    number: int
    title: str
    outcomes: tuple[Outcome, ...]
    summary: str = ""


@dataclass(frozen=True, slots=True)
class ExclusionGroup:
    """Measures that may not be claimed for the same person, pound or tonne.

    Any two of `measures` clash; when `against` is given, each of `measures` clashes with each of `against` instead.

    Attributes:
        outcomes_once: the employment outcomes of measures that clash here count once, until it is declared in writing
            that they are other people.
    """

    code: str
    severity: Clash
    same: str
    measures: tuple[str, ...]
    reason: str
    against: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    outcomes_once: bool = False

    def clashes(self, one: str, other: str) -> bool:
        """Whether the two measures may not be claimed for the same thing."""
        if one == other:
            return False
        if self.against:
            return (one in self.measures and other in self.against) or (other in self.measures and one in self.against)
        return one in self.measures and other in self.measures

    def rivals_of(self, code: str) -> tuple[str, ...]:
        """The measures of this menu that clash with the measure `code`, in the group's order."""
        return tuple(other for other in dict.fromkeys((*self.measures, *self.against)) if self.clashes(code, other))


@dataclass(frozen=True, slots=True)
class Apart:
    """Measures whose values hold the same component and still never count it twice, with the reason.

    Any two of `measures` are told apart; when `against` is given, each of `measures` from each of `against`.
    """

    measures: tuple[str, ...]
    reason: str
    against: tuple[str, ...] = ()

    def parts(self, one: str, other: str) -> bool:
        """Whether the two measures are told apart here."""
        if self.against:
            return (one in self.measures and other in self.against) or (other in self.measures and one in self.against)
        return one in self.measures and other in self.measures


@dataclass(frozen=True, slots=True)
class PriceIndex:
    """A deflator: the index of each price base (year or financial year)."""

    title: str
    source: Source
    index: dict[str, Decimal]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a measure stands in the menu."""

    theme: Theme
    outcome: Outcome
    measure: Measure


@dataclass(frozen=True)
class MenuEdition:
    """A menu as it stands in one edition. A published one never changes: it is known by code, edition and SHA-256."""

    code: str
    edition: str
    title: str
    status: EditionStatus
    price_base: str
    themes: tuple[Theme, ...]
    summary: str = ""
    in_force_from: date | None = None
    in_force_until: date | None = None
    owner: str = ""
    area: str = ""
    policy: str = ""
    supersedes: str = ""
    discount_rate: Decimal = Decimal(0)
    deflator: PriceIndex | None = None
    sources: tuple[Source, ...] = ()
    exclusion_groups: tuple[ExclusionGroup, ...] = ()
    apart: tuple[Apart, ...] = ()
    published_on: date | None = None
    withdrawn_on: date | None = None
    withdrawn_because: str = ""
    sha256: str = field(default="", compare=False)

    @property
    def name(self) -> str:
        """The name people use: "barnet-open 2026.2"."""
        return f"{self.code} {self.edition}"

    @cached_property
    def places(self) -> dict[str, Place]:
        """Every measure by code, with its theme and outcome, in the menu's order."""
        return {place.measure.code: place for place in self._walk()}

    def _walk(self) -> Iterator[Place]:
        for theme in self.themes:
            for outcome in theme.outcomes:
                for measure in outcome.measures:
                    yield Place(theme, outcome, measure)

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Every measure in the menu's order."""
        return tuple(place.measure for place in self.places.values())

    def find_measure(self, code: str) -> Measure | None:
        """The measure with this code, or None."""
        place = self.places.get(code)
        return place.measure if place else None

    def is_in_force(self, day: date) -> bool:
        """Whether the edition is in force on `day`."""
        begun = self.in_force_from is None or self.in_force_from <= day
        return begun and (self.in_force_until is None or day <= self.in_force_until)

    def groups_of(self, code: str) -> tuple[ExclusionGroup, ...]:
        """The exclusion groups in which the measure `code` has a rival, here or in another menu."""
        return tuple(group for group in self.exclusion_groups if code in group.measures or code in group.against)
