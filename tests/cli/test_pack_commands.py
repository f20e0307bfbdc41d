"""`tomsapp tender sign`, `key` and `verify`, and `tomsapp verify` of a pack."""

import shutil

import pytest

from tests.cli.bidding import NAME, council_with_tender
from tomsapp.services.pack_signatures import given_key


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A council's database, and the pack of its tender as it was signed."""
    from tomsapp.__main__ import main

    folder = tmp_path_factory.mktemp("signed")
    database = council_with_tender(folder)
    assert main(["tender", "sign", str(database), "T-2026-003", "-o", str(folder)]) == 0
    return folder


@pytest.fixture
def folder(template, tmp_path):
    shutil.copytree(template, tmp_path / "tender")
    return tmp_path / "tender"


@pytest.fixture
def pack(folder):
    return folder / NAME / f"{NAME}.tomspack"


def test_sign_says_what_was_done_and_does_it_once(call, tmp_path):
    database = council_with_tender(tmp_path)
    none = call("tender", "key", database)
    assert (none.status, none.out) == (
        0,
        "No pack was signed yet. A key is made when the first one is, or with -o.\n",
    )
    first = call("tender", "sign", database, "T-2026-003", "-o", tmp_path)
    assert (first.status, first.err) == (0, "")
    lines = first.out.splitlines()
    assert lines[0] == "A key was made for it. It is kept in the database: whoever has the database can sign with it."
    assert lines[1].startswith("T-2026-003, pack version 1, SHA-256 ")
    assert lines[2].startswith("Signed on ")
    assert lines[-1] == f"The pack is in {tmp_path / NAME} and {tmp_path / NAME}.zip."
    signature = tmp_path / NAME / f"{NAME} signature.tomssig"
    made = signature.read_bytes()
    again = call("tender", "sign", database, "T-2026-003", "-o", tmp_path)
    assert again.out.splitlines()[1].endswith(", and unchanged since.")
    assert (again.status, signature.read_bytes()) == (0, made)
    key = call("tender", "key", database, "-o", tmp_path / "larkmere.pem").out.splitlines()
    words = given_key(tmp_path / "larkmere.pem").words
    assert key == [
        f"Packs are signed with the key with the fingerprint {words}",
        f"Its public half is in {tmp_path / 'larkmere.pem'}.",
    ]
    assert lines[3] == f"Publish the fingerprint of the key where bidders find it: {words}"
    assert call("tender", "pack", database, "T-2026-003", "-o", tmp_path).status == 0


def test_both_ways_to_verify_say_the_same(call, folder, pack):
    told = call("tender", "verify", pack)
    assert (told.status, told.err) == (0, "")
    assert told.out.splitlines()[1] == "The pack is signed, and unchanged since: 6 files here are as signed."
    assert "Compare the fingerprint with the one that the council publishes" in told.out
    assert call("verify", pack).out == told.out
    assert call("verify", pack.with_name(f"{NAME} signature.tomssig")).out == told.out
    database = folder / "council.db"
    assert "It is a key of the open database." in call("--database", database, "verify", pack).out
    assert "It is a key of the open database." in call("tender", "verify", pack, "--database", database).out


def test_what_was_changed_is_named_and_ends_with_1(call, pack):
    guide = pack.with_name(f"{NAME} guide for bidders.pdf")
    guide.write_bytes(guide.read_bytes() + b"\n")
    told = call("tender", "verify", pack)
    assert (told.status, told.out.splitlines()[1]) == (1, f"The pack was changed since it was signed: {guide.name}.")
    assert call("verify", pack).status == 1


def test_a_key_that_is_named_must_have_signed(call, folder, pack, tmp_path):
    call("tender", "key", folder / "council.db", "-o", folder / "mine.pem")
    for arguments in (("tender", "verify", pack, "--key"), ("verify", pack, "--certificate")):
        told = call(*arguments, folder / "mine.pem")
        assert (told.status, told.out.splitlines()[-1]) == (0, "It is the key in mine.pem.")
    other = council_with_tender(tmp_path)
    call("tender", "key", other, "-o", folder / "other.pem")
    told = call("tender", "verify", pack, "--key", folder / "other.pem")
    assert (told.status, told.out.splitlines()[-1]) == (1, "It is not the key in other.pem.")
    assert call("tender", "verify", pack, "--key", pack).status == 2


def test_without_a_signature_nothing_is_wrong(call, folder, pack):
    call("tender", "key", folder / "council.db", "-o", folder / "mine.pem")
    pack.with_name(f"{NAME} signature.tomssig").unlink()
    told = call("tender", "verify", pack)
    assert (told.status, told.out.splitlines()[1:]) == (0, ["The pack is not signed, and needs no signature."])
    assert call("tender", "verify", pack, "--key", folder / "mine.pem").status == 1


def test_a_signature_that_is_none_ends_with_2(call, pack):
    signature = pack.with_name(f"{NAME} signature.tomssig")
    signature.write_bytes(b"{}")
    told = call("tender", "verify", signature)
    assert (told.status, told.out) == (2, "")
    assert "is no signature of a pack" in told.err
    assert call("tender", "verify", pack).status == 1
    assert call("tender", "verify", pack.with_name("none.tomspack")).status == 2


def test_a_pack_that_was_changed_and_renamed_ends_with_1(call, pack):
    other = pack.with_name("other.tomspack")
    other.write_bytes(pack.read_bytes().replace(b"T-2026-003", b"T-2026-004"))
    pack.unlink()
    told = call("tender", "verify", other)
    assert told.status == 1
    assert f"The signature {NAME} signature.tomssig is of {NAME}.tomspack, and not of this file." in told.out
    assert call("verify", other).status == 1


def test_a_key_that_the_open_database_never_signed_with_ends_with_1(call, folder, pack, tmp_path):
    other = council_with_tender(tmp_path)
    assert call("tender", "verify", pack, "--database", other).status == 0, "it has never signed at all"
    call("tender", "key", other, "-o", folder / "other.pem")
    told = call("tender", "verify", pack, "--database", other)
    assert (told.status, told.out.splitlines()[-1]) == (1, "The open database has never signed with this key.")
