"""Tenders and packs that are not what their sealed acts come to are found, whoever changed them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.services.tenders.build import NOW, begin_tender, opened, tender
from tests.services.tenders.evaluations import EXCLUDE, evaluated_tender, evaluation, freeze_it
from tests.services.tenders.offers import CALDER, PAST
from tests.services.test_delivery_proof import found
from tests.store.test_history_kept import behind
from tomsapp.domain.tender.acts import TenderActFacts, TenderActKind
from tomsapp.exchange.tender_act_json import read_tender_act, write_tender_act
from tomsapp.services.checking import check
from tomsapp.services.tenders.acts import do
from tomsapp.services.tenders.awarding import award
from tomsapp.services.tenders.facts import TENDER_FACTS, delete_tender
from tomsapp.services.tenders.freezing import exclude
from tomsapp.services.tenders.issuing import issue
from tomsapp.store.engine import open_engine
from tomsapp.store.kept import sha256_of

SAID = TenderActFacts(TenderActKind.ISSUE, NOW.date(), "Procurement lead", "As the board agreed in December")


@pytest.fixture
def made(ann):
    """A tender with two versions (acts 1 and 2), whose withdrawing (3) was taken back (4), and drafts beside it."""
    page = begin_tender(ann)
    issue(ann, page, replace(SAID, version=1), NOW)
    page = opened(ann, page.id)
    TENDER_FACTS.save(ann, page.stored, replace(page.tender, deadline_on=date(2027, 2, 5)))
    amend = replace(SAID, kind=TenderActKind.AMEND, version=2)
    issue(ann, opened(ann, page.id), amend, NOW + timedelta(days=1))
    do(ann, opened(ann, page.id), replace(SAID, kind=TenderActKind.WITHDRAW), NOW)
    page = opened(ann, page.id)
    do(ann, page, replace(SAID, kind=TenderActKind.TAKE_BACK), NOW, page.acts[-1])
    TENDER_FACTS.add(ann, tender("T-2026-004"))
    gone = TENDER_FACTS.add(ann, tender("T-2026-005")).result
    delete_tender(ann, opened(ann, gone.id))
    return opened(ann, page.id)


def test_what_acts_say_is_whole(made, council_target):
    steps = []

    class Progress:
        def report(self, done, total):
            steps.append((done, total))

    assert check(council_target, progress=Progress()) == []
    assert steps == sorted(steps)


ALTERED = [
    ("UPDATE tender SET status = 'opened' WHERE id = 1", "tender 1 does not stand where its acts put it"),
    ("UPDATE tender SET status = 'issued' WHERE id = 2", "tender 2 does not stand where its acts put it"),
    ("UPDATE tender SET status = 'withdrawn' WHERE id = 3", "tender 3 does not stand where its acts put it"),
    ("UPDATE tender_act SET reason = 'Other' WHERE id = 1", "act of tender 1: its document is not whole"),
    ("UPDATE tender_act SET content = CAST('x' AS {content}) WHERE id = 2", "act of tender 2: its document"),
    ("UPDATE pack_version SET number = 3 WHERE number = 2", "pack version 3 of tender 1 is not the one that act of"),
    ("UPDATE pack_version SET content = CAST('x' AS {content}) WHERE number = 1", "pack version 1 of tender 1 is not"),
    ("DELETE FROM pack_version WHERE number = 1", "pack version 1 of tender 1, which act of tender 1 issued, is gone"),
    ("UPDATE pack_version SET act_id = 3 WHERE number = 2", "pack version 2 of tender 1, which act of tender 2 issued"),
]


@pytest.mark.parametrize(("statement", "message"), ALTERED)
def test_what_is_not_as_its_acts_say_is_found(ann, made, council_target, statement, message):
    ann.close()
    assert found(council_target, statement)[0].startswith(message)


def test_two_versions_that_changed_places_are_found(ann, made, council_target):
    ann.close()
    moves = "UPDATE pack_version SET number = {}, act_id = {} WHERE number = {}"
    for move in (moves.format(9, 1, 1), moves.format(1, 1, 2)):
        found(council_target, move)
    assert found(council_target, moves.format(2, 2, 9)) == [
        "pack version 1 of tender 1 is not the one that act of tender 1 issued",
        "pack version 2 of tender 1 is not the one that act of tender 2 issued",
    ]


def test_an_act_that_is_gone_leaves_a_gap(ann, made, council_target):
    ann.close()
    found(council_target, "DELETE FROM pack_version WHERE number = 1")
    told = found(council_target, "DELETE FROM tender_act WHERE id = 1")
    assert "the pack versions of tender 1 do not follow each other" in told
    assert "act of tender 2: its document says otherwise where the tender stood" in told


DOCUMENTS = [
    (3, {"becomes": "issued"}, ["act of tender 3: its document says otherwise where the tender stood"]),
    (2, {"pack": None}, ["pack version 2 of tender 1 is not the one that act of tender 2 issued"]),
    (
        4,
        {"reverses": "ab"},
        ["act of tender 4 does not take back what its document says"],
    ),
]


@pytest.mark.parametrize(("act", "changes", "messages"), DOCUMENTS)
def test_a_document_that_was_put_in_the_place_of_another_is_found(ann, made, council_target, act, changes, messages):
    with ann.look() as uow:
        document = read_tender_act(uow.tender_acts.document(act))
    ann.close()
    if "becomes" in changes:
        changes = {"becomes": document.was}
    data = write_tender_act(replace(document, **changes))
    engine = open_engine(council_target, checks_keys=False)
    place = "?" if engine.dialect.name == "sqlite" else "%s"
    with behind(engine, is_kept=True) as connection:
        statement = f"UPDATE tender_act SET content = {place}, content_sha256 = {place} WHERE id = {place}"
        connection.exec_driver_sql(statement, (data, sha256_of(data), act))
    engine.dispose()
    sealed = [problem.message for problem in check(council_target) if problem.code == "database-sealed"]
    # The act that takes back another one names it by the SHA-256 of its document.
    assert [each for each in sealed if act != 3 or not each.startswith("act of tender 4")] == messages


@pytest.fixture
def frozen(ann):
    """A tender whose bid was excluded and whose evaluation was frozen: acts 1 to 4."""
    page = evaluated_tender(ann)
    exclude(ann, evaluation(ann, page), EXCLUDE, PAST)
    freeze_it(ann, page)
    return opened(ann, page.id)


FROZEN = [
    (
        "UPDATE frozen_evaluation SET content = CAST('x' AS {content})",
        "the frozen evaluation of tender 1 is not the one that act of tender 4 froze",
    ),
    ("DELETE FROM frozen_evaluation", "the evaluation of tender 1 that act of tender 4 froze is gone"),
    (
        "UPDATE frozen_evaluation SET act_id = 2",
        "the evaluation of tender 1 that act of tender 4 froze is gone",
    ),
    ("UPDATE tender_act SET bid_id = 1 WHERE id = 3", "act of tender 3: its document is not whole"),
    ("UPDATE tender_act SET content = CAST('x' AS {content}) WHERE id = 4", "act of tender 4: its document"),
]


@pytest.mark.parametrize(("statement", "message"), FROZEN)
def test_what_is_not_as_it_was_frozen_is_found(ann, frozen, council_target, statement, message):
    assert [act.id for act in frozen.acts] == [1, 2, 3, 4]
    ann.close()
    assert check(council_target) == []
    assert found(council_target, statement)[0].startswith(message)


AWARDED = [
    ("UPDATE award SET content = CAST('x' AS {content})", "what act of tender 5 awarded of tender 1 is not what"),
    ("DELETE FROM award", "what act of tender 5 awarded of tender 1 is not what"),
    ("UPDATE award SET act_id = 2", "what act of tender 2 awarded of tender 1 is not what"),
    ("UPDATE contract SET deleted = TRUE", "the contract that act of tender 5 awarded of tender 1 is gone"),
    ("UPDATE tender_act SET content = CAST('x' AS {content}) WHERE id = 5", "act of tender 5: its document"),
]


@pytest.mark.parametrize(("statement", "message"), AWARDED)
def test_what_is_not_as_it_was_awarded_is_found(ann, frozen, council_target, statement, message):
    award(ann, evaluation(ann, frozen), replace(EXCLUDE, kind=TenderActKind.AWARD, supplier=CALDER.name), PAST)
    ann.close()
    assert check(council_target) == []
    assert found(council_target, statement)[0].startswith(message)
