"""The employment outcomes of each contract as sums of terms, the same people counted once."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

import pandas as pd

from tomsapp.dashboards.facts import PortfolioContract, PortfolioMeasure
from tomsapp.dashboards.valuing import QUANTITY_PLACES, LineTuple, Valuer
from tomsapp.domain.checks.asked import Claims, PromisedLine
from tomsapp.domain.checks.clashes import declared_in
from tomsapp.domain.commitment import Rate
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.jobs import JobSum, JobTerm
from tomsapp.domain.menu import MenuEdition, Pair
from tomsapp.domain.money import PENNY_PLACES, SHARE_PLACES, from_scaled, to_scaled
from tomsapp.domain.people import not_counted
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
    """

    number: int
    owner: PortfolioMeasure
    share: int
    quantity: int
    weighed: int
    is_in_years: bool

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


@dataclass(frozen=True)
class Declarations:
    """What was declared of people, by the contract's place in the cube.

    Attributes:
        answers: what was answered to clashes, by the Problem's key.
        lines: the lines that claim any, by the number of their commitment; of contracts with answers only.
    """

    answers: Mapping[int, Mapping[str, Answer]] = field(default_factory=dict)
    lines: Mapping[int, Mapping[int, PromisedLine]] = field(default_factory=dict)

    def pairs_of(self, place: int, contract: PortfolioContract, left: Collection[int] | None = None) -> frozenset[Pair]:
        """The pairs of measures whose people are declared to be different.

        `left` are the commitments that are left of a contract with errors: what is declared of them holds as well.
        """
        answers, lines = self.answers.get(place), self.lines.get(place, {})
        if not answers or contract.edition is None:
            return frozenset()
        kept = [tuple(lines.values())]
        if left is not None:
            kept.append(tuple(line for commitment, line in lines.items() if commitment in left))
        is_fixed = contract.status is not ContractStatus.DRAFT
        claims = (Claims(contract.start_on, contract.end_on, is_fixed, lines) for lines in kept)
        return frozenset[Pair]().union(*(declared_in(contract.edition, each, answers) for each in claims))


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
        left_out: how many more they are if all of them are different people.
    """

    total: Fraction = Fraction(0)
    left_out: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class PartsOfContract:
    """What the employment outcomes of a contract are the sum of.

    Attributes:
        left_out: the codes of the measures whose people may be those of another, so that they are not counted.
    """

    parts: tuple[Part, ...] = ()
    left_out: frozenset[str] = frozenset()

    def counts(self, part: Part) -> bool:
        """Whether a part is in the total."""
        return part.owner.measure.code not in self.left_out

    @property
    def counted(self) -> Sequence[Part]:
        """The parts that are in the total."""
        return [part for part in self.parts if self.counts(part)]

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
    terms = (_term(part, length, is_counted=own.counts(part)) for part in own.parts)
    return JobSum(tuple(sorted(terms, key=lambda term: order.index(term.measure))))


def parts_today(contract: PortfolioContract, own: PartsOfContract, declared: Collection[Pair]) -> PartsOfContract:
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
    outcomes: dict[str, int] = {}
    for part in anew:
        code = part.owner.measure.code
        outcomes[code] = outcomes.get(code, 0) + part.over(contract.length)
    return PartsOfContract(tuple(anew), not_counted(later, outcomes, declared))


def _term(part: Part, length: Fraction, *, is_counted: bool) -> JobTerm:
    measure = part.owner.measure
    return JobTerm(
        measure.code,
        from_scaled(part.quantity, QUANTITY_PLACES),
        from_scaled(part.share, SHARE_PLACES),
        measure.employment_outcome,
        length if measure.unit is Unit.FTE_YEARS else None,
        is_counted,
    )
