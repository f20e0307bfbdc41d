"""What a reviewer of an edition should look at: one function a rule."""

from collections.abc import Iterable

from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.proxy import UnitValue
from tomsapp.domain.uprating import is_later, unit_values_of
from tomsapp.domain.wording import format_date, format_pounds
from tomsapp.menufiles.errors import problem_at
from tomsapp.menufiles.evidence_checks import EVIDENCE_RULES
from tomsapp.menufiles.files import MENU_FILE
from tomsapp.menufiles.overlap_checks import OVERLAP_RULES
from tomsapp.menufiles.proxy_checks import PROXY_RULES
from tomsapp.menufiles.reference_checks import REFERENCE_RULES
from tomsapp.menufiles.review import Checked
from tomsapp.menufiles.share_checks import SHARE_RULES
from tomsapp.menufiles.source_checks import SOURCE_RULES

MOST_TITLE = 60

OF_EDITIONS_IN_USE = (*PROXY_RULES, *SOURCE_RULES, *EVIDENCE_RULES, *OVERLAP_RULES, *REFERENCE_RULES, *SHARE_RULES)


def check_edition(checked: Checked) -> tuple[Problem, ...]:
    """Every rule held against an edition.

    What is wrong with the values of a withdrawn edition stands in the reason of its withdrawal: nobody can put it
    right there any more.
    """
    rules = (
        later_price_bases,
        missing_wording,
        missing_lists,
        long_titles,
        overdue_reviews,
        low_confidence,
        changed_unit_values,
        theme_numbers,
        missing_attributions,
        unused_sources,
        *(() if checked.edition.withdrawn_on else OF_EDITIONS_IN_USE),
    )
    return tuple(problem for rule in rules for problem in rule(checked))


def later_price_bases(checked: Checked) -> Iterable[Problem]:
    """Proxy values at prices later than the edition's, which are taken as published."""
    base = checked.edition.price_base
    for measure in checked.edition.measures:
        if measure.proxy and is_later(measure.proxy.price_base, base):
            message = f"Its prices ({measure.proxy.price_base}) are later than the menu’s ({base}): taken as published"
            fix = f"Give the value at prices of {base} or before, or keep it and say so in the derivation"
            yield problem_at(
                "later-price-base", message, fix, checked.where(measure.code, "proxy.price_base"), Severity.WARNING
            )


def missing_wording(checked: Checked) -> Iterable[Problem]:
    """Measures without a description or without words for plain counts."""
    for measure in checked.edition.measures:
        for key in ("description", "plain_one", "plain_many"):
            if not getattr(measure, key):
                yield _warning(checked, measure.code, key, "There is no wording for it", f"Add the line {key} = …")


def missing_lists(checked: Checked) -> Iterable[Problem]:
    """Measures that do not say what counts or which evidence is asked for."""
    for measure in checked.edition.measures:
        for key in ("count", "evidence"):
            if not getattr(measure, key):
                yield _warning(checked, measure.code, key, "The list is missing", f"Add the line {key} = [ … ]")


def long_titles(checked: Checked) -> Iterable[Problem]:
    """Titles that a table cannot show whole."""
    for measure in checked.edition.measures:
        if len(measure.title) > MOST_TITLE:
            message = f"The title has {len(measure.title)} characters, more than {MOST_TITLE}"
            yield _warning(checked, measure.code, "title", message, "Shorten it; the description can say the rest")


def overdue_reviews(checked: Checked) -> Iterable[Problem]:
    """Measures whose review is overdue."""
    for measure in checked.edition.measures:
        if measure.review_due and measure.review_due < checked.today:
            message = f"The review was due on {format_date(measure.review_due)}"
            fix = f"Ask {measure.owner or 'its owner'} to review it, then set a new date in the next edition"
            yield _warning(checked, measure.code, "review_due", message, fix)


def low_confidence(checked: Checked) -> Iterable[Problem]:
    """Values that can be trusted least."""
    for measure in checked.edition.measures:
        if measure.proxy and measure.proxy.confidence == "low":
            where = checked.where(measure.code, "proxy.confidence")
            message, fix = "The confidence in its value is low", "Look for a better source for the next edition"
            yield problem_at("low-confidence", message, fix, where, Severity.NOTE)


def changed_unit_values(checked: Checked) -> Iterable[Problem]:
    """Published unit values that today's sum would not give."""
    edition = checked.edition
    for measure in edition.measures:
        if measure.proxy is None:
            continue
        computed = unit_values_of(measure.proxy, edition.price_base, edition.deflator)
        for published, now in zip(measure.unit_values, computed, strict=True):
            if published.value != now.value:
                yield _changed(checked, measure.code, published, now)


def _changed(checked: Checked, code: str, published: UnitValue, now: UnitValue) -> Problem:
    of_year = f" for {published.year}" if published.year else ""
    return problem_at(
        "unit-value-differs",
        f"The published unit value{of_year} is {format_pounds(published.value)}, "
        f"but its proxy gives {format_pounds(now.value)}",
        "Find out which is right, and publish a new edition",
        checked.where(code, "unit value"),
    )


def theme_numbers(checked: Checked) -> Iterable[Problem]:
    """Numbers that no theme has; a theme keeps its number and colour in every edition."""
    numbers = [theme.number for theme in checked.edition.themes]
    missing = sorted(set(range(1, max(numbers, default=0) + 1)) - set(numbers))
    if missing:
        message = f"No theme has the number {', '.join(map(str, missing))}"
        fix = "Number the themes from 1, unless the missing one was withdrawn"
        where = Where(file=MENU_FILE, field="theme.number")
        yield problem_at("theme-number-missing", message, fix, where, Severity.NOTE)


def missing_attributions(checked: Checked) -> Iterable[Problem]:
    """Sources whose licence asks for a line of attribution that is not there."""
    for source in checked.edition.sources:
        if source.licence.upper().startswith("CC BY") and not source.attribution:
            message = f"Its licence, {source.licence}, asks for a line of attribution"
            where = Where(file=MENU_FILE, field=f"source {source.key}, attribution")
            yield problem_at("no-attribution", message, "Add attribution = …", where, Severity.WARNING)


def unused_sources(checked: Checked) -> Iterable[Problem]:
    """Sources that no figure names."""
    edition = checked.edition
    used = {measure.proxy.source.key for measure in edition.measures if measure.proxy}
    if edition.deflator:
        used.add(edition.deflator.source.key)
    for source in edition.sources:
        if source.key not in used:
            where = Where(file=MENU_FILE, field=f"source {source.key}")
            yield problem_at("unused-source", "No figure comes from it", "Remove the source", where, Severity.NOTE)


def _warning(checked: Checked, measure: str, key: str, message: str, fix: str) -> Problem:
    code = "title-too-long" if key == "title" else "review-overdue" if key == "review_due" else f"missing-{key}"
    return problem_at(code.replace("_", "-"), message, fix, checked.where(measure, key), Severity.WARNING)
