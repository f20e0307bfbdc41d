"""What must be known of the figures of a portfolio, each note with its contracts."""

from dataclasses import replace

from tomsapp.dashboards.selection import Filters
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.portfolio import Grouping
from tomsapp.domain.wording import format_pounds
from tomsapp.services import overview


def notes(cube, checked, filters=None):
    figures = overview.figures(cube, filters or Filters(), checked, with_contracts=True)
    return {note.title: note for note in figures.notes}, figures.portfolio


def test_the_part_that_rests_on_a_forecast_leads_to_its_contracts(cube, checked):
    found, figures = notes(cube, checked)
    note = found["Contracts that rest on a forecast of spend"]
    assert note.words == f"{format_pounds(figures.forecast_value)} rests on a forecast"
    (told,) = note.contracts
    assert told.reference == "C-2026-007"
    assert told.reasons[0] == f"{format_pounds(figures.forecast_value)} rests on a forecast of spend"
    (row,) = [row for row in figures.contract_rows if row.reference == told.reference]
    short = [rule for rule in (row.minimum, row.employment) if rule and rule.short_without_forecast]
    assert len(told.reasons) == 1 + len(short)
    others = Filters(
        contracts=frozenset(row.contract_id for row in figures.contract_rows if row.reference != told.reference)
    )
    assert note.title not in notes(cube, checked, others)[0]


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
