"""`tomsapp value`, `report` and `verify`."""

import json
from datetime import date
from hashlib import sha256

import pytest

from tests.portfolio import fill_small, new_workspace
from tomsapp.services import contracts, overview
from tomsapp.services.overview import Filters
from tomsapp.services.overview_report import overview_report

RESULT_NAMES = [
    "format",
    "menu",
    "total",
    "real_pounds",
    "share_of_contract_value",
    "employment_outcomes",
    "outcome_overlaps",
    "forecast_value",
    "admissible",
    "lines",
    "policy",
    "rules",
    "problems",
    "made",
    "offer",
]


def test_example_as_json_is_what_the_documents_say(call, offer):
    told = call("value", offer, "--format", "json")
    result = json.loads(told.out)
    assert told.status == 0
    assert list(result) == RESULT_NAMES
    assert [result[name] for name in RESULT_NAMES[2:6]] == ["10000.00", "0.00", "0.0100", "0"]
    (line,) = result["lines"]
    assert (line["measure"], line["value"]) == ("S06", "10000.00")
    assert [(year["year"], year["value"]) for year in line["years"]] == [(1, "5000.00"), (2, "5000.00")]
    assert [(one["years"], one["sum"]) for one in line["sums"]] == [
        ("2026/27 to 2027/28", "40 × £500.00 × 25% = £5,000.00")
    ]
    assert {check["code"]: check["result"] for check in result["policy"]} == {
        "scope": "yes",
        "minimum": "short",
        "employment": "short",
    }
    assert [problem["code"] for problem in result["problems"]] == ["low-confidence"]


def test_example_as_a_table(call, offer):
    told = call("value", offer)
    assert told.status == 0
    assert "S06   Work experience or placement week        80    25%    £10,000.00" in told.out
    assert "Real pounds: £0.00, counted apart, never added" in told.out
    digest = sha256(offer.read_bytes()).hexdigest()
    begins = f"\nRead from offer.json: an offer in JSON, {len(offer.read_bytes())} bytes, read "
    assert begins in told.out
    assert f"SHA-256 {digest}\n" in told.out


def test_problem_of_severity_error_is_status_1(call, changed):
    path = changed(commitments=[{"measure": "S06", "quantities": ["-1", "1"], "statement": "…"}])
    told = call("value", path)
    assert told.status == 1
    assert "error: S06, year 1, quantity: " in told.out
    as_json = json.loads(call("value", path, "--format", "json").out)
    assert [each["code"] for each in as_json["problems"] if each["severity"] == "error"] == ["quantity-negative"]


@pytest.mark.parametrize("form", ["table", "json"])
def test_edition_that_is_not_installed_is_status_1_with_those_that_are(call, changed, form):
    told = call("value", changed(edition="1999"), "--format", form)
    assert (told.status, told.err) == (1, "")
    assert "barnet-council 1999 is not installed" in told.out
    assert "barnet-council 2023" in told.out
    if form == "json":
        assert json.loads(told.out)["total"] is None


def test_contract_that_cannot_be_valued_is_status_1(call, changed):
    wrong = changed(contract={"reference": "C1", "value": "x", "start": "2026-04-01", "years": 2})
    for arguments in (("value", wrong), ("value", wrong, "--format", "json"), ("report", wrong)):
        assert call(*arguments).status == 1
    assert not wrong.with_suffix(".pdf").exists()


@pytest.mark.parametrize("command", ["value", "report", "verify"])
def test_file_that_cannot_be_read_is_status_2(call, tmp_path, command):
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"{")
    for path in (tmp_path / "nothing", tmp_path, bad):
        told = call(command, path)
        assert (told.status, told.out) == (2, "")
        assert told.err.endswith(".\n")
    assert bad.read_bytes() == b"{"


def test_report_is_written_beside_the_offer_and_verified(call, offer):
    told = call("report", offer, "--council", "Larkmere Council", "--on", "2026-03-02")
    pdf = offer.with_suffix(".pdf")
    assert (told.status, told.out) == (0, f"The valuation is in {pdf}.\n")
    first = pdf.read_bytes()
    assert call("verify", pdf).status == 0
    call("report", offer, "--council", "Larkmere Council", "--on", "2026-03-02", "--output", pdf)
    assert pdf.read_bytes() == first


def test_a_portfolio_is_held_against_a_database_that_is_named(call, tmp_path):
    workspace = new_workspace(tmp_path)
    fill_small(workspace, contracts=2)
    cube = overview.load_cube(workspace)
    pdf = tmp_path / "portfolio.pdf"
    pdf.write_bytes(overview_report(workspace, cube, Filters(), {}, date(2026, 11, 28)).data)
    told = call("verify", pdf)
    assert told.status == 0
    assert "No database is open" in told.out
    database = tmp_path / "council.db"
    told = call("--database", database, "verify", pdf)
    assert told.status == 0
    assert "They come out again from the contracts in the open database." in told.out
    first = contracts.list_contracts(workspace)[0]
    contracts.delete_contract(workspace, contracts.open_contract(workspace, first.id))
    workspace.close()
    told = call("--database", database, "verify", pdf)
    assert told.status == 1
    assert f"{first.reference} is in this portfolio and not in the database." in told.out
    assert "1 contract comes out of the database as stated." in told.out
    assert call("--database", tmp_path / "none.db", "verify", pdf).status == 2


def test_report_is_not_written_over_its_offer(call, offer):
    before = offer.read_bytes()
    told = call("report", offer, "--output", offer)
    assert told.status == 2
    assert "offer.json is the offer itself" in told.err
    assert offer.read_bytes() == before


def test_report_that_cannot_be_saved_is_told_and_leaves_nothing(call, offer, tmp_path, monkeypatch):
    folder = tmp_path / "taken.pdf"
    folder.mkdir()
    assert "A folder has this name" in call("report", offer, "--output", folder).err
    assert "The folder does not exist" in call("report", offer, "--output", tmp_path / "no" / "a.pdf").err
    earlier = tmp_path / "open.pdf"
    earlier.write_bytes(b"%PDF earlier")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.replace", refuse)
    told = call("report", offer, "--output", earlier)
    assert told.status == 2
    assert "It may be open in another program" in told.err
    assert earlier.read_bytes() == b"%PDF earlier"
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


def test_character_that_the_font_lacks_is_told_and_the_pdf_written(call, changed):
    line = {"measure": "S06", "quantities": ["40", "40"], "statement": "Made by \U00012000"}
    told = call("report", changed(commitments=[line]))
    assert told.status == 0
    assert "note: The character " in told.err
    assert "cannot be shown in the PDF" in told.err


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "<b>&Søn</b>", "x" * 60])
def test_hostile_texts_are_data(call, changed, text):
    contract = {"reference": text, "value": "1000000.00", "start": "2026-04-01", "years": 2, "title": text}
    line = {"measure": "S06", "quantities": ["40", "40"], "statement": text}
    path = changed(contract=contract, supplier={"name": text}, commitments=[line])
    assert json.loads(call("value", path, "--format", "json").out)["offer"]["contract"]["reference"] == text
    assert call("report", path).status == 0
    assert call("verify", path.with_suffix(".pdf")).status == 0


def test_offer_over_a_menu_with_errors_is_status_2(call, changed, tmp_path):
    from tests.menufiles.sample import write_menus

    root = write_menus(tmp_path / "menus")
    (root / "sample" / "1" / "menu.toml").write_bytes(b"code = ")
    told = call("value", changed(menu="sample", edition="1"), "--menus", root)
    assert (told.status, told.out) == (2, "")
    assert "menu.toml" in told.err


def test_published_edition_whose_bytes_changed_is_refused(call, changed, tmp_path):
    from tests.menufiles.sample import write_menus

    root = write_menus(tmp_path / "menus")
    assert call("menu", "publish", "sample/1", "--on", "2026-03-02", "--menus", root).status == 0
    line = {"measure": "J02", "quantities": ["1", "1"], "statement": "…"}
    offer = changed(menu="sample", edition="1", commitments=[line])
    assert call("value", offer, "--menus", root).status == 0
    file = root / "sample" / "1" / "menu.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("Sample menu", "Other menu"), encoding="utf-8")
    told = call("value", offer, "--menus", root)
    assert (told.status, told.out) == (2, "")
    assert "SHA-256" in told.err


@pytest.mark.parametrize("command", [("report", "{offer}"), ("menu", "book", "barnet-open/2026.2")])
@pytest.mark.parametrize("name", ["A\nB", "A\u202eB", "x" * 201])
def test_council_on_the_command_line_is_held_to_the_form(call, offer, command, name):
    told = call(*(each.format(offer=offer) for each in command), "--council", name)
    assert told.status == 2
    assert "--council" in told.err
    assert not list(offer.parent.glob("*.pdf"))


@pytest.mark.parametrize("text", ["\u202eltr", "a\nb", "x" * 900])
def test_lines_of_an_offer_that_no_form_takes_are_refused_by_name(call, changed, text):
    contract = {"reference": "C1", "value": "1000000.00", "start": "2026-04-01", "years": 2, "title": text}
    told = call("value", changed(contract=contract))
    assert told.status == 1
    assert "“title”" in told.out
    assert text not in told.out
