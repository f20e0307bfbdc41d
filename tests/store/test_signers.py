"""The keys that sign: the newest signs, all stay, and none is told of in the history."""

from dataclasses import replace
from sqlite3 import IntegrityError

import psycopg
import pytest

from tests.store.samples import commitment, contract, fill, signer, supplier
from tests.store.test_triggers import REFUSED
from tomsapp.domain.facts import MOST_LINE, MOST_LONG
from tomsapp.domain.history import HistoryWanted
from tomsapp.domain.problems import Answer, AnswerChoice
from tomsapp.domain.signer import SIGNER, SignerKind
from tomsapp.store.check import check_database
from tomsapp.store.database import Database
from tomsapp.store.errors import StoreError

REFUSED_KIND = (IntegrityError, psycopg.errors.CheckViolation)


def keep(database: Database, *names: str, kind: SignerKind = SignerKind.DATABASE) -> None:
    for name in names:
        with database.work("Ann", f"Let {name} sign") as work:
            work.signers.add(signer(name, kind))
            work.commit()


def test_newest_key_signs_and_those_before_stay_known(database):
    with database.look() as work:
        assert work.signers.newest() is None
        assert work.signers.certificates() == {}
    keep(database, "A", "B")
    keep(database, "C", kind=SignerKind.COUNCIL)
    with database.look() as work:
        assert work.signers.newest() == signer("C", SignerKind.COUNCIL)
        assert work.signers.newest(SignerKind.DATABASE) == signer("B")
        assert set(work.signers.certificates().values()) == {SignerKind.COUNCIL}
    assert "the key" not in repr(signer())


def test_history_tells_of_a_key_without_it(database):
    keep(database, "A")
    with database.read() as reader:
        (entry,) = reader.history(HistoryWanted((SIGNER,)))
    assert (entry.who, entry.what, entry.action) == ("Ann", "Let A sign", "added")
    assert {"kind", "name", "fingerprint", "valid_until"} <= set(entry.after)
    assert "the key" not in str(entry.after)


def test_check_finds_a_key_whose_bytes_were_changed(database, target, raw, server):
    keep(database, "A")
    assert check_database(target) == []
    change = "content = x'00'" if server == "sqlite" else "content = '\\x00'"
    with pytest.raises(REFUSED, match="kept for ever"):
        raw(f"UPDATE signer SET {change}")


def test_kind_that_is_none_is_refused(database, raw, server):
    fill(database)
    blob = "x'00'" if server == "sqlite" else "'\\x00'"
    with pytest.raises(REFUSED_KIND):
        raw(
            "INSERT INTO signer (change_id, content, content_sha256, kind, name, fingerprint, valid_until, certificate)"
            f" VALUES (1, {blob}, '', 'other', '', '', '2036-01-01', '')"
        )


def test_text_that_is_too_long_for_a_paper_is_refused_whichever_record_it_is_of(database):
    filled = fill(database, "C9")
    with database.work("Ann") as work:
        for record, add in (
            (contract("C2", title="T" * (MOST_LINE + 1)), lambda one: work.contracts.add(one, filled.supplier)),
            (supplier(name="N" * (MOST_LINE + 1)), work.suppliers.add),
            (
                replace(commitment(), statement="S" * (MOST_LONG + 1)),
                lambda one: work.commitments.add(filled.contract, one),
            ),
        ):
            with pytest.raises(StoreError, match=r"has (1,001|40,001) characters"):
                add(record)
        with pytest.raises(StoreError, match="has 40,001 characters"):
            work.answers.give(filled.contract, "key", Answer("A" * (MOST_LONG + 1), choice=AnswerChoice.RIGHT))
