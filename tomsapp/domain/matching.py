"""Finds for each line that somebody offers the line that a contract holds already."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum

from tomsapp.domain.commitment import Commitment
from tomsapp.domain.history import Stored


class MatchedBy(Enum):
    """What two lines were taken for the same by."""

    IDENTITY = "identity"
    """This program’s own workbook says which line it is."""
    PLACE = "place"
    """Measure and place."""
    ORDER = "order"
    """The measure alone, and the order in which its lines stand."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A line that is offered.

    Attributes:
        commitment: its key names the line.
        line_id: the number of the line that the file itself names; None where it names none.
        has_place: whether the file says where it is delivered.
    """

    commitment: Commitment
    line_id: int | None = None
    has_place: bool = True


@dataclass(frozen=True, slots=True)
class Match:
    """A line that is held beside the one that is offered for it; one of them may be missing.

    `rivals` is how many other lines of the measure could have been meant as well.
    """

    was: Stored[Commitment] | None
    offered: Commitment | None
    by: MatchedBy | None = None
    rivals: int = 0


def match_lines(held: Sequence[Stored[Commitment]], offered: Sequence[Offered]) -> tuple[Match, ...]:
    """Every line that is offered, in its order, then those that are held and not offered any more."""
    left = list(held)
    pairs: dict[int, tuple[Stored[Commitment], MatchedBy, int]] = {}
    for by in MatchedBy:
        for place, line in enumerate(offered):
            if place in pairs:
                continue
            fitting = [one for one in left if _fits(one, line, by)]
            if fitting:
                pairs[place] = (fitting[0], by, len(fitting) - 1)
                left.remove(fitting[0])
    matched = [
        Match(pairs[place][0], line.commitment, *pairs[place][1:]) if place in pairs else Match(None, line.commitment)
        for place, line in enumerate(offered)
    ]
    return (*matched, *(Match(one, None) for one in left))


def _fits(held: Stored[Commitment], line: Offered, by: MatchedBy) -> bool:
    if by is MatchedBy.IDENTITY:
        return line.line_id == held.id and line.commitment.measure == held.record.measure
    if line.commitment.measure != held.record.measure:
        return False
    return by is MatchedBy.ORDER or (line.has_place and line.commitment.place == held.record.place)


FACTS = ("contract_share", "place", "statement", "cost")
"""What a file may say of a line beside its quantities."""


def offered_over(was: Commitment, offered: Commitment, facts: Iterable[str], years: int) -> Commitment:
    """What the contract would hold: what is offered, with what the file has no column for as it was.

    Its `facts` are those that the file has columns for; "rate" is one. Nothing and nought are the same quantity.
    """
    told = set(facts)
    kept = {fact: getattr(was, fact) for fact in FACTS if fact not in told}
    rate = offered.rate if "rate" in told or any(offered.quantities) else was.rate
    quantities = offered.quantities
    if _same_quantities(was, offered, years):
        quantities = was.quantities
    return replace(offered, key=was.key, project=was.project, rate=rate, quantities=quantities, **kept)


def _same_quantities(was: Commitment, offered: Commitment, years: int) -> bool:
    length = max(years, len(was.quantities), len(offered.quantities))
    return all((was.quantity_in(y) or Decimal(0)) == (offered.quantity_in(y) or Decimal(0)) for y in range(length))
