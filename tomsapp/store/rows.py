"""What the tables' rows have in common: names of constraints, a record's version and mark, bytes that are kept.

A module of tables imports this one; `tables` has all of them, so that whoever asks `Row.metadata` there knows each.
"""

from typing import ClassVar

from sqlalchemy import CheckConstraint, LargeBinary, MetaData, text
from sqlmodel import Field, SQLModel

from tomsapp.domain.choice import Choice, Choices
from tomsapp.store.types import Words

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


ADDED_TEXT = {"server_default": text("''")}
"""What a text says in rows that were there before its column: a migration's `add_column` leaves it in the database."""


def among(column: str, choices: Choices[Choice]) -> CheckConstraint:
    """That a column holds one of the choices: a migration changes it where there is a new one."""
    values = ", ".join(f"'{choice.value}'" for choice in choices)
    return CheckConstraint(f"{column} IN ({values})", name=column)


class Row(SQLModel):
    """The base of all rows, with the names that constraints get."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMING)


class Record(Row):
    """What every row has that people change."""

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    deleted: bool = False
    change_id: int = Field(default=0, foreign_key="change.id")


class Named(Record):
    """What every row has that people know by a name."""

    name: str = Field(sa_type=Words)


class Kept(Row):
    """What every row has that is added once and never changed: its bytes and their SHA-256."""

    id: int | None = Field(default=None, primary_key=True)
    change_id: int = Field(default=0, foreign_key="change.id")
    content: bytes = Field(sa_type=LargeBinary)
    content_sha256: str = Field(sa_type=Words)
