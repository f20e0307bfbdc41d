import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest

from tests.exchange.books import HEAD, book_of, edited, saved
from tests.exchange.examples import AREA, COMMITMENTS, CONTRACT, EDITION, promise
from tests.exchange.previews import read_table
from tomsapp.domain.problems import Severity
from tomsapp.exchange.numbers import guarded
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.tables_xlsx import BookProperties
from tomsapp.exchange.workbook_layout import Template
from tomsapp.exchange.workbook_write import write_workbook

PROPERTIES = BookProperties("Commitments", datetime(2026, 4, 1, tzinfo=UTC))


def read(data, edition=EDITION, area=AREA, contract=CONTRACT):
    return read_table(data, "bid.xlsx", edition, contract, area)


def codes(row):
    return [problem.code for problem in row.problems]


def only_row(*cells, head=HEAD, **options):
    (row,) = read(book_of(list(cells), head=head, **options)).rows
    return row


def same(commitment, other):
    return replace(commitment, key="") == replace(other, key="")


def test_the_programs_template_comes_back_as_it_was_filled_in():
    data = write_workbook(Template(EDITION, tuple(EDITION.places), CONTRACT, AREA, COMMITMENTS), PROPERTIES)
    preview = read(data)
    assert preview.problems == ()
    assert not preview.has_errors
    given = {commitment.measure: commitment for commitment in COMMITMENTS}
    assert len(preview.rows) == len(preview.commitments) == len(COMMITMENTS)
    for commitment in preview.commitments:
        assert same(commitment, given[commitment.measure])


def test_an_unfilled_template_has_nothing_to_bring():
    preview = read(write_workbook(Template(EDITION, tuple(EDITION.places), CONTRACT, AREA), PROPERTIES))
    assert preview.rows == ()
    assert [problem.code for problem in preview.problems] == ["nothing-filled-in"]
    assert preview.has_errors


def test_a_plain_sheet_is_read_by_its_headings():
    head = ["Measure", "Title", "2026/27", "Quantity 2027-28", "Share", "Place", "Method", "Cost (£)", "Value 2026/27"]
    row = only_row(" s08 ", "Weeks", 40, 0, 0.25, "harbour & quays", "How", 12.34, 2265, head=head)
    wanted = promise(2, "S08", "40", "0", contract_share=Decimal("0.25"), place="E05000002", statement="How")
    assert row.commitment == replace(wanted, cost=Decimal("12.34"))
    assert [problem.message for problem in row.problems] == ["“0.25” has no % sign; it is read as 25%"]
    assert row.problems[0].severity is Severity.NOTE


@pytest.mark.parametrize("heading", ["Year 1", "y1", "Yr 1", "YEAR 1 (quantity)", "2026", 2026, "2026/27", "2026-2027"])
def test_a_year_may_be_written_in_many_ways(heading):
    assert only_row("S08", 7, head=["Code", heading, "Year 2"]).commitment.quantities == (Decimal(7), None)


def test_quantity_alone_is_the_first_year():
    contract = replace(CONTRACT, end_on=date(2027, 3, 31))
    preview = read(book_of(["S08", 7], head=["Code", "Quantity"]), contract=contract)
    assert preview.commitments[0].quantities == (Decimal(7),)


def test_the_table_may_start_lower_on_another_sheet():
    def change(sheet):
        sheet.insert_rows(1, 5)
        sheet.parent.create_sheet("Cover", 0)["A1"] = "Hello"

    preview = read(book_of(["S08", 1, 2], change=change))
    assert preview.rows[0].number == 7


@pytest.mark.parametrize(
    "rows", [[["a", "b"]], [["Code", "Ward"]], [["Year 1", "Year 2"]], [["x"]] * 80 + [["Code", "Year 1"]]]
)
def test_a_workbook_without_the_headings_is_refused(rows):
    with pytest.raises(OfferUnreadable, match="no table of commitments"):
        read(book_of(*rows[1:], head=rows[0]))


def test_headings_that_stand_twice_are_warnings():
    head = ["Code", "Year 1", "Year 2", "Year 1", "Ward", "Place", "Ward", "Colour"]
    preview = read(book_of(["S08", 1, 1, 2, "Old Town", "outside", "outside", "red"], head=head))
    found = [(problem.code, problem.where.column, problem.severity) for problem in preview.problems]
    assert found == [("heading-repeated", letter, Severity.WARNING) for letter in "DFG"]
    assert preview.rows[0].commitment.place == "E05000001"


@pytest.mark.parametrize(
    ("cells", "code", "column", "severity"),
    [
        (("S08", "4.2m", 1), "number-unreadable", "B", Severity.ERROR),
        (("S08", 1, datetime(2026, 1, 1)), "cell-not-a-number", "C", Severity.ERROR),  # noqa: DTZ001
        (("S08", "=1/0", 1), "formula-without-result", "B", Severity.ERROR),
        (("S08", "#REF!", 1), "cell-error", "B", Severity.ERROR),
        (("S08", True, 1), "cell-not-a-number", "B", Severity.ERROR),
        (("S08", -1, 1), "quantity-negative", "B", Severity.ERROR),
        (("S08", 1, 1.25), "quantity-too-precise", "C", Severity.ERROR),
        (("J20", 1.5, 1), "quantity-not-whole", "B", Severity.ERROR),
        (("S08", None, None, None, None, "How"), "quantity-missing", "B", Severity.ERROR),
        (("S08", 1, 1, 200), "share-out-of-range", "D", Severity.ERROR),
        (("S08", 1, 1, "x"), "number-unreadable", "D", Severity.ERROR),
        (("S08", 1, 1, 1, "#N/A"), "cell-error", "E", Severity.ERROR),
        (("J01", 1, 0, 1, "outside", "How"), "outside-area", "E", Severity.ERROR),
        (("#N/A", 1, 1), "cell-error", "A", Severity.ERROR),
        (("S08", "1,25,000", 1), "number-unclear", "B", Severity.ERROR),
        (("S31", 0.8, 1), "per-cent-unclear", "B", Severity.WARNING),
        (("S08", "£40", 1), "number-with-words", "B", Severity.WARNING),
        (("J11", 1, 1), "statement-missing", "F", Severity.WARNING),
        (("J01", 1, 1, 1, "", "How"), "repeated-people", "C", Severity.WARNING),
    ],
)
def test_each_problem_names_sheet_row_and_column(cells, code, column, severity):
    row = only_row(*cells)
    problem = row.problems[0]
    assert (problem.code, problem.where.column, problem.severity) == (code, column, severity)
    assert (problem.where.file, problem.where.sheet, problem.where.row) == ("bid.xlsx", "Sheet1", 2)
    assert (row.commitment is None) is (severity is Severity.ERROR)
    assert problem.message
    assert problem.fix


def test_a_cell_that_cannot_be_read_is_one_problem_and_not_two():
    assert codes(only_row("S08", "x", None)) == ["number-unreadable"]
    assert codes(only_row("S08", 1, 1, "x")) == ["number-unreadable"]


def test_a_row_without_a_code_is_a_problem_unless_it_promises_nothing():
    row = only_row(None, 40, 40)
    assert (codes(row), row.problems[0].where.column, row.commitment) == (["value-missing"], "A", None)
    preview = read(book_of(["S08", 1, 1], [None, None, None, None, None, "Total"], ["S06", None, None, 1, "Old Town"]))
    assert [row.number for row in preview.rows] == [2]


def test_a_code_that_cannot_be_read_is_one_problem():
    assert codes(only_row("#N/A", 1, 1)) == ["cell-error"]


def test_an_unknown_code_or_ward_brings_the_likely_one():
    row = only_row("S8O", 1, 1)
    assert (codes(row), row.problems[0].fix) == (["unknown-measure"], "Did you mean S08?")
    row = only_row("S08", 1, 1, 1, "Old Twon")
    assert (codes(row), row.problems[0].fix) == (["unknown-ward"], "Did you mean Old Town?")


def test_without_an_area_any_ward_is_taken():
    preview = read(book_of(["S08", 1, 1, 1, "Anywhere"]), area=None)
    assert preview.commitments[0].place == "Anywhere"


@pytest.mark.parametrize(("ward", "place"), [("Whole borough", ""), ("OUTSIDE", "outside"), ("e05000001", "E05000001")])
def test_wards_are_known_by_name_code_and_common_words(ward, place):
    assert only_row("S08", 1, 1, 1, ward).commitment.place == place


def test_years_outside_the_contract_are_problems():
    head = ["Code", "Year 1", "Year 2", "Year 3"]
    preview = read(book_of(["S08", 1, 1, 1], head=head))
    assert [(problem.code, problem.where.column) for problem in preview.problems] == [("year-not-in-contract", "D")]
    assert read(book_of(["S08", 1, 1, None], head=head)).problems == ()


@pytest.mark.parametrize("heading", ["2024/25", "2025", "2099/00", "Year 51", "Year 0"])
def test_a_column_of_another_year_is_a_warning(heading):
    preview = read(book_of(["S08", 1, 1, 5], head=["Code", "2026/27", "2027/28", heading]))
    found = [(problem.code, problem.where.column, problem.severity) for problem in preview.problems]
    assert found == [("year-not-in-contract", "D", Severity.WARNING)]
    assert preview.commitments[0].quantities == (Decimal(1), Decimal(1))


def test_a_gap_between_years_is_a_year_without_a_quantity():
    row = only_row("S08", 1, head=["Code", "Year 2"])
    assert row.commitment.quantities == (None, Decimal(1))


def test_a_year_without_a_column_is_blank_and_said():
    preview = read(book_of(["S08", 1], head=["Code", "Year 1"]))
    assert preview.commitments[0].quantities == (Decimal(1), None)
    assert [problem.message for problem in preview.problems] == [
        "There is no column for 2027/28: nothing is promised in it"
    ]


def test_merged_quantities_and_hidden_rows_are_problems():
    row = only_row("S08", 80, None, change=lambda sheet: sheet.merge_cells("B2:C2"))
    assert codes(row) == ["cell-merged", "cell-merged"]

    def hide(sheet):
        sheet.row_dimensions[2].hidden = True

    row = only_row("S08", 1, 1, change=hide)
    assert (codes(row), row.problems[0].severity) == (["row-hidden"], Severity.WARNING)
    assert row.commitment is not None


def test_costs_are_pounds_and_pence():
    head = ["Code", "Year 1", "Year 2", "Cost"]
    assert codes(only_row("S08", 1, 1, -1, head=head)) == ["pounds-negative"]
    assert codes(only_row("S08", 1, 1, 1.005, head=head)) == ["pounds-too-precise"]


def test_a_workbook_made_from_another_menu_or_layout_is_a_warning():
    template = Template(EDITION, ("S08",), CONTRACT, AREA, (promise(1, "S08", "1", "1"),))
    data = write_workbook(template, PROPERTIES)

    def warnings(edition=EDITION, data=data):
        preview = read(data, edition)
        assert len(preview.commitments) == 1
        assert not preview.has_errors
        return [problem.code for problem in preview.problems]

    assert warnings() == []
    assert warnings(replace(EDITION, edition="2027.1")) == ["other-edition"]
    assert warnings(replace(EDITION, sha256="cd" * 32)) == ["other-menu-bytes"]
    broken = openpyxl.load_workbook(io.BytesIO(data))
    broken["tomsapp"]["A9"], broken["tomsapp"]["B9"] = "#REF!", "#REF!"
    assert warnings(data=saved(broken)) == ["own-total-unknown"]
    other = edited(data, "xl/sharedStrings.xml", lambda xml: xml.replace(b"<t>layout<", b"<t>layuot<"))
    assert warnings(data=other) == ["other-layout"]
    for earlier in (b"1", b"2"):
        made_before = edited(
            data, "xl/sharedStrings.xml", lambda xml, earlier=earlier: xml.replace(b"<t>3<", b"<t>%s<" % earlier)
        )
        assert warnings(data=made_before) == []


def as_csv(*rows, delimiter=",", encoding="utf-8-sig"):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def from_csv(data):
    return read_table(data, "bid.csv", EDITION, CONTRACT, AREA)


@pytest.mark.parametrize(("delimiter", "thousand"), [(",", "1,000"), (";", "1 000"), ("\t", "1,000")])
def test_csv_with_the_same_headings_is_read(delimiter, thousand):
    preview = from_csv(as_csv(HEAD, ["S08", "40", thousand, "25%", "=Hill", guarded("=a\nb")], delimiter=delimiter))
    assert codes(preview.rows[0]) == ["number-in-text"] * 2
    commitment = preview.commitments[0]
    assert commitment.quantities == (Decimal(40), Decimal(1000))
    assert (commitment.contract_share, commitment.place, commitment.statement) == (
        Decimal("0.25"),
        "E05000003",
        "=a\nb",
    )


def test_a_csv_problem_names_row_and_column():
    (row,) = from_csv(as_csv([], HEAD, ["S08", "x", "1"])).rows
    assert (row.number, row.problems[0].where.column) == (3, "B")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (as_csv(["a", "b"]), "no table of commitments"),
        (b"", "is empty"),
        (b'Code,Year 1\r\n"S08', "not complete CSV"),
        (b"Code,Year 1\r\n" + b"S08,1\r\n" * 5100, "more than 5,100 rows"),
        (b"x" * (20 * 1024 * 1024 + 1), "larger than 20 MB"),
    ],
)
def test_csv_that_cannot_be_read_is_refused(data, words):
    with pytest.raises(OfferUnreadable, match=words):
        from_csv(data)
