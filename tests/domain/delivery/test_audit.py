"""Audit samples: what can be drawn, and conclusions that say what the units say."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tomsapp.domain.delivery.audit import (
    AUDIT_ITEM,
    AUDIT_SAMPLE,
    AuditItem,
    AuditSample,
    conclusion_of,
    result_of,
    sample_problems,
)
from tomsapp.domain.delivery.sample import Checked, Conclusion

TODAY = date(2026, 10, 1)
UNTIL = date(2026, 9, 30)
SAMPLE = AuditSample("plan page 7", UNTIL, 10, TODAY, 40, Decimal("90000.00"))
ITEM = AuditItem(1, Decimal(10), Decimal("2265.00"))


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"until": TODAY}, []),
        ({"seed": " "}, ["seed-missing"]),
        ({"seed": "x" * 101}, ["seed-too-long"]),
        ({"size": 0}, ["size-outside"]),
        ({"size": 5_001}, ["size-outside"]),
        ({"until": date(2026, 10, 2)}, ["until-to-come"]),
        ({"claims": 0}, ["sample-empty"]),
        ({"claims": 0, "size": 0}, ["size-outside"]),
    ],
)
def test_what_must_be_put_right_before_a_sample_is_drawn(changes, codes):
    asked = {"seed": "plan page 7", "size": 5_000, "until": UNTIL, "today": TODAY, "claims": 1, **changes}
    assert [problem.code for problem in sample_problems(**asked)] == codes


@pytest.mark.parametrize(
    ("found", "conclusion"),
    [
        ("10", Conclusion.SHOWN),
        ("12", Conclusion.SHOWN),
        ("9.9999", Conclusion.SHOWN_IN_PART),
        ("0.0001", Conclusion.SHOWN_IN_PART),
        ("0", Conclusion.NOT_SHOWN),
    ],
)
def test_conclusion_follows_from_the_units_that_are_shown(found, conclusion):
    assert conclusion_of(Decimal(found), Decimal(10)) is conclusion


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"conclusion": Conclusion.SHOWN, "found": Decimal(10)}, []),
        ({"conclusion": Conclusion.NOT_SHOWN, "found": Decimal(0)}, []),
        ({"conclusion": Conclusion.SHOWN_IN_PART, "found": Decimal(4)}, []),
        ({"conclusion": Conclusion.SHOWN}, ["found-missing"]),
        ({"found": Decimal(4)}, ["conclusion-missing"]),
        ({"conclusion": Conclusion.SHOWN, "found": Decimal(11)}, ["found-outside"]),
        ({"conclusion": Conclusion.SHOWN, "found": Decimal(4)}, ["found-otherwise"]),
        ({"conclusion": Conclusion.NOT_SHOWN, "found": Decimal(4)}, ["found-otherwise"]),
    ],
)
def test_conclusion_and_units_say_the_same(changes, codes):
    assert [problem.code for problem in AUDIT_ITEM.problems(replace(ITEM, **changes))] == codes


def test_result_counts_the_claims_that_were_checked():
    part = {"conclusion": Conclusion.SHOWN_IN_PART, "found": Decimal(8), "found_pounds": Decimal("1812.00")}
    items = [replace(ITEM, **part), replace(ITEM, position=2)]
    assert ITEM.checked is None
    assert items[0].checked == Checked(Conclusion.SHOWN_IN_PART, Decimal("2265.00"), Decimal("1812.00"))
    result = result_of(SAMPLE, items)
    assert (result.drawn, result.checked, result.wrong) == (2, 1, 1)
    assert (result.claims, result.pounds, result.not_shown) == (40, Decimal("90000.00"), Decimal("453.00"))


def test_samples_and_their_claims_have_names():
    assert AUDIT_SAMPLE.name_of(SAMPLE) == "sample “plan page 7” of 1 October 2026"
    assert AUDIT_ITEM.name_of(ITEM) == "claim 1 of the sample"
