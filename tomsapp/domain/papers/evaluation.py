"""The evaluation report of a lot: a first page for whoever decides, then all by which a bidder can redo every sum."""

from collections.abc import Iterator
from dataclasses import replace

from tomsapp.domain.papers.council_paper import (
    CouncilPaper,
    PaperBlock,
    PaperColumn,
    PaperHeading,
    PaperList,
    PaperTable,
    PaperText,
    TextKind,
)
from tomsapp.domain.papers.evaluation_record import decisions, files, identity, marks, out_of_the_ordinary, who_did_what
from tomsapp.domain.papers.evaluation_sums import each_bid, how_scored, why_not_admitted
from tomsapp.domain.papers.evaluation_told import EvaluationTold
from tomsapp.domain.papers.evaluation_tried import sensitivity, what_would_change
from tomsapp.domain.papers.told import PROXY_NOTE, PaperMaker
from tomsapp.domain.tender.scoring import ScoredBid
from tomsapp.domain.tender.scoring_parts import exact_text
from tomsapp.domain.tender.scoring_words import sentences_of
from tomsapp.domain.wording import format_date, format_pounds, listed, plural, small_first

NAME = "Evaluation report"
NOT_FROZEN = "This evaluation is not frozen: its figures can still change."
_NONE = "–"
_PROXY = "Social value is in proxy pounds: an estimate of the good that is done, not money that anybody pays."


def evaluation_report(told: EvaluationTold, maker: PaperMaker) -> CouncilPaper:
    """The report on the evaluation of a lot."""
    blocks = (
        *_in_short(told),
        *_not_admitted(told),
        *how_scored(told),
        *each_bid(told),
        *marks(told),
        *sensitivity(told),
        *decisions(told),
        *files(told),
        *who_did_what(told),
        *identity(told),
    )
    title = f"Evaluation report: {told.what} ({told.tender.reference})"
    paper = maker.paper(NAME, title, blocks, (PROXY_NOTE,), ())
    return replace(paper, file=f"{told.tender.reference} lot {told.lot.number} evaluation report")


# The first page


def _in_short(told: EvaluationTold) -> Iterator[PaperBlock]:
    yield PaperText(_bought(told), TextKind.LEAD)
    yield _stands(told)
    yield PaperHeading("In short")
    yield PaperText(_outcome(told))
    if told.rows:
        yield _ranking(told)
        out = [f"{row.supplier} is not admitted: {listed(list(map(small_first, row.fails)))}." for row in _out(told)]
        yield PaperText(" ".join((*sentences_of(told.evaluated.evaluation), *out)))
    yield PaperText(_weighed(told))
    yield from what_would_change(told)
    yield PaperHeading("Out of the ordinary", 3)
    yield PaperList(tuple(out_of_the_ordinary(told)))


def _bought(told: EvaluationTold) -> str:
    """What is bought, for how long and for how much."""
    lot = told.lot
    value = "" if lot.value is None else f"estimated at {format_pounds(lot.value)} without VAT"
    return f"{', '.join(filter(None, (told.what, lot.length_words, value)))}."


def _stands(told: EvaluationTold) -> PaperText:
    frozen = told.frozen
    if frozen is None:
        return PaperText(NOT_FROZEN, TextKind.MARKED)
    by = f"{frozen.by}{', ' if frozen.role else ''}{frozen.role}"
    return PaperText(f"This evaluation was frozen on {format_date(frozen.done_on)} by {by}, and is final.")


def _outcome(told: EvaluationTold) -> str:
    evaluation = told.evaluated.evaluation
    came = f"{plural(len(evaluation.rows), 'bid')} for {told.what}, {len(evaluation.admitted)} admitted"
    winners = evaluation.winners
    if not evaluation.rows:
        return f"There is no bid for {told.what}."
    if not winners:
        return f"{came}. Nobody is ranked."
    names = listed([row.supplier for row in winners])
    how = "comes first" if len(winners) == 1 else "share the first place"
    most = exact_text(evaluation.rules.weights.all)
    return f"{names} {how} with {winners[0].shown_total} of {most} points. {came}."


def _ranking(told: EvaluationTold) -> PaperTable:
    rules = told.evaluated.given.rules
    columns = (
        PaperColumn("Bidder", 34),
        PaperColumn("Rank", 9),
        PaperColumn("Price", 20, right=True),
        PaperColumn("Social value", 19, right=True),
        PaperColumn(f"Points of {exact_text(rules.weights.all)}", 18, right=True),
    )
    return PaperTable("Bids in the order of their points", columns, tuple(map(_ranked, told.rows)))


def _ranked(row: ScoredBid) -> tuple[str, ...]:
    price = _NONE if row.bid.price is None else format_pounds(row.bid.price)
    points = "Not admitted" if row.fails else row.shown_total
    return row.supplier, row.rank_words, price, format_pounds(row.bid.value), points


def _weighed(told: EvaluationTold) -> str:
    """The weights in one sentence, for whoever reads no further."""
    weights = told.evaluated.given.rules.weights
    parts = (("price", weights.price), ("quality", weights.quality), ("social value", weights.social))
    named = listed([f"{exact_text(points)} for {name}" for name, points in parts if points] or ["none"])
    social = ""
    if weights.quantity and weights.statement:
        social = (
            f" Those for social value are {exact_text(weights.quantity)} for how much is offered and "
            f"{exact_text(weights.statement)} for the answers to the questions."
        )
    return f"Of {exact_text(weights.all)} points there are {named}.{social} {_PROXY}"


def _out(told: EvaluationTold) -> tuple[ScoredBid, ...]:
    return told.evaluated.evaluation.not_admitted


def _not_admitted(told: EvaluationTold) -> Iterator[PaperBlock]:
    """Who is not admitted, by which rule, and how that is worked out."""
    rows = _out(told)
    if not rows:
        return
    yield PaperHeading("Not admitted")
    for row in rows:
        yield PaperHeading(row.supplier, 3)
        yield from why_not_admitted(told, row, f"Why {row.supplier} is not admitted")
    yield PaperText(
        "A bid that is not admitted has no points, and sets neither the lowest price nor the highest social value.",
        TextKind.NOTE,
    )
