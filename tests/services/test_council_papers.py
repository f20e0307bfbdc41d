"""The council's own papers are made from the database: their figures are those that the window shows."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

from tests.services.council import begin, opened, promise, set_area
from tests.services.deliveries import Q1, Q2, UNTIL, accept, begin_signed, claim, delivered, enter
from tests.services.random_deliveries import PROMISED, RETURNED, random_council
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.keys import measure_key
from tomsapp.domain.money import total
from tomsapp.domain.papers.council_paper import PaperTable
from tomsapp.domain.papers.foi import FoiItem, FoiSection, Withheld
from tomsapp.domain.policy import PolicyResult
from tomsapp.domain.portfolio import Grouping
from tomsapp.domain.priority import Priority
from tomsapp.domain.saved_view import OverviewView
from tomsapp.domain.wording import format_percent, format_pounds
from tomsapp.services import council_papers
from tomsapp.services.delivery_held import HAS_DELIVERIES
from tomsapp.services.delivery_rules import RULES_OF_DELIVERY
from tomsapp.services.failures import NotFound, StoreError
from tomsapp.services.overview_delivered import Filters, delivered_figures, load_delivered
from tomsapp.services.papers_of_many import PortfolioPaper, paper_of_view, paper_to
from tomsapp.services.priorities import PRIORITIES
from tomsapp.services.saved_views import view_of

DAY = date(2026, 10, 5)
REASON = "Unit prices of a live procurement would be known"


def table(made, caption) -> PaperTable:
    (found,) = (each for each in made.blocks if isinstance(each, PaperTable) and each.caption.startswith(caption))
    return found


def words(made) -> str:
    return "\n".join(made.words)


@pytest.fixture
def made(ann, bob):
    """A signed contract of which a part was delivered and accepted, some of it in a ward."""
    set_area(ann)
    lines = (promise("V01", "100", "100", place="X01"), promise("V04", "40", "40"))
    contract = begin_signed(ann, *lines)
    held = enter(ann, contract, claim(contract.lines[0]), claim(contract.lines[1], claimed="5"))
    accept(bob, contract, *held)
    return contract


def test_the_committee_report_and_the_table_have_the_totals_of_the_screen(ann, made):
    shown = delivered_figures(load_delivered(ann, UNTIL), Filters())
    report = paper_to(ann, PortfolioPaper.COMMITTEE, UNTIL, DAY)
    total = table(report, "Due and accepted by theme").total
    assert total[1:3] == (format_pounds(shown.pounds.due), format_pounds(shown.pounds.accepted))
    assert shown.pounds.accepted == delivered(ann, made).delivered.pounds.accepted
    assert report.council == "Larkmere Council"
    assert (report.made_by, report.made_on) == ("Ann", DAY)
    performance = paper_to(ann, PortfolioPaper.PERFORMANCE, UNTIL, DAY)
    share = delivered(ann, made).delivered.summary.percent
    assert table(performance, "Indicators").rows[0][3] == share


def test_papers_of_a_contract_have_its_figures(ann, made):
    page = delivered(ann, made)
    answer = council_papers.foi_paper(ann, made.id, UNTIL, DAY, {}, "FOI-77")
    assert table(answer, "What was delivered").total[-1] == format_pounds(page.delivered.pounds.accepted)
    social_value = opened(ann, made.id).checked.valuation.social_value
    assert table(answer, "What is promised").total[-1] == format_pounds(social_value)
    keys = council_papers.indicators(ann, made.id, UNTIL, ["V04"])
    facts = council_papers.kpi_paper(ann, made.id, UNTIL, DAY, keys)
    (line,) = (each for each in page.delivered.lines if each.measure.code == "V04")
    assert [row[3] for row in table(facts, "Key performance").rows] == [line.rated.rating.words]
    assert len(council_papers.indicators(ann, made.id, UNTIL, [])) == 2


def test_what_is_withheld_needs_a_reason_and_what_can_be_worked_out_is_not_refused(ann, made):
    def ask(reason: str):
        withheld = {FoiItem.SOCIAL_VALUE: Withheld(FoiSection.COMMERCIAL, reason)}
        return council_papers.foi_paper(ann, made.id, UNTIL, DAY, withheld)

    assert REASON in words(ask(REASON))
    with pytest.raises(StoreError, match="without a reason"):
        ask("No")


def test_the_award_paragraph_of_a_draft_tells_the_priorities_that_it_serves(ann):
    draft = begin(ann, promise("V04", "40", "40"))
    PRIORITIES.add(ann, Priority("A good start", "Corporate Plan", frozenset({measure_key("barnet-open", "V04")})))
    said = words(council_papers.award_paper(ann, draft.id, DAY))
    assert "“A good start” (Corporate Plan)" in said
    short = next(check for check in opened(ann, draft.id).checked.policy_checks if check.result is PolicyResult.SHORT)
    assert f"{short.rule.title}: not enough, short by " in said
    with pytest.raises(StoreError, match="not signed"):
        council_papers.kpi_paper(ann, draft.id, UNTIL, DAY, ["x"])
    assert "not signed, so nothing" in words(council_papers.foi_paper(ann, draft.id, UNTIL, DAY, {}))
    with pytest.raises(NotFound):
        council_papers.award_paper(ann, 999, DAY)


def test_no_indicator_is_no_paper(ann, made):
    with pytest.raises(StoreError, match="No commitment is chosen"):
        council_papers.kpi_paper(ann, made.id, UNTIL, DAY, [])


def test_the_sheet_of_a_ward_has_the_commitments_that_name_it(ann, made):
    assert ("X01", "Brackwater") in council_papers.ward_choices(ann)
    sheet = council_papers.ward_paper(ann, "brackwater", UNTIL, DAY)
    (line,) = (each for each in delivered(ann, made).delivered.lines if each.commitment.place == "X01")
    assert table(sheet, "What was due").total[-1] == format_pounds(line.pounds.accepted)
    shown = delivered_figures(load_delivered(ann, UNTIL), Filters())
    (row,) = (each for each in shown.rows(Grouping.WARD) if each.name == "Brackwater")
    assert row.pounds.accepted == line.pounds.accepted
    assert "1 further commitment of the same contracts" in words(sheet)
    assert "1 contract promises something for this ward." in words(sheet)
    assert words(council_papers.ward_paper(ann, "X01", UNTIL, DAY)) == words(sheet)
    nothing = council_papers.ward_paper(ann, "X02", UNTIL, DAY)
    assert "No contract promises anything for this ward." in words(nothing)
    assert "No promise for this ward is due yet." in words(nothing)


def test_a_paper_is_of_a_saved_view_and_says_so_first(ann, made):
    wards = Filters(frozenset(HAS_DELIVERIES), {Grouping.WARD: frozenset({"X01"})})
    shown = delivered_figures(load_delivered(ann, UNTIL), wards)
    saved = view_of("Brackwater today", OverviewView.DELIVERY, wards)
    report = paper_of_view(ann, PortfolioPaper.COMMITTEE, saved, UNTIL, DAY)
    assert report.title == "Social value delivered: until 30 September 2026, Brackwater today"
    assert table(report, "Due and accepted by theme").total[2] == format_pounds(shown.pounds.accepted)
    assert next(report.blocks[0].words) == (
        "Saved view “Brackwater today”. Only a part of what the council has: Ward Brackwater."
    )
    every = view_of("All of it", OverviewView.DELIVERY, Filters(frozenset(HAS_DELIVERIES)))
    whole = paper_of_view(ann, PortfolioPaper.PERFORMANCE, every, UNTIL, DAY)
    assert next(whole.blocks[0].words) == "Saved view “All of it”. All signed and closed contracts pass it."


def test_a_paper_of_a_view_that_shows_more_than_its_name_says_is_refused(ann, made):
    gone = view_of("A ward", OverviewView.DELIVERY, Filters(keys={Grouping.WARD: frozenset({"E05999999"})}))
    with pytest.raises(StoreError, match=r"A ward: .* is no more, so this view shows more than when it was saved"):
        paper_of_view(ann, PortfolioPaper.COMMITTEE, gone, UNTIL, DAY)


def test_that_contracts_are_signed_or_closed_makes_no_paper_one_of_a_part(ann, made):
    shown = load_delivered(ann, UNTIL)
    assert delivered_figures(shown, Filters(frozenset(HAS_DELIVERIES))).filters == ()
    only = Filters(frozenset({ContractStatus.SIGNED}))
    assert delivered_figures(shown, only).filters == ("Contracts that are signed",)
    at_first = Filters(frozenset({ContractStatus.SIGNED, ContractStatus.DRAFT}))
    assert delivered_figures(shown, at_first).filters == ("Contracts that are signed",)
    drafts = Filters(frozenset({ContractStatus.DRAFT}))
    assert delivered_figures(shown, drafts).filters == ("Contracts that are drafts",)


def test_a_ward_that_is_not_there_is_refused(ann):
    set_area(ann, "")
    with pytest.raises(StoreError, match="There is no ward Nowhere"):
        council_papers.ward_paper(ann, "Nowhere", UNTIL, DAY)
    assert council_papers.ward_choices(ann) == []
    set_area(ann)
    with pytest.raises(StoreError, match="There is no ward Nowhere"):
        council_papers.ward_paper(ann, "Nowhere", UNTIL, DAY)


def test_claims_that_were_accepted_by_whoever_entered_them_are_told_on_the_sheet(ann):
    set_area(ann)
    contract = begin_signed(ann, promise("V01", "100", "100", place="X01"))
    stored = RULES_OF_DELIVERY.get(ann, 1)
    RULES_OF_DELIVERY.save(ann, stored, replace(stored.record, may_accept_own=True))
    held = enter(ann, contract, claim(contract.lines[0], Q1), claim(contract.lines[0], Q2))
    accept(ann, contract, *held)
    said = words(council_papers.ward_paper(ann, "X01", UNTIL, DAY))
    assert "2 claims were accepted by the officer who entered it" in said


def test_a_paper_is_printed_twice_and_saved(ann, made, tmp_path):
    paper = paper_to(ann, PortfolioPaper.COMMITTEE, UNTIL, DAY)
    printed = council_papers.print_paper(ann, paper)
    assert printed.pdf.data.startswith(b"%PDF")
    assert printed.pdf.file_name == "Social value delivered, until 30 September 2026.pdf"
    assert printed.word_name == "Social value delivered, until 30 September 2026.docx"
    assert council_papers.save_word(printed, tmp_path / "report") == tmp_path / "report.docx"
    assert (tmp_path / "report.docx").read_bytes() == printed.word
    again = council_papers.print_paper(ann, paper)
    assert (again.pdf.data, again.word) == (printed.pdf.data, printed.word)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(promised=PROMISED, returned=RETURNED)
def test_the_totals_of_every_paper_are_those_of_the_screen(council_template, tmp_path_factory, promised, returned):
    with random_council(council_template, tmp_path_factory.mktemp("random"), promised, returned) as workspace:
        page = delivered(workspace, 1).delivered
        due, accepted = format_pounds(page.pounds.due), format_pounds(page.pounds.accepted)
        report = paper_to(workspace, PortfolioPaper.COMMITTEE, UNTIL, DAY)
        assert table(report, "Due and accepted by theme").total[1:3] == (due, accepted)
        beside = {cells[0]: cells[1] for cells in table(report, "This period beside the last").rows}
        assert beside["Accepted, proxy pounds"] == accepted
        assert beside["Accepted, real pounds"] == format_pounds(page.real_accepted)
        rows = table(paper_to(workspace, PortfolioPaper.PERFORMANCE, UNTIL, DAY), "Indicators").rows
        share = page.pounds.accepted / page.pounds.due if page.pounds.due else None
        assert rows[0][3] == ("–" if share is None else format_percent(share, 1))
        answer = council_papers.foi_paper(workspace, 1, UNTIL, DAY, {})
        if any(line.units.due or line.units.accepted for line in page.lines):
            assert table(answer, "What was delivered").total[-1] == accepted
        else:
            assert "Nothing was due or accepted by 30 September 2026" in words(answer)
        promised_pounds = format_pounds(opened(workspace, 1).checked.valuation.social_value)
        assert table(answer, "What is promised").total[-1] == promised_pounds
        assert promised_pounds in words(council_papers.award_paper(workspace, 1, DAY))
        keys = council_papers.indicators(workspace, 1, UNTIL, [])
        ratings = [row[3] for row in table(council_papers.kpi_paper(workspace, 1, UNTIL, DAY, keys), "Key").rows]
        assert ratings == [line.rated.rating.words for line in page.lines]
        for ward in ("X01", "X02"):
            own = [line for line in page.lines if line.commitment.place == ward]
            if own:
                sheet = table(council_papers.ward_paper(workspace, ward, UNTIL, DAY), "What was due").total
                assert sheet[1] == format_pounds(total(line.pounds.due for line in own))
                assert sheet[-1] == format_pounds(total(line.pounds.accepted for line in own))
