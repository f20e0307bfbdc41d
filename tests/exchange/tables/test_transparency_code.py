"""What the transparency code asks a register for is read in its many ways, and what is no contract is told."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.exchange.tables.offers import book_of_sheets
from tests.exchange.tables.test_registers import HEAD, read_one, sheets_of
from tests.exchange.tables.twins import (
    city_in_the_local_schema,
    county_in_two_rows_of_headings,
    district_in_the_words_of_the_code,
)
from tomsapp.domain.contract import ContractKind
from tomsapp.domain.problems import Severity
from tomsapp.domain.supplier import SupplierKind
from tomsapp.exchange.labelled.contract_aside import aside, rows_aside
from tomsapp.exchange.labelled.contract_code import kind_of, kind_said, named_in, number_in
from tomsapp.exchange.labelled.contract_left_out import contracts_left_out, rows_left
from tomsapp.exchange.labelled.contract_row import contracts_in
from tomsapp.exchange.labelled.contract_uses import contract_use_of, is_whole_or_yearly, told_apart

CODE = (
    "Sum to be paid over the length of the contract or the estimated annual spending or budget for the contract",
    "Whether or not the contract was the result of an invitation to quote or a published invitation to tender",
    (
        "Whether or not the supplier is a small or medium sized enterprise and/or a voluntary or community sector "
        "organisation and where it is, provide the relevant registration number"
    ),
)


@pytest.mark.parametrize(
    ("heading", "use"),
    [
        (CODE[0], "value"), (CODE[1], "how_bought"), (CODE[2], "supplier_kind"),
        ("Local authority department responsible", "directorate"), ("Supplier name and details", "supplier"),
        ("Value Added Tax that cannot be recovered", "irrecoverable_vat"), ("Irrecoverable VAT", "irrecoverable_vat"),
        ("Non-recoverable VAT (£)", "irrecoverable_vat"), ("VAT not recoverable", "irrecoverable_vat"),
        ("Review dates", "review"), ("ITT/ITQ", "how_bought"), ("Procurement route", "how_bought"),
        ("SME", "sme"), ("SME (Y/N)", "sme"), ("Is the supplier an SME?", "sme"), ("Small/Medium Enterprise", "sme"),
        ("VCSE", "vcse"), ("Voluntary and Community Sector organisation", "vcse"), ("SME/VCSE", "supplier_kind"),
        ("VCSE or SME", "supplier_kind"), ("VCSE registration number", "registration"),
        ("Company or charity registration number", "registration"), ("Registration number", "registration"),
        ("OCID", "ocid"), ("Open Contracting ID", "ocid"), ("PO Number", "purchase_order"),
        ("Purchase Order No.", "purchase_order"), ("Order number", "purchase_order"), ("Buyer", "buyer"),
        ("Estimated annual spend", "annual_value"), ("Annual budget", "annual_value"), ("Contract sum", "value"),
        ("Value of agreement", "value"), ("Original Contract Value", "value"), ("Validity Period Start", "start_on"),
        ("Validity Period End", "end_on"), ("Start date of contract", "start_on"), ("Expiry of agreement", "end_on"),
        ("Organisation name", "supplier"), ("Description of the goods and/or services", "title"),
        ("Contract status", ""), ("Effective date", ""),
    ],
)  # fmt: skip
def test_headings_of_the_transparency_code_are_known(heading, use):
    assert contract_use_of(heading) == use


def test_a_heading_may_leave_open_whether_a_value_is_for_a_year():
    assert is_whole_or_yearly(CODE[0])
    assert not is_whole_or_yearly("Sum to be paid over the length of the contract")
    assert not is_whole_or_yearly("Estimated annual spending")


def test_what_a_column_holds_depends_on_the_others():
    assert told_apart({0: "description", 1: "organisation"}) == {0: "title", 1: "supplier"}
    assert told_apart({0: "organisation", 1: "description", 2: "title", 3: "supplier", 4: "title", 5: ""}) == {
        0: "buyer", 1: "description", 2: "title", 3: "supplier"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name", "details"),
    [
        ("Plate, Spoon & Sons Ltd", "Plate, Spoon & Sons Ltd", ""),
        ("Crème  Ltd\n1 Lake Road,\nWestmere", "Crème Ltd", "1 Lake Road, Westmere"),
        ("Plate, Spoon & Sons Ltd, 1 Lake Road, WM1 2AB", "Plate, Spoon & Sons Ltd", "1 Lake Road, WM1 2AB"),
        ("Open Hand, 1 Lake Road, WM1 2AB", "Open Hand", "1 Lake Road, WM1 2AB"),
        ("Open Hand WM1 2AB", "Open Hand WM1 2AB", ""),
        ("Lamp Ltd\n", "Lamp Ltd", ""),
    ],
)
def test_the_name_of_a_supplier_is_told_from_its_details(text, name, details):
    found = named_in(text)
    assert (found.name, found.details) == (name, details)


def test_details_of_a_supplier_go_to_the_notes_and_are_said():
    head = [*HEAD, "Supplier name and details", "Irrecoverable VAT", "PO number"]
    row = ["A-1", "Roads", 1000, "1/4/2026", "31 March 2027", "Lamp Ltd\n1 Lake Road", 20, "45001"]
    read = read_one(head, row)
    assert read.values["supplier"] == "Lamp Ltd"
    assert read.values["notes"].splitlines() == [
        "VAT that cannot be recovered: 20", "Purchase order: 45001", "Supplier’s details: 1 Lake Road"
    ]  # fmt: skip
    assert "The supplier is read as Lamp Ltd; “1 Lake Road” goes to the notes" in [one.message for one in read.problems]
    assert "notes" in read.told


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("SME", SupplierKind.SME), ("Small", SupplierKind.SME), ("VCSE", SupplierKind.VCFSE),
        ("Both", SupplierKind.VCFSE), ("SME and VCSE", SupplierKind.VCFSE), ("Neither", SupplierKind.LARGE),
        ("No", SupplierKind.LARGE), ("Not an SME", SupplierKind.LARGE), ("Yes", None), ("Partnership", None),
    ],
)  # fmt: skip
def test_the_kind_of_a_supplier_is_known_by_the_words_of_the_code(text, kind):
    assert kind_said(text) is kind


@pytest.mark.parametrize(
    ("sme", "sector", "kind"),
    [
        ("Y", "N", SupplierKind.SME), ("Yes", "", SupplierKind.SME), ("SME", "", SupplierKind.SME),
        ("N", "Yes", SupplierKind.VCFSE), ("Y", "1012345", SupplierKind.VCFSE), ("No", "No", SupplierKind.LARGE),
        ("Large", "", SupplierKind.LARGE), ("", "No", None), ("", "", None), ("perhaps", "", None),
        ("Not an SME", "n", SupplierKind.LARGE),
    ],
)  # fmt: skip
def test_two_columns_tell_the_kind_of_a_supplier(sme, sector, kind):
    assert kind_of(sme, sector) is kind


def test_a_registration_number_is_found_where_there_is_one_alone():
    assert [number_in(text) for text in ("SME 09999991", "SC123456", "Yes", "1234567 and 7654321")] == [
        "09999991", "SC123456", "", ""
    ]  # fmt: skip


def test_a_value_a_year_in_the_column_of_values_is_worked_out_and_said_aloud():
    read = read_one(HEAD, ["A-1", "Lifts", "£1,234.56 pa", "1/4/2026", "31/3/2029"])
    assert read.values["value"] == Decimal("3703.68")
    (said,) = [one for one in read.problems if one.code == "value-a-year"]
    assert (said.severity, said.where.column) == (Severity.WARNING, "C")
    assert said.message == "£1,234.56 a year from 1 April 2026 to 31 March 2029 is read as £3,703.68"


@pytest.mark.parametrize("value", ["£1,234.56 pa", "£1,234.56 per annum"])
def test_a_value_a_year_without_a_length_is_no_value(value):
    read = read_one(HEAD, ["A-1", "Lifts", value, "1/4/2026", None])
    assert "value" not in read.values
    assert read.values.keys() == {"reference", "title", "start_on"}


def test_a_value_a_year_beside_a_column_of_such_is_left_to_it():
    head = [*HEAD, "Annual value"]
    read = read_one(head, ["A-1", "Lifts", "£1,000 pa", "1/4/2026", "31/3/2028", 1000])
    assert read.values["value"] == Decimal(2000)
    assert not [one for one in read.problems if one.code == "value-a-year"]


@pytest.mark.parametrize("value", ["lots pa", "£1 to £2 pa"])
def test_what_is_no_value_a_year_is_refused(value):
    read = read_one(HEAD, ["A-1", "Lifts", value, "1/4/2026", "31/3/2028"])
    assert "value" not in read.values
    assert [one.severity for one in read.problems] == [Severity.ERROR]


@pytest.mark.parametrize("text", ["Ongoing", "Rolling contract", "TBC", "open-ended", "No end date", "Month to month"])
def test_an_end_in_words_is_no_end_and_said(text):
    read = read_one(HEAD, ["A-1", "Lifts", 1000, "1/4/2026", text])
    assert "end_on" not in read.values
    (said,) = read.problems
    assert (said.severity, said.message) == (
        Severity.NOTE, f"“{text}” is not a day: the register says no end of this contract"
    )  # fmt: skip


def test_an_end_is_taken_where_a_person_chose_one_and_nothing_unreadable_stands_there():
    rows = [
        ["A-1", "Lifts", "£500 pa", "1/4/2026", "Ongoing", ""], ["A-2", "Doors", 1000, "1/4/2026", "soon", ""],
        ["A-3", "Gates", 1000, "", "", ""], ["A-4", "Walls", 1000, "1/4/2026", "", "some time"],
        ["A-5", "Tills", 1000, "1/4/2026", "31/3/2028", ""],
    ]  # fmt: skip
    (sheet,) = sheets_of(book_of_sheets({"R": [[*HEAD, "Length"], *rows]}))
    first, *others = contracts_in(replace(sheet, open_end=lambda start: date(2028, 3, 31)))
    assert (first.values["end_on"], first.values["value"]) == (date(2028, 3, 31), Decimal(1000))
    assert first.assumed == {"end_on", "value"}
    assert "The register says no end: 31 March 2028 is taken, as you chose" in [one.message for one in first.problems]
    assert [("end_on" in one.values, one.assumed) for one in others] == [
        (False, frozenset()), (False, frozenset()), (False, frozenset()), (True, frozenset())
    ]  # fmt: skip


GRANTS = [
    ("Grant to Open Hand", "", True), ("Arts grants", "", True), ("Grant", "", True),
    ("Community grant 2026", "", True),
    ("Youth club", "Grant", True), ("Grant administration software", "", False), ("Migrant support", "", False),
    ("Roads", "Contract", False),
]  # fmt: skip


def test_grants_are_told_and_left_out_until_a_person_chooses():
    head = [*HEAD, "Contract type"]
    rows = [[f"A-{row}", title, 1000, "1/4/2026", "31/3/2027", kind] for row, (title, kind, _) in enumerate(GRANTS)]
    (sheet,) = sheets_of(book_of_sheets({"R": [head, *rows]}))
    (told,) = aside(sheet)
    assert (told.title, told.guess, told.row) == ("5 rows are grants, not contracts", "leave", 2)
    assert told.detail.startswith("Rows 2, 3, 4, 5 and 6: “Grant to Open Hand; Arts grants; Grant;")
    assert rows_aside(sheet, {told.key: "leave"}) == {2, 3, 4, 5, 6}
    assert rows_aside(sheet, {told.key: "read"}) == frozenset()
    assert rows_left(sheet, {one.key: one.guess for one in contracts_left_out([sheet])}) == {2, 3, 4, 5, 6}


def test_one_grant_and_many_are_told_in_words():
    head = [*HEAD, "Contract type"]
    row = [1000, "1/4/2026", "31/3/2027", "Grant"]
    (one,) = aside(*sheets_of(book_of_sheets({"R": [head, ["A-1", "Club", *row]]})))
    assert (one.title, one.detail) == ("1 row is a grant, not a contract", "Row 2: “Club”")
    rows = [[f"A-{number}", "Club", *row] for number in range(11)]
    (many,) = aside(*sheets_of(book_of_sheets({"R": [head, *rows]})))
    assert many.detail.startswith("Rows 2, 3, 4, 5, 6, 7, 8, 9 and 3 more: “Club; Club;")


def test_the_number_of_an_order_is_taken_for_a_reference_and_said():
    head = [*HEAD, "PO number"]
    rows = [
        ["PO 4500123", "Slats", 1000, "1/4/2026", "31/3/2027", ""], ["", "Paper", 10, "1/4/2026", "31/3/2027", "45007"],
        ["A-3", "Roads", 10, "1/4/2026", "31/3/2027", "45008"], ["PO boxes", "Post", 10, "1/4/2026", "31/3/2027", ""],
    ]  # fmt: skip
    (sheet,) = sheets_of(book_of_sheets({"R": [head, *rows]}))
    (told,) = aside(sheet)
    assert (told.title, told.guess) == ("2 rows have a purchase order number for a reference", "read")
    assert [option.label for option in told.options] == ["Take it as the reference", "Leave out"]
    slats, paper, roads, _ = contracts_in(sheet)
    assert [one.values["reference"] for one in (slats, paper, roads)] == ["PO 4500123", "45007", "A-3"]
    assert [one.message for one in paper.problems] == [
        "There is no reference: the purchase order number 45007 is taken for it"
    ]
    assert roads.values["notes"] == "Purchase order: 45008"


def test_a_district_in_the_words_of_the_code():
    (sheet,) = sheets_of(district_in_the_words_of_the_code())
    assert sheet.value_is_unclear
    cafe, lifts, slats, grant, legal, twice = contracts_in(sheet)
    assert (cafe.values["supplier"], cafe.values["registration"]) == ("Crème & Co Ltd", "09999991")
    assert (cafe.values["value"], cafe.values["directorate"]) == (Decimal(48000), "Leisure")
    assert cafe.values["notes"].splitlines() == [
        "Review: 01/06/2028",
        "Description: Runs the café",
        "How it was bought: Invitation to tender",
        "Supplier’s details: 1 Lake Road, Westmere",
    ]
    assert "end_on" not in lifts.values
    assert (slats.values["reference"], grant.values["supplier_kind"]) == ("PO 4500123", SupplierKind.VCFSE)
    assert legal.values["supplier"] == "=cmd|' /C calc'!A0"
    assert twice.values["reference"] == cafe.values["reference"]
    yearly = sheet.with_yearly_values()
    assert next(contracts_in(yearly)).values["value"] == Decimal(144000)


def test_a_county_in_two_rows_of_headings():
    (sheet,) = sheets_of(county_in_two_rows_of_headings())
    assert len(sheet.rows) == 6
    north, south, centre, gritting, signs, shelters = contracts_in(sheet)
    assert (north.values["start_on"], north.values["end_on"]) == (date(2026, 4, 1), date(2029, 3, 31))
    assert (south.values["start_on"], centre.values["value"]) == (date(2026, 10, 1), Decimal(300000))
    assert (gritting.values["start_on"], "value" in gritting.values) == (date(2026, 10, 1), False)
    assert ("end_on" in signs.values, signs.values["supplier_kind"]) == (False, SupplierKind.LARGE)
    assert (shelters.row.number, shelters.values["supplier_kind"]) == (1010, SupplierKind.VCFSE)


def test_a_city_in_the_local_schema():
    (sheet,) = sheets_of(city_in_the_local_schema())
    assert sheet.labels.columns[0] == "buyer"
    meals, paper, club, software = contracts_in(sheet)
    assert (meals.values["ocid"], meals.values["supplier"]) == ("ocds-h6vhtk-0fa001", "Plate, Spoon & Sons Ltd")
    assert paper.values["reference"] == "4500777"
    assert [one.title for one in aside(sheet)] == [
        "1 row is a grant, not a contract", "1 row has a purchase order number for a reference"
    ]  # fmt: skip
    assert club.row.number in rows_aside(sheet, {one.key: one.guess for one in aside(sheet)})
    assert software.values["kind"] is ContractKind.FRAMEWORK
