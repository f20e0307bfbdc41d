"""Facts for the notices of the Procurement Act 2023: key performance indicators with their ratings, and dates.

Section 52 has contracts over £5 million publish at least three indicators, section 71 a rating at least once a year and
a notice where a supplier failed to improve; regulation 39 of the Procurement Regulations 2024 has the words. Whether
the Act applies to a contract, and which commitments are its indicators, is the council's to say.
"""

from collections.abc import Collection, Iterator

from tomsapp.domain.delivery.figures import Delivered, DeliveredLine, State
from tomsapp.domain.delivery.rating import Rating
from tomsapp.domain.papers.council_paper import (
    CouncilPaper,
    PaperBlock,
    PaperColumn,
    PaperHeading,
    PaperTable,
    PaperText,
    TextKind,
)
from tomsapp.domain.papers.told import CUT_NOTE, ContractTold, PaperMaker, headed, units_of
from tomsapp.domain.wording import format_date, plural

NAME = "KPI facts"
LEAST = 3
"""How many indicators section 52 asks for at least."""


def kpi_facts(told: ContractTold, delivered: Delivered, chosen: Collection[str], maker: PaperMaker) -> CouncilPaper:
    """The facts of a contract for its notice.

    Args:
        told: the contract.
        delivered: what was delivered to the day of the rating.
        chosen: the keys of the commitments that are the contract's key performance indicators.
        maker: who makes the paper.
    """
    lines = [line for line in delivered.lines if line.commitment.key in chosen]
    blocks = [*_head(told, delivered, lines), *_indicators(lines), *_words(lines), *_dates(told, delivered)]
    title = f"Facts for the public notice: {told.contract.reference}"
    return maker.paper(NAME, title, blocks, (CUT_NOTE,), told.sources)


def _head(told: ContractTold, delivered: Delivered, lines: Collection[DeliveredLine]) -> Iterator[PaperBlock]:
    contract = told.contract
    yield PaperText(f"{told.name}. {contract.supplier}. {told.days}. Value {told.value}.", TextKind.LEAD)
    until = format_date(delivered.until)
    yield PaperText(f"{plural(len(lines), 'key performance indicator')}, rated on what was accepted by {until}.")
    if len(lines) < LEAST:
        yield PaperText(f"The Act asks for {LEAST} indicators at least where it applies.", TextKind.NOTE)


def _indicators(lines: Collection[DeliveredLine]) -> Iterator[PaperBlock]:
    if not lines:
        return
    table = PaperTable(
        "Key performance indicators and their ratings",
        (
            PaperColumn("Indicator", 150),
            PaperColumn("Due", 85, right=True),
            PaperColumn("Accepted", 85, right=True),
            PaperColumn("Rating", 90),
            PaperColumn("Sum", 140),
        ),
        tuple(_indicator(line) for line in lines),
    )
    yield from headed(table)


def _indicator(line: DeliveredLine) -> tuple[str, ...]:
    provisional = ", part of it provisional" if line.rated.is_provisional else ""
    return (
        line.measure.full_name,
        units_of(line, State.DUE),
        units_of(line, State.ACCEPTED),
        line.rated.rating.words,
        f"{line.rated.sum_words}{provisional}",
    )


def _words(lines: Collection[DeliveredLine]) -> Iterator[PaperBlock]:
    given = {line.rated.rating for line in lines}
    if not given:
        return
    table = PaperTable(
        "What the ratings mean, in the words of the Regulations",
        (PaperColumn("Rating", 120), PaperColumn("Description", 370)),
        tuple((rating.words, rating.meaning) for rating in Rating if rating in given),
    )
    yield from headed(table)


def _dates(told: ContractTold, delivered: Delivered) -> Iterator[PaperBlock]:
    yield PaperHeading("Told to improve")
    if not told.improvements:
        yield PaperText("The supplier was not told to improve.")
        return
    names = {line.commitment.key: line.measure.full_name for line in delivered.lines}
    rows = []
    for each in told.improvements:
        outcome, until, notice = each.outcome, each.told.improve_by, each.notice_by
        rows.append(
            (
                names.get(each.told.commitment, "The whole contract"),
                format_date(each.told.done_on),
                "–" if until is None else format_date(until),
                "open" if outcome is None else f"{outcome.kind.done} on {format_date(outcome.done_on)}",
                "–" if notice is None else format_date(notice),
            )
        )
    heads = ("About", "Told on", "Opportunity until", "Outcome", "Notice due by")
    columns = tuple(PaperColumn(head, share) for head, share in zip(heads, (150, 80, 90, 110, 80), strict=True))
    yield PaperTable("Each time that the supplier was told, and what came of it", columns, tuple(rows))
