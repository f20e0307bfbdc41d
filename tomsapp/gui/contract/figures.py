"""Which figures of a contract can be explained, and the explanation of those that are sums of lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import assert_never

from tomsapp.domain.money import round_pounds, total
from tomsapp.domain.offer import CheckedOffer
from tomsapp.domain.people import OutcomeOverlap, if_different, same_as
from tomsapp.domain.policy import PolicyCheck
from tomsapp.domain.rules.rule import PolicyRule, RuleUnit
from tomsapp.domain.units import Unit
from tomsapp.domain.valuation import LineValue, Valuation
from tomsapp.domain.wording import format_date, format_exact, format_percent, format_pounds, format_quantity, plural
from tomsapp.gui.contract.explain_line import explain_line
from tomsapp.gui.widgets.explanation import Explanation, FactLine, Inset, SumLine


class FigureKind(Enum):
    """The kinds of figure on the contract page."""

    LINE = "line"
    THEME = "theme"
    OUTCOME = "outcome"
    TOTAL = "total"
    REAL_POUNDS = "real_pounds"
    SHARE = "share"
    PER_POUND = "per_pound"
    EMPLOYMENT = "employment"
    POLICY = "policy"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its kind, and which one (a commitment's key, theme number, outcome or rule code)."""

    kind: FigureKind
    key: str = ""


def explain(figure: Figure, checked: CheckedOffer) -> Explanation | None:
    """How a figure came about, or None when it is no longer there."""
    valuation = checked.valuation
    match figure.kind:
        case FigureKind.LINE:
            found = [line for line in valuation.lines if line.commitment.key == figure.key]
            return explain_line(found[0], valuation) if found else None
        case FigureKind.POLICY:
            checks = [check for check in checked.policy_checks if check.rule.code == figure.key]
            return _explain_policy(checks[0], checked.admissible) if checks else None
        case FigureKind.THEME | FigureKind.OUTCOME:
            return _explain_group(figure, valuation)
        case FigureKind.TOTAL:
            explained = _explain_total(valuation)
        case FigureKind.REAL_POUNDS:
            explained = _explain_real_pounds(valuation)
        # These are held against rules, and so leave out lines with errors.
        case FigureKind.SHARE:
            explained = _explain_share(checked.admissible)
        case FigureKind.PER_POUND:
            explained = _explain_per_pound(checked.admissible)
        case FigureKind.EMPLOYMENT:
            explained = _explain_employment(checked.admissible)
        case _:
            assert_never(figure.kind)
    if not checked.inadmissible:
        return explained
    return replace(explained, facts=(FactLine("Errors", admitted_text(checked)), *explained.facts))


def admitted_text(checked: CheckedOffer) -> str:
    """How much of what is claimed can be counted while lines have errors; "" when all of it can."""
    if not checked.inadmissible:
        return ""
    lines = plural(len(checked.inadmissible), "line has an error", "lines have errors")
    return f"{format_pounds(checked.admissible.social_value)} of it can be counted: {lines} to put right"


def _explain_group(figure: Figure, valuation: Valuation) -> Explanation | None:
    is_theme = figure.kind is FigureKind.THEME
    lines = [
        line
        for line in valuation.lines
        if figure.key == (str(line.place.theme.number) if is_theme else line.place.outcome.code)
    ]
    if not lines:
        return None
    place = lines[0].place
    if is_theme:
        groups = [(f"{o.code} {o.title}", [x for x in lines if x.place.outcome == o]) for o in place.theme.outcomes]
        sums = [SumLine(name, _pounds(total(x.social_value for x in own))) for name, own in groups if own]
        subtitle = f"Theme {place.theme.number}, {place.theme.title}"
        inset = _with_total(sums, "Total of its outcomes", lines)
    else:
        subtitle = f"{place.outcome.code} {place.outcome.title}"
        inset = _with_total([SumLine(_name(x), _value(x)) for x in lines], "Total of its commitments", lines)
    facts = (_counted_apart(lines),) if any(line.real_pounds for line in lines) else ()
    return Explanation(_title(total(line.social_value for line in lines)), subtitle, (inset,), facts)


def _explain_total(valuation: Valuation) -> Explanation:
    sums = []
    for theme in valuation.edition.themes:
        own = [line for line in valuation.lines if line.place.theme.number == theme.number]
        if own:
            sums.append(SumLine(f"{theme.number} {theme.title}", _pounds(total(line.social_value for line in own))))
    unvalued = sum(1 for line in valuation.lines if not line.measure.is_valued)
    facts = [
        FactLine("Counted in", f"Social value: proxy pounds at the unit values of {valuation.edition.name}"),
        _counted_apart(valuation.lines),
    ]
    if unvalued:
        words = plural(unvalued, "commitment is", "commitments are")
        facts.append(
            FactLine(
                "Not valued",
                f"{words} counted and has no value in pounds."
                if unvalued == 1
                else f"{words} counted and have no value in pounds.",
            )
        )
    inset = _with_total(sums, "Total of the themes", valuation.lines)
    return Explanation(_title(valuation.social_value), "Social value of this contract", (inset,), tuple(facts))


def _counted_apart(lines: Iterable[LineValue]) -> FactLine:
    real = total(line.real_pounds for line in lines)
    return FactLine("Real pounds", f"{_pounds(real)}, counted apart and never added")


def _explain_real_pounds(valuation: Valuation) -> Explanation:
    sums = []
    for line in valuation.lines:
        if line.measure.real_pounds:
            share = line.commitment.contract_share
            times = "" if share == 1 else f" × {format_percent(share)}"
            sums.append(SumLine(f"{_name(line)}: {_pounds(line.quantity)}{times}", _pounds(line.real_pounds)))
    sums.append(SumLine("Total", _pounds(valuation.real_pounds), is_total=True))
    text = "Cash and goods that the supplier hands over, pound for pound. They are never added to social value."
    return Explanation(
        _title(valuation.real_pounds), "Real pounds of this contract", (Inset(tuple(sums)),), (FactLine("What", text),)
    )


def _explain_share(valuation: Valuation) -> Explanation:
    share = valuation.share_of_contract_value
    sums = (
        SumLine(f"{_pounds(valuation.social_value)} ÷ {_pounds(valuation.contract.value)}", format_exact(share)),
        SumLine("As per cent, cut to two decimals", format_percent(share, 2), is_total=True),
    )
    return Explanation(
        _title_of(format_percent(share, 2)), "Social value as a share of contract value", (Inset(sums),), _divided()
    )


def _explain_per_pound(valuation: Valuation) -> Explanation:
    share = valuation.share_of_contract_value
    sums = (
        SumLine(f"{_pounds(valuation.social_value)} ÷ {_pounds(valuation.contract.value)}", format_exact(share)),
        SumLine("Rounded to the penny", _pounds(round_pounds(share)), is_total=True),
    )
    return Explanation(_title(round_pounds(share)), "Social value for each £1 spent", (Inset(sums),), _divided())


def _divided() -> tuple[FactLine, ...]:
    return (FactLine("What", "Social value divided by the contract value, which is without VAT and for its length"),)


def _explain_employment(valuation: Valuation) -> Explanation:
    sums = [_employment_sum(line, valuation) for line in valuation.lines if line.measure.employment_outcome]
    sums += [_not_twice(code, overlap, valuation) for code, overlap in _left_out(valuation).items()]
    sums += [_not_again(code, number, valuation) for code, number in valuation.outcomes_repeated.items()]
    outcomes = format_exact(valuation.employment_outcomes, 2)
    sums.append(SumLine("Employment outcomes", outcomes, is_total=True))
    if valuation.outcomes_left_out:
        most = format_exact(valuation.employment_outcomes + valuation.outcomes_left_out, 2)
        sums.append(SumLine(if_different(some_same=bool(valuation.same_people)).capitalize(), most))
    text = "Jobs, not job-years: full-time years are divided by the length of the contract in years."
    return Explanation(
        _title_of(outcomes), "Employment outcomes of this contract", (Inset(tuple(sums)),), (FactLine("Counts", text),)
    )


def _left_out(valuation: Valuation) -> dict[str, OutcomeOverlap]:
    """The measures whose people are not counted again, each with the group that says so."""
    return {code: overlap for overlap in valuation.outcome_overlaps for code in overlap.not_counted}


def _not_twice(code: str, overlap: OutcomeOverlap, valuation: Valuation) -> SumLine:
    own = sum((line.employment_outcomes for line in valuation.lines if line.measure.code == code), Fraction(0))
    same = same_as(code, valuation.outcome_overlaps, valuation.same_people)
    others = " and ".join(same or overlap.counted) or "other lines"
    words = f"may be the same people as {others}, until it is declared otherwise"
    if same:
        words = f"answered to be the same people as {others}"
    return SumLine(f"{code}: {words}", format_exact(-own, 2))


def _not_again(code: str, number: Fraction, valuation: Valuation) -> SumLine:
    words = "may be the same people in several years or lines, until it is confirmed that they are not"
    if frozenset((code,)) in valuation.same_people:
        words = "answered to be the same people in several years or lines"
    return SumLine(f"{code}: {words}", format_exact(-number, 2))


def _employment_sum(line: LineValue, valuation: Valuation) -> SumLine:
    parts = [format_quantity(line.quantity)]
    if line.commitment.contract_share != 1:
        parts.append(f"× {format_percent(line.commitment.contract_share)}")
    if line.measure.employment_outcome != 1:
        parts.append(f"× {format_quantity(line.measure.employment_outcome)}")
    if line.measure.unit is Unit.FTE_YEARS:
        length = valuation.contract.length_in_years
        parts.append(f"÷ {format_exact(length)} {'year' if length == 1 else 'years'}")
    return SumLine(f"{_name(line)}: {' '.join(parts)}", format_exact(line.employment_outcomes, 2))


def _explain_policy(check: PolicyCheck, valuation: Valuation) -> Explanation:
    rule = check.rule
    sums = [SumLine(text, "") for text in check.sums]
    sums.append(SumLine("Result", check.word, is_total=True))
    facts = [FactLine("Other reading" if check.needed else "Note", check.note)] if check.note else []
    if rule.text:
        facts.append(FactLine("The rule", rule.text))
    facts.append(FactLine("In force", _in_force(rule)))
    if rule.source is not None:
        words = ", ".join(part for part in (rule.source.title, rule.source.publisher, rule.source.year) if part)
        link = "See the source" if rule.source.address else ""
        facts.append(FactLine("Source", words, link, rule.source.address))
    insets = [Inset(tuple(sums))]
    if rule.kind.unit is RuleUnit.OUTCOMES:
        insets.append(Inset(_explain_employment(valuation).insets[0].lines, "Committed"))
    return Explanation(f"{rule.title}: {check.word}", "Policy check", tuple(insets), tuple(facts))


def _in_force(rule: PolicyRule) -> str:
    until = f" until {format_date(rule.in_force_until)}" if rule.in_force_until else ""
    return f"From {format_date(rule.in_force_from)}{until}"


def _with_total(sums: Sequence[SumLine], words: str, lines: Iterable[LineValue]) -> Inset:
    whole = _pounds(total(line.social_value for line in lines))
    return Inset((*sums, SumLine(words, whole, is_total=True)))


def _name(line: LineValue) -> str:
    return f"{line.measure.code} {line.measure.title}"


def _value(line: LineValue) -> str:
    return _pounds(line.social_value) if line.measure.is_valued else "Not valued"


def _pounds(amount: Decimal) -> str:
    return format_pounds(amount)


def _title(amount: Decimal) -> str:
    return _title_of(format_pounds(amount))


def _title_of(figure: str) -> str:
    return f"How {figure} came about"


def share_text(share: Fraction) -> str:
    """Social value as a share of contract value, to two decimals of a per cent."""
    return format_percent(share, 2)
