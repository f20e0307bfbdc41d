"""What a frozen program lacks is told by its own check, however late it would be asked for."""

import importlib

import pytest

from tomsapp.domain.errors import TomsError
from tomsapp.services import self_check_parts
from tomsapp.services.self_check_parts import parts_named, server_asked


@pytest.fixture
def without(monkeypatch):
    """Takes a part away as a build does that left out too much."""
    real = importlib.import_module

    def take(part):
        def load(name):
            if name == part or name.startswith(f"{part}."):
                raise ImportError(name)
            return real(name)

        monkeypatch.setattr(self_check_parts, "import_module", load)

    return take


def test_all_that_the_program_names_is_there():
    assert parts_named().endswith(" modules are there")


@pytest.mark.parametrize(
    ("module", "part"),
    [
        ("tomsapp.exchange.tables_xlsx", "xlsxwriter"),  # imported inside a function
        ("tomsapp.gui.preview.printing", "PySide6.QtPrintSupport"),
        ("tomsapp.store.security", "ssl"),  # of Python itself
        ("tomsapp.gui.contract", "tomsapp.gui.contract"),
    ],
)
def test_part_that_is_missing_is_named(monkeypatch, without, module, part):
    monkeypatch.setattr(self_check_parts, "_own_modules", lambda: [module])
    assert parts_named()
    without(part)
    with pytest.raises(TomsError, match=f"These parts are missing: {part}"):
        parts_named()


@pytest.mark.parametrize("part", ["msvcrt", "fcntl"])
def test_modules_of_another_system_are_not_missed(without, part):
    without(part)
    assert [*self_check_parts._missing(part, "")] == []


def test_import_under_another_name_is_no_part(monkeypatch):
    named = "import os.path as path\nfrom os import getcwd\nfrom json import nothing_such\n"
    code = compile(named, "made.py", "exec")
    assert [*self_check_parts._imports(code)] == [
        ("os.path", ""),
        ("os.path", "path"),
        ("os", ""),
        ("os", "getcwd"),
        ("json", ""),
        ("json", "nothing_such"),
    ]
    assert [*self_check_parts._missing("os.path", "path")] == []
    assert [*self_check_parts._missing("json", "nothing_such")] == ["json.nothing_such"]


def test_server_is_asked_for_and_none_is_there():
    assert server_asked() == "Unreachable where there is none"
