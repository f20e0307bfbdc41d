"""Versions of a pack that were issued."""

from datetime import UTC, date, datetime

from tomsapp.domain.tender.issued import PACK_VERSION, IssuedVersion


def test_an_issued_version_says_who_issued_it_and_when():
    at = datetime(2027, 1, 4, 9, 30, tzinfo=UTC)
    issued = IssuedVersion(2, "ab" * 32, 1000, 7, date(2027, 1, 4), "A. Okafor", at)
    assert issued.words == "Pack version 2, issued on 4 January 2027 by A. Okafor"
    assert PACK_VERSION.name_of(issued) == "pack version 2"
    assert PACK_VERSION.values(issued) == {"version": 2, "sha256": "ab" * 32}
