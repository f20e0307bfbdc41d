"""The parts of the tab Delivery: one is shown, each is told when it is, and what belongs to it stands beside it."""

import pytest
from PySide6.QtWidgets import QLabel

from tomsapp.gui.delivery import delivery_tab
from tomsapp.gui.delivery.section import DeliverySection, SectionEntry
from tomsapp.gui.delivery.sections import SECTIONS


class Ledger(DeliverySection):
    """A further part, as somebody adds one."""

    def __init__(self, _session):
        super().__init__()
        self.told, self.stepped = [], []
        self.side = QLabel("A panel", self)

    def show_delivery(self, shown):
        self.told.append(shown and shown.opened.contract.reference)

    @property
    def panel(self):
        return self.side

    def step(self, by):
        self.stepped.append(by)
        return True


@pytest.fixture
def further(monkeypatch):
    monkeypatch.setattr(delivery_tab, "SECTIONS", (SECTIONS[0], SectionEntry("ledger", "Ledger", Ledger)))


def test_a_further_part_is_told_what_was_read_when_it_is_shown_and_then_whenever_it_changes(desk, further):
    d = desk().open()
    d.delivery.show_section("ledger")
    ledger = d.delivery.current
    assert ledger.told == [d.opened.contract.reference]
    assert d.page._panels.currentWidget() is ledger.side
    assert not d.delivery.years.isVisible(), "it shows no contract year"
    d.enter(d.claim("V04"))
    d.page.refresh(None)
    assert len(ledger.told) == 2
    assert d.delivery.step(1)
    assert ledger.stepped == [1]


def test_keys_go_from_part_to_part_wherever_the_keyboard_is(desk, further):
    d = desk().open()
    d.table.setFocus()
    turn = next(action for action in d.page.actions() if action.shortcut().toString() == "Ctrl+PgDown")
    back = next(action for action in d.page.actions() if action.shortcut().toString() == "Ctrl+PgUp")
    turn.trigger()
    assert d.delivery.parts.current == "ledger"
    turn.trigger()
    assert d.delivery.parts.current == "quarters", "from the last on to the first"
    assert d.page.focusWidget() is d.table
    back.trigger()
    assert d.delivery.parts.current == "ledger"
    assert d.delivery.section("ledger").told[-1] == d.opened.contract.reference


def test_a_part_is_let_go_with_its_contract(desk, further):
    d = desk().open()
    d.delivery.show_section("ledger")
    d.delivery._say_empty("No", "Nothing")
    assert d.delivery.current.told[-1] is None
