"""What the second checker of PDF/UA-1 and PDF/A-3a, which needs no Java, finds in a file."""

import re

import page

_LENGTH_RULE = "PDFA3A-STREAM-LENGTH-001"
_STREAM = re.compile(rb"/Length (\d+)(?!\d| \d+ R)(?:(?!endobj|stream).)*?>>\s*stream(\r?\n)", re.DOTALL)
_END = re.compile(rb"(\r\n|\r|\n)endstream\b")


def faults_of(data: bytes) -> list[tuple[str, str]]:
    """The faults by both profiles that each report claims to keep; an empty list where there are none."""
    found = []
    for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A):
        report = page.validate_pdf_bytes(data, profile=profile)
        assert report.rules.total > 100
        found += [(fault.rule_id, fault.message) for fault in report.failures]
    return [fault for fault in found if fault[0] != _LENGTH_RULE or not _only_misread(data)]


def _only_misread(data: bytes) -> bool:
    """Whether every length is right, and one of them is of bytes that end in a carriage return.

    ISO 19005-3, 6.1.7.1: Length counts the bytes after the line feed of "stream" and before the line end that precedes
    "endstream". The checker goes back from "endstream" and takes CR LF there for one line end, although the CR is the
    last byte of the data and within its Length. About one compressed stream in 256 ends so; veraPDF takes it.
    """
    ends = []
    at = 0
    while (match := _STREAM.search(data, at)) is not None:
        at = match.end() + int(match.group(1))
        if _END.match(data, at) is None:
            return False
        ends.append(data[at - 1 : at])
    return len(ends) == len(re.findall(rb"endstream\s+endobj", data)) and b"\r" in ends
