"""Sources and method of a valuation: what every figure rests on, told for just the rules that it used."""

from collections.abc import Iterator

from tomsapp.domain.menu import Measure, MenuEdition, Source
from tomsapp.domain.offer import CheckedOffer
from tomsapp.domain.policy import PolicyCheck
from tomsapp.domain.units import Unit
from tomsapp.domain.valuation import Valuation
from tomsapp.domain.wording import format_date, format_percent
from tomsapp.reports.flowables import Block, Bullets, Heading, Paragraph
from tomsapp.reports.phrases import listed, sentence
from tomsapp.reports.source_rows import attributions, citation, pairs_table, sources_table
from tomsapp.reports.styles import CELL, NOTE
from tomsapp.reports.text import Content, LinkRun, Run


def sources(checked: CheckedOffer) -> list[Block]:
    """One row a source with a worked uprating for each proxy; then the price index and the policy rules."""
    valuation = checked.valuation
    edition = valuation.edition
    measures = _measures_used(valuation)
    years = [year.starts_on.year for year in valuation.contract.years] if valuation.lines else []
    blocks: list[Block] = [Heading("Sources", bookmark="sources")]
    if any(measure.is_valued for measure in measures):
        blocks.append(sources_table(measures, edition, years))
    else:
        blocks.append(Paragraph("No proxy value is used in this valuation."))
    more = [*_price_index(edition, measures), *_rule_sources(checked.policy_checks)]
    return [*blocks, pairs_table(more)] if more else blocks


def _measures_used(valuation: Valuation) -> list[Measure]:
    used = {line.measure.code for line in valuation.lines}
    return [measure for measure in valuation.edition.measures if measure.code in used]


def _price_index(edition: MenuEdition, measures: list[Measure]) -> Iterator[tuple[str, Content]]:
    """The deflator, where one of the unit values was brought to other prices with it."""
    uprated = any(value.index_from is not None for measure in measures for value in measure.unit_values)
    if edition.deflator is not None and uprated:
        note = f" {sentence(edition.deflator.note)}" if edition.deflator.note else ""
        yield (
            "Price index",
            [Run(f"{sentence(edition.deflator.title)} "), *citation(edition.deflator.source), Run(note)],
        )


def _rule_sources(checks: tuple[PolicyCheck, ...]) -> Iterator[tuple[str, Content]]:
    """Each rule as the council worded it, its dates, and where it was published."""
    for check in checks:
        rule = check.rule
        until = f" until {format_date(rule.in_force_until)}" if rule.in_force_until else ""
        words = f"In force from {format_date(rule.in_force_from)}{until}. {sentence(rule.text) if rule.text else ''}"
        runs: list[Run | LinkRun] = [Run(f"{words.strip()} ")]
        if rule.source is not None:
            named = (rule.source.title, rule.source.publisher, rule.source.year)
            runs += [LinkRun(", ".join(filter(None, named)), rule.source.address), Run(".")]
        yield rule.title, runs


def method(checked: CheckedOffer) -> list[Block]:
    """How the figures were made, the menu and its checksum in full, and the lines that licences ask for."""
    valuation = checked.valuation
    edition = valuation.edition
    return [
        Heading("Method", bookmark="method"),
        Bullets(list(_rules(valuation)), CELL),
        Heading("Menu", 3),
        Paragraph(_menu_words(edition), CELL, keep=True),
        Paragraph([Run("SHA-256: "), Run(edition.sha256 or "none", bold=True)], CELL),
        *_attribution(valuation),
    ]


def _rules(valuation: Valuation) -> Iterator[str]:
    edition, measures = valuation.edition, _measures_used(valuation)
    yield (
        "The social value of a year is quantity × unit value × this contract’s share, rounded once to the penny, "
        "halves away from zero. A line is the sum of its years, and every total is a sum of lines, so columns add up."
    )
    if any(value.index_from is not None for measure in measures for value in measure.unit_values):
        yield (
            f"A unit value is the published value brought to {edition.price_base} prices: published value × index of "
            f"{edition.price_base} ÷ index of its own year, rounded to the penny, or to 4 decimals when under £1."
        )
    elif any(measure.is_valued for measure in measures):
        yield "Each unit value is the value as its source published it."
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
    yield from _counting_rules(valuation, measures)


def _discount_words(edition: MenuEdition) -> str:
    if not edition.discount_rate:
        return "Nothing is discounted: a pound counts the same in every year."
    rate = format_percent(edition.discount_rate)
    return f"Later years are discounted: the first counts in full, each later one is divided by (1 + {rate}) again."


def _counting_rules(valuation: Valuation, measures: list[Measure]) -> Iterator[str]:
    if any(line.commitment.rate is not None for line in valuation.lines):
        yield "A promise for each pound of spend gives a quantity that is rounded down to the decimals of its unit."
    yield (
        "Social value is counted in proxy pounds. Real pounds are cash and goods that the supplier hands over: "
        "quantity × this contract’s share. The two are never added."
    )
    if any(measure.unit is Unit.FTE_YEARS for measure in measures):
        yield (
            "A full-time year (FTE-year) is one person’s full-time work for a year. Employment outcomes count jobs, "
            "not years of a job, so full-time years are divided by the number of contract years."
        )
    recorded = [measure.code for measure in measures if not measure.is_valued]
    if recorded:
        noun = "is" if len(recorded) == 1 else "are"
        yield f"{listed(recorded)} {noun} counted and never valued: the menu has no proxy value that stands up."


def _menu_words(edition: MenuEdition) -> str:
    words = f"{edition.title}: {edition.name}, {edition.status.value}, in {edition.price_base} prices."
    if edition.in_force_from:
        words += f" In force from {format_date(edition.in_force_from)}"
        words += f" until {format_date(edition.in_force_until)}." if edition.in_force_until else "."
    return f"{words} A published edition never changes: it is known by this checksum."


def _attribution(valuation: Valuation) -> list[Block]:
    lines = attributions(_sources_used(valuation))
    return [Heading("Attribution", 3), *(Paragraph(line, NOTE) for line in lines)] if lines else []


def _sources_used(valuation: Valuation) -> list[Source]:
    measures = _measures_used(valuation)
    used = [measure.proxy.source for measure in measures if measure.proxy is not None]
    uprated = any(value.index_from is not None for measure in measures for value in measure.unit_values)
    deflator = valuation.edition.deflator
    return [*used, deflator.source] if uprated and deflator is not None else used
