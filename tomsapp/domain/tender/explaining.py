"""Why a bid has its scores, as each bidder is told after the award: one explanation for each criterion.

Officers write what people judged. What a formula decided, and what was said of an answer when its mark was agreed, is
proposed, and holds as long as nobody writes something else.

Source: docs/decisions/055-assessment-summaries.md.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import assert_never

from tomsapp.domain.facts import Fact, FactKind, Fault, Listed
from tomsapp.domain.person import PERSON
from tomsapp.domain.problems import Problem
from tomsapp.domain.record_type import RecordType, fact_problem
from tomsapp.domain.seal import REASON_LETTERS, letters_missing
from tomsapp.domain.supplier import Supplier, plain_name
from tomsapp.domain.tender.bands import BEST_MARK
from tomsapp.domain.tender.choices import QuantityMethod
from tomsapp.domain.tender.marking import ModeratedMark
from tomsapp.domain.tender.question import Question
from tomsapp.domain.tender.scoring import Evaluation, ScoredBid
from tomsapp.domain.tender.scoring_parts import exact_text
from tomsapp.domain.tender.scoring_rules import Part, ScoringRules
from tomsapp.domain.valuation import LineValue
from tomsapp.domain.wording import format_exact, format_pounds, listed, plural

_SHORT = 8
"""So many digits of a SHA-256 tell one offer of a bidder from another."""


@dataclass(frozen=True, slots=True)
class ScoreExplanation:
    """Why a bid has its score for one criterion.

    Attributes:
        bid: the number of the bid in the database.
        criterion: the key of the `Criterion`.
        score: what is explained: the score with what decided it. Another asks for another explanation.
        by: who wrote it.
    """

    bid: int
    criterion: str
    score: str
    text: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """What is explained of a bid: a part of the score, one question of the statement, or why it is not awarded.

    Attributes:
        part: None of the further reasons.
        question: the number of the question; None where it is about no question.
        name: "Price", "Question 2, Training".
        most: the best score, as it is shown; empty of the further reasons.
    """

    part: Part | None
    question: int | None
    name: str
    most: str

    @property
    def key(self) -> str:
        """What names it: "price", "question 2", "reasons"."""
        if self.question is not None:
            return f"question {self.question}"
        return "reasons" if self.part is None else self.part.value

    def score_words(self, score: str) -> str:
        """A score of it in words: "38.10 of 40 points", "mark 4 of 5"."""
        if self.part is None:
            return ""
        return f"mark {score} of {self.most}" if self.question is not None else f"{score} of {self.most} points"


FURTHER = Criterion(None, None, "Further reasons", "")
"""Why the contract does not go to a bidder, beside the scores."""


def criteria_of(rules: ScoringRules, questions: Iterable[Question]) -> tuple[Criterion, ...]:
    """What is explained of an admitted bid: each part that gives points, and of the statement each question."""
    names = {question.number: question.name for question in questions}
    found = []
    for part in Part:
        weight = rules.weights.of(part)
        if part is Part.STATEMENT and weight:
            called = [(number, names.get(number, f"question {number}")) for number in rules.asked]
            found += [Criterion(part, number, _capital(name), str(BEST_MARK)) for number, name in called]
        elif weight:
            found.append(Criterion(part, None, part.words, exact_text(weight)))
    return tuple(found)


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


@dataclass(frozen=True, slots=True)
class ScoreToExplain:
    """One score of one bid with what is told of it.

    Attributes:
        key, bid, supplier: the bid, by its key in the evaluation and its number in the database.
        score: as it is shown; empty of the further reasons.
        basis: the score with what decided it, in words: an explanation of another basis is none of this score.
        proposal: what holds where nothing is written; empty where somebody must write it.
        for_others: what other bidders read of it, where nothing is written; empty where they read the same.
        strangers: who is not to be told of to a bidder: the other bidders, and whoever marked.
        written: what was written.
        is_needed: whether bidders cannot be told without it.
    """

    key: str
    bid: int
    supplier: str
    criterion: Criterion
    score: str
    basis: str
    proposal: str = ""
    for_others: str = ""
    strangers: tuple[str, ...] = ()
    written: ScoreExplanation | None = None
    is_needed: bool = True

    @property
    def is_outdated(self) -> bool:
        """Whether what was written explains something else than there is now."""
        return self.written is not None and self.written.score != self.basis

    @property
    def named(self) -> tuple[str, ...]:
        """Whom the proposal names who is not to be told of: then it does not hold before somebody looked at it."""
        return named_in(self.proposal, self.strangers)

    @property
    def text(self) -> str:
        """What the bidder reads; empty where nothing holds."""
        if self.written is not None:
            return "" if self.is_outdated else self.written.text.strip()
        return "" if self.named else self.proposal

    @property
    def text_for_others(self) -> str:
        """What other bidders read of it where it is of the bid that wins: no figure that nobody wrote for them."""
        return self.text if self.written is not None or not self.text else self.for_others or self.text

    @property
    def is_missing(self) -> bool:
        """Whether it is still to be written."""
        return self.is_needed and not self.text

    @property
    def words(self) -> str:
        """The score in words."""
        return self.criterion.score_words(self.score)

    @property
    def state(self) -> str:
        """How far it is: "To be written", "Proposed", "Written by A. Okafor"."""
        if self.is_outdated and self.written is not None:
            anew = "To be looked at again" if self.is_needed else "Left out"
            return f"{anew}: it was written of {self.written.score}"
        if self.written is not None:
            return f"Written by {self.written.by}" if self.written.by else "Written"
        if self.named:
            return f"To be looked at: it names {listed(self.named)}"
        if self.proposal:
            return "Proposed"
        return "To be written" if self.is_needed else "Nothing to add"


def named_in(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """Which of these names stand in a text, whatever their case, signs and form of company."""
    words = f" {plain_name(text)} "
    return tuple(name for name in names if plain_name(name) and f" {plain_name(name)} " in words)


@dataclass(frozen=True, slots=True)
class LotToExplain:
    """An evaluated lot with what its explanations are proposed from.

    Attributes:
        numbers: of the bids in the database, by their keys.
        lines: of each bid the lines that count, by its key.
        files: the SHA-256 of the offer that counts of each bid, by its key.
        people: whoever marked.
        awarded: the key of the bid that the lot went to; empty before. `award` is the number of that act.
    """

    evaluation: Evaluation
    questions: Sequence[Question]
    numbers: Mapping[str, int]
    lines: Mapping[str, Sequence[LineValue]] = field(default_factory=dict)
    moderated: Sequence[ModeratedMark] = ()
    written: Sequence[ScoreExplanation] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    people: Sequence[str] = ()
    awarded: str = ""
    award: int | None = None


def scores_to_explain(lot: LotToExplain) -> tuple[ScoreToExplain, ...]:
    """Every score of the bids of a lot, best first; of a bid that is not admitted the further reasons alone."""
    written = {(each.bid, each.criterion): each for each in lot.written}
    return tuple(score for row in lot.evaluation.rows for score in _of_bid(lot, row, written))


def _of_bid(
    lot: LotToExplain, row: ScoredBid, written: Mapping[tuple[int, str], ScoreExplanation]
) -> Iterator[ScoreToExplain]:
    number = lot.numbers[row.key]
    strangers = (*(each.supplier for each in lot.evaluation.rows if each.key != row.key), *lot.people)

    def of(
        criterion: Criterion, basis: str, proposal: str = "", for_others: str = "", *, is_needed: bool = True
    ) -> ScoreToExplain:
        score, said = _score(row, criterion), written.get((number, criterion.key))
        told = (criterion, score, basis, proposal, for_others)
        return ScoreToExplain(row.key, number, row.supplier, *told, strangers, said, is_needed)

    if row.bid.is_admitted:
        for criterion in criteria_of(lot.evaluation.rules, lot.questions):
            told = _for_others(criterion, _score(row, criterion))
            yield of(criterion, _basis(lot, row, criterion), _proposal(lot, row, criterion), told)
    if row.key != lot.awarded:
        act = f"award {lot.award}" if lot.award is not None else "no award"
        yield of(FURTHER, f"rank {row.rank_words}, {act}", is_needed=_was_passed_over(lot, row))


def _basis(lot: LotToExplain, row: ScoredBid, criterion: Criterion) -> str:
    """A score with what decided it: "38.48 of 40 points, price £684,000.00"."""
    told = [criterion.score_words(_score(row, criterion)), *_decided_by(row, criterion.part)]
    if criterion.part is not Part.PRICE and row.key in lot.files:
        told.append(f"offer {lot.files[row.key][:_SHORT]}")
    return ", ".join(told)


def _decided_by(row: ScoredBid, part: Part | None) -> list[str]:
    """The figure of the bid that a formula made the score from."""
    match part:
        case Part.PRICE:
            return [] if row.bid.price is None else [f"price {format_pounds(row.bid.price)}"]
        case Part.QUANTITY:
            return [f"social value {format_pounds(row.bid.value)}"]
        case Part.QUALITY | Part.STATEMENT | None:
            return []
        case _:
            assert_never(part)


def _for_others(criterion: Criterion, score: str) -> str:
    """What others read of what a formula decided: the points, which they can redo from no figure of the bid."""
    if criterion.part not in {Part.PRICE, Part.QUANTITY}:
        return ""
    return f"The formula under “How bids are scored” gives {criterion.score_words(score)}."


def _was_passed_over(lot: LotToExplain, row: ScoredBid) -> bool:
    """Whether the lot went to a bid that is ranked no better, which the scores do not explain."""
    winner = next((each for each in lot.evaluation.admitted if each.key == lot.awarded), None)
    if winner is None or winner.rank is None or row.rank is None:
        return False
    return row.rank <= winner.rank


def _score(row: ScoredBid, criterion: Criterion) -> str:
    if criterion.part is None:
        return row.rank_words
    if criterion.question is not None:
        mark = row.bid.marks.get(criterion.question)
        return "–" if mark is None else format_exact(mark)
    scored = row.part(criterion.part)
    return "–" if scored is None else scored.shown


def _proposal(lot: LotToExplain, row: ScoredBid, criterion: Criterion) -> str:
    match criterion.part:
        case Part.PRICE:
            return _of_price(lot.evaluation, row)
        case Part.QUALITY | None:
            return ""
        case Part.QUANTITY:
            return _of_quantity(lot.evaluation, row, lot.lines.get(row.key, ()))
        case Part.STATEMENT:
            bid = lot.numbers[row.key]
            agreed = (each for each in lot.moderated if (each.bid, each.question) == (bid, criterion.question))
            return next((each.reason.strip() for each in agreed), "")
        case _:
            assert_never(criterion.part)


def _of_price(evaluation: Evaluation, row: ScoredBid) -> str:
    price, lowest = row.bid.price, evaluation.lowest_price
    if price is None or lowest is None:
        return ""
    if price == lowest:
        return f"The price is {format_pounds(price)}. No admitted bid has a lower one, so it gets all points."
    return f"The price is {format_pounds(price)}; the lowest price of an admitted bid is {format_pounds(lowest)}."


def _of_quantity(evaluation: Evaluation, row: ScoredBid, lines: Sequence[LineValue]) -> str:
    """What is offered and what it is held against."""
    counts = f"Social value of {format_pounds(row.bid.value)} counts"
    told = f"{counts}, from {plural(len(lines), 'commitment')}" if lines else f"{counts}: no commitment counts"
    match evaluation.rules.method:
        case QuantityMethod.PROPORTIONAL:
            highest = evaluation.highest_value
            other = "No admitted bid has more" if row.bid.value == highest else _highest_words(highest)
        case QuantityMethod.TARGET:
            other = f"The target is {format_pounds(evaluation.rules.whole_target)}"
        case QuantityMethod.BANDS:
            other = "; ".join(part.note for part in row.parts if part.part is Part.QUANTITY)
        case _:
            assert_never(evaluation.rules.method)
    return f"{told}. {other}."


def _highest_words(highest: Decimal) -> str:
    return f"The highest of an admitted bid is {format_pounds(highest)}"


def missing_to_tell(
    scores: Sequence[ScoreToExplain], suppliers: Mapping[str, Supplier], awarded: str
) -> tuple[str, ...]:
    """What must be done before the summaries of a lot can be sent, in sentences without full stops."""
    by_criterion: dict[str, list[str]] = {}
    for each in scores:
        if each.is_missing:
            by_criterion.setdefault(each.criterion.name, []).append(each.supplier)
    found = [f"{name} of {listed(bidders)} is still to be explained" for name, bidders in by_criterion.items()]
    if awarded:
        held = suppliers[awarded]
        wanted = {
            "postal address": held.address,
            "e-mail address": held.contact_email,
            "registration number": held.registration,
        }
        lacks = [name for name, text in wanted.items() if not text.strip()]
        if lacks:
            found.append(f"{held.name} has no {' and no '.join(lacks)} on the page Suppliers")
    return tuple(found)


def _text_problems(explanation: ScoreExplanation) -> Iterable[Problem]:
    if letters_missing(explanation.text):
        fault = Fault("The explanation says too little", f"Write at least {REASON_LETTERS} letters", "short")
        yield fact_problem(SCORE_EXPLANATION, SCORE_EXPLANATION.fact("text"), fault)


_fact = partial(Fact, revision="0021")

SCORE_EXPLANATION = RecordType(
    "score_explanation",
    "explanation of a score",
    "explanations of scores",
    ScoreExplanation,
    (
        _fact("criterion", "Criterion", is_typed=False, listed=Listed.SHOWN),
        _fact("score", "Score", is_typed=False, listed=Listed.SHOWN),
        _fact(
            "text",
            "Explanation",
            FactKind.LONG,
            "The bidder reads it; of the bid that wins all bidders do",
            listed=Listed.SHOWN,
        ),
        _fact("by", "Written by", most=PERSON.most, column="written_by", is_typed=False, is_name=True),
    ),
    name_of=lambda explanation: f"explanation of the score for {explanation.criterion}",
    checks=(_text_problems,),
)
"""What the council records of an explanation."""
