"""The list of checks of an offer, in their order, and what they find in one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from tomsapp.domain.area import Area
from tomsapp.domain.checks import answering, clashes, line, payable, plausibility, repeats, short_year, timing, whole
from tomsapp.domain.checks.check import LineCheck, LinesCheck, LineToCheck, OfferCheck, OfferToCheck
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.limits import TenderLimits
from tomsapp.domain.policy import Policy
from tomsapp.domain.problems import Answer, Problem, Severity
from tomsapp.domain.valuation import Valuation

BEFORE_LINES = (
    OfferCheck(("contract-value-negative",), whole.value_problems),
    OfferCheck(("no-commitments",), whole.no_commitments),
)
LINE_CHECKS = (
    LineCheck(("share-out-of-range", "share-too-precise"), line.share_problems),
    LineCheck(
        ("rate-without-framework", "quantity-not-counted", "rate-out-of-range", "spend-missing", "spend-negative"),
        line.rate_problems,
    ),
    LineCheck(
        (
            "quantity-missing",
            "year-outside-contract",
            "quantity-negative",
            "quantity-too-large",
            "quantity-not-whole",
            "quantity-too-precise",
        ),
        line.quantity_problems,
    ),
    LineCheck(("no-value-for-year",), line.dated_value_problems),
    LineCheck(("outside-area", "unknown-ward"), line.place_problems),
    LineCheck(("statement-missing",), line.statement_problems),
)
"""Of a line whose measure the edition has; of another line nothing but that is found."""

AFTER_LINES = (
    LinesCheck(("never-add-together", "declare-different"), clashes.clash_problems),
    LinesCheck(("measure-repeated",), clashes.repeated_measures),
    LinesCheck(tuple(sorted(repeats.REPEATS)), repeats.repeat_problems),
    OfferCheck(("edition-withdrawn", "edition-not-in-force", "edition-published-later"), timing.edition_problems),
    OfferCheck(("end-on-anniversary",), short_year.end_problems),
    LinesCheck(("year-promise-in-short-year",), short_year.promise_problems),
    LinesCheck(("evidence-after-end",), timing.evidence_problems),
    OfferCheck(("too-many-measures", "mandatory-theme-missing"), whole.limit_problems),
    OfferCheck(("more-people-than-money", "costs-more-than-money"), payable.payable_problems),
    OfferCheck(("value-above-contract",), plausibility.above_contract_value),
    OfferCheck(("line-over-half",), plausibility.over_half),
    OfferCheck(("low-confidence",), plausibility.low_confidence),
    OfferCheck(("above-other-bids",), plausibility.above_other_bids),
    OfferCheck(("above-real-cost",), plausibility.above_real_cost),
)
CHECKS: tuple[LineCheck | LinesCheck | OfferCheck, ...] = (*BEFORE_LINES, *LINE_CHECKS, *AFTER_LINES)
"""Every check, in the order in which they are asked."""

WITHOUT_CHECK = frozenset({"unknown-measure", "contract-dates", answering.CLAIMED_TWICE})
"""What no check finds: a line of no measure, a contract without years, and what an answer to a question comes to."""

OF_ONE_LINE = frozenset({"unknown-measure", *(code for check in LINE_CHECKS for code in check.codes)})
"""Problems that a line has by itself."""

OF_SEVERAL = frozenset({"declare-different", "never-add-together", *repeats.REPEATS})
"""Problems whose key names all the lines that they speak of."""

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


def check_offer(
    valuation: Valuation,
    commitments: Sequence[Commitment],
    *,
    answers: Mapping[str, Answer] | None = None,
    policy: Policy | None = None,
    area: Area | None = None,
    limits: TenderLimits | None = None,
    medians: Mapping[str, Decimal] | None = None,
) -> tuple[Problem, ...]:
    """All Problems of an offer: errors, warnings, notes, each as they stand in the lines.

    An answer that was given to the figures of today is put to its warning, which then counts as answered.
    """
    own = [problem for commitment in commitments for problem in line_problems(commitment, valuation, area)]
    return check_together(valuation, commitments, own, answers=answers, policy=policy, limits=limits, medians=medians)


def check_together(
    valuation: Valuation,
    commitments: Sequence[Commitment],
    of_lines: Iterable[Problem],
    *,
    answers: Mapping[str, Answer] | None = None,
    policy: Policy | None = None,
    limits: TenderLimits | None = None,
    medians: Mapping[str, Decimal] | None = None,
) -> tuple[Problem, ...]:
    """All Problems of an offer, where those of each line by itself are known: `of_lines`, in the lines' order."""
    offer = OfferToCheck(valuation, commitments, policy, limits or TenderLimits(), medians or {})
    found = [problem for check in BEFORE_LINES for problem in check.of(offer)]
    found.extend(of_lines)
    found.extend(problem for check in AFTER_LINES for problem in check.of(offer))
    named = _named_apart(found, commitments)
    put = answering.answered(named, valuation, answers or {})
    return tuple(sorted(put, key=lambda problem: _ORDER[problem.severity]))


def line_problems(commitment: Commitment, valuation: Valuation, area: Area | None = None) -> list[Problem]:
    """Every Problem of one commitment by itself; of the valuation only its contract and edition matter."""
    measure = valuation.edition.find_measure(commitment.measure)
    if measure is None:
        return [line.unknown_measure(commitment, valuation)]
    asked = LineToCheck(commitment, measure, valuation, area)
    return [problem for check in LINE_CHECKS for problem in check.find(asked)]


def _named_apart(problems: Iterable[Problem], commitments: Sequence[Commitment]) -> Iterable[Problem]:
    """Give the second and later lines of a measure keys of their own, so that no answer serves for two lines.

    Lines are counted in their order and not named by their own keys, which change from a file to a database.
    """
    numbers: dict[str, int] = {}
    seen: dict[str, int] = {}
    for commitment in commitments:
        numbers[commitment.key] = seen[commitment.measure] = seen.get(commitment.measure, 0) + 1
    for problem in problems:
        number = numbers.get(problem.where.commitment, 1)
        yield _named(problem, number) if number > 1 else problem


def _named(problem: Problem, number: int) -> Problem:
    own = f"{problem.code}:{problem.where.measure}"
    is_of_line = problem.key == own or (problem.key.startswith(f"{own}:") and problem.code not in OF_SEVERAL)
    return replace(problem, key=f"{problem.key}:{number}") if is_of_line else problem
