"""What a reviewer is told of an edition that has no errors."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.menufiles.sample import MENU, sample_texts, write_edition
from tomsapp.domain.problems import Severity
from tomsapp.menufiles.builder import build_edition
from tomsapp.menufiles.checks import check_edition
from tomsapp.menufiles.linting import lint_path
from tomsapp.menufiles.review import Checked

TODAY = date(2026, 6, 1)
WARNING, NOTE, ERROR = Severity.WARNING, Severity.NOTE, Severity.ERROR
JOBS_FILE, PLANET_FILE = "theme-1-jobs.toml", "theme-2-planet.toml"


def checked_of(*changes):
    built = build_edition(sample_texts(*changes))
    assert built.edition is not None, built.problems
    return Checked(built.edition, TODAY, built.file_of)


def test_good_edition_has_no_problems():
    assert check_edition(checked_of()) == ()


@pytest.mark.parametrize(
    ("change", "code", "severity", "file", "measure", "field", "fix"),
    [
        (('base = "2022"', 'base = "2025-26"'), "later-price-base", WARNING, PLANET_FILE, "G01", "proxy.price_base",
         "at prices of 2024 or before"),
        (('plain_one = "full-time job for a resident"\n', ""), "missing-plain-one", WARNING, JOBS_FILE, "J01",
         "plain_one", "plain_one = …"),
        (('plain_many = "full-time jobs for residents"\n', ""), "missing-plain-many", WARNING, JOBS_FILE, "J01",
         "plain_many", "plain_many = …"),
        (('description = "A resident starts a job."\n', ""), "missing-description", WARNING, JOBS_FILE, "J01",
         "description", "description = …"),
        (('count = ["Cash."]\n', ""), "missing-count", WARNING, PLANET_FILE, "V01", "count", "count = [ … ]"),
        (('evidence = ["Bank record."]\n', ""), "missing-evidence", WARNING, PLANET_FILE, "V01", "evidence",
         "evidence = [ … ]"),
        (("Resident into work", "R" * 61), "title-too-long", WARNING, JOBS_FILE, "J01", "title", "Shorten it"),
        (("2027-03-31", "2026-05-31"), "review-overdue", WARNING, JOBS_FILE, "J01", "review_due", "Community team"),
        (('confidence = "medium"', 'confidence = "low"'), "low-confidence", NOTE, PLANET_FILE, "G01",
         "proxy.confidence", "better source"),
        (("number = 2", "number = 3"), "theme-number-missing", NOTE, "menu.toml", "", "theme.number", "from 1"),
        (('attribution = "Contains values from the Unit Cost Database."\n', ""), "no-attribution", WARNING, "menu.toml",
         "", "source ucd, attribution", "attribution = …"),
        (('source = "ucd"', 'source = "hmt"'), "unused-source", NOTE, "menu.toml", "", "source ucd", "Remove"),
    ],
)  # fmt: skip
def test_rule(change, code, severity, file, measure, field, fix):
    (problem,) = check_edition(checked_of(change))
    assert (problem.code, problem.severity) == (code, severity)
    assert (problem.where.file, problem.where.measure, problem.where.field) == (file, measure, field)
    assert fix in problem.fix


def test_review_is_overdue_after_its_day_only():
    assert check_edition(checked_of(("2027-03-31", "2026-06-01"))) == ()


def test_review_without_an_owner_names_nobody():
    (problem,) = check_edition(checked_of(("2027-03-31", "2026-05-31"), ('owner = "Community team"', "")))
    assert problem.fix.startswith("Ask its owner")


def test_edition_without_deflator_and_without_themes():
    checked = checked_of()
    bare = replace(checked.edition, deflator=None, themes=(), sources=())
    assert check_edition(replace(checked, edition=bare)) == ()


@pytest.mark.parametrize(
    ("code", "year", "words"), [("J01", None, "value is £9.99"), ("G01", 2027, "for 2027 is £9.99")]
)
def test_published_unit_value_that_its_proxy_does_not_give(code, year, words):
    checked = checked_of()
    themes = tuple(_with_value(theme, code, year) for theme in checked.edition.themes)
    problems = check_edition(replace(checked, edition=replace(checked.edition, themes=themes)))
    (problem,) = problems
    assert (problem.code, problem.severity, problem.where.measure) == ("unit-value-differs", ERROR, code)
    assert words in problem.message
    assert "publish a new edition" in problem.fix


def _with_value(theme, code, year):
    def changed(measure):
        values = tuple(
            replace(value, value=Decimal("9.99")) if (measure.code, value.year) == (code, year) else value
            for value in measure.unit_values
        )
        return replace(measure, unit_values=values)

    outcomes = tuple(replace(one, measures=tuple(map(changed, one.measures))) for one in theme.outcomes)
    return replace(theme, outcomes=outcomes)


def test_lint_gathers_errors_rules_and_worked_cases(tmp_path):
    texts = sample_texts(('"draft"', '"published"'), ("2027-03-31", "2026-05-31"), ("value = 1\n", "value = 2\n"))
    folder = write_edition(tmp_path / "e", texts)
    (folder / "examples.toml").write_text(
        (folder / "examples.toml").read_text(encoding="utf-8").replace("20202.72", "1.00"), encoding="utf-8"
    )
    assert [problem.code for problem in lint_path(folder, TODAY)] == [
        "not-published", "review-overdue", "example-differs",
    ]  # fmt: skip


def test_lint_of_broken_files_gives_their_problems_only(tmp_path):
    folder = write_edition(tmp_path / "e", {"menu.toml": MENU + "x = 1"}, examples="")
    assert {problem.severity for problem in lint_path(folder, TODAY)} == {ERROR}


def test_lint_of_a_wrong_examples_file(tmp_path):
    folder = write_edition(tmp_path / "e", examples="[[example")
    assert [(problem.code, problem.where.file) for problem in lint_path(folder, TODAY)] == [
        ("invalid-toml", "examples.toml")
    ]


def test_lint_of_an_edition_without_examples(tmp_path):
    assert lint_path(write_edition(tmp_path / "e", examples=""), TODAY) == ()
    assert [problem.code for problem in lint_path(tmp_path / "none", TODAY)] == ["missing-file"]
