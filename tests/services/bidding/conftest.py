"""One pack, read once: reading a pack starts a room for it."""

import pytest

from tests.services.bidding.packs import opened
from tomsapp.services.bidding.work import begin_work


@pytest.fixture(scope="session")
def the_pack(tmp_path_factory):
    return opened(tmp_path_factory.mktemp("pack"))


@pytest.fixture
def work(the_pack):
    return begin_work(the_pack)
