"""What was delivered as JSON: written, read back by the one strict reader, and refused where it was changed."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.reports.deliveries import AGREED, CLAIMS, MADE_ON, PLAIN, SIGNED, UNTIL, Q, claim, paper
from tests.reports.valuations import AREA, EDITION, LINES
from tomsapp.domain.delivery.paper import DeliveredPaper
from tomsapp.domain.delivery.rules import DeliveryRules
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.exchange.delivered_json import DELIVERED_FORMAT, delivered_values, write_delivered
from tomsapp.exchange.delivered_read import DeliveredFile, read_delivered
from tomsapp.exchange.made_with import MadeWith
from tomsapp.exchange.offer_file import OfferUnreadable

MADE = MadeWith(MADE_ON, "Larkmere Council", "A. Okafor", version="9.9.9", area=AREA)
Values = dict


def full() -> DeliveredPaper:
    """A paper that states everything that one can."""
    problem = Problem("note-short", Severity.WARNING, "Nothing is claimed", "Say why", Where(commitment="9"), "k")
    return replace(
        paper(),
        rules=DeliveryRules(keep_years=Decimal(6), may_accept_own=True),
        began={("1", Q(0, 4)): (date(2027, 1, 4),), ("2", Q(0, 4)): ()},
        declared=frozenset({frozenset({"J01", "S02"}), frozenset({"J01"})}),
        problems=(problem,),
    )


def read(values: Values | None = None) -> DeliveredFile:
    return read_delivered(json.dumps(values or delivered_values(full(), MADE)).encode(), "delivered.json")


def changed(change: Callable[[Values], object]) -> Values:
    """What is written of the full paper, with one thing changed."""
    values = json.loads(write_delivered(full(), MADE))
    change(values)
    return values


@pytest.mark.parametrize(
    "told",
    [
        full(),
        paper(frozen=None),
        paper(rules=DeliveryRules(), **PLAIN),
        paper((), agreed=(), until=date(2026, 4, 2), **PLAIN),
        paper((), (), agreed=(), **PLAIN),
        paper(
            signed_commitments=LINES[:3], signed_contract=replace(SIGNED, value=Decimal("1.00"), value_with_vat=None)
        ),
        paper([claim("1", 0, 1, 0, note="Nobody was found.")], agreed=AGREED[:1], until=UNTIL, **PLAIN),
    ],
    ids=["full", "draft", "plain", "nothing due", "no commitments", "varied", "nothing claimed"],
)
def test_what_is_written_is_read_back_as_it_was(told: DeliveredPaper):
    data = write_delivered(told, MADE)
    stated = read_delivered(data, "delivered.json")
    assert stated.problems == ()
    assert stated.made == MADE
    assert (stated.menu, stated.edition, stated.sha256) == (EDITION.code, EDITION.edition, EDITION.sha256)
    assert stated.status is EDITION.status
    again = stated.paper(EDITION)
    assert again == told
    assert (stated.frozen, stated.until) == (told.frozen, told.until)
    assert write_delivered(again, stated.made) == data


def test_every_figure_has_its_place():
    figures = read().figures
    assert figures["pounds.accepted"] == "81836.97"
    assert figures["summary.percent"] == "90.4%"
    assert figures["lines[3].shortfall.sum"] == "1.5 × £5,050.50"
    assert figures["lines[5].quarters[2].counted.accepted.units"] == "10"
    assert figures["lines[5].quarters[1].sum"] == "to Q1: 10 × £226.50 × 25% = £566.25"
    assert figures["as_signed"] == "200449.39"
    assert figures["samples[1][1]"].startswith("1 of 8 claims checked")


def test_it_holds_no_key_of_a_database_and_no_number_of_a_person():
    text = write_delivered(full(), MADE).decode()
    assert "contract_id" not in text
    assert "P-0" not in text
    assert json.loads(text)["format"] == DELIVERED_FORMAT == "tomsapp-delivered-1"


def test_an_unknown_name_is_told_and_signs_that_cannot_be_printed_are_left_out():
    values = changed(lambda all_: all_.update(extra=1))
    values["deliveries"][0]["note"] = "A\x00 note"
    stated = read(values)
    assert [problem.code for problem in stated.problems] == ["control-character", "unknown-name"]
    assert stated.paper(EDITION).deliveries[0].delivery.note == "A note"


def _first(name: str, **more: object) -> Callable[[Values], object]:
    return lambda values: values[name][0].update(more)


WRONG: dict[str, Callable[[Values], object]] = {
    "another format": lambda all_: all_.update(format="tomsapp-delivered-2"),
    "no offer": lambda all_: all_.pop("offer"),
    "an offer that is none": lambda all_: all_.update(offer=3),
    "an offer without dates": lambda all_: all_["offer"]["contract"].pop("start"),
    "no day": lambda all_: all_.pop("until"),
    "no context": lambda all_: all_.pop("made"),
    "a context that cannot be read": lambda all_: all_["made"].update(made_on="soon"),
    "no menu": lambda all_: all_.pop("menu"),
    "no figures": lambda all_: all_.pop("figures"),
    "no rules": lambda all_: all_.pop("rules"),
    "a rule that is no number": lambda all_: all_["rules"].update(good="all"),
    "a rule that is left out": lambda all_: all_["rules"].pop("good"),
    "a quantity that is a float": _first("deliveries", claimed=1.5),
    "a delivery of no commitment": lambda all_: all_["deliveries"][0].pop("commitment"),
    "a delivery of no quarter": lambda all_: all_["deliveries"][0].pop("quarter"),
    "a fifth quarter": _first("deliveries", quarter=5),
    "a state that is none": _first("deliveries", state="lost"),
    "an act that is none": _first("acts", kind="guess"),
    "an act without its moment": lambda all_: all_["acts"][0].pop("recorded_at"),
    "a moment that is none": _first("acts", recorded_at="yesterday"),
    "a plan of other quarters": _first("plan", quantities=["1"]),
    "days that are none": _first("began", days=["soon"]),
    "pairs that are none": lambda all_: all_.update(declared=[["J01", 3]]),
    "money without an amount": lambda all_: all_["ledger"][0].pop("amount"),
    "what was signed without its numbers": lambda all_: all_["as_signed"].update(numbers=[1]),
    "what was signed without its offer": lambda all_: all_["as_signed"].pop("offer"),
    "problems that are none": lambda all_: all_.update(problems=[{"severity": "odd"}]),
    "a conclusion that is none": lambda all_: all_["samples"][0]["checked"][0].update(conclusion="maybe"),
}


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG.keys())
def test_what_is_not_as_it_was_made_is_refused(change: Callable[[Values], object]):
    with pytest.raises(OfferUnreadable, match=r"delivered\.json is not of a paper on what was delivered"):
        read(changed(change))


def test_what_is_no_json_is_refused():
    with pytest.raises(OfferUnreadable):
        read_delivered(b"{", "delivered.json")
    with pytest.raises(OfferUnreadable, match="The file is not of a paper"):
        read_delivered(b"{}")


def test_a_paper_without_what_it_may_leave_out_is_read():
    values = changed(lambda all_: [all_.pop(name) for name in ("frozen", "as_signed", "today", "value_with_vat")])
    told = read(values).paper(EDITION)
    assert told.frozen is told.signed_contract is told.contract.value_with_vat is None
    assert (told.today, told.today_edition) == ((), "")
    assert len(told.deliveries) == len(CLAIMS)
