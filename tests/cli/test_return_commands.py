"""`tomsapp delivery return` and `read`: workbooks out, returns in, nothing saved unless it is said."""

import openpyxl
import pytest

from tests.services.council import open_as, shipped
from tests.services.deliveries import begin_signed, delivered
from tests.services.returns import fill_in
from tomsapp.services import databases


@pytest.fixture
def council(tmp_path):
    path = tmp_path / "council.db"
    databases.make_database(path, shipped(), "Ann", "Larkmere Council").close()
    ann = open_as(path, "Ann")
    begin_signed(ann)
    begin_signed(ann, reference="C2")
    ann.close()
    return path


def returned(path, name, **lines):
    book = openpyxl.load_workbook(path)
    fill_in(book, lines)
    book.save(path.with_name(name))
    return path.with_name(name)


def claims(council, number=1):
    ann = open_as(council, "Ann")
    found = [each.record.claimed for each in delivered(ann, number).deliveries]
    ann.close()
    return found


def test_a_return_is_made_filled_in_read_and_saved(call, council, tmp_path):
    made = call("delivery", "return", council, "C1", "--quarter", "1Q1", "--on", "2026-07-01", "-o", tmp_path / "r")
    assert (made.status, made.err) == (0, "")
    assert made.out == f"The return of Q1 (Apr to Jun 2026) of C1 is in {tmp_path / 'r.xlsx'}.\n"
    file = returned(tmp_path / "r.xlsx", "back.xlsx", V01={"claimed": 25}, V04={"claimed": 9.5})
    looked = call("delivery", "read", council, file)
    assert looked.status == 0
    assert "back.xlsx  C1        Q1 (Apr to Jun 2026)  Ready" in looked.out
    assert ["V01", "25", "25", "New"] in [line.split() for line in looked.out.splitlines()]
    assert "Nothing was saved. Add --save to take over those that are ready." in looked.out
    assert claims(council) == []
    done = call("delivery", "read", council, file, "--save")
    assert (done.status, "1 return taken over, 2 lines." in done.out) == (0, True)
    assert claims(council) == [25, 9.5]
    again = call("delivery", "read", council, file, "--save")
    assert (again.status, "1 file: 1 with nothing new." in again.out) == (0, True)


def test_a_folder_takes_what_is_good_and_says_the_rest(call, council, tmp_path):
    folder = tmp_path / "due"
    folder.mkdir()
    made = call("delivery", "return", council, "-o", folder, "--on", "2026-07-01")
    assert made.out == f"2 returns are in {folder}; 0 contracts returned the quarter already.\n"
    returned(folder / "C1 return 2026-27 Q1.xlsx", "C1 return 2026-27 Q1.xlsx", V01={"claimed": 25}, V04={"claimed": 1})
    returned(folder / "C2 return 2026-27 Q1.xlsx", "C2 return 2026-27 Q1.xlsx", V01={"claimed": 0})
    done = call("delivery", "read", council, folder, "--save")
    assert done.status == 1
    assert "error: C2 return 2026-27 Q1.xlsx, sheet Return, row 8" in done.out
    assert "2 files: 1 ready, 1 with errors." in done.out
    assert (claims(council), claims(council, 2)) == ([25, 1], [])


@pytest.mark.parametrize("text", ["Q2", "0Q1", "1Q5", "2026"])
def test_a_quarter_that_is_none(call, council, text):
    found = call("delivery", "return", council, "C1", "--quarter", text)
    assert found.status == 2
    assert "is no contract quarter: write 1Q2" in found.err


def test_what_cannot_be_is_one_sentence(call, council, tmp_path):
    assert call("delivery", "return", council, "C9").err.startswith("There is no contract C9 in this database.")
    (tmp_path / "empty").mkdir()
    found = call("delivery", "read", council, tmp_path / "empty")
    assert (found.status, found.err.startswith("empty has no workbooks.")) == (2, True)
    letter = tmp_path / "letter.xlsx"
    letter.write_bytes(b"Dear Sir")
    found = call("delivery", "read", council, letter)
    assert (found.status, "1 file: 1 that cannot be read." in found.out) == (1, True)
