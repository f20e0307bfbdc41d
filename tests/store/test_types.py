from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from sqlalchemy import Column, Engine, Integer, MetaData, Table, func, insert, select

from tests.store.samples import contract
from tomsapp.domain.money import NumberError
from tomsapp.store.engine import open_engine
from tomsapp.store.errors import StoreError
from tomsapp.store.types import Pounds, Quantity, Share, UtcDateTime, Words

PROBE = Table(
    "probe",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("pounds", Pounds),
    Column("quantity", Quantity),
    Column("share", Share),
    Column("at", UtcDateTime),
    Column("words", Words),
)


@pytest.fixture
def engine(target: str) -> Engine:
    engine = open_engine(target)
    with engine.begin() as connection:
        PROBE.create(connection)
    return engine


def put(engine: Engine, **values: object) -> None:
    with engine.begin() as connection:
        connection.execute(insert(PROBE).values(**values))


def column(engine: Engine, name: str) -> list:
    with engine.connect() as connection:
        return list(connection.execute(select(PROBE.c[name]).order_by(PROBE.c.id)).scalars())


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("quantity", "12345678901234.1234"),
        ("quantity", "-12345678901234.1234"),
        ("quantity", "0.0001"),
        ("pounds", "9999999999999999.99"),
        ("pounds", "-0.01"),
        ("share", "0.333333"),
        ("share", "123456789012.123456"),
    ],
)
def test_number_comes_back_as_it_went_in(engine, name, number):
    put(engine, **{name: Decimal(number)})
    assert [str(value) for value in column(engine, name)] == [number]


def test_pounds_keep_their_pennies_and_quantities_only_what_they_need(engine):
    put(engine, pounds=Decimal(5), quantity=Decimal("40.0000"), share=Decimal("0.250000"))
    assert str(column(engine, "pounds")[0]) == "5.00"
    assert str(column(engine, "quantity")[0]) == "40"
    assert str(column(engine, "share")[0]) == "0.25"


def test_numbers_sort_compare_and_sum_exactly_in_sql(engine):
    numbers = [Decimal(text) for text in ("9", "10", "12345678901234.1234", "12345678901234.1235", "-0.0001", "-7")]
    for number in numbers:
        put(engine, quantity=number)
    quantity = PROBE.c.quantity
    with engine.connect() as connection:
        assert list(connection.execute(select(quantity).order_by(quantity)).scalars()) == sorted(numbers)
        over = select(quantity).where(quantity > Decimal("12345678901234.1234"))
        assert list(connection.execute(over).scalars()) == [Decimal("12345678901234.1235")]
        assert connection.execute(select(func.sum(quantity, type_=Quantity))).scalar_one() == sum(numbers)
        assert connection.execute(select(func.max(quantity))).scalar_one() == max(numbers)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("quantity", 1.5),
        ("quantity", True),
        ("quantity", "1.5"),
        ("quantity", Decimal("0.00001")),
        ("pounds", Decimal("0.001")),
        ("share", Decimal("0.1234567")),
        ("pounds", Decimal("NaN")),
        ("pounds", Decimal("Infinity")),
        ("pounds", Decimal(10) ** 16),
    ],
)
def test_number_that_is_not_exact_is_refused(engine, name, value):
    with pytest.raises(NumberError):
        put(engine, **{name: value})
    assert column(engine, name) == []


def test_record_with_a_float_is_refused_and_not_saved(database):
    with pytest.raises(NumberError), database.work("Ann") as work:
        work.contracts.add(contract(value=0.1, menu="", edition="", spend=()), None)
    with database.read() as reader:
        assert reader.contracts() == []


def test_moment_is_kept_in_utc(engine):
    put(engine, at=datetime(2026, 7, 1, 12, 30, 15, 123456, tzinfo=timezone(timedelta(hours=1))))
    assert column(engine, "at") == [datetime(2026, 7, 1, 11, 30, 15, 123456, tzinfo=UTC)]
    assert column(engine, "at")[0].tzinfo is UTC


def test_moment_without_a_time_zone_is_refused(engine):
    with pytest.raises(StoreError, match="no time zone"):
        put(engine, at=datetime(2026, 7, 1))  # noqa: DTZ001


@pytest.mark.parametrize("value", ["a\0b", "\ud800"])
def test_text_that_no_server_keeps_is_refused_with_what_to_do(engine, value):
    with pytest.raises(StoreError, match="cannot be saved") as refused:
        put(engine, words=value)
    assert refused.value.fix
    refused.value.message.encode("utf-8")
    assert column(engine, "words") == []


@pytest.mark.parametrize("sign", ["\x01", "\x1f", "\x7f"])
def test_sign_that_no_page_can_print_is_refused_and_named(engine, sign):
    with pytest.raises(StoreError, match=f"a sign that cannot be printed .U.{ord(sign):04X}."):
        put(engine, words=f"a{sign}b")
    assert column(engine, "words") == []


def test_breaks_of_a_word_processor_become_line_ends(engine):
    put(engine, words="one\x0btwo\x0cthree\nfour\tfive")
    assert column(engine, "words") == ["one\ntwo\nthree\nfour\tfive"]
