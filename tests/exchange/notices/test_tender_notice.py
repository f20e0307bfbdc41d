"""Notices before the award: the tender with its lots, deadline, values and days."""

from datetime import date
from decimal import Decimal

import pytest

from tests.exchange.notices.made import COUNCIL, package, release, twenty
from tomsapp.exchange.notices.releases import NoticeFile
from tomsapp.exchange.notices.tender_notice import (
    MOST_TENDERS,
    NoticedLot,
    plain_tender,
    read_tender_notices,
    tender_in,
)
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.room.frames import WrongForm

NORTH = {
    "id": "1",
    "title": "North",
    "value": {"amount": 100000, "amountGross": 120000, "currency": "GBP"},
    "contractPeriod": {"startDate": "2027-03-31T23:00:00Z", "endDate": "2029-03-31T22:59:59Z"},
}
SOUTH = {"id": "2", "title": "South", "value": {"amount": 50000, "currency": "EUR"}}


def tenders(*releases):
    return read_tender_notices([NoticeFile("notice.json", package(*releases))])


def noticed(**tender):
    (found,) = tenders(release(1, awards=[], contracts=[], tag=["tender"], tender=tender))
    return found


def test_the_lots_have_their_values_and_their_days_in_the_united_kingdom():
    found = noticed(lots=[NORTH, SOUTH], tenderPeriod={"endDate": "2026-07-22T11:00:00Z"})
    assert found.lots == (
        NoticedLot("North", Decimal(100000), Decimal(120000), date(2027, 4, 1), date(2029, 3, 31)),
        NoticedLot("South"),
    )
    assert (found.deadline_on, found.deadline_at) == (date(2026, 7, 22), "12:00")
    assert (found.ocid, found.reference, found.title, found.buyer) == (
        "ocds-h6vhtk-0f0001",
        "EX-1",
        "Made up work 1",
        COUNCIL,
    )
    assert found.told == "notice 000001-2026 of 2 February 2026"
    assert not found.is_framework


def test_of_one_lot_the_tender_says_what_the_lot_does_not():
    value = {"amount": 60000}
    period = {"startDate": "2027-04-01", "endDate": "2028-03-31"}
    days = (date(2027, 4, 1), date(2028, 3, 31))
    assert noticed(value=value, contractPeriod=period).lots == (NoticedLot("", Decimal(60000), None, *days),)
    (lot,) = noticed(lots=[{"id": "1", "title": "All"}], value=value, contractPeriod=period).lots
    assert lot == NoticedLot("", Decimal(60000), None, *days)
    (lot,) = noticed(lots=[NORTH], value=value).lots
    assert lot.value == Decimal(100000)


@pytest.mark.parametrize(
    ("given", "deadline"),
    [
        ("2026-07-22", (date(2026, 7, 22), "")),
        ("2026-01-22T17:30:00", (date(2026, 1, 22), "17:30")),
        ("2026-07-22T23:30:00Z", (date(2026, 7, 23), "00:30")),
        ("soon", (None, "")),
        ("", (None, "")),
    ],
)
def test_a_deadline_is_a_day_and_a_time_where_the_notice_gives_one(given, deadline):
    found = noticed(tenderPeriod={"endDate": given})
    assert (found.deadline_on, found.deadline_at) == deadline


def test_a_framework_is_known_by_its_techniques():
    assert noticed(techniques={"hasFrameworkAgreement": True, "frameworkAgreement": {"method": "open"}}).is_framework


def test_what_is_no_notice_and_what_is_too_much_are_refused():
    with pytest.raises(OfferUnreadable):
        read_tender_notices([NoticeFile("list.csv", b"a,b\n1,2\n")])
    with pytest.raises(OfferUnreadable):
        read_tender_notices([NoticeFile("broken.json", package()[:-2])])
    with pytest.raises(OfferUnreadable, match="There is no notice"):
        read_tender_notices([NoticeFile("empty.json", package())])
    with pytest.raises(OfferUnreadable, match="too much"):
        tenders(*(release(number) for number in range(MOST_TENDERS + 1)))
    with pytest.raises(OfferUnreadable, match="too much"):
        noticed(lots=[{"id": str(number)} for number in range(1001)])


def test_tenders_come_out_of_the_room_as_they_were_read():
    found = read_tender_notices([NoticeFile(name, data) for name, data in twenty().items()])
    assert len(found) == 20
    whole = (*found, noticed(lots=[NORTH, SOUTH], tenderPeriod={"endDate": "2026-07-22T11:00:00Z"}))
    assert tuple(tender_in(plain_tender(one)) for one in whole) == whole


@pytest.mark.parametrize(
    "change",
    [
        {"texts": ["one"]},
        {"texts": [1, 2, 3, 4, 5, 6]},
        {"texts": None},
        {"lots": None},
        {"lots": [["", "", "", "soon", ""]]},
        {"lots": [["", "much", "", "", ""]]},
        {"deadline": ["2026-02-30", ""]},
    ],
)
def test_what_the_room_says_otherwise_is_no_tender(change):
    plain = plain_tender(noticed(lots=[NORTH]))
    with pytest.raises(WrongForm):
        tender_in(plain | change)
    with pytest.raises(WrongForm):
        tender_in(None)
