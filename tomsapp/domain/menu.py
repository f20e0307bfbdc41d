"""A menu edition: themes, outcomes and measures with their proxy values and where each comes from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

from tomsapp.domain.proxy import PriceIndex, ProxyValue, Source, UnitValue
from tomsapp.domain.units import Unit


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


class Clash(Enum):
    """What happens when two measures of an exclusion group are claimed together."""

    BLOCK = "block"
    DECLARE = "declare"


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
    def full_name(self) -> str:
        """Code and title, as people name it: "J01 Full-time job"."""
        return f"{self.code} {self.title}"

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


Pair = frozenset[str]
"""Two measures by their codes, whichever is named first."""


@dataclass(frozen=True, slots=True)
class ExclusionGroup:
    """Measures that may not be claimed for the same person, pound or tonne.

    Any two of `measures` clash; when `against` is given, each of `measures` clashes with each of `against` instead.

    Attributes:
        outcomes_once: its people are mostly the same, so a worked case beside the menu counts them once. An offer
            counts the people of every group once, until it is declared in writing that they are different.
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

    def pairs(self, codes: Iterable[str]) -> frozenset[Pair]:
        """Every two of the measures `codes` that may not be claimed for the same thing."""
        return frozenset(frozenset(two) for two in combinations(codes, 2) if self.clashes(*two))


class Rival(NamedTuple):
    """A measure that clashes with another: its code, the number of the group in its edition, and the two as a pair."""

    code: str
    group: int
    pair: Pair


def _rivals_in(groups: Iterable[tuple[int, ExclusionGroup]]) -> dict[str, list[Rival]]:
    """The rivals of each measure in numbered groups; each pair of a group stands once, under one of its two."""
    found: dict[str, list[Rival]] = {}
    for number, group in groups:
        for one, other in combinations(dict.fromkeys((*group.measures, *group.against)), 2):
            if group.clashes(one, other):
                found.setdefault(one, []).append(Rival(other, number, frozenset((one, other))))
    return found


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

    @property
    def name_and_prices(self) -> str:
        """The name with its price base: "barnet-open 2026.2, 2024 prices"."""
        return f"{self.name}, {self.price_base} prices"

    @cached_property
    def places(self) -> dict[str, Place]:
        """Every measure by code, with its theme and outcome, in the menu's order."""
        return {place.measure.code: place for place in self._walk()}

    def _walk(self) -> Iterator[Place]:
        for theme in self.themes:
            for outcome in theme.outcomes:
                for measure in outcome.measures:
                    yield Place(theme, outcome, measure)

    @cached_property
    def order(self) -> Mapping[str, int]:
        """Where each measure stands in the menu, by its code."""
        return {code: number for number, code in enumerate(self.places)}

    @cached_property
    def rivals_in_groups(self) -> Mapping[str, Sequence[Rival]]:
        """By measure, the pairs that clash in each exclusion group, worked out once for thousands of contracts."""
        return _rivals_in(enumerate(self.exclusion_groups))

    @cached_property
    def blocked_rivals(self) -> Mapping[str, Sequence[Rival]]:
        """Those of them that cannot be claimed together, whatever is declared."""
        numbered = enumerate(self.exclusion_groups)
        return _rivals_in((number, group) for number, group in numbered if group.severity is Clash.BLOCK)

    @cached_property
    def ratios(self) -> dict[tuple[str, Decimal, int, int], tuple[tuple[int, int], ...]]:
        """What `bulk` has worked out of it: by measure, share, first year and number of years the pence of a unit."""
        return {}

    @cached_property
    def delivery_costs(self) -> dict[str, Decimal]:
        """What the checks have worked out of it: what a unit of a measure costs to deliver, in its prices, by code."""
        return {}

    @cached_property
    def rivals(self) -> Mapping[str, frozenset[str]]:
        """For each measure of an exclusion group, those that may be the same person or thing."""
        codes = {code for group in self.exclusion_groups for code in (*group.measures, *group.against)}
        return {
            code: frozenset(other for group in self.groups_of(code) for other in group.rivals_of(code))
            for code in sorted(codes)
        }

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Every measure in the menu's order."""
        return tuple(place.measure for place in self.places.values())

    def find_measure(self, code: str) -> Measure | None:
        """The measure with this code, or None."""
        place = self.places.get(code)
        return place.measure if place else None

    def name_of(self, code: str) -> str:
        """Code and title of a measure; the code alone where the edition lacks it."""
        measure = self.find_measure(code)
        return measure.full_name if measure else code

    def is_in_force(self, day: date) -> bool:
        """Whether the edition is in force on `day`."""
        begun = self.in_force_from is None or self.in_force_from <= day
        return begun and (self.in_force_until is None or day <= self.in_force_until)

    def groups_of(self, code: str) -> tuple[ExclusionGroup, ...]:
        """The exclusion groups in which the measure `code` has a rival, here or in another menu."""
        return tuple(group for group in self.exclusion_groups if code in group.measures or code in group.against)
