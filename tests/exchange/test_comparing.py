"""A file's own figures against what is brought in: every difference is told, with its reason, and adds up."""

import csv
import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest

from tests.exchange.books import book_of, edited, saved
from tests.exchange.examples import AREA, COMMITMENTS, CONTRACT, EDITION, promise
from tests.exchange.previews import read_table
from tomsapp.domain.commitment import Rate
from tomsapp.domain.contract import ContractKind, YearSpend
from tomsapp.domain.menu import Clash, ExclusionGroup
from tomsapp.exchange.tables_xlsx import BookProperties
from tomsapp.exchange.workbook_columns import Role
from tomsapp.exchange.workbook_layout import Template
from tomsapp.exchange.workbook_offer import read_offer_workbook
from tomsapp.exchange.workbook_write import write_workbook

PROPERTIES = BookProperties("Commitments", datetime(2026, 4, 1, tzinfo=UTC))
TEMPLATE = Template(EDITION, (), CONTRACT, AREA, COMMITMENTS)
COMMITMENTS_PART, TOTALS_PART = "xl/worksheets/sheet3.xml", "xl/worksheets/sheet4.xml"
HEAD = ["Code", "Title", "Year 1", "Year 2", "Contract share", "Value"]
S08 = ["S08", "Weeks", 40, 40, 0.25, 4530]
V01 = ["V01", "Cash", 10000, 10000, 1, 200000]


def own(template=TEMPLATE):
    return write_workbook(template, PROPERTIES)


def read(data, edition=EDITION, contract=CONTRACT):
    return read_table(data, "bid.xlsx", edition, contract, AREA)


def table(*rows, head=HEAD, **options):
    return read(book_of(*rows, head=head, **options))


def spot(role, code, year=None, template=TEMPLATE):
    """The name of a cell in the row of a measure."""
    codes = [row.measure.code for row in template.rows]
    return template.cell(role, template.first_row + codes.index(code), year)


def shows(data, part, **cells):
    """The workbook with other results in its cells, as if a spreadsheet program had worked them out."""

    def change(xml):
        for cell, value in cells.items():
            pattern = rf'(<c r="{cell}"[^>]*>(?:<f>[^<]*</f>)?<v>)[^<]*'.encode()
            xml, count = re.subn(pattern, rb"\g<1>" + str(value).encode(), xml)
            assert count == 1, cell
        return xml

    return edited(data, part, change)


def as_text(data, **cells):
    """The workbook with texts in place of numbers, its other cells as they were."""

    def change(xml):
        for cell, value in cells.items():
            pattern = rf'<c r="{cell}"( s="\d+")[^>]*>(<f>[^<]*</f>)?<v>[^<]*</v></c>'.encode()
            new = rf'<c r="{cell}"\1 t="inlineStr"><is><t>{value}</t></is></c>'.encode()
            xml, count = re.subn(pattern, new, xml)
            assert count == 1, cell
        return xml

    return edited(data, COMMITMENTS_PART, change)


def typed_over(data, **cells):
    """The workbook with plain numbers where formulas stood."""

    def change(xml):
        for cell, value in cells.items():
            pattern = rf'<c r="{cell}"( s="\d+")[^>]*><f>[^<]*</f><v>[^<]*</v></c>'.encode()
            xml, count = re.subn(pattern, rf'<c r="{cell}"\1><v>{value}</v></c>'.encode(), xml)
            assert count == 1, cell
        return xml

    return edited(data, COMMITMENTS_PART, change)


def row_of(preview, code):
    return next(row for row in preview.rows if row.measure == code)


def told(preview):
    return [str(problem) for problem in preview.differences]


def test_nothing_is_told_of_a_workbook_that_agrees():
    preview = read(own())
    assert preview.differences == preview.problems == ()
    assert preview.own_total == "The file’s own total is the same: £338,542.32."
    assert {total.name: (total.stated, total.ours) for total in preview.totals[-4:]} == {
        "social value": ("£338,542.32", "£338,542.32"),
        "real pounds": ("£20,000.00", "£20,000.00"),
        "share of contract value": ("13.54%", "13.54%"),
        "employment outcomes": ("12.5", "12.5"),
    }
    row = row_of(preview, "S08")
    assert (row.value, row.stated) == (Decimal("4530.00"), Decimal(4530))


def test_text_that_a_spreadsheet_counts_as_nothing_is_told():
    cells = {spot(Role.QUANTITY, "S08", 0): "40", spot(Role.QUANTITY, "S08", 1): "40"}
    data = shows(as_text(own(), **cells), COMMITMENTS_PART, **{spot(Role.LINE_VALUE, "S08"): 0})
    preview = read(shows(data, TOTALS_PART, B4=334012.32, B6=0.1336))
    row = row_of(preview, "S08")
    assert (row.value, row.stated) == (Decimal("4530.00"), Decimal(0))
    (problem,) = row.problems
    assert problem.message == (
        "It shows £0.00 for social value, and £4,530.00 comes in, because the quantity of 2026/27 is text, which a "
        "spreadsheet counts as 0 and the quantity of 2027/28 is text, which a spreadsheet counts as 0"
    )
    assert preview.own_total == "The file’s own total is £334,012.32, and £338,542.32 comes in."
    total = next(problem for problem in preview.problems if problem.where.sheet == "Totals")
    assert total.message == (
        f"The file’s own total of social value is £334,012.32, and £338,542.32 comes in. Row {row.number}: +£4,530.00"
    )
    assert "13.36%, and 13.54% comes in" in told(preview)[1]


def test_a_share_that_is_text_counts_as_all_of_it_in_the_sheet():
    data = as_text(own(), **{spot(Role.SHARE, "S08"): "25%"})
    preview = read(shows(data, COMMITMENTS_PART, **{spot(Role.LINE_VALUE, "S08"): 18120}))
    assert "shows £18,120.00 for social value, and £4,530.00 comes in, because the contract share is text" in "".join(
        told(preview)
    )


def test_a_deleted_column_of_shares_is_told():
    book = openpyxl.load_workbook(io.BytesIO(own()))
    sheet = book["Commitments"]
    sheet.delete_cols(TEMPLATE.index(Role.SHARE) + 1)
    preview = read(saved(book))
    assert "column-missing" in [problem.code for problem in preview.differences]
    assert "every row counts as 100%" in "".join(told(preview))
    head = [title for title in HEAD if title != "Contract share"]
    (problem,) = table(["S08", "Weeks", 40, 40, 4530], head=head).differences
    assert "counts 25.00% of it, and has no column of contract shares" in problem.message


def test_a_share_column_deleted_in_place_is_a_cause():
    book = openpyxl.load_workbook(io.BytesIO(own()))
    sheet = book["Commitments"]
    sheet.cell(6, TEMPLATE.index(Role.SHARE) + 1).value = None
    number = TEMPLATE.index(Role.LINE_VALUE) + 1
    row = next(cells[0].row for cells in sheet.iter_rows(min_row=7) if cells[0].value == "S08")
    sheet.cell(row, number).value = 4530
    (problem,) = [one for one in row_of(read(saved(book)), "S08").problems if one.code == "value-differs"]
    assert "the figure in column" in problem.message
    assert "the column of contract shares is gone, so that 100% is taken" in problem.message


def test_a_row_under_the_totals_is_told_with_what_it_adds():
    rows = (S08, V01, ["", "Total", "", "", "", 204530], ["S08", "More weeks", 4, 4, 1, 1812])
    preview = table(*rows)
    assert "It stands under the totals in row 4, which do not count it" in told(preview)[1]
    assert preview.own_total == "The file’s own total is £204,530.00, and £206,342.00 comes in."
    assert "Row 5, which stands under the total: +£1,812.00" in told(preview)[0]
    assert [row.number for row in preview.rows] == [2, 3, 5]


def test_a_row_of_totals_is_never_read_as_a_promise():
    for total in (["", "Total", 10040, 10040, "", 204530], ["Grand total", "", 10040, 10040, "", 204530]):
        preview = table(S08, V01, total)
        assert preview.differences == ()
        assert not preview.has_errors
        assert len(preview.commitments) == 2
        assert {one.name: one.stated for one in preview.totals} == {
            "social value": "£204,530.00",
            "the quantities of 2026/27": "10,040",
            "the quantities of 2027/28": "10,040",
        }
    assert table(S08, V01, [None, None, None, None, None, 204530]).own_total.startswith(
        "The file’s own total is the same"
    )


def test_quantities_under_the_table_are_compared_too():
    preview = table(S08, V01, ["", "Total", 10000, 10040, "", 204530])
    (problem,) = preview.differences
    assert "total of the quantities of 2026/27 is 10,000, and 10,040 comes in. No row says why: +40" in problem.message


def test_subtotals_are_right_for_their_part():
    parts = (S08, ["", "Subtotal", 40, 40, "", 4530], V01, ["", "Subtotal", 10000, 10000, "", 200000])
    assert table(*parts).differences == ()
    assert table(*parts, ["", "Grand total", "", "", "", 204530]).differences == ()
    assert len(table(*parts, ["", "Grand total", "", "", "", 204531]).differences) == 1


def test_a_row_that_cannot_come_in_is_part_of_the_difference():
    preview = table(S08, ["X99", "Nothing", 1, 1, 1, 500], ["", "Total", "", "", "", 5030])
    (problem,) = preview.differences
    assert "is £5,030.00, and £4,530.00 comes in. Row 3, which cannot come in: −£500.00" in problem.message


def test_many_rows_are_told_in_one_figure():
    rows = [["S08", "Weeks", 1, 1, 1, 0] for _ in range(20)]
    (problem,) = [one for one in table(*rows, ["", "Total", "", "", "", 0]).problems if one.code == "total-differs"]
    assert "8 more rows: +£3,624.00" in problem.message


def test_an_edited_unit_value_is_told_even_where_the_values_agree():
    data = shows(own(), COMMITMENTS_PART, **{spot(Role.UNIT_VALUE, "S08", 0): 300})
    (problem,) = read(data).differences
    assert problem.message == "Its unit value is £300.00, and the menu’s is £226.50"
    data = shows(data, COMMITMENTS_PART, **{spot(Role.LINE_VALUE, "S08"): 6000})
    assert (
        "£6,000.00 for social value, and £4,530.00 comes in, because its unit value is £300.00" in told(read(data))[-1]
    )
    preview = table(
        ["S30", "Policy", 1, None, 1, 50], head=["Code", "Title", "Year 1", "Year 2", "Share", "Unit value"]
    )
    assert "Its unit value is £50.00, and the menu’s is none" in told(preview)[0]


def test_a_formula_that_was_typed_over_is_told():
    data = typed_over(own(), **{spot(Role.LINE_VALUE, "S08"): 99999})
    (problem,) = row_of(read(data), "S08").problems
    assert "£99,999.00 for social value, and £4,530.00 comes in, because the figure in column" in problem.message
    assert "is typed in, where a formula stood" in problem.message
    data = shows(own(), TOTALS_PART, B4=400000)
    assert "No row says why: −£61,457.68. The total may be typed in" in "".join(told(read(data)))


def test_a_difference_without_a_visible_reason_says_so():
    data = shows(own(), COMMITMENTS_PART, **{spot(Role.LINE_VALUE, "S08"): 1234})
    assert "nothing in the row says why" in told(read(data))[-1]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (18120, "quantity × unit value alone, without the contract share"),
        (4530.01, "the program rounds each year to the penny"),
        (None, "It shows no social value, and £4,530.00 comes in"),
        ("#REF!", "It shows #REF! for social value, and £4,530.00 comes in"),
    ],
)
def test_reasons_that_a_figure_gives_away(value, words):
    (problem,) = table([*S08[:5], value]).differences
    assert words in problem.message


def test_a_figure_that_is_not_stated_and_nothing_is_no_difference():
    assert table(["S30", "Policy", 1, None, 1, None]).differences == ()
    assert table(["S30", "Policy", 1, None, 1, "Counted, not valued"]).differences == ()
    head = [*HEAD[:5], "Employment outcomes"]
    assert table(["S30", "Policy", 1, None, 1, True], head=head).differences == ()
    assert table(["S30", "Policy", 1, None, 1, "none"], head=head).differences == ()


def test_an_error_in_the_total_is_told():
    preview = table(S08, ["", "Total", "", "", "", "#REF!"])
    assert "total of social value is #REF!, and £4,530.00 comes in. The cell shows an error" in told(preview)[0]


def test_what_was_never_worked_out_is_unknown():
    preview = read(saved(openpyxl.load_workbook(io.BytesIO(own()))))
    assert [problem.code for problem in preview.problems] == ["own-total-unknown"]
    assert preview.own_total == "The file’s own total is unknown: its formulas were never worked out."
    assert preview.differences == ()
    (row, *_) = preview.rows
    assert row.stated is None
    assert table(S08[:5], head=HEAD[:5]).own_total == "The file states no total of its own."


def test_a_hidden_column_that_is_read_is_told():
    def hide(sheet):
        sheet.column_dimensions["D"].hidden = True

    (problem,) = table(S08, change=hide).differences
    assert (problem.code, problem.where.column) == ("column-hidden", "D")

    def hide_other(sheet):
        sheet.column_dimensions["B"].hidden = True

    assert table(S08, change=hide_other).differences == ()


def test_the_same_people_are_a_reason():
    group = ExclusionGroup("begun", Clash.DECLARE, "person", ("J01", "J20"), "r", outcomes_once=True)
    edition = replace(EDITION, exclusion_groups=(group,))
    head = ["Code", "Title", "Year 1", "Year 2", "Contract share", "Employment outcomes"]
    rows = (["J01", "Jobs", 6, None, 1, 6], ["J20", "Apprentices", 8, None, 1, 4], ["", "Total", "", "", "", 10])
    (problem,) = read(book_of(*rows, head=head), edition=edition).differences
    assert "is 10, and 6 comes in. The same people are counted once here" in problem.message


def test_an_earlier_layout_counted_jobs_by_contract_years():
    contract = replace(CONTRACT, end_on=date(2027, 9, 30))
    template = Template(EDITION, (), contract, AREA, COMMITMENTS)
    assert spot(Role.OUTCOMES, "J11", template=template)
    data = shows(own(template), COMMITMENTS_PART, **{spot(Role.OUTCOMES, "J11"): 12.5})
    data = edited(data, "xl/sharedStrings.xml", lambda xml: xml.replace(b"<t>3</t>", b"<t>1</t>"))
    (problem,) = row_of(read(data, contract=contract), "J11").problems
    assert "12.5 for employment outcomes, and 16.67 comes in, because an earlier version" in problem.message


def as_csv(*rows):
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["S08", "Weeks", "1", "000", "40", "0.25", "4530"], "has 7 cells, and there are 6 headings"),
        (["S08", "Weeks", "40", "40", "0.25"], "has 5 cells, and there are 6 headings"),
    ],
)
def test_a_csv_row_with_a_cell_too_many_or_too_few_is_told(row, words):
    preview = read_table(as_csv(HEAD, row), "bid.csv", EDITION, CONTRACT, AREA)
    assert [words in one for one in told(preview)].count(True) == 1
    assert "row-width" in [problem.code for problem in preview.differences]


def test_empty_cells_at_the_end_of_a_csv_row_are_nothing():
    rows = (["S08", "Weeks", "40", "40", "0.25", "4530", "", ""], ["", "Total", "40", "40", "", "4530"])
    preview = read_table(as_csv([*HEAD, ""], *rows), "bid.csv", EDITION, CONTRACT, AREA)
    assert preview.differences == ()
    assert preview.own_total == "The file’s own total is the same: £4,530.00."


FRAMEWORK = replace(CONTRACT, kind=ContractKind.FRAMEWORK, spend=(YearSpend(0, Decimal(2_000_000), is_recorded=True),))
RATED = Template(EDITION, (), FRAMEWORK, AREA, (promise(1, "J20", rate=Rate(Decimal(2), Decimal(1_000_000))),))


def test_another_spend_value_reference_and_date_are_told():
    other = replace(
        FRAMEWORK,
        reference="C-2",
        value=Decimal(9),
        end_on=date(2028, 9, 30),
        spend=(YearSpend(0, Decimal(1_000_000)),),
    )
    preview = read(own(RATED), contract=other)
    assert [problem.code for problem in preview.problems][:4] == [
        "other-contract",
        "other-dates",
        "other-value",
        "other-spend",
    ]
    assert "2026/27 has £2,000,000.00 recorded in the workbook and £1,000,000.00 forecast here" in told(preview)[3]
    bare = replace(other, spend=())
    assert "and none here" in told(read(own(RATED), contract=bare))[3]


def test_a_rate_that_is_text_is_a_reason():
    data = as_text(own(RATED), **{spot(Role.RATE, "J20", template=RATED): "2"})
    data = as_text(data, **{spot(Role.RATE_PER, "J20", template=RATED): "1000000"})
    data = shows(data, COMMITMENTS_PART, **{spot(Role.LINE_VALUE, "J20", template=RATED): 0})
    words = told(read(data, contract=FRAMEWORK))[-1]
    assert "the promise per pound is text" in words
    assert "the pounds of the promise per pound are text" in words


def test_a_framework_without_its_columns_is_told():
    book = openpyxl.load_workbook(io.BytesIO(own(RATED)))
    book["Commitments"].delete_cols(RATED.index(Role.RATE) + 1, 2)
    codes = [problem.key for problem in read(saved(book), contract=FRAMEWORK).differences]
    assert codes[:2] == ["column-missing:rate", "column-missing:rate_per"]


def test_an_offer_in_a_workbook_tells_its_differences_too():
    data = shows(own(), COMMITMENTS_PART, **{spot(Role.LINE_VALUE, "S08"): 1234})
    file = read_offer_workbook(shows(data, TOTALS_PART, B4=335246.32), "bid.xlsx", lambda menu, edition: EDITION)
    assert file.own_total == "The file’s own total is £335,246.32, and £338,542.32 comes in."
    assert {problem.code for problem in file.problems} == {"total-differs", "value-differs"}
