"""The menus that ship, measure by measure: the program and the model come to the same for quantities by lot."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from random import Random

import pytest

from tests.model import model, people
from tests.model.random_offers import contract, quantity
from tests.model.uprate import unit_value
from tomsapp.domain.commitment import Commitment, Rate
from tomsapp.domain.contract import Contract
from tomsapp.domain.contract_dates import end_after
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.valuation import value_contract
from tomsapp.menufiles.builder import build_edition
from tomsapp.menufiles.edition_reader import EXAMPLES_FILE, read_folder
from tomsapp.menufiles.linting import load_cases

MENUS = Path(__file__).parent.parent.parent / "menus"
FOLDERS = sorted(path.parent for path in MENUS.glob("*/*/menu.toml"))
EDITIONS = {f"{folder.parent.name} {folder.name}": folder for folder in FOLDERS}
CONTRACTS = 6


def read(folder: Path) -> MenuEdition:
    edition = build_edition(read_folder(folder).texts).edition
    assert edition is not None
    return edition


@pytest.fixture(scope="module", params=EDITIONS.values(), ids=EDITIONS)
def edition(request: pytest.FixtureRequest) -> MenuEdition:
    return read(request.param)


def commitments(rng: Random, edition: MenuEdition, what: Contract) -> list[Commitment]:
    """A line for each measure of the menu; on a framework some of them per pound of spend."""
    years = len(what.years)
    made = []
    for measure in edition.measures:
        rate = (
            Rate(Decimal(rng.randint(1, 400)) / 100, Decimal(1_000_000)) if what.spend and rng.random() < 0.5 else None
        )
        share = Decimal(1) if rng.random() < 0.5 else Decimal(rng.randint(0, 10_000)).scaleb(-4)
        entered = tuple(quantity(rng, measure) for _ in range(years))
        made.append(Commitment(measure.code, measure.code, () if rate else entered, share, rate=rate))
    return made


@pytest.mark.parametrize("lot", range(CONTRACTS))
def test_every_measure_of_a_shipped_menu_is_valued_alike(edition, lot):
    rng = Random(f"{edition.name} {lot}")
    what = contract(rng)
    lines = commitments(rng, edition, what)
    theirs, ours = value_contract(what, edition, lines), model.value_offer(what, edition, lines)
    assert len(theirs.lines) == len(edition.measures)
    for line, other in zip(theirs.lines, ours.lines, strict=True):
        assert [(year.quantity, year.social_value, year.real_pounds) for year in line.years] == [
            (year.quantity, year.social_value, year.real_pounds) for year in other.years
        ], line.measure.code
        assert line.employment_outcomes == other.employment_outcomes, line.measure.code
        assert line.forecast_value == other.forecast_value, line.measure.code
    assert theirs.social_value == ours.social_value
    assert theirs.real_pounds == ours.real_pounds
    assert theirs.employment_outcomes == ours.employment_outcomes


def test_every_unit_value_of_a_shipped_menu_follows_from_its_published_value(edition):
    index = edition.deflator.index if edition.deflator else {}
    for measure in edition.measures:
        if measure.proxy is None:
            assert measure.unit_values == ()
            continue
        fixed = [
            (each.year, unit_value(each.value, measure.proxy.price_base, edition.price_base, index))
            for each in measure.proxy.values
        ]
        assert [(each.year, each.value) for each in measure.unit_values] == fixed, measure.code


def test_every_measure_with_a_value_comes_to_pounds(edition):
    """One unit, counted whole in a year that begins in the edition's time, is worth its unit value at least once."""
    start = edition.in_force_from or date(2026, 4, 1)
    what = Contract("C1", Decimal(1_000_000), start, end_after(start, 1))
    for measure in edition.measures:
        line = model.value_line(Commitment("a", measure.code, (Decimal(1),)), measure, what, Fraction(0))
        assert (line.social_value > 0) is (measure.proxy is not None), measure.code


def read_as_declared(edition):
    """A worked case speaks of different people, but where the menu marks that a start and its end are one job.

    Those of several years and lines are others too.
    """
    codes = [measure.code for measure in edition.measures]
    pairs = [
        (group, frozenset(pair))
        for group in edition.exclusion_groups
        for pair in combinations(codes, 2)
        if people.clash(group, *pair)
    ]
    marked = {pair for group, pair in pairs if group.outcomes_once}
    of_years_and_lines = {frozenset((code,)) for code in codes}
    return ({pair for _, pair in pairs} - marked) | of_years_and_lines


@pytest.mark.parametrize("name", EDITIONS)
def test_every_worked_case_of_a_shipped_menu_comes_to_its_figures(name):
    folder = EDITIONS[name]
    edition = read(folder)
    for each in load_cases(folder / EXAMPLES_FILE):
        found = model.value_offer(each.contract, edition, each.commitments, read_as_declared(edition))
        assert found.social_value == Fraction(each.social_value), each.name
        if each.real_pounds is not None:
            assert found.real_pounds == Fraction(each.real_pounds), each.name
        if each.employment_outcomes is not None:
            assert found.employment_outcomes == Fraction(each.employment_outcomes), each.name
