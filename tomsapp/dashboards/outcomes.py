"""The employment outcomes of each contract as sums of terms, the same people counted once."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

import numpy as np
import pandas as pd

from tomsapp.dashboards.facts import PortfolioContract, PortfolioMeasure
from tomsapp.dashboards.valuing import QUANTITY_PLACES
from tomsapp.domain.checks.clashes import declared_among
from tomsapp.domain.jobs import JobSum, JobTerm
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.money import SHARE_PLACES, from_scaled, to_scaled
from tomsapp.domain.people import PeopleOnce, count_people_once
from tomsapp.domain.units import Unit

_SCALE = 10 ** (QUANTITY_PLACES + SHARE_PLACES)
_WEIGHT_PLACES = 12
_WHOLE = _SCALE * 10**_WEIGHT_PLACES


@dataclass(frozen=True, slots=True)
class Part:
    """What the lines of one measure and share promise in a contract; the quantity in 10⁻⁴, the share in millionths.

    `number` is the place of the measure in the cube, also where `owner` is the same measure in a later edition.
    """

    number: int
    owner: PortfolioMeasure
    share: int
    quantity: int

    def outcomes(self, length: Fraction) -> Fraction:
        """The employment outcomes, as `valuation.employment_outcomes` counts them."""
        number = Fraction(self.weighed, _WHOLE)
        return number / length if self.is_in_years else number

    @property
    def weighed(self) -> int:
        """Quantity × share × outcomes per unit as a count of 10⁻²², not divided by the contract’s length yet."""
        return self.quantity * self.share * _weight(self.owner.measure.employment_outcome)

    @property
    def is_in_years(self) -> bool:
        """Whether its outcomes are full-time years, which are divided by the contract’s length."""
        return self.owner.measure.unit is Unit.FTE_YEARS


@dataclass(frozen=True)
class Declarations:
    """For each contract's place, which clashes were answered, and the codes of the measures that are claimed."""

    answered: Mapping[int, frozenset[str]] = field(default_factory=dict)
    claimed: Mapping[int, frozenset[str]] = field(default_factory=dict)

    def groups_of(self, place: int, edition: MenuEdition, without: Collection[str] | None = None) -> frozenset[str]:
        """The exclusion groups whose people are declared to be different; `without` names what is left of the lines."""
        answered = self.answered.get(place)
        if not answered:
            return frozenset()
        declared = declared_among(edition, self.claimed.get(place, frozenset()), answered)
        return declared if without is None else declared | declared_among(edition, without, answered)


def read_declarations(
    answered: Iterable[tuple[int, str]], frame: pd.DataFrame, measures: Sequence[PortfolioMeasure]
) -> Declarations:
    """The declarations from answers: pairs of a contract's place and a Problem's key."""
    keys: dict[int, set[str]] = {}
    for place, key in answered:
        keys.setdefault(place, set()).add(key)
    rows = frame[frame["contract"].isin(list(keys))] if keys else frame[:0]
    return Declarations({place: frozenset(found) for place, found in keys.items()}, claimed_codes(rows, measures))


def claimed_codes(rows: pd.DataFrame, measures: Sequence[PortfolioMeasure]) -> dict[int, frozenset[str]]:
    """The codes of the measures of which each contract claims any, by the contract's place."""
    if rows.empty:
        return {}
    lines = rows["quantity"].groupby([rows[name].to_numpy() for name in ("contract", "commitment", "measure")]).sum()
    found: dict[int, set[str]] = {}
    for (contract, _, measure), quantity in zip(lines.index.tolist(), lines.tolist(), strict=True):
        if quantity > 0:
            found.setdefault(contract, set()).add(measures[measure].measure.code)
    return {contract: frozenset(codes) for contract, codes in found.items()}


def outcome_parts(
    measures: Sequence[PortfolioMeasure], shares: Sequence[int], frame: pd.DataFrame
) -> dict[int, list[Part]]:
    """The parts of each contract's employment outcomes, by the contract's place, in the menu's order of measures."""
    counts = np.array([bool(each.measure.employment_outcome) for each in measures], dtype=bool)
    chosen = frame[counts[frame["measure"].to_numpy()]] if len(counts) else frame[:0]
    if chosen.empty:
        return {}
    by = [chosen[name].to_numpy() for name in ("contract", "measure", "share")]
    sums = chosen["quantity"].groupby(by).sum()
    found: dict[int, list[Part]] = {}
    for (contract, measure, share), quantity in zip(sums.index.tolist(), sums.tolist(), strict=True):
        if quantity and shares[share]:
            found.setdefault(contract, []).append(Part(measure, measures[measure], shares[share], int(quantity)))
    return found


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The employment outcomes of a contract, the same people counted once.

    Attributes:
        parts: what they are the sum of.
        left_out: the codes of the measures whose people may be those of another, so that they are not counted.
    """

    total: Fraction = Fraction(0)
    parts: tuple[Part, ...] = ()
    left_out: frozenset[str] = frozenset()

    def counts(self, part: Part) -> bool:
        """Whether a part is in the total."""
        return part.owner.measure.code not in self.left_out

    @property
    def counted(self) -> Sequence[Part]:
        """The parts that are in the total."""
        return [part for part in self.parts if self.counts(part)] if self.left_out else self.parts

    @property
    def not_counted(self) -> Sequence[Part]:
        """The parts that are not, because the people may be the same."""
        return [part for part in self.parts if not self.counts(part)] if self.left_out else ()


def outcomes_of(
    edition: MenuEdition | None, parts: Sequence[Part], length: Fraction, declared: Collection[str]
) -> Outcomes:
    """The employment outcomes of a contract, the same people counted once; none without a menu edition."""
    if edition is None or not parts:
        return Outcomes()
    if any(group.outcomes_once for group in edition.exclusion_groups):
        once = _people_once(edition, parts, length, declared)
        left_out = frozenset(code for overlap in once.overlaps for code in overlap.not_counted)
        return Outcomes(once.outcomes, tuple(parts), left_out)
    return Outcomes(_sum_of_parts(parts, length), tuple(parts))


def _sum_of_parts(parts: Sequence[Part], length: Fraction) -> Fraction:
    # Where nobody can be counted twice, whole numbers are added: thousands of contracts are, one after the other.
    jobs = years = 0
    for part in parts:
        if part.is_in_years:
            years += part.weighed
        else:
            jobs += part.weighed
    return Fraction(jobs, _WHOLE) + (Fraction(years, _WHOLE) / length if years else 0)


def outcomes_by_measure(shares: Iterable[tuple[Iterable[Part], Fraction]]) -> dict[int, Fraction]:
    """What the parts of many contracts bring, by the measure’s place in the cube; each with its contract’s length."""
    jobs: Counter[int] = Counter()
    years: dict[Fraction, Counter[int]] = {}
    for parts, length in shares:
        for part in parts:
            sums = years.setdefault(length, Counter()) if part.is_in_years else jobs
            sums[part.number] += part.weighed
    found = {number: Fraction(amount, _WHOLE) for number, amount in jobs.items()}
    for length, sums in years.items():
        for number, amount in sums.items():
            found[number] = found.get(number, Fraction(0)) + Fraction(amount, _WHOLE) / length
    return found


@lru_cache(maxsize=256)
def _weight(outcomes_per_unit: Decimal) -> int:
    return to_scaled(outcomes_per_unit, _WEIGHT_PLACES)


def _people_once(
    edition: MenuEdition, parts: Sequence[Part], length: Fraction, declared: Collection[str]
) -> PeopleOnce:
    outcomes: dict[str, Fraction] = {}
    for part in parts:
        code = part.owner.measure.code
        outcomes[code] = outcomes.get(code, Fraction(0)) + part.outcomes(length)
    return count_people_once(edition, outcomes, declared)


def job_sum(edition: MenuEdition | None, outcomes: Outcomes, length: Fraction) -> JobSum:
    """The employment outcomes of a contract as a sum that can be done again, in the order of its menu edition."""
    order = list(edition.places) if edition is not None else []
    terms = (_term(part, length, is_counted=outcomes.counts(part)) for part in outcomes.parts)
    return JobSum(tuple(sorted(terms, key=lambda term: order.index(term.measure))))


def outcomes_today(contract: PortfolioContract, outcomes: Outcomes, declared: Collection[str]) -> Outcomes | None:
    """What the same promises bring under the edition that replaced a withdrawn one; None where that is the same.

    A measure that the later edition lacks, or counts in full-time years in place of people and jobs or the other way
    round, brings nothing under it.
    """
    later = contract.replaced_by
    if later is None:
        return None
    anew = [
        replace(part, owner=PortfolioMeasure(later, place))
        for part in outcomes.parts
        if (place := later.places.get(part.owner.measure.code)) is not None
        and (place.measure.unit is Unit.FTE_YEARS) is (part.owner.measure.unit is Unit.FTE_YEARS)
        and place.measure.employment_outcome
    ]
    today = outcomes_of(later, anew, contract.length, declared)
    return None if today.total == outcomes.total else today


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
