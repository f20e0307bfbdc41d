"""The hand-over sheet: a signed contract for whoever manages it and was not at the tender.

What was promised and why it scored, what is due when, which evidence to ask for, whom to call, and when it ends.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from tomsapp.domain.contract import Contract
from tomsapp.domain.contract_dates import length_text
from tomsapp.domain.delivery.due import Due, DueKind, Planned, decide_on
from tomsapp.domain.seal import Act
from tomsapp.domain.unit_words import figure_of
from tomsapp.domain.wording import format_date, format_pounds, plural, small_first
from tomsapp.reports.attachments import Attachment
from tomsapp.reports.context import ReportContext, menu_foot
from tomsapp.reports.contract_facts import PrintedValuation
from tomsapp.reports.contract_policy import policy_checks, problems_and_answers
from tomsapp.reports.contract_summary import answer, title_of
from tomsapp.reports.contract_table import at_a_glance
from tomsapp.reports.document import BuiltReport, Progress, ReportDocument
from tomsapp.reports.flowables import Block, Heading, Panel, Paragraph, ReplacedCharacters
from tomsapp.reports.fonts import FontSet
from tomsapp.reports.hand_over_lines import each_promise
from tomsapp.reports.phrases import sentence
from tomsapp.reports.source_rows import pairs_table
from tomsapp.reports.styles import BODY, LEAD, NOTE, PANEL
from tomsapp.reports.tables import Cell, Column, Part, Row, Table, TableLook
from tomsapp.reports.text import Run

NOT_RECORDED = "not recorded yet"
"""What stands where somebody is to be named and is not; it is entered under Contract facts."""

_DUE_COLUMNS = (Column("Day", 78, row_head=True), Column("What is due", 150), Column("About", 263))
_CLOSE = TableLook(line_gap=1.6)


@dataclass(frozen=True)
class HandOver:
    """A signed contract as its hand-over sheet tells it.

    Attributes:
        page: its valuation.
        signing: the act that fixes it.
        lines: its commitments with what is due of each in each quarter.
        is_planned: whether a plan was accepted for some of them; else the even split holds.
        dues: everything that is due, by day.
    """

    page: PrintedValuation
    signing: Act | None
    lines: tuple[Planned, ...]
    is_planned: bool
    dues: tuple[Due, ...]

    @property
    def contract(self) -> Contract:
        """The contract's facts."""
        return self.page.contract


def build_hand_over(
    hand: HandOver,
    context: ReportContext,
    fonts: FontSet,
    attachments: Sequence[Attachment] = (),
    progress: Progress | None = None,
) -> BuiltReport:
    """The sheet as a tagged PDF; the same input gives the same bytes.

    Raises:
        ReportError: the council's logo cannot be read.
    """
    page = hand.page
    running = context.running(f"Hand-over sheet  ·  {page.contract.reference}", [menu_foot(page.edition, "Sums")])
    document = ReportDocument(fonts, running, context.details(f"{title_of(page.contract)}: hand-over sheet"))
    document.add(
        *_head(hand, date.fromordinal(context.made_on.toordinal())),
        *_whom_to_call(hand, context),
        *_when_it_ends(hand.contract),
        *_what_is_due(hand, has_calendar=bool(attachments)),
        *_what_was_promised(page),
        *_why_it_scored(page),
        *each_promise(page, hand.lines, is_planned=hand.is_planned),
        *problems_and_answers(page),
        *_sums(page),
        ReplacedCharacters(),
    )
    return document.build(attachments, progress)


def _head(hand: HandOver, made_on: date) -> Iterator[Block]:
    contract = hand.contract
    days = f"{format_date(contract.start_on)} to {format_date(contract.end_on)}"
    length = length_text(contract.start_on, contract.end_on)
    gross = f", {format_pounds(contract.value_with_vat)} with VAT" if contract.value_with_vat is not None else ""
    value = f"{format_pounds(contract.value)} without VAT{gross}."
    supplier = sentence(contract.supplier.strip() or "Supplier not named")
    yield Heading(title_of(contract), 1)
    yield Paragraph(f"{contract.reference}. {supplier} {days} ({length}). {value}", LEAD)
    short = "For whoever manages this contract and was not at the tender. " + " ".join(_in_short(hand, made_on))
    yield Panel([Paragraph([Run("In short. ", bold=True), Run(short)], PANEL)])


def _in_short(hand: HandOver, made_on: date) -> Iterator[str]:
    page, lines = hand.page, len(hand.page.valuation.lines)
    value = format_pounds(page.counted.social_value)
    yield f"The supplier promised social value of {value} in {plural(lines, 'commitment')}."
    returns = [due for due in hand.dues if due.kind is DueKind.RETURN]
    coming = [due for due in returns if due.on >= made_on]
    if coming and lines:
        which = "first" if coming == returns else "next"
        quarter = coming[0].what.removeprefix("Return for ")
        yield f"The {which} return, for {quarter}, is due on {format_date(coming[0].on)}."
    decide = decide_on(hand.contract)
    if decide is not None:
        yield f"Whether it is extended is to be decided by {format_date(decide)}."


def _whom_to_call(hand: HandOver, context: ReportContext) -> Iterator[Block]:
    contract, signing = hand.contract, hand.signing
    contact = ", ".join(
        filter(None, (contract.supplier_contact, contract.supplier_contact_phone, contract.supplier_contact_email))
    )
    pairs = [
        ("Supplier’s lead contact", contact or NOT_RECORDED),
        ("Contract manager", contract.contract_manager or NOT_RECORDED),
        *([("Directorate", contract.directorate)] if contract.directorate else []),
        *([("Social value at the council", context.asked)] if context.asked else []),
        *([("Who signed", signing.words)] if signing is not None else []),
    ]
    yield Heading("Whom to call", bookmark="contacts")
    yield pairs_table(pairs)


def _when_it_ends(contract: Contract) -> Iterator[Block]:
    decide = decide_on(contract)
    latest = format_date(contract.latest_end_on) if contract.latest_end_on is not None else NOT_RECORDED
    pairs = [
        ("Last day", format_date(contract.end_on)),
        ("Latest possible end", latest),
        ("Extensions", _extensions(contract)),
        *([("Decide by", f"{format_date(decide)}, unless the contract asks for another notice")] if decide else []),
    ]
    yield Heading("When it ends", bookmark="end")
    yield pairs_table(pairs)


def _extensions(contract: Contract) -> str:
    counts = ((contract.extensions_taken, "taken"), (contract.extensions_left, "left"))
    return ", ".join(f"{count} {word}" for count, word in counts if count is not None) or NOT_RECORDED


# What is due


def _what_is_due(hand: HandOver, *, has_calendar: bool) -> Iterator[Block]:
    yield Heading("What is due when", bookmark="due")
    attached = " The attached calendar file has every day of it." if has_calendar else ""
    yield Paragraph(
        "A return says for each commitment what was done in the quarter, with its evidence, also where it is "
        f"nothing.{attached}",
        LEAD,
        keep=True,
    )
    yield Table(_DUE_COLUMNS, list(_due_rows(hand)), _CLOSE)


def _due_rows(hand: HandOver) -> Iterator[Row]:
    """A row for each day, kind and quarter: the evidence of several measures is told together.

    A return that asks for the same as the one before says so: most quarters are alike, and what they ask for is long.
    """
    before, said_on = "", ""
    for (on, kind, _), group in groupby(hand.dues, key=_row_of):
        each = list(group)
        if kind is DueKind.RETURN:
            told = _quantities(hand, each[0])
            about = [Part(f"The same as in the {small_first(said_on)}" if told == before else told)]
            about += [Part(each[0].note)] if each[0].note else []
            if told != before:
                before, said_on = told, each[0].what
        else:
            about = list(_about(kind, each))
        yield Row([format_date(on), _what(kind, each), Cell(about or [Part("")])])


def _row_of(due: Due) -> tuple[date, DueKind, object]:
    """What stands in one row: each return has one of its own, also where two are due on one day."""
    return due.on, due.kind, due.quarter if due.kind is DueKind.RETURN else None


def _quantities(hand: HandOver, due: Due) -> str:
    """What a return is about: each commitment by the name of its measure; its statement stands with each promise."""
    quarter = due.quarter
    planned = [(line, line.in_quarter(quarter)) for line in hand.lines if quarter is not None]
    # A number stays beside what is counted.
    told = [f"{line.measure.title}:\u00a0{figure_of(line.measure, quantity)}" for line, quantity in planned if quantity]
    return "; ".join(told) or due.detail[0]


def _what(kind: DueKind, dues: Sequence[Due]) -> str:
    if kind is not DueKind.EVIDENCE or len(dues) == 1:
        return dues[0].what
    return f"Evidence of {plural(len({due.measure for due in dues}), 'measure')}"


def _about(kind: DueKind, dues: Sequence[Due]) -> Iterator[Part]:
    if kind is DueKind.EVIDENCE and len(dues) > 1:
        for due in dues:
            yield Part(f"{due.what.removeprefix('Evidence of ')}: {small_first('. '.join(due.detail))}")
        return
    for text in dues[0].detail:
        yield Part(text)


# What was promised, and why it scored


def _what_was_promised(page: PrintedValuation) -> Iterator[Block]:
    """The commitments at a glance, whose pages are those of this sheet."""
    heading, *blocks = at_a_glance(page)
    yield heading
    if page.valuation.lines:
        blocks[0] = Paragraph(
            "One row for each commitment, theme by theme. Equal years are folded: “3 × 40” is 40 in each of 3 years. "
            "Its statement, its plan and its evidence are on the page named at its end.",
            LEAD,
            keep=True,
        )
    yield from blocks


def _why_it_scored(page: PrintedValuation) -> Iterator[Block]:
    yield Heading("Why it scored", bookmark="why")
    yield from answer(page, BODY)
    yield Paragraph(
        "The statements of the supplier, which were read at the tender, stand with each promise below.", LEAD, keep=True
    )
    yield from policy_checks(page, _CLOSE)


def _sums(page: PrintedValuation) -> Iterator[Block]:
    yield Heading("Sums", bookmark="sums-of")
    yield Paragraph(
        "Every figure is that of the valuation of this contract, which has every sum, its sources and its method, and "
        "can be verified. This sheet tells it and is no paper of its own."
    )
    yield Paragraph(f"Menu {page.edition.name}, SHA-256 {page.edition.sha256 or 'none'}.")
    yield Paragraph("What was delivered, accepted and agreed since is told by the delivered valuation.", NOTE)
