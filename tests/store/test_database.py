import pytest

from tests.store.samples import supplier
from tomsapp.store.database import create_database, open_database
from tomsapp.store.errors import NewerDatabase, StoreError, Unreachable


def test_newer_database_is_refused_and_left_alone(target, raw):
    raw("UPDATE tomsapp_version SET version_num = '9999'")
    for upgrade in (False, True):
        with pytest.raises(NewerDatabase, match="later version of this program") as refused:
            open_database(target, upgrade=upgrade)
        assert "latest version" in refused.value.fix
    assert raw("SELECT version_num FROM tomsapp_version") == [("9999",)]


def test_new_database_is_not_made_over_another(target, empty_target):
    with open_database(target) as database, database.work("Ann") as work:
        work.suppliers.add(supplier())
        work.commit()
    with pytest.raises(StoreError, match="already"):
        create_database(target, who="Ann")
    with open_database(target) as database, database.work("Ann") as work:
        assert len(work.suppliers.all()) == 1


def test_new_database_needs_its_folder(tmp_path):
    with pytest.raises(Unreachable, match="cannot be made"):
        create_database(tmp_path / "no" / "council.toms", who="Ann")


def test_name_is_what_people_call_it(target, server):
    with open_database(target) as database:
        assert (database.path is None) == (server == "postgresql")
        expected = "council.toms" if server == "sqlite" else target.split("/")[3].split("?")[0]
        assert database.name.endswith(expected)


def test_file_name_may_be_anything(tmp_path):
    path = tmp_path / "Barnet 100% ?mode=ro #1 Ünï.toms"
    create_database(path, who="Ann").close()
    with open_database(path) as database:
        assert database.name == path.name
        assert not database.is_read_only
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
