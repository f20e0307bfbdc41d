import io
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest

from tests.exchange.books import book_of, edited, saved
from tests.exchange.examples import AREA, COMMITMENTS, CONTRACT, DISCOUNTED, EDITION, OFFER, checked, promise
from tomsapp.domain.contract import ContractKind, YearSpend
from tomsapp.domain.errors import MenuError
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.tables_xlsx import BookProperties
from tomsapp.exchange.workbook_layout import Template
from tomsapp.exchange.workbook_offer import read_offer_workbook
from tomsapp.exchange.workbook_write import write_workbook

PROPERTIES = BookProperties("Commitments", datetime(2026, 4, 1, tzinfo=UTC), is_example=True)
BLANK = replace(CONTRACT, reference="", title="", supplier="", value=Decimal(0))


def template(contract=CONTRACT, **more):
    return write_workbook(Template(EDITION, tuple(EDITION.places), contract, AREA, COMMITMENTS, **more), PROPERTIES)


def read(data, file="bid.xlsx", edition=EDITION):
    def load(menu, version):
        assert (menu, version) == ("example", "2026.1")
        return edition

    return read_offer_workbook(data, file, load)


def filled(data, sheet="Contract", **cells):
    """The workbook after someone typed into it; formulas lose their results, as when it was never recalculated."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for cell, value in cells.items():
        book[sheet][cell] = value
    return saved(book)


def test_an_offer_comes_back_with_its_contract_and_the_same_value():
    file = read(template())
    assert file.problems == ()
    assert (file.menu, file.edition) == ("example", "2026.1")
    assert file.offer.contract == CONTRACT
    assert file.own_total == "The file’s own total is the same: £338,542.32."
    assert checked(file.offer).valuation.social_value == checked(OFFER).valuation.social_value
    assert {commitment.place for commitment in file.offer.commitments} == {"", "outside", "E05000002"}


def test_facts_that_were_typed_in_are_read():
    data = filled(template(BLANK, asks_facts=True), B4="T-9", B5="Lighting", B6="Lamp & Sons", B7=2_500_000.5)
    contract = read(data).offer.contract
    assert (contract.reference, contract.title, contract.supplier) == ("T-9", "Lighting", "Lamp & Sons")
    assert contract.value == Decimal("2500000.50")


def test_a_framework_and_part_years_are_kept():
    framework = replace(CONTRACT, kind=ContractKind.FRAMEWORK, end_on=date(2027, 9, 30))
    assert read(template(framework)).offer.contract == framework


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (None, "value-missing"),
        (-1, "pounds-impossible"),
        (0.001, "pounds-impossible"),
        ("lots", "number-unreadable"),
        ("#REF!", "cell-error"),
        ("=1/0", "formula-without-result"),
    ],
)
def test_a_contract_value_that_cannot_be_read_leaves_nothing_to_value(value, code):
    file = read(filled(template(), B7=value))
    (problem,) = file.problems
    assert file.offer is None
    assert (problem.code, problem.where.sheet, problem.where.row, problem.where.column) == (code, "Contract", 7, "B")
    assert file.menu == "example"


def test_amounts_that_are_text_are_read_as_the_sheet_writes_its_decimals():
    spent = (YearSpend(0, Decimal(1_000_000), is_recorded=True),)
    data = template(replace(CONTRACT, kind=ContractKind.FRAMEWORK, spend=spent))
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Contract"]
    spend = next(row[0].row for row in sheet.iter_rows() if row[0].value == CONTRACT.years[0].label)
    one = {f"B{spend}": "1,250"}
    assert {each.amount for each in read(filled(data, B7="4,200,000", **one)).offer.contract.spend} >= {Decimal(1250)}
    # 2.500.000,50 has a decimal comma, so 1,250 beside it may be £1.25.
    file = read(filled(data, B7="2.500.000,50", **one))
    assert file.offer.contract.value == Decimal("2500000.50")
    assert [problem.message for problem in file.problems if problem.code == "number-unclear"] == [
        "“1,250” can be read in two ways"
    ]


def test_a_missing_or_broken_reference_is_a_problem_and_the_rest_is_valued():
    for value, codes in ((None, ["value-missing"]), ("#REF!", ["cell-error", "value-missing"])):
        file = read(filled(template(), B4=value))
        assert [problem.code for problem in file.problems] == [*codes, "own-total-unknown"]
        assert file.offer is not None


def test_a_deleted_contract_sheet_is_told():
    book = openpyxl.load_workbook(io.BytesIO(template()))
    del book["Contract"]
    file = read(saved(book))
    assert file.offer is None
    assert [problem.where.row for problem in file.problems] == [None, None]


def test_a_bad_cell_of_a_commitment_is_a_problem_and_counts_as_nothing():
    file = read(filled(template(), "Commitments", F8="many"))
    problem, unknown = file.problems
    assert unknown.code == "own-total-unknown"
    assert (problem.where.sheet, problem.where.row, problem.where.column) == ("Commitments", 8, "F")
    assert file.offer.commitments[0].quantities == (Decimal(0), Decimal("12.5"))


def test_a_template_without_an_area_has_no_list_of_wards():
    line = promise(1, "S08", "1", "1", place="E05000001")
    data = write_workbook(Template(DISCOUNTED, ("S08",), CONTRACT, None, (line,)), PROPERTIES)
    assert read(data).offer.commitments[0].place == "E05000001"


@pytest.mark.parametrize("change", [b"<t>start<", b"<t>2026-04-01<", b"<t>standard<", b"<t>menu<"])
def test_a_sheet_that_this_program_did_not_make_is_refused(change):
    data = edited(template(), "xl/sharedStrings.xml", lambda xml: xml.replace(change, b"<t>2032-01-01<"))
    for book in (book_of(["S08", 1, 1]), data):
        with pytest.raises(OfferUnreadable, match="not made by this program"):
            read(book)


def test_a_broken_list_of_wards_leaves_what_was_written():
    file = read(filled(template(), "tomsapp", D4="#REF!"))
    assert [problem.code for problem in file.problems] == ["own-total-unknown"]
    assert {commitment.place for commitment in file.offer.commitments} == {"", "outside", "Harbour & Quays"}


def test_a_menu_that_changed_since_the_workbook_was_made_is_a_warning():
    file = read(template(), edition=replace(EDITION, sha256="cd" * 32))
    assert [problem.code for problem in file.problems] == ["other-menu-bytes"]


def test_an_edition_that_is_not_installed_is_told_by_the_loader():
    def load(menu, version):
        raise MenuError("not installed")

    with pytest.raises(MenuError):
        read_offer_workbook(template(), "bid.xlsx", load)


def too_long(data):
    return [
        (one.where.column, one.where.field, one.message) for one in read(data).problems if one.code == "text-too-long"
    ]


@pytest.mark.parametrize(
    ("cell", "most", "field"), [("B4", 60, "Reference"), ("B5", 200, "Title"), ("B6", 200, "Supplier")]
)
def test_facts_of_one_line_are_held_to_the_form(cell, most, field):
    blank = template(BLANK, asks_facts=True)
    facts = {"B4": "T-9", "B5": "Lighting", "B6": "Lamp & Sons", "B7": 2_500_000}
    ((column, named, message),) = too_long(filled(blank, **{**facts, cell: "x" * (most + 1)}))
    assert (column, named.lower()) == ("B", field.lower())
    assert f"more than {most} characters" in message
    assert not too_long(filled(blank, **{**facts, cell: "x" * most}))


def test_code_that_is_longer_than_a_form_takes_is_a_problem_at_its_cell():
    ((_, field, message),) = too_long(filled(template(), "Commitments", A8="S" * 21))
    assert (field, "more than 20 characters" in message) == ("measure", True)
