"""What editions say of a value's kind and parts, of when a unit is earned, and of why an edition was withdrawn."""

from datetime import date
from decimal import Decimal

import pytest

from tests.menufiles.sample import POLICY, sample_texts, write_edition
from tomsapp.domain.measure_words import delivery_cost_words
from tomsapp.domain.menu import Earned, EditionStatus
from tomsapp.domain.proxy import ANY_PRICE_BASE, Component, DeliveryCost, ProxyKind, SourceDeadweight, WageKind
from tomsapp.menufiles.builder import build_edition
from tomsapp.menufiles.edition_reader import read_folder
from tomsapp.menufiles.errors import MenuFileError
from tomsapp.menufiles.policies import read_policy
from tomsapp.menufiles.publishing import publish

PROXY = 'source = "ucd"\nderivation = "Earnings of'
FACTS = """kind = "multi_year"
components = ["earnings", "health"]
in_force_from = 2026-04-01
in_force_until = 2027-03-31
read_on = 2026-11-20
taken_off = "Half is taken off"
source_deadweight = "yes"
delivery_cost = { value = 132.50, made = "2012-13", note = "Staff and materials." }
"""
PAGE = "https://charity.example/page"
NEXT = 'attribution = "Contains'
MEASURE = """earned = "at_completion"
equality_group = "care leavers"
small_example = "One person."
evidence_months = 12
evidence_if_later = "A letter."
"""
WAGE_SUM = '[outcome.measure.proxy.wage]\nof = "national_living_wage"\nhours = 1950\n'
APART = """
[[apart]]
measures = ["J01"]
against = ["V01", "G01"]
reason = "A job is no gift."
"""


def problems_of(*changes):
    return {(problem.code, problem.where.field) for problem in build_edition(sample_texts(*changes)).problems}


def test_the_facts_of_a_value_and_a_measure():
    built = build_edition(
        sample_texts(
            (PROXY, FACTS + PROXY),
            ("review_due = 2027-03-31\n", f"review_due = 2027-03-31\n{MEASURE}"),
            ('confidence = "high"\n\n', f'confidence = "high"\n{WAGE_SUM}\n'),
            (f"read_on = 2026-03-01\n{NEXT}", f'read_on = 2026-11-21\nread_at = "{PAGE}"\n{NEXT}'),
            ('reason = "One move into work is one gain."', f'reason = "x"\noutcomes_once = true\n{APART}'),
        )
    )  # fmt: skip
    assert built.problems == ()
    measure = built.edition.find_measure("J01")
    proxy = measure.proxy
    assert (proxy.kind, proxy.components) == (ProxyKind.MULTI_YEAR, (Component.EARNINGS, Component.HEALTH))
    assert (proxy.in_force_from, proxy.in_force_until) == (date(2026, 4, 1), date(2027, 3, 31))
    assert (proxy.read_on, proxy.source.read_on) == (date(2026, 11, 20), date(2026, 11, 21))
    assert proxy.source.read_at == PAGE
    assert (proxy.taken_off, proxy.source_deadweight) == ("Half is taken off", SourceDeadweight.YES)
    assert proxy.delivery_cost == DeliveryCost(Decimal("132.50"), "2012-13", "Staff and materials.")
    assert (proxy.wage.of, proxy.wage.less, proxy.wage.hours) == (WageKind.NATIONAL_LIVING_WAGE, None, 1950)
    assert (measure.earned, measure.equality_group) == (Earned.AT_COMPLETION, "care leavers")
    assert (measure.small_example, measure.evidence_months, measure.evidence_if_later) == (
        "One person.",
        12,
        "A letter.",
    )
    assert built.edition.exclusion_groups[0].outcomes_once
    assert built.edition.apart[0].parts("V01", "J01")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ((PROXY, f'components = ["earning"]\n{PROXY}'), ("unknown-word", "proxy.components")),
        ((PROXY, f'components = ["health", "health"]\n{PROXY}'), ("word-twice", "proxy.components")),
        (
            (PROXY, f"in_force_from = 2026-04-01\nin_force_until = 2026-03-31\n{PROXY}"),
            ("dates-out-of-order", "proxy.in_force_until"),
        ),
        ((PROXY, f'delivery_cost = {{ value = 1, made = "2009-10" }}\n{PROXY}'),
         ("missing-key", "proxy.delivery_cost.note")),
        ((PROXY, f'delivery_cost = {{ made = "2009-10", note = "n" }}\n{PROXY}'),
         ("missing-key", "proxy.delivery_cost.value")),
        ((PROXY, f'delivery_cost = {{ value = 1, made = "any", note = "n" }}\n{PROXY}'),
         ("wrong-price-base", "proxy.delivery_cost.made")),
        ((PROXY, f'delivery_cost = {{ value = 1, made = "2009-10", note = "n" }}\n{PROXY}'),
         ("no-index", "proxy.delivery_cost.made")),
        ((PROXY, f'delivery_cost = "132"\n{PROXY}'), ("wrong-type", "proxy.delivery_cost")),
        ((PROXY, f"delivery_cost = 132\n{PROXY}"), ("missing-key", "proxy.delivery_cost_note")),
        (("[[exclusion_group]]", f'{APART.replace("V01", "V99")}[[exclusion_group]]'),
         ("unknown-measure", "apart 1, against")),
        (("[[exclusion_group]]", '[[apart]]\nmeasures = ["J01"]\nreason = "r"\n[[exclusion_group]]'),
         ("lone-measure", "apart 1, measures")),
    ],
)  # fmt: skip
def test_what_cannot_be(change, problem):
    assert problem in problems_of(change)


def test_a_cost_of_delivery_as_editions_that_databases_keep_tell_it():
    text = f'delivery_cost = 132\ndelivery_cost_note = "For one child, in prices of 2009-10."\n{PROXY}'
    built = build_edition(sample_texts((PROXY, text)))
    assert built.problems == ()
    cost = built.edition.find_measure("J01").proxy.delivery_cost
    assert cost == DeliveryCost(Decimal(132), ANY_PRICE_BASE, "For one child, in prices of 2009-10.")
    assert delivery_cost_words(cost) == "£132.00 for each unit. For one child, in prices of 2009-10."


def test_a_cost_of_something_else_than_a_unit_names_it():
    cost = 'delivery_cost = { value = 240, made = "2012-13", each = "course", note = "Six sessions." }'
    built = build_edition(sample_texts((PROXY, f"{cost}\n{PROXY}")))
    assert built.problems == ()
    words = delivery_cost_words(built.edition.find_measure("J01").proxy.delivery_cost)
    assert words == "£240.00 for each course, in prices of 2012-13. Six sessions."


def test_two_measures_are_told_apart_from_each_other():
    text = '[[apart]]\nmeasures = ["J01", "G01"]\nreason = "r"\n[[exclusion_group]]'
    assert build_edition(sample_texts(("[[exclusion_group]]", text))).edition.apart[0].parts("G01", "J01")


def test_a_withdrawn_edition_says_when_and_why(tmp_path):
    folder = write_edition(tmp_path / "sample" / "1")
    sha256 = publish(folder, date(2026, 5, 1)).sha256
    file = folder / "published.toml"
    text = file.read_text(encoding="utf-8")
    words = 'withdrawn_on = 2026-11-28\nwithdrawn_because = "Ratios were uprated."\npublished_on'
    file.write_text(text.replace("published_on", words), encoding="utf-8")
    edition = read_folder(folder).get_edition()
    assert (edition.status, edition.sha256) == (EditionStatus.WITHDRAWN, sha256)
    assert (edition.withdrawn_on, edition.withdrawn_because) == (date(2026, 11, 28), "Ratios were uprated.")


WAGE = """
[[wage]]
kind = "{}"
in_force_from = 2025-10-01
hourly = 14.80
source = {{ title = "Rates", publisher = "Living Wage Foundation" }}
"""


def test_other_wages_stand_beside_the_national_living_wage():
    policy = read_policy((POLICY + WAGE.format("london_living_wage")).encode(), "x.toml")
    assert policy.wage_on(WageKind.LONDON_LIVING_WAGE, date(2026, 4, 1)) == Decimal("14.80")
    assert len(policy.living_wages) == 1


def test_the_national_living_wage_stands_in_one_place():
    with pytest.raises(MenuFileError) as caught:
        read_policy((POLICY + WAGE.format("national_living_wage")).encode(), "x.toml")
    assert [problem.code for problem in caught.value.problems] == ["wrong-table"]
