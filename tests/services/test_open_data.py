"""Open data tells of the signed contracts of a database what the program shows of them."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.exchange.ocds_check import schema_errors
from tests.services.council import HOSTILE, bridge_works, opened, promise, reopen, roads, seal, sign
from tests.services.deliveries import UNTIL, begin_signed, delivered
from tests.services.random_deliveries import PROMISED, RETURNED, random_council
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.delivery.ledger import HandedOver
from tomsapp.domain.open_data import Publication
from tomsapp.domain.seal import ActKind
from tomsapp.services import commitments, contracts, suppliers
from tomsapp.services.failures import StoreError
from tomsapp.services.money import add_money
from tomsapp.services.open_data import make_open_data, publication_file, publication_of, save_open_data
from tomsapp.services.workspace import Workspace

D = Decimal
AT = datetime(2026, 10, 5, 12, tzinfo=UTC)
PUBLISHER = Publication(UNTIL, "Larkmere Council", prefix="ocds-x1y2z3", licence="https://example.org/licence")


def made(workspace: Workspace, **choices: Any) -> Any:
    data = make_open_data(workspace, PUBLISHER, AT, **choices).data
    assert schema_errors(data) == []
    return json.loads(data, parse_float=Decimal, parse_int=Decimal)


def amounts(metrics: list[Any], name: str) -> dict[str, Decimal]:
    (metric,) = (each for each in metrics if each["id"] == name)
    return {each["id"].removeprefix(f"{name}-"): each["value"]["amount"] for each in metric["observations"]}


def check_totals(workspace: Workspace, package: Any) -> int:
    """Hold every total of a file against the figures that the window shows; gives how many contracts there are."""
    for release in package["releases"]:
        (contract,) = release["contracts"]
        page = delivered(workspace, contracts.find_contract(workspace, contract["id"]))
        valuation = opened(workspace, page.stored.id).checked.valuation
        assert amounts(contract["agreedMetrics"], "social-value")["promised"] == valuation.social_value
        assert amounts(contract["agreedMetrics"], "real-pounds")["promised"] == valuation.real_pounds
        metrics, pounds = contract["implementation"]["metrics"], page.delivered.pounds
        shown = amounts(metrics, "social-value")
        assert (shown["due"], shown["claimed"], shown["evidenced"], shown["accepted"], shown["final"]) == (
            pounds.due,
            pounds.claimed,
            pounds.evidenced,
            pounds.accepted,
            pounds.final,
        )
        assert shown.get("surplus", D(0)) == pounds.surplus
        assert amounts(metrics, "real-pounds")["accepted"] == page.delivered.real_accepted
        for number, line in enumerate(page.delivered.lines, start=1):
            by_line = amounts(metrics, f"{number}-social-value") if line.measure.is_valued else {}
            of_years = sum(amount for name, amount in by_line.items() if name.endswith("-accepted"))
            assert of_years == line.pounds.accepted
    return len(package["releases"])


def test_all_signed_and_closed_contracts_are_told_and_no_other(ann):
    first = begin_signed(ann)
    begin_one(ann, "C2")
    sign(ann, begin_one(ann, "C3").id)
    closed = begin_one(ann, "C4")
    sign(ann, closed.id)
    seal(ann, closed.id, ActKind.CLOSE, date(2026, 9, 1))
    package = made(ann)
    assert [release["contracts"][0]["id"] for release in package["releases"]] == ["C1", "C3", "C4"]
    assert check_totals(ann, package) == 3
    assert [each["contracts"][0]["id"] for each in made(ann, wanted=[first.id, 999])["releases"]] == ["C1"]
    assert opened(ann, closed.id).contract.status is ContractStatus.CLOSED


def begin_one(workspace: Workspace, reference: str, *lines: Any) -> Any:
    """A contract with the supplier of the first."""
    with workspace.look() as uow:
        supplier = uow.lists.suppliers()[0].id
    contract = contracts.add_contract(workspace, roads(reference=reference), supplier).result
    commitments.add_commitments(workspace, contract.id, lines or (promise("V04", "40", "40"),), "Add the offer")
    return contract


def test_money_that_was_handed_over_is_told_to_the_day(ann):
    contract = begin_signed(ann)
    for day, amount in ((date(2026, 7, 10), "30.50"), (date(2026, 9, 30), "9.50"), (date(2026, 10, 1), "5")):
        entry = HandedOver(day, "Bridge Works", D(amount), "Food bank")
        add_money(ann, delivered(ann, contract), entry, date(2026, 10, 2))
    metrics = made(ann)["releases"][0]["contracts"][0]["implementation"]["metrics"]
    assert amounts(metrics, "handed-over") == {"received": D("40.00")}


def test_nothing_is_written_for_a_publisher_who_must_be_put_right_or_without_contracts(ann):
    with pytest.raises(StoreError, match="No contract that can be told of is signed"):
        make_open_data(ann, PUBLISHER, AT)
    with pytest.raises(StoreError, match="no OCID prefix"):
        make_open_data(ann, replace(PUBLISHER, prefix="x"), AT)


def test_a_contract_that_was_reopened_is_not_told(ann):
    contract = begin_signed(ann)
    reopen(ann, contract.id)
    with pytest.raises(StoreError, match="Sign a contract first"):
        make_open_data(ann, PUBLISHER, AT)


def test_what_is_to_be_done_before_publishing_is_told_beside_the_file(ann):
    begin_signed(ann)
    told = make_open_data(ann, publication_of(ann, UNTIL), AT)
    assert [problem.code for problem in told.problems] == ["prefix-needed", "licence-needed"]
    assert told.contracts == 1
    assert "not to be published yet" in publication_file(publication_of(ann, UNTIL))
    assert publication_file(PUBLISHER) == "Social value open data.json"


def test_no_prefix_is_asked_for_where_every_contract_has_a_notice(ann):
    begin_signed(ann, ocid="ocds-h6vhtk-04ab12")
    told = make_open_data(ann, publication_of(ann, UNTIL), AT)
    assert [problem.code for problem in told.problems] == ["licence-needed"]
    assert json.loads(told.data)["releases"][0]["ocid"] == "ocds-h6vhtk-04ab12"


def test_the_file_is_written_under_a_name_that_ends_as_it_should(ann, tmp_path):
    begin_signed(ann)
    told = make_open_data(ann, PUBLISHER, AT)
    assert save_open_data(told, tmp_path / "a") == tmp_path / "a.json"
    assert (tmp_path / "a.json").read_bytes() == told.data


def test_a_contract_whose_menu_is_missing_is_left_out_and_named(ann, monkeypatch):
    begin_signed(ann)
    begin_other = begin_one(ann, "C2")
    sign(ann, begin_other.id)
    from tomsapp.domain.errors import MenuError

    whole = ann.edition
    asked: list[str] = []

    def edition(menu: str, name: str) -> Any:
        asked.append(name)
        if len(asked) == 1:
            raise MenuError("The edition is not here", "Install it")
        return whole(menu, name)

    monkeypatch.setattr(ann, "edition", edition)
    told = make_open_data(ann, PUBLISHER, AT)
    assert [problem.message for problem in told.problems] == ["C1 is left out: The edition is not here"]
    assert told.contracts == 1


def test_the_file_of_a_made_up_council_says_that_it_is_one(ann):
    begin_signed(ann)
    with ann.work("Say that it is an example") as uow:
        stored = uow.settings.now()
        uow.settings.save(stored.version, replace(stored.record, is_example=True))
        uow.commit()
    assert made(ann)["publisher"]["name"] == "Larkmere Council (example council, not real)"


def test_hostile_texts_stay_data(ann):
    for number, text in enumerate(HOSTILE):
        name = " ".join(text.split())
        supplier = suppliers.add_supplier(ann, replace(bridge_works(name), registration=f"{number}")).result
        contract = contracts.add_contract(ann, roads(reference=f"{name}{number}", title=name), supplier.id).result
        commitments.add_commitments(ann, contract.id, (promise("V04", "1", "1", statement=text),), "Add")
        sign(ann, contract.id)
    package = made(ann)
    titles = {release["contracts"][0]["title"] for release in package["releases"]}
    assert titles == {" ".join(text.split()) for text in HOSTILE}
    assert len({release["ocid"] for release in package["releases"]}) == len(HOSTILE)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(promised=PROMISED, returned=RETURNED)
def test_the_totals_of_the_file_are_those_of_the_program(council_template, tmp_path_factory, promised, returned):
    with random_council(council_template, tmp_path_factory.mktemp("random"), promised, returned) as workspace:
        assert check_totals(workspace, made(workspace)) == 1
