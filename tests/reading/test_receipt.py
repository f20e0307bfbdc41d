"""What is kept of a file that came in."""

from datetime import UTC, datetime
from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from tomsapp.domain.problems import Problem, Severity
from tomsapp.reading.kinds import FileKind
from tomsapp.reading.receipt import receipt_of

AT = datetime(2026, 11, 29, 7, 5, tzinfo=UTC)


@given(st.binary(max_size=100))
def test_a_receipt_holds_the_bytes_to_their_checksum(data):
    receipt = receipt_of(data, "x", AT)
    assert (receipt.sha256, receipt.size) == (sha256(data).hexdigest(), len(data))


def test_a_receipt_says_what_came_in_and_when():
    receipt = receipt_of(b"Code,Year 1", "bid.xlsx", AT)
    assert receipt.kind is FileKind.TABLE
    digest = sha256(b"Code,Year 1").hexdigest()
    begins = "bid.xlsx: a table in text (CSV), 11 bytes, "
    assert receipt.words == f"{begins}read 2026-11-29 07:05 UTC, SHA-256 {digest}"
    assert receipt.short_words == f"{begins}read 2026-11-29 07:05 UTC, SHA-256 {digest[:8]}…{digest[-4:]}"
    problem = Problem("x", Severity.ERROR, "m", "f")
    assert f"{begins}1 problem, read" in receipt_of(b"Code,Year 1", "bid.xlsx", AT, (problem,)).words
