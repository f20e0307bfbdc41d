"""What is said of a publisher before open data is written: nothing is made up, and what is missing is told."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tomsapp.domain.open_data import OPEN_GOVERNMENT_LICENCE, PUBLICATION, Publication, before_publishing
from tomsapp.domain.problems import Severity

WHOLE = Publication(
    date(2026, 9, 30),
    "Larkmere Council",
    "GB-LAC",
    "X00",
    "https://larkmere.example",
    OPEN_GOVERNMENT_LICENCE,
    "https://larkmere.example/policy?of=data#here",
    "ocds-x1y2z3",
    "http://larkmere.example/a.json",
)


def found(**changes: Any) -> list[tuple[str, Severity, str]]:
    publication = replace(WHOLE, **changes)
    problems = [*PUBLICATION.problems(publication), *before_publishing(publication)]
    return [(problem.code, problem.severity, problem.where.field) for problem in problems]


def test_a_whole_publisher_has_no_problems():
    assert found() == []


def test_without_a_prefix_and_a_licence_it_is_said_what_to_do_before_publishing():
    assert found(prefix="", licence="") == [
        ("prefix-needed", Severity.WARNING, "prefix"),
        ("licence-needed", Severity.WARNING, "licence"),
    ]
    told = before_publishing(replace(WHOLE, prefix=""))[0]
    assert "data@open-contracting.org" in told.fix


@pytest.mark.parametrize("prefix", ["ocds-ABCDEF", "ocds-12345", "x1y2z3", "ocds-x1y2z3-", "ocds-x1y2zé"])
def test_what_is_no_prefix_is_refused(prefix: str):
    assert found(prefix=prefix) == [("prefix-form", Severity.ERROR, "prefix")]


def test_the_prefix_of_the_documentation_is_nobodys():
    assert found(prefix="ocds-213czf") == [("prefix-example", Severity.ERROR, "prefix")]


def test_a_publisher_has_a_name():
    assert found(name=" ") == [("name-missing", Severity.ERROR, "name")]


@pytest.mark.parametrize("half", ["scheme", "identifier"])
def test_a_register_and_the_code_in_it_belong_together(half: str):
    assert found(**{half: ""}) == [("identifier-half", Severity.ERROR, "identifier")]


@pytest.mark.parametrize("field", ["website", "licence", "policy", "address"])
@pytest.mark.parametrize(
    "address", ["larkmere.example", "javascript:alert(1)", "https://", "https://a b", "https://ü.x"]
)
def test_an_address_is_a_whole_one(field: str, address: str):
    assert (f"{field}-wrong", Severity.ERROR, field) in found(**{field: address})


def test_the_day_is_needed():
    assert found(until=None) == [("until-missing", Severity.ERROR, "until")]
