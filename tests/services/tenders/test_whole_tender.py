"""A whole tender as people live it: pack out, offers in by every way, checked, marked in files, scored, frozen.

The council is the made-up one with its tender of two lots. Two bidders answer in the workbook, saved again by
LibreOffice, and two in the program; one counts a person twice, one sends a replacement an hour late, one answers an old
version of the pack. What comes out is what the same offers come to as offer files.
"""

import shutil
import zipfile
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction

import pytest

from tests.exchange.tenders.calculators import saved_by_libreoffice
from tests.exchange.tenders.marking import confirmed, filled, given
from tomsapp.bootstrap import menu_catalogue
from tomsapp.domain.tender.acts import TenderActFacts, TenderActKind
from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.domain.tender.explaining import ScoreExplanation
from tomsapp.domain.tender.marking import Evaluator
from tomsapp.domain.tender.receipt import Standing
from tomsapp.domain.tender.scoring_rules import show_points
from tomsapp.exchange.tables_xlsx import BookProperties
from tomsapp.exchange.tenders.book_layout import offer_book
from tomsapp.exchange.tenders.book_write import write_offer_book
from tomsapp.menufiles.bundle import read_bundle
from tomsapp.services import contracts, databases, example_tender
from tomsapp.services.bidding.carrying import carried_over
from tomsapp.services.bidding.saving import save_offer
from tomsapp.services.bidding.work import begin_work
from tomsapp.services.example import COUNCIL, _data, _set_up
from tomsapp.services.pack_files import open_pack
from tomsapp.services.suppliers import SUPPLIERS
from tomsapp.services.tenders.awarding import award
from tomsapp.services.tenders.evaluating import open_evaluation
from tomsapp.services.tenders.evaluators import EVALUATORS
from tomsapp.services.tenders.explaining import explain, open_explanations
from tomsapp.services.tenders.found_files import find_files
from tomsapp.services.tenders.freezing import freeze, frozen_bytes
from tomsapp.services.tenders.issuing import read_version, version_bytes
from tomsapp.services.tenders.marking import open_marking
from tomsapp.services.tenders.marking_files import make_marking_file
from tomsapp.services.tenders.markings_read import read_marking
from tomsapp.services.tenders.markings_taken import take_markings
from tomsapp.services.tenders.opening import open_offers
from tomsapp.services.tenders.packing import write_pack_folder
from tomsapp.services.tenders.reading import open_tender
from tomsapp.services.tenders.receipts import list_receipts
from tomsapp.services.tenders.receiving import receive
from tomsapp.services.tenders.summaries import save_summaries, summary_paper
from tomsapp.services.tenders.verifying import verify_evaluation

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]
SAID = _data("tender.toml")
BY_WORKBOOK = ("Calderbeck Clean Cooperative", "Ashmallow Facilities Ltd")
AT = datetime(2026, 11, 16, 10).astimezone()


@pytest.fixture
def council(tmp_path):
    made = databases.make_database(tmp_path / "c.db", menu_catalogue(), "A. Okafor", COUNCIL)
    _set_up(made)
    yield made
    made.close()


def offers_of(council, number):
    """What each bidder offers, by bidder and lot."""
    page = open_tender(council, number)
    return {
        (bidder["name"], lot): example_tender._offer(council, page, bidder, lot)
        for bidder in SAID["bidder"]
        for lot in sorted({line["lot"] for line in bidder["line"]})
    }


def in_workbooks(council, number, offers, folder):
    """The offers of those who answer in the workbook, as LibreOffice saved them."""
    books = {}
    for place, offer in enumerate(offers):
        pack = read_version(council, open_tender(council, number), offer.pack.version)
        form = offer_book(pack, read_bundle(pack.menu), offer.lot, "tomsapp test")
        books[f"book{place}"] = write_offer_book(replace(form, offer=offer), BookProperties("Offer", AT))
    return list(saved_by_libreoffice(books, folder).values())


def by_the_program(council, number, offer, path):
    """An offer that a bidder typed in the program, saved for the portal."""
    pack = path.parent / f"v{offer.pack.version}.tomspack"
    pack.write_bytes(version_bytes(council, number, offer.pack.version))
    save_offer(carried_over(begin_work(open_pack(pack), offer.lot), offer), path, AT)
    return path.read_bytes()


def portal_zip(path, files):
    """What the portal releases: a folder for each supplier."""
    with zipfile.ZipFile(path, "w") as package:
        for name, data in files.items():
            package.writestr(name, data)
    return path


def test_a_tender_from_its_pack_to_its_contracts(council, tmp_path):
    number = example_tender.tell_tender(council, SAID, date(2026, 11, 19))
    written = write_pack_folder(council, number, tmp_path)
    assert {path.suffix for path in written.folder.iterdir()} >= {".tomspack", ".xlsx", ".pdf"}
    offers = offers_of(council, number)
    books = [key for key in offers if key[0] in BY_WORKBOOK]
    files = dict(
        zip(books, in_workbooks(council, number, [offers[key] for key in books], tmp_path / "lo"), strict=True)
    )
    files = {f"{bidder}/lot {lot}.xlsx": data for (bidder, lot), data in files.items()}
    for (bidder, lot), offer in offers.items():
        if bidder not in BY_WORKBOOK:
            files[f"{bidder}/lot {lot}.tomsoffer"] = by_the_program(council, number, offer, tmp_path / "o.tomsoffer")
    # The deadline passes, and the portal releases what came.
    now = example_tender._at(SAID["opened_on"], example_tender._AFTERNOON)
    found = find_files([portal_zip(tmp_path / "portal.zip", files)])
    told = {bidder["name"]: bidder for bidder in SAID["bidder"]}
    in_time = [
        replace(file, portal_on=told[file.folder]["received_on"], portal_time=told[file.folder]["received_at"])
        for file in found
    ]
    first = offers["Ashmallow Facilities Ltd", 1]
    late = replace(first, commitments=example_tender._one_more(first.commitments))
    late_file = replace(
        in_time[0], name="Ashmallow Facilities Ltd/new.tomsoffer", folder="Ashmallow Facilities Ltd",
        data=by_the_program(council, number, late, tmp_path / "late.tomsoffer"), portal_on=now.date(),
        portal_time="13:01:09",
    )  # fmt: skip
    receive(council, open_tender(council, number, now), [*in_time, late_file])
    facts = TenderActFacts(TenderActKind.OPEN, now.date(), "Procurement lead")
    open_offers(council, open_tender(council, number, now), facts, now)
    standings = [each.judged.standing for each in list_receipts(council, number)]
    assert sorted(standings, key=lambda each: each.value).count(Standing.LATE) == 1
    assert len([each for each in list_receipts(council, number) if each.counts]) == len(offers)

    example_tender._decide(council, number, SAID)
    _mark_in_files(council, number, tmp_path)
    example_tender._score(council, number, SAID)
    evaluation = open_evaluation(council, number)
    assert evaluation.unfinished_words == ()
    rows = {row.supplier: row for row in evaluation.lot(1).evaluated.evaluation.rows}
    calder = rows["Calderbeck Clean Cooperative"]
    assert calder.total == Fraction(658, 684) * 40 + Fraction("33.6") + 10 + Fraction("8.6")
    assert str(rows["Ashmallow Facilities Ltd"].bid.value) == "47150.12", "the line that counts twice is left out"
    assert not rows["Oakmarrow and Vale Ltd"].bid.is_admitted

    freezing = replace(facts, kind=TenderActKind.FREEZE, done_on=date(2026, 11, 30), reason="As the panel agreed today")
    freeze(council, evaluation, freezing, example_tender._at(date(2026, 11, 30), example_tender._MORNING))
    frozen = frozen_bytes(council, number)
    assert verify_evaluation(frozen, "e.tomseval").agrees
    at = len(frozen) // 2
    assert not verify_evaluation(frozen[:at] + bytes([frozen[at] ^ 1]) + frozen[at + 1 :], "e.tomseval").agrees

    # The award of each lot is a contract that is worth what was evaluated.
    day = date(2026, 12, 1)
    for lot in (1, 2):
        first = open_evaluation(council, number).lot(lot).evaluated.evaluation.winners[0]
        awarding = TenderActFacts(TenderActKind.AWARD, day, "Procurement lead", lot=lot, supplier=first.supplier)
        award(council, open_evaluation(council, number), awarding, example_tender._at(day, example_tender._MORNING))
    made = [contracts.open_contract(council, row.id) for row in contracts.list_contracts(council)]
    assert [str(each.checked.valuation.social_value) for each in made] == ["53332.52", "29809.72"]
    assert open_tender(council, number).tender.status is TenderStatus.AWARDED
    _tell_all(council, number, tmp_path)


def _tell_all(council, number, folder):
    """Each bidder of lot 1 is told, once the quality is explained and the winner has an address."""
    lot = open_explanations(council, number).lot(1)
    for score in (each for each in lot.scores if each.is_missing):
        said = "The method statement names each site, with hours and with whoever answers for it"
        explain(council, number, ScoreExplanation(score.bid, score.criterion.key, score.basis, said))
    with council.look() as uow:
        winner = lot.suppliers[lot.awarded]
        held = next(each for each in uow.suppliers.all() if each.record == winner)
    SUPPLIERS.save(council, held, replace(held.record, address="12 Mill Lane, Larkmere LM1 4QQ"))
    (told := folder / "told").mkdir()
    written = save_summaries(council, number, 1, told, date(2026, 12, 2))
    assert len(written) == 2 * len(lot.keys)
    # A bidder redoes its points with what its own paper says.
    by_name = {lot.suppliers[key].name: key for key in lot.keys}
    paper = summary_paper(council, number, 1, by_name["Wrenhallow Services Ltd"], date(2026, 12, 2))
    words = "\n".join(paper.words)
    assert "£658,000.00 ÷ £672,000.00 × 40 = 39.166666…, shown as 39.17" in words
    assert "£52,423.15 ÷ £53,332.52 × 10 = 9.829490…, shown as 9.83" in words
    assert show_points(Fraction(658, 672) * 40 + 32 + Fraction(5242315, 5333252) * 10 + Fraction("7.4")) == "88.40"
    assert "with 88.40 of 100 points" in words
    assert "Ashmallow" not in words


def _mark_in_files(council, number, folder):
    """Two evaluators who have no access to the database mark in workbooks."""
    page = open_tender(council, number)
    people = [Evaluator(each["name"], each["role"]) for each in SAID["evaluator"]]
    EVALUATORS.add(council, page, people)
    seen = open_marking(council, number)
    suppliers = {bid.id: bid.supplier for bid in seen.answers.bids}
    marks = {each["bidder"]: each for each in SAID["marks"]}
    paths = []
    for place, each in enumerate(seen.evaluators):
        made = make_marking_file(council, number, each.stored.id, AT)
        changes = [
            given(
                row, marks[suppliers[bid]]["given"][question - 1][place], marks[suppliers[bid]]["reasons"][question - 1]
            )
            for row, (bid, question) in enumerate(seen.answers.places)
        ]
        path = folder / made.file_name
        path.write_bytes(filled(made.data, *changes, confirmed(day=datetime(2026, 1, 26))))  # noqa: DTZ001
        paths.append(path)
    take_markings(council, number, read_marking(council, number, paths))
    assert open_marking(council, number).are_seen
