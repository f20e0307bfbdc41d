import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.exchange.examples import AREA, CONTRACT, DISCOUNTED, EDITION, OFFER, checked, promise
from tomsapp.domain.commitment import Rate
from tomsapp.domain.contract import ContractKind, ContractStatus, YearSpend
from tomsapp.domain.menu import Clash, ExclusionGroup
from tomsapp.domain.offer import Offer
from tomsapp.domain.policy import RulesFrom
from tomsapp.domain.problems import Answer, AnswerChoice, Problem, Severity, Where
from tomsapp.exchange.made_with import MadeWith
from tomsapp.exchange.offer_file import MOST_BYTES, OfferUnreadable
from tomsapp.exchange.result_json import cut_ratio, result_of, result_of_problems, write_result
from tomsapp.exchange.result_read import Difference, differences, figures_of, read_result


def test_the_totals_are_text_with_two_decimals_and_the_share_with_four():
    result = result_of(checked())
    # 2 × 63,131.25 + 2 × 2,265.00 + 2 × 100,000.00 + 910.11 + 277.21 + 2,625.00 + 3,937.50
    assert result["total"] == "338542.32"
    assert result["real_pounds"] == "20000.00"
    assert result["share_of_contract_value"] == "0.1354"  # 338,542.32 ÷ 2,500,000 = 0.135416928
    assert result["employment_outcomes"] == "12.5"
    assert result["menu"] == {
        "code": "example",
        "edition": "2026.1",
        "sha256": EDITION.sha256,
        "status": "published",
    }


def test_a_line_has_its_years_each_with_its_steps():
    line = result_of(checked())["lines"][1]
    assert (line["commitment"], line["measure"], line["title"]) == (2, "S08", "Weeks of work experience")
    assert (line["value"], line["real_pounds"]) == ("4530.00", "0.00")
    assert line["sums"] == [
        {
            "years": "2026/27 to 2027/28",
            "times": "2",
            "sum": "40 × £226.50 × 25% = £2,265.00",
            "all": "2 × £2,265.00 = £4,530.00",
        }
    ]
    assert (line["is_admissible"], line["real_sums"], line["outcome_sum"]) == (True, [], None)
    year = line["years"][1]
    assert (year["year"], year["label"], year["quantity"]) == (2, "2027/28", "40")
    assert (year["unit_value"], year["value"]) == ("226.50", "2265.00")
    assert year["steps"] == [
        {"name": "quantity", "text": "40", "result": "40", "source": "the commitment"},
        {"name": "unit_value", "text": "× £226.50", "result": "9060", "source": "Made-up values"},
        {"name": "contract_share", "text": "× 25%", "result": "2265", "source": "the commitment"},
        {"name": "round", "text": "= £2,265.00", "result": "2265", "source": "rounded to the penny"},
    ]


def test_a_measure_that_is_only_counted_has_no_unit_value():
    line = result_of(checked())["lines"][4]
    assert (line["measure"], line["value"], line["sums"]) == ("S30", "0.00", [])
    assert line["years"][0]["unit_value"] is None


def test_a_step_that_does_not_end_is_marked():
    line = result_of(checked(edition=DISCOUNTED))["lines"][0]
    discount = line["years"][1]["steps"][2]
    assert (discount["name"], discount["result"]) == ("discount", "60996.376811…")


def test_a_promise_per_pound_says_which_spend_it_used():
    contract = replace(CONTRACT, kind=ContractKind.FRAMEWORK, spend=(YearSpend(0, Decimal(2_500_000), True),))
    offer = Offer(contract, (promise(1, "J20", rate=Rate(Decimal(2), Decimal(1_000_000))),))
    first, second = result_of(checked(offer))["lines"][0]["years"]
    assert (first["quantity"], first["spend"], second["spend"]) == ("5", "recorded", None)


def test_policy_checks_have_their_sums_and_exact_amounts():
    scope, minimum, employment = result_of(checked())["policy"]
    assert (scope["code"], scope["result"], scope["word"]) == ("scope", "yes", "Yes")
    assert (scope["needed"], scope["committed"], scope["shortfall"]) == (None, None, None)
    assert (minimum["result"], minimum["needed"], minimum["committed"]) == ("met", "125000.00", "338542.32")
    assert (minimum["shortfall"], len(minimum["sums"])) == ("0.00", 2)
    assert (employment["result"], employment["needed"], employment["committed"]) == ("met", "2", "12.5")


def test_problems_name_the_commitment_by_its_number_and_keep_their_answers():
    lines = (promise("row-81", "J99", "1", "1"), promise("row-82", "J01", "1", "1", statement="x"))
    (asked,) = [each for each in checked(Offer(CONTRACT, lines)).problems if each.code == "repeated-people"]
    told = Answer("Different people", "Ann", choice=AnswerChoice.DIFFERENT, asked=asked.asked)
    in_file = Problem("unknown-name", Severity.WARNING, "m", "f", Where(file="o.json", field="x"), key="k")
    problems = result_of(checked(Offer(CONTRACT, lines, {asked.key: told})), (in_file,))["problems"]
    assert problems[0] == {
        "code": "unknown-name",
        "severity": "warning",
        "message": "m",
        "fix": "f",
        "where": {"file": "o.json", "field": "x"},
        "key": "k",
        "answer": None,
    }
    assert problems[1]["where"] == {"commitment": 1, "measure": "J99", "field": "measure"}
    assert problems[2]["where"] == {"commitment": 2, "measure": "J01", "year": 2, "field": "quantity"}
    chosen = {"choice": "different", "asked": asked.asked}
    assert problems[2]["answer"] == {"text": "Different people", "by": "Ann", **chosen}
    assert problems[2]["asked"] == asked.asked


def test_an_offer_that_cannot_be_valued_has_only_its_problems():
    problem = Problem("dates-impossible", Severity.ERROR, "m", "f", Where(year=0))
    result = result_of_problems((problem,))
    assert result["total"] is None
    assert result["problems"][0]["where"] == {"year": 1}


def test_the_bytes_are_json_and_the_same_each_time():
    data = write_result(result_of(checked()))
    assert data == write_result(result_of(checked()))
    assert json.loads(data) == result_of(checked())


def test_a_result_reads_back_with_its_offer_and_every_figure():
    result = result_of(checked())
    stated = read_result(write_result(result))
    assert (stated.menu, stated.edition, stated.sha256) == ("example", "2026.1", EDITION.sha256)
    assert stated.offer.offer == OFFER
    assert stated.offer.problems == ()
    assert differences(stated.figures, figures_of(result)) == ()
    assert stated.figures["lines[2].years[1].value"] == "2265.00"


def test_a_result_may_be_larger_than_an_offer():
    data = write_result(result_of(checked()))
    assert read_result(data + b" " * MOST_BYTES).figures == read_result(data).figures


def test_every_changed_figure_is_found():
    data = write_result(result_of(checked())).replace(b'"2265.00"', b'"2265.01"', 1)
    found = differences(read_result(data).figures, figures_of(result_of(checked())))
    assert found == (Difference("lines[2].years[1].value", "2265.01", "2265.00"),)
    assert differences({"a": "1"}, {"b": "2"}) == (Difference("a", "1", None), Difference("b", None, "2"))


@pytest.mark.parametrize(
    "data", [b"{}", b'{"format": "tomsapp-result-1"}', b'{"format": "x", "menu": {}, "offer": {}}']
)
def test_other_json_is_not_taken_for_a_result(data):
    with pytest.raises(OfferUnreadable, match="not a result of this program"):
        read_result(data)


def test_what_is_claimed_stands_beside_what_can_be_counted():
    lines = (promise(1, "S08", "40", "40"), promise(2, "V01", "-1", "5"))
    result = result_of(checked(Offer(CONTRACT, lines)))
    assert result["total"] == "18160.00"
    admissible = result["admissible"]
    assert (admissible["total"], admissible["left_out"]) == ("18120.00", [2])
    assert [line["is_admissible"] for line in result["lines"]] == [True, False]


def test_people_who_may_be_the_same_and_forecasts_are_said():
    group = ExclusionGroup("begun", Clash.DECLARE, "person", ("J01", "J20"), "r", outcomes_once=True)
    edition = replace(EDITION, exclusion_groups=(group,))
    contract = replace(CONTRACT, kind=ContractKind.FRAMEWORK, spend=(YearSpend(0, Decimal(2_000_000)),))
    lines = (
        promise(1, "J01", "4", "", statement="x"),
        promise(2, "J20", rate=Rate(Decimal(1), Decimal(1_000_000))),
    )
    result = result_of(checked(Offer(contract, lines), edition))
    assert result["employment_outcomes"] == "4"
    assert result["outcome_overlaps"] == [
        {"group": "begun", "same": "person", "counted": ["J01"], "not_counted": ["J20"]}
    ]
    assert (result["forecast_value"], result["lines"][1]["forecast_value"]) == ("2000.00", "2000.00")
    assert result["lines"][1]["outcome_sum"] == "2 × 0.5 = 1"


@pytest.mark.parametrize(
    ("recorded", "code", "figures"),
    [
        # 5% of £2,500,000 is £125,000, and one job is asked for each £1,000,000.
        (False, "minimum", {"committed": "0.00", "shortfall": "125000.00"}),
        (False, "employment", {"committed": "0", "shortfall": "2"}),
        (True, "minimum", None),
        (True, "employment", None),
    ],
)
def test_a_rule_that_is_enough_only_with_the_forecast_says_how_it_stands_without_it(recorded, code, figures):
    spend = (YearSpend(0, Decimal(2_000_000), is_recorded=recorded),)
    contract = replace(CONTRACT, kind=ContractKind.FRAMEWORK, spend=spend)
    lines = (
        promise(1, "J01", rate=Rate(Decimal(1), Decimal(1_000_000)), statement="x"),
        promise(2, "V01", rate=Rate(Decimal(10_000), Decimal(1_000_000))),
    )
    policy = {check["code"]: check for check in result_of(checked(Offer(contract, lines)))["policy"]}
    assert policy[code]["result"] == "met"
    assert policy[code].get("without_forecast") == figures


def test_a_rule_that_is_short_says_too_what_is_left_without_the_forecast():
    """Else the file counts jobs as sure that the paper does not."""
    contract = replace(CONTRACT, kind=ContractKind.FRAMEWORK, spend=(YearSpend(0, Decimal(2_000_000)),))
    lines = (
        promise(1, "J01", "1", "", statement="x"),
        promise(2, "J20", rate=Rate(Decimal("0.5"), Decimal(1_000_000))),
    )
    policy = {check["code"]: check for check in result_of(checked(Offer(contract, lines)))["policy"]}
    told = policy["employment"]
    assert (told["result"], told["committed"]) == ("short", "1.5")
    assert told["without_forecast"] == {"committed": "1", "shortfall": "1"}


@pytest.mark.parametrize(
    ("share", "text"),
    [(Fraction(47799, 10**6), "0.0477"), (Fraction(-47799, 10**6), "-0.0477"), (Fraction(-1, 10**6), "0.0000")],
)
def test_a_share_is_cut_and_never_rounded_up(share, text):
    assert cut_ratio(share) == text


MADE = MadeWith(
    date(2026, 11, 22),
    "Larkmere Council",
    "A. Okafor",
    is_example=True,
    logo="logo",
    version="0.1.0",
    signed_on=date(2026, 4, 1),
    version_words="1 of 1 April 2026.",
    status=ContractStatus.SIGNED,
    area=AREA,
    contact="Social value team, 020 7946 0018",
    sealed=("As signed £1.00.", "Signed on 1 April 2026 by Ann."),
    rules_from=RulesFrom.MENU,
)


def test_a_result_keeps_its_problems_and_what_its_pages_are_made_with():
    lines = (promise(1, "J99", "1", "1"), promise(2, "J01", "1", "1", statement="x"))
    answered = Answer("Different people", "Ann", datetime(2026, 4, 1, 9, 30, tzinfo=UTC))
    offer = checked(Offer(CONTRACT, lines, {"repeated-people:J01:1.1+1.2": answered}))
    extra = Problem("c", Severity.NOTE, "m", "f", Where("o.xlsx", "Sheet", 4, "B", year=1), key="k")
    read = read_result(write_result(result_of(offer, (extra,), MADE)))
    assert read.problems == (extra, *offer.problems)
    assert (read.made, read.is_earlier, read.social_value) == (MADE, False, offer.valuation.social_value)
    bare = read_result(write_result(result_of(offer, made=MadeWith(date(2026, 1, 1)))))
    assert bare.made == MadeWith(date(2026, 1, 1))
    assert read_result(write_result(result_of(offer))).made is None


def test_an_earlier_result_is_read_without_what_it_did_not_say():
    values = json.loads(write_result(result_of(checked(), made=MADE)))
    values["format"] = "tomsapp-result-1"
    read = read_result(json.dumps(values).encode())
    assert (read.is_earlier, read.problems, read.made) == (True, (), None)
    assert read.offer.offer == OFFER


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"contract_status": "signed"', b'"contract_status": "lost"'),
        (b'"made_on": "2026-11-22"', b'"made_on": "then"'),
        (b'"severity": "warning"', b'"severity": "grave"'),
        (b'"at": "2026-04-01T', b'"at": "then'),
        (b'"name": "Old Town"', b'"name": 5'),
        (b'"As signed \xc2\xa31.00."', b"5"),
    ],
)
def test_a_context_or_problem_that_cannot_be_read_is_refused(old, new):
    answered = Answer("Different people", "Ann", datetime(2026, 4, 1, 9, 30, tzinfo=UTC))
    lines = (promise(2, "J01", "1", "1", statement="x"),)
    offer = checked(Offer(CONTRACT, lines, {"repeated-people:J01:1.1+1.2": answered}))
    data = write_result(result_of(offer, made=MADE))
    assert old in data
    with pytest.raises(OfferUnreadable, match="not a result of this program"):
        read_result(data.replace(old, new))
