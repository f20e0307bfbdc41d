"""Whether every part that this program could ask for is there: modules, libraries, ways to write and read files.

A frozen program is put together from what was found to be asked for, and what it never opens is left out. One part
too many would be missed only when somebody needs it, years later and without the means to put it right.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from dis import opmap
from importlib import import_module
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from io import BytesIO
from pkgutil import walk_packages
from types import CodeType
from zipfile import ZipFile

import tomsapp
from tomsapp.domain.errors import TomsError
from tomsapp.domain.wording import listed
from tomsapp.services.workspace import Workspace

_IMPORT, _FROM, _MORE = opmap["IMPORT_NAME"], opmap["IMPORT_FROM"], opmap["EXTENDED_ARG"]
_RUN_BY_ALEMBIC = "tomsapp.store.migrations.env"
_OF_ONE_SYSTEM = frozenset({"fcntl", "grp", "pwd", "resource", "termios", "msvcrt", "winreg", "winsound"})
_NOBODY = "postgresql://self-check@127.0.0.1:1/self-check?sslmode=verify-full"
"""A port on which no server may listen: to be refused there takes all that reaching a server takes."""

_AGAIN = "Install the program anew"


def parts_named() -> str:
    """Load each module of the program, and all that any of them names, at once or only when it is needed."""
    named = sorted({each for module in _own_modules() for each in _names_in(module)})
    missing = sorted({what for module, part in named for what in _missing(module, part)})
    if missing:
        raise TomsError(f"These parts are missing: {listed(missing)}", _AGAIN)
    return f"{len({module for module, _ in named})} modules are there"


def _own_modules() -> Iterator[str]:
    yield tomsapp.__name__
    for found in walk_packages(tomsapp.__path__, f"{tomsapp.__name__}."):
        if found.name != _RUN_BY_ALEMBIC:
            yield found.name


def _names_in(module: str) -> Iterator[tuple[str, str]]:
    """The modules that a module imports anywhere in it, each with a name that is taken out of it, or none."""
    yield module, ""
    code = _code(find_spec(module))
    ahead = [] if code is None else [code]
    while ahead:
        code = ahead.pop()
        ahead += (each for each in code.co_consts if isinstance(each, CodeType))
        yield from _imports(code)


def _code(spec: ModuleSpec | None) -> CodeType | None:
    get_code = getattr(spec and spec.loader, "get_code", None)
    code = get_code(spec.name) if spec and get_code else None
    return code if isinstance(code, CodeType) else None


def _imports(code: CodeType) -> Iterator[tuple[str, str]]:
    module, high = "", 0
    for operation, low in zip(code.co_code[::2], code.co_code[1::2], strict=True):
        place = high | low
        high = place << 8 if operation == _MORE else 0
        if operation == _IMPORT:
            module = code.co_names[place]
            yield module, ""
        elif operation == _FROM:
            yield module, code.co_names[place]


def _missing(module: str, part: str) -> Iterator[str]:
    """What cannot be loaded: the module, or a module that is taken out of it as out of a package."""
    if module.partition(".")[0] in _OF_ONE_SYSTEM or not module:
        return
    try:
        loaded = import_module(module)
    except ImportError:
        yield module
        return
    # What is no package holds no modules, and `import a.b as b` takes b out of a.
    if hasattr(loaded, "__path__") and part not in {"", "*", *module.split(".")} and not hasattr(loaded, part):
        try:
            import_module(f"{module}.{part}")
        except ImportError:
            yield f"{module}.{part}"


def files_made(workspace: Workspace, contract_id: int, pdf: bytes) -> str:
    """Make a workbook, a Word paper, a calendar and a picture once, and read what can be read of them."""
    from tomsapp.exchange.calendar_file import CalendarEntry, write_calendar
    from tomsapp.exchange.labelled.likeness import LikeNames
    from tomsapp.exchange.tables import ColumnKind, Table, TableColumn
    from tomsapp.exchange.tables_xlsx import BookProperties, write_xlsx
    from tomsapp.services import council_papers, overview
    from tomsapp.services.previews import Shown, preview_of
    from tomsapp.services.strangers import open_any_table

    now = datetime.now(UTC)
    table = Table("Self-check", [TableColumn("Measure", ColumnKind.TEXT)], [["V01"]])
    _, book = open_any_table(write_xlsx([table], BookProperties("Self-check", now)), "check.xlsx")
    printed = council_papers.print_paper(workspace, council_papers.award_paper(workspace, contract_id, now.date()))
    word = ZipFile(BytesIO(printed.word)).read("word/document.xml")
    calendar = write_calendar("Self-check", [CalendarEntry("check", now.date(), "Self-check")], now)
    page = preview_of(pdf, "check.pdf", Shown.PAGE).image
    alike = LikeNames([(1, "Self-check Limited")]).like("Self-chek Limited")
    read: dict[str, object] = {"workbook": book.sheets[0].rows, "Word paper": word, "calendar": calendar, "page": page}
    read |= {"overview": overview.load_cube(workspace).contracts, "names": alike}
    empty = [name for name, found in read.items() if not found]
    if empty:
        raise TomsError(f"Nothing comes of what was just made: {listed(empty)}", _AGAIN)
    return f"{listed([*read])} made and read"


def server_asked() -> str:
    """Ask for a server where there is none: the answer shows that the program could reach one."""
    from tomsapp.store.engine import open_engine
    from tomsapp.store.errors import StoreError

    try:
        open_engine(_NOBODY).connect().close()
    except StoreError as error:
        return f"{type(error).__name__} where there is none"
    raise TomsError("A server answered where none may be", _AGAIN)
