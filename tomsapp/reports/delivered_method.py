"""Sources, method, menu and words of a paper on what was delivered, and how to open what is attached."""

from collections.abc import Iterator, Sequence

from tomsapp.domain.contract_dates import length_text
from tomsapp.domain.delivery.figures import DeliveredLine
from tomsapp.domain.wording import format_date, format_percent, format_pounds, format_quantity
from tomsapp.reports.attachments import Attachment
from tomsapp.reports.contract_method import menu_and_attribution, price_index
from tomsapp.reports.contract_trust import CONFIDENCE
from tomsapp.reports.delivered_facts import PrintedDelivery
from tomsapp.reports.flowables import Block, Bullets, Heading, Paragraph
from tomsapp.reports.menu_glossary import explained
from tomsapp.reports.phrases import all_lines_named, capital, lines_named
from tomsapp.reports.source_rows import pairs_table, sources_table
from tomsapp.reports.styles import LEAD, SUM
from tomsapp.reports.tables import TableLook

_LONG = 60
"""With more commitments than these how each value was made is left to the book of the menu."""

_WORDS = (
    (
        "Accepted",
        "What an officer found to be shown and counted. For good, or provisionally until it has lasted (p).",
    ),
    ("Claimed", "What the supplier said was done, without what was rejected or withdrawn."),
    (
        "Contract quarter",
        "Three months, counted from the first day of the contract. It is none of the calendar or the financial year.",
    ),
    ("Due", "What the delivery plan puts into the quarters that ended by the day of the paper."),
    ("Evidenced", "What of a claim the evidence shows."),
    (
        "Provisional",
        "Accepted, and earned only later: a job that is counted for 12 months is for good when they are over.",
    ),
    ("Shortfall", "What was due and is not accepted. It is agreed with the supplier, or open."),
    ("Substitute", "Surplus of one commitment that was agreed to stand for what is missing of another."),
    ("Surplus", "What was accepted beyond what was due. It stands apart and counts in no total."),
)


def sources(page: PrintedDelivery) -> list[Block]:
    """One row a source with its commitments, and how sure its values are."""
    measures = page.measures
    heading = Heading("Sources", bookmark="sources")
    if not any(measure.is_valued for measure in measures):
        return [heading, Paragraph("No proxy value is used in this paper.")]
    years = [year.starts_on.year for year in page.delivered.years]
    named = {measure.code: all_lines_named(page.lines_of(measure)) for measure in measures}
    is_long = len(page.delivered.lines) > _LONG
    more = list(price_index(page.edition, measures))
    table = sources_table(measures, page.edition, years, named, derived=not is_long)
    index: list[Block] = [Heading("Price index", 3), pairs_table(more)] if more else []
    return [heading, Paragraph(_confidence(page), LEAD, keep=True), table, *index]


def _confidence(page: PrintedDelivery) -> str:
    """How sure the values are, by the commitments that rest on them."""
    told = []
    for level in [*CONFIDENCE, ""]:
        numbers = [
            number
            for number, line in page.lines
            if line.measure.proxy is not None and (line.measure.proxy.confidence or "") == level
        ]
        if numbers:
            named = capital(level) if level else "Not said"
            rests = f" ({CONFIDENCE[level]})" if level else ""
            told.append(f"{named}{rests}: {lines_named(numbers)}")
    return f"Confidence of the values. {'. '.join(told)}."


def method(page: PrintedDelivery) -> list[Block]:
    """How the figures were made, the menu and its checksum in full, and the words."""
    words = sorted([*_WORDS, *explained("Contract share", "Proxy pound", "Real pounds", "Social value", "Unit value")])
    return [
        Heading("Method", bookmark="method"),
        Paragraph(_contract(page), SUM, keep=True),
        Bullets(list(_rules(page)), SUM, gap=1.0),
        *menu_and_attribution(page.edition, page.measures),
        Heading("Words used here", bookmark="words"),
        pairs_table(words, TableLook(ruled=False, line_gap=1.4)),
    ]


def _contract(page: PrintedDelivery) -> str:
    """The facts of the contract that the figures rest on."""
    contract = page.contract
    length = length_text(contract.start_on, contract.end_on)
    vat = contract.value_with_vat
    with_vat = f", {format_pounds(vat)} with it" if vat is not None else ""
    return (
        f"The contract runs from {format_date(contract.start_on)} to {format_date(contract.end_on)} ({length}). Its "
        f"value is {format_pounds(contract.value)} without VAT{with_vat}."
    )


def _rules(page: PrintedDelivery) -> Iterator[str]:
    rules = page.paper.rules
    yield (
        "A contract year has up to four quarters of three months, counted from its start. What is due is what the plan "
        "in force puts into the quarters that ended by the day; a year that nobody planned is split evenly, whole "
        "units and remainders to its last quarters, and what counts once falls due at the end of its year."
    )
    default = [number for number, line in page.lines if _is_by_default(page, line)]
    if default:
        yield f"Planned by this rule, in whole or in part: {lines_named(default)}."
    yield (
        "Claimed contains evidenced, evidenced contains accepted; rejected and withdrawn stand apart. For totals and "
        "ratings a commitment counts at most what was due. Accepted units fill what was due in the order in which it "
        "fell due, each at the value of its year."
    )
    yield (
        "Pounds are units × unit value × this contract’s share × the menu’s other factors, each contract year rounded "
        "once to the penny, halves away from zero; every total is a sum of lines. What was decided after the day "
        "counts too: the paper says what is known of what was done until then."
    )
    yield (
        "The five words are those of regulation 39(5) of the Procurement Regulations 2024, on quantities: accepted ÷ "
        "due, compared exactly and printed cut to one decimal. “Our summary” takes the same bounds to pounds. Good "
        f"begins at {format_percent(rules.good)}, Approaching target at {format_percent(rules.approaching)}, Requires "
        f"improvement at {format_percent(rules.improvement)}: the Regulations say “close to” and “below” and name no "
        "number, so these are as set in the council’s database."
    )
    yield (
        "A surplus is valued at the unit value of the contract year of the last quarter that ended, is used once, and "
        "settles a shortfall only as an agreed substitute. What is carried forward stays due where it was due."
    )
    yield (
        f"A return is due {format_quantity(rules.return_days)} days after its quarter. People are counted by the "
        "supplier’s own numbers, never by name, and no number stands in this paper."
    )


def _is_by_default(page: PrintedDelivery, line: DeliveredLine) -> bool:
    plan = page.paper.plan.get(line.commitment.key)
    return plan is None or bool(plan.by_default)


def attached(attachments: Sequence[Attachment]) -> list[Block]:
    """What is attached to the PDF and how it is opened."""
    if not attachments:
        return []
    lead = (
        "These files are inside this PDF: open the list of attachments of your reader (a paper clip). With them "
        "“tomsapp verify FILE.pdf” works every figure out again and holds every page to it."
    )
    rows = [(each.name, f"{each.description}.") for each in attachments]
    return [
        Heading("Attached files", bookmark="attached"),
        Paragraph(lead, LEAD, keep=True),
        pairs_table(rows, TableLook(ruled=False, line_gap=1.4)),
    ]
