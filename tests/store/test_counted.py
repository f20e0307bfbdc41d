"""A change on which no figure of a contract hangs makes nobody read all contracts again."""

from dataclasses import replace

from tests.store.samples import fill, lot, tender
from tomsapp.domain.history import HistoryWanted
from tomsapp.store.counted import BOOKS, COUNTED, NOT_COUNTED
from tomsapp.store.tables import Row


def changed_by(database, do):
    """The contracts that are read again after what `do` saves; None for all of them."""
    with database.look() as look:
        since = look.lists.change_number()
    with database.work("Ann", "Change") as work:
        do(work)
        work.commit()
    with database.look() as look:
        return look.lists.contracts_changed(since)


def test_each_table_either_counts_or_does_not():
    assert {table.name for table in Row.metadata.sorted_tables} == COUNTED | NOT_COUNTED | BOOKS
    assert not COUNTED & NOT_COUNTED
    assert not (COUNTED | NOT_COUNTED) & BOOKS


def test_nothing_that_belongs_to_a_contract_is_passed_over():
    of_contracts = {table.name for table in Row.metadata.sorted_tables if "contract_id" in table.columns} - BOOKS
    assert of_contracts <= COUNTED


def test_what_is_set_up_of_a_tender_is_passed_over(database):
    filled = fill(database)
    assert changed_by(database, lambda work: work.tenders.add(tender("a-2"))) == frozenset()
    assert changed_by(database, lambda work: work.lots.add(filled.tender, replace(lot(), number=2))) == frozenset()


def test_a_contract_in_the_same_change_is_read_again_and_a_supplier_makes_all(database):
    filled = fill(database)

    def contract_and_tender(work):
        stored = work.contracts.get(filled.contract)
        work.contracts.save(stored.id, stored.version, replace(stored.record, notes="More"), None)
        work.tenders.add(tender("a-2"))

    def supplier_and_tender(work):
        stored = work.suppliers.all()[0]
        work.suppliers.save(stored.id, stored.version, replace(stored.record, notes="More"))
        work.tenders.add(tender("a-3"))

    assert changed_by(database, contract_and_tender) == {filled.contract}
    assert changed_by(database, supplier_and_tender) is None


def test_the_history_of_a_tender_is_of_all_that_belongs_to_it_and_of_no_other(database):
    first = fill(database)
    with database.read() as reader:
        mine = reader.history(HistoryWanted(tender_id=first.tender))
        frozen = reader.history(HistoryWanted(tender_id=first.explained))
    of_none = {"logo", "pack_key", "saved_view", "signer"}
    assert {entry.kind for entry in mine} == (NOT_COUNTED | {"award"}) - of_none - {"score_explanation"}
    assert {entry.kind for entry in frozen} == {"tender", "bid", "tender_act", "score_explanation"}
    second = fill(database, "C2")
    with database.read() as reader:
        assert reader.history(HistoryWanted(tender_id=first.tender)) == mine
        others = reader.history(HistoryWanted(tender_id=second.tender))
    assert {entry.kind for entry in others} == {entry.kind for entry in mine}
    assert not {(entry.kind, entry.record_id) for entry in others} & {(entry.kind, entry.record_id) for entry in mine}
