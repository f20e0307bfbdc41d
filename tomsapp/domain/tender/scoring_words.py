"""What is said of an evaluation in sentences: who leads and by how much, ties, and what cannot be told yet."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import assert_never

from tomsapp.domain.money import round_half_away
from tomsapp.domain.tender.choices import QuantityMethod
from tomsapp.domain.tender.scoring import Evaluation, ScoredBid
from tomsapp.domain.tender.scoring_parts import exact_text
from tomsapp.domain.tender.scoring_rules import SHOWN_PLACES, Part, show_points
from tomsapp.domain.wording import listed

APART_PLACES = 4
"""Two totals that are shown alike are told with at least so many decimals."""

EXACT_SCORES = f"Ranked on exact scores, shown to {SHOWN_PLACES} decimals."


def sentences_of(evaluation: Evaluation) -> tuple[str, ...]:
    """What is said under the table of an evaluation, a sentence each."""
    return tuple(_sentences(evaluation))


def _sentences(evaluation: Evaluation) -> Iterator[str]:
    if not evaluation.rows:
        yield "There is no bid."
    elif not evaluation.admitted:
        yield "No bid is admitted, so nobody is ranked."
    elif not evaluation.is_ranked:
        yield from _not_ranked(evaluation.admitted)
    else:
        yield from _ranked(evaluation)
    yield from _of_quantity(evaluation)


def _not_ranked(admitted: Sequence[ScoredBid]) -> Iterator[str]:
    yield "Nobody can be ranked yet, as what is missing could change the rank of every bid."
    for row in admitted:
        if row.missing:
            yield f"{row.supplier}: {'; '.join(row.missing)}."


def _ranked(evaluation: Evaluation) -> Iterator[str]:
    rows = evaluation.admitted
    yield _lead(evaluation)
    if len(rows) > 1:
        yield _equal_totals(rows)
        yield from _equal_parts(rows)
        yield from _shown_alike(rows)
    yield EXACT_SCORES


def _lead(evaluation: Evaluation) -> str:
    winners, rows = evaluation.winners, evaluation.admitted
    if len(winners) > 1:
        names = listed([row.supplier for row in winners])
        return f"{names} have exactly the same total, {winners[0].shown_total}: the scores do not say who wins."
    if len(rows) == 1:
        return f"{rows[0].supplier} is the only bid that is admitted."
    return f"{rows[0].supplier} leads {rows[1].supplier} by {lead_words(rows[0], rows[1])}."


def lead_words(first: ScoredBid, second: ScoredBid) -> str:
    """By how much one bid is before another, with as many decimals as it takes to be more than nothing.

    Where the shown totals differ by another amount, the exact totals stand beside it.
    """
    one, other = first.total or Fraction(0), second.total or Fraction(0)
    lead, between = one - other, round_half_away(one, SHOWN_PLACES) - round_half_away(other, SHOWN_PLACES)
    shown = round_half_away(lead, SHOWN_PLACES)
    told = f"{show_points(lead)} points" if shown else "under 0.01 points"
    if shown and shown == between:
        return told
    return f"{told} (exact scores {' and '.join(shown_apart(one, other))})"


def _equal_totals(rows: Sequence[ScoredBid]) -> str:
    shared: dict[int, list[str]] = {}
    for row in rows:
        if row.shares_rank and row.rank is not None:
            shared.setdefault(row.rank, []).append(row.supplier)
    told = [f"{listed(names)} share rank {rank}" for rank, names in shared.items()]
    return f"{listed(told)}." if told else "No two totals are equal."


def _equal_parts(rows: Sequence[ScoredBid]) -> Iterator[str]:
    for part in Part:
        alike: dict[Fraction, list[str]] = {}
        for row in rows:
            points = row.points(part)
            if part in row.ties and points is not None:
                alike.setdefault(points, []).append(row.supplier)
        for names in alike.values():
            yield f"{listed(names)} tie on the {part.value}."


def _shown_alike(rows: Sequence[ScoredBid]) -> Iterator[str]:
    """Neighbours whose totals are shown alike and are not: "86.93 and 86.93: exact scores 86.9312 and 86.9287."."""
    for first, second in pairwise(rows):
        if first.total is None or second.total is None or first.total == second.total:
            continue
        if first.shown_total == second.shown_total:
            shown = f"{first.shown_total} and {second.shown_total}"
            yield f"{shown}: exact scores {' and '.join(shown_apart(first.total, second.total))}."


def shown_apart(one: Fraction, other: Fraction) -> tuple[str, str]:
    """Two numbers that are not equal, with as many decimals as it takes to tell them apart, four at least."""
    places = APART_PLACES
    while round_half_away(one, places) == round_half_away(other, places):
        places += 1
    return f"{round_half_away(one, places):,.{places}f}", f"{round_half_away(other, places):,.{places}f}"


def _of_quantity(evaluation: Evaluation) -> Iterator[str]:
    rules, rows = evaluation.rules, evaluation.admitted
    weight = rules.weights.quantity
    if not weight or not rows:
        return
    points = f"{exact_text(weight)} points for quantity"
    match rules.method:
        case QuantityMethod.PROPORTIONAL:
            if not evaluation.highest_value:
                yield f"No admitted bid is worth anything in social value: each has 0 of {points}."
            elif len(rows) == 1:
                yield f"As the only admitted bid it has all {points} by the formula, whatever it offers."
        case QuantityMethod.TARGET:
            if not rules.whole_target:
                yield f"The tender has no target over zero to divide by: each bid has 0 of {points}."
        case QuantityMethod.BANDS:
            if not rules.bands:
                yield f"The tender has no bands: each bid has 0 of {points}."
        case _:
            assert_never(rules.method)
