"""What was delivered as tables for a spreadsheet."""

import csv
import io
from dataclasses import replace

from tests.reports.deliveries import PLAIN, paper
from tests.reports.valuations import LINES
from tomsapp.domain.delivery.told import ToldEvidence
from tomsapp.exchange.delivered_csv import evidence_csv, ledger_csv, quarters_csv


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_every_commitment_has_a_row_for_each_quarter_of_the_contract():
    found = rows(quarters_csv(paper()))
    assert len(found) == len(LINES) * 12
    third = next(row for row in found if (row["Commitment"], row["Year"], row["Quarter"]) == ("3", "2", "1"))
    assert third["Months"] == "Q1 (Apr to Jun 2027)"
    assert third["Financial quarter"] == "Q1 of 2027/28"
    assert (third["Claimed"], third["Accepted"], third["Rejected"]) == ("1", "1", "0.25")
    assert third["Accepted, pounds"] == "5050.50"
    assert third["Sum of accepted pounds"] == "to Q1: 1 × £5,050.50 = £5,050.50"
    assert third["Entered by"] == "P. Lindqvist"


def test_a_quarter_without_a_return_is_empty_and_one_to_come_is_not_due():
    found = rows(quarters_csv(paper()))
    empty = next(row for row in found if (row["Commitment"], row["Year"], row["Quarter"]) == ("8", "1", "4"))
    assert (empty["Is due"], empty["Planned"], empty["Claimed"], empty["State"]) == ("yes", "30", "", "")
    assert found[11]["Is due"] == "no"


def test_the_pounds_of_the_quarters_add_up_to_the_totals():
    told = paper()
    found = rows(quarters_csv(told))
    for column, name in (("Due, pounds", "due"), ("Accepted, pounds", "accepted"), ("Claimed, pounds", "claimed")):
        pence = sum(int(row[column].replace(".", "")) for row in found)
        assert pence == int(getattr(told.delivered.pounds, name) * 100)


def test_the_register_names_each_delivery_that_a_piece_shows():
    found = rows(evidence_csv(paper()))
    assert found[0]["Kind"] == "reference"
    assert found[0]["About people"] == "yes"
    assert found[0]["SHA-256"] == ""
    assert (found[4]["Kind"], found[4]["Bytes"], len(found[4]["SHA-256"])) == ("file", "48210", 64)
    assert (found[5]["Deleted on"], found[5]["Deleted by"]) == ("2027-09-01", "A. Okafor")
    assert found[5]["Commitment"] == "3"


def test_a_piece_that_shows_nothing_any_more_keeps_its_row_and_text_is_no_formula():
    told = replace(paper((), agreed=(), **PLAIN), evidence=(ToldEvidence(1, "=1+1"),))
    assert rows(evidence_csv(told)) == [
        {**dict.fromkeys(rows(evidence_csv(paper()))[0], ""), "Number": "1", "Name": "'=1+1"}
        | {"Kind": "reference", "About people": "no"}
    ]


def test_ledger_has_a_row_for_each_entry_and_text_is_no_formula():
    first, second = rows(ledger_csv(paper()))
    assert (first["Received on"], first["Pounds"], first["Receipt"]) == ("2027-03-22", "5000.00", "R-118")
    assert (second["Passed on"], second["Commitment"]) == ("", "7")
    hostile = replace(paper().ledger[0], received_from="=1+1", commitment="")
    (told,) = rows(ledger_csv(replace(paper(), ledger=(hostile,))))
    assert (told["Received from"], told["Commitment"]) == ("'=1+1", "")
