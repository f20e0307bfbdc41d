"""The [outcome.measure.proxy] table: a published value, or one for each year, and the unit values it gives."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from tomsapp.domain.errors import MenuError
from tomsapp.domain.proxy import (
    ANY_PRICE_BASE,
    Component,
    DatedValue,
    DeliveryCost,
    PriceIndex,
    ProxyKind,
    ProxyValue,
    Source,
    SourceDeadweight,
    UnitValue,
    WageKind,
    WageSum,
)
from tomsapp.domain.uprating import delivery_cost_of, unit_values_of
from tomsapp.menufiles.sources import find_source, read_price_base
from tomsapp.reading.fields import FieldReader

FIRST_YEAR, LAST_YEAR = 1990, 2150


class Confidence(Enum):
    """How far a figure can be trusted."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class PriceContext:
    """What a proxy value needs from the edition: sources, price base ("" when wrong) and deflator."""

    sources: dict[str, Source]
    price_base: str
    deflator: PriceIndex | None


def read_proxy(reader: FieldReader, context: PriceContext) -> tuple[ProxyValue, tuple[UnitValue, ...]]:
    """A proxy value with the unit values that it gives in the edition's prices."""
    proxy = ProxyValue(
        values=_read_values(reader),
        price_base=read_price_base(reader),
        source=find_source(reader, context.sources),
        source_detail=reader.text("source_detail"),
        address=reader.text("address"),
        derivation=reader.text("derivation", required=True),
        confidence=reader.choice("confidence", Confidence).value,
        confidence_note=reader.text("confidence_note"),
        kind=reader.choice("kind", ProxyKind) if reader.has("kind") else None,
        components=reader.choices("components", Component),
        in_force_from=reader.day("in_force_from"),
        in_force_until=reader.day("in_force_until"),
        read_on=reader.day("read_on"),
        taken_off=reader.text("taken_off"),
        source_deadweight=(
            reader.choice("source_deadweight", SourceDeadweight) if reader.has("source_deadweight") else None
        ),
        delivery_cost=_read_delivery_cost(reader),
        wage=_read_wage(reader),
    )
    reader.finish()
    if proxy.delivery_cost and proxy.delivery_cost.made and context.price_base:
        _check_index(reader, proxy.delivery_cost, context)
    begins, ends = proxy.in_force_from, proxy.in_force_until
    if begins and ends and ends < begins:
        reader.report("dates-out-of-order", "It ends before it begins", "Put the dates in order", "in_force_until")
    return proxy, _unit_values(reader, proxy, context)


def _read_wage(reader: FieldReader) -> WageSum | None:
    table = reader.table("wage")
    if table is None:
        return None
    wage = WageSum(
        of=table.choice("of", WageKind),
        hours=table.number("hours", required=True) or Decimal(0),
        less=table.choice("less", WageKind) if table.has("less") else None,
    )
    table.finish()
    return wage


def _read_delivery_cost(reader: FieldReader) -> DeliveryCost | None:
    if reader.has_number("delivery_cost"):
        # Editions that databases keep from before its price base was a fact of its own have pounds and words apart.
        pounds = reader.number("delivery_cost") or Decimal(0)
        return DeliveryCost(pounds, ANY_PRICE_BASE, reader.text("delivery_cost_note", required=True))
    table = reader.table("delivery_cost")
    if table is None:
        return None
    cost = DeliveryCost(
        value=table.number("value", required=True) or Decimal(0),
        made=read_price_base(table, "made", of_one_year=True),
        note=table.text("note", required=True),
        each=table.text("each"),
    )
    table.finish()
    return cost


def _check_index(reader: FieldReader, cost: DeliveryCost, context: PriceContext) -> None:
    """A cost can be brought to the edition's prices, as the check of what a contract can pay does."""
    try:
        delivery_cost_of(cost, context.price_base, context.deflator)
    except MenuError as error:
        reader.report("no-index", error.message, error.fix, "delivery_cost.made")


def _unit_values(reader: FieldReader, proxy: ProxyValue, context: PriceContext) -> tuple[UnitValue, ...]:
    if not (proxy.price_base and context.price_base):
        return ()
    try:
        return unit_values_of(proxy, context.price_base, context.deflator)
    except MenuError as error:
        reader.report("no-index", error.message, error.fix, "price_base")
        return ()


def _read_values(reader: FieldReader) -> tuple[DatedValue, ...]:
    dated = tuple(_read_dated(table) for table in reader.tables("dated"))
    if not dated:
        return (_read_value(reader, None),)
    for key in ("value", "low", "high"):
        if reader.has(key):
            reader.number(key)
            fix = f"Remove {key}, or the tables [[outcome.measure.proxy.dated]]"
            reader.report("value-and-dated", f"“{key}” stands beside values by year", fix, key)
    _check_years(reader, [value.year for value in dated if value.year is not None])
    return tuple(sorted(dated, key=lambda value: value.year or 0))


def _read_dated(table: FieldReader) -> DatedValue:
    if not table.has("year"):
        table.report("missing-key", "“year” is missing", "Add the line year = …", "year")
    value = _read_value(table, table.whole("year", FIRST_YEAR, FIRST_YEAR, LAST_YEAR))
    table.finish()
    return value


def _read_value(reader: FieldReader, year: int | None) -> DatedValue:
    value = reader.number("value", required=True) or Decimal(0)
    low, high = reader.number("low"), reader.number("high")
    if reader.has("value") and value == 0:
        fix = "Write the published value, or remove the proxy table: the measure is then counted and never valued"
        reader.report("out-of-range", "A proxy value of 0 values nothing", fix, "value")
    if (low is not None and low > value) or (high is not None and high < value):
        reader.report("out-of-range", "low, value and high are not in order", "Copy the three from the source", "low")
    return DatedValue(value, year, low, high)


def _check_years(reader: FieldReader, years: list[int]) -> None:
    present = set(years)
    twice = sorted({year for year in years if years.count(year) > 1})
    missing = sorted(set(range(min(years), max(years))) - present)
    if twice:
        message = f"There are two values for {', '.join(map(str, twice))}"
        reader.report("dated-twice", message, "Keep one value for each year", "dated")
    if missing:
        message = f"There is no value for {', '.join(map(str, missing))}"
        reader.report("dated-gap", message, "Add the years, so that the series has no gap", "dated")
