"""What must be known of the figures of a portfolio, each note with its contracts."""

from dataclasses import replace
from datetime import date

from tomsapp.dashboards.selection import Filters
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.portfolio import Grouping
from tomsapp.domain.wording import format_exact, format_pounds
from tomsapp.services import overview


def notes(cube, checked, filters=None):
    figures = overview.figures(cube, filters or Filters(), checked, with_contracts=True)
    return {note.title: note for note in figures.notes}, figures.portfolio


def test_the_part_that_rests_on_a_forecast_leads_to_its_contracts(cube, checked):
    found, figures = notes(cube, checked)
    note = found["Contracts that rest on a forecast of spend"]
    assert figures.job_caveats.on_forecast == 1
    part = f"{format_pounds(figures.forecast_value)} and 1 job rest on a forecast"
    assert note.words == part
    (told,) = note.contracts
    assert told.reference == "C-2026-007"
    assert told.reasons[0] == f"{part} of spend"
    (row,) = [row for row in figures.contract_rows if row.reference == told.reference]
    short = [rule for rule in (row.minimum, row.employment) if rule and rule.short_without_forecast]
    assert len(told.reasons) == 1 + len(short)
    others = Filters(
        contracts=frozenset(row.contract_id for row in figures.contract_rows if row.reference != told.reference)
    )
    assert note.title not in notes(cube, checked, others)[0]


def test_what_is_of_years_that_had_ended_leads_to_its_contracts(cube, checked):
    title = "Contracts with years that had ended when they were signed"
    assert title not in notes(cube, checked)[0]
    first, *others = cube.contracts
    late = [replace(first, signed_on=date(2028, 5, 1)), *others]
    found, figures = notes(replace(cube, contracts=late), checked)
    (told,) = found[title].contracts
    (row,) = [row for row in figures.contract_rows if row.contract_id == told.contract_id]
    pounds, jobs = row.caveats.ended_when_signed, row.job_caveats.ended_when_signed
    assert told.reference == late[0].reference
    said = [format_pounds(pounds)] * bool(pounds) + [f"{format_exact(jobs, 2)} job{'s' * (jobs != 1)}"] * bool(jobs)
    verb = "are" if len(said) > 1 or jobs > 1 else "is"
    assert said
    assert found[title].words == f"{' and '.join(said)} {verb} of years that had ended when signed"
    assert told.reasons == (f"{' and '.join(said)} {verb} of contract years that had ended when it was signed",)


def test_errors_and_open_questions_are_those_of_the_rows(cube, checked):
    found, figures = notes(cube, checked)
    wrong = [row for row in figures.contract_rows if row.errors or row.trouble]
    asked = [row for row in figures.contract_rows if row.warnings]
    assert wrong
    errors, questions = found["Contracts with errors"], found["Contracts with open questions"]
    assert {each.contract_id for each in errors.contracts} == {row.contract_id for row in wrong}
    assert {each.contract_id for each in questions.contracts} == {row.contract_id for row in asked}
    assert errors.words == f"{len(wrong)} contract{'s' * (len(wrong) > 1)} with errors"
    assert questions.words == f"{sum(row.warnings for row in asked)} open questions in {len(asked)} contracts"
    assert all(each.reasons[0].endswith("to put right") for each in errors.contracts)
    assert notes(cube, {})[0].keys().isdisjoint({errors.title, questions.title})


def test_what_cannot_be_valued_and_what_is_under_a_withdrawn_menu_is_said(cube):
    first, second, *others = cube.contracts
    withdrawn = replace(second.edition, withdrawn_because="It counts too much.")
    changed = [replace(first, trouble="No edition"), replace(second, edition=withdrawn), *others]
    found, _ = notes(replace(cube, contracts=changed), {})
    (told,) = found["Contracts with errors"].contracts
    assert (told.contract_id, told.reasons) == (first.id, ("No edition",))
    (told,) = found["Contracts under a withdrawn menu"].contracts
    assert told.reasons == (f"{withdrawn.name} is withdrawn: It counts too much.",)
    assert found["Contracts under a withdrawn menu"].words == "1 contract under a withdrawn menu"


def test_notes_are_of_what_passes_the_filters(cube, checked):
    theme = Filters(keys={Grouping.THEME: frozenset({"1"})})
    found, figures = notes(cube, checked, theme)
    forecast = found.get("Contracts that rest on a forecast of spend")
    assert (forecast is None) == (not figures.forecast_value)
    assert notes(cube, checked, Filters(frozenset({ContractStatus.WITHDRAWN})))[0] == {}
