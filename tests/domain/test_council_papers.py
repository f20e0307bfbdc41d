"""The council's own papers say what the frozen figures say, and what is withheld stands nowhere in them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest

from tests.reports.deliveries import PLAIN, SIGNED, UNTIL, paper
from tests.reports.valuations import EDITION, MENUS, POLICY, commitment
from tomsapp.domain.contract import ContractKind, ContractStatus
from tomsapp.domain.delivered_portfolio import (
    DeliveredCount,
    DeliveredPortfolio,
    DeliveredRow,
    HandedMoney,
    StatePounds,
)
from tomsapp.domain.delivery.acts import DeliveryAct, DeliveryActKind
from tomsapp.domain.delivery.figures import State
from tomsapp.domain.delivery.improving import Improvement
from tomsapp.domain.delivery.rating import Rating
from tomsapp.domain.delivery.rules import DeliveryRules
from tomsapp.domain.menu import Counts
from tomsapp.domain.papers.award import PlanPriority, award_paragraph
from tomsapp.domain.papers.committee import MOST_ROWS, committee_report
from tomsapp.domain.papers.council_paper import CouncilPaper, PaperHeading, PaperList, PaperTable, TextKind
from tomsapp.domain.papers.foi import FoiItem, FoiSection, Withheld, foi_answer, withholding_problems
from tomsapp.domain.papers.kpi import kpi_facts
from tomsapp.domain.papers.performance import Signal, performance_table, signal_of
from tomsapp.domain.papers.told import ContractTold, PaperMaker, count_of, small_name, units_of
from tomsapp.domain.papers.ward import MOST_MISSING, WardLine, WardTold, ward_sheet
from tomsapp.domain.papers.ward import MOST_ROWS as MOST_PROMISES
from tomsapp.domain.policy import PolicyResult, check_policy
from tomsapp.domain.portfolio import Grouping, MenuUse
from tomsapp.domain.problems import Severity
from tomsapp.domain.units import Unit
from tomsapp.domain.valuation import value_contract
from tomsapp.domain.wording import format_pounds

D = Decimal
MAKER = PaperMaker("Larkmere Council", date(2027, 10, 18), "A. Okafor", is_example=True)
MENU_USES = (MenuUse("barnet-open", "2026.2", "a" * 64, 3),)
REASON = "Unit prices of a live procurement would be known"


def told(**changes) -> ContractTold:
    made = paper(**changes)
    return ContractTold(made.contract, made.as_varied, made.delivered, handed_over=made.handed_over)


def plain(*lines, **changes) -> ContractTold:
    wanted = {"lines": lines} if lines else {}
    return told(**{"claims": (), "agreed": (), **PLAIN, **wanted, **changes})


def table(made: CouncilPaper, caption: str) -> PaperTable:
    (found,) = (each for each in made.blocks if isinstance(each, PaperTable) and each.caption.startswith(caption))
    return found


def text_of(made: CouncilPaper) -> str:
    return "\n".join(made.words)


# Counts


def test_years_that_do_not_add_up_are_told_apart():
    measures = EDITION.measures
    yes = next(measure for measure in measures if measure.unit is Unit.YES_NO)
    hours = next(measure for measure in measures if measure.unit is Unit.HOURS)
    share = next(measure for measure in measures if measure.unit is Unit.PERCENT)
    cash = next(measure for measure in measures if measure.unit is Unit.POUNDS)
    assert count_of(yes, (D(1), D(0), D(1))) == "yes in 2 of 3 years"
    assert count_of(hours, (D(20), D(5))) == f"25 {hours.many_name}"
    assert count_of(hours, (D(1), D(0))) == f"1 {hours.each_name}"
    assert count_of(cash, (D(20), D(5))) == "£25.00"
    assert count_of(share, (D(20), D(5))) == "20% and 5%"
    assert count_of(share, (D(20), D(20))) == "20% in each of 2 years"
    assert count_of(share, (D(20),)) == "20%"
    people = next(each for each in measures if each.unit is Unit.PEOPLE and each.counts is Counts.EACH_YEAR)
    assert count_of(people, (D(210), D(210))) == f"210 {people.many_name} in each of 2 years"
    assert count_of(people, (D(0), D(210), D(200))) == f"210 and 200 {people.many_name}"
    assert count_of(people, (D(0), D(1))) == f"1 {people.each_name}"
    assert count_of(people, (D(0), D(0))) == f"0 {people.many_name}"


def test_years_of_which_nothing_is_due_are_left_out():
    yes = next(measure for measure in EDITION.measures if measure.unit is Unit.YES_NO)
    made = plain(commitment("1", yes.code, 1), until=SIGNED.start_on)
    assert units_of(made.delivered.lines[0], State.ACCEPTED) == "yes in 0 of 1 year"


# FOI


def test_an_foi_answer_tells_what_is_asked_again_and_again():
    made = foi_answer(told(), MAKER, {}, "FOI-77")
    answers = dict(table(made, "What was asked").rows)
    assert list(answers) == [item.words for item in FoiItem]
    assert answers["Contract value"] == f"{format_pounds(SIGNED.value)} without VAT, £5,040,000.00 with VAT"
    assert answers["Social value that is committed"].startswith(format_pounds(told().valuation.social_value))
    assert answers["Whether it is a framework"] == "No"
    assert answers["What the social value costs the supplier"] == "Not held: the supplier did not state it"
    assert "Our reference: FOI-77." in text_of(made)
    assert table(made, "What is promised").total[-1] == format_pounds(told().valuation.social_value)
    assert table(made, "What was delivered").total[-1] == format_pounds(told().delivered.pounds.accepted)
    assert "What is withheld, and why" not in text_of(made)


@pytest.mark.parametrize("item", FoiItem)
@pytest.mark.parametrize("section", FoiSection)
def test_what_is_withheld_stands_nowhere_and_why_is_said(item, section):
    contract = told()
    made = foi_answer(contract, MAKER, {item: Withheld(section, REASON)})
    words = text_of(made)
    assert dict(table(made, "What was asked").rows)[item.words] == f"Withheld: {section.words}"
    assert f"{item.words}: withheld under {section.words}. {REASON}" in words
    secrets = {
        FoiItem.SUPPLIER: [contract.contract.supplier],
        FoiItem.VALUE: [format_pounds(contract.contract.value), "£5,040,000.00"],
        FoiItem.LENGTH: [contract.days],
        FoiItem.FRAMEWORK: ["\nNo\n"],
        FoiItem.SOCIAL_VALUE: [
            format_pounds(contract.valuation.social_value),
            format_pounds(contract.delivered.pounds.accepted),
            *(
                format_pounds(line.social_value)
                for line in contract.valuation.lines
                # What is given in cash is told with what is promised.
                if line.social_value and line.measure.unit is not Unit.POUNDS
            ),
        ],
        FoiItem.COST: ["Not held"],
        FoiItem.PROMISES: ["Quantity for all years", "Due", "Good"],
        FoiItem.DELIVERED: [format_pounds(contract.delivered.pounds.accepted), "Accepted"],
    }[item]
    assert [secret for secret in secrets if secret in words] == []


def test_all_can_be_withheld_and_each_needs_a_reason():
    every = {item: Withheld(FoiSection.COMMERCIAL, REASON) for item in FoiItem}
    made = foi_answer(told(), MAKER, every)
    assert [block for block in made.blocks if isinstance(block, PaperTable)] == [table(made, "What was asked")]
    assert withholding_problems(every) == []
    (question,) = withholding_problems({FoiItem.SOCIAL_VALUE: Withheld(FoiSection.COMMERCIAL, REASON)})
    assert (question.code, question.severity) == ("withheld-worked-out", Severity.WARNING)
    (problem,) = withholding_problems({FoiItem.COST: Withheld(FoiSection.PERSONAL, "No")})
    assert (problem.where.field, problem.code) == ("cost", "withheld-reason")


def test_a_draft_a_framework_and_an_empty_contract_are_answered_too():
    contract = plain(commitment("1", "V04", 10, cost=D("120.50")), commitment("2", "V04", 10))
    drafted = replace(contract.contract, kind=ContractKind.FRAMEWORK, supplier="", status=ContractStatus.DRAFT)
    draft = replace(contract, contract=drafted, delivered=None)
    assert "This contract is a draft: nobody has signed it yet." in text_of(foi_answer(draft, MAKER, {}))
    named = replace(draft, contract=replace(drafted, supplier="Ash Ltd"))
    assert "Nobody yet; the draft names Ash Ltd" in text_of(foi_answer(named, MAKER, {}))
    unnamed = replace(contract, contract=replace(contract.contract, supplier=""))
    assert "No supplier is recorded" in text_of(foi_answer(unnamed, MAKER, {}))
    answers = dict(table(foi_answer(draft, MAKER, {}), "What was asked").rows)
    assert answers["Who won the contract"] == "Nobody yet; the draft names no supplier"
    assert answers["Whether it is a framework"] == "Yes, it is spent in orders"
    assert answers["What the social value costs the supplier"] == (
        "£120.50, as the supplier stated it for 1 of 2 commitments"
    )
    assert answers["What was delivered"] == "The contract is not signed, so nothing is delivered yet"
    valuation = replace(contract.valuation, lines=())
    empty = replace(contract, valuation=valuation, delivered=replace(contract.delivered, lines=()))
    assert dict(table(foi_answer(empty, MAKER, {}), "What was asked").rows)["What is promised"] == "Nothing"


def test_what_has_no_value_is_counted_only_in_every_table_and_a_rating_says_why_there_is_none():
    code = next(measure.code for measure in EDITION.measures if not measure.is_valued)
    made = foi_answer(plain(commitment("1", code, 5), commitment("2", "V04", 10)), MAKER, {})
    for caption in ("What is promised", "What was delivered"):
        assert table(made, caption).rows[0][-1] == "counted only"
    assert table(made, "What was delivered").rows[1][3] == "Other: no return on record"


def test_of_a_contract_of_which_nothing_is_due_nothing_is_listed():
    early = plain(commitment("1", "V04", 10), until=SIGNED.start_on)
    made = foi_answer(early, MAKER, {})
    assert "Nothing was due or accepted by 1 April 2026" in text_of(made)
    assert [each.caption for each in made.blocks if isinstance(each, PaperTable)] == [
        "What was asked, and the answer",
        "What is promised",
    ]


# KPI facts


def act(kind: DeliveryActKind, number: int, day: date, **more) -> DeliveryAct:
    return DeliveryAct(
        kind, day, "Contract manager", id=number, by="A. Okafor", contract_id=1,
        recorded_at=datetime(2027, 1, number, tzinfo=UTC), **more,
    )  # fmt: skip


def test_kpi_facts_have_the_words_of_the_regulations_and_every_date():
    contract = told()
    keys = [line.commitment.key for line in contract.delivered.lines][:4]
    first = act(DeliveryActKind.TELL_TO_IMPROVE, 1, date(2027, 1, 4), commitment=keys[0], improve_by=date(2027, 2, 1))
    second = act(DeliveryActKind.TELL_TO_IMPROVE, 2, date(2027, 3, 1))
    failed = act(DeliveryActKind.NOT_IMPROVED, 3, date(2027, 2, 3), commitment=keys[0])
    contract = replace(contract, improvements=(Improvement(first, failed), Improvement(second)))
    made = kpi_facts(contract, contract.delivered, keys, MAKER)
    indicators = table(made, "Key performance indicators")
    assert len(indicators.rows) == 4
    for row, line in zip(indicators.rows, contract.delivered.lines, strict=False):
        assert row[3] == line.rated.rating.words
        assert row[4].startswith(line.rated.sum_words)
    assert set(table(made, "What the ratings mean").rows) == {
        (line.rated.rating.words, line.rated.rating.meaning) for line in contract.delivered.lines[:4]
    }
    told_rows = table(made, "Each time that the supplier was told").rows
    assert told_rows[0] == (
        contract.delivered.lines[0].measure.full_name,
        "4 January 2027",
        "1 February 2027",
        f"{DeliveryActKind.NOT_IMPROVED.done} on 3 February 2027",
        "5 March 2027",
    )
    assert told_rows[1] == ("The whole contract", "1 March 2027", "–", "open", "–")
    assert "asks for 3" not in text_of(made)


def test_fewer_indicators_than_the_act_asks_for_are_said_to_be_so():
    contract = plain()
    made = kpi_facts(contract, contract.delivered, [contract.delivered.lines[0].commitment.key], MAKER)
    assert "The Act asks for 3 indicators at least where it applies." in text_of(made)
    assert "The supplier was not told to improve." in text_of(made)
    assert kpi_facts(contract, contract.delivered, [], MAKER).blocks


# The award paragraph


def with_groups(contract: ContractTold) -> ContractTold:
    """The contract valued by the edition that says for which groups of people its measures are."""
    edition = MENUS.load("barnet-open", "2026.2")
    lines = [line.commitment for line in contract.valuation.lines]
    return replace(contract, valuation=value_contract(contract.contract, edition, lines))


def test_an_edition_that_names_no_groups_is_not_said_to_be_for_none():
    words = text_of(award_paragraph(plain(commitment("1", "J07", 1)), [], MAKER))
    unknown = f"The menu edition {EDITION.name} does not say for which groups of people its measures are."
    assert words.count(unknown) == 2
    assert "No commitment is for" not in words


def test_an_award_paragraph_has_the_councils_headings_and_plain_words():
    lines = (
        commitment("1", "V04", 60),
        commitment("2", "J07", 1),
        commitment("3", next(code for code, each in EDITION.places.items() if each.theme.title == "Planet"), 2),
    )
    contract = with_groups(plain(*lines))
    priorities = [
        PlanPriority("Good work", "Corporate Plan", frozenset({"J07"})),
        PlanPriority("Giving", "Corporate Plan", frozenset({"V04"})),
        PlanPriority("Nothing", "Corporate Plan", frozenset()),
    ]
    words = text_of(award_paragraph(contract, priorities, MAKER))
    assert format_pounds(contract.valuation.social_value) in words
    for heading in ("Social value", "Council priorities", "Equalities", "Corporate parenting", "Environment"):
        assert f"\n{heading}\n" in words
    assert "“Good work” (Corporate Plan): " in words
    assert "so they are not added up" in words
    assert "For care leavers the supplier commits to " in words
    assert "Under “Planet” the supplier commits to " in words
    one = text_of(award_paragraph(contract, priorities[:1], MAKER))
    assert "added up." not in one.split("Equalities")[0].split("Council priorities")[1]


def test_an_award_paragraph_tells_each_measure_once_and_never_adds_people_over_years():
    people = next(each for each in EDITION.measures if each.unit is Unit.PEOPLE and each.counts is Counts.EACH_YEAR)
    lines = (
        commitment("1", "V04", 60, 60, 60),
        commitment("2", "V04", 10, 10, 10, contract_share=D("0.5")),
        commitment("3", people.code, 210, 210, 210),
        commitment("4", "R01", 1, None, 1),
    )
    words = text_of(award_paragraph(plain(*lines), [], MAKER))
    assert "210 hours of volunteering (195 counted here)" in words
    assert "“Counted here” is the part that the contract may claim" in words
    assert "in each year" in words
    assert "630" not in words
    assert "(yes in 2 of 3 years)" in words
    whole = text_of(award_paragraph(plain(commitment("1", "V04", 60)), [], MAKER))
    assert "“Counted here”" not in whole


def test_an_award_paragraph_of_few_words_says_what_is_not_there():
    contract = with_groups(plain(commitment("1", "V01", 60)))
    words = text_of(award_paragraph(contract, [], MAKER))
    assert "No commitment serves a priority that the council has set." in words
    assert "No commitment is for a group of people that the menu names." in words
    assert "No commitment is for care leavers alone." in words
    assert "No commitment stands under a theme about the environment." in words
    assert "£60.00 is to be handed over in cash or goods: it is told in real pounds too" in words
    empty = replace(
        contract, valuation=replace(contract.valuation, lines=()), contract=replace(contract.contract, title="")
    )
    assert "commits to no social value" in text_of(award_paragraph(empty, [], MAKER))


def test_an_award_paragraph_of_a_draft_offers_and_cuts_the_share_as_the_screen_does():
    contract = plain(commitment("1", "V04", 60, 60, 60))
    value = contract.valuation.social_value * 1000 / 43
    facts = {"value": value.quantize(D("0.01")), "supplier": "Ash Ltd"}
    signed = replace(contract, contract=replace(contract.contract, **facts))
    words = text_of(award_paragraph(signed, [], MAKER))
    assert "Ash Ltd commits to social value" in words
    assert "which is 4.29% of" in words or "which is 4.3% of" in words
    assert "draft" not in words
    assert not any(each.startswith("Deliveries") for each in award_paragraph(signed, [], MAKER).sources)
    draft = replace(signed, contract=replace(signed.contract, status=ContractStatus.DRAFT))
    words = text_of(award_paragraph(draft, [], MAKER))
    assert "This contract is a draft: nobody has signed it yet." in words
    assert "Ash Ltd offers social value" in words
    assert "commits to" not in words


def test_an_award_paragraph_never_leaves_unsaid_that_less_is_offered_than_the_rules_ask_for():
    contract = plain(commitment("1", "V04", 60, 60, 60))
    checks = check_policy(contract.valuation, POLICY)
    made = award_paragraph(contract, [], MAKER, checks)
    (rules,) = (each.points for each in made.blocks if isinstance(each, PaperList))
    assert rules[0].startswith("5% minimum: not enough, short by £")
    assert "£4,200,000.00 × 5% = £210,000.00 of social value." in rules[0]
    assert len(rules) == sum(check.result is PolicyResult.SHORT for check in checks)
    assert "Held against the council’s rules:" in text_of(made)
    assert "Held against" not in text_of(award_paragraph(contract, [], MAKER))


# Papers of many contracts


def row(name: str, due: str, accepted: str, before: tuple[str, str] = ("0", "0")) -> DeliveredRow:
    was = StatePounds(due=D(before[0]), accepted=D(before[1]))
    return DeliveredRow(name, name, StatePounds(due=D(due), accepted=D(accepted)), StatePounds(), 1, before=was)


def figures(**changes) -> DeliveredPortfolio:
    facts: dict = {
        "until": date(2026, 9, 30),
        "period": "Until 30 September 2026",
        "last_period": "Until 30 June 2026",
        "filters": (),
        "contracts": 6,
        "suppliers": 5,
        "commitments": 99,
        "pounds": StatePounds(D("500.00"), D("300.00"), D("280.00"), D("270.00"), D("261.30")),
        "real": StatePounds(due=D("20.00"), accepted=D("10.00")),
        "money": HandedMoney(D("12.00")),
        "before": StatePounds(due=D("100.00"), accepted=D("90.00")),
        "real_before": StatePounds(),
        "money_before": HandedMoney(),
        "ratings": {Rating.GOOD: 6, Rating.OTHER: 2},
        "counts": (
            DeliveredCount("V04", 4, "260", "hours of volunteering", "300"),
            DeliveredCount("J07", 1, "", "care leavers into work", "1"),
        ),
        "tables": (
            (Grouping.THEME, (row("Fair work", "200.00", "200.00", ("50", "50")), row("Planet", "100.00", "61.30"))),
            (Grouping.SUPPLIER, tuple(row(f"Supplier {number}", "10.00", "5.00") for number in range(14))),
        ),
        **changes,
    }  # fmt: skip
    return DeliveredPortfolio(**facts)


def test_a_committee_report_has_plain_counts_before_pounds_and_the_last_period_beside():
    few = figures(tables=((Grouping.SUPPLIER, (row("One", "1.00", "1.00"),)),))
    assert "not listed" not in text_of(committee_report(few, MAKER))
    made = committee_report(
        figures(menus=MENU_USES, part_notes=("A part is told.",), left_out=(("C9", "no menu"),)), MAKER
    )
    words = text_of(made)
    assert words.index("260 hours of volunteering (300 due)") < words.index("£261.30\n")
    assert "no care leavers into work (1 due)" in words
    assert "Of £300.00 in proxy pounds that was due, £261.30 is accepted (87.1%)." in words
    assert "Until 30 June 2026: £90.00 of £100.00 (90.0%), so the share is down." in words
    beside = {cells[0]: cells[1:] for cells in table(made, "This period beside the last").rows}
    assert beside["Accepted, proxy pounds"] == ("£261.30", "£90.00")
    assert beside["Missing, proxy pounds"] == ("£38.70", "£10.00")
    assert beside["Money handed over"] == ("£12.00", "£0.00")
    assert table(made, "Due and accepted by theme").total == ("Together", "£300.00", "£261.30", "87.1%", "90.0%")
    assert len(table(made, "Due and accepted by supplier").rows) == MOST_ROWS
    assert "2 more suppliers are in the total and not listed." in words
    assert "6 Good, 2 Other" in words
    assert {"A part is told.", "C9 is left out: no menu."} <= set(made.notes)
    assert made.sources[-1] == f"Menu editions: barnet-open 2026.2, SHA-256 {'a' * 64}."
    assert [chart.bars[-1].figure for chart in made.charts] == ["£261.30", "£61.30"]


def test_a_committee_report_on_nothing_says_so():
    nothing = figures(
        pounds=StatePounds(), before=StatePounds(), ratings={}, counts=(), tables=(),
        last_period="", period="Q3 of 2026/27", suppliers=0, filters=("Ward: Colindale",),
    )  # fmt: skip
    made = committee_report(nothing, MAKER)
    words = text_of(made)
    assert made.title == "Social value delivered: Q3 of 2026/27"
    assert "Nothing was due or accepted." in words
    assert "so the share is not to be compared" in words
    assert "Filters: Ward: Colindale." in words
    assert "Regulations: none." in words


def test_a_part_is_said_to_be_one_before_any_figure():
    part = figures(filters=("Ward Colindale", "Kind of supplier Large company"))
    for made in (committee_report(part, MAKER), performance_table(part, DeliveryRules(), MAKER)):
        first = next(made.blocks[0].words)
        assert first == "Only a part of what the council has: Ward Colindale; Kind of supplier Large company."


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ((), "There is no signed or closed contract, so there is nothing to report."),
        (("Ward Colindale",), "There is no signed or closed contract that passes these filters, so there is nothing"),
    ],
)
def test_papers_of_no_contract_have_no_figures(filters, said):
    none = figures(contracts=0, suppliers=0, commitments=0, filters=filters)
    for made in (committee_report(none, MAKER), performance_table(none, DeliveryRules(), MAKER)):
        assert said in text_of(made)
        assert not made.charts
        assert "£0.00" not in text_of(made)


def test_a_saved_view_is_named_in_the_title_and_before_any_figure():
    for paper_of, kind in ((committee_report, "delivered"), (performance_table, "performance")):
        more = (DeliveryRules(),) if paper_of is performance_table else ()
        made = paper_of(figures(filters=("Ward Colindale",)), *more, MAKER, "Our schools")
        assert made.title == f"Social value {kind}: until 30 September 2026, Our schools"
        assert next(made.blocks[0].words).startswith("Saved view “Our schools”. Only a part of what the council has: ")
        whole = paper_of(figures(), *more, MAKER, "Everything")
        assert next(whole.blocks[0].words) == "Saved view “Everything”. All signed and closed contracts pass it."


def test_what_is_counted_here_and_what_other_means_is_said():
    half = (DeliveredCount("J01", 1, "2", "full-time jobs", "3", "1 counted here", "3 new"),)
    words = text_of(committee_report(figures(counts=half), MAKER))
    assert "2 full-time jobs (3 due; 1 counted here; people: 3 new)" in words
    assert "“Counted here” is the part that the contract may claim" in words
    assert "Other: nothing due yet, or no return on record." in words
    whole = text_of(committee_report(figures(ratings={Rating.GOOD: 6}), MAKER))
    assert "“Counted here”" not in whole
    assert "Other:" not in whole


def test_a_performance_table_has_an_indicator_for_the_whole_and_each_theme():
    rules = DeliveryRules()
    made = performance_table(figures(), rules, MAKER)
    rows = table(made, "Indicators").rows
    assert rows[0] == (
        "Accepted of what was due, all themes", "Higher is better", "100%", "87.1%", "90.0%", "▼ worse", "Amber",
    )  # fmt: skip
    assert rows[1][3:] == ("100.0%", "100.0%", "= the same", "Green")
    assert rows[2][3:] == ("61.3%", "–", "–", "Red")
    better = performance_table(figures(before=StatePounds(due=D(10), accepted=D(1)), last_period=""), rules, MAKER)
    assert table(better, "Indicators").rows[0][5] == "▲ better"
    assert "Last period: none." in text_of(better)


@pytest.mark.parametrize(
    ("share", "signal"),
    [
        (None, Signal.NONE),
        (Fraction(1), Signal.GREEN),
        (Fraction(9999999, 10000000), Signal.AMBER),
        (Fraction(85, 100), Signal.AMBER),
        (Fraction(8499, 10000), Signal.RED),
    ],
)
def test_colours_follow_the_councils_bounds(share, signal):
    assert signal_of(share, DeliveryRules()) is signal
    assert signal.words


# The ward sheet


def ward(*lines: WardLine, **changes) -> CouncilPaper:
    facts: dict = {"elsewhere": 3, "editions": ("barnet-open 2026.2",), "contact": "sv@larkmere.example", **changes}
    return ward_sheet(WardTold("Eastmere", UNTIL, lines, **facts), MAKER)


def lines_of(contract: ContractTold, **more) -> list[WardLine]:
    return [WardLine(contract.contract, line, **more) for line in contract.delivered.lines]


def test_a_ward_sheet_answers_a_councillors_questions():
    contract = told()
    made = ward(*lines_of(contract, evidence=2, accepted_own=1))
    words = text_of(made)
    for heading in (
        "What is in my ward", "Is it true?", "Is it extra?", "Who paid?",
        "Why below target, and what was done", "What does it not say?",
    ):  # fmt: skip
        assert f"\n{heading}\n" in words
    pounds = contract.delivered.pounds
    assert table(made, "What was due").total[1] == format_pounds(pounds.due)
    assert table(made, "What was due").total[-1] == format_pounds(pounds.accepted)
    assert len(table(made, "What was due").rows) == MOST_PROMISES
    further = table(made, "Further promises").rows
    assert len(further) == len(contract.delivered.lines) - MOST_PROMISES
    assert further[0][0].startswith(f"{MOST_PROMISES + 1}  ")
    assert table(made, "What is missing").total[-1] == format_pounds(contract.delivered.open_pounds)
    assert "accepted by the officer who entered" in words
    assert "3 further commitments of the same contracts" in words
    assert "Who to ask: sv@larkmere.example." in words
    assert " p" in "".join(cells[2] for cells in table(made, "What was due").rows)


def test_a_ward_without_promises_says_so():
    made = ward(elsewhere=0, editions=(), contact="")
    words = text_of(made)
    assert "No promise for this ward is due yet." in words
    assert "What is in my ward" not in words
    assert "Menu editions" not in words


def test_a_ward_of_which_nothing_is_due_or_accepted():
    early = plain(commitment("1", "V04", 10), until=SIGNED.start_on)
    words = text_of(ward(*lines_of(early)))
    assert "Nothing is accepted yet." in words
    assert "Nothing is accepted yet, so nobody has paid for anything." in words
    assert "nothing due" in words
    assert "Other: nothing due yet" in words


def test_the_answer_of_a_ward_sheet_is_a_sentence():
    every = lines_of(told())
    due = [each for each in every if each.line.units.due]
    full = [each for each in due if each.line.units.accepted >= each.line.units.due]
    short = [each for each in due if each.line.units.accepted < each.line.units.due]
    waiting = [each for each in full if each.line.rated.is_provisional]
    plainly = [each for each in full if not each.line.rated.is_provisional]

    def answer(*lines: WardLine) -> str:
        return next(each.text for each in ward(*lines).blocks if getattr(each, "kind", None) is TextKind.MARKED)

    name = small_name(short[0].line)
    assert answer(plainly[0]) == "The one promise due here by now is accepted in full."
    assert answer(waiting[0]) == "The one promise due here by now is accepted in full, provisionally."
    assert answer(short[0]) == (
        f"The one promise due here by now is not accepted in full. What falls short: {name} (row 1)."
    )
    assert answer(plainly[0], short[0]) == (
        f"Of 2 promises due here by now, 1 is accepted in full. What falls short: {name} (row 2)."
    )
    assert answer(plainly[0], plainly[1], waiting[0]) == (
        "Of 3 promises due here by now, 3 are accepted in full, 1 of them provisionally."
    )
    assert answer(short[0], short[0]).startswith("Of 2 promises due here by now, none is accepted in full. What falls")
    assert answer(*short[:1] * 4).endswith("none is accepted in full. 4 fall short: rows 1 to 4.")
    mixed = answer(*short[:1] * 3, plainly[0], *short[:1] * 2)
    assert mixed.endswith("5 fall short: rows 1 to 3, 5 and 6.")


def test_what_is_missing_in_a_ward_adds_up_to_due_less_accepted():
    contract = told()
    silent = plain(commitment("1", "V04", 120, 120, 120), commitment("2", "R01", 1, 1, 1))
    every = [*lines_of(contract), *lines_of(silent)]
    made = ward(*every)
    short = [each.line for each in every if each.line.shortfall.units]
    shown, further = table(made, "What is missing"), table(made, "What else is missing")
    assert len(shown.rows) == MOST_MISSING
    assert len(shown.rows) + len(further.rows) == len(short)
    missing = sum(line.pounds.due - line.pounds.accepted for line in short)
    assert shown.total[1].endswith(f" = {format_pounds(missing)}")
    assert shown.total[-1] == format_pounds(sum(line.shortfall.open_pounds for line in short))
    rows = {row[0]: row for row in (*shown.rows, *further.rows)}
    number = str(len(lines_of(contract)) + 1)
    assert rows[number][1].endswith(f", {format_pounds(lines_of(silent)[0].line.shortfall.pounds)}")
    assert rows[number][2:4] == ("Not asked yet", "Nothing is agreed")
    assert "without it" in rows[str(len(every))][1]
    assert rows[str(len(every))][-1] == "counted only"
    share = next(measure.code for measure in EDITION.measures if measure.unit is Unit.PERCENT)
    of_share = table(ward(*lines_of(plain(commitment("1", share, D("0.5"), D("0.25"), None)))), "What is missing")
    assert "%" in of_share.rows[0][1]


def test_people_of_several_years_are_not_added_up_in_a_ward_and_shares_have_their_names():
    people = next(each for each in EDITION.measures if each.unit is Unit.PEOPLE and each.counts is Counts.EACH_YEAR)
    share = next(measure for measure in EDITION.measures if measure.unit is Unit.PERCENT)
    late = plain(commitment("1", people.code, 8, 8, 8), commitment("2", share.code, 50, 50, 50), until=SIGNED.end_on)
    made = ward(*lines_of(late))
    first, second = table(made, "What was due").rows
    assert first[1] == "8 in each of 3 years"
    assert second[0].startswith(f"2  {share.title}")
    assert table(made, "What is missing").rows[0][1].startswith(f"8 {people.many_name} in each of 3 years")


def test_tables_that_go_on_have_headings_of_their_own():
    """Else the heading before would stand over them on the next page."""
    many = ward(*lines_of(told()) * 3)
    answer = foi_answer(told(), MAKER, {})
    facts = kpi_facts(told(), told().delivered, [line.commitment.key for line in told().delivered.lines], MAKER)
    for made in (many, answer, facts, performance_table(figures(), DeliveryRules(), MAKER)):
        blocks = list(made.blocks)
        tables = [(before, each) for before, each in pairwise(blocks) if isinstance(each, PaperTable)]
        assert tables
        assert all(isinstance(before, PaperHeading) for before, each in tables if each.is_named)
        assert all(each.is_named for _, each in tables if len(each.rows) > MOST_PROMISES)


def test_rows_that_have_no_room_are_said_to_stand_at_the_end():
    line = lines_of(plain(commitment("1", "V04", 10)))[0]
    assert "Row 7 stands at the end." in text_of(ward(*[line] * 7))
    assert "Rows 7 to 30 stand at the end." in text_of(ward(*[line] * 30))
    assert "at the end" not in text_of(ward(*[line] * 6))


def test_a_ward_in_which_all_came_has_nothing_missing():
    contract = told()
    full = [each for each in lines_of(contract, evidence=1) if each.line.units.due and not each.line.shortfall.units]
    words = text_of(ward(*full))
    assert "Why below target" not in words
    assert "falls short" not in words
    assert "No claim was accepted by the officer who entered it." in words
