"""The commitments at a glance, and every sum."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import pypdf
import pytest

from tests.reports.page_lint import lint
from tests.reports.valuations import (
    CONTRACT,
    EDITION,
    LINES,
    built,
    commitment,
    over_years,
    text_of,
    valued,
    with_measure,
)
from tomsapp.domain.commitment import Rate
from tomsapp.domain.contract import ContractKind, YearSpend
from tomsapp.domain.contract_dates import end_after
from tomsapp.domain.offer import CheckedOffer
from tomsapp.domain.sums import outcome_sum, real_sums, value_sums
from tomsapp.domain.wording import format_pounds
from tomsapp.reports.contract_facts import PrintedValuation


def part(checked: CheckedOffer, start: str, end: str) -> str:
    """What stands between two headings of the pages."""
    return text_of(built(checked)).split(start, 1)[1].split(end, 1)[0]


def glance(checked: CheckedOffer) -> str:
    return part(checked, "Every commitment at a glance", "Policy checks")


def sums(checked: CheckedOffer) -> str:
    return part(checked, "Every sum", "Problems and answers")


def test_each_line_stands_with_number_quantities_value_confidence_and_page():
    text = glance(valued())
    assert "1 Unemployed resident into sustained work J01, for each full-time job for 12 months, Candlemoor" in text
    assert "2 × 1, then 0 2 £20,202.72 50% £20,202.72 High 3" in text
    assert "5 Work experience week, aged 16 to 17 S08, for each week 3 × 40 120 £226.50 25% £6,795.00 Medium 3" in text
    assert "0, then 2 × 2 4 £2,767.43 100% £11,069.72 High 3" in text
    assert "2, then 2 × 3 8 £3,595.97 50% £14,383.89 Medium 3" in text
    assert "Fair work and poverty £151,713.68" in text
    assert "Total of 12 commitments £200,449.39" in text


def test_a_dated_unit_value_is_never_folded():
    text = glance(valued())
    assert "G01, for each tonne CO₂e 4 6 8 18 £306.32 £310.98 £315.72 100% £5,616.92 High" in text
    assert "Line 10: a unit has its own value for each calendar year, as its source publishes it." in text


def test_what_is_only_counted_has_no_value_and_is_not_added():
    lines = (*LINES, commitment("13", "R03", 30, 40, 40, statement="x"))
    text = glance(valued(lines))
    assert "yes – none 100% counted only –" in text
    assert "30%, then 2 × 40% – none 100%" in text


def test_people_of_several_years_are_not_added_up():
    measure = next(one for one in EDITION.measures if one.code == "R05")
    text = glance(valued((commitment("1", measure.code, 250, 250, 250, statement="x"),)))
    assert "3 × 250 – none" in text
    assert "Line 1: the same people may be counted each year, so the years are not added." in text


def test_lines_with_errors_are_marked_and_taken_off_the_total():
    lines = (*LINES, commitment("13", "V04", 1, 1, 1, contract_share=Decimal(2), statement="x"))
    checked = valued(lines)
    for text in (glance(checked), sums(checked)):
        assert "Claimed by 13 commitments £200,542.93" in text
        assert "Not counted until 1 commitment is put right −£93.54" in text
        assert "Can be counted, of 12 commitments £200,449.39" in text
    assert "Has an error: not counted yet" in glance(checked)


def test_notes_say_what_must_be_known_to_read_the_table():
    net = with_measure(
        replace(EDITION.find_measure("J10"), deadweight_share=Decimal("0.25")), discount_rate=Decimal("0.035")
    )
    text = glance(valued(edition=net))
    assert "Line 7: also £15,000.00 in real pounds, a second figure that is never added." in text
    assert "Line 2: the factor under the share is the menu’s; the sum of the line says what it stands for." in text
    assert "£18,944.37 100% × 0.75" in text
    assert "Each later year is divided by 1.035 again; the sums have the factors." in text
    assert "Percentages are cut, never rounded up." in text


def test_a_short_last_year_is_said_in_the_table_and_in_its_lines():
    checked = valued(contract=replace(CONTRACT, end_on=date(2028, 9, 30)))
    told = "2028/29 lasts 6 months only, to 30 September 2028: what is promised there is for that time"
    assert told in glance(checked)
    assert "2028/29 lasts 6 months only. Statement: Timber." in sums(checked)
    assert "15 ÷ 2.5 = 6" in sums(checked)
    # Line 1 promises nothing in that year.
    assert "2 × 50% = 1. Statement: Two posts." in sums(checked)
    assert "only, to" not in glance(valued())


def test_every_line_has_its_sums_and_the_columns_add_up():
    text = sums(valued())
    assert "1 × £20,202.72 × 50% = £10,101.36 in each of 2 years, 2 × £10,101.36 = £20,202.72" in text
    assert "2 × £3,595.97 × 50% = £3,595.97" in text
    assert "3 × £3,595.97 × 50% = £5,393.96 in each of 2 years, 2 × £5,393.96 = £10,787.92 £10,787.92" in text
    assert "2026/27 4 × £306.32 = £1,225.28 £1,225.28 2027/28 6 × £310.98 = £1,865.88" in text
    assert "A contract year takes the value of the calendar year in which it starts: 2026/27 that of 2026." in text
    assert "This contract’s share of it is 25%. Statement: Shared by four." in text
    assert "yes, counted and not valued" in text
    assert "Real pounds: £5,000.00 in each of 3 years, 3 × £5,000.00 = £15,000.00." in text
    assert text.rstrip().endswith("Total of 12 commitments £200,449.39")


@pytest.mark.parametrize("years", [1, 2, 3, 5, 10])
def test_every_sum_is_printed_whatever_the_length_and_every_page_is_upright(years: int):
    checked = over_years(years)
    report = built(checked)
    text = text_of(report)
    for line in checked.valuation.lines:
        printed = [*value_sums(line), *real_sums(line)]
        jobs = outcome_sum(line, checked.offer.contract)
        for one in [*printed, *([jobs] if jobs else [])]:
            assert one.equation in text
            assert one.total_text in text
    sizes = {tuple(round(edge) for edge in sheet.mediabox[2:]) for sheet in pypdf.PdfReader(BytesIO(report.data)).pages}
    assert sizes == {(595, 842)}


def test_sums_of_many_years_that_differ_follow_each_other_and_equal_years_stay_one():
    contract = replace(CONTRACT, end_on=end_after(CONTRACT.start_on, 6))
    lines = (
        commitment("1", "S08", 1, 2, 3, 3, 4, 5, contract_share=Decimal("0.5"), statement="Shared."),
        commitment("2", "S08", 1, 2, 3, statement="Few."),
        commitment("3", "R03", 30, 40, 40, statement="Part."),
        replace(LINES[9], key="4", quantities=tuple(map(Decimal, range(1, 7)))),
    )
    text = sums(valued(lines, contract))
    assert "2026/27: 1 × £226.50 × 50% = £113.25; 2027/28: 2 × £226.50 × 50% = £226.50; 2028/29 to 2029/30: " in text
    assert "3 × £226.50 × 50% = £339.75 in each of 2 years, 2 × £339.75 = £679.50; 2030/31: " in text
    assert "5 × £226.50 × 50% = £566.25. This contract’s share of it is 50%. Statement: Shared." in text
    # A few sums stand under each other, with what each comes to.
    assert "2028/29 3 × £226.50 = £679.50 £679.50" in text
    assert "2026/27: 30%, counted and not valued; 2027/28 to 2028/29: 40% in each of 2 years, counted" in text
    # In the summary the unit values of many years are left to the sums.
    assert "1, 2, 3, 4, 5, 6 21 by year 100%" in glance(valued(lines, contract))


def test_sums_of_very_many_lines_stand_in_the_order_of_their_years():
    lines = tuple(commitment(str(n), "S08", n, n + 1, n + 2, statement=f"Promise {n}.") for n in range(1, 62))
    lines = (*lines, commitment("62", "S08", 7, 7, 8, statement="Two alike."))
    report = built(valued(lines))
    text = text_of(report)
    assert "Sums without their years are those of all years, in order." in text
    assert "2 2 × £226.50 = £453.00; 3 × £226.50 = £679.50; 4 × £226.50 = £906.00. Promise 2." in text
    assert "62 Years 1 and 2: 7 × £226.50 = £1,585.50 each; Year 3: 8 × £226.50 = £1,812.00. Two alike." in text
    assert lint(report.data).faults == []


def test_real_pounds_that_differ_by_year_are_told_one_by_one():
    lines = (commitment("1", "V01", "555.55", "555.55", 10, contract_share=Decimal("0.25"), statement="x"),)
    words = (
        "Real pounds: £555.55 × 25% = £138.89 in each of 2 years, 2 × £138.89 = £277.78; £10.00 × 25% = £2.50; in all"
    )
    assert f"{words} £280.28." in sums(valued(lines))


def test_factors_benefit_discount_and_rates_are_written_out():
    support = replace(
        EDITION.find_measure("H01"),
        deadweight_share=Decimal("0.25"),
        displacement_share=Decimal("0.1"),
        benefit_years=3,
        drop_off_share=Decimal("0.5"),
    )
    edition = with_measure(support, discount_rate=Decimal("0.035"))
    spend = (YearSpend(0, Decimal(2_300_000), True), YearSpend(1, Decimal(1)))
    contract = replace(CONTRACT, kind=ContractKind.FRAMEWORK, spend=spend)
    lines = (
        commitment("1", "H01", 2, 2, None, statement="x"),
        commitment("2", "S08", rate=Rate(Decimal(2), Decimal(1_000_000)), statement="x", cost=Decimal(900)),
    )
    checked = valued(lines, contract, edition)
    text = sums(checked)
    assert "× 0.75 × 0.9 ÷ 1.035 × 1.7164694625… = " in text
    assert "“× 0.75” is from the menu: 25% would have happened anyway." in text
    assert "“÷ 1.035” is from the menu: 3.5% a year: 1.035." in text
    assert "£2,300,000.00 recorded so far × 2 ÷ £1,000,000.00 = 4.6 4.6 × £226.50 = £1,041.90" in text
    assert "2027/28 none: too little is spent for one more unit" in text
    assert "2028/29 none: no spend is given" in text
    assert "It costs the supplier £900.00, as stated." in text
    assert "2 for each £1,000,000.00 of spend" in glance(checked)
    assert "Later years are discounted at 3.5%" in text_of(built(checked))


def test_a_year_outside_a_dated_series_and_a_line_of_nothing_say_so():
    contract = replace(
        CONTRACT, start_on=CONTRACT.start_on.replace(year=2060), end_on=CONTRACT.end_on.replace(year=2062)
    )
    lines = (commitment("1", "G01", 1, 1, statement="x"), commitment("2", "S08", 0, 0, 0))
    checked = valued(lines, contract)
    assert "2060/61 1: the menu has no value for 2060 £0.00" in sums(checked)
    assert "2060/61 to 2061/62 none" in sums(checked)
    assert "S08, for each week 0 0 £226.50 100% £0.00" in glance(checked)


def test_a_contract_year_that_is_a_calendar_year_needs_no_word_on_its_value():
    contract = replace(CONTRACT, start_on=date(2027, 1, 1), end_on=date(2028, 12, 31))
    assert "takes the value of the calendar year" not in sums(valued((LINES[9],), contract))


def test_a_long_statement_stands_after_the_sums():
    lines = (replace(LINES[0], statement="Words of it. " * 100), *LINES[1:])
    report = built(valued(lines))
    text = text_of(report)
    assert "The supplier’s statement is on page 4." in text
    assert "Statements Line 1: Unemployed resident into sustained work Words of it." in text
    assert lint(report.data).faults == []


def many(count: int = 61) -> CheckedOffer:
    """So many lines that each stands once, close."""
    extra = [
        commitment("a", "R03", 30, 40, 40, statement="x", place="X03"),
        commitment("b", "S08", 0, 0, 0),
        commitment("c", "S08", rate=Rate(Decimal(2), Decimal(1_000_000)), statement="Words of it. " * 100),
        commitment("d", "V04", 1, 1, 1, contract_share=Decimal(2), statement="x"),
        commitment("e", "G01", None, 1, 1),
    ]
    lines = tuple(replace(LINES[n % 12], key=str(n)) for n in range(count - len(extra)))
    spend = (YearSpend(0, Decimal(2_000_000)), YearSpend(1, Decimal(2_000_000)), YearSpend(2, Decimal(2_000_000)))
    return valued((*lines, *extra), replace(CONTRACT, kind=ContractKind.FRAMEWORK, spend=spend))


def test_very_many_lines_stand_once_each_with_its_sum():
    checked = many()
    report = built(checked)
    text = text_of(report)
    table = text.split("Every commitment, with its sum", 1)[1].split("Policy checks", 1)[0]
    assert "Every sum" not in text
    assert "Year 1 is 2026/27, year 2 is 2027/28 and year 3 is 2028/29." in table
    assert "S08 Work experience week, aged 16 to 17 for each week, medium confidence. £36,693.00" in table
    alike = "5 Lines 5, 17, 29, 41 and 53, each the same: Each year: 40 × £226.50 × 25% = £2,265.00."
    assert f"{alike} In all 5 × £6,795.00 = £33,975.00." in table
    assert "Years 1 and 2: 1 × £20,202.72 × 50% = £10,101.36 each." in table
    assert "57 Year 1: 30%, counted and not valued; Years 2 and 3: 40%, counted and not valued." in table
    assert "Employment outcomes: 15 ÷ 3 = 5. In every depot. £378,787.50" in table
    assert "each the same: Year 1: yes, counted and not valued. Accredited. counted only" in table
    assert table.count("A contract year takes the value of the calendar year in which it starts") == 1
    assert "£2,000,000.00 forecast by then × 2 ÷ £1,000,000.00 = 4" in table
    assert "Statement: page" in table
    assert "Has an error: not counted yet" in table
    assert "How each published value was made stands in the book of the menu." in text
    assert "Every line with its sum: from page 2." in text
    lines = len(checked.valuation.lines)
    assert f"Claimed by {lines} commitments {format_pounds(checked.valuation.social_value)}" in table
    assert lint(report.data).faults == []


def test_a_short_contract_with_many_lines_names_its_only_year():
    lines = tuple(replace(LINES[4], key=str(n), quantities=(Decimal(2),)) for n in range(61))
    checked = valued(lines, replace(CONTRACT, end_on=date(2027, 3, 31)))
    assert "1 Lines 1 to 61, each the same: Year 1: 2 × £226.50 × 25% = £113.25." in text_of(built(checked))


def test_lines_that_differ_in_place_words_or_figures_stand_apart():
    lines = [replace(LINES[4], key=str(n)) for n in range(61)]
    lines[1] = replace(lines[1], statement="Other words.")
    lines[2] = replace(lines[2], place="X03")
    lines[3] = replace(lines[3], cost=Decimal(5))
    lines[4] = replace(lines[4], statement="Words of it. " * 100)
    table = text_of(built(valued(tuple(lines)))).split("Every commitment, with its sum", 1)[1]
    for row in ("2 Each year: 40 ×", "3 Each year: 40 ×", "4 Each year: 40 ×", "5 Each year: 40 ×"):
        assert f" {row} £226.50 × 25% = £2,265.00. " in table
    assert "1 Lines 1 and 6 to 61, each the same:" in table


def test_a_line_says_what_it_comes_to_at_the_low_and_the_high_of_its_source():
    (line,) = valued((LINES[9],)).valuation.lines
    text = text_of(built(valued((LINES[9],))))
    for year in line.years:
        value = year.unit_value
        assert f"£{value.low:,.2f} and £{value.high:,.2f} in {value.year}" in text
    assert "With these the line is £2,808.54 to £8,425.52." in text
    assert "At the low and at the high of its source one unit is £" in text
    assert "of its source one unit" not in text_of(built(valued((LINES[6],))))


def test_real_pounds_and_jobs_of_a_line_with_an_error_are_claims():
    wrong = tuple(replace(line, contract_share=Decimal("1.5")) for line in (LINES[1], LINES[6]))
    text = text_of(built(valued((*wrong, replace(LINES[6], key="90")))))
    assert "also £37,500.00 in real pounds claimed, of which £15,000.00 can be counted" in text
    assert "£15,000.00 in cash or goods handed over: real pounds, never added (£37,500.00 claimed)" in text
    assert "Real pounds claimed, not counted: £5,000.00 × 150%" in text
    assert "Employment outcomes claimed, not counted: 2 × 150% = 3." in text
    assert "Claimed, of which £15,000.00 can be counted" in text


def test_what_a_sum_is_made_of_is_said_as_it_is_for_each_of_its_measures():
    plain = PrintedValuation(valued()).year_factors
    assert plain == "quantity × unit value × share (if under 100%)"
    more = f"{plain} × the menu’s other factors (where the sum has them)"
    cash = EDITION.find_measure("V01")
    for changed in (
        with_measure(replace(cash, deadweight_share=Decimal("0.1"))),
        with_measure(replace(cash, displacement_share=Decimal("0.1"))),
        with_measure(replace(cash, benefit_years=3)),
        replace(EDITION, discount_rate=Decimal("0.035")),
    ):
        checked = valued(edition=changed)
        assert PrintedValuation(checked).year_factors == more
    text = text_of(built(checked))
    assert text.count(more) == 2, "over the sums and in the method"


def test_a_value_that_the_menu_made_is_not_said_to_be_as_its_source_published_it():
    checked = valued((commitment("1", "V01", 5, 5, 5),))
    assert not any(value.index_from for line in checked.valuation.lines for value in line.measure.unit_values)
    text = text_of(built(checked))
    assert "as its source published it" not in text
    assert "each is the menu’s proxy value, in the prices of its source." in text
