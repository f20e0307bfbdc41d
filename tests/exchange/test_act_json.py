"""The document of a sealed act, written and read."""

import json
from dataclasses import replace
from datetime import date

import pytest

from tests.exchange.examples import checked
from tests.exchange.test_result_json import MADE
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.seal import ActFacts, ActKind
from tomsapp.domain.varied import VariationTold, VariedFact, VariedLine
from tomsapp.exchange.act_json import StatedAct, read_act, write_act
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.result_json import result_of, write_result
from tomsapp.exchange.result_read import read_result

FACTS = ActFacts(ActKind.SIGN, date(2026, 3, 20), date(2026, 4, 1), "Procurement lead", "As agreed, “in full”")
ACT = StatedAct(FACTS, "M. Reid", ContractStatus.DRAFT, ContractStatus.SIGNED)
RESULT = result_of(checked(), made=MADE)


def test_a_document_says_all_that_was_seen_and_reads_back():
    read = read_act(write_act(ACT, RESULT))
    assert read.act == ACT
    assert read.result == read_result(write_result(RESULT), "the sealed document")
    assert read.result.rules
    assert read.result.problems
    assert (len(read.result.sha256), read.result.made.version) == (64, "0.1.0")


def test_the_reverse_of_an_act_names_its_document():
    facts = ActFacts(ActKind.REOPEN, date(2026, 5, 3), None, "", "x" * 20)
    reopening = StatedAct(facts, "M. Reid", ContractStatus.SIGNED, ContractStatus.DRAFT, "ab" * 32)
    assert read_act(write_act(reopening, RESULT)).act == reopening


def test_a_variation_says_what_it_changes():
    told = VariationTold(
        2,
        (VariedFact("end_on", "End date", "31 March 2029", "31 March 2030"),),
        (VariedLine(1, "S02", "was 0, 2, 2"), VariedLine(3, "G05", "added")),
    )
    facts = replace(FACTS, kind=ActKind.VARY)
    varied = StatedAct(facts, "M. Reid", ContractStatus.SIGNED, ContractStatus.SIGNED, variation=told)
    assert read_act(write_act(varied, RESULT)).act == varied
    bare = replace(varied, variation=VariationTold(1))
    assert read_act(write_act(bare, RESULT)).act == bare


@pytest.mark.parametrize(
    "told",
    [
        5,
        {"number": 0, "facts": [], "lines": []},
        {"number": 1, "facts": [5], "lines": []},
        {"number": 1, "facts": [], "lines": [{"line": "first", "measure": "S02", "change": "added"}]},
        {"number": 1, "facts": [], "lines": [], "further": 1},
    ],
)
def test_a_variation_that_cannot_be_read_is_refused(told):
    values = json.loads(write_act(ACT, RESULT))
    values["act"]["variation"] = told
    if isinstance(told, dict) and "further" in told:
        assert read_act(json.dumps(values).encode()).act.variation == VariationTold(1), "an unknown name is no error"
        return
    with pytest.raises(OfferUnreadable, match="sealed document"):
        read_act(json.dumps(values).encode())


def test_what_an_earlier_version_kept_is_read_without_an_act():
    read = read_act(write_result(RESULT))
    assert (read.act, read.result.social_value) == (None, checked().valuation.social_value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("act", None),
        ("valuation", []),
        ("kind", "steal"),
        ("was", "lost"),
        ("done_on", "then"),
        ("by", 5),
        ("reverses", ["x"]),
    ],
)
def test_a_document_that_cannot_be_read_is_refused(name, value):
    values = json.loads(write_act(ACT, RESULT))
    (values if name in values else values["act"])[name] = value
    with pytest.raises(OfferUnreadable, match="sealed document"):
        read_act(json.dumps(values).encode())
