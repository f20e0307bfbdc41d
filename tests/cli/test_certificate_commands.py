"""`tomsapp certificate` and `tomsapp verify --certificate`: hand out what signs, and hold papers to it."""

from datetime import date

import pytest

from tests.services.council import begin, shipped, sign
from tomsapp.services import databases, signers
from tomsapp.services.reporting import contract_report
from tomsapp.signing.keys import certificate_in


@pytest.fixture
def council(tmp_path):
    path = tmp_path / "council.db"
    databases.make_database(path, shipped(), "Ann", "Larkmere Council").close()
    return path


def sealed_paper(council, target):
    """The signed PDF of a contract that was signed."""
    workspace = databases.open_workspace(council, shipped(), "Ann")
    try:
        begun = begin(workspace)
        sign(workspace, begun.id)
        target.write_bytes(contract_report(workspace, begun.id, date(2026, 11, 22)).data)
    finally:
        workspace.close()
    return target


def test_certificate_is_shown_and_exported(call, council, tmp_path):
    before = call("certificate", "show", council)
    assert (before.status, before.err) == (0, "")
    assert before.out.startswith("Nothing has been signed yet.")
    target = tmp_path / "larkmere.pem"
    assert call("certificate", "export", council, target).out == f"The certificate is in {target}. It holds no key.\n"
    told, _ = certificate_in(target.read_bytes())
    after = call("certificate", "show", council)
    assert after.out.splitlines() == [
        "Larkmere Council (self-made): self-made, nobody else vouches for it.",
        f"Self-made key of this database, {told.validity}.",
        f"SHA-256: {told.fingerprint_words}",
    ]


def test_paper_is_held_to_a_certificate_and_to_the_database(call, council, tmp_path):
    paper, mine, other = sealed_paper(council, tmp_path / "paper.pdf"), tmp_path / "mine.pem", tmp_path / "other.pem"
    call("certificate", "export", council, mine)
    found = call("verify", paper, "--certificate", mine)
    assert found.status == 0
    lines = found.out.splitlines()
    assert lines[0] == "Agrees with itself: yes."
    assert "Unchanged since it was signed: yes. The signature is over the whole file." in lines
    assert "Signed by: Larkmere Council (self-made): self-made, nobody else vouches for it." in lines
    assert "It is the certificate in mine.pem." in lines
    assert "It is a key of the open database." in call("--database", council, "verify", paper).out
    workspace = databases.open_workspace(council, shipped(), "Ann")
    signers.use_own_key(workspace, make_new=True)
    workspace.close()
    call("certificate", "export", council, other)
    refuted = call("verify", paper, "--certificate", other)
    assert refuted.status == 1
    assert "It is not the certificate in other.pem, nor does that one vouch for it." in refuted.out
    assert call("verify", paper, "--certificate", paper).status == 2


def test_certificate_that_is_over_is_said(call, council, tmp_path, monkeypatch):
    call("certificate", "export", council, tmp_path / "mine.pem")
    monkeypatch.setattr("tomsapp.domain.signer.Certificate.is_valid_at", lambda *_: False)
    shown = call("certificate", "show", council)
    assert (shown.status, shown.out.splitlines()[-1]) == (1, "It is not valid today, so nothing is signed.")
