"""Puts the triggers of a database file that is worked with back as this program makes them."""

from sqlalchemy import Connection, inspect

from tomsapp.domain.alike import visible
from tomsapp.store.address import Target, display_name, is_server
from tomsapp.store.chain import link_changes
from tomsapp.store.engine import changing_tables, open_engine
from tomsapp.store.errors import StoreError
from tomsapp.store.faults import faults_translated, told_as_in_use
from tomsapp.store.files import check_file, file_at
from tomsapp.store.foreign import GUARD, check_open, look_at_stranger, own_schema, schema_rows
from tomsapp.store.guards import SERVER_WAY
from tomsapp.store.migrate import MIGRATIONS
from tomsapp.store.migrations.changes import CHAIN
from tomsapp.store.noting import note
from tomsapp.store.version import number_of, stored_version

_WHAT = "Put what keeps the history back in place"


def mend_guards(target: Target, who: str) -> list[str]:
    """Put back each trigger that is missing or altered, and take away each that is not ours; gives their names.

    All of it is one transaction, which the history tells of. Nothing is done where all are in place.

    Raises:
        NotADatabase: it is none of this program's, damaged, or holds more than triggers that it did not make.
        NewerDatabase: a later version made it.
        StoreError: it is a server, whose owner alone can do that, or the file cannot be written.
    """
    name = display_name(target)
    if is_server(target):
        raise StoreError(f"The guards of {name} are on a server", SERVER_WAY)
    path = file_at(target)
    check_file(path)
    look_at_stranger(path, is_known=True)
    with faults_translated(name), told_as_in_use(name):
        check_open(path)
        engine = open_engine(path)
        try:
            with changing_tables(engine) as connection, connection.begin():
                return put_back(connection, name, who)
        finally:
            engine.dispose()


def put_back(connection: Connection, name: str, who: str) -> list[str]:
    """As `mend_guards`, in a transaction of a file that has begun; the tables may be of an earlier version."""
    version = number_of(stored_version(connection, name), name)
    own = {called: sql for kind, called, sql in own_schema(f"{version:04d}", MIGRATIONS) if kind == GUARD}
    held = {called: sql for kind, called, sql in schema_rows(connection) if kind == GUARD}
    wrong = sorted(called for called in own.keys() | held.keys() if own.get(called) != held.get(called))
    for called in wrong:
        if called in held:
            quoted = called.replace('"', '""')
            connection.exec_driver_sql(f'DROP TRIGGER "{quoted}"')
    for called in wrong:
        if sql := own.get(called):
            connection.exec_driver_sql(sql, execution_options={"no_parameters": True})
    if wrong:
        change = note(
            connection, who, _WHAT, {"note": f"Put back as this program makes them: {', '.join(map(visible, wrong))}"}
        )
        if inspect(connection).has_table(CHAIN):
            link_changes(connection, [change])
    return wrong
