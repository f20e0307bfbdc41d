import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exchange.examples import AREA, COMMITMENTS, CONTRACT, DISCOUNTED, EDITION, promise
from tests.exchange.previews import read_table
from tomsapp.domain.area import Area, Ward
from tomsapp.domain.valuation import value_contract
from tomsapp.exchange.grid import GridCell
from tomsapp.exchange.labelled.read import OfferReader
from tomsapp.exchange.line_identity import LineIdentity, identity_in
from tomsapp.exchange.sheets.opening import open_workbook
from tomsapp.exchange.tables import EXAMPLE_NOTE
from tomsapp.exchange.tables_xlsx import BookProperties
from tomsapp.exchange.workbook_columns import Role, column_letter
from tomsapp.exchange.workbook_layout import Template
from tomsapp.exchange.workbook_read import find_table, read_rows
from tomsapp.exchange.workbook_spare import CHOOSE
from tomsapp.exchange.workbook_write import write_workbook

PROPERTIES = BookProperties("Commitments", datetime(2026, 4, 1, tzinfo=UTC))
ALL = tuple(EDITION.places)
FILLED = Template(EDITION, ALL, CONTRACT, AREA, COMMITMENTS)


def opened(template, properties=PROPERTIES, **options):
    return openpyxl.load_workbook(io.BytesIO(write_workbook(template, properties)), **options)


def heads(sheet):
    return [cell.value for cell in sheet[6]]


def test_the_sheets_stand_in_order_and_the_stamp_is_hidden():
    book = opened(FILLED)
    assert book.sheetnames == ["Read me", "Contract", "Commitments", "Totals", "Guidance", "tomsapp"]
    assert book["tomsapp"].sheet_state == "veryHidden"
    stamp = {row[0].value: row[1].value for row in book["tomsapp"].iter_rows(max_col=2)}
    assert stamp["menu"] == "example"
    assert stamp["edition"] == "2026.1"
    assert stamp["sha256"] == EDITION.sha256
    assert (stamp["layout"], stamp["contract"], stamp["start"]) == ("3", "C-1", "2026-04-01")


def test_a_dated_measure_brings_a_unit_value_for_each_year():
    sheet = opened(FILLED)["Commitments"]
    assert heads(sheet)[:7] == [
        "Code",
        "Measure",
        "For each",
        "Unit value 2026/27",
        "Unit value 2027/28",
        "Fill in: quantity 2026/27",
        "Fill in: quantity 2027/28",
    ]
    carbon = next(row for row in sheet.iter_rows() if row[0].value == "G01")
    assert [cell.value for cell in carbon[3:5]] == [273.06, 277.21]


def test_without_dated_measures_and_factors_there_is_one_unit_value_and_no_factor():
    sheet = opened(Template(EDITION, ("S08",), CONTRACT, AREA))["Commitments"]
    assert heads(sheet)[3:6] == ["Unit value", "Fill in: quantity 2026/27", "Fill in: quantity 2027/28"]
    assert "Other factors" not in heads(sheet)
    assert sheet["K7"].value == "=ROUND(N(E7)*D7*IF(ISNUMBER(G7),G7,1),2)"


def test_a_discounted_edition_shows_its_factors():
    sheet = opened(Template(DISCOUNTED, ("S40",), CONTRACT, AREA))["Commitments"]
    assert [sheet["E5"].value, round(sheet["F5"].value, 9)] == [1, 0.966183575]
    assert sheet["L7"].value == "=ROUND(N(E7)*D7*IF(ISNUMBER(G7),G7,1)*K7*E$5,2)"
    assert sheet["M7"].value.endswith("*F$5,2)")


def test_the_programs_own_values_are_cached():
    book = opened(FILLED, data_only=True)
    sheet, totals = book["Commitments"], book["Totals"]
    valuation = value_contract(CONTRACT, EDITION, [row.commitment for row in FILLED.rows if row.commitment])
    assert [totals[f"B{row}"].value for row in (4, 5, 6, 7)] == [338542.32, 20000, 0.1354, 12.5]
    by_code = {row[0].value: row for row in sheet.iter_rows(min_row=7)}
    for line in valuation.lines:
        cell = by_code[line.measure.code][FILLED.index(Role.LINE_VALUE)]
        assert Decimal(repr(cell.value)) == line.social_value
    assert [sheet[cell].value for cell in ("B4", "C4", "D4", "E4")] == [338542.32, 20000, 0.1354, 12.5]


def test_rows_stand_in_the_menus_order_one_for_each_commitment():
    twice = (*COMMITMENTS, promise(9, "S08", "1", "1"))
    template = Template(EDITION, ("J01", "S08"), CONTRACT, AREA, twice)
    codes = [row.measure.code for row in template.rows]
    assert codes == ["J01", "J11", "S08", "S08", "S30", "S40", "G01", "V01"]
    assert [row.commitment.key for row in template.rows if row.measure.code == "S08" and row.commitment] == ["2", "9"]


def test_only_input_cells_are_unlocked_and_the_sheets_are_protected_without_a_password():
    book = opened(FILLED)
    for sheet in book:
        assert sheet.protection.sheet
        assert not sheet.protection.password
    sheet = book["Commitments"]
    inputs = {index for index, head in enumerate(heads(sheet)) if head.startswith("Fill in")}
    for row in sheet.iter_rows(min_row=7, max_row=6 + len(FILLED.rows)):
        for index, cell in enumerate(row):
            assert cell.protection.locked is (index not in inputs), cell.coordinate
            assert (cell.border.left.style == "thin") is (index in inputs)
    assert all(cell.protection.locked for row in book["Contract"].iter_rows() for cell in row)


def test_facts_that_are_not_known_yet_are_cells_to_fill_in():
    contract = replace(CONTRACT, reference="", title="", supplier="", value=Decimal(0))
    book = opened(Template(EDITION, ALL, contract, AREA, asks_facts=True))
    sheet = book["Contract"]
    assert [sheet[f"A{row}"].value for row in (4, 7)] == ["Fill in: Reference", "Fill in: Value, £ without VAT"]
    assert not any(sheet[f"B{row}"].protection.locked for row in (4, 5, 6, 7))
    assert sheet["B7"].value is None
    assert book["Commitments"]["A1"].value == "Commitments"
    assert "Enter the reference" in book["Read me"]["A5"].value


def validation(sheet, cell):
    (rule,) = [rule for rule in sheet.data_validations.dataValidation if cell in rule.sqref]
    return rule


def test_quantities_are_validated_by_their_unit():
    template = Template(EDITION, ("J01", "J20", "S30", "S31"), CONTRACT, AREA)
    sheet = opened(template)["Commitments"]
    half = validation(sheet, "E7")
    assert half.formula1 == "AND(ISNUMBER(E7),E7>=0,E7<=1000000000,ROUND(E7,2)=E7)"
    assert "Full-time jobs, up to 2 decimals. Counts each person once" in half.prompt
    whole = validation(sheet, "E8")
    assert (whole.type, whole.formula1, whole.formula2) == ("whole", "0", "1000000000")
    yes = validation(sheet, "E9")
    assert (yes.formula2, yes.prompt) == ("1", "1 for yes, 0 for no, whole numbers. Counted in each year.")
    per_cent = validation(sheet, "E10")
    assert per_cent.formula1 == "AND(ISNUMBER(E10),OR(E10=0,E10>1),E10<=100,ROUND(E10,1)=E10)"
    assert per_cent.error == "Enter 80 for 80 per cent: 0, or a number over 1 and up to 100, up to 1 decimal."
    assert validation(sheet, "G7").formula2 == "1"


def test_long_and_odd_names_still_have_their_rule():
    measure = replace(EDITION.measures[0], code="J" * 60, many="x" * 300 + "\x00")
    theme = replace(EDITION.themes[0], outcomes=(replace(EDITION.themes[0].outcomes[0], measures=(measure,)),))
    sheet = opened(Template(replace(EDITION, themes=(theme,)), ("J" * 60,), CONTRACT))["Commitments"]
    rule = validation(sheet, "E7")
    assert (rule.promptTitle, len(rule.prompt)) == ("J" * 32, 255)


def test_wards_come_from_the_area_and_local_measures_leave_outside_out():
    book = opened(Template(EDITION, ("J01", "J20"), CONTRACT, AREA))
    sheet, stamp = book["Commitments"], book["tomsapp"]
    assert [stamp[f"D{row}"].value for row in range(2, 7)] == [
        "Whole borough",
        "Old Town",
        "Harbour & Quays",
        "=Hill",
        "Outside the borough",
    ]
    assert validation(sheet, "H7").formula1 == "tomsapp!$D$2:$D$5"
    assert validation(sheet, "H8").formula1 == "tomsapp!$D$2:$D$6"
    without = opened(Template(EDITION, ("J01",), CONTRACT))["Commitments"]
    assert without["H7"].value in {None, ""}
    assert not [rule for rule in without.data_validations.dataValidation if "H7" in rule.sqref]


def test_guidance_says_what_counts_and_where_the_value_comes_from():
    sheet = opened(Template(EDITION, ("J01", "S30", "G01"), CONTRACT, AREA))["Guidance"]
    rows = {row[0].value: [cell.value for cell in row] for row in sheet.iter_rows(min_row=4)}
    assert rows["J01"][3:6] == ["A resident who had no work.", "A worker who changes jobs.", "Start dates."]
    assert rows["J01"][8] == (
        "£20,202.72 at 2024 prices, as published\nMade-up values, Nobody, 2024. CC0.\nhttps://example.org/values"
    )
    assert rows["G01"][8].startswith("2026: £273.06 at 2024 prices")
    assert rows["S30"][8] == "Counted, not valued"


def test_a_year_outside_a_dated_series_has_no_value():
    later = replace(CONTRACT, start_on=CONTRACT.start_on.replace(year=2028), end_on=CONTRACT.end_on.replace(year=2030))
    sheet = opened(Template(EDITION, ("G01",), later, AREA))["Commitments"]
    assert [sheet["D7"].value, sheet["E7"].value] == [281.4, "No value"]


def test_an_example_says_so_on_every_sheet():
    book = opened(FILLED, BookProperties("t", datetime(2026, 4, 1, tzinfo=UTC), is_example=True))
    for sheet in book.worksheets[:-1]:
        assert sheet["A2"].value.startswith(EXAMPLE_NOTE), sheet.title


def test_the_same_template_gives_the_same_bytes_and_no_macros_or_links():
    data = write_workbook(FILLED, PROPERTIES)
    assert data == write_workbook(FILLED, PROPERTIES)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
    assert not [name for name in names if "vba" in name or "externalLink" in name]


HOSTILE = st.sampled_from(["=1+1", "+1", "-1", "@A1", "http://e.org", "{=1}", "\t=1", "a\x00", "=cmd|' /C calc'!A0"])


OWN_FORMULAS = ("=ROUND(", "=SUM(", "=IF(", "=MAX(", "=Totals!")
"""What a formula of the workbook's own begins with; none of the hostile texts does."""


@settings(max_examples=15, deadline=None)
@given(HOSTILE, HOSTILE, HOSTILE)
def test_hostile_text_never_becomes_a_formula_or_a_link(title, ward, statement):
    measure = replace(EDITION.measures[0], title=title, each=title, guidance=statement, count=(title,))
    outcome = replace(EDITION.themes[0].outcomes[0], measures=(measure,))
    edition = replace(EDITION, title=title, themes=(replace(EDITION.themes[0], title=ward, outcomes=(outcome,)),))
    contract = replace(CONTRACT, reference=statement, title=title, supplier=ward)
    area = Area("a", "A", (Ward("W1", ward),))
    line = promise(1, "J01", "1", "1", statement=statement, place="W1")
    book = opened(Template(edition, ("J01",), contract, area, (line,)))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.hyperlink is None
                assert cell.data_type != "f" or cell.value.startswith(OWN_FORMULAS)
                assert cell.value not in {title, ward, statement} or cell.data_type == "s"


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_their_letters(index, letters):
    assert column_letter(index) == letters


SPARE = Template(EDITION, ("J01", "J20", "S30", "S31"), CONTRACT, AREA, spare_rows=2)
NAMED = Template(
    EDITION, (), CONTRACT, AREA, COMMITMENTS[:2], identities=(LineIdentity(5, 17, 3), LineIdentity(5, 18, 1))
)


def test_rows_at_the_end_take_any_measure_of_the_workbook_from_a_list():
    book = opened(SPARE)
    sheet, stamp = book["Commitments"], book["tomsapp"]
    first = SPARE.spare.start + 1
    assert [stamp[f"L{row}"].value for row in range(2, 7)] == ["J01", "J20", "S30", "S31", None]
    for row in (first, first + 1):
        rule = validation(sheet, f"A{row}")
        assert (rule.type, rule.formula1) == ("list", "tomsapp!$L$2:$L$5")
        assert not sheet[f"A{row}"].protection.locked
    assert validation(sheet, f"E{first}").formula1 == (
        f"AND(ISNUMBER(E{first}),E{first}<=tomsapp!$I$2,OR(E{first}=0,E{first}>tomsapp!$J$2),"
        f"ROUND(E{first},tomsapp!$H$2)=E{first})"
    )
    assert sheet[f"B{first}"].value == f'=IF(tomsapp!$G$2=0,"{CHOOSE}",INDEX(tomsapp!$M$2:$M$5,tomsapp!$G$2))'
    assert sheet.cell(SPARE.total_row + 1, 2).value == "All commitments"
    assert "in two wards, choose its code in one of the rows at the end" in read_me(book)
    assert "in two wards" not in read_me(opened(FILLED))


def read_me(book):
    return " ".join(str(row[0].value) for row in book["Read me"].iter_rows())


def test_what_may_be_typed_there_depends_on_the_unit():
    stamp = opened(SPARE)["tomsapp"]
    assert [[stamp[f"{letter}{row}"].value for letter in "OPQ"] for row in range(2, 6)] == [
        [2, 1_000_000_000, 0], [0, 1_000_000_000, 0], [0, 1, 0], [1, 100, 1],
    ]  # fmt: skip
    assert stamp["H2"].value == "=IF(G2=0,12,INDEX($O$2:$O$5,G2))"


def test_no_rule_is_longer_than_a_spreadsheet_program_takes():
    years = replace(CONTRACT, end_on=CONTRACT.end_on.replace(year=2045))
    sheet = opened(Template(EDITION, ALL, years, AREA, spare_rows=30))["Commitments"]
    assert max(len(rule.formula1) for rule in sheet.data_validations.dataValidation) <= 255


def test_each_row_names_its_line_in_a_hidden_column():
    sheet = opened(NAMED)["Commitments"]
    column = NAMED.index(Role.LINE) + 1
    assert [sheet.cell(row, column).value for row in (6, 7, 8)] == ["Line in the contract", "5/17.3", "5/18.1"]
    assert sheet.column_dimensions[column_letter(column - 1)].hidden
    assert Role.LINE not in {one.role for one in FILLED.columns}
    read = read_table(write_workbook(NAMED, PROPERTIES), "bid.xlsx", EDITION, CONTRACT, AREA)
    assert read.problems == ()


def test_what_a_row_names_is_read_with_it():
    book = open_workbook(write_workbook(NAMED, PROPERTIES), "bid.xlsx")
    found = find_table(OfferReader(EDITION, CONTRACT, AREA, "bid.xlsx"), book)
    read = read_rows(found.grid, found.sheet)
    assert [row.identity for row in read] == list(NAMED.identities)
    assert identity_in(GridCell("5/17")) is None


def test_quantities_have_the_decimals_of_their_unit_so_that_typing_a_per_cent_makes_none():
    template = Template(EDITION, ("J01", "J20"), CONTRACT, AREA, (promise(1, "J20", "3", "1.25"),), spare_rows=1)
    sheet = opened(template)["Commitments"]
    assert [sheet[cell].number_format.partition(";")[0] for cell in ("E7", "E8", "F8", "E9")] == [
        "#,##0.00", "#,##0", "#,##0.00", "#,##0.####",
    ]  # fmt: skip


def test_the_commitments_print_with_their_title_and_reference_on_each_page():
    contract = replace(CONTRACT, reference="26 & 27", title="x" * 300)
    book = opened(Template(EDITION, ALL, contract, AREA))
    sheet = book["Commitments"]
    page = sheet.page_setup
    # One page wide is what a workbook means that says nothing of it.
    assert (page.orientation, page.fitToWidth or 1, page.fitToHeight) == ("landscape", 1, 0)
    assert sheet.print_title_rows == "$6:$6"
    assert sheet.oddFooter.right.text == "Page &P of &N"
    assert sheet.oddFooter.left.text.strip().startswith("26 && 27 xxx")
    assert {one.oddFooter.left.text for one in book.worksheets[:-1]} == {sheet.oddFooter.left.text}
    bare = opened(Template(EDITION, ALL, replace(contract, reference="", title=""), AREA))["Commitments"]
    assert not bare.oddFooter.left.text


def test_without_a_measure_there_is_none_to_choose():
    template = Template(EDITION, (), CONTRACT, AREA, spare_rows=5)
    assert not template.spare
    assert opened(template)["Commitments"].cell(template.total_row + 1, 2).value == "All commitments"
