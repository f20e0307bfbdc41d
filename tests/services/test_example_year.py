"""The year that the example council tells, as its contract manager finds it, and that nothing in it is real."""

from datetime import date, timedelta
from decimal import Decimal

import pypdfium2
import pytest

from tests.services.council import open_as, sealed_documents
from tomsapp.__main__ import main
from tomsapp.config import paths
from tomsapp.domain.delivery.acts import DeliveryActKind
from tomsapp.domain.delivery.delivery import DELIVERY
from tomsapp.domain.delivery.due import return_due_on
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.domain.delivery.rating import Rating
from tomsapp.domain.seal import ActKind
from tomsapp.domain.valuation import value_contract
from tomsapp.services import checking, contracts, delivery, example, example_papers, kept_files
from tomsapp.services.delivery_acts import document_bytes, is_whole
from tomsapp.services.history import record_history
from tomsapp.services.publishing import papers_of
from tomsapp.services.reporting import write_report

TODAY = date(2026, 11, 30)
YEAR_END = date(2026, 9, 30)
HOME_CARE, BREAKFAST = "L-2025-007", "L-2023-002"
Q1, Q2, Q3, Q4 = (Quarter(0, number) for number in range(1, 5))
K = DeliveryActKind


@pytest.fixture(scope="module")
def council(tmp_path_factory, examples):
    workspace = open_as(examples.copy(tmp_path_factory.mktemp("year"), TODAY), "R. Castell")
    yield workspace
    workspace.close()


@pytest.fixture(scope="module")
def year(council):
    return delivery.open_delivery_of(council, HOME_CARE, YEAR_END)


def held(opened, measure, quarter):
    (key,) = [line.record.key for line in opened.commitments if line.record.measure == measure]
    return opened.find(key, quarter)


def claim(opened, measure, quarter):
    return held(opened, measure, quarter).record


def acts(opened, *kinds):
    """The standing acts of these kinds with the measures that they are about."""
    measures = {line.record.key: line.record.measure for line in opened.commitments}
    return [(measures.get(act.commitment, ""), act) for act in opened.standing if act.kind in kinds]


def test_four_returns_came_and_one_of_them_late(year):
    came = {quarter: {each.record.returned_on for each in year.deliveries if each.record.quarter == quarter}
            for quarter in (Q1, Q2, Q3, Q4)}  # fmt: skip
    assert came[Q1] == {date(2026, 1, 14)}
    assert came[Q2] == {date(2026, 6, 9)}
    assert came[Q3] == {date(2026, 7, 20), date(2026, 8, 6)}
    assert came[Q4] == {date(2026, 10, 26)}
    second = next(each for line in year.delivered.lines for each in line.quarters if each.quarter.quarter == Q2)
    assert return_due_on(second.quarter, year.rules.record) == date(2026, 4, 30)
    ((_, told),) = acts(year, K.TELL_TO_IMPROVE)
    assert (told.done_on, told.commitment) == (date(2026, 5, 20), "")
    assert "due on 30 April" in told.reason
    ((_, improved),) = acts(year, K.IMPROVED)
    assert improved.done_on > told.improve_by == date(2026, 6, 10)


def test_a_second_return_took_the_place_of_the_first(council, year):
    hours = held(year, "V04", Q3)
    assert (hours.record.claimed, hours.record.evidenced) == (90, 90)
    assert [line.action for line in record_history(council, DELIVERY, hours.id)] == ["changed", "changed", "added"]
    told = [line.text for line in record_history(council, DELIVERY, hours.id)]
    assert any("210 → 90" in text for text in told)


def test_a_return_of_nothing_has_its_sentence(year):
    (nothing,) = [each.record for each in year.deliveries if not each.record.claimed]
    assert nothing == claim(year, "R05", Q3)
    assert nothing.note.startswith("Hazel Lane Hall was being repaired")


def test_one_file_shows_two_claims(year):
    shared = [view for view in year.evidence if view.stored and len(view.evidence.record.deliveries) > 1]
    assert [view.evidence.record.name for view in shared] == ["Days of our staff, April to June 2026"]
    assert shared[0] in year.evidence_of(held(year, "S10", Q3).id)
    assert shared[0] in year.evidence_of(held(year, "V04", Q3).id)


def test_one_person_number_stands_in_two_measures(year):
    (found,) = year.problems
    assert (found.code, found.where.measure) == ("person-in-two-measures", "J07")
    assert "P-008" in found.message
    numbers = {held(year, measure, Q4).id for measure in ("J03", "J07")}
    assert {number for number in numbers for each in year.people[number] if each.record.number == "P-008"} == numbers


def test_people_are_new_retained_or_transferred(year):
    people = year.delivered.people
    assert (people.new, people.retained, people.transferred) == (8, 10, 6)


def test_claims_were_rejected_accepted_in_part_and_provisionally(year):
    rejected = {(measure, act.quarter): act for measure, act in acts(year, K.REJECT)}
    assert set(rejected) == {("S10", Q2), ("H06", Q2), ("H06", Q3), ("H08", Q3), ("S04", Q4)}
    assert all(len(act.reason) > 20 for act in rejected.values())
    whole = claim(year, "H08", Q3)
    assert (whole.claimed, whole.rejected, whole.accepted) == (2, 2, 0)
    part = claim(year, "S10", Q2)
    assert (part.claimed, part.accepted, part.rejected) == (15, 9, 6)
    provisional = {measure for measure, _ in acts(year, K.ACCEPT_PROVISIONALLY)}
    assert provisional == {"J01", "J03", "J07"}
    assert {measure for measure, _ in acts(year, K.CONFIRM)} == {"J01", "J03"}
    assert [measure for measure, _ in acts(year, K.LAPSE)] == ["J07"]
    assert (claim(year, "J01", Q1).provisional, claim(year, "J01", Q2).provisional) == (0, 1)


def test_three_claims_wait_for_whoever_opens_the_example(year):
    waiting = [each.record for each in year.deliveries if each.record.undecided]
    measures = {line.record.key: line.record.measure for line in year.commitments}
    assert sorted(measures[each.commitment] for each in waiting) == ["H06", "H09", "J07"]
    assert {each.quarter for each in waiting} == {Q4}


def test_nobody_accepted_what_they_had_entered(year):
    assert year.own_acceptances == ()
    assert set(year.entered_by.values()) == {"J. Finch"}
    assert {act.by for act in year.acts if act.kind is not K.PROPOSE_PLAN} == {"R. Castell"}


def test_one_shortfall_is_substituted_one_carried_and_one_left_open(year):
    agreed = dict(acts(year, K.SUBSTITUTE, K.CARRY, K.LEAVE_OPEN, K.MONEY))
    assert {measure: act.kind for measure, act in agreed.items()} == {
        "H06": K.SUBSTITUTE, "V04": K.CARRY, "H08": K.LEAVE_OPEN,
    }  # fmt: skip
    lines = {line.measure.code: line for line in year.delivered.lines}
    # 14 × £51.51 is covered by 5 × £153.29 of the 13 attendances more than were due
    assert (lines["H06"].shortfall.pounds, lines["H06"].shortfall.open_pounds) == (Decimal("721.14"), 0)
    assert lines["H07"].units.surplus == 13
    assert (agreed["V04"].quantity, agreed["V04"].carried_to) == (40, Quarter(1, 2))
    assert lines["V04"].shortfall.open_pounds == 0
    assert lines["H08"].shortfall.open_pounds == Decimal("4898.82")
    still = {code for code, line in lines.items() if line.shortfall.open_units and code not in agreed}
    assert still == {"J07", "S04", "S10", "H09", "R05"}


def test_all_words_of_the_rating_are_there_and_the_sums_add_up(year):
    figures = year.delivered
    assert {line.rated.rating for line in figures.lines} == set(Rating)
    assert (figures.pounds.due, figures.pounds.accepted) == (Decimal("236187.68"), Decimal("206126.92"))
    assert figures.summary.sum_words == "accepted £206,126.92 ÷ due £236,187.68 = 87.2%"
    assert figures.open_pounds + figures.agreed_pounds == figures.pounds.missing == Decimal("30060.76")


def test_the_plan_was_returned_once_and_then_accepted(year):
    assert [act.kind for act in year.plan_acts] == [K.PROPOSE_PLAN, K.RETURN_PLAN, K.PROPOSE_PLAN, K.ACCEPT_PLAN]
    (key,) = [line.record.key for line in year.commitments if line.record.measure == "V01"]
    planned = [year.plan[key].quantities[quarter] for quarter in (Q1, Q2, Q3, Q4)]
    assert planned == [5000, 0, 5000, 0]
    assert [entry.action for entry in year.accepted_plan if entry.action]


def test_a_year_and_400000_pounds_were_added_and_what_was_signed_stays(council, year):
    contract = year.contract
    assert (contract.end_on, contract.value) == (date(2030, 9, 30), Decimal("13000000.00"))
    assert (contract.extensions_taken, contract.extensions_left) == (1, 1)
    assert [act.kind for act in year.contract_acts] == [ActKind.SIGN, ActKind.VARY]
    signed, varied = (bytes(document) for document in sealed_documents(council, year.stored.id))
    assert (b"12600000.00" in signed, b"13000000.00" in signed) == (True, False)
    assert b"13000000.00" in varied
    page = contracts.open_contract(council, year.stored.id)
    # What was declared of people at signing stands; of what the variation promises more of, it is asked again.
    assert [problem.key.split(":")[1] for problem in page.checked.problems if problem.is_open] == ["service-costs-once"]


def test_the_closed_contract_was_delivered_in_full_to_the_penny(council):
    opened = delivery.open_delivery_of(council, BREAKFAST, date(2024, 10, 31))
    promised = value_contract(opened.contract, opened.edition, [line.record for line in opened.commitments])
    pounds = opened.delivered.pounds
    assert pounds.accepted == pounds.due == promised.social_value == Decimal("7000.00")
    assert {line.rated.rating for line in opened.delivered.lines} == {Rating.GOOD}
    signed_on = next(act.done_on for act in opened.contract_acts if act.kind is ActKind.SIGN)
    late = [
        each.quarter.quarter
        for each in opened.delivered.lines[1].quarters
        if each.delivery is not None
        and each.delivery.returned_on
        > return_due_on(each.quarter, opened.rules.record, signed_on)
        + timedelta(days=int(opened.rules.record.late_days))
    ]
    assert late == [Q2]


def test_the_money_that_was_promised_was_handed_over(council, year):
    assert [(each.record.amount, each.record.passed_to) for each in year.ledger] == [
        (Decimal("5000.00"), "Hazel Lane Lunch Club"),
        (Decimal("5000.00"), "Moorside Befrienders"),
    ]
    breakfast = delivery.open_delivery_of(council, BREAKFAST, date(2024, 10, 31))
    assert [each.record.amount for each in breakfast.ledger] == [Decimal("150.00")]


def test_every_act_is_sealed_and_the_database_is_whole(council, year):
    assert len(year.acts) > 40
    assert all(is_whole(act, document_bytes(council, act)) for act in year.acts)
    assert checking.check(council.database.path) == []


def test_one_file_is_due_for_deletion(council):
    (due,) = kept_files.due_files(council, TODAY)
    assert [each.record.name for _, each in due.evidence] == ["Poster of the open evening"]


def test_papers_of_people_are_kept_by_reference_without_names(year):
    about = [view.evidence.record for view in year.evidence if view.evidence.record.is_about_people]
    assert len(about) > 5
    assert all(each.reference and not each.sha256 for each in about)


@pytest.mark.parametrize(("reference", "until"), [(HOME_CARE, YEAR_END), (BREAKFAST, date(2024, 10, 31))])
def test_its_delivered_valuation_is_published_and_holds_from_the_file_alone(
    council, tmp_path, capsys, reference, until
):
    number = next(row.id for row in contracts.list_contracts(council) if row.reference == reference)
    assert example_papers.delivered_until(council, number, TODAY) == until
    made = example_papers.delivered_pdf(council, number, until, TODAY)
    write_report(made, tmp_path / "delivered.pdf")
    assert main(["verify", str(tmp_path / "delivered.pdf")]) == 0
    told = capsys.readouterr().out
    pages = pypdfium2.PdfDocument(tmp_path / "delivered.pdf")
    assert not [page for page in pages if "P-0" in page.get_textpage().get_text_range()], "papers are published"
    pages.close()
    assert "every figure comes out again" in told
    assert "Every word of the pages comes out again" in told
    assert "Unchanged since it was signed: yes" in told
    (paper,) = papers_of(council, reference)
    assert (paper.until, paper.number, paper.published_on, paper.by) == (until, 1, TODAY, "R. Castell")


def test_nothing_is_published_of_a_contract_of_which_nothing_was_returned(council):
    number = next(row.id for row in contracts.list_contracts(council) if row.reference == "L-2026-002")
    later = date(2027, 3, 31)
    assert example_papers.delivered_until(council, number, TODAY) is None
    assert example_papers.delivered_until(council, number, later) == later
    assert example_papers.delivered_pdf(council, number, later, later).startswith(b"%PDF")
    assert papers_of(council, "L-2026-002") == []


def test_nothing_is_told_before_its_day(tmp_path, examples):
    day = date(2026, 3, 2)
    workspace = open_as(examples.copy(tmp_path, day), "R. Castell")
    opened = delivery.open_delivery_of(workspace, HOME_CARE, day)
    assert {each.record.quarter for each in opened.deliveries} == {Q1}
    assert max(act.done_on for act in opened.acts) <= day
    assert opened.contract.value == Decimal("12600000.00")
    full = delivery.open_delivery_of(workspace, BREAKFAST, day)
    assert full.delivered.pounds.accepted == Decimal("7000.00")
    workspace.close()


def test_the_year_is_the_same_whenever_it_is_made(tmp_path, council, year, examples):
    """Only the moments at which the program kept it differ."""
    made = example.make_example(tmp_path, council.catalogue, TODAY, with_documents=False)
    workspace = open_as(made.database, "R. Castell")
    again = delivery.open_delivery_of(workspace, HOME_CARE, YEAR_END)
    # Another test may have published it meanwhile.
    sealed = [[act.sha256 for act in each.acts if act.kind is not K.PUBLISH] for each in (again, year)]
    assert sealed[0] == sealed[1]
    assert [each.record for each in again.deliveries] == [each.record for each in year.deliveries]
    assert [view.evidence.record for view in again.evidence] == [view.evidence.record for view in year.evidence]
    figures = [[(line.units, line.pounds, line.rated) for line in each.delivered.lines] for each in (again, year)]
    assert figures[0] == figures[1]
    workspace.close()


def test_every_paper_says_that_it_is_made_up():
    files = sorted((paths.resources_dir() / "example" / "evidence").iterdir())
    assert len(files) == 11
    for file in files:
        if file.suffix == ".csv":
            assert file.read_text(encoding="utf-8").startswith("FICTIONAL: made up")
        elif file.suffix == ".pdf":
            document = pypdfium2.PdfDocument(file)
            assert "FICTIONAL: made up" in document[0].get_textpage().get_text_range()
            document.close()
        else:
            assert file.suffix == ".png", "a picture has its notice drawn in it by docs/make_example_evidence.py"
