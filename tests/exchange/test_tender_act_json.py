"""The document of an act of a tender, written and read."""

import json
from dataclasses import replace
from datetime import date

import pytest

from tomsapp.domain.tender.acts import TenderActFacts, TenderActKind
from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.tender_act_json import (
    StatedFile,
    StatedPack,
    TenderActDocument,
    read_tender_act,
    write_tender_act,
)

FACTS = TenderActFacts(
    TenderActKind.AMEND, date(2027, 1, 4), "Procurement lead", "More time,\n“as asked”", 2, 3, 1, "Calder Clean"
)
DOCUMENT = TenderActDocument(
    FACTS,
    "T-2026-003",
    "A. Okafor",
    TenderStatus.ISSUED,
    TenderStatus.OPENED,
    "ab" * 32,
    StatedPack("cd" * 32, 48_210, ("Deadline: later.",)),
    StatedFile("ef" * 32, 912),
    11,
    ("The targets are worth less than the minimum",),
    {"bids": ["2"]},
    StatedFile("01" * 32, 80),
    7,
)


PLAIN = replace(
    DOCUMENT,
    facts=TenderActFacts(TenderActKind.OPEN, date(2027, 1, 4), "Lead"),
    pack=None,
    evaluation=None,
    bid=None,
    award=None,
    contract=None,
)


@pytest.mark.parametrize("document", [DOCUMENT, PLAIN])
def test_document_comes_back_as_it_was(document):
    data = write_tender_act(document)
    assert read_tender_act(data) == document
    assert write_tender_act(read_tender_act(data)) == data


@pytest.mark.parametrize(
    "change",
    [
        {"format": "other"},
        {"act": []},
        {"act": {}},
        {"was": "lost"},
        {"becomes": 1},
        {"tender": None},
        {"pack": []},
        {"pack": {"sha256": "x", "bytes": "1", "changes": []}},
        {"pack": {"sha256": "x", "bytes": True, "changes": []}},
        {"pack": {"sha256": 1, "bytes": 1, "changes": []}},
        {"pack": {"sha256": "x", "bytes": 1, "changes": [1]}},
        {"evaluation": []},
        {"award": []},
        {"contract": "7"},
        {"evaluation": {"sha256": "x", "bytes": "1"}},
        {"bid": "11"},
        {"confirmed": None},
        {"seen": []},
    ],
)
def test_document_that_was_changed_is_refused(change):
    values = {**json.loads(write_tender_act(DOCUMENT)), **change}
    with pytest.raises(OfferUnreadable):
        read_tender_act(json.dumps(values).encode())


def test_what_is_no_document_is_refused():
    with pytest.raises(OfferUnreadable):
        read_tender_act(b"no JSON")
