"""Twenty thousand offers by lot: the program and the model come to the same in every figure and every Problem."""

from collections.abc import Iterable
from fractions import Fraction
from itertools import combinations
from random import Random

import pytest

from tests.domain.build import policy_standings
from tests.model import findings, model, policy
from tests.model.doubts import doubts
from tests.model.people import clash
from tests.model.random_menus import menus
from tests.model.random_offers import Case, case
from tomsapp.domain.checks.findings import FINDINGS
from tomsapp.domain.commitment import RateBasis
from tomsapp.domain.menu import Clash, ExclusionGroup
from tomsapp.domain.offer import CheckedOffer, Offer, Surroundings, check_valued, value_offer
from tomsapp.domain.policy import PolicyResult
from tomsapp.domain.problems import Answer, AnswerChoice, Problem, Severity
from tomsapp.domain.units import Unit
from tomsapp.domain.uprating import unit_values_of
from tomsapp.domain.valuation import Valuation
from tomsapp.domain.wording import format_percent

OFFERS = 20_000
QUICK = 2_000
CHUNK = 500
STALE = 0.2
"""How many of the answers were given to other figures."""

Figures = dict[str, object]

PROBLEMS = {
    "unknown-measure": findings.Finding.UNKNOWN_MEASURE,
    "quantity-missing": findings.Finding.NO_QUANTITY,
    "rate-out-of-range": findings.Finding.NO_QUANTITY,
    "quantity-negative": findings.Finding.NEGATIVE,
    "quantity-too-precise": findings.Finding.TOO_PRECISE,
    "quantity-not-whole": findings.Finding.TOO_PRECISE,
    "quantity-too-large": findings.Finding.TOO_LARGE,
    "year-outside-contract": findings.Finding.OUTSIDE_YEARS,
    "share-out-of-range": findings.Finding.SHARE,
    "no-value-for-year": findings.Finding.NO_UNIT_VALUE,
    "rate-without-framework": findings.Finding.RATE_ON_STANDARD,
    "spend-missing": findings.Finding.NO_SPEND,
    "statement-missing": findings.Finding.NO_STATEMENT,
    "outside-area": findings.Finding.OUTSIDE_AREA,
    "year-promise-in-short-year": findings.Finding.AS_MUCH_IN_SHORT_YEAR,
}
"""The program's Problems about one line."""

ABOUT_MEASURES = {
    "repeated-people": findings.Finding.REPEATED_FIRST_12_MONTHS,
    "counted-again": findings.Finding.REPEATED_ONCE,
    "evidence-after-end": findings.Finding.EVIDENCE_TOO_LATE,
    "line-over-half": findings.Finding.OVER_HALF,
    "above-other-bids": findings.Finding.ABOVE_OTHERS,
    "above-real-cost": findings.Finding.ABOVE_COST,
}
"""Those about all lines of a measure together."""

ABOUT_OFFER = {
    "edition-not-in-force": findings.Finding.NOT_IN_FORCE,
    "edition-published-later": findings.Finding.NOT_PUBLISHED,
    "end-on-anniversary": findings.Finding.ENDS_ON_ANNIVERSARY,
    "value-above-contract": findings.Finding.ABOVE_CONTRACT,
    "more-people-than-money": findings.Finding.MORE_WORK_THAN_MONEY,
}
"""Those about all lines together."""

ABOUT_GROUPS = {
    "declare-different": findings.Finding.TO_DECLARE,
    "never-add-together": findings.Finding.BLOCKED,
}
"""Those about the measures of an exclusion group."""

NOT_IN_THE_MODEL = {
    "contract-dates": "every contract by lot has years: without them nothing can be valued a second time",
    "contract-value-negative": "every value by lot is nothing or more, as a share of less than nothing is none",
    "no-commitments": "it says that there is nothing to value",
    "quantity-not-counted": "a note, which changes no figure",
    "share-too-precise": "about how a number is written; the shares by lot have four decimals at most",
    "spend-negative": "every spend by lot is nothing or more",
    "edition-withdrawn": "about the standing of an edition, which no menu by lot has",
    "unknown-ward": "about a list of wards, which the offers by lot are not held against",
    "claimed-twice": "no answer by lot is that people are the same: by hand in the tests of answers",
    "measure-repeated": "a note, which changes no figure",
    "too-many-measures": "about the limits of a tender, which no offer by lot has",
    "mandatory-theme-missing": "about the limits of a tender, which no offer by lot has",
    "costs-more-than-money": "no measure by lot has a delivery cost: by hand in the tests of payable work",
    "low-confidence": "no value by lot has a confidence",
}
"""The findings that the model does not look for, with the reason."""

RESULTS = {
    PolicyResult.YES: policy.Standing.IN_SCOPE,
    PolicyResult.NO: policy.Standing.OUT_OF_SCOPE,
    PolicyResult.MET: policy.Standing.ENOUGH,
    PolicyResult.SHORT: policy.Standing.NOT_ENOUGH,
    PolicyResult.NOTHING_ASKED: policy.Standing.NOTHING_ASKED,
    PolicyResult.ERRORS: policy.Standing.ERRORS,
    PolicyResult.NOT_CHECKED: policy.Standing.NOT_IN_FORCE,
}


def _pairs_of(problem: Problem, group: ExclusionGroup) -> set[frozenset[str]]:
    """The pairs that a clash asks about: all that its group forbids of its measures, or those that its key names."""
    told = problem.key.split(":")[2].split("+")
    pairs = [tuple(each.split("/")) for each in told] if "/" in problem.key else combinations(told, 2)
    return {frozenset((one, other)) for one, other in pairs if clash(group, one, other)}


def _kinds_of(pair: frozenset[str], groups: Iterable[ExclusionGroup]) -> set[str]:
    """The kinds of things that two measures may share, and of which that may be declared not to be so."""
    return {group.same for group in groups if group.severity is Clash.DECLARE and clash(group, *sorted(pair))}


def by_program(what: Case) -> tuple[CheckedOffer, set[frozenset[str]]]:
    """The offer checked, with answers to some of its warnings, and the pairs of measures that these declare.

    Some answers were given to other figures, and declare nothing.
    """
    around = Surroundings(policy=what.policy, medians=what.medians)
    checked = value_offer(Offer(what.contract, what.commitments), what.edition, around)
    warnings = [each for each in checked.problems if each.severity is Severity.WARNING]
    rng = Random(what.number)
    answered = [each for each in warnings if rng.random() < what.answered]
    if not answered:
        return checked, set()
    answers = {each.key: _answer(each, "" if rng.random() < STALE else each.asked) for each in answered}
    groups = {group.code: group for group in what.edition.exclusion_groups}
    apart = {
        (groups[_group_of(each)].same, pair)
        for each in answered
        if each.code == "declare-different" and answers[each.key].asked
        for pair in _pairs_of(each, groups[_group_of(each)])
    }
    declared = {pair for _, pair in apart if all((kind, pair) in apart for kind in _kinds_of(pair, groups.values()))}
    declared |= {frozenset((each.where.measure,)) for each in answered if _is_repeat(each) and answers[each.key].asked}
    return check_valued(Offer(what.contract, what.commitments, answers), checked.valuation, around), declared


def _answer(problem: Problem, asked: str) -> Answer:
    is_same_or_not = problem.code in {"declare-different", "repeated-people", "counted-again"}
    return Answer(
        "The register names them.",
        choice=AnswerChoice.DIFFERENT if is_same_or_not else AnswerChoice.RIGHT,
        asked=asked,
    )


def _is_repeat(problem: Problem) -> bool:
    return problem.code in {"repeated-people", "counted-again"}


def _group_of(problem: Problem) -> str:
    return problem.key.split(":")[1]


def figures_by_program(checked: CheckedOffer) -> Figures:
    """Every figure of the program by name."""
    found: Figures = {"problems": problems_by_program(checked), "inadmissible": set(checked.inadmissible)}
    for name, valuation in (("claimed", checked.valuation), ("admissible", checked.admissible)):
        found |= _totals_by_program(name, valuation)
    for line in checked.valuation.lines:
        key = line.commitment.key
        found[f"{key} value"] = line.social_value
        found[f"{key} real pounds"] = line.real_pounds
        found[f"{key} quantity"] = line.quantity
        found[f"{key} outcomes"] = line.employment_outcomes
        found[f"{key} on forecast"] = line.forecast_value
        found[f"{key} years"] = [
            (year.quantity, year.social_value, year.real_pounds, year.basis is RateBasis.FORECAST)
            for year in line.years
        ]
    for check in checked.policy_checks:
        found[f"rule {check.rule.code}"] = _rule_figures(
            RESULTS[check.result], check.needed, check.committed, check.shortfall
        )
    return found


def _totals_by_program(name: str, valuation: Valuation) -> Figures:
    return {
        f"{name} value": valuation.social_value,
        f"{name} real pounds": valuation.real_pounds,
        f"{name} outcomes": valuation.employment_outcomes,
        f"{name} on forecast": valuation.forecast_value,
        f"{name} share": valuation.share_of_contract_value,
        f"{name} percent": format_percent(valuation.share_of_contract_value, 2).replace(",", "").replace("−", "-"),
        f"{name} keys": [line.commitment.key for line in valuation.lines],
    }


def standings_by_program(checked: CheckedOffer, what: Case) -> Figures:
    """The policy's figures as they are worked out for thousands of contracts at once."""
    return {
        f"rule {each.rule.code}": _rule_figures(RESULTS[each.result], each.needed, each.committed, each.shortfall)
        for each in policy_standings(checked.admissible, what.policy, has_errors=checked.has_errors)
    }


def _rule_figures(
    standing: policy.Standing, needed: Fraction, committed: Fraction, shortfall: Fraction
) -> tuple[object, ...]:
    if standing in {policy.Standing.ENOUGH, policy.Standing.NOT_ENOUGH, policy.Standing.ERRORS}:
        return standing, needed, committed, shortfall
    return (standing,)


def problems_by_program(checked: CheckedOffer) -> findings.Found:
    """The program's Problems that the model looks for, under the model's names."""
    found: findings.Found = set()
    for each in checked.problems:
        if each.code in PROBLEMS:
            found.add((PROBLEMS[each.code], each.where.commitment))
        elif each.code in ABOUT_MEASURES:
            found.add((ABOUT_MEASURES[each.code], each.where.measure))
        elif each.code in ABOUT_OFFER and each.where.year is None:
            found.add((ABOUT_OFFER[each.code], ""))
        elif each.code in ABOUT_GROUPS:
            found.add((ABOUT_GROUPS[each.code], _group_of(each)))
    return found


def figures_by_model(what: Case, declared: set[frozenset[str]]) -> Figures:
    """Every figure of the model by the same names."""
    claimed = model.value_offer(what.contract, what.edition, what.commitments, declared)
    wage = policy.living_wage(what.policy, what.contract.start_on)
    problems = findings.find(what.contract, what.edition, what.commitments, claimed)
    problems |= doubts(what.contract, what.edition, claimed, what.medians, wage)
    left_out = findings.inadmissible(problems, what.edition, claimed)
    admissible = model.without(claimed, left_out, what.edition, declared)
    found: Figures = {"problems": problems, "inadmissible": left_out}
    for name, valuation in (("claimed", claimed), ("admissible", admissible)):
        found |= _totals_by_model(name, valuation)
    for line in claimed.lines:
        key = line.commitment.key
        found[f"{key} value"] = line.social_value
        found[f"{key} real pounds"] = line.real_pounds
        found[f"{key} quantity"] = line.quantity
        found[f"{key} outcomes"] = line.employment_outcomes
        found[f"{key} on forecast"] = line.forecast_value
        found[f"{key} years"] = [
            (year.quantity, year.social_value, year.real_pounds, year.rests_on_forecast) for year in line.years
        ]
    standings = policy.hold_against(
        admissible,
        what.policy,
        what.contract.start_on,
        has_errors=bool(left_out),
        value_with_vat=what.contract.value_with_vat,
    )
    for rule in what.policy.rules:
        each = standings.get(rule.code, policy.RuleFigures(rule, policy.Standing.NOT_IN_FORCE))
        found[f"rule {rule.code}"] = _rule_figures(each.standing, each.needed, each.committed, each.shortfall)
    return found


def _totals_by_model(name: str, valuation: model.OfferFigures) -> Figures:
    return {
        f"{name} value": valuation.social_value,
        f"{name} real pounds": valuation.real_pounds,
        f"{name} outcomes": valuation.employment_outcomes,
        f"{name} on forecast": valuation.forecast_value,
        f"{name} share": valuation.share_of_contract_value or 0,
        f"{name} percent": f"{valuation.percent_of_contract_value or '0.00'}%",
        f"{name} keys": [line.commitment.key for line in valuation.lines],
    }


def differences(number: int) -> list[str]:
    """What the two do not agree on in the offer of this number."""
    what = case(number)
    checked, declared = by_program(what)
    theirs, ours = figures_by_program(checked), figures_by_model(what, declared)
    if any(line.employment_outcomes < 0 for line in checked.valuation.lines):
        del theirs["claimed outcomes"], ours["claimed outcomes"]  # less than nothing is an error, not a number of jobs
    return [
        f"offer {number}, {name}: the program has {theirs.get(name)}, the model {ours.get(name)}"
        for name in dict.fromkeys((*ours, *theirs))
        if theirs.get(name) != ours.get(name)
    ] + [
        f"offer {number}, {name}: the same rule among many contracts comes to {figures}"
        for name, figures in standings_by_program(checked, what).items()
        if theirs[name] != figures
    ]


def in_chunks(first: int, last: int) -> list[range]:
    """The numbers of the offers in lots of one size, so that two processes share the work."""
    return [range(start, min(start + CHUNK, last)) for start in range(first, last, CHUNK)]


@pytest.mark.parametrize("numbers", in_chunks(0, QUICK), ids=str)
def test_the_program_agrees_with_the_model(numbers):
    assert [found for number in numbers for found in differences(number)] == []


@pytest.mark.slow
@pytest.mark.parametrize("numbers", in_chunks(QUICK, OFFERS), ids=str)
def test_the_program_agrees_with_the_model_at_length(numbers):
    assert [found for number in numbers for found in differences(number)] == []


def test_each_finding_is_in_the_model_or_it_is_said_why_not():
    """A check that is added is held to the rule a second time, or somebody says why it is not."""
    sought = {*PROBLEMS, *ABOUT_MEASURES, *ABOUT_OFFER, *ABOUT_GROUPS}
    assert sought.isdisjoint(NOT_IN_THE_MODEL)
    assert sought | NOT_IN_THE_MODEL.keys() == FINDINGS.keys()
    mapped = [*PROBLEMS.values(), *ABOUT_MEASURES.values(), *ABOUT_OFFER.values(), *ABOUT_GROUPS.values()]
    assert {*mapped} == {*findings.Finding}


def test_the_lots_hold_everything_that_the_rules_know():
    """A rule that no offer comes to would be held by nothing."""
    found: set[object] = set()
    units, lengths, chained = set(), set(), 0
    for number in range(QUICK):
        what = case(number)
        figures = figures_by_model(what, set())
        found |= {finding for finding, _about in figures["problems"]}
        found |= {figures[f"rule {rule.code}"][0] for rule in what.policy.rules}
        units |= {measure.unit for measure in what.edition.measures}
        lengths.add(len(what.contract.years))
        parts = [figures[f"{key} outcomes"] for key in figures["claimed keys"]]
        chained += figures["claimed outcomes"] not in {sum(parts, Fraction(0)), max(parts, default=Fraction(0))}
    assert found == {*findings.Finding, *policy.Standing}
    assert units == {*Unit}
    assert lengths >= {*range(1, 11)}
    assert chained


@pytest.mark.parametrize("number", range(0, QUICK, 20))
def test_what_is_not_counted_twice_is_told(number):
    """The outcomes of the lines, less what is said to be left out of measures, years and lines, are the total."""
    checked, _declared = by_program(case(number))
    for valuation in (checked.valuation, checked.admissible):
        left_out = {code for overlap in valuation.outcome_overlaps for code in overlap.not_counted}
        counted = [line.employment_outcomes for line in valuation.lines if line.measure.code not in left_out]
        counted += [-number for number in valuation.outcomes_repeated.values()]
        assert sum(counted, Fraction(0)) == valuation.employment_outcomes


@pytest.mark.parametrize("edition", menus(), ids=lambda edition: edition.code)
def test_the_program_fixes_the_same_unit_values(edition):
    for measure in edition.measures:
        if measure.proxy is not None:
            fixed = unit_values_of(measure.proxy, edition.price_base, edition.deflator)
            assert [(each.year, each.value) for each in fixed] == [
                (each.year, each.value) for each in measure.unit_values
            ]
