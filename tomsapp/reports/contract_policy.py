"""Policy checks of a valuation, and its Problems with the answers given."""

from tomsapp.domain.offer import CheckedOffer
from tomsapp.domain.policy import CountedIn, PolicyCheck, PolicyRule, RuleKind
from tomsapp.domain.problems import Problem, Severity
from tomsapp.domain.wording import format_percent, format_pounds, plural
from tomsapp.reports.flowables import Block, Heading, Paragraph
from tomsapp.reports.phrases import MOST_TERMS, capital, listed, outcome_terms, outcomes_text, sentence
from tomsapp.reports.styles import CELL, SUM_MUTED
from tomsapp.reports.tables import Cell, Column, Part, Row, Table, TableLook

_POLICY_COLUMNS = (Column("Rule", 37, row_head=True), Column("Sum", 43), Column("Result", 20))
_PROBLEM_COLUMNS = (Column("Where", 20, row_head=True), Column("What", 46), Column("Answer or what to do", 34))


def policy_checks(checked: CheckedOffer) -> list[Block]:
    """Every rule with its sum and result; the other reading of a minimum stands as a note."""
    heading = Heading("Policy checks")
    if not checked.policy_checks:
        return [heading, Paragraph("No policy rules were held against this valuation.")]
    rows = [Row([rule_words(check.rule), _sums(check, checked), check.word]) for check in checked.policy_checks]
    return [heading, Table(_POLICY_COLUMNS, rows, TableLook(middle=True))]


def rule_words(rule: PolicyRule) -> str:
    """What a rule asks, in words made from its figures."""
    over = f"for contracts over {format_pounds(rule.threshold)}"
    if rule.kind is RuleKind.SCOPE:
        return f"Is this contract in scope? Over {format_pounds(rule.threshold)}."
    if rule.kind is RuleKind.MINIMUM_SHARE:
        what = "social value" if rule.counted_in is CountedIn.SOCIAL_VALUE else "real pounds"
        return f"At least {format_percent(rule.share)} of the contract value in {what}, {over}"
    number = plural(rule.outcomes, "employment outcome", "employment outcomes")
    asked = f"{number} for each {format_pounds(rule.per)} of contract value"
    return f"{asked}, {over}" if rule.threshold else asked


def _sums(check: PolicyCheck, checked: CheckedOffer) -> Cell:
    parts = [Part(line) for line in check.sums]
    terms = outcome_terms(checked.valuation)
    if check.rule.kind is RuleKind.EMPLOYMENT_OUTCOMES and check.sums and len(terms) > MOST_TERMS:
        committed = outcomes_text(checked.valuation.employment_outcomes)
        parts.append(Part(f"{' + '.join(terms)} = {committed} committed", SUM_MUTED))
    if check.note:
        parts.append(Part(sentence(check.note), SUM_MUTED))
    return Cell(parts or [Part("–")])


def problems_and_answers(checked: CheckedOffer) -> list[Block]:
    """Every Problem that the checks found, with the answer given or what to do about it."""
    heading = Heading("Problems and answers", bookmark="problems")
    if not checked.problems:
        return [heading, Paragraph("The checks found no problems.")]
    rows = [Row([_where(problem), sentence(problem.message), _answer(problem)]) for problem in checked.problems]
    return [heading, Paragraph(_tally(checked)), Table(_PROBLEM_COLUMNS, rows)]


def _tally(checked: CheckedOffer) -> str:
    """How many Problems there are of each kind."""
    problems = checked.problems
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    warnings = [problem for problem in problems if problem.severity is Severity.WARNING]
    answered = sum(not problem.is_open for problem in warnings)
    counts = [
        (errors, "error to put right", "errors to put right"),
        (len(warnings) - answered, "warning without an answer", "warnings without an answer"),
        (answered, "warning answered", "warnings answered"),
        (len(problems) - errors - len(warnings), "note", "notes"),
    ]
    return f"{listed([plural(count, one, many) for count, one, many in counts if count])}."


def _where(problem: Problem) -> Cell:
    place = str(problem.where)
    kind = Part(_kind(problem), SUM_MUTED)
    return Cell([Part(capital(place), CELL), kind]) if place else Cell([Part("The whole contract", CELL), kind])


def _kind(problem: Problem) -> str:
    if problem.severity is Severity.WARNING:
        return "Warning, open" if problem.is_open else "Warning, answered"
    return {Severity.ERROR: "Error", Severity.NOTE: "Note"}[problem.severity]


def _answer(problem: Problem) -> Cell:
    if problem.answer is not None:
        by = problem.answer.answered_by
        return Cell([Part(problem.answer.text.strip()), *([Part(f"Answered by {by}.", SUM_MUTED)] if by else [])])
    return Cell([Part(sentence(problem.fix) if problem.fix else "–")])
