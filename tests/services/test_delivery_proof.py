"""Claims and plans that are not what their sealed acts come to are found, whoever changed them."""

from datetime import date
from decimal import Decimal

import pytest

from tests.services.deliveries import DECIDED_ON, Q1, accept, begin_signed, claim, delivered, enter, said
from tests.store.test_history_kept import behind
from tomsapp.domain.delivery.acts import DeliveryActKind
from tomsapp.domain.delivery.plan import PlanEntry
from tomsapp.domain.delivery.publishing import next_paper
from tomsapp.domain.problems import Severity
from tomsapp.services.checking import check
from tomsapp.services.delivery_plan_acts import seal_plan
from tomsapp.services.delivery_plans import save_plan
from tomsapp.services.publishing import MadePaper, keep_paper, to_publish
from tomsapp.store.engine import open_engine


@pytest.fixture
def made(ann, bob):
    """A claim that Bob accepted, one that waits, and a plan that was accepted."""
    made = begin_signed(ann)
    held, _ = enter(ann, made, claim(made.lines[0]), claim(made.lines[1]))
    accept(bob, made, held)
    key = made.lines[0].record.key
    save_plan(ann, delivered(ann, made), [(None, PlanEntry(key, Q1, Decimal(25), "Ask"))])
    for kind in (DeliveryActKind.PROPOSE_PLAN, DeliveryActKind.ACCEPT_PLAN):
        seal_plan(ann, delivered(ann, made), said(kind), DECIDED_ON)
    return made


def found(target: str, statement: str) -> list[str]:
    engine = open_engine(target, checks_keys=False)
    content = "BLOB" if engine.dialect.name == "sqlite" else "BYTEA"
    with behind(engine, is_kept=True) as connection:
        connection.exec_driver_sql(statement.format(content=content))
    engine.dispose()
    return [problem.message for problem in check(target) if problem.code == "database-sealed"]


def test_what_acts_say_is_whole(made, council_target):
    steps = []
    assert check(council_target) == []

    class Progress:
        def report(self, done, total):
            steps.append((done, total))

    check(council_target, progress=Progress())
    assert steps == sorted(steps)


ALTERED = [
    ("UPDATE delivery SET accepted = 0 WHERE id = 1", "delivery 1 is not what its acts accept and reject"),
    ("UPDATE delivery SET rejected = claimed, state = 'decided' WHERE id = 2", "delivery 2 is not what its acts"),
    ("UPDATE delivery_act SET reason = 'Other' WHERE id = 1", "act of delivery 1: its document is not whole"),
    ("UPDATE delivery_act SET content = CAST('x' AS {content}) WHERE id = 1", "act of delivery 1: its document"),
    ("UPDATE delivery_act SET content = CAST('x' AS {content}) WHERE id = 3", "act of delivery 3: its document"),
    ("UPDATE plan_entry SET quantity = 0 WHERE in_force", "the delivery plan of contract 1 is not the one"),
]


@pytest.mark.parametrize(("statement", "message"), ALTERED)
def test_what_is_not_as_its_acts_say_is_found(ann, bob, made, council_target, statement, message):
    ann.close()
    bob.close()
    (told,) = found(council_target, statement)
    assert told.startswith(message)


ALTERED_PAPERS = [
    ("UPDATE delivered_paper SET until = '2026-06-30'", True),
    ("UPDATE delivered_paper SET content = CAST('x' AS {content})", False),
    ("UPDATE delivered_paper SET content_sha256 = 'ab', content = CAST('x' AS {content})", True),
]


@pytest.mark.parametrize(("statement", "is_another"), ALTERED_PAPERS)
def test_a_paper_that_is_not_the_one_that_was_published_is_found(ann, made, council_target, statement, is_another):
    ready = to_publish(ann, made.id)
    facts = said(DeliveryActKind.PUBLISH, quarter=Q1)
    paper = next_paper(ready.papers, date(2026, 6, 30))
    keep_paper(ann, ready, MadePaper(facts, paper, b"%PDF-1.7"), DECIDED_ON)
    assert check(council_target) == []
    statement = statement.replace("2026-06-30", "2026-09-30")
    message = "published valuation 1 is not the one that act of delivery 4 published"
    told = found(council_target, statement)
    if is_another:
        assert told == [message]
    else:
        assert "database-sealed" not in told
        assert any(problem.severity is Severity.ERROR for problem in check(council_target))
