"""What is shown while somebody types equals what a whole valuation says."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tomsapp.bootstrap import menu_catalogue
from tomsapp.domain import valuation
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import Contract
from tomsapp.domain.offer import Offer, value_offer
from tomsapp.services import commitments, contracts, databases, live_valuation


@pytest.fixture
def opened(tmp_path):
    workspace = databases.make_database(tmp_path / "live.db", menu_catalogue(), "A. Okafor")
    facts = Contract(
        "C1", Decimal(2_500_000), date(2026, 4, 1), date(2028, 3, 31), title="A", menu="barnet-open", edition="2026.2"
    )
    number = contracts.add_contract(workspace, facts, None).result.id
    lines = [
        Commitment("", "J11", (Decimal("12.5"), Decimal("12.5")), statement="How"),
        Commitment("", "J01", (Decimal(1), None), statement="How"),
        Commitment("", "V01", (Decimal(10_000), None), statement="How"),
    ]
    commitments.add_commitments(workspace, number, lines, "Add")
    yield contracts.open_contract(workspace, number)
    workspace.close()


def changed(opened, place, **facts):
    lines = list(opened.checked.offer.commitments)
    lines[place] = replace(lines[place], **facts)
    return lines


def from_scratch(opened, lines):
    return value_offer(Offer(opened.contract, tuple(lines), opened.answers), opened.edition, opened.surroundings)


@pytest.mark.parametrize(
    "facts",
    [
        {"quantities": (Decimal(3), Decimal(4))},
        {"contract_share": Decimal("0.25")},
        {"measure": "X99"},
        {"quantities": (None, None)},
    ],
)
def test_figures_and_policy_checks_equal_a_whole_valuation(opened, facts):
    lines = changed(opened, 1, **facts)
    at_once, whole = live_valuation.revalue(opened, opened.checked, lines), from_scratch(opened, lines)
    assert at_once.valuation == whole.valuation
    assert at_once.policy_checks == whole.policy_checks
    assert at_once.offer == whole.offer
    assert live_valuation.check_again(opened, at_once) == whole


def test_only_a_line_that_differs_is_valued(opened, monkeypatch):
    valued, value = [], live_valuation.value_commitment
    for module in (live_valuation, valuation):
        monkeypatch.setattr(module, "value_commitment", lambda line, *rest: valued.append(line) or value(line, *rest))
    lines = changed(opened, 1, quantities=(Decimal(3), Decimal(4)))
    live_valuation.check_again(opened, live_valuation.revalue(opened, opened.checked, lines))
    assert valued == [lines[1]]


def test_a_contract_without_years_is_told_again(opened):
    backwards = replace(opened.contract, end_on=date(2020, 1, 1))
    opened = replace(opened, stored=replace(opened.stored, record=backwards))
    shown = from_scratch(opened, opened.checked.offer.commitments)
    assert [problem.code for problem in live_valuation.check_again(opened, shown).problems] == ["contract-dates"]


def test_the_changed_line_is_checked_at_once(opened):
    lines = changed(opened, 1, contract_share=Decimal(2))
    found = live_valuation.revalue(opened, opened.checked, lines)
    assert "share-out-of-range" in {problem.code for problem in found.problems}
    assert found.inadmissible == {lines[1].key}
    assert found.admissible.social_value < found.valuation.social_value


def test_problems_of_a_line_that_is_gone_are_gone(opened):
    repeated = changed(opened, 1, quantities=(Decimal(1), Decimal(1)))
    shown = from_scratch(opened, repeated)
    left = live_valuation.revalue(opened, shown, [repeated[0], repeated[2]])
    assert "repeated-people" not in {problem.code for problem in left.problems}
    assert left.valuation.social_value == Decimal("111887.50")
