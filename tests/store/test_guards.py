"""Missing and altered guards are noticed when a database is opened, and said."""

import pytest

from tests.conftest import run_raw
from tests.postgres import server_database
from tests.store.samples import fill, supplier
from tests.store.test_acts import before
from tomsapp.domain.history import NOTE, NOTED
from tomsapp.store.backup import backup_database, restore_database
from tomsapp.store.check import check_database
from tomsapp.store.database import open_database
from tomsapp.store.engine import open_engine
from tomsapp.store.errors import DatabaseReadOnly, StoreError
from tomsapp.store.guards import GUARDS, held_guards_of, made_guards
from tomsapp.store.mending import mend_guards
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
    assert ("db mend" in warning) == (server == "sqlite")


def alter(raw, server) -> None:
    drop(raw, server, "history_unchanged", "history")
    raw("CREATE TRIGGER history_unchanged BEFORE UPDATE ON history WHEN 0 BEGIN SELECT RAISE(ABORT, 'no'); END")


def add_a_spy(raw, _server) -> None:
    raw("CREATE TRIGGER spy AFTER INSERT ON supplier BEGIN UPDATE contract SET title = 'x'; END")


def take_away(raw, server) -> None:
    drop(raw, server, "history_unchanged", "history")


SPOILT = pytest.mark.parametrize("spoil", [alter, add_a_spy, take_away])


@SPOILT
@pytest.mark.parametrize("server", ["sqlite"])
def test_file_that_is_worked_with_opens_to_be_read_until_it_is_put_right(target, raw, server, spoil):
    with open_database(target) as database:
        fill(database)
    spoil(raw, server)
    with open_database(target) as database:
        assert database.guards in database.warnings
        assert database.needs_mending
        with database.read() as reader:
            assert len(reader.contracts()) == 1
        with pytest.raises(DatabaseReadOnly) as refused:
            database.work("Ann", "Add")
        assert "Put it right" in refused.value.fix
        (mended,) = mend_guards(target, "Ann")
    with open_database(target) as database:
        assert (database.warnings, database.needs_mending) == ((), False)
        with database.work("Ann", "Add") as work:
            work.suppliers.add(supplier("After"))
            work.commit()
        with database.read() as reader:
            told = next(entry for entry in reader.history() if entry.action == NOTED)
    assert (told.who, told.kind, told.after) == (
        "Ann",
        NOTE,
        {"note": f"Put back as this program makes them: {mended}"},
    )
    assert check_database(target) == []
    assert mend_guards(target, "Ann") == []


@pytest.mark.parametrize("server", ["postgresql"])
def test_server_is_put_right_by_whoever_owns_it(target, raw, server):
    take_away_on_server = "DROP TRIGGER contract_sealed ON contract"
    raw(take_away_on_server)
    with open_database(target) as database:
        assert database.guards
        assert not database.needs_mending
        with database.work("Ann", "Add") as work:
            work.suppliers.add(supplier("After"))
            work.commit()
    with pytest.raises(StoreError, match="on a server") as refused:
        mend_guards(target, "Ann")
    assert "restore the backup into an empty database" in refused.value.fix


@pytest.mark.parametrize("server", ["postgresql"])
def test_backup_of_a_server_that_is_restored_has_every_guard(target, raw, tmp_path, cluster):
    raw("DROP TRIGGER contract_sealed ON contract")
    with open_database(target) as database:
        backup_database(database, tmp_path / "copy.toms")
    with server_database(cluster, "template0") as empty:
        restore_database(tmp_path / "copy.toms", empty)
        with open_database(empty) as database:
            assert not database.guards


@pytest.mark.parametrize("server", ["sqlite"])
def test_upgrade_puts_the_guards_of_an_earlier_version_back_first(tmp_path, server):
    path = tmp_path / "before.toms"
    before(str(path))
    run_raw(str(path), server, "DROP TRIGGER contract_undeleted")
    run_raw(str(path), server, "CREATE TRIGGER spy AFTER UPDATE ON contract BEGIN SELECT 1; END")
    with open_database(path, upgrade=True) as database, database.read() as reader:
        assert not database.guards
        (told,) = [entry for entry in reader.history() if entry.action == NOTED]
    assert told.after == {"note": "Put back as this program makes them: contract_undeleted, spy"}


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
