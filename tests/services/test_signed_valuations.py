"""Valuations fixed at signing, beside today's."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tests.services.council import begin, opened, promise, reopen, shipped, sign
from tomsapp.services import commitments
from tomsapp.services.signed_valuations import signed_valuations


def test_signed_valuation_keeps_its_total_when_the_promise_changes_later(ann):
    made = begin(ann)
    commitments.add_commitments(ann, made.id, [promise("V01", "500", "500", statement="Cash")], "Add V01")
    total = opened(ann, made.id).checked.valuation.social_value
    sign(ann, made.id, date(2026, 4, 1))
    reopen(ann, made.id, "More was offered after it")
    page = opened(ann, made.id)
    line = page.commitments[-1]
    more = replace(line.record, quantities=(Decimal(900), Decimal(900)))
    commitments.save_commitment(ann, made.id, line, more, "More")
    signed = signed_valuations(ann, made.id, date(2026, 6, 1))[0]
    assert signed.as_signed == total
    assert signed.difference == 0
    assert signed.why == "The same edition, barnet-open 2026.2, is in force today"
    assert signed.act.words == "Signed on 1 April 2026 by Ann, Procurement lead"
    assert signed.by_line == ()
    assert len(signed.act.sha256) == 64


def signed_under_2026_1(ann, *lines):
    """A contract signed with 2026.1 when it had not been withdrawn; the database keeps that edition."""
    edition = shipped().load("barnet-open", "2026.1")
    with ann.work("Keep 2026.1") as uow:
        uow.editions.add("barnet-open", "2026.1", edition.sha256, shipped().bundle("barnet-open", "2026.1"), "Menu")
        uow.commit()
    made = begin(ann, *lines, edition="2026.1")
    sign(ann, made.id, date(2026, 11, 24))
    return made


def test_contract_of_a_withdrawn_edition_is_held_against_the_one_in_force(ann):
    made = signed_under_2026_1(ann, promise("J11", "1", "1"), promise("J07", "1", "0"), promise("V01", "5", "5"))
    (signed,) = signed_valuations(ann, made.id, date(2026, 12, 1))
    assert (signed.edition, signed.edition_today) == ("barnet-open 2026.1", "barnet-open 2026.2")
    # 2 × £5,050.50 + £12,937.46 + £10.00 as signed; 2 × £4,075.50 + £12,937.46 + £10.00 today
    assert (signed.as_signed, signed.today) == (Decimal("23048.46"), Decimal("21098.46"))
    assert signed.difference == Decimal("-1950.00")
    assert signed.why == "Valued with barnet-open 2026.2 in place of barnet-open 2026.1"
    assert [words.split(" ")[0] for words in signed.by_line] == ["J11", "J07"]


def test_other_edition_that_makes_no_difference_says_so(ann):
    made = signed_under_2026_1(ann, promise("V01", "5", "5"))
    (signed,) = signed_valuations(ann, made.id, date(2026, 12, 1))
    assert signed.difference == 0
    assert signed.why == (
        "Valued with barnet-open 2026.2 in place of barnet-open 2026.1, which makes no difference here"
    )


def test_day_before_any_edition_is_in_force_says_so(ann):
    made = begin(ann)
    sign(ann, made.id, date(2026, 3, 2))
    (signed,) = signed_valuations(ann, made.id, date(2026, 3, 2))
    assert signed.difference == 0
    assert signed.why == (
        "Valued with the same edition, barnet-open 2026.2: none that is in force today is installed here"
    )
