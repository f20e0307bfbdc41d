"""Who checked what: who entered and who accepted, where that was the same person, samples, and deleted evidence."""

from collections import Counter
from collections.abc import Iterator

from tomsapp.domain.delivery.acts import DeliveryActKind
from tomsapp.domain.problems import Problem
from tomsapp.domain.wording import format_date, format_quantity, listed, plural
from tomsapp.reports.contract_answers import answer_cell, common_giver, giver_words
from tomsapp.reports.contract_policy import problem_kind
from tomsapp.reports.delivered_facts import PrintedDelivery
from tomsapp.reports.flowables import Block, Bullets, Heading, Paragraph
from tomsapp.reports.phrases import capital, sentence
from tomsapp.reports.styles import BODY, SUM, SUM_MUTED
from tomsapp.reports.tables import Cell, Column, Part, Row, Table, TableLook

_PEOPLE = (
    Column("Who", 190, row_head=True),
    Column("Entered", 75, right=True),
    Column("Accepted", 75, right=True),
    Column("Rejected", 75, right=True),
    Column("Own entries accepted", 76, right=True),
)
_ACCEPTING = frozenset({DeliveryActKind.ACCEPT, DeliveryActKind.ACCEPT_PROVISIONALLY, DeliveryActKind.CONFIRM})
_REJECTING = frozenset({DeliveryActKind.REJECT, DeliveryActKind.LAPSE})
_MOST_NAMED = 20
_PROBLEMS = (Column("Where", 20, row_head=True), Column("What", 42), Column("Answer or what to do", 38))


def who_checked(page: PrintedDelivery) -> list[Block]:
    """The people in a table, then the exceptions, the samples and the evidence that was deleted."""
    heading = Heading("Who checked what", bookmark="checked")
    rows = list(_people(page))
    if not rows:
        return [heading, Paragraph("Nothing has been returned, so nothing was checked.")]
    table = Table(_PEOPLE, rows, TableLook(line_gap=1.6), after=5)
    return [heading, table, Bullets([*_exceptions(page), *_samples(page), *_deleted(page)], BODY, gap=1.5)]


def _people(page: PrintedDelivery) -> Iterator[Row]:
    entered = Counter(told.entered_by for told in page.paper.deliveries)
    accepted: Counter[str] = Counter()
    rejected: Counter[str] = Counter()
    for act in page.paper.standing_acts:
        if act.kind in _ACCEPTING:
            accepted[act.by] += 1
        elif act.kind in _REJECTING:
            rejected[act.by] += 1
    own = Counter(act.by for act in page.paper.accepted_own)
    for who in sorted({*entered, *accepted, *rejected}):
        counts = (entered[who], accepted[who], rejected[who], own[who])
        yield Row([who or "not said", *(f"{count:,}" for count in counts)])


def _exceptions(page: PrintedDelivery) -> Iterator[str]:
    """Each claim that the person accepted who had entered it."""
    own = page.paper.accepted_own
    allowed = "" if page.paper.rules.may_accept_own else ", though the council’s settings do not allow it"
    if not own:
        yield "No claim was accepted by the person who had entered it."
        return
    told = [
        f"{page.name_of(act.commitment)} {act.quarter.words}, {format_quantity(act.quantity)} by {act.by}"
        for act in own
        if act.quarter is not None and act.quantity is not None
    ]
    named = listed(told[:_MOST_NAMED]) + (f", and {len(told) - _MOST_NAMED} more" if len(told) > _MOST_NAMED else "")
    yield f"{plural(len(own), 'claim was', 'claims were')} accepted by the person who had entered it{allowed}: {named}."


def _samples(page: PrintedDelivery) -> Iterator[str]:
    if not page.paper.samples:
        yield "No sample of accepted claims was looked at again."
    for sample in page.paper.samples:
        start = (
            f"Sample drawn on {format_date(sample.drawn_on)} with the seed “{sample.seed}”: {sample.drawn:,} of "
            f"{plural(sample.claims, 'accepted claim')} to {format_date(sample.until)}."
        )
        yield " ".join((start, *sample.result.words))


def _deleted(page: PrintedDelivery) -> Iterator[str]:
    gone = [piece for piece in page.paper.evidence if piece.deleted_on is not None]
    if not gone:
        return
    told = [
        f"E{piece.number} on {format_date(piece.deleted_on)}{f' by {piece.deleted_by}' if piece.deleted_by else ''}"
        for piece in gone[:_MOST_NAMED]
        if piece.deleted_on is not None
    ]
    more = f", and {len(gone) - _MOST_NAMED} more" if len(gone) > _MOST_NAMED else ""
    yield (
        f"Evidence deleted at the end of its time: {listed(told)}{more}. Its checksum, size and date stay in the "
        "register."
    )


def problems(page: PrintedDelivery) -> list[Block]:
    """What is asked about the deliveries, with the answers."""
    heading = Heading("Problems and answers", bookmark="problems")
    found = page.paper.problems
    if not found:
        return [heading, Paragraph("The checks found no problems.")]
    giver = common_giver(found)
    said = [Paragraph(giver_words(giver), keep=True)] if giver else []
    rows = [Row([_where(page, problem), sentence(problem.message), answer_cell([problem], giver)]) for problem in found]
    return [heading, *said, Table(_PROBLEMS, rows, TableLook(style=SUM, line_gap=1.6))]


def _where(page: PrintedDelivery, problem: Problem) -> Cell:
    where = problem.where
    parts = (
        page.name_of(where.commitment),
        where.measure,
        "" if where.year is None else f"year {where.year + 1}",
        where.field,
    )
    place = capital(", ".join(filter(None, parts))) or "The whole contract"
    return Cell([Part(place, SUM), Part(problem_kind(problem), SUM_MUTED)])
