"""What links, bookmarks, repeated names and head cells come to in the finished file."""

from dataclasses import replace
from io import BytesIO

import pikepdf
import pypdf
import pytest

from tests.reports.page_reader import Node, Pages, read_pages
from tests.reports.sample import RUNNING, new_document
from tomsapp.reports.document import BuiltReport
from tomsapp.reports.flowables import (
    Facts,
    Heading,
    KeyFigure,
    KeyFigures,
    NewPage,
    Paragraph,
    Together,
)
from tomsapp.reports.paging import Bookmark
from tomsapp.reports.styles import NOTE, Shape
from tomsapp.reports.table_model import together
from tomsapp.reports.tables import Cell, Column, Part, Row, RowKind, Table
from tomsapp.reports.text import JumpRun, LinkRun, PageRun, Run
from tomsapp.reports.two_columns import TwoColumns

COLUMNS = [
    Column("No.", 10, right=True),
    Column("What", 50, row_head=True),
    Column("By year", 20),
    Column("Social value", 20, right=True),
]


def built(*blocks: object) -> BuiltReport:
    document = new_document()
    document.add(Heading("Title", 1, "top"), *blocks)
    return document.build()


def pages(*blocks: object) -> Pages:
    return read_pages(built(*blocks).data)


def group(name: str = "1 Work", **more: object) -> Row:
    return Row([Cell([Part(name)], span=3), "£1.00"], RowKind.GROUP, **more)


def line(number: int, **more: object) -> Row:
    return Row([str(number), f"Line {number}", "by two", "£1.00"], **more)


def lines(count: int) -> list[Row]:
    return [line(number) for number in range(1, count + 1)]


def cells_of(found: Pages) -> list[Node]:
    return [node for node in found.root.nodes() if node.tag in {"TH", "TD"}]


def test_page_numbers_and_jumps_lead_to_headings_and_rows():
    rows = [line(1), line(2, bookmark=Bookmark("", 0, "two")), line(3, bookmark=Bookmark("Line 3", 1, "three"))]
    words = [Run("See page "), PageRun("two"), Run(" and "), JumpRun("line three", "three"), Run(".")]
    report = built(Paragraph(words), NewPage(), Table(COLUMNS, rows))
    found = read_pages(report.data)
    assert [(link.text, link.target) for link in found.links] == [("Page 2", 2), ("line three", 2)]
    assert found.blocks()[1].text == "See page 2 and line three."
    outline = pypdf.PdfReader(BytesIO(report.data)).outline
    assert [entry.title for entry in outline[1]] == ["Line 3"]
    with pikepdf.open(BytesIO(report.data)) as pdf:
        heights = [float(note.Dest[3]) for note in pdf.pages[0].Annots]
    assert heights[0] > heights[1] > 60


def test_numbers_of_three_digits_have_their_room():
    blocks = [block for _ in range(100) for block in (Paragraph("text"), NewPage())]
    found = pages(Paragraph([Run("On "), PageRun("end"), Run(", as it says.")]), *blocks, Heading("End", 2, "end"))
    assert found.blocks()[1].text == "On 101, as it says."
    assert found.links[0].target == 101


def test_a_page_number_at_the_right_edge_stands_at_the_edge():
    columns = [Column("What", 80, row_head=True), Column("Page", 20, right=True)]
    table = Table(columns, [Row(["Title", Cell([Part([PageRun("top")])])]), Row(["Text", "9"])])
    number, nine = (cell for cell in cells_of(pages(table)) if cell.text in {"1", "9"})
    one, two = next(number.pieces()), next(nine.pieces())
    assert one.x == pytest.approx(two.x, abs=0.1)


def test_a_row_or_a_page_number_without_its_bookmark_is_refused():
    with pytest.raises(ValueError, match="No heading or row has the bookmark 'gone'"):
        built(Paragraph([JumpRun("there", "gone")]))
    with pytest.raises(ValueError, match="Two headings have the bookmark"):
        built(Table(COLUMNS, [line(1, bookmark=Bookmark("", 0, "top"))]))


def test_cells_of_a_table_with_groups_name_their_heads():
    head = Row(["", Cell([Part("Commitment")], span=2), "£1.00"], RowKind.HEAD)
    rows = [group(), head, line(1), group("2 Living well"), line(2)]
    rows.append(Row([Cell([Part("Total")], span=3), "£2.00"], RowKind.TOTAL))
    found = cells_of(pages(Table(COLUMNS, rows)))
    texts = {cell.name: cell.text for cell in found if cell.name}
    said = {cell.text: [texts[name] for name in cell.heads] for cell in found if cell.text in {"Line 1", "Line 2"}}
    assert said["Line 1"] == ["What", "1 Work", "Commitment"]
    assert said["Line 2"] == ["What", "2 Living well"]
    values = [[texts[name] for name in cell.heads] for cell in found if cell.text == "by two"]
    assert values == [["By year", "1 Work", "Commitment", "Line 1"], ["By year", "2 Living well", "Line 2"]]
    assert next([texts[name] for name in cell.heads] for cell in found if cell.text == "£2.00") == [
        "Social value",
        "Total",
    ]
    assert len(texts) == len({cell.name for cell in found if cell.name})


def test_the_names_of_head_cells_are_found_in_the_tree_of_names():
    data = built(Table(COLUMNS, [group(), *lines(2)]), Table(COLUMNS, [group(), *lines(2)])).data
    with pikepdf.open(BytesIO(data)) as pdf:
        names = [str(name) for name in list(pdf.Root.StructTreeRoot.IDTree.Names)[::2]]
    assert names == sorted(names)
    used = {name for cell in cells_of(read_pages(data)) for name in cell.heads}
    assert used <= set(names)


def test_a_simple_table_needs_no_names():
    assert not any(cell.name or cell.heads for cell in cells_of(pages(Table(COLUMNS, lines(3)))))


def test_each_line_of_a_cell_is_a_paragraph_of_its_own():
    cell = Cell([Part("First"), Part("second\nthird")])
    found = pages(Table([Column("A", 1, row_head=True), Column("B", 1)], [Row(["x", cell])]))
    assert next(cell.paragraphs for cell in cells_of(found) if len(cell.paragraphs) > 1) == ["First", "second", "third"]


@pytest.mark.parametrize("count", [40, 60, 90])
def test_rows_that_go_on_say_whose_they_are(count: int):
    head = Row(["3", Cell([Part("Wage")], span=2), "£1.00"], RowKind.HEAD, continued="3 Living wage")
    found = pages(Table(COLUMNS, [group("1 Work"), *lines(count), head, *lines(count)]))
    for sheet in found.sheets[1:]:
        assert "1 Work (continued)" in sheet.around
    last = found.sheets[-1]
    assert "3 Living wage (continued)" in last.around
    assert last.around.index("1 Work") < last.around.index("3 Living")
    assert "3 Living" not in found.sheets[0].around


def test_a_group_ends_with_the_total_and_the_next_group():
    rows = [group("1 Work"), *lines(3), group("2 Home"), *lines(70)]
    found = pages(Table(COLUMNS, rows))
    assert "1 Work" not in found.sheets[1].around
    assert "2 Home (continued)" in found.sheets[1].around


def test_a_name_that_would_fill_the_page_is_not_repeated():
    found = pages(Table(COLUMNS, [group("words " * 200), *lines(80)]))
    assert not any("(continued)" in sheet.around for sheet in found.sheets)


def test_rows_that_belong_together_move_together():
    block = together([line(number) for number in range(101, 106)])
    for before in range(20, 34):
        found = pages(Table(COLUMNS, [*lines(before), *block, *lines(20)]))
        where = {
            cell.first_page() for cell in cells_of(found) if cell.text.startswith("Line 10") and len(cell.text) == 8
        }
        assert len(where) == 1
    assert together([]) == []


def test_blocks_that_belong_together_and_notes_move_with_what_they_belong_to():
    for count in range(300, 420, 20):
        found = pages(
            Paragraph("words " * count),
            Together([Paragraph("one"), Table(COLUMNS, lines(6)), Paragraph("two")]),
            Paragraph("A note.", NOTE),
        )
        kept = [block.first_page() for block in found.blocks()[2:]]
        assert len(set(kept)) == 1


def test_a_section_that_goes_on_says_so_over_all_that_repeats():
    table = Table(COLUMNS, [group(), *lines(80)])
    rest = [Paragraph("words")] * 60
    found = pages(Heading("Wage", 2), Heading("J11 Wage", 3), Paragraph("words"), table, Heading("Rest", 2), *rest)
    around = found.sheets[1].around
    assert around.index("J11 Wage (continued)") < around.index("No. What") < around.index("1 Work (continued)")
    assert "J11 Wage (continued)" not in found.sheets[0].around
    assert "J11 Wage (continued)" not in found.sheets[-1].around
    assert "Rest (continued)" in found.sheets[-1].around


def test_a_page_that_begins_with_a_smaller_heading_says_what_goes_on_there():
    for after in (NewPage(), NewPage(Shape.LANDSCAPE)):
        found = pages(Heading("Sources", 2), Paragraph("words"), after, Heading("Index", 3), Paragraph("words"))
        assert "Sources (continued)" in found.sheets[1].around
        found = pages(Heading("Sources", 2), Paragraph("words"), after, Heading("Method", 2), Paragraph("words"))
        assert "(continued)" not in found.sheets[1].around


def test_the_title_of_a_paper_is_no_section():
    found = pages(*[Paragraph("words")] * 80)
    assert "(continued)" not in found.sheets[1].around


def test_a_list_in_two_columns_is_one_table_read_down():
    tables = [Table(COLUMNS, [group(), *lines(count)]) for count in (120, 50)]
    found = pages(TwoColumns(tables))
    (table,) = [block for block in found.blocks() if block.tag == "Table"]
    assert [cell.text for cell in table.nodes() if cell.text.startswith("Line ")] == [f"Line {n}" for n in range(1, 51)]
    assert len(found.sheets) == 1
    left, right = (next(cell.pieces()) for cell in cells_of(found) if cell.text in {"Line 1", "Line 50"})
    assert right.x - left.x > 200
    assert "1 Work (continued)" in found.sheets[0].around


def test_a_list_that_fits_no_page_takes_several():
    found = pages(TwoColumns([Table(COLUMNS, lines(150))]))
    assert len(found.sheets) == 3
    assert sum(cell.text.startswith("Line ") for cell in cells_of(found)) == 150


def test_key_figures_need_no_label_and_never_break_a_figure():
    value = "£1,000,000,000,000.00"
    figures = [KeyFigure("", value, "in cash to local groups, handed over in each of the years")] * 4
    found = pages(KeyFigures(figures))
    told = [block.text for block in found.blocks() if block.tag == "P"]
    assert all(text.startswith(f"{value} in cash") for text in told)
    pieces = [piece for piece in found.root.pieces() if "£" in piece.text]
    assert [piece.text.strip() for piece in pieces] == [value] * 4
    assert {piece.size < 18 for piece in pieces} == {True}


def test_facts_stand_side_by_side_with_their_links():
    found = pages(Facts([("Status", "Draft."), ("Check it", [Run("Page "), PageRun("top"), Run(".")])]))
    assert [block.text for block in found.blocks()[1:]] == ["Status Draft.", "Check it Page 1."]
    long = pages(Facts([("Status", "words " * 2_000), ("Version", "1")]))
    assert len(long.sheets) > 1


def test_a_draft_is_marked_in_head_and_foot_of_every_page():
    document = new_document(replace(RUNNING, draft="not signed, figures may change."))
    document.add(Heading("Title", 1), NewPage(), Paragraph("more"))
    for sheet in read_pages(document.build().data).sheets:
        assert sheet.around.count("DRAFT") == 2
        assert "DRAFT: not signed, figures may change." in sheet.around
    assert not any("DRAFT" in sheet.around for sheet in pages(NewPage(), Paragraph("more")).sheets)


def test_a_mark_of_other_words_and_a_long_reason():
    reason = "because " * 100
    document = new_document(replace(RUNNING, draft=reason, mark="WITHDRAWN", council="Council " * 40))
    document.add(Heading("Title", 1))
    around = read_pages(document.build().data).sheets[0].around
    assert around.count("WITHDRAWN") == 2
    assert around.split("WITHDRAWN:")[1].rstrip().endswith("…")
    assert RUNNING.note in around


def test_web_links_and_links_inside_stand_in_one_line():
    found = pages(Paragraph([LinkRun("the table", "https://www.gov.uk/x"), Run(" on page "), PageRun("top")]))
    assert [(link.address, link.target) for link in found.links] == [("https://www.gov.uk/x", 0), ("", 1)]
