"""The page lint over every report kind and extreme, and a broken page for each of its rules."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from io import BytesIO

import pikepdf
import pytest

from tests.exchange.portfolios import FIGURES, NOTHING
from tests.reports.page_lint import Expected, Found, lint
from tests.reports.page_reader import read_pages
from tests.reports.sample import RUNNING, new_document
from tests.reports.test_contract_report import CASES
from tests.reports.test_portfolio_report import report as portfolio
from tests.reports.valuations import (
    CONTEXT,
    CONTRACT,
    EDITION,
    LINES,
    MENUS,
    POLICY,
    built,
    commitment,
    fonts,
    over_years,
    valued,
)
from tomsapp.domain.commitment import Rate
from tomsapp.domain.contract import ContractKind, ContractStatus, YearSpend
from tomsapp.domain.menu import EditionStatus, MenuEdition
from tomsapp.domain.publishers import host_of, is_publishers
from tomsapp.reports.charts import MinimumBar, Segment
from tomsapp.reports.context import menu_foot
from tomsapp.reports.document import BuiltReport
from tomsapp.reports.flowables import Figure, Heading, NewPage, Paragraph
from tomsapp.reports.layout import Layout, line_slices
from tomsapp.reports.menu_book import build_menu_book
from tomsapp.reports.paging import Slice
from tomsapp.reports.styles import BODY, NOTE, SUM_MUTED
from tomsapp.reports.tables import Cell, Column, Part, Row, RowKind, Table
from tomsapp.reports.tags import Element
from tomsapp.reports.text import LinkRun, PageRun, Run, with_space


def hosts_of(edition: MenuEdition) -> frozenset[str]:
    """The hosts of every source of a menu and its policy."""
    proxies = [measure.proxy for measure in edition.measures if measure.proxy is not None]
    rules = [rule.source for rule in POLICY.rules if rule.source is not None]
    deflator = [edition.deflator.source] if edition.deflator else []
    addresses = [source.address for source in (*edition.sources, *rules, *deflator)]
    addresses += [proxy.address for proxy in proxies if proxy.address]
    return frozenset(host_of(address) for address in addresses)


def quoting_hosts(edition: MenuEdition) -> frozenset[str]:
    """The hosts of pages that quote a source, where it was read there."""
    return frozenset(host_of(source.read_at) for source in edition.sources if source.read_at)


# What the pages should say of every kind of contract, and of the extremes of each.

SCRIPTS = "שלום مرحبا 中文 Ελληνικά Кириллица Ññ Łódź ₤ \U0001f600 e\u0301 \u202eend"
EXTREMES: dict[str, Callable[[], BuiltReport]] = {
    **{case: (lambda case=case: built(CASES[case]())) for case in CASES if case != "a thousand lines"},
    "300 lines": lambda: built(valued(tuple(replace(LINES[n % 11], key=str(n)) for n in range(300)))),
    "18 months": lambda: built(valued(contract=replace(CONTRACT, end_on=CONTRACT.end_on.replace(2027, 9, 30)))),
    "£0": lambda: built(valued(contract=replace(CONTRACT, value=Decimal("0.00")))),
    "£1,000m": lambda: built(valued(thousandfold(), replace(CONTRACT, value=Decimal("1000000000.00")))),
    "signed": lambda: built(valued(contract=replace(CONTRACT, status=ContractStatus.SIGNED))),
    "names in many scripts": lambda: built(
        valued(
            tuple(replace(line, statement=f"{SCRIPTS} {line.key}") for line in LINES),
            replace(CONTRACT, title=SCRIPTS, supplier=f"{SCRIPTS} Ltd"),
        )
    ),
    "a framework of ten years": lambda: built(framework()),
}


def thousandfold() -> tuple:
    """The promises, each so many times that the amounts need the widest columns."""
    return tuple(
        replace(line, quantities=tuple(quantity and quantity * 99_999 for quantity in line.quantities))
        for line in LINES[:-1]
    )


def framework():
    """Promises per pound of spend, most of which is forecast."""
    spend = tuple(YearSpend(year, Decimal(1_800_000), year > 1) for year in range(10))
    offer = over_years(10).offer
    rates = (
        commitment("20", "S02", rate=Rate(Decimal("1.5"), Decimal(1_000_000)), statement="x"),
        commitment("21", "J01", rate=Rate(Decimal("0.25"), Decimal(1_000_000)), statement="x"),
    )
    contract = replace(offer.contract, kind=ContractKind.FRAMEWORK, spend=spend)
    return valued((*offer.commitments, *rates), contract)


WITH_EDITION = frozenset({"three years", "five years", "signed", "a framework of ten years"})
"""The papers that tell of their commitments one by one, so that the span can be worked out from their sums."""


@pytest.mark.parametrize("case", EXTREMES)
def test_a_valuation_holds_on_paper(case: str):
    mark = "DRAFT" if case != "signed" else ""
    found = lint(EXTREMES[case]().data, Expected(mark=mark, edition=EDITION if case in WITH_EDITION else None))
    assert found.faults == []
    assert found.unread == []
    if case != "no lines":
        assert found.sums >= 5
        assert found.columns >= 5


@pytest.mark.parametrize("figures", [FIGURES, NOTHING])
def test_a_portfolio_holds_on_paper(figures: object):
    found = lint(portfolio(figures).data)
    assert found.faults == []
    assert found.columns > 5 or figures is NOTHING


DERIVATIONS = ("0.1325 ÷ 365 × 30 = 0.0109",)
"""Results in the words of a menu that are rounded without saying so, in an edition that is kept as it is."""


@pytest.mark.parametrize("number", ["2026.1", "2026.2"])
def test_a_menu_book_holds_on_paper(number: str):
    edition = MENUS.load("barnet-open", number)
    hosts = hosts_of(edition) | quoting_hosts(edition)
    report = build_menu_book(edition, CONTEXT, fonts())
    found = lint(report.data, Expected(hosts=hosts, is_draft_menu=edition.status is EditionStatus.DRAFT))
    assert found.sums > 50
    assert [fault for fault in found.faults if not any(known in fault for known in DERIVATIONS)] == []


def test_the_edition_for_new_contracts_names_publishers_and_the_pages_that_quote_them():
    edition = MENUS.load("barnet-open", "2026.2")
    found = lint(build_menu_book(edition, CONTEXT, fonts()).data, Expected(hosts=hosts_of(edition)))
    told = {fault.split(": ")[1].split(" is ")[0] for fault in found.faults if "publisher" in fault}
    assert told == quoting_hosts(edition) != frozenset()


@pytest.mark.parametrize("number", ["2026.1", "2026.2"])
def test_no_host_that_is_not_known_as_a_publisher_s_is_a_link_in_a_menu_book(number: str):
    edition = MENUS.load("barnet-open", number)
    links = read_pages(build_menu_book(edition, CONTEXT, fonts()).data).links
    opened = {link.address for link in links if link.address}
    assert len(opened) >= 3
    assert [address for address in opened if not is_publishers(address)] == []


# A broken page for each rule.


@dataclass(frozen=True)
class Loose:
    """A block that holds nothing together and repeats nothing, as the engine never leaves one."""

    block: object

    def slices(self, layout: Layout, parent: Element) -> list[Slice]:
        slices = self.block.slices(layout, parent)
        for item in slices:
            item.keep = item.wish = False
            item.repeat = None
        return slices


@dataclass(frozen=True)
class Cut:
    """A paragraph whose figure goes on in the next line."""

    first: str
    second: str
    is_word: bool = False

    def slices(self, layout: Layout, parent: Element) -> list[Slice]:
        one, two = (layout.typesetter.lines(text, BODY, 400)[0] for text in (self.first, self.second))
        return line_slices([with_space(one) if self.is_word else one, two], BODY, parent.add("P"))


WORDS = [Paragraph("words " * 300), Paragraph("Percentages are cut.")]


def of_bytes(*blocks: object) -> bytes:
    document = new_document()
    document.add(Heading("Title", 1), *blocks)
    return document.build().data


def of(*blocks: object, expected: Expected | None = None) -> Found:
    return lint(of_bytes(*blocks), expected)


def faults(*blocks: object, expected: Expected | None = None) -> str:
    return "\n".join(of(*blocks, expected=expected).faults)


COLUMNS = [
    Column("Theme", 60, row_head=True),
    Column("Social value", 20, right=True),
    Column("Share, cut", 20, right=True),
]


def themes(total: str = "£30.00", share: str = "33.3%", first: str = "£10.00") -> Table:
    rows = [Row(["Work", first, share]), Row(["Planet", "£20.00", "66.6%"])]
    return Table(COLUMNS, [*rows, Row(["Total", total, ""], RowKind.TOTAL)])


def test_pages_without_faults_have_none():
    found = of(*WORDS, Heading("More"), Paragraph("2 × £3.00 = £6.00"), themes(), Paragraph("text"))
    assert (found.faults, found.sums, found.columns) == ([], 1, 3), "a sum; a total and two shares"


def test_a_wrong_sum_is_found_in_a_paragraph_and_in_a_cell():
    assert "the sum 2 × £3.00 = £6.01 does not hold" in faults(Paragraph("2 × £3.00 = £6.01"))
    cell = Cell([Part("1 × £20,202.72 × 50%"), Part("= £10,101.35")])
    table = Table([Column("A", 1, row_head=True), Column("Sum", 2)], [Row(["Line", cell])])
    assert "= £10,101.35 does not hold" in faults(table)


def test_a_wrong_total_and_a_column_of_words_are_found():
    assert "adds up to 30.00, not to £30.01" in faults(*WORDS, themes("£30.01"))
    assert "cannot be redone: about ten" in faults(*WORDS, themes(first="about ten"))


def test_a_share_of_each_contract_is_redone():
    columns = [Column(head, 10, row_head=head == "What") for head in ("What", "Contract value", "Value", "Share, cut")]
    for share, fault in (("9.00%", False), ("9.01%", True)):
        table = Table(columns, [Row(["C-1", "£1,000.00", "£90.09", share])])
        assert ("the share" in faults(*WORDS, table)) is fault


def test_a_wrong_share_and_one_that_is_rounded_up_are_found():
    assert "the share 33.4%" in faults(*WORDS, themes(share="33.4%"))
    assert "is not 33.3333% cut" in faults(*WORDS, themes(share="33.4%"))


def grouped(subtotal: str = "£30.00", name: str = "1 Work", lines: int = 2) -> Table:
    columns = [Column("No.", 10), Column("What", 60, row_head=True), Column("Value", 30, right=True)]
    group = Row([Cell([Part(name)], span=2), subtotal], RowKind.GROUP)
    rows = [Row([str(number), "Line", "£15.00"]) for number in range(lines)]
    return Table(columns, [group, *rows, Row([Cell([Part("Total")], span=2), f"£{15 * lines}.00"], RowKind.TOTAL)])


def test_a_wrong_subtotal_is_found():
    assert faults(*WORDS, grouped()) == ""
    found = faults(*WORDS, grouped("£31.00"))
    assert "adds up to 30.00, not to £31.00 (1 Work" in found
    assert "adds up to 31.00, not to £30.00 (Total" in found


def counted(value: str = "£14,383.89", in_all: str = "8", by_year: str = "2, then 2 × 3") -> Table:
    heads = ("What", "By year", "In all", "Unit value", "Share", "Social value")
    columns = [Column(head, 10, row_head=head == "What") for head in heads]
    columns[4] = Column("Share, cut", 10)
    return Table(columns, [Row(["Homes", by_year, in_all, "£3,595.97", "50%", value])])


def test_a_count_that_is_not_the_value_divided_by_the_unit_value_is_found():
    assert "is 14,383.88" not in faults(counted())
    assert "8 × £3,595.97 is 14,383.88, not £14,383.91" in faults(counted("£14,383.91"))
    assert "2, then 2 × 3 is 8.00 in all, not 9" in faults(counted("£16,181.87", "9"))


def test_the_share_in_the_answer_is_cut():
    lead = Paragraph("A Ltd. £4,200,000.00 without VAT.")
    answer = "The supplier offers social value of £186,477.79, which is {} of the contract value."
    assert faults(lead, Paragraph(answer.format("4.43%")), Paragraph("Cut, cut.")) == ""
    assert "4.44% of the contract value is 4.4399% cut" in faults(lead, Paragraph(answer.format("4.44%")))
    claims = "The supplier claims social value of £200,000.00, of which £186,477.79 can be counted{}. Until 1 error."
    told = Paragraph(claims.format(", which is 4.43% of the contract value"))
    assert faults(lead, told, Paragraph("Cut, cut.")) == ""
    assert "4.44% of the contract value is" in faults(
        lead, Paragraph(claims.format(", which is 4.44% of the contract value"))
    )
    assert "does not say what share" in faults(lead, Paragraph(claims.format("")))
    assert faults(lead, Paragraph("The supplier claims social value of £9.00, of which nothing can be counted.")) == ""


def test_shares_by_confidence_are_of_all_lines_together():
    heads = [Column("Confidence", 40, row_head=True), Column("Social value", 30), Column("Share, cut", 30)]
    for share, fault in (("33.3%", False), ("33.4%", True)):
        table = Table(heads, [Row(["High", "£10.00", share]), Row(["Low", "£20.00", "66.6%"])])
        assert ("the share" in faults(*WORDS, table)) is fault


def test_a_figure_of_the_answer_or_of_a_bar_that_stands_nowhere_else_is_found():
    rest = [Heading("Sums"), *WORDS, Paragraph("£10.00 − £4.00 = £6.00")]
    assert faults(Paragraph("Not enough, short by £6.00."), *rest) == ""
    assert "£6.01 stands nowhere else" in faults(Paragraph("Not enough, short by £6.01."), *rest)
    bar = MinimumBar([Segment(1, 4)], Decimal(10), "minimum £10.00", "Offered £4.00")
    assert faults(Figure(bar, bar.describe({})), *rest) == ""
    wrong = replace(bar, total_label="Offered £4.01")
    assert "£4.01 stands nowhere else" in faults(Figure(wrong, wrong.describe({})), *rest)


def test_a_unit_value_that_no_sum_has_is_found():
    sums = Paragraph("8 × £3,595.97 × 50% = £14,383.88")
    assert faults(counted("£14,383.88"), sums) == ""
    assert "£3,595.97 stands nowhere else" in faults(counted("£14,383.88"))


def test_tables_with_other_commitments_are_found():
    assert "the commitments 1 stand in one table" in faults(*WORDS, grouped(), grouped("£15.00", lines=1))
    assert faults(*WORDS, grouped(), grouped()) == ""


def test_lines_by_confidence_that_do_not_add_up_are_found():
    heads = [Column("Confidence", 50, row_head=True), Column("Social value", 50, right=True)]
    sure = Table(heads, [Row(["High", "£10.00"]), Row(["Low", "£19.99"])])
    assert "the lines by confidence add up to 29.99, not to 30.00" in faults(*WORDS, themes(), sure)


def test_headings_labels_and_names_of_rows_at_the_foot_of_a_page_are_found():
    end = [NewPage(), *WORDS]
    assert "ends with “Lonely”" in faults(*WORDS, Heading("Lonely"), *end)
    assert "ends with “In plain counts:”" in faults(*WORDS, Paragraph("In plain counts:"), *end)
    lines = [Loose(Paragraph("line"))] * 40
    found = [faults(*lines[:count], Loose(grouped(f"£{15 * 40}.00", lines=40))) for count in range(29, 37)]
    assert any("ends with “1 Work£600.00”" in text for text in found)
    assert any("ends with “No.WhatValue”" in text for text in found)


def test_a_note_that_is_parted_is_found():
    assert "begins with the note “A note”" in faults(*WORDS, NewPage(), Paragraph("A note", NOTE), *WORDS)


def test_rows_that_go_on_without_a_name_are_found():
    table = grouped(f"£{15 * 60}.00", lines=60)
    assert faults(*WORDS, table) == ""
    assert "the rows go on without saying whose they are" in faults(*WORDS, Loose(table))


@pytest.mark.parametrize(("first", "second"), [("of £875,053,191.", "16 in all"), ("of £875,", "053"), ("5", "3")])
def test_a_broken_figure_is_found(first: str, second: str):
    assert "a figure is broken" in faults(Cut(first, second))
    assert "a figure is broken" not in faults(Cut(first, second, is_word=True))


def test_a_nearly_empty_page_is_found():
    assert "page 2: is nearly empty" in faults(*WORDS, NewPage(), Paragraph("alone"))


def test_percentages_that_are_rounded_or_say_nothing_are_found():
    assert "nothing says that they are cut" in faults(Paragraph("It is 4.43% of it."))
    assert "said to be rounded" in faults(Paragraph("4.43%. Shares are rounded to one decimal."))
    assert faults(Paragraph("It is 4.43% of it, cut after two decimals.")) == ""


def test_a_link_that_leads_to_another_page_than_it_says_is_found():
    document = new_document()
    document.add(Heading("Title", 1, "top"), *WORDS, NewPage(), Paragraph([Run("See page "), PageRun("top")]), *WORDS)
    data = document.build().data
    assert lint(data).faults == []
    with pikepdf.open(BytesIO(data)) as pdf:
        (note,) = pdf.pages[1].Annots
        note.Contents = pikepdf.String("Page 2")
        out = BytesIO()
        pdf.save(out)
    assert lint(out.getvalue()).faults == ["page 2: “Page 2” leads to page 1"]
    with pikepdf.open(BytesIO(data)) as pdf:
        pdf.pages[1].Annots[0].Dest[0] = pdf.pages[1].obj
        out = BytesIO()
        pdf.save(out)
    assert "page 2: the number 1 leads to page 2" in lint(out.getvalue()).faults


def test_a_page_with_the_number_of_another_is_found():
    data = of_bytes(*WORDS, NewPage(), *WORDS)
    with pikepdf.open(BytesIO(data)) as pdf:
        page = pdf.pages[0].obj
        page.Contents = pdf.make_stream(page.Contents.read_bytes().replace(b"(Page 1 of 2)", b"(Page 2 of 2)"))
        out = BytesIO()
        pdf.save(out)
    assert "page 1: does not say that it is page 1 of 2" in lint(out.getvalue()).faults


def test_a_foreign_host_is_found_printed_or_linked():
    publishers = Expected(hosts=frozenset({"gov.uk"}))
    assert faults(Paragraph("Read at www.gov.uk/table and gov.uk."), expected=publishers) == ""
    found = faults(Paragraph([LinkRun("the table", "https://dump.example.com/x")]), expected=publishers)
    assert "page 1: dump.example.com is not a publisher" in found
    assert "news.co.uk is not a publisher" in faults(Paragraph("as read at news.co.uk"), expected=publishers)


def test_a_draft_without_its_mark_and_a_draft_menu_called_published_are_found():
    assert "does not say DRAFT" in faults(*WORDS, expected=Expected(mark="DRAFT"))
    document = new_document(replace(RUNNING, draft="not signed."))
    document.add(Heading("Title", 1), *WORDS)
    assert lint(document.build().data, Expected(mark="DRAFT")).faults == []
    menu = Expected(is_draft_menu=True)
    assert "called a published edition" in faults(Paragraph("A published edition never changes."), expected=menu)


def test_a_heading_that_has_not_what_is_said_to_stand_under_it_is_found(monkeypatch):
    monkeypatch.setattr("tomsapp.reports.contract_report.menu_foot", lambda edition: menu_foot(edition, "Method"))
    assert "page 1: “under Method” stands under Menu" in lint(built(valued()).data).faults


def test_small_type_in_a_cell_is_no_parted_note():
    rows = [Row([Cell([Part("text", SUM_MUTED)]), "£1.00", ""])] * 60
    assert faults(*WORDS, Table(COLUMNS, rows)) == ""
    assert EDITION.name == "barnet-open 2026.1"
