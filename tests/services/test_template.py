"""The workbook of every contract of the example council comes back as it was written, promises per pound included."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from tests.services.council import open_as, shipped
from tomsapp.__main__ import main
from tomsapp.domain.contract import Contract, ContractStatus
from tomsapp.exchange.workbook_offer import read_offer_workbook
from tomsapp.services import contracts, table_import, template
from tomsapp.services.offers import value_offer_file
from tomsapp.services.table_import import LineGroup

MADE = datetime(2026, 4, 1, tzinfo=UTC)
NOT_OFFERED = {
    name: getattr(Contract("", Decimal(0), MADE.date(), MADE.date()), name)
    for name in (
        *("supplier_contact", "supplier_contact_email", "supplier_contact_phone"),
        *("extensions_taken", "extensions_left", "latest_end_on", "contract_manager"),
    )
}
"""What the council records of a contract that is signed, and no workbook asks of a bidder."""


@pytest.fixture(scope="module")
def council(tmp_path_factory, examples):
    workspace = open_as(examples.copy(tmp_path_factory.mktemp("example")), "Ann")
    yield workspace
    workspace.close()


def plain(commitments):
    """The commitments in an order of their own; whether a year is empty or not there makes no difference."""
    kept = (
        replace(one, key="", quantities=tuple(one.quantities) if any(one.quantities) else (), statement=one.statement)
        for one in commitments
    )
    return sorted(kept, key=repr)


def loader_of(edition):
    return lambda _menu, _edition: edition


def test_every_contract_of_the_example_comes_back_equal(council, tmp_path, capsys):
    rated = 0
    for row in contracts.list_contracts(council):
        page = contracts.open_contract(council, row.id)
        commitments = [line.record for line in page.commitments]
        codes = [commitment.measure for commitment in commitments]
        path = template.make_template(council, row.id, codes, tmp_path / "made", MADE, with_commitments=True)
        target = table_import.commitments_target(council, row.id)
        view = table_import.look(
            council, target, table_import.begin(council, target, table_import.open_table_file(path))
        )
        assert {line.group for line in view.lines} <= {LineGroup.SAME}, page.contract.reference
        assert (view.to_decide, view.left_out, view.figures.to_change) == ((), (), 0), page.contract.reference
        if view.lines and not page.checked.has_errors:
            # The workbook's own total, recalculated by nobody here, is the program's.
            assert view.figures.own_total[0].offered == view.figures.headline, page.contract.reference
        offer = read_offer_workbook(path.read_bytes(), "made.xlsx", loader_of(page.edition)).offer
        assert plain(offer.commitments) == plain(commitments)
        assert offer.contract == replace(page.contract, status=ContractStatus.DRAFT, **NOT_OFFERED)
        rated += sum(commitment.rate is not None for commitment in commitments)
    assert rated >= 5
    valued = value_offer_file(shipped(), path)
    assert valued.own_total.startswith("The file’s own total is")
    assert main(["value", str(path)]) in {0, 1}
    assert valued.own_total in capsys.readouterr().out
