"""Offers in files, valued without a database."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from tests.services.council import shipped
from tomsapp.domain.problems import Severity
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.services import offers

ENDLESS = Path("/dev/zero")
EXAMPLE = {
    "menu": "barnet-council",
    "edition": "2023",
    "contract": {"reference": "C1", "value": "1000000.00", "start": "2026-04-01", "years": 2},
    "supplier": {"name": "…"},
    "commitments": [
        {
            "measure": "S06",
            "quantities": ["40", "40"],
            "contract_share": "0.25",
            "ward": "E05013636",
            "statement": "…",
        }
    ],
}
"""The offer that the documents show."""


@pytest.fixture
def write(tmp_path):
    def written(content: object, name: str = "offer.json"):
        path = tmp_path / name
        data = content if isinstance(content, bytes) else json.dumps(content, ensure_ascii=False).encode()
        path.write_bytes(data)
        return path

    return written


def errors(valued: offers.ValuedOffer) -> set[str]:
    return {each.code for each in valued.checked.problems if each.severity is Severity.ERROR}


def with_line(**facts: object) -> dict:
    line = {"measure": "V01", "quantities": ["1", "1"], "statement": "…", **facts}
    return {**EXAMPLE, "menu": "barnet-open", "edition": "2026.2", "commitments": [line]}


def test_example_is_valued(write):
    valued = offers.value_offer_file(shipped(), write(EXAMPLE))
    assert valued.checked.valuation.social_value == Decimal("10000.00")
    assert errors(valued) == set()
    result = json.loads(offers.result_json(valued))
    assert result["total"] == "10000.00"
    assert {check["code"] for check in result["policy"]} == {"scope", "minimum", "employment"}


def test_every_shortened_file_is_refused_and_none_ends_in_an_exception(write):
    data = json.dumps(EXAMPLE, ensure_ascii=False).encode()
    for length in range(len(data)):
        path = write(data[:length])
        with pytest.raises(OfferUnreadable) as told:
            offers.value_offer_file(shipped(), path)
        assert "offer.json" in told.value.message
        assert told.value.fix
        assert path.read_bytes() == data[:length]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "latin-1", "utf-32"])
def test_other_encodings_are_refused_with_what_to_do(write, encoding):
    text = json.dumps({**EXAMPLE, "supplier": {"name": "Søn"}}, ensure_ascii=False)
    with pytest.raises(OfferUnreadable) as told:
        offers.value_offer_file(shipped(), write(text.replace("…", "").encode(encoding)))
    assert "UTF-8" in f"{told.value.message} {told.value.fix}" or "JSON" in told.value.message


def test_byte_order_mark_is_fine(write):
    data = b"\xef\xbb\xbf" + json.dumps(EXAMPLE).encode()
    assert offers.value_offer_file(shipped(), write(data)).checked.valuation.social_value == 10000


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "offer.json is empty"),
        (b"{", "not complete JSON"),
        (b"[]", "no JSON object"),
        (b"%PDF-1.7", "is a PDF, and an offer in JSON or a workbook is read here"),
        (b"\x00" * 100, "of no kind that can be read here"),
        (b"Code,Year 1\nS08,1\n", "is a table in text"),
        (b"SQLite format 3\0", "is a database"),
        (b'{"format": "tomsapp-result-2"}', "is a valuation’s figures in JSON"),
        (b"[" * 100_000, "deep"),
        (b'{"menu": "a", "menu": "b"}', "stands twice"),
        (b'{"menu": NaN}', "NaN"),
        (b'{"menu": "\\ud800"}', "half a character"),
    ],
)
def test_hostile_files_are_refused(write, content, words):
    with pytest.raises(OfferUnreadable, match=words) as told:
        offers.value_offer_file(shipped(), write(content))
    assert told.value.fix


def test_missing_folder_and_enormous_files_are_refused(write, tmp_path):
    with pytest.raises(OfferUnreadable, match="There is no file"):
        offers.value_offer_file(shipped(), tmp_path / "nothing.json")
    with pytest.raises(OfferUnreadable, match="is a folder"):
        offers.value_offer_file(shipped(), tmp_path)
    with pytest.raises(OfferUnreadable, match="cannot be read"):
        offers.value_offer_file(shipped(), tmp_path / ("x" * 300))
    huge = tmp_path / "huge.json"
    with huge.open("wb") as file:
        file.truncate(10 * offers.MOST_BYTES)
    with pytest.raises(OfferUnreadable, match="larger than 20 MB"):
        offers.value_offer_file(shipped(), huge)


@pytest.mark.skipif(not ENDLESS.exists(), reason="only Unix has a device that never ends")
def test_device_without_end_is_refused():
    with pytest.raises(OfferUnreadable, match="larger than 20 MB"):
        offers.value_offer_file(shipped(), ENDLESS)


@pytest.mark.parametrize(("menu", "edition"), [("nothing", "1"), ("barnet-open", "1999"), ("", ""), ("../..", "x")])
def test_edition_that_is_not_installed_is_a_problem(write, menu, edition):
    path = write({**EXAMPLE, "menu": menu, "edition": edition})
    with pytest.raises(offers.OfferProblems) as told:
        offers.value_offer_file(shipped(), path)
    (problem,) = told.value.problems
    assert (problem.code, problem.where.file, problem.where.field) == ("unknown-edition", "offer.json", "edition")
    assert "barnet-open 2026.2" in problem.fix
    assert json.loads(offers.problems_json(told.value.problems))["total"] is None


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"quantities": ["-1", "1"]}, "quantity-negative"),
        ({"quantities": ["0.001", "1"]}, "quantity-too-precise"),
        ({"quantities": ["9999999999", "1"]}, "quantity-too-large"),
        ({"quantities": ["1e400", "1"]}, "number-unreadable"),
        ({"quantities": ["1", "1", "1"]}, "year-outside-contract"),
        ({"contract_share": "1.5"}, "share-out-of-range"),
        ({"measure": "X99"}, "unknown-measure"),
        ({"ward": "E99999999"}, "unknown-ward"),
    ],
)
def test_wrong_values_are_problems_with_their_remedy(write, facts, code):
    valued = offers.value_offer_file(shipped(), write(with_line(**facts)))
    assert code in errors(valued)
    assert all(problem.fix for problem in valued.checked.problems if problem.severity is not Severity.NOTE)


def test_dates_out_of_order_are_a_problem(write):
    contract = {"reference": "C1", "value": "1.00", "start": "2026-04-01", "end": "2026-03-31"}
    with pytest.raises(offers.OfferProblems) as told:
        offers.value_offer_file(shipped(), write({**EXAMPLE, "contract": contract}))
    assert all(problem.fix for problem in told.value.problems)


def test_dated_value_outside_its_series_is_a_problem_and_never_a_guess(write):
    late = {"reference": "C1", "value": "1000000.00", "start": "2149-01-01", "years": 2}
    valued = offers.value_offer_file(shipped(), write({**with_line(measure="G01"), "contract": late}))
    assert valued.checked.valuation.social_value == 0
    assert any("G01" in str(problem) for problem in valued.checked.problems if problem.severity is Severity.ERROR)


def test_promise_per_pound_uses_the_spend(write):
    contract = {
        **EXAMPLE["contract"],
        "kind": "framework",
        "spend": [{"year": 1, "amount": "1400000.00", "recorded": True}, {"year": 2, "amount": "999999.00"}],
    }
    line = {"measure": "S08", "rate": {"quantity": "2", "per_pounds": "1000000.00"}, "statement": "…"}
    offer = {**with_line(), "contract": contract, "commitments": [line]}
    result = json.loads(offers.result_json(offers.value_offer_file(shipped(), write(offer))))
    assert [(year["quantity"], year["spend"]) for year in result["lines"][0]["years"]] == [
        ("2.8", "recorded"),
        ("1.9", "forecast"),
    ]
