"""Every kind of Problem of an edition's files, each with its file, measure, key and fix."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.menufiles.sample import sample_texts
from tomsapp.domain.menu import Clash, Counts, EditionStatus
from tomsapp.domain.problems import Severity
from tomsapp.domain.units import Unit
from tomsapp.menufiles.builder import build_edition

MENU_FILE, JOBS_FILE, PLANET_FILE = "menu.toml", "theme-1-jobs.toml", "theme-2-planet.toml"


def test_edition_is_built_from_its_files():
    built = build_edition(sample_texts())
    edition = built.edition
    assert built.problems == ()
    assert edition is not None
    assert (edition.name, edition.status, edition.price_base) == ("sample 1", EditionStatus.DRAFT, "2024")
    assert [theme.number for theme in edition.themes] == [1, 2]
    job, accredited, carbon, cash = edition.measures
    assert (job.unit, job.counts, job.owner) == (Unit.FTE_JOBS, Counts.FIRST_12_MONTHS, "Community team")
    assert job.review_due == date(2027, 3, 31)
    assert [value.value for value in job.unit_values] == [Decimal("20202.72")]
    assert job.unit_values[0].high == Decimal("27656.71")
    assert (accredited.is_valued, accredited.unit_values) == (False, ())
    assert {value.year: value.value for value in carbon.unit_values} == {
        2026: Decimal("306.32"),
        2027: Decimal("310.97"),
    }
    assert (cash.real_pounds, cash.unit_values[0].value) == (True, Decimal("1.00"))
    assert edition.exclusion_groups[0].severity is Clash.DECLARE
    assert built.file_of["G01"] == PLANET_FILE


# What is changed in the files; where it is a Problem (file, measure, key), its code and words of its fix.
PROBLEMS = [
    (('title = "Sample menu"', 'titel = "Sample menu"'), MENU_FILE, "", "titel", "unknown-key", "Did you mean “title”"),
    (('title = "Sample menu"', "x = 1"), MENU_FILE, "", "title", "missing-key", "Add the line title = …"),
    (('title = "Sample menu"', "x = 1"), MENU_FILE, "", "x", "unknown-key", "Use one of: owner, source"),
    (('title = "Sample menu"', "title = 3"), MENU_FILE, "", "title", "wrong-type", "Write text in quotes"),
    (('title = "Sample menu"', 'title = " "'), MENU_FILE, "", "title", "empty-text", "between the quotes"),
    (('title = "Sample menu"', 'title = "a\\u0007b"'), MENU_FILE, "", "title", "control-character", "Delete it"),
    (('title = "Sample menu"', 'title = "a\\u202Eb"'), MENU_FILE, "", "title", "control-character", "Delete it"),
    (('code = "sample"', 'code = "a/b"'), MENU_FILE, "", "code", "wrong-code", "letters, digits and hyphens"),
    (('edition = "1"', 'edition = "../1"'), MENU_FILE, "", "edition", "wrong-code", "letters, digits"),
    (('status = "draft"', 'status = "final"'), MENU_FILE, "", "status", "unknown-word", "draft, published"),
    (("2026-04-01", '"2026-04-01"'), MENU_FILE, "", "in_force_from", "wrong-type", "such as 2026-04-01"),
    (("2026-04-01", "2026-04-01T10:00:00"), MENU_FILE, "", "in_force_from", "wrong-type", "such as 2026-04-01"),
    (
        ("2026-04-01", "2026-04-01\nin_force_until = 2026-03-01"),
        MENU_FILE, "", "in_force_until", "dates-out-of-order", "Put the dates in order",
    ),
    (('base = "2024"', 'base = "24"'), MENU_FILE, "", "price_base", "wrong-price-base", "a year, such as 2024"),
    (('base = "2024"', 'base = "any"'), MENU_FILE, "", "price_base", "wrong-price-base", "2012-13"),
    (('base = "2024"', 'base = ""'), MENU_FILE, "", "price_base", "empty-text", "between the quotes"),
    (('base = "2012-13"', 'base = "2012-14"'), JOBS_FILE, "J01", "proxy.price_base", "wrong-price-base", "2012-13"),
    (('base = "2012-13"', 'base = "1999"'), JOBS_FILE, "J01", "proxy.price_base", "no-index", "Add the index"),
    (('"2024" = 100.0000', ""), JOBS_FILE, "J01", "proxy.price_base", "no-index", "Add the index"),
    (('"2022" = 90.5', '"any" = 90.5'), MENU_FILE, "", "deflator.index.any", "wrong-price-base", "Write a year"),
    (('"2022" = 90.5', '"2022" = 0'), MENU_FILE, "", "deflator.index.2022", "out-of-range", "Write the index"),
    (('"2022" = 90.5', '"2022" = nan'), MENU_FILE, "", "deflator.index.2022", "not-a-number", "Write a number"),
    (('"2022" = 90.5', '"2022" = -1'), MENU_FILE, "", "deflator.index.2022", "out-of-range", "0 or more"),
    (("[deflator.index]", "[deflator.indexes]"), MENU_FILE, "", "deflator", "missing-key", "[deflator.index]"),
    (('source = "hmt"\n[', 'source = "htm"\n['), MENU_FILE, "", "deflator.source", "unknown-source", "mean “hmt”"),
    (('source = "ucd"', 'source = "uc"'), JOBS_FILE, "J01", "proxy.source", "unknown-source", "Did you mean “ucd”"),
    (('source = "ucd"\n', ""), JOBS_FILE, "J01", "proxy.source", "missing-key", "Add the line source"),
    (('key = "ucd"', 'key = "hmt"'), MENU_FILE, "", "source hmt, key", "duplicate-code", "its own key"),
    (('publisher = "GMCA"\n', ""), MENU_FILE, "", "source ucd, publisher", "missing-key", "publisher = …"),
    (('unit = "fte_jobs"', 'unit = "fte_job"'), JOBS_FILE, "J01", "unit", "unknown-word", "people, fte_jobs"),
    (('counts = "once"', 'counts = "one"'), JOBS_FILE, "J02", "counts", "unknown-word", "each_year, once"),
    (('counts = "once"\n', ""), JOBS_FILE, "J02", "counts", "missing-key", "Add the line counts"),
    (("value = 14_610", "value = 14_610.12345"), JOBS_FILE, "J01", "proxy.value", "too-many-decimals", "4 decimals"),
    (("value = 14_610", "value = 1e-999999999"), JOBS_FILE, "J01", "proxy.value", "not-a-number", "at most 12 digits"),
    (("value = 14_610", "value = inf"), JOBS_FILE, "J01", "proxy.value", "not-a-number", "Write a number"),
    (("value = 14_610", "value = nan"), JOBS_FILE, "J01", "proxy.value", "not-a-number", "Write a number"),
    (("value = 14_610", "value = -5"), JOBS_FILE, "J01", "proxy.value", "out-of-range", "0 or more"),
    (("value = 14_610", "value = 0"), JOBS_FILE, "J01", "proxy.value", "out-of-range", "counted and never valued"),
    (("value = 14_610", 'value = "14610"'), JOBS_FILE, "J01", "proxy.value", "wrong-type", "without quotes"),
    (("value = 14_610", "value = true"), JOBS_FILE, "J01", "proxy.value", "wrong-type", "without quotes"),
    (("value = 14_610", "value = 1234567890123"), JOBS_FILE, "J01", "proxy.value", "not-a-number", "at most 12"),
    (("value = 14_610\n", ""), JOBS_FILE, "J01", "proxy.value", "missing-key", "Add the line value"),
    (("low = 10_000", "low = 15_000"), JOBS_FILE, "J01", "proxy.low", "out-of-range", "from the source"),
    (("high = 20_000.50", "high = 5"), JOBS_FILE, "J01", "proxy.low", "out-of-range", "from the source"),
    (('confidence = "medium"', 'confidence = "fair"'), PLANET_FILE, "G01", "proxy.confidence", "unknown-word", "high"),
    (("year = 2027", "year = 2026"), PLANET_FILE, "G01", "proxy.dated", "dated-twice", "one value for each year"),
    (("year = 2027", "year = 2029"), PLANET_FILE, "G01", "proxy.dated", "dated-gap", "no gap"),
    (("year = 2027\n", ""), PLANET_FILE, "G01", "proxy.dated 1, year", "missing-key", "Add the line year"),
    (("year = 2027", "year = 20.5"), PLANET_FILE, "G01", "proxy.dated 1, year", "wrong-type", "a whole number"),
    (("year = 2027", "year = 1066"), PLANET_FILE, "G01", "proxy.dated 1, year", "out-of-range", "from 1990 to 2150"),
    (
        ('derivation = "The central series."', 'derivation = "Central."\nvalue = 3'),
        PLANET_FILE, "G01", "proxy.value", "value-and-dated", "Remove value",
    ),
    (
        ("employment_outcome = 1", "deadweight_share = 1.5"),
        JOBS_FILE, "J01", "deadweight_share", "out-of-range", "from 0 to 1",
    ),
    (
        ("employment_outcome = 1", "drop_off_share = 0.1234567"),
        JOBS_FILE, "J01", "drop_off_share", "too-many-decimals", "6 decimals",
    ),
    (("employment_outcome = 1", "benefit_years = 61"), JOBS_FILE, "J01", "benefit_years", "out-of-range", "1 to 60"),
    (("employment_outcome = 1", "local_only = 1"), JOBS_FILE, "J01", "local_only", "wrong-type", "true or false"),
    (("employment_outcome = 1", "real_pounds = true"), JOBS_FILE, "J01", "real_pounds", "real-pounds-unit", "pounds"),
    (("employment_outcome = 1", 'tags = "jobs"'), JOBS_FILE, "J01", "tags", "wrong-type", "a list of texts"),
    (("employment_outcome = 1", 'tags = [""]'), JOBS_FILE, "J01", "tags", "empty-text", "between the quotes"),
    (("employment_outcome = 1", 'prox = "x"'), JOBS_FILE, "J01", "prox", "unknown-key", "Did you mean “proxy”"),
    (('code = "J02"', 'code = "J01"'), JOBS_FILE, "J01", "code", "duplicate-code", "another measure code"),
    (('code = "J02"', 'code = ""'), JOBS_FILE, "", "outcome 1a, measure 2, code", "empty-text", "between"),
    (('code = "2a"', 'code = "1a"'), PLANET_FILE, "", "outcome 1a, code", "duplicate-code", "another outcome code"),
    (('code = "2a"', 'cod = "2a"'), PLANET_FILE, "", "outcome 1, code", "missing-key", "Add the line code"),
    (("number = 2", "number = 1"), PLANET_FILE, "", "theme.number", "duplicate-code", "another theme number"),
    (("number = 2\n", ""), PLANET_FILE, "", "theme.number", "missing-key", "under [theme]"),
    (("number = 2", "number = 0"), PLANET_FILE, "", "theme.number", "out-of-range", "from 1 to 20"),
    (("[theme]\nnumber = 2", "[thema]\nnumber = 2"), PLANET_FILE, "", "theme.title", "missing-key", "title = …"),
    (('measures = ["J01", "J02"]', 'measures = ["J01", "J03"]'), MENU_FILE, "", "exclusion group one-person, measures",
     "unknown-measure", "Did you mean “J0"),
    (('measures = ["J01", "J02"]', 'measures = ["J01", "J01"]'), MENU_FILE, "", "exclusion group one-person, measures",
     "duplicate-code", "once"),
    (('measures = ["J01", "J02"]', 'measures = ["J01"]'), MENU_FILE, "", "exclusion group one-person, measures",
     "lone-measure", "two measures or more"),
    (('severity = "declare"', 'severity = "warn"'), MENU_FILE, "", "exclusion group one-person, severity",
     "unknown-word", "block, declare"),
    (('code = "one-person"', 'code = "one person"'), MENU_FILE, "", "exclusion_group 1, code", "wrong-code", "Use"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "file", "measure", "field", "code", "fix"), PROBLEMS)
def test_problem_names_file_measure_key_and_fix(change, file, measure, field, code, fix):
    built = build_edition(sample_texts(change))
    assert built.edition is None
    found = [problem for problem in built.problems if problem.code == code and problem.where.field == field]
    assert found, [str(problem) for problem in built.problems]
    assert (found[0].where.file, found[0].where.measure, found[0].severity) == (file, measure, Severity.ERROR)
    assert fix in found[0].fix
    assert found[0].key == f"{code}:{found[0].where}"


def test_all_problems_are_gathered_at_once():
    built = build_edition(
        sample_texts(('unit = "tonnes"', 'unit = "kg"'), ('source = "ucd"', 'source = "x"'), ("number = 2", "nr = 2"))
    )
    assert {(problem.where.file, problem.code) for problem in built.problems} == {
        (PLANET_FILE, "unknown-word"),
        (JOBS_FILE, "unknown-source"),
        (PLANET_FILE, "missing-key"),
        (PLANET_FILE, "unknown-key"),
    }


def test_wrong_toml_in_one_file_does_not_hide_the_others():
    texts = sample_texts(("number = 1", "number = "), ('unit = "tonnes"', 'unit = "kg"'))
    built = build_edition(texts)
    assert {(problem.where.file, problem.code) for problem in built.problems} >= {
        (JOBS_FILE, "invalid-toml"),
        (PLANET_FILE, "unknown-word"),
    }


def test_menu_file_that_is_missing_or_wrong_is_one_problem():
    texts = sample_texts()
    del texts[MENU_FILE]
    assert [problem.code for problem in build_edition(texts).problems] == ["missing-file"]
    built = build_edition({**texts, MENU_FILE: "code ="})
    assert [(problem.code, problem.where.file) for problem in built.problems] == [("invalid-toml", MENU_FILE)]


def test_edition_without_themes_outcomes_or_deflator():
    texts = sample_texts()
    built = build_edition({MENU_FILE: texts[MENU_FILE]})
    assert ("missing-file", "theme-*.toml") in {(problem.code, problem.where.file) for problem in built.problems}
    built = build_edition({**texts, "theme-3.toml": '[theme]\nnumber = 3\ntitle = "Empty"'})
    assert [(problem.code, problem.where.file) for problem in built.problems] == [("missing-key", "theme-3.toml")]
    menu = texts[MENU_FILE]
    without = menu[: menu.index("[deflator]")] + menu[menu.index("[[source]]") :]
    built = build_edition({**texts, MENU_FILE: without})
    assert {(problem.code, problem.where.measure) for problem in built.problems} == {
        ("no-index", "J01"),
        ("no-index", "G01"),
    }


@pytest.mark.parametrize(
    ("change", "field", "wanted"),
    [
        (("[[source]]", "[source]"), "source", "tables, each under [[source]]"),
        (("[deflator.index]", "index = 3\n[deflator.indices]"), "deflator.index", "a table"),
        (("[[exclusion_group]]", "[[exclusion_group]]\nx = 1\n[[exclusion_group]]"), "exclusion_group 1, x", "Use one"),
    ],
)
def test_tables_have_their_shape(change, field, wanted):
    menu = sample_texts()[MENU_FILE].replace(*change, 1)
    if change[1] == "[source]":
        menu = menu.replace("[[source]]", "[source_two]")
    built = build_edition({**sample_texts(), MENU_FILE: menu})
    assert any(problem.where.field == field and wanted in problem.fix for problem in built.problems)


def test_groups_with_the_same_code_and_with_rivals_elsewhere():
    group = '[[exclusion_group]]\ncode = "{}"\nseverity = "block"\nsame = "pound"\nmeasures = ["V01"]\n{}reason = "r"\n'
    texts = sample_texts()
    elsewhere = texts[MENU_FILE] + group.format("cash", 'elsewhere = ["V03 Cash (other)"]\n')
    built = build_edition({**texts, MENU_FILE: elsewhere})
    assert built.problems == ()
    against = texts[MENU_FILE] + group.format("cash", 'against = ["G01"]\n')
    built = build_edition({**texts, MENU_FILE: against})
    assert built.edition is not None
    assert built.edition.exclusion_groups[1].clashes("V01", "G01")
    twice = elsewhere + group.format("cash", 'against = ["G01"]\n')
    built = build_edition({**texts, MENU_FILE: twice})
    assert [(problem.code, problem.where.field) for problem in built.problems] == [
        ("duplicate-code", "exclusion group cash, code")
    ]


def test_optional_keys_are_read():
    more = 'owner = "Community team"\narea = "barnet"\npolicy = "barnet"\nsupersedes = "0.9"\ndiscount_rate = 0.035'
    built = build_edition(
        sample_texts(
            ('owner = "Community team"', more),
            ("employment_outcome = 1", 'owner = "Jobs team"\ndeadweight_share = 0.25\nbenefit_years = 3'),
        )
    )
    edition = built.edition
    assert edition is not None
    assert (edition.area, edition.policy, edition.supersedes) == ("barnet", "barnet", "0.9")
    assert edition.discount_rate == Decimal("0.035")
    job = edition.places["J01"].measure
    assert (job.owner, job.deadweight_share, job.benefit_years) == ("Jobs team", Decimal("0.25"), 3)


def test_text_is_stripped_and_put_on_one_line():
    built = build_edition(sample_texts(('"A resident starts a job."', '"""  A resident\n  starts   a job. """')))
    assert built.edition == replace(_edition(), sha256="")
    assert built.edition.places["J01"].measure.description == "A resident starts a job."


def _edition():
    edition = build_edition(sample_texts()).edition
    assert edition is not None
    return edition
