"""Signing a pack: never needed, changes no other file, and the same again once it is signed."""

import zipfile
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest

from tests.services.tenders.build import NOW, begin_tender
from tests.services.tenders.test_packing import FILES, NAME, issued
from tomsapp.domain.errors import TomsError
from tomsapp.domain.history import HistoryWanted
from tomsapp.domain.tender.pack_signature import PACK_KEY, PACK_SIGNATURE
from tomsapp.exchange.tenders.signature_json import read_signature, signed_content
from tomsapp.services.failures import NotFound, StoreError
from tomsapp.services.pack_signatures import KnownKeys, given_key, verify_pack_files
from tomsapp.services.tenders import pack_keys, packing
from tomsapp.services.tenders.pack_signing import kept_statement, save_signature, sign_pack
from tomsapp.services.tenders.packing import make_pack, write_pack_folder
from tomsapp.signing.packs import holds

SIGNATURE = f"{NAME} signature.tomssig"
LATER = NOW + timedelta(hours=2, microseconds=7)


def test_a_signature_is_made_of_every_file_and_changes_none(ann, tmp_path):
    number = issued(ann)
    before = make_pack(ann, number)
    assert (before.signed, list(before.files)) == (None, FILES)
    assert kept_statement(ann, number, 1) is None
    assert pack_keys.pack_key_now(ann) is None
    signed = sign_pack(ann, number, LATER)
    assert (signed.is_new, signed.is_first) == (True, True)
    after = make_pack(ann, number)
    assert after.identity == before.identity
    assert list(after.files) == [*FILES, SIGNATURE]
    assert {name: after.files[name] for name in FILES} == before.files
    held = read_signature(after.files[SIGNATURE], SIGNATURE)
    statement = held.statement
    assert statement == signed.statement == after.signed == kept_statement(ann, number, 1)
    assert holds(signed_content(statement), held.signature, statement.key)
    assert statement.key == pack_keys.pack_key_now(ann)
    assert statement.identity == before.identity
    assert [(file.name, file.sha256) for file in statement.files] == [
        (name, sha256(data).hexdigest()) for name, data in before.files.items()
    ]
    assert (statement.signed_by, statement.council) == ("Ann", "Larkmere Council")
    assert statement.signed_words == "signed on 4 January 2027, 11:30 by Ann"


def test_what_is_signed_goes_out_the_same_each_time(ann, tmp_path):
    number = issued(ann)
    sign_pack(ann, number, LATER)
    written = write_pack_folder(ann, number, tmp_path)
    zipped = written.packed.read_bytes()
    assert sorted(path.name for path in written.folder.iterdir()) == sorted([*FILES, SIGNATURE])
    with zipfile.ZipFile(written.packed) as archive:
        assert archive.namelist() == [f"{NAME}/{name}" for name in [*FILES, SIGNATURE]]
    assert write_pack_folder(ann, number, tmp_path).packed.read_bytes() == zipped
    again = sign_pack(ann, number, LATER + timedelta(days=1))
    assert (again.is_new, again.statement) == (False, written.made.signed)
    assert make_pack(ann, number).packed == zipped


def test_a_folder_that_went_out_unsigned_gets_the_signature(ann, tmp_path):
    number = issued(ann)
    unsigned = write_pack_folder(ann, number, tmp_path)
    there = {path.name: path.read_bytes() for path in unsigned.folder.iterdir()}
    sign_pack(ann, number, LATER)
    signed = write_pack_folder(ann, number, tmp_path)
    assert {path.name: path.read_bytes() for path in signed.folder.iterdir()} == there | {
        SIGNATURE: signed.made.files[SIGNATURE]
    }
    pack_keys.make_new_key(ann)
    assert sign_pack(ann, number, LATER).is_new, "with the new key"
    other = write_pack_folder(ann, number, tmp_path)
    assert (other.folder / SIGNATURE).read_bytes() == other.made.files[SIGNATURE] != signed.made.files[SIGNATURE]
    (other.folder / "notes.txt").write_bytes(b"")
    with pytest.raises(TomsError, match="holds something else"):
        write_pack_folder(ann, number, tmp_path)


@pytest.mark.parametrize("server", ["sqlite"])
def test_a_folder_with_a_signature_that_nobody_knows_is_left(ann, tmp_path):
    number = issued(ann)
    written = write_pack_folder(ann, number, tmp_path)
    (written.folder / SIGNATURE).write_bytes(b"{}")
    with pytest.raises(TomsError, match="holds something else"):
        write_pack_folder(ann, number, tmp_path)


def test_a_signature_of_other_bytes_stays_behind_and_says_so(ann, monkeypatch):
    number = issued(ann)
    sign_pack(ann, number, LATER)
    monkeypatch.setattr(packing, "__version__", "99.0")
    made = make_pack(ann, number)
    assert (made.signed, list(made.files)) == (None, FILES)
    assert [note.fix for note in made.notes] == ["Sign the pack again"]
    assert sign_pack(ann, number, LATER).is_new
    made = make_pack(ann, number)
    assert (list(made.files), made.notes) == ([*FILES, SIGNATURE], ())
    monkeypatch.undo()
    assert make_pack(ann, number).signed is not None, "the earlier one is of these"


def test_the_key_is_made_once_and_told_of_without_it(ann):
    number = issued(ann)
    first = sign_pack(ann, number, LATER).statement.key
    second = pack_keys.make_new_key(ann)
    assert second != first
    signed = sign_pack(ann, number, LATER)
    assert (signed.statement.key, signed.is_first) == (second, False)
    assert pack_keys.known_fingerprints(ann) == {first.fingerprint, second.fingerprint}
    with ann.database.read() as reader:
        history = reader.history(HistoryWanted((PACK_KEY, PACK_SIGNATURE)))
    assert {(each.kind, each.what) for each in history} == {
        ("pack_key", f"Sign {NAME}"),
        ("pack_key", "Replace the key that signs packs"),
        ("pack_signature", f"Sign {NAME}"),
    }
    with ann.look() as uow:
        held = uow.pack_keys.newest()
    assert not any(form in str(history) for form in (held.data.hex(), repr(held.data)))


def test_public_key_and_signature_are_saved_for_others(ann, tmp_path):
    number = issued(ann)
    with pytest.raises(NotFound, match="Pack version 1 is not signed"):
        save_signature(ann, number, 1, tmp_path / "s")
    path = pack_keys.save_public_key(ann, tmp_path / "council")
    assert path.name == "council.pem"
    key = given_key(path)
    assert key == pack_keys.pack_key_now(ann), "made for it"
    assert pack_keys.save_public_key(ann, tmp_path / "again.pem").read_bytes() == path.read_bytes()
    written = write_pack_folder(ann, number, tmp_path)
    assert sign_pack(ann, number, LATER).is_first is False
    saved = save_signature(ann, number, 1, written.folder / "any name")
    assert saved.name == "any name.tomssig"
    found = verify_pack_files(written.folder / FILES[0], KnownKeys(key, "council.pem"))
    assert found.holds
    assert found.lines[-1] == "It is the key in council.pem."


def test_nothing_is_signed_that_was_not_issued_or_could_not_be_read(ann):
    page = begin_tender(ann)
    with pytest.raises(StoreError, match="T-2026-003 was not issued"):
        sign_pack(ann, page.id, LATER)
    assert pack_keys.pack_key_now(ann) is None


@pytest.mark.parametrize("server", ["sqlite"])
def test_a_name_that_a_signature_cannot_hold_is_refused_before_anything_is_kept(ann):
    number = issued(ann)
    with pytest.raises(TomsError, match="is no plain line"):
        sign_pack(replace(ann, who="A\u202eB"), number, LATER)
    assert (kept_statement(ann, number, 1), pack_keys.pack_key_now(ann)) == (None, None)
