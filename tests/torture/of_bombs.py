"""Files made to harm, each opened as a person would open it: refused by its right name, in no time and no memory."""

import gc
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from tests.torture import bombs
from tests.torture.measuring import measured, refused
from tests.torture.outcome import Deadline, Outcome
from tomsapp.bootstrap import menu_catalogue
from tomsapp.reading.source import MEGABYTE
from tomsapp.room.errors import EndedUnexpectedly
from tomsapp.services import strangers
from tomsapp.services.logos import judge_logo
from tomsapp.services.offers import read_bytes
from tomsapp.services.strange_menus import lint_stranger
from tomsapp.services.strange_papers import printed_text
from tomsapp.services.strange_signature import read_signature
from tomsapp.services.verifying import verify_pdf
from tomsapp.store.database import create_database, open_database

TITLE = "Files made to harm"
SHARE = 25
MOST_SECONDS, MOST_MEMORY = 1.0, 200 * MEGABYTE
_DAY = date(2026, 4, 1)

Opening = tuple[str, Callable[[], object]]


def openings(folder: Path) -> Iterator[Opening]:
    """Each bomb with how it is opened; it is made just before."""
    for name, make in bombs.table_bombs().items():
        yield from _of_bytes(f"table, {name}", make, folder / "bid.xlsx", _open_table)
    for name, make in bombs.JSON.items():
        yield from _of_bytes(f"JSON, {name}", make, folder / "bid.json", _open_offer)
    for name, make in bombs.TOML.items():
        menu = folder / "menu"
        menu.mkdir(exist_ok=True)
        yield from _of_bytes(f"TOML, {name}", make, menu / "menu.toml", lambda path: _lint(path.parent))
    for name, make in bombs.PDFS.items():
        yield from _of_bytes(f"PDF, {name}", make, folder / "paper.pdf", _verify)
        yield f"pages of a PDF, {name}", lambda: printed_text((folder / "paper.pdf").read_bytes())
        yield f"signature of a PDF, {name}", lambda: read_signature((folder / "paper.pdf").read_bytes())
    for name, make in bombs.PICTURES.items():
        yield from _of_bytes(f"picture, {name}", make, folder / "logo.png", _judge)
    template = folder / "template.toms"
    create_database(template, who="Ann").close()
    for name, statement in bombs.DATABASES.items():
        path = bombs.database(folder, template, statement)
        yield f"database, {name}", lambda path=path: open_database(path, is_known=False).close()  # type: ignore[misc]
    yield "sparse file of 1 GB", lambda: _open_table(_sparse(folder / "bid.csv"))


def _of_bytes(name: str, make: bombs.Maker, path: Path, read: Callable[[Path], object]) -> Iterator[Opening]:
    path.write_bytes(make())
    yield name, lambda: read(path)


def _sparse(path: Path) -> Path:
    with path.open("wb") as file:
        file.write(b'Code,Year 1\r\nS08,"')
        file.truncate(1_000_000_000)
    return path


def _open_table(path: Path) -> object:
    return strangers.open_any_table(read_bytes(path), path.name)


def _open_offer(path: Path) -> object:
    return strangers.open_offer(read_bytes(path), path.name)


def _verify(path: Path) -> object:
    return verify_pdf(menu_catalogue(), path)


def _judge(path: Path) -> None:
    judge_logo(path.read_bytes(), path.name)


def _lint(folder: Path) -> None:
    from tomsapp.domain.errors import TomsError
    from tomsapp.domain.problems import has_errors

    problems = lint_stranger(folder, _DAY)
    if has_errors(problems):
        raise TomsError(str(problems[0]))


def run(deadline: Deadline) -> Outcome:
    """Open every one; it is over the limits where it takes more than a second or 200 MB, also where it is read."""
    found = Outcome(0)
    longest, most, slowest, read_whole = 0.0, 0, "", 0
    with tempfile.TemporaryDirectory() as folder:
        for name, read in openings(Path(folder)):
            found.wanted += 1
            if deadline.is_over:
                continue
            gc.collect()
            try:
                with measured() as taken:
                    said = refused(read)
            except Exception as error:  # noqa: BLE001 - this is what is looked for
                found.uncaught += 1
                found.told.append(f"{name}: {type(error).__name__}: {error}")
                continue
            found.done += 1
            if EndedUnexpectedly.__name__ in said:
                found.uncaught += 1
            read_whole += not said
            is_over = taken.seconds > MOST_SECONDS or taken.memory > MOST_MEMORY
            found.over += is_over
            if is_over or EndedUnexpectedly.__name__ in said:
                what = said or "was read"
                found.told.append(f"{name}: {taken.seconds:.2f} s, {taken.memory // MEGABYTE} MB: {what}")
            longest, slowest = max((longest, slowest), (taken.seconds, name))
            most = max(most, taken.memory)
    found.figures = {
        "longest": f"{longest:.2f} s ({slowest})",
        "most memory": f"{most // MEGABYTE} MB",
        "read within the limits": str(read_whole),
    }
    return found
