"""Why a bid is not admitted: by which rule, with the rule quoted, so that a bidder can hold it against the pack."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from tomsapp.domain.checks.findings import FINDINGS
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.offer import CheckedOffer
from tomsapp.domain.policy import PolicyCheck, PolicyResult, RuleStanding
from tomsapp.domain.problems import Problem, Severity
from tomsapp.domain.rules.rule import Demand, rule_sentence
from tomsapp.domain.tender.choices import MinimumRule

SHORT_OF_MINIMUM = "short-of-minimum"
NO_OFFER = "no-offer"
CONDITION = "condition-not-accepted"
EXCLUDED = "excluded"
LIMITS = frozenset({"too-many-measures", "mandatory-theme-missing"})
"""The findings that say that an offer does not keep to the limits of the tender."""


@dataclass(frozen=True, slots=True)
class NotAdmitted:
    """One reason why a bid is not admitted.

    Attributes:
        code: which rule it is, for programs.
        why: what is wrong, without a full stop: "Short by £48,333.60 of the 5% minimum".
        rule: the rule as bidders read it.
    """

    code: str
    why: str
    rule: str


def no_offer() -> NotAdmitted:
    """A bidder of whom no complete offer came in time."""
    return NotAdmitted(
        NO_OFFER, "No complete offer came in time", "The last complete offer that comes in time counts; no other does."
    )


def excluded_by_decision(reason: str) -> NotAdmitted:
    """A bid that somebody excluded, with the reason that the bidder reads."""
    rule = "The council may exclude a bid by a decision on record, with its reason."
    return NotAdmitted(EXCLUDED, f"Excluded: {reason.strip().rstrip('.')}", rule)


def conditions_not_accepted(
    edition: MenuEdition, conditions: Sequence[str], accepted: Collection[str]
) -> tuple[NotAdmitted, ...]:
    """The conditions, by the codes of their measures, that a bidder did not accept."""
    return tuple(
        NotAdmitted(
            CONDITION,
            f"The condition {edition.name_of(code)} is not accepted",
            "A condition of the tender is accepted by every bidder and scored for none.",
        )
        for code in conditions
        if code not in accepted
    )


def not_admitted(checked: CheckedOffer, minimum: MinimumRule) -> tuple[NotAdmitted, ...]:
    """Why an offer that was checked is not admitted; nothing where it is.

    An error of a line keeps the line from counting, and one of the whole offer keeps the offer out.
    """
    return (*of_whole_offer(checked.problems), *short_of(checked.policy_checks, minimum))


def of_whole_offer(problems: Iterable[Problem]) -> Iterator[NotAdmitted]:
    """The errors that are of no single line."""
    for problem in problems:
        if problem.severity is Severity.ERROR and not problem.where.commitment:
            finding = FINDINGS.get(problem.code)
            rule = f"Not admitted: {finding.when}." if finding is not None else problem.fix
            yield NotAdmitted(problem.code, problem.message, rule)


def short_of(standings: Iterable[PolicyCheck | RuleStanding], minimum: MinimumRule) -> Iterator[NotAdmitted]:
    """The policy rules of which an offer is short, where the tender admits no such offer."""
    if minimum is not MinimumRule.NOT_ADMITTED:
        return
    for standing in standings:
        kind = standing.rule.kind
        if standing.result is PolicyResult.SHORT and isinstance(kind, Demand):
            why = f"Short by {kind.missing(standing.rule, standing.shortfall)}"
            yield NotAdmitted(SHORT_OF_MINIMUM, why, f"{rule_sentence(standing.rule)} {minimum.meaning}")
