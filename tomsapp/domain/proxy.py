"""A proxy value: what its source says one unit is worth, what kind of figure it is, and the unit value it gives."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

ANY_PRICE_BASE = "any"
"""The price base of a face value: £1 of cash is £1 in every year, so it is never uprated."""


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


class SourceDeadweight(Enum):
    """Whether a source itself takes off what would have happened anyway."""

    YES = "yes"
    """It takes a share off, or compares with people who got no help."""
    NO = "no"
    """Its figure is gross; taking off carbon, tax or cost is another thing."""
    NOT_KNOWN = "not_known"
    """It was looked for and not found."""


class TakenOff(Enum):
    """Who takes off of a value what would have happened anyway."""

    MENU = "menu"
    """The menu does, and perhaps the source besides."""
    SOURCE = "source"
    NOBODY = "nobody"
    """The value is gross."""
    NOT_SAID = "not_said"
    """The edition does not say what its source takes off."""


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
    read_at: str = ""
    """The web address of the page that was read, where somebody else quotes or collects what the publisher wrote."""

    @property
    def cited(self) -> str:
        """Title, publisher and year, as a reader looks for it."""
        return ", ".join(filter(None, (self.title, self.publisher, self.year)))


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
class DeliveryCost:
    """What providing a result costs, in pounds: prices of which year or financial year, and what it covers.

    Attributes:
        each: what it is the cost of, such as a course, where that is not one unit; then no quantity multiplies it.
    """

    value: Decimal
    made: str
    note: str
    each: str = ""


@dataclass(frozen=True, slots=True)
class ProxyValue:
    """Pounds for one unit of a measure as published, in the prices of `price_base`.

    Attributes:
        kind: what kind of figure it is; None in editions that were made before kinds were told apart.
        components: what its pounds consist of.
        in_force_from, in_force_until: the first and the last day on which a wage, tax or rate holds.
        read_on: the day on which a stored copy of the source was read.
        taken_off: what the source itself takes off, or that nothing is, in words.
        source_deadweight: whether it takes off what would have happened anyway; None where the edition does not say.
        delivery_cost: what providing one unit costs, where the source says.
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
    source_deadweight: SourceDeadweight | None = None
    delivery_cost: DeliveryCost | None = None
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
        low, high: the source's range brought to the edition's prices and rounded like `value`, so that a quantity
            times one of them is a sum that anybody can redo.
        published_low, published_high: the range as published, in the prices of `price_base`.
        holds_for_a_time: it follows a wage, a tax or a rate that is in force for a time.
    """

    value: Decimal
    published: Decimal
    price_base: str
    year: int | None = None
    index_from: Decimal | None = None
    index_to: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    published_low: Decimal | None = None
    published_high: Decimal | None = None
    holds_for_a_time: bool = False


@dataclass(frozen=True, slots=True)
class PriceIndex:
    """A deflator: the index of each price base (year or financial year)."""

    title: str
    source: Source
    index: dict[str, Decimal]
    note: str = ""
