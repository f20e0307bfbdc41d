"""Parts what bidders were asked from the reasons of decisions, told by the history as a change of the upgrade itself.

What was frozen stays as it was frozen. What stands here is frozen: see `steps`.
"""

from datetime import UTC, datetime

from tomsapp.store.migrations.changes import CHAIN, Step
from tomsapp.store.migrations.columns import Tables
from tomsapp.store.migrations.links import ENTRY, MOMENT, Link, moment
from tomsapp.store.migrations.server import Server

_WHO = "Upgrade of the database"
_UP = "Keep questions to bidders apart from reasons"
_DOWN = "Put questions to bidders back among the reasons"

_OPEN = (
    "kind = 'ask' AND NOT EXISTS (SELECT 1 FROM bid AS b JOIN tender AS t ON t.id = b.tender_id "
    "WHERE b.id = bid_decision.bid_id AND t.status IN ('frozen', 'awarded', 'withdrawn'))"
)
"""The decisions that are questions, of evaluations that nothing has fixed."""


class PartQuestions(Step):
    """Moves what stands as the reason of a question into a column of its own."""

    def up(self, server: Server, tables: Tables) -> None:
        """Move each question out of the reasons."""
        del tables
        _move(server, _UP, "question = reason, reason = ''", f"{_OPEN} AND reason <> '' AND question = ''")

    def down(self, server: Server, tables: Tables) -> None:
        """Move them back; the step that made the column refuses to lose what cannot go back."""
        del tables
        _move(server, _DOWN, "reason = question, question = ''", f"{_OPEN} AND question <> '' AND reason = ''")


def _move(server: Server, what: str, said: str, where: str) -> None:
    """Change these rows in one change, which is linked as any other."""
    if not server.ask(f"SELECT count(*) FROM bid_decision WHERE {where}")[0][0]:
        return
    now = datetime.now(UTC).replace(tzinfo=None)
    change = _add_change(server, now, what)
    server.run(f"UPDATE bid_decision SET {said}, version = version + 1, change_id = {change} WHERE {where}")
    if server.name == "postgresql":
        # Linked at once: a later step may alter a table that still waits for its triggers.
        server.run("SET CONSTRAINTS change_linked IMMEDIATE")
        server.run("SET CONSTRAINTS change_linked DEFERRED")
    else:
        _link(server, change, now)


def _add_change(server: Server, now: datetime, what: str) -> int:
    values = f"'{_kept(server, now)}', '{_WHO}', '{what}'"
    if server.name == "postgresql":
        server.run(f"INSERT INTO change (at, who, what) VALUES ({values})")
        return int(server.ask("SELECT currval(pg_get_serial_sequence('change', 'id'))")[0][0])
    number = int(server.ask("SELECT COALESCE(max(id), 0) + 1 FROM change")[0][0])
    server.run(f"INSERT INTO change (id, at, who, what) VALUES ({number}, {values})")
    return number


def _kept(server: Server, at: datetime) -> str:
    written = at.isoformat(timespec="microseconds")
    return f"{written}+00" if server.name == "postgresql" else written.replace("T", " ")


def _link(server: Server, change: int, now: datetime) -> None:
    """Link a change of a file after the last one, as the program does when it saves."""
    place, before = (server.ask(f"SELECT id, digest FROM {CHAIN} ORDER BY id DESC LIMIT 1") or [(0, "")])[0]
    at, who, what = server.ask(f"SELECT {MOMENT[server.name].format('at')}, who, what FROM change WHERE id = {change}")[
        0
    ]
    linked_at = now.isoformat(timespec="microseconds")
    link = Link(place + 1, change, moment(at), who, what, linked_at, "", "saved")
    told = server.ask(f"SELECT {', '.join(ENTRY)} FROM history WHERE change_id = {change} ORDER BY id")
    server.run(
        f"INSERT INTO {CHAIN} (id, change_id, linked_at, linked_by, how, digest) VALUES ({link.place}, {change}, "
        f"'{_kept(server, now)}', '', 'saved', '{link.digest(before, told)}')"
    )
