"""What an evaluation report is made of: a lot with its bids, what was decided of them, and who did what."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from tomsapp.domain.offer import CheckedOffer
from tomsapp.domain.problems import Severity
from tomsapp.domain.tender.acts import TenderAct, TenderActKind, standing
from tomsapp.domain.tender.bid import BidDecision
from tomsapp.domain.tender.deadline import zone_of
from tomsapp.domain.tender.evaluating import BidToEvaluate, Evaluated
from tomsapp.domain.tender.issued import IssuedVersion
from tomsapp.domain.tender.lot import Lot
from tomsapp.domain.tender.marking import Evaluator, Mark, ModeratedMark
from tomsapp.domain.tender.question import Question
from tomsapp.domain.tender.receipt import JudgedReceipt
from tomsapp.domain.tender.scoring import ScoredBid
from tomsapp.domain.tender.sensitivity import Sensitivity
from tomsapp.domain.tender.tender import Tender
from tomsapp.domain.valuation import LineValue
from tomsapp.domain.wording import format_date

_CLASH = "It clashes with another line for the same thing, so neither counts"


@dataclass(frozen=True, slots=True)
class BidTold:
    """A bid beside its figures.

    Attributes:
        key: names it in the evaluation.
        number: of the bid in the database, by which marks and decisions name it.
        whole: the offer as it came, checked with all its lines; None where none counts.
        problems: what was found in it, in words, by the keys that decisions name.
        decisions: what was decided of these.
        receipt: the file that counts; None where none does.
    """

    key: str
    number: int
    whole: CheckedOffer | None = None
    problems: Mapping[str, str] = field(default_factory=dict)
    decisions: tuple[BidDecision, ...] = ()
    receipt: JudgedReceipt | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line that does not count, what it would be worth in pounds (None where the menu lacks it), and why."""

    name: str
    pounds: Decimal | None
    reason: str


@dataclass(frozen=True, slots=True)
class EvaluationTold:
    """A lot with all that its report tells.

    Attributes:
        tender, questions: as they were issued in the newest version of the pack.
        lots: how many the tender has.
        bids: beside their figures, in any order.
        sensitivity: what was tried; None where it was not.
        evaluators: by their numbers in the database.
        receipts: of the files that came for this lot, or of no lot that is known, in their order.
        acts: what was done with the tender, in order.
        versions: of the pack that were issued.
        made_with: the program and its version.
    """

    tender: Tender
    lot: Lot
    lots: int
    evaluated: Evaluated
    questions: tuple[Question, ...] = ()
    bids: tuple[BidTold, ...] = ()
    sensitivity: Sensitivity | None = None
    evaluators: Mapping[int, Evaluator] = field(default_factory=dict)
    marks: tuple[Mark, ...] = ()
    moderated: tuple[ModeratedMark, ...] = ()
    receipts: tuple[JudgedReceipt, ...] = ()
    acts: tuple[TenderAct, ...] = ()
    versions: tuple[IssuedVersion, ...] = ()
    made_with: str = ""

    @property
    def rows(self) -> tuple[ScoredBid, ...]:
        """The bids with their points, best first, those that are not admitted last."""
        return self.evaluated.evaluation.rows

    @property
    def what(self) -> str:
        """What is bought: "Cleaning", "Cleaning, lot 2, Libraries"."""
        name = self.tender.title or self.tender.reference
        return f"{name}, {self.lot.name}" if self.lots > 1 or self.lot.title else name

    @property
    def own_acts(self) -> tuple[TenderAct, ...]:
        """What was done with the tender, without what is about another lot alone."""
        return tuple(act for act in self.acts if act.lot in {None, self.lot.number})

    @property
    def frozen(self) -> TenderAct | None:
        """The act that fixed the evaluation; None while it can still change."""
        return next((act for act in reversed(standing(self.acts)) if act.kind is TenderActKind.FREEZE), None)

    def told(self, key: str) -> BidTold | None:
        """A bid by its key; None where nothing is told of it beside its figures."""
        return next((bid for bid in self.bids if bid.key == key), None)

    def given(self, key: str) -> BidToEvaluate:
        """What was evaluated of a bid.

        Raises:
            KeyError: there is no such bid.
        """
        return {bid.key: bid for bid in self.evaluated.given.bids}[key]

    def lines(self, key: str) -> tuple[LineValue, ...]:
        """The lines of a bid that count."""
        checked = self.given(key).checked
        return () if checked is None else checked.admissible.lines

    def left_out(self, key: str) -> tuple[LeftOut, ...]:
        """The lines of a bid that do not count: those that decisions leave out, then those with an error."""
        told, checked = self.told(key), self.given(key).checked
        found = []
        if told is not None and told.whole is not None:
            reasons = {each.line: each.reason.strip() for each in told.decisions if each.line}
            found = [
                LeftOut(line.measure.full_name, line.social_value, reasons[line.commitment.key])
                for line in told.whole.valuation.lines
                if line.commitment.key in reasons
            ]
        return (*found, *(() if checked is None else _with_errors(checked)))

    @property
    def clock(self) -> Callable[[datetime], str]:
        """Tells a moment by the clock of the tender's zone, to the second: "21 January 2027, 15:58:02"."""
        zone = zone_of(self.tender.deadline_zone)

        def told(moment: datetime) -> str:
            there = moment.astimezone(zone)
            return f"{format_date(there.date())}, {there:%H:%M:%S}"

        return told


def _with_errors(checked: CheckedOffer) -> Iterator[LeftOut]:
    """The lines of an offer that have an error, with what it is."""
    lines = {line.commitment.key: line for line in checked.valuation.lines}
    errors: dict[str, list[str]] = {}
    for problem in checked.problems:
        if problem.severity is Severity.ERROR and problem.where.commitment:
            errors.setdefault(problem.where.commitment, []).append(problem.message)
    for commitment in checked.offer.commitments:
        key = commitment.key
        if key in checked.inadmissible:
            line = lines.get(key)
            name = commitment.measure if line is None else line.measure.full_name
            pounds = None if line is None else line.social_value
            yield LeftOut(name, pounds, "; ".join(errors.get(key, ())) or _CLASH)


def sentences(told: Sequence[str]) -> str:
    """Sentences one after the other, each with its full stop."""
    return " ".join(text if text.endswith((".", "?", "!", "…")) else f"{text}." for text in told if text)
