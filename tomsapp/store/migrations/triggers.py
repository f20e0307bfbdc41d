"""SQL of the triggers that keep the history and refuse to lose anything, for SQLite and PostgreSQL.

A step names the columns of each table as they are at that time, so these writers take lists, never the rows.
What stands here is frozen: see `steps`.
"""

from collections.abc import Iterator, Sequence

Columns = Sequence[tuple[str, str]]
"""Names with how they are written down: "plain", "flag", or the decimals of an exact number ("2", "4", "6")."""

REFUSE_DELETE = "Nothing is deleted from this database: mark the row as deleted"
REFUSE_CHANGE = "This row is kept for ever and cannot be changed"
REFUSE_UNSIGNED = "A row is changed with a new change and the next version only"
REFUSE_FIRST = "A new row has version 1 and is not deleted"
REFUSE_REPLACE = "A row with this number is already there and is not replaced"


def _sqlite_json(row: str, columns: Columns) -> str:
    parts = [f"'{name}', {_sqlite_value(f'{row}.{name}', how)}" for name, how in columns]
    return f"json_object({', '.join(parts)})"


def _sqlite_value(column: str, how: str) -> str:
    if how == "plain":
        return column
    if how == "flag":
        return f"json(CASE WHEN {column} THEN 'true' ELSE 'false' END)"
    scale = 10 ** int(how)
    sign = f"CASE WHEN {column} < 0 THEN '-' ELSE '' END"
    digits = f"printf('%s%d.%0{how}d', {sign}, abs({column}) / {scale}, abs({column}) % {scale})"
    return f"CASE WHEN {column} IS NULL THEN NULL ELSE {digits} END"


def _postgres_json(row: str, columns: Columns) -> str:
    exact = {"plain": "", "flag": ""}
    parts = [f"'{name}', {row}.{name}{exact.get(how, '::text')}" for name, how in columns]
    return f"json_build_object({', '.join(parts)})::text"


_ACTION = "CASE WHEN NEW.deleted = OLD.deleted THEN 'changed' WHEN NEW.deleted THEN 'deleted' ELSE 'restored' END"


def _insert_history(table: str, contract: str, action: str, before: str, after: str) -> str:
    return (
        "INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) "
        f"VALUES (NEW.change_id, '{table}', NEW.id, {contract}, {action}, {before}, {after});"
    )


def _sqlite_trigger(name: str, when: str, table: str, body: str, condition: str = "") -> str:
    filtered = f" WHEN {condition}" if condition else ""
    return f"CREATE TRIGGER {name} {when} ON {table}{filtered} BEGIN {body} END"


def _sqlite_refusal(name: str, when: str, table: str, message: str, condition: str = "") -> str:
    return _sqlite_trigger(name, f"BEFORE {when}", table, f"SELECT RAISE(ABORT, '{message}');", condition)


def sqlite_record(table: str, columns: Columns, contract: str) -> Iterator[str]:
    """Triggers of a table whose rows people change; `contract` is the SQL of the contract that a row belongs to."""
    before, after = _sqlite_json("OLD", columns), _sqlite_json("NEW", columns)
    yield from _sqlite_kept(table)
    yield _sqlite_refusal(f"{table}_first", "INSERT", table, REFUSE_FIRST, "NEW.version <> 1 OR NEW.deleted")
    unsigned = "NEW.change_id = OLD.change_id OR NEW.version <> OLD.version + 1 OR NEW.id <> OLD.id"
    yield _sqlite_refusal(f"{table}_signed", "UPDATE", table, REFUSE_UNSIGNED, unsigned)
    added = _insert_history(table, contract, "'added'", "'{}'", after)
    yield _sqlite_trigger(f"{table}_added", "AFTER INSERT", table, added)
    changed = _insert_history(table, contract, _ACTION, before, after)
    yield _sqlite_trigger(f"{table}_changed", "AFTER UPDATE", table, changed)


def sqlite_kept(table: str, columns: Columns, contract: str) -> Iterator[str]:
    """Triggers of a table whose rows are added and never changed; without columns it has no history."""
    yield from _sqlite_kept(table)
    yield _sqlite_refusal(f"{table}_unchanged", "UPDATE", table, REFUSE_CHANGE)
    if columns:
        added = _insert_history(table, contract, "'added'", "'{}'", _sqlite_json("NEW", columns))
        yield _sqlite_trigger(f"{table}_added", "AFTER INSERT", table, added)


def _sqlite_kept(table: str) -> Iterator[str]:
    yield _sqlite_refusal(f"{table}_undeleted", "DELETE", table, REFUSE_DELETE)
    # INSERT OR REPLACE removes the old row without asking the triggers on DELETE.
    there = f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"
    yield _sqlite_refusal(f"{table}_unreplaced", "INSERT", table, REFUSE_REPLACE, there)


def _postgres_refusal(name: str, when: str, table: str, message: str, condition: str = "") -> str:
    each = "STATEMENT" if when == "TRUNCATE" else "ROW"
    filtered = f"WHEN ({condition}) " if condition else ""
    return (
        f"CREATE TRIGGER {name} BEFORE {when} ON {table} FOR EACH {each} {filtered}"
        f"EXECUTE FUNCTION tomsapp_refuse('{message}')"
    )


def postgres_history_function(table: str, columns: Columns, contract: str, *, is_kept: bool) -> str:
    """The function that writes a table's history, in the place of an earlier one if there is one."""
    added = _insert_history(table, contract, "'added'", "'{}'", _postgres_json("NEW", columns))
    body = added
    if not is_kept:
        before, after = _postgres_json("OLD", columns), _postgres_json("NEW", columns)
        changed = _insert_history(table, contract, _ACTION, before, after)
        body = f"IF TG_OP = 'INSERT' THEN {added} ELSE {changed} END IF;"
    return (
        f"CREATE OR REPLACE FUNCTION tomsapp_{table}_history() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {body} RETURN NULL; END $$"
    )


def _postgres_history(table: str, columns: Columns, contract: str, *, is_kept: bool) -> Iterator[str]:
    yield postgres_history_function(table, columns, contract, is_kept=is_kept)
    yield (
        f"CREATE TRIGGER {table}_history AFTER INSERT OR UPDATE ON {table} FOR EACH ROW "
        f"EXECUTE FUNCTION tomsapp_{table}_history()"
    )


def postgres_record(table: str, columns: Columns, contract: str) -> Iterator[str]:
    """As `sqlite_record`, for PostgreSQL."""
    yield from _postgres_kept(table)
    yield _postgres_refusal(f"{table}_first", "INSERT", table, REFUSE_FIRST, "NEW.version <> 1 OR NEW.deleted")
    unsigned = "NEW.change_id = OLD.change_id OR NEW.version <> OLD.version + 1 OR NEW.id <> OLD.id"
    yield _postgres_refusal(f"{table}_signed", "UPDATE", table, REFUSE_UNSIGNED, unsigned)
    yield from _postgres_history(table, columns, contract, is_kept=False)


def postgres_kept(table: str, columns: Columns, contract: str) -> Iterator[str]:
    """As `sqlite_kept`, for PostgreSQL."""
    yield from _postgres_kept(table)
    yield _postgres_refusal(f"{table}_unchanged", "UPDATE", table, REFUSE_CHANGE)
    if columns:
        yield from _postgres_history(table, columns, contract, is_kept=True)


def _postgres_kept(table: str) -> Iterator[str]:
    yield _postgres_refusal(f"{table}_undeleted", "DELETE", table, REFUSE_DELETE)
    yield _postgres_refusal(f"{table}_unemptied", "TRUNCATE", table, REFUSE_DELETE)


def postgres_history_gone(table: str) -> str:
    """Takes away the function that wrote a table's history, and the trigger with it."""
    return f"DROP FUNCTION tomsapp_{table}_history() CASCADE"


def row_json(server: str, row: str, columns: Columns) -> str:
    """The SQL of what the history tells of a row of a query."""
    return {"sqlite": _sqlite_json, "postgresql": _postgres_json}[server](row, columns)
