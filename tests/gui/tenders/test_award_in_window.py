"""The contract of an award in the window: from which offer it comes, and the way to the tender and back."""

from dataclasses import replace

import pytest

from tests.services.tenders.build import opened
from tests.services.tenders.evaluations import evaluation, freeze_it
from tests.services.tenders.many_bids import PICTURED, tender_with
from tests.services.tenders.offers import PAST
from tests.services.tenders.test_awarding import AWARD
from tomsapp.gui.tenders.award_tab import AwardTab
from tomsapp.gui.widgets.buttons import Button
from tomsapp.services.tenders.awarding import award, awarded_contracts

CALDER = PICTURED[0].name
WORDS = f"From the offer of {CALDER} for T-2026-003, lot 1"


@pytest.fixture
def awarded(program):
    """The window with a contract that an award made; gives program, tender and contract."""
    workspace = program.workspace
    page = tender_with(workspace, PICTURED[:2])
    freeze_it(workspace, opened(workspace, page.id))
    award(workspace, evaluation(workspace, page), replace(AWARD, supplier=CALDER), PAST)
    program.window.refresh(None)
    made = awarded_contracts(workspace, page.id)[1]
    program.window.go_to("contracts", made.id)
    return program, page, made


def test_the_contract_tells_its_award_and_leads_to_the_tender(awarded):
    program, page, _ = awarded
    contract = program.window.page("contracts").contract_page()
    (link,) = [
        each
        for each in contract.header.facts.findChildren(Button)
        if each.accessibleName() == "Awarded in: T-2026-003, lot 1"
    ]
    link.click()
    shown = program.window.page("tenders").shown
    assert shown.opened.id == page.id
    assert isinstance(shown.current, AwardTab)
    shown.show_tab("award")
    shown.current.cards[1].contract_link.click()
    assert contract.header.isVisible()


def test_each_line_says_from_whose_offer_it_came(awarded):
    program, _, made = awarded
    contract = program.window.page("contracts").contract_page()
    line = contract.editor.commitments[0]
    contract.forms.show_details(line.key, "place")
    details = contract.forms.details
    assert details.origin.text() == WORDS
    assert details.origin.isVisible()
    with program.workspace.work("Add one by hand") as uow:
        added = uow.commitments.add(made.id, replace(line, key=""))
        uow.commit()
    contract.editor.reload()
    contract.forms.show_details(str(added.id), "place")
    assert not details.origin.isVisible()
    details.to_award.click()
    assert program.window.page("tenders").shown is not None


def test_the_facts_of_the_contract_tell_the_award(awarded):
    program, page, _ = awarded
    contract = program.window.page("contracts").contract_page()
    contract.show_tab("facts")
    note = contract._made["facts"].award_note
    assert note.isVisible()
    assert WORDS in note.accessibleName()
    note.action_chosen.emit("tender")
    assert program.window.page("tenders").shown.opened.id == page.id
