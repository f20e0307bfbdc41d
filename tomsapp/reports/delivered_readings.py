"""What was varied since it was signed with its three readings, and the ledger of real money."""

from collections.abc import Iterator
from decimal import Decimal

from tomsapp.domain.delivery.figures import DeliveredLine
from tomsapp.domain.delivery.ledger import money_words
from tomsapp.domain.delivery.told import ToldMoney, ToldVariation
from tomsapp.domain.money import difference, total
from tomsapp.domain.wording import format_change, format_date, format_pounds, plural
from tomsapp.reports.delivered_facts import PrintedDelivery
from tomsapp.reports.flowables import Block, Bullets, Heading, Paragraph
from tomsapp.reports.phrases import capital, sentence
from tomsapp.reports.styles import CELL, CELL_STRONG, NOTE
from tomsapp.reports.tables import Cell, Column, Part, Row, RowKind, Table, TableLook

_LOOK = TableLook(line_gap=1.6, edge=3.0)
_READINGS = (
    Column("Line", 22, right=True),
    Column("Commitment", 110, row_head=True),
    Column("As signed", 68, right=True),
    Column("As varied", 68, right=True),
    Column("Today", 68, right=True),
    Column("Difference, and why", 160),
)
_LEDGER = (
    Column("Received", 70),
    Column("From", 110, row_head=True),
    Column("Passed to", 120),
    Column("Receipt", 66),
    Column("Line", 36, right=True),
    Column("£", 70, right=True),
)


def readings(page: PrintedDelivery) -> list[Block]:
    """Each variation, and the promise as signed, as varied and at today's values; nothing where nothing was varied."""
    paper = page.paper
    if not paper.variations:
        return []
    return [
        Heading("Variations, and three readings", bookmark="readings"),
        Bullets(list(map(_told, paper.variations)), CELL, gap=1.0),
        *_table(page),
    ]


def _told(each: ToldVariation) -> str:
    """A variation with its days, what it changed, and why."""
    changed = "; ".join((*each.facts, *each.lines)) or _NOTHING
    reason = f" {sentence(each.reason.strip())}" if each.reason.strip() else ""
    signed, effective = format_date(each.signed_on), format_date(each.effective_on)
    return f"Variation {each.number}, signed on {signed}, from {effective}: {sentence(changed)}{reason}"


def _table(page: PrintedDelivery) -> list[Block]:
    """What is promised in all, in the three readings: a row for each commitment that differs, and one for the rest."""
    signed = _as_signed(page)
    today = {line.commitment: line for line in page.paper.today}
    rows: list[Row] = []
    same: list[DeliveredLine] = []
    sums = [Decimal("0.00")] * 3
    for number, line in page.lines:
        key, varied = line.commitment.key, line.promised_pounds
        then = varied if page.paper.as_signed is None else signed.pop(key, _ZERO)
        now = today[key].pounds if key in today else varied
        sums = [total((one, own)) for one, own in zip(sums, (then, varied, now), strict=True)]
        if then == varied == now:
            same.append(line)
            continue
        why = today[key].why if key in today else ""
        told = [format_change(difference(varied, then)) if varied != then else "", why]
        rows.append(_row(str(number), line.measure.title, (then, varied, now), "; ".join(filter(None, told))))
    gone = total(signed.values())
    if gone:
        rows.append(_row("–", "Ended, not promised any more", (gone, _ZERO, _ZERO), format_change(-gone)))
        sums[0] = total((sums[0], gone))
    if same:
        pounds = total(line.promised_pounds for line in same)
        many = capital(plural(len(same), "other commitment" if rows else "commitment"))
        rows.append(_row("–", many, (pounds, pounds, pounds), "no difference"))
    named = f"Today is {page.paper.today_edition}. " if page.paper.today_edition else ""
    note = (
        f"What is promised over the whole contract, in proxy pounds. {named}What was delivered is counted as varied, "
        "with the menu that is pinned to the contract; no reading of today changes it."
    )
    if not rows:
        return [Paragraph("The contract has no commitments, so there is nothing to compare.")]
    return [Table(_READINGS, [*rows, _sums(sums)], _LOOK, after=4), Paragraph(note, NOTE)]


_ZERO = Decimal("0.00")
_NOTHING = "nothing of the contract or its commitments"


def _as_signed(page: PrintedDelivery) -> dict[str, Decimal]:
    valuation = page.paper.as_signed
    return {} if valuation is None else {line.commitment.key: line.social_value for line in valuation.lines}


def _row(number: str, name: str, pounds: tuple[Decimal, Decimal, Decimal], why: str) -> Row:
    return Row([number, name, *map(format_pounds, pounds), sentence(why) if why else "–"])


def _sums(sums: list[Decimal]) -> Row:
    then, varied, now = sums
    told = f"varied {_change(varied, then)}; today {_change(now, varied)}"
    cells = [Cell([Part(format_pounds(amount), CELL_STRONG)]) for amount in sums]
    return Row([Cell([Part("All commitments", CELL_STRONG)], span=2), *cells, Cell([Part(told)])], RowKind.TOTAL)


def _change(amount: Decimal, before: Decimal) -> str:
    return format_change(difference(amount, before)) if amount != before else "no difference"


def ledger(page: PrintedDelivery) -> list[Block]:
    """Real money that was handed over; nothing where there is none and none is promised or agreed."""
    entries = page.paper.ledger
    agreed = list(_agreed(page))
    if not entries:
        promised = page.delivered.real_promised
        said = [f"{format_pounds(promised)} is promised in real pounds, and no entry is made yet."] if promised else []
        if not said and not agreed:
            return []
        return [Heading("Money handed over"), *(Paragraph(words) for words in (*said, *agreed))]
    later = total(entry.amount for entry in entries if entry.received_on > page.paper.until)
    rows = [_entry(page, entry) for entry in entries]
    rows.append(
        Row(
            [
                Cell([Part(f"Handed over by {format_date(page.paper.until)}", CELL_STRONG)], span=5),
                Cell([Part(format_pounds(page.paper.handed_over), CELL_STRONG)]),
            ],
            RowKind.TOTAL,
        )
    )
    after = f" {format_pounds(later)} was received after that day and is not in the total." if later else ""
    note = f"Real money stands apart from proxy pounds and is never added to them.{after}"
    return [
        Heading("Money handed over", bookmark="ledger"),
        Table(_LEDGER, rows, _LOOK, after=4),
        *(Paragraph(words) for words in agreed),
        Paragraph(note, NOTE),
    ]


def _agreed(page: PrintedDelivery) -> Iterator[str]:
    """What is agreed to be settled by money of each commitment, beside what of it came."""
    for number, line in page.lines:
        told = page.paper.money(line.commitment.key)
        if told.agreed:
            yield f"Line {number}: {money_words(told)}."


def _entry(page: PrintedDelivery, entry: ToldMoney) -> Row:
    passed = f"{entry.passed_to}, {format_date(entry.passed_on)}" if entry.passed_on else entry.passed_to
    if not entry.passed_on:
        passed = f"{passed or 'not said'}, not yet passed on"
    return Row(
        [
            format_date(entry.received_on),
            entry.received_from or "not said",
            passed,
            entry.receipt or "none",
            page.name_of(entry.commitment).removeprefix("line ") or "–",
            format_pounds(entry.amount),
        ]
    )
