"""A small portfolio in a real database, and its cube."""

import pytest

from tests.portfolio import add_own_groups, fill_small, new_workspace
from tomsapp.services import overview


@pytest.fixture(scope="session")
def workspace(tmp_path_factory):
    made = new_workspace(tmp_path_factory.mktemp("portfolio"))
    fill_small(made)
    add_own_groups(made)
    yield made
    made.close()


@pytest.fixture(scope="session")
def cube(workspace):
    return overview.load_cube(workspace)


@pytest.fixture(scope="session")
def checked(workspace, cube):
    return overview.check_contracts(workspace, cube, [contract.id for contract in cube.contracts])
