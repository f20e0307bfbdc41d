"""The evaluation report: whoever decides reads the first page, and a losing bidder can redo every sum."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.domain.build import commit, edition, measure
from tests.domain.printed import work_out
from tests.domain.tender import report_build as made
from tests.domain.tender.build import lot as lot_record
from tests.domain.tender.build import tender
from tests.domain.tender.scoring_build import JOBS, entry, lot, offer, picture, pounds, rules
from tomsapp.domain.papers.council_paper import CouncilPaper, PaperHeading, PaperTable, PaperText, TextKind
from tomsapp.domain.papers.evaluation import NOT_FROZEN, evaluation_report
from tomsapp.domain.papers.evaluation_told import EvaluationTold
from tomsapp.domain.papers.told import PaperMaker
from tomsapp.domain.proxy import UnitValue
from tomsapp.domain.tender.acts import TenderActKind
from tomsapp.domain.tender.bands import read_bands
from tomsapp.domain.tender.choices import Placing, QuantityMethod
from tomsapp.domain.tender.evaluating import ToEvaluate
from tomsapp.domain.units import Unit

D, F = Decimal, Fraction
MAKER = PaperMaker("Larkmere Council", date(2027, 2, 3), "A. Okafor")
ENOUGH = (pounds("S01", "60000"), *JOBS)


def report(told: EvaluationTold | None = None) -> CouncilPaper:
    return evaluation_report(told or made.told(), MAKER)


def bare(given: ToEvaluate, **others: object) -> EvaluationTold:
    """A lot of which nothing is told beside its figures."""
    nothing = dict.fromkeys(("bids", "marks", "moderated", "receipts", "acts", "versions", "questions"), ())
    return made.told(given, **({**nothing, "sensitivity": None, "evaluators": {}, "made_with": ""} | others))


def said(paper: CouncilPaper) -> str:
    return "\n".join(paper.words)


def tables(paper: CouncilPaper) -> dict[str, PaperTable]:
    return {block.caption: block for block in paper.blocks if isinstance(block, PaperTable)}


def first_page(paper: CouncilPaper) -> str:
    """What stands before the first heading after "In short"."""
    heads = [place for place, block in enumerate(paper.blocks) if isinstance(block, PaperHeading) and block.level == 2]
    return "\n".join(word for block in paper.blocks[: heads[1]] for word in block.words)


def test_the_first_page_says_who_comes_first_and_how_sure_that_is():
    page = first_page(report())
    for words in (
        "Cleaning, 2 years from 1 April 2027, estimated at £1,200,000.00 without VAT.",
        NOT_FROZEN,
        "Calder comes first with 90.62 of 100 points. 4 bids for Cleaning, 3 admitted.",
        "Calder leads Meridian by 3.69 points.",
        "Calder and Meridian tie on the statement.",
        "Rowan is not admitted: short by £48,333.60 of the 5% minimum and short by 1 employment outcome.",
        "Of 100 points there are 40 for price, 40 for quality and 20 for social value.",
        "not money that anybody pays",
        "The winner changes if the line J11 Measure J11 of Calder, £40,404.00, is left out.",
        "5 other changes would too",
        "The weight of social value did not change who wins.",
        f"receipt 4 from Rowan. Reason: {made.LATE_REASON}.",
        "Ashdown: J01 Measure J01 does not count; the reasons follow.",
    ):
        assert words in page, words
    assert tables(report())["Bids in the order of their points"].rows == (
        ("Calder", "1", "£1,164,000.00", "£85,897.94", "90.62"),
        ("Meridian", "2", "£1,142,500.00", "£61,775.81", "86.93"),
        ("Ashdown", "3", "£1,118,000.00", "£77,396.92", "86.81"),
        ("Rowan", "–", "£1,092,000.00", "£11,666.40", "Not admitted"),
    )


EQUATION = re.compile(r"(?:^|; |: )([£\d][^=;:]*?) = (£?[\d,.]+…?)")


def test_every_sum_comes_out_on_a_calculator():
    tried = 0
    for table in tables(report()).values():
        if "Working" not in [column.head for column in table.columns]:
            continue
        for row in table.rows:
            for text, result in EQUATION.findall(row[1]):
                if "+" in text:
                    low = high = sum((F(each.replace(",", "")) for each in text.split(" + ")), F(0))
                else:
                    low, high = work_out(text)
                shown = F(result.strip("£…,").replace(",", ""))
                cut = F(1, 10**6) if result.endswith("…") else F(0)
                assert low <= shown + cut, (text, result)
                assert shown <= high, (text, result)
                tried += 1
    assert tried == 38


def test_parts_come_to_the_total_and_lines_to_what_a_bid_is_worth():
    found = tables(report())
    points = found["Points of Calder"]
    assert points.total == ("Total", "", "90.62")
    assert sum(D(row[2]) for row in points.rows) == D("90.62")
    lines = found["What Calder offers"]
    assert sum(D(row[2].strip("£").replace(",", "")) for row in lines.rows if row[2].startswith("£")) == D("85897.94")
    assert lines.total == ("Together", "", "£85,897.94")
    assert ("K01 Measure K01", "1 person", "counted only") in lines.rows
    assert "Points of Rowan" not in found, "who is not admitted has no points"
    assert "What Rowan offers" in found


def test_the_rule_is_quoted_by_which_a_bid_is_not_admitted_with_its_sum():
    text = said(report())
    assert (
        tables(report())["Why Rowan is not admitted"].rows[0][1].endswith("An offer below the minimum is not admitted.")
    )
    assert "£1,200,000.00 × 5% = £60,000.00 of social value; £60,000.00 − £11,666.40 = £48,333.60" in text
    late = bare(lot(entry("Late", "100", "40", *ENOUGH, fails=(made.EXCLUDED,))))
    assert tables(report(late))["Why Late is not admitted"].rows == (("Excluded", "By decision"),)
    late = bare(lot(entry("Late", "100", "40", offer=None)))
    assert tables(report(late))["Why Late is not admitted"].rows[0][0] == "No complete offer came in time"


def test_lines_decisions_and_marks_stand_with_their_reasons():
    found = tables(report())
    assert found["1 line of Ashdown does not count"].rows == (
        ("J01 Measure J01", "The same person twice", "£20,202.72"),
    )
    assert found["Decisions on what was found"].rows == (
        (
            "Calder",
            "8 jobs are many for the contract",
            "Accepted: They showed their payroll. Question: How many are they? Answer: Eight.",
            "A. Okafor",
        ),
        (
            "Calder",
            "first-year",
            "Answered on 28 January 2027. Question: When do they start? Answer: In May.",
            "A. Okafor",
        ),
        ("Ashdown", "J01 and J11 may be the same person", "Left out: The same person twice.", "J. Patel"),
    )
    assert found["Who marked"].rows[1] == ("J. Patel", "–", "None, confirmed on 25 January 2027")
    assert found["What each evaluator gave"].rows[0] == ("Calder", "A. Okafor", "4", "Named groups, says 1")
    assert "Calder\n5\nIt names groups and dates (1) (A. Okafor)" in said(report())


def test_until_all_have_sent_no_mark_of_anybody_is_told():
    waiting = {**made.EVALUATORS, 3: replace(made.EVALUATORS[2], name="New", confirmed_on=None, sent_on=None)}
    told = made.told(evaluators=waiting, moderated=())
    text = said(report(told))
    assert "What each evaluator gave" not in text
    assert "No mark is moderated yet." in text
    assert "New\n–\nNot confirmed" in text
    nobody = said(report(made.told(evaluators={}, questions=(replace(made.QUESTIONS[0], text=""),))))
    assert "Who marked" not in nobody
    assert "How will you hire locally?" not in nobody
    gone = made.told(evaluators={1: made.EVALUATORS[1]}, moderated=(replace(made.moderated()[0], by=""),))
    assert "–\n4\nNamed groups, says 2" in said(report(gone)), "an evaluator who is no more is still told of"


def test_what_was_tried_is_told_with_the_switching_values():
    found = tables(report())
    changes = found["Every line, low or high value and weight that changes the winner"]
    assert len(changes.rows) == 1
    values = found["The switching value of each measure"]
    assert ("J11 Measure J11", "£5,050.50", "£1,813.25", "None") in values.rows
    assert "41 trials." in said(report())
    one = lot(entry("A", "100", "40", *ENOUGH, *ENOUGH), policy=None)
    quiet = report(bare(one, sensitivity=made.told(one).sensitivity))
    assert "No trial changes the winner." in first_page(quiet)
    assert "Every line, low or high value and weight that changes the winner" not in tables(quiet)


def test_a_switching_value_that_is_not_proven_to_the_end_says_how_far_it_is():
    told = made.told()
    assert told.sensitivity is not None
    narrow = [
        replace(each, is_whole=False, last_same="£9.99") for each in told.sensitivity.switching if not each.is_changed
    ]
    only_up = [each for each in narrow if each.is_up]
    paper = report(replace(told, sensitivity=replace(told.sensitivity, switching=tuple(only_up))))
    assert tables(paper)["The switching value of each measure"].rows[0][2:] == ("–", "None to £9.99")


def test_what_cannot_be_ranked_yet_says_what_is_missing():
    given = lot(entry("A", None, "40", *ENOUGH), entry("B", "100", None, *ENOUGH))
    told = bare(given, sensitivity=made.told(given).sensitivity)
    text = said(report(told))
    assert "2 bids for Cleaning, 2 admitted. Nobody is ranked." in text
    assert "Not ranked: no price is entered. No price is entered." in text
    assert "What would change the winner cannot be said yet." in text
    assert tables(report(told))["Points of A"].rows[0] == ("Price", "Not known yet", "–")
    assert "The lowest price" not in text


def test_a_lot_without_bids_and_one_without_an_admitted_bid():
    text = said(report(bare(lot())))
    assert "There is no bid for Cleaning." in text
    assert "Each bid, worked out" not in text
    assert "The offers are not opened yet." in text
    out = said(report(bare(lot(entry("Late", "100", "40", offer=None)))))
    assert "1 bid for Cleaning, 0 admitted. Nobody is ranked." in out
    assert "nothing is divided by any of these" in out


def test_two_who_share_the_first_place():
    twins = lot(entry("A", "100", "40", *ENOUGH), entry("B", "100", "40", *ENOUGH))
    text = said(report(bare(twins)))
    assert "A and B share the first place with 100.00 of 100 points." in text
    assert "Rank 1= of 2, with 100.00 points." in text


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (
            {"method": QuantityMethod.TARGET, "target": D(80000)},
            "social value ÷ £80,000.00, the target, × 10; at most 10",
        ),
        ({"method": QuantityMethod.BANDS, "bands": read_bands("0% 0; 5% 5")}, "mark ÷ 5 × 10, where the share"),
        ({}, "social value ÷ highest social value of an admitted bid × 10"),
    ],
)
def test_each_way_of_scoring_has_its_formula(facts, words):
    assert words in said(report(bare(picture(rules=rules(**facts)))))


def test_only_parts_that_have_points_are_told():
    found = tables(report(made.told(picture(rules=rules(60, 0, 40, 0)))))
    assert [row[0] for row in found["How bids are scored"].rows] == ["Price", "Quantity"]
    assert "Weights of the questions" not in found
    text = said(report(bare(picture(rules=rules(60, 0, 40, 0)))))
    assert "Those for social value are" not in text
    assert "Marks of the answers" not in text


def test_social_value_within_quality_is_said():
    within = tender(placing=Placing.WITHIN_QUALITY, quality_weight=D(60), social_weight=D(20))
    assert "12 of 60 points of quality are its own." in said(report(made.told(tender=within)))


def test_lines_with_errors_and_lines_without_a_value_are_told():
    without = commit("S02", "0", "0", key="none")
    given = lot(
        entry("A", "100", "40", *ENOUGH, without, pounds("S02", "-5", key="minus"), pounds("Z99", "1")),
        entry("B", "100", "40", pounds("Z99", "1")),
    )
    found = tables(report(bare(given)))
    left = found["2 lines of A do not count"].rows
    assert [row[0] for row in left] == ["S02 Measure S02", "Z99"]
    assert left[1][2] == "–"
    assert all(row[1] for row in left)
    assert ("S02 Measure S02", "nothing is promised", "£0.00") in found["What A offers"].rows
    assert "None of its lines counts." in said(report(bare(given)))


def test_who_did_what_and_by_what_all_is_known():
    frozen = made.act(5, TenderActKind.FREEZE, 30, sha256="ff" * 32)
    other = made.act(6, TenderActKind.EXCLUDE, 26, lot=2, supplier="Elsewhere", reason="Not of this lot")
    back = made.act(7, TenderActKind.TAKE_BACK, 31, reverses=4, reason="It was the wrong file")
    paper = report(made.told(acts=(*made.ACTS, frozen, other)))
    text = said(paper)
    assert "This evaluation was frozen on 30 January 2027 by A. Okafor, Procurement lead, and is final." in text
    assert NOT_FROZEN not in text
    assert "Elsewhere" not in text
    known = dict(tables(paper)["Versions and checksums"].rows)
    assert known["Pack version 2, issued on 11 January 2027 by A. Okafor"] == f"SHA-256 {'2a' * 32}"
    assert known["Receipt 3: Ashdown offer.xlsx"] == f"SHA-256 {'03' * 32}, 31,416 bytes"
    assert known["Frozen evaluation"] == f"SHA-256 {'ff' * 32}"
    assert known["Worked out with"] == "tomsapp 9.9"
    assert not [name for name in known if name.startswith("Receipt 5")], "what was refused is part of nothing"
    files = tables(paper)["Files that came in"].rows
    assert files[0][2] == "22 January 2027, 10:00:00 (ours)"
    assert files[3][2] == "22 January 2027, 13:01:09 (the portal’s); 23 January 2027, 09:00:00 (ours)"
    assert tables(paper)["Who did what, and when"].rows[3][2] == made.LATE_REASON
    taken = said(report(made.told(acts=(*made.ACTS, replace(frozen, role="", sha256=""), back))))
    assert "Taken back on 31 January 2027 by A. Okafor, Procurement lead. Reason: It was the wrong file." in taken
    assert "no late file was admitted" in taken
    assert "No checksum is recorded" in taken
    assert "frozen on 30 January 2027 by A. Okafor, and" in taken


def test_opening_early_excluding_and_a_late_file_of_another_lot():
    early = made.act(3, TenderActKind.OPEN_EARLY, 20, reason="All bidders agreed in writing")
    excluded = made.act(5, TenderActKind.EXCLUDE, 26, lot=1, supplier="Rowan", reason="A director was convicted")
    text = first_page(report(made.told(acts=(*made.ACTS[:2], early, excluded))))
    assert "Opened early on 20 January 2027 by A. Okafor, Procurement lead. Reason: All bidders agreed" in text
    assert "Bid excluded on 26 January 2027" in text
    other = made.act(4, TenderActKind.ADMIT_LATE, 25, receipt=99, reason="Of another lot")
    assert "no late file was admitted" in said(report(made.told(acts=(*made.ACTS[:3], other))))


def test_an_agreed_mark_that_no_evaluator_came_near_is_out_of_the_ordinary():
    near = tuple(replace(each, mark=4) for each in made.moderated())
    assert "is agreed, which is" not in first_page(report(made.told(moderated=near)))
    far = (*near[1:], replace(near[0], mark=1, reason="It names no groups"))
    text = first_page(report(made.told(moderated=far)))
    assert "question 1" in text
    assert "1 is agreed, which is below every mark that was given: 4. Reason: It names no groups." in text
    waiting = {1: replace(made.EVALUATORS[1], sent_on=None), 2: made.EVALUATORS[2]}
    assert "is agreed, which is" not in said(report(made.told(moderated=far, evaluators=waiting)))


def test_a_lot_among_several_is_named_and_a_tender_without_a_deadline_has_no_clock():
    several = made.told(
        lots=2, lot=lot_record(2, title="Libraries", value=None), tender=tender(title="", deadline_on=None)
    )
    paper = report(several)
    assert paper.title == "Evaluation report: T-2026-003, lot 2, Libraries (T-2026-003)"
    assert "Deadline:" not in said(paper)
    assert "estimated at" not in said(paper)


def test_hostile_names_are_data():
    hostile = replace(entry("=1+1 <b>\u202e", "100", "40", *ENOUGH), key="x")
    paper = report(bare(lot(hostile)))
    assert tables(paper)["Bids in the order of their points"].rows[0][0] == "=1+1 <b>\u202e"


def test_a_mark_that_the_paper_is_not_final_is_told_as_one():
    marked = [block for block in report().blocks if isinstance(block, PaperText) and block.kind is TextKind.MARKED]
    assert [block.text for block in marked] == [NOT_FROZEN]


def test_a_line_with_a_year_without_a_value_counts_nowhere_and_is_told():
    dated = measure("S50", "10", Unit.HOURS)
    year = offer().contract.years[0].starts_on.year
    dated = replace(dated, unit_values=(UnitValue(D(10), D(10), "2024", year=year),))
    given = lot(entry("A", "100", "40", commit("S50", "2", "3")), menu=edition(dated), policy=None)
    (row,) = tables(report(bare(given)))["1 line of A does not count"].rows
    assert row[0] == "S50 Measure S50"
