"""What is found in bids, side by side: a row over all bids, each cell in short, and what leaving a line out does."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.policy import PolicyResult
from tomsapp.domain.rules.rule import Demand
from tomsapp.domain.tender.admission import EXCLUDED, NO_OFFER
from tomsapp.domain.tender.choices import MinimumRule
from tomsapp.domain.tender.deciding import LATE_FILE, BidProblem
from tomsapp.domain.tender.evaluating import BidToEvaluate, reasons_of
from tomsapp.domain.tender.medians import median, quantities_of
from tomsapp.domain.tender.offer_checks import CheckedTenderOffer
from tomsapp.domain.tender.problem_kinds import PROBLEM_KINDS, ProblemGroup, ProblemKind
from tomsapp.domain.wording import format_percent, format_pounds, format_quantity, listed

_SHARE_PLACES = 2
_STATEMENT = "statement_"


@dataclass(frozen=True, slots=True)
class RowOfBids:
    """One thing that is found, in every bid that has it.

    Attributes:
        measures: the codes of the measures that it is about.
        topic: what it is about where that is no measure: the title of a policy rule.
        cells: what each bid has of it, in the order of the bids; None where it has nothing.
    """

    code: str
    measures: tuple[str, ...]
    topic: str
    cells: tuple[BidProblem | None, ...]

    @property
    def kind(self) -> ProblemKind:
        """Its words and its group."""
        return PROBLEM_KINDS[self.code]

    @property
    def group(self) -> ProblemGroup:
        """What it has in common with others."""
        return self.kind.group

    def subject(self, edition: MenuEdition) -> str:
        """What it is about: "J01 Full-time job", "J01 and J06"; of no measure, what it means."""
        if not self.measures:
            return self.topic or self.kind.under
        return edition.name_of(self.measures[0]) if len(self.measures) == 1 else listed(self.measures)


def rows_of_bids(bids: Sequence[Iterable[BidProblem]]) -> tuple[RowOfBids, ...]:
    """What is found in bids, the same of all of them in one row, by groups.

    Where a bid has the same of one measure several times, as of two of its lines, it has a row for each.
    """
    rows: dict[tuple[str, tuple[str, ...], str, int], list[BidProblem | None]] = {}
    for number, problems in enumerate(bids):
        times: dict[tuple[str, tuple[str, ...], str], int] = {}
        for found in problems:
            subject = found.problem.code, found.measures, found.topic
            times[subject] = times.get(subject, 0) + 1
            rows.setdefault((*subject, times[subject]), [None] * len(bids))[number] = found
    order = {code: number for number, code in enumerate(PROBLEM_KINDS)}
    keys = sorted(rows, key=lambda key: (order[key[0]], len(key[1]), *key[1:]))
    return tuple(RowOfBids(*key[:3], tuple(rows[key])) for key in keys)


def in_short(found: BidProblem, whole: CheckedTenderOffer | None, edition: MenuEdition) -> str:
    """What a cell says of it in a few words: "J01 3 and J06 1", "60 hours", "Version 1", "£5,500.00"."""
    problem = found.problem
    told = {EXCLUDED: "Excluded", NO_OFFER: "No file counts", LATE_FILE: f"Receipt {problem.where.row}"}
    short = told.get(problem.code, "")
    if whole is not None and not short:
        short = _of_offer(found, whole, edition)
    return short or problem.message


def _of_offer(found: BidProblem, whole: CheckedTenderOffer, edition: MenuEdition) -> str:
    problem = found.problem
    if problem.code == "older-pack":
        return f"Version {whole.offer.pack.version}"
    if problem.code == "unit-value-changed":
        stated = (each.value for each in whole.offer.stated if each.measure == problem.where.measure)
        return format_pounds(next(stated))
    if problem.where.field.startswith(_STATEMENT):
        return f"Question {problem.where.field.removeprefix(_STATEMENT)}"
    if problem.code == "value-above-contract" and whole.checked is not None:
        return format_pounds(whole.checked.valuation.social_value)
    return _quantities(found.measures, whole, edition) if found.lines else ""


def _quantities(measures: Sequence[str], whole: CheckedTenderOffer, edition: MenuEdition) -> str:
    """What is promised of the measures: with its unit of one, with its code of several."""
    promised = quantities_of(whole.checked.valuation) if whole.checked is not None else {}
    if len(measures) == 1:
        measure, quantity = edition.find_measure(measures[0]), promised.get(measures[0])
        if measure is None or quantity is None:
            return ""
        unit = measure.each_name if quantity == 1 else measure.many_name
        return f"{format_quantity(quantity)} {unit}"
    told = [f"{code} {format_quantity(promised[code])}" for code in measures if code in promised]
    return listed(told) if told else ""


@dataclass(frozen=True, slots=True)
class BesideOthers:
    """What the bids of a lot promise of one measure.

    Attributes:
        promised: by bidder, in the order of the bids; None of one that promises nothing of it.
        middle: the median of the others than the one it is about; None where no other promises it.
    """

    measure: str
    promised: tuple[tuple[str, Decimal | None], ...]
    middle: Decimal | None


def beside_others(measure: str, supplier: str, bids: Sequence[tuple[str, CheckedTenderOffer | None]]) -> BesideOthers:
    """What a bidder and the others of the lot promise of a measure."""
    told = []
    for name, whole in bids:
        checked = whole.checked if whole is not None else None
        told.append((name, None if checked is None else quantities_of(checked.valuation).get(measure)))
    others = median(quantity for name, quantity in told if name != supplier and quantity is not None)
    return BesideOthers(measure, tuple(told), others)


def effect_words(supplier: str, before: BidToEvaluate, after: BidToEvaluate, minimum: MinimumRule) -> tuple[str, ...]:
    """What leaving a line out does to a bid, in sentences: its pounds, its share, and whether minimums are still met.

    "Ashdown goes from £97,599.64 to £77,396.92, which is 6.45% of what it is a share of." Percentages are cut.
    """
    was, becomes = before.value, after.value
    if was == becomes:
        first = f"{supplier} stays at {format_pounds(was)}"
    else:
        first = f"{supplier} goes from {format_pounds(was)} to {format_pounds(becomes)}"
    if after.share_base:
        share = format_percent(Fraction(becomes) / Fraction(after.share_base), _SHARE_PLACES)
        first += f", {share} of {format_pounds(after.share_base)}"
    return (f"{first}.", *_minimums(before, after), *_admission(before, after, minimum))


def _minimums(before: BidToEvaluate, after: BidToEvaluate) -> Iterable[str]:
    if before.checked is None or after.checked is None:
        return
    were = {check.rule.code: check.result for check in before.checked.policy_checks}
    for check in after.checked.policy_checks:
        kind, was = check.rule.kind, were.get(check.rule.code)
        if not isinstance(kind, Demand):
            continue
        is_enough = check.result is PolicyResult.MET
        if check.result is PolicyResult.SHORT:
            still = "still " if was is PolicyResult.SHORT else "then "
            yield f"It is {still}short by {kind.missing(check.rule, check.shortfall)}."
        if is_enough:
            yield f"{check.rule.title}: {'then' if was is PolicyResult.SHORT else 'still'} enough."


def _admission(before: BidToEvaluate, after: BidToEvaluate, minimum: MinimumRule) -> Iterable[str]:
    was_out, is_out = bool(reasons_of(before, minimum)), bool(reasons_of(after, minimum))
    if is_out and not was_out:
        yield "The bid is then not admitted."
    elif was_out and not is_out:
        yield "The bid is then admitted."
