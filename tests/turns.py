"""Tests in which somebody waits for a turn to write."""

import threading

import psycopg

_WAITS = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


def until_somebody_waits(target: str, others: threading.Thread) -> None:
    """Until another connection waits for its turn; SQLite tells nobody who waits."""
    if not target.startswith("postgresql"):
        return
    with psycopg.connect(target, autocommit=True) as connection:
        while others.is_alive() and connection.execute(_WAITS).fetchone() is None:
            pass
