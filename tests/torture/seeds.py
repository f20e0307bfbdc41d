"""Files of each kind as they should be, how they are spoilt, and what reads them."""

import io
import json
import random
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from typing import TypeAlias

from tests.torture.spoiling import spoilt, spoilt_package
from tomsapp.domain.errors import TomsError

Maker: TypeAlias = "Callable[[random.Random], bytes]"
Reader: TypeAlias = "Callable[[bytes], object]"
Seed: TypeAlias = "Callable[[Path], tuple[Maker, Reader]]"

_EARLIER = Path(__file__).parents[1] / "services" / "earlier"
_CSV = 'Ref;Code;Größe;Jahr 1;Year 2\r\n1;S08;"a\r\nb";1,5;£2,000.00\r\n' * 6


def _some_of(*whole: bytes, packed: bool = False) -> Maker:
    def make(draw: random.Random) -> bytes:
        data = draw.choice(whole)
        return spoilt_package(data, draw) if packed and draw.random() < 0.7 else spoilt(data, draw)

    return make


def _table(data: bytes) -> object:
    from tomsapp.services.in_room.tables import work

    return work({"file": "bid", "offer": False}, [data])


def _offer(data: bytes) -> object:
    from tomsapp.exchange.offer_json import read_offer
    from tomsapp.services.in_room.tables import work

    work({"file": "bid", "offer": True}, [data])
    return read_offer(data, "bid")


def _xlsx(_folder: Path) -> tuple[Maker, Reader]:
    from tests.exchange.books import book_of

    rows = [["S08", "Title", 1, 2.5, date(2026, 4, 1)], ["J11", None, True, "=A1", "x" * 50]]
    return _some_of(book_of(*rows, head=["Code", "Title", "Year 1", "Year 2", "On"]), packed=True), _table


def _ods(_folder: Path) -> tuple[Maker, Reader]:
    from tests.exchange.sheets.odf import cell, number, ods, row, table, text_cell

    head = row(text_cell("Code"), text_cell("Year 1"), attributes='table:number-rows-repeated="2"')
    data = ods(table(head + row(text_cell("S08"), number("40"), cell('table:number-columns-repeated="3"'))))
    return _some_of(data, packed=True), _table


def _csv(_folder: Path) -> tuple[Maker, Reader]:
    return _some_of(_CSV.encode(), _CSV.encode("cp1252"), _CSV.encode("utf-16")), _table


def _json(_folder: Path) -> tuple[Maker, Reader]:
    offer = {
        "menu": "barnet-open", "edition": "2026.2", "supplier": {"name": "Bridge Works Ltd"},
        "contract": {"reference": "C1", "value": "1000000.00", "start": "2026-04-01", "end": "2029-03-31"},
        "commitments": [{"measure": "S08", "quantities": ["1", "2.5", None], "share": "0.5", "statement": "Søn"}] * 3,
        "answers": [{"key": "a", "text": "Because it is so, and was so", "by": "Ann"}],
    }  # fmt: skip
    return _some_of(json.dumps(offer, ensure_ascii=False, indent=1).encode()), _offer


def _toml(folder: Path) -> tuple[Maker, Reader]:
    from tomsapp.config.paths import menus_dir
    from tomsapp.menufiles.policies import read_policy

    texts = [path.read_bytes() for path in sorted((menus_dir() / "policies").glob("*.toml"))]
    return _some_of(*texts), lambda data: read_policy(data, "policy.toml")


def _pdf(_folder: Path) -> tuple[Maker, Reader]:
    from tomsapp.services.in_room.papers import work

    papers = [path.read_bytes() for path in sorted(_EARLIER.glob("*.pdf"))]

    def read(data: bytes) -> object:
        for asked in ("files", "version", "text"):
            work({"file": "paper.pdf", "asked": asked}, [data])
        return None

    return _some_of(*papers), read


def _picture(_folder: Path) -> tuple[Maker, Reader]:
    from PIL import Image

    from tomsapp.services.in_room.pictures import work

    whole = []
    for kind, mode in (("PNG", "RGBA"), ("PNG", "P"), ("JPEG", "RGB"), ("JPEG", "CMYK")):
        file = io.BytesIO()
        Image.new(mode, (60, 20)).save(file, kind)
        whole.append(file.getvalue())
    return _some_of(*whole), lambda data: work({}, [data])


def _preview(_folder: Path) -> tuple[Maker, Reader]:
    from tomsapp.services.in_room.previews import work

    papers = [path.read_bytes() for path in sorted(_EARLIER.glob("*.pdf"))]

    def read(data: bytes) -> object:
        for asked in ("page", "picture", "text"):
            with suppress(TomsError):
                work({"asked": asked, "page": 0}, [data])
        return None

    return _some_of(*papers), read


def _return(_folder: Path) -> tuple[Maker, Reader]:
    from tests.exchange.returns import Q2, book_of, claim, form_of
    from tomsapp.domain.delivery.people import DeliveryPerson
    from tomsapp.services.in_room.returns import work
    from tomsapp.services.strange_returns import one_of

    form = form_of(claim("3", Q2, "4", note="Two schools"), claim("1", Q2, "1"), people={"1": (DeliveryPerson("P-1"),)})

    def read(data: bytes) -> object:
        _, (run,) = work({"files": ["return.xlsx"]}, [data])
        return one_of(json.loads(run))

    return _some_of(book_of(form), packed=True), read


def _tender_offer(_folder: Path) -> tuple[Maker, Reader]:
    from tests.exchange.tenders.examples import book_of
    from tomsapp.services.in_room.offer_identities import work
    from tomsapp.services.in_room.offers import work as open_whole
    from tomsapp.services.tenders.strange_offers import identity_or_refusal, offer_or_refusal

    def read(data: bytes) -> object:
        _, (run,) = work({"files": ["offer"]}, [data])
        _, (whole,) = open_whole({"files": ["offer"]}, [data])
        return identity_or_refusal(json.loads(run)), offer_or_refusal(whole)

    return _some_of(book_of(), packed=True), read


def _marking(_folder: Path) -> tuple[Maker, Reader]:
    from tests.exchange.tenders.marking import book_of, confirmed, form_of, given
    from tomsapp.services.in_room.markings import work
    from tomsapp.services.tenders.strange_markings import marking_of

    def read(data: bytes) -> object:
        _, (run,) = work({"files": ["marks.xlsx"]}, [data])
        return marking_of(json.loads(run))

    return _some_of(book_of(form_of(), given(0, 4), given(1, 2), confirmed()), packed=True), read


def _pack_signature(_folder: Path) -> tuple[Maker, Reader]:
    from tests.exchange.tenders.test_signature_json import DATA
    from tomsapp.exchange.tenders.signature_json import read_signature
    from tomsapp.services.in_room.tables import work

    def read(data: bytes) -> object:
        work({"file": "pack.tomssig", "offer": True}, [data])
        return read_signature(data, "pack.tomssig")

    return _some_of(DATA), read


def _archive(_folder: Path) -> tuple[Maker, Reader]:
    import zipfile

    from tomsapp.services.in_room.archives import work

    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name in ("Calder/offer.xlsx", "Lamp/offer.tomsoffer", "Lamp/more/prices.pdf"):
            package.writestr(name, name * 50)

    def read(data: bytes) -> object:
        with suppress(TomsError):
            work({"file": "portal.zip"}, [data])
        return None

    return _some_of(file.getvalue(), packed=True), read


def _notices(_folder: Path) -> tuple[Maker, Reader]:
    from tests.exchange.notices.made import package, release, twenty
    from tomsapp.exchange.labelled.contract_guess import ContractGuesser
    from tomsapp.exchange.labelled.contract_read import ContractSheet
    from tomsapp.exchange.labelled.contract_row import contracts_in
    from tomsapp.exchange.notices.notice_sheet import read_notices
    from tomsapp.exchange.notices.releases import NoticeFile
    from tomsapp.services.in_room.notices import work as read_many
    from tomsapp.services.in_room.tables import work
    from tomsapp.services.in_room.tender_notices import work as read_tenders

    def read(data: bytes) -> object:
        read_tenders({"files": ["notice.json"]}, [data])
        work({"file": "notice.json", "offer": False}, [data])
        read_many({"files": ["1.json", "2.json"]}, [package(release(1)), data])
        book = read_notices([NoticeFile("notice.json", data)])
        return [
            contracts_in(ContractSheet(book.sheets[0], each, "notice.json")) for each in ContractGuesser().guess(book)
        ]

    return _some_of(*twenty().values(), package(*map(release, range(1, 4)))), read


def _database(folder: Path) -> tuple[Maker, Reader]:
    from tomsapp.services.in_room.databases import work
    from tomsapp.store.database import create_database

    path = folder / "council.toms"
    create_database(path, who="Ann").close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    whole, other = path.read_bytes(), folder / "other.toms"

    def read(data: bytes) -> object:
        other.write_bytes(data)
        return work({"path": str(other)}, [])

    return _some_of(whole), read


SEEDS: Mapping[str, Seed] = {
    "xlsx": _xlsx, "ods": _ods, "csv": _csv, "json": _json, "toml": _toml, "pdf": _pdf, "picture": _picture,
    "database": _database, "preview": _preview, "return": _return, "notices": _notices,
    "tender offer": _tender_offer, "marking file": _marking, "archive": _archive,
    "pack signature": _pack_signature,
}  # fmt: skip
NUMBERS: Mapping[str, int] = {
    "xlsx": 18_000, "ods": 19_000, "csv": 30_000, "json": 16_000, "toml": 4_000, "pdf": 2_000, "picture": 1_500,
    "database": 1_000, "preview": 500, "return": 2_000, "notices": 2_000,
    "tender offer": 1_000, "marking file": 1_000, "archive": 1_000,
    "pack signature": 1_000,
}  # fmt: skip
"""How many files of each kind are spoilt: 100,000 together."""
