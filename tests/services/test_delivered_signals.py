"""What the manager should look at is found where it is, and nothing is said of what is in order."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.services.council import promise, roads
from tests.services.deliveries import begin_signed
from tests.services.test_without_commitments import rule_by
from tomsapp.dashboards.selection import Filters
from tomsapp.domain.delivered_portfolio import Signal
from tomsapp.domain.portfolio import Grouping
from tomsapp.services import contracts
from tomsapp.services.delivered_signals import delivered_signals, place_in_menu
from tomsapp.services.overview_delivered import load_delivered

pytestmark = pytest.mark.parametrize("server", ["sqlite"])
UNTIL, TODAY = date(2026, 12, 31), date(2027, 3, 1)


def signals(workspace, filters=None, today=TODAY):
    delivered = load_delivered(workspace, UNTIL)
    return {each.signal: each for each in delivered_signals(workspace, delivered, filters or Filters(), today)}


@pytest.fixture
def silent(ann):
    """A signed contract of which nothing was ever returned, and one of a register that promises nothing."""
    made = begin_signed(ann, promise("V01", "8", "8"), reference="Silent")
    contracts.add_contract(ann, roads(reference="Bare", value=Decimal(9_000_000)), made.supplier.id)
    return made


def test_late_returns_are_told_the_oldest_first(ann, silent):
    late = signals(ann)[Signal.OVERDUE]
    assert late.number >= 2
    assert late.words == f"{late.number} returns are late"
    assert late.detail.startswith("Oldest: ")
    assert [each.reference for each in late.contracts] == ["Silent"]
    assert Signal.OVERDUE not in signals(ann, today=date(2026, 4, 2))


def test_a_measure_that_was_due_and_of_which_nothing_came_was_never_delivered(ann, silent):
    assert [code for code, _ in signals(ann)[Signal.NEVER_DELIVERED].measures] == ["V01"]


def test_every_measure_of_the_menu_was_chosen_or_is_told(ann, silent):
    told = signals(ann)[Signal.NEVER_CHOSEN]
    codes = {code for code, _ in told.measures}
    assert "V01" not in codes
    assert told.number == len(codes) > 0


def test_contracts_over_the_threshold_that_promise_nothing_are_told(ann, silent):
    told = signals(ann)[Signal.WITHOUT_COMMITMENTS]
    assert (told.number, [each.reference for each in told.contracts]) == (1, ["Bare"])
    assert told.contracts[0].reasons[0].startswith("£9,000,000.00, ")
    # A filter of commitments lets none of them pass, one of the contract does.
    assert Signal.WITHOUT_COMMITMENTS not in signals(ann, Filters(keys={Grouping.THEME: frozenset({"1"})}))
    supplier = Filters(keys={Grouping.SUPPLIER: frozenset({str(silent.supplier.id)})})
    assert Signal.WITHOUT_COMMITMENTS in signals(ann, supplier)


def test_without_rules_nothing_is_asked(ann, silent, monkeypatch):
    rule_by(monkeypatch, ann, replace(ann.policy, rules=()))
    assert Signal.WITHOUT_COMMITMENTS not in signals(ann)


def test_a_measure_is_found_in_the_menu_in_force(ann, silent):
    menu, edition, code = place_in_menu(ann, "V01", TODAY)
    assert (menu, code) == (ann.settings.default_menu, "V01")
    assert ann.edition(menu, edition).find_measure(code) is not None
    assert place_in_menu(ann, "ZZ99", TODAY) is None
    assert place_in_menu(ann, "V01", date(1900, 1, 1)) is None
