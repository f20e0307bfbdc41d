"""Copies of a database of a PostgreSQL server: one whose tables are as they were made is emptied and used again.

A copy is 330 files, which take longer than most of the tests that want one.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache
from itertools import count
from typing import TYPE_CHECKING

import psycopg
from psycopg.sql import SQL, Identifier

if TYPE_CHECKING:
    from collections.abc import Iterator

_numbers = count(1)
_FRESH: dict[tuple[str, str], list[str]] = {}
"""The copies of each template of a server that are as it is, and that nobody uses."""
_MADE = """
    SELECT md5(string_agg(made, ' ' ORDER BY made)) FROM (
        SELECT concat('class', oid, ' ', xmin) FROM pg_class WHERE oid >= 16384
        UNION ALL SELECT concat('column', attrelid, ' ', attnum, ' ', xmin) FROM pg_attribute WHERE attrelid >= 16384
        UNION ALL SELECT concat('default', oid, ' ', xmin) FROM pg_attrdef
        UNION ALL SELECT concat('constraint', oid, ' ', xmin) FROM pg_constraint WHERE oid >= 16384
        UNION ALL SELECT concat('trigger', oid, ' ', xmin) FROM pg_trigger
        UNION ALL SELECT concat('function', oid, ' ', xmin) FROM pg_proc WHERE oid >= 16384
        UNION ALL SELECT concat('rule', oid, ' ', xmin) FROM pg_rewrite WHERE oid >= 16384
        UNION ALL SELECT concat('event', oid, ' ', xmin) FROM pg_event_trigger
        UNION ALL SELECT concat('schema', oid, ' ', xmin) FROM pg_namespace
        UNION ALL SELECT concat('rights', oid, ' ', xmin) FROM pg_default_acl
        UNION ALL SELECT concat('policy', oid, ' ', xmin) FROM pg_policy
        UNION ALL SELECT concat('extension', oid, ' ', xmin) FROM pg_extension
        UNION ALL SELECT concat('setting', setting.xmin) FROM pg_db_role_setting setting
            JOIN pg_database ON pg_database.oid = setdatabase WHERE datname = current_database()
        UNION ALL SELECT concat('own', datdba, datacl) FROM pg_database WHERE datname = current_database()
    ) AS everything(made)
"""
"""Tables, triggers, rights and all else but rows: a sign that is another where any of it was made anew or changed."""


def run_on_server(cluster: str, statement: str) -> None:
    with psycopg.connect(cluster.format("postgres"), autocommit=True) as connection:
        connection.execute(statement)


@contextmanager
def server_database(cluster: str, template: str) -> Iterator[str]:
    """The address of a database that is as a template; its connections are ended after it."""
    fresh = _FRESH.setdefault((cluster, template), [])
    name = fresh.pop() if fresh else _copied(cluster, template)
    yield cluster.format(name)
    if template != "template0" and _is_put_back(cluster, template, name):
        fresh.append(name)
    else:
        run_on_server(cluster, f"DROP DATABASE {name} WITH (FORCE)")


def _copied(cluster: str, template: str) -> str:
    if template != "template0":
        _rows_of(cluster, template)  # nobody may be connected to what is copied
    name = f"toms_{next(_numbers)}"
    run_on_server(cluster, f"CREATE DATABASE {name} TEMPLATE {template}")
    return name


@cache
def _rows_of(cluster: str, template: str) -> tuple[str, dict[str, bytes], dict[str, tuple[int | None, bool]]]:
    """How a template is made, the rows of its tables, and how far its sequences are."""
    with psycopg.connect(cluster.format(template)) as connection:
        (made,) = connection.execute(_MADE).fetchone()
        rows = {}
        for (table,) in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall():
            with connection.cursor().copy(SQL("COPY {} TO STDOUT").format(Identifier(table))) as copy:
                rows[table] = b"".join(copy)
        names = [name for (name,) in connection.execute("SELECT sequencename FROM pg_sequences").fetchall()]
        counted = {
            name: connection.execute(SQL("SELECT last_value, is_called FROM {}").format(Identifier(name))).fetchone()
            for name in names
        }
    return made, rows, counted


def _is_put_back(cluster: str, template: str, name: str) -> bool:
    """Put the rows of a copy back, unless something else of it was changed."""
    made, rows, counted = _rows_of(cluster, template)
    try:
        with psycopg.connect(cluster.format(name)) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            if connection.execute(_MADE).fetchone() != (made,):
                return False
            connection.execute("SET LOCAL session_replication_role = replica")
            for table, held in rows.items():
                connection.execute(SQL("DELETE FROM {}").format(Identifier(table)))
                if held:
                    with connection.cursor().copy(SQL("COPY {} FROM STDIN").format(Identifier(table))) as copy:
                        copy.write(held)
            for sequence, (number, is_called) in counted.items():
                connection.execute("SELECT setval(%s, %s, %s)", (sequence, number, is_called))
    except psycopg.Error:
        return False
    return True
