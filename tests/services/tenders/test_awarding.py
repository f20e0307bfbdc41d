"""Lots are awarded: the winning offer becomes a draft contract, and where each of its lines came from is kept."""

from dataclasses import replace
from datetime import date

import pytest

from tests.services.tenders.build import opened
from tests.services.tenders.evaluations import MORE, evaluated_tender, evaluation, freeze_it
from tests.services.tenders.offers import CALDER, LAMP, OPEN, PAST
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.seal import ActKind
from tomsapp.domain.tender.acts import TenderActKind
from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.exchange.tender_act_json import read_tender_act
from tomsapp.services import checking, contracts, edits, history
from tomsapp.services.award_origins import award_origin
from tomsapp.services.failures import StoreError
from tomsapp.services.tenders.acts import check_plain, do, document_bytes
from tomsapp.services.tenders.awarding import (
    award,
    awarded_contracts,
    check_award,
    proposed_contract,
)
from tomsapp.store.kept import sha256_of

here = pytest.mark.parametrize("server", ["sqlite"])
AWARD = replace(OPEN, kind=TenderActKind.AWARD, lot=1, supplier=LAMP.name)
TAKE_BACK = replace(OPEN, kind=TenderActKind.TAKE_BACK, reason="The lot was awarded before the standstill ended")


@pytest.fixture
def frozen(ann):
    """The tender with its evaluation frozen: Lamp is first."""
    page = evaluated_tender(ann)
    freeze_it(ann, page)
    return page


def awarded(workspace, page):
    award(workspace, evaluation(workspace, page), AWARD, PAST)
    return awarded_contracts(workspace, page.id)[1]


def test_the_winning_offer_becomes_a_draft_contract_of_the_frozen_value(ann, frozen):
    found = evaluation(ann, frozen)
    assert check_award(ann, found, AWARD, PAST) == []
    proposed = proposed_contract(ann, found, 1, LAMP.name)
    done = award(ann, found, AWARD, PAST)
    after = opened(ann, frozen.id)
    # Lot 2 got no bid, and is not awarded.
    assert after.tender.status is TenderStatus.FROZEN
    made = awarded_contracts(ann, frozen.id)[1]
    assert (made.act.id, made.reference, made.status) == (done.result, "C-2027-001", ContractStatus.DRAFT)
    contract = contracts.open_contract(ann, made.id, date(2027, 1, 25))
    given = found.lot(1).evaluated.given.bids
    value = next(each.value for each in given if each.supplier == LAMP.name)
    assert contract.checked.valuation.social_value == value == proposed.value
    assert contract.contract == replace(proposed.offer.contract, supplier=LAMP.name)
    assert (contract.contract.menu, contract.contract.edition) == ("barnet-open", "2026.2")
    assert [replace(each.record, key="") for each in contract.commitments] == [replace(line, key="") for line in MORE]
    assert contract.answers.keys() == proposed.offer.answers.keys()
    with ann.look() as uow:
        origin = award_origin(uow, made.id)
        document = read_tender_act(uow.tender_acts.document(done.result))
        content = uow.awards.contents(frozen.id)[done.result]
    assert origin.words == f"From the offer of {LAMP.name} for T-2026-003, lot 1"
    assert [(line.commitment, line.line) for line in origin.lines] == [
        (each.id, line.key) for each, line in zip(contract.commitments, MORE, strict=True)
    ]
    assert {line.receipt for line in origin.lines} == {2}
    assert (document.contract, document.award.sha256, document.bid) == (made.id, sha256_of(content), made.act.bid)
    assert done.changes.touches_contract(made.id)
    with pytest.raises(StoreError, match="Undo stops here"):
        edits.undo(ann, done.edit)
    told = [line.what for line in history.contract_history(ann, made.id)]
    assert told
    assert all(each.startswith(f"Award {LAMP.name}, lot 1 of T-2026-003") for each in told)
    assert "award" in {line.kind.key for line in history.tender_history(ann, frozen.id) if line.kind is not None}
    assert checking.check(ann.database.target) == []


@here
def test_to_award_to_another_than_the_first_asks_for_the_reason(ann, frozen):
    found = evaluation(ann, frozen)
    second = replace(AWARD, supplier=CALDER.name)
    assert [each.code for each in check_award(ann, found, second, PAST)] == ["not-first", "reason-short"]
    said = replace(second, reason="The first one withdrew its offer by letter")
    award(ann, found, said, PAST)
    assert awarded_contracts(ann, frozen.id)[1].act.supplier == CALDER.name


@here
def test_only_an_admitted_bid_of_a_frozen_evaluation_is_awarded(ann):
    page = evaluated_tender(ann)
    assert [each.code for each in check_award(ann, evaluation(ann, page), AWARD, PAST)] == ["status-wrong"]
    freeze_it(ann, page)
    found = evaluation(ann, page)
    with pytest.raises(ValueError, match="OPEN"):
        award(ann, found, OPEN, PAST)
    with pytest.raises(StoreError, match="There is no such lot"):
        award(ann, found, replace(AWARD, lot=3), PAST)
    with pytest.raises(StoreError, match="There is no such bid that is admitted"):
        award(ann, found, replace(AWARD, lot=2), PAST)
    with pytest.raises(StoreError, match="There is no such bid that is admitted"):
        award(ann, found, replace(AWARD, supplier="Nobody"), PAST)
    for lot in (1, 3):
        with pytest.raises(StoreError, match=f"Nobody has no offer for lot {lot} that counts"):
            proposed_contract(ann, found, lot, "Nobody")


def test_of_two_who_award_the_same_lot_one_wins_and_the_other_is_told(ann, bob, frozen):
    of_ann, of_bob = evaluation(ann, frozen), evaluation(bob, frozen)
    award(ann, of_ann, AWARD, PAST)
    with pytest.raises(StoreError, match="Somebody changed T-2026-003 meanwhile"):
        award(bob, of_bob, AWARD, PAST)
    again = evaluation(bob, frozen)
    with pytest.raises(StoreError, match="Lot 1 went to Lamp Ltd"):
        award(bob, again, AWARD, PAST)
    assert len(contracts.list_contracts(ann)) == 1


@here
def test_a_bidder_that_was_renamed_meanwhile_is_not_awarded_by_the_old_name(ann, frozen):
    found = evaluation(ann, frozen)
    with ann.work("Rename") as uow:
        stored = next(each for each in uow.suppliers.all() if each.record.name == LAMP.name)
        uow.suppliers.save(stored.id, stored.version, replace(stored.record, name="Lamp and Sons Ltd"))
        uow.commit()
    with pytest.raises(StoreError, match="Somebody changed a bid or a bidder meanwhile"):
        award(ann, found, AWARD, PAST)
    assert contracts.list_contracts(ann) == []


@here
def test_a_contract_of_another_value_than_was_frozen_is_not_made(ann, frozen, monkeypatch):
    from tomsapp.services.tenders import awarding

    real = awarding.awarded_offer

    def wrong(*args):
        made = real(*args)
        return replace(made, value=made.value + 1)

    monkeypatch.setattr(awarding, "awarded_offer", wrong)
    with pytest.raises(StoreError, match="would not come to the social value of the evaluation"):
        award(ann, evaluation(ann, frozen), AWARD, PAST)
    assert contracts.list_contracts(ann) == []
    assert opened(ann, frozen.id).tender.status is TenderStatus.FROZEN


def test_an_award_is_taken_back_with_its_draft_contract(ann, frozen):
    made = awarded(ann, frozen)
    page = opened(ann, frozen.id)
    assert check_plain(ann, page, TAKE_BACK, PAST, made.act) == []
    freezing = next(act for act in page.acts if act.kind is TenderActKind.FREEZE)
    with pytest.raises(StoreError, match="“Awarded” rests on it"):
        do(ann, page, TAKE_BACK, PAST, freezing)
    done = do(ann, page, TAKE_BACK, PAST, made.act)
    assert done.changes.touches_contract(made.id)
    assert contracts.list_contracts(ann) == []
    assert opened(ann, frozen.id).tender.status is TenderStatus.FROZEN
    assert awarded_contracts(ann, frozen.id) == {}
    again = awarded(ann, frozen)
    assert again.id != made.id
    assert checking.check(ann.database.target) == []


def sign(workspace, contract_id: int) -> None:
    """Sign a contract behind the checks of signing, which are not what is tested here."""
    from tests.store.samples import seal

    with workspace.work("Sign") as uow:
        seal(uow, contract_id, ActKind.SIGN, ContractStatus.SIGNED)
        uow.commit()


def test_an_award_stands_once_its_contract_is_signed(ann, frozen):
    made = awarded(ann, frozen)
    page = opened(ann, frozen.id)
    sign(ann, made.id)
    (problem,) = check_plain(ann, page, TAKE_BACK, PAST, made.act)
    assert problem.message == "C-2027-001, which it made, is signed"
    with pytest.raises(StoreError, match="C-2027-001, which it made, is signed"):
        do(ann, page, TAKE_BACK, PAST, made.act)
    assert awarded_contracts(ann, frozen.id)[1].status is ContractStatus.SIGNED


@here
def test_a_contract_that_is_signed_while_its_award_is_taken_back_stands(ann, frozen, monkeypatch):
    from tomsapp.services.tenders import acts

    made = awarded(ann, frozen)
    real = acts.check_plain

    def signs_after_it(*args):
        found = real(*args)
        sign(ann, made.id)
        return found

    monkeypatch.setattr(acts, "check_plain", signs_after_it)
    with pytest.raises(StoreError, match="C-2027-001, which it made, is signed"):
        do(ann, opened(ann, frozen.id), TAKE_BACK, PAST, made.act)
    assert awarded_contracts(ann, frozen.id)[1].status is ContractStatus.SIGNED


@here
def test_the_contract_of_an_award_is_deleted_by_taking_it_back_alone(ann, frozen):
    made = awarded(ann, frozen)
    page = contracts.open_contract(ann, made.id)
    with pytest.raises(StoreError, match="C-2027-001 comes from the award of lot 1 of T-2026-003"):
        contracts.delete_contract(ann, page)
    with ann.work("Delete") as uow, pytest.raises(StoreError, match="comes from an award that stands"):
        uow.contracts.delete(made.id, page.stored.version)
    with ann.look() as uow:
        assert award_origin(uow, 99) is None
    assert document_bytes(ann, made.act)
