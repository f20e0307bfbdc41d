"""A name that is drawn like one that is kept, with other letters, is asked about: each fact that says it is a name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.services.council import LAKESIDE, bridge_works, roads
from tests.services.tenders.build import lot, measure, opened, tender
from tomsapp.domain.contract import CONTRACT
from tomsapp.domain.council import COUNCIL
from tomsapp.domain.facts import FactKind
from tomsapp.domain.neighbourhood import NEIGHBOURHOOD
from tomsapp.domain.person import PERSON
from tomsapp.domain.policy_records import RULE
from tomsapp.domain.priority import PRIORITY, Priority
from tomsapp.domain.problems import Severity
from tomsapp.domain.record_type import RecordType
from tomsapp.domain.saved_view import SAVED_VIEW, SavedView
from tomsapp.domain.supplier import SUPPLIER
from tomsapp.domain.tender.lot import LOT
from tomsapp.domain.tender.marking import EVALUATOR, Evaluator
from tomsapp.domain.tender.tender import TENDER
from tomsapp.domain.tender.tender_measure import TENDER_MEASURE
from tomsapp.services import council, suppliers
from tomsapp.services.contract_facts import CONTRACT_FACTS
from tomsapp.services.look_alikes import names_of, person_like
from tomsapp.services.neighbourhoods import NEIGHBOURHOODS
from tomsapp.services.priorities import PRIORITIES
from tomsapp.services.record_types import RECORD_TYPES
from tomsapp.services.saved_views import SAVED_VIEWS
from tomsapp.services.tenders.evaluators import EVALUATORS
from tomsapp.services.tenders.facts import TENDER_FACTS
from tomsapp.services.tenders.parts import LOTS, MEASURES


class OfATender:
    """The actions of what is set up of a tender, which is made for it."""

    def __init__(self, actions: Any) -> None:
        self.actions = actions

    def __getattr__(self, name: str) -> Any:
        def act(ann: Any, *given: Any) -> Any:
            with ann.look() as uow:
                made = uow.tenders.find_by_reference("T-2026-003")
            made = made or TENDER_FACTS.add(ann, tender()).result
            return getattr(self.actions.form(opened(ann, made.id)), name)(ann, *given)

        return act


on_a_file = pytest.mark.parametrize("server", ["sqlite"])

KINDS: dict[RecordType[Any], tuple[Any, Any]] = {
    SUPPLIER: (suppliers.SUPPLIERS, lambda _ann: bridge_works()),
    NEIGHBOURHOOD: (NEIGHBOURHOODS, lambda _ann: LAKESIDE),
    SAVED_VIEW: (SAVED_VIEWS, lambda _ann: SavedView("Colindale")),
    PRIORITY: (PRIORITIES, lambda _ann: Priority("Jobs", "Plan", frozenset({"V01"}))),
    CONTRACT: (CONTRACT_FACTS, lambda _ann: roads(supplier="Bridge Works Ltd")),
    TENDER: (TENDER_FACTS, lambda _ann: tender()),
    LOT: (OfATender(LOTS), lambda _ann: lot("Libraries")),
    TENDER_MEASURE: (
        OfATender(MEASURES),
        lambda _ann: measure("V01", exception_reason="No ward", exception_name="M. Reid", exception_role="Head"),
    ),
    EVALUATOR: (OfATender(EVALUATORS), lambda _ann: Evaluator("J. Patel")),
    COUNCIL: (council.SETTINGS, lambda ann: ann.settings),
    RULE: (
        council.RULES,
        lambda ann: replace(ann.policy.rules[0], in_force_from=date(2031, 1, 1), in_force_until=None),
    ),
}
NAMES = [(kind, fact) for kind in RECORD_TYPES for fact in names_of(kind) if fact.is_typed]
LATIN, CYRILLIC = "Coach hire", "\u0421oach hire"


def test_every_kind_with_a_name_is_tried_and_each_name_is_a_line():
    assert {kind for kind, _ in NAMES} == set(KINDS)
    assert {fact.kind for _, fact in NAMES} == {FactKind.LINE}
    assert PERSON.is_name
    by_kind = {f"{kind.key}.{fact.name}" for kind, fact in NAMES}
    assert by_kind >= {"contract.title", "contract.reference", "contract.directorate", "contract.contract_manager"}
    assert by_kind >= {"supplier.name", "neighbourhood.name", "priority.name", "council.council_name"}


def another(kind: RecordType[Any], record: Any) -> Any:
    """A record like this one, with another name and other marks."""
    given = {each.name: f"{getattr(record, each.name)} else" for each in names_of(kind)}
    given |= {"registration": ""} if kind is SUPPLIER else {}
    given |= {"number": record.number + 1} if kind is LOT else {}
    given |= {"in_force_from": record.in_force_from + timedelta(days=1)} if kind is RULE else {}
    return replace(record, **given)


@on_a_file
@pytest.mark.parametrize(("kind", "fact"), NAMES, ids=[f"{kind.key}.{fact.name}" for kind, fact in NAMES])
def test_name_with_other_letters_is_asked_about_and_the_same_name_is_not(ann, kind, fact):
    if kind is CONTRACT:
        suppliers.add_supplier(ann, bridge_works())
    actions, sample = KINDS[kind]
    named = replace(sample(ann), **{fact.name: LATIN})
    stored = actions.add(ann, named).result

    def asked(text: str, number: int | None) -> list[str]:
        record = replace(named if number is not None else another(kind, named), **{fact.name: text})
        found = actions.check(ann, record, number)
        assert all(problem.severity is Severity.WARNING for problem in found), found
        return [problem.message for problem in found if problem.where.field == fact.name]

    (question,) = asked(CYRILLIC, stored.id if kind is COUNCIL else None)
    assert LATIN in question
    assert asked(LATIN, stored.id) == []
    assert kind is COUNCIL or asked(CYRILLIC, stored.id) == [], "letters that were wrong are put right"
    assert asked(f"{LATIN} and more", stored.id) == []
    # What is saved all the same stays without being asked again.
    changed = actions.save(ann, stored, replace(named, **{fact.name: CYRILLIC})).result
    assert asked(CYRILLIC, changed.id) == []


@on_a_file
def test_name_that_several_contracts_share_is_not_asked_about(ann):
    suppliers.add_supplier(ann, bridge_works())
    for reference in ("A-2", "B-3"):
        CONTRACT_FACTS.add(ann, roads(reference, supplier="Bridge Works Ltd", contract_manager="Ann Lee"))
    another = roads("D-4", supplier="Bridge Works Ltd", contract_manager="ANN LEE")
    assert CONTRACT_FACTS.check(ann, another) == []
    (question,) = CONTRACT_FACTS.check(ann, replace(another, contract_manager="\u0410nn Lee"))
    assert question.message.startswith("There is the contract manager Ann Lee, which looks the same")


@on_a_file
def test_person_whose_name_looks_like_that_of_a_colleague_is_found(ann):
    suppliers.add_supplier(ann, bridge_works())
    assert person_like(ann, "\u0410nn") == "Ann"
    assert person_like(ann, "Ann") == ""
    assert person_like(ann, "Bob") == ""
