"""The figures of a portfolio written and read back, and what is refused."""

import csv
import io
import json
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.exchange.portfolios import FIGURES, NOTHING, TOLD
from tomsapp.domain.portfolio import Grouping
from tomsapp.domain.portfolio_contract import SealedToday
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.portfolio_json import contracts_csv, read_portfolio, write_portfolio


@pytest.mark.parametrize("figures", [FIGURES, TOLD, NOTHING, replace(FIGURES, part_notes=("A part.",))])
def test_what_is_written_is_read_back(figures):
    assert read_portfolio(write_portfolio(figures)) == figures
    assert write_portfolio(figures) == write_portfolio(read_portfolio(write_portfolio(figures)))


def test_amounts_are_exact_text():
    values = json.loads(write_portfolio(FIGURES))
    assert values["social_value"] == "120000.00"
    assert values["employment_outcomes"] == "27/2"
    assert values["contract_rows"][0]["jobs"]["terms"][1]["length"] == "3/2"
    assert values["contract_rows"][1]["minimum"]["result"] == "short"
    assert values["format"] == "tomsapp-portfolio-1"


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("format", "tomsapp-portfolio-2"),
        ("social_value", 120000),
        ("social_value", "1e5"),
        ("social_value", "NaN"),
        ("employment_outcomes", "1/0"),
        ("employment_outcomes", 3),
        ("contracts", "2"),
        ("contracts", 2.5),
        ("filters", "supplier"),
        ("filters", [1]),
        ("tables", [["theme"]]),
        ("tables", [["colour", []]]),
        ("groups", [{"group": "agreed"}]),
        ("groups", [[]]),
        ("year_note", None),
        ("more", ""),
    ],
)
def test_anything_else_is_refused(place, value):
    values = json.loads(write_portfolio(FIGURES))
    values[place] = value
    with pytest.raises(OfferUnreadable):
        read_portfolio(json.dumps(values).encode(), "portfolio.json")


def test_a_wrong_value_is_named_with_its_place():
    values = json.loads(write_portfolio(FIGURES))
    values["contract_rows"][0]["jobs"]["terms"][0]["is_counted"] = "yes"
    with pytest.raises(OfferUnreadable, match=r"contract_rows\[1\].jobs.terms\[1\].is_counted"):
        read_portfolio(json.dumps(values).encode(), "portfolio.json")
    del values["filters"]
    with pytest.raises(OfferUnreadable, match="its first object"):
        read_portfolio(json.dumps(values).encode())
    with pytest.raises(OfferUnreadable, match="The file is not a portfolio"):
        read_portfolio(b"{}")


def test_contracts_as_csv_have_each_figure_and_guard_formulas():
    hostile = replace(FIGURES.contract_rows[0], title="=1+1")
    text = contracts_csv(replace(FIGURES, contract_rows=(hostile, FIGURES.contract_rows[1]))).decode("utf-8-sig")
    head, signed, draft, _ = text.split("\r\n")
    assert head.startswith("Contract,Title,Supplier,Status,Menu,Contract value,Social value,")
    assert '"Claimed, lines with errors included"' in head
    assert signed == (
        "C-7,'=1+1,<b>Lamp & Sons,signed,barnet-open 2026.1,1000000.00,90000.00,90000.00,0.09,5000.00,13,"
        "J01 2 × 50% + J11 (18 ÷ 1.5),,,Enough,Enough,0,1"
    )
    assert draft.endswith(
        '30000.00,44444.44,0.03,0.00,0.5,S02 1 × 0.5,,,"Short by £20,000.00",Not yet: errors to put right,2,0'
    )


def test_a_part_of_contracts_has_no_share():
    part = replace(FIGURES.contract_rows[0], minimum=None, employment=None, contract_value=Decimal("0.00"))
    text = contracts_csv(replace(FIGURES, part_notes=("A part.",), contract_rows=(part,))).decode("utf-8-sig")
    assert "90000.00,90000.00,,5000.00,13,J01 2 × 50% + J11 (18 ÷ 1.5),,,,,0,1" in text


def test_jobs_of_a_withdrawn_menu_are_told_as_of_today_too():
    signed = FIGURES.contract_rows[0]
    today = replace(signed, jobs_today=FIGURES.contract_rows[1].jobs, menu_today="barnet-open 2026.2")
    text = contracts_csv(replace(FIGURES, contract_rows=(today,))).decode("utf-8-sig")
    assert "13,J01 2 × 50% + J11 (18 ÷ 1.5),0.5,S02 1 × 0.5,Enough" in text


def test_a_file_of_before_jobs_of_today_is_read():
    values = json.loads(write_portfolio(FIGURES))
    for row in values["contract_rows"]:
        del row["jobs_today"], row["menu_today"]
    assert read_portfolio(json.dumps(values).encode()) == FIGURES


def test_a_file_of_before_jobs_of_measures_is_read():
    values = json.loads(write_portfolio(FIGURES))
    for _, rows in values["tables"]:
        for row in rows:
            del row["jobs"], row["editions"]
    (row,) = read_portfolio(json.dumps(values).encode()).rows(Grouping.MEASURE)
    assert (row.jobs, row.editions) == (None, ())


def told(contract, directorate):
    return replace(contract, facts=(("directorate", directorate), ("contract_manager", "P. Quill")))


def test_who_looks_after_a_contract_stands_in_both_files():
    rows = (told(FIGURES.contract_rows[0], "=Place"), told(FIGURES.contract_rows[1], ""))
    figures = replace(FIGURES, contract_rows=rows)
    assert read_portfolio(write_portfolio(figures)) == figures
    head, signed, draft, _ = contracts_csv(figures).decode("utf-8-sig").split("\r\n")
    assert head.startswith("Contract,Title,Supplier,Status,Menu,Directorate,Contract manager,Contract value,")
    assert ",barnet-open 2026.1,'=Place,P. Quill,1000000.00," in signed
    assert ",barnet-open 2026.1,,P. Quill,1000000.00," in draft


def test_an_earlier_portfolio_without_them_is_read():
    values = json.loads(write_portfolio(FIGURES))
    for row in values["contract_rows"]:
        del row["facts"]
    assert read_portfolio(json.dumps(values).encode()) == FIGURES
    del values["contract_rows"][0]["errors"]
    with pytest.raises(OfferUnreadable):
        read_portfolio(json.dumps(values).encode())


def test_what_was_sealed_stands_in_both_files_and_a_file_of_before_is_read():
    sealed = replace(FIGURES.contract_rows[0], sealed_value=Decimal("91000.00"))
    figures = replace(FIGURES, contract_rows=(sealed, FIGURES.contract_rows[1]))
    assert read_portfolio(write_portfolio(figures)) == figures
    head, signed, draft, _ = contracts_csv(figures).decode("utf-8-sig").split("\r\n")
    assert head.endswith('Warnings,"Social value as sealed, whole contract"')
    assert (signed.endswith(",91000.00"), draft.endswith(",2,0,")) == (True, True)
    values = json.loads(write_portfolio(FIGURES))
    for row in values["contract_rows"]:
        del row["sealed_value"]
    assert read_portfolio(json.dumps(values).encode()) == FIGURES


def test_what_the_sealed_promises_come_to_today_stands_in_both_files_and_a_file_of_before_is_read():
    since = SealedToday(
        Decimal("91000.00"), Decimal("80000.00"), ("barnet-open 2026.2: J11 −£11,000.00", "Minimum: gone")
    )
    sealed = replace(FIGURES.contract_rows[0], sealed_value=since.sealed, sealed_today=since)
    figures = replace(FIGURES, contract_rows=(sealed, FIGURES.contract_rows[1]))
    assert read_portfolio(write_portfolio(figures)) == figures
    head, signed, draft, _ = contracts_csv(figures).decode("utf-8-sig").split("\r\n")
    assert head.endswith(',"The same today, where something differs",What differs since it was sealed')
    assert signed.endswith(',91000.00,80000.00,"barnet-open 2026.2: J11 −£11,000.00. Minimum: gone"')
    assert draft.endswith(",2,0,,,")
    values = json.loads(write_portfolio(FIGURES))
    for row in values["contract_rows"]:
        del row["sealed_today"]
    assert read_portfolio(json.dumps(values).encode()) == FIGURES


def test_the_table_tells_today_s_pounds_other_people_and_how_sure_they_are() -> None:
    head, signed, draft = csv.reader(io.StringIO(contracts_csv(TOLD).decode("utf-8-sig")))
    told = dict(zip(head, signed, strict=True))
    assert told["Social value today, where its menu is withdrawn"] == "80000.00"
    assert (told["Jobs if all are different people"], told["Jobs asked for"], told["Can be admitted"]) == (
        "",
        "9",
        "yes",
    )
    assert (told["Counted past the dates of its values"], told["In years shown only after the end"]) == (
        "7000.00",
        "0.00",
    )
    assert (told["Low"], told["High"], told["Without a low and high"]) == ("70000.00", "95000.00", "50000.00")
    assert told["Confidence"] == "high £40,000.00; medium £50,000.00"
    assert told["Minimum"] == "Enough only with the forecast: short by £12,500.00 without it"
    ended = told["Jobs of years that had ended when it was signed"]
    assert (told["Jobs that rest on a forecast of spend"], ended) == ("1", "5.6666")
    told = dict(zip(head, draft, strict=True))
    assert (told["Jobs if all are different people"], told["Can be admitted"]) == ("1.5", "no")
    assert told["Confidence"] == "not said £30,000.00"
    bare = replace(TOLD.contract_rows[0], employment=None, caveats=None, job_caveats=None)
    assert ",yes,0.00,0.00,0.00,0.00" in contracts_csv(replace(TOLD, contract_rows=(bare,))).decode("utf-8-sig")
    assert contracts_csv(replace(TOLD, contract_rows=(bare,))).decode("utf-8-sig").endswith(",0,0\r\n")
    assert "rest on a forecast" not in contracts_csv(replace(TOLD, job_caveats=None)).decode("utf-8-sig")
    assert "Can be admitted" not in contracts_csv(FIGURES).decode("utf-8-sig")


def test_a_portfolio_of_before_today_s_pounds_is_read() -> None:
    values = json.loads(write_portfolio(FIGURES))
    later = ("outcomes_left_out", "value_today", "outcomes_today", "not_admitted")
    for row in [
        values,
        *values["groups"],
        *values["contract_rows"],
        *(row for _, rows in values["tables"] for row in rows),
    ]:
        for name in (*later, "caveats"):
            row.pop(name, None)
        for name in ("minimum", "employment"):
            for added in ("needed", "short_without_forecast"):
                (row.get(name) or {}).pop(added, None)
        for count in row.get("policy", ()):
            del count["only_with_forecast"]
    assert read_portfolio(json.dumps(values).encode()) == FIGURES
