from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.reports.conformance import faults_of
from tests.reports.valuations import CONTEXT, fonts, text_of, written
from tests.reports.verapdf import broken_rules
from tomsapp.domain.portfolio import (
    ContractAttention,
    Grouping,
    MenuUse,
    PolicyCount,
    PortfolioFigures,
    PortfolioRow,
)
from tomsapp.domain.rollup import PlainCount
from tomsapp.reports.document import BuiltReport
from tomsapp.reports.portfolio_report import build_portfolio_report


def row(key: str, name: str, social: str, real: str = "0.00", commitments: int = 1, **more: object) -> PortfolioRow:
    return PortfolioRow(key, name, Decimal(social), Decimal(real), commitments, **more)


FIGURES = PortfolioFigures(
    filters=("theme 1, Fair work and poverty", "supplier <b>Lamp & Sons"),
    contracts=2,
    suppliers=2,
    commitments=3,
    contract_value=Decimal("2000000.00"),
    social_value=Decimal("120000.00"),
    real_pounds=Decimal("5000.00"),
    employment_outcomes=Fraction(27, 2),
    tables=(
        (
            Grouping.THEME,
            (
                row("1", "Fair work", "90000.00", theme=1),
                row("4", "Local economy", "30000.00", "5000.00", 2, theme=4),
            ),
        ),
        (Grouping.MEASURE, (row("J11", "Living wage", "120000.00", "5000.00", 3, quantity="12.5 full-time years"),)),
        (Grouping.SUPPLIER, (row("7", "<b>Lamp & Sons", "120000.00", "5000.00", 3),)),
        (Grouping.WARD, ()),
        (Grouping.YEAR, (row("2026/27", "2026/27", "120000.00", "5000.00", 3),)),
    ),
    policy=(PolicyCount("5% minimum", 1, 1, 0),),
    plain_counts=(PlainCount("J11", "12.5 full-time years of workers"), PlainCount("V01", "£5,000.00 of cash")),
    attention=(ContractAttention(4, "C-4", "Street lights", "Lamp", ("short of the 5% minimum by £9.00",)),),
    menus=(MenuUse("barnet-open", "2026.1", "ab" * 32, 2),),
)
NOTHING = PortfolioFigures((), 0, 0, 0, Decimal(0), Decimal("0.00"), Decimal("0.00"), Fraction(0), ())


def report(figures: PortfolioFigures = FIGURES) -> BuiltReport:
    return build_portfolio_report(figures, CONTEXT, fonts())


def test_totals_filters_and_counts_are_told_first():
    text = text_of(report())
    assert "2 contracts with 2 suppliers, 3 commitments, £2,000,000.00 of contract value." in text
    assert "Only theme 1, Fair work and poverty; supplier <b>Lamp & Sons." in text
    assert "social value of £120,000.00, which is 6.00% of the contract value" in text
    assert "In plain counts: 12.5 full-time years of workers and £5,000.00 of cash." in text
    assert "Employment outcomes 13.5" in text


def test_each_grouping_is_a_table_with_a_total():
    text = text_of(report())
    assert "Fair work £90,000.00 75.0% £0.00 1" in text
    assert "J11 Living wage 12.5 full-time years £120,000.00 100.0% £5,000.00 3" in text
    assert text.count("Total £120,000.00 100.0% £5,000.00") == 4
    assert "By ward There is nothing to show." in text
    assert "5% minimum 1 1 0" in text
    assert "Street lights C-4 Lamp Short of the 5% minimum by £9.00." in text
    assert "barnet-open 2026.1 " + "ab" * 32 + " 2" in text


def test_nothing_at_all_has_a_report_too():
    text = text_of(report(NOTHING))
    assert "Nothing is committed in these contracts." in text
    assert "Every contract: no filter is set." in text
    assert "No contract needs attention." in text


def test_of_many_counts_the_summary_tells_the_first_and_several_menus_are_listed():
    counts = tuple(PlainCount(f"M{n}", f"{n} hours of advice") for n in range(1, 30))
    menus = (*FIGURES.menus, MenuUse("barnet-council", "2023", "cd" * 32, 1))
    text = text_of(report(replace(FIGURES, plain_counts=counts, menus=menus)))
    assert "7 hours of advice and 8 hours of advice. These are the 8 with the most social value of 29" in text
    assert "29 hours of advice" not in text
    assert "2 menu editions (listed under Method)." in text


@pytest.mark.parametrize("figures", [FIGURES, NOTHING])
def test_page_validation_finds_no_fault_and_bytes_repeat(figures: PortfolioFigures):
    data = report(figures).data
    assert faults_of(data) == []
    assert data == report(figures).data


@pytest.mark.slow
def test_verapdf_finds_no_fault(tmp_path):
    assert broken_rules(written(report(), tmp_path)) == []
