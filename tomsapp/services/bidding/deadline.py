"""How long bidders have, in the words of the window."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tomsapp.domain.tender import words
from tomsapp.domain.tender.deadline import zone_words
from tomsapp.domain.tender.tender import Tender
from tomsapp.domain.wording import plural

_DAY = timedelta(days=1)


def upload_words(tender: Tender) -> str:
    """Until when the file must be uploaded, without its zone: "12 noon, Friday 22 January 2027"."""
    return tender.deadline_words.rpartition(", ")[0]


def left_words(tender: Tender, now: datetime) -> str:
    """The zone and the time that is left: "UK time. 9 days left."; in hours and minutes on the last day."""
    deadline = tender.deadline
    if deadline is None:
        return ""
    zone = zone_words(tender.deadline_zone)
    left = _until(deadline, now)
    if left < timedelta(0):
        return words.PASSED
    if left >= _DAY:
        return f"{zone}. {plural(left // _DAY, 'day')} left."
    minutes = left // timedelta(minutes=1)
    hours, rest = divmod(minutes, 60)
    told = " ".join(filter(None, (plural(hours, "hour") if hours else "", plural(rest, "minute"))))
    return f"{zone}. {told} left."


def is_urgent(tender: Tender, now: datetime) -> bool:
    """Whether less than a day is left, or nothing."""
    return tender.deadline is not None and _until(tender.deadline, now) < _DAY


def _until(deadline: datetime, now: datetime) -> timedelta:
    """How long it is in true time: across a clock change the clock on the wall tells another length."""
    return deadline.astimezone(UTC) - now.astimezone(UTC)
