"""The council's own papers say what the frozen figures say, and what is withheld stands nowhere in them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.reports.deliveries import PLAIN, SIGNED, UNTIL, paper
from tests.reports.valuations import EDITION, MENUS, commitment
from tomsapp.domain.contract import ContractKind
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
from tomsapp.domain.papers.award import PlanPriority, award_paragraph
from tomsapp.domain.papers.committee import MOST_ROWS, committee_report
from tomsapp.domain.papers.council_paper import CouncilPaper, PaperTable
from tomsapp.domain.papers.foi import FoiItem, FoiSection, Withheld, foi_answer, withholding_problems
from tomsapp.domain.papers.kpi import kpi_facts
from tomsapp.domain.papers.performance import Signal, performance_table, signal_of
from tomsapp.domain.papers.told import ContractTold, PaperMaker, count_of, plain_count, units_of
from tomsapp.domain.papers.ward import MOST_ROWS as MOST_PROMISES
from tomsapp.domain.papers.ward import WardLine, WardTold, ward_sheet
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
    assert count_of(share, (D(20), D(5))) == "(20% + 5%)"
    assert plain_count(yes, (D(1),)).endswith("(yes in 1 of 1 year)")
    assert plain_count(hours, (D(25),)).startswith("25 ")


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
    assert answers["What the social value costs the supplier"] == "Not held: no supplier stated it"
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
    draft = replace(
        contract, contract=replace(contract.contract, kind=ContractKind.FRAMEWORK, supplier=""), delivered=None
    )
    answers = dict(table(foi_answer(draft, MAKER, {}), "What was asked").rows)
    assert answers["Who won the contract"] == "No supplier is recorded"
    assert answers["Whether it is a framework"] == "Yes, it is spent in orders"
    assert answers["What the social value costs the supplier"] == (
        "£120.50, as the supplier stated it for 1 of 2 commitments"
    )
    assert answers["What was delivered"] == "The contract is not signed, so nothing is delivered yet"
    valuation = replace(contract.valuation, lines=())
    empty = replace(contract, valuation=valuation, delivered=replace(contract.delivered, lines=()))
    assert dict(table(foi_answer(empty, MAKER, {}), "What was asked").rows)["What is promised"] == "Nothing"


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
    assert told_rows[1] == ("The whole contract", "1 March 2027", "", "open", "")
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


def test_an_award_paragraph_of_few_words_says_what_is_not_there():
    contract = with_groups(plain(commitment("1", "V01", 60)))
    words = text_of(award_paragraph(contract, [], MAKER))
    assert "No commitment serves a priority that the council has set." in words
    assert "No commitment is for a group of people that the menu names." in words
    assert "No commitment is for care leavers alone." in words
    assert "No commitment stands under a theme about the environment." in words
    assert "in real pounds, which are not part of that figure" in words
    empty = replace(
        contract, valuation=replace(contract.valuation, lines=()), contract=replace(contract.contract, title="")
    )
    assert "commits to no social value" in text_of(award_paragraph(empty, [], MAKER))


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
    assert words.index("260 hours of volunteering of 300 due") < words.index("£261.30\n")
    assert "no care leavers into work of 1 due" in words
    assert "Of £300.00 that was due, £261.30 is accepted (87.1%)." in words
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
    assert "nothing due" in words


def test_a_ward_in_which_all_came_has_nothing_missing():
    contract = told()
    full = [each for each in lines_of(contract, evidence=1) if each.line.units.due and not each.line.shortfall.units]
    words = text_of(ward(*full))
    assert "Why below target" not in words
    assert "Short:" not in words
    assert "No claim was accepted by the officer who entered it." in words
