"""`tomsapp overview --delivered`: what was delivered of all contracts, in a terminal and as files."""

import csv
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from tests.services.council import open_as, promise, shipped
from tests.services.deliveries import accept, begin_signed, claim, enter
from tomsapp.dashboards.selection import Filters
from tomsapp.domain.portfolio import Grouping
from tomsapp.domain.saved_view import OverviewView
from tomsapp.services import databases
from tomsapp.services.saved_views import SAVED_VIEWS, view_of


@pytest.fixture
def council(tmp_path):
    path = tmp_path / "council.db"
    databases.make_database(path, shipped(), "Ann", "Larkmere Council").close()
    ann, bob = open_as(path, "Ann"), open_as(path, "Bob")
    made = begin_signed(ann)
    cash, _ = enter(ann, made, claim(made.lines[0], claimed="40"), claim(made.lines[1], evidenced=Decimal(5)))
    accept(bob, made, cash)
    begin_signed(ann, promise("V01", "100", "100"), reference="C2")
    SAVED_VIEWS.add(
        ann,
        view_of("Cash", OverviewView.DELIVERY, Filters().choosing(Grouping.MEASURE, ("V01",)), date(2026, 6, 30)),
    )
    ann.close()
    bob.close()
    return path


def test_figures_of_all_contracts_are_shown(call, council):
    found = call("overview", council, "--delivered", "--until", "2026-09-30")
    assert (found.status, found.err) == (0, "")
    first, filters, many, committed, heads, _, *rows = found.out.splitlines()
    assert first == "Until 30 September 2026. The last period: Until 30 June 2026. Figures to 30 September 2026."
    assert (filters, many) == ("All signed and closed contracts", "2 contracts, 3 commitments.")
    assert committed.startswith("Committed, all years: £")
    assert heads.split() == ["Theme", "Due", "Claimed", "Evidenced", "Accepted", "Of", "due", "Last", "period"]
    assert any(row.startswith("Total") for row in rows)
    assert rows[-1] == "Money handed over: £0.00 received, £0.00 passed on, £0.00 still held."


def test_a_saved_view_brings_its_filters_and_its_day(call, council):
    found = call("overview", council, "--delivered", "--view", "cash", "--by", "quarter")
    lines = found.out.splitlines()
    assert lines[0].startswith("Until 30 June 2026. ")
    assert lines[1].startswith("Measure V01, ")
    assert lines[2].startswith("These filters take some lines of these contracts and not all")
    assert any(line.startswith("Q1 of 2026/27 (Apr to Jun 2026)") for line in lines)


def test_files_hold_what_is_shown(call, council, tmp_path):
    table, lines, book = (tmp_path / name for name in ("themes.csv", "lines.csv", "all.xlsx"))
    common = ("overview", council, "--delivered", "--until", "2026-09-30", "--filter", "financial_year 2026/27", "-o")
    assert call(*common, table).out == f"What was delivered is in {table}.\n"
    assert call(*common, lines, "--lines").status == 0
    assert call(*common, book).status == 0
    rows = list(csv.reader(table.open(encoding="utf-8-sig", newline="")))
    assert rows[0][0].startswith("2026/27, until 30 September 2026. The last period: 2025/26, until 30 September 2025.")
    head = rows.index([]) + 1
    due = rows[head].index("Due")
    told = list(csv.reader(lines.open(encoding="utf-8-sig", newline="")))
    line_head = told.index([]) + 1
    line_due = told[line_head].index("Due")
    whole = sum(Decimal(row[due]) for row in rows[head + 1 :])
    assert whole == sum(Decimal(row[line_due]) for row in told[line_head + 1 :]) > 0
    sheets = load_workbook(book)
    totals = {row[0]: row[1] for row in sheets["Delivered"].iter_rows(values_only=True)}
    assert Decimal(str(totals["Proxy pounds due"])) == whole
    assert {"By theme", "By directorate", "By financial year", "Plain counts", "Lines"} <= set(sheets.sheetnames)


def test_what_is_not_there_is_said(call, council):
    found = call("overview", council, "--delivered", "--filter", "ward X99")
    assert found.status == 2
    assert "Nothing is there to pass “ward X99”" in found.err
    assert call("overview", council, "--delivered", "--view", "Hours").status == 2
