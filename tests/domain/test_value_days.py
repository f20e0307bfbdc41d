"""From when until when a value holds, in words."""

from dataclasses import replace
from datetime import date

import pytest

from tests.domain.build import D, measure, proxy
from tomsapp.domain.proxy import Component, ProxyKind, WageKind, WageSum
from tomsapp.domain.value_days import holds_today, rate_name, rates_end


@pytest.mark.parametrize(
    ("kind", "components", "name"),
    [
        (ProxyKind.WAGE, (), "wage"),
        (ProxyKind.TAX, (), "tax rate"),
        (ProxyKind.RATIO, (Component.CASH_FLOW,), "interest rate"),
        (ProxyKind.RATIO, (Component.GIFT,), "rate"),
        (ProxyKind.PRICE, (), "price"),
        (ProxyKind.MULTI_YEAR, (), "price"),
        (None, (), "price"),
    ],
)
def test_what_ends_is_named_by_its_kind(kind, components, name):
    assert rate_name(replace(proxy("1"), kind=kind, components=components)) == name


LONDON = replace(proxy("1"), kind=ProxyKind.WAGE, wage=WageSum(WageKind.LONDON_LIVING_WAGE, D(1)))
LESS_NATIONAL = replace(LONDON, wage=WageSum(WageKind.LONDON_LIVING_WAGE, D(1), WageKind.NATIONAL_LIVING_WAGE))
YOUNG = replace(LONDON, wage=WageSum(WageKind.MINIMUM_WAGE_18_20, D(1)))
UNNAMED = replace(LONDON, wage=None)
TAX = replace(proxy("1"), kind=ProxyKind.TAX)
RATE = replace(proxy("1"), kind=ProxyKind.RATIO)


@pytest.mark.parametrize(
    ("proxies", "words"),
    [
        ([LONDON], "the wage behind it ends"),
        ([LONDON, LONDON], "the wage behind it ends"),
        ([UNNAMED], "the wage behind it ends"),
        ([LESS_NATIONAL], "the wages behind it end"),
        ([LONDON, YOUNG], "the wages behind it end"),
        ([TAX], "the tax rate behind it ends"),
        ([TAX, LONDON], "the tax rate and the wage behind them end"),
        ([LONDON, TAX, YOUNG], "the wages and the tax rate behind them end"),
        ([LESS_NATIONAL, TAX, RATE], "the wages, the tax rate and the rate behind them end"),
    ],
)
def test_several_wages_behind_values_are_told_as_several(proxies, words):
    assert rates_end(proxies) == words


DAYS = {"in_force_from": date(2026, 4, 1), "in_force_until": date(2027, 3, 31)}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (replace(LONDON, **DAYS), "the wage behind today’s value holds from 1 April 2026 to 31 March 2027"),
        (replace(LESS_NATIONAL, **DAYS), "the wages behind today’s value hold from 1 April 2026 to 31 March 2027"),
        (replace(RATE, **DAYS), "the rate behind today’s value holds from 1 April 2026 to 31 March 2027"),
        (LONDON, ""),
        (None, ""),
    ],
)
def test_until_when_today_s_value_holds_is_said(value, words):
    assert holds_today(replace(measure(), proxy=value)) == words
