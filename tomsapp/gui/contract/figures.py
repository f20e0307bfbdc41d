"""Which figures of a contract can be explained, and the explanation of those that are sums of lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction
from typing import assert_never

from tomsapp.domain.money import round_pounds, total
from tomsapp.domain.offer import CheckedOffer, inadmissible_commitments
from tomsapp.domain.people import OutcomeOverlap, if_different, same_as
from tomsapp.domain.policy import PolicyCheck
from tomsapp.domain.rules.rule import PolicyRule, RuleUnit
from tomsapp.domain.rules_origin import NOT_KNOWN, RulesOrigin
from tomsapp.domain.sums import OUTCOME_PLACES, outcome_sum
from tomsapp.domain.valuation import LineValue, Valuation
from tomsapp.domain.wording import format_date, format_exact, format_percent, format_pounds, plural
from tomsapp.gui.contract.explain_line import explain_line
from tomsapp.gui.contract.problem_rows import is_unfinished
from tomsapp.gui.widgets.explanation import Explanation, FactLine, Inset, SumLine

_SHARE = "Social value as a share of contract value"


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


def explain(figure: Figure, checked: CheckedOffer, origin: RulesOrigin = NOT_KNOWN) -> Explanation | None:
    """How a figure came about, or None when it is no longer there; `origin` says whose the policy rules are."""
    valuation = checked.valuation
    match figure.kind:
        case FigureKind.LINE:
            found = [line for line in valuation.lines if line.commitment.key == figure.key]
            return explain_line(found[0], valuation) if found else None
        case FigureKind.POLICY:
            checks = [check for check in checked.policy_checks if check.rule.code == figure.key]
            return _explain_policy(checks[0], checked.admissible, origin) if checks else None
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
    """How much of what is claimed can be counted while lines have errors; "" when all of it can.

    A line that only waits for its quantity claims nothing yet.
    """
    wrong = inadmissible_commitments(
        checked.valuation, [problem for problem in checked.problems if not is_unfinished(problem)]
    )
    if not wrong:
        return ""
    lines = plural(len(wrong), "line has an error", "lines have errors")
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
        sums = _subtotals(groups)
        subtitle = f"Theme {place.theme.number}, {place.theme.title}"
        inset = _with_total(sums, "Total of its outcomes", lines)
    else:
        subtitle = f"{place.outcome.code} {place.outcome.title}"
        inset = _with_total([SumLine(x.measure.full_name, _value(x)) for x in lines], "Total of its commitments", lines)
    facts = (_counted_apart(lines),) if any(line.real_pounds for line in lines) else ()
    return Explanation(_title_of(format_pounds(total(line.social_value for line in lines))), subtitle, (inset,), facts)


def _explain_total(valuation: Valuation) -> Explanation:
    themes = [
        (f"{theme.number} {theme.title}", [x for x in valuation.lines if x.place.theme.number == theme.number])
        for theme in valuation.edition.themes
    ]
    unvalued = sum(1 for line in valuation.lines if not line.measure.is_valued)
    facts = [
        FactLine("Counted in", f"Social value: proxy pounds at the unit values of {valuation.edition.name}"),
        _counted_apart(valuation.lines),
    ]
    if unvalued:
        words = plural(unvalued, "commitment is counted and has", "commitments are counted and have")
        facts.append(FactLine("Not valued", f"{words} no value in pounds."))
    inset = _with_total(_subtotals(themes), "Total of the themes", valuation.lines)
    return Explanation(
        _title_of(format_pounds(valuation.social_value)), "Social value of this contract", (inset,), tuple(facts)
    )


def _subtotals(groups: Iterable[tuple[str, Sequence[LineValue]]]) -> list[SumLine]:
    """What each group of lines comes to that has any."""
    return [SumLine(name, format_pounds(total(line.social_value for line in own))) for name, own in groups if own]


def _counted_apart(lines: Iterable[LineValue]) -> FactLine:
    real = total(line.real_pounds for line in lines)
    return FactLine("Real pounds", f"{format_pounds(real)}, counted apart and never added")


def _explain_real_pounds(valuation: Valuation) -> Explanation:
    sums = []
    for line in valuation.lines:
        if line.measure.real_pounds:
            share = line.commitment.contract_share
            times = "" if share == 1 else f" × {format_percent(share)}"
            words = f"{line.measure.full_name}: {format_pounds(line.quantity)}{times}"
            sums.append(SumLine(words, format_pounds(line.real_pounds)))
    sums.append(SumLine("Total", format_pounds(valuation.real_pounds), is_total=True))
    text = "Cash and goods that the supplier hands over, pound for pound. They are never added to social value."
    return Explanation(
        _title_of(format_pounds(valuation.real_pounds)),
        "Real pounds of this contract",
        (Inset(tuple(sums)),),
        (FactLine("What", text),),
    )


def _explain_share(valuation: Valuation) -> Explanation:
    shown = share_text(valuation.share_of_contract_value)
    return _explain_division(valuation, shown, "As per cent, cut to two decimals", _SHARE)


def _explain_per_pound(valuation: Valuation) -> Explanation:
    shown = format_pounds(round_pounds(valuation.share_of_contract_value))
    return _explain_division(valuation, shown, "Rounded to the penny", "Social value for each £1 spent")


def _explain_division(valuation: Valuation, shown: str, how: str, subtitle: str) -> Explanation:
    """Social value divided by contract value, `shown` as `how` says."""
    divided = f"{format_pounds(valuation.social_value)} ÷ {format_pounds(valuation.contract.value)}"
    exact = SumLine(divided, format_exact(valuation.share_of_contract_value))
    inset = Inset((exact, SumLine(how, shown, is_total=True)))
    fact = FactLine("What", "Social value divided by the contract value, which is without VAT and for its length")
    return Explanation(_title_of(shown), subtitle, (inset,), (fact,))


def _explain_employment(valuation: Valuation) -> Explanation:
    printed = [(line, outcome_sum(line, valuation.contract)) for line in valuation.lines]
    sums = [SumLine(f"{line.measure.full_name}: {one.text}", one.result_text) for line, one in printed if one]
    sums += [_not_twice(code, overlap, valuation) for code, overlap in _left_out(valuation).items()]
    sums += [_not_again(code, number, valuation) for code, number in valuation.outcomes_repeated.items()]
    outcomes = format_exact(valuation.employment_outcomes, OUTCOME_PLACES)
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


def _explain_policy(check: PolicyCheck, valuation: Valuation, origin: RulesOrigin) -> Explanation:
    rule = check.rule
    sums = [SumLine(text, "") for text in check.sums]
    sums.append(SumLine("Result", check.word, is_total=True))
    facts = [FactLine("Other reading" if check.needed else "Note", check.note)] if check.note else []
    if rule.text:
        facts.append(FactLine("The rule", rule.text))
    if whose := origin.words([rule]):
        facts.append(FactLine("Whose rule", whose))
    facts.append(FactLine("In force", _in_force(rule)))
    if rule.source is not None:
        facts.append(FactLine("Source", rule.source.cited, rule.source.address))
    insets = [Inset(tuple(sums))]
    if rule.kind.unit is RuleUnit.OUTCOMES:
        insets.append(Inset(_explain_employment(valuation).insets[0].lines, "Committed"))
    return Explanation(f"{rule.title}: {check.word}", "Policy check", tuple(insets), tuple(facts))


def _in_force(rule: PolicyRule) -> str:
    until = f" until {format_date(rule.in_force_until)}" if rule.in_force_until else ""
    return f"From {format_date(rule.in_force_from)}{until}"


def _with_total(sums: Sequence[SumLine], words: str, lines: Iterable[LineValue]) -> Inset:
    whole = format_pounds(total(line.social_value for line in lines))
    return Inset((*sums, SumLine(words, whole, is_total=True)))


def _value(line: LineValue) -> str:
    return format_pounds(line.social_value) if line.measure.is_valued else "Not valued"


def _title_of(figure: str) -> str:
    return f"How {figure} came about"


def share_text(share: Fraction) -> str:
    """Social value as a share of contract value, to two decimals of a per cent."""
    return format_percent(share, 2)
