"""How a proxy value becomes an edition's unit value: one step from its price base to the edition's.

`unit_value = proxy_value × deflator(edition) ÷ deflator(price_base)`, rounded half up to the penny, or to
4 decimals when it is under £1. Source: the method in docs/method.md, after HM Treasury's Green Book on real prices.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.errors import MenuError
from tomsapp.domain.money import PENNY_PLACES, UNIT_VALUE_PLACES, round_half_away
from tomsapp.domain.proxy import ANY_PRICE_BASE, DatedValue, DeliveryCost, PriceIndex, ProxyValue, UnitValue
from tomsapp.domain.wording import format_pounds, format_quantity

_PRICE_BASE = re.compile(r"(\d{4})(?:-(\d{2}))?", re.ASCII)


def is_price_base(text: str) -> bool:
    """Whether `text` is a year ("2024"), a financial year ("2012-13") or "any"."""
    match = _PRICE_BASE.fullmatch(text)
    if match is None:
        return text == ANY_PRICE_BASE
    start, end = match.groups()
    return end is None or int(end) == (int(start) + 1) % 100


def price_base_start(price_base: str) -> Fraction:
    """The point in time from which prices of `price_base` hold, in years: 2012-13 starts at 2012¼."""
    match = _PRICE_BASE.fullmatch(price_base)
    if match is None:
        raise MenuError(f"“{price_base}” is not a price base", "Write a year, 2024, or a financial year, 2012-13")
    return int(match[1]) + (Fraction(1, 4) if match[2] else Fraction(0))


def is_later(price_base: str, edition_base: str) -> bool:
    """Whether `price_base` is later than the edition's price base: the value is then taken as published."""
    return price_base != ANY_PRICE_BASE and price_base_start(price_base) > price_base_start(edition_base)


def unit_values_of(proxy: ProxyValue, edition_base: str, deflator: PriceIndex | None) -> tuple[UnitValue, ...]:
    """The unit value for each value of `proxy` in the prices of `edition_base`.

    Raises:
        MenuError: the deflator has no index for the proxy's or the edition's price base.
    """
    index_from, index_to = _indices(proxy.price_base, edition_base, deflator)
    ends = proxy.in_force_until is not None
    return tuple(
        replace(_unit_value(value, proxy.price_base, index_from, index_to), holds_for_a_time=ends)
        for value in proxy.values
    )


def delivery_cost_of(cost: DeliveryCost, edition_base: str, deflator: PriceIndex | None) -> Decimal:
    """What delivering one unit costs in the prices of `edition_base`, rounded like a unit value.

    Raises:
        MenuError: the deflator has no index for the cost's or the edition's price base.
    """
    return _unit_value(DatedValue(cost.value), cost.made, *_indices(cost.made, edition_base, deflator)).value


def _indices(
    price_base: str, edition_base: str, deflator: PriceIndex | None
) -> tuple[Decimal, Decimal] | tuple[None, None]:
    """The deflator of both price bases; none where the pounds are taken as published."""
    if price_base in {ANY_PRICE_BASE, edition_base} or is_later(price_base, edition_base):
        return None, None
    return _index(deflator, price_base), _index(deflator, edition_base)


def _index(deflator: PriceIndex | None, price_base: str) -> Decimal:
    index = deflator.index.get(price_base) if deflator else None
    if index is None or index <= 0:
        raise MenuError(
            f"There is no deflator for prices of {price_base}",
            "Add the index to the edition’s deflator, or give the proxy value in another price base",
        )
    return index


def _unit_value(dated: DatedValue, price_base: str, index_from: Decimal | None, index_to: Decimal | None) -> UnitValue:
    factor = Fraction(1)
    if index_from is not None and index_to is not None:
        factor = Fraction(index_to) / Fraction(index_from)
    return UnitValue(
        value=_rounded(dated.value, factor),
        published=dated.value,
        price_base=price_base,
        year=dated.year,
        index_from=index_from,
        index_to=index_to,
        low=None if dated.low is None else _rounded(dated.low, factor),
        high=None if dated.high is None else _rounded(dated.high, factor),
        published_low=dated.low,
        published_high=dated.high,
    )


def _rounded(published: Decimal, factor: Fraction) -> Decimal:
    exact = Fraction(published) * factor
    places = UNIT_VALUE_PLACES if abs(exact) < 1 else PENNY_PLACES
    return round_half_away(exact, places)


def uprating_text(unit_value: UnitValue, edition_base: str) -> str:
    """How a unit value was made, as a sum: "£14,610.00 at 2012-13 prices × 100 ÷ 72.317 = £20,202.72"."""
    published = format_pounds(unit_value.published)
    if factor := _factor_words(unit_value):
        return _end_words(unit_value.published, unit_value.value, f" at {unit_value.price_base} prices {factor}")
    rounded = "" if unit_value.value == unit_value.published else f", rounded to {format_pounds(unit_value.value)}"
    if unit_value.price_base == ANY_PRICE_BASE:
        dated = unit_value.holds_for_a_time
        told = (
            "the same in every year’s prices, for as long as its rate holds" if dated else "the face value in any year"
        )
        return f"{published}, {told}{rounded}"
    if unit_value.price_base == edition_base:
        return f"{published} at {unit_value.price_base} prices, as published{rounded}"
    later = "taken as published: its prices are later than this menu’s"
    return f"{published} at {unit_value.price_base} prices, {later}{rounded}"


def dated_texts(unit_values: Sequence[UnitValue], edition_base: str) -> list[str]:
    """How the values of several calendar years were made, each with its low and its high where it has them.

    Prices that all of them were published in are named with the first alone: "At 2022 prices: 2026, £277.22 × 100 ÷
    90.5 = £306.32, low £138.61 × 100 ÷ 90.5 = £153.16, high £415.83 × 100 ÷ 90.5 = £459.48".
    """
    bases = {unit_value.price_base for unit_value in unit_values}
    if len(bases) > 1 or not all(_factor_words(unit_value) for unit_value in unit_values):
        return [f"{unit_value.year}, {uprating_text(unit_value, edition_base)}" for unit_value in unit_values]
    first, *others = [f"{unit_value.year}, {', '.join(_ends_and_middle(unit_value))}" for unit_value in unit_values]
    return [f"At {bases.pop()} prices: {first}", *others]


def _ends_and_middle(unit_value: UnitValue) -> Iterator[str]:
    """The sums of a value, of its low and of its high, without the prices that it was published in."""
    at = f" {_factor_words(unit_value)}"
    yield _end_words(unit_value.published, unit_value.value, at)
    low, high = (unit_value.published_low, unit_value.low), (unit_value.published_high, unit_value.high)
    for name, (published, value) in (("low", low), ("high", high)):
        if published is not None and value is not None:
            yield f"{name} {_end_words(published, value, at)}"


def range_text(unit_value: UnitValue) -> str:
    """How the low and the high of a unit were made, each as a sum; "" where the source gives no range.

    "£10,000.00 at 2019 prices × 100 ÷ 81.1085 = £12,329.16, to £16,000.00 at 2019 prices × 100 ÷ 81.1085 = £19,726.66":
    a quantity times each result is the low and the high of that quantity.
    """
    low, high = unit_value.low, unit_value.high
    if low is None or high is None or unit_value.published_low is None or unit_value.published_high is None:
        return ""
    factor = _factor_words(unit_value)
    at = f" at {unit_value.price_base} prices {factor}" if factor else ""
    ends = [_end_words(unit_value.published_low, low, at), _end_words(unit_value.published_high, high, at)]
    return (", to " if any(" " in end for end in ends) else " to ").join(ends)


def _end_words(published: Decimal, rounded: Decimal, at: str) -> str:
    if at:
        return f"{format_pounds(published)}{at} = {format_pounds(rounded)}"
    note = "" if published == rounded else f", rounded to {format_pounds(rounded)}"
    return f"{format_pounds(published)}{note}"


def _factor_words(unit_value: UnitValue) -> str:
    """The one step of uprating as a sum: "× 100 ÷ 72.317"; "" where the value is taken as published."""
    if unit_value.index_from is None or unit_value.index_to is None:
        return ""
    return f"× {format_quantity(unit_value.index_to)} ÷ {format_quantity(unit_value.index_from)}"
