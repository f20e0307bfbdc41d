"""How the bids of a lot were scored, so that each bidder can redo every sum: formulae, then each bid's working."""

from collections.abc import Iterator
from typing import assert_never

from tomsapp.domain.papers.council_paper import (
    PaperBlock,
    PaperColumn,
    PaperHeading,
    PaperList,
    PaperTable,
    PaperText,
    TextKind,
)
from tomsapp.domain.papers.evaluation_told import EvaluationTold, LeftOut, sentences
from tomsapp.domain.papers.told import COUNTED_ONLY, count_of
from tomsapp.domain.sums import value_sums
from tomsapp.domain.tender.bands import BEST_MARK
from tomsapp.domain.tender.choices import Placing, QuantityMethod
from tomsapp.domain.tender.scoring import ScoredBid
from tomsapp.domain.tender.scoring_parts import PartScore, exact_text
from tomsapp.domain.tender.scoring_rules import Part, ScoringRules
from tomsapp.domain.valuation import LineValue
from tomsapp.domain.wording import format_pounds, format_quantity, plural

_NONE = "–"


def how_scored(told: EvaluationTold, *, tells_bids: bool = True) -> Iterator[PaperBlock]:
    """The weights, the formula of each part, and what the bids are held against.

    `tells_bids`: with the figures that points are divided by, which are of some bid; who has no points redoes none.
    """
    rules, evaluation = told.evaluated.given.rules, told.evaluated.evaluation
    yield PaperHeading("How bids are scored")
    columns = (PaperColumn("Part", 20), PaperColumn("Most points", 16, right=True), PaperColumn("Formula", 64))
    parts = [part for part in Part if rules.weights.of(part)]
    rows = tuple((part.words, exact_text(rules.weights.of(part)), formula(rules, part)) for part in parts)
    total = ("All points", exact_text(rules.weights.all), "")
    yield PaperTable("How bids are scored", columns, rows, total, is_named=True)
    yield PaperList(tuple(_held_against(told, tells_bids=tells_bids)))
    if rules.asked and rules.weights.statement:
        yield _question_weights(told, rules)
    if not evaluation.admitted:
        yield PaperText("No bid is admitted, so nothing is divided by any of these.", TextKind.NOTE)


def _question_weights(told: EvaluationTold, rules: ScoringRules) -> PaperTable:
    names = {question.number: question.name for question in told.questions}
    rows = []
    for number, weight in rules.asked.items():
        name = names.get(number, f"question {number}")
        rows.append((f"{name[:1].upper()}{name[1:]}", exact_text(weight)))
    columns = (PaperColumn("Question", 80), PaperColumn("Weight", 20, right=True))
    return PaperTable("Weights of the questions", columns, tuple(rows))


def formula(rules: ScoringRules, part: Part) -> str:
    """How the points of a part come about, as a sum in words."""
    most = exact_text(rules.weights.of(part))
    match part:
        case Part.PRICE:
            return f"lowest price of an admitted bid ÷ price × {most}"
        case Part.QUALITY:
            return f"quality score ÷ {exact_text(rules.quality_of)} × {most}"
        case Part.QUANTITY:
            return _quantity_formula(rules, most)
        case Part.STATEMENT:
            best = exact_text(sum(rules.asked.values(), rules.weights.all * 0) * BEST_MARK)
            return f"sum of mark × weight over all questions ÷ {best} × {most}"
        case _:
            assert_never(part)


def _quantity_formula(rules: ScoringRules, most: str) -> str:
    match rules.method:
        case QuantityMethod.PROPORTIONAL:
            return f"social value ÷ highest social value of an admitted bid × {most}"
        case QuantityMethod.TARGET:
            return f"social value ÷ {format_pounds(rules.whole_target)}, the target, × {most}; at most {most}"
        case QuantityMethod.BANDS:
            bands = "; ".join(band.words for band in rules.bands)
            return f"mark ÷ {BEST_MARK} × {most}, where the share of social value gives the mark: {bands}"
        case _:
            assert_never(rules.method)


def _held_against(told: EvaluationTold, *, tells_bids: bool) -> Iterator[str]:
    """What every bid is divided by, what a share is a share of, and how figures are rounded."""
    evaluation, tender = told.evaluated.evaluation, told.tender
    if evaluation.admitted and tells_bids:
        if evaluation.lowest_price is not None:
            yield f"The lowest price of an admitted bid is {format_pounds(evaluation.lowest_price)}."
        yield f"The highest social value of an admitted bid is {format_pounds(evaluation.highest_value)}."
    if tender.placing is Placing.WITHIN_QUALITY:
        inside = f"{exact_text(tender.social_points)} of {format_quantity(tender.quality_weight)}"
        yield f"Social value stands within quality: {inside} points of quality are its own."
    yield f"Social value is a share of: {tender.base.words.lower()}."
    yield tender.minimum.meaning
    yield (
        "A line is worth quantity × unit value × what is counted of it, rounded once for each contract year to the "
        "penny; a bid is worth the sum of its lines."
    )
    yield (
        "Points are worked out exactly. They are rounded only to be shown, to two decimals, half away from zero, and "
        "“…” marks a figure that goes on. Ranks go by exact totals."
    )


def each_bid(told: EvaluationTold) -> Iterator[PaperBlock]:
    """Each bid with its points, its lines, and what of it does not count."""
    if told.rows:
        yield PaperHeading("Each bid, worked out")
    for row in told.rows:
        yield PaperHeading(row.supplier, 3)
        yield from _points(row)
        yield PaperText(sentences(tuple(_standing(told, row))))
        yield from offered_lines(told, row)
        yield from left_out_lines(row, told.left_out(row.key))


def _standing(told: EvaluationTold, row: ScoredBid) -> Iterator[str]:
    if row.fails:
        yield "Not admitted, so it has no points. " + "; ".join(row.fails)
    elif row.rank is None:
        yield f"Not ranked{': ' if row.missing else ''}{'; '.join(row.missing)}"
    else:
        yield f"Rank {row.rank_words} of {len(told.evaluated.evaluation.admitted)}, with {row.shown_total} points"
    price = row.bid.price
    yield "No price is entered" if price is None else f"Price {format_pounds(price)}"
    quality = row.bid.quality
    if quality is not None:
        yield f"Quality score {exact_text(quality)} of {exact_text(told.evaluated.given.rules.quality_of)}"
    mine = told.told(row.key)
    if mine is not None and mine.receipt is not None:
        yield f"Offer file: receipt {mine.receipt.file.number}, {mine.receipt.file.name}"


def why_not_admitted(told: EvaluationTold, row: ScoredBid, caption: str) -> Iterator[PaperBlock]:
    """By which rules a bid is not admitted, and how what it is short of is worked out."""
    columns = (PaperColumn("Why", 40), PaperColumn("The rule", 60))
    yield PaperTable(caption, columns, tuple((why.why, why.rule) for why in told.evaluated.reasons[row.key]))
    checked = told.given(row.key).checked
    if checked is not None:
        short = [check for check in checked.policy_checks if check.shortfall and check.sums]
        if short:
            yield PaperList(tuple(f"{check.rule.title}: {'; '.join(check.sums)}." for check in short))


def _points(row: ScoredBid) -> Iterator[PaperBlock]:
    parts = [part for part in row.parts if part.weight]
    if not parts:
        return
    columns = (PaperColumn("Part", 16), PaperColumn("Working", 68), PaperColumn("Points", 16, right=True))
    rows = tuple((part.part.words, part_working(part), part.shown) for part in parts)
    yield PaperTable(f"Points of {row.supplier}", columns, rows, ("Total", "", row.shown_total))
    if row.total_sum:
        yield PaperText(f"Total: {row.total_sum}.", TextKind.NOTE)


def part_working(part: PartScore) -> str:
    """Every sum of a part, and why it is nothing, or all, where that needs saying."""
    return "; ".join((*part.equations, *filter(None, (part.note,)))) or "Not known yet"


def offered_lines(told: EvaluationTold, row: ScoredBid) -> Iterator[PaperBlock]:
    """The lines of a bid that count, each with its working, and what they come to."""
    lines = told.lines(row.key)
    if not lines:
        if told.given(row.key).checked is not None:
            yield PaperText("None of its lines counts.")
        return
    columns = (PaperColumn("Measure", 34), PaperColumn("Working", 46), PaperColumn("Social value", 20, right=True))
    rows = tuple((line.measure.full_name, line_working(line), _worth(line)) for line in lines)
    total = ("Together", "", format_pounds(row.bid.value))
    yield PaperTable(f"What {row.supplier} offers", columns, rows, total)


def _worth(line: LineValue) -> str:
    return format_pounds(line.social_value) if line.measure.is_valued else COUNTED_ONLY


def line_working(line: LineValue) -> str:
    """The sums of a line that counts, by contract years; of what is only counted its quantities."""
    if not line.measure.is_valued:
        return count_of(line.measure, line.units)
    told = [
        f"{each.years}: {each.equation}{_each(each.times)}{', ' if each.total_text else ''}{each.total_text}"
        for each in value_sums(line)
    ]
    return "; ".join(told) or "nothing is promised"


def _each(times: int) -> str:
    return f" in each of {times} years" if times > 1 else ""


def left_out_lines(row: ScoredBid, left: tuple[LeftOut, ...]) -> Iterator[PaperBlock]:
    """The lines of a bid that do not count, why, and what they would be worth."""
    if not left:
        return
    columns = (
        PaperColumn("Line", 34),
        PaperColumn("Why it does not count", 46),
        PaperColumn("Would be", 20, right=True),
    )
    rows = tuple(
        (each.name, each.reason, _NONE if each.pounds is None else format_pounds(each.pounds)) for each in left
    )
    caption = f"{plural(len(left), 'line')} of {row.supplier} {'does' if len(left) == 1 else 'do'} not count"
    yield PaperTable(caption, columns, rows)
