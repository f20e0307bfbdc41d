import csv
import io
from dataclasses import replace
from decimal import Decimal

from tests.exchange.examples import CONTRACT, checked, promise
from tomsapp.domain.commitment import Rate
from tomsapp.domain.contract import ContractKind, YearSpend
from tomsapp.domain.offer import Offer
from tomsapp.exchange.result_csv import result_csv


def rows(data):
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_each_commitment_and_year_is_a_row_with_every_factor():
    table = rows(result_csv(checked()))
    assert len(table) == 12
    assert table[10] == {
        "Commitment": "6",
        "Measure": "S40",
        "Title": "Support that lasts",
        "Year": "1",
        "Year label": "2026/27",
        "Quantity": "2",
        "Unit": "person",
        "Unit value": "1000.00",
        "Contract share": "1",
        "Deadweight share": "0.25",
        "Displacement share": "0",
        "Benefit years": "3",
        "Drop-off share": "0.5",
        "Discount rate": "0",
        "Spend": "",
        "Sum": "2 × £1,000.00 × 0.75 × 1.75 = £2,625.00",
        "Social value": "2625.00",
        "Sum of real pounds": "",
        "Real pounds": "0.00",
        "Can be counted": "yes",
        "Ward": "",
        "Statement": "",
    }
    assert (table[8]["Unit value"], table[8]["Sum"]) == ("", "")


def test_a_hostile_statement_is_guarded():
    offer = Offer(CONTRACT, (promise(1, "J20", "1", "1", statement='=HYPERLINK("http://x";"y")\r\n@z'),))
    assert rows(result_csv(checked(offer)))[0]["Statement"] == '\'=HYPERLINK("http://x";"y")\r\n@z'


def test_real_pounds_spend_and_what_cannot_be_counted_are_said():
    contract = replace(CONTRACT, kind=ContractKind.FRAMEWORK, spend=(YearSpend(0, Decimal(2_000_000)),))
    lines = (
        promise(1, "V01", "1000.50", "", contract_share=Decimal("0.25")),
        promise(2, "S08", "-1", "1"),
        promise(3, "J20", rate=Rate(Decimal(2), Decimal(1_000_000))),
    )
    table = rows(result_csv(checked(Offer(contract, lines))))
    assert [row["Sum of real pounds"] for row in table[:2]] == ["£1,000.50 × 25% = £250.13", ""]
    assert [row["Can be counted"] for row in table] == ["yes", "yes", "no", "no", "yes", "yes"]
    assert [row["Spend"] for row in table] == ["", "", "", "", "forecast", ""]
