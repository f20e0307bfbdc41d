"""Sealed acts in the database, and the signings of earlier versions that become acts."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.store.samples import act, fill
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.seal import Act, ActFacts, ActKind
from tomsapp.store.address import is_server
from tomsapp.store.check import check_database
from tomsapp.store.database import open_database
from tomsapp.store.engine import changing_tables, open_engine
from tomsapp.store.kept import sha256_of
from tomsapp.store.migrate import downgrade_tables, upgrade_tables
from tomsapp.store.migrations.chaining import STOOD
from tomsapp.store.migrations.server import StepRefused


def said(kept: Act) -> ActFacts:
    """What was said by whoever did it."""
    return ActFacts(kept.kind, kept.done_on, kept.takes_effect_on, kept.role, kept.reason)


def test_an_act_says_who_when_from_when_and_why_and_keeps_its_document(database):
    filled = fill(database)
    with database.work("Bob") as work:
        closing = act(
            filled.contract,
            ActKind.CLOSE,
            was=ContractStatus.SIGNED,
            becomes=ContractStatus.CLOSED,
            document=b"\0\1",
            rules="[1]",
        )
        number = work.acts.add(closing)
        work.acts.add(act(filled.contract, ActKind.REOPEN, reverses=number))
        work.commit()
    with database.look() as look:
        first, second, third = look.acts.of(filled.contract)
        assert (first.act.by, second.act.by, first.act.value) == ("Ann", "Bob", Decimal("12.50"))
        assert said(second.act) == closing.facts
        assert (second.act.was, second.act.becomes) == (ContractStatus.SIGNED, ContractStatus.CLOSED)
        assert second.act.recorded_at.tzinfo is not None
        assert (second.rules, second.act.sha256) == ("[1]", sha256_of(b"\0\1"))
        assert third.act.reverses == number
        assert look.acts.document(number) == b"\0\1"
        assert look.acts.by_contract() == {filled.contract: [first, second, third]}
        assert look.acts.by_contract({filled.contract}) == look.acts.by_contract()
        assert look.acts.by_contract({999}) == {}
        assert look.acts.of(999) == []


def test_the_role_is_remembered_by_who_had_it(database):
    filled = fill(database)
    with database.work("Bob") as work:
        assert (work.acts.last_role("Ann"), work.acts.last_role("Bob")) == ("Procurement lead", "")
        facts = ActFacts(ActKind.CLOSE, date(2028, 4, 1), date(2028, 3, 31), "Contract manager")
        work.acts.add(act(filled.contract, facts=facts))
        assert work.acts.last_role("Bob") == "Contract manager"


class Spring(datetime):
    """A clock that stands still."""

    @classmethod
    def now(cls, _zone=None):
        return datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_it_is_known_when_a_contract_was_first_recorded(database, monkeypatch):
    with monkeypatch.context() as then:
        then.setattr("tomsapp.store.records.datetime", Spring)
        filled = fill(database)
    with database.work("Bob", "Later") as work:
        stored = work.contracts.get(filled.contract)
        work.contracts.delete(stored.id, stored.version)
        work.commit()
    with database.look() as look:
        assert look.acts.first_recorded(filled.contract) == date(2026, 3, 1)


# What an earlier version signed

SIGNED = {
    "format": "tomsapp-result-2",
    "total": "22156.05",
    "rules": [{"code": "minimum", "share": "0.05"}],
    "made": {"signed_on": "2026-03-20"},
}
BARE = {"format": "tomsapp-result-1", "total": "1.00"}


def before(target: str) -> None:
    """A database as version 0003 left it, with a contract that was signed twice and a valuation of another kind."""
    if not is_server(target):
        Path(target).touch()
    engine = open_engine(target, checks_keys=False)
    upgrade_tables(engine, version="0003")
    kept = [("signed", SIGNED, "Signed on 20 March 2026"), ("submitted", {}, "Tender"), ("signed", BARE, "Signed")]
    with changing_tables(engine) as connection, connection.begin():
        run = connection.execute
        run(text("INSERT INTO change (at, who, what) VALUES ('2026-03-21 10:00:00', 'Ann', 'Sign C1')"))
        run(
            text(
                "INSERT INTO contract (version, deleted, change_id, reference, title, value, start_on, end_on, kind,"
                " status) VALUES (1, :no, 1, 'C1', 'Roads', 1, '2026-04-01', '2028-03-31', 'standard', 'signed')"
            ),
            {"no": False},
        )
        for kind, values, reason in kept:
            payload = json.dumps(values).encode()
            run(
                text(
                    "INSERT INTO frozen_valuation (change_id, content, content_sha256, contract_id, kind, sha256,"
                    " reason) VALUES (1, :content, :digest, 1, :kind, :digest, :reason)"
                ),
                {"content": payload, "digest": sha256_of(payload), "kind": kind, "reason": reason},
            )
    engine.dispose()


def test_what_an_earlier_version_signed_becomes_an_act_and_nothing_is_lost(empty_target):
    before(empty_target)
    engine = open_engine(empty_target, checks_keys=False)
    query = text("SELECT * FROM frozen_valuation ORDER BY id")
    told = text(f"SELECT count(*) FROM history WHERE action <> '{STOOD}'")
    with engine.connect() as connection:
        held, entries = connection.execute(query).all(), connection.execute(told).scalar_one()
    upgrade_tables(engine)
    with engine.connect() as connection:
        assert connection.execute(query).all() == held
        assert connection.execute(told).scalar_one() == entries, "the history told of the signing when it was done"
    engine.dispose()
    assert check_database(empty_target) == []
    with open_database(empty_target) as database, database.work("Bob") as work:
        first, second = work.acts.of(1)
        assert said(first.act) == ActFacts(ActKind.SIGN, date(2026, 3, 20), None, "", "Signed on 20 March 2026")
        assert (first.act.by, first.act.recorded_at) == ("Ann", datetime(2026, 3, 21, 10, tzinfo=UTC))
        assert (first.act.value, json.loads(first.rules)) == (Decimal("22156.05"), SIGNED["rules"])
        assert json.loads(work.acts.document(first.act.id)) == SIGNED
        assert (second.act.done_on, second.act.value, second.rules) == (date(2026, 3, 21), Decimal("1.00"), "[]")
        work.acts.add(act(1))
        entry = work.lists.history(limit=1)[0]
        assert (entry.kind, entry.who, entry.after["role"]) == ("act", "Bob", "Procurement lead")


def test_a_step_back_that_would_lose_acts_is_refused(empty_target):
    before(empty_target)
    engine = open_engine(empty_target, checks_keys=False)
    upgrade_tables(engine)
    with pytest.raises(StepRefused, match="The table act"):
        downgrade_tables(engine, "0003")
    engine.dispose()
