"""What a measure sends to others is listed, for somebody to hold it against what those count."""

from datetime import date

import pytest

from tests.menufiles.sample import sample_texts
from tomsapp.domain.problems import Severity
from tomsapp.menufiles.builder import build_edition
from tomsapp.menufiles.reference_checks import REFERENCE_RULES
from tomsapp.menufiles.review import Checked

FIRST = "review_due = 2027-03-31\n"


def listed(guidance):
    return listed_of(f'guidance = "{guidance}"')


def listed_of(line):
    built = build_edition(sample_texts((FIRST, f"{line}\n{FIRST}")))
    assert built.problems == ()
    checked = Checked(built.edition, date(2026, 6, 1), built.file_of)
    return [problem for rule in REFERENCE_RULES for problem in rule(checked)]


@pytest.mark.parametrize(
    ("guidance", "named"),
    [
        ("The market value may be claimed under V01.", "V01"),
        ("Use J01 to J10 or G01, and enter it under V01 as well.", "J01 to J10 or G01; V01"),
        ("Count the hours under V01, and again under V01.", "V01"),
    ],
)
def test_what_is_sent_to_another_measure_is_listed_once(guidance, named):
    (problem,) = listed(guidance)
    assert (problem.code, problem.severity) == ("sends-elsewhere", Severity.NOTE)
    assert problem.message == f"It sends something to {named}"
    assert problem.where.field == "guidance"


@pytest.mark.parametrize("guidance", ["Agree it first.", "V01 has its own rules.", "Work under one roof."])
def test_other_guidance_is_not_listed(guidance):
    assert listed(guidance) == []


def test_what_does_not_count_and_is_sent_elsewhere_is_listed_and_what_is_counted_there_is_not():
    (problem,) = listed_of('do_not_count = ["Gifts: use V01.", "Goods: use V01.", "The same tonne under G01."]')
    assert (problem.message, problem.where.field) == ("It sends something to V01", "do_not_count")
