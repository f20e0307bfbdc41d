"""Bands: which part of the quantity points a bid gets by its share of the contract value, where a tender scores so.

"0% 0; 5% 2; 10% 5" gives nothing below 5%, 2 of 5 from 5%, and all from 10%. The marks are out of 5, as those of a
question are.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from tomsapp.domain.alike import visible
from tomsapp.domain.errors import TomsError
from tomsapp.domain.facts import Fault
from tomsapp.domain.money import shortened
from tomsapp.domain.wording import format_exact, format_percent

BEST_MARK = 5
"""The best mark that a band, an answer or an evaluator gives."""

_HOW = "Write them as 0% 0; 5% 2; 10% 5: from which share, and the mark out of 5"
_BAND = re.compile(r"([0-9]{1,4}(?:\.[0-9]{1,4})?)% ([0-9](?:\.[0-9]{1,4})?)", re.ASCII)
_MOST_BANDS = 20


@dataclass(frozen=True, slots=True)
class Band:
    """From a share of the contract value on, which part (0 to 1) of the quantity points is given."""

    share_from: Fraction
    part: Fraction

    @property
    def mark(self) -> Fraction:
        """The part as a mark out of 5."""
        return self.part * BEST_MARK

    @property
    def words(self) -> str:
        """The band as bidders read it: "from 5%: 2 of 5"."""
        return f"from {format_percent(self.share_from)}: {format_exact(self.mark)} of {BEST_MARK}"


class BandsError(TomsError):
    """Bands that cannot be read, or that do not rise."""


def read_bands(text: str) -> tuple[Band, ...]:
    """The bands of a text such as "0% 0; 5% 2; 10% 5"; none of an empty one.

    Raises:
        BandsError: one cannot be read, or they do not rise from 0%.
    """
    parts = [part.strip() for part in text.replace("\n", ";").split(";") if part.strip()]
    if len(parts) > _MOST_BANDS:
        raise BandsError(f"There are more than {_MOST_BANDS} bands", "Take some of them together")
    bands = tuple(_band(part) for part in parts)
    _check_rising(bands)
    return bands


def _band(text: str) -> Band:
    found = _BAND.fullmatch(text)
    if found is None:
        raise BandsError(f"“{shortened(visible(text))}” is no band", _HOW)
    share, mark = Fraction(found[1]) / 100, Fraction(found[2])
    if mark > BEST_MARK:
        raise BandsError(f"The mark of “{text}” is over {BEST_MARK}", _HOW)
    return Band(share, mark / BEST_MARK)


def _check_rising(bands: Sequence[Band]) -> None:
    if bands and bands[0].share_from:
        raise BandsError(f"Nothing is said of shares under {format_percent(bands[0].share_from)}", "Begin with 0%")
    for before, after in pairwise(bands):
        if after.share_from <= before.share_from or after.part <= before.part:
            raise BandsError(f"“{after.words}” does not rise above “{before.words}”", "Let shares and marks rise")


def bands_fault(text: str) -> Fault | None:
    """What is wrong with a text of bands, or None."""
    try:
        read_bands(text)
    except BandsError as error:
        return Fault(f"It cannot be used: {error.message}", error.fix)
    return None


def write_bands(bands: Sequence[Band]) -> str:
    """Bands as they are typed: "0% 0; 5% 2; 10% 5"."""
    return "; ".join(f"{format_percent(band.share_from)} {format_exact(band.mark)}" for band in bands)


def part_of(bands: Sequence[Band], share: Fraction) -> Fraction:
    """The part of the quantity points that a share of the contract value gets; nothing below the first band."""
    reached = [band.part for band in bands if band.share_from <= share]
    return max(reached, default=Fraction(0))
