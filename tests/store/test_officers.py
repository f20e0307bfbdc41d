"""Owner and officers of a PostgreSQL server, as the user guide sets them up."""

import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege, RaiseException

from tests.conftest import run_on_server
from tests.store.samples import fill, supplier
from tomsapp.store.check import check_database
from tomsapp.store.database import create_database, open_database

FORGE = "CREATE TRIGGER forge AFTER INSERT ON mine FOR EACH ROW EXECUTE FUNCTION tomsapp_supplier_history()"
GUIDE = Path(__file__).parents[2] / "docs" / "user-guide.md"


def statements_of_the_guide() -> list[list[str]]:
    text = GUIDE.read_text(encoding="utf-8").partition("### Owner and officers")[2].partition("\n### ")[0]
    return [block.strip().splitlines() for block in re.findall(r"```sql\n(.*?)```", text, re.DOTALL)]


@pytest.fixture
def logins(cluster: str) -> Iterator[tuple[str, str]]:
    """The addresses of the owner and of an officer of a database that was set up as the guide says."""
    first, second = statements_of_the_guide()
    for statement in first:
        run_on_server(cluster, statement)
    address = cluster.format("social_value")
    logins = [re.sub(r"//postgres(:[^@]*)?@", f"//{name}@", address) for name in ("toms_owner", "toms_officer")]
    owner, officer = logins
    create_database(owner, who="Owner").close()
    with psycopg.connect(owner) as connection:
        for statement in second:
            connection.execute(statement)
    yield owner, officer
    run_on_server(cluster, "DROP DATABASE social_value WITH (FORCE)")
    for name in ("toms_officer", "toms_owner"):
        run_on_server(cluster, f"DROP ROLE {name}")


def test_officer_works_and_cannot_touch_history_guards_or_what_is_sealed(logins):
    owner, officer = logins
    with open_database(officer) as database:
        filled = fill(database, signs=True)
        assert database.warnings == ()
    assert check_database(officer) == []

    def run(*statements: str) -> list[tuple]:
        with psycopg.connect(officer) as connection:
            for statement in statements:
                cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    assert run("SELECT DISTINCT linked_by FROM chain ORDER BY 1") == [("toms_officer",), ("toms_owner",)]
    own = "INSERT INTO change (at, who, what) VALUES ('2001-01-01', 'Ann', 'Backdated')"
    for refused in (
        "INSERT INTO history SELECT 999, change_id, kind, record_id, NULL, action, before, after FROM history LIMIT 1",
        "UPDATE history SET action = 'x'",
        "DELETE FROM history",
        "TRUNCATE history CASCADE",
        "INSERT INTO chain SELECT 999, 999, linked_at, linked_by, how, digest FROM chain LIMIT 1",
        "DELETE FROM chain",
        "UPDATE tomsapp_version SET version_num = '0001'",
        "ALTER TABLE history DISABLE TRIGGER ALL",
        "DROP TRIGGER history_undeleted ON history",
        "SET session_replication_role = replica",
        "CREATE TABLE own (id integer)",
        "SELECT setval('change_id_seq', 1)",
        f"CREATE TEMP TABLE mine (LIKE supplier); {FORGE}",
    ):
        with pytest.raises(InsufficientPrivilege):
            run(refused)
    with pytest.raises(RaiseException, match="kept for ever"):
        run("UPDATE change SET who = 'x'")
    signed = "version = version + 1, change_id = (SELECT max(id) FROM change)"
    quietly = f"UPDATE commitment SET cost = 1, {signed} WHERE id = {filled.commitment}"
    with pytest.raises(RaiseException, match="contract is sealed"):
        run(own, quietly)
    # Tables of their own do not stand before those that the guards look at.
    shadows = "CREATE TEMP TABLE contract (id integer, status text); CREATE TEMP TABLE history (LIKE public.history)"
    with pytest.raises(RaiseException, match="contract is sealed"):
        run(shadows, own, quietly)
    # What an officer claims of who and when stands beside what the server knows.
    run(own)
    (problem,) = check_database(officer)
    assert "says “Ann” at 2001-01-01 00:00 UTC; the server took it in at" in problem.message
    assert "from the login toms_officer" in problem.message
    with open_database(owner) as database, database.work("Owner", "Add") as work:
        work.suppliers.add(supplier("Another"))
        work.commit()
