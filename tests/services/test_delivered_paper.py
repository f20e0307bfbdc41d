"""The delivered valuation of a contract from its database, and whether it holds where the database was never seen."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest

from tests.pdf_overlay import with_overlay, words
from tests.reports.deliveries import CONTEXT, PLAIN, paper
from tests.reports.valuations import AREA, MENUS
from tests.services.council import promise, shipped
from tests.services.deliveries import DECIDED_ON, Q2, accept, accepting, begin_signed, claim, delivered, enter
from tests.services.varied import extended
from tomsapp.config.paths import resources_dir
from tomsapp.domain.delivery.acts import DeliveryActKind
from tomsapp.domain.delivery.evidence import Evidence, EvidenceKind
from tomsapp.domain.delivery.paper import DeliveredPaper
from tomsapp.domain.delivery.people import DeliveryPerson
from tomsapp.domain.delivery.told import Beside, Frozen, ToldMoney
from tomsapp.exchange.delivered_json import write_delivered
from tomsapp.exchange.delivered_read import read_delivered
from tomsapp.exchange.offer_json import to_json
from tomsapp.menufiles.catalogue import Catalogue
from tomsapp.reports.attachments import read_attachments
from tomsapp.reports.delivered_report import build_delivered_report
from tomsapp.reports.fonts import load_fonts
from tomsapp.reports.render import printed_text
from tomsapp.services.delivered_paper import (
    DELIVERED_FILE,
    EDITION_FILE,
    EVIDENCE_FILE,
    LEDGER_FILE,
    QUARTERS_FILE,
    built_delivered,
    delivered_attachments,
    delivered_report,
    paper_of,
    print_delivered,
)
from tomsapp.services.delivery_decisions import decide
from tomsapp.services.evidence import OfferedFile, attach
from tomsapp.services.printable import CHANGED
from tomsapp.services.verification import Verification
from tomsapp.services.verifying import verify_pdf
from tomsapp.services.workspace import Workspace

MADE_ON = date(2026, 10, 18)
UNTIL = date(2026, 9, 30)
FROZEN = Frozen(1, MADE_ON, "Ann")
BUNDLE = MENUS.bundle("barnet-open", "2026.1")


def printed(told: DeliveredPaper) -> bytes:
    return print_delivered(told, BUNDLE, AREA, CONTEXT).data


def verify(data: bytes, folder: Path, menus: object = MENUS) -> Verification:
    path = folder / "paper.pdf"
    path.write_bytes(data)
    return verify_pdf(menus, path)


def with_files(**files: bytes | None) -> bytes:
    """The example's paper that carries other bytes than it was printed from, or not all of its files.

    The dot in the name of a file is a line here; None takes the file out.
    """
    told = paper()
    stated = read_delivered(read_attachments(printed(told))[DELIVERED_FILE], DELIVERED_FILE)
    items = delivered_attachments(told, BUNDLE, CONTEXT, stated.made)
    named = {item.name: files.get(item.name.replace(".", "_"), item.data) for item in items}
    carried = [replace(item, data=data) for item in items if (data := named[item.name]) is not None]
    fonts = load_fonts(resources_dir() / "fonts")
    return build_delivered_report(told, AREA, CONTEXT, fonts, carried).data


def changed(change: Callable[[dict], object]) -> bytes:
    """The example's paper with other values in its file."""
    values = json.loads(read_attachments(printed(paper()))[DELIVERED_FILE])
    change(values)
    return with_files(delivered_json=to_json(values))


# From a database


def test_a_draft_from_a_database_is_not_signed_and_holds_elsewhere(ann: Workspace, bob: Workspace, tmp_path: Path):
    made = begin_signed(ann)
    accept(bob, made, *enter(ann, made, claim(made.lines[0]), claim(made.lines[1], Q2, "12")))
    report = delivered_report(ann, made.id, UNTIL, MADE_ON)
    assert report.file_name == "C1 delivered to 30 September 2026.pdf"
    assert report.signature is not None
    assert not report.signature.is_signed
    text = printed_text(report.data)
    assert "Draft, not frozen" in text
    assert f"Accepted on {DECIDED_ON.day} October 2026 by Bob: 25 of Q1 of year 1." in text
    found = verify(report.data, tmp_path, shipped())
    assert found.told[0] == "Agrees with itself: yes."
    assert (
        "every figure comes out again from 2 returns of 2 commitments, the plan and the decisions in it."
        in found.lines[0]
    )
    assert "It is a draft: its figures may have changed since." in found.lines


def test_a_frozen_one_is_signed_and_says_the_same_three_things(ann: Workspace, bob: Workspace, tmp_path: Path):
    made = begin_signed(ann)
    enter(ann, made, claim(made.lines[0]))
    money = ToldMoney(
        date(2026, 6, 1), "Bridge Works", Decimal("25.00"), "Food bank", commitment=made.lines[0].record.key
    )
    report = delivered_report(ann, made.id, UNTIL, MADE_ON, FROZEN, Beside(ledger=(money,)))
    assert report.signature is not None
    assert report.signature.is_signed
    assert "Frozen on 18 October 2026 by Ann. Version 1." in printed_text(report.data)
    found = verify(report.data, tmp_path, shipped())
    assert found.holds
    assert found.told[0] == "Agrees with itself: yes."
    assert any(line.startswith("Unchanged since it was signed: yes") for line in found.told)
    assert any(line.startswith("Signed by: ") for line in found.told)
    # Its database knows that it was never published there.
    unknown = verify(report.data, tmp_path, bob)
    assert not unknown.holds
    assert unknown.agrees
    assert unknown.verdict == "agrees with itself, but the open database never published it"
    assert any("no paper with its bytes is published there" in line for line in unknown.told)


def test_frozen_twice_gives_the_same_figures_and_names_the_first(ann: Workspace):
    made = begin_signed(ann)
    enter(ann, made, claim(made.lines[0]))
    one = delivered_report(ann, made.id, UNTIL, MADE_ON, FROZEN)
    two = delivered_report(ann, made.id, UNTIL, MADE_ON, Frozen(2, MADE_ON, "Ann", MADE_ON, "A date was wrong"))
    figures = [json.loads(read_attachments(made.data)[DELIVERED_FILE])["figures"] for made in (one, two)]
    assert figures[0] == figures[1]
    assert "Version 2, replaces version 1 of 18 October 2026 (A date was wrong)." in printed_text(two.data)


def test_a_contract_that_was_varied_tells_its_three_readings(ann: Workspace, bob: Workspace, tmp_path: Path):
    made = extended(ann)
    report = delivered_report(ann, made.id, date(2027, 12, 31), MADE_ON)
    text = printed_text(report.data)
    assert "Variations, and three readings" in text
    assert "Variation 1, signed on" in text
    assert "line 1 (V01)" in text
    assert "£20,000.00 £32,000.00" in text
    assert verify(report.data, tmp_path, shipped()).agrees


def test_the_register_lists_what_is_attached_and_holds_none_of_it(ann: Workspace, tmp_path: Path):
    made = begin_signed(ann)
    (held,) = enter(ann, made, claim(made.lines[1]))
    keys = frozenset({str(held.id)})
    piece = Evidence("log.txt", dated_on=date(2026, 7, 1), keep_until=date(2034, 3, 31), deliveries=keys)
    attach(ann, delivered(ann, made), piece, OfferedFile("log.txt", b"Secret words of the log", "text/plain"))
    kept = Evidence("Payroll", EvidenceKind.REFERENCE, "HR system, case 7", deliveries=keys)
    attach(ann, delivered(ann, made), kept)
    report = delivered_report(ann, made.id, UNTIL, MADE_ON)
    digest = sha256(b"Secret words of the log").hexdigest()
    register = read_attachments(report.data)[EVIDENCE_FILE].decode("utf-8-sig").splitlines()
    assert [line.split(",")[1:6] for line in register[1:]] == [
        ["log.txt", "2", "1", "1", "file"],
        ["Payroll", "2", "1", "1", "reference"],
    ]
    assert digest in register[1]
    text = printed_text(report.data)
    assert f"E1 log.txt, for Q1 of year 1, 1 July 2026, SHA-256 {digest[:4]} {digest[4:8]} … {digest[-4:]}" in text
    assert "E2 Payroll, for Q1 of year 1, by reference: HR system, case 7." in text
    assert b"Secret words" not in report.data
    assert verify(report.data, tmp_path, shipped()).agrees


def test_people_are_asked_about_without_their_numbers_and_say_until_when_a_job_is_provisional(
    ann: Workspace, bob: Workspace, tmp_path: Path
):
    made = begin_signed(ann, promise("J01", "4", "2"), promise("V01", "100", "100"))
    one, two = enter(ann, made, claim(made.lines[0], claimed="1"), claim(made.lines[0], Q2, "1"))
    with ann.work("Name people") as uow:
        uow.people.add(made.id, one.id, DeliveryPerson("P-4471", date(2026, 4, 6)))
        uow.people.add(made.id, two.id, DeliveryPerson("P-4471", date(2026, 4, 6)))
        uow.commit()
    facts = accepting(one, "1", DeliveryActKind.ACCEPT_PROVISIONALLY)
    decide(bob, delivered(bob, made), [facts], DECIDED_ON)
    report = delivered_report(ann, made.id, UNTIL, MADE_ON)
    text = printed_text(report.data)
    assert "A person is claimed for J01 in Q1 (Apr to Jun 2026) too, and a person counts once in it." in text
    assert "All that is provisional can be for good from 6 April 2027." in text
    assert "P-4471" not in text
    assert all(b"P-4471" not in held for held in read_attachments(report.data).values())
    assert verify(report.data, tmp_path, shipped()).agrees


def test_what_it_tells_has_numbers_and_no_keys(ann: Workspace):
    made = begin_signed(ann)
    enter(ann, made, claim(made.lines[1]))
    told = paper_of(delivered(ann, made))
    assert [line.key for line in told.commitments] == ["1", "2"]
    assert told.deliveries[0].claim[0] == "2"
    assert told.deliveries[0].entered_by == "Ann"


def test_a_text_that_no_page_can_print_is_said():
    told = replace(paper(), today_edition="a\x07b")
    made = print_delivered(told, BUNDLE, AREA, CONTEXT)
    assert CHANGED in made.notes
    assert CHANGED not in print_delivered(paper(), BUNDLE, AREA, CONTEXT).notes


# Whether it holds


@pytest.mark.parametrize(
    "told",
    [paper(), paper(frozen=None), paper((), agreed=(), **PLAIN), paper((), (), agreed=(), **PLAIN)],
    ids=["example", "draft", "nothing delivered", "no commitments"],
)
def test_every_figure_and_word_comes_out_of_the_file_alone(told: DeliveredPaper, tmp_path: Path):
    data = printed(told)
    assert set(read_attachments(data)) == {DELIVERED_FILE, QUARTERS_FILE, EVIDENCE_FILE, LEDGER_FILE, EDITION_FILE}
    found = verify(data, tmp_path)
    assert found.agrees, found.lines
    assert "Every word of the pages comes out again." in found.lines


def test_without_the_menu_it_is_held_to_its_own(tmp_path: Path):
    found = verify(printed(paper()), tmp_path, Catalogue([tmp_path]))
    assert found.agrees
    assert "barnet-open 2026.1 is not installed here, so it was held to its own checksum alone." in found.lines[3]


def _first_delivery(**more: object) -> Callable[[dict], object]:
    return lambda values: values["deliveries"][0].update(more)


FORGED: dict[str, tuple[Callable[[dict], object], str]] = {
    "a total": (
        lambda values: values["figures"]["pounds"].update(accepted="90443.62"),
        "Pounds, accepted: the attachment says 90443.62, and 81836.97 comes out.",
    ),
    "a figure left out": (
        lambda values: values["figures"]["pounds"].pop("open"),
        "Pounds, open: the attachment does not have it, and 8450.75 comes out.",
    ),
    "a figure too many": (
        lambda values: values["figures"].update(bonus="1.00"),
        "Bonus: the attachment says 1.00, and nothing comes out.",
    ),
    "more accepted than was decided": (
        lambda values: values["deliveries"][10].update(claimed="20", evidenced="20", accepted="20"),
        "The decisions on line 5, Q1 of year 1 do not come to what is stated as accepted, provisional and rejected",
    ),
    "more accepted than claimed": (
        lambda values: values["deliveries"][10].update(claimed="5"),
        "The return of line 5, Q1 of year 1 cannot be as it is stated: More is evidenced than was claimed.",
    ),
    "a plan that asks less": (
        lambda values: values["plan"][2].update(quantities=["0"] * 12),
        "Pounds, due: the attachment says 90443.62,",
    ),
    "an agreement that was never made": (
        lambda values: values["acts"].append(
            {**values["acts"][-1], "id": 999, "kind": "carry", "commitment": 3, "to_year": 2, "to_quarter": 4}
        ),
        "Pounds, agreed: the attachment says 155.90,",
    ),
    "a name that is not known": (
        lambda values: values.update(more=1),
        "The attached file delivered.json has what this program does not write:",
    ),
    "a plan of nothing": (
        lambda values: values["plan"].append({"commitment": 77, "by_default": [], "quantities": ["0"] * 12}),
        "It tells of line 77, which the contract has not.",
    ),
    "another order": (
        lambda values: values["evidence"].append(values["evidence"].pop(0) | {"size": 7}),
        "The attached file evidence.csv differs from what comes out.",
    ),
    "written otherwise": (
        lambda values: values.update(format=values.pop("format")),
        "The attached file delivered.json is written otherwise than it comes out.",
    ),
}


@pytest.mark.parametrize("name", FORGED)
def test_what_was_changed_in_the_file_is_found(name: str, tmp_path: Path):
    change, words_of_it = FORGED[name]
    found = verify(changed(change), tmp_path)
    assert not found.agrees
    assert words_of_it in " ".join(found.lines), found.lines


def test_what_was_changed_on_a_page_is_found(tmp_path: Path):
    found = verify(with_overlay(printed(paper()), words("£99,999.99")), tmp_path)
    assert not found.agrees
    assert "£99,999.99 is printed on page 1 and does not come out." in found.lines


def test_other_tables_and_missing_files_are_found(tmp_path: Path):
    other = verify(with_files(delivered_csv=b"x", money_csv=b"x"), tmp_path)
    assert f"The attached file {QUARTERS_FILE} differs from what comes out." in other.lines
    assert f"The attached file {LEDGER_FILE} differs from what comes out." in other.lines
    gone = verify(with_files(evidence_csv=None), tmp_path)
    assert f"The attached file {EVIDENCE_FILE} is missing." in gone.lines
    assert f"The attached file {EDITION_FILE} is missing." in verify(with_files(menu_json=None), tmp_path).lines


def test_another_menu_in_the_file_is_found(tmp_path: Path):
    other = MENUS.bundle("barnet-open", "2026.2")
    found = verify(with_files(menu_json=other), tmp_path)
    said = " ".join(found.lines)
    assert "The attached edition is not the one that the paper was made of" in said
    assert "The attached edition is barnet-open 2026.2, and the paper names barnet-open 2026.1." in said
    broken = verify(with_files(menu_json=b"{}"), tmp_path)
    assert any(line.startswith("The attached edition has an error:") for line in broken.lines)


def test_figures_that_cannot_be_worked_out_are_said(tmp_path: Path):
    found = verify(changed(lambda values: values["acts"][-1].update(other_commitment=88)), tmp_path)
    assert not found.agrees
    odd = changed(lambda values: values["evidence"][0]["shows"][0].update(commitment=88))
    assert not verify(odd, tmp_path).agrees


def of_version(version: str, told: DeliveredPaper | None = None) -> bytes:
    """The example's paper as another version of the program would have made it."""
    data = printed(told or paper())
    stated = read_delivered(read_attachments(data)[DELIVERED_FILE], DELIVERED_FILE)
    made = replace(stated.made, version=version)
    again = read_delivered(write_delivered(stated.paper(paper().edition), made), DELIVERED_FILE)
    return built_delivered(again.paper(paper().edition), BUNDLE, replace(CONTEXT, version=version), again).data


def test_the_words_of_another_version_are_not_compared_but_its_figures_are(tmp_path: Path):
    found = verify(of_version("0.0.1"), tmp_path)
    assert found.agrees, found.lines
    assert "It was made by version 0.0.1 of the program, so its words were not compared." in found.lines
    forged = with_overlay(of_version("0.0.1"), words("£99,999.99"))
    judged = verify(forged, tmp_path)
    assert not judged.agrees
    assert not judged.is_judged
    assert "£99,999.99 is printed on page 1 and follows from nothing in the attachment." in judged.lines
