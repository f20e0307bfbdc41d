"""What signs the papers of a database: made once, chosen, locked away, backed up, and shown nowhere."""

from datetime import date
from pathlib import Path

import pytest

from tests.keys import EXPIRED, NOW, PASSWORD, certificate, key_file, pem
from tests.ordinary import protected
from tests.services.council import all_history, begin, open_as, seal, sign
from tomsapp.domain.errors import TomsError
from tomsapp.domain.history import HistoryWanted
from tomsapp.domain.seal import ActKind
from tomsapp.domain.signer import SIGNER, SignerKind
from tomsapp.services import checking, databases, reporting, signers
from tomsapp.services.history import read_history
from tomsapp.services.workspace import Workspace
from tomsapp.signing.errors import SigningError, WrongPassword
from tomsapp.signing.keys import certificate_in
from tomsapp.signing.read import read_signature

DAY = date(2026, 11, 22)


def sealed(workspace: Workspace) -> int:
    begun = begin(workspace)
    sign(workspace, begun.id)
    return begun.id


def made(workspace: Workspace, contract_id: int) -> reporting.MadeReport:
    return reporting.contract_report(workspace, contract_id, DAY)


def key_path(folder: Path, **about: object) -> Path:
    path = folder / "council.p12"
    path.write_bytes(key_file(**about))
    return path


def fingerprint(data: bytes) -> str:
    found = read_signature(data)
    assert found is not None
    assert found.is_intact
    return found.certificate.fingerprint


def everything_kept(target: str) -> bytes:
    """All that a database holds, as bytes, but for the keys themselves."""
    workspace = open_as(target, "Reader")
    try:
        with workspace.database.read() as reader:
            return repr([(each.what, each.before, each.after) for each in reader.history()]).encode()
    finally:
        workspace.close()


# The key of the database


def test_key_is_made_at_first_use_and_is_the_same_from_then_on(ann, bob):
    contract = sealed(ann)
    assert signers.signer_now(ann).signer is None
    first = made(ann, contract)
    now = signers.signer_now(ann)
    assert (now.signer.kind, now.is_unlocked, now.is_expired) == (SignerKind.DATABASE, True, False)
    assert now.signer.name == "Larkmere Council (self-made)"
    assert first.signature.is_signed
    assert first.signature.words == "Signed by Larkmere Council (self-made): self-made, nobody else vouches for it."
    assert fingerprint(first.data) == fingerprint(made(bob, contract).data) == now.signer.certificate.fingerprint
    assert [entry for entry in all_history(ann) if entry[2] == "signer"] == [
        ("Ann", "Make the first key of the database that signs", "signer", "added")
    ]


def test_two_who_make_the_first_key_at_once_get_one(ann, bob, monkeypatch):
    contract = sealed(ann)
    make = signers._new_key

    def meanwhile(workspace: Workspace) -> object:
        monkeypatch.setattr(signers, "_new_key", make)
        made(bob, contract)
        return make(workspace)

    monkeypatch.setattr(signers, "_new_key", meanwhile)
    mine = made(ann, contract)
    assert fingerprint(mine.data) == signers.signer_now(bob).signer.certificate.fingerprint
    assert sum(entry[2] == "signer" for entry in all_history(ann)) == 1


def test_only_what_is_sealed_is_signed(ann):
    begun = begin(ann)
    draft = made(ann, begun.id)
    assert draft.signature.words == "Not signed: a draft is never signed."
    assert read_signature(draft.data) is None
    assert signers.signer_now(ann).signer is None
    for kind in (ActKind.SIGN, ActKind.WITHDRAW):
        seal(ann, begun.id, kind)
        paper = made(ann, begun.id)
        assert paper.signature.is_signed
        assert fingerprint(paper.data)


def test_history_and_lists_tell_of_a_key_and_never_the_key(ann, tmp_path):
    made(ann, sealed(ann))
    signers.use_certificate(ann, key_path(tmp_path), PASSWORD)
    lines = read_history(ann, HistoryWanted((SIGNER,))).lines
    assert [line.what for line in lines] == [
        "Let the certificate of Larkmere Council, O sign",
        "Make the first key of the database that signs",
    ]
    assert "whose key Certificate of the council" in lines[0].text
    with ann.look() as uow:
        assert "key=" not in repr(uow.signers.newest())
    assert PASSWORD not in repr(ann)


def test_key_is_replaced_and_the_one_before_stays_known(ann):
    contract = sealed(ann)
    before = made(ann, contract)
    signers.use_own_key(ann, make_new=True)
    after = made(ann, contract)
    assert fingerprint(before.data) != fingerprint(after.data)
    with ann.look() as uow:
        known = [certificate_in(each.encode())[0].fingerprint for each in uow.signers.certificates()]
    assert known == [fingerprint(before.data), fingerprint(after.data)]


def test_history_says_whether_a_key_is_the_first_or_replaces_one(ann):
    signers.use_own_key(ann, make_new=True)
    signers.use_own_key(ann, make_new=True)
    assert [line.what for line in read_history(ann, HistoryWanted((SIGNER,))).lines] == [
        "Replace the key of the database that signs",
        "Make the first key of the database that signs",
    ]


def test_database_that_can_only_be_read_says_that_no_key_can_be_made(council_path, tmp_path):
    workspace = open_as(council_path, "Ann")
    contract = sealed(workspace)
    workspace.close()
    with protected(council_path):
        workspace = open_as(council_path, "Ann")
        try:
            paper = made(workspace, contract)
        finally:
            workspace.close()
    assert paper.signature.words.startswith("Not signed: no key can be made.")
    assert read_signature(paper.data) is None


# The certificate of the council


def test_certificate_of_the_council_signs_while_its_password_is_known(ann, council_target, tmp_path):
    contract = sealed(ann)
    signer = signers.use_certificate(ann, key_path(tmp_path), PASSWORD)
    assert signer.is_locked_away
    assert made(ann, contract).signature.words == (
        "Signed by Larkmere Council, O: self-made, nobody else vouches for it."
    )
    ann.close()
    again = open_as(council_target, "Cleo")
    try:
        assert not signers.signer_now(again).is_unlocked
        locked = made(again, contract)
        assert locked.signature.wants_password
        assert locked.signature.words == "Not signed: the key of the council’s certificate asks for its password."
        assert read_signature(locked.data) is None
        with pytest.raises(WrongPassword):
            signers.sign_with_password(again, locked.data, "wrong")
        data, told = signers.sign_with_password(again, locked.data, PASSWORD)
        assert told.is_signed
        assert data.startswith(locked.data)
        assert made(again, contract).signature.is_signed
    finally:
        again.close()
    assert again.unlocked == {}
    assert PASSWORD.encode() not in everything_kept(council_target)


def test_password_stands_in_no_file_of_the_database(council_path, tmp_path):
    workspace = open_as(council_path, "Ann")
    signers.use_certificate(workspace, key_path(tmp_path), PASSWORD)
    made(workspace, sealed(workspace))
    workspace.close()
    held = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.suffix != ".p12")
    for written in (PASSWORD.encode(), PASSWORD.encode("utf-16-be"), PASSWORD.encode("utf-16-le")):
        assert written not in held


def test_wrong_password_and_wrong_files_change_nothing(ann, tmp_path):
    path = key_path(tmp_path)
    with pytest.raises(WrongPassword):
        signers.use_certificate(ann, path, PASSWORD.strip())
    path.write_bytes(key_file(password=""))
    with pytest.raises(SigningError, match="not locked with a password"):
        signers.use_certificate(ann, path, "")
    path.write_bytes(key_file(valid=EXPIRED))
    with pytest.raises(SigningError, match="is not valid today"):
        signers.use_certificate(ann, path, PASSWORD)
    path.write_bytes(b"\x30" * 2_000_000)
    with pytest.raises(TomsError, match="larger than 1 MB"):
        signers.use_certificate(ann, path, PASSWORD)
    with pytest.raises(TomsError, match="no file"):
        signers.use_certificate(ann, tmp_path / "none.p12", PASSWORD)
    with pytest.raises(SigningError, match="No certificate of the council"):
        signers.unlock(ann, PASSWORD)
    assert signers.signer_now(ann).signer is None


def test_own_key_signs_again_after_the_certificate_of_the_council(ann, tmp_path):
    contract = sealed(ann)
    own = fingerprint(made(ann, contract).data)
    signers.use_certificate(ann, key_path(tmp_path), PASSWORD)
    assert fingerprint(made(ann, contract).data) != own
    signers.use_own_key(ann)
    assert fingerprint(made(ann, contract).data) == own
    assert signers.signer_now(ann).signer.kind is SignerKind.DATABASE


def test_expired_certificate_signs_nothing_and_says_so(ann, tmp_path, monkeypatch):
    contract = sealed(ann)
    signers.use_certificate(ann, key_path(tmp_path), PASSWORD)

    class Later:
        @staticmethod
        def now(zone: object) -> object:
            return NOW.replace(year=NOW.year + 5)

    monkeypatch.setattr(signers, "datetime", Later)
    assert signers.signer_now(ann).is_expired
    paper = made(ann, contract)
    assert paper.signature.words.startswith("Not signed: the certificate of Larkmere Council, O was valid until")
    assert "Choose another under Settings, Signature." in paper.signature.words
    assert read_signature(paper.data) is None


# Kept and handed out


def test_exported_certificate_holds_no_key_and_is_the_one_that_signs(ann, tmp_path):
    contract = sealed(ann)
    path = signers.export_certificate(ann, tmp_path / "council certificate")
    assert path.name == "council certificate.pem"
    text = path.read_text(encoding="ascii")
    assert "PRIVATE" not in text
    assert certificate_in(text.encode())[0].fingerprint == fingerprint(made(ann, contract).data)
    assert signers.certificate_name(signers.signer_now(ann).signer) == "larkmere-council-self-made.pem"
    signers.use_certificate(ann, key_path(tmp_path), PASSWORD)
    other = signers.export_certificate(ann, tmp_path / "other.pem")
    assert other.read_bytes() != path.read_bytes()


def test_backup_carries_the_keys(ann, tmp_path):
    contract = sealed(ann)
    before = fingerprint(made(ann, contract).data)
    backup = databases.back_up(ann.database, tmp_path / "backup.db")
    restored = tmp_path / "restored.db"
    databases.restore(backup, restored)
    workspace = open_as(restored, "Dana")
    try:
        assert fingerprint(made(workspace, contract).data) == before
    finally:
        workspace.close()
    assert checking.check(restored) == []


def test_certificate_that_cannot_be_read_is_told(ann):
    with ann.work("By hand") as uow:
        kept = signers._kept(SignerKind.DATABASE, signers._new_key(ann), b"no key")
        uow.signers.add(kept)
        uow.commit()
    paper = made(ann, sealed(ann))
    assert paper.signature.words.startswith("Not signed: This is no PKCS#12 file.")


def test_certificate_of_an_authority_names_it(ann, tmp_path):
    contract = sealed(ann)
    authority = certificate("Authority", is_authority=True)
    path = tmp_path / "issued.p12"
    path.write_bytes(key_file("Council", issuer="Authority", others=(authority,)))
    signers.use_certificate(ann, path, PASSWORD)
    paper = made(ann, contract)
    assert paper.signature.words == "Signed by Council, O: issued by Authority, O."
    found = read_signature(paper.data)
    assert pem(authority).decode() in found.chain
