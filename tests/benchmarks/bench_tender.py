"""How long 40 offers of 100 lines take to be received, opened, checked and scored, beside reading them bare.

Half of the offers are workbooks, half are offer files. Reading them bare is to get the value of every cell out of the
workbooks with its type (`plain_reading`), and the values out of the JSON, in the fewest steps that an expert would
write; the sums are quantity × unit value of each line and year, to the penny. Received is the whole way: read for
identity, kept with its SHA-256 in a database, opened, read in the locked room, every check of every line, admission,
scores and ranks. Then the same evaluation again, as after a price is typed, frozen, and verified from its file alone.
Times are those of the processor, in turns, other processes included.

Run: python -m tests.benchmarks.bench_tender [offers lines]
To reach: received, checked and scored within twice reading bare and the sums.
"""

import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from random import Random

from tests.benchmarks import MISSED, processor_time
from tests.benchmarks.plain_reading import read_values
from tests.services.council import open_as, shipped
from tests.services.tenders.build import NOW, lot, opened, question, tender
from tests.services.tenders.evaluations import FREEZE, accept_all, enter, moderate
from tests.services.tenders.offers import ISSUE, OPEN, PAST
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.delivery.people import PersonKind
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.supplier import Supplier
from tomsapp.domain.tender.tender_measure import TenderMeasure
from tomsapp.domain.tender.tender_offer import OfferedDetails, TenderOffer
from tomsapp.exchange.tables_xlsx import BookProperties
from tomsapp.exchange.tenders.book_layout import offer_book
from tomsapp.exchange.tenders.book_write import write_offer_book
from tomsapp.exchange.tenders.offer_json import write_tender_offer
from tomsapp.exchange.tenders.pack_json import PackFile
from tomsapp.menufiles.bundle import read_bundle
from tomsapp.services import databases
from tomsapp.services.tenders.evaluating import open_evaluation
from tomsapp.services.tenders.facts import TENDER_FACTS
from tomsapp.services.tenders.found_files import FoundFile
from tomsapp.services.tenders.freezing import freeze, frozen_bytes
from tomsapp.services.tenders.issuing import issue, read_version
from tomsapp.services.tenders.opening import open_offers
from tomsapp.services.tenders.parts import LOTS, MEASURES, QUESTIONS
from tomsapp.services.tenders.reading import OpenTender
from tomsapp.services.tenders.receiving import receive
from tomsapp.services.tenders.verifying import verify_evaluation
from tomsapp.services.workspace import Workspace

CONTACT = {"contact_name": "Jo", "contact_email": "jo@b.example"}
OFFERS, LINES, WITHIN = 40, 100, 2.0
_PENNY = Decimal("0.01")


def made_offer(pack: PackFile, edition: MenuEdition, number: int, lines: int) -> TenderOffer:
    """An offer of so many lines; where the menu has fewer measures, some are offered twice."""
    dice = Random(number)
    codes = [each.measure for each in pack.pack.measures]
    commitments, details = [], {}
    for line in range(lines):
        measure = edition.find_measure(codes[line % len(codes)])
        assert measure is not None
        key = str(line + 1)
        commitments.append(
            Commitment(key, measure.code, (Decimal(dice.randint(1, 3)), Decimal(1)), statement="As asked")
        )
        if measure.employment_outcome:
            details[key] = OfferedDetails(staff=PersonKind.NEW)
    bidder = Supplier(
        f"Bidder {number:03}", registration=f"{number:08}", contact_name="Jo", contact_email="jo@b.example"
    )
    return TenderOffer(pack.identity, 1, bidder, tuple(commitments), details, {1: "With the job centre."})


def issued(workspace: Workspace, lines: int) -> OpenTender:
    """A tender of one lot that asks for the measures of a menu, and one question."""
    stored = TENDER_FACTS.add(workspace, tender()).result
    page = opened(workspace, stored.id)
    LOTS.add(workspace, page, [lot("Offices", value=Decimal("90000000.00"))])
    edition = workspace.edition("barnet-open", "2026.2")
    codes = [code for code, place in edition.places.items() if place.measure.is_valued][:lines]
    MEASURES.add(workspace, page, [TenderMeasure(code, relevance="It is asked for") for code in codes])
    QUESTIONS.add(workspace, page, [question()])
    issue(workspace, opened(workspace, page.id), ISSUE, NOW)
    return opened(workspace, page.id)


def files_of(workspace: Workspace, page: OpenTender, offers: int, lines: int) -> list[FoundFile]:
    """The offers as files: every second one a workbook."""
    pack = read_version(workspace, page, 1)
    edition = read_bundle(pack.menu)
    assert isinstance(edition, MenuEdition)
    found = []
    for number in range(offers):
        made = made_offer(pack, edition, number, lines)
        if number % 2:
            found.append(FoundFile(f"{number}.tomsoffer", write_tender_offer(made)))
        else:
            form = replace(offer_book(pack, edition, 1, "bench"), offer=made)
            found.append(FoundFile(f"{number}.xlsx", write_offer_book(form, BookProperties("Offer", NOW))))
    return found


def bare(workspace: Workspace, page: OpenTender, files: list[FoundFile]) -> Decimal:
    """Every value of every file, and the sums of the lines of the offer files, which stand for all."""
    edition = workspace.edition("barnet-open", "2026.2")
    units = {
        code: value.value
        for code, place in edition.places.items()
        if (value := place.measure.unit_value_in(2027)) is not None
    }
    total, sums = Decimal(0), 0
    for file in files:
        if file.name.endswith(".xlsx"):
            read_values(file.data, ())
            continue
        values = json.loads(file.data, parse_float=Decimal)
        for _ in range(2):  # once for this file, once for the workbook beside it
            for line in values["commitments"]:
                for quantity in line["quantities"]:
                    exact = Decimal(quantity) * units[line["measure"]]
                    total += exact.quantize(_PENNY, ROUND_HALF_UP)
                    sums += 1
    return total


def timed(work: Callable[[], object]) -> float:
    """Seconds of the processor."""
    begun = processor_time()
    work()
    return processor_time() - begun


def main(offers: int = OFFERS, lines: int = LINES) -> int:
    """Print the times and the ratio; `MISSED` when it is over."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "council.db"
        databases.make_database(path, shipped(), "Ann", "Larkmere Council").close()
        workspace = open_as(path, "Ann")
        try:
            return measured(workspace, offers, lines)
        finally:
            workspace.close()


def measured(workspace: Workspace, offers: int, lines: int) -> int:
    """The whole way with one database."""
    page = issued(workspace, lines)
    files = files_of(workspace, page, offers, lines)
    plain = min(timed(lambda: bare(workspace, page, files)) for _ in range(3))
    received = timed(lambda: receive(workspace, page, files))
    opening = timed(lambda: open_offers(workspace, opened(workspace, page.id), OPEN, PAST))
    scoring = timed(lambda: open_evaluation(workspace, page.id, now=PAST))
    again = timed(lambda: open_evaluation(workspace, page.id, now=PAST))
    whole = received + opening + scoring
    size = sum(len(file.data) for file in files)
    sys.stdout.write(
        f"{offers} offers of {lines} lines, {size / 1e6:.1f} MB: received {received:.2f} s, opened {opening:.2f} s, "
        f"checked and scored {scoring:.2f} s, together {whole:.2f} s; read bare with the sums {plain:.2f} s, "
        f"ratio {whole / plain:.2f} (within {WITHIN})\nchecked and scored again: {again:.2f} s\n"
    )
    enter(workspace, page, {f"Bidder {number:03}": (f"{900_000 + number}.00", "30") for number in range(offers)})
    moderate(workspace, page, {f"Bidder {number:03}": 3 for number in range(offers)})
    accept_all(workspace, page)
    found = open_evaluation(workspace, page.id, now=PAST)
    freezing = timed(lambda: freeze(workspace, found, FREEZE, PAST))
    data = frozen_bytes(workspace, page.id)
    verified = []
    verifying = timed(lambda: verified.append(verify_evaluation(data, "frozen.tomseval")))
    sys.stdout.write(f"frozen into {len(data) / 1e6:.1f} MB: {freezing:.2f} s; verified: {verifying:.2f} s\n")
    assert verified[0].holds, verified[0].lines
    return MISSED if whole / plain > WITHIN else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
