"""Whether a portfolio PDF still holds: its sums, its pages, its files, and the database it was made from."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from tests import pdf_parts as parts
from tests.pdf_overlay import with_overlay, words
from tests.portfolio import add_own_groups, filled_workspace
from tomsapp import __version__
from tomsapp.bootstrap import menu_catalogue
from tomsapp.config.paths import resources_dir
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.portfolio import OVERLAPPING, Grouping
from tomsapp.exchange.made_with import MadeWith
from tomsapp.exchange.portfolio_json import write_portfolio
from tomsapp.exchange.portfolio_made import write_portfolio_made
from tomsapp.reports import portfolio_first
from tomsapp.reports.context import ReportContext
from tomsapp.reports.fonts import load_fonts
from tomsapp.reports.portfolio_report import build_portfolio_report
from tomsapp.reports.render import printed_text
from tomsapp.services import contracts, council, overview
from tomsapp.services.earlier_portfolio import (
    as_told_before_today,
    without_caveats,
    without_groups_told,
    without_job_caveats,
)
from tomsapp.services.overview import Filters
from tomsapp.services.overview_report import overview_report
from tomsapp.services.portfolio_paper import portfolio_attachments
from tomsapp.services.priorities import PRIORITIES
from tomsapp.services.verifying import verify_pdf

MADE_ON = date(2026, 11, 28)
MADE = write_portfolio_made(MadeWith(MADE_ON, "A council", version=__version__))
MADE_BEFORE = write_portfolio_made(MadeWith(MADE_ON, "A council", version="0.2.0"))
BEFORE = {"made.json": MADE_BEFORE}
PART = Filters(frozenset({ContractStatus.DRAFT, ContractStatus.SIGNED}), {Grouping.THEME: frozenset({"1", "4"})})

SERVING = Filters(keys={Grouping.PRIORITY: frozenset({"1"}), Grouping.NEIGHBOURHOOD: frozenset({"1", "2"})})


@pytest.fixture
def workspace(tmp_path):
    made = filled_workspace(tmp_path, contracts=5)
    add_own_groups(made)
    yield made
    made.close()


@pytest.fixture
def figures(workspace):
    cube = overview.load_cube(workspace)
    checked = overview.check_contracts(workspace, cube, [contract.id for contract in cube.contracts])
    return overview.figures(cube, Filters(), checked, with_contracts=True).portfolio


def pdf(tmp_path, printed, attached=None, **files):
    """A PDF that prints some figures and carries others; what it carries besides is as the program makes it."""
    context = ReportContext(MADE_ON, "A council")
    carried = portfolio_attachments(attached or printed, context, lambda _done, _all: None)
    held = {item.name: files.get(item.name, item.data) for item in carried}
    attachments = [replace(item, data=held[item.name]) for item in carried if held[item.name] is not None]
    fonts = load_fonts(resources_dir() / "fonts")
    path = tmp_path / "portfolio.pdf"
    path.write_bytes(build_portfolio_report(printed, context, fonts, attachments).data)
    return path


@pytest.mark.parametrize("filters", [Filters(), PART, Filters(contracts=frozenset({2, 4})), SERVING])
def test_a_portfolio_holds_with_and_without_its_database(workspace, tmp_path, filters):
    cube = overview.load_cube(workspace)
    path = tmp_path / "portfolio.pdf"
    path.write_bytes(overview_report(workspace, cube, filters, {}, MADE_ON).data)
    found = verify_pdf(workspace, path)
    assert found.holds, found.lines
    assert "They come out again from the contracts in the open database." in found.lines
    found = verify_pdf(menu_catalogue(), path)
    assert found.holds
    assert found.lines[1] == "Every word of the pages comes out again."
    assert "No database is open" in found.lines[2]


def test_whom_to_ask_and_the_logo_are_printed_again_whatever_they_are(workspace, tmp_path):
    before, picture = council.get_settings(workspace), BytesIO()
    Image.new("RGB", (60, 20), "navy").save(picture, "PNG")
    own = replace(before.record, contact="Extension 0208359200045, room 12.75", logo=picture.getvalue())
    council.SETTINGS.save(workspace, before, own)
    path = tmp_path / "portfolio.pdf"
    path.write_bytes(overview_report(workspace, overview.load_cube(workspace), Filters(), {}, MADE_ON).data)
    assert "0208359200045" in printed_text(path.read_bytes())
    found = verify_pdf(workspace, path)
    assert found.holds, found.lines


def test_an_earlier_portfolio_is_held_to_what_it_told(workspace, tmp_path, figures):
    tables = tuple(
        (grouping, tuple(replace(row, jobs=None, editions=()) for row in rows))
        for grouping, rows in figures.tables
        if grouping not in OVERLAPPING
    )
    contracts_of_then = tuple(replace(row, facts=()) for row in figures.contract_rows)
    earlier = replace(figures, tables=tables, contract_rows=contracts_of_then)
    found = verify_pdf(workspace, pdf(tmp_path, earlier, **BEFORE))
    assert found.holds, found.lines


def test_a_portfolio_of_before_today_s_pounds_is_held_to_what_it_told_and_not_to_its_words(
    workspace, tmp_path, figures
):
    measures = tuple(replace(row, quantity="other words") for row in figures.rows(Grouping.MEASURE))
    tables = tuple((each, measures if each is Grouping.MEASURE else rows) for each, rows in figures.tables)
    earlier = as_told_before_today(replace(figures, tables=tables, plain_counts=()))
    found = verify_pdf(workspace, pdf(tmp_path, earlier, **BEFORE))
    assert found.holds, found.lines
    assert not verify_pdf(workspace, pdf(tmp_path, replace(figures, tables=tables))).holds


@pytest.mark.parametrize(
    "later",
    [
        ("ended_when_signed",),
        ("confidence_today", "ended_when_signed"),
        ("taken_off", "regraded", "confidence_today", "ended_when_signed"),
        ("days_unrecorded", "evidence_unrecorded", "taken_off", "regraded", "confidence_today", "ended_when_signed"),
    ],
)
def test_a_portfolio_of_before_a_caveat_was_told_is_held_to_what_it_told(workspace, tmp_path, figures, later):
    assert all(getattr(figures.caveats, name) is not None for name in later)
    measures = tuple(replace(row, quantity="other words") for row in figures.rows(Grouping.MEASURE))
    tables = tuple((each, measures if each is Grouping.MEASURE else rows) for each, rows in figures.tables)
    earlier = without_caveats(replace(figures, tables=tables, plain_counts=()), later)
    found = verify_pdf(workspace, pdf(tmp_path, earlier, **BEFORE))
    assert found.holds, found.lines
    values = json.loads(write_portfolio(earlier))
    for row in values["contract_rows"]:
        for name in later:
            assert row["caveats"].pop(name) is None
    found = verify_pdf(workspace, pdf(tmp_path, earlier, **BEFORE, **{"portfolio.json": json.dumps(values).encode()}))
    assert found.holds, found.lines


def test_a_portfolio_of_before_its_groups_were_told_apart_is_held_to_what_it_told(workspace, tmp_path, figures):
    assert all(totals.themes and totals.plain_counts for totals in figures.groups)
    values = json.loads(write_portfolio(figures))
    for totals in values["groups"]:
        del totals["themes"], totals["plain_counts"]
    earlier = without_groups_told(figures)
    found = verify_pdf(workspace, pdf(tmp_path, earlier, **BEFORE, **{"portfolio.json": json.dumps(values).encode()}))
    assert found.holds, found.lines
    other = replace(figures.groups[0], plain_counts=figures.groups[0].plain_counts[1:])
    found = verify_pdf(workspace, pdf(tmp_path, replace(figures, groups=(other, *figures.groups[1:]))))
    assert "From the open database another figure comes out under “groups”." in found.lines


def test_a_portfolio_of_before_its_jobs_on_a_forecast_were_told_is_held_to_what_it_told(workspace, tmp_path, figures):
    assert figures.job_caveats is not None
    earlier = without_job_caveats(figures)
    values = json.loads(write_portfolio(earlier))
    for part in (values, *values["groups"], *values["contract_rows"]):
        assert part.pop("job_caveats") is None
    found = verify_pdf(workspace, pdf(tmp_path, earlier, **BEFORE, **{"portfolio.json": json.dumps(values).encode()}))
    assert found.holds, found.lines
    other = replace(figures, job_caveats=replace(figures.job_caveats, on_forecast=Fraction(1)))
    found = verify_pdf(workspace, pdf(tmp_path, other))
    assert "From the open database another figure comes out under “job caveats”." in found.lines


def test_how_sure_a_portfolio_is_is_worked_out_again(workspace, tmp_path, figures):
    first = figures.contract_rows[0]
    other = replace(first, caveats=replace(first.caveats, past_dates=first.caveats.past_dates + 1))
    found = verify_pdf(workspace, pdf(tmp_path, replace(figures, contract_rows=(other, *figures.contract_rows[1:]))))
    assert "From the open database another figure comes out under “contract rows”." in found.lines


def test_a_priority_that_other_measures_serve_now_is_told(workspace, tmp_path, figures):
    path = pdf(tmp_path, figures)
    before = PRIORITIES.all(workspace)[0]
    PRIORITIES.save(workspace, before, replace(before.record, measures=frozenset({"barnet-open J01"})))
    found = verify_pdf(workspace, path)
    assert not found.holds
    assert "From the open database another figure comes out under “tables”." in found.lines


def test_a_changed_contract_is_named(workspace, tmp_path, figures):
    path = pdf(tmp_path, figures)
    first = next(row for row in contracts.list_contracts(workspace) if row.status is ContractStatus.DRAFT)
    contracts.delete_contract(workspace, contracts.open_contract(workspace, first.id))
    found = verify_pdf(workspace, path)
    assert not found.holds
    assert f"{first.reference} is in this portfolio and not in the database." in found.lines
    assert verify_pdf(menu_catalogue(), path).holds


def test_a_contract_that_is_worth_something_else_is_named(workspace, tmp_path, figures):
    first = figures.contract_rows[0]
    other = replace(first, social_value=first.social_value + 1)
    gone = replace(figures.contract_rows[1], reference="C-GONE")
    found = verify_pdf(
        workspace, pdf(tmp_path, replace(figures, contract_rows=(other, gone, *figures.contract_rows[2:])))
    )
    assert any(line.startswith(f"{first.reference}: £") for line in found.lines)
    assert "C-GONE is in this portfolio and not in the database." in found.lines
    assert f"{figures.contract_rows[1].reference} is in the database and not in this portfolio." in found.lines
    assert found.lines[-1] == "3 contracts come out of the database as stated."
    third = replace(figures.contract_rows[2], warnings=99)
    found = verify_pdf(
        workspace,
        pdf(
            tmp_path,
            replace(figures, contract_rows=(*figures.contract_rows[:2], third, *figures.contract_rows[3:])),
            **BEFORE,
        ),
    )
    told = f"{third.reference}: other figures come out of the database as it is now, under “warnings”."
    assert told in found.lines
    assert found.lines[-1].startswith("4 contracts come out of the database as stated. Another rule counts jobs since.")


def test_a_total_that_does_not_add_up_is_told(tmp_path, figures):
    wrong = replace(figures, social_value=figures.social_value + 1)
    found = verify_pdf(menu_catalogue(), pdf(tmp_path, wrong))
    assert any(line.startswith("The whole: £") for line in found.lines)
    parts = replace(figures, social_value=Decimal("0.001"))
    found = verify_pdf(menu_catalogue(), pdf(tmp_path, figures, parts))
    assert found.lines == ("portfolio.pdf does not hold: its attached figures cannot be added up and printed.",)


def test_pages_that_print_other_figures_are_told(tmp_path, figures):
    other = replace(figures, real_pounds=Decimal("9999999.00"))
    found = verify_pdf(menu_catalogue(), pdf(tmp_path, other, figures))
    assert "£9,999,999.00 is printed on page 2 and does not come out." in found.lines
    assert any(line.endswith("comes out and is not printed on page 2.") for line in found.lines)


def test_an_earlier_portfolio_is_held_to_its_figures_and_not_to_its_words(tmp_path, figures, monkeypatch):
    without = {"made.json": None}
    found = verify_pdf(menu_catalogue(), pdf(tmp_path, figures, **without))
    assert "The attached file made.json is missing." in found.lines
    monkeypatch.setattr("tomsapp.services.strange_papers.made_by_version", lambda _data: "0.2.0")
    found = verify_pdf(menu_catalogue(), pdf(tmp_path, figures, **without))
    assert "The attached file made.json is missing." in found.lines, "Its pages name it."
    monkeypatch.setattr(portfolio_first, "_DATA", "Data attached: portfolio.json, contracts.csv.")
    found = verify_pdf(menu_catalogue(), pdf(tmp_path, figures, **without))
    assert (found.holds, found.lines[1]) == (True, "The words of its pages were not compared.")
    other = replace(figures, real_pounds=Decimal("9999999.00"))
    found = verify_pdf(menu_catalogue(), pdf(tmp_path, figures, other, **without))
    assert "£9,999,999.00 is attached and is not printed on the pages." in found.lines


def test_a_figure_that_is_drawn_on_a_page_of_another_version_is_told(tmp_path, figures):
    path = pdf(tmp_path, figures, **BEFORE)
    path.write_bytes(with_overlay(path.read_bytes(), words("£9,999,999.00")))
    found = verify_pdf(menu_catalogue(), path)
    assert found.verdict == "does not hold"
    assert found.lines[1] == "£9,999,999.00 is printed on page 1 and follows from nothing in the attachment."
    later = write_portfolio_made(MadeWith(MADE_ON, "A council", version="99.0"))
    path = pdf(tmp_path, figures, **{"made.json": later})
    assert verify_pdf(menu_catalogue(), path).holds
    path.write_bytes(with_overlay(path.read_bytes(), words("£9,999,999.00")))
    found = verify_pdf(menu_catalogue(), path)
    assert found.verdict == "cannot be judged here"
    assert "made by version 99.0 of the program, which may print more." in found.lines[0]


def _reversed(opened):
    opened.pages.reverse()


def _without_one(opened):
    del opened.pages[1]


def _with_one_twice(opened):
    opened.pages.append(opened.pages[0])


def _turned(opened):
    opened.pages[0].rotate(90, relative=True)


def _smaller(opened):
    opened.pages[0].cropbox = [0, 300, 595, 842]


@pytest.mark.parametrize("change", [_reversed, _without_one, _with_one_twice, _turned, _smaller])
def test_pages_that_are_not_as_they_were_made_are_found(tmp_path, figures, change):
    path, changed = pdf(tmp_path, figures), BytesIO()
    with pikepdf.open(path) as opened:
        change(opened)
        opened.save(changed)
    path.write_bytes(changed.getvalue())
    assert not verify_pdf(menu_catalogue(), path).holds


@pytest.mark.parametrize(
    "draw",
    [words("not"), words("12"), words("Larkmere"), lambda canvas: canvas.rect(60, 500, 300, 100, stroke=0, fill=1)],
)
def test_a_word_or_a_patch_over_a_page_is_found(tmp_path, figures, draw):
    path = pdf(tmp_path, figures)
    path.write_bytes(with_overlay(path.read_bytes(), draw))
    assert not verify_pdf(menu_catalogue(), path).holds


def test_pages_made_with_something_else_than_is_attached_are_found(tmp_path, figures):
    other = write_portfolio_made(MadeWith(MADE_ON, "B council", version=__version__))
    found = verify_pdf(menu_catalogue(), pdf(tmp_path, figures, **{"made.json": other}))
    assert "A is printed on page 1 and does not come out." in found.lines
    renamed = replace(figures.contract_rows[0], title="Another title")
    printed = replace(figures, contract_rows=(renamed, *figures.contract_rows[1:]))
    found = verify_pdf(menu_catalogue(), pdf(tmp_path, printed, figures))
    assert any(line.startswith("Another title is printed") for line in found.lines)


@pytest.mark.parametrize("text", ["9,999,999.00", "£9,999,999.00", "77.7%", "1234567"])
def test_a_figure_that_is_drawn_on_a_page_is_told(tmp_path, figures, text):
    path = pdf(tmp_path, figures)
    assert verify_pdf(menu_catalogue(), path).holds
    path.write_bytes(with_overlay(path.read_bytes(), words(text)))
    outcome = verify_pdf(menu_catalogue(), path)
    assert not outcome.holds
    assert any(line.startswith(text) for line in outcome.lines)


def test_pages_of_another_version_are_searched_for_the_totals(tmp_path, figures):
    assert verify_pdf(menu_catalogue(), pdf(tmp_path, figures, **BEFORE)).holds
    other = replace(figures, real_pounds=Decimal("9999999.00"))
    found = verify_pdf(menu_catalogue(), pdf(tmp_path, figures, other, **BEFORE))
    assert "£9,999,999.00 is attached and is not printed on the pages." in found.lines


@pytest.mark.parametrize("made", [MADE, MADE_BEFORE], ids=["this version", "another"])
def test_what_a_portfolio_has_beside_its_pages_is_found(tmp_path, figures, made):
    path = pdf(tmp_path, figures, **{"made.json": made})
    changes = (parts.other_title, parts.subject, parts.open_action, parts.layers, parts.form, parts.carried_file)
    path.write_bytes(parts.changed(path.read_bytes(), *changes))
    found = " ".join(verify_pdf(menu_catalogue(), path).lines)
    for part in ("The title of", "the subject", "(OpenAction)", "(OCProperties)", "(AcroForm)", "approval.txt"):
        assert part in found


def test_a_table_that_is_missing_or_another_is_told(tmp_path, figures):
    found = verify_pdf(menu_catalogue(), pdf(tmp_path, figures, **{"contracts.csv": None}))
    assert "The attached file contracts.csv is missing." in found.lines
    found = verify_pdf(menu_catalogue(), pdf(tmp_path, figures, **{"contracts.csv": b"other"}))
    assert "The attached file contracts.csv differs from the attached figures." in found.lines


def test_filters_that_name_no_number_let_every_contract_pass(workspace, tmp_path, figures):
    values = json.loads(write_portfolio(figures))
    values["selection"] = [["contract", ["x"]]]
    path = pdf(tmp_path, figures, **{"portfolio.json": json.dumps(values).encode()})
    found = verify_pdf(workspace, path)
    assert "From the open database another figure comes out under “selection”." in found.lines
