"""Contracts as open data are valid, exact, the same each time, and tell of no person."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from tests.exchange.ocds_check import schema_errors
from tests.reports.deliveries import PLAIN, SIGNED, UNTIL, paper
from tests.reports.valuations import EDITION, commitment
from tomsapp.domain.contract import Contract, ContractStatus
from tomsapp.domain.delivery.figures import State
from tomsapp.domain.delivery.rating import Rating
from tomsapp.domain.open_data import OPEN_GOVERNMENT_LICENCE, OpenContract, Publication
from tomsapp.domain.supplier import Supplier, SupplierKind
from tomsapp.exchange.ocds.exact_json import write_exact
from tomsapp.exchange.ocds.metrics import CLASSES
from tomsapp.exchange.ocds.moments import day_begins, day_ends, moment_text
from tomsapp.exchange.ocds.package import write_package
from tomsapp.exchange.ocds.parties import buyer, supplier_party

D = Decimal
AT = datetime(2027, 10, 18, 9, 30, tzinfo=UTC)
PUBLISHER = Publication(
    UNTIL,
    "Larkmere Council",
    "GB-LAC",
    "X00",
    "https://larkmere.example",
    OPEN_GOVERNMENT_LICENCE,
    "https://larkmere.example/open-data",
    "ocds-x1y2z3",
    "https://larkmere.example/social-value.json",
)
BARE = Publication(UNTIL, "Larkmere Council")
SUPPLIER = Supplier("Bridge Works Ltd", SupplierKind.VCFSE, "01234567", True, "Jo Bloggs", "jo@example.org", "Owes us")
STRANGE = 'Ltd "&" <b> \u202e\x07\\ 日本 ' + "\U0001f33b"


def told(supplier: Supplier | None = SUPPLIER, varied_on: tuple[date, ...] = (), **changes: Any) -> OpenContract:
    made = paper(**changes)
    return OpenContract(made.delivered, made.as_varied, supplier, date(2026, 3, 20), varied_on, made.handed_over)


def plain(contract: Contract = SIGNED, *lines: Any, **changes: Any) -> OpenContract:
    wanted = {"lines": lines} if lines else {}
    return told(**{"claims": (), "agreed": (), "contract": contract, **PLAIN, **wanted, **changes})


def with_facts(contract: OpenContract, **facts: Any) -> OpenContract:
    """A contract as the register has it: papers leave such facts out before they are told of."""
    delivered = contract.delivered
    return replace(contract, delivered=replace(delivered, contract=replace(delivered.contract, **facts)))


def package(*contracts: OpenContract, publisher: Publication = PUBLISHER) -> Any:
    data = write_package(publisher, contracts, AT)
    assert schema_errors(data) == []
    return json.loads(data, parse_float=Decimal, parse_int=Decimal)


def contract_of(made: Any) -> Any:
    return made["releases"][0]["contracts"][0]


def observations(metrics: list[Any], name: str) -> dict[str, Any]:
    (metric,) = (each for each in metrics if each["id"] == name)
    return {each["id"].removeprefix(f"{name}-"): each for each in metric["observations"]}


def test_the_whole_example_is_valid_by_schema_and_codelists():
    made = package(told(varied_on=(date(2027, 4, 1),)))
    assert made["version"] == "1.1"
    assert made["publisher"] == {
        "name": "Larkmere Council",
        "scheme": "GB-LAC",
        "uid": "X00",
        "uri": "https://larkmere.example",
    }
    (release,) = made["releases"]
    assert release["tag"] == ["award", "contract", "implementation"]
    assert release["ocid"].startswith("ocds-x1y2z3-")
    assert [(party["name"], party["roles"]) for party in release["parties"]] == [
        ("Larkmere Council", ["buyer", "procuringEntity"]),
        ("Bridge Works Ltd", ["supplier"]),
    ]
    amendment = {"id": "1", "date": "2027-04-01T00:00:00+01:00", "description": "Variation 1"}
    assert contract_of(made)["amendments"] == [amendment]


def test_the_public_checker_finds_nothing():
    from tests.exchange.ocds_checker import checker_findings

    many = [told(varied_on=(date(2027, 4, 1),)), plain(replace(SIGNED, reference="C-2")), plain(until=date(2026, 4, 2))]
    assert checker_findings(write_package(PUBLISHER, many, AT)) == {}
    assert checker_findings(write_package(BARE, [plain(supplier=None)], AT)) == {}


def test_both_checks_find_what_is_wrong():
    from tests.exchange.ocds_checker import checker_findings

    wrong = json.loads(write_package(PUBLISHER, [told()], AT))
    contract_of(wrong)["status"] = "gone"
    contract_of(wrong)["surprise"] = 1
    data = json.dumps(wrong).encode()
    assert len(schema_errors(data)) == 3
    assert set(checker_findings(data)) == {"additional_fields", "closed_codes"}


def test_net_and_gross_value_stand_side_by_side():
    value = contract_of(package(told()))["value"]
    assert value == {"amount": SIGNED.value, "amountGross": D("5040000.00"), "currency": "GBP"}
    assert "amountGross" not in contract_of(package(plain(replace(SIGNED, value_with_vat=None))))["value"]


def test_every_promise_stands_with_a_quantity_and_its_pounds_for_each_year():
    contract = told()
    agreed = contract_of(package(contract))["agreedMetrics"]
    for number, line in enumerate(contract.delivered.lines, start=1):
        seen = observations(agreed, str(number))
        assert [each["measure"] for each in seen.values()] == list(line.promised_by_year)
        assert {each["unit"]["name"] for each in seen.values()} == {line.measure.unit.many}
        if line.measure.is_valued:
            worth = observations(agreed, f"{number}-social-value")
            assert sum(each["value"]["amount"] for each in worth.values()) == line.promised_pounds
        else:
            assert f"{number}-social-value" not in {each["id"] for each in agreed}
    whole = observations(agreed, "social-value")["promised"]
    assert whole["value"] == {"amount": contract.valuation.social_value, "currency": "GBP"}
    real = observations(agreed, "real-pounds")["promised"]["value"]["amount"]
    assert real == contract.valuation.real_pounds


def test_what_was_delivered_stands_by_year_and_state_with_its_rating():
    contract = told()
    found = contract_of(package(contract))["implementation"]["metrics"]
    words = set()
    for number, line in enumerate(contract.delivered.lines, start=1):
        seen = observations(found, str(number))
        for state in State:
            by_year = [seen[f"year-{year}-{state.value}"]["measure"] for year in (1, 2)]
            assert by_year == list(line.units_by_year(state))[:2]
        rating = seen["rating"]
        words.add(line.rated.rating)
        assert rating["measureClassification"] == {
            "id": CLASSES[line.rated.rating],
            "description": line.rated.rating.words,
        }
        assert rating["notes"].startswith(line.rated.sum_words)
        assert ("measure" in rating) == (line.rated.share is not None)
    assert len(words) > 2
    totals = observations(found, "social-value")
    pounds = contract.delivered.pounds
    assert totals["accepted"]["value"]["amount"] == pounds.accepted
    assert totals["final"]["value"]["amount"] == pounds.final
    assert totals["due"]["value"]["amount"] == pounds.due
    assert observations(found, "handed-over")["received"]["value"]["amount"] == contract.handed_over


def test_the_classes_are_those_of_the_extension():
    from tests.exchange.ocds_check import load

    said = load("uk", "release-schema.json")["definitions"]["Observation"]["properties"]["measureClassification"]
    assert set(CLASSES) == set(Rating)
    assert all(code in said["description"] for code in CLASSES.values())


def test_surplus_and_provisional_stand_apart():
    contract = told()
    surplus = [number for number, line in enumerate(contract.delivered.lines, start=1) if line.units.surplus]
    found = contract_of(package(contract))["implementation"]["metrics"]
    assert surplus
    for number in surplus:
        line = contract.delivered.lines[number - 1]
        assert observations(found, str(number))["surplus"]["measure"] == line.units.surplus
    assert any("provisional" in each["notes"] for each in (observations(found, str(n))["rating"] for n in range(1, 9)))


def test_a_contract_of_which_no_quarter_has_ended_has_nothing_delivered():
    made = package(plain(until=SIGNED.start_on))
    assert "implementation" not in contract_of(made)
    assert made["releases"][0]["tag"] == ["award", "contract"]


def test_a_closed_contract_is_terminated_and_one_without_facts_says_less():
    contract = with_facts(plain(supplier=None), status=ContractStatus.CLOSED, latest_end_on=date(2031, 3, 31))
    made = package(replace(contract, signed_on=None), publisher=BARE)
    of_contract, (release,) = contract_of(made), made["releases"]
    assert of_contract["status"] == "terminated"
    assert of_contract["period"]["maxExtentDate"] == "2031-03-31T23:59:59+01:00"
    assert "dateSigned" not in of_contract
    assert [party["id"] for party in release["parties"]] == ["buyer"]
    assert "suppliers" not in release["awards"][0]
    assert not {"license", "publicationPolicy"} & set(made)


def test_without_a_registered_prefix_no_prefix_is_made_up():
    made = package(plain(replace(SIGNED, reference="C 1/2")), publisher=BARE)
    assert made["releases"][0]["ocid"] == "C%201%2F2"
    assert made["uri"].startswith("urn:uuid:")


@pytest.mark.parametrize(("known_by", "own"), [("ocds-h6vhtk-04ab12", ""), ("ocds-h6vhtk-04ab12/2", "2")])
def test_a_contract_with_a_notice_has_the_name_of_the_notice(known_by: str, own: str):
    made = package(with_facts(plain(), ocid=known_by))
    (release,) = made["releases"]
    assert release["ocid"] == "ocds-h6vhtk-04ab12"
    assert "tender" not in release
    assert contract_of(made)["id"] == contract_of(made)["awardID"] == (own or SIGNED.reference)


def test_the_same_contracts_give_the_same_bytes_and_others_another_id():
    first, again = (write_package(BARE, [told()], AT) for _ in range(2))
    assert first == again
    other = write_package(BARE, [replace(told(), handed_over=D("1.00"))], AT)
    ids = [json.loads(data)["releases"][0]["id"] for data in (first, other)]
    assert ids[0] != ids[1]
    assert json.loads(first)["uri"] != json.loads(other)["uri"]


def test_nothing_about_a_person_and_no_free_text_goes_out():
    facts = {
        "contract_manager": "Perpetua Manager",
        "supplier_contact": "Clement Contact",
        "supplier_contact_email": "clement@example.org",
        "supplier_contact_phone": "020 7946 0000",
        "notes": "Noted in confidence",
        "directorate": "Directorate of Secrets",
    }
    lines = (commitment("1", "V04", 10, statement="Sally Statement will do it"),)
    data = write_package(PUBLISHER, [told(), with_facts(plain(SIGNED, *lines), **facts)], AT).decode()
    secrets = (*facts.values(), "Sally", "Jo Bloggs", "jo@example.org", "Owes us", "P. Lindqvist", "A. Okafor")
    assert [secret for secret in secrets if secret in data] == []


def test_strange_names_stay_data_and_huge_numbers_keep_every_digit():
    huge = D("123456789012345678901234567.89")
    contract = replace(SIGNED, title=STRANGE, reference=STRANGE[:20], value=huge, value_with_vat=None)
    line = commitment("1", "V01", D("98765432109876543210.01"))
    data = write_package(
        replace(PUBLISHER, name=STRANGE), [plain(contract, line, supplier=Supplier(STRANGE, registration=STRANGE))], AT
    )
    assert schema_errors(data) == []
    assert b'"amount": 123456789012345678901234567.89' in data
    assert b'"measure": 98765432109876543210.01' in data
    made = json.loads(data)
    assert "‹U+202E›" in contract_of(made)["title"]
    assert "\x07" not in contract_of(made)["title"]


def test_a_shared_line_says_its_share():
    contract = plain(SIGNED, commitment("1", "V04", 10, contract_share=D("0.25")))
    (metric,) = (each for each in contract_of(package(contract))["agreedMetrics"] if each["id"] == "1")
    assert metric["description"].endswith("This contract’s share of it is 25%; quantities are the whole.")


@pytest.mark.parametrize(
    ("number", "party"),
    [
        ("01234567", "GB-COH-01234567"),
        ("ni 012345", "GB-COH-NI012345"),
        ("SC012345", "supplier-C1"),
        ("1123456", "supplier-C1"),
        ("", "supplier-C1"),
    ],
)
def test_only_a_number_that_can_be_nothing_else_is_told_as_that_of_a_company(number: str, party: str):
    made = supplier_party(Supplier("A", registration=number), "C1")
    assert made["id"] == party
    assert ("identifier" in made) == bool(number)


def test_a_council_without_an_identifier_is_told_by_its_name():
    assert buyer(BARE) == {"id": "buyer", "name": "Larkmere Council", "roles": ["buyer", "procuringEntity"]}


@pytest.mark.parametrize(
    ("day", "begins", "ends"),
    [
        (date(2026, 3, 28), "Z", "Z"),
        (date(2026, 3, 29), "Z", "+01:00"),
        (date(2026, 3, 30), "+01:00", "+01:00"),
        (date(2026, 10, 25), "+01:00", "Z"),
        (date(2026, 10, 26), "Z", "Z"),
    ],
)
def test_days_begin_and_end_by_the_clock_in_the_united_kingdom(day: date, begins: str, ends: str):
    assert day_begins(day) == f"{day}T00:00:00{begins}"
    assert day_ends(day) == f"{day}T23:59:59{ends}"


def test_every_day_is_as_the_table_of_time_zones_has_it():
    zoneinfo = pytest.importorskip("zoneinfo")
    london = zoneinfo.ZoneInfo("Europe/London")
    day = date(1996, 1, 1)
    while day < date(2037, 1, 1):
        for told_as in (day_begins(day), day_ends(day)):
            moment = datetime.fromisoformat(told_as)
            assert moment.utcoffset() == moment.replace(tzinfo=london).utcoffset()
        day += timedelta(days=1)


def test_a_moment_is_told_in_utc():
    assert moment_text(datetime(2026, 7, 1, 0, 30, tzinfo=timezone(timedelta(hours=1)))) == "2026-06-30T23:30:00Z"


def test_exact_json_holds_every_plain_value_and_nothing_else():
    values = {"a": [], "b": {}, "c": None, "d": True, "e": 3, "f": D("1E+3"), "g": [[D("0.10")], "x"]}
    assert json.loads(write_exact(values)) == {**values, "f": 1000, "g": [[0.1], "x"]}
    with pytest.raises(TypeError, match="float is nothing that JSON holds exactly"):
        write_exact({"a": 0.1})


def test_edition_is_named_beside_proxy_pounds():
    (metric,) = (each for each in contract_of(package(told()))["agreedMetrics"] if each["id"] == "social-value")
    assert f"the menu edition {EDITION.edition}" in metric["description"]
