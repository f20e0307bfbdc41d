"""Keys that sign packs, and signatures of packs: the newest counts, all stay, and the history shows no key."""

import pytest

from tests.store.samples import fill, pack_key
from tests.store.test_triggers import REFUSED
from tomsapp.domain.history import HistoryWanted
from tomsapp.domain.tender.pack_signature import PACK_KEY, PACK_SIGNATURE
from tomsapp.store.check import check_database
from tomsapp.store.errors import StoreError


def test_the_newest_key_signs_and_those_before_stay_known(database):
    with database.look() as look:
        assert look.pack_keys.newest() is None
        assert look.pack_keys.fingerprints() == frozenset()
    for number in (1, 2):
        with database.work("Ann", f"Make key {number}") as work:
            work.pack_keys.add(pack_key(number))
            work.commit()
    with database.look() as look:
        assert look.pack_keys.newest() == pack_key(2)
        assert look.pack_keys.fingerprints() == {pack_key(1).key.fingerprint, pack_key(2).key.fingerprint}


def test_the_history_tells_of_a_key_without_it(database, target):
    filled = fill(database)
    with database.read() as reader:
        (entry,) = reader.history(HistoryWanted((PACK_KEY,)))
        (signed,) = reader.history(HistoryWanted((PACK_SIGNATURE,), tender_id=filled.tender))
    assert entry.after["fingerprint"] == pack_key().key.fingerprint
    assert not {"content", "private"} & set(str(entry.after).split())
    assert b"private".hex() not in str(entry.after)
    assert "private half" not in str(entry.after) + repr(pack_key())
    assert (signed.after["number"], signed.who) == (1, "Ann")
    assert check_database(target) == []


def test_signatures_of_a_version_come_back_newest_first(database):
    filled = fill(database)
    with database.work("Ann", "Sign again") as work:
        work.pack_signatures.add(filled.tender, 1, "ab" * 32, b"another")
        work.pack_signatures.add(filled.tender, 2, "ab" * 32, b"of version 2")
        work.commit()
    with database.look() as look:
        assert look.pack_signatures.of(filled.tender, 1) == [b"another", b"the signature"]
        assert look.pack_signatures.of(filled.tender + 1, 1) == []


@pytest.mark.parametrize("table", ["pack_key", "pack_signature"])
def test_neither_is_changed_or_deleted(database, raw, server, table):
    fill(database)
    content = "x'00'" if server == "sqlite" else "'\\x00'"
    for statement in (f"UPDATE {table} SET content = {content}", f"DELETE FROM {table}"):
        with pytest.raises(REFUSED, match=r"kept for ever|never|deleted"):
            raw(statement)


@pytest.mark.parametrize("server", ["sqlite"])
def test_a_signature_that_was_changed_behind_the_program_is_not_given_out(database, raw):
    filled = fill(database)
    raw("DROP TRIGGER pack_signature_unchanged")
    raw("UPDATE pack_signature SET content = x'00'")
    with database.look() as look, pytest.raises(StoreError, match="changed behind the program"):
        look.pack_signatures.of(filled.tender, 1)
