"""Chains the history: each change gets a link whose digest covers what it did and the link before.

On PostgreSQL a trigger of the owner makes the link when a change is committed, with the server's moment and login.
SQLite knows no SHA-256, so the program makes it there. What stands here is frozen: see `steps`.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from tomsapp.store.migrations import triggers
from tomsapp.store.migrations.changes import CHAIN, Step, history_secured, history_unsecured
from tomsapp.store.migrations.columns import Table, Tables
from tomsapp.store.migrations.links import ENTRY, MOMENT, Entry, Link, moment, postgres_digest
from tomsapp.store.migrations.server import Server

STOOD = "stood"
"""The action of what the history tells of rows that stood when the chain began, and of which it told nothing."""
REFUSE_LINKED = "This change is saved for good: a further one needs a new change"

_AT_ONCE = 200
"""So many changes are read at once with their history."""
_IS_LINKED = "EXISTS (SELECT 1 FROM chain WHERE change_id = NEW.change_id)"


class ChainHistory(Step):
    """Makes the table of the links, and links every change that is there."""

    def up(self, server: Server, tables: Tables) -> None:
        """Tell what the history does not, link all changes in their order, and guard both."""
        for each in tables.values():
            server.run(_told_as_it_stands(server.name, each))
        server.run(_table(server.name))
        _link_all(server)
        for statement in chain_triggers(server.name, server.schema):
            server.run(statement)
        if server.name == "postgresql":
            for each in tables.values():
                for statement in history_secured(each.name, server.schema):
                    server.run(statement)

    def down(self, server: Server, tables: Tables) -> None:
        """Take the links away: the way up makes others."""
        if server.name == "postgresql":
            for each in tables.values():
                for statement in history_unsecured(each.name):
                    server.run(statement)
            server.run("DROP TRIGGER history_open ON history")
            server.run("DROP TRIGGER change_linked ON change")
            server.run(f"DROP TABLE {CHAIN}")
            server.run("DROP FUNCTION tomsapp_history_open()")
            server.run("DROP FUNCTION tomsapp_link()")
        else:
            server.run("DROP TRIGGER history_open")
            server.run(f"DROP TABLE {CHAIN}")
        server.delete("history", f"action = '{STOOD}'")

    def after(self, tables: Tables) -> Tables:
        """The tables and the chain, of which the history tells nothing."""
        return {**tables, CHAIN: Table(CHAIN, (), "NULL", is_kept=True)}

    def before(self, tables: Tables) -> Tables:
        """The tables without it."""
        return {name: held for name, held in tables.items() if name != CHAIN}


def _table(server: str) -> str:
    moments = {"sqlite": "DATETIME", "postgresql": "TIMESTAMP WITH TIME ZONE"}
    parts = (
        "id INTEGER NOT NULL",
        "change_id INTEGER NOT NULL",
        f"linked_at {moments[server]} NOT NULL",
        "linked_by TEXT NOT NULL",
        "how TEXT NOT NULL",
        "digest TEXT NOT NULL",
        "CONSTRAINT pk_chain PRIMARY KEY (id)",
        "CONSTRAINT fk_chain_change_id FOREIGN KEY(change_id) REFERENCES change (id)",
        "CONSTRAINT uq_chain_change_id UNIQUE (change_id)",
        "CONSTRAINT ck_chain_how CHECK (how IN ('saved', 'found', 'upgraded'))",
    )
    lines = ",\n\t".join(parts)
    return f"CREATE TABLE {CHAIN} (\n\t{lines}\n)"


def _told_as_it_stands(server: str, table: Table) -> str:
    """What each row says of which no history tells: an earlier upgrade put it there, or it was put in by hand."""
    contract = table.contract.replace("NEW.", "held.")
    return (
        "INSERT INTO history (change_id, kind, record_id, contract_id, action, before, after) "
        f"SELECT held.change_id, '{table.name}', held.id, {contract}, '{STOOD}', '{{}}', "
        f"{triggers.row_json(server, 'held', table.columns)} FROM {table.name} AS held WHERE NOT EXISTS "
        f"(SELECT 1 FROM history WHERE kind = '{table.name}' AND record_id = held.id) ORDER BY held.id"
    )


def chain_triggers(server: str, schema: str) -> Iterator[str]:
    """What keeps the chain and the history of linked changes from being changed; on PostgreSQL what links them too."""
    if server == "sqlite":
        yield from triggers.sqlite_kept(CHAIN, (), "NULL")
        yield (
            f"CREATE TRIGGER history_open BEFORE INSERT ON history WHEN {_IS_LINKED} BEGIN "
            f"SELECT RAISE(ABORT, '{REFUSE_LINKED}'); END"
        )
        return
    yield from triggers.postgres_kept(CHAIN, (), "NULL")
    yield (
        f"CREATE FUNCTION tomsapp_history_open() RETURNS trigger LANGUAGE plpgsql SET search_path = {schema}, pg_temp "
        f"AS $$ BEGIN IF {_IS_LINKED} THEN RAISE EXCEPTION '{REFUSE_LINKED}'; END IF; RETURN NEW; END $$"
    )
    yield ("CREATE TRIGGER history_open BEFORE INSERT ON history FOR EACH ROW EXECUTE FUNCTION tomsapp_history_open()")
    yield (
        "CREATE FUNCTION tomsapp_link() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER "
        f"SET search_path = {schema}, pg_temp AS $$ DECLARE head RECORD; linked RECORD; BEGIN "
        # Whoever saves without this program takes no turn: one after the other here at the latest.
        "LOCK TABLE chain IN SHARE ROW EXCLUSIVE MODE; "
        "SELECT id, digest INTO head FROM chain ORDER BY id DESC LIMIT 1; "
        "IF NOT FOUND THEN SELECT 0 AS id, '' AS digest INTO head; END IF; "
        "SELECT clock_timestamp() AS at, session_user::text AS login INTO linked; "
        "INSERT INTO chain (id, change_id, linked_at, linked_by, how, digest) "
        f"VALUES (head.id + 1, NEW.id, linked.at, linked.login, 'saved', {postgres_digest()}); "
        "RETURN NULL; END $$"
    )
    yield "REVOKE ALL ON FUNCTION tomsapp_link() FROM PUBLIC"
    yield (
        "CREATE CONSTRAINT TRIGGER change_linked AFTER INSERT ON change DEFERRABLE INITIALLY DEFERRED "
        "FOR EACH ROW EXECUTE FUNCTION tomsapp_link()"
    )


def _link_all(server: Server) -> None:
    now = datetime.now(UTC).replace(tzinfo=None)
    linked_at, linked_by = now.isoformat(timespec="microseconds"), server.login
    kept_at = f"{linked_at}+00" if server.name == "postgresql" else linked_at.replace("T", " ")
    head = ""
    for place, (change, told) in enumerate(_changes(server), start=1):
        change_id, at, who, what = change
        at = at if server.name == "postgresql" else moment(at)
        link = Link(place, change_id, at, who, what, linked_at, linked_by, "upgraded")
        head = link.digest(head, told)
        quoted = linked_by.replace("'", "''")
        server.run(
            f"INSERT INTO {CHAIN} (id, change_id, linked_at, linked_by, how, digest) "
            f"VALUES ({place}, {change_id}, '{kept_at}', '{quoted}', 'upgraded', '{head}')"
        )


def _changes(server: Server) -> Iterator[tuple[tuple[int, str, str, str], list[Entry]]]:
    """Every change in its order, with what the history tells of it."""
    at = MOMENT[server.name].format("at")
    changes = server.ask(f"SELECT id, {at}, who, what FROM change ORDER BY id")
    for start in range(0, len(changes), _AT_ONCE):
        some = changes[start : start + _AT_ONCE]
        told: dict[int, list[Entry]] = {number: [] for number, *_ in some}
        between = f"change_id BETWEEN {some[0][0]} AND {some[-1][0]}"
        for change_id, *entry in server.ask(
            f"SELECT change_id, {', '.join(ENTRY)} FROM history WHERE {between} ORDER BY id"
        ):
            told[change_id].append(entry)
        for change in some:
            yield change, told[change[0]]
