import json
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.exchange.examples import promise
from tests.exchange.tenders.examples import ANSWERED, OFFER, PACK, SESSIONS
from tomsapp.domain.commitment import Rate
from tomsapp.domain.problems import Severity
from tomsapp.domain.supplier import SupplierKind
from tomsapp.domain.tender.parts import PartsForm, YearParts
from tomsapp.domain.tender.tender_offer import OfferedDetails
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.tenders.offer_json import is_tender_offer, judged_values, read_tender_offer, write_tender_offer


def values(offer=ANSWERED):
    return json.loads(write_tender_offer(offer))


def read(held):
    return read_tender_offer(json.dumps(held).encode(), "a.tomsoffer")


@pytest.mark.parametrize("offer", [OFFER, ANSWERED, replace(OFFER, commitments=(), details={}, statements={})])
def test_an_offer_comes_back_as_it_was_saved(offer):
    data = write_tender_offer(offer)
    file = read_tender_offer(data, "a.tomsoffer")
    assert (file.offer, file.problems, file.own_total) == (offer, (), "")
    assert write_tender_offer(file.offer) == data
    assert is_tender_offer(values(offer))
    assert not is_tender_offer({"format": "tomsapp-result-2"})


def test_a_promise_per_pound_and_every_form_of_parts_come_back():
    parts = tuple(
        YearParts(0, form, tuple(Decimal(number + 1) / 4 for number in range(len(form.labels)))) for form in PartsForm
    )
    offers = [
        replace(OFFER, commitments=(promise(1, "J20", "1"),), details={"1": OfferedDetails((each,))}) for each in parts
    ]
    offers.append(
        replace(OFFER, commitments=(promise(1, "J20", rate=Rate(Decimal(2), Decimal("1000000.00"))),), details={})
    )
    for offer in offers:
        assert read_tender_offer(write_tender_offer(offer), "a").offer == offer


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda held: held.update(format="other"), "is no offer for a tender"),
        (lambda held: held.pop("pack"), "does not say for which pack and lot"),
        (lambda held: held["pack"].pop("sha256"), "does not say for which pack and lot"),
        (lambda held: held["pack"].update(version=0), "does not say for which pack and lot"),
        (lambda held: held.pop("lot"), "does not say for which pack and lot"),
    ],
)
def test_a_file_that_answers_no_pack_is_refused(change, said):
    held = values()
    change(held)
    with pytest.raises(OfferUnreadable, match=said):
        read(held)


def commitment(number, **more):
    def change(held):
        held["commitments"][number].update(more)

    return change


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda held: held.pop("bidder"), "value-missing"),
        (lambda held: held["bidder"].update(kind="huge"), "unknown-word"),
        (commitment(0, staff="borrowed"), "unknown-word"),
        (commitment(4, parts=[{"year": 1, "form": "sessions", "numbers": ["1"]}]), "parts-wrong"),
        (commitment(4, parts=[{"year": 1, "form": "guess", "numbers": ["1"]}]), "parts-wrong"),
        (commitment(4, parts=[{"form": "people_weeks", "numbers": ["1", "2"]}]), "parts-wrong"),
        (commitment(0, quantities=[1]), "number-not-text"),
        (lambda held: held["unit_values"].append({"year": 1}), "value-missing"),
        (lambda held: held["statements"].append({"question": 0, "text": "x"}), "number-out-of-range"),
        (lambda held: held.update(made_at="now"), "moment-unreadable"),
        (lambda held: held.update(made_at="2027-01-20T10:14:00"), "moment-unreadable"),
        (lambda held: held.update(price="1000000.00"), "unknown-name"),
    ],
)
def test_what_is_wrong_is_gathered_and_the_rest_is_read(change, code):
    held = values()
    change(held)
    file = read(held)
    assert code in {problem.code for problem in file.problems}
    assert file.offer.pack == OFFER.pack
    assert len(file.offer.commitments) == 6


def test_a_warning_about_the_file_that_is_answered_is_not_open():
    held = values()
    held["price"] = "1"
    (problem,) = read(held).problems
    held["answers"].append({"problem": problem.key, "text": "It is no part of it."})
    (answered,) = read(held).problems
    assert (answered.severity, answered.is_open) == (Severity.WARNING, False)


def test_what_goes_without_saying_is_left_out():
    held = values(OFFER)
    assert held["commitments"][0].get("project") is None
    assert "parts" not in held["commitments"][0]
    assert held["commitments"][4]["parts"] == [{"year": 1, "form": "sessions", "numbers": ["12", "2", "1.5"]}]
    assert SESSIONS.quantity == 36
    assert "made_at" not in held
    held["bidder"].pop("kind")
    held["statements"].append({"question": 2, "text": " "})
    file = read(held)
    assert file.offer.bidder.kind is SupplierKind.SME
    assert file.offer.statements == OFFER.statements


def test_a_result_says_who_offers_what_and_which_pack_judged_it():
    newer = PACK.identity("ef" * 32)
    told = judged_values(OFFER, newer)
    assert told["pack"] == {"tender": "T-2027-003", "version": 2, "sha256": "cd" * 32}
    assert told["judged_by"] == {"tender": "T-2027-003", "version": 2, "sha256": "ef" * 32}
    assert (told["lot"], told["bidder"]["name"], told["accepted"]) == (1, OFFER.bidder.name, ["S30", "S31"])
    assert [each["question"] for each in told["statements"]] == [1, 2]
