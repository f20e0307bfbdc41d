"""`tomsapp files`: what is due for deletion, and deleting it with the reason."""

from datetime import date

import pytest

from tests.services.council import open_as, shipped
from tests.services.deliveries import begin_signed, claim, delivered, enter
from tomsapp.domain.delivery.evidence import Evidence
from tomsapp.services import databases
from tomsapp.services.evidence import OfferedFile, attach, evidence_of

WHY = "By the retention schedule"


@pytest.fixture
def council(tmp_path):
    """A database in which two files are due and one is not."""
    path = tmp_path / "council.db"
    databases.make_database(path, shipped(), "Ann", "Larkmere Council").close()
    ann = open_as(path, "Ann")
    made = begin_signed(ann)
    (held,) = enter(ann, made, claim(made.lines[0]))
    for name, until in (("log.pdf", date(2026, 4, 1)), ("plan.pdf", date(2026, 4, 1)), ("kept.pdf", date(2090, 1, 1))):
        file = OfferedFile(name, b"%PDF-1.7 " + name.encode(), "application/pdf")
        said = Evidence(name, keep_until=until, deliveries=frozenset({str(held.id)}))
        attach(ann, delivered(ann, made), said, file)
    ann.close()
    return path, made.id


def here(path, number):
    """The names of the files whose bytes are still there."""
    ann = open_as(path, "Ann")
    found = [v.evidence.record.name for v in evidence_of(ann, number) if v.stored and v.stored.removed_on is None]
    ann.close()
    return found


def test_files_that_are_due_are_listed(call, council):
    path, _ = council
    found = call("files", "due", path)
    assert (found.status, found.err) == (0, "")
    assert "log.pdf of C1, kept until 1 April 2026" in found.out
    assert "plan.pdf" in found.out
    assert "kept.pdf" not in found.out


def test_one_is_deleted_by_the_beginning_of_its_hash_then_the_rest(call, council):
    path, number = council
    row = next(line for line in call("files", "due", path).out.splitlines() if "log.pdf" in line)
    found = call("files", "delete", path, row.split()[0].upper(), "--because", WHY)
    assert (found.status, found.out.strip()) == (0, "1 file was deleted.")
    assert here(path, number) == ["plan.pdf", "kept.pdf"]
    assert call("files", "delete", path, "--because", WHY).out.strip() == "1 file was deleted."
    assert here(path, number) == ["kept.pdf"]
    assert call("files", "due", path).out.strip() == "No file is due for deletion."
    assert call("files", "delete", path, "--because", WHY).out.strip() == "No file is due for deletion."


@pytest.mark.parametrize(("beginning", "said"), [("zz", "no file that is due"), ("", "several files that are due")])
def test_a_beginning_must_name_one_file(call, council, beginning, said):
    path, number = council
    found = call("files", "delete", path, beginning, "--because", WHY)
    assert found.status == 2
    assert said in found.err
    assert len(here(path, number)) == 3


def test_a_reason_is_needed(call, council):
    path, number = council
    found = call("files", "delete", path, "--because", " ")
    assert found.status == 2
    assert "No reason is given" in found.err
    assert len(here(path, number)) == 3
