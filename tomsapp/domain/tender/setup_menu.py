"""The third step of a set-up: the menu edition, the measures with their targets, and what an offer must keep to."""

from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction

from tomsapp.domain.menu import EditionStatus, MenuEdition
from tomsapp.domain.money import decimal_places
from tomsapp.domain.policy import PolicyCheck, PolicyResult, check_policy
from tomsapp.domain.problems import Severity
from tomsapp.domain.tender.choices import Route
from tomsapp.domain.tender.setup import SetUp, SetUpProblem, Step, missing, targets_value
from tomsapp.domain.tender.tender_measure import TENDER_MEASURE, TenderMeasure
from tomsapp.domain.wording import format_date, format_quantity, listed, plural

QUOTE_MEASURES = 5
"""A quote has three to five measures: more is more work than it is worth. Source: docs/decisions/048-the-tender.md."""


def menu_problems(setup: SetUp) -> Iterable[SetUpProblem]:
    """What is wrong with the menu edition, the measures, the targets and the limits."""
    if not setup.measures:
        message, fix = "No measure is chosen", "Choose the measures that are asked"
        yield missing(Step.MENU, "measures-missing", message, fix)
    elif not setup.scored:
        message, fix = "Every measure is a condition, so nothing is scored", "Choose at least one that is scored"
        yield missing(Step.MENU, "nothing-scored", message, fix)
    for measure in setup.measures:
        yield from _measure(measure)
    for code, count in Counter(measure.measure for measure in setup.measures).items():
        if count > 1:
            message = f"{code} is chosen {count} times"
            yield missing(Step.MENU, "measure-twice", message, "Keep it once", "measure", measure=code)
    yield from _limits(setup)
    edition = setup.edition
    if edition is None:
        message, fix = "There is no menu edition", "Choose the edition whose values count"
        yield missing(Step.MENU, "edition-missing", message, fix, "edition")
        return
    yield from _edition(setup, edition)
    for measure in setup.measures:
        yield from _in_edition(measure, edition)
    yield from _themes(setup, edition)
    yield from _clashes(setup, edition)
    yield from _short_of_rules(setup)


def _measure(measure: TenderMeasure) -> Iterator[SetUpProblem]:
    code = measure.measure
    for problem in TENDER_MEASURE.problems(measure):
        message = f"{code}: {problem.message}"
        yield missing(Step.MENU, problem.code, message, problem.fix, problem.where.field, measure=code)
    if not measure.relevance.strip():
        message, fix = f"{code} does not say why it is asked", "Enter one line: what it has to do with what is bought"
        yield missing(Step.MENU, "relevance-missing", message, fix, "relevance", measure=code)
    if measure.is_condition and not measure.target:
        message, fix = f"{code} is a condition and does not say of how much", "Enter how much every bidder accepts"
        yield missing(
            Step.MENU, "condition-amount-missing", message, fix, "target", measure=code, severity=Severity.WARNING
        )


def _limits(setup: SetUp) -> Iterator[SetUpProblem]:
    """Limits that no offer can keep, or that a further measure would break."""
    most, themes = setup.tender.most_measures, setup.tender.theme_numbers
    if setup.tender.route is Route.QUOTE and len(setup.measures) > QUOTE_MEASURES:
        message = f"A quote has up to {QUOTE_MEASURES} measures, and this one has {len(setup.measures)}"
        yield missing(Step.MENU, "quote-measures", message, "Take some of them out", severity=Severity.WARNING)
    if most is None:
        return
    if most < len(themes):
        message = f"An offer may have {plural(most, 'measure')} and must cover {plural(len(themes), 'theme')}"
        fix = "Allow more measures, or ask for fewer themes"
        yield missing(Step.MENU, "most-below-themes", message, fix, "most_measures")
    if most < len(setup.with_target):
        targets = plural(len(setup.with_target), "target")
        message = f"An offer may have {plural(most, 'measure')}, so none can meet all {targets}"
        fix = "Allow more measures, or set fewer targets"
        yield missing(Step.MENU, "most-below-targets", message, fix, "most_measures", severity=Severity.WARNING)
    if setup.scored and most > len(setup.scored):
        message = f"An offer may have {plural(most, 'measure')}, and {len(setup.scored)} can be chosen"
        yield missing(
            Step.MENU,
            "most-above-all",
            message,
            "Leave it empty for any number",
            "most_measures",
            severity=Severity.NOTE,
        )


def _edition(setup: SetUp, edition: MenuEdition) -> Iterator[SetUpProblem]:
    if edition.status is not EditionStatus.PUBLISHED:
        state = "is not published" if edition.status is EditionStatus.DRAFT else "was withdrawn"
        message = f"{edition.name} {state}"
        yield missing(Step.MENU, "edition-not-published", message, "Choose another edition", "edition")
    for lot in setup.lots:
        if lot.start_on is None or edition.is_in_force(lot.start_on):
            continue
        message = f"{edition.name} is not in force on {format_date(lot.start_on)}, when lot {lot.number} begins"
        fix = "Choose another edition, or check the first day"
        yield missing(
            Step.MENU, "edition-not-in-force", message, fix, "edition", lot=lot.number, severity=Severity.WARNING
        )


def _in_edition(asked: TenderMeasure, edition: MenuEdition) -> Iterator[SetUpProblem]:
    code, measure = asked.measure, edition.find_measure(asked.measure)
    if measure is None:
        message, fix = f"{edition.name} has no measure {code}", "Take it out, or choose another edition"
        yield missing(Step.MENU, "measure-unknown", message, fix, "measure", measure=code)
    elif asked.target is not None:
        most = measure.unit.most
        if decimal_places(asked.target) > measure.decimals:
            places = f"at most {plural(measure.decimals, 'decimal')}" if measure.decimals else "a whole number"
            message = (
                f"The target of {code}, {format_quantity(asked.target)}, is finer than {measure.many_name} are counted"
            )
            yield missing(Step.MENU, "target-too-precise", message, f"Enter {places}", "target", measure=code)
        elif most is not None and asked.target > most:
            message = f"The target of {code}, {format_quantity(asked.target)}, is over {most}"
            yield missing(Step.MENU, "target-too-large", message, f"Enter at most {most}", "target", measure=code)


def _themes(setup: SetUp, edition: MenuEdition) -> Iterator[SetUpProblem]:
    """A theme that every offer must cover needs a measure that can be offered."""
    places = edition.places
    offered = {places[each.measure].theme.number for each in setup.scored if each.measure in places}
    titles = {theme.number: theme.title for theme in edition.themes}
    for number in setup.tender.theme_numbers:
        if number not in titles:
            message, fix = f"{edition.name} has no theme {number}", "Choose themes of the edition"
            yield missing(Step.MENU, "theme-unknown", message, fix, "mandatory_themes")
        elif number not in offered:
            message = f"Every offer must cover theme {number}, {titles[number]}, and no measure of it is scored"
            fix = "Choose a measure of it, or do not ask for the theme"
            yield missing(Step.MENU, "theme-without-measure", message, fix, "mandatory_themes")


def _clashes(setup: SetUp, edition: MenuEdition) -> Iterator[SetUpProblem]:
    """Targets of measures that may never be claimed together: no offer can meet them all."""
    codes = {measure.measure for measure in setup.with_target}
    pairs = {rival.pair for code in codes for rival in edition.blocked_rivals.get(code, ()) if rival.code in codes}
    for pair in sorted(sorted(pair) for pair in pairs):
        message = f"{listed(pair)} have targets, and no offer may claim both"
        fix = "Set a target for one of them"
        yield missing(Step.MENU, "targets-clash", message, fix, "target", measure=pair[0], severity=Severity.WARNING)


def _short_of_rules(setup: SetUp) -> Iterator[SetUpProblem]:
    """Targets that are worth less than a rule asks: an offer that only meets them would be short."""
    if setup.policy is None or not setup.with_target:
        return
    for lot in setup.lots:
        valuation = targets_value(setup, lot)
        if valuation is None:
            continue
        for check in check_policy(valuation, setup.policy):
            if check.result is PolicyResult.SHORT:
                yield _short(setup, check, lot.number)


def _short(setup: SetUp, check: PolicyCheck, lot: int) -> SetUpProblem:
    count = len(setup.with_target)
    targets = "the target" if count == 1 else f"the {count} targets"
    where = f"In lot {lot} an" if len(setup.lots) > 1 else "An"
    by = check.rule.kind.unit.words(Fraction(check.shortfall))
    message = f"{where} offer that only meets {targets} would be short by {by} of “{check.rule.title}”"
    fix = "Raise the targets, or say to bidders that more is needed"
    return missing(
        Step.MENU, f"targets-short-{check.rule.code}", message, fix, "target", lot=lot, severity=Severity.WARNING
    )
