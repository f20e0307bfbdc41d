"""What earlier versions of the program counted and asked otherwise, so that their papers are held to their own rules.

Each rule that changed a figure or a question since a version stands here with it, for as long as its papers are kept.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from tomsapp.domain.checks.clashes import clash_key
from tomsapp.domain.menu import ExclusionGroup
from tomsapp.domain.offer import CheckedOffer
from tomsapp.domain.people import OutcomeOverlap, count_people_once
from tomsapp.domain.policy import Policy, check_policy
from tomsapp.domain.valuation import Valuation


@dataclass(frozen=True, slots=True)
class VersionRules:
    """What a version of the program did otherwise than this one.

    Attributes:
        asked_otherwise: the findings that it did not ask about or asked in another way, with what they are about.
        count_jobs: its way of counting jobs.
        jobs_words: what changed about jobs since.
    """

    asked_otherwise: Mapping[str, str] = field(default_factory=dict)
    count_jobs: Callable[[Valuation, Collection[str]], Valuation] | None = None
    jobs_words: str = ""

    def counted(self, checked: CheckedOffer, policy: Policy | None) -> CheckedOffer | None:
        """The offer with its jobs counted as this version did; None where it counted them as today."""
        if self.count_jobs is None:
            return None
        answered = [key for key, answer in checked.offer.answers.items() if answer.text.strip()]
        valuation, admissible = (self.count_jobs(one, answered) for one in (checked.valuation, checked.admissible))
        checks = check_policy(admissible, policy, has_errors=checked.has_errors) if policy else ()
        return replace(checked, valuation=valuation, admissible=admissible, policy_checks=checks)

    def jobs_today(self, checked: CheckedOffer) -> str:
        """What changed about jobs since, and what they are by the rule of today."""
        return f"{self.jobs_words} Employment outcomes by today’s rule: {checked.admissible.jobs_words}."


def _marked_groups_once(valuation: Valuation, answered: Collection[str]) -> Valuation:
    """The people of the groups that are marked `outcomes_once` counted once, and those of other groups added."""
    outcomes: dict[str, Fraction] = {}
    for line in valuation.lines:
        if line.employment_outcomes:
            outcomes[line.measure.code] = outcomes.get(line.measure.code, Fraction(0)) + line.employment_outcomes
    groups = [group for group in valuation.edition.exclusion_groups if _is_open(group, valuation, answered)]
    every = {pair for group in valuation.edition.exclusion_groups for pair in group.pairs(outcomes)}
    apart = every - {pair for group in groups for pair in group.pairs(outcomes)}
    people = count_people_once(valuation.edition, outcomes, frozenset(apart))
    left_out = {code for overlap in people.overlaps for code in overlap.not_counted}
    overlaps = (_overlap(group, outcomes, left_out) for group in groups)
    return replace(
        valuation,
        employment_outcomes=people.outcomes,
        outcome_overlaps=tuple(overlap for overlap in overlaps if overlap.not_counted),
        outcomes_repeated={},
        outcomes_left_out=Fraction(0),
    )


def _is_open(group: ExclusionGroup, valuation: Valuation, answered: Collection[str]) -> bool:
    """Whether a group is marked and nothing was answered for just the measures of it that clash."""
    claimed = {line.measure.code for line in valuation.lines if line.quantity > 0}
    order = [code for code in valuation.edition.places if code in claimed]
    return group.outcomes_once and clash_key(group, _clashing(group, order)) not in answered


def _overlap(group: ExclusionGroup, outcomes: Mapping[str, Fraction], left_out: Collection[str]) -> OutcomeOverlap:
    clashing = _clashing(group, [code for code, number in outcomes.items() if number > 0])
    return OutcomeOverlap(
        group,
        tuple(code for code in clashing if code not in left_out),
        tuple(code for code in clashing if code in left_out),
    )


def _clashing(group: ExclusionGroup, codes: Collection[str]) -> list[str]:
    return [code for code in codes if any(group.clashes(code, other) for other in codes)]


VERSION_RULES: Mapping[str, VersionRules] = {
    "0.1.0": VersionRules(
        asked_otherwise={
            "declare-different": "whether the people or things of two measures are the same",
            "edition-published-later": "why a menu is used that was published after the contract begins",
            "end-on-anniversary": "whether a last year of one day is meant",
            "evidence-after-end": "how that is shown which can be shown only after the contract ends",
            "more-people-than-money": "how the people of each year are paid",
            "year-promise-in-short-year": "how as much is kept in a short last year as in a whole one",
        },
        count_jobs=_marked_groups_once,
        jobs_words=(
            "Another rule counts jobs since. Version 0.1.0 added the people of measures that may be the same, but for "
            "the groups of the menu that are marked for it, and those of several years and lines. Today they count "
            "once until it is declared in writing that they are different."
        ),
    ),
}
"""By version. A version that is not here is unknown to this program, or did everything as this one does."""
