"""Names that are alike are found from a stated likeness on, and others are not."""

import pytest

from tomsapp.exchange.labelled.likeness import ASKED_FROM, WITHIN, LikeName, LikeNames


@pytest.mark.parametrize(
    ("name", "other", "percent"),
    [
        ("Hartwell & Doyle Ltd", "Hartwel and Doyle Limited", 96),
        ("Hartwell & Doyle Ltd", "Doyle & Hartwell", 100),
        ("Swift Clean", "Swiftclean Ltd", 100),
        ("St Johns Ambulance", "St John Ambulance", 97),
        ("Hartwell & Doyle Ltd", "Hartwell Doyle (North) plc", WITHIN),
        ("Hartwell & Doyle (North) Ltd", "Hartwell and Doyle", WITHIN),
        ("Hartwell & Doyle Ltd", "HD Repairs trading as Hartwell & Doyle", WITHIN),
        ("Alder Care 1 Ltd", "Alder Care 2 Ltd", 91),
    ],
)
def test_names_that_may_be_one_supplier_are_found(name, other, percent):
    assert percent >= ASKED_FROM
    assert LikeNames([("key", name)]).like(other) == [LikeName("key", percent)]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Bridge Works", "Bridge Walks"),
        ("Green Lane Care Ltd", "Green Lane Homes Ltd"),
        ("Smith", "Smith Brothers"),
        ("ABC Ltd", "ABD Ltd"),
        ("The", "And"),
    ],
)
def test_names_of_other_suppliers_are_not(name, other):
    assert LikeNames([("key", name)]).like(other) == []


def test_the_three_likest_are_found_the_likest_first():
    names = LikeNames((text, text) for text in ("Winterwayss", "Winterwais", "Winterway", "Winterways Ltd", "Winter"))
    assert [one.key for one in names.like("Winterways")] == ["Winterways Ltd", "Winterwayss", "Winterway"]


def test_a_name_below_the_stated_likeness_is_another_one():
    """Seven letters of eight that are the same are 87%, six of seven 85%."""
    assert [one.percent for one in LikeNames([(1, "abcdefgh")]).like("abcdefgx")] == [87]
    assert LikeNames([(1, "abcdefg")]).like("abcdefx") == []
