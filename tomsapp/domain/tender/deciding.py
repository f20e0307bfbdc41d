"""What is found in a bid and how each of it stands: to be decided, asked, accepted, left out, or decided by a rule.

A rule decides where it leaves nothing to choose: what keeps the whole bid out, and a line that counts nowhere. Where
two lines may not count together somebody says which one stays, and warnings are accepted, asked about or lead to a line
that is left out. Source: docs/decisions/048-the-tender.md.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from tomsapp.domain.checks.clashes import CLASH_CODE, clashing_codes, clashing_group, clashing_pairs
from tomsapp.domain.checks.findings import FINDINGS
from tomsapp.domain.checks.repeats import REPEATS
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.policy import PolicyResult
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.rules.rule import Demand, rule_sentence
from tomsapp.domain.tender.admission import CONDITION, EXCLUDED, NO_OFFER, SHORT_OF_MINIMUM, NotAdmitted, no_offer
from tomsapp.domain.tender.bid import BidDecision, DecisionKind, left_out
from tomsapp.domain.tender.choices import MinimumRule
from tomsapp.domain.tender.evaluating import BidToEvaluate, reasons_of
from tomsapp.domain.tender.offer_checks import REFUSING, CheckedTenderOffer
from tomsapp.domain.tender.problem_kinds import PROBLEM_KINDS
from tomsapp.domain.tender.receipt import JudgedReceipt

LATE_FILE = "late-file"
"""A file that came late and counts for nothing; another one may count."""
DECIDED_BEFORE = "decided-before"
"""Of a decision about something that is not found any more, as another decision left out its line."""
_CHOSEN = frozenset({"never-add-together", "claimed-twice"})
"""Errors that end as soon as one of the lines is left out: which one, a rule cannot say."""
_CURABLE = frozenset({SHORT_OF_MINIMUM, "claimed-twice"})
"""Why a bid may be kept out only until it is chosen which of its lines stays."""
_OF_WHOLE = frozenset({LATE_FILE, EXCLUDED, NO_OFFER, SHORT_OF_MINIMUM, CONDITION, "no-such-lot", *REFUSING})
_OF_MEASURE = frozenset({*REPEATS, "claimed-twice", "above-other-bids", "above-real-cost", "line-over-half"})
"""What is about all lines of a measure together."""


class ProblemState(Enum):
    """How something that was found stands."""

    DECIDE = "decide"
    ASKED = "asked"
    ANSWERED = "answered"
    """The bidder answered, and somebody is to decide."""
    ACCEPTED = "accepted"
    LEFT_OUT = "left_out"
    BY_RULE = "by_rule"
    CLOSED = "closed"
    """Nothing is to be decided any more: the bid is not admitted, or the line is left out."""
    EXPLAINED = "explained"
    """The bidder explained it in the offer."""
    NOTED = "noted"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to decide."""
        return self in {ProblemState.DECIDE, ProblemState.ASKED, ProblemState.ANSWERED}

    @property
    def is_decided(self) -> bool:
        """Whether somebody has decided."""
        return self in {ProblemState.ACCEPTED, ProblemState.LEFT_OUT}


@dataclass(frozen=True, slots=True)
class BidProblem:
    """One thing that is found in a bid.

    Attributes:
        words: how it stands: "Decide", "Asked, due 29 January 2027", "By rule: not admitted".
        measures: the codes of the measures that it is about, in the menu's order.
        lines: the commitments that it is about, of which one can be left out.
        rule: the rule as the pack or the menu has it.
        decision: what was decided of it, for this very file.
        topic: what it is about where it is about no measure: the title of a policy rule; empty of all others.
    """

    problem: Problem
    state: ProblemState
    words: str
    measures: tuple[str, ...] = ()
    lines: tuple[Commitment, ...] = ()
    rule: str = ""
    decision: BidDecision | None = None
    topic: str = ""

    @property
    def key(self) -> str:
        """By what a decision finds it again."""
        return self.problem.key

    def why_not(self, kind: DecisionKind) -> str:
        """Why this cannot be decided of it; empty where it can."""
        return next((why for holds, why in self._bars(kind) if holds), "")

    def _bars(self, kind: DecisionKind) -> Iterator[tuple[bool, str]]:
        """What may stand in the way of a decision, whether it does, and what is said of it."""
        problem = self.problem
        is_of_line = bool(problem.where.commitment)
        accepts, leaves_out = kind is DecisionKind.ACCEPT, kind is DecisionKind.LEAVE_OUT
        yield self.state is ProblemState.CLOSED, self.words
        yield _is_by_rule(problem) and not is_of_line, "Not possible: the rule decides"
        yield problem.code == DECIDED_BEFORE, "Not possible: it is not found any more"
        yield accepts and problem.code in _CHOSEN, "Not possible: the same is never counted twice"
        yield accepts and _is_by_rule(problem), "Not possible: what the rule forbids is never counted"
        yield leaves_out and not self.lines, "Not possible: it is about no single line"

    @property
    def can_be_decided(self) -> bool:
        """Whether anything can be decided of it."""
        return self.state is not ProblemState.NOTED and any(not self.why_not(kind) for kind in DecisionKind)


@dataclass(frozen=True, slots=True)
class BidToDecide:
    """A bid with what is needed to find its problems.

    Attributes:
        whole: the offer as it was sent, held beside the other bids; None where none counts.
        judged: the same without what is left out, as it is scored.
        decisions: those about this very file.
        late: the files of the bidder for the lot that came late.
    """

    edition: MenuEdition
    minimum: MinimumRule
    whole: CheckedTenderOffer | None
    judged: BidToEvaluate
    decisions: tuple[BidDecision, ...] = ()
    late: tuple[JudgedReceipt, ...] = ()

    @property
    def reasons(self) -> tuple[NotAdmitted, ...]:
        """Why it is not admitted as it stands now; nothing where it is."""
        return reasons_of(self.judged, self.minimum)


def find_bid_problems(bid: BidToDecide) -> tuple[BidProblem, ...]:
    """Everything that is found in a bid, with how it stands, in the order in which it is looked at."""
    reader = _Reader(bid)
    found = [reader.read(problem) for problem in _all_problems(bid)]
    order = {code: number for number, code in enumerate(PROBLEM_KINDS)}
    return tuple(sorted(found, key=lambda each: order.get(each.problem.code, len(order))))


def count_undecided(problems: Iterable[BidProblem]) -> int:
    """How many of them still wait for a decision, those that were only asked about among them."""
    return sum(each.state.is_open for each in problems)


def lines_of(problem: Problem, edition: MenuEdition, commitments: Sequence[Commitment]) -> tuple[Commitment, ...]:
    """The commitments that a Problem is about: those of all its measures, or the one at its place."""
    codes: Collection[str] = clashing_codes(problem)
    if not codes and problem.code in _OF_MEASURE:
        codes = (problem.where.measure,)
    if not codes:
        return tuple(each for each in commitments if each.key == problem.where.commitment)
    last = len(edition.order)
    named = [each for each in commitments if each.measure in codes]
    return tuple(sorted(named, key=lambda each: edition.order.get(each.measure, last)))


def _of_asked(decision: BidDecision) -> tuple[ProblemState, str]:
    return (ProblemState.ASKED if decision.answered_on is None else ProblemState.ANSWERED), decision.words


def _is_by_rule(problem: Problem) -> bool:
    """Whether a rule leaves nothing to choose: an error of a line, or of the whole offer."""
    if problem.severity is not Severity.ERROR or problem.code in _CHOSEN:
        return False
    return bool(problem.where.commitment) or problem.code in FINDINGS or problem.code in _OF_WHOLE


def _all_problems(bid: BidToDecide) -> Iterator[Problem]:
    """Problems of the offer as it was sent, of its admission, and what was decided of others."""
    found = {problem.key: problem for problem in (bid.whole.problems if bid.whole is not None else ())}
    # Of three that may not count together two may be left: these are chosen between next.
    later = bid.judged.checked.problems if bid.judged.checked is not None else ()
    found |= {each.key: each for each in later if each.code in _CHOSEN and each.key not in found}
    found |= {problem.key: problem for problem in _of_admission(bid)}
    yield from found.values()
    for decision in bid.decisions:
        if decision.problem not in found:
            message, fix = "This was decided, and is not found any more", "Take the decision back"
            yield Problem(DECIDED_BEFORE, Severity.NOTE, message, fix, key=decision.problem)


def _of_admission(bid: BidToDecide) -> Iterator[Problem]:
    """What no check of the offer finds: late files, that there is none, an exclusion, what a minimum is short of."""
    for each in bid.late:
        key, where = f"{LATE_FILE}:{each.file.number}", Where(file=each.file.name, row=each.file.number)
        yield Problem(LATE_FILE, Severity.ERROR, each.words, no_offer().rule, where, key=key)
    for reason in bid.reasons:
        if reason.code in {NO_OFFER, EXCLUDED}:
            yield Problem(reason.code, Severity.ERROR, reason.why, reason.rule, key=reason.code)
    severity = {
        MinimumRule.NOT_ADMITTED: Severity.ERROR,
        MinimumRule.ASKED: Severity.WARNING,
        MinimumRule.REPORTED: Severity.NOTE,
    }[bid.minimum]
    for check in bid.judged.checked.policy_checks if bid.judged.checked is not None else ():
        kind = check.rule.kind
        if check.result is PolicyResult.SHORT and isinstance(kind, Demand):
            missing = kind.missing(check.rule, check.shortfall)
            # What was decided of one shortfall does not hold for another.
            key = f"{SHORT_OF_MINIMUM}:{check.rule.code}:{check.shortfall}"
            fix = f"{rule_sentence(check.rule)} {bid.minimum.meaning}"
            yield Problem(SHORT_OF_MINIMUM, severity, f"Short by {missing}", fix, Where(field=check.rule.code), key=key)


class _Reader:
    """Says of each Problem of one bid how it stands."""

    def __init__(self, bid: BidToDecide) -> None:
        self._bid = bid
        self._decided = {decision.problem: decision for decision in bid.decisions}
        self._left_out = left_out(bid.decisions)
        self._commitments = bid.whole.offer.commitments if bid.whole is not None else ()
        self._rules = {reason.code: reason.rule for reason in bid.reasons}
        checks = bid.judged.checked.policy_checks if bid.judged.checked is not None else ()
        self._titles = {check.rule.code: check.rule.title for check in checks}
        self._is_out = self._is_out_for_good()

    def _is_out_for_good(self) -> bool:
        """Whether the bid is not admitted, whatever is decided next."""
        reasons = self._bid.reasons
        checked = self._bid.judged.checked
        is_to_choose = checked is not None and any(problem.code in _CHOSEN for problem in checked.problems)
        return bool(reasons) and not (is_to_choose and all(reason.code in _CURABLE for reason in reasons))

    def read(self, problem: Problem) -> BidProblem:
        """How a Problem stands."""
        decision = self._decided.get(problem.key)
        lines = lines_of(problem, self._bid.edition, self._commitments)
        measures = tuple(dict.fromkeys(each.measure for each in lines)) or tuple(filter(None, [problem.where.measure]))
        state, words = self._state(problem, decision, lines)
        topic = self._titles.get(problem.where.field, "") if problem.code == SHORT_OF_MINIMUM else ""
        return BidProblem(problem, state, words, measures, lines, self._rule(problem), decision, topic)

    def _state(
        self, problem: Problem, decision: BidDecision | None, lines: Sequence[Commitment]
    ) -> tuple[ProblemState, str]:
        if decision is not None and not decision.is_open:
            is_accepted = decision.kind is DecisionKind.ACCEPT
            return ProblemState.ACCEPTED if is_accepted else ProblemState.LEFT_OUT, decision.words
        if problem.code == LATE_FILE:
            return ProblemState.BY_RULE, "By rule: not read"
        is_of_whole = _is_by_rule(problem) and not problem.where.commitment
        if is_of_whole or (problem.code in self._rules and problem.code not in _CHOSEN):
            return ProblemState.BY_RULE, "By rule: not admitted"
        state, words = self._of_undecided(problem) if decision is None else _of_asked(decision)
        if state.is_open and self._is_out:
            return ProblemState.CLOSED, "Closed: not admitted"
        if state.is_open and lines and not self._still_there(problem, lines):
            return ProblemState.CLOSED, "Closed: the line is left out"
        return state, words

    @staticmethod
    def _of_undecided(problem: Problem) -> tuple[ProblemState, str]:
        if _is_by_rule(problem):
            return ProblemState.BY_RULE, "By rule: does not count"
        if problem.severity is Severity.NOTE:
            return ProblemState.NOTED, "For information"
        if problem.answer is not None and problem.code not in _CHOSEN:
            return ProblemState.EXPLAINED, f"Explained: {problem.answer.words}"
        return ProblemState.DECIDE, "Decide"

    def _still_there(self, problem: Problem, lines: Sequence[Commitment]) -> bool:
        """Whether lines that stay still have it."""
        stays = {each.measure for each in lines if each.key not in self._left_out}
        pairs = clashing_pairs(self._bid.edition, problem)
        return any(pair <= stays for pair in pairs) if pairs else bool(stays)

    def _rule(self, problem: Problem) -> str:
        """The rule in the words of the menu, of the tender, or of what the checks look for."""
        group = clashing_group(self._bid.edition, problem)
        if group is not None:
            edition = self._bid.edition
            how = "asks for a declaration" if problem.code == CLASH_CODE else "blocks"
            return f"“{group.reason.strip()}” Menu {edition.code} {edition.edition}, group {group.code}, which {how}."
        if problem.code in self._rules:
            return self._rules[problem.code]
        if problem.code in {SHORT_OF_MINIMUM, LATE_FILE}:
            return problem.fix
        finding = FINDINGS.get(problem.code)
        told = finding.when if finding is not None else PROBLEM_KINDS[problem.code].under
        return f"{told[:1].upper()}{told[1:]}."
