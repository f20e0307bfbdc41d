"""What a reviewer should look at in the proxy values of an edition: one function a kind of figure."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

from tomsapp.domain.menu import Measure
from tomsapp.domain.money import round_half_away
from tomsapp.domain.problems import Problem, Severity
from tomsapp.domain.proxy import ANY_PRICE_BASE, ProxyKind, ProxyValue, WageKind, WageSum
from tomsapp.domain.units import Unit
from tomsapp.domain.wording import format_date, format_pounds
from tomsapp.menufiles.errors import problem_at
from tomsapp.menufiles.review import Checked

PROXY_PLACES = 4

FULL_TIME = frozenset({Unit.FTE_JOBS, Unit.FTE_YEARS})
DATED_KINDS = frozenset({ProxyKind.WAGE, ProxyKind.TAX})


def kinds_of_proxies(checked: Checked) -> Iterable[Problem]:
    """Values that do not say what kind of figure they are, once the edition says so of any."""
    valued = [(measure, measure.proxy) for measure in checked.edition.measures if measure.proxy]
    if not any(proxy.kind for _, proxy in valued):
        return
    for measure, proxy in valued:
        if proxy.kind is None:
            message = "It does not say what kind of figure it is"
            fix = "Add kind = price, wage, ratio, tax or multi_year"
            yield _warning(checked, measure, "proxy-without-kind", "kind", message, fix)
        if not proxy.components:
            message = "It does not say what its pounds consist of, so that nothing shows what may be counted twice"
            yield _warning(
                checked, measure, "proxy-without-components", "components", message, "Add components = [ … ]"
            )


def unsaid_deadweight(checked: Checked) -> Iterable[Problem]:
    """Values that do not say whether they are gross, once the edition says so of any."""
    if not any(proxy.source_deadweight for _, proxy in _proxies(checked)):
        return
    for measure, proxy in _proxies(checked):
        if proxy.source_deadweight is None:
            message = "It does not say whether its source takes off what would have happened anyway"
            fix = "Add source_deadweight = yes, no or not_known"
            yield _warning(checked, measure, "proxy-without-deadweight", "source_deadweight", message, fix)


def ratios(checked: Checked) -> Iterable[Problem]:
    """Pounds for each pound are the same in every year's prices: a ratio with a price base would be uprated."""
    for measure, proxy in _proxies(checked):
        of_unsaid_kind = measure.unit is Unit.POUNDS and proxy.kind is None
        never_uprated = {ANY_PRICE_BASE, checked.edition.price_base} if of_unsaid_kind else {ANY_PRICE_BASE}
        if (proxy.kind is ProxyKind.RATIO or of_unsaid_kind) and proxy.price_base not in never_uprated:
            message = f"It is pounds for each pound, and would be uprated from {proxy.price_base} prices"
            yield _error(checked, measure, "ratio-uprated", "price_base", message, 'Write price_base = "any"')
        elif measure.unit is Unit.POUNDS and proxy.kind not in {None, ProxyKind.RATIO}:
            message = "One unit is £1, so its value is a ratio"
            yield _error(checked, measure, "ratio-of-another-kind", "kind", message, 'Write kind = "ratio"')


def wages(checked: Checked) -> Iterable[Problem]:
    """Values made from wages against the dated wages on the edition's first day."""
    day = checked.edition.in_force_from
    for measure, proxy in _proxies(checked):
        if proxy.kind is not ProxyKind.WAGE:
            continue
        if proxy.wage is None:
            message = "It is made from a wage and does not say which"
            yield _warning(checked, measure, "wage-without-sum", "wage", message, "Add [outcome.measure.proxy.wage]")
        elif day is not None and checked.policy is not None:
            yield from _wage_differs(checked, measure, proxy.values[0].value, proxy.wage, checked.policy.wage_on, day)


def _wage_differs(
    checked: Checked,
    measure: Measure,
    stated: Decimal,
    wage: WageSum,
    wage_on: Callable[[WageKind, date], Decimal | None],
    day: date,
) -> Iterable[Problem]:
    kinds = (wage.of, wage.less) if wage.less else (wage.of,)
    hourly = {kind: wage_on(kind, day) for kind in kinds}
    missing = next((kind for kind, pounds in hourly.items() if pounds is None), None)
    if missing is not None:
        message = f"The policy has no {missing.value.replace('_', ' ')} for {format_date(day)}"
        yield _error(checked, measure, "wage-missing", "wage", message, "Add the wage with its date and source")
        return
    rates = [pounds for pounds in hourly.values() if pounds is not None]
    due = round_half_away((rates[0] - sum(rates[1:])) * wage.hours, PROXY_PLACES)
    if due != stated:
        message = f"It is {format_pounds(stated)}, but the wages of {format_date(day)} give {format_pounds(due)}"
        fix = "Take the wages that are in force on the edition’s first day"
        yield _error(checked, measure, "wage-outdated", "value", message, fix)


def dated_values(checked: Checked) -> Iterable[Problem]:
    """Wages and taxes hold from a day until a day; what holds for a time must hold when the edition begins."""
    for measure, proxy in _proxies(checked):
        days = (proxy.in_force_from, proxy.in_force_until)
        if proxy.kind not in DATED_KINDS and days == (None, None):
            continue
        if proxy.in_force_from is None or proxy.in_force_until is None:
            message = "It holds for a time only, and does not say from when until when"
            fix = "Add in_force_from = … and in_force_until = …"
            yield _warning(checked, measure, "value-without-dates", "in_force_from", message, fix)
            continue
        yield from _not_in_force(checked, measure, proxy.in_force_from, proxy.in_force_until)


def _not_in_force(checked: Checked, measure: Measure, begins: date, ends: date) -> Iterable[Problem]:
    first, last = checked.edition.in_force_from, checked.edition.in_force_until
    fix = "Take the value that is in force then"
    if first is not None and not begins <= first <= ends:
        message = f"It holds from {format_date(begins)} until {format_date(ends)}, not on {format_date(first)}"
        yield _error(checked, measure, "value-not-in-force", "in_force_from", message, fix)
    elif last is not None and ends < last:
        message = f"It ends on {format_date(ends)}, before the edition does on {format_date(last)}"
        yield _warning(checked, measure, "value-ends-early", "in_force_until", message, fix)
    elif ends < checked.today:
        message = f"It ended on {format_date(ends)}"
        yield _warning(checked, measure, "value-ended", "in_force_until", message, fix)


def multi_year_values(checked: Checked) -> Iterable[Problem]:
    """A sum over several years that is credited at once."""
    for measure, proxy in _proxies(checked):
        if proxy.kind is ProxyKind.MULTI_YEAR and measure.benefit_years == 1 and not proxy.taken_off:
            message = "Its source spreads it over several years, and it is credited at once"
            fix = "Credit one year’s part and set benefit_years, or say in taken_off why it counts at once"
            yield _warning(checked, measure, "credited-at-once", "kind", message, fix)


def full_time_words(checked: Checked) -> Iterable[Problem]:
    """Full-time jobs and years that plain counts would call people."""
    for measure in checked.edition.measures:
        for key in ("plain_one", "plain_many"):
            words: str = getattr(measure, key)
            if measure.unit in FULL_TIME and words and "full-time" not in words:
                message = f"One unit is a {measure.unit.one}, and “{words}” does not say so"
                fix = "Begin the words with full-time job or full-time year"
                where = checked.where(measure.code, key)
                yield problem_at("full-time-unsaid", message, fix, where, Severity.WARNING)


def _proxies(checked: Checked) -> Iterable[tuple[Measure, ProxyValue]]:
    return ((measure, measure.proxy) for measure in checked.edition.measures if measure.proxy)


def _error(checked: Checked, measure: Measure, code: str, key: str, message: str, fix: str) -> Problem:
    return problem_at(code, message, fix, checked.where(measure.code, f"proxy.{key}"))


def _warning(checked: Checked, measure: Measure, code: str, key: str, message: str, fix: str) -> Problem:
    return problem_at(code, message, fix, checked.where(measure.code, f"proxy.{key}"), Severity.WARNING)


PROXY_RULES = (
    kinds_of_proxies,
    unsaid_deadweight,
    ratios,
    wages,
    dated_values,
    multi_year_values,
    full_time_words,
)
"""Every rule of this module, in the order in which their Problems are told."""
