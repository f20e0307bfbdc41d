"""A contract share is for what others pay, never for what would have happened anyway."""

from datetime import date
from pathlib import Path

import pytest

from tests.menufiles.sample import sample_texts
from tomsapp.domain.problems import Severity
from tomsapp.menufiles.builder import build_edition
from tomsapp.menufiles.edition_reader import read_folder
from tomsapp.menufiles.review import Checked
from tomsapp.menufiles.share_checks import SHARE_RULES

MENUS = Path(__file__).parents[2] / "menus"
FIRST = "review_due = 2027-03-31\n"


def asked(edition):
    checked = Checked(edition, date(2026, 6, 1), {})
    return [problem for rule in SHARE_RULES for problem in rule(checked)]


def of_line(line):
    built = build_edition(sample_texts((FIRST, f"{line}\n{FIRST}")))
    assert built.problems == ()
    return asked(built.edition)


@pytest.mark.parametrize(
    "text",
    [
        "If you have no comparison group, use a smaller contract share and say why.",
        "If you have no comparison group, the contract share is what this contract pays for.",
        "Plan it early. Use a contract share where others share in the result.",
        "Agree with the service what share to count, and enter only those.",
        "A firm of five enters 1 with the share that the service agrees.",
    ],
)
@pytest.mark.parametrize("key", ["guidance", "small_example"])
def test_a_share_that_is_no_part_of_the_cost_is_asked_about(text, key):
    (problem,) = of_line(f'{key} = "{text}"')
    assert (problem.code, problem.severity, problem.where.field) == ("share-of-what", Severity.WARNING, key)
    assert text.removeprefix("Plan it early. ") in problem.message


@pytest.mark.parametrize(
    "text",
    [
        "A firm that pays half of a mentor enters 1 with a contract share of 50%.",
        "If several contracts share one programme, enter all the weeks and this contract’s share.",
        "Two people who share a car save one car’s miles.",
        "Only where the outreach team agrees that the support made the difference.",
    ],
)
def test_a_share_of_the_cost_and_other_words_are_not(text):
    assert of_line(f'guidance = "{text}"') == []


def test_lists_are_read_too():
    texts = sample_texts(('count = ["A job of 12 months."]', 'count = ["A job, with the share that you agree."]'))
    assert [problem.where.field for problem in asked(build_edition(texts).edition)] == ["count"]


@pytest.mark.parametrize(("number", "codes"), [("2026.1", {"H01", "Y05", "C08"}), ("2026.2", set())])
def test_the_edition_for_new_contracts_asks_for_no_share_of_that_kind(number, codes):
    edition = build_edition(read_folder(MENUS / "barnet-open" / number).texts).edition
    assert {problem.where.measure for problem in asked(edition)} >= codes
    assert bool(asked(edition)) is bool(codes)
