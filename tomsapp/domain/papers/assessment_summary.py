"""The assessment summary of one bidder: how its tender was assessed against each criterion, and the one that won.

It holds what regulation 31 of the Procurement Regulations 2024 lists. A bidder reads the sums of its own tender; of the
one that won, the scores and the explanations. No other bidder is told of.

Source: docs/decisions/055-assessment-summaries.md.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tomsapp.domain.papers.council_paper import (
    CouncilPaper,
    PaperBlock,
    PaperColumn,
    PaperHeading,
    PaperTable,
    PaperText,
    TextKind,
)
from tomsapp.domain.papers.evaluation_sums import (
    how_scored,
    left_out_lines,
    offered_lines,
    part_working,
    why_not_admitted,
)
from tomsapp.domain.papers.evaluation_told import EvaluationTold, sentences
from tomsapp.domain.papers.told import PROXY_NOTE, PaperMaker
from tomsapp.domain.supplier import Supplier
from tomsapp.domain.tender.acts import TenderActKind, standing
from tomsapp.domain.tender.choices import Placing
from tomsapp.domain.tender.explaining import Criterion, ScoreToExplain
from tomsapp.domain.tender.scoring import ScoredBid
from tomsapp.domain.tender.scoring_parts import exact_text
from tomsapp.domain.tender.scoring_rules import Part, show_points
from tomsapp.domain.tender.scoring_words import lead_words
from tomsapp.domain.wording import plural

NAME = "Assessment summary"
NOT_AWARDED = "Draft, not to be sent: the lot is not awarded yet."
WITHDRAWN = "Draft, not to be sent: the tender was withdrawn, and the lot is not awarded."
TO_WRITE = "To be written."
"""What a draft says where an explanation is missing."""
_UNKNOWN = "Not recorded"
_REGULATION = (
    "This summary holds what regulation 31 of the Procurement Regulations 2024 lists. Section 50 of the Procurement "
    "Act 2023 asks for it where a public contract is awarded after a competitive tendering procedure."
)


@dataclass(frozen=True, slots=True)
class SummaryTold:
    """What the summary of one bidder is made of.

    Attributes:
        told: the lot with its bids.
        key: the bid whose bidder reads it.
        scores: every score of the lot's bids with what is told of it.
        suppliers: who bids, as the council records them, by the keys of the bids.
        awarded: the bid that the lot went to; empty before.
        missing: what must be done before it can be sent.
    """

    told: EvaluationTold
    key: str
    scores: Sequence[ScoreToExplain]
    suppliers: Mapping[str, Supplier]
    awarded: str = ""
    missing: tuple[str, ...] = ()

    @property
    def row(self) -> ScoredBid:
        """The bid of whoever reads it."""
        return self.told.evaluated.evaluation.row(self.key)

    @property
    def winner(self) -> ScoredBid | None:
        """The bid that the lot went to; None before."""
        return self.told.evaluated.evaluation.row(self.awarded) if self.awarded else None

    def of(self, key: str) -> tuple[ScoreToExplain, ...]:
        """The scores of one bid."""
        return tuple(each for each in self.scores if each.key == key)

    @property
    def further(self) -> str:
        """The further reasons for which the lot does not go to the bidder."""
        return next((each.text for each in self.of(self.key) if each.criterion.part is None), "")


def assessment_summary(summary: SummaryTold, maker: PaperMaker) -> CouncilPaper:
    """The summary of one bidder."""
    told, row = summary.told, summary.row
    blocks = [*_head(summary), *_outcome(summary), *_own(summary)]
    winner = summary.winner
    if winner is not None and winner.key != row.key:
        blocks += [PaperHeading(f"The tender of {winner.supplier}, to whom the contract is awarded")]
        blocks += _assessed(summary, winner, is_own=False)
    blocks += [*how_scored(told, tells_bids=row.bid.is_admitted), PaperText(_where_in_full(told)), *_who(summary)]
    paper = maker.paper(
        NAME, f"Assessment summary for {row.supplier}: {_of(told)}", blocks, (PROXY_NOTE, _REGULATION), ()
    )
    return replace(paper, file=f"{told.tender.reference} lot {told.lot.number} assessment summary {row.supplier}")


def _of(told: EvaluationTold) -> str:
    lot = f", lot {told.lot.number}" if told.lots > 1 else ""
    return f"{told.tender.reference}{lot}"


def _head(summary: SummaryTold) -> Iterator[PaperBlock]:
    told = summary.told
    head = (f"To {summary.row.supplier}", f"{told.what}, {told.tender.reference}")
    yield PaperText(sentences(head), TextKind.LEAD)
    if not summary.awarded:
        is_over = any(act.kind is TenderActKind.WITHDRAW for act in standing(told.acts))
        yield PaperText(WITHDRAWN if is_over else NOT_AWARDED, TextKind.MARKED)
    elif summary.missing:
        count = plural(len(summary.missing), "thing is", "things are")
        yield PaperText(f"Draft, not to be sent: {count} missing.", TextKind.MARKED)


def _outcome(summary: SummaryTold) -> Iterator[PaperBlock]:
    row, winner = summary.row, summary.winner
    is_own = winner is not None and winner.key == row.key
    yield PaperHeading("The result")
    yield PaperText(sentences(tuple(_result(summary, row, winner))))
    if row.fails:
        yield from why_not_admitted(summary.told, row, "Why your tender is not admitted")
    if not is_own and summary.further:
        yield PaperText(summary.further)


def _result(summary: SummaryTold, row: ScoredBid, winner: ScoredBid | None) -> Iterator[str]:
    admitted = summary.told.evaluated.evaluation.admitted
    if winner is not None:
        yield f"The contract is awarded to {'you' if winner.key == row.key else winner.supplier}"
    if row.fails:
        yield "Your tender is not admitted, so it has no points"
        return
    most = exact_text(summary.told.evaluated.given.rules.weights.all)
    rank = f"Your tender has rank {row.rank_words} of {len(admitted)}" if row.rank else "Your tender is not ranked"
    yield f"{rank}, with {row.shown_total} of {most} points"
    if winner is not None and winner.key != row.key and row.total is not None and winner.total is not None:
        if winner.total > row.total:
            yield f"{winner.supplier} has {winner.shown_total}, which is {lead_words(winner, row)} more"
        else:
            yield f"{winner.supplier} has {winner.shown_total}"


def _own(summary: SummaryTold) -> Iterator[PaperBlock]:
    """How the bidder's own tender was assessed, as far as it was, with all its sums."""
    told, row = summary.told, summary.row
    yield PaperHeading("Your tender")
    mine = told.told(row.key)
    if mine is not None and mine.receipt is not None:
        file = mine.receipt.file
        yield PaperText(f"Assessed was {file.name}, receipt {file.number}, SHA-256 {file.sha256}.", TextKind.NOTE)
    if row.bid.is_admitted:
        yield from _assessed(summary, row, is_own=True)
    else:
        yield PaperText("It was not assessed against the award criteria, as it is not admitted.")
    yield from offered_lines(told, row)
    yield from left_out_lines(row, told.left_out(row.key))


def _assessed(summary: SummaryTold, row: ScoredBid, *, is_own: bool) -> Iterator[PaperBlock]:
    """The scores of a bid, and each with its explanation; the sums of a bid are for its own bidder."""
    yield _scores(summary, row)
    yield PaperText(_sub_totals(summary.told, row), TextKind.NOTE)
    if is_own and row.total_sum:
        yield PaperText(f"Total: {row.total_sum}.", TextKind.NOTE)
    explained = [each for each in summary.of(row.key) if each.criterion.part is not None]
    for place, each in enumerate(explained):
        yield PaperHeading(f"{each.criterion.name}: {each.words}", 3)
        text = each.text if is_own else each.text_for_others
        if text:
            yield PaperText(text)
        else:
            yield PaperText(TO_WRITE, TextKind.MARKED)
        is_last = place + 1 == len(explained) or explained[place + 1].criterion.part is not each.criterion.part
        working = _sums(row, each.criterion) if is_own and is_last else ""
        if working:
            yield PaperText(working, TextKind.NOTE)


def _sums(row: ScoredBid, criterion: Criterion) -> str:
    """How the points of a part were worked out; nothing where the score was entered as it is."""
    of = "All questions together" if criterion.question is not None else "Worked out"
    told = (part_working(scored) for scored in row.parts if scored.part is criterion.part)
    return "".join(f"{of}: {working}." for working in told if "=" in working or not working[:1].isdigit())


def _scores(summary: SummaryTold, row: ScoredBid) -> PaperTable:
    rules = summary.told.evaluated.given.rules
    columns = (PaperColumn("Criterion", 56), PaperColumn("Points", 22, right=True), PaperColumn("Most", 22, right=True))
    scored = [part for part in row.parts if part.weight]
    rows = tuple((part.part.words, part.shown, exact_text(part.weight)) for part in scored)
    total = ("Total", row.shown_total, exact_text(rules.weights.all))
    return PaperTable(f"Scores of {row.supplier}", columns, rows, total)


def _sub_totals(told: EvaluationTold, row: ScoredBid) -> str:
    """What the parts come to that belong together: social value, and with quality where it stands within it."""
    weights = told.evaluated.given.rules.weights
    said = []
    if row.social_points is not None and weights.social:
        social = f"{show_points(row.social_points)} of {exact_text(weights.social)}"
        said.append(f"Social value, which is quantity and statement together: {social}")
        quality = row.points(Part.QUALITY)
        if told.tender.placing is Placing.WITHIN_QUALITY and quality is not None:
            both = f"{show_points(row.social_points + quality)} of {exact_text(weights.social + weights.quality)}"
            said.append(f"With quality, within which it stands: {both}")
    return sentences(said) or "Each criterion stands for itself."


def _where_in_full(told: EvaluationTold) -> str:
    """Where the criteria stand in full, with what each mark asks for."""
    newest = told.versions[-1] if told.versions else None
    pack = "The pack" if newest is None else f"Version {newest.version} of the pack, SHA-256 {newest.sha256}"
    marks = " What an answer is like that gets each mark stands there too." if told.questions else ""
    return f"{pack}, which every bidder had, sets out in full what is scored and how.{marks}"


def _who(summary: SummaryTold) -> Iterator[PaperBlock]:
    """Name, address and identifier of the bidder and of whoever the contract goes to."""
    yield PaperHeading("Names and addresses")
    keys = [summary.key, *([summary.awarded] if summary.awarded not in {"", summary.key} else [])]
    columns = (
        PaperColumn("Name", 28),
        PaperColumn("Postal address", 32),
        PaperColumn("E-mail", 24),
        PaperColumn("Registration number", 16),
    )
    rows = []
    for key in keys:
        held = summary.suppliers[key]
        told = (held.address, held.contact_email, held.registration)
        rows.append((held.name, *(text.strip() or _UNKNOWN for text in told)))
    yield PaperTable("Names and addresses", columns, tuple(rows), is_named=True)
