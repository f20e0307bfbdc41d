"""How the employment outcomes of a valuation come about, as sums that can be done again."""

from collections.abc import Iterator
from fractions import Fraction

from tomsapp.domain.people import same_as
from tomsapp.domain.sums import outcome_sum
from tomsapp.domain.valuation import Valuation
from tomsapp.domain.wording import listed
from tomsapp.reports.contract_facts import PrintedValuation
from tomsapp.reports.phrases import outcomes_text

MOST_TERMS = 12
"""With more lines than these that bring employment outcomes, their sum is told by measure."""


def outcome_terms(page: PrintedValuation) -> Iterator[str]:
    """How the employment outcomes come about, by line or by measure, and which people are not counted again."""
    if terms := _terms(page, page.counted):
        yield terms
        yield from _not_counted(page.counted)


def ended_terms(page: PrintedValuation) -> str:
    """How many of them are of years that had ended when the contract was signed, likewise; empty where none are."""
    terms = _terms(page, page.ended) if page.ended is not None else ""
    return f"Of years that had ended when this was signed: {terms}" if terms else ""


def _terms(page: PrintedValuation, valuation: Valuation) -> str:
    """The employment outcomes of all that can be counted, or of some years of it, as a sum; empty where none are."""
    own = {line.commitment.key: line for line in valuation.lines}
    jobs = [
        (number, line, printed)
        for number, line in page.counted_lines
        if (printed := outcome_sum(own[line.commitment.key], page.contract)) is not None
    ]
    if not jobs:
        return ""
    if len(jobs) <= MOST_TERMS:
        terms = [f"{printed.text} (line {number})" for number, _, printed in jobs]
    else:
        by_code: dict[str, Fraction] = {}
        for _, line, printed in jobs:
            by_code[line.measure.code] = by_code.get(line.measure.code, Fraction(0)) + Fraction(printed.result)
        terms = [f"{outcomes_text(number)} ({code})" for code, number in by_code.items()]
    committed, again = valuation.employment_outcomes, valuation.outcomes_left_out
    same = sum((Fraction(printed.result) for _, _, printed in jobs), Fraction(0)) - committed - again
    less = f" − {outcomes_text(again)} not counted again" if again else ""
    less += f" − {outcomes_text(same)} answered to be the same" if same else ""
    return f"{' + '.join(terms)}{less} = {outcomes_text(committed)}"


def _not_counted(counted: Valuation) -> Iterator[str]:
    """Which measures are not counted again: as long as it is open, or since they are answered to be the same."""
    for overlap in counted.outcome_overlaps:
        known = {code: same_as(code, counted.outcome_overlaps, counted.same_people) for code in overlap.not_counted}
        is_open = [code for code, others in known.items() if not others]
        if is_open:
            yield (
                f"{listed(is_open)} not counted beside {listed(overlap.counted)} until it is declared in writing that "
                f"they are not the same {overlap.group.same}."
            )
        for code, others in known.items():
            if others:
                yield f"{code} not counted beside {listed(others)}: it is answered that they are the same."
    for code, number in counted.outcomes_repeated.items():
        yield _repeated(code, number, counted)


def _repeated(code: str, number: Fraction, counted: Valuation) -> str:
    """How many of a measure are counted that may be the same people in several years or lines."""
    whole = sum((line.employment_outcomes for line in counted.lines if line.measure.code == code), Fraction(0))
    told = f"Of {code} the most of one year and line, {outcomes_text(whole - number)} of {outcomes_text(whole)}"
    if frozenset((code,)) in counted.same_people:
        return f"{told}: it is answered that they are the same."
    return f"{told}, until it is confirmed that the others are different people."
