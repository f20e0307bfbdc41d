"""What a bidder is told of a pack: signed and unchanged, changed, broken, unreadable, or nothing at all."""

import json
import os
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from tests.services.bidding.packs import write_file
from tomsapp.domain.errors import TomsError
from tomsapp.domain.tender.pack import PackIdentity
from tomsapp.domain.tender.pack_signature import PackStatement, SignedPack, signed_files
from tomsapp.domain.tender.signature_found import SignatureState
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.tenders.signature_json import read_signature, signed_content, write_signature
from tomsapp.room.errors import RoomError
from tomsapp.services import pack_signatures
from tomsapp.services.bidding.opening import open_for_bidder
from tomsapp.services.pack_files import open_pack
from tomsapp.services.pack_signatures import KnownKeys, given_key, signatures_beside, verify_pack_files
from tomsapp.signing.pack_keys import pem_of, public_key
from tomsapp.signing.packs import holds, make_pack_key, sign_content

STATE = SignatureState
NAME = "T-2026-003 pack version 1"
BOOK, GUIDE = f"{NAME} lot 1 workbook.xlsx", f"{NAME} guide for bidders.pdf"
KEY = make_pack_key()
ROOT = Path(__file__).parents[2]


def sign(folder, key=KEY, said=None, **changes):
    """Sign what is in a folder, with another statement where `changes` say so."""
    files = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix != ".tomssig"}
    identity = PackIdentity("T-2026-003", 1, sha256(files[f"{NAME}.tomspack"]).hexdigest())
    moment = datetime(2027, 1, 4, 9, 30, tzinfo=UTC)
    statement = PackStatement("Larkmere Council", identity, moment, "A. Okafor", signed_files(files), key.key)
    signature = sign_content(signed_content(statement), key)
    path = folder / (said or f"{NAME} signature.tomssig")
    path.write_bytes(write_signature(SignedPack(replace(statement, **changes), signature)))
    return path


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    folder = tmp_path_factory.mktemp("signed")
    write_file(folder)
    (folder / BOOK).write_bytes(b"workbook")
    (folder / GUIDE).write_bytes(b"guide")
    sign(folder)
    return folder


@pytest.fixture
def folder(template, tmp_path):
    shutil.copytree(template, tmp_path / "pack")
    return tmp_path / "pack"


@pytest.fixture
def pack(folder):
    return folder / f"{NAME}.tomspack"


def one(pack, **how):
    (found,) = signatures_beside(pack, **how)
    return found


def test_what_was_signed_is_unchanged(folder, pack):
    found = one(pack)
    assert (found.state, found.is_refuted) == (STATE.UNCHANGED, False)
    assert set(found.same) == {pack.name, BOOK, GUIDE}
    assert (found.missing, found.unsigned, found.statement.key) == ((), (), KEY.key)
    for path in (pack, folder / f"{NAME} signature.tomssig"):
        verified = verify_pack_files(path)
        assert verified.holds
        digest = sha256(pack.read_bytes()).hexdigest()
        assert verified.lines == (f"{pack.name}, SHA-256 {digest}", *found.sentences)


def test_a_bidder_who_opens_the_pack_is_told(folder, pack):
    opened = open_for_bidder(pack, folder=folder / "kept").work.pack
    assert [each.state for each in opened.signatures] == [STATE.UNCHANGED]


def test_a_pack_without_a_signature_is_as_good(folder, pack):
    (folder / f"{NAME} signature.tomssig").unlink()
    assert signatures_beside(pack) == ()
    assert open_for_bidder(pack, folder=folder / "kept").work.pack.signatures == ()
    verified = verify_pack_files(pack)
    assert (verified.lines[1:], verified.holds) == (("The pack is not signed, and needs no signature.",), True)
    asked = verify_pack_files(pack, KnownKeys(KEY.key, "council.pem"))
    assert not asked.holds, "somebody expected one"
    assert asked.lines[1:] == ("The pack is not signed with the key in council.pem, as was asked for.",)


def test_a_file_that_was_changed_is_named(folder, pack):
    (folder / GUIDE).write_bytes(b"quide")
    found = one(pack)
    assert (found.state, found.changed, set(found.same)) == (STATE.CHANGED, (GUIDE,), {pack.name, BOOK})
    assert not verify_pack_files(pack).holds
    (folder / GUIDE).write_bytes(b"guide and more")
    assert one(pack).changed == (GUIDE,)


def test_a_pack_that_was_changed_is_found_by_its_name(folder, pack):
    changed = json.loads(pack.read_bytes())
    changed["tender"]["title"] = "Another title"
    pack.write_bytes(json.dumps(changed).encode())
    assert one(pack).changed == (pack.name,)
    assert not verify_pack_files(pack).holds
    (found,) = open_for_bidder(pack, folder=folder / "kept").work.pack.signatures
    assert found.is_worrying


def test_a_pack_that_was_changed_and_renamed_is_found_by_what_it_says(folder, pack):
    changed = json.loads(pack.read_bytes())
    changed["tender"]["title"] = "Another title"
    pack.unlink()
    other = folder / "pack.tomspack"
    other.write_bytes(json.dumps(changed).encode())
    assert signatures_beside(other) == (), "by its bytes and name alone nobody knows"
    assert one(other, identity=open_pack(other).file.identity).changed == (pack.name,)


OF_ANOTHER = (
    f"The signature {NAME} signature.tomssig is of {NAME}.tomspack, and not of this file.",
    (
        "If it is meant to be that one, it was changed since it was signed, and renamed. Download the pack again from "
        "where the tender is published, and ask the council if it stays so."
    ),
)


@pytest.mark.parametrize("known", [KnownKeys(), KnownKeys(KEY.key, "council.pem")])
@pytest.mark.parametrize("has_first", [False, True])
def test_a_signature_of_another_file_is_told_and_does_not_hold(folder, pack, known, has_first):
    """Whether the file that was signed is beside it or gone, and whatever the pack says that it is."""
    other = folder / "pack.tomspack"
    other.write_bytes(pack.read_bytes().replace(b"T-2026-003", b"T-2026-004"))
    if not has_first:
        pack.unlink()
    verified = verify_pack_files(other, known)
    assert not verified.holds
    assert verified.lines[1:4] == ("The pack is not signed. What stands beside it is of other files:", *OF_ANOTHER)
    asked = ("The pack is not signed with the key in council.pem, as was asked for.",)
    assert verified.lines[4:] == (asked if known.given else ())


def test_a_signature_whose_file_is_gone_is_told_beside_one_that_holds(folder, pack):
    again = folder / "pack.tomspack"
    again.write_bytes(pack.read_bytes().replace(b"T-2026-003", b"T-2026-004"))
    identity = PackIdentity("T-2026-004", 1, sha256(again.read_bytes()).hexdigest())
    sign(folder, said="pack.tomssig", identity=identity, files=signed_files({again.name: again.read_bytes()}))
    statement = read_signature((folder / "pack.tomssig").read_bytes(), "s").statement
    made = SignedPack(statement, sign_content(signed_content(statement), KEY))
    (folder / "pack.tomssig").write_bytes(write_signature(made))
    assert verify_pack_files(again).holds, "the other pack of the folder has its own"
    pack.unlink()
    verified = verify_pack_files(again)
    assert (verified.lines[-2:], verified.holds) == (OF_ANOTHER, False)
    assert "The pack is signed, and unchanged since: 1 file here is as signed." in verified.lines


def test_a_file_that_only_looks_like_one_of_the_pack_does_not_hold_where_a_key_is_named(folder, pack):
    foreign = f"{NAME} lot 2 workbook.xlsx"
    (folder / foreign).write_bytes(b"")
    assert verify_pack_files(pack).holds, "it is told"
    asked = verify_pack_files(pack, KnownKeys(KEY.key, "council.pem"))
    assert (asked.lines[-1], asked.holds) == (f"The key in council.pem has not signed {foreign}.", False)


@pytest.mark.parametrize(
    ("known", "is_other"),
    [
        (KnownKeys(), False),
        (KnownKeys(of_database=frozenset()), False),
        (KnownKeys(of_database=frozenset({KEY.key.fingerprint})), False),
        (KnownKeys(of_database=frozenset({"ab" * 32})), True),
        (KnownKeys(KEY.key, "council.pem", frozenset({"ab" * 32})), False),
        (KnownKeys(make_pack_key().key, "council.pem", frozenset({KEY.key.fingerprint})), True),
    ],
)
def test_a_signature_by_another_key_than_the_councils_is_worrying_and_does_not_hold(folder, pack, known, is_other):
    found = one(pack, known=known)
    assert (found.is_other_key, found.is_worrying, found.is_refuted) == (is_other,) * 3
    assert verify_pack_files(pack, known).holds is not is_other
    (folder / BOOK).write_bytes(b"filled in")
    assert one(pack, known=known).is_worrying is is_other, "a workbook that was filled in is no alarm by itself"


def test_a_pack_that_was_renamed_is_the_same(folder, pack):
    other = pack.rename(folder / "pack (1).tomspack")
    assert one(other).state is STATE.UNCHANGED
    signature = folder / f"{NAME} signature.tomssig"
    assert verify_pack_files(signature).lines[0].startswith("pack (1).tomspack, ")
    other.unlink()
    with pytest.raises(TomsError, match="is not in its folder"):
        verify_pack_files(signature)


def test_files_that_are_elsewhere_are_not_compared(folder, pack):
    (folder / BOOK).unlink()
    found = one(pack)
    assert (found.state, found.missing) == (STATE.UNCHANGED, (BOOK,))


def test_files_that_only_look_like_those_of_the_pack_are_told(folder, pack):
    (folder / f"{NAME} lot 2 workbook.xlsx").write_bytes(b"")
    (folder / "T-2026-003 pack version 10 guide for bidders.pdf").write_bytes(b"")
    (folder / "my offer.tomsoffer").write_bytes(b"")
    found = one(pack)
    assert (found.state, found.unsigned) == (STATE.UNCHANGED, (f"{NAME} lot 2 workbook.xlsx",))


def test_a_statement_that_was_changed_is_broken(folder, pack):
    sign(folder, signed_by="Somebody else")
    found = one(pack)
    assert (found.state, found.same, found.changed) == (STATE.BROKEN, (), ())
    assert not verify_pack_files(pack).holds
    sign(folder, key=replace(make_pack_key(), key=KEY.key))
    assert one(pack).state is STATE.BROKEN, "signed by another key than it names"


def test_signatures_of_other_packs_say_nothing_of_this_one(folder, pack):
    other = folder.parent / "other"
    other.mkdir()
    (other / f"{NAME}.tomspack").write_bytes(b"{}")
    path = sign(other)
    (other / f"{NAME}.tomspack").rename(other / "another.tomspack")
    made = json.loads(path.read_bytes())
    made["files"][0]["name"] = "T-9 pack version 1.tomspack"
    text = json.dumps(made, ensure_ascii=False, indent=2) + "\n"
    (folder / "another.tomssig").write_text(text, encoding="utf-8")
    assert len(signatures_beside(pack)) == 1


def test_a_key_that_is_known_is_said(folder, pack, tmp_path):
    path = tmp_path / "council.pem"
    path.write_bytes(pem_of(KEY.key))
    found = one(pack, known=KnownKeys(given_key(path), path.name, frozenset({KEY.key.fingerprint})))
    assert found.known_as == ("It is the key in council.pem.", "It is a key of the open database.")
    path.write_bytes(pem_of(make_pack_key().key))
    verified = verify_pack_files(pack, KnownKeys(given_key(path), path.name, frozenset()))
    assert not verified.holds
    assert verified.lines[-2:] == (
        "It is not the key in council.pem.",
        "The open database has never signed with this key.",
    )


def broken_key(data, **values):
    held = json.loads(data)
    return (json.dumps(held | values, ensure_ascii=False, indent=2) + "\n").encode()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda data: b"", "is no signature of a pack"),
        (lambda data: b"PK\x03\x04", "is no signature of a pack"),
        (lambda data: data[:-5], ""),
        (lambda data: b'{"a":' * 5_000, ""),
        (lambda data: b"{" + b" " * 1_000_000, "larger than 1 MB"),
        (lambda data: data.replace(b'"version": 1', b'"version": 1,\n  "version": 1'), ""),
        (lambda data: broken_key(data, fingerprint="ab" * 32), "fingerprint is not that of its key"),
        (lambda data: broken_key(data, public_key="AAAA"), "no Ed25519 key"),
        (lambda data: data.replace(GUIDE.encode(), b"../" + GUIDE.encode()), "a name that a file"),
        (lambda data: data.replace(b"A. Okafor", "\u202eA".encode()), "is no plain line"),
    ],
)
def test_a_hostile_or_damaged_signature_is_refused_and_keeps_nobody_from_the_pack(folder, pack, spoil, words):
    path = folder / f"{NAME} signature.tomssig"
    path.write_bytes(spoil(path.read_bytes()))
    found = one(pack)
    assert (found.state, found.is_refuted) == (STATE.UNREADABLE, True)
    assert words in found.why
    with pytest.raises(OfferUnreadable):
        verify_pack_files(path)
    begun = open_for_bidder(pack, folder=folder / "kept")
    assert [each.state for each in begun.work.pack.signatures] == [STATE.UNREADABLE]


def test_a_signature_that_takes_too_much_keeps_nobody_from_the_pack(pack, monkeypatch):
    def too_much(*_arguments):
        raise RoomError("It took too long", "Ask for it again")

    monkeypatch.setattr(pack_signatures, "open_offer", too_much)
    assert one(pack).why == "It took too long"


def test_a_size_that_no_file_has_is_no_size_to_read(folder, pack):
    path = folder / f"{NAME} signature.tomssig"
    held = json.loads(path.read_bytes())
    next(file for file in held["files"] if file["name"] == GUIDE)["size"] = 10**30
    path.write_text(json.dumps(held, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    assert one(pack).state is STATE.BROKEN
    files = tuple(replace(file, size=10**30) for file in signed_files({pack.name: pack.read_bytes()}))
    sign_with_sizes(folder, pack, files)
    assert one(pack).changed == (pack.name,)


def sign_with_sizes(folder, pack, files):
    identity = PackIdentity("T-2026-003", 1, sha256(pack.read_bytes()).hexdigest())
    statement = PackStatement("L", identity, datetime(2027, 1, 4, tzinfo=UTC), "A", files, KEY.key)
    made = SignedPack(statement, sign_content(signed_content(statement), KEY))
    (folder / f"{NAME} signature.tomssig").write_bytes(write_signature(made))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(folder, pack):
    (folder / GUIDE).unlink()
    os.mkfifo(folder / GUIDE)
    os.mkfifo(folder / "pipe.tomssig")
    assert one(pack).missing == (GUIDE,)


def test_so_many_signatures_are_read_and_no_more(folder, pack):
    for number in range(30):
        (folder / f"A{number:02}.tomssig").write_bytes(b"")
    found = signatures_beside(pack)
    assert len(found) == 20
    assert found[0].state is STATE.UNCHANGED, "the one that is called as the pack is"


def test_no_bit_of_a_signature_can_be_turned(folder):
    data = (folder / f"{NAME} signature.tomssig").read_bytes()
    assert is_held(data)
    for place in range(len(data)):
        for bit in range(8):
            turned = data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :]
            assert not is_held(turned), (place, bit)


def is_held(data):
    try:
        signed = read_signature(data, "s.tomssig")
        return public_key(signed.statement.key.public) == signed.statement.key and holds(
            signed_content(signed.statement), signed.signature, signed.statement.key
        )
    except TomsError:
        return False


@pytest.mark.skipif(shutil.which("openssl") is None or shutil.which("sed") is None, reason="there is no openssl here")
@pytest.mark.parametrize(("edit", "status"), [("", 0), ("s/Okafor/Okafar/;", 1)])
def test_other_programs_check_a_signature_as_the_formats_say(folder, edit, status):
    name = f"{NAME} signature.tomssig"
    (folder / "council.pem").write_bytes(pem_of(KEY.key))
    written = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    (steps,) = (block for block in re.findall(r"```sh\n(.*?)```", written, re.DOTALL) if "openssl" in block)
    steps = steps.replace("T-2026-003 pack version 1 signature.tomssig", name).replace("sed 2d", f"sed '{edit}2d'")
    done = subprocess.run(["sh", "-c", steps], cwd=folder, capture_output=True, check=False, text=True)
    assert done.returncode == status, done.stderr
