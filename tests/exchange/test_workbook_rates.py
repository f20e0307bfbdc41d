"""A promise per pound of spend goes through the workbook and comes back; the spend stands on the contract sheet."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exchange.books import saved
from tests.exchange.examples import AREA, CONTRACT, EDITION, checked, promise
from tests.exchange.previews import read_table
from tomsapp.domain.commitment import Commitment, Rate
from tomsapp.domain.contract import ContractKind, YearSpend
from tomsapp.domain.contract_dates import end_after
from tomsapp.domain.offer import Offer
from tomsapp.exchange.tables_xlsx import BookProperties
from tomsapp.exchange.workbook_columns import Role
from tomsapp.exchange.workbook_layout import Template
from tomsapp.exchange.workbook_offer import read_offer_workbook
from tomsapp.exchange.workbook_write import write_workbook

PROPERTIES = BookProperties("Commitments", datetime(2026, 4, 1, tzinfo=UTC))
FRAMEWORK = replace(
    CONTRACT,
    kind=ContractKind.FRAMEWORK,
    end_on=end_after(CONTRACT.start_on, 3),
    spend=(
        YearSpend(0, Decimal("1800000.00"), is_recorded=True),
        YearSpend(0, Decimal("1500000.00")),
        YearSpend(1, Decimal("1800000.00")),
    ),
)
RATED = promise(1, "J20", rate=Rate(Decimal("1.5"), Decimal(1_000_000)))


def book_of(contract, commitments, codes=(), **more):
    return write_workbook(Template(EDITION, codes, contract, AREA, tuple(commitments), **more), PROPERTIES)


def offer_in(data):
    file = read_offer_workbook(data, "bid.xlsx", lambda menu, edition: EDITION)
    assert file.offer is not None, file.problems
    return file.offer


def plain(commitments):
    """The commitments without their keys, in an order of their own; a year without a quantity holds nothing."""
    kept = (
        replace(one, key="", quantities=tuple(one.quantities) if any(one.quantities) else ()) for one in commitments
    )
    return sorted(kept, key=repr)


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def test_a_rate_comes_back_with_the_spend_and_the_same_value():
    offer = offer_in(book_of(FRAMEWORK, [RATED]))
    assert offer.contract == FRAMEWORK
    assert plain(offer.commitments) == plain([RATED])
    assert checked(offer).valuation == checked(Offer(FRAMEWORK, (replace(RATED, key="7"),))).valuation
    assert [year.quantity for year in checked(offer).valuation.lines[0].years] == [2, 3, 0]


def test_only_a_framework_has_the_columns_of_a_rate():
    heads = [cell.value for cell in opened(book_of(CONTRACT, (), ("J20",)))["Commitments"][6]]
    assert not [head for head in heads if "£ of spend" in head or "for every" in head or "counted" in head]
    heads = [cell.value for cell in opened(book_of(FRAMEWORK, (), ("J20",)))["Commitments"][6]]
    at = heads.index("Fill in: promise per £ of spend")
    assert heads[at + 1] == "Fill in: for every £"
    assert "Units counted 2027/28" in heads
    # a promise that cannot count, since the contract is none, is still not lost
    assert plain(offer_in(book_of(CONTRACT, [RATED])).commitments) == plain([RATED])


def test_the_spend_is_asked_where_the_facts_are():
    blank = replace(FRAMEWORK, reference="", value=Decimal(0), spend=())
    book = opened(book_of(blank, (), ("J20",), asks_facts=True))
    sheet = book["Contract"]
    assert [cell.value for cell in sheet[12]] == [
        "Spend by contract year",
        "Fill in: Recorded, £",
        "Fill in: Forecast, £",
        "Counts, £",
        "Spend so far, £",
    ]
    assert [sheet["B13"].protection.locked, sheet["C15"].protection.locked, sheet["D13"].protection.locked] == [
        False,
        False,
        True,
    ]
    sheet["B4"], sheet["B7"], sheet["B13"], sheet["C14"] = "F-1", 5_000_000, 1_800_000.5, 100
    template = Template(EDITION, ("J20",), blank, AREA)
    cells = book["Commitments"]
    row = template.first_row
    cells[template.cell(Role.RATE, row)], cells[template.cell(Role.RATE_PER, row)] = 1.5, "£1,000,000"
    offer = offer_in(saved(book))
    assert offer.contract.spend == (
        YearSpend(0, Decimal("1800000.50"), is_recorded=True),
        YearSpend(1, Decimal(100)),
    )
    assert plain(offer.commitments) == plain([RATED])


def test_the_spend_of_a_known_contract_is_not_asked():
    sheet = opened(book_of(FRAMEWORK, [RATED]))["Contract"]
    assert [cell.value for cell in sheet[13]][:3] == ["2026/27", 1_800_000, 1_500_000]
    assert sheet["B13"].protection.locked
    assert sheet["C15"].value is None


@pytest.mark.parametrize(
    ("cell", "value", "code", "column"),
    [
        ("B13", -1, "pounds-impossible", "B"),
        ("C13", "lots", "number-unreadable", "C"),
        ("C14", "#REF!", "cell-error", "C"),
    ],
)
def test_a_spend_that_cannot_be_read_is_a_problem_and_counts_as_none(cell, value, code, column):
    book = opened(book_of(FRAMEWORK, [RATED]))
    book["Contract"][cell] = value
    file = read_offer_workbook(saved(book), "bid.xlsx", lambda menu, edition: EDITION)
    problem = next(problem for problem in file.problems if problem.code == code)
    assert (problem.where.sheet, problem.where.column) == ("Contract", column)
    assert len(file.offer.contract.spend) == 2


@pytest.mark.parametrize(
    ("rate", "per", "words"), [(2, None, "for how many pounds"), (None, 1_000_000, "how much is promised")]
)
def test_half_a_promise_is_an_error(rate, per, words):
    head = ["Code", "Year 1", "Year 2", "Promise per £ of spend", "For every £"]
    book = openpyxl.Workbook()
    book.active.append(head)
    book.active.append(["J20", None, None, rate, per])
    (row,) = read_table(saved(book), "bid.xlsx", EDITION, FRAMEWORK, AREA).rows
    assert row.commitment is None
    assert words in row.problems[0].message


def test_quantities_beside_a_rate_are_kept_and_said_not_to_count():
    line = replace(RATED, quantities=(Decimal(1), None, Decimal(2)))
    data = book_of(FRAMEWORK, [line])
    assert plain(offer_in(data).commitments) == plain([line])
    (row,) = read_table(data, "bid.xlsx", EDITION, FRAMEWORK, AREA).rows
    assert "quantity-not-counted" in [problem.code for problem in row.problems]


POUNDS = st.integers(0, 10**11).map(lambda pence: Decimal(pence) / 100)
SPEND = st.tuples(st.none() | POUNDS, st.none() | POUNDS)


@st.composite
def frameworks(draw):
    """A framework of one to six years, some of them without a spend, and promises by year and per pound."""
    years = draw(st.integers(1, 6))
    spend = [
        YearSpend(year, amount, is_recorded)
        for year, pair in enumerate(draw(st.lists(SPEND, min_size=years, max_size=years)))
        for amount, is_recorded in zip(pair, (True, False), strict=True)
        if amount is not None
    ]
    contract = replace(FRAMEWORK, end_on=end_after(CONTRACT.start_on, years), spend=tuple(spend))
    lines = draw(st.lists(st.sampled_from(list(EDITION.places)), min_size=1, max_size=6))
    return contract, [draw(promised(str(number), code, years)) for number, code in enumerate(lines, start=1)]


@st.composite
def promised(draw, key, code, years):
    measure = EDITION.places[code].measure
    share = Decimal(draw(st.integers(0, 10**6))) / 10**6
    place = draw(st.sampled_from(["", "E05000001", "outside"]))
    if draw(st.booleans()):
        rate = Rate(Decimal(draw(st.integers(1, 10**6))) / 1000, draw(POUNDS.filter(bool)))
        return Commitment(key, code, contract_share=share, place=place, rate=rate, cost=draw(st.none() | POUNDS))
    counts = st.none() | st.integers(0, 10**6).map(lambda number: Decimal(number) / 10**measure.decimals)
    quantities = draw(st.lists(counts, min_size=years, max_size=years).filter(any))
    return Commitment(key, code, tuple(quantities), contract_share=share, place=place, statement="How")


@settings(max_examples=40, deadline=None)
@given(frameworks())
def test_every_framework_comes_back_equal(made):
    contract, commitments = made
    offer = offer_in(book_of(contract, commitments))
    assert offer.contract == contract
    assert plain(offer.commitments) == plain(commitments)
    assert checked(offer).valuation.social_value == checked(Offer(contract, tuple(commitments))).valuation.social_value
