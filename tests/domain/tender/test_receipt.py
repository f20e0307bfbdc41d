"""Receipts: which file of a bidder and lot counts, and what is said of the others."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tomsapp.domain.tender.deadline import LONDON, deadline_of
from tomsapp.domain.tender.receipt import (
    RECEIPT,
    RECEIVED_FILE,
    Admission,
    Receipt,
    ReceivedFile,
    Standing,
    counting,
    judge_receipts,
)

DEADLINE = deadline_of(date(2027, 1, 22), "12:00", LONDON)
COUNTS, OLD, LATE = Standing.COUNTS, Standing.COUNTS_OLD_PACK, Standing.LATE
REPLACED, REFUSED, NOT_FINISHED = Standing.REPLACED, Standing.REFUSED, Standing.NOT_FINISHED
REASON = "The portal was down from 11:40 to 12:20."
ADMITTED = Admission("M. Reid", REASON)


def at(text: str) -> datetime:
    """A moment of 18 or 22 January 2027 in UTC: "18 14:32"."""
    day, clock = text.split()
    return datetime.fromisoformat(f"2027-01-{day} {clock}").replace(tzinfo=UTC)


def file(number: int, when: str, supplier: str = "Calder", **others) -> ReceivedFile:
    """A complete file of a bidder in lot 1, made with version 2 of the pack."""
    facts = {"lot": 1, "pack_version": 2, "supplier": supplier} | others
    return ReceivedFile(number, f"offer{number}.xlsx", "ab" * 32, 4_096, at(when), **facts)


def judged(*files: ReceivedFile, admitted=None, deadline=DEADLINE):
    return judge_receipts(deadline, 2, files, admitted)


CASES = [
    ("one file in time", [file(1, "18 09:00")], [(COUNTS, "Counts")]),
    ("at the last moment", [file(1, "22 12:00")], [(COUNTS, "Counts")]),
    ("half a second later", [file(1, "22 12:00:00.5")], [(LATE, "Late by under 1 s. Does not count")]),
    ("an hour later", [file(1, "22 13:01:09")], [(LATE, "Late by 1 h 1 min 9 s. Does not count")]),
    (
        "the portal's time decides, as in time",
        [file(1, "22 15:00", portal_at=at("22 11:59"))],
        [(COUNTS, "Counts")],
    ),
    (
        "the portal's time decides, as late",
        [file(1, "22 11:00", portal_at=at("22 12:01"))],
        [(LATE, "Late by 1 min. Does not count")],
    ),
    (
        "an old pack",
        [file(1, "18 09:00", pack_version=1)],
        [(OLD, "Counts. Made with pack version 1")],
    ),
    ("a pack of which the version is not known", [file(1, "18 09:00", pack_version=None)], [(COUNTS, "Counts")]),
    (
        "replaced in time",
        [file(1, "18 09:00"), file(2, "18 14:32")],
        [(REPLACED, "Replaced on 18 January 2027, 14:32, by receipt 2"), (COUNTS, "Counts")],
    ),
    (
        "whichever was received first here, the portal's later one counts",
        [file(1, "23 09:00", portal_at=at("18 15:00")), file(2, "23 09:01", portal_at=at("18 14:00"))],
        [(COUNTS, "Counts"), (REPLACED, "Replaced on 18 January 2027, 15:00, by receipt 1")],
    ),
    (
        "of one moment the one received later counts",
        [file(2, "18 09:00"), file(1, "18 09:00")],
        [(COUNTS, "Counts"), (REPLACED, "Replaced on 18 January 2027, 09:00, by receipt 2")],
    ),
    (
        "what is late never replaces",
        [file(1, "18 09:00"), file(2, "22 13:00")],
        [(COUNTS, "Counts"), (LATE, "Late by 1 h. Does not count")],
    ),
    (
        "what was refused never replaces",
        [file(1, "18 09:00"), file(2, "18 10:00", refused="the workbook has macros", ask_for="one without macros")],
        [(COUNTS, "Counts"), (REFUSED, "Refused: the workbook has macros. Ask for one without macros")],
    ),
    (
        "what is not finished never replaces",
        [file(1, "18 09:00"), file(2, "18 10:00", unfinished="1 question has no answer")],
        [(COUNTS, "Counts"), (NOT_FINISHED, "Not finished: 1 question has no answer")],
    ),
    (
        "what was refused is not late too",
        [file(1, "22 13:00", refused="it answers tender T-2026-001")],
        [(REFUSED, "Refused: it answers tender T-2026-001")],
    ),
    (
        "what is late is not unfinished too",
        [file(1, "22 13:00", unfinished="1 question has no answer")],
        [(LATE, "Late by 1 h. Does not count")],
    ),
    (
        "two bidders",
        [file(1, "18 09:00"), file(2, "18 10:00", "Meridian")],
        [(COUNTS, "Counts"), (COUNTS, "Counts")],
    ),
    (
        "two lots",
        [file(1, "18 09:00"), file(2, "18 10:00", lot=2)],
        [(COUNTS, "Counts"), (COUNTS, "Counts")],
    ),
    (
        "nobody's files replace nobody's",
        [file(1, "18 09:00", ""), file(2, "18 10:00", "")],
        [(NOT_FINISHED, "Not finished: it does not say whose offer it is")] * 2,
    ),
    (
        "of no lot",
        [file(1, "18 09:00", lot=None, ask_for="the lot")],
        [(NOT_FINISHED, "Not finished: it does not say of which lot it is. Ask for the lot")],
    ),
]


@pytest.mark.parametrize(("files", "told"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_becomes_of_files(files, told):
    assert [(each.standing, each.words) for each in judged(*files)] == told


def test_a_late_file_counts_where_a_named_person_admits_it():
    first, late = file(1, "18 09:00"), file(2, "22 12:20", pack_version=1)
    before, after = judged(first, late, admitted={2: ADMITTED})
    assert (before.standing, before.replaced_by) == (REPLACED, 2)
    assert after.standing is Standing.ADMITTED_LATE
    assert after.words == (
        "Late by 20 min. Counts: admitted by M. Reid: The portal was down from 11:40 to 12:20. Made with pack version 1"
    )
    [unfinished] = judged(replace(late, unfinished="1 quantity is missing"), admitted={2: ADMITTED})
    assert unfinished.standing is NOT_FINISHED


def test_without_a_deadline_nothing_is_late():
    files = file(1, "18 09:00"), file(2, "22 13:00")
    before, after = judged(*files, deadline=None)
    assert before.words == "Replaced on 22 January 2027, 13:00, by receipt 2"
    assert after.standing is COUNTS


def test_moments_are_told_by_the_clock_of_the_tender():
    deadline = deadline_of(date(2027, 7, 22), "12:00", LONDON)
    first = replace(file(1, "18 09:00"), received_at=datetime(2027, 7, 18, 9, tzinfo=UTC))
    second = replace(first, number=2, received_at=datetime(2027, 7, 18, 23, 30, tzinfo=UTC))
    assert judged(first, second, deadline=deadline)[0].words == "Replaced on 19 July 2027, 00:30, by receipt 2"


def test_the_offers_that_are_judged_are_told_in_the_order_of_receipt():
    receipts = judged(file(3, "18 09:00"), file(1, "18 10:00", "Meridian"), file(2, "18 08:00"))
    assert [(key, each.file.number) for key, each in counting(receipts).items()] == [
        (("Meridian", 1), 1),
        (("Calder", 1), 3),
    ]


def test_only_files_that_count_are_judged():
    assert [each for each in Standing if each.counts] == [COUNTS, OLD, Standing.ADMITTED_LATE]
    assert RECEIVED_FILE.name_of(file(3, "18 09:00")) == "receipt 3"


@pytest.mark.parametrize(
    ("receipt", "codes"),
    [
        (Receipt(), ""),
        (Receipt("Calder", 1, date(2027, 1, 22), "11:59"), ""),
        (Receipt(portal_on=date(2027, 1, 22), portal_time="11:59:30"), ""),
        (Receipt(lot=0), "lot-missing"),
        (Receipt(portal_on=date(2027, 1, 22)), "portal-time-missing"),
        (Receipt(portal_time="11:59"), "portal-on-missing"),
        *(
            (Receipt(portal_on=date(2027, 1, 22), portal_time=text), "portal-time-wrong")
            for text in ("1159", "11:59:", "11:59:60", "24:00", "11:59 pm")
        ),
    ],
)
def test_what_is_wrong_with_a_receipt_is_said(receipt, codes):
    assert " ".join(problem.code for problem in RECEIPT.problems(receipt)) == codes
    assert RECEIPT.name_of(receipt).startswith("receipt")


def test_the_portals_time_is_by_the_clock_of_the_tender():
    typed = Receipt("Calder", 1, date(2027, 7, 22), "11:59:30")
    assert typed.portal_at(LONDON).astimezone(UTC) == datetime(2027, 7, 22, 10, 59, 30, tzinfo=UTC)
    assert replace(typed, portal_time="11:59").portal_at("UTC") == datetime(2027, 7, 22, 11, 59, tzinfo=UTC)
    assert Receipt().portal_at(LONDON) is None
    assert RECEIPT.name_of(typed) == "receipt of Calder"


@st.composite
def many_files(draw):
    count = draw(st.integers(0, 12))
    minutes = st.integers(-3, 3).map(lambda late: DEADLINE + timedelta(minutes=late))
    files = [
        ReceivedFile(
            number,
            "offer",
            "ab",
            1,
            draw(minutes),
            draw(st.none() | minutes),
            draw(st.sampled_from(["", "A", "B"])),
            draw(st.sampled_from([None, 1, 2])),
            draw(st.sampled_from([None, 1, 2])),
            draw(st.sampled_from(["", "", "half"])),
            draw(st.sampled_from(["", "", "macros"])),
        )
        for number in range(1, count + 1)
    ]
    admitted = draw(st.sets(st.integers(1, 12), max_size=3))
    return draw(st.permutations(files)), dict.fromkeys(admitted, ADMITTED)


@given(many_files())
def test_of_a_bidder_and_lot_one_file_counts_and_it_is_the_last_that_could(made):
    files, admitted = made
    receipts = judged(*files, admitted=admitted)
    assert [each.file for each in receipts] == list(files), "none is lost, and none moves"

    def whose(each):
        return each.file.supplier, each.file.lot or 0

    for _, of_one in groupby(sorted(receipts, key=whose), key=whose):
        own = list(of_one)
        last = [each for each in own if each.standing.counts]
        assert len(last) <= 1
        for each in own:
            could = each.file.is_complete and (each.file.came_at <= DEADLINE or each.file.number in admitted)
            assert could == (each.standing.counts or each.standing is REPLACED)
            assert not could or last, "one of those that could counts"
            if each.standing is REPLACED:
                assert each.replaced_by == last[0].file.number
                assert (each.file.came_at, each.file.number) < (last[0].file.came_at, last[0].file.number)


@given(many_files(), st.randoms())
def test_what_counts_does_not_hang_on_the_order_in_which_files_are_named(made, random):
    files, admitted = made
    other = list(files)
    random.shuffle(other)
    one, two = judged(*files, admitted=admitted), judged(*other, admitted=admitted)
    assert counting(one) == counting(two)
