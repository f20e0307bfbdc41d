import pytest

from tomsapp.room import asking, starting

BADLY = (
    "import sys; sys.path[:0] = sys.argv[4:]; from tests.room import badly_behaved; from tomsapp.room import child; "
    "child.task_of = lambda name: getattr(badly_behaved, name); child.enter(sys.argv[1:4])"
)


@pytest.fixture
def badly(monkeypatch):
    """Children whose tasks are the badly behaved ones."""
    monkeypatch.setattr(starting, "_ENTER", BADLY)
    yield
    asking.let_go()
