"""The document of an act on what was delivered, written and read, and the facts of records as JSON."""

import json
from datetime import date
from decimal import Decimal

import pytest

from tests.domain.build import commit, contract, edition, measure
from tests.domain.delivery.build import accepted, planned, q, returned
from tomsapp.domain.delivery.acts import DeliveryActFacts, DeliveryActKind
from tomsapp.domain.delivery.delivered import value_delivered
from tomsapp.domain.delivery.evidence import Evidence
from tomsapp.domain.delivery.people import DeliveryPerson
from tomsapp.domain.delivery.plan import plan_in_force
from tomsapp.domain.delivery.rules import DELIVERY_RULES, DeliveryRules
from tomsapp.exchange.delivery_act_json import (
    DeliveryActDocument,
    StatedPaper,
    read_delivery_act,
    seen_of,
    write_delivery_act,
)
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.record_json import NoRecord, fact_values, facts_in

D = Decimal
FACTS = DeliveryActFacts(
    DeliveryActKind.SUBSTITUTE, date(2026, 10, 12), "Contract manager", "They gave more, “in full”", 12, "M1",
    q("1.2"), D("7.5"), D("10.50"), "M2", q("2.4"), "J. Smith", date(2026, 10, 2), "Left after five weeks",
)  # fmt: skip
DOCUMENT = DeliveryActDocument(
    FACTS,
    "A. Okafor",
    "ab" * 32,
    returned("M1", "1.2", "25", evidenced="20", note="As\nseen", new=D(2)),
    accepted("M1", "1.2", "25"),
    tuple(planned("M1", q1_1="3.12", q2_4="9")),
    {"until": "2026-09-30"},
    StatedPaper(date(2026, 9, 30), 2, "cd" * 32, 48_210),
)


def test_a_document_says_all_that_was_seen_and_reads_back():
    data = write_delivery_act(DOCUMENT)
    assert read_delivery_act(data) == DOCUMENT
    assert write_delivery_act(read_delivery_act(data)) == data


def test_what_is_not_said_reads_back_as_nothing():
    bare = DeliveryActDocument(DeliveryActFacts(DeliveryActKind.PUBLISH, date(2026, 10, 12), ""), "Bob")
    assert read_delivery_act(write_delivery_act(bare)) == bare


def test_only_a_publication_names_a_paper():
    bare = DeliveryActDocument(FACTS, "Bob")
    assert "paper" not in json.loads(write_delivery_act(bare))


def broken(*path: object, value: object) -> bytes:
    values = json.loads(write_delivery_act(DOCUMENT))
    part = values
    for name in path[:-1]:
        part = part[name]
    part[path[-1]] = value
    return json.dumps(values).encode()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("format",), "tomsapp-act-1"),
        (("act",), None),
        (("plan",), {}),
        (("seen",), []),
        (("act", "kind"), "steal"),
        (("act", "done_on"), "then"),
        (("act", "quantity"), "many"),
        (("act", "quantity"), 7),
        (("act", "role"), True),
        (("act", "by"), 5),
        (("act", "delivery"), "12"),
        (("act", "delivery"), True),
        (("act", "quarter"), {"year": 0, "quarter": 1}),
        (("act", "quarter"), {"year": 1, "quarter": 5}),
        (("act", "quarter"), {"year": True, "quarter": 1}),
        (("act", "quarter"), {"year": 1, "quarter": "1"}),
        (("act", "quarter"), 2),
        (("before", "quarter"), None),
        (("after",), {}),
        (("plan", 0, "commitment"), 3),
        (("paper",), 5),
        (("paper", "until"), "then"),
        (("paper", "until"), None),
        (("paper", "number"), "2"),
        (("paper", "bytes"), True),
        (("paper", "sha256"), None),
    ],
)
def test_a_document_that_cannot_be_read_is_refused(path, value):
    with pytest.raises(OfferUnreadable, match="sealed document"):
        read_delivery_act(broken(*path, value=value))


def test_bytes_that_are_no_document_are_refused():
    with pytest.raises(OfferUnreadable):
        read_delivery_act(b"{")


def test_what_was_seen_of_a_line_is_its_figures():
    menu, what, lines = edition(measure("M1", "226.50")), contract(years=2), [commit("M1", "40", "40")]
    plan = plan_in_force(what, menu, lines)
    delivered = value_delivered(what, menu, lines, plan, [accepted(lines[0].key, "1.1", "5")], (), date(2026, 9, 30))
    letter = Evidence("letter.pdf", deliveries=frozenset({"12"}), sha256="ab" * 32)
    seen = seen_of(delivered, delivered.lines, [letter], [DeliveryPerson("P-001")])
    assert [(each["name"], each["sha256"]) for each in seen["evidence"]] == [("letter.pdf", "ab" * 32)]
    assert [each["number"] for each in seen["people"]] == ["P-001"]
    assert seen["menu"] == {"code": menu.code, "edition": menu.edition, "sha256": menu.sha256}
    (line,) = seen["lines"]
    assert (line["units"]["due"], line["units"]["accepted"], line["promised"]) == ("20", "5", ["40", "40"])
    assert (line["pounds"]["due"], line["missing"]["pounds"]) == ("4530.00", "3397.50")
    assert line["rating_sum"] == "accepted 5 ÷ due 20 = 25.0%"


def test_facts_of_any_record_are_written_as_text_and_read_by_their_declaration():
    rules = DeliveryRules(keep_years=None, may_accept_own=True, pace=D("1.25"))
    values = fact_values(DELIVERY_RULES, rules)
    assert (values["pace"], values["may_accept_own"], values["keep_years"]) == ("1.25", True, None)
    assert DeliveryRules(**facts_in(DELIVERY_RULES, json.loads(json.dumps(values)))) == rules
    for wrong in ({}, {**values, "may_accept_own": "yes"}, None):
        with pytest.raises(NoRecord):
            facts_in(DELIVERY_RULES, wrong)
