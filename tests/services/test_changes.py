"""What an action tells the pages: which records, in which contracts."""

from tomsapp.domain.answers import ANSWER
from tomsapp.domain.commitment import COMMITMENT
from tomsapp.domain.council import COUNCIL
from tomsapp.domain.supplier import SUPPLIER
from tomsapp.services.changes import ALL_CHANGED, Changes, Done, Edit, RecordChange

LINE = RecordChange(COMMITMENT, 7, "before", "after", contract_id=3)
SETTINGS = RecordChange(COUNCIL, 0, "before", "after")


def test_edit_names_the_kinds_and_contracts_that_it_changed():
    changes = Edit("Change", (LINE, SETTINGS)).changes
    assert changes == Changes(frozenset({COMMITMENT, COUNCIL}), frozenset({3}))
    assert changes.touches(SUPPLIER, COMMITMENT)
    assert not changes.touches(SUPPLIER)


def test_contract_page_reloads_for_its_own_records_and_for_the_council():
    assert Edit("Change", (LINE,)).changes.touches_contract(3)
    assert not Edit("Change", (LINE,)).changes.touches_contract(4)
    assert Edit("Change", (SETTINGS,)).changes.touches_contract(4)
    assert ALL_CHANGED.touches_contract(4)
    assert ALL_CHANGED.touches(ANSWER)


def test_action_without_an_edit_changed_nothing():
    assert Done("same").changes == Changes()
    assert Done("other", Edit("Change", (LINE,))).changes.contracts == frozenset({3})
