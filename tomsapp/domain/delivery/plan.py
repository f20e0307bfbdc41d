"""The delivery plan: how much of each year's promise is due in each of its quarters, and what is done for it.

The plan of a year adds up to what is promised for it. A year without a plan, or whose plan fits the promise no more,
is planned by default, so that nothing that was promised is ever due on no day.
Source: docs/method.md, section 9.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import Contract
from tomsapp.domain.delivery.quarters import ContractQuarter, Quarter, ended_by, quarters_of
from tomsapp.domain.facts import Fact, FactKind
from tomsapp.domain.menu import Counts, Measure, MenuEdition
from tomsapp.domain.money import decimal_places, exact_difference, exact_sum, from_scaled, round_down, to_scaled
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.record_type import RecordType
from tomsapp.domain.units import UnitForm
from tomsapp.domain.valuation import quantity_in
from tomsapp.domain.wording import format_quantity, plural

NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """What is planned for one commitment in one quarter.

    Attributes:
        commitment: the key of the commitment.
        quantity: in the units of its measure; it is due when the quarter ends.
        action: what is done for it: "Ask three schools".
        due_on: the day by which that is done; it moves no figure.
        person: who sees to it, at the supplier or the council, by role.
        partner: with whom it is done: a school, a charity.
        risk: what may come between.
    """

    commitment: str
    quarter: Quarter
    quantity: Decimal
    action: str = ""
    due_on: date | None = None
    person: str = ""
    partner: str = ""
    risk: str = ""


PLAN_ENTRY = RecordType(
    "plan_entry",
    "entry of the plan",
    "entries of the plan",
    PlanEntry,
    (
        Fact(
            "quantity",
            "Planned",
            FactKind.QUANTITY,
            "Due when the quarter ends",
            needed="Enter a number, 0 where nothing is planned",
            revision="0009",
        ),
        Fact("action", "Action", hint="What is done for it, for example: ask three schools", revision="0009"),
        Fact("due_on", "Done by", FactKind.DAY, "The day by which the action is done", revision="0009"),
        Fact("person", "Who sees to it", hint="By role where they are no officer", revision="0009"),
        Fact("partner", "With whom", hint="A school, a charity, a college", revision="0009"),
        Fact("risk", "Risk", FactKind.LONG, "What may come between, and what is done then", revision="0009"),
    ),
    name_of=lambda entry: f"{format_quantity(entry.quantity)} planned",
    heading="Delivery plan",
)
"""What is kept of a plan. Which commitment and quarter an entry is of are no facts of it: they never change."""


@dataclass(frozen=True, slots=True)
class LinePlan:
    """What is due of one commitment in each quarter of the contract.

    Attributes:
        quantities: by quarter, in their order, of each quarter of the contract; 0 where nothing is due.
        by_default: the contract years that nobody planned, or whose plan fits the promise no more.
    """

    quantities: Mapping[Quarter, Decimal]
    by_default: frozenset[int] = frozenset()

    def of_year(self, year: int) -> Decimal:
        """What is due in a contract year, all its quarters together."""
        return exact_sum(quantity for quarter, quantity in self.quantities.items() if quarter.year == year)


Plan = Mapping[str, LinePlan]
"""What is due of each commitment of a contract, by its key."""


def default_plan(
    measure: Measure, promised: Sequence[Decimal], quarters: Iterable[ContractQuarter]
) -> dict[Quarter, Decimal]:
    """The plan that holds where nobody made another.

    The quantity of a year is split evenly over its quarters in the measure's own decimals, and what is left over goes
    to the last quarters. A measure that counts once falls due at the end of its year, and so do a per cent and a yes,
    which have no quarters. People who count in their first 12 months come whole: two jobs are due as 0, 0, 1 and 1.

    Args:
        measure: decides how a quantity can be split.
        promised: the units of each contract year.
        quarters: those of the contract, in their order.
    """
    of_year: dict[int, list[Quarter]] = {}
    for each in quarters:
        of_year.setdefault(each.quarter.year, []).append(each.quarter)
    planned: dict[Quarter, Decimal] = {}
    for year, own in of_year.items():
        quantity = promised[year] if year < len(promised) else NONE
        planned.update(zip(own, split_quantity(measure, quantity, len(own)), strict=True))
    return planned


def falls_due_at_the_end(measure: Measure) -> bool:
    """Whether a plan by default has all of a year at its end: what counts once, a per cent, and a yes."""
    return measure.counts is Counts.ONCE or measure.unit.form in {UnitForm.PERCENT, UnitForm.YES_NO}


def split_places(measure: Measure) -> int:
    """With how many decimals a plan by default splits a year; people who begin come whole."""
    return 0 if measure.counts is Counts.FIRST_12_MONTHS else measure.decimals


def split_quantity(measure: Measure, quantity: Decimal, parts: int) -> list[Decimal]:
    """A quantity in so many parts as a plan by default has it, the larger ones last; see `default_plan`."""
    if falls_due_at_the_end(measure) or quantity <= 0:
        return [NONE] * (parts - 1) + [quantity]
    places = split_places(measure)
    even = round_down(quantity, places)
    each, over = divmod(to_scaled(even, places), parts)
    split = [from_scaled(each + (number >= parts - over), places) for number in range(parts)]
    # What is left is less than a part can have by itself: half a job, or a promise with more decimals than its unit.
    return [*split[:-1], exact_sum((split[-1], exact_difference(quantity, even)))]


def promised_by_year(commitment: Commitment, measure: Measure, contract: Contract) -> tuple[Decimal, ...]:
    """The units promised in each year of the contract; a promise per pound by what is spent, or else forecast."""
    return tuple(quantity_in(commitment, measure, contract, year.index)[0] for year in contract.years)


def entered_quantities(entries: Iterable[PlanEntry]) -> dict[str, dict[Quarter, Decimal]]:
    """What entries of a plan say of each quarter, by the key of the commitment."""
    own: dict[str, dict[Quarter, Decimal]] = {}
    for entry in entries:
        own.setdefault(entry.commitment, {})[entry.quarter] = entry.quantity
    return own


def plan_in_force(
    contract: Contract, edition: MenuEdition, commitments: Iterable[Commitment], entries: Iterable[PlanEntry] = ()
) -> dict[str, LinePlan]:
    """What is due in each quarter: the plan that was last accepted, year by year where it fits, else the default.

    A year fits where its entries add up to what is promised for it and lie in quarters that the contract has. Where
    more or less is spent than was forecast, the years that fit no more are planned by default. The plan of a contract
    that was varied is `replan.plan_through`.

    Args:
        contract: as it stands, with what is spent.
        edition: the menu edition that is pinned to it. Commitments whose measure it lacks are left out.
        commitments: those of the contract.
        entries: of the last accepted version of the plan.
    """
    own, quarters = entered_quantities(entries), quarters_of(contract)
    return {
        each.key: line_plan(promised_by_year(each, place.measure, contract), place.measure, quarters, own.get(each.key))
        for each in commitments
        if (place := edition.places.get(each.measure)) is not None
    }


def line_plan(
    promised: Sequence[Decimal],
    measure: Measure,
    quarters: Sequence[ContractQuarter],
    own: Mapping[Quarter, Decimal] | None = None,
) -> LinePlan:
    """The plan of one commitment: `own` where its years fit what is promised, else the default."""
    usual = default_plan(measure, promised, quarters)
    if not own:
        return LinePlan(usual, frozenset(quarter.year for quarter in usual))
    by_default = frozenset(
        year for year, quantity in enumerate(promised) if not _fits(_of_year(own, year), quantity, usual)
    )
    chosen = {
        quarter: quantity if quarter.year in by_default else own.get(quarter, NONE)
        for quarter, quantity in usual.items()
    }
    return LinePlan(chosen, by_default)


def _of_year(own: Mapping[Quarter, Decimal], year: int) -> dict[Quarter, Decimal]:
    return {quarter: quantity for quarter, quantity in own.items() if quarter.year == year}


def _fits(own: Mapping[Quarter, Decimal], promised: Decimal, quarters: Mapping[Quarter, Decimal]) -> bool:
    return bool(own) and exact_sum(own.values()) == promised and own.keys() <= quarters.keys()


def plan_problems(
    contract: Contract,
    edition: MenuEdition,
    commitments: Iterable[Commitment],
    entries: Iterable[PlanEntry],
    before: Plan | None = None,
    today: date | None = None,
) -> list[Problem]:
    """What must be put right before a plan is accepted: each year that is planned adds up to what is promised.

    With `before`, the plan that is in force, and `today` it is asked about what would change in quarters that have
    ended: a plan that is moved afterwards can make any rating good.
    """
    own: dict[str, list[PlanEntry]] = {}
    for entry in entries:
        own.setdefault(entry.commitment, []).append(entry)
    found: list[Problem] = []
    for commitment in commitments:
        place, planned = edition.places.get(commitment.measure), own.pop(commitment.key, [])
        if place is None:
            continue
        found.extend(_line_problems(commitment, place.measure, contract, planned))
        was = (before or {}).get(commitment.key)
        if was is not None and today is not None and planned:
            found.extend(_past(commitment, planned, was, ended_by(quarters_of(contract), today)))
    message = "It is planned for a commitment that the contract has not"
    found.extend(_problem("plan-unknown", message, "Leave it out", Where(commitment=key)) for key in own)
    return found


def _past(
    commitment: Commitment, entries: Sequence[PlanEntry], before: LinePlan, ended: Iterable[ContractQuarter]
) -> Iterable[Problem]:
    """What a plan would change in quarters that have ended, in the years that it plans."""
    planned = {entry.quarter: entry.quantity for entry in entries}
    years = {quarter.year for quarter in planned}
    for each in ended:
        was, now = before.quantities.get(each.quarter, NONE), planned.get(each.quarter, NONE)
        if each.quarter.year in years and was != now:
            message = (
                f"{each.label} has ended with {format_quantity(was)} due, and the plan makes it {format_quantity(now)}"
            )
            where = Where(
                commitment=commitment.key,
                measure=commitment.measure,
                year=each.quarter.year,
                field=f"Q{each.quarter.number}",
            )
            fix = "Leave what is past as it was, or say in the reason why it was never right"
            yield Problem("plan-past", Severity.WARNING, message, fix, where)


def _line_problems(
    commitment: Commitment, measure: Measure, contract: Contract, entries: Sequence[PlanEntry]
) -> Iterable[Problem]:
    there = {each.quarter for each in quarters_of(contract)}
    years: dict[int, list[Decimal]] = {}
    for entry in entries:
        where = Where(
            commitment=commitment.key, measure=measure.code, year=entry.quarter.year, field=f"Q{entry.quarter.number}"
        )
        if entry.quarter not in there:
            message = f"The contract has no {entry.quarter.words}"
            yield _problem("plan-quarter", message, "Plan it in a quarter of the contract", where)
            continue
        if decimal_places(entry.quantity) > measure.decimals:
            fix = f"Enter {measure.many_name} with {plural(measure.decimals, 'decimal')} at most"
            yield _problem("plan-too-precise", f"{format_quantity(entry.quantity)} has too many decimals", fix, where)
        years.setdefault(entry.quarter.year, []).append(entry.quantity)
    promised = promised_by_year(commitment, measure, contract)
    for year, quantities in years.items():
        planned = exact_sum(quantities)
        if planned != promised[year]:
            message = (
                f"{format_quantity(planned)} is planned for {contract.years[year].label}, "
                f"and {format_quantity(promised[year])} is promised"
            )
            where = Where(commitment=commitment.key, measure=measure.code, year=year, field="quantity")
            yield _problem("plan-sum", message, "Change the quarters until they add up to it", where)


def _problem(code: str, message: str, fix: str, where: Where) -> Problem:
    return Problem(code, Severity.ERROR, message, fix, where)
