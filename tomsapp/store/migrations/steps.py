"""Steps of a migration: what each does to SQLite and PostgreSQL, up and down, triggers included.

A revision lists its steps, and imports nothing of the program but this module. What a step does is frozen: a test
holds the SQL of every revision to its digest, so a change here that an old revision would feel fails it. A step that
must do something else gets another function beside the old one; triggers that must do something else get another
module beside `triggers`, and a step that puts them in the place of the old ones.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from alembic import op
from alembic.script import ScriptDirectory

from tomsapp.store.migrations.acting import GuardDeliveries
from tomsapp.store.migrations.awarding import GuardAwarding
from tomsapp.store.migrations.chaining import ChainHistory
from tomsapp.store.migrations.changes import (
    AddColumn,
    AddIndex,
    AddTable,
    ChangeCheck,
    FillKeptTable,
    Reversed,
    Step,
    Written,
)
from tomsapp.store.migrations.columns import KEPT, RECORD, Column, Index, Table, Tables
from tomsapp.store.migrations.explaining import GuardExplaining
from tomsapp.store.migrations.freezing import GuardFreezing
from tomsapp.store.migrations.guarding import GuardSealed
from tomsapp.store.migrations.judging import GuardJudging
from tomsapp.store.migrations.parting import PartQuestions
from tomsapp.store.migrations.recording import GuardRecords
from tomsapp.store.migrations.server import Server, StepRefused
from tomsapp.store.migrations.storing import GuardFiles, file_table
from tomsapp.store.migrations.tendering import GuardSetUp, GuardTenders
from tomsapp.store.migrations.varying import GuardVaried

__all__ = [
    "StepRefused",
    "add_column",
    "add_file_table",
    "add_index",
    "add_kept_table",
    "add_record_table",
    "both_ways",
    "chain_history",
    "change_check",
    "day",
    "drop_column",
    "drop_record_table",
    "fill_kept_table",
    "flag",
    "guard_awarding",
    "guard_deliveries",
    "guard_explaining",
    "guard_files",
    "guard_freezing",
    "guard_judging",
    "guard_records",
    "guard_sealed",
    "guard_set_up",
    "guard_tenders",
    "guard_varied",
    "index",
    "names",
    "part_questions",
    "pounds",
    "quantity",
    "share",
    "table",
    "text",
    "whole",
    "written",
]

# Columns


def text(name: str, *, is_optional: bool = False, among: Sequence[str] = (), begins: str = "") -> Column:
    """Text; with `among` one of those words only."""
    quoted = "'" + begins.replace("'", "''") + "'"
    return Column(name, "text", is_optional=is_optional, among=tuple(among), begins=quoted)


def whole(name: str, *, is_optional: bool = False, begins: int = 0) -> Column:
    """A whole number."""
    return Column(name, "whole", is_optional=is_optional, begins=str(begins))


def flag(name: str, *, begins: bool = False) -> Column:
    """Yes or no."""
    return Column(name, "flag", begins="true" if begins else "false")


def day(name: str, *, is_optional: bool = False) -> Column:
    """A date; where rows are there already it must be optional."""
    return Column(name, "day", is_optional=is_optional)


def pounds(name: str, *, is_optional: bool = False) -> Column:
    """Money to the penny, kept as `store.types.Pounds` keeps it."""
    return Column(name, "pounds", is_optional=is_optional)


def quantity(name: str, *, is_optional: bool = False) -> Column:
    """Units to four decimals."""
    return Column(name, "quantity", is_optional=is_optional)


def share(name: str, *, is_optional: bool = False) -> Column:
    """A share of 1 to six decimals."""
    return Column(name, "share", is_optional=is_optional)


def names(name: str, other: str, *, is_optional: bool = False) -> Column:
    """The number of a row of another table; where rows are there already it must be optional."""
    return Column(name, "whole", is_optional=is_optional, names=other)


def index(*columns: str, is_unique: bool = False, in_use: bool = False) -> Index:
    """An index; `in_use` leaves out the rows that are marked as deleted."""
    return Index(columns, is_unique, in_use)


# Tables


def table(name: str, listed: str, *, contract: str = "NULL", is_kept: bool = False) -> Table:
    """A table that `written` makes: its columns as "name name:how", with how the history writes them."""
    pairs = (entry.partition(":") for entry in listed.split())
    columns = tuple((column, how or "plain") for column, _, how in pairs)
    return Table(name, (*(KEPT if is_kept else RECORD), *columns), contract, is_kept)


def written(folder: Path, number: str, *, makes: Sequence[Table] = ()) -> Step:
    """Run statements word for word, from files called 0001_up_sqlite.sql and so on, an empty line between them."""
    return Written(folder, number, makes)


def add_column(table: str, column: Column) -> Step:
    """Add a column at the end of a table; what it says is in the history from then on."""
    return AddColumn(table, column)


def add_record_table(
    name: str,
    *columns: Column,
    contract: str = "",
    indexes: Sequence[Index] = (),
    unique: Sequence[Sequence[str]] = (),
    checks: Mapping[str, str] | None = None,
) -> Step:
    """Add a table whose rows people change, with its number, version, mark, change, history and guards.

    `contract` is the SQL of the contract that a row belongs to: its column contract_id where it has one.
    """
    made = Table(name, (*RECORD, *(each.history for each in columns)), contract or _contract_of(columns))
    return AddTable(made, columns, tuple(indexes), tuple(unique), dict(checks or {}))


def add_kept_table(
    name: str, *columns: Column, contract: str = "", indexes: Sequence[Index] = (), unique: Sequence[Sequence[str]] = ()
) -> Step:
    """Add a table of bytes that are added once and never changed; `contract` as in `add_record_table`."""
    kept = (*KEPT, *(each.history for each in columns))
    made = Table(name, kept, contract or _contract_of(columns), is_kept=True)
    return AddTable(made, columns, tuple(indexes), tuple(unique))


def add_file_table(name: str, *columns: Column, indexes: Sequence[Index] = ()) -> Step:
    """Add a table of files: records with their bytes in `content`, which the history does not tell."""
    return file_table(name, columns, indexes)


def fill_kept_table(name: str, *, sqlite: str, postgresql: str) -> Step:
    """Add rows to a table of kept bytes that an earlier step made, from other tables, without a word in the history."""
    return FillKeptTable(name, {"sqlite": sqlite, "postgresql": postgresql})


def _contract_of(columns: Sequence[Column]) -> str:
    return "NEW.contract_id" if any(column.name == "contract_id" for column in columns) else "NULL"


def add_index(table: str, made: Index) -> Step:
    """Add an index to a table that is there."""
    return AddIndex(table, made)


def change_check(table: str, name: str, *, was: str, now: str) -> Step:
    """Ask something else of a table's rows, for example that a status is one of four words instead of three."""
    return ChangeCheck(table, name, was, now)


def drop_column(table: str, column: Column) -> Step:
    """Take away a column in which nothing is said; `column` is as it was added."""
    return Reversed(AddColumn(table, column))


def drop_record_table(added: Step) -> Step:
    """Take away a table in which there is no row; `added` is the step that added it."""
    return Reversed(added)


# History and seals


def chain_history() -> Step:
    """Give each change a link to the one before, and let nobody but the owner of a server's tables write history."""
    return ChainHistory()


def guard_sealed(*fixed: str) -> Step:
    """Refuse to change these columns of a contract that is sealed, its commitments and its answers."""
    return GuardSealed(fixed)


def guard_deliveries() -> Step:
    """Refuse to accept, reject or withdraw what was delivered, or to put a plan in force, other than by an act."""
    return GuardDeliveries()


def guard_files(table: str) -> Step:
    """Refuse other bytes in a table of files: they stay, or are deleted for good with the day and the reason."""
    return GuardFiles(table)


def guard_records() -> Step:
    """Refuse to move money to other contracts, to redraw a sample, and to publish a paper other than by an act."""
    return GuardRecords()


def guard_set_up() -> Step:
    """Refuse a tender's menu edition that is not kept here, and to move what is set up to another tender."""
    return GuardSetUp()


def guard_tenders() -> Step:
    """Refuse to issue, open or end a tender other than by an act, and to change what that fixed."""
    return GuardTenders()


def guard_judging() -> Step:
    """Refuse to move receipts, bids and marks, to mark with a conflict, and to change what was sent or frozen."""
    return GuardJudging()


def guard_freezing() -> Step:
    """Keep a frozen evaluation with its act, and receipts as they were when it was frozen."""
    return GuardFreezing()


def guard_awarding() -> Step:
    """Keep an award with its act and its contract, and the contract while the award stands."""
    return GuardAwarding()


def guard_explaining() -> Step:
    """Keep an explanation with the score that it explains, and from being written while the score can change."""
    return GuardExplaining()


def part_questions() -> Step:
    """Keep what bidders were asked apart from the reasons of decisions."""
    return PartQuestions()


def guard_varied(*fixed: str, varied: Sequence[str], said: Sequence[str]) -> Step:
    """Let a variation change `varied` of what signing fixes, and its lines; `said` stays once it is signed."""
    return GuardVaried(fixed, varied, said)


# Both ways


def both_ways(revision: str, steps: Sequence[Step]) -> tuple[Callable[[], None], Callable[[], None]]:
    """The `upgrade` and the `downgrade` of a revision that takes these steps."""

    def upgrade() -> None:
        server, tables = Server(op.get_bind()), _tables_before(revision)
        for step in steps:
            step.up(server, tables)
            tables = step.after(tables)

    def downgrade() -> None:
        server, tables = Server(op.get_bind()), _tables_before(revision)
        began = []
        for step in steps:
            began.append(tables)
            tables = step.after(tables)
        for step, before in zip(reversed(steps), reversed(began), strict=True):
            step.down(server, before)

    return upgrade, downgrade


def _tables_before(revision: str) -> Tables:
    """The tables as the steps of all earlier revisions leave them."""
    scripts = op.get_context().script
    return {} if scripts is None else tables_after(scripts, revision, itself=False)


def tables_after(scripts: ScriptDirectory, revision: str, *, itself: bool = True) -> Tables:
    """The tables as the steps up to a revision leave them, with or without its own."""
    tables: Tables = {}
    for script in reversed(list(scripts.iterate_revisions(revision, "base"))):
        if itself or script.revision != revision:
            for step in getattr(script.module, "STEPS", ()):
                tables = step.after(tables)
    return tables
