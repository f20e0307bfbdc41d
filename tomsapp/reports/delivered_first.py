"""The first page of what was delivered, which can be published alone: in short, the bars, and four figures."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.delivery.acts import DeliveryActKind
from tomsapp.domain.delivery.earning import months_to_earn
from tomsapp.domain.delivery.figures import DeliveredLine, State
from tomsapp.domain.delivery.rating import NO_RETURN, Rating
from tomsapp.domain.delivery.silence import silence_words
from tomsapp.domain.money import exact_sum
from tomsapp.domain.unit_words import figure_of, name_of
from tomsapp.domain.units import UnitForm
from tomsapp.domain.wording import format_date, format_pounds, format_quantity, listed, plural
from tomsapp.reports.context import ReportContext
from tomsapp.reports.contract_summary import title_of
from tomsapp.reports.delivered_chart import Apart, StairBars
from tomsapp.reports.delivered_facts import MARKS, Numbered, PrintedDelivery
from tomsapp.reports.flowables import Block, Figure, FigureGrid, GridFigure, Heading, Panel, Paragraph
from tomsapp.reports.fonts import FontSet
from tomsapp.reports.marks import Mark
from tomsapp.reports.one_page import is_one_page
from tomsapp.reports.phrases import capital, outcomes_text, sentence
from tomsapp.reports.styles import BODY, LEAD, NOTE, PANEL
from tomsapp.reports.text import Content, PageRun, Run

_MOST_COUNTS = (4, 2, 0)
"""How many kinds of things are told beside jobs: fewer where the page would be two."""

_MOST_FACTS = 2
"""More facts that a variation changed than these stand under Variations alone."""

_NONE = Fraction(0)
_AGREED = (
    (DeliveryActKind.SUBSTITUTE, "substituted"),
    (DeliveryActKind.CARRY, "carried forward"),
    (DeliveryActKind.MONEY, "paid in money"),
)


def first_page(page: PrintedDelivery, context: ReportContext, fonts: FontSet, *, has_data: bool) -> list[Block]:
    """Parties, day and status, in short, the bars, four figures, what it does not say, and whom to ask."""
    blocks: list[Block] = []
    for most in _MOST_COUNTS:
        blocks = [
            Heading(title_of(page.contract), 1),
            *(Paragraph(text, LEAD) for text in _lead(page)),
            Heading(f"Delivered to {page.until_words}"),
            Paragraph(_status(page)),
            Panel([Paragraph(content, PANEL) for content in _in_short(page, most)]),
            *_bars(page),
            FigureGrid(_figures(page)),
            *_not_said(page),
            Paragraph(_where(page, context, has_data=has_data), NOTE),
        ]
        if is_one_page(blocks, fonts):
            break
    return blocks


def _lead(page: PrintedDelivery) -> Iterator[str]:
    contract = page.contract
    vat = contract.value_with_vat
    with_vat = f" ({format_pounds(vat)} with VAT)" if vat is not None else ""
    supplier = sentence(contract.supplier.strip() or "Supplier not named")
    yield f"{supplier} {format_pounds(contract.value)} without VAT{with_vat}."
    signed = f"As signed on {format_date(page.signed_on)}" if page.signed_on else "As signed"
    varied = page.paper.variations
    if not varied:
        yield f"{signed}; nothing has been varied."
        return
    last = varied[-1]
    lines = plural(len(last.lines), "commitment", "commitments") if last.lines else "no commitment"
    left_out = len(last.facts) - _MOST_FACTS
    more = [plural(left_out, "more fact")] if left_out > 0 else []
    told = "; ".join((*last.facts[:_MOST_FACTS], *more, f"{lines} changed"))
    others = f" and {len(varied) - 1} before it" if len(varied) > 1 else ""
    yield f"{signed} and as varied (no. {last.number}, {format_date(last.signed_on)}: {told}){others}."


def _status(page: PrintedDelivery) -> Content:
    frozen = page.paper.frozen
    if frozen is None:
        return [Run("Draft, not frozen: ", bold=True), Run("figures may change until it is published.")]
    by = f" by {frozen.by}" if frozen.by else ""
    said = f" on {format_date(frozen.on)}{by}. Version {frozen.number}"
    if frozen.replaces_on is not None:
        reason = f" ({frozen.reason.rstrip('.')})" if frozen.reason.strip() else ""
        said = f"{said}, replaces version {frozen.number - 1} of {format_date(frozen.replaces_on)}{reason}"
    return [Run("Frozen", bold=True), Run(f"{said}.")]


# In short


def _in_short(page: PrintedDelivery, most: int) -> Iterator[Content]:
    yield [Run("In short. ", bold=True), *_counts(page, most)]
    pounds = page.delivered.pounds
    if pounds.due:
        summary = page.delivered.summary
        share = f"which is {summary.percent}: " if summary.percent else ""
        yield [
            Run(f"Of {format_pounds(pounds.due)} due by now, "),
            Run(f"{format_pounds(pounds.accepted)} is accepted", bold=True),
            Run(f", {share}our summary is "),
            Run(f"{summary.rating.words}.", bold=True),
        ]
        silence = silence_words(page.delivered)
        if silence:
            yield [Run(silence)]
        yield list(_missing(page))
        if summary.is_silent:
            yield [Run("No return is on record for any quarter that ended, so nothing could be accepted or rated yet.")]


def _counts(page: PrintedDelivery, most: int) -> Iterator[Run]:
    """Jobs and other things in plain counts, of those due by now."""
    jobs = page.delivered.jobs
    due, accepted = jobs.get(State.DUE, _NONE), jobs.get(State.ACCEPTED, _NONE)
    others = list(_other_counts(page))
    if not page.delivered.lines:
        yield Run("The contract has no commitments.")
        return
    if not due and not others:
        yield Run("Nothing was due by this day, so there is nothing to rate yet.")
        return
    if due:
        verb = "is" if accepted == 1 else "are"
        noun = "job" if due == 1 else "jobs"
        yield Run(f"Of {outcomes_text(due)} {noun} due by now, ")
        yield Run(f"{outcomes_text(accepted)} {verb} accepted", bold=True)
        yield Run(_of_jobs(page))
        apart = page.delivered.jobs_apart
        if apart != due:
            yield Run(f" {outcomes_text(apart)} are due by the commitments: people who may be the same count once.")
    told = others[:most]
    if told:
        more = f", and {len(others) - len(told)} more kinds (page 2)" if len(others) > len(told) else ""
        start = " Besides: " if due else "Accepted of what was due by now: "
        yield Run(f"{start}{listed(told) if not more else ', '.join(told)}{more}.")
    elif others:
        kinds = plural(len(others), "other kind of promise is", "other kinds of promises are")
        yield Run(f"{' ' if due else ''}{capital(kinds)} on page 2.")


def _of_jobs(page: PrintedDelivery) -> str:
    """How many of the accepted jobs stay, as the end of the sentence."""
    jobs = page.delivered.jobs
    accepted, final = jobs.get(State.ACCEPTED, _NONE), jobs.get(State.FINAL, _NONE)
    waiting = accepted - final
    if not waiting:
        return "."
    months = {months_to_earn(line.measure) for _, line in page.lines if line.units.provisional} - {0}
    when = f"reach {months.pop()} months" if len(months) == 1 else "last"
    return f": {outcomes_text(final)} for good, {outcomes_text(waiting)} still to {when}."


def _other_counts(page: PrintedDelivery) -> Iterator[str]:
    """What is accepted of what is due of each other measure, those with the most pounds first."""
    groups: dict[str, list[DeliveredLine]] = {}
    for _, line in page.lines:
        measure = line.measure
        if (
            not measure.employment_outcome
            and measure.unit.form in {UnitForm.NUMBER, UnitForm.POUNDS}
            and line.units.due
        ):
            groups.setdefault(measure.code, []).append(line)
    by_pounds = sorted(groups.values(), key=lambda lines: sum(line.pounds.due for line in lines), reverse=True)
    for lines in by_pounds:
        measure = lines[0].measure
        due, accepted = (exact_sum(getattr(line.units, name) for line in lines) for name in ("due", "accepted"))
        yield f"{figure_of(measure, accepted)} of {figure_of(measure, due)} {name_of(measure, due)}".strip()


def _missing(page: PrintedDelivery) -> Iterator[Run]:
    """What is missing in pounds, and what of it is open or agreed."""
    delivered = page.delivered
    missing, agreed = delivered.pounds.missing, delivered.agreed_pounds
    if not missing:
        yield Run("Nothing of it is missing in pounds.")
        return
    yield Run(f"Missing {format_pounds(missing)}. ")
    yield Run(f"Open: {format_pounds(delivered.open_pounds)}", bold=True)
    kinds = [words for kind, words in _AGREED if any(kind is each for each in _settling(page))]
    how = f", {listed(kinds)}" if kinds else ""
    yield Run(f"; agreed: {format_pounds(agreed)}{how}.")


def _settling(page: PrintedDelivery) -> Iterator[DeliveryActKind]:
    for _, line in page.lines:
        for each in line.shortfall.agreed:
            if each.pounds:
                yield each.act.kind


# The bars and the figures


def _bars(page: PrintedDelivery) -> list[Block]:
    pounds = page.delivered.pounds
    if not pounds.due and not pounds.surplus and not pounds.rejected:
        return []
    apart = [
        Apart("Surplus", pounds.surplus, f"more than was due, {_named(page, 'surplus')}not counted above"),
        Apart("Rejected", pounds.rejected, _named(page, "rejected").removesuffix("; ")),
        Apart("Withdrawn", pounds.withdrawn, _named(page, "withdrawn").removesuffix("; ")),
    ]
    bars = StairBars(
        pounds.due,
        pounds.claimed,
        pounds.evidenced,
        pounds.accepted,
        pounds.final,
        tuple(each for each in apart if each.pounds),
    )
    hatched = " Hatched and “p”: provisional, until it has lasted." if pounds.provisional else ""
    rejected = " Rejected claims are in no other bar." if pounds.rejected else ""
    note = (
        "Every bar starts at £0. Each contains the one below it down to Accepted, and counts at most what was due."
        f"{hatched}{rejected}"
    )
    return [
        Heading("From due to accepted", bookmark="bars"),
        Figure(bars, bars.describe()),
        Paragraph(note, NOTE),
    ]


def _named(page: PrintedDelivery, amount: str) -> str:
    """The commitments of which there is some of an amount in pounds: "lines 8 and 11; "."""
    found = [numbered for numbered in page.lines if getattr(numbered[1].pounds, amount)]
    return f"{page.named(found)}; " if found else ""


def _figures(page: PrintedDelivery) -> Sequence[GridFigure]:
    return [_accepted(page), _by_word(page), _handed_over(page), _jobs(page)]


def _accepted(page: PrintedDelivery) -> GridFigure:
    pounds, percent = page.delivered.pounds, page.delivered.summary.percent
    said = capital(NO_RETURN) if page.delivered.summary.is_silent else "Nothing was due in pounds"
    if percent:
        said = f"{format_pounds(pounds.accepted)} ÷ {format_pounds(pounds.due)} = {percent}, cut, not rounded"
    return GridFigure("Accepted of due", format_pounds(pounds.accepted), [(said, None)])


def _by_word(page: PrintedDelivery) -> GridFigure:
    counts = page.delivered.ratings
    lines: list[tuple[Content, Mark | None]] = [
        ([Run(str(counts[rating]), bold=True), Run(f" {rating.words}")], MARKS[rating]) for rating in Rating
    ]
    label = f"{plural(len(page.delivered.lines), 'commitment', 'commitments')} by word"
    return GridFigure(label, "", lines)


def _handed_over(page: PrintedDelivery) -> GridFigure:
    delivered = page.delivered
    if not delivered.real_promised and not page.paper.ledger:
        return GridFigure("Real pounds handed over", "£0.00", [("No cash or goods are promised", None)])
    said: list[Run | PageRun] = [
        Run(f"of {format_pounds(delivered.real_due)} due, {format_pounds(delivered.real_promised)} promised in all (")
    ]
    said += (
        [Run("ledger, page "), PageRun("ledger"), Run(")")] if page.paper.ledger else [Run("no entry in the ledger)")]
    )
    return GridFigure("Real pounds handed over", format_pounds(page.paper.handed_over), [(said, None)])


def _jobs(page: PrintedDelivery) -> GridFigure:
    about = [numbered for numbered in page.lines if numbered[1].measure.employment_outcome]
    if not about:
        return GridFigure("Jobs accepted", "none", [("No jobs are promised", None)])
    people = page.delivered.people
    if not any(_says_who(numbered) for numbered in about):
        words = f"No return says who is new. {capital(page.named(about))}"
        return GridFigure("People in the jobs accepted", "not said", [(words, None)])
    said = f"{format_quantity(people.retained)} retained, {format_quantity(people.transferred)} transferred (TUPE)"
    with_people = [numbered for numbered in about if _heads(numbered)] or about
    return GridFigure(
        "People in the jobs accepted",
        f"{format_quantity(people.new)} new",
        [(f"{said}. {capital(page.named(with_people))}, as returned", None)],
    )


def _says_who(numbered: Numbered) -> bool:
    """Whether a return of a commitment says who is new, was there before, or came over."""
    returns = [each.delivery for each in numbered[1].quarters if each.is_due and each.delivery is not None]
    return any(who is not None for one in returns for who in (one.new, one.retained, one.transferred))


def _heads(numbered: Numbered) -> Decimal:
    people = numbered[1].people
    return exact_sum((people.new, people.retained, people.transferred))


# What it does not say, and where the rest is


def _not_said(page: PrintedDelivery) -> list[Block]:
    waiting = ""
    if any(line.units.claimed != line.units.accepted for _, line in page.lines):
        waiting = " What is claimed and not accepted is not yet checked, or was not shown."
    text = (
        "A proxy pound estimates the good that a result does; it is not money saved or paid. Gross: unless a sum says "
        "otherwise, nothing is taken off for what would have happened anyway. “Our summary” is the council’s own word "
        "for the whole contract; the Procurement Act 2023 rates each KPI, not contracts. A council’s minimum share is "
        f"about the whole contract and cannot be answered half-way.{waiting}"
    )
    return [Heading("What this does not say"), Paragraph(text, BODY)]


def _where(page: PrintedDelivery, context: ReportContext, *, has_data: bool) -> Content:
    runs: list[Run | PageRun] = [Run(f"Who to ask: {context.asked or 'whoever gave you this paper'}.")]
    if page.delivered.lines:
        runs += [Run(" Every commitment: page "), PageRun("commitments"), Run(". Sums: from page "), PageRun("sums")]
        runs.append(Run("."))
    if has_data:
        runs.append(Run(" Data: attached to this PDF."))
    return runs
