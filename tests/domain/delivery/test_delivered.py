"""What was delivered to a day: units, pounds, ratings and edges, each worked out by hand here."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.build import commit, contract, edition, framework, measure, rate, valued
from tests.domain.delivery.build import accepted, act, planned, q, returned
from tomsapp.domain.contract import Contract, YearSpend
from tomsapp.domain.delivery.acts import DeliveryActKind
from tomsapp.domain.delivery.counting import Totals, count_pence
from tomsapp.domain.delivery.delivered import revalued, value_delivered
from tomsapp.domain.delivery.delivered_sums import quarter_text, shortfall_text
from tomsapp.domain.delivery.delivery import Delivery, DeliveryState
from tomsapp.domain.delivery.figures import Delivered, DeliveredLine, People, State
from tomsapp.domain.delivery.plan import plan_in_force
from tomsapp.domain.delivery.quarters import contract_quarters, quarters_of
from tomsapp.domain.delivery.rating import Rating
from tomsapp.domain.menu import Clash, Counts, Earned, ExclusionGroup, MenuEdition
from tomsapp.domain.money import exact_sum, round_pounds, to_scaled, total
from tomsapp.domain.proxy import UnitValue
from tomsapp.domain.units import Unit
from tomsapp.domain.value_factor import pence_per_scaled, value_factor

D = Decimal
HOURS = edition(measure("M1", "226.50"))
TWO_YEARS = contract(years=2)
END_Q2, END_YEAR, END = date(2026, 9, 30), date(2027, 3, 31), date(2028, 3, 31)
WITHDRAWN = DeliveryState.WITHDRAWN


def delivered(
    *deliveries: Delivery,
    until: date = END,
    menu: MenuEdition = HOURS,
    what: Contract = TWO_YEARS,
    lines=None,
    plan=(),
    **others,
) -> Delivered:
    lines = [commit("M1", "40", "40")] if lines is None else lines
    in_force = plan_in_force(what, menu, lines, plan)
    return value_delivered(what, menu, lines, in_force, deliveries, others.pop("agreements", ()), until, **others)


def line_of(*deliveries: Delivery, **others) -> DeliveredLine:
    [line] = delivered(*deliveries, **others).lines
    return line


def test_the_worked_example_of_the_method():
    """40 hours at £226.50, due as 10, 20, 5 and 5; 10 came in the first quarter and 15 in the second."""
    plan = planned("M1", q1_1="10", q1_2="20", q1_3="5", q1_4="5")
    line = line_of(accepted("M1", "1.1", "10"), accepted("M1", "1.2", "15"), until=END_Q2, plan=plan)
    assert (line.units.due, line.units.accepted, line.units.missing) == (30, 25, 5)
    assert (line.pounds.due, line.pounds.accepted) == (D("6795.00"), D("5662.50"))
    first, second = line.quarters[:2]
    assert (first.of(State.ACCEPTED).pounds, second.of(State.ACCEPTED).pounds) == (D("2265.00"), D("3397.50"))
    assert line.rated.sum_words == "accepted 25 ÷ due 30 = 83.3%"
    assert line.rated.rating is Rating.REQUIRES_IMPROVEMENT
    assert line.shortfall.pounds == line.shortfall.open_pounds == D("1132.50")


def test_a_full_year_is_the_year_as_signed_to_the_penny():
    menu = edition(measure("J1", "5050.50", Unit.FTE_YEARS))
    quarters = [accepted("J1", f"1.{number}", "3.125") for number in range(1, 5)]
    total = delivered(*quarters, menu=menu, what=contract(), lines=[commit("J1", "12.50")], until=END_YEAR)
    assert total.pounds.accepted == total.promised_pounds == D("63131.25")
    assert total.lines[0].rated.rating is Rating.GOOD


@pytest.mark.parametrize(
    ("deliveries", "until", "expected"),
    [
        # due, claimed, evidenced, accepted, provisional, surplus, rejected, withdrawn
        ([], date(2026, 6, 29), "0 0 0 0 0 0 0 0"),
        ([], date(2026, 6, 30), "10 0 0 0 0 0 0 0"),
        ([returned("M1", "1.1", "12")], END_Q2, "20 12 0 0 0 0 0 0"),
        ([returned("M1", "1.1", "12", evidenced="9")], END_Q2, "20 12 9 0 0 0 0 0"),
        ([returned("M1", "1.1", "12", evidenced="9", accepted="8")], END_Q2, "20 12 9 8 0 0 0 0"),
        ([accepted("M1", "1.1", "12", provisional="5")], END_Q2, "20 12 12 12 5 0 0 0"),
        ([accepted("M1", "1.1", "12", provisional="5")], date(2026, 6, 30), "10 10 10 10 3 2 0 0"),
        ([accepted("M1", "1.1", "25")], END_Q2, "20 20 20 20 0 5 0 0"),
        ([accepted("M1", "1.1", "25")], date(2026, 12, 31), "30 25 25 25 0 0 0 0"),
        ([returned("M1", "1.1", "12", evidenced="12", rejected="12")], END_Q2, "20 0 0 0 0 0 12 0"),
        ([returned("M1", "1.1", "12", evidenced="12", accepted="7", rejected="5")], END_Q2, "20 7 7 7 0 0 5 0"),
        ([returned("M1", "1.1", "12", rejected="5", state=WITHDRAWN)], END_Q2, "20 0 0 0 0 0 5 7"),
        ([returned("M1", "1.1", "0", note="No school could be visited")], END_Q2, "20 0 0 0 0 0 0 0"),
        ([accepted("M1", "1.3", "12")], END_Q2, "20 0 0 0 0 0 0 0"),
        ([accepted("M1", "2.4", "12")], date(2090, 1, 1), "80 12 12 12 0 0 0 0"),
    ],
)
def test_what_counts_of_what_was_returned(deliveries, until, expected):
    units = line_of(*deliveries, until=until).units
    found = [getattr(units, name) for name in units.__slots__]
    assert found == [D(each) for each in expected.split()]


def test_what_is_provisional_of_what_was_returned_is_what_is_not_accepted_for_good():
    told = line_of(returned("M1", "1.1", "12", evidenced="12", accepted="8", provisional="3"), until=END_Q2).returned
    assert (told.claimed, told.evidenced, told.accepted, told.provisional) == (12, 12, 8, 3)


def test_what_was_returned_is_not_capped():
    line = line_of(returned("M1", "1.1", "30", evidenced="25", accepted="20", rejected="2"), until=date(2026, 6, 30))
    assert (line.returned.claimed, line.returned.evidenced, line.returned.accepted) == (28, 25, 20)
    assert (line.units.claimed, line.units.surplus) == (10, 10)


DATED = edition(
    measure(
        "M1",
        "100",
        unit_values=tuple(
            UnitValue(D(value), D(value), "2024", year=year) for year, value in ((2026, 100), (2027, 200))
        ),
    )
)


def test_what_comes_late_has_the_value_of_the_year_in_which_it_was_due():
    line = line_of(accepted("M1", "1.1", "20"), accepted("M1", "2.1", "25"), until=date(2027, 6, 30), menu=DATED)
    assert line.units_by_year(State.ACCEPTED) == (40, 5)
    assert line.pounds_by_year(State.ACCEPTED) == (D("4000.00"), D("1000.00"))
    late = line.quarter(q("2.1"))
    assert late is not None
    assert [(part.year, part.before, part.after) for part in late.of(State.ACCEPTED).parts] == [(0, 20, 40), (1, 0, 5)]
    assert late.of(State.ACCEPTED).pounds == D("3000.00")
    assert line.quarter(q("9.1")) is None


def test_a_surplus_has_the_value_of_the_year_of_the_last_quarter():
    early = [accepted("M1", "1.1", "90")]
    assert line_of(*early, until=END_YEAR, menu=DATED).pounds.surplus == D("5000.00")
    assert line_of(*early, until=END, menu=DATED).pounds.surplus == D("2000.00")
    assert line_of(*early, until=date(2026, 4, 1), menu=DATED).pounds.surplus == 0


def test_what_is_rejected_has_the_value_of_the_year_in_which_it_was_claimed():
    rows = [returned("M1", "1.1", "3", rejected="3"), returned("M1", "2.1", "4", state=WITHDRAWN)]
    pounds = line_of(*rows, menu=DATED).pounds
    assert (pounds.rejected, pounds.withdrawn) == (D("300.00"), D("800.00"))


def test_a_year_without_a_value_counts_no_pounds():
    menu = edition(measure("M1", "100", unit_values=(UnitValue(D(100), D(100), "2024", year=2026),)))
    line = line_of(accepted("M1", "2.1", "60"), menu=menu)
    assert (line.units.accepted, line.pounds.accepted) == (60, D("4000.00"))
    assert line.unit_values[1] is None
    labels = ("2026/27", "2027/28")
    late = line.quarters[4]
    assert [part.after for part in late.of(State.ACCEPTED).parts] == [40, 10]
    assert quarter_text(line, late, State.ACCEPTED, labels) == "2026/27 to Q1: 40 × £100.00 = £4,000.00; Q1 = £4,000.00"
    assert quarter_text(line, line.quarters[5], State.ACCEPTED, labels) == ""
    assert shortfall_text(line, line.shortfall) == "20"


def test_a_record_only_measure_counts_and_has_no_pounds():
    menu = edition(measure("M1", None, Unit.TREES))
    total = delivered(accepted("M1", "1.1", "12"), menu=menu, until=END_YEAR)
    [line] = total.lines
    assert (line.units.due, line.units.accepted, line.pounds.accepted) == (40, 12, 0)
    assert line.rated.rating is Rating.INADEQUATE
    assert total.summary.rating is Rating.OTHER
    assert total.ratings[Rating.INADEQUATE] == 1


def test_a_shared_line_counts_its_share_of_the_pounds():
    line = line_of(
        accepted("M1", "1.1", "5.5"), lines=[commit("M1", "40", "40", contract_share="0.25")], until=date(2026, 6, 30)
    )
    assert (line.units.accepted, line.pounds.accepted) == (D("5.5"), D("311.44"))


def test_real_pounds_stand_apart():
    menu = edition(measure("M1", "10", Unit.POUNDS, real_pounds=True), measure("M2", "10"))
    lines = [commit("M1", "1000", "1000", contract_share="0.5"), commit("M2", "4")]
    total = delivered(accepted("M1", "1.1", "300.25"), menu=menu, lines=lines, until=date(2026, 6, 30))
    assert (total.real_promised, total.real_due, total.real_accepted) == (D(1000), D(125), D(125))
    assert total.pounds.accepted == D("1250.00")
    more = delivered(accepted("M1", "1.1", "300.25"), menu=menu, lines=lines, until=END_YEAR)
    assert more.real_accepted == D("150.13")
    assert [more.real_pounds(state) for state in State] == [D(500), *[D("150.13")] * 4]


def test_a_promise_per_pound_is_due_by_what_is_spent():
    called_off = framework(YearSpend(0, D(2_000_000), is_recorded=True), years=2)
    line = line_of(
        accepted("M1", "1.1", "5"), what=called_off, lines=[commit("M1", rate=rate("20", "1000000"))], until=END_YEAR
    )
    assert (line.promised, line.units.due, line.units.accepted) == (40, 40, 5)


def test_a_commitment_without_a_quantity_is_other():
    total = delivered(accepted("M1", "1.1", "5"), lines=[commit("M1", "0", None)])
    [line] = total.lines
    assert (line.rated.rating, line.units.surplus, line.pounds.surplus) == (Rating.OTHER, 5, D("1132.50"))
    assert total.summary.sum_words == "nothing due yet"
    assert total.accepted_share is None


def test_no_return_at_all_is_other_and_a_return_of_nothing_is_inadequate():
    day = date(2026, 9, 30)
    silent = delivered(until=day)
    [line] = silent.lines
    assert (line.rated.rating, line.rated.sum_words) == (Rating.OTHER, "no return on record")
    assert (silent.summary.rating, silent.summary.sum_words) == (Rating.OTHER, "no return on record")
    # It stays due, missing and open.
    assert (line.units.missing, silent.pounds.missing, silent.open_pounds) == (D(20), D("4530.00"), D("4530.00"))
    gone = returned("M1", "1.1", "10", state=DeliveryState.WITHDRAWN)
    later = returned("M1", "1.3", "10")
    for rows in ((gone,), (later,), (gone, later)):
        assert line_of(*rows, until=day).rated.sum_words == "no return on record"
    nothing = delivered(returned("M1", "1.1", "0", note="The adviser left in May"), until=day)
    assert nothing.lines[0].rated.sum_words == "accepted 0 ÷ due 20 = 0.0%"
    assert nothing.lines[0].rated.rating is nothing.summary.rating is Rating.INADEQUATE


def test_nothing_due_yet_is_other_and_all_rejected_is_inadequate():
    assert line_of(until=date(2026, 5, 1)).rated.rating is Rating.OTHER
    line = line_of(returned("M1", "1.1", "10", rejected="10"), until=date(2026, 6, 30))
    assert line.rated.sum_words == "accepted 0 ÷ due 10 = 0.0%"


def test_a_contract_of_one_day_is_due_on_it():
    day = contract(end_on=date(2026, 4, 1))
    line = line_of(accepted("M1", "1.1", "40"), what=day, lines=[commit("M1", "40")], until=date(2026, 4, 1))
    assert (len(line.quarters), line.rated.rating) == (1, Rating.GOOD)


def test_a_contract_of_fifty_years_adds_up():
    long = contract(years=50)
    rows = [accepted("M1", f"{year}.{number}", "10") for year in range(1, 51) for number in range(1, 5)]
    total = delivered(*rows, what=long, lines=[commit("M1", *["40"] * 50)], until=long.end_on)
    assert total.pounds.accepted == total.pounds.due == total.promised_pounds == D("453000.00")


def test_per_cents_of_two_years_are_never_added():
    menu = edition(measure("M1", None, Unit.PERCENT))
    lines = [commit("M1", "30", "30")]
    line = line_of(accepted("M1", "1.4", "50"), accepted("M1", "2.4", "20"), menu=menu, lines=lines)
    assert (line.units.accepted, line.units.due, line.units.surplus) == (50, 60, 0)
    assert (line.adds_up, line.units_by_year(State.ACCEPTED)) == (False, (30, 20))
    assert line.returned.accepted == 70
    twice = line_of(accepted("M1", "1.2", "20"), accepted("M1", "1.4", "25"), menu=menu, lines=lines, until=END_YEAR)
    assert (twice.units.accepted, twice.returned.accepted) == (25, 25)


def test_a_yes_counts_once_and_may_come_late():
    menu = edition(measure("M1", None, Unit.YES_NO, counts=Counts.ONCE))
    lines = [commit("M1", "1")]
    late = line_of(accepted("M1", "2.1", "1"), menu=menu, lines=lines)
    assert (late.units.accepted, late.units.due, late.rated.rating) == (1, 1, Rating.GOOD)
    again = line_of(accepted("M1", "1.1", "1"), accepted("M1", "1.2", "1"), menu=menu, lines=lines)
    assert (again.units.accepted, again.returned.accepted, again.units.surplus) == (1, 1, 0)


def test_quarters_that_have_not_ended_count_nothing():
    line = line_of(accepted("M1", "1.3", "10"), until=END_Q2)
    later = line.quarters[2]
    assert (later.is_due, later.planned, later.of(State.ACCEPTED).units) == (False, 10, 0)
    assert later.delivery is not None
    assert [each.is_missing for each in line.quarters[:3]] == [True, True, False]


def test_what_the_contract_has_no_more_is_left_out_and_told():
    rows = [accepted("M1", "1.1", "10"), accepted("M1", "3.1", "5"), accepted("M9", "1.1", "5")]
    total = delivered(*rows, lines=[commit("M1", "40", "40"), commit("M7", "1")])
    assert total.left_out == (rows[1], rows[2])
    assert (len(total.lines), total.pounds.accepted) == (1, D("2265.00"))


def test_a_commitment_without_a_plan_is_planned_by_default():
    total = value_delivered(TWO_YEARS, HOURS, [commit("M1", "40", "40")], {}, [], [], END_Q2)
    assert total.lines[0].units.due == 20


JOBS = edition(
    measure(
        "J1",
        "1000",
        Unit.FTE_JOBS,
        counts=Counts.FIRST_12_MONTHS,
        employment_outcome=D(1),
        earned=Earned.AT_COMPLETION,
        evidence_months=12,
    ),
    measure("J2", None, Unit.PEOPLE, counts=Counts.ONCE, employment_outcome=D(1)),
    measure("J3", "5000", Unit.FTE_YEARS, employment_outcome=D(1)),
    groups=(ExclusionGroup("people", Clash.DECLARE, "the same person", ("J1", "J2"), "They may be the same"),),
)


def test_jobs_are_counted_by_state_and_the_same_people_once():
    lines = [commit("J1", "2", contract_share="0.5"), commit("J2", "3"), commit("J3", "4", "4")]
    rows = [accepted("J1", "1.4", "2", provisional="1"), accepted("J2", "1.4", "1"), accepted("J3", "1.4", "3")]
    total = delivered(*rows, menu=JOBS, lines=lines, until=END_YEAR)
    # Half of two jobs and three people may be the same; four full-time years of two are two jobs.
    assert total.jobs == {State.DUE: 3 + 2, State.ACCEPTED: 1 + Fraction(3, 2), State.FINAL: 1 + Fraction(3, 2)}
    assert total.jobs_apart == 1 + 3 + 2, "as the commitments add up"
    apart = delivered(*rows, menu=JOBS, lines=lines, until=END_YEAR, declared=[frozenset(("J1", "J2"))])
    assert apart.jobs[State.ACCEPTED] == 1 + 1 + Fraction(3, 2)
    assert apart.jobs[State.FINAL] == Fraction(1, 2) + 1 + Fraction(3, 2)


def test_people_are_those_of_what_was_accepted():
    lines = [commit("J1", "4"), commit("J2", "3")]
    rows = [
        returned("J1", "1.1", "3", evidenced="3", accepted="2", rejected="1", new=D(3), retained=D(1)),
        returned("J1", "1.2", "2", new=D(2)),
        accepted("J2", "1.1", "1", transferred=D(1)),
    ]
    total = delivered(*rows, menu=JOBS, lines=lines)
    assert total.people == People(new=D(2), retained=D(0), transferred=D(1))
    assert line_of(accepted("M1", "1.1", "1", new=D(1))).people == People()


def test_people_of_a_measure_that_counts_each_year_are_those_of_its_fullest_quarter():
    raised = measure("M1", unit=Unit.FTE_YEARS, employment_outcome=D(1), counts=Counts.EACH_YEAR)
    rows = [
        accepted("M1", "1.1", "10", retained=D(10), transferred=D(6)),
        accepted("M1", "1.2", "10", retained=D(11), transferred=D(5)),
        accepted("M1", "2.1", "10"),
    ]
    assert delivered(*rows, menu=edition(raised)).people == People(retained=D(11), transferred=D(6))
    once = edition(replace(raised, counts=Counts.ONCE))
    assert delivered(*rows, menu=once).people == People(retained=D(21), transferred=D(11))


def test_what_is_provisional_says_until_when():
    lines = [commit("J1", "2")]
    rows = [accepted("J1", "1.1", "2", provisional="2"), accepted("J1", "1.3", "1")]
    assert line_of(*rows, menu=JOBS, lines=lines).provisional_until == date(2027, 6, 30)
    began = {("J1", q("1.1")): [date(2026, 4, 20), date(2026, 5, 1)]}
    assert line_of(*rows, menu=JOBS, lines=lines, began=began).provisional_until == date(2027, 5, 1)
    assert line_of(accepted("J1", "1.1", "2"), menu=JOBS, lines=lines).provisional_until is None


def test_what_is_final_counts_before_what_is_provisional():
    rows = [accepted("J1", "1.1", "2", provisional="2"), accepted("J1", "1.2", "1")]
    line = line_of(*rows, menu=JOBS, lines=[commit("J1", "2")], until=END_YEAR)
    assert (line.units.accepted, line.units.provisional, line.units.final, line.units.surplus) == (2, 1, 1, 1)
    assert (line.pounds.accepted, line.pounds.provisional, line.pounds.final) == (2000, 1000, 1000)


def test_a_contract_says_its_last_quarter_and_its_years():
    total = delivered(until=date(2026, 11, 30))
    assert total.last_quarter is not None
    assert total.last_quarter.label == "Q2 (Jul to Sep 2026)"
    assert delivered(until=date(2026, 4, 1)).last_quarter is None
    assert delivered(lines=[], until=END_Q2).last_quarter == total.last_quarter
    assert [year.label for year in total.years] == ["2026/27", "2027/28"]
    assert (total.lines[0].measure.code, total.lines[0].adds_up) == ("M1", True)


def test_states_have_their_words():
    assert [state.words for state in State] == ["Due", "Claimed", "Evidenced", "Accepted", "Accepted for good"]


# Whatever is planned, and whatever is returned


UNITS = [Unit.HOURS, Unit.PEOPLE, Unit.TONNES, Unit.FTE_JOBS, Unit.PERCENT]


@st.composite
def contracts(draw) -> tuple[Contract, MenuEdition, list, list, list]:
    """A contract of up to three and a half years with one or two lines, a plan by hand, and returns."""
    start = draw(st.sampled_from([date(2024, 2, 29), date(2026, 4, 1), date(2025, 8, 31)]))
    made = contract(start=start, end_on=date.fromordinal(start.toordinal() + draw(st.integers(0, 1280))))
    values = st.decimals(D("0.0001"), D(20000), places=4)
    shares = st.sampled_from([D(1), D("0.25"), D("0.3333")])
    menu = edition(
        *(
            measure(
                code,
                draw(st.sampled_from([str(draw(values)), None])),
                draw(st.sampled_from(UNITS)),
                counts=draw(st.sampled_from(list(Counts))),
                deadweight_share=draw(st.sampled_from([D(0), D("0.25")])),
            )
            for code in ("M1", "M2")
        ),
        discount_rate=draw(st.sampled_from([D(0), D("0.035")])),
    )
    years = len(made.years)
    lines, entries, rows = [], [], []
    for place in menu.places.values():
        what = place.measure
        most = 100 if what.unit is Unit.PERCENT else 1000
        quantity = st.integers(0, most).map(lambda whole, places=what.decimals: D(whole).scaleb(-places))
        promised = [draw(quantity) for _ in range(years)]
        lines.append(replace(commit(what.code, contract_share=draw(shares)), quantities=tuple(promised)))
        for each in quarters_of(made):
            if draw(st.booleans()):
                parts = sorted(draw(st.lists(quantity, min_size=5, max_size=5)))
                provisional, taken, shown, refused, claimed = parts
                refused = min(refused, claimed - shown)
                row = returned(
                    what.code,
                    f"{each.quarter.year + 1}.{each.quarter.number}",
                    str(claimed),
                    evidenced=shown,
                    accepted=taken,
                    provisional=provisional,
                    rejected=refused,
                    note="Nothing could be done in it",
                )
                if draw(st.integers(0, 9)) == 0:
                    row = replace(row, accepted=D(0), provisional=D(0), state=WITHDRAWN)
                rows.append(row)
        if draw(st.booleans()):
            for year in made.years:
                own = [each.quarter for each in quarters_of(made) if each.quarter.year == year.index]
                chosen = draw(st.sampled_from(own))
                entries += planned(what.code, **{f"q{chosen.year + 1}_{chosen.number}": str(promised[year.index])})
    return made, menu, lines, entries, rows


def by_hand(line: DeliveredLine, rate_: Decimal, units: dict[State, list[Fraction]]) -> dict[State, Decimal]:
    """The pounds of each state by the definition alone: units by year × the value of a unit, each year rounded once."""
    share = line.commitment.contract_share
    return {
        state: sum(
            (
                round_pounds(quantity * value_factor(line.measure, value.value, share, year, rate_))
                for year, (quantity, value) in enumerate(zip(by_year, line.unit_values, strict=True))
                if value is not None
            ),
            D(0),
        )
        for state, by_year in units.items()
    }


@given(contracts(), st.integers(0, 1300))
def test_the_sums_hold_whatever_is_planned_and_returned(made, days):
    what, menu, lines, entries, rows = made
    until = date.fromordinal(what.start_on.toordinal() + days)
    plan = plan_in_force(what, menu, lines, entries)
    total = value_delivered(what, menu, lines, plan, rows, [], until)
    signed = valued(what, menu, *lines)
    assert total.promised_pounds == signed.social_value
    for line, promised in zip(total.lines, signed.lines, strict=True):
        assert line.promised_pounds == promised.social_value
        ended = {each.quarter for each in contract_quarters(what.start_on, what.end_on) if each.ends_on <= until}
        due = [Fraction(0)] * len(what.years)
        for quarter in ended:
            due[quarter.year] += Fraction(plan[line.commitment.key].quantities[quarter])
        own = [row for row in rows if row.commitment == line.commitment.key and row.quarter in ended]
        counted = {
            State.DUE: due,
            State.CLAIMED: fill_by_hand(line, due, own, "standing"),
            State.EVIDENCED: fill_by_hand(line, due, own, "shown"),
            State.ACCEPTED: fill_by_hand(line, due, own, "accepted"),
            State.FINAL: fill_by_hand(line, due, own, "final"),
        }
        pounds = by_hand(line, menu.discount_rate, counted)
        for state in State:
            assert list(map(Fraction, line.units_by_year(state))) == counted[state]
            assert sum(line.pounds_by_year(state)) == pounds[state]
            assert sum(each.of(state).pounds for each in line.quarters) == pounds[state]
            assert sum(each.of(state).units for each in line.quarters) == sum(counted[state])
            assert all(each.of(state).pounds >= 0 for each in line.quarters)
        amounts = (line.units, line.pounds)
        assert (line.pounds.due, line.pounds.accepted) == (pounds[State.DUE], pounds[State.ACCEPTED])
        for each in amounts:
            assert 0 <= each.provisional <= each.accepted <= each.evidenced <= each.claimed <= each.due
            assert each.final + each.provisional + each.missing == each.due
            assert min(each.surplus, each.rejected, each.withdrawn) >= 0
        assert line.shortfall.open_pounds == line.pounds.missing == line.shortfall.pounds
        if until >= what.end_on:
            assert line.units.due == line.promised
            assert line.pounds.due == line.promised_pounds
        _in_bulk(line, own, total)
    assert total.pounds.accepted + total.open_pounds + total.agreed_pounds == total.pounds.due


def fill_by_hand(line: DeliveredLine, due: list[Fraction], rows: list[Delivery], name: str) -> list[Fraction]:
    """Units by contract year by the definition alone."""
    if line.measure.unit is Unit.PERCENT:
        most = [
            max((getattr(row, name) for row in rows if row.quarter.year == year), default=D(0))
            for year in range(len(due))
        ]
        return [min(Fraction(own), quantity) for own, quantity in zip(most, due, strict=True)]
    left = sum((Fraction(getattr(row, name)) for row in rows), Fraction(0))
    filled = []
    for quantity in due:
        filled.append(min(left, quantity))
        left -= filled[-1]
    return filled


def _in_bulk(line: DeliveredLine, rows: list[Delivery], total: Delivered) -> None:
    """The same commitment in whole numbers, as thousands of contracts are worked out."""
    if line.measure.unit is Unit.PERCENT or total.last_quarter is None:
        return
    share, rate_ = line.commitment.contract_share, total.edition.discount_rate
    ratios = [
        pence_per_scaled(value_factor(line.measure, value.value, share, year, rate_), 4) if value else (0, 1)
        for year, value in enumerate(line.unit_values)
    ]
    due = [to_scaled(quantity, 4) for quantity in line.units_by_year(State.DUE)]
    sums = [
        sum(to_scaled(getattr(row, name), 4) for row in rows) for name in ("standing", "shown", "accepted", "final")
    ]
    counted = count_pence(due, ratios, Totals(*sums), total.last_quarter.quarter.year)
    found = [getattr(line.pounds, name) for name in counted._fields]
    assert [D(pence).scaleb(-2) for pence in counted] == found


@given(contracts(), st.integers(0, 1300), st.integers(0, 400))
def test_what_counted_once_counts_later_too(made, days, more):
    what, menu, lines, entries, rows = made
    plan = plan_in_force(what, menu, lines, entries)
    start = what.start_on.toordinal()
    earlier, later = (
        value_delivered(what, menu, lines, plan, rows, [], date.fromordinal(start + when))
        for when in (days, days + more)
    )
    for before, after in zip(earlier.lines, later.lines, strict=True):
        for state in State:
            for figures in before.quarters:
                if figures.is_due:
                    same = after.quarter(figures.quarter.quarter)
                    assert same is not None
                    assert same.of(state) == figures.of(state)


# After a decision


@pytest.mark.parametrize("is_used", [False, True])
def test_figures_after_a_decision_are_those_of_a_whole_reckoning(is_used):
    """Only the commitment that is decided is worked out anew; where its surplus is used, the other one too."""
    menu = edition(measure("M1", "226.50"), measure("M2", "10.00"))
    lines = [commit("M1", "40", "40"), commit("M2", "40", "40")]
    plan = plan_in_force(TWO_YEARS, menu, lines, ())
    terms = {"commitment": "M1", "other_commitment": "M2", "quarter": "1.2", "quantity": "5", "supplier_by": "J"}
    acts = [act(DeliveryActKind.SUBSTITUTE, **terms)] if is_used else []
    gone = returned("M9", "1.1", "3")

    def figures(*deliveries):
        return value_delivered(TWO_YEARS, menu, lines, plan, [*deliveries, gone], acts, END_Q2)

    waiting = returned("M2", "1.1", "30", evidenced="30")
    others = (accepted("M1", "1.1", "2"), returned("M2", "1.4", "4"))
    before, after = figures(waiting, *others), figures(accepted("M2", "1.1", "30"), *others)
    found = revalued(before, {"M2"}, plan, [accepted("M2", "1.1", "30"), *others, gone], acts)
    assert found == after != before
    assert (found.lines[0] is before.lines[0]) is not is_used
    none = [returned("M2", "1.1", "30", state=WITHDRAWN)]
    assert revalued(before, {"M1", "M2"}, plan, none, acts).summary.is_silent


def test_a_surplus_is_told_by_the_quarters_that_bring_it_or_use_it_up():
    line = line_of(accepted("M1", "1.1", "90"), until=END, menu=DATED)
    units = [each.units for each in line.surplus_by_quarter]
    assert exact_sum(units) == line.units.surplus
    assert total(each.pounds for each in line.surplus_by_quarter) == line.pounds.surplus
    assert units[0] > 0 > min(units)
    for number, quarter in enumerate(quarters_of(TWO_YEARS), start=1):
        then = line_of(accepted("M1", "1.1", "90"), until=quarter.ends_on, menu=DATED)
        assert total(each.pounds for each in line.surplus_by_quarter[:number]) == then.pounds.surplus
    assert line_of(accepted("M1", "1.1", "1")).surplus_by_quarter == ()
