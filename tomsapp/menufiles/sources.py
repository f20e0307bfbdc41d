"""The [[source]] tables and the [deflator] of an edition: where figures come from, and in which prices."""

from decimal import Decimal

from tomsapp.domain.money import shortened
from tomsapp.domain.proxy import ANY_PRICE_BASE, PriceIndex, Source
from tomsapp.domain.uprating import is_price_base
from tomsapp.reading.fields import FieldReader
from tomsapp.reading.suggestion import choice_fix

INDEX_PLACES = 6
PRICE_BASE_FIX = "Write a year, such as 2024, a financial year, such as 2012-13, or any for a face value"


def read_sources(reader: FieldReader) -> dict[str, Source]:
    """The sources by key."""
    sources: dict[str, Source] = {}
    for table in reader.tables("source"):
        key = table.code("key")
        table.name_it(f"source {key}, ")
        if key in sources:
            table.report("duplicate-code", f"Two sources have the key {key}", "Give each source its own key", "key")
        sources[key] = Source(
            key=key,
            title=table.text("title", required=True),
            publisher=table.text("publisher", required=True),
            year=table.text("year", required=True),
            licence=table.text("licence", required=True),
            address=table.text("address", required=True),
            attribution=table.text("attribution"),
            read_on=table.day("read_on"),
            read_at=table.text("read_at"),
        )
        table.finish()
    return sources


def find_source(reader: FieldReader, sources: dict[str, Source]) -> Source:
    """The source whose key the table names; a stand-in when there is none."""
    key = reader.text("source", required=True)
    source = sources.get(key)
    if key and source is None:
        reader.report("unknown-source", f"There is no source “{shortened(key)}”", choice_fix(key, sources), "source")
    return source or Source(key, "", "", "", "", "")


def read_price_base(reader: FieldReader, key: str = "price_base", *, of_one_year: bool = False) -> str:
    """A price base; "" when it is missing or wrong. An edition and a cost have prices of one year, never "any"."""
    text = reader.text(key, required=True)
    if not text:
        return ""
    if not is_price_base(text):
        reader.report("wrong-price-base", f"“{shortened(text)}” is not a price base", PRICE_BASE_FIX, key)
        return ""
    if of_one_year and text == ANY_PRICE_BASE:
        fix = "Write a year, such as 2024, or a financial year, such as 2012-13"
        reader.report("wrong-price-base", "The prices of one year are needed here", fix, key)
        return ""
    return text


def read_deflator(reader: FieldReader, sources: dict[str, Source]) -> PriceIndex | None:
    """The edition's deflator, or None."""
    table = reader.table("deflator")
    if table is None:
        return None
    title, source, note = table.text("title", required=True), find_source(table, sources), table.text("note")
    index: dict[str, Decimal] = {}
    values = table.table("index")
    if values is None:
        table.report("missing-key", "The deflator has no index", "Add [deflator.index] with a line for each price base")
    else:
        index = _read_index(values)
    table.finish()
    return PriceIndex(title, source, index, note)


def _read_index(values: FieldReader) -> dict[str, Decimal]:
    index: dict[str, Decimal] = {}
    for base in values.free_keys():
        number = values.number(base, places=INDEX_PLACES)
        if not is_price_base(base) or base == ANY_PRICE_BASE:
            values.report("wrong-price-base", f"“{shortened(base)}” is not a year", PRICE_BASE_FIX, shortened(base))
        elif number == 0:
            values.report("out-of-range", "An index of 0 cannot be divided by", "Write the index as published", base)
        elif number is not None:
            index[base] = number
    return index
