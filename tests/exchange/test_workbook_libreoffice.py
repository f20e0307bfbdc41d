"""The workbook's own formulas, worked out by LibreOffice, against the program's exact values."""

import io
import random
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest

from tests.exchange.examples import AREA, CONTRACT, DISCOUNTED, EDITION, promise
from tests.exchange.previews import read_table
from tomsapp.domain.commitment import Rate
from tomsapp.domain.contract import Contract, ContractKind, YearSpend
from tomsapp.domain.contract_dates import end_after
from tomsapp.domain.menu import Clash, Counts, ExclusionGroup
from tomsapp.domain.money import decimal_places, round_down, round_half_away
from tomsapp.domain.rollup import totals_by
from tomsapp.domain.valuation import value_contract
from tomsapp.exchange.labelled.read import OfferReader
from tomsapp.exchange.line_identity import LineIdentity
from tomsapp.exchange.sheets.opening import open_workbook
from tomsapp.exchange.tables_xlsx import BookProperties
from tomsapp.exchange.workbook_columns import Role
from tomsapp.exchange.workbook_layout import Template
from tomsapp.exchange.workbook_read import find_table, read_rows
from tomsapp.exchange.workbook_spare import CHOOSE
from tomsapp.exchange.workbook_write import write_workbook

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]

PROPERTIES = BookProperties("Commitments", datetime(2026, 4, 1, tzinfo=UTC))
THREE_YEARS = Contract("C-3", Decimal(2_500_000), date(2026, 4, 1), end_after(date(2026, 4, 1), 3))
ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>"""


def recalculated(data, folder):
    """The workbook after LibreOffice opened, recalculated and saved it; its cached results are spoilt first."""
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(ALWAYS_RECALCULATE, encoding="utf-8")
    source = folder / "template.xlsx"
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(source, "w") as new:
        for part in old.infolist():
            new.writestr(part, re.sub(rb"</f><v>[^<]*</v>", b"</f><v>-1</v>", old.read(part)))
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xlsx"]
    subprocess.run(
        [*command, "--outdir", str(folder / "out"), str(source)], check=True, capture_output=True, timeout=180
    )
    return openpyxl.load_workbook(folder / "out" / "template.xlsx", data_only=True)


def lines(edition, contract, count):
    """Commitments for every measure with the quantities and shares that make half-pennies."""
    chance = random.Random(1)
    made = []
    for number in range(1, count + 1):
        measure = chance.choice(edition.measures)
        most = min(int(measure.unit.most or 20_000), 20_000)
        scale = 10**measure.decimals
        quantities = [str(Decimal(chance.randint(0, most * scale)) / scale) for _ in contract.years]
        share = Decimal(chance.choice(["1", "0.5", "0.25", "0.05", "0.125", "0.333333"]))
        made.append(promise(number, measure.code, *quantities, contract_share=share, statement="x"))
    return tuple(made)


def half_pennies(valuation):
    exact = (year.steps[-2].result for line in valuation.lines for year in line.years if year.steps)
    return sum(1 for value in exact if (value * 1000) % 10 == 5)


@pytest.mark.parametrize("edition", [EDITION, DISCOUNTED], ids=["undiscounted", "discounted"])
def test_live_values_and_totals_equal_the_programs_own(edition, tmp_path):
    template = Template(edition, (), THREE_YEARS, AREA, lines(edition, THREE_YEARS, 1000))
    book = recalculated(write_workbook(template, PROPERTIES), tmp_path)
    valuation = value_contract(THREE_YEARS, edition, [row.commitment for row in template.rows])
    assert half_pennies(valuation) > 40

    sheet = book["Commitments"]
    for number, line in enumerate(valuation.lines, start=template.first_row):
        for year in line.years:
            cell = sheet[template.cell(Role.VALUE, number, year.year.index)]
            assert pounds(cell) == year.social_value, (cell.coordinate, year.steps)
        assert pounds(sheet[template.cell(Role.LINE_VALUE, number)]) == line.social_value
        if line.measure.real_pounds:
            assert pounds(sheet[template.cell(Role.REAL_POUNDS, number)]) == line.real_pounds

    totals = book["Totals"]
    assert pounds(totals["B4"]) == valuation.social_value
    assert pounds(totals["B5"]) == valuation.real_pounds
    assert ratio(totals["B6"], 9) == round_down(valuation.share_of_contract_value, 4)
    assert ratio(totals["B7"], 4) == round_half_away(valuation.employment_outcomes, 4)
    by_theme = totals_by(valuation.lines, lambda line: line.place.theme.number)
    stated = {int(totals.cell(row, 1).value[0]): (totals.cell(row, 2), totals.cell(row, 3)) for row in (10, 11, 12)}
    for theme, (social, real) in stated.items():
        assert (pounds(social), pounds(real)) == (by_theme[theme].social_value, by_theme[theme].real_pounds)
    assert ratio(sheet["C4"], 2) == valuation.real_pounds
    assert ratio(sheet["B4"], 2) == valuation.social_value


def test_promises_per_pound_are_cut_as_the_program_cuts_them(tmp_path):
    chance = random.Random(2)
    spend = tuple(YearSpend(year, Decimal(chance.randint(0, 4 * 10**8)) / 100, year == 0) for year in (0, 1, 2))
    contract = replace(THREE_YEARS, kind=ContractKind.FRAMEWORK, end_on=date(2028, 9, 30), spend=spend)
    # Rates that come out just at, under and over a whole unit, and any others
    whole = [(Decimal(chance.randint(1, 400)) / 100, Decimal(chance.choice([7, 100, 1000, 10**6]))) for _ in range(300)]
    near = [(spend[0].amount * 10**4, spend[0].amount * 10**4 + step) for step in (-1, 0, 1)]
    rates = [
        *whole,
        *((Decimal(1), per / 10**4) for _, per in near),
        (Decimal("2.3"), Decimal(1)),
        (Decimal("0.7"), 10),
    ]
    made = tuple(
        promise(number, chance.choice(EDITION.measures).code, rate=Rate(rate, Decimal(per)), contract_share=share)
        for number, (rate, per) in enumerate(rates, start=1)
        for share in (Decimal(chance.choice(["1", "0.25"])),)
    )
    made += lines(EDITION, contract, 100)
    template = Template(EDITION, (), contract, AREA, made)
    book = recalculated(write_workbook(template, PROPERTIES), tmp_path)
    valuation = value_contract(contract, EDITION, [row.commitment for row in template.rows])
    assert contract.length_in_years == Fraction(5, 2)
    sheet = book["Commitments"]
    for number, line in enumerate(valuation.lines, start=template.first_row):
        for year in line.years:
            cell = sheet[template.cell(Role.COUNTED, number, year.year.index)]
            assert Decimal(f"{cell.value:.15g}") == year.quantity, (cell.coordinate, line.commitment.rate)
            assert pounds(sheet[template.cell(Role.VALUE, number, year.year.index)]) == year.social_value
        outcomes = sheet[template.cell(Role.OUTCOMES, number)]
        if line.measure.employment_outcome:
            assert ratio(outcomes, 4) == round_half_away(line.employment_outcomes, 4)
    totals = book["Totals"]
    assert pounds(totals["B4"]) == valuation.social_value
    assert pounds(totals["B5"]) == valuation.real_pounds
    assert ratio(totals["B7"], 4) == round_half_away(valuation.employment_outcomes, 4)
    assert [pounds(book["Contract"][f"E{row}"]) for row in (13, 14, 15)] == [
        sum((one.amount for one in spend[: year + 1]), Decimal(0)) for year in (0, 1, 2)
    ]


CROWDED = replace(
    EDITION,
    exclusion_groups=(
        ExclusionGroup("begun", Clash.DECLARE, "person", ("J01", "J20"), "r", outcomes_once=True),
        ExclusionGroup("raised", Clash.DECLARE, "person", ("J11",), "r", against=("J20",), outcomes_once=True),
    ),
)


@pytest.mark.parametrize("quantities", [("6", "8", "4"), ("1", "2", "30"), ("9", "1", "2")])
def test_the_same_people_count_once_in_the_total(quantities, tmp_path):
    made = tuple(
        promise(number, code, quantity, "", "", statement="x")
        for number, (code, quantity) in enumerate(zip(("J01", "J11", "J20"), quantities, strict=True), start=1)
    )
    contract = replace(THREE_YEARS, end_on=date(2027, 10, 31), value=Decimal(999))
    made = tuple(replace(line, quantities=line.quantities[:2]) for line in made)
    template = Template(CROWDED, (), contract, AREA, made)
    book = recalculated(write_workbook(template, PROPERTIES), tmp_path)
    valuation = value_contract(contract, CROWDED, made)
    assert valuation.outcome_overlaps
    assert ratio(book["Totals"]["B7"], 4) == round_half_away(valuation.employment_outcomes, 4)
    assert ratio(book["Commitments"][template.cell(Role.OUTCOMES, template.total_row)], 4) == round_half_away(
        valuation.employment_outcomes, 4
    )
    assert "J01, J11, J20" in book["Totals"]["D7"].value


@pytest.mark.parametrize(("years", "others"), [(("2", "3", "1"), "4"), (("5", "", "2"), "0"), (("1", "1", "1"), "1")])
def test_people_of_several_years_and_rows_count_once_in_the_total(years, others, tmp_path):
    theme = CROWDED.themes[0]
    once = tuple(replace(one, counts=Counts.ONCE) for one in theme.outcomes[0].measures)
    edition = replace(
        CROWDED, themes=(replace(theme, outcomes=(replace(theme.outcomes[0], measures=once), *theme.outcomes[1:])),)
    )
    made = (
        promise(1, "J01", *years, statement="x"),
        promise(2, "J01", "", others, "", contract_share=Decimal("0.5"), statement="x"),
        promise(3, "J20", "2", "2", "", statement="x"),
    )
    template = Template(edition, (), THREE_YEARS, AREA, made)
    valuation = value_contract(THREE_YEARS, edition, made)
    assert valuation.outcomes_repeated
    totals = recalculated(write_workbook(template, PROPERTIES), tmp_path)["Totals"]
    assert ratio(totals["B7"], 4) == round_half_away(valuation.employment_outcomes, 4)
    assert "just the largest number of one year and row" in totals["D7"].value


@pytest.mark.parametrize("pence", [5_000_000, 4_999_999, 12_345_678, 33_333_333, 999_999_99])
def test_the_share_of_the_contract_value_is_cut(pence, tmp_path):
    made = (promise(1, "V01", str(Decimal(pence) / 1000), "", "", statement="x"),)
    contract = replace(THREE_YEARS, value=Decimal(1_000_000))
    book = recalculated(write_workbook(Template(EDITION, (), contract, AREA, made), PROPERTIES), tmp_path)
    share = value_contract(contract, EDITION, made).share_of_contract_value
    assert ratio(book["Totals"]["B6"], 9) == round_down(share, 4)


def pounds(cell):
    """The cell's number to 15 digits, as it is shown; it must be whole pennies. A record-only measure has none."""
    if cell.value is None:
        return Decimal(0)
    number = Decimal(f"{cell.value:.15g}")
    assert decimal_places(number) <= 2, (cell.coordinate, cell.value)
    return number


def ratio(cell, places):
    return round_half_away(Fraction(Decimal(repr(cell.value))), places)


def test_what_a_user_did_to_the_sheet_is_told_after_it_was_worked_out(tmp_path):
    """Text for numbers, an edited unit value, a figure typed over, a row under the totals: saved by LibreOffice."""
    made = (
        promise(1, "J20", "10", "10"),
        promise(2, "S08", "40", "40", contract_share=Decimal("0.25")),
        promise(3, "V01", "100", "100"),
        promise(4, "V02", "10", "10"),
    )
    template = Template(EDITION, (), CONTRACT, AREA, made)
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(template, PROPERTIES)))
    sheet = book["Commitments"]
    at = {row.measure.code: number for number, row in enumerate(template.rows, template.first_row)}
    sheet[template.cell(Role.QUANTITY, at["S08"], 0)].value = "40"
    sheet[template.cell(Role.SHARE, at["S08"])].value = "25%"
    sheet[template.cell(Role.UNIT_VALUE, at["J20"])].value = 2000
    sheet[template.cell(Role.VALUE, at["V01"], 0)].value = 7777
    under = template.total_row + 2
    sheet[template.cell(Role.CODE, under)].value = "S06"
    sheet[template.cell(Role.QUANTITY, under, 0)].value = 3
    file = io.BytesIO()
    book.save(file)
    recalculated(file.getvalue(), tmp_path)
    data = (tmp_path / "out" / "template.xlsx").read_bytes()
    preview = read_table(data, "bid.xlsx", EDITION, CONTRACT, AREA)
    said = {row.measure: " ".join(problem.message for problem in row.problems) for row in preview.rows}
    assert "£9,060.00 for social value, and £4,530.00 comes in, because the quantity of 2026/27 is text" in said["S08"]
    assert "the contract share is text" in said["S08"]
    assert "because its unit value is £2,000.00, and the menu’s is £1,000.00" in said["J20"]
    assert "is typed in, where a formula stood" in said["V01"]
    assert f"it stands under the totals in row {template.total_row + 1}" in said["S06"]
    assert said["V02"] == ""
    # 9,060 + 40,000 + 8,777 + 1.62 in the sheet; 20,000 + 4,530 + 2,000 + 1.62 + 1,500 here
    assert preview.own_total == "The file’s own total is £57,838.62, and £28,031.62 comes in."
    total = next(one for one in preview.differences if one.where.sheet == "Totals" and "social value" in one.message)
    assert "No row says why" not in total.message


def test_an_unfilled_workbook_shows_nothing_and_no_errors(tmp_path):
    template = Template(EDITION, tuple(EDITION.places), CONTRACT, AREA, asks_facts=True)
    book = recalculated(write_workbook(template, PROPERTIES), tmp_path)
    assert [book["Totals"][f"B{row}"].value for row in (4, 5, 6, 7)] == [0, 0, 0, 0]
    assert not [cell for sheet in book for row in sheet for cell in row if cell.data_type == "e"]


def filled_in(data, template, made):
    """The workbook with these commitments typed into the rows in which the measure is chosen."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["Commitments"]
    for row, commitment in zip(template.spare, made, strict=False):
        sheet[template.cell(Role.CODE, row)].value = commitment.measure
        for year, quantity in enumerate(commitment.quantities):
            sheet[template.cell(Role.QUANTITY, row, year)].value = quantity
        sheet[template.cell(Role.SHARE, row)].value = commitment.contract_share
        sheet[template.cell(Role.WARD, row)].value = template.ward_name(commitment.place)
        if commitment.rate is not None:
            sheet[template.cell(Role.RATE, row)].value = commitment.rate.quantity
            sheet[template.cell(Role.RATE_PER, row)].value = commitment.rate.per_pounds
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def check_spare_rows(edition, contract, made, chosen, tmp_path):
    """All that the workbook works out where some promises stand in the rows in which the measure is chosen."""
    template = Template(edition, tuple(edition.places), contract, AREA, made, spare_rows=len(chosen) + 3)
    data = filled_in(write_workbook(template, PROPERTIES), template, chosen)
    book = recalculated(data, tmp_path)
    every = [*(row.commitment for row in template.rows if row.commitment is not None), *chosen]
    valuation = value_contract(contract, edition, every)
    sheet, totals = book["Commitments"], book["Totals"]
    lines_of_chosen = valuation.lines[len(every) - len(chosen) :]
    for row, line in zip(template.spare, lines_of_chosen, strict=False):
        assert sheet[template.cell(Role.TITLE, row)].value == line.measure.title
        for year in line.years:
            assert pounds(sheet[template.cell(Role.VALUE, row, year.year.index)]) == year.social_value
        assert pounds(sheet[template.cell(Role.LINE_VALUE, row)]) == line.social_value
        real, jobs = sheet[template.cell(Role.REAL_POUNDS, row)], sheet[template.cell(Role.OUTCOMES, row)]
        assert (Decimal(0) if real.value in {None, ""} else pounds(real)) == line.real_pounds
        assert (0 if jobs.value in {None, ""} else ratio(jobs, 4)) == round_half_away(line.employment_outcomes, 4)
    unused = template.spare[-1]
    assert sheet[template.cell(Role.TITLE, unused)].value == CHOOSE
    assert sheet[template.cell(Role.LINE_VALUE, unused)].value in {None, ""}
    assert pounds(totals["B4"]) == valuation.social_value
    assert pounds(totals["B5"]) == valuation.real_pounds
    assert ratio(totals["B7"], 4) == round_half_away(valuation.employment_outcomes, 4)
    by_theme = totals_by(valuation.lines, lambda line: line.place.theme.number)
    for row in range(10, 10 + len(edition.themes)):
        theme = by_theme[int(totals.cell(row, 1).value[0])]
        assert (pounds(totals.cell(row, 2)), pounds(totals.cell(row, 3))) == (theme.social_value, theme.real_pounds)
    assert not [cell for one in book for row in one for cell in row if cell.data_type == "e"]
    return template, (tmp_path / "out" / "template.xlsx").read_bytes(), every


@pytest.mark.parametrize("edition", [EDITION, DISCOUNTED], ids=["undiscounted", "discounted"])
def test_a_measure_that_is_chosen_a_second_time_is_valued_and_counted_as_every_other(edition, tmp_path):
    made = lines(edition, THREE_YEARS, 20)
    chosen = tuple(
        replace(line, statement="", place="E05000001", key=str(100 + number))
        for number, line in enumerate(lines(edition, THREE_YEARS, 60)[20:])
    )
    template, data, every = check_spare_rows(edition, THREE_YEARS, made, chosen, tmp_path)
    rows = read_table(data, "bid.xlsx", edition, THREE_YEARS, AREA).rows
    assert [row.measure for row in rows] == [one.measure for one in every if any(one.quantities)]
    assert {row.commitment.place for row in rows if row.number > template.spare.start} == {"E05000001"}
    assert not [one for row in rows for one in row.problems if one.code in {"value-differs", "total-differs"}]


def test_a_measure_that_is_chosen_may_be_promised_per_pound(tmp_path):
    spend = tuple(YearSpend(year, Decimal("1234567.89") + year, year == 0) for year in (0, 1, 2))
    contract = replace(THREE_YEARS, kind=ContractKind.FRAMEWORK, end_on=date(2028, 9, 30), spend=spend)
    chosen = tuple(
        promise(number, measure.code, rate=Rate(Decimal("2.3"), Decimal(per)), contract_share=Decimal("0.25"))
        for number, (measure, per) in enumerate(
            ((measure, per) for measure in EDITION.measures for per in ("7", "1000")), start=1
        )
    )
    check_spare_rows(EDITION, contract, (), chosen, tmp_path)


@pytest.mark.parametrize("counts", [Counts.ONCE, Counts.EACH_YEAR])
def test_people_of_a_measure_that_is_chosen_count_once(counts, tmp_path):
    theme = CROWDED.themes[0]
    measures = tuple(replace(one, counts=counts) for one in theme.outcomes[0].measures)
    edition = replace(
        CROWDED, themes=(replace(theme, outcomes=(replace(theme.outcomes[0], measures=measures), *theme.outcomes[1:])),)
    )
    made = (promise(1, "J01", "2", "3", "1", statement="x"), promise(2, "J20", "2", "2", "", statement="x"))
    chosen = (promise(3, "J01", "", "4", "9"), promise(4, "J11", "6", "8", "4"), promise(5, "J20", "1", "", ""))
    check_spare_rows(edition, THREE_YEARS, made, chosen, tmp_path)


def test_the_workbook_comes_back_as_opendocument(tmp_path):
    """Suppliers fill it in with LibreOffice and save it as such."""
    made = lines(EDITION, CONTRACT, 30)
    named = tuple(LineIdentity(5, number, 1) for number in range(len(made)))
    template = Template(EDITION, tuple(EDITION.places), CONTRACT, AREA, made, identities=named, spare_rows=3)
    data = write_workbook(template, PROPERTIES)
    (tmp_path / "template.xlsx").write_bytes(data)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "ods",
         "--outdir", str(tmp_path / "out"), str(tmp_path / "template.xlsx")],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    saved = (tmp_path / "out" / "template.ods").read_bytes()
    reader = OfferReader(EDITION, CONTRACT, AREA, "bid.ods")
    before, after = (find_table(reader, open_workbook(each, "bid.ods")) for each in (data, saved))
    assert read_rows(after.grid, after.sheet) == read_rows(before.grid, before.sheet)
    preview = read_table(saved, "bid.ods", EDITION, CONTRACT, AREA)
    assert (preview.problems, preview.own_total.partition(":")[0]) == ((), "The file’s own total is the same")
