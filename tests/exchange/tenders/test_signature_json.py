"""The file of a signature: the same bytes for the same signature, and nothing else is read."""

import json
from dataclasses import replace
from datetime import timedelta, timezone

import pytest

from tests.domain.tender.test_pack_signature import NAME, STATEMENT
from tomsapp.domain.tender.pack_signature import PackKey, SignedPack
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.tenders.signature_json import read_signature, signed_content, write_signature

SIGNED = SignedPack(replace(STATEMENT, key=PackKey("MCowBQ==", "ab" * 32)), bytes(range(64)))
DATA = write_signature(SIGNED)


def changed(**values):
    """The bytes of the signature with some of its values changed."""
    held = json.loads(DATA)
    for name, value in values.items():
        at = held
        *path, last = name.split("__")
        for step in path:
            at = at[int(step) if step.isdigit() else step]
        at[last] = value
    return json.dumps(held, ensure_ascii=False, indent=2).encode() + b"\n"


def test_comes_back_as_it_was_written():
    assert read_signature(DATA, "s.tomssig") == SIGNED
    assert changed() == DATA, "so each test below changes what it says and no more"


def test_what_is_signed_is_the_file_without_its_second_line():
    lines = DATA.splitlines(keepends=True)
    assert lines[1].startswith(b'  "signature": ')
    assert b"".join([lines[0], *lines[2:]]) == signed_content(SIGNED.statement)


FILE = {"name": f"{NAME}.tomspack", "size": 2, "sha256": SIGNED.statement.identity.sha256}


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"format": "tomsapp-pack-signature-2"}, "is no signature of a pack"),
        ({"files": "none"}, "is no list of the files"),
        ({"files": []}, "is no list of the files"),
        ({"files": [FILE] * 2_001}, "is no list of the files"),
        ({"files": [FILE, FILE | {"name": FILE["name"].upper()}]}, "stands in it twice"),
        ({"files": [FILE | {"sha256": "0" * 64}]}, "pack file is not among"),
        ({"files": ["x"]}, "A part is no table"),
        ({"files__0__size": -1}, "is no number from 0 on"),
        ({"files__0__size": True}, "is no number from 0 on"),
        ({"files__0__sha256": "AB" * 32}, "A SHA-256 is none"),
        ({"version": 0}, "is no number from 1 on"),
        ({"council": "L\u202e"}, "is no plain line"),
        ({"signed_by": "A\nB"}, "is no plain line"),
        ({"signed_by": "A" * 1_001}, "is no plain line"),
        ({"signed_by": None}, "is no text"),
        ({"signed_at": "soon"}, "is no moment"),
        ({"signed_at": "2027-01-04T09:30:00"}, "is no moment of UTC"),
        ({"signed_at": "2027-01-04T09:30:00+01:00"}, "is no moment of UTC"),
        ({"signed_at": "2027-01-04T09:30:00.500000+00:00"}, "is no moment of UTC"),
        ({"signed_at": "0001-01-01T00:00:00+00:00"}, "is no moment of UTC"),
        ({"signed_at": "9999-12-31T23:00:00+00:00"}, "is no moment of UTC"),
        ({"signed_at": "2027-01-04T09:30:00Z"}, "in another form"),
        ({"signature": "?"}, "is no Base64"),
        ({"signature": "AAAA"}, "has 3 bytes, and not 64"),
        ({"note": "more"}, "holds more"),
    ],
)
def test_what_is_none_is_refused(values, words):
    with pytest.raises(OfferUnreadable, match=words):
        read_signature(changed(**values), "s.tomssig")


@pytest.mark.parametrize(
    "name",
    [
        "",
        "../council.db",
        "/etc/passwd",
        "C:x",
        "a\\b",
        " a",
        "a.",
        "..",
        "NUL",
        "com1.xlsx",
        "com¹.pdf",
        "CON .txt",
        "conin$",
        "CONOUT$",
        "lpt³",
        "a\x00",
        "n" * 256,
    ],
)
def test_no_name_leads_out_of_the_folder_or_to_a_device(name):
    with pytest.raises(OfferUnreadable, match=r"a name that a file|no plain line"):
        read_signature(changed(files__0__name=name), "s.tomssig")


def test_names_that_only_begin_like_a_device_are_read():
    for name in ("con-1 pack version 1.tomspack", "null.pdf", "x"):
        assert read_signature(changed(files__0__name=name), "s.tomssig").statement.files[0].name == name


@pytest.mark.parametrize(
    "data",
    [
        DATA.replace(b"\n", b"\r\n"),
        DATA.rstrip(),
        DATA + b"\n",
        DATA.replace(b'"version": 2', b'"version":  2'),
        DATA.replace(b"A. Okafor", b"A. \\u004fkafor"),
    ],
)
def test_the_same_written_otherwise_is_refused(data):
    with pytest.raises(OfferUnreadable, match="in another form"):
        read_signature(data, "s.tomssig")


@pytest.mark.parametrize("data", [b"", b"x", b"[]", DATA[:-40], DATA.replace(b'"version"', b'"tender"')])
def test_what_is_no_json_is_refused(data):
    with pytest.raises(OfferUnreadable):
        read_signature(data, "s.tomssig")


def test_a_moment_elsewhere_is_written_as_it_stands():
    elsewhere = replace(SIGNED.statement, signed_at=STATEMENT.signed_at.astimezone(timezone(timedelta(hours=1))))
    with pytest.raises(OfferUnreadable, match="is no moment of UTC"):
        read_signature(write_signature(replace(SIGNED, statement=elsewhere)), "s.tomssig")
