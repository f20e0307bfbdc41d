from collections import Counter
from io import BytesIO
from typing import NamedTuple

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports.sample import new_document
from tomsapp.reports.flowables import Heading
from tomsapp.reports.marks import MARK_ROOM, Mark
from tomsapp.reports.table_rows import share_widths
from tomsapp.reports.tables import Cell, Column, Part, Row, RowKind, Table
from tomsapp.reports.text import in_segments

COLUMNS = [Column("Measure", 3, row_head=True), Column("Note", 4), Column("Social value", 1, right=True)]


def report_of(*blocks: object) -> bytes:
    document = new_document()
    document.add(Heading("Lines", 1), *blocks)
    return document.build().data


def pages_of(data: bytes) -> list[str]:
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data)]


class Tag(NamedTuple):
    name: str
    scope: str
    span: int
    marks: int


def is_element(item: object) -> bool:
    return isinstance(item, pikepdf.Dictionary) and item.get("/Type") == pikepdf.Name.StructElem


def elements(data: bytes) -> list[Tag]:
    found = []
    with pikepdf.open(BytesIO(data)) as pdf:
        waiting = [pdf.Root.StructTreeRoot.K]
        while waiting:
            item = waiting.pop()
            if is_element(item):
                table = item.get("/A", {})
                scope, span = table.get("/Scope", ""), table.get("/ColSpan", 1)
                kids = list(item.get("/K", []))
                marks = sum(not is_element(kid) for kid in kids)
                found.append(Tag(str(item.S)[1:], str(scope)[1:], int(span), marks))
                waiting.extend(reversed(kids))
    return found


def numbered(count: int) -> list[Row]:
    return [Row([f"Line {index}", "text", f"£{index:,}.00"]) for index in range(1, count + 1)]


def test_a_thousand_rows_are_all_there_once_in_two_tables() -> None:
    data = report_of(Table(COLUMNS, numbered(1_000)))
    tags = Counter(item.name for item in elements(data))
    assert (tags["Table"], tags["THead"], tags["TBody"]) == (2, 2, 2)
    assert (tags["TR"], tags["TH"], tags["TD"]) == (1_002, 1_006, 2_000)
    text = "\n".join(pages_of(data))
    assert all(f"Line {index} " in text.replace("\r\n", " ") for index in (1, 2, 500, 999, 1_000))


def test_the_head_repeats_on_three_pages_and_is_read_once() -> None:
    data = report_of(Table(COLUMNS, numbered(90)))
    pages = pages_of(data)
    assert len(pages) == 3
    assert [page.count("Measure") for page in pages] == [1, 1, 1]
    heads = [item for item in elements(data) if item.scope == "Column"]
    assert heads == [Tag("TH", "Column", 1, marks=1)] * 3


def test_a_row_is_never_cut() -> None:
    tall = Cell([Part(f"part {number}") for number in range(7)])
    pages = pages_of(report_of(Table(COLUMNS, [Row([f"Line {index}", tall, "£1.00"]) for index in range(40)])))
    assert len(pages) > 3
    assert all(page.count("part 0") == page.count("part 6") == page.count("Line") for page in pages[1:])


def test_a_row_taller_than_a_page_goes_on_without_loss() -> None:
    words = [f"word{number}" for number in range(6_000)]
    data = report_of(Table(COLUMNS, [Row(["Long", " ".join(words), "£1.00"]), *numbered(3)]))
    pages = pages_of(data)
    assert len(pages) > 3
    found = " ".join(pages).split()
    assert [word for word in found if word.startswith("word")] == words
    assert Counter(item.name for item in elements(data))["TR"] == 5


def test_a_group_row_keeps_with_its_next_row_and_the_total_with_the_last() -> None:
    group = Row([Cell([Part("Group")], span=2), "£1.00"], RowKind.GROUP)
    total = Row(["Grand total", "", "£9.00"], RowKind.TOTAL)
    for count in range(20, 40):
        pages = pages_of(report_of(Table(COLUMNS, [*numbered(count), group, *numbered(1), total])))
        holding = [page for page in pages if "Group" in page or "Grand total" in page]
        assert len(holding) == 1


def test_group_and_total_rows_name_themselves_and_span() -> None:
    rows = [Row([Cell([Part("Theme")], span=2), "£1.00"], RowKind.GROUP), *numbered(1)]
    assert Tag("TH", "Row", 2, marks=1) in elements(report_of(Table(COLUMNS, rows)))


def test_money_is_never_broken_and_stands_at_the_right_edge() -> None:
    rows = [Row(["A", "note", "£1.00"]), Row(["B", "note", "£123,456,789,012.34"])]
    data = report_of(Table([Column("A", 50), Column("B", 49), Column("Value", 1, right=True)], rows))
    page = pypdfium2.PdfDocument(data)[0].get_textpage()
    text = page.get_text_bounded()
    assert "£123,456,789,012.34" in text
    ends = []
    for amount in ("£1.00", "£123,456,789,012.34"):
        start, count = page.search(amount, match_case=True).get_next()
        ends.append(page.get_charbox(start + count - 1)[2])
    assert ends[0] == pytest.approx(ends[1], abs=0.3)


def test_a_table_without_heads_has_only_row_heads() -> None:
    columns = [Column("", 1, row_head=True), Column("", 4)]
    tags = Counter(item.name for item in elements(report_of(Table(columns, [Row(["G01", "Source"])]))))
    assert (tags["THead"], tags["TH"], tags["TD"]) == (0, 1, 1)


@pytest.mark.parametrize("cells", [["one"], ["a", "b", "c", "d"], [Cell([Part("x")], span=4)]])
def test_a_row_must_fill_the_columns(cells: list) -> None:
    with pytest.raises(ValueError, match="of 3 columns"):
        report_of(Table(COLUMNS, [Row(cells)]))


def test_a_table_needs_a_row() -> None:
    with pytest.raises(ValueError, match="at least one row"):
        report_of(Table(COLUMNS, []))


@given(st.lists(st.tuples(st.integers(1, 100), st.floats(0, 300)), min_size=1, max_size=9), st.floats(50, 900))
def test_columns_fill_the_width_and_keep_their_least_where_there_is_room(
    columns: list[tuple[int, float]], width: float
) -> None:
    shares, least = [share for share, _ in columns], [need for _, need in columns]
    widths = share_widths(shares, least, width)
    assert all(part >= 0 for part in widths)
    if sum(least) < width - 0.001:
        assert sum(widths) == pytest.approx(width)
        assert all(part >= need - 0.001 for part, need in zip(widths, least, strict=True))


def test_a_column_is_widened_for_a_text_that_stays_whole() -> None:
    fold = "2,500 × 6, then 2,500 × 104,000"
    columns = [Column("What", 9, row_head=True), Column("By year", 1, right=True)]
    whole = report_of(Table(columns, [Row(["Line", Cell([Part(in_segments(fold))])])]))
    (page,) = pages_of(whole)
    assert "2,500 × 6,\r\nthen 2,500 × 104,000" in page.replace(" \r\n", "\r\n")
    words = "figures " * 40
    figures = [Row([words, "£1,000,000,000,000.00", Cell([Part(in_segments(f"3 × 6, then {'9' * 30} × 4"))])])]
    narrow = [Column("What", 1, row_head=True), Column("A" * 60, 1, right=True), Column("B", 1, right=True)]
    assert "9" * 30 in pages_of(report_of(Table(narrow, figures)))[0]


def test_a_mark_stands_before_its_word_and_is_read_to_nobody() -> None:
    columns = [Column("Line", 1, row_head=True), Column("Rating", 2)]
    marked = [Row([mark.name, Cell([Part("Good", mark=mark), Part("2 ÷ 2 = 100.0%")])]) for mark in Mark]
    plain = [Row([mark.name, Cell([Part("Good"), Part("2 ÷ 2 = 100.0%")])]) for mark in Mark]
    with_marks, without = report_of(Table(columns, marked)), report_of(Table(columns, plain))
    assert elements(with_marks) == elements(without)
    assert pages_of(with_marks) == pages_of(without)
    lefts = [left_of(data, "Good") for data in (with_marks, without)]
    assert lefts[0] - lefts[1] == pytest.approx(MARK_ROOM, abs=0.1)
    assert left_of(with_marks, "2 ÷ 2") == pytest.approx(lefts[0], abs=0.6)


def left_of(data: bytes, words: str) -> float:
    text = pypdfium2.PdfDocument(data)[0].get_textpage()
    index, _ = text.search(words).get_next()
    return text.get_charbox(index)[0]


def test_a_marked_row_taller_than_a_page_has_its_mark_once() -> None:
    long = "Words of a very long cell. " * 600
    columns = [Column("Line", 1, row_head=True), Column("Rating", 2)]
    pages = pages_of(report_of(Table(columns, [Row(["1", Cell([Part("Good", mark=Mark.CROSS), Part(long)])])])))
    assert len(pages) > 1
    assert "".join(pages).count("Good") == 1


def test_no_word_is_broken_in_a_column_that_keeps_its_words() -> None:
    figures = [Column(f"Figure {number}", 1, right=True) for number in range(6)]
    columns = [Column("Line", 1, row_head=True), *figures, Column("Rating", 1, words=True)]
    rows = [Row(["1", *["9,999,999,999.99"] * 6, Cell([Part("Requires improvement", mark=Mark.TRIANGLE)])])]
    text = " ".join("".join(pages_of(report_of(Table(columns, rows)))).split())
    assert "Requires improvement" in text
    assert text.count("9,999,999,999.99") == 6


def test_a_whole_table_taller_than_a_page_is_cut_and_leaves_no_page_half_empty() -> None:
    first = [Row([f"Above {index}", "text", "£1.00"]) for index in range(20)]
    pages = pages_of(report_of(Table(COLUMNS, first), Table(COLUMNS, numbered(60), whole=True)))
    assert "Line 1" in pages[0]
    assert pages[1].count("Line ") > 28
    kept = pages_of(report_of(Table(COLUMNS, first), Table(COLUMNS, numbered(25), whole=True)))
    assert "Line 1" not in kept[0]
