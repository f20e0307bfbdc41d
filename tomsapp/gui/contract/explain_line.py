"""How the value of one commitment came about: a sum for each year, then quantity, unit value, share and source."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from tomsapp.domain.commitment import RateBasis
from tomsapp.domain.measure_words import proxy_facts
from tomsapp.domain.menu import Measure
from tomsapp.domain.proxy import ProxyValue, UnitValue
from tomsapp.domain.steps import sum_text
from tomsapp.domain.unit_words import count_in_words, counts_heads
from tomsapp.domain.units import Unit, UnitForm
from tomsapp.domain.uprating import range_text, uprating_text
from tomsapp.domain.valuation import LineValue, Valuation, YearValue
from tomsapp.domain.wording import format_percent, format_pounds, format_quantity, plural
from tomsapp.gui.widgets.explanation import Explanation, FactLine, Inset, SumLine

_SIGNS = {"×": "times", "÷": "divided by", "−": "minus"}


def explain_line(line: LineValue, valuation: Valuation) -> Explanation:
    """The working of one commitment, from its steps, down to the source of its unit value."""
    measure = line.measure
    facts = [*_quantity_facts(line), *_value_facts(line, valuation.edition.price_base), *_share_facts(line)]
    if measure.proxy is not None:
        facts += _source_facts(measure, measure.proxy)
    if not measure.is_valued:
        title = f"{measure.code} is counted, not valued"
        note = FactLine("Why", "The menu has no published value in pounds for it, so it is counted and never valued")
        return Explanation(title, measure.full_name, (), (note, *facts))
    sums = [_year_sum(year, line) for year in line.years]
    words = "Total of the rounded years" if len(sums) > 1 else "Total"
    sums.append(SumLine(words, format_pounds(line.social_value), is_total=True))
    title = f"How {format_pounds(line.social_value)} came about"
    return Explanation(title, measure.full_name, (Inset(tuple(sums)),), tuple(facts))


def _year_sum(year: YearValue, line: LineValue) -> SumLine:
    value, label = format_pounds(year.social_value), year.year.label
    if year.quantity and year.unit_value is None:
        reason = f"the menu has no value for {year.year.starts_on.year}"
        return SumLine(f"{label}: {reason}", value, f"{label}: {reason}, {value}")
    if not year.quantity:
        blank = line.commitment.quantity_in(year.year.index) is None
        words = "none" if blank or line.commitment.rate else "0"
        return SumLine(f"{label}: {words}", value, f"{label}: {words}, {value}")
    text = sum_text(year.steps)
    return SumLine(f"{label}: {text}", value, f"{label}: {_spoken(text)} equals {value}")


def _spoken(text: str) -> str:
    for sign, word in _SIGNS.items():
        text = text.replace(sign, word)
    return text


def _quantity_facts(line: LineValue) -> Iterable[FactLine]:
    filled = [year for year in line.years if year.quantity]
    for year in filled:
        rate = next((step for step in year.steps if step.name == "rate"), None)
        if rate is not None:
            spend = "recorded" if year.basis is RateBasis.RECORDED else "forecast"
            yield FactLine(year.year.label, f"{rate.text}, from the {spend} spend")
    yield FactLine("Quantity", _quantity_words(line, filled))
    if line.real_pounds:
        yield FactLine("Real pounds", f"{format_pounds(line.real_pounds)} handed over, counted apart and never added")


def _quantity_words(line: LineValue, filled: list[YearValue]) -> str:
    if not filled:
        return "None entered"
    measure = line.measure
    same = {year.quantity for year in filled}
    if len(same) == 1:
        each = _one_quantity(measure, filled[0])
        if len(filled) == 1:
            return f"{each} in {filled[0].year.label}"
        return f"{each} in each of {len(filled)} years"
    if measure.unit is Unit.PERCENT or counts_heads(measure):
        # People of one year may be those of the next, so that they are never added up.
        return "; ".join(f"{_one_quantity(measure, year)} in {year.year.label}" for year in filled)
    listed = " + ".join(format_quantity(year.quantity) for year in filled)
    return f"{listed} = {count_in_words(measure, line.quantity)}"


def _one_quantity(measure: Measure, year: YearValue) -> str:
    match measure.unit.form:
        case UnitForm.POUNDS:
            return format_pounds(year.quantity)
        case UnitForm.PERCENT:
            return f"{format_quantity(year.quantity)}%"
        case UnitForm.NUMBER | UnitForm.YES_NO:
            return plural(year.quantity, measure.each_name, measure.many_name)
        case _:
            assert_never(measure.unit.form)


def _value_facts(line: LineValue, price_base: str) -> Iterable[FactLine]:
    seen: list[UnitValue] = []
    values = [year.unit_value for year in line.years if year.unit_value] or list(line.measure.unit_values[:1])
    for value in values:
        if value in seen:
            continue
        seen.append(value)
        label = "Unit value" if value.year is None else f"Value {value.year}"
        yield FactLine(label, uprating_text(value, price_base))
    if seen and (span := range_text(seen[0])):
        yield FactLine("Range", span)


def _share_facts(line: LineValue) -> Iterable[FactLine]:
    share, measure = line.commitment.contract_share, line.measure
    if share != 1:
        yield FactLine("Share", f"{format_percent(share)} counts for this contract, the rest does not")
    else:
        yield FactLine("Share", "100%: all of it counts for this contract")
    if measure.deadweight_share:
        words = f"{format_percent(measure.deadweight_share)} is taken off for what would have happened anyway"
        yield FactLine("Deadweight", words)
    if measure.displacement_share:
        words = f"{format_percent(measure.displacement_share)} is taken off for what is lost elsewhere"
        yield FactLine("Displacement", words)
    if measure.benefit_years != 1:
        words = f"Counts for {plural(measure.benefit_years, 'year', 'years')}"
        drop = f", {format_percent(measure.drop_off_share)} less each year" if measure.drop_off_share else ""
        yield FactLine("Benefit", words + drop)


def _source_facts(measure: Measure, proxy: ProxyValue) -> Iterable[FactLine]:
    source = proxy.source
    named = ", ".join(filter(None, (source.cited, proxy.source_detail)))
    address = proxy.address or source.address
    licence = f". {source.licence.rstrip('.')}." if source.licence else "."
    yield FactLine("Source", named + licence, address)
    if proxy.derivation:
        yield FactLine("Derived", proxy.derivation)
    for fact in proxy_facts(measure):
        yield FactLine(fact.label, fact.text)
    if proxy.confidence:
        note = f". {proxy.confidence_note}" if proxy.confidence_note else ""
        yield FactLine("Confidence", f"{proxy.confidence.capitalize()}{note}")
    if source.attribution:
        yield FactLine("Credit", source.attribution)
