"""Registers of contracts are read fact by fact, and what is worked out from two of them is said."""

from datetime import date
from decimal import Decimal

import pytest

from tests.exchange.tables.offers import book_of_sheets
from tests.exchange.tables.registers import COUNTY_REGISTER, borough_register, district_register
from tomsapp.domain.contract import ContractKind
from tomsapp.domain.day_order import DayOrder
from tomsapp.domain.supplier import SupplierKind
from tomsapp.exchange.labelled import contract_guess
from tomsapp.exchange.labelled.contract_guess import ContractGuesser
from tomsapp.exchange.labelled.contract_left_out import columns_left, contracts_left_out, notes_added, rows_left
from tomsapp.exchange.labelled.contract_read import ContractSheet
from tomsapp.exchange.labelled.contract_row import contracts_in
from tomsapp.exchange.labelled.contract_uses import CONTRACT_USES, contract_use_of
from tomsapp.exchange.labelled.known import KnownHead
from tomsapp.exchange.labelled.labels import RowKind
from tomsapp.exchange.labelled.parts import parted
from tomsapp.exchange.labelled.register_total import register_total
from tomsapp.exchange.sheets.opening import open_table


def sheets_of(data):
    book = open_table(data, "register.xlsx")
    grids = {grid.name: grid for grid in (*book.sheets, *book.hidden)}
    labels = ContractGuesser().guess(book)
    return [ContractSheet(grids[one.name], one, "register.xlsx") for one in labels]


def read_one(head, *rows):
    """The first contract of a register of one sheet."""
    (sheet,) = sheets_of(book_of_sheets({"Register": [head, *rows]}))
    return next(contracts_in(sheet))


HEAD = ["Ref", "Title", "Value", "Start", "End"]
ROW = ["A-1", "Roads", 1000, "1/4/2026", "31 March 2027"]


@pytest.mark.parametrize(
    ("heading", "use"),
    [
        ("Contract Ref", "reference"), ("Reference No.", "reference"), ("ID", "reference"), ("Unique ID", "reference"),
        ("Contract Title", "title"), ("Description of goods/services", "title"), ("Description", "title"),
        ("Supplier name", "supplier"), ("Contractor", "supplier"), ("Name of supplier", "supplier"),
        ("Company number", "registration"), ("Charity No", "registration"), ("Supplier type", "supplier_kind"),
        ("Annual value (£)", "annual_value"), ("Value per annum", "annual_value"), ("Total contract value", "value"),
        ("Value excl. VAT", "value"), ("Value inc VAT", "value_with_vat"), ("Commencement date", "start_on"),
        ("Expiry Date", "end_on"), ("End date incl. extensions", "latest_end_on"), ("Max end date", "latest_end_on"),
        ("Extension end date", "latest_end_on"), ("Options to extend", "extension"),
        ("Extension (months)", "extension"),
        ("Review date", "review"), ("Term (months)", "length"), ("Contract length", "length"),
        ("Contract Officer", "contract_manager"), ("Responsible officer", "contract_manager"),
        ("Service Area", "directorate"), ("Department", "directorate"), ("Contract type", "kind"), ("Notes", "notes"),
        ("Supplier contact", "supplier_contact"), ("Contractor’s lead contact name", "supplier_contact"),
        ("Supplier e-mail", "supplier_contact_email"), ("Supplier contact email address", "supplier_contact_email"),
        ("Supplier contact telephone no", "supplier_contact_phone"), ("Supplier phone", "supplier_contact_phone"),
        ("Extensions taken to date", "extensions_taken"), ("Number of extensions remaining", "extensions_left"),
        ("Value annual", "annual_value"), ("Value total", "value"),
        ("TitleOfAgreement", "title"), ("ReferenceNumber", "reference"), ("SupplierName", "supplier"),
        ("ContractValue", "value"), ("StartDate", "start_on"), ("SupplierRegistrationNumber", "registration"),
        ("Value (£000s)", "value"), ("Annual value £k", "annual_value"), ("Value £000 inc VAT", "value_with_vat"),
        ("Value over £1 million", ""), ("Value over 5,000", ""), ("Term (k)", ""), ("Colour", ""),
    ],
)  # fmt: skip
def test_a_heading_of_a_register_names_a_fact(heading, use):
    assert contract_use_of(heading) == use
    assert not use or use in {one.key for one in CONTRACT_USES}


def test_the_rows_of_a_register_are_told_apart():
    (sheet,) = sheets_of(borough_register())
    assert (sheet.labels.found, sheet.labels.is_read) == ("3 contracts, rows 5 to 7", True)
    assert sheet.labels.rows_of(RowKind.HEAD) == (4,)
    assert sheet.labels.rows_of(RowKind.TOTAL) == (8,)
    assert [one.labels.found for one in sheets_of(district_register())] == [
        "1 contract, row 3",
        "2 contracts, rows 3 to 4",
    ]
    assert sheets_of(b"Ref,Title,Value\r\n\r\n")[0].labels.found == "no contracts"
    assert sheets_of(book_of_sheets({"A": [["x", "y"]] * 61}))[0].labels.found == "no table"


def test_a_fact_is_read_as_its_cell_has_it():
    head = [*HEAD, "Supplier", "Company No.", "Supplier type", "Contract type", "Manager", "Notes", "Value inc VAT"]
    row = [*ROW, "Bridge  Works", "0123", "VCFSE", "Framework agreement", "-", "two\nlines", "1200"]
    assert read_one(head, row).values == {
        "reference": "A-1", "title": "Roads", "value": Decimal(1000), "start_on": date(2026, 4, 1),
        "end_on": date(2027, 3, 31), "supplier": "Bridge Works", "registration": "0123",
        "supplier_kind": SupplierKind.VCFSE, "kind": ContractKind.FRAMEWORK, "notes": "two\nlines",
        "value_with_vat": Decimal(1200),
    }  # fmt: skip
    standard = read_one([*HEAD, "Contract type", "Supplier type"], [*ROW, "Call-off", "Co-operative"])
    assert standard.values["kind"] is ContractKind.STANDARD
    assert "supplier_kind" not in standard.values
    assert standard.problems[0].code == "supplier-kind-unknown"


def test_extensions_and_the_lead_contact_of_a_supplier_are_read():
    head = [*HEAD, "Extensions taken", "Extensions left", "Supplier contact", "Supplier email", "Supplier phone"]
    read = read_one(head, [*ROW, "1", "two", "R.  Okafor", "r@example.org", "020 7946 0000"])
    assert (read.values["extensions_taken"], read.values.get("extensions_left")) == (1, None)
    assert [problem.code for problem in read.problems] == ["extensions-left-unreadable"]
    told = [read.values[f"supplier_contact{end}"] for end in ("", "_email", "_phone")]
    assert told == ["R. Okafor", "r@example.org", "020 7946 0000"]


def test_days_and_pounds_that_a_workbook_keeps_are_read():
    (sheet,) = sheets_of(borough_register())
    values = [read.values for read in contracts_in(sheet)]
    assert [(one["start_on"], one["end_on"], one["value"]) for one in values] == [
        (date(2026, 4, 1), date(2029, 3, 31), Decimal(4200000)),
        (date(2026, 10, 1), date(2028, 9, 30), Decimal("350000.5")),
        (date(2027, 1, 4), date(2028, 1, 3), Decimal(1200000)),
    ]
    assert values[0]["notes"] == "Review: 1 June 2028"
    assert [read.problems[0].message for read in list(contracts_in(sheet))[2:]] == ["“£1.2m” is read as £1,200,000.00"]


def test_what_cannot_be_read_is_said_at_its_cell():
    read = read_one(HEAD, ["A-1", "Roads", "#REF!", "soon", "31/02/2027"])
    assert [(problem.where.column, problem.where.field, problem.where.row) for problem in read.problems] == [
        ("C", "value", 2), ("D", "start_on", 2), ("E", "end_on", 2)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "text", "end"),
    [
        ("Length", "3 years", date(2029, 3, 31)), ("Term", "18 months", date(2027, 9, 30)),
        ("Term (months)", 36, date(2029, 3, 31)), ("Term", 3, date(2029, 3, 31)), ("Term", 24, date(2028, 3, 31)),
        ("Term", "a while", None),
    ],
)  # fmt: skip
def test_an_end_is_worked_out_from_a_length(heading, text, end):
    read = read_one([*HEAD[:4], heading], [*ROW[:4], text])
    assert read.values.get("end_on") == end
    assert "end_on" in read.told
    assert len(read.problems) == 1


def test_a_length_says_nothing_where_the_end_is_said_or_no_start():
    both = read_one([*HEAD, "Length"], [*ROW, "9 years"])
    assert (both.values["end_on"], both.problems) == (date(2027, 3, 31), ())
    assert "end_on" not in read_one(["Ref", "Title", "Length"], ["A", "B", "3 years"]).values


def test_pounds_a_year_are_worked_out_for_the_length():
    head = ["Ref", "Title", "Annual value", "Start", "End"]
    assert read_one(head, ["A", "B", 1000, *ROW[3:]]).values["value"] == Decimal(1000)
    assert "value" not in read_one(head, ["A", "B", 1000, "", ""]).values
    assert "value" not in read_one(head, ["A", "B", 1000, "1/4/2026", "1/4/2025"]).values
    assert read_one([*head, "Total value"], ["A", "B", 1000, *ROW[3:], 5]).values["value"] == Decimal(5)


@pytest.mark.parametrize(
    ("heading", "text", "latest", "notes"),
    [
        ("Extension", "2 x 12 months", date(2029, 3, 31), None), ("Extension", "1 year", date(2028, 3, 31), None),
        ("Extension (months)", 6, date(2027, 9, 30), None), ("Extension", "1+1", None, "Extension: 1+1"),
        ("Extension", "0 months", None, "Extension: 0 months"),
    ],
)  # fmt: skip
def test_an_extension_is_a_last_day_or_a_note(heading, text, latest, notes):
    read = read_one([*HEAD, heading], [*ROW, text])
    assert (read.values.get("latest_end_on"), read.values.get("notes")) == (latest, notes)
    assert {"notes", "latest_end_on"} <= read.told


def test_an_extension_stands_in_the_notes_where_the_last_day_is_said_or_no_end():
    both = read_one([*HEAD, "Extension", "Max end date"], [*ROW, "1 year", "31/03/2030"])
    assert (both.values["latest_end_on"], both.values["notes"]) == (date(2030, 3, 31), "Extension: 1 year")
    assert read_one(["Ref", "Title", "Extension"], ["A", "B", "1 year"]).values["notes"] == "Extension: 1 year"
    assert read_one([*HEAD, "Review"], [*ROW, "each May"]).values["notes"] == "Review: each May"


def test_days_are_read_in_the_order_that_their_column_shows():
    (sheet,) = sheets_of(book_of_sheets({"R": [HEAD, [*ROW[:3], "03/04/2026", "04/30/2027"]]}))
    assert (sheet.order_in("start_on"), sheet.order_in("end_on")) == (DayOrder.DAY, DayOrder.MONTH)
    read = next(contracts_in(sheet))
    assert (read.values["start_on"], read.values["end_on"]) == (date(2026, 4, 3), date(2027, 4, 30))
    assert read.problems[0].message == "“04/30/2027” is read as 30 April 2027: the month stands first in this column"
    assert list(sheet.unclear_days()) == []
    mixed = [[*ROW[:4], day] for day in ("04/30/2027", "30/04/2027", "05/06/2027")]
    (sheet,) = sheets_of(book_of_sheets({"R": [HEAD, *mixed]}))
    assert list(sheet.unclear_days()) == [("end_on", 4, ["05/06/2027"])]


def test_text_with_pounds_and_lengths_is_read():
    (sheet,) = sheets_of(COUNTY_REGISTER.encode())
    values = [read.values.get("value") for read in contracts_in(sheet)]
    assert values == [Decimal("3600000.00"), Decimal("500000.00"), None]


def hide(_book, made):
    sheet = made["Register"]
    sheet.set_column(2, 2, None, None, {"hidden": True})
    sheet.set_column(5, 6, None, None, {"hidden": True})
    sheet.set_row(2, None, None, {"hidden": True})
    sheet.write_comment("B2", "Ask the\nmanager")
    struck = _book.add_format({"font_strikeout": True})
    sheet.write_row(3, 0, ["A-3", "Trees", 5, "1/4/2026", "31/3/2027"], struck)
    made["Old"].hide()


def test_what_is_easily_missed_of_a_register_is_said():
    rows = [[*HEAD, "Colour", "Notes"], ROW, ["A-2", *ROW[1:]], ["A-3", *ROW[1:]], [], ["As of May"]]
    sheets = sheets_of(book_of_sheets({"Register": rows, "Old": [HEAD, ROW]}, hide))
    found = {one.title: (one.detail, one.guess) for one in contracts_left_out(sheets)}
    assert found == {
        "Column C is hidden": ("Contract value of 3 contracts", ""),
        "Row 3 is hidden": ("“A-2 Roads 1000 1/4/2026 31 March 2027”", ""),
        "Row 4 is struck out": ("“A-3 Trees 5 1/4/2026 31/3/2027”", "leave"),
        "Cell B2 has a note": ("“Ask the manager”", "add"),
        "Row 6 stands below the table": ("“As of May”", "leave"),
        "Sheet Old is hidden": ("1 contract", ""),
    }
    sheet = sheets[0]
    keys = {one.title: one.key for one in contracts_left_out(sheets)}
    chosen = {keys["Row 3 is hidden"]: "", keys["Row 4 is struck out"]: "read", keys["Column C is hidden"]: ""}
    assert rows_left(sheet, chosen) == {3}
    assert columns_left(sheet, chosen) == {2}
    first = sheet.rows[0]
    assert notes_added(sheet, first, {keys["Cell B2 has a note"]: "add"}) == ["Ask the manager"]
    assert notes_added(sheet, first, {}) == []


def test_the_total_of_a_register_is_taken_apart_by_row():
    rows = [HEAD, ROW, ["A-2", "Lifts", 500, *ROW[3:]], ["Total", "", 1600], ["A-3", "Trees", 70, *ROW[3:]]]
    sheets = sheets_of(book_of_sheets({"R": rows}))
    own = register_total(sheets, {("R", 2): Decimal(1000), ("R", 5): Decimal(70)})
    assert (own.where, own.shown, own.read) == ("cell C4", Decimal(1600), Decimal(1070))
    assert [(part.label, part.amount) for part in own.parts] == [
        ("Row 3, which does not come in", Decimal(-500)), ("Row 5, which stands below the total", Decimal(70)),
        ("Not explained", Decimal(-100)),
    ]  # fmt: skip
    assert sum(part.amount for part in own.parts) == own.read - own.shown


def test_a_total_counts_text_or_takes_it_for_nothing_as_its_own_sum_shows():
    for total, parts in ((1200, []), (1000, [("Row 3, whose value is text, which a spreadsheet counts as 0", 200)])):
        rows = [HEAD, ROW, ["A-2", "Lifts", "£0.2k", *ROW[3:]], ["Total", "", total]]
        own = register_total(sheets_of(book_of_sheets({"R": rows})), {("R", 2): Decimal(1000), ("R", 3): Decimal(200)})
        assert [(part.label, part.amount) for part in own.parts] == parts


def test_totals_of_several_sheets_are_added_and_many_rows_are_told_as_one():
    many = [HEAD, *([f"A-{number}", *ROW[1:]] for number in range(14)), ["Total", "", 14000]]
    sheets = sheets_of(book_of_sheets({"R": many, "S": [HEAD, ROW, ["Total", "", 1000]]}))
    own = register_total(sheets, {("S", 2): Decimal(1000)})
    assert own.where == "cells C16 of R and C3 of S"
    assert (own.parts[-1].label, own.parts[-1].amount, len(own.parts)) == ("Further rows", Decimal(-2000), 13)
    without = sheets_of(book_of_sheets({"R": many, "S": [HEAD, ROW], "T": [["Ref", "Title", "End"], ["A", "B", "C"]]}))
    assert register_total(without, {}) is None
    assert register_total(without[2:], {}) is None


def test_columns_that_are_not_read_can_be_kept_in_the_notes():
    rows = [[*HEAD, "CPV code", "Route", "Empty"], [*ROW, 45233, "Open"], ["A-2", *ROW[1:], "", "Framework"]]
    (sheet,) = sheets_of(book_of_sheets({"Register": rows}))
    (ignored,) = contracts_left_out([sheet])
    assert (ignored.title, ignored.detail, ignored.guess) == (
        "Columns F and G are not read", "“CPV code; Route”", "leave"
    )  # fmt: skip
    kept = [notes_added(sheet, row, {ignored.key: "notes"}) for row in sheet.rows]
    assert kept == [["CPV code: 45233", "Route: Open"], ["Route: Framework"]]
    (one,) = sheets_of(book_of_sheets({"Register": [[*HEAD, "Route"], [*ROW, "Open"]]}))
    assert [found.title for found in contracts_left_out([one])] == ["Column F is not read"]


def test_a_filter_is_said_and_a_hidden_sheet_that_is_ticked_is_read():
    def filtered(_book, made):
        made["Register"].autofilter("A1:E3")
        made["Register"].filter_column(0, "x == A-1")
        made["Register"].set_row(2, None, None, {"hidden": True})
        made["Old"].hide()

    data = book_of_sheets({"Register": [HEAD, ROW, ["A-2", *ROW[1:]]], "Old": [HEAD, ROW], "None": [["x"]]}, filtered)
    book = open_table(data, "r.xlsx")
    labels = ContractGuesser().guess(book).with_sheet_read("Old", is_read=True)
    grids = {grid.name: grid for grid in (*book.sheets, *book.hidden)}
    sheets = [ContractSheet(grids[one.name], one, "r.xlsx") for one in labels]
    found = {one.title: one.guess for one in contracts_left_out(sheets)}
    assert found == {"Row 3 is hidden by a filter": "", "Sheet Old is hidden": "read"}


def test_a_person_points_at_the_head_of_a_register():
    data = book_of_sheets({"R": [["Ours", "What"], ["A-1", "Roads"], ["A-2", "Lifts"], ["Total", "2"], ["", "only"]]})
    book = open_table(data, "r.xlsx")
    guesser = ContractGuesser()
    labels = guesser.guess(book)
    assert labels.sheet("R").found == "no table"
    assert guesser.settle(book, labels.with_row("R", 1, RowKind.HEAD)).sheet("R").found == "no table"
    uses = {use.key: use for use in CONTRACT_USES}
    labels = labels.with_row("R", 1, RowKind.HEAD).with_column("R", 0, uses["reference"])
    settled = guesser.settle(book, labels.with_column("R", 1, uses["title"]))
    assert (settled.sheet("R").found, settled.sheet("R").is_read) == ("2 contracts, rows 2 to 3", True)
    again = guesser.settle(book, settled.with_row("R", 3, RowKind.NOT_READ))
    assert again.sheet("R").rows_of(RowKind.LINE) == (2,)
    known = ContractGuesser({"0:ours|1:what": KnownHead(1, {0: "reference", 1: "title"})})
    assert known.guess(book).sheet("R").found == "2 contracts, rows 2 to 3"


def test_headings_twice_and_in_two_rows():
    rows = [
        ["What is bought", "", "When", ""],
        ["Title", "Title", "Start", "End"],
        ["Roads", "x", "1/4/2026", "1/4/2027"],
    ]
    (sheet,) = sheets_of(book_of_sheets({"R": rows}))
    assert sheet.labels.columns == {0: "title", 2: "start_on", 3: "end_on"}


def test_the_headings_of_a_register_may_be_parted_in_the_row_below():
    head = [
        ["Contract", "", "Supplier", "Term", "", "Value", ""],
        ["No.", "Description", "", "From", "To", "Annual", "Total"],
    ]
    row = ["A-1", "Roads", "Bridge Ltd", "1/4/2026", "31 March 2029", 1000, 3000]

    def joined(_book, made):
        for cells, words in (("A1:B1", "Contract"), ("D1:E1", "Term"), ("F1:G1", "Value")):
            made["Register"].merge_range(cells, words)

    (sheet,) = sheets_of(book_of_sheets({"Register": [*head, row]}, joined))
    assert sheet.labels.rows_of(RowKind.HEAD) == (1, 2)
    read = next(contracts_in(sheet)).values
    assert (read["reference"], read["title"], read["value"]) == ("A-1", "Roads", Decimal(3000))
    assert (read["start_on"], read["end_on"]) == (date(2026, 4, 1), date(2029, 3, 31))


@pytest.mark.parametrize(
    "row",
    [
        ["A-1", "Contract", "1000", "1/4/2026", "31/3/2027"], ["From", "To", 1000, "1/4/2026", "31/3/2027"],
        ["A-1", "From", "To", "1/4/2026", "31/3/2027"],
    ],
)  # fmt: skip
def test_a_contract_is_no_second_row_of_the_head(row):
    (sheet,) = sheets_of(book_of_sheets({"Register": [HEAD, row]}))
    assert sheet.labels.rows_of(RowKind.HEAD) == (1,)


def test_a_fact_that_is_merged_over_contracts_is_said_of_each_and_pounds_of_none():
    head = ["Supplier", *HEAD, "Notes"]
    rows = [
        ["Bridge Ltd", *ROW],
        ["", "A-2", "Lifts", "", "", "1/4/2028", ""],
        ["", "A-3", "Trees and hedges", 5, "1/4/2026"],
    ]

    def joined(_book, made):
        made["Register"].merge_range("A2:A4", "Bridge Ltd")
        made["Register"].merge_range("D2:D3", 1000)
        made["Register"].merge_range("E2:E3", "1/4/2026")
        made["Register"].merge_range("F4:G4", "31/3/2029")

    (sheet,) = sheets_of(book_of_sheets({"Register": [head, *rows]}, joined))
    read = [one.values for one in contracts_in(sheet)]
    assert [one["supplier"] for one in read] == ["Bridge Ltd"] * 3
    assert [one["start_on"] for one in read] == [date(2026, 4, 1)] * 3
    assert [one.get("value") for one in read] == [None, None, Decimal(5)]
    assert "notes" not in read[2]


@pytest.mark.parametrize(
    ("heading", "noughts"),
    [
        ("Value (£000s)", 3), ("Value £k", 3), ("Value (£'000)", 3), ("Value £’000s", 3), ("Value (000s)", 3),
        ("Value (k)", 3), ("Value, thousands", 3), ("Value (£ in thousands)", 3), ("Value £1,000s", 3),
        ("Value £m", 6), ("Value £ million", 6), ("Value (£ millions)", 6), ("Value in £M", 6), ("GBP m value", 6),
        ("Value £mn excl VAT", 6), ("Value (£)", 0),
    ],
)  # fmt: skip
def test_pounds_are_read_in_what_their_heading_says_they_count_in(heading, noughts):
    rows = [[*HEAD[:2], heading, *HEAD[3:]], ["A", "B", 1.5, *ROW[3:]], ["C", "D", "1,250", *ROW[3:]]]
    (sheet,) = sheets_of(book_of_sheets({"R": [*rows, ["E", "F", "£90k", *ROW[3:]], ["G", "H", "-", *ROW[3:]]]}))
    read = list(contracts_in(sheet))
    times = Decimal(10**noughts)
    assert [one.values.get("value") for one in read] == [Decimal("1.5") * times, 1250 * times, Decimal(90000), None]
    # 1,250 millions may have been typed in full.
    assert [len(one.problems) for one in read] == [0, int(noughts == 6), 1, 0]
    said = [(one.where.row, one.where.column, one.message) for one in sheet.notes()]
    kind = {3: ("thousands", "£1,000.00"), 6: ("millions", "£1,000,000.00")}.get(noughts)
    assert said == ([(1, "C", f"“{heading}” is read as {kind[0]} of pounds: 1 is {kind[1]}")] if kind else [])


def test_the_total_of_a_register_in_thousands_counts_in_thousands_too():
    rows = [["Ref", "Title", "Value £k", "End"], ["A", "B", 1.5, ROW[4]], ["C", "D", 2, ROW[4]], ["Total", "", 3.5]]
    own = register_total(sheets_of(book_of_sheets({"R": rows})), {("R", 2): Decimal(1500)})
    assert (own.shown, [part.amount for part in own.parts]) == (Decimal(3500), [Decimal(-2000)])


def merge_values(_book, made):
    made["R"].merge_range("F2:F3", 900)


def test_a_cell_that_should_tell_a_fact_and_does_not_is_named():
    head = ["Ref", "Title", "Annual value", "Start", "Term", "Value"]
    rows = [head, ["A", "B", "Rates", "", "3 years", ""], ["C", "D", "", ROW[3], "n/a", ""]]
    (sheet,) = sheets_of(book_of_sheets({"R": rows}, change=merge_values))
    first, second = sheet.rows
    annual = (2, "cell C2 under “Annual value” says “Rates”")
    assert list(sheet.unread(first, "value")) == [(5, "cell F2 under “Value” says “900”"), annual]
    assert list(sheet.unread(second, "value")) == [(5, "cell F3 under “Value” is merged with one that says “900”")]
    assert list(sheet.unread(second, "end_on")) == [(4, "cell E3 under “Term” says “n/a”")]
    assert list(sheet.unread(first, "start_on")) == []


def test_days_that_are_numbers_or_months_are_read_and_said():
    head = [*HEAD, "Latest end date", "Review date"]
    days = [46113, "Feb 2028", "46843.5", "47000"], ["April 2026", "2027-03", "Mar-29", "Autumn"]
    rows = [[f"A-{number}", *ROW[1:3], *four] for number, four in enumerate(days)]
    first, second = list(contracts_in(sheets_of(book_of_sheets({"R": [head, *rows]}))[0]))
    facts = ("start_on", "end_on", "latest_end_on", "notes")
    assert [first.values[fact] for fact in facts] == [
        date(2026, 4, 1), date(2028, 2, 29), date(2028, 3, 31), "Review: 4 September 2028"
    ]  # fmt: skip
    assert [(problem.where.column, problem.message) for problem in first.problems] == [
        ("D", "“46113” is read as 1 April 2026, as a spreadsheet counts days"),
        ("E", "“Feb 2028” is read as 29 February 2028, the last day of the month"),
        ("F", "“46843.5” is read as 31 March 2028, as a spreadsheet counts days"),
        ("G", "“47000” is read as 4 September 2028, as a spreadsheet counts days"),
    ]
    assert [second.values[fact] for fact in facts] == [
        date(2026, 4, 1), date(2027, 3, 31), date(2029, 3, 31), "Review: Autumn"
    ]  # fmt: skip
    assert second.problems[0].message == "“April 2026” is read as 1 April 2026, the first day of the month"


@pytest.mark.parametrize("number", [2026, 10000, 99999, "1e5", -46113])
def test_a_number_that_is_no_day_of_a_contract_is_refused(number):
    read = read_one(HEAD, [*ROW[:3], number, ROW[4]])
    assert "start_on" not in read.values
    assert [problem.code for problem in read.problems] == ["start-on-unreadable"]


def own_total(*rows):
    return register_total(sheets_of(book_of_sheets({"R": [HEAD, *rows]})), {})


@pytest.mark.parametrize("name", ["Subtotal", "Sub-total of Adults", "Sub total"])
def test_the_total_of_a_part_is_not_the_total_of_a_register(name):
    first, second, third = ROW, ["A-2", "Lifts", 500, *ROW[3:]], ["A-3", "Trees", 70, *ROW[3:]]
    assert own_total(first, second, [name, "", 1500], third) is None
    whole = own_total(first, second, [name, "", 1500], third, ["Total", "", 1570], [name, "", 1570])
    assert (whole.where, whole.shown) == ("cell C6", Decimal(1570))
    assert own_total(first, second, ["Total Adults", "", 1500], third, ["Total Children", "", 70]) is None
    together = own_total(first, ["Total Adults", "", 1000], second, ["Total", "", 1500])
    assert (together.where, together.shown) == ("cell C5", Decimal(1500))


def test_a_value_that_is_worked_out_is_told_from_one_that_is_text():
    head = ["Ref", "Title", "Annual value", "Start", "End", "Value"]
    rows = [["A", "B", 500, *ROW[3:], ""], ["C", "D", "", *ROW[3:], "£0.2k"], ["Total", "", "", "", "", 0]]
    (sheet,) = sheets_of(book_of_sheets({"R": [head, *rows]}))
    own = register_total([sheet], {("R", read.row.number): read.values["value"] for read in contracts_in(sheet)})
    assert [(part.label, part.amount) for part in own.parts] == [
        ("Row 2, whose value is worked out here", Decimal(500)),
        ("Row 3, whose value is text, which a spreadsheet counts as 0", Decimal(200)),
    ]


def days_as_shown(book, made):
    for column in (3, 5, 6):
        made["R"].write_datetime(1, column, date(2026, 4, 1), book.add_format({"num_format": "dd/mm/yyyy"}))
    made["R"].set_row(1, None, None, {"hidden": True})


def test_a_day_in_words_stands_there_as_the_sheet_shows_it():
    rows = [[*HEAD, "Extension", "Break clause"], ["A", "Roads", 10, "", ROW[4], "", ""]]
    (sheet,) = sheets_of(book_of_sheets({"R": rows}, days_as_shown))
    told = {one.title: (one.key, one.detail) for one in contracts_left_out([sheet])}
    assert told["Row 2 is hidden"][1] == "“A Roads 10 01/04/2026 31 March 2027 01/04/2026 01/04/2026”"
    (read,) = contracts_in(sheet)
    assert read.values["notes"] == "Extension: 01/04/2026"
    key = told["Column G is not read"][0]
    assert notes_added(sheet, read.row, {key: "notes"}) == ["Break clause: 01/04/2026"]


def break_cells(_book, made):
    made["R"].write_formula("B2", "=1/0", None, "#DIV/0!")
    made["R"].write_formula("C2", "=X1", None, "#REF!")


def test_a_cell_that_shows_an_error_is_said_and_named():
    rows = [["Ref", "Supplier", "Annual value", "Title", "Start", "End"], ["A", "", "", "Roads", *ROW[3:]]]
    (sheet,) = sheets_of(book_of_sheets({"R": rows}, break_cells))
    (read,) = contracts_in(sheet)
    assert [(one.where.column, one.code, one.message) for one in read.problems] == [
        ("B", "cell-error", "The cell shows #DIV/0!"), ("C", "cell-error", "The cell shows #REF!")
    ]  # fmt: skip
    assert list(sheet.unread(read.row, "value")) == [(2, "cell C2 under “Annual value” says “#REF!”")]


def test_an_amount_typed_in_full_under_thousands_is_asked_about():
    contract = read_one(["Ref", "Title", "Value (£000s)"], ["C1", "Meals", 1_250_000])
    assert contract.values["value"] == Decimal(1_250_000_000)
    told = [problem for problem in contract.problems if problem.code == "pounds-in-full"]
    assert [problem.message for problem in told] == ["“1250000” in a column of thousands is £1,250,000,000.00"]
    small = read_one(["Ref", "Title", "Value (£000s)"], ["C1", "Meals", 999_999])
    assert "pounds-in-full" not in {problem.code for problem in small.problems}


# Totals in words


@pytest.mark.parametrize(
    ("row", "where", "shown"),
    [
        (["", "Total value: £1,600.50"], "cell B3", "1600.50"), (["Total of all £1.6 thousand."], "cell A3", 1600),
        (["Total", "one thousand six hundred pounds"], "cell B3", 1600), (["Total", "", "", "£1,600"], "cell D3", 1600),
        (["Total", "", "£1.6k"], "cell C3", 1600),
    ],
)  # fmt: skip
def test_a_total_in_words_is_held_against_what_comes_in(row, where, shown):
    own = register_total(sheets_of(book_of_sheets({"R": [HEAD, ROW, row]})), {("R", 2): Decimal(1000)})
    assert (own.where, own.shown, own.read) == (where, Decimal(shown), Decimal(1000))


@pytest.mark.parametrize(
    "row",
    [["Total: 42 contracts"], ["Total £100 or £200"], ["Total", "many pounds"], ["Total", "£1,00"], ["Sub-total £5"]],
)
def test_a_total_that_names_no_amount_or_two_is_none(row):
    assert register_total(sheets_of(book_of_sheets({"R": [HEAD, ROW, row]})), {}) is None


def test_a_register_without_values_has_no_total():
    rows = [["Ref", "Title", "Supplier"], ["A-1", "Roads", "X Ltd"], ["Total", "£5"]]
    assert register_total(sheets_of(book_of_sheets({"R": rows})), {}) is None


# Lengths in words, and in the column of ends


@pytest.mark.parametrize(
    ("text", "end"),
    [("two years", date(2028, 3, 31)), ("eighteen months", date(2027, 9, 30)), ("1.5 years", date(2027, 9, 30)),
     ("2½ years", date(2028, 9, 30)), ("Twenty-four months", date(2028, 3, 31))],
)  # fmt: skip
def test_a_length_may_be_in_words_or_half_years(text, end):
    assert read_one([*HEAD[:4], "Term"], [*ROW[:4], text]).values["end_on"] == end
    assert read_one(HEAD, [*ROW[:4], text]).values["end_on"] == end


@pytest.mark.parametrize("text", ["some years", "2½ months", "1.5 months", "2 years or so", "0 years"])
def test_another_length_is_refused(text):
    read = read_one([*HEAD[:4], "Term"], [*ROW[:4], text])
    assert "end_on" not in read.values
    assert [problem.code for problem in read.problems] == ["length-unreadable"]
    assert [problem.code for problem in read_one(HEAD, [*ROW[:4], text]).problems] == ["end-on-unreadable"]


def test_a_length_where_the_end_is_asked_for_is_said_at_its_cell():
    read = read_one(HEAD, [*ROW[:4], "2 years"])
    assert [(problem.where.column, problem.message) for problem in read.problems] == [
        ("E", "“2 years” from 1 April 2026 ends on 31 March 2028")
    ]
    assert "end_on" not in read_one(HEAD, [*ROW[:3], "", "2 years"]).values
    both = read_one([*HEAD, "Term"], [*ROW[:4], "2 years", "3 years"])
    assert both.problems[0].code == "end-on-unreadable"


# Pounds a year beside pounds in all


def test_pounds_a_year_that_do_not_come_to_the_value_are_warned_of():
    head = ["Ref", "Title", "Annual value", "Total value", "Start", "End"]
    ends = ["01/04/2026", "31/03/2028"]
    far = read_one(head, ["A-1", "Roads", 1000, 5000, *ends])
    assert [(problem.code, problem.where.column, problem.message) for problem in far.problems] == [
        ("annual-value-differs", "C",
         "£1,000.00 a year from 1 April 2026 to 31 March 2028 is £2,000.00, and the contract value is £5,000.00")
    ]  # fmt: skip
    assert far.values["value"] == 5000
    for value in (2000, 1950, 2080):
        assert read_one(head, ["A-1", "Roads", 1000, value, *ends]).problems == ()


def test_pounds_a_year_count_no_last_year_of_one_day():
    head = ["Ref", "Title", "Annual value", "Start", "End"]
    assert read_one(head, ["A-1", "Roads", 1000, "01/04/2026", "01/04/2028"]).values["value"] == 2000
    assert "value" not in read_one(head, ["A-1", "Roads", 1000, "01/04/2026", "01/04/2126"]).values
    assert "value" not in read_one(head, ["A-1", "Roads", 1000, "01/04/2028", "01/04/2026"]).values


def test_headings_of_the_transparency_code_name_facts():
    assert contract_use_of("SupplierCompaniesHouseNumber") == "registration"
    assert contract_use_of("ServiceDepartment") == "directorate"


def test_a_cell_that_is_struck_out_in_a_contract_is_asked_about():
    def strike(book, made):
        struck = book.add_format({"font_strikeout": True})
        made["R"].write(1, 2, 1000, struck)
        made["R"].write(1, 4, "31 March 2027", struck)

    (sheet,) = sheets_of(book_of_sheets({"R": [HEAD, ROW]}, strike))
    (left,) = contracts_left_out([sheet])
    assert (left.title, left.detail.partition(":")[0], left.guess) == (
        "Row 2 is struck out in part", "Columns C and E", ""
    )  # fmt: skip
    assert rows_left(sheet, {left.key: ""}) == {2}
    assert rows_left(sheet, {left.key: "read"}) == frozenset()


def test_pounds_and_days_with_words_or_marks_beside_them_are_read_with_a_warning():
    head = ["Ref", "Title", "Value", "Start", "End", "Annual value"]
    read = read_one(head, ["A-1", "Roads", "c. £100k", "01/04/2026 (est.)", "31/03/2028*", "£50,000 p.a."])
    assert (read.values["value"], read.values["start_on"], read.values["end_on"]) == (
        Decimal(100000), date(2026, 4, 1), date(2028, 3, 31)
    )  # fmt: skip
    warned = [(one.where.column, one.message) for one in read.problems if one.code == "words-beside"]
    assert warned == [
        ("C", "“c. £100k” is read as £100k"), ("D", "“01/04/2026 (est.)” is read as 01/04/2026"),
        ("E", "“31/03/2028*” is read as 31/03/2028"), ("F", "“£50,000 p.a.” is read as £50,000"),
    ]  # fmt: skip


@pytest.mark.parametrize("value", ["£100,000 - £200,000", "commercially sensitive", "TBC*"])
def test_other_words_in_the_place_of_pounds_are_refused(value):
    read = read_one(HEAD, ["A-1", "Roads", value, *ROW[3:]])
    assert "value" not in read.values
    assert [problem.code for problem in read.problems] == ["number-unreadable"]


@pytest.mark.parametrize("told", ["£1,000.00", "1,000", "1/4/2026", "01.04.2026", "2026-04-01"])
def test_a_row_with_pounds_or_a_day_as_text_is_no_further_head(told):
    odd = ["Reference", "Title", "Supplier", told]
    rows = [["Ref", "Title", "Contractor", "Start"], ["A-1", "Roads", "Winterway", told], odd]
    (sheet,) = sheets_of("\n".join(";".join(row) for row in rows).encode())
    assert [row.number for row in sheet.rows] == [2, 3]


def test_what_was_found_of_a_sheet_is_looked_for_once(monkeypatch):
    book = open_table(book_of_sheets({"Register": [HEAD, *([f"A-{place}", *ROW[1:]] for place in range(5))]}), "r.xlsx")
    looked = []
    monkeypatch.setattr(contract_guess, "_is_contract", lambda row, columns: looked.append(row.number) or bool(columns))
    guesser = ContractGuesser()
    parts = parted(book, guesser)
    labels = guesser.knowing({}).guess(parts)
    assert guesser.settle(parts, labels) == labels
    assert looked == [2, 3, 4, 5, 6]


def test_cells_that_say_the_same_are_read_once_and_what_is_told_of_one_is_told_of_each():
    head = ["Reference", "Title", "Supplier", "Start date", "End date", "Value"]
    rows = [[f"A-{place}", "Roads", "Winterway", "01/04/2026", "31/03/2027", "£5k"] for place in range(3)]
    (sheet,) = sheets_of("\r\n".join(",".join(row) for row in [head, *rows]).encode())
    reads = list(contracts_in(sheet))
    assert {read.values["start_on"] for read in reads} == {date(2026, 4, 1)}
    assert len(sheet.known_values["start_on"]) == 1
    assert [[problem.message for problem in read.problems] for read in reads] == [["“£5k” is read as £5,000.00"]] * 3
    assert sheet.known_values["value"] == {}


def test_a_row_that_repeats_some_of_the_head_is_none():
    rows = [HEAD, ["Ref", "Title", "A", "B", "C"], ["Ref", "Title", "Value", "B", "C"], ["", "Title", "", "", ""]]
    (sheet,) = sheets_of(book_of_sheets({"Register": rows}))
    assert [row.number for row in sheet.rows] == [2]


def test_days_that_contradict_each_other_and_are_each_clear_are_no_question():
    rows = [HEAD, ["A-1", "Roads", 1, "13/04/2026", "31/03/2027"], ["A-2", "Lifts", 1, "04/13/2026", "31/03/2027"]]
    (sheet,) = sheets_of(book_of_sheets({"Register": rows}))
    assert sheet.order_in("start_on") is DayOrder.UNKNOWN
    assert list(sheet.unclear_days()) == []
    assert [read.values["start_on"] for read in contracts_in(sheet)] == [date(2026, 4, 13)] * 2
