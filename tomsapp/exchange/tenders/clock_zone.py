"""By which clock a list tells its times: UTC, BST, UTC+01:00, UK time, as it states it in a heading or beside a time.

A zone that is stated and not known is refused: a time that is read by another clock may make a late tender one in time.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from tomsapp.domain.alike import alike, plain_signs
from tomsapp.domain.errors import TomsError
from tomsapp.domain.tender.deadline import LONDON, clock_fault, zone_of
from tomsapp.domain.wording import listed
from tomsapp.exchange.tenders.sheet_head import words_of


@dataclass(frozen=True, slots=True)
class StatedZone:
    """A zone as it is stated.

    Attributes:
        words: as they stand there.
        place: None where it is the tender's own.
    """

    words: str
    place: tzinfo | None


_MINUTES_AHEAD = {
    "z": 0,
    "zulu": 0,
    "utc": 0,
    "gmt": 0,
    "greenwich mean time": 0,
    "coordinated universal time": 0,
    "bst": 60,
    "british summer time": 60,
}
_BRITISH = ("gmt/bst", "bst/gmt", "uk local time", "uk time", "uk", "london time", "london", "british time")
"""The clock of the United Kingdom, in summer and winter."""
_OF_A_SEASON = frozenset({"gmt", "greenwich mean time", "bst", "british summer time"})
"""Names that people also write all year for whatever the clocks of the United Kingdom show."""
_OWN = ("local time", "local")
_STRANGE = words_of(
    "cet cest mez mesz eet eest wet west wat cat eat ist msk trt gst pkt sgt hkt jst kst nzst nzdt aest aedt acst "
    "acdt awst est edt et cst cdt ct mst mdt mt pst pdt pt akst hst ut tai"
)
"""Abbreviations of zones that are not read, as several of them mean more than one, or none in the United Kingdom."""
_HALF_DAY_OFF, _HOUR = 14, 60
_SAY_WHICH = "Write UTC or UK time in the list, whichever it is, or type the times in the receipts"
_OFFSET = (
    r"(?:(?:utc|gmt) ?[+±-] ?\d{1,2}(?::?\d{2})?|(?<!\w)[+±-]\d{2}:?\d{2}|(?<!\w)[+±-]\d{2}(?=\W*$)|utc ?0)(?![\d:])"
)
_PLACE = (
    r"(?:africa|america|antarctica|arctic|asia|atlantic|australia|etc|europe|indian|pacific)"
    r"/[a-z_]+(?:[/+-][a-z0-9_]+)*"
)


def _any_of(names: Iterable[str]) -> str:
    longest_first = sorted(names, key=len, reverse=True)
    return rf"(?<![^\W_])(?:{'|'.join(re.escape(name) for name in longest_first)})(?![^\W_])"


_KNOWN_NAMES: Mapping[str, tzinfo | None] = (
    {name: timezone(timedelta(minutes=ahead)) for name, ahead in _MINUTES_AHEAD.items()}
    | {name: zone_of(LONDON) for name in _BRITISH}
    | dict.fromkeys(_OWN)
)
_NAMES_IN_HEADINGS = _KNOWN_NAMES.keys() - {"z"}
_WRITTEN = re.compile(rf"{_OFFSET}|{_PLACE}|{_any_of(_KNOWN_NAMES)}", re.IGNORECASE | re.ASCII)
_IN_HEADING = re.compile(
    rf"(?P<stated>{_OFFSET}|{_PLACE}|{_any_of(_NAMES_IN_HEADINGS)})"
    rf"|(?P<strange>{_any_of(_STRANGE)}|\b(?:eastern|central|pacific|mountain|standard|summer|winter) time\b)",
    re.IGNORECASE | re.ASCII,
)
_NO_ZONE = re.compile(r"(?:[\s()\[\],.]|\b(?:hrs?|hours?|h|time)\b)*", re.IGNORECASE)
"""What may stand behind a time, or around a zone, and says no zone."""
_OF_ALL = re.compile(
    r"(?:.*\W)?(?:time ?zone|times)\b\W*(?:(?:all|are|is|as|shown|given|stated|listed|told|displayed|in|by|the)\W+)*"
    r"(?P<zone>.+)",
    re.IGNORECASE | re.DOTALL,
)
"""A sentence over or under a table: "All times are shown in UTC", "Time zone: UTC"."""


def written_zones(text: str) -> tuple[StatedZone, ...]:
    """The zones that a text states which says nothing else, as behind a time or in a column of zones.

    Raises:
        TomsError: it says something else.
    """
    plain = plain_signs(text)
    if not _NO_ZONE.fullmatch(_WRITTEN.sub(" ", plain)):
        raise _unknown(plain.strip("() "))
    return tuple(_stated(found[0]) for found in _WRITTEN.finditer(plain))


def zones_in_heading(heading: str) -> tuple[StatedZone, ...]:
    """The zones that the heading over days or times states: UTC of "Received (UTC)".

    Raises:
        TomsError: it states one that is not known.
    """
    found = list(_IN_HEADING.finditer(plain_signs(heading)))
    strange = next((each["strange"] for each in found if each["strange"]), None)
    if strange is not None:
        raise _unknown(strange)
    return tuple(_stated(each[0]) for each in found)


def without_zones(heading: str) -> str:
    """A heading without the zones that it states: "Received" of "Received (UTC)"."""
    return _IN_HEADING.sub(lambda found: found[0] if found["strange"] else " ", plain_signs(heading))


def zones_of_all(sentences: Iterable[str]) -> tuple[StatedZone, ...]:
    """The zones of all the times of a list, by what stands over or under its table; mostly none.

    Raises:
        TomsError: it states one that is not known.
    """
    found = (_OF_ALL.fullmatch(plain_signs(sentence)) for sentence in sentences)
    return tuple(zone for each in found if each is not None for zone in zones_in_heading(each["zone"]))


def by_clock_of(place: tzinfo, local: datetime, zones: Iterable[StatedZone]) -> datetime:
    """A time that is told by the clock of the stated zones, as the clock of a place tells it.

    Raises:
        TomsError: two zones are stated by which it is another time, or their clocks leave it out or have it twice.
    """
    told = list(zones)
    there = {_there(place, local, zone): zone.words for zone in told}
    if len(there) > 1:
        names = listed([f"“{words}”" for words in there.values()])
        raise TomsError(f"It has the time zones {names}, which differ then", "Leave the one that holds in the list")
    return next(iter(there), local)


def _there(place: tzinfo, local: datetime, zone: StatedZone) -> datetime:
    if zone.place is None or zone.place == place:
        return local
    moment = local.replace(tzinfo=zone.place)
    if alike(zone.words) in _OF_A_SEASON and moment.astimezone(zone_of(LONDON)).utcoffset() != moment.utcoffset():
        raise TomsError(f"It has the time zone “{zone.words}”, which the United Kingdom did not keep then", _SAY_WHICH)
    fault = clock_fault(moment)
    if fault is not None:
        raise TomsError(fault.message, fault.fix)
    return moment.astimezone(UTC).astimezone(place).replace(tzinfo=None)


def _stated(words: str) -> StatedZone:
    name = alike(words)
    if name in _KNOWN_NAMES:
        return StatedZone(words, _KNOWN_NAMES[name])
    place = zone_of(words) if "/" in words else _offset(words)
    if place is None:
        raise _unknown(words)
    return StatedZone(words, place)


def _offset(words: str) -> tzinfo | None:
    """The zone of "UTC+1", "+01:00" or "-0100"; None where no place on earth has it."""
    sign, digits = "-" if "-" in words else "+", re.sub(r"\D", "", words)
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > len("12") else (int(digits), 0)
    is_double = "±" in words and hours + minutes > 0
    if is_double or hours > _HALF_DAY_OFF or minutes >= _HOUR:
        return None
    ahead = timedelta(hours=hours, minutes=minutes)
    return timezone(-ahead if sign == "-" else ahead)


def _unknown(words: str) -> TomsError:
    return TomsError(f"It names the time zone “{words}”, which is not known", _SAY_WHICH)
