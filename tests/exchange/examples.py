"""A small menu, area and offers for the tests of this package. The figures are made up and say nothing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tomsapp.domain.area import Area, Ward
from tomsapp.domain.commitment import OUTSIDE_AREA, Commitment
from tomsapp.domain.contract import Contract
from tomsapp.domain.contract_dates import end_after
from tomsapp.domain.menu import Counts, EditionStatus, Measure, MenuEdition, Outcome, Theme
from tomsapp.domain.offer import CheckedOffer, Offer, Surroundings, value_offer
from tomsapp.domain.policy import Policy
from tomsapp.domain.proxy import DatedValue, ProxyValue, Source
from tomsapp.domain.rules.employment_outcomes import EMPLOYMENT_OUTCOMES
from tomsapp.domain.rules.minimum_share import MINIMUM_SHARE
from tomsapp.domain.rules.rule import CountedIn, PolicyRule, Rounding
from tomsapp.domain.rules.scope import SCOPE
from tomsapp.domain.units import Unit
from tomsapp.domain.uprating import unit_values_of

SOURCE = Source("made-up", "Made-up values", "Nobody", "2024", "CC0", "https://example.org/values")


def measure(code, title, unit, values, counts=Counts.EACH_YEAR, **facts):
    """A measure whose unit values are `values`: one pound figure, a mapping of years, or None for record-only."""
    proxy, unit_values = None, ()
    if values is not None:
        dated = values if isinstance(values, dict) else {None: values}
        proxy = ProxyValue(tuple(DatedValue(Decimal(value), year) for year, value in dated.items()), "2024", SOURCE)
        unit_values = unit_values_of(proxy, "2024", None)
    return Measure(code, title, unit, counts, proxy=proxy, unit_values=unit_values, **facts)


MEASURES = {
    "J": (
        measure(
            "J01",
            "Resident into work",
            Unit.FTE_JOBS,
            "20202.72",
            Counts.FIRST_12_MONTHS,
            employment_outcome=Decimal(1),
            local_only=True,
            count=("A resident who had no work.",),
            do_not_count=("A worker who changes jobs.",),
            evidence=("Start dates.",),
            guidance="Plan it with the job centre.",
        ),
        measure("J11", "Worker lifted to the living wage", Unit.FTE_YEARS, "5050.5", employment_outcome=Decimal(1)),
        measure("J20", "Apprentice", Unit.PEOPLE, "1000", employment_outcome=Decimal("0.5"), asks_statement=False),
    ),
    "S": (
        measure("S08", "Weeks of work experience", Unit.WEEKS, "226.5", asks_statement=False),
        measure("S06", "Weeks at school", Unit.WEEKS, "500", asks_statement=False),
        measure("S30", "Policy in place", Unit.YES_NO, None, asks_statement=False),
        measure("S31", "Staff who are trained", Unit.PERCENT, None, asks_statement=False),
        measure(
            "S40",
            "Support that lasts",
            Unit.PEOPLE,
            "1000",
            deadweight_share=Decimal("0.25"),
            benefit_years=3,
            drop_off_share=Decimal("0.5"),
            asks_statement=False,
        ),
        measure("S41", "Pence", Unit.HOURS, "15.945", displacement_share=Decimal("0.1"), asks_statement=False),
    ),
    "G": (
        measure(
            "G01",
            "Carbon saved",
            Unit.TONNES,
            {2026: "273.06", 2027: "277.21", 2028: "281.4"},
            asks_statement=False,
        ),
        measure("V01", "Cash given", Unit.POUNDS, "10", real_pounds=True, asks_statement=False),
        measure("V02", "Miles", Unit.MILES, "0.0812", asks_statement=False),
    ),
}

EDITION = MenuEdition(
    code="example",
    edition="2026.1",
    title="Example menu",
    status=EditionStatus.PUBLISHED,
    price_base="2024",
    themes=(
        Theme(1, "Fair work", (Outcome("1a", "Good jobs", MEASURES["J"]),)),
        Theme(2, "Young people", (Outcome("2a", "Skills", MEASURES["S"]),)),
        Theme(3, "Green & clean", (Outcome("3a", "Carbon", MEASURES["G"]),)),
    ),
    sources=(SOURCE,),
    sha256="ab" * 32,
)
DISCOUNTED = replace(EDITION, discount_rate=Decimal("0.035"))

AREA = Area(
    "example",
    "Exampleham",
    (Ward("E05000001", "Old Town"), Ward("E05000002", "Harbour & Quays"), Ward("E05000003", "=Hill")),
    is_fictional=True,
)

POLICY = Policy(
    "example",
    "Example policy",
    (
        PolicyRule("scope", SCOPE, "In scope", date(2023, 1, 1), threshold=Decimal(25_000)),
        PolicyRule(
            "minimum",
            MINIMUM_SHARE,
            "At least 5%",
            date(2023, 1, 1),
            threshold=Decimal(200_000),
            share=Decimal("0.05"),
            counted_in=CountedIn.SOCIAL_VALUE,
        ),
        PolicyRule("employment", EMPLOYMENT_OUTCOMES, "Jobs", date(2023, 1, 1), rounding=Rounding.DOWN),
    ),
)

CONTRACT = Contract(
    "C-1",
    Decimal("2500000.00"),
    date(2026, 4, 1),
    end_after(date(2026, 4, 1), 2),
    title="Street lighting",
    supplier="Lamp & Sons",
    menu="example",
    edition="2026.1",
)


def promise(key, code, *quantities, **more):
    """A commitment with its quantities given as text; an empty text is a year without one."""
    return Commitment(str(key), code, tuple(Decimal(quantity) if quantity else None for quantity in quantities), **more)


COMMITMENTS = (
    promise(1, "J11", "12.5", "12.5", statement="In every depot."),
    promise(2, "S08", "40", "40", contract_share=Decimal("0.25"), place="E05000002"),
    promise(3, "V01", "10000", "10000", cost=Decimal(20000)),
    promise(4, "G01", "3.333", "1", place=OUTSIDE_AREA),
    promise(5, "S30", "1", ""),
    promise(6, "S40", "2", "3"),
)

OFFER = Offer(CONTRACT, COMMITMENTS)


def checked(offer: Offer = OFFER, edition: MenuEdition = EDITION) -> CheckedOffer:
    """The offer valued and checked against the example policy and area."""
    return value_offer(offer, edition, Surroundings(policy=POLICY, area=AREA))
