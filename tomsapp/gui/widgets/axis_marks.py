"""The marks of a chart's axis in pounds: all in the unit of the last, and none of them rounded."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tomsapp.domain.money import decimal_places

_MILLION, _THOUSAND = Decimal(1_000_000), Decimal(1_000)


def mark_pounds(marks: Sequence[Decimal]) -> list[str]:
    """The marks of an axis, all in the unit of the last and none rounded, as £0, £0.5m, £1.0m."""
    top = max(marks, default=Decimal(0))
    unit, letter = (
        (_MILLION, "m") if top >= _MILLION else (_THOUSAND, "k") if top >= 10 * _THOUSAND else (Decimal(1), "")
    )
    scaled = [mark / unit for mark in marks]
    places = max((decimal_places(mark) for mark in scaled), default=0)
    return [f"£{mark:,.{places}f}{letter}" if mark else "£0" for mark in scaled]
