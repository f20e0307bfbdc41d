"""`report`, `verify` and `menu book` as somebody types them."""

import json
import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from tomsapp.__main__ import main
from tomsapp.domain.wording import plural
from tomsapp.reports.render import printed_text

OFFER = {
    "menu": "barnet-open",
    "edition": "2026.2",
    "contract": {"reference": "C1", "value": "1000000.00", "start": "2026-04-01", "years": 2},
    "supplier": {"name": "Lamp & <b>Søn"},
    "commitments": [
        {"measure": "S08", "quantities": ["40", "40"], "contract_share": "0.25", "statement": "Shared."},
        {"measure": "V01", "quantities": ["10000", "10000"], "statement": "Cash."},
    ],
}


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("TOMSAPP_HOME", str(tmp_path / "home"))


def offer_file(folder: Path, **changes: object) -> Path:
    path = folder / "offer.json"
    path.write_text(json.dumps({**OFFER, **changes}), encoding="utf-8")
    return path


def test_report_writes_a_pdf_that_verify_confirms(tmp_path, capsys):
    path = offer_file(tmp_path)
    assert main(["report", str(path), "--council", "Larkmere Council", "--on", "2026-11-22"]) == 0
    target = tmp_path / "offer.pdf"
    assert f"The valuation is in {target}." in capsys.readouterr().out
    text = printed_text(target.read_bytes())
    assert "£24,800.00" in text
    assert "Larkmere Council" in text
    assert "Made 22 November 2026" in text
    assert main(["verify", str(target)]) == 0
    told = capsys.readouterr().out
    assert "holds: every figure comes out again from 2 commitments" in told
    data = target.read_bytes()
    size, sha = plural(len(data), "byte"), sha256(data).hexdigest()
    assert re.search(rf"\nRead from offer\.pdf: [^\n]*, {size}, read [0-9 :-]+ UTC, SHA-256 {sha}\n$", told)


def test_the_same_day_gives_the_same_bytes(tmp_path):
    path = offer_file(tmp_path)
    for name in ("a.pdf", "b.pdf"):
        assert main(["report", str(path), "-o", str(tmp_path / name), "--on", "2026-11-22"]) == 0
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_an_offer_with_errors_is_written_as_a_draft_with_status_1(tmp_path, capsys):
    path = offer_file(tmp_path, commitments=[{"measure": "NOPE", "quantities": ["1"]}])
    assert main(["report", str(path), "-o", str(tmp_path / "draft.pdf")]) == 1
    assert "error: " in capsys.readouterr().err
    assert "Status Draft, not signed. Still open: 1 error and 1 warning (page 2)." in printed_text(
        (tmp_path / "draft.pdf").read_bytes()
    )
    assert main(["verify", str(tmp_path / "draft.pdf")]) == 0


def test_an_offer_that_cannot_be_valued_has_no_pdf_and_status_1(tmp_path, capsys):
    path = offer_file(tmp_path, contract={"reference": "C1", "value": "x", "start": "2026-04-01", "years": 2})
    assert main(["report", str(path)]) == 1
    assert "value" in capsys.readouterr().err
    assert not (tmp_path / "offer.pdf").exists()


def test_characters_that_cannot_be_shown_are_told(tmp_path, capsys):
    path = offer_file(tmp_path, supplier={"name": "שלום"})
    assert main(["report", str(path)]) == 0
    assert "note: The character U+05E9 Hebrew letter shin cannot be shown in the PDF" in capsys.readouterr().err


def test_a_pdf_that_does_not_hold_has_status_1(tmp_path, capsys):
    from tests.services.test_verifying import valued, with_file

    path = tmp_path / "forged.pdf"
    path.write_bytes(with_file(valued(), "valuation.json", b'"2265.00"', b'"2265.01"'))
    assert main(["verify", str(path)]) == 1
    out = capsys.readouterr().out
    assert "forged.pdf does not hold" in out
    assert "the attachment says 2265.01, and 2265.00 comes out." in out


@pytest.mark.parametrize("content", [None, b"", b"%PDF-1.7 cut off", b"{}"])
def test_a_pdf_that_cannot_be_read_has_status_2_and_one_sentence(content, tmp_path, capsys):
    path = tmp_path / "x.pdf"
    if content is not None:
        path.write_bytes(content)
    assert main(["verify", str(path)]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_target_in_a_folder_that_is_not_there_has_status_2(tmp_path, capsys):
    assert main(["report", str(offer_file(tmp_path)), "-o", str(tmp_path / "gone" / "x.pdf")]) == 2
    assert "x.pdf was not saved. The folder does not exist. Choose another folder." in capsys.readouterr().err


def test_menu_book_writes_the_book(tmp_path, capsys):
    target = tmp_path / "book.pdf"
    assert main(["menu", "book", "barnet-council/2023", "-o", str(target), "--council", "Larkmere Council"]) == 0
    assert f"The menu book is in {target}." in capsys.readouterr().out
    assert "How values are made" in printed_text(target.read_bytes())
    assert main(["menu", "book", "barnet-open/1999", "-o", str(target)]) == 2


def test_the_commands_load_no_window(tmp_path):
    script = (
        "import sys; from tomsapp.__main__ import main; "
        f"main(['report', {str(offer_file(tmp_path))!r}]); main(['verify', {str(tmp_path / 'offer.pdf')!r}]); "
        "assert not any(name.startswith('PySide6') for name in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False, capture_output=True).returncode == 0
