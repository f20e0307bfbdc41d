"""`tomsapp evaluation report`: the report of each lot that has bids, as PDF and as Word file."""

import pytest

from tests.cli.bidding import council_with_tender
from tests.services.council import open_as
from tests.services.tenders.evaluations import evaluated_tender


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """A council with a tender that is evaluated, and one that is a draft."""
    path = council_with_tender(tmp_path_factory.mktemp("evaluation"), is_issued=False)
    ann = open_as(path, "Ann")
    evaluated_tender(ann, "T-2026-007")
    ann.close()
    return path


def test_the_report_is_written_of_each_lot_that_has_bids(call, database, tmp_path):
    told = call("evaluation", "report", database, "T-2026-007", "-o", tmp_path)
    assert (told.status, told.err) == (0, "")
    name = "T-2026-007 lot 1 evaluation report"
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{name}.docx", f"{name}.pdf"]
    assert str(tmp_path / f"{name}.pdf") in told.out
    other = call("evaluation", "report", database, "T-2026-007", "--lot", 2, "-o", tmp_path)
    assert other.status == 0
    assert "lot 2, Libraries" in other.out


def test_what_cannot_be_reported_says_why(call, database, tmp_path):
    draft = call("evaluation", "report", database, "T-2026-003", "-o", tmp_path)
    assert (draft.status, draft.out) == (2, "")
    assert "T-2026-003 is not issued, so nothing is evaluated" in draft.err
    assert "has no lot 9" in call("evaluation", "report", database, "T-2026-007", "--lot", 9, "-o", tmp_path).err
    assert "There is no tender" in call("evaluation", "report", database, "T-9", "-o", tmp_path).err
    assert list(tmp_path.iterdir()) == []
