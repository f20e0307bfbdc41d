"""Revision 0023 parts what bidders were asked from reasons, up and down, on rows that people saved."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Engine

from tests.store.samples import bid, decision, supplier, tender, tender_act
from tomsapp.domain.tender.acts import TenderActKind
from tomsapp.domain.tender.bid import BidDecision, DecisionKind
from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.store.check import check_database
from tomsapp.store.database import open_database
from tomsapp.store.engine import open_engine
from tomsapp.store.migrate import downgrade_tables, upgrade_tables
from tomsapp.store.migrations.server import StepRefused

QUESTION = "Are they the same two people?"


def saved(target: str, *decisions: BidDecision, freezes: bool = False) -> None:
    """Save decisions on the bid of a tender, whose evaluation is frozen then where `freezes`."""
    with open_database(target) as database, database.work("Ann", "Decide") as work:
        work.editions.add("barnet-open", "2026.1", "ab" * 32, b"the menu's bytes", "Barnet open")
        who = work.suppliers.add(supplier())
        held = work.tenders.add(tender("T-1"))
        made = work.bids.add(held.id, bid(), who.id)
        for place, each in enumerate(decisions):
            work.bid_decisions.add(replace(each, bid=made.id, problem=f"p{place}"))
        work.commit()
    if freezes:
        with open_database(target) as database, database.work("Ann", "Freeze") as work:
            work.tender_acts.add(held.id, tender_act(TenderActKind.FREEZE), b"{}")
            work.tenders.save(held.id, held.version, replace(held.record, status=TenderStatus.FROZEN))
            work.commit()


def read(target: str) -> list[BidDecision]:
    with open_database(target) as database, database.look() as look:
        (held,) = look.tenders.all()
        return [each.record for each in look.bid_decisions.of_tender(held.id)]


@pytest.fixture
def engine(target: str) -> Iterator[Engine]:
    made = open_engine(target, checks_keys=False)
    yield made
    made.dispose()


def rows(engine: Engine) -> list[tuple]:
    with engine.connect() as connection:
        query = "SELECT kind, reason, version FROM bid_decision ORDER BY id"
        return [tuple(row) for row in connection.exec_driver_sql(query)]


ASKED = decision(0, kind=DecisionKind.ASK, reason="", line="", question=QUESTION)
LEFT_OUT = decision(0, question="")


def test_questions_go_back_among_the_reasons_and_out_again(target, engine):
    saved(target, ASKED, LEFT_OUT)
    downgrade_tables(engine, "0022")
    assert rows(engine) == [("ask", QUESTION, 2), ("leave_out", LEFT_OUT.reason, 1)]
    upgrade_tables(engine)
    assert rows(engine) == [("ask", "", 3), ("leave_out", LEFT_OUT.reason, 1)]
    assert [(each.question, each.reason) for each in read(target)] == [(QUESTION, ""), ("", LEFT_OUT.reason)]
    assert check_database(target) == [], "the history tells what the upgrade did, and is chained"
    with open_database(target) as database, database.work("Bob", "Later") as work:
        (held,) = work.suppliers.all()
        work.suppliers.save(held.id, held.version, replace(held.record, notes="Met them"))
        work.commit()
    assert check_database(target) == []


def test_what_is_asked_and_decided_does_not_go_back(target, engine):
    saved(target, decision(0))
    with pytest.raises(StepRefused, match="question of bid_decision holds something in 1 rows"):
        downgrade_tables(engine, "0022")
    assert check_database(target) == []


def test_what_was_frozen_stays_as_it_was_frozen_and_still_tells_its_question(target, engine):
    saved(target, replace(ASKED, question="", reason=QUESTION), freezes=True)
    downgrade_tables(engine, "0022")
    upgrade_tables(engine)
    assert rows(engine) == [("ask", QUESTION, 1)]
    (held,) = read(target)
    assert (held.question, held.asked) == ("", QUESTION)
    assert check_database(target) == []
