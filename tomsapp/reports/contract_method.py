"""Sources and method of a valuation: what every figure rests on, told for just the rules that it used."""

from collections.abc import Iterator, Sequence

from tomsapp.domain.menu import EditionStatus, Measure, MenuEdition
from tomsapp.domain.policy import PolicyCheck
from tomsapp.domain.proxy import Source
from tomsapp.domain.publishers import host_of, is_publishers
from tomsapp.domain.rules.rule import RuleSource
from tomsapp.domain.units import Unit
from tomsapp.domain.wording import format_date, format_percent, format_quantity, listed
from tomsapp.reports.contract_facts import PrintedValuation
from tomsapp.reports.contract_trust import menu_warning
from tomsapp.reports.flowables import Block, Bullets, Heading, Paragraph
from tomsapp.reports.phrases import all_lines_named, sentence
from tomsapp.reports.source_rows import attributions, citation, opened, pairs_table, sources_table
from tomsapp.reports.styles import LEAD, SUM, SUM_QUIET
from tomsapp.reports.text import Content, LinkRun, Run

PRICE_INDEX = "Price index"


def sources(page: PrintedValuation) -> list[Block]:
    """One row a source with its lines and a worked uprating for each proxy; then the price index and the rules."""
    measures = page.measures
    years = [year.starts_on.year for year in page.contract.years] if page.valuation.lines else []
    blocks: list[Block] = [Heading("Sources", bookmark="sources")]
    if any(measure.is_valued for measure in measures):
        named = {measure.code: all_lines_named(page.lines_of(measure)) for measure in measures}
        if page.is_long:
            words = "How each published value was made stands in the book of the menu."
            blocks.append(Paragraph(words, LEAD, keep=True))
        blocks += _replaced(page)
        blocks.append(sources_table(measures, page.edition, years, named, derived=not page.is_long))
    else:
        blocks.append(Paragraph("No proxy value is used in this valuation."))
    more = [*price_index(page.edition, measures), *_rule_sources(page.checked.policy_checks)]
    if not more:
        return blocks
    has_index = any(name == PRICE_INDEX for name, _ in more)
    return [*blocks, Heading("Price index and policy rules" if has_index else "Policy rules"), pairs_table(more)]


def _replaced(page: PrintedValuation) -> list[Block]:
    """Of a menu that was withdrawn, where to look for the publishers whose addresses it does not give."""
    used = _sources_used(page.edition, page.measures)
    if page.edition.withdrawn_on is None or all(is_publishers(source.address) for source in used):
        return []
    words = (
        "Where an address below is not known to be the publisher’s own, the edition that replaced this menu names the "
        "publisher’s. Which one that is stands under Menu."
    )
    return [Paragraph(words, SUM_QUIET, keep=True)]


def price_index(edition: MenuEdition, measures: Sequence[Measure]) -> Iterator[tuple[str, Content]]:
    """The deflator, where one of the unit values was brought to other prices with it."""
    uprated = any(value.index_from is not None for measure in measures for value in measure.unit_values)
    if edition.deflator is not None and uprated:
        note = f" {sentence(edition.deflator.note)}" if edition.deflator.note else ""
        yield (
            PRICE_INDEX,
            [Run(f"{sentence(edition.deflator.title)} "), *citation(edition.deflator.source), Run(note)],
        )


def _rule_sources(checks: tuple[PolicyCheck, ...]) -> Iterator[tuple[str, Content]]:
    """Each rule as the council worded it, with its dates, and where it was published; one source of all stands once."""
    rules = [check.rule for check in checks]
    is_common = len(rules) > 1 and rules[0].source is not None and len({rule.source for rule in rules}) == 1
    for rule in rules:
        until = f" until {format_date(rule.in_force_until)}" if rule.in_force_until else ""
        words = f"In force from {format_date(rule.in_force_from)}{until}. {sentence(rule.text) if rule.text else ''}"
        own = None if is_common else rule.source
        yield rule.title, [Run(f"{words.strip()} "), *(_published_in(own) if own is not None else [])]
    if is_common and rules[0].source is not None:
        yield "All rules", _published_in(rules[0].source)


def _published_in(source: RuleSource) -> list[Run | LinkRun]:
    host = host_of(source.address)
    return [opened(source.cited, source.address), Run(f", at {host}." if host else ".")]


def method(page: PrintedValuation) -> list[Block]:
    """How the figures were made, the menu and its checksum in full, and the lines that licences ask for."""
    return [
        Heading("Method", bookmark="method"),
        Bullets(list(_rules(page)), SUM, gap=1.0),
        *menu_and_attribution(page.edition, page.measures),
    ]


def menu_and_attribution(edition: MenuEdition, measures: Sequence[Measure]) -> list[Block]:
    """The menu with its checksum in full, and the lines that the licences of the sources ask for."""
    return [
        Heading("Menu", 3),
        Paragraph(_menu_words(edition), SUM, keep=True),
        Paragraph([Run("SHA-256: "), Run(edition.sha256 or "none", bold=True)], SUM),
        *_attribution(edition, measures),
    ]


def _rules(page: PrintedValuation) -> Iterator[str]:
    edition, measures = page.edition, page.measures
    yield (
        f"The social value of a year is {page.year_factors}, rounded once to the penny, "
        "halves away from zero. A line is the sum of its years, and every total is a sum of lines, so columns add up. "
        "Percentages are cut, never rounded up."
    )
    if any(value.index_from is not None for measure in measures for value in measure.unit_values):
        yield (
            f"A unit value is the published value brought to {edition.price_base} prices: published value × index of "
            f"{edition.price_base} ÷ index of its own year, rounded to the penny, or to 4 decimals when under £1. "
            "A value in later prices, and one in pounds for each pound, is not brought to other prices."
        )
    elif any(measure.is_valued for measure in measures):
        yield "No unit value is brought to other prices: each is the menu’s proxy value, in the prices of its source."
    if any(measure.proxy is not None and measure.proxy.is_dated for measure in measures):
        yield "A dated value is the one for the calendar year in which the contract year starts."
    if any(measure.deadweight_share or measure.displacement_share for measure in measures):
        yield (
            "What would have happened anyway (deadweight) or has only moved from elsewhere (displacement) is taken off "
            "at the menu’s shares."
        )
    if any(measure.benefit_years > 1 for measure in measures):
        yield "A benefit that lasts is counted for the menu’s number of years, less the menu’s drop-off each year."
    yield _discount_words(edition)
    yield from _counting_rules(page, measures)


def _discount_words(edition: MenuEdition) -> str:
    if not edition.discount_rate:
        return "Nothing is discounted: a pound counts the same in every year."
    grown = format_quantity(1 + edition.discount_rate)
    rate = format_percent(edition.discount_rate)
    return (
        f"Later years are discounted at {rate}: the first counts in full, each later one is divided by {grown} again."
    )


def _counting_rules(page: PrintedValuation, measures: list[Measure]) -> Iterator[str]:
    if any(line.commitment.rate is not None for _, line in page.lines):
        yield (
            "A promise for each pound of spend counts the whole units of all the spend by the end of a year, recorded "
            "and forecast, less those that the years before counted, so that nothing is lost where a year is cut."
        )
    yield (
        "Social value is counted in proxy pounds. Real pounds are cash and goods that the supplier hands over: "
        "quantity × this contract’s share, by year. The two are never added."
    )
    yield from _full_time_years(page, [measure for measure in measures if measure.unit is Unit.FTE_YEARS])
    recorded = [measure.code for measure in measures if not measure.is_valued]
    if recorded:
        noun = "is" if len(recorded) == 1 else "are"
        yield f"{listed(recorded)} {noun} counted and never valued: the menu has no proxy value that stands up."


def _full_time_years(page: PrintedValuation, measures: list[Measure]) -> Iterator[str]:
    """What a full-time year is, and which of them are jobs in this edition: editions differ in that."""
    if not measures:
        return
    jobs = [measure for measure in measures if measure.employment_outcome]
    others = [measure for measure in measures if not measure.employment_outcome]
    said = ["A full-time year (FTE-year) is one person’s full-time work for a year."]
    if jobs:
        lines = all_lines_named(number for measure in jobs for number in page.lines_of(measure))
        said.append(
            f"In this edition {_named(jobs)} brings employment outcomes ({lines}). They count jobs, not years of a "
            "job, so full-time years are divided by the length of the contract in years."
        )
    if others:
        said.append(f"In this edition {_named(others)} brings no employment outcome.")
    yield " ".join(said)


def _named(measures: list[Measure]) -> str:
    return listed([f"{measure.code} ({measure.title})" for measure in measures])


def _menu_words(edition: MenuEdition) -> str:
    words = f"{edition.title}: {edition.name}, {_published(edition)}, in {edition.price_base} prices."
    if edition.in_force_from:
        words += f" In force from {format_date(edition.in_force_from)}"
        words += f" until {format_date(edition.in_force_until)}." if edition.in_force_until else "."
    warning = menu_warning(edition)
    if edition.status is EditionStatus.DRAFT:
        return f"{words} {warning} This checksum is the one of the draft."
    told = f" {warning}" if warning else ""
    return f"{words}{told} A published edition never changes: it is known by this checksum."


def _published(edition: MenuEdition) -> str:
    """The status, with the day of publication."""
    on = f"published on {format_date(edition.published_on)}" if edition.published_on else ""
    return (
        on if edition.status is EditionStatus.PUBLISHED and on else ", ".join(filter(None, (edition.status.value, on)))
    )


def _attribution(edition: MenuEdition, measures: Sequence[Measure]) -> list[Block]:
    lines = attributions(_sources_used(edition, measures))
    return [Heading("Attribution", 3), *(Paragraph(line, SUM_QUIET) for line in lines)] if lines else []


def _sources_used(edition: MenuEdition, measures: Sequence[Measure]) -> list[Source]:
    used = [measure.proxy.source for measure in measures if measure.proxy is not None]
    uprated = any(value.index_from is not None for measure in measures for value in measure.unit_values)
    deflator = edition.deflator
    return [*used, deflator.source] if uprated and deflator is not None else used
