"""What earlier versions of the program counted and asked otherwise, so that their papers are held to their own rules.

Each rule that changed a figure or a question since a version stands here with it, for as long as its papers are kept.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from tomsapp.domain.checks.asked import claims_of
from tomsapp.domain.checks.clashes import answers_of_pairs, clash_key
from tomsapp.domain.menu import ExclusionGroup, Pair
from tomsapp.domain.offer import CheckedOffer
from tomsapp.domain.people import OutcomeOverlap, count_people_once
from tomsapp.domain.policy import Policy, check_policy
from tomsapp.domain.problems import AnswerChoice, Problem
from tomsapp.domain.valuation import Valuation
from tomsapp.services.asked_then import (
    AskedOtherwise,
    measure_stated,
    other_year_stated,
    pairs_stated,
    pairs_without_pounds,
    wages_stated,
)


@dataclass(frozen=True, slots=True)
class VersionRules:
    """What a version of the program did otherwise than this one.

    Attributes:
        asked_otherwise: the findings that it did not ask about or asked in another way, with what they are about.
        count_jobs: its way of counting the jobs of a valuation by the answers to an offer.
        jobs_words: what changed about jobs since.
        told_less: the places of words that it broke off where this version goes on.
    """

    asked_otherwise: Mapping[str, AskedOtherwise] = field(default_factory=dict)
    count_jobs: Callable[[Valuation, CheckedOffer], Valuation] | None = None
    jobs_words: str = ""
    told_less: re.Pattern[str] | None = None

    def excuses(self, problem: Problem, checked: CheckedOffer) -> bool:
        """Whether a Problem of today may be missing among those that a paper of this version states."""
        found = self.asked_otherwise.get(problem.code)
        return found is not None and found.is_excused(problem, checked.valuation, checked.problems)

    def breaks_off(self, place: str, stated: str, today: str) -> bool:
        """Whether words at a place are those of today as far as this version told them."""
        return self.told_less is not None and bool(self.told_less.fullmatch(place)) and today.startswith(stated)

    def counted(self, checked: CheckedOffer, policy: Policy | None) -> CheckedOffer | None:
        """The offer with its jobs counted as this version did; None where it counted them as today."""
        if self.count_jobs is None:
            return None
        valuation, admissible = (self.count_jobs(one, checked) for one in (checked.valuation, checked.admissible))
        checks = check_policy(admissible, policy, has_errors=checked.has_errors) if policy else ()
        return replace(checked, valuation=valuation, admissible=admissible, policy_checks=checks)

    def jobs_today(self, checked: CheckedOffer) -> str:
        """What changed about jobs since, and what they are by the rule of today."""
        return f"{self.jobs_words} Employment outcomes by today’s rule: {checked.admissible.jobs_words}."


def _marked_groups_once(valuation: Valuation, checked: CheckedOffer) -> Valuation:
    """The people of the groups that are marked `outcomes_once` counted once, and those of other groups added."""
    answered = [key for key, answer in checked.offer.answers.items() if answer.text.strip()]
    outcomes = _outcomes(valuation)
    groups = [group for group in valuation.edition.exclusion_groups if _is_open(group, valuation, answered)]
    every = {pair for group in valuation.edition.exclusion_groups for pair in group.pairs(outcomes)}
    apart = every - {pair for group in groups for pair in group.pairs(outcomes)}
    people = count_people_once(valuation.edition, outcomes, frozenset(apart), order=_as_read(outcomes))
    left_out = {code for overlap in people.overlaps for code in overlap.not_counted}
    overlaps = (_overlap(group, outcomes, left_out) for group in groups)
    return replace(
        valuation,
        employment_outcomes=people.outcomes,
        outcome_overlaps=tuple(overlap for overlap in overlaps if overlap.not_counted),
        outcomes_repeated={},
        outcomes_left_out=Fraction(0),
    )


def _measures_once(valuation: Valuation, checked: CheckedOffer) -> Valuation:
    """The people of measures that may be the same counted once, and those of the years and lines of a measure added."""
    outcomes = _outcomes(valuation)
    declared = _pairs_answered(checked, {AnswerChoice.DIFFERENT, None})
    same = _pairs_answered(checked, {AnswerChoice.SAME})
    people = count_people_once(valuation.edition, outcomes, declared, same, order=_as_read(outcomes))
    return replace(
        valuation,
        employment_outcomes=people.outcomes,
        outcome_overlaps=people.overlaps,
        outcomes_repeated={},
        outcomes_left_out=people.left_out,
        # It said of the most people that all are different, whatever was answered.
        same_people=frozenset(),
    )


def _outcomes(valuation: Valuation) -> dict[str, Fraction]:
    """The employment outcomes of each measure, in the order in which the lines were read."""
    outcomes: dict[str, Fraction] = {}
    for line in valuation.lines:
        if line.employment_outcomes:
            outcomes[line.measure.code] = outcomes.get(line.measure.code, Fraction(0)) + line.employment_outcomes
    return outcomes


def _as_read(outcomes: Mapping[str, Fraction]) -> dict[str, int]:
    """The order of the lines, by which earlier versions chose between measures that come to as much."""
    return {code: place for place, code in enumerate(outcomes)}


def _pairs_answered(checked: CheckedOffer, choices: Collection[AnswerChoice | None]) -> frozenset[Pair]:
    """The pairs that an answer of some choices is about, of what is claimed or of what of it can be counted."""
    pairs: set[Pair] = set()
    for valuation in (checked.valuation, checked.admissible):
        claims = claims_of(valuation)
        for key, answer in checked.offer.answers.items():
            if answer.choice in choices:
                # Each answer by itself: two to the same pair did not yet give way to one another.
                pairs.update(pair for pair, _ in answers_of_pairs(valuation.edition, claims, {key: answer}))
    return frozenset(pairs)


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


_PEOPLE = "whether the people or things of two measures are the same"
_ONE_DAY = AskedOtherwise("whether a last year of one day is meant")
_SAME_MEASURE = AskedOtherwise("whether those of several years and lines of a measure are the same", measure_stated)
_SHORT_YEAR = AskedOtherwise("how as much is kept in a short last year as in a whole one")
_POLICY_NOTE = re.compile(r"policy\[\d+\]\.note")
"""What a rule does not ask. That its own words name a lower limit too is told since 0.3.0, and that it would ask it of
the value with VAT since 0.4.0."""

VERSION_RULES: Mapping[str, VersionRules] = {
    "0.1.0": VersionRules(
        asked_otherwise={
            "declare-different": AskedOtherwise(_PEOPLE),
            "edition-published-later": AskedOtherwise(
                "why a menu is used that was published after the contract begins"
            ),
            "end-on-anniversary": _ONE_DAY,
            "evidence-after-end": AskedOtherwise("how that is shown which can be shown only after the contract ends"),
            "more-people-than-money": AskedOtherwise("how the people of each year are paid"),
            "year-promise-in-short-year": _SHORT_YEAR,
        },
        count_jobs=_marked_groups_once,
        jobs_words=(
            "Another rule counts jobs since. Version 0.1.0 added the people of measures that may be the same, but for "
            "the groups of the menu that are marked for it, and those of several years and lines. Today they count "
            "once until it is declared in writing that they are different."
        ),
        told_less=_POLICY_NOTE,
    ),
    "0.2.0": VersionRules(
        asked_otherwise={
            "claimed-twice": AskedOtherwise(
                "what is the same under two measures, of which one has no value in pounds", pairs_without_pounds
            ),
            "costs-more-than-money": AskedOtherwise("how all costs of each year are paid", wages_stated),
            "counted-again": _SAME_MEASURE,
            "declare-different": AskedOtherwise(_PEOPLE, pairs_stated),
            "end-on-anniversary": _ONE_DAY,
            "more-people-than-money": AskedOtherwise("how the people of each year are paid", other_year_stated),
            "repeated-people": _SAME_MEASURE,
            "year-promise-in-short-year": _SHORT_YEAR,
        },
        count_jobs=_measures_once,
        jobs_words=(
            "Another rule counts jobs since. Version 0.2.0 counted the people of measures that may be the same once, "
            "and added those of several years and lines of a measure. Today those count once too until it is declared "
            "in writing that they are different."
        ),
        told_less=_POLICY_NOTE,
    ),
    "0.3.0": VersionRules(told_less=_POLICY_NOTE),
    "0.4.0": VersionRules(),
}
"""By version. A version that is not here is unknown to this program, or did everything as this one does."""


def is_known(version: str) -> bool:
    """Whether what a version did is known here: it is this one, one of those above, or none that is named."""
    from tomsapp import __version__

    return version in {"", __version__} or version in VERSION_RULES
