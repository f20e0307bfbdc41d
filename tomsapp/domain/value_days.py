"""From when until when a value holds, in words: what is behind it, such as a wage or a tax rate, ends on a day."""

from collections.abc import Iterable, Sequence
from typing import assert_never

from tomsapp.domain.menu import Measure
from tomsapp.domain.proxy import Component, ProxyKind, ProxyValue
from tomsapp.domain.wording import format_date

_WAGES = "the wages"


def in_force_words(proxy: ProxyValue) -> str:
    """From when until when a wage, tax or rate holds: "1 April 2026 to 31 March 2027"; "" where no days are said."""
    if proxy.in_force_from is None or proxy.in_force_until is None:
        return ""
    return f"{format_date(proxy.in_force_from)} to {format_date(proxy.in_force_until)}"


def rate_name(proxy: ProxyValue) -> str:
    """What ends where a value holds for a time only: "wage", "tax rate", "interest rate"."""
    match proxy.kind:
        case ProxyKind.WAGE:
            return "wage"
        case ProxyKind.TAX:
            return "tax rate"
        case ProxyKind.RATIO:
            return "interest rate" if Component.CASH_FLOW in proxy.components else "rate"
        case ProxyKind.PRICE | ProxyKind.MULTI_YEAR | None:
            return "price"
        case _:
            assert_never(proxy.kind)


def rates_end(proxies: Iterable[ProxyValue]) -> str:
    """What ends behind values that hold for a time: "the wage behind it ends", "the wages and the tax rate behind …".

    A value that is one wage less another ends with either, so that both are told.
    """
    told = _rates(list(proxies))
    if len(told) > 1:
        return f"{', '.join(told[:-1])} and {told[-1]} behind them end"
    return f"{told[0]} behind it {'end' if told == [_WAGES] else 'ends'}"


def holds_today(measure: Measure) -> str:
    """From when until when today's value holds: "the wages behind today’s value hold from … to …"; "" for no days."""
    days = in_force_words(measure.proxy) if measure.proxy else ""
    if measure.proxy is None or not days:
        return ""
    (rate,) = _rates([measure.proxy])
    return f"{rate} behind today’s value {'hold' if rate == _WAGES else 'holds'} from {days}"


def _rates(proxies: Sequence[ProxyValue]) -> list[str]:
    """What ends behind values, each once: "the wages" where one is a wage less another, "the tax rate"."""
    sums = [proxy.wage for proxy in proxies if proxy.wage is not None]
    several_wages = len({kind for each in sums for kind in (each.of, each.less)} - {None}) > 1
    names = dict.fromkeys(rate_name(proxy) for proxy in proxies)
    return [_WAGES if name == "wage" and several_wages else f"the {name}" for name in names]
