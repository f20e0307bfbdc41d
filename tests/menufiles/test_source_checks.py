"""What a reviewer is told of sources: whose addresses they give, and when and where they were read."""

from datetime import date
from pathlib import Path

import pytest

from tests.menufiles.sample import sample_texts
from tomsapp.domain.problems import Severity
from tomsapp.menufiles.builder import build_edition
from tomsapp.menufiles.checks import check_edition
from tomsapp.menufiles.edition_reader import read_folder
from tomsapp.menufiles.review import Checked
from tomsapp.menufiles.source_checks import SOURCE_RULES

MENUS = Path(__file__).parents[2] / "menus"
GIFT = 'price_base = "any"\nsource = "hmt"\nderivation = "Face value."\n'
UCD = 'address = "https://www.greatermanchester-ca.gov.uk/ucd"\n'
READ = f"{UCD}read_on = 2026-03-01\n"
JOB = 'high = 20_000.50\nsource = "ucd"\n'


def found(*changes):
    """The Problems of the rules, of the sample with changes."""
    built = build_edition(sample_texts(*changes))
    assert built.problems == ()
    checked = Checked(built.edition, date(2026, 6, 1), built.file_of)
    problems = [problem for rule in SOURCE_RULES for problem in rule(checked)]
    assert {problem.severity for problem in problems} <= {Severity.WARNING}
    return [(problem.code, problem.where.measure, problem.where.field) for problem in problems]


def test_the_sample_gives_its_publishers_and_says_when_they_were_read():
    assert found() == []


@pytest.mark.parametrize(
    ("address", "is_known"),
    [
        ("https://github.com/somebody/data/file.csv", False),
        ("https://www.charlesrussellspeechlys.com/en/insights/expert-insights/", False),
        ("https://blogs.ncvo.org.uk/2014/06/26/", False),
        ("https://notgov.uk/", False),
        ("no address", False),
        ("https://www.gov.uk/github.com", True),
        ("https://www.ons.gov.uk/economy", True),
    ],
)
def test_a_host_that_no_known_publisher_has_is_asked_about(address, is_known):
    asked = 1 - is_known
    assert found((UCD, f'address = "{address}"\n')) == [("unknown-host", "", "source ucd, address")] * asked
    of_measure = (GIFT, f'{GIFT}address = "{address}"\n')
    assert found(of_measure) == [("unknown-host", "V01", "proxy.address")] * asked


def test_a_source_says_when_it_was_read_or_each_of_its_values_does():
    unread = [("source-unread", "", "source ucd, read_on")]
    assert found((READ, UCD)) == unread
    assert found((READ, UCD), (JOB, f"{JOB}read_on = 2026-03-02\n")) == []
    also = (GIFT, GIFT.replace("hmt", "ucd"))
    assert found((READ, UCD), (JOB, f"{JOB}read_on = 2026-03-02\n"), also) == unread


def test_an_index_says_when_its_source_was_read_whatever_the_values_say():
    index = ('source = "hmt"\n[deflator.index]', 'source = "ucd"\n[deflator.index]')
    assert found((READ, UCD), (JOB, f"{JOB}read_on = 2026-03-02\n"), index) == [
        ("source-unread", "", "source ucd, read_on")
    ]


def test_a_source_that_no_value_names_says_when_it_was_read():
    assert found((READ, UCD), (JOB, JOB.replace("ucd", "hmt"))) == [("source-unread", "", "source ucd, read_on")]


def test_a_source_that_somebody_quotes_names_the_page():
    quoted = ('title = "Unit Cost Database"', 'title = "Unit Cost Database, as quoted by a charity"')
    assert found(quoted) == [("quoted-nowhere", "", "source ucd, read_at")]
    assert found(quoted, (READ, f'{READ}read_at = "a charity"\n')) == [("quoted-nowhere", "", "source ucd, read_at")]
    assert found(quoted, (READ, f'{READ}read_at = "https://charity.example/page"\n')) == []


def test_the_edition_for_new_contracts_gives_a_publisher_and_a_day_for_every_source():
    built = build_edition(read_folder(MENUS / "barnet-open" / "2026.2").texts)
    checked = Checked(built.edition, date(2026, 12, 1), built.file_of)
    assert len(built.edition.sources) > 15
    assert [problem for rule in SOURCE_RULES for problem in rule(checked)] == []


def test_a_withdrawn_edition_is_not_asked_about_its_addresses():
    edition = read_folder(MENUS / "barnet-open" / "2026.1").get_edition()
    checked = Checked(edition, date(2026, 12, 1), {})
    assert [problem for rule in SOURCE_RULES for problem in rule(checked)]
    assert not {problem.code for problem in check_edition(checked)} & {"unknown-host", "source-unread"}
