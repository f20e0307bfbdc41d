"""What came of an evaluation as values: every score exact, as a fraction, and as it is shown."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.tender.evaluating import Evaluated
from tomsapp.domain.tender.lot import Lot
from tomsapp.domain.tender.scoring import ScoredBid
from tomsapp.domain.tender.scoring_parts import PartScore
from tomsapp.domain.tender.scoring_rules import show_points
from tomsapp.exchange.numbers import plain_pounds


def result_values(lots: Iterable[tuple[Lot, Evaluated]]) -> dict[str, object]:
    """The ranking of each lot, its rows in their order."""
    return {"lots": [_lot_values(lot, evaluated) for lot, evaluated in lots]}


def _lot_values(lot: Lot, evaluated: Evaluated) -> dict[str, object]:
    evaluation = evaluated.evaluation
    return {
        "lot": lot.number,
        "lowest_price": _pounds(evaluation.lowest_price),
        "highest_value": _pounds(evaluation.highest_value),
        "bids": [_row_values(row, evaluated) for row in evaluation.rows],
    }


def _row_values(row: ScoredBid, evaluated: Evaluated) -> dict[str, object]:
    return {
        "bid": row.key,
        "supplier": row.supplier,
        "rank": row.rank_words,
        "social_value": _pounds(row.bid.value),
        "parts": {part.part.value: _part_values(part) for part in row.parts},
        "total": _points(row.total),
        "missing": list(row.missing),
        "not_admitted": [
            {"code": each.code, "why": each.why, "rule": each.rule} for each in evaluated.reasons[row.key]
        ],
    }


def _part_values(part: PartScore) -> dict[str, object]:
    return {"most": str(part.weight), "points": _points(part.points)}


def _points(points: Fraction | None) -> dict[str, str] | None:
    return None if points is None else {"exact": str(points), "shown": show_points(points)}


def _pounds(pounds: Decimal | None) -> str | None:
    return None if pounds is None else plain_pounds(pounds)
