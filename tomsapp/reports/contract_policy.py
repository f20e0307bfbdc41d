"""Policy checks of a valuation, and its Problems with the answers given."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import assert_never

from tomsapp.domain.checks.clashes import clashing_codes
from tomsapp.domain.policy import PolicyCheck, PolicyResult
from tomsapp.domain.problems import Problem, Severity
from tomsapp.domain.rules.rule import RuleUnit
from tomsapp.domain.wording import format_date, listed, plural
from tomsapp.reports.contract_answers import answer_cell, common_giver, giver_words
from tomsapp.reports.contract_facts import PrintedValuation
from tomsapp.reports.contract_jobs import ended_terms, outcome_terms
from tomsapp.reports.flowables import Block, Heading, Paragraph
from tomsapp.reports.phrases import all_lines_named, capital, outcomes_text, sentence
from tomsapp.reports.rules_origin import rules_origin
from tomsapp.reports.styles import CELL_GOOD, CELL_MUTED, CELL_STRONG, CELL_WARNING, NOTE, SUM, SUM_MUTED
from tomsapp.reports.tables import Cell, Column, Part, Row, Table, TableLook
from tomsapp.reports.text import in_segments

MOST_ALIKE = 6
"""Problems of one kind that say more different things than these are one row, with the lines they are about."""

MOST_TITLES = 3
"""A clash of more measures than these names them by their codes alone."""

_POLICY_COLUMNS = (Column("Rule", 150, row_head=True), Column("Sum", 258), Column("Result", 83))
_PROBLEM_SHARES = (21, 44, 35)
_SHARES_OF_LONG = (28, 44, 28)
"""With very many lines the column of where needs more room."""

_SHARES_WITH_ANSWERS = (18, 37, 45)
_STYLES = {
    PolicyResult.MET: CELL_GOOD,
    PolicyResult.SHORT: CELL_WARNING,
    PolicyResult.ERRORS: CELL_WARNING,
}


def policy_checks(page: PrintedValuation, look: TableLook | None = None) -> list[Block]:
    """Every rule with its sum and result; the other reading of a minimum stands as a note."""
    heading = Heading("Policy checks", bookmark="policy")
    checks = page.checked.policy_checks
    if not checks:
        return [heading, Paragraph("No policy rules were held against this valuation.")]
    rows = [Row([check.rule.kind.printed(check.rule), _sums(page, check), _result(page, check)]) for check in checks]
    note = "“Enough” speaks of the promise. Whether a rule is met is known when the work is delivered."
    notes = [Paragraph(text, NOTE) for text in (note, rules_origin(page)) if text]
    return [heading, Table(_POLICY_COLUMNS, rows, look or TableLook(line_gap=1.6), after=4), *notes]


def _result(page: PrintedValuation, check: PolicyCheck) -> Cell:
    """The result, and what it hangs on: a forecast, or a declaration that people are different."""
    parts = [Part(in_segments(check.word, ends=":"), _STYLES.get(check.result, CELL_STRONG))]
    if check.without_forecast is not None:
        parts.append(Part("Only with the forecast", SUM_MUTED))
    left_out = page.counted.outcomes_left_out if check.rule.kind.unit is RuleUnit.OUTCOMES else Fraction(0)
    if not page.errors and check.result is PolicyResult.SHORT and check.shortfall <= left_out:
        parts.append(Part("Until it is declared that they are different people", SUM_MUTED))
    return Cell(parts)


def _sums(page: PrintedValuation, check: PolicyCheck) -> Cell:
    parts = [Part(line) for line in check.sums]
    if check.rule.kind.unit is RuleUnit.OUTCOMES and check.sums:
        parts += [Part(text, SUM_MUTED) for text in outcome_terms(page)]
    if check.without_forecast is not None:
        unit, certain = check.rule.kind.unit, check.without_forecast
        committed, short = unit.words(certain.committed), unit.words(certain.shortfall)
        parts.append(Part(f"Without what rests on a forecast: {committed} committed, short by {short}", CELL_WARNING))
    elif check.rule.kind.unit is RuleUnit.OUTCOMES and check.needed and page.has_forecast_jobs(check.needed):
        parts.append(_certain_jobs(page, check))
    if check.rule.kind.unit is RuleUnit.OUTCOMES and check.sums and (ended := ended_terms(page)):
        parts.append(Part(ended, SUM_MUTED))
    if check.note:
        parts.append(Part(sentence(check.note), SUM_MUTED if parts else CELL_MUTED))
    return Cell(parts or [Part("–")])


def _certain_jobs(page: PrintedValuation, check: PolicyCheck) -> Part:
    """How many jobs are left without what rests on a forecast of spend, and what is missing then."""
    certain = page.certain.employment_outcomes
    short = check.needed - certain
    missing = f", short by {outcomes_text(short)}" if short > 0 else ""
    return Part(f"Without what rests on a forecast: {outcomes_text(certain)} committed{missing}", CELL_WARNING)


def problems_and_answers(page: PrintedValuation) -> list[Block]:
    """Every Problem that the checks found, with its answer or what to do about it; very many alike are one row.

    Answers of a day after the signing of the contract are told.
    """
    heading = Heading("Problems and answers", bookmark="problems")
    if not page.checked.problems:
        return [heading, Paragraph("The checks found no problems.")]
    giver = common_giver(page.checked.problems)
    rows = [_problem_row(page, alike, giver) for alike in _alike(page)]
    return [
        heading,
        Paragraph(" ".join(filter(None, (_tally(page), giver_words(giver)))), keep=True),
        Table(
            _problem_columns(page),
            rows,
            TableLook(style=SUM, line_gap=0.6 if page.is_long else 2.0),
        ),
    ]


def _problem_columns(page: PrintedValuation) -> list[Column]:
    """The columns of the Problems, each as wide as what stands in it needs."""
    shares = _SHARES_OF_LONG if page.is_long else _PROBLEM_SHARES
    where, what, answer = _SHARES_WITH_ANSWERS if page.answered_warnings else shares
    return [Column("Where", where, row_head=True), Column("What", what), Column("Answer or what to do", answer)]


def _alike(page: PrintedValuation) -> list[list[Problem]]:
    """The Problems in their order; those that say the same are together, and so are very many of one kind."""
    kinds: dict[tuple[str, ...], list[Problem]] = {}
    for problem in page.checked.problems:
        said = problem.answer.words if problem.answer is not None else ""
        # Each clash speaks of other measures, so it has a row of its own, but where there are very many lines.
        own = problem.key if clashing_codes(problem) and not page.is_long else ""
        kinds.setdefault((problem.code, problem.severity.value, said, own), []).append(problem)
    groups: list[list[Problem]] = []
    for alike in kinds.values():
        if len(alike) > 1 and clashing_codes(alike[0]):
            groups += _of_one_fix(alike)
            continue
        equal = _equal(alike)
        groups += equal if len(equal) <= MOST_ALIKE else [alike]
    return groups


def _of_one_fix(problems: Sequence[Problem]) -> list[list[Problem]]:
    """Clashes with the same remedy, answered by the same person, together."""
    groups: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        by = problem.answer.answered_by if problem.answer is not None else ""
        groups.setdefault((problem.fix, by), []).append(problem)
    return list(groups.values())


def _clashes_row(page: PrintedValuation, clashes: Sequence[Problem], giver: str) -> Row:
    """Clashes among very many lines, told by the codes of their measures, whose titles stand over their lines."""
    codes = {code for problem in clashes for code in clashing_codes(problem)}
    place = capital(page.named(number for number, line in page.lines if line.measure.code in codes))
    many = f"{len(clashes)} × " if len(clashes) > 1 else ""
    where = Cell([Part(in_segments(place), SUM), Part(f"{many}{problem_kind(clashes[0])}", SUM_MUTED)])
    return Row([where, " ".join(_by_codes(page, problem) for problem in clashes), answer_cell(clashes, giver)])


def _by_codes(page: PrintedValuation, problem: Problem) -> str:
    """What a clash says, its measures by their codes: their titles stand with the lines that are named beside it."""
    told = sentence(problem.message)
    for measure in page.measures:
        told = told.replace(measure.full_name, measure.code)
    return told


def _equal(problems: Sequence[Problem]) -> list[list[Problem]]:
    """The Problems that say the same of several lines, and were answered by the same person, together."""
    groups: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in problems:
        by = problem.answer.answered_by if problem.answer is not None else ""
        groups.setdefault((_of_each(problem), problem.fix, by), []).append(problem)
    return list(groups.values())


def _of_each(problem: Problem) -> str:
    """What a Problem says, in words that are as true of another measure: "Each is promised in 5 years"."""
    code = problem.where.measure
    return (
        f"Each{problem.message.removeprefix(code)}"
        if code and problem.message.startswith(f"{code} ")
        else problem.message
    )


def _problem_row(page: PrintedValuation, alike: Sequence[Problem], giver: str) -> Row:
    """One Problem, or many of one kind told by the first of them."""
    first = alike[0]
    if clashing_codes(first) and page.is_long:
        return _clashes_row(page, alike, giver)
    if len(alike) == 1:
        has_many = len(clashing_codes(first)) > MOST_TITLES
        told = _by_codes(page, first) if has_many else sentence(first.message)
        return Row([_where(page, first), told, answer_cell(alike, giver)])
    numbers = [number for problem in alike if (number := page.numbers.get(problem.where.commitment))]
    place = capital(all_lines_named(numbers)) if numbers else "The whole contract"
    years = {problem.where.year for problem in alike}
    year = years.pop() if len(years) == 1 else None
    place = place if year is None else f"{place}, year {year + 1}"
    where = Cell([Part(in_segments(place), SUM), Part(f"{len(alike)} × {problem_kind(first)}", SUM_MUTED)])
    messages = {problem.message for problem in alike}
    if len({_of_each(problem) for problem in alike}) == 1:
        return Row(
            [where, sentence(first.message if len(messages) == 1 else _of_each(first)), answer_cell(alike, giver)]
        )
    which = f"; line {numbers[0]} stands for the others" if numbers else ""
    same = Part(f"The same kind of thing is found {len(alike)} times{which}.", SUM_MUTED)
    return Row([where, Cell([Part(sentence(first.message), SUM), same]), answer_cell(alike, giver)])


def _tally(page: PrintedValuation) -> str:
    """How many Problems there are of each kind, and how many of the answers were given after the signing."""
    problems, signed_on = page.checked.problems, page.signed_on
    warnings = sum(problem.severity is Severity.WARNING for problem in problems)
    counts = [
        (page.errors, "error to put right", "errors to put right"),
        (page.open_warnings, "warning without an answer", "warnings without an answer"),
        (warnings - page.open_warnings, "warning answered", "warnings answered"),
        (len(problems) - page.errors - warnings, "note", "notes"),
    ]
    told = f"{listed([plural(count, one, many) for count, one, many in counts if count])}."
    after = sum(problem.answer is not None and _is_after(problem.answer.answered_on, signed_on) for problem in problems)
    if signed_on is None or not after:
        return told
    many = plural(after, "answer was", "answers were")
    return f"{told} {many} entered here after the day of the signing, {format_date(signed_on)}."


def _is_after(day: date | None, signed_on: date | None) -> bool:
    return day is not None and signed_on is not None and day > signed_on


def _where(page: PrintedValuation, problem: Problem) -> Cell:
    """The line by its number, the year, and what kind of Problem it is."""
    where = problem.where
    number = page.numbers.get(where.commitment)
    clashing = clashing_codes(problem)
    if clashing:
        numbers = [of_line for of_line, line in page.lines if line.measure.code in clashing]
        return Cell([Part(capital(all_lines_named(numbers)), SUM), Part(problem_kind(problem), SUM_MUTED)])
    parts = [
        f"line {number}" if number else "",
        where.measure,
        "" if where.year is None else f"year {where.year + 1}",
        "" if number else where.field,
    ]
    place = capital(", ".join(filter(None, parts))) or "The whole contract"
    return Cell([Part(in_segments(place), SUM), Part(problem_kind(problem), SUM_MUTED)])


def problem_kind(problem: Problem) -> str:
    """What a Problem is, and whether it waits for an answer."""
    match problem.severity:
        case Severity.ERROR:
            return "Error"
        case Severity.WARNING:
            return "Warning, open" if problem.is_open else "Warning, answered"
        case Severity.NOTE:
            return "Note"
        case _:
            assert_never(problem.severity)
