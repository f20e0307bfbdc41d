"""Menus by lot: every unit, kind of count, share, benefit, dated value and exclusion group that the rules know."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from random import Random

from tests.model.uprate import unit_value
from tomsapp.domain.menu import (
    Clash,
    Counts,
    Earned,
    EditionStatus,
    ExclusionGroup,
    Measure,
    MenuEdition,
    Outcome,
    Theme,
)
from tomsapp.domain.proxy import ANY_PRICE_BASE, DatedValue, PriceIndex, ProxyKind, ProxyValue, Source, UnitValue
from tomsapp.domain.units import Unit

MENUS = 60
MORE_JOBS = 5
FIRST_DATED_YEAR = 2024
SOURCE = Source("by-lot", "Values by lot", "Nobody", "2024", "none needed", "https://example.org/")
JOBS = (Unit.PEOPLE, Unit.FTE_JOBS, Unit.FTE_YEARS, Unit.COMPLETIONS, Unit.EVENTS, Unit.WEEKS)


def decimal(rng: Random, low: int, high: int, places: int) -> Decimal:
    """A number between two whole ones with up to so many decimals."""
    kept = rng.randint(0, places)
    return Decimal(rng.randint(low * 10**kept, high * 10**kept)).scaleb(-kept)


def share(rng: Random, *, often_none: float) -> Decimal:
    """A share between 0 and 1 with up to four decimals, often 0."""
    return Decimal(0) if rng.random() < often_none else decimal(rng, 0, 1, 4)


def amount(rng: Random) -> Decimal:
    """Pounds for one unit: from parts of a penny to a million, up to four decimals."""
    highest = rng.choice((1, 1, 20, 500, 20_000, 1_000_000))
    return max(Decimal("0.0001"), decimal(rng, 0, highest, 4))


def deflator(rng: Random) -> PriceIndex:
    """An index of calendar and financial years to three or four decimals; 2024 is 100."""
    level, index = Decimal(100), {"2024": Decimal("100.0000")}
    for year in range(2023, 1999, -1):
        level -= decimal(rng, 0, 3, 4)
        index[str(year)] = level
        index[f"{year}-{(year + 1) % 100:02d}"] = level + Decimal("0.375")
    return PriceIndex("An index by lot", SOURCE, index)


def proxy(rng: Random, index: PriceIndex) -> ProxyValue:
    """A value of one price base, or one for each calendar year."""
    base = rng.choice((ANY_PRICE_BASE, "2024", "2025", "2024-25", *rng.sample(sorted(index.index), 4)))
    kind = ProxyKind.RATIO if base == ANY_PRICE_BASE else rng.choice((ProxyKind.PRICE, ProxyKind.MULTI_YEAR, None))
    if rng.random() < 0.15:
        first = FIRST_DATED_YEAR + rng.randint(0, 3)
        dated = tuple(DatedValue(amount(rng), year) for year in range(first, first + rng.randint(3, 25)))
        return ProxyValue(dated, base, SOURCE, kind=kind)
    return ProxyValue((DatedValue(amount(rng)),), base, SOURCE, kind=kind)


def measure(rng: Random, code: str, unit: Unit, index: PriceIndex, edition_base: str) -> Measure:
    """One measure; a fifth are counted and never valued."""
    published = proxy(rng, index) if rng.random() < 0.8 else None
    values: tuple[UnitValue, ...] = ()
    if published is not None:
        values = tuple(
            UnitValue(_fixed(each, published, edition_base, index), each.value, published.price_base, each.year)
            for each in published.values
        )
    outcome = rng.choice((Decimal(0), Decimal(1), Decimal(1), Decimal("0.5"))) if unit in JOBS else Decimal(0)
    return Measure(
        code=code,
        title=f"Measure {code}",
        unit=unit,
        counts=rng.choice((Counts.EACH_YEAR, Counts.EACH_YEAR, Counts.ONCE, Counts.FIRST_12_MONTHS)),
        proxy=published,
        unit_values=values,
        whole_units=rng.random() < 0.15,
        real_pounds=unit is Unit.POUNDS and rng.random() < 0.7,
        local_only=rng.random() < 0.2,
        asks_statement=rng.random() < 0.3,
        employment_outcome=outcome,
        deadweight_share=share(rng, often_none=0.7),
        displacement_share=share(rng, often_none=0.8),
        drop_off_share=share(rng, often_none=0.5),
        benefit_years=rng.choice((1, 1, 1, 2, 3, 5)),
        evidence_months=rng.choice((0, 0, 0, 3, 6, 12, 18)),
        earned=rng.choice((None, *Earned)),
    )


def _fixed(dated: DatedValue, published: ProxyValue, edition_base: str, index: PriceIndex) -> Decimal:
    fixed = unit_value(dated.value, published.price_base, edition_base, index.index)
    return Decimal(fixed.numerator) / Decimal(fixed.denominator)


def groups(rng: Random, measures: Sequence[Measure]) -> tuple[ExclusionGroup, ...]:
    """Groups of one side and of two, to be declared or blocked; they overlap, so that they chain."""
    jobs = [each.code for each in measures if each.employment_outcome]
    codes = [each.code for each in measures]
    made = []
    for number in range(rng.randint(2, 7)):
        among = jobs if number % 2 == 0 and len(jobs) >= 4 else codes
        picked = rng.sample(among, min(len(among), rng.randint(2, 5)))
        split = rng.randint(1, len(picked) - 1) if rng.random() < 0.5 else len(picked)
        made.append(
            ExclusionGroup(
                code=f"group-{number}",
                severity=Clash.BLOCK if rng.random() < 0.15 else Clash.DECLARE,
                same="week" if number % 3 == 1 else "person",
                measures=tuple(picked[:split]),
                against=tuple(picked[split:]),
                reason="By lot.",
                outcomes_once=among is jobs or rng.random() < 0.3,
            )
        )
    return tuple(made)


def menu(number: int) -> MenuEdition:
    """The menu of this number: always the same one."""
    rng = Random(f"menu {number}")
    index = deflator(rng)
    edition_base = "2024" if rng.random() < 0.8 else rng.choice(sorted(index.index))
    units = [*Unit, *(rng.choice(JOBS) for _ in range(MORE_JOBS))]
    measures = tuple(measure(rng, f"M{place:02d}", unit, index, edition_base) for place, unit in enumerate(units))
    half = len(measures) // 2
    return MenuEdition(
        code=f"by-lot-{number}",
        edition="2026.1",
        title="A menu by lot",
        status=EditionStatus.PUBLISHED,
        price_base=edition_base,
        themes=(
            Theme(1, "The first", (Outcome("1a", "The first half", measures[:half]),)),
            Theme(2, "The second", (Outcome("2a", "The other half", measures[half:]),)),
        ),
        discount_rate=rng.choice((Decimal(0), Decimal(0), Decimal("0.035"), decimal(rng, 0, 1, 3) / 10)),
        deflator=index,
        in_force_from=rng.choice((None, date(2026, 4, 1))),
        in_force_until=rng.choice((None, date(2029, 3, 31))),
        exclusion_groups=groups(rng, measures),
        published_on=rng.choice((None, date(2026, 3, 20), date(2026, 11, 29), date(2027, 11, 1))),
    )


@cache
def menus() -> tuple[MenuEdition, ...]:
    """All the menus, made once."""
    return tuple(menu(number) for number in range(MENUS))
