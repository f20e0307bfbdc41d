"""Notices are read into a sheet with a row for each contract, whatever else stands in them."""

import json
from datetime import date
from decimal import Decimal

import pytest

from tests.exchange.notices.made import COUNCIL, package, party, release, twenty
from tomsapp.exchange.labelled.contract_aside import aside
from tomsapp.exchange.labelled.contract_guess import ContractGuesser
from tomsapp.exchange.labelled.contract_read import ContractSheet
from tomsapp.exchange.labelled.contract_row import contracts_in
from tomsapp.exchange.notices.notice_sheet import read_notices
from tomsapp.exchange.notices.process import CONTRACT
from tomsapp.exchange.notices.releases import NoticeFile
from tomsapp.exchange.notices.values import amount_at, british_day, part_at, parts_at, text_at, texts_at
from tomsapp.exchange.offer_file import OfferUnreadable


def sheet_of(*files, council=""):
    book = read_notices([NoticeFile(name, data) for name, data in files])
    (labels,) = ContractGuesser().guess(book)
    return ContractSheet(book.sheets[0], labels, "notices.json", council=council)


def cells(*releases):
    """The cells of each contract of some releases by their headings, as text."""
    head, *rows = read_notices([NoticeFile("n.json", package(*releases))]).sheets[0].rows
    heads = {column: cell.value for column, cell in head.cells.items()}
    return [{heads[column]: cell.value for column, cell in row.cells.items()} for row in rows]


def test_a_notice_is_read_under_headings_that_are_known():
    (read,) = contracts_in(sheet_of(("1.json", package(release(1)))))
    assert read.problems == ()
    assert {key: read.values[key] for key in ("reference", "title", "supplier", "registration", "value", "ocid")} == {
        "reference": "EX-1", "title": "Made up work 1", "supplier": "Made Up Supplier 1 Ltd",
        "registration": "09990001", "value": Decimal(100001), "ocid": "ocds-h6vhtk-0f0001/1",
    }  # fmt: skip
    assert (read.values["value_with_vat"], read.values["start_on"], read.values["end_on"]) == (
        Decimal(120002), date(2026, 4, 1), date(2029, 3, 31)
    )  # fmt: skip
    assert read.values["notes"].splitlines()[0] == "Notice 000001-2026 of 2 February 2026, Find a Tender"


def test_twenty_notices_are_one_sheet():
    sheet = sheet_of(*twenty().items(), council="Example Borough Council")
    read = {one.values["ocid"]: one for one in contracts_in(sheet)}
    assert len(read) == 21
    north, south = read["ocds-h6vhtk-0f0003/1"], read["ocds-h6vhtk-0f0003/2"]
    assert [one.values["reference"] for one in (north, south)] == ["EX-3/1", "EX-3/2"]
    assert [one.values["title"] for one in (north, south)] == ["Made up work 3: North", "Made up work 3: South"]
    assert (south.values["start_on"], south.values["end_on"], south.values["latest_end_on"]) == (
        date(2026, 4, 1), date(2028, 3, 31), date(2030, 3, 31)
    )  # fmt: skip
    assert "reference" not in read["ocds-h6vhtk-0f0011/1"].values
    assert read["ocds-h6vhtk-0f0005/1"].values["registration"] == "1999999"
    assert [one.title for one in aside(sheet)] == [
        "3 notices are of no contract that is in force", "1 row of another buyer: Westmere Water (fictional)"
    ]  # fmt: skip


def test_one_notice_that_is_not_awarded_is_said():
    (told,) = aside(sheet_of(("6.json", twenty()["000006-2026.json"])))
    assert (told.title, told.guess) == ("1 notice is of no contract that is in force", "leave")
    assert told.detail == "Row 2: “Tender, not awarded”"


def test_further_suppliers_are_noted_beside_the_first():
    notes = [
        cell.note for row in sheet_of(("4.json", twenty()["000004-2026.json"])).rows for cell in row.cells.values()
    ]
    assert [note for note in notes if note] == ["The notice names further suppliers: Made Up Framework B plc 09998002"]


def test_amounts_in_other_currencies_or_with_vat_alone_are_no_pounds():
    euros, gross = (twenty()[f"{number:06}-2026.json"] for number in (8, 9))
    for data, words in ((euros, "EUR 90000"), (gross, "not given without VAT")):
        (read,) = contracts_in(sheet_of(("n.json", data)))
        assert "value" not in read.values
        assert words in read.problems[0].message


def test_a_later_notice_says_what_holds_and_an_earlier_one_what_it_leaves_out():
    changed = release(1, id="000099-2026", date="2026-06-01T10:00:00Z", tender={"title": "Renamed"}, parties=[])
    changed["contracts"] = [{"id": "1", "awardID": "1", "value": {"amount": 7, "currency": "GBP"}, "title": None}]
    for order in ((release(1), changed), (changed, release(1)), (changed, release(1), changed)):
        (one,) = cells(*order)
        assert (one["Title"], one["Value excluding VAT"], one["End date"]) == ("Renamed", Decimal(7), date(2029, 3, 31))
        assert one["Supplier name"] == "Made Up Supplier 1 Ltd"
        assert one["Notes"] == (
            "Notice 000001-2026 of 2 February 2026 and notice 000099-2026 of 1 June 2026, Find a Tender"
        )


@pytest.mark.parametrize(
    ("given", "stage"),
    [
        ({}, CONTRACT),
        ({"contracts": []}, CONTRACT),
        ({"contracts": [{"id": "1", "awardID": "1", "status": "terminated"}]}, "Contract that was ended early"),
        ({"contracts": [{"id": "1", "status": "cancelled"}]}, "Contract cancelled"),
        ({"awards": [{"id": "1", "status": "unsuccessful"}], "contracts": []}, "Award that found nobody"),
        ({"awards": [], "contracts": []}, "Tender, not awarded"),
        ({"awards": [], "contracts": [], "tender": {"status": "cancelled"}}, "Tender, cancelled"),
    ],
)
def test_what_is_in_force_is_told_from_what_is_not(given, stage):
    assert [one["Stage of the notice"] for one in cells(release(1, **given))] == [stage]


def test_buyers_are_found_wherever_they_are_named():
    assert cells(release(1))[0]["Buyer"] == COUNCIL
    assert cells(release(1, buyer=COUNCIL) | {"buyer": {"id": "GB-PPON-PXXX-0001"}})[0]["Buyer"] == COUNCIL
    assert cells(release(1) | {"buyer": {}})[0]["Buyer"] == COUNCIL
    assert "Buyer" not in cells(release(1) | {"buyer": None, "parties": []})[0]


def test_kinds_of_suppliers_and_lots_are_told():
    large, both = party("1", "A", scale="large"), party("2", "B", vcse=True)
    unknown = party("3", "C", scale="")
    assert [cells(release(1, supplier=one))[0].get("Supplier type") for one in (large, both, unknown)] == [
        "Large company", "Voluntary, community, faith or social enterprise", None
    ]  # fmt: skip
    lots = [{"id": "1", "title": "North"}, {"id": "2", "title": "Made up work 1"}]
    assert cells(release(1, tender={"lots": lots}))[0]["Notes"].endswith("Lots: North and Made up work 1")
    assert cells(release(1, tender={"lots": lots[1:]}))[0]["Title"] == "Made up work 1"
    assert cells(release(1, tender={"lots": lots[:1], "title": ""}))[0]["Title"] == "North"
    assert cells(release(1, tender={"techniques": {"frameworkAgreement": {}}}))[0]["Contract type"] == "Framework"


def test_a_record_and_a_release_alone_are_notices_too():
    alone = json.dumps(release(2)).encode()
    records = json.dumps({"records": [{"ocid": "x", "releases": [release(1)]}]}).encode()
    assert len(sheet_of(("a.json", alone), ("b.json", records)).rows) == 2


def test_what_stands_in_the_place_of_something_else_is_nothing():
    odd = {
        "ocid": 5, "id": None, "date": "soon", "tender": [], "buyer": "x", "parties": [3, {"id": []}], "awards": "x",
        "contracts": [{"id": "1", "value": {"amount": True, "amountGross": "12.50"}, "period": {"startDate": "later"}}],
    }  # fmt: skip
    (one,) = cells(odd)
    assert (one["Open Contracting ID"], one["Value with VAT"], one["Start date"]) == ("5/1", Decimal("12.50"), "later")
    assert one["Notes"] == "Notice without a number, Find a Tender"


def test_a_file_that_is_no_notice_is_said_beside_the_others():
    files = [NoticeFile("a.json", package(release(1))), NoticeFile("b.csv", b"a,b"), NoticeFile("c.json", b'{"ocid": ')]
    book = read_notices(files)
    assert len(book.sheets[0].rows) == 2
    assert [one.where.file for one in book.problems] == ["b.csv", "c.json"]
    assert book.problems[0].message == (
        "b.csv: The file is a table in text (CSV), and a notice of Find a Tender (OCDS JSON) is read here. "
        "It was not read"
    )


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([NoticeFile("b.csv", b"a,b")], "b.csv is a table in text"),
        ([NoticeFile("a.json", b'{"releases": []}')], "There is no notice"),
    ],
)
def test_files_without_any_notice_are_refused(files, words):
    with pytest.raises(OfferUnreadable, match=words):
        read_notices(files)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-03-31T23:00:00Z", date(2026, 4, 1)), ("2026-03-31T22:59:59Z", date(2026, 3, 31)),
        ("2026-01-31T23:30:00Z", date(2026, 1, 31)), ("2026-04-01T00:00:00+01:00", date(2026, 4, 1)),
        ("2026-03-29T00:30:00Z", date(2026, 3, 29)), ("2026-10-24T23:30:00Z", date(2026, 10, 25)),
        ("2026-10-25T23:30:00Z", date(2026, 10, 25)), ("2026-04-01", date(2026, 4, 1)),
        ("2026-04-01T23:59:00", date(2026, 4, 1)), ("soon", None), ("9999-12-31T23:59:00-12:00", date(9999, 12, 31)),
    ],
)  # fmt: skip
def test_a_moment_is_the_day_that_it_is_in_the_united_kingdom(moment, day):
    assert british_day(moment) == day


def test_values_are_taken_as_they_should_be_or_for_nothing():
    values = {"a": {"b": " x  y "}, "n": 7, "t": True, "l": [1, "s", {"id": "2"}], "d": Decimal("1.5"), "w": "12"}
    assert [text_at(values, *path) for path in (("a", "b"), ("n",), ("t",), ("a", "b", "c"))] == ["x y", "7", "", ""]
    assert [amount_at(values, name) for name in ("n", "d", "w", "t", "a")] == [7, Decimal("1.5"), 12, None, None]
    assert (part_at(values, "a", "x"), part_at(values, "n", "x"), texts_at(values, "l"), texts_at(values, "n")) == (
        {}, {}, ["s"], []
    )  # fmt: skip
    assert (list(parts_at(values, "l")), list(parts_at(values, "n"))) == ([{"id": "2"}], [])
