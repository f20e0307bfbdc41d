"""Missing and altered guards are noticed when a database is opened, and said."""

import pytest

from tomsapp.store.database import open_database
from tomsapp.store.engine import open_engine
from tomsapp.store.errors import NotADatabase
from tomsapp.store.guards import GUARDS, held_guards_of, made_guards
from tomsapp.store.migrate import MIGRATIONS

ON = {"sqlite": "", "postgresql": " ON {}"}


def drop(raw, server: str, trigger: str, table: str) -> None:
    raw(f"DROP TRIGGER {trigger}{ON[server].format(table)}")


@pytest.mark.parametrize("server", ["postgresql"])
def test_what_the_migrations_make_is_what_is_asked_for(target):
    engine = open_engine(target)
    with engine.connect() as connection:
        held = held_guards_of(connection)
    engine.dispose()
    lines = "\n".join(f"{digest} {name}" for name, digest in sorted(held.items()))
    assert held == made_guards(MIGRATIONS), f"{GUARDS} must hold just these lines:\n{lines}"


def test_database_in_order_says_nothing(target):
    with open_database(target) as database:
        assert not [warning for warning in database.warnings if "history" in warning]


def test_missing_guard_is_said_when_the_database_is_opened(target, raw, server):
    drop(raw, server, "history_undeleted", "history")
    drop(raw, server, "contract_sealed", "contract")
    with open_database(target) as database:
        (warning,) = [warning for warning in database.warnings if "history" in warning]
    assert "contract_sealed" in warning
    assert "history_undeleted" in warning
    assert "db check" in warning


@pytest.mark.parametrize("server", ["sqlite"])
def test_file_with_an_altered_guard_is_not_opened(target, raw, server):
    drop(raw, server, "history_unchanged", "history")
    raw("CREATE TRIGGER history_unchanged BEFORE UPDATE ON history WHEN 0 BEGIN SELECT RAISE(ABORT, 'no'); END")
    with pytest.raises(NotADatabase, match="history_unchanged, which is not as this program made it"):
        open_database(target)


@pytest.mark.parametrize("server", ["postgresql"])
@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("ALTER TABLE change DISABLE TRIGGER change_linked", "change_linked on change"),
        ("ALTER FUNCTION tomsapp_contract_history() SECURITY INVOKER", "tomsapp_contract_history()"),
        ("ALTER FUNCTION tomsapp_commitment_sealed() RESET search_path", "tomsapp_commitment_sealed()"),
        (
            "CREATE OR REPLACE FUNCTION tomsapp_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
            "tomsapp_refuse()",
        ),
        (
            "CREATE TRIGGER quietly BEFORE INSERT ON history FOR EACH ROW EXECUTE FUNCTION tomsapp_history_open()",
            "quietly on history",
        ),
    ],
)
def test_altered_and_further_guards_of_a_server_are_said(target, raw, statement, named):
    raw(statement)
    with open_database(target) as database:
        assert any(named in warning for warning in database.warnings)
