"""How a bid came about, for the panel: its points with every sum, its lines, and what keeps it or a line out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tomsapp.domain.papers.evaluation_sums import line_working
from tomsapp.domain.tender.compared import left_out_lines
from tomsapp.domain.tender.scoring_parts import exact_text
from tomsapp.domain.wording import format_pounds
from tomsapp.gui.widgets.explanation import Explanation, FactLine, Inset, SumLine

if TYPE_CHECKING:
    from tomsapp.domain.tender.scoring import ScoredBid
    from tomsapp.services.tenders.evaluating import EvaluatedBid, EvaluatedLot


def explain_bid(lot: EvaluatedLot, key: str) -> Explanation:
    """How a bid of a lot came about.

    Raises:
        KeyError: the lot has no such bid.
    """
    bid, row = lot.bid(key), lot.evaluated.evaluation.row(key)
    return Explanation(row.supplier, _standing(lot, row), tuple(_insets(row, bid)), tuple(_facts(lot, row, bid)))


def _standing(lot: EvaluatedLot, row: ScoredBid) -> str:
    if row.fails:
        return "Not admitted, so it has no points"
    if row.rank is None:
        return "Not ranked yet"
    most = exact_text(lot.evaluated.evaluation.rules.weights.all)
    return f"Rank {row.rank_words}, {row.shown_total} of {most} points"


def _insets(row: ScoredBid, bid: EvaluatedBid) -> Iterator[Inset]:
    for part in row.parts:
        if part.weight:
            *before, last = part.equations or ("Not known yet",)
            note = (SumLine(part.note, ""),) if part.note else ()
            sums = (*(SumLine(each, "") for each in before), SumLine(last, part.shown, is_total=True), *note)
            yield Inset(sums, f"{part.part.words}, {exact_text(part.weight)}")
    if row.total_sum:
        yield Inset((SumLine(row.total_sum, row.shown_total, is_total=True),), "Total")
    checked = bid.checked.checked.checked if bid.checked.checked is not None else None
    lines = () if checked is None else checked.admissible.lines
    if lines:
        told = [
            SumLine(f"{each.measure.full_name}: {line_working(each)}", format_pounds(each.social_value))
            for each in lines
        ]
        yield Inset((*told, SumLine("Together", format_pounds(row.bid.value), is_total=True)), "Social value")


def _facts(lot: EvaluatedLot, row: ScoredBid, bid: EvaluatedBid) -> Iterator[FactLine]:
    for reason in lot.evaluated.reasons[row.key]:
        yield FactLine("Not admitted", f"{reason.why}. {reason.rule}")
    for words in row.missing:
        yield FactLine("Missing", words)
    entered, checked = bid.checked.entered, bid.checked.checked
    if entered.offer is not None and checked is not None and checked.checked is not None:
        reasons = {each.record.line: each.record.reason for each in bid.decisions if each.record.line}
        for line in left_out_lines(checked.checked, entered.offer.commitments, entered.left_out):
            why = reasons.get(line.commitment.key) or "It has an error"
            yield FactLine("Left out", f"{line.measure.full_name}, {format_pounds(line.social_value)}: {why}")
    if bid.receipt is not None:
        file = bid.receipt.judged.file
        yield FactLine("Offer file", f"Receipt {file.number}, {file.name}. {bid.receipt.judged.words}")
        yield FactLine("SHA-256", file.sha256)
