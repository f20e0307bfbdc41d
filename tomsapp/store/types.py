"""Column types that keep numbers and times exact on SQLite and PostgreSQL alike."""

from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, ClassVar

from sqlalchemy import BigInteger, DateTime, Dialect, Numeric
from sqlalchemy.types import TypeDecorator, TypeEngine, UnicodeText

from tomsapp.domain.money import NumberError, from_scaled, shortened, to_scaled
from tomsapp.reading.cleaning import unprintable_in, with_plain_breaks
from tomsapp.store.errors import StoreError

MOST_DIGITS = 18
"""What a BIGINT holds for certain."""


class ExactDecimal(TypeDecorator[Decimal]):
    """An exact number with a fixed number of decimals: a scaled BIGINT on SQLite, NUMERIC on PostgreSQL."""

    impl = BigInteger
    cache_ok = True
    places: ClassVar[int]
    keeps_zeros: ClassVar[bool] = False
    """Whether 12.50 is read as it is, and not as 12.5."""

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The server's own type for the column."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(BigInteger())
        return dialect.type_descriptor(Numeric(MOST_DIGITS, self.places))

    def process_bind_param(self, value: object, dialect: Dialect) -> Decimal | int | None:
        """`value` as the server keeps it; a float, a number that is not finite or needs more decimals is refused."""
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, Decimal | int):
            raise NumberError(f"{value!r} is not an exact number")
        number = Decimal(value)
        if not number.is_finite():
            raise NumberError(f"{value} is not a number")
        scaled = to_scaled(number, self.places)
        if abs(scaled) >= 10**MOST_DIGITS:
            raise NumberError(f"{value} is too large to be kept", "Check how many zeros it has")
        return scaled if dialect.name == "sqlite" else from_scaled(scaled, self.places)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """What the server kept, as a Decimal with all its places."""
        if value is None:
            return None
        return self.decoded(value if dialect.name == "sqlite" else to_scaled(value, self.places))

    @classmethod
    def decoded(cls, scaled: object) -> Decimal:
        """The number that a whole count of its last decimal place stands for."""
        if not isinstance(scaled, int):
            raise StoreError(f"The database holds {scaled!r} where an exact number must be", "Restore it from a backup")
        return _decoded(scaled, cls.places, keeps_zeros=cls.keeps_zeros)


@lru_cache(maxsize=65_536)
def _decoded(scaled: int, places: int, *, keeps_zeros: bool) -> Decimal:
    """The number that a count of 10^−places stands for; the same few are read a million times in a portfolio."""
    while not keeps_zeros and places and scaled % 10 == 0:
        scaled, places = scaled // 10, places - 1
    return from_scaled(scaled, places)


class Pounds(ExactDecimal):
    """Money to the penny."""

    cache_ok = True
    places = 2
    keeps_zeros = True


class Quantity(ExactDecimal):
    """Units, outcomes or hourly wages to four decimals."""

    cache_ok = True
    places = 4


class Share(ExactDecimal):
    """A share of 1 to six decimals."""

    cache_ok = True
    places = 6


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC; one without a time zone is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment in UTC, as the server keeps it."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise StoreError(f"{value} has no time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text that people wrote, kept as it is; only what no server can keep or no page can print is refused.

    A word processor breaks lines with signs of its own, which become line ends.
    """

    impl = UnicodeText
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """The text, once it is sure that every server can keep it and every paper can print it."""
        del dialect
        if value is None:
            return None
        value = with_plain_breaks(value)
        if "\0" in value:
            raise _unkeepable(value, "an empty character (NUL)")
        try:
            value.encode("utf-8")
        except UnicodeEncodeError as error:
            raise _unkeepable(value, "half a character") from error
        sign = unprintable_in(value)
        if sign is not None:
            raise _unkeepable(value, f"a sign that cannot be printed (U+{ord(sign):04X})")
        return value


def _unkeepable(value: str, what: str) -> StoreError:
    readable = "".join(letter if letter.isprintable() else "�" for letter in value)
    return StoreError(f"“{shortened(readable)}” holds {what}, which cannot be saved", "Type the text again")
