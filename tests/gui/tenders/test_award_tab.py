"""The tab Award: lots are awarded, the contract is opened, and an award is taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.services.tenders.build import opened
from tests.services.tenders.evaluations import evaluation, freeze_it
from tests.services.tenders.many_bids import PICTURED, tender_with
from tests.services.tenders.offers import PAST
from tests.services.tenders.test_awarding import AWARD, sign
from tomsapp.bootstrap import menu_catalogue
from tomsapp.domain.tender.acts import TenderActKind
from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.gui.records import record_dialog
from tomsapp.gui.session import Session
from tomsapp.gui.tenders.award_card import NO_BID
from tomsapp.gui.tenders.award_tab import AwardTab
from tomsapp.services import contracts, databases
from tomsapp.services.tenders.awarding import award, awarded_contracts

TWO = PICTURED[:2]
REASON = "The lot was awarded before the standstill ended"


class AwardDesk:
    """A tender in a real database with its tab Award, which is told anew of every change as by its page."""

    def __init__(self, qtbot, folder, jobs, preferences, *, bids=TWO, is_entered=True, is_frozen=True):
        self.workspace = databases.make_database(folder / "t.db", menu_catalogue(), "A. Okafor", "Larkmere Council")
        self.page = tender_with(self.workspace, bids, is_entered=is_entered)
        if is_frozen:
            freeze_it(self.workspace, opened(self.workspace, self.page.id))
        self.session = Session(jobs, self.workspace.catalogue, preferences, "A. Okafor")
        self.session.set_workspace(self.workspace)
        self.tab = AwardTab(self.session)
        self.pages, self.tabs, self.failures = [], [], []
        self.tab.wants_page.connect(lambda key, place: self.pages.append((key, place)))
        self.tab.wants_tab.connect(lambda key, place: self.tabs.append((key, place)))
        self.tab.stale.connect(self.show)
        jobs.failed.connect(self.failures.append)
        self.session.changed.connect(lambda _changes: self.show())
        qtbot.addWidget(self.tab)
        self.tab.resize(1278, 700)
        self.tab.show()
        self.show()

    def show(self):
        """Show the tender as the database holds it now."""
        self.tab.show_tender(opened(self.workspace, self.page.id))

    @property
    def card(self):
        """The card of lot 1."""
        return self.tab.cards[1]

    @property
    def made(self):
        """The contract that the award of lot 1 made."""
        return awarded_contracts(self.workspace, self.page.id)[1]

    @property
    def status(self):
        return opened(self.workspace, self.page.id).tender.status

    def say(self, reason="", role="Procurement lead"):
        """Fill in the dialog that is open, and do the act."""
        dialog = self.tab.asker.dialog
        dialog.form.field("role").set_text(role)
        if reason:
            dialog.form.field("reason").set_text(reason)
        press(dialog.go_button)
        return dialog

    def award(self):
        press(self.card.award_button)
        return self.say()


def press(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def award_desk(qtbot, tmp_path, jobs, preferences):
    made = []

    def make(**others):
        made.append(AwardDesk(qtbot, tmp_path, jobs, preferences, **others))
        return made[-1]

    yield make
    for one in made:
        assert one.failures == []
        one.workspace.close()


def first_and_second(d):
    rows = evaluation(d.workspace, d.page).lot(1).evaluated.evaluation.admitted
    return [row.supplier for row in rows]


def test_a_lot_is_awarded_and_its_contract_opened(award_desk):
    d = award_desk()
    first, _ = first_and_second(d)
    assert d.card.told.text().startswith(f"Ranked first: {first}. ")
    assert d.card.award_button.text() == f"Award lot 1 to {first}…"
    assert "It becomes the draft contract C-2027-001: £" in d.card.proposed.text()
    press(d.card.award_button)
    dialog = d.tab.asker.dialog
    assert dialog.windowTitle() == f"Award lot 1 to {first}"
    assert set(dialog.form.facts) == {"done_on", "role"}
    d.say()
    assert not dialog.isVisible()
    assert d.made.reference == "C-2027-001"
    value = next(
        each.value for each in evaluation(d.workspace, d.page).lot(1).evaluated.given.bids if each.supplier == first
    )
    assert contracts.open_contract(d.workspace, d.made.id).checked.valuation.social_value == value
    assert d.card.told.text().startswith(f"Awarded to {first} on ")
    assert not d.card.award_button.isVisible()
    press(d.card.contract_link)
    assert d.pages == [("contracts", d.made.id)]
    assert d.session.undo_stop


def test_to_award_to_the_second_asks_for_the_reason(award_desk, monkeypatch):
    asked = []
    monkeypatch.setattr(record_dialog, "ask_first", lambda *said, **_how: asked.append(said) or True)
    d = award_desk()
    _, second = first_and_second(d)
    d.card.bidders.setCurrentIndex(1)
    d.card.bidders.activated.emit(1)
    assert d.card.award_button.text() == f"Award lot 1 to {second}…"
    dialog = d.award()
    assert dialog.isVisible(), "the reason is missing"
    d.say("The first one withdrew its offer by letter")
    assert d.made.act.supplier == second
    assert "Reason: The first one withdrew" in d.card.told.text()


def test_of_two_that_are_first_either_is_chosen_without_a_reason(award_desk):
    d = award_desk(bids=(TWO[0], replace(TWO[0], name="Twin Ltd")))
    assert d.card.told.text().startswith(f"{TWO[0].name} and Twin Ltd are both first with ")
    d.card.bidders.setCurrentIndex(1)
    d.card.bidders.activated.emit(1)
    assert not d.award().isVisible()
    assert d.made.act.supplier == "Twin Ltd"


def test_an_award_is_taken_back_and_its_draft_goes(award_desk):
    d = award_desk()
    d.award()
    press(d.card.take_back_button)
    d.say(REASON)
    assert contracts.list_contracts(d.workspace) == []
    assert d.card.award_button.isVisible()
    d.award()
    sign(d.workspace, d.made.id)
    d.show()
    assert not d.card.take_back_button.isVisible()
    assert d.card.status.accessibleName() == "Signed"


def test_before_freezing_it_says_what_is_missing(award_desk):
    d = award_desk(is_entered=False, is_frozen=False)
    assert "The evaluation is not frozen yet" in d.tab.empty.accessibleName()
    assert "bids have no price or no quality" in d.tab.empty.accessibleName()
    press(d.tab.to_evaluation)
    assert d.tabs == [("evaluation", None)]
    assert d.tab.head_buttons == ()


def test_somebody_who_was_first_stops_the_award_and_it_is_read_again(award_desk):
    d = award_desk()
    first, _ = first_and_second(d)
    press(d.card.award_button)
    award(d.workspace, evaluation(d.workspace, d.page), replace(AWARD, supplier=first), PAST)
    dialog = d.say()
    assert "meanwhile" in dialog.trouble.accessibleName()
    assert d.card.made.isVisible(), "it was read again"
    dialog.reject()


def test_the_tender_is_withdrawn_where_a_lot_is_left(award_desk):
    d = award_desk()
    lots = {card.told.text() for number, card in d.tab.cards.items() if number != 1}
    assert lots == {NO_BID}
    assert d.tab.head_buttons == (d.tab.withdraw_button,)
    d.tab.withdraw_button.show()
    press(d.tab.withdraw_button)
    d.say("Nobody offered what is needed any more")
    assert d.status is TenderStatus.WITHDRAWN
    assert opened(d.workspace, d.page.id).acts[-1].kind is TenderActKind.WITHDRAW
    assert not d.card.award_button.isEnabled()
    assert d.tab.head_buttons == ()
    assert d.tab.head_buttons == ()
