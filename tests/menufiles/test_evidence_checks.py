"""What a reviewer is told of evidence: that it comes later than the menu says, and a year credited too soon."""

from datetime import date

import pytest

from tests.menufiles.sample import sample_texts
from tomsapp.domain.problems import Severity
from tomsapp.menufiles.builder import build_edition
from tomsapp.menufiles.evidence_checks import EVIDENCE_RULES
from tomsapp.menufiles.review import Checked

RECORD = 'evidence = ["Payroll record."]'
DUE = "review_due = 2027-03-31\n"


def found(*changes):
    """The Problems of the rules, of the sample with changes."""
    built = build_edition(sample_texts(*changes))
    assert built.problems == ()
    checked = Checked(built.edition, date(2026, 6, 1), built.file_of)
    return [problem for rule in EVIDENCE_RULES for problem in rule(checked)]


def told(*changes):
    return [(problem.code, problem.where.measure) for problem in found(*changes)]


def later(months):
    return (DUE, f'{DUE}evidence_months = {months}\nevidence_if_later = "A letter."\n')


def person_year(keys):
    """The sample's job as a person for a year, with other keys."""
    return (('unit = "fte_jobs"\n', f'unit = "person_years"\n{keys}'), ("employment_outcome = 1\n", ""))


def test_evidence_that_comes_too_late_says_what_is_shown_instead():
    assert told((DUE, f"{DUE}evidence_months = 12\n")) == [("evidence-too-late", "J01")]
    assert told(later(12)) == []


@pytest.mark.parametrize(
    ("words", "months"),
    [
        ("The answer a year later.", 12),
        ("A letter that they are on roll a school year later.", 12),
        ("Payroll record 12 months after it began.", 12),
        ("A payroll record at 12 months.", 12),
        ("Still in it three months after the start.", 3),
        ("None in the six months after it.", 6),
        ("Who keeps it for 12 months.", 12),
        ("Who stays for at least 12 weeks.", 3),
        ("Stay for at least 13 weeks.", 3),
        ("Stay for at least 14 weeks.", 4),
        ("Held within six months of the contract’s start.", 6),
        ("A year later and two years after.", 24),
        ("Staff who completed it in the last 12 months.", 0),
        ("A yearly log, and the year after they moved in.", 0),
        ("Invoices paid within 30 days.", 0),
        ("Six months are 0.5.", 0),
    ],
)
def test_evidence_that_comes_later_by_the_words_is_said_in_months(words, months):
    for key in (RECORD, 'count = ["A job of 12 months."]', 'description = "A resident starts a job."'):
        name = key.split(" = ", maxsplit=1)[0]
        said = f'{name} = "{words}"' if name == "description" else f'{name} = ["Something else.", "{words}"]'
        assert told((key, said)) == [("evidence-months-unsaid", "J01")] * bool(months)
        if months:
            assert told((key, said), later(months)) == []
            assert told((key, said), later(months - 1)) == [("evidence-months-unsaid", "J01")]


def test_the_longest_of_the_words_is_named_with_what_to_write():
    (problem,) = found((RECORD, 'evidence = ["A record at 3 months.", "An answer a year later."]'))
    assert problem.severity is Severity.WARNING
    assert problem.message == "Its words say “a year later”, and evidence_months is 0"
    assert "evidence_months = 12" in problem.fix
    assert problem.where.field == "evidence_months"


@pytest.mark.parametrize(
    ("keys", "later_by", "is_at_once"),
    [
        ("whole_units = true\n", 0, True),
        ("whole_units = true\n", 11, True),
        ("whole_units = true\n", 12, False),
        ("", 0, False),
    ],
)
def test_a_whole_year_is_not_credited_before_it_is_shown(keys, later_by, is_at_once):
    changes = (*person_year(keys), *([later(later_by)] if later_by else []))
    assert told(*changes) == [("year-at-once", "J01")] * is_at_once


def test_whole_units_of_other_things_are_no_years():
    assert told(('unit = "yes_no"\n', 'unit = "people"\nwhole_units = true\n')) == []
