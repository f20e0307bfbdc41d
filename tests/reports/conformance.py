"""What the second checker of PDF/UA-1 and PDF/A-3a, which needs no Java, finds in a file."""

import page


def faults_of(data: bytes) -> list[tuple[str, str]]:
    """The faults by both profiles that each report claims to keep; an empty list where there are none."""
    found = []
    for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A):
        report = page.validate_pdf_bytes(data, profile=profile)
        assert report.rules.total > 100
        found += [(fault.rule_id, fault.message) for fault in report.failures]
    return found
