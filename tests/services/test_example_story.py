"""The story of the example holds on every day on which it may be made, and shows what the program can find."""

import json
import re
import tomllib
from datetime import date

import pytest

from tests.services.council import open_as, sealed_documents, shipped
from tomsapp.config import paths
from tomsapp.domain.checks.findings import FINDINGS
from tomsapp.domain.commitment import OUTSIDE_AREA, RateBasis
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.policy import PolicyResult
from tomsapp.domain.problems import Severity
from tomsapp.services import contracts
from tomsapp.services.example import EARLY_REASON, example_offers

SHORT = "signed-short"
"""Why a contract was signed short of a rule: no answer to a warning, but said in the act."""
LEAP_DAY = date(2028, 2, 29)
DAYS = [
    date(2026, 11, 29),
    date(2026, 12, 31),
    date(2027, 1, 1),
    date(2027, 3, 31),
    date(2027, 4, 1),
    LEAP_DAY,
    date(2031, 12, 31),
]
SIGNED_ON_A_DRAFT = {"L-2025-007": "edition-not-in-force"}
"""The one that was signed and began before its menu was published, and the warning whose answer says why."""

OF_TYPING = "the page and the forms tell it where it is typed: a paper that kept it would be laughed at"
OF_TENDERS = "the example has no tender and no other bids"
NOT_SHOWN = {
    **dict.fromkeys(
        (
            "contract-dates",
            "contract-value-negative",
            "no-commitments",
            "unknown-measure",
            "quantity-missing",
            "quantity-negative",
            "quantity-not-whole",
            "quantity-too-precise",
            "quantity-too-large",
            "year-outside-contract",
            "quantity-not-counted",
            "share-out-of-range",
            "share-too-precise",
            "rate-without-framework",
            "rate-out-of-range",
            "spend-negative",
            "unknown-ward",
        ),
        OF_TYPING,
    ),
    **dict.fromkeys(("too-many-measures", "mandatory-theme-missing", "above-other-bids"), OF_TENDERS),
    "no-value-for-year": "the carbon values go to 2050, and no contract does",
    "edition-withdrawn": "it is asked of drafts only, and no new contract takes a withdrawn edition",
    "edition-published-later": "it is asked of drafts only, and no draft here starts before its menu was published",
    "end-on-anniversary": "it is asked of drafts only, and no draft here ends on the day on which it began",
    "year-promise-in-short-year": "the contracts of the example run for whole years, or half ones",
    "claimed-twice": "an answer makes it, that people are the same: a contract with it cannot be signed",
    "costs-more-than-money": "it is asked only where the wages alone can be paid: those of L-2026-010 cannot",
    "above-real-cost": "it needs a promise worth 12 times its cost, and no menu here has one",
}
"""What the example does not show, each with the reason."""


def data(name):
    return tomllib.loads((paths.resources_dir() / "example" / name).read_text(encoding="utf-8"))


def made_on(examples, folder, today):
    return open_as(examples.copy(folder, today), "Ann")


def pages_of(workspace):
    return {row.reference: contracts.open_contract(workspace, row.id) for row in contracts.list_contracts(workspace)}


@pytest.fixture(scope="module")
def told(tmp_path_factory, examples):
    workspace = made_on(examples, tmp_path_factory.mktemp("told"), date(2026, 11, 30))
    yield pages_of(workspace)
    workspace.close()


@pytest.fixture(scope="module")
def told_later(tmp_path_factory, examples):
    """The example as it is made on a leap day, when contracts of the story have begun."""
    workspace = made_on(examples, tmp_path_factory.mktemp("later"), LEAP_DAY)
    yield workspace
    workspace.close()


@pytest.mark.parametrize("today", DAYS)
def test_no_draft_has_begun_on_the_day_of_making(today):
    drafts = [offer.contract for offer in example_offers(today) if offer.contract.status is ContractStatus.DRAFT]
    assert len(drafts) == 6
    assert [contract.reference for contract in drafts if contract.start_on <= today] == []


def test_contracts_are_signed_before_they_start(told_later):
    written = {values["reference"]: values.get("signed") for values in data("contracts.toml")["contract"]}
    for row in contracts.list_contracts(told_later):
        if row.status is ContractStatus.DRAFT:
            continue
        signed = date.fromisoformat(
            json.loads(sealed_documents(told_later, row.id)[0])["valuation"]["made"]["signed_on"]
        )
        assert signed == written[row.reference] <= LEAP_DAY
        assert signed < contracts.open_contract(told_later, row.id).contract.start_on


def test_a_contract_that_is_signed_before_the_day_after_its_menu_was_published_says_why(told):
    signed = {page.contract.reference: page for page in told.values() if page.seal is not None}
    assert len(signed) == 6
    early = {name for name, page in signed.items() if page.seal.done_on <= page.edition.published_on}
    assert early == set(SIGNED_ON_A_DRAFT)
    for name, code in SIGNED_ON_A_DRAFT.items():
        assert EARLY_REASON in signed[name].seal.reason
        (problem,) = [problem for problem in told[name].checked.problems if problem.code == code]
        assert "when this menu was a draft" in problem.answer.text


def test_contract_that_is_signed_short_of_a_rule_says_why(told):
    given = {name: table[SHORT] for name, table in data("answers.toml").items() if SHORT in table}
    short = {
        reference
        for reference, page in told.items()
        if page.seal is not None and any(check.result is PolicyResult.SHORT for check in page.checked.policy_checks)
    }
    assert short == set(given) == {"L-2026-003"}
    assert given["L-2026-003"] in told["L-2026-003"].seal.reason


def test_contract_that_is_signed_before_the_story_stands_says_how_it_had_its_menu(examples, tmp_path):
    workspace = made_on(examples, tmp_path, date(2026, 11, 29))
    signed = [page for page in pages_of(workspace).values() if page.seal is not None]
    early = {page.contract.reference for page in signed if page.seal.done_on <= page.edition.published_on}
    assert early == {page.contract.reference for page in signed if EARLY_REASON in page.seal.reason} != set()
    workspace.close()


@pytest.mark.parametrize("today", [date(2026, 11, 24), date(2026, 11, 29), LEAP_DAY])
def test_an_act_of_the_day_of_making_does_not_say_that_it_was_entered_later(examples, tmp_path, today):
    workspace = made_on(examples, tmp_path, today)
    signed = [page for page in pages_of(workspace).values() if page.seal is not None]
    assert signed
    same_day = {page.contract.reference for page in signed if page.seal.done_on == today}
    assert same_day == {page.contract.reference for page in signed if "on the same day" in page.seal.reason}
    later = {page.contract.reference for page in signed if "entered here afterwards" in page.seal.reason}
    assert later == {page.contract.reference for page in signed} - same_day
    workspace.close()


def test_draft_that_moves_on_keeps_its_length_and_its_day():
    written = {offer.contract.reference: offer.contract for offer in example_offers()}
    for offer in example_offers(LEAP_DAY):
        contract, before = offer.contract, written[offer.contract.reference]
        assert contract.length_in_years == before.length_in_years
        assert (contract.start_on.month, contract.start_on.day) == (before.start_on.month, before.start_on.day)


def test_spend_of_a_year_that_is_over_is_recorded(told, told_later):
    assert {spend.is_recorded for spend in told["L-2026-003"].contract.spend} == {False}
    page = pages_of(told_later)["L-2026-003"]
    assert [spend.is_recorded for spend in page.contract.spend] == [True, False, False]
    (line,) = [line for line in page.checked.valuation.lines if line.measure.code == "J02"]
    assert line.years[0].basis is RateBasis.RECORDED


def test_each_finding_occurs_or_there_is_a_reason_why_not(told):
    found = {problem.code for page in told.values() for problem in page.checked.problems}
    assert found | set(NOT_SHOWN) == set(FINDINGS)
    assert found & set(NOT_SHOWN) == set()


def test_what_is_wrong_on_purpose_is_marked_and_nothing_else_is(told):
    marked = {
        (contract["reference"], line["fault"])
        for contract in data("contracts.toml")["contract"]
        for line in contract["commitments"]
        if "fault" in line
    }
    found = {(reference, problem.code) for reference, page in told.items() for problem in page.checked.problems}
    assert marked <= found
    errors = {
        (reference, problem.code)
        for reference, page in told.items()
        for problem in page.checked.problems
        if problem.severity is Severity.ERROR
    }
    assert errors <= marked
    assert errors == {("L-2026-010", "never-add-together"), ("L-2026-011", "outside-area")}


def test_every_answer_is_given_to_a_warning(told):
    answers = data("answers.toml")
    # The variation of L-2025-007 promises more of some measures, so what was declared of them is asked again.
    given = {
        (name, answer.text)
        for reference, page in told.items()
        for problem in page.checked.problems
        for name in ("answers", reference)
        if (answer := problem.answer or problem.before) is not None
    }
    texts = {(name, text) for name, table in answers.items() for key, text in table.items() if key != SHORT}
    assert texts <= given


def test_places_are_wards_of_the_made_up_council(told):
    area = shipped().area("larkmere")
    places = {line.record.place for page in told.values() for line in page.commitments}
    assert all(area.knows(place) for place in places - {OUTSIDE_AREA})
    assert {ward.code for ward in area.wards} == places - {"", OUTSIDE_AREA}


def test_neighbourhoods_and_priorities_name_what_there_is_and_show_what_overlaps():
    plan = data("plan.toml")
    area, edition = shipped().area("larkmere"), shipped().load(plan["menu"], "2026.2")
    wards = [ward for each in plan["neighbourhood"] for ward in each["wards"]]
    codes = [code for each in plan["priority"] for code in each["measures"]]
    assert set(wards) < {ward.code for ward in area.wards}
    assert set(codes) < {measure.code for measure in edition.measures}
    assert len(wards) > len(set(wards))
    assert len(codes) > len(set(codes))
    assert plan["plan"].endswith("(example)")


def test_suppliers_are_named_after_places_that_do_not_exist():
    for supplier in data("suppliers.toml")["supplier"]:
        assert supplier["key"] in supplier["name"].lower()
        assert re.fullmatch(rf"[a-z.]+@{supplier['key']}\.example", supplier["contact_email"])
        assert supplier["registration"].startswith("EXAMPLE-")
