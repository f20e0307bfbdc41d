import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.examples import OFFER
from tomsapp.domain.commitment import Commitment, Rate
from tomsapp.domain.contract import Contract, ContractKind, YearSpend
from tomsapp.domain.contract_dates import end_after
from tomsapp.domain.offer import Offer
from tomsapp.domain.problems import Answer, AnswerChoice, Severity
from tomsapp.exchange.offer_file import MOST_BYTES, OfferUnreadable
from tomsapp.exchange.offer_json import read_offer, to_json, write_offer
from tomsapp.reading.dialect import ATTACHED_FILES

BARNET = """{"menu": "barnet-council", "edition": "2023",
 "contract": {"reference": "C1", "value": "1000000.00", "start": "2026-04-01", "years": 2},
 "supplier": {"name": "Lamp & Sons"},
 "commitments": [{"measure": "S06", "quantities": ["40", "40"], "contract_share": "0.25", "ward": "E05013636",
                  "statement": "With two schools."}]}"""


def values():
    return json.loads(BARNET)


def read(changed):
    return read_offer(json.dumps(changed).encode(), "offer.json")


def only_problem(changed):
    (problem,) = read(changed).problems
    return problem


def test_the_documented_offer_is_read():
    file = read_offer(BARNET.encode())
    assert file.problems == ()
    assert (file.menu, file.edition) == ("barnet-council", "2023")
    assert file.offer == Offer(
        Contract(
            "C1",
            Decimal(1000000),
            date(2026, 4, 1),
            date(2028, 3, 31),
            supplier="Lamp & Sons",
            menu="barnet-council",
            edition="2023",
        ),
        (Commitment("1", "S06", (Decimal(40), Decimal(40)), Decimal("0.25"), "E05013636", "With two schools."),),
    )


def test_the_offer_in_the_documentation_is_read():
    text = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
    file = read_offer(text.split("```json")[1].split("```")[0].encode())
    assert file.problems == ()
    assert file.offer.commitments[0].contract_share == Decimal("0.25")


def test_everything_optional_is_read():
    changed = values()
    changed["contract"] |= {
        "title": "Lighting",
        "kind": "framework",
        "value_with_vat": "1200000.00",
        "spend": [{"year": 1, "amount": "500000.00", "recorded": True}, {"year": "2", "amount": "1.50"}],
    }
    changed["commitments"][0] |= {"rate": {"quantity": "2", "per_pounds": "1000000.00"}, "cost": "12.34"}
    changed["answers"] = [{"problem": "repeated-people:J01", "text": "Different people", "by": "Ann"}]
    file = read(changed)
    assert file.problems == ()
    contract, (commitment,) = file.offer.contract, file.offer.commitments
    assert (contract.title, contract.kind) == ("Lighting", ContractKind.FRAMEWORK)
    assert contract.value_with_vat == Decimal(1200000)
    assert contract.spend == (YearSpend(0, Decimal(500000), True), YearSpend(1, Decimal("1.5")))
    assert (commitment.rate, commitment.cost) == (Rate(Decimal(2), Decimal(1000000)), Decimal("12.34"))
    assert file.offer.answers == {"repeated-people:J01": Answer("Different people", "Ann")}
    changed["answers"][0] |= {"choice": "different", "asked": "J01 1, 1"}
    told = Answer("Different people", "Ann", choice=AnswerChoice.DIFFERENT, asked="J01 1, 1")
    file = read(changed)
    assert file.offer.answers == {"repeated-people:J01": told}
    assert read_offer(write_offer(file.offer), "").offer == file.offer


def test_an_end_date_serves_instead_of_years():
    changed = values()
    del changed["contract"]["years"]
    changed["contract"]["end"] = "2027-09-30"
    assert read(changed).offer.contract.end_on == date(2027, 9, 30)
    changed["contract"]["years"] = 2
    assert only_problem(changed).code == "end-differs"
    changed["contract"]["end"] = "2028-03-31"
    assert read(changed).problems == ()


def test_a_ward_may_be_absent_empty_or_outside():
    changed = values()
    for ward in ("", "outside", None):
        changed["commitments"][0]["ward"] = ward
        assert read(changed).offer.commitments[0].place == (ward or "")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (BARNET.encode()[:-20], "not complete JSON: line 5"),
        (b"", "not complete JSON"),
        (BARNET.encode("utf-16"), "not in UTF-8: byte 1"),
        (BARNET.replace("schools", "écoles").encode("latin-1"), "not in UTF-8"),
        (b"[]", "no JSON object"),
        (b'{"menu": NaN}', "NaN stands where"),
        (b'{"menu": -Infinity}', "-Infinity stands where"),
        (b'{"menu": "a", "menu": "b"}', "“menu” stands twice"),
        (b'{"menu": ' + b"[" * 30 + b"]" * 30 + b"}", "more than 20 deep"),
        (b'{"menu": ' + b"[" * 200_000, "more than 20 deep"),
        (b'{"menu": "\\ud800"}', "half a character"),
        (b'{"menu": "' + b" " * MOST_BYTES + b'"}', "larger than 20 MB"),
        (b'{"commitments": [' + b"{}," * 10_000 + b"{}]}", "10,001 commitments"),
        (b"PK\x03\x04\x14\x00", "not complete JSON"),
    ],
)
def test_a_file_that_is_no_offer_is_refused_with_the_reason(data, words):
    with pytest.raises(OfferUnreadable) as caught:
        read_offer(data, "offer.json")
    assert words in caught.value.message
    assert caught.value.fix


def test_a_byte_order_mark_is_allowed():
    assert read_offer(b"\xef\xbb\xbf" + BARNET.encode()).problems == ()


@pytest.mark.parametrize(
    ("quantity", "code"),
    [
        ("40", "number-not-text"),
        ("40.5", "number-not-text"),
        ("1" * 5000, "number-not-text"),
        ('"4.2m"', "number-unreadable"),
        ('"1e3"', "number-unreadable"),
        ('""', "number-unreadable"),
        ('"1,000"', "number-unreadable"),
        ('"1234567890123"', "number-unreadable"),
        ("true", "number-unreadable"),
        ('["1"]', "number-unreadable"),
    ],
)
def test_a_wrong_quantity_is_a_problem_with_its_place_and_counts_as_nothing(quantity, code):
    text = BARNET.replace('["40", "40"]', f'["40", {quantity}]')
    file = read_offer(text.encode(), "offer.json")
    (problem,) = file.problems
    assert (problem.code, problem.severity) == (code, Severity.ERROR)
    where = problem.where
    assert (where.file, where.commitment, where.measure) == ("offer.json", "1", "S06")
    assert (where.field, where.year) == ("quantities", 1)
    assert file.offer.commitments[0].quantities == (Decimal(40), Decimal(0))


def test_null_is_a_year_without_a_quantity():
    changed = values()
    changed["commitments"][0]["quantities"] = [None, "0"]
    assert read(changed).offer.commitments[0].quantities == (None, Decimal(0))


def test_too_many_quantities_are_cut():
    changed = values()
    changed["commitments"][0]["quantities"] = ["1"] * 51
    file = read(changed)
    assert [problem.code for problem in file.problems] == ["too-many-quantities"]
    assert len(file.offer.commitments[0].quantities) == 50


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"value": None}, "value-missing", "contract.value"),
        ({"value": 1000000}, "number-not-text", "contract.value"),
        ({"value": "£1"}, "number-unreadable", "contract.value"),
        ({"value": "-1"}, "pounds-negative", "contract.value"),
        ({"value": "0.001"}, "pounds-too-precise", "contract.value"),
        ({"value": None, "value_with_vat": "1"}, "value-missing", "contract.value"),
        ({"start": "1900-01-01"}, "dates-impossible", "contract.start"),
        ({"start": "9999-01-01"}, "dates-impossible", "contract.start"),
        ({"start": "2026-02-30"}, "date-unreadable", "contract.start"),
        ({"start": "01/04/2026"}, "date-unreadable", "contract.start"),
        ({"start": 20260401}, "date-unreadable", "contract.start"),
        ({"start": None}, "value-missing", "contract.start"),
        ({"years": None, "end": "2026-03-31"}, "dates-impossible", "contract.start"),
        ({"years": 0}, "number-out-of-range", "contract.years"),
        ({"years": -2}, "number-out-of-range", "contract.years"),
        ({"years": 51}, "dates-impossible", "contract.years"),
        ({"years": 10_000}, "number-out-of-range", "contract.years"),
        ({"years": 2.5}, "number-out-of-range", "contract.years"),
        ({"years": "two"}, "number-out-of-range", "contract.years"),
        ({"years": True}, "number-out-of-range", "contract.years"),
    ],
)
def test_contract_facts_that_cannot_be_leave_nothing_to_value(change, code, field):
    changed = values()
    changed["contract"] |= change
    file = read(changed)
    assert file.offer is None
    assert [(problem.code, problem.where.field) for problem in file.problems] == [(code, field)]
    assert file.problems[0].severity is Severity.ERROR
    assert (file.menu, file.edition) == ("barnet-council", "2023")


def test_a_contract_without_a_length_is_a_problem():
    changed = values()
    del changed["contract"]["years"]
    assert only_problem(changed).where.field == "contract.years"


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        (("supplier",), "Lamp & Sons", "not-an-object"),
        (("supplier", "name"), 7, "not-text"),
        (("supplier", "name"), "x" * 1001, "text-too-long"),
        (("contract", "reference"), None, "value-missing"),
        (("contract", "kind"), "call-off", "unknown-word"),
        (("contract", "spend"), {}, "not-a-list"),
        (("contract", "spend"), [{"amount": "1"}], "value-missing"),
        (("contract", "spend"), [{"year": 1, "amount": "1", "recorded": "yes"}], "not-yes-or-no"),
        (("contract", "spend"), [7], "not-an-object"),
        (("commitments",), "none", "not-a-list"),
        (("commitments", 0), "S06", "not-an-object"),
        (("commitments", 0, "measure"), None, "value-missing"),
        (("commitments", 0, "contract_share"), "25%", "number-unreadable"),
        (("commitments", 0, "cost"), "-1", "pounds-negative"),
        (("commitments", 0, "rate"), {"quantity": "2"}, "value-missing"),
        (("answers",), [{"problem": "x"}], "value-missing"),
        (("answers",), [{"problem": "x", "text": "y", "choice": "perhaps"}], "choice-unknown"),
    ],
)
def test_other_wrong_values_are_errors_and_the_rest_still_stands(path, value, code):
    changed = values()
    spot = changed
    for name in path[:-1]:
        spot = spot[name]
    spot[path[-1]] = value
    file = read(changed)
    assert [(problem.code, problem.severity) for problem in file.problems] == [(code, Severity.ERROR)]
    assert file.offer is not None
    assert file.problems[0].fix
    assert file.problems[0].key


def test_a_missing_contract_or_an_empty_object_is_a_problem():
    file = read({})
    assert file.offer is None
    assert [problem.where.field for problem in file.problems] == ["contract"]


def test_an_unknown_name_is_a_warning_with_the_likely_one_and_can_be_answered():
    changed = values()
    changed["commitments"][0]["contractshare"] = "0.5"
    problem = only_problem(changed)
    assert (problem.code, problem.severity) == ("unknown-name", Severity.WARNING)
    assert problem.fix == "Did you mean contract_share?"
    changed["answers"] = [{"problem": problem.key, "text": "Left over"}]
    assert only_problem(changed).answer == Answer("Left over")
    changed = values() | {"qqqq": 1}
    assert only_problem(changed).fix == "Take it out"


def test_control_characters_are_left_out_with_a_warning():
    changed = values()
    changed["commitments"][0]["statement"] = "a\x00b\nc"
    file = read(changed)
    assert [problem.code for problem in file.problems] == ["control-character"]
    assert file.offer.commitments[0].statement == "ab\nc"


def test_writing_is_deterministic_and_reads_back():
    data = write_offer(OFFER)
    assert data == write_offer(OFFER)
    assert read_offer(data).offer == OFFER
    assert read_offer(data).problems == ()


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)
pounds = st.decimals(0, 10**11, places=2)
numbers = st.decimals(-(10**6), 10**6, places=4)


@st.composite
def offers(draw):
    start = draw(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
    years = draw(st.integers(1, 50))
    end = draw(st.dates(max(start, date(1990, 1, 2)), end_after(start, years)))
    contract = Contract(
        draw(texts.filter(bool)),
        draw(pounds),
        start,
        draw(st.sampled_from([end_after(start, years), end])),
        draw(texts),
        draw(texts),
        draw(texts),
        draw(texts),
        draw(st.sampled_from(ContractKind)),
        value_with_vat=draw(st.none() | pounds),
        spend=tuple(draw(st.lists(st.builds(YearSpend, st.integers(0, 49), pounds, st.booleans()), max_size=3))),
    )
    if contract.end_on <= contract.start_on:
        contract = replace(contract, end_on=end_after(start, years))
    commitments = draw(
        st.lists(
            st.builds(
                Commitment,
                st.just(""),
                texts.filter(bool),
                st.lists(st.none() | numbers, max_size=5).map(tuple),
                numbers,
                texts,
                texts,
                st.none() | st.builds(Rate, numbers, pounds),
                st.none() | pounds,
            ),
            max_size=4,
        )
    )
    keyed = tuple(replace(commitment, key=str(number)) for number, commitment in enumerate(commitments, start=1))
    answers = draw(st.dictionaries(texts.filter(bool), st.builds(Answer, texts.filter(str.strip), texts), max_size=2))
    return Offer(contract, keyed, answers)


@given(offers())
def test_any_offer_that_is_written_reads_back_the_same(offer):
    file = read_offer(write_offer(offer), dialect=ATTACHED_FILES)
    assert file.problems == ()
    assert file.offer == offer


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), lambda inner: (
    st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["contract", "commitments", "quantities", "start", "years", "value", "rate", "x"]), inner
    )
), max_leaves=15))  # fmt: skip
def test_any_json_is_read_or_refused_but_never_fails(value):
    try:
        file = read_offer(json.dumps(value).encode())
    except OfferUnreadable:
        return
    assert all(problem.message and problem.fix for problem in file.problems)


def test_json_of_very_many_values_is_written_as_that_of_few():
    values = {
        "numbers": [{"n": str(number), "of": [], "to": {}, "is": None} for number in range(5_000)],
        "é": "Søn – £",
    }
    assert to_json(values) == (json.dumps(values, ensure_ascii=False, indent=2) + "\n").encode()
    assert to_json({}) == b"{}\n"
    with pytest.raises(ValueError, match="not JSON compliant"):
        to_json({"n": float("nan")})
