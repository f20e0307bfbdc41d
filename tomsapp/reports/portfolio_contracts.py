"""The portfolio contract by contract, and the jobs of each as a sum that can be done again."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.jobs import JobCaveats
from tomsapp.domain.policy import PolicyResult
from tomsapp.domain.portfolio import Group, GroupTotals, PortfolioFigures
from tomsapp.domain.portfolio_contract import ContractFigures, RuleOutcome, share_of, total_jobs, total_jobs_today
from tomsapp.domain.wording import format_percent, format_pounds, plural
from tomsapp.reports.contract_trust import PART_TIME
from tomsapp.reports.flowables import Block, Heading, Paragraph, Together
from tomsapp.reports.phrases import outcomes_text, sentence
from tomsapp.reports.styles import CELL, CELL_GOOD, CELL_MUTED, CELL_WARNING, LEAD, NOTE, SUM, SUM_MUTED
from tomsapp.reports.tables import Cell, Column, Part, Row, RowKind, Table

_COLUMNS = (
    Column("Contract", 28, row_head=True),
    Column("Contract value", 14, right=True),
    Column("Social value", 14, right=True),
    Column("Share, cut", 10, right=True),
    Column("Jobs", 10, right=True),
    Column("Minimum", 13, right=True),
    Column("Open faults", 11),
)
_JOB_COLUMNS = (Column("Contract", 24, row_head=True), Column("Sum of its terms", 64), Column("Jobs", 12, right=True))


def contracts_section(figures: PortfolioFigures) -> list[Block]:
    """A row for each contract, drafts under their own head, each group with its own figures."""
    heading = Heading("Contract by contract", bookmark="contracts")
    rows: list[Row] = []
    for totals in figures.groups:
        rows.append(_group_row(totals, figures))
        rows += [_contract_row(contract, figures) for contract in figures.contracts_of(totals.group)]
    if len(figures.groups) > 1:
        rows.append(_total_row(figures))
    return [heading, Paragraph(_meaning(figures), LEAD, keep=True), Table(_COLUMNS, rows), *_notes(figures)]


def jobs_cell(rows: Sequence[ContractFigures], stated: Fraction) -> Cell:
    """Jobs as signed, the most that they can be, and today’s where an edition is withdrawn, one under the other."""
    parts = [Part(outcomes_text(stated))]
    left_out = sum((row.jobs.left_out for row in rows), Fraction(0))
    if left_out:
        parts.append(Part(f"to {outcomes_text(stated + left_out)}", SUM_MUTED))
    if any(row.jobs_today is not None for row in rows):
        parts.append(Part(f"{outcomes_text(total_jobs_today(rows))} today", SUM_MUTED))
    return Cell(parts)


def value_cell(social_value: Decimal, today: Decimal | None, *more: Part) -> Cell:
    """Social value as signed, and under it what it is today where a menu edition is withdrawn."""
    said = [] if today is None else [Part(f"{format_pounds(today)} today", SUM_MUTED)]
    return Cell([Part(format_pounds(social_value)), *said, *more])


def share_cell(totals: GroupTotals | PortfolioFigures | ContractFigures, *, is_part: bool) -> Cell:
    """The share of the contract value; under it today’s, and that of the contracts that can be admitted."""
    if is_part or not totals.contract_value:
        return Cell([Part("–")])
    parts = [Part(format_percent(totals.share_of_contract_value, 2))]
    if totals.value_today is not None:
        today = share_of(totals.value_today, totals.contract_value)
        parts.append(Part(f"{format_percent(today, 2)} today", SUM_MUTED))
    return Cell(parts)


def is_changed(contract: ContractFigures) -> bool:
    """Whether the edition that replaced a withdrawn one counts or values it otherwise."""
    return contract.jobs_today is not None or contract.value_today is not None


def _meaning(figures: PortfolioFigures) -> str:
    if figures.is_part:
        return "The lines that the filters take, by contract. Open faults are those of the whole contract."
    return (
        "“Enough” speaks of the promise: whether a rule is met is known when the work is delivered. Under the jobs "
        "stands whether they are enough. Drafts are offers."
    )


def _notes(figures: PortfolioFigures) -> list[Block]:
    words = "Shares are cut after two decimals, never rounded up."
    if any(is_changed(contract) for contract in figures.contract_rows):
        words = f"{words} “Today” is explained under Jobs as sums."
    if any(contract.jobs.left_out for contract in figures.contract_rows):
        words = f"{words} Jobs are the fewest that they can be; “to” says how many if all are different people."
    if any(contract.claimed_value != contract.social_value for contract in figures.contract_rows):
        words = f"{words} “Claimed” counts lines with errors too; the social value leaves them out."
    return [Paragraph(words, NOTE)]


def _group_row(totals: GroupTotals, figures: PortfolioFigures) -> Row:
    name = f"{totals.group.words}: {plural(totals.contracts, 'contract', 'contracts')}"
    rows = figures.contracts_of(totals.group)
    return Row([name, *_sums(totals, rows, is_part=figures.is_part), "", ""], RowKind.GROUP)


def _total_row(figures: PortfolioFigures) -> Row:
    name = f"All {figures.contracts:,}, drafts included"
    return Row([name, *_sums(figures, figures.contract_rows, is_part=figures.is_part), "", ""], RowKind.TOTAL)


def _sums(
    totals: GroupTotals | PortfolioFigures, rows: Sequence[ContractFigures], *, is_part: bool
) -> tuple[str, Cell, Cell, Cell]:
    return (
        "–" if is_part else format_pounds(totals.contract_value),
        value_cell(totals.social_value, totals.value_today),
        share_cell(totals, is_part=is_part),
        jobs_cell(rows, totals.employment_outcomes),
    )


def _contract_row(contract: ContractFigures, figures: PortfolioFigures) -> Row:
    is_part = figures.is_part
    state = contract.status.value
    named = [Part(f"{contract.reference}, {state}"), Part(contract.title, SUM_MUTED)]
    if contract.supplier:
        named.append(Part(contract.supplier, SUM_MUTED))
    if len(figures.menus) > 1 and contract.menu:
        named.append(Part(f"Menu {contract.menu}", SUM_MUTED))
    claimed = []
    if contract.claimed_value != contract.social_value:
        claimed.append(Part(f"{format_pounds(contract.claimed_value)} claimed", SUM_MUTED))
    return Row(
        [
            Cell(named),
            "–" if is_part else format_pounds(contract.contract_value),
            value_cell(contract.social_value, contract.value_today, *claimed),
            share_cell(contract, is_part=is_part),
            Cell([*jobs_cell([contract], contract.jobs.total).parts, *_rule_parts(contract.employment)]),
            Cell(_rule_parts(contract.minimum) or [Part("–")]),
            Cell(_faults(contract)),
        ]
    )


def _rule_parts(outcome: RuleOutcome | None) -> list[Part]:
    if outcome is None:
        return []
    if outcome.short_without_forecast:
        return [Part(outcome.word, CELL_WARNING)]
    styles = {PolicyResult.MET: CELL_GOOD, PolicyResult.SHORT: CELL_WARNING, PolicyResult.ERRORS: CELL_WARNING}
    return [Part(outcome.word, styles.get(outcome.result, CELL_MUTED))]


def _faults(contract: ContractFigures) -> list[Part]:
    if contract.trouble:
        return [Part(sentence(contract.trouble), CELL_WARNING)]
    found = []
    if contract.errors:
        found.append(Part(plural(contract.errors, "error", "errors"), CELL_WARNING))
    if contract.warnings:
        found.append(Part(plural(contract.warnings, "warning", "warnings"), CELL))
    return found or [Part("none", CELL_MUTED)]


def jobs_section(figures: PortfolioFigures) -> list[Block]:
    """The employment outcomes of each contract as a sum; contracts that bring none are left out."""
    heading = Heading("Jobs as sums", bookmark="jobs")
    bringing = [contract for contract in figures.contract_rows if contract.jobs.terms]
    if not bringing:
        return [heading, Paragraph("These contracts bring no employment outcome.")]
    rows: list[Row] = []
    for totals in figures.groups:
        own = [contract for contract in bringing if Group.of(contract.status) is totals.group]
        if own:
            beside = Cell(_beside(totals.job_caveats, one_contract=totals.contracts == 1))
            rows.append(Row([totals.group.words, beside, jobs_cell(own, total_jobs(own))], RowKind.GROUP))
            rows += [_job_row(contract) for contract in own]
    if len(figures.groups) > 1:
        beside = Cell(_beside(figures.job_caveats, one_contract=False))
        rows.append(Row(["All, drafts included", beside, jobs_cell(bringing, total_jobs(bringing))], RowKind.TOTAL))
    lead = (
        "Each term is the measure’s code, the quantity, and the contract’s share where it may claim a part. Full-time "
        "years are divided by the contract’s length in years. A job that can stand under two measures, such as an "
        "apprenticeship begun and completed, is counted once unless the people are declared to be different; the open "
        "warnings of a draft ask about it. Jobs are added over contracts, and people only where each is a job of its "
        "own contract. Other people are not added, because one may be in two contracts: where they are told, each "
        f"contract has its own number. {PART_TIME}"
    )
    if any(map(is_changed, figures.contract_rows)):
        lead = f"{lead} {_TODAY}"
    told = Together([heading, Paragraph(lead, LEAD, keep=True)])
    return [told, Table(_JOB_COLUMNS, rows), *_cut_note(bringing)]


_TODAY = (
    "A contract counts as signed. Where its menu edition is withdrawn, “today” says what the same promise is worth and "
    "brings under the edition that replaced it, where a raise for somebody who already works may be no job. "
    "Today takes the quantities as signed: whether each unit would count by today’s rules was not asked, such as an "
    "apprentice who began before the contract."
)


def _job_row(contract: ContractFigures) -> Row:
    jobs = contract.jobs
    today = contract.jobs_today
    signed = f"As signed under {contract.menu}: " if today is not None else ""
    parts = [Part(f"{signed}{jobs.text or '0'} = {outcomes_text(jobs.total)}", SUM)]
    if jobs.not_counted:
        parts.append(Part(f"Not counted, because they may be the same people: {jobs.not_counted}", SUM_MUTED))
    if jobs.answered_same:
        parts.append(Part(f"Not counted, because they are answered to be the same: {jobs.answered_same}", SUM_MUTED))
    if today is not None:
        parts.append(
            Part(f"Today, under {contract.menu_today}: {today.text or '0'} = {outcomes_text(today.total)}", SUM)
        )
        if today.not_counted:
            parts.append(
                Part(f"Not counted today, because they may be the same people: {today.not_counted}", SUM_MUTED)
            )
    parts += _beside(contract.job_caveats, one_contract=True)
    return Row([contract.reference, Cell(parts), jobs_cell([contract], jobs.total)])


def _beside(caveats: JobCaveats | None, *, one_contract: bool) -> list[Part]:
    """How many of the jobs rest on a forecast, and how many are of years that had ended when it was signed."""
    told = caveats.words(one_contract=one_contract) if caveats else ""
    return [Part(f"Of these jobs, {told}.", SUM)] if told else []


def _cut_note(contracts: Sequence[ContractFigures]) -> list[Block]:
    if all(_is_short(contract.jobs.total) for contract in contracts):
        return []
    return [
        Paragraph("A number that ends in “…” is cut after two decimals; totals are added before they are cut.", NOTE)
    ]


def _is_short(number: Fraction) -> bool:
    return (number * 100).denominator == 1
