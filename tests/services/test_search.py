"""What the search field finds."""

from tests.services.council import begin, roads
from tomsapp.domain.contract import CONTRACT
from tomsapp.domain.supplier import SUPPLIER
from tomsapp.services import contracts
from tomsapp.services.search import search as search_kinds


def search(workspace, text):
    return search_kinds(workspace, text, (CONTRACT, SUPPLIER))


def test_contracts_suppliers_and_measures_are_found(ann):
    made = begin(ann)
    assert [(each.kind, each.target) for each in search(ann, "bridge")] == [
        ("contract", made.id),
        ("supplier", made.supplier.id),
    ]
    (measure,) = search(ann, "j11 wage")
    assert (measure.kind, measure.target) == ("measure", ("barnet-open", "2026.2", "J11"))
    assert measure.detail.startswith("£")


def test_nothing_is_found_for_nothing(ann):
    begin(ann)
    assert search(ann, "  ") == []
    assert search(ann, "zebra crossing tarmac") == []


def test_signs_of_sql_are_letters(ann):
    contracts.add_contract(ann, roads("100%_x", title="100%_x"), None)
    contracts.add_contract(ann, roads("100ab", title="100ab"), None)
    assert [each.title for each in search(ann, "100%_")] == [each.title for each in search(ann, "100%_x")]
    assert len(search(ann, "100%_")) == 1
    assert search(ann, "'; DROP TABLE contract;--") == []
