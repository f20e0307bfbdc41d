"""Awards in the database: kept with their act and their contract, which stays while the award stands."""

import pytest

from tests.store.samples import contract, fill, seal, tender_act
from tests.store.test_frozen_evaluations import KIND, STATUS, opened, stands
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.seal import ActKind
from tomsapp.store.check import check_database
from tomsapp.store.errors import StoreError


@pytest.fixture
def filled(database):
    return fill(database)


def awarded(work, filled, reference: str = "C-9") -> tuple[int, int]:
    """Add a contract with the award that makes it; gives act and contract."""
    made = work.contracts.add(contract(reference), filled.supplier)
    act = work.tender_acts.add(filled.tender, tender_act(KIND.AWARD, version=None, lot=1), b"{}")
    work.awards.add(filled.tender, b"the lines", act, made.id)
    return act, made.id


def test_an_award_comes_back_with_its_contract(database, filled, target):
    with database.work("Ann", "Award") as work:
        act, made = awarded(work, filled)
        work.commit()
    with database.look() as look:
        assert list(look.awards.contracts(filled.tender).items())[1:] == [(act, made)]
        assert look.awards.contents(filled.tender)[act] == b"the lines"
        assert look.awards.of_contract(made) == (filled.tender, act, b"the lines")
        assert look.awards.of_contract(made + 1) is None
    assert check_database(target) == []


def test_an_award_needs_its_act_and_a_contract_of_its_own(database, filled):
    with database.work("Bob", "Award") as work:
        made = work.contracts.add(contract("C-9"), filled.supplier)
        act = work.tender_acts.add(filled.tender, tender_act(KIND.FREEZE, version=None), b"{}")
        with pytest.raises(StoreError, match="A lot is awarded by an act alone"):
            work.awards.add(filled.tender, b"the lines", act, made.id)
    with database.work("Ann", "Add") as work:
        before = work.contracts.add(contract("C-8"), filled.supplier)
        work.commit()
    with database.work("Bob", "Award") as work:
        act = work.tender_acts.add(filled.tender, tender_act(KIND.AWARD, version=None, lot=1), b"{}")
        with pytest.raises(StoreError, match="makes a contract of its own"):
            work.awards.add(filled.tender, b"the lines", act, before.id)


def test_a_tender_is_awarded_with_its_contract(database, filled):
    opened(database, filled)
    stands(database, filled.tender, KIND.FREEZE, STATUS.FROZEN, b"the file")
    with pytest.raises(StoreError, match="A tender is awarded with the contracts that it makes"):
        stands(database, filled.tender, KIND.AWARD, STATUS.AWARDED)


def test_the_contract_stays_while_its_award_stands(database, filled):
    with database.work("Ann", "Award") as work:
        act, made = awarded(work, filled)
        work.commit()
    with database.work("Bob", "Delete") as work, pytest.raises(StoreError, match="from an award that stands"):
        work.contracts.delete(made, work.contracts.get(made).version)
    with database.work("Bob", "Take back") as work:
        work.tender_acts.add(filled.tender, tender_act(KIND.TAKE_BACK), b"{}", act)
        assert work.contracts.delete(made, work.contracts.get(made).version).is_deleted
        work.commit()


def test_an_award_is_not_taken_back_once_its_contract_is_signed(database, filled):
    with database.work("Ann", "Award") as work:
        act, made = awarded(work, filled)
        work.commit()
    with database.work("Ann", "Sign") as work:
        seal(work, made, ActKind.SIGN, ContractStatus.SIGNED)
        work.commit()
    with database.work("Bob", "Take back") as work, pytest.raises(StoreError, match="no draft any more"):
        work.tender_acts.add(filled.tender, tender_act(KIND.TAKE_BACK), b"{}", act)
