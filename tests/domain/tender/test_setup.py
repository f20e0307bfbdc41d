"""The set-up of a tender: each thing that is missing or contradicts itself is found in its step."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.build import barnet
from tests.domain.build import edition as made_edition
from tests.domain.build import measure as menu_measure
from tests.domain.tender.build import lot, measure, question, tender
from tomsapp.domain.area import Area, Ward
from tomsapp.domain.contract import ContractKind, YearSpend
from tomsapp.domain.menu import Clash, EditionStatus, ExclusionGroup
from tomsapp.domain.problems import Severity
from tomsapp.domain.tender.asked import BidderQuestion
from tomsapp.domain.tender.choices import Placing, QuantityMethod, Route, ShareBase, TenderStatus
from tomsapp.domain.tender.lot import Lot
from tomsapp.domain.tender.lot_contract import LotError, lot_contract, share_base
from tomsapp.domain.tender.setup import SetUp, Step, targets_value
from tomsapp.domain.tender.setup_checks import can_be_issued, problems_of, setup_problems
from tomsapp.domain.tender.tender import Tender
from tomsapp.domain.tender.tender_measure import MeasureUse
from tomsapp.domain.units import Unit

D = Decimal
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
PEOPLE = Unit.PEOPLE
MEASURES = (
    menu_measure("J01", "20202.72", PEOPLE, employment_outcome=D(1)),
    menu_measure("J06", "100", PEOPLE),
    menu_measure("S02", "2767.43", PEOPLE),
    menu_measure("S08", "226.50", Unit.WEEKS),
    menu_measure("S09", "18.20", Unit.HOURS),
    menu_measure("P01", "1", Unit.PERCENT),
    *(menu_measure(code, "3499.09", PEOPLE) for code in ("V01", "V02", "V03", "V04")),
)
BLOCKED = ExclusionGroup("jobs", Clash.BLOCK, "person", ("J01", "J06"), "One person is one job")
EDITION = replace(made_edition(*MEASURES, groups=(BLOCKED,)), code="barnet-open", edition="2026.2")
POLICY = barnet()
ENOUGH = measure("J01", "10")
AREA = Area("larkmere", "Larkmere", (Ward("X01", "Brackwater"),))


def setup(**others: Any) -> SetUp:
    """A tender of which nothing is missing."""
    facts: dict[str, Any] = {
        "tender": tender(contract_manager="A. Okafor"),
        "lots": (lot(),),
        "measures": (ENOUGH, measure("S08")),
        "questions": (question(),),
        "now": NOW,
        "edition": EDITION,
        "policy": POLICY,
        "area": AREA,
    }
    return SetUp(**(facts | others))


def of_tender(**facts: Any) -> SetUp:
    return setup(tender=tender(**{"contract_manager": "A. Okafor"} | facts))


def two_lots(**facts: Any) -> SetUp:
    made = of_tender(**facts)
    return replace(made, lots=(lot(1, title="Libraries"), lot(2, title="Hubs")))


def framework(*spend: YearSpend, **others: Any) -> SetUp:
    made = of_tender(kind=ContractKind.FRAMEWORK)
    return replace(made, lots=(lot(spend=spend, **others),))


def spent(year: int, pounds: str = "600000.00") -> YearSpend:
    return YearSpend(year, D(pounds))


def test_of_a_tender_of_which_nothing_is_missing_nothing_is_said():
    for made in (
        setup(),
        setup(policy=None, area=None),
        setup(asked=(BidderQuestion(date(2027, 1, 5), "Is there parking?", "Yes", date(2027, 1, 6)),)),
        two_lots(),
        framework(spent(0), spent(1)),
        of_tender(base=ShareBase.FIXED, fixed_base=D("1000000.00")),
        of_tender(method=QuantityMethod.TARGET, method_target=D("60000.00")),
        of_tender(method=QuantityMethod.BANDS, bands="0% 0; 5% 5"),
        of_tender(mandatory_themes=frozenset({"barnet-open 1"}), most_measures=1),
        of_tender(quality_weight=D(60), placing=Placing.WITHIN_QUALITY),
        setup(tender=tender(contract_manager="A", route=Route.QUOTE, quantity_part=D(1)), questions=()),
    ):
        assert setup_problems(made) == ()
        assert can_be_issued(())


E1, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE
F, L, M, Q, C = Step.FACTS, Step.LOTS, Step.MENU, Step.WEIGHTS, Step.CHECK
QUOTE = {"route": Route.QUOTE, "quantity_part": D(1)}
CASES: list[tuple[SetUp, Step, str, Severity]] = [
    (of_tender(title=""), F, "title-missing", E1),
    (of_tender(deadline_at="noon"), F, "deadline-at-wrong", E1),
    (of_tender(deadline_zone="UK"), F, "deadline-zone-wrong", E1),
    (of_tender(deadline_on=None), F, "deadline-missing", E1),
    (replace(of_tender(), now=datetime(2027, 1, 22, 12, tzinfo=UTC)), F, "deadline-passed", E1),
    (of_tender(deadline_on=date(2026, 11, 30)), F, "deadline-passed", E1),
    (of_tender(deadline_on=date(2027, 3, 28), deadline_at="01:30"), F, "deadline-no-such-time", E1),
    (of_tender(contract_manager=" "), F, "officer-missing", W),
    (of_tender(base=ShareBase.FIXED), F, "fixed-base-missing", E1),
    (of_tender(fixed_base=D("1000000.00")), F, "fixed-base-unused", W),
    (two_lots(base=ShareBase.FIXED, fixed_base=D("1000000.00")), F, "fixed-base-each", W),
    (setup(lots=()), L, "lots-missing", E1),
    (replace(two_lots(**QUOTE), questions=()), L, "quote-lots", E1),
    (setup(lots=(lot(1, title="A"), lot(1, title="B"))), L, "lot-twice", E1),
    (setup(lots=(lot(0),)), L, "number-wrong", E1),
    (setup(lots=(lot(value=None),)), L, "lot-value-missing", E1),
    (setup(lots=(lot(start_on=None),)), L, "lot-start-missing", E1),
    (setup(lots=(lot(end_on=None),)), L, "lot-end-missing", E1),
    (setup(lots=(lot(end_on=date(2020, 1, 1)),)), L, "dates-out-of-order", E1),
    (setup(lots=(lot(1, title="A"), lot(2))), L, "lot-title-missing", E1),
    (setup(lots=(lot(start_on=date(2027, 1, 22)),)), L, "lot-starts-early", W),
    (setup(lots=(lot(places=frozenset({"X01", "X9"})),)), L, "lot-place-unknown", E1),
    (setup(lots=(lot(spend=(spent(0),)),)), L, "spend-unused", W),
    (framework(), L, "spend-missing", E1),
    (framework(spent(0, "1200000.00")), L, "spend-missing", E1),
    (framework(spent(0, "0.00"), spent(0), spent(1)), L, "spend-twice", E1),
    (framework(spent(0), spent(1, "500000.00"), spent(2, "100000.00")), L, "spend-outside", E1),
    (framework(spent(0), spent(1, "500000.00")), L, "spend-differs", W),
    (setup(measures=()), M, "measures-missing", E1),
    (setup(measures=(measure("J01", "10", use=MeasureUse.CONDITION),)), M, "nothing-scored", E1),
    (setup(measures=(ENOUGH, ENOUGH)), M, "measure-twice", E1),
    (setup(measures=(ENOUGH, measure("S08", exception_reason="It is"))), M, "exception-name-missing", E1),
    (setup(measures=(replace(ENOUGH, relevance=" "),)), M, "relevance-missing", E1),
    (setup(measures=(ENOUGH, measure("S08", use=MeasureUse.CONDITION))), M, "condition-amount-missing", W),
    (setup(edition=None), M, "edition-missing", E1),
    (setup(edition=replace(EDITION, status=EditionStatus.DRAFT)), M, "edition-not-published", E1),
    (setup(edition=replace(EDITION, status=EditionStatus.WITHDRAWN)), M, "edition-not-published", E1),
    (setup(edition=replace(EDITION, in_force_until=date(2027, 3, 31))), M, "edition-not-in-force", W),
    (setup(measures=(ENOUGH, measure("X9"))), M, "measure-unknown", E1),
    (setup(measures=(ENOUGH, measure("S02", "1.5"))), M, "target-too-precise", E1),
    (setup(measures=(ENOUGH, measure("S08", "1.55"))), M, "target-too-precise", E1),
    (setup(measures=(ENOUGH, measure("P01", "101"))), M, "target-too-large", E1),
    (of_tender(mandatory_themes=frozenset({"barnet-open 7"})), M, "theme-unknown", E1),
    (of_tender(mandatory_themes=frozenset({"barnet-open 2"})), M, "theme-without-measure", E1),
    (of_tender(mandatory_themes=frozenset({"other 2"})), M, "mandatory-themes-other-menu", E1),
    (of_tender(most_measures=3), M, "most-above-all", N),
    (replace(of_tender(most_measures=1), measures=(ENOUGH, measure("S08", "4"))), M, "most-below-targets", W),
    (setup(measures=(ENOUGH, measure("J06", "1"))), M, "targets-clash", W),
    (setup(measures=(measure("J01", "2"),)), M, "targets-short-minimum", W),
    (of_tender(price_weight=D(39)), Q, "weights-sum", E1),
    (of_tender(price_weight=D(101)), Q, "price-weight-too-large", E1),
    (of_tender(price_weight=D(0), quality_weight=D(80)), Q, "price-weight-missing", W),
    (replace(of_tender(price_weight=D(60), social_weight=D(0)), questions=()), Q, "social-weight-missing", W),
    (of_tender(method=QuantityMethod.TARGET), Q, "method-target-missing", E1),
    (of_tender(method=QuantityMethod.BANDS), Q, "bands-missing", E1),
    (of_tender(method_target=D("1.00")), Q, "method-target-unused", W),
    (of_tender(bands="0% 0; 5% 5"), Q, "bands-unused", W),
    (two_lots(method=QuantityMethod.TARGET, method_target=D("60000.00")), Q, "method-target-each", W),
    (of_tender(quantity_part=D(0)), Q, "quantity-part-missing", W),
    (setup(questions=()), Q, "questions-missing", E1),
    (of_tender(quantity_part=D(1)), Q, "questions-unscored", E1),
    (setup(questions=(question(1, "60"),)), Q, "question-weights-sum", E1),
    (setup(questions=(question(1, "60"), question(1, "40"))), Q, "question-twice", E1),
    (setup(questions=(question(1, text=" "),)), Q, "question-text-missing", E1),
    (setup(questions=(question(1), question(2, "0"))), Q, "question-weight-missing", E1),
    (setup(questions=(question(guide_4=""),)), Q, "guide-missing", E1),
    (setup(questions=(question(most_words=0),)), Q, "most-words-none", E1),
    (setup(asked=(BidderQuestion(date(2027, 1, 5), "Is there parking?"),)), C, "question-unanswered", W),
]


@pytest.mark.parametrize(("made", "step", "code", "severity"), CASES, ids=[case[2] for case in CASES])
def test_what_is_missing_or_contradicts_itself_is_found_in_its_step(made, step, code, severity):
    found = setup_problems(made)
    [one] = [each for each in found if each.problem.code == code]
    assert (one.step, one.problem.severity) == (step, severity)
    assert one.is_error == (severity is E1)
    assert one.problem.message
    assert one.problem.fix
    assert one in problems_of(found, step)
    assert can_be_issued(found) == (not any(each.is_error for each in found))


ALONE = {"lot-end-missing", "lot-start-missing", "dates-out-of-order", "lots-missing", "edition-missing"}
"""What keeps other things from being looked at, and is found with nothing else all the same."""


@pytest.mark.parametrize(
    "made", [case[0] for case in CASES if case[2] in ALONE], ids=[case[2] for case in CASES if case[2] in ALONE]
)
def test_what_keeps_the_rest_from_being_looked_at_is_said_alone(made):
    assert len(setup_problems(made)) == 1


@pytest.mark.parametrize("status", TenderStatus)
def test_of_what_is_fixed_nothing_is_to_be_put_right(status):
    """A deadline in the past is none to enter anew once the offers were opened."""
    passed = of_tender(deadline_on=date(2026, 1, 5), status=status)
    assert bool(setup_problems(passed)) is (status in {TenderStatus.DRAFT, TenderStatus.ISSUED})


def test_every_key_is_of_one_problem():
    made = setup(lots=(lot(1), lot(2)), questions=tuple(question(number, "0", text="") for number in (1, 2)))
    keys = [each.problem.key for each in setup_problems(made)]
    assert len(set(keys)) == len(keys) > 4


def said(made: SetUp, code: str) -> str:
    return " | ".join(each.problem.message for each in setup_problems(made) if each.problem.code == code)


def test_what_is_said_names_the_lot_the_measure_and_the_figures():
    assert said(of_tender(price_weight=D("39.5")), "weights-sum") == "The weights add up to 99.5, not to 100"
    assert said(framework(spent(0), spent(1, "500000.00")), "spend-differs") == (
        "The spend of lot 1 adds up to £1,100,000.00, and its value is £1,200,000.00"
    )
    assert said(framework(), "spend-missing") == (
        "Lot 1 is a framework, and no spend is forecast for 2027/28 and 2028/29"
    )
    within = of_tender(price_weight=D(100), quality_weight=D(0), placing=Placing.WITHIN_QUALITY)
    assert said(within, "social-weight-missing") == "Social value stands within quality, which has no weight"
    assert said(replace(within, questions=()), "weights-sum") == ""
    assert said(setup(questions=(question(guide_4="", guide_1=" "),)), "guide-missing") == (
        "Question 1 does not say what gets 4 and 1"
    )
    none = {f"guide_{mark}": "" for mark in range(6)}
    assert said(setup(questions=(question(**none),)), "guide-missing") == "Question 1 has no marking guide"
    asked = of_tender(most_measures=1, mandatory_themes=frozenset({"barnet-open 1", "barnet-open 2"}))
    assert said(asked, "most-below-themes") == "An offer may have 1 measure and must cover 2 themes"
    many = setup(tender=tender(**QUOTE), measures=tuple(measure(each.code) for each in MEASURES[:6]))
    assert said(many, "quote-measures") == "A quote has up to 5 measures, and this one has 6"
    assert said(replace(many, questions=(question(),)), "quote-questions").startswith("A quote has no questions")
    assert said(setup(lots=(lot(number=101),)), "number-wrong") == "Lot 101: The number is not between 1 and 100"


EIGHT = (
    measure("J01", "1"),
    measure("S02", "2"),
    measure("S08", "40"),
    measure("S09", "60"),
    *(measure(code, "1") for code in ("V01", "V02", "V03", "V04")),
)


def test_targets_that_are_worth_less_than_the_minimum_are_told_in_pounds():
    """20,202.72 + 2 × 2,767.43 + 40 × 226.50 + 60 × 18.20 + 4 × 3,499.09 = 49,885.94, and 10,114.06 more is 60,000."""
    made = setup(measures=EIGHT)
    assert targets_value(made, made.lots[0]).social_value == D("49885.94")
    assert said(made, "targets-short-minimum") == (
        "An offer that only meets the 8 targets would be short by £10,114.06 of “Minimum”"
    )
    lots = replace(made, lots=(lot(1, title="A", value=D("100000.00")), lot(2, title="B")))
    assert said(lots, "targets-short-minimum").startswith("In lot 2 an offer that only meets the 8 targets")
    one = replace(made, measures=EIGHT[:1])
    assert said(one, "targets-short-minimum").startswith("An offer that only meets the target would be short by £39,7")


def test_conditions_are_worth_nothing_among_the_targets():
    made = setup(measures=(measure("J01", "1"), measure("S02", "2", use=MeasureUse.CONDITION)))
    assert targets_value(made, made.lots[0]).social_value == D("20202.72")


@pytest.mark.parametrize("made", [setup(edition=None), setup(lots=(Lot(1),))])
def test_without_menu_dates_or_value_targets_are_worth_nothing_that_can_be_told(made):
    assert targets_value(made, made.lots[0]) is None


def test_a_lot_is_a_contract_with_the_base_of_a_share_as_its_value():
    made = lot_contract(tender(), lot(2, title="Hubs", value_with_vat=D("1440000.00")), "Calder")
    assert (made.reference, made.title, made.supplier, made.menu, made.edition) == (
        "T-2026-003/2",
        "Hubs",
        "Calder",
        "barnet-open",
        "2026.2",
    )
    assert (made.value, made.value_with_vat) == (D("1200000.00"), D("1440000.00"))
    assert lot_contract(tender(), lot()).title == "Cleaning"
    fixed = tender(base=ShareBase.FIXED, fixed_base=D("1000000.00"))
    assert lot_contract(fixed, lot(value_with_vat=D("1440000.00"))).value_with_vat is None
    assert lot_contract(fixed, lot(value=None)).value == D("1000000.00")
    by_price = tender(base=ShareBase.PRICE)
    assert share_base(by_price, lot()) == D("1200000.00"), "the estimate stands in"
    assert lot_contract(by_price, lot(), price=D("1164000.00")).value == D("1164000.00")
    assert share_base(tender(), lot(), D("1164000.00")) == D("1200000.00")


@pytest.mark.parametrize(
    ("one", "said_of_it"),
    [
        (Lot(1), "Lot 1 has no dates"),
        (lot(end_on=date(2020, 1, 1)), "Lot 1 has no dates"),
        (lot(value=None), "Lot 1 has no value"),
    ],
)
def test_a_lot_that_lacks_something_is_no_contract_yet(one, said_of_it):
    with pytest.raises(LotError, match=said_of_it):
        lot_contract(tender(), one)


def test_steps_are_called():
    assert [step.words for step in Step] == [
        "Facts",
        "Lots",
        "Measures and targets",
        "Weights and questions",
        "Check and issue",
    ]


DRAFT = SetUp(Tender("T-1", "Cleaning"), (), (), (), NOW)


def test_an_empty_draft_is_told_all_that_it_lacks():
    assert [each.problem.code for each in setup_problems(DRAFT) if each.is_error] == [
        "deadline-missing",
        "lots-missing",
        "measures-missing",
        "edition-missing",
        "weights-sum",
    ]


@given(
    st.integers(0, 10_000),
    st.integers(0, 10_000),
    st.integers(0, 10_000),
    st.sampled_from(Placing),
    st.integers(0, 10_000),
)
def test_weights_are_right_when_their_points_add_up_to_100_and_parts_are_never_below_nought(
    price, quality, social, placing, part
):
    made = tender(
        price_weight=D(price) / 100,
        quality_weight=D(quality) / 100,
        social_weight=D(social) / 100,
        placing=placing,
        quantity_part=D(part) / 10_000,
    )
    points = (made.price_points, made.quality_points, made.quantity_points, made.statement_points)
    assert all(each >= 0 for each in points)
    assert sum(points) == made.all_points
    whole = price + quality + (social if placing is Placing.BESIDE else 0)
    assert made.all_points == Fraction(whole, 100)
    found = {each.problem.code for each in setup_problems(setup(tender=made))}
    assert ("weights-sum" in found) == (whole != 10_000)
