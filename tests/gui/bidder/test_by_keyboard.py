"""A £1.2m two-year lot is answered wholly by keyboard, and the file is what the council receives."""

from __future__ import annotations

from decimal import Decimal

from tests.gui.audit import settle
from tests.gui.bidder.conftest import ALT, CONTROL, KEY
from tomsapp.domain.tender.offer_checks import OfferGround, check_tender_offer
from tomsapp.exchange.tenders.offer_json import read_tender_offer
from tomsapp.services.bidding.steps import Step, left

FACTS = {
    "Name": "Calder Clean Cooperative",
    "Registration number": "RS007",
    "Contact name": "Jo Bell",
    "Contact e-mail": "jo@calder.example",
}
J06, J11, S08, G01 = (
    "Long-term unemployed resident into work",
    "Worker raised to the London Living Wage",
    "Work experience week, aged 16 to 17",
    "Greenhouse gas emissions avoided",
)
QUANTITIES = (
    (J06, "full-time jobs for 12 months", "1", "0"),
    (J11, "full-time years", "2.00", "2"),
    (S08, "weeks", "24", "24"),
    (G01, "tonnes CO₂e", "6", "5.125"),
)


def choose(bidder, *titles: str) -> None:
    """In the list of measures, go down to each and tick it."""
    bidder.tab_to("Measures that you may offer")
    bidder.press(KEY.Key_Home)
    for title in titles:
        for _ in range(40):
            place = bidder.window.step_widget(Step.CHOOSE).current_place
            if place is not None and place.measure.title == title:
                break
            bidder.press(KEY.Key_Down)
        bidder.press(KEY.Key_Space)


def answer_it(bidder) -> None:
    for name, text in FACTS.items():
        bidder.fill(name, text)
    bidder.do("Next: choose measures")
    assert bidder.is_at() == "We accept: R01 Accredited London Living Wage employer"
    bidder.press(KEY.Key_Space)
    choose(bidder, J06, J11, S08, G01)
    bidder.press(KEY.Key_Right, ALT)
    for title, many, first, second in QUANTITIES:
        bidder.fill(f"{title}, 2027/28, {many}", first)
        bidder.press(KEY.Key_Return)
        assert bidder.is_at() == f"{title}, 2028/29, {many}"
        bidder.type(second)
    for title, told in ((J06, "The job centre finds them."), (J11, "In each depot."), (S08, "Two pupils a term.")):
        bidder.window.step_widget(Step.HOW_MUCH).take_keyboard()
        bidder.do(f"Details of {title}")
        assert bidder.is_at() == "Statement"
        bidder.type(told)
        if title == J06:
            bidder.tab_to("The people in these jobs are")
            bidder.press(KEY.Key_Down)
    bidder.press(KEY.Key_F8)
    assert bidder.is_at() == "Statement"
    bidder.type("Electric vans.")
    bidder.press(KEY.Key_F8)
    for number, text in ((1, "We ask the job centre."), (2, "Two weeks a term."), (3, "We buy electric vans.")):
        bidder.tab_to(f"Your answer to question {number}")
        bidder.type(text)


def test_a_tender_is_answered_and_saved(bidder, saves_to):
    window = bidder.open()
    assert window.windowTitle() == "Cleaning of libraries and community hubs – Answer a tender"
    assert bidder.is_at() == "Name"
    answer_it(bidder)
    assert left(bidder.work) == ()
    # 1 × 20,202.72 + 4 × 4,075.50 + 48 × 240.00 + 6 × 310.98 + 5.125 × 315.72
    total = sum(map(Decimal, ("20202.72", "16302.00", "11520.00", "1865.88", "1618.07")))
    assert window.panel.total.text() == f"£{total:,.2f}"
    target = bidder.folder / "ours.tomsoffer"
    saves_to(target)
    bidder.press(KEY.Key_S, CONTROL)
    bidder.press(KEY.Key_Escape)
    read = read_tender_offer(target.read_bytes(), target.name)
    assert read.problems == ()
    pack = window.begun.work.pack
    checked = check_tender_offer(pack.file.pack, pack.edition, read.offer, OfferGround((pack.file.identity,)))
    assert (checked.checked.valuation.social_value, checked.unfinished) == (total, "")
    assert window.stepper.steps[-1].state == "Saved at 10:14"
    assert read.offer.accepted == frozenset({"R01"})
    # Whatever is typed from now on is not in the file.
    bidder.window.open_step(Step.READ)
    bidder.fill("Name", "Calder Clean")
    assert window.stepper.steps[-1].state == "Changed since you saved"


def test_saving_too_early_leads_to_what_is_left(bidder):
    window = bidder.open()
    bidder.press(KEY.Key_S, CONTROL)
    assert window.bars.sentences["left"] == "4 things are left. First: Your organisation and contact."
    assert bidder.is_at() == "Name"
    bidder.fill("Name", "Calder")
    bidder.tab_to("Contact name")
    bidder.press(KEY.Key_F8)
    assert bidder.is_at() == "Contact name"


def test_every_step_is_reached_by_keyboard(bidder):
    window = bidder.open()
    for step in list(Step)[1:]:
        bidder.press(KEY.Key_Right, ALT)
        assert window.current is step
    bidder.press(KEY.Key_Right, ALT)
    assert window.current is Step.CHECK
    bidder.press(KEY.Key_Left, ALT)
    assert window.current is Step.ANSWER
    bidder.press(KEY.Key_F6)
    settle()
    assert window.panel.isAncestorOf(bidder.focused())
    bidder.press(KEY.Key_F6)
    assert window.stepper.list is bidder.focused()
    bidder.press(KEY.Key_Home)
    bidder.press(KEY.Key_Return)
    assert window.current is Step.READ


def test_the_arrows_stay_in_a_year_and_enter_goes_on(bidder):
    window = bidder.open()
    bidder.press(KEY.Key_Right, ALT)
    choose(bidder, J11, S08)
    bidder.press(KEY.Key_Right, ALT)
    bidder.type("2")
    bidder.press(KEY.Key_Down)
    assert bidder.is_at() == f"{S08}, 2027/28, weeks"
    bidder.type("3")
    bidder.press(KEY.Key_Return)
    bidder.type("x")
    bidder.press(KEY.Key_Up)
    assert bidder.is_at() == f"{J11}, 2028/29, full-time years"
    row = window.step_widget(Step.HOW_MUCH).rows["2"]
    assert row.years[1].text() == "x"
    assert "“x” is not a number" in row.years[1].accessibleDescription()
    assert bidder.work.commitment("2").quantities == (Decimal(3), None)
