"""The employment outcomes of each contract as sums of terms, the same people counted once."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

import pandas as pd

from tomsapp.dashboards.facts import PortfolioContract, PortfolioMeasure
from tomsapp.dashboards.valuing import QUANTITY_PLACES, LineTuple, Valuer
from tomsapp.domain.checks.asked import Claims, PromisedLine
from tomsapp.domain.checks.declared import declared_in, same_in
from tomsapp.domain.commitment import Rate
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.jobs import JobSum, JobTerm
from tomsapp.domain.menu import Counts, Measure, MenuEdition, Pair
from tomsapp.domain.money import PENNY_PLACES, SHARE_PLACES, from_scaled, to_scaled
from tomsapp.domain.people import never_counted, not_counted
from tomsapp.domain.problems import Answer
from tomsapp.domain.units import Unit

_SCALE = 10 ** (QUANTITY_PLACES + SHARE_PLACES)
_WEIGHT_PLACES = 12
OUTCOMES_WHOLE = _SCALE * 10**_WEIGHT_PLACES


@dataclass(frozen=True, slots=True)
class Part:
    """What the lines of one measure and share promise in a contract; the quantity in 10⁻⁴, the share in millionths.

    Attributes:
        number: the place of the measure in the cube, also where `owner` is the same measure in a later edition.
        weighed: quantity × share × outcomes per unit as a count of 10⁻²², not divided by the contract’s length yet.
        is_in_years: whether its outcomes are full-time years, which are divided by the contract’s length.
        is_counted: whether it is in the fewest people that they can be.
        is_possible: whether it is in the most that they can be.
    """

    number: int
    owner: PortfolioMeasure
    share: int
    quantity: int
    weighed: int
    is_in_years: bool
    is_counted: bool = True
    is_possible: bool = True

    @staticmethod
    def of(number: int, owner: PortfolioMeasure, share: int, quantity: int) -> "Part":
        """The part with what is worked out from it: it is added up again and again."""
        measure = owner.measure
        weighed = quantity * share * outcomes_weight(measure.employment_outcome)
        return Part(number, owner, share, quantity, weighed, measure.unit is Unit.FTE_YEARS)

    def outcomes(self, length: Fraction) -> Fraction:
        """The employment outcomes, as `valuation.employment_outcomes` counts them."""
        number = Fraction(self.weighed, OUTCOMES_WHOLE)
        return number / length if self.is_in_years else number

    def over(self, length: Fraction) -> int:
        """The same as a whole number that can be held against that of another part of the contract."""
        return self.weighed * (length.denominator if self.is_in_years else length.numerator)


@dataclass(frozen=True, slots=True)
class Told:
    """What is answered of the people of a contract, by pairs of measures; of one with itself, of its years and lines.

    Attributes:
        declared: those whose people are declared to be different.
        same: those whose people are answered to be the same.
    """

    declared: frozenset[Pair] = frozenset()
    same: frozenset[Pair] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.declared or self.same)


NOTHING_TOLD = Told()


@dataclass(frozen=True)
class Declarations:
    """What was declared of people, by the contract's place in the cube.

    Attributes:
        answers: what was answered to clashes and repeats, by the Problem's key.
        lines: the lines that claim any, by the number of their commitment; of contracts with answers only.
    """

    answers: Mapping[int, Mapping[str, Answer]] = field(default_factory=dict)
    lines: Mapping[int, Mapping[int, PromisedLine]] = field(default_factory=dict)

    def told_of(self, place: int, contract: PortfolioContract, left: Collection[int] | None = None) -> Told:
        """What is answered of the people of a contract.

        `left` are the commitments that are left of a contract with errors: what is declared of them holds as well.
        """
        answers, lines = self.answers.get(place), self.lines.get(place, {})
        if not answers or contract.edition is None:
            return NOTHING_TOLD
        kept = [tuple(lines.values())]
        if left is not None:
            kept.append(tuple(line for commitment, line in lines.items() if commitment in left))
        is_fixed = contract.status is not ContractStatus.DRAFT
        claims = [Claims(contract.start_on, contract.end_on, is_fixed, lines) for lines in kept]
        return Told(
            frozenset[Pair]().union(*(declared_in(contract.edition, each, answers) for each in claims)),
            frozenset[Pair]().union(*(same_in(contract.edition, each, answers) for each in claims)),
        )


def read_declarations(
    answered: Iterable[tuple[int, str, Answer]],
    frame: pd.DataFrame,
    valuer: Valuer,
    rates: Iterable[LineTuple],
) -> Declarations:
    """The declarations from answers: a contract's place, a Problem's key and what was answered.

    The years of `frame` are still numbered within each contract; `rates` are the promises per pound.
    """
    answers: dict[int, dict[str, Answer]] = {}
    for place, key, answer in answered:
        answers.setdefault(place, {})[key] = answer
    if not answers:
        return Declarations()
    rows = frame[frame["contract"].isin(list(answers))]
    return Declarations(answers, _promised_lines(rows, valuer, _rates(rates)))


def _promised_lines(
    rows: pd.DataFrame, valuer: Valuer, rates: Mapping[int, Rate]
) -> dict[int, dict[int, PromisedLine]]:
    years: dict[tuple[int, int, int, int], dict[int, int]] = {}
    columns = (rows[name].tolist() for name in ("contract", "commitment", "measure", "share", "year", "quantity"))
    for contract, commitment, measure, share, year, quantity in zip(*columns, strict=True):
        of_line = years.setdefault((contract, commitment, measure, share), {})
        of_line[year] = of_line.get(year, 0) + quantity
    found: dict[int, dict[int, PromisedLine]] = {}
    for (contract, commitment, measure, share), of_line in years.items():
        if sum(of_line.values()) > 0:
            quantities = (from_scaled(of_line.get(year, 0), QUANTITY_PLACES) for year in range(max(of_line) + 1))
            found.setdefault(contract, {})[commitment] = PromisedLine(
                valuer.measures[measure].measure.code,
                tuple(quantities),
                from_scaled(valuer.shares[share], SHARE_PLACES),
                rates.get(commitment),
            )
    return found


def _rates(rows: Iterable[LineTuple]) -> dict[int, Rate]:
    """The promise per pound of each commitment that has one."""
    return {row[1]: Rate(from_scaled(row[7], QUANTITY_PLACES), from_scaled(row[8], PENNY_PLACES)) for row in rows}


def commitments_left(rows: pd.DataFrame) -> dict[int, set[int]]:
    """The commitments of each contract that stand in the rows, by the contract's place."""
    found: dict[int, set[int]] = {}
    for contract, commitment in zip(rows["contract"].tolist(), rows["commitment"].tolist(), strict=True):
        found.setdefault(contract, set()).add(commitment)
    return found


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The employment outcomes of a contract, the same people counted once.

    Attributes:
        left_out: how many more they are if all are different people, but for those that are answered to be the same.
        some_same: whether some are answered to be the same.
    """

    total: Fraction = Fraction(0)
    left_out: Fraction = Fraction(0)
    some_same: bool = False


@dataclass(frozen=True, slots=True)
class PartsOfContract:
    """What the employment outcomes of a contract are the sum of."""

    parts: tuple[Part, ...] = ()

    @property
    def counted(self) -> Sequence[Part]:
        """The parts that are in the total."""
        return [part for part in self.parts if part.is_counted]

    def total(self, length: Fraction) -> Fraction:
        """What they come to in a contract that runs so many years."""
        return sum((part.outcomes(length) for part in self.counted), Fraction(0))


def outcomes_by_measure(shares: Iterable[tuple[PartsOfContract, Fraction]]) -> dict[int, Fraction]:
    """What the parts of contracts bring, by the measure’s place in the cube; each with its contract’s length."""
    found: dict[int, Fraction] = {}
    for own, length in shares:
        for part in own.counted:
            found[part.number] = found.get(part.number, Fraction(0)) + part.outcomes(length)
    return found


@lru_cache(maxsize=256)
def outcomes_weight(outcomes_per_unit: Decimal) -> int:
    """Outcomes per unit as a whole number, of which with a quantity and a share `OUTCOMES_WHOLE` make one outcome."""
    return to_scaled(outcomes_per_unit, _WEIGHT_PLACES)


def job_sum(edition: MenuEdition | None, own: PartsOfContract, length: Fraction) -> JobSum:
    """The employment outcomes of a contract as a sum that can be done again, in the order of its menu edition."""
    order = list(edition.places) if edition is not None else []
    terms = (_term(part, length) for part in _together(own.parts))
    return JobSum(tuple(sorted(terms, key=lambda term: order.index(term.measure))))


def _together(parts: Iterable[Part]) -> Iterable[Part]:
    """The parts with years and lines of one measure and share together, as far as they are counted alike."""
    found: dict[tuple[int, int, bool, bool], Part] = {}
    for part in parts:
        key = (part.number, part.share, part.is_counted, part.is_possible)
        quantity = found[key].quantity + part.quantity if key in found else part.quantity
        found[key] = replace(part, quantity=quantity)
    return found.values()


def parts_today(contract: PortfolioContract, own: PartsOfContract, told: Told) -> PartsOfContract:
    """What the same promises bring under the edition that replaced a withdrawn one.

    A measure that the later edition lacks, or counts in full-time years in place of people and jobs or the other way
    round, brings nothing under it.
    """
    later = contract.replaced_by
    if later is None:
        return own
    anew = [
        Part.of(part.number, PortfolioMeasure(later, place), part.share, part.quantity)
        for part in own.parts
        if (place := later.places.get(part.owner.measure.code)) is not None
        and (place.measure.unit is Unit.FTE_YEARS) is (part.owner.measure.unit is Unit.FTE_YEARS)
        and place.measure.employment_outcome
    ]
    amounts = [(part.owner.measure, part.over(contract.length)) for part in anew]
    flags = zip(anew, *counted_of(later, amounts, told), strict=True)
    return PartsOfContract(tuple(replace(part, is_counted=one, is_possible=other) for part, one, other in flags))


def counted_of(
    edition: MenuEdition, amounts: Sequence[tuple[Measure, int]], told: Told
) -> tuple[list[bool], list[bool]]:
    """Which outcomes of a contract are in the fewest people, and which in the most, as `count_people_once` finds it.

    `amounts` are those of each measure, and by year and line where it counts once, in any part of a person.
    """
    by_code: dict[str, list[int]] = {}
    for measure, amount in amounts:
        by_code.setdefault(measure.code, []).append(amount)
    again = {
        measure.code
        for measure, _ in amounts
        if measure.counts is not Counts.EACH_YEAR and sum(own := by_code[measure.code]) > max(own)
    }
    is_open = {code for code in again if frozenset((code,)) not in told.declared}
    is_same = {code for code in is_open if frozenset((code,)) in told.same}
    certain, possible = (
        {code: max(own) if code in once else sum(own) for code, own in by_code.items()} for once in (is_open, is_same)
    )
    left_out = not_counted(edition, certain, told.declared)
    never = never_counted(edition, possible, told.declared, told.same)
    return _flags(amounts, left_out, is_open), _flags(amounts, never, is_same)


def _flags(amounts: Sequence[tuple[Measure, int]], gone: Collection[str], once: Collection[str]) -> list[bool]:
    """Whether each is counted: nothing of the measures that are `gone`, and of those `once` the first with the most."""
    most: dict[str, int] = {}
    for place, (measure, amount) in enumerate(amounts):
        if measure.code in once and (measure.code not in most or amount > amounts[most[measure.code]][1]):
            most[measure.code] = place
    return [
        measure.code not in gone and most.get(measure.code, place) == place
        for place, (measure, _) in enumerate(amounts)
    ]


def _term(part: Part, length: Fraction) -> JobTerm:
    measure = part.owner.measure
    return JobTerm(
        measure.code,
        from_scaled(part.quantity, QUANTITY_PLACES),
        from_scaled(part.share, SHARE_PLACES),
        measure.employment_outcome,
        length if measure.unit is Unit.FTE_YEARS else None,
        part.is_counted,
        part.is_possible,
    )
