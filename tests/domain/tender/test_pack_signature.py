"""What is signed of a pack, and what a bidder reads of a signature in each of its states."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tomsapp.domain.tender.pack import PackIdentity
from tomsapp.domain.tender.pack_signature import (
    PACK_KEY,
    PACK_SIGNATURE,
    KeptPackSignature,
    PackKey,
    PackStatement,
    signed_files,
)
from tomsapp.domain.tender.signature_found import (
    COMPARE,
    SignatureFound,
    SignatureState,
    not_signed_with,
    not_vouched_for,
)

STATE = SignatureState
NAME = "T-1 pack version 2"
FILES = {f"{NAME}.tomspack": b"{}", f"{NAME} lot 1 workbook.xlsx": b"book", f"{NAME} guide for bidders.pdf": b"guide"}
PACK, BOOK, GUIDE = FILES
SIGNED = signed_files(FILES)
STATEMENT = PackStatement(
    "Larkmere Council",
    PackIdentity("T-1", 2, SIGNED[0].sha256),
    datetime(2027, 1, 4, 9, 30, tzinfo=UTC),
    "A. Okafor",
    SIGNED,
    PackKey("MCow", "ab12" * 16),
)
FOUND = SignatureFound("s.tomssig", STATE.UNCHANGED, STATEMENT, tuple(FILES))
KEY_WORDS = (
    f"The fingerprint of the key is {' '.join(['ab12'] * 16)}",
    (
        "The signature says: for Larkmere Council, signed on 4 January 2027, 09:30 by A. Okafor, by the clock of that "
        "computer."
    ),
    COMPARE,
)


def test_exactly_the_files_that_were_signed_are_covered():
    assert STATEMENT.covers(FILES)
    assert STATEMENT.pack_file == SIGNED[0]
    assert not STATEMENT.covers(FILES | {GUIDE: b"quide"}), "of the same length"
    assert not STATEMENT.covers(FILES | {"more": b""})
    assert not STATEMENT.covers({PACK: b"{}", BOOK: b"book", "other.pdf": b"guide"})
    assert replace(STATEMENT, files=SIGNED[1:]).pack_file is None


def test_history_names_keys_and_signatures():
    assert PACK_KEY.name_of(STATEMENT.key) == "key ab12ab12"
    assert PACK_SIGNATURE.name_of(KeptPackSignature(2, "", "")) == "signature of pack version 2"


def test_what_is_unchanged_is_told_with_the_key_to_compare():
    assert FOUND.sentences == ("The pack is signed, and unchanged since: 3 files here are as signed.", *KEY_WORDS)
    assert (FOUND.is_refuted, FOUND.is_worrying, FOUND.remedy) == (False, False, "")
    alone = replace(FOUND, same=(PACK,), missing=(BOOK, GUIDE), statement=replace(STATEMENT, council=""))
    assert alone.sentences[:2] == (
        "The pack is signed, and unchanged since: 1 file here is as signed.",
        f"Not in this folder, so not compared: {BOOK} and {GUIDE}.",
    )
    assert alone.sentences[3].startswith("The signature says: signed on 4 January")
    assert not alone.is_refuted


def test_a_key_that_is_known_is_not_asked_to_be_compared():
    known = replace(FOUND, known_as=("It is the key in council.pem.",))
    assert known.sentences[-1] == "It is the key in council.pem."
    other = replace(known, is_other_key=True)
    assert (other.is_refuted, other.is_worrying) == (True, True)
    assert other.headline == "The pack is signed with another key than the council’s: 3 files here are so."
    assert other.remedy.startswith("Do not rely on it: ask the council with which key it signs")
    filled = replace(other, state=STATE.CHANGED, same=(PACK,), changed=(BOOK,))
    assert filled.is_worrying, "whatever was filled in"
    assert filled.headline.startswith("The pack was changed since it was signed")


def test_what_was_changed_is_named():
    changed = replace(FOUND, state=STATE.CHANGED, same=(BOOK, GUIDE), changed=(PACK,))
    assert changed.sentences == (
        f"The pack was changed since it was signed: {PACK}.",
        "Download the pack again from where the tender is published, and ask the council if it stays so.",
        *KEY_WORDS,
    )
    assert changed.is_worrying
    many = replace(changed, changed=tuple(map(str, range(13))))
    assert many.headline == "The pack was changed since it was signed: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 3 more files."


def test_a_workbook_that_was_filled_in_is_no_alarm():
    filled = replace(FOUND, state=STATE.CHANGED, same=(PACK, GUIDE), changed=(BOOK,))
    assert filled.sentences[1] == (
        "A workbook differs as soon as somebody fills it in and saves it under its old name."
    )
    assert (filled.is_refuted, filled.is_worrying) == (True, False)


def test_a_signature_of_another_file_names_it():
    other = SignatureFound("s.tomssig", STATE.OF_ANOTHER, STATEMENT)
    assert (other.is_refuted, other.is_worrying) == (True, True)
    assert other.sentences == (other.headline, other.remedy), "nothing is told of its key"
    assert other.headline == f"The signature s.tomssig is of {PACK}, and not of this file."
    assert replace(other, statement=replace(STATEMENT, files=())).headline.endswith(
        "is of another, and not of this file."
    )
    assert replace(other, statement=None).headline.endswith("is of another, and not of this file.")


def test_what_is_said_where_a_key_was_named():
    assert not_signed_with("c.pem") == "The pack is not signed with the key in c.pem, as was asked for."
    assert not_vouched_for("c.pem", ["a", "b"]) == "The key in c.pem has not signed a and b."


def test_files_that_were_not_signed_with_it_are_named():
    assert replace(FOUND, unsigned=("x.xlsx",)).sentences[1] == (
        "In this folder, and not among what was signed: x.xlsx."
    )


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (
            SignatureFound("s.tomssig", STATE.BROKEN, STATEMENT),
            "The signature s.tomssig does not hold: it was changed, or is damaged. It proves nothing.",
        ),
        (
            SignatureFound("s.tomssig", STATE.UNREADABLE, why="It is no JSON"),
            "The signature s.tomssig cannot be read, so it proves nothing. It is no JSON.",
        ),
    ],
)
def test_a_signature_that_proves_nothing_tells_of_no_key(found, words):
    assert found.sentences[0] == words
    assert len(found.sentences) == 2
    assert found.is_worrying
