"""Rules of the code that the import linter cannot see: what is imported, written and left lying about."""

import ast
import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "tomsapp"
MIGRATIONS = PACKAGE / "store" / "migrations" / "versions"

MAXIMUM_MODULE_LINES = 400
MAXIMUM_FUNCTION_LINES = 60

TOP_LEVEL = {
    "tomsapp", "resources", "menus", "tests", "docs",
    "pyproject.toml", "build.spec", "README.md", "LICENSE", "Makefile",
}  # fmt: skip

# Loading one of these costs more than most commands take, or needs a display.
HEAVY = {"PySide6", "pandas", "numpy", "reportlab", "sqlalchemy", "sqlmodel", "openpyxl", "pikepdf"}

# Where a figure leaves exact arithmetic because it becomes a length on paper or screen.
FLOATS_ALLOWED = {
    "tomsapp/reports/charts.py",
    "tomsapp/reports/delivered_chart.py",
    "tomsapp/reports/paper_bars.py",
    "tomsapp/gui/widgets/chart_paint.py",
    "tomsapp/gui/focus_ring.py",  # corners, in pixels
}

# Written in pieces, so that this file does not find itself.
FORBIDDEN = re.compile(
    "|".join(
        [
            r"(?<![\w.])/" + r"work/",
            r"(?<![\w.])/" + r"root/",
            r"/opt" + r"/(pypi|wheels)",
            r"\.\./" + r"shared\b",
            "pythonhosted" + r"\.org",
            "pypi" + r"\.org/simple",
            r"pkg\." + "dev",
            r"extra-" + r"index-url",
        ]
    )
)


def tracked_files() -> list[Path]:
    """Returns the files that the project holds: what git knows of, not what a run leaves behind."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, capture_output=True, check=True, encoding="utf-8",
    )  # fmt: skip
    paths = (ROOT / name for name in listing.stdout.split("\0") if name)
    return sorted(path for path in paths if path.is_file())


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def modules(folder: Path = PACKAGE) -> list[Path]:
    return sorted(path for path in folder.rglob("*.py") if MIGRATIONS not in path.parents)


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def calls(tree: ast.Module) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def imported_names(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield f"tomsapp.domain.{node.module or ''}" if node.level else node.module or ""


def test_domain_imports_only_the_standard_library() -> None:
    foreign = [
        f"{relative(path)}: {name}"
        for path in modules(PACKAGE / "domain")
        for name in imported_names(parse(path))
        if name.split(".")[0] not in sys.stdlib_module_names and not f"{name}.".startswith("tomsapp.domain.")
    ]
    assert foreign == []


def loaded_after(statements: str, heavy: set[str] = HEAVY) -> set[str]:
    """Returns the heavy libraries that a fresh interpreter has loaded after some statements."""
    report = "import sys; print('loaded:', *sorted({name.split('.')[0] for name in sys.modules}))"
    done = subprocess.run(
        [sys.executable, "-c", f"{statements}\n{report}"],
        cwd=ROOT, capture_output=True, check=True, encoding="utf-8",
    )  # fmt: skip
    return heavy & set(done.stdout.rpartition("loaded:")[2].split())


@pytest.mark.parametrize("package", ["tomsapp", "tomsapp.domain", "tomsapp.cli", "tomsapp.__main__"])
def test_start_loads_no_heavy_library(package: str) -> None:
    if importlib.util.find_spec(package) is None:
        pytest.skip(f"{package} is not written yet")
    assert loaded_after(f"import {package}") == set()


def test_help_loads_no_heavy_library() -> None:
    if importlib.util.find_spec("tomsapp.__main__") is None:
        pytest.skip("tomsapp.__main__ is not written yet")
    assert (
        loaded_after(
            "import contextlib, runpy, sys\n"
            "sys.argv = ['tomsapp', '--help']\n"
            "with contextlib.suppress(SystemExit):\n"
            "    runpy.run_module('tomsapp', run_name='__main__')"
        )
        == set()
    )


@pytest.mark.parametrize("words", [[], ["--new-window"], ["./council.tomsdb"]])
def test_window_that_is_asked_for_by_no_command_waits_for_no_command_line(words: list[str]) -> None:
    """All commands together took half of the time until the first paint."""
    statements = (
        "import sys\n"
        "from tomsapp.gui import launch\n"
        "def opened(*_args, **_more):\n"
        "    return 7 if not {'tomsapp.cli.main', 'argparse'} & sys.modules.keys() else 1\n"
        "launch.launch = launch.launch_or_show = launch.launch_documents = opened\n"
        "from tomsapp.__main__ import main\n"
        f"assert main({words!r}) == 7"
    )
    loaded_after(statements)


# The window is painted before any of these is needed; with Qt itself it takes twice what an empty window does.
HEAVY_FOR_THE_WINDOW = (HEAVY - {"PySide6"}) | {"alembic", "pydantic", "psycopg", "pypdfium2", "xlsxwriter"}


def test_window_is_made_without_a_heavy_library() -> None:
    statements = (
        "import os\n"
        "os.environ['QT_QPA_PLATFORM'] = 'offscreen'\n"
        "from tomsapp.gui.application import build_window, make_application, new_session\n"
        "from tomsapp.gui.jobs import inline_jobs\n"
        "application = make_application()\n"
        "build_window(new_session(jobs=inline_jobs()), print).show()"
    )
    assert loaded_after(statements, HEAVY_FOR_THE_WINDOW) == set()


AFTER_THE_PAINT = (
    "concurrent.futures",
    "datetime",
    "tomsapp.domain.facts",
    "tomsapp.domain.wording",
    "tomsapp.gui.dialogs",
    "tomsapp.gui.style",
    "tomsapp.gui.widgets.feedback",
    "tomsapp.services.databases",
)


def test_no_source_is_read_of_what_is_loaded_with_the_window() -> None:
    """PySide reads that of every module that comes after it, a tenth of a millisecond each, and keeps the text."""
    statements = (
        "import linecache, sys\n"
        "from tomsapp.gui.launch import make_ready\n"
        "make_ready()\n"
        "import tomsapp.gui.application\n"
        "assert 'tomsapp.gui.main_window' in sys.modules\n"
        "read = sorted(name for name in linecache.cache if 'tomsapp' in name)\n"
        "assert not read, read"
    )
    loaded_after(statements)


def test_first_paint_waits_for_no_record_and_no_dialog(tmp_path: Path) -> None:
    """Each of these takes milliseconds; together they took as long as Qt itself."""
    statements = (
        "import os, sys\n"
        f"os.environ.update(QT_QPA_PLATFORM='offscreen', TOMSAPP_HOME={str(tmp_path)!r})\n"
        "from tomsapp.gui import application as started\n"
        "painted = []\n"
        "class Watch(started.AfterPaint):\n"
        "    def __init__(self, window, _work):\n"
        "        super().__init__(window, lambda: painted.append(set(sys.modules)))\n"
        "started.AfterPaint = Watch\n"
        "application = started.make_application()\n"
        "started.start_window(application, started.new_session(), print).show()\n"
        "while not painted:\n"
        "    application.processEvents()\n"
        f"found = sorted(painted[0] & set({AFTER_THE_PAINT!r}))\n"
        "assert not found, found"
    )
    loaded_after(statements)


def test_first_paint_asks_no_style_and_no_viewport(tmp_path: Path) -> None:
    """One call that gives back a style or a viewport makes the names of all that a style draws or of all widgets."""
    statements = (
        "import enum, os\n"
        f"os.environ.update(QT_QPA_PLATFORM='offscreen', TOMSAPP_HOME={str(tmp_path)!r})\n"
        "from tomsapp.config.recents import RecentDatabase, note_opened\n"
        "from tomsapp.gui.application import make_application, new_session, start_window\n"
        "session = new_session()\n"
        "note_opened(session.preferences, RecentDatabase('old.db', 'old', 'Larkmere', 3, '2026-11-29'))\n"
        "start_window(make_application(), session, print).show()\n"
        "def every(kind):\n"
        "    return {kind}.union(*map(every, kind.__subclasses__()))\n"
        "named = {one.__qualname__ for one in every(enum.Enum) if one.__module__ == 'PySide6.QtWidgets'}\n"
        "found = named & {'QStyle.PrimitiveElement', 'QTabWidget.TabPosition', 'QAbstractItemView.State'}\n"
        "assert 'QFrame.Shape' in named, named\n"
        "assert not found, found"
    )
    loaded_after(statements)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_first_paint_makes_no_names_of_qt(tmp_path: Path, theme: str) -> None:
    """One of the names of `Qt` brings all two thousand of them: a tenth of what the program did until its paint."""
    statements = (
        "import os\n"
        f"os.environ.update(QT_QPA_PLATFORM='offscreen', TOMSAPP_HOME={str(tmp_path)!r})\n"
        "from PySide6 import QtCore\n"
        "from tomsapp.config.recents import RecentDatabase, note_opened\n"
        "from tomsapp.gui import application as started\n"
        "painted = []\n"
        "class Watch(started.AfterPaint):\n"
        "    def __init__(self, window, work):\n"
        "        super().__init__(window, lambda: (painted.append('Qt' in vars(QtCore)), work()))\n"
        "started.AfterPaint = Watch\n"
        "session = started.new_session()\n"
        "note_opened(session.preferences, RecentDatabase('old.db', 'old', 'Larkmere', 3, '2026-11-29'))\n"
        f"session.preferences.set('theme', {theme!r})\n"
        "application = started.make_application()\n"
        "window = started.start_window(application, session, print)\n"
        "window.show()\n"
        "assert [menu.title() for menu in window._menus.values()] == ['&File', '&Edit', '&View', '&Help']\n"
        "while not painted:\n"
        "    application.processEvents()\n"
        "assert painted == [False], painted\n"
        "assert window.focusWidget() is window.page('start').heading\n"
        "while not any(action.text() == 'About and licences' for action in window.menu('help').actions()):\n"
        "    application.processEvents()\n"
        "assert 'Qt' in vars(QtCore)"
    )
    loaded_after(statements)


def test_floats_stay_at_the_drawing_edge() -> None:
    found = [
        f"{relative(path)}:{call.lineno}"
        for path in modules()
        if relative(path) not in FLOATS_ALLOWED
        for call in calls(parse(path))
        if isinstance(call.func, ast.Name) and call.func.id == "float"
    ]
    assert found == []


def opens_text_without_encoding(call: ast.Call) -> bool:
    """Tells whether a call reads or writes a text file in whatever encoding the machine happens to use."""
    if any(keyword.arg in {"encoding", None} for keyword in call.keywords):
        return False
    if isinstance(call.func, ast.Attribute):
        name = call.func.attr
        if name in {"read_text", "write_text"}:
            return len(call.args) < (1 if name == "read_text" else 2)
        if name != "open":
            return False
        mode_position = 0
    elif isinstance(call.func, ast.Name) and call.func.id == "open":
        mode_position = 1
    else:
        return False
    modes = [keyword.value for keyword in call.keywords if keyword.arg == "mode"]
    modes += call.args[mode_position : mode_position + 1]
    if not modes:
        return True
    mode = modes[0].value if isinstance(modes[0], ast.Constant) else None
    return isinstance(mode, str) and re.fullmatch(r"[rwaxt+]+", mode) is not None


def opens_a_dialog(path: Path, call: ast.Call) -> bool:
    """Tells whether a call is a dialog's open(), which takes nothing and reads no file."""
    of_window = (PACKAGE / "gui", ROOT / "tests" / "gui", ROOT / "tests" / "benchmarks")
    in_window = any(folder in path.parents for folder in of_window)
    return in_window and isinstance(call.func, ast.Attribute) and call.func.attr == "open" and not call.args


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("open(p)", True),
        ("open(p, 'rb')", False),
        ("open(p, 'w', encoding='utf-8')", False),
        ("p.open()", True),
        ("p.open('a')", True),
        ("p.open(mode='wb')", False),
        ("archive.open('theme.xml')", False),
        ("pikepdf.open(p)", False),
        ("p.read_text()", True),
        ("p.read_text('utf-8')", False),
        ("p.write_text(t)", True),
        ("p.write_text(t, encoding='utf-8')", False),
    ],
)
def test_encoding_check_knows_text_from_bytes(source: str, *, expected: bool) -> None:
    (call,) = calls(ast.parse(source))
    assert opens_text_without_encoding(call) is expected


# What the program itself wrote: its preferences, which lie below the reader, the note of work that is under way, the
# rows of its history, the columns of words that the database joins of many rows, and what the process that finishes a
# PDF is told, and where the program that runs listens. No file of anybody else's comes this way.
READ_THEIR_OWN = {
    "tomsapp/config/preferences.py",
    "tomsapp/config/running.py",
    "tomsapp/dashboards/column_file.py",
    "tomsapp/dashboards/valuing.py",
    "tomsapp/reports/finish_apart.py",
    "tomsapp/reports/plain_elements.py",
    "tomsapp/room/frames.py",
    "tomsapp/store/alone.py",
    "tomsapp/store/check_history.py",
    "tomsapp/store/check_cells.py",
    "tomsapp/store/noting.py",
    "tomsapp/store/past.py",
    "tomsapp/store/rescued_cells.py",
    "tomsapp/store/rescued_history.py",
    "tomsapp/store/variations.py",
}


def test_one_package_reads_toml_and_json() -> None:
    found = {
        relative(path)
        for path in modules()
        if path.parent.name != "reading"
        and (
            "tomllib" in imported_names(tree := parse(path))
            or any(ast.unparse(call.func) in {"json.load", "json.loads"} for call in calls(tree))
        )
    }
    assert found == READ_THEIR_OWN


def test_what_must_be_covered_has_tests_of_its_own() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    names = re.search(r"^FULLY_COVERED := (.+)$", makefile, re.MULTILINE)
    assert names is not None
    for name in names[1].split():
        assert (PACKAGE / name / "__init__.py").is_file()
        assert list((ROOT / "tests" / name).glob("test_*.py")), name
    # Each test is run once: those with coverage, then the rest.
    assert "$(FULLY_COVERED:%=tests/%)" in makefile
    assert "$(FULLY_COVERED:%=--ignore=tests/%)" in makefile


def test_files_of_people_are_opened_only_where_a_database_that_is_open_is_passed_over() -> None:
    """Opening and closing it beside the database lets go of the database's locks."""
    opened = {relative(path) for path in modules() if '.open("rb")' in path.read_text(encoding="utf-8")}
    passed_over = {relative(path) for path in modules() if "is_held(path)" in path.read_text(encoding="utf-8")}
    # The first opens what the program keeps in a folder of its own, the other desktop.ini and nothing else.
    assert opened - passed_over == {"tomsapp/dashboards/column_file.py", "tomsapp/store/synced.py"}


def test_text_files_are_opened_with_an_encoding() -> None:
    scanned = [*modules(), *modules(ROOT / "tests"), *modules(ROOT / "docs"), ROOT / "build.spec"]
    found = [
        f"{relative(path)}:{call.lineno}"
        for path in scanned
        for call in calls(parse(path))
        if opens_text_without_encoding(call) and not opens_a_dialog(path, call)
    ]
    assert found == []


def test_modules_are_short_enough_to_read() -> None:
    lengths = {relative(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert {name: length for name, length in lengths.items() if length > MAXIMUM_MODULE_LINES} == {}


def test_functions_are_short_enough_to_read() -> None:
    long = {
        f"{relative(path)}:{node.lineno} {node.name}": lines
        for path in modules()
        for node in ast.walk(parse(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > MAXIMUM_FUNCTION_LINES
    }
    assert long == {}


def test_modules_say_what_they_are() -> None:
    assert [relative(path) for path in modules() if not ast.get_docstring(parse(path))] == []


def test_top_level_holds_only_what_belongs_there() -> None:
    names = {relative(path).split("/")[0] for path in tracked_files()}
    assert {name for name in names if not name.startswith(".")} <= TOP_LEVEL


def test_no_file_names_a_machine_or_a_registry() -> None:
    found = []
    for path in tracked_files():
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue  # a font, picture or PDF
        found += [f"{relative(path)}:{number}" for number, line in enumerate(lines, 1) if FORBIDDEN.search(line)]
    assert found == []


def test_each_decision_has_a_number_of_its_own_and_says_it() -> None:
    files = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [path.name[:3] for path in files]
    assert numbers == [f"{number:03}" for number in range(1, len(files) + 1)]
    for path in files:
        assert path.read_text(encoding="utf-8").startswith(f"# {path.name[:3]} "), path.name


def test_no_layout_is_asked_for_an_item() -> None:
    """What stands for the item in Python outlives it, is taken for whatever comes to its address, and ends the program.

    `laid_out` tells the widgets of a layout.
    """
    asked = re.compile(r"\.item" + r"At(Position)?\b")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked_files()
        if path.suffix == ".py"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if asked.search(line)
    ]
    assert not found
