"""`tomsapp tender pack`, and `tomsapp value` of what bidders make of the pack."""

import json
import shutil
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256

import pytest

from tests.cli.bidding import NAME, as_book, as_json, council_with_tender, offer_for, pack_in
from tests.exchange.examples import promise
from tomsapp.domain.tender.tender_offer import StatedValue
from tomsapp.exchange.sheets.opening import open_workbook
from tomsapp.exchange.workbook_layout import COMMITMENTS


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A folder with a council's database and the pack that was written of it."""
    from tomsapp.__main__ import main

    folder = tmp_path_factory.mktemp("tender")
    council_with_tender(folder)
    assert main(["tender", "pack", str(folder / "council.db"), "T-2026-003", "-o", str(folder)]) == 0
    return folder


@pytest.fixture
def folder(template, tmp_path):
    shutil.copytree(template, tmp_path / "tender")
    return tmp_path / "tender"


@pytest.fixture
def pack(folder):
    return pack_in(folder)


@pytest.fixture
def pack_path(folder):
    return folder / NAME / f"{NAME}.tomspack"


def test_pack_is_written_as_folder_and_zip(call, tmp_path):
    database = council_with_tender(tmp_path)
    told = call("tender", "pack", database, "T-2026-003", "-o", tmp_path)
    assert (told.status, told.err) == (0, "")
    own = tmp_path / NAME
    digest = sha256((own / f"{NAME}.tomspack").read_bytes()).hexdigest()
    assert told.out == (
        f"T-2026-003, pack version 1, SHA-256 {digest}.\nThe pack is in {own} and {tmp_path / NAME}.zip.\n"
    )
    assert len(list(own.iterdir())) == 6
    assert call("tender", "pack", database, "T-2026-003", "-o", tmp_path).status == 0, "the same again"
    (own / "notes.txt").write_bytes(b"")
    again = call("tender", "pack", database, "T-2026-003", "-o", tmp_path)
    assert (again.status, again.out) == (2, "")
    assert "holds something else" in again.err


def test_pack_that_cannot_be_made_is_told(call, tmp_path):
    database = council_with_tender(tmp_path, is_issued=False)
    for arguments, words in (
        ((database, "T-2026-003"), "T-2026-003 was not issued, so there is no pack for bidders"),
        ((database, "T-9"), "There is no tender with the reference T-9"),
        ((tmp_path / "none.db", "T-9"), "none.db"),
    ):
        told = call("tender", "pack", *arguments, "-o", tmp_path)
        assert (told.status, told.out) == (2, "")
        assert words in told.err
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith("T-")) == []
    helped = call("tender", "pack", "--help")
    assert (helped.status, "as it was issued last" in helped.out.replace("\n ", "")) == (0, True)


@pytest.mark.parametrize("form", ["json", "book"])
def test_offer_is_judged_by_the_pack_beside_it_or_by_the_one_that_is_named(
    call, folder, pack, pack_path, tmp_path, form
):
    own = folder / NAME
    path = as_json(own, offer_for(pack)) if form == "json" else as_book(own, pack, offer_for(pack))
    told = call("value", path)
    assert told.status == 0, told.out
    assert told.err == ""
    judged = f"Calder Clean Cooperative, lot 1. Judged by {pack.identity.words}"
    assert f"T-2026-003/1 under barnet-open 2026.2\n{judged}\n" in told.out
    assert "V01" in told.out
    as_values = json.loads(call("value", path, "--format", "json").out)
    assert as_values["tender"]["judged_by"]["sha256"] == pack.identity.sha256
    assert as_values["tender"]["bidder"]["name"] == "Calder Clean Cooperative"
    assert Decimal(as_values["total"]) == sum(Decimal(line["value"]) for line in as_values["lines"]) > 0
    alone = tmp_path / path.name
    alone.write_bytes(path.read_bytes())
    (tmp_path / "another.tomspack").write_bytes(pack_path.read_bytes() + b"\n")
    missing = call("value", alone)
    assert (missing.status, missing.out) == (2, "")
    assert f"{alone.name} answers T-2026-003, pack version 1, which is not beside it" in missing.err
    assert "name it with --pack FILE" in missing.err
    named = call("value", alone, "--pack", pack_path)
    assert named.out.split("Read from")[0] == told.out.split("Read from")[0]


def test_program_and_workbook_tell_the_same(call, folder, pack):
    offer = offer_for(pack, statements={}, commitments=(promise(1, "J01", "2", "0"), promise(2, "V01", "100", None)))
    own = folder / NAME
    results = [
        json.loads(call("value", path, "--format", "json").out)
        for path in (as_json(own, offer), as_book(own, pack, offer))
    ]
    first, second = results
    said = [
        {(problem["code"], problem["message"], problem["fix"]) for problem in result["problems"]} for result in results
    ]
    assert {"question-unanswered", "year-blank"} <= {code for code, _, _ in said[0]}
    assert said[0] == said[1]
    assert (first["total"], first["lines"]) == (second["total"], second["lines"])
    table = call("value", own / "bid.tomsoffer")
    assert table.status == 1
    assert "error: Question 1 has no answer" in table.out.replace("statement_1: ", "")


@pytest.mark.parametrize("form", ["json", "book"])
def test_edited_unit_value_is_told_and_does_not_count(call, folder, pack, form):
    own = folder / NAME
    if form == "json":
        path = as_json(own, offer_for(pack, stated=(StatedValue("V01", Decimal("99.00")),)))
    else:
        path = as_book(own, pack, offer_for(pack))
        book = open_workbook(path.read_bytes(), path.name).find(COMMITMENTS)
        head = next(row for row in book.rows if any(cell.value == "Unit value" for cell in row.cells.values()))
        column = next(at for at, cell in head.cells.items() if cell.value == "Unit value")
        code = next(row for row in book.rows if any(cell.value == "V01" for cell in row.cells.values()))
        change_cell(path, code.number, column + 1)
    told = json.loads(call("value", path, "--format", "json").out)
    assert "unit-value-changed" in {problem["code"] for problem in told["problems"]}
    plain = json.loads(call("value", as_json(own, offer_for(pack)), "--format", "json").out)
    assert told["total"] == plain["total"]


def change_cell(path, row, column):
    import openpyxl

    book = openpyxl.load_workbook(path)
    book[COMMITMENTS].cell(row, column).value = 99
    book.save(path)


def test_offer_for_something_else_is_refused_and_not_valued(call, folder, pack, pack_path, tmp_path):
    offer = offer_for(pack)
    for changed, words in (
        ({"pack": replace(pack.identity, reference="T-9")}, "The offer answers the tender T-9, and not T-2026-003"),
        ({"pack": replace(pack.identity, sha256="ef" * 32)}, "never issued as version 1"),
        ({"lot": 7}, "The offer is for lot 7, which the tender does not have"),
    ):
        path = as_json(tmp_path, replace(offer, **changed))
        told = call("value", path, "--pack", pack_path)
        assert (told.status, told.err) == (1, "")
        assert words in told.out
        assert "Social value" not in told.out
        assert json.loads(call("value", path, "--pack", pack_path, "--format", "json").out)["total"] is None
    newer = as_json(tmp_path, replace(offer, pack=replace(pack.identity, version=2)))
    told = call("value", newer, "--pack", pack_path)
    assert told.status == 2
    assert "was made with pack version 2, and the pack that is given is 1" in told.err


def test_workbook_of_another_tender_is_refused(call, pack, pack_path, tmp_path):
    other = replace(pack, identity=replace(pack.identity, reference="T-9"))
    path = as_book(tmp_path, other, offer_for(pack))
    told = call("value", path, "--pack", pack_path)
    assert told.status == 1
    assert "The offer answers the tender T-9, and not T-2026-003" in told.out
    assert "Social value" not in told.out


def test_files_that_are_damaged_or_something_else_are_refused(call, folder, pack, pack_path, tmp_path, offer):
    bid = as_json(tmp_path, offer_for(pack))
    book = as_book(tmp_path, pack, offer_for(pack))
    whole = pack_path.read_bytes()

    def written(name, data):
        path = tmp_path / name
        path.write_bytes(data)
        return path

    values = json.loads(whole)
    other_menu = {**values, "menu": values["menu"].replace("Value", "Other", 1)}
    cases = (
        (written("cut.tomsoffer", bid.read_bytes()[:-40]), pack_path, "not complete JSON"),
        (written("cut.xlsx", book.read_bytes()[:-400]), pack_path, "damaged or incomplete"),
        (bid, written("cut.tomspack", whole[:-40]), "not complete JSON"),
        (bid, written("pdf.tomspack", b"%PDF-1.7"), "pdf.tomspack is no pack of a tender"),
        (bid, written("plain.tomspack", b"{}"), "plain.tomspack is no pack of a tender"),
        (bid, tmp_path / "none.tomspack", "none.tomspack"),
        (bid, bid, "bid.tomsoffer is no pack of a tender"),
        (
            bid,
            written("menu.tomspack", json.dumps(other_menu).encode()),
            "another menu than barnet-open 2026.2",
        ),
        (bid, written("bad.tomspack", pack_with_menu(values, "{}")), "The menu in bad.tomspack cannot be read"),
        (bid, written("asks.tomspack", pack_that_asks(values, "X99")), "asks for X99, which barnet-open 2026.2"),
        (offer, pack_path, "offer.json is no bidder’s offer, so no pack judges it"),
        (pack_path, None, "T-2026-003 pack version 1.tomspack is the pack of a tender"),
    )
    for path, named, words in cases:
        told = call("value", path, *(("--pack", named) if named else ()))
        assert (told.status, told.out) == (2, ""), words
        assert words in told.err


def pack_with_menu(values, menu):
    edition = {**values["edition"], "sha256": sha256(menu.encode()).hexdigest()}
    return json.dumps({**values, "menu": menu, "edition": edition}).encode()


def pack_that_asks(values, code):
    first, *others = values["measures"]
    return json.dumps({**values, "measures": [{**first, "measure": code}, *others]}).encode()


def test_menu_of_another_name_in_a_pack_is_refused(call, pack, pack_path, tmp_path):
    values = json.loads(pack_path.read_bytes())
    edition, tender = ({**values[name], "edition": "2027.1"} for name in ("edition", "tender"))
    path = tmp_path / "named.tomspack"
    path.write_bytes(json.dumps({**values, "edition": edition, "tender": tender}).encode())
    told = call("value", as_json(tmp_path, offer_for(pack)), "--pack", path)
    assert told.status == 2
    assert "named.tomspack carries another menu than barnet-open 2027.1, which it names" in told.err


def test_report_of_a_bidders_offer_is_refused(call, folder, pack):
    path = as_json(folder / NAME, offer_for(pack))
    told = call("report", path)
    assert (told.status, told.out) == (2, "")
    assert "bid.tomsoffer is a bidder’s offer for a tender" in told.err
    assert not path.with_suffix(".pdf").exists()
