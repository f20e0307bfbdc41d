"""The menus that ship: no errors, and every worked case comes to its figures."""

from datetime import date
from pathlib import Path

import pytest

from tomsapp.domain.problems import has_errors
from tomsapp.domain.wording import format_exact
from tomsapp.menufiles.builder import build_edition
from tomsapp.menufiles.catalogue import Catalogue
from tomsapp.menufiles.edition_reader import EXAMPLES_FILE, read_folder
from tomsapp.menufiles.examples import value_case
from tomsapp.menufiles.linting import lint_path, load_cases

MENUS = Path(__file__).parent.parent.parent / "menus"
EDITIONS = sorted(path.parent for path in MENUS.glob("*/*/menu.toml"))
CASES = [
    pytest.param(folder, case, id=f"{folder.parent.name}/{folder.name}: {case.name}")
    for folder in EDITIONS
    for case in load_cases(folder / EXAMPLES_FILE)
]


@pytest.mark.parametrize(("folder", "case"), CASES)
def test_worked_case_comes_to_its_figures(folder, case):
    edition = build_edition(read_folder(folder).texts).edition
    assert edition is not None
    assert [one.measure for one in case.commitments if edition.find_measure(one.measure) is None] == []
    valuation = value_case(case, edition)
    assert valuation.social_value == case.social_value
    if case.real_pounds is not None:
        assert valuation.real_pounds == case.real_pounds
    if case.employment_outcomes is not None:
        assert format_exact(valuation.employment_outcomes) == f"{case.employment_outcomes.normalize():,f}"


@pytest.mark.parametrize("folder", EDITIONS, ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_shipped_edition_is_published_and_has_no_errors(folder):
    problems = lint_path(folder, date(2026, 4, 1))
    assert not has_errors(problems), [str(problem) for problem in problems]


def test_the_edition_for_new_contracts_has_only_warnings_that_it_answers_in_its_own_words():
    """Wages and tax of 2026-27 are used as published, a value of low confidence says why, and references are listed."""
    problems = lint_path(MENUS / "barnet-open" / "2026.2", date(2026, 12, 1))
    assert {problem.code for problem in problems} == {"later-price-base", "low-confidence", "sends-elsewhere"}


@pytest.mark.parametrize("folder", EDITIONS, ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_shipped_edition_has_its_area_policy_and_examples(folder):
    edition = build_edition(read_folder(folder).texts).edition
    assert edition is not None
    catalogue = Catalogue([MENUS])
    assert catalogue.area(edition.area).wards
    assert catalogue.policy(edition.policy).rules
    assert len(load_cases(folder / EXAMPLES_FILE)) >= 5


@pytest.mark.parametrize("kind", ["area", "policy"])
def test_every_shipped_area_and_policy_can_be_read(kind):
    catalogue = Catalogue([MENUS])
    folder = MENUS / {"area": "areas", "policy": "policies"}[kind]
    found = [getattr(catalogue, kind)(path.stem).code for path in sorted(folder.glob("*.toml"))]
    assert found == sorted(path.stem for path in folder.glob("*.toml"))
    assert found
