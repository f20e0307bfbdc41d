"""The measures of the edition for new contracts: each says all that a supplier and an auditor ask of it."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from tomsapp.domain.menu import Counts, Measure
from tomsapp.domain.proxy import ProxyKind
from tomsapp.domain.units import Unit
from tomsapp.menufiles.builder import build_edition
from tomsapp.menufiles.edition_reader import read_folder

FOLDER = Path(__file__).parent.parent.parent / "menus" / "barnet-open" / "2026.2"
EDITION = build_edition(read_folder(FOLDER).texts).edition
assert EDITION is not None
MEASURES = [pytest.param(measure, id=measure.code) for measure in EDITION.measures]

COUNCIL_CODES = {"J12", "S06", "V03", "G02"}
"""Measures of the council's own menu, which texts may name."""

LEFT_OUT = {"V05", "H10", "A06", "V07", "G08"}
"""Codes of measures whose values may not be shipped: nothing else takes them."""

JOB_UNITS = {Unit.PEOPLE, Unit.FTE_JOBS, Unit.COMPLETIONS}


def words_of(measure: Measure) -> str:
    """All that a measure says."""
    lists = (*measure.count, *measure.do_not_count, *measure.evidence)
    return " ".join((measure.description, measure.guidance, measure.small_example, measure.evidence_if_later, *lists))


@pytest.mark.parametrize("measure", MEASURES)
def test_measure_is_complete(measure):
    assert measure.earned is not None
    texts = (
        "title",
        "description",
        "each",
        "many",
        "plain_one",
        "plain_many",
        "guidance",
        "small_example",
        "review_due",
    )
    assert [key for key in texts if not getattr(measure, key)] == []
    assert all((measure.count, measure.do_not_count, measure.evidence, measure.tags))
    assert bool(measure.evidence_months) == bool(measure.evidence_if_later)


@pytest.mark.parametrize("measure", MEASURES)
def test_measure_names_only_measures_that_are_there(measure):
    named = set(re.findall(r"\b[A-Z]\d\d\b", words_of(measure)))
    assert named <= {each.code for each in EDITION.measures} | COUNCIL_CODES


def test_no_code_of_another_menu_is_used_again():
    assert {measure.code for measure in EDITION.measures}.isdisjoint(COUNCIL_CODES | LEFT_OUT)


@pytest.mark.parametrize("measure", MEASURES)
def test_people_are_counted_once_each(measure):
    assert measure.unit is not Unit.PEOPLE or measure.counts is not Counts.EACH_YEAR


@pytest.mark.parametrize("measure", MEASURES)
def test_an_employment_outcome_is_a_job_that_counts_once(measure):
    if measure.employment_outcome:
        assert measure.unit in JOB_UNITS
        assert measure.counts is not Counts.EACH_YEAR
        assert measure.local_only


def test_raises_and_qualifications_are_no_employment_outcomes():
    outcomes = {measure.code: measure.employment_outcome for measure in EDITION.measures}
    assert [code for code in ("J11", "S03", "S04", "S05", "S13") if outcomes[code]] == []
    assert [outcomes[code] for code in ("J10", "J13", "J14", "S11", "S12", "S14")] == [1, 1, Decimal("0.5"), 1, 1, 1]


def test_the_summary_counts_the_values_by_what_the_data_say():
    valued = [measure.proxy for measure in EDITION.measures if measure.proxy]
    dated = [proxy for proxy in valued if proxy.in_force_until]
    ratios = [proxy for proxy in valued if proxy.kind is ProxyKind.RATIO and not proxy.in_force_until]
    rest = len(valued) - len(dated) - len(ratios)
    told = [int(number) for number in re.findall(r"\b\d+\b(?! \w* ?prices)", EDITION.summary)]
    assert told[:2] == [len(EDITION.measures), len(valued)]
    assert {rest, len(dated), len(ratios), len(EDITION.measures) - len(valued)} <= set(told)
    assert f"{len(dated)} that rest on" in EDITION.summary
    assert f"{len(ratios)} that are pounds for each pound and the same in every year" in EDITION.summary


def test_a_confidence_note_names_no_other_grade():
    notes = {measure.code: measure.proxy.confidence_note for measure in EDITION.measures if measure.proxy}
    assert [code for code, note in notes.items() if re.match(r"(High|Medium|Low)\b", note)] == []


def test_an_apprenticeship_is_a_job_of_this_contract_at_its_start_and_at_its_end():
    """A completion brings an employment outcome only where the start would have brought one."""
    for code in ("S01", "S02", "S11", "S12"):
        measure = EDITION.find_measure(code)
        assert "on this contract or because of it" in " ".join(measure.count)
        assert "An apprentice who began before the contract, or on another contract" in " ".join(measure.do_not_count)


def test_nobody_is_told_to_leave_a_question_open():
    open_ended = [measure.code for measure in EDITION.measures if re.search(r"question .* open\b", words_of(measure))]
    assert open_ended == []


def test_a_job_after_an_internship_counts_by_its_hours_like_any_other():
    internship, disabled = (next(m for m in EDITION.measures if m.code == code) for code in ("J10", "J02"))
    assert (internship.unit, internship.whole_units) == (disabled.unit, disabled.whole_units) == (Unit.FTE_JOBS, False)
    assert internship.unit_values == disabled.unit_values


def test_support_that_the_contract_pays_for_is_no_result_of_the_supplier():
    """Services to people and crime that does not happen may be the very thing that the council buys."""
    services = [m for m in EDITION.measures if m.is_valued and m.code[0] in "YHAC" and m.code != "Y08"]
    assert len(services) == 29
    assert [m.code for m in services if "already buys under this contract" not in " ".join(m.do_not_count)] == []
