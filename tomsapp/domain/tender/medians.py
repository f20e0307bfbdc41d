"""What bids of one lot promise of each measure, held beside each other: the median of the others.

A bid is held against those of the others that promise the measure at all: nothing promised is no quantity to compare.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from tomsapp.domain.money import EXACT
from tomsapp.domain.valuation import Valuation

_HALF = Decimal("0.5")


def quantities_of(valuation: Valuation) -> dict[str, Decimal]:
    """What is promised of each measure, all its lines and years together; measures of which nothing is stand out."""
    promised: dict[str, Decimal] = {}
    for line in valuation.lines:
        code = line.measure.code
        promised[code] = EXACT.add(promised[code], line.quantity) if code in promised else line.quantity
    return {code: quantity for code, quantity in promised.items() if quantity > 0}


def median(quantities: Iterable[Decimal]) -> Decimal | None:
    """The exact median: the middle one, or half of the two in the middle together; None of nothing."""
    ordered = sorted(quantities)
    if not ordered:
        return None
    middle, is_odd = divmod(len(ordered), 2)
    if is_odd:
        return ordered[middle]
    return EXACT.multiply(EXACT.add(ordered[middle - 1], ordered[middle]), _HALF)


def medians_of_others(bids: Sequence[Mapping[str, Decimal]]) -> tuple[dict[str, Decimal], ...]:
    """For each bid the median of the others by measure, of the measures that it promises and another does too."""
    by_measure: dict[str, list[tuple[int, Decimal]]] = {}
    for number, promised in enumerate(bids):
        for code, quantity in promised.items():
            by_measure.setdefault(code, []).append((number, quantity))
    found: tuple[dict[str, Decimal], ...] = tuple({} for _ in bids)
    for code, given in by_measure.items():
        for number, _ in given:
            middle = median(quantity for other, quantity in given if other != number)
            if middle is not None:
                found[number][code] = middle
    return found
