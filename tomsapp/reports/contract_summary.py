"""The first page of a valuation: parties, the result in short, headline figures, and where the value comes from."""

from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.contract import Contract, ContractStatus, length_text
from tomsapp.domain.offer import CheckedOffer
from tomsapp.domain.policy import PolicyCheck, PolicyResult, RuleKind
from tomsapp.domain.problems import Severity
from tomsapp.domain.rollup import plain_counts, themes_without_lines, totals_by
from tomsapp.domain.valuation import Valuation
from tomsapp.domain.wording import format_date, format_percent, format_pounds
from tomsapp.reports.charts import Segment, StackedBar
from tomsapp.reports.flowables import Block, Bullets, Figure, Heading, KeyFigure, KeyFigures, Panel, Paragraph
from tomsapp.reports.phrases import capital, listed, outcome_meaning, outcomes_text, sentence
from tomsapp.reports.styles import LEAD, NOTE, PANEL, STATUS
from tomsapp.reports.tables import Cell, Column, Part, Row, RowKind, Table
from tomsapp.reports.text import LinkRun, PageRun, Run

MOST_COUNTS_IN_A_SENTENCE = 12
"""More plain counts than this are told as a list."""

_STATUS = {
    ContractStatus.DRAFT: "Status: draft.",
    ContractStatus.SIGNED: "Status: signed.",
    ContractStatus.CLOSED: "Status: closed.",
}


def title_of(contract: Contract) -> str:
    """The contract's title, or its reference where it has none."""
    return contract.title.strip() or f"Contract {contract.reference}".strip()


def name_and_parties(checked: CheckedOffer) -> list[Block]:
    """Title, supplier, value, dates and status; a valuation with errors says so before anything else."""
    contract = checked.offer.contract
    days = f"{format_date(contract.start_on)} to {format_date(contract.end_on)}"
    length = f" over {length_text(contract.start_on, contract.end_on)}" if contract.end_on >= contract.start_on else ""
    supplier = sentence(contract.supplier.strip() or "Supplier not named")
    lead = f"{supplier} {format_pounds(contract.value)}{length}, {days}. {_STATUS[contract.status]}"
    return [Heading(title_of(contract), 1), Paragraph(lead, LEAD), *_draft_notice(checked)]


def _draft_notice(checked: CheckedOffer) -> list[Block]:
    errors = sum(problem.severity is Severity.ERROR for problem in checked.problems)
    if not errors:
        return []
    noun = "1 problem" if errors == 1 else f"{errors} problems"
    which = "It is" if errors == 1 else "They are"
    runs: list[Run | LinkRun | PageRun] = [
        Run(f"Draft: {noun} to put right.", bold=True),
        Run(f" {which} listed on page "),
        PageRun("problems"),
        Run(". These figures are not final."),
    ]
    return [Paragraph(runs, STATUS)]


def in_short(checked: CheckedOffer) -> list[Block]:
    """The result in at most three short paragraphs; many plain counts become a list."""
    valuation = checked.valuation
    blocks: list[Block] = [Paragraph(_promise(valuation), PANEL)]
    counts = [count.text for count in plain_counts(valuation)]
    if len(counts) > MOST_COUNTS_IN_A_SENTENCE:
        blocks += [Paragraph([Run("In plain counts:", bold=True)], PANEL, keep=True), Bullets(counts, PANEL)]
    elif counts:
        blocks.append(Paragraph([Run("In plain counts:", bold=True), Run(f" {listed(counts)}.")], PANEL))
    results = [run for check in checked.policy_checks for run in _result(check)]
    if results:
        blocks.append(Paragraph(results, PANEL))
    return [Panel(blocks)]


def _promise(valuation: Valuation) -> list[Run]:
    start = [Run("In short.", bold=True)]
    if not valuation.lines:
        return [*start, Run(" The supplier promises nothing yet: there are no commitments in this valuation.")]
    runs = [
        *start,
        Run(" The supplier promises social value of "),
        Run(format_pounds(valuation.social_value), bold=True),
        Run(f"{_share_words(valuation)}. "),
    ]
    if not valuation.real_pounds:
        return [*runs, Run("It will hand over no real pounds.")]
    return [
        *runs,
        Run("It will hand over "),
        Run(format_pounds(valuation.real_pounds), bold=True),
        Run(" in real pounds. These two figures measure different things and are never added."),
    ]


def _share_words(valuation: Valuation) -> str:
    if not valuation.contract.value:
        return ""
    return f", which is {format_percent(valuation.share_of_contract_value, 2)} of the contract value"


def _result(check: PolicyCheck) -> list[Run]:
    """What a policy check comes to in a sentence; rules that ask nothing of this contract are left to the table."""
    if check.rule.kind is RuleKind.SCOPE:
        words = "This contract is not in scope of the council’s social value policy. "
        return [Run(words)] if check.result is PolicyResult.NO else []
    if check.result not in {PolicyResult.MET, PolicyResult.SHORT}:
        return []
    if check.rule.kind is RuleKind.MINIMUM_SHARE:
        subject = f"The council’s {format_percent(check.rule.share)} minimum is "
    else:
        subject = "The employment outcomes are "
    if check.result is PolicyResult.MET:
        return [Run(f"{subject}met. ")]
    shortfall = check.word[:1].lower() + check.word[1:]
    return [Run(subject), Run(f"not yet met: {shortfall}", bold=True), Run(". ")]


def headline_figures(valuation: Valuation) -> list[Block]:
    """Four figures, each with its own sum or meaning."""
    value = valuation.contract.value
    share = f"{format_pounds(valuation.social_value)} ÷ {format_pounds(value)}" if value else "no contract value"
    percent = format_percent(valuation.share_of_contract_value, 2) if value else "none"
    outcomes = outcomes_text(valuation.employment_outcomes)
    return [
        KeyFigures(
            [
                KeyFigure("Social value", format_pounds(valuation.social_value), "proxy pounds, at menu values"),
                KeyFigure("Real pounds", format_pounds(valuation.real_pounds), "cash and goods handed over"),
                KeyFigure("Share of contract value", percent, share),
                KeyFigure("Employment outcomes", outcomes, outcome_meaning(valuation)),
            ]
        )
    ]


def where_from(valuation: Valuation) -> list[Block]:
    """The stacked bar by theme, and its table with a total."""
    heading = Heading("Where the value comes from")
    if not valuation.lines:
        return [heading, Paragraph("Nothing is committed, so there is nothing to show by theme.")]
    themes = {line.place.theme.number: line.place.theme for line in valuation.lines}
    totals = totals_by(valuation.lines, lambda line: line.place.theme.number)
    numbers = [theme.number for theme in valuation.edition.themes if theme.number in themes]
    rows = [
        Row(
            [
                Cell([Part(themes[number].title)], swatch=number),
                format_pounds(totals[number].social_value),
                share_of(totals[number].social_value, valuation.social_value),
                format_pounds(totals[number].real_pounds),
            ]
        )
        for number in numbers
    ]
    whole = share_of(valuation.social_value, valuation.social_value)
    money = format_pounds(valuation.social_value), whole, format_pounds(valuation.real_pounds)
    rows.append(Row(["All themes", *money], RowKind.TOTAL))
    blocks: list[Block] = [heading]
    if valuation.social_value > 0:
        noun = "1 theme" if len(numbers) == 1 else f"{len(numbers)} themes"
        bar = StackedBar([Segment(number, totals[number].social_value) for number in numbers])
        blocks.append(Figure(bar, f"Stacked bar, {noun}; figures in the table that follows"))
    return [*blocks, Table(_THEME_COLUMNS, rows, whole=True), Paragraph(_theme_note(valuation), NOTE)]


_THEME_COLUMNS = (
    Column("Theme", 49, row_head=True),
    Column("Social value", 16, right=True),
    Column("Share", 14, right=True),
    Column("Real pounds", 21, right=True),
)


def share_of(part: Decimal, whole: Decimal) -> str:
    """A part of a whole as per cent with one decimal; a dash where there is no whole."""
    return format_percent(Fraction(part) / Fraction(whole), 1) if whole else "–"


def _theme_note(valuation: Valuation) -> str:
    rounded = "Shares are rounded to one decimal."
    empty = [str(theme.number) for theme in themes_without_lines(valuation)]
    if not empty:
        return rounded
    noun, verb = ("theme", "has") if len(empty) == 1 else ("themes", "have")
    return f"{capital(noun)} {listed(empty)} {verb} no commitments in this contract. {rounded}"


def check_yourself() -> list[Block]:
    """Where the sums are, what is attached, and how the program checks them."""
    return [
        Heading("Check these figures yourself"),
        Paragraph(
            [
                Run("Every sum is written out from page "),
                PageRun("sums"),
                Run(
                    " on. The same figures are attached to this PDF as JSON and CSV files, and the program can check "
                    "them: choose File, then Check a valuation."
                ),
            ]
        ),
    ]
