"""The portfolio from the database to files."""

import csv
import gc
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from openpyxl import load_workbook

from tests.exchange.portfolios import FIGURES, NOTHING, TOLD
from tests.portfolio import add_own_groups, filled_workspace, new_workspace
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.errors import TomsError
from tomsapp.domain.jobs import MeasureJobs
from tomsapp.domain.portfolio import COMMITTED_GROUPINGS, EditionPart, Grouping, PortfolioRow
from tomsapp.domain.problems import Severity
from tomsapp.exchange.portfolio_json import jobs_text
from tomsapp.services import commitments, contracts, overview, overview_tables
from tomsapp.services.overview import Filters
from tomsapp.services.progress import Cancelled

NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)


@pytest.fixture
def workspace(tmp_path):
    made = filled_workspace(tmp_path, contracts=4)
    add_own_groups(made)
    yield made
    made.close()


def test_empty_database_has_no_contracts(tmp_path):
    workspace = new_workspace(tmp_path, "empty.db")
    figures = overview.figures(overview.load_cube(workspace), Filters())
    assert figures.all_contracts == 0
    assert figures.portfolio.social_value == 0
    assert overview.figures(overview.load_cube(workspace), Filters(keys={Grouping.YEAR: frozenset({"2026/27"})}))
    workspace.close()


def test_deleted_contract_leaves_the_portfolio(workspace):
    before = overview.load_cube(workspace)
    first = next(row for row in contracts.list_contracts(workspace) if row.status is ContractStatus.DRAFT)
    contracts.delete_contract(workspace, contracts.open_contract(workspace, first.id))
    after = overview.load_cube(workspace, last=before)
    assert after is not before
    assert first.id not in {contract.id for contract in after.contracts}
    assert first.id not in {line.contract.id for line in overview.lines(after, Filters())}


def test_a_supplier_s_value_leaves_out_lines_with_errors(workspace):
    before = overview.committed_by_supplier(workspace)
    rows = contracts.list_contracts(workspace)
    draft = next(row for row in rows if row.status is ContractStatus.DRAFT and row.commitments and row.supplier_id)
    opened = contracts.open_contract(workspace, draft.id)
    line = next(line for line in opened.checked.valuation.lines if line.social_value)
    stored = next(each for each in opened.commitments if str(each.id) == line.commitment.key)
    wrong = replace(stored.record, contract_share=Decimal(2))
    commitments.save_commitment(workspace, draft.id, stored, wrong, "Double the share")
    after = overview.committed_by_supplier(workspace)
    assert before[draft.supplier_id] - after[draft.supplier_id] == line.social_value


def test_contract_without_a_readable_edition_is_named_and_not_valued(workspace):
    cube = overview.load_cube(workspace)
    broken = replace(cube.contracts[0], edition=None, trouble="barnet-open 2031.1 is not installed")
    cube = replace(cube, contracts=[broken, *cube.contracts[1:]])
    attention = overview.figures(cube, Filters()).portfolio.attention
    reasons = next(each.reasons for each in attention if each.contract_id == broken.id)
    assert reasons == ("barnet-open 2031.1 is not installed",)
    assert next(each.severity for each in attention if each.contract_id == broken.id) is Severity.ERROR


def test_loading_can_be_stopped(workspace):
    class Stops:
        def report(self, done, total, text=""):
            raise Cancelled

    with pytest.raises(Cancelled):
        overview.load_cube(workspace, Stops())
    assert gc.isenabled()
    assert overview.load_cube(workspace).contracts
    assert gc.isenabled()


def test_workbook_holds_every_table_and_its_lines_add_up(workspace, tmp_path):
    cube = overview.load_cube(workspace)
    checked = overview.check_contracts(workspace, cube, [contract.id for contract in cube.contracts])
    figures = overview.figures(cube, Filters(), checked, with_contracts=True).portfolio
    path = overview_tables.save_every_table(workspace, cube, Filters(), {}, tmp_path / "all.xlsx", NOW)
    book = load_workbook(path)
    contracts_listed = list(book["By contract"].iter_rows(min_row=4, values_only=True))
    assert [row[0] for row in contracts_listed] == [row.reference for row in figures.contract_rows]
    totals = list(book["Totals"].iter_rows(min_row=3, max_row=4, values_only=True))
    assert totals[0] == ("Figure", "Signed and closed", "Drafts", "All, drafts included")
    assert totals[1] == (
        "Social value, in proxy pounds",
        *(float(each.social_value) for each in (*figures.groups, figures)),
    )
    assert {overview_tables.TITLES[each] for each in COMMITTED_GROUPINGS} <= set(book.sheetnames)
    rows = list(book["Lines"].iter_rows(min_row=4, values_only=True))
    assert sum(round(Decimal(str(row[13])), 2) for row in rows) == figures.social_value
    assert sum(round(Decimal(str(row[14])), 2) for row in rows) == figures.real_pounds


def test_csv_of_lines_and_of_a_grouping_are_exact(workspace, tmp_path):
    cube = overview.load_cube(workspace)
    figures = overview.figures(cube, Filters()).portfolio
    lines = overview_tables.save_lines(workspace, cube, Filters(), tmp_path / "lines.csv", NOW)
    with lines.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sum(Decimal(row["Social value"]) for row in rows) == figures.social_value
    table = overview_tables.save_grouping(workspace, figures, Grouping.MEASURE, tmp_path / "measures.csv", NOW)
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sum(Decimal(row["Social value"]) for row in rows) == figures.social_value
    assert {row["Code"] for row in rows} == {row.key for row in figures.rows(Grouping.MEASURE)}
    told = [jobs_text(row.jobs.signed) if row.jobs.signed else "" for row in figures.rows(Grouping.MEASURE)]
    assert [row["In Jobs"] for row in rows] == told
    assert any(told)


def test_a_measure_says_its_jobs_in_files_as_on_screen():
    today, left_out = "In Jobs today, where its menu is withdrawn", "Not in Jobs, because they may be the same people"
    parts = (
        EditionPart("open 1", Decimal(5), Decimal(0), 1, "25 years", MeasureJobs(Fraction(25), Fraction(0))),
        EditionPart("open 2", Decimal(5), Decimal(0), 1, "2 years", MeasureJobs(left_out=Fraction(2))),
    )
    jobs = MeasureJobs(Fraction(25), Fraction(0), Fraction(2))
    rows = (
        PortfolioRow("J1", "Raised", Decimal(10), Decimal(0), 2, quantity="27 years", jobs=jobs, editions=parts),
        PortfolioRow("J2", "Trained", Decimal(0), Decimal(0), 1),
    )
    figures = replace(NOTHING, tables=((Grouping.MEASURE, rows),))
    table = overview_tables.grouping_table(figures, Grouping.MEASURE)
    heads = [column.title for column in table.columns]
    first, second = (dict(zip(heads, row, strict=True)) for row in table.rows)
    assert (first["In Jobs"], first[today], first[left_out]) == ("25", "0", "2")
    assert first["By menu edition"] == ". ".join(part.text for part in parts)
    assert [second[name] for name in ("In Jobs", today, left_out, "By menu edition")] == [None] * 4


def test_too_many_lines_for_a_workbook_say_what_to_do(workspace, tmp_path, monkeypatch):
    monkeypatch.setattr(overview_tables, "MOST_WORKBOOK_LINES", 3)
    cube = overview.load_cube(workspace)
    with pytest.raises(TomsError) as raised:
        overview_tables.save_every_table(workspace, cube, Filters(), {}, tmp_path / "all.xlsx", NOW)
    assert "CSV" in raised.value.fix
    assert not (tmp_path / "all.xlsx").exists()


def test_data_frames_are_loaded_only_when_the_overview_is_used():
    code = "import sys, tomsapp.gui.pages.overview_page; sys.exit('pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=False)
    assert done.returncode == 0


def test_the_portfolio_is_filtered_by_who_looks_after_the_contracts(workspace):
    first, second, *_others = contracts.list_contracts(workspace)
    for row, directorate in ((first, "Place"), (second, "People")):
        opened = contracts.open_contract(workspace, row.id)
        changed = replace(opened.contract, directorate=directorate, contract_manager="P. Quill")
        contracts.save_contract(workspace, opened.stored, opened.supplier_id, changed, opened.supplier_id)
    cube = overview.load_cube(workspace)
    assert overview.fact_choices(cube) == {"directorate": ["People", "Place"], "contract_manager": ["P. Quill"]}
    place = Filters(facts={"directorate": frozenset({"Place"})})
    assert overview.passing_contracts(cube, place) == [first.id]
    figures = overview.figures(cube, place, with_contracts=True).portfolio
    assert "Directorate Place" in figures.filters
    assert ("directorate", ("Place",)) in place.chosen
    assert dict(figures.contract_rows[0].facts)["contract_manager"] == "P. Quill"
    assert not place.parts_contracts


def test_the_totals_of_the_workbook_say_what_the_first_page_says():
    table = overview_tables._totals_table(TOLD)
    rows = {str(row[0]): tuple(row[1:]) for row in table.rows}
    assert rows["Social value today, where menus are withdrawn"] == (Decimal("80000.00"), None, Decimal("110000.00"))
    assert rows["Employment outcomes today, where menus are withdrawn"] == ("1", None, "1.5")
    assert rows["Employment outcomes if all are different people"] == ("13", "1.5", "14.5")
    assert rows["Contracts without errors"] == ("1", "0", "")
    assert rows["Social value of the contracts without errors"] == (Decimal("90000.00"), Decimal("0.00"), "")
    told = [row[1] for row in table.rows if row[0] == "To be known"]
    assert told[0].startswith("Confidence: High £40,000.00")
    assert any("£7,000.00 is counted in years that end after" in words for words in told)
    assert "Contracts without errors" not in {row[0] for row in overview_tables._totals_table(FIGURES).rows}
    themes = overview_tables.grouping_table(TOLD, Grouping.THEME)
    place = [column.title for column in themes.columns].index("Social value today, where its menu is withdrawn")
    assert [row[place] for row in themes.rows] == [Decimal("80000.00"), None]
