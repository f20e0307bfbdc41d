"""What the Overview read of a large database, kept on this computer, so that it need not read all of it another day.

Two files for each database stand in the user's own folder: the lines of the portfolio, and what was delivered to a day.
They hold numbers of records, codes, quantities and pence, and none of what people wrote. Each says from which change of
the database it is, with the link of the chain over it. So one is taken for this database alone, or a copy that has this
change; what changed since is read anew, and where too much did, all is.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from tomsapp import __version__
from tomsapp.config.paths import user_cache_dir
from tomsapp.domain.history import HistoryHead

if TYPE_CHECKING:
    from pathlib import Path

    from tomsapp.dashboards.delivery_cube import DeliveryCube
    from tomsapp.dashboards.exact import Column
    from tomsapp.store.unit_of_work import UnitOfWork

_COUNTED = 1
"""Raise it when other numbers come out of the same records, or a column holds something else."""
_LEAST = 500_000
"""Smaller databases are read so soon that nothing is kept of them: lines and rows together."""
_MOST_CHANGES = 200
"""Files that are so many changes old are written anew."""
_MOST_FILES = 6
_LINES, _ROWS = "lines", "rows"


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept of this very database.

    Attributes:
        change: the number of the change up to which it holds; `changed` are the contracts that changed since.
    """

    change: int
    changed: frozenset[int]
    facts: dict[str, Any]
    columns: dict[str, Column]


def kept_lines_of(uow: UnitOfWork, most: int) -> Kept | None:
    """The lines of the portfolio, where they were kept and no more than `most` contracts changed since."""
    return _kept(uow, _LINES, most, {})


def kept_rows_of(uow: UnitOfWork, until: date, most: int) -> Kept | None:
    """What was delivered to a day, as `kept_lines_of`."""
    return _kept(uow, _ROWS, most, {"until": until.isoformat()})


def _kept(uow: UnitOfWork, what: str, most: int, wanted: dict[str, str]) -> Kept | None:
    from tomsapp.dashboards.column_file import read_columns, read_facts

    path = _path(uow.lists.identity(), what)
    if not path.is_file():
        return None
    wanted = wanted | _marks()
    facts = read_facts(path)
    if any(facts.get(name) != value for name, value in wanted.items()):
        return None
    head = HistoryHead(int(facts.get("place", 0)), str(facts.get("digest", "")))
    change = int(facts.get("change", 0))
    changed = uow.lists.contracts_changed(change) if uow.lists.has_link(head) else None
    if changed is None or len(changed) > most:
        return None
    read = read_columns(path)
    return None if read is None or read[0] != facts else Kept(change, changed, *read)


def _marks() -> dict[str, Any]:
    return {"version": __version__, "counted": _COUNTED}


def _path(identity: str, what: str) -> Path:
    return user_cache_dir() / f"{identity}.{what}"


def keep_columns(delivered: DeliveryCube) -> bool:
    """Keep what was read for another day, where it took long and what is kept is old; whether anything was written.

    Nothing is asked of the database. Where it cannot be written, all is read again another day.
    """
    from tomsapp.dashboards.kept_lines import kept_lines
    from tomsapp.dashboards.kept_rows import kept_people, kept_rows

    cube, head = delivered.cube, delivered.head
    if head is None or len(cube.frame) + len(delivered.rows) < _LEAST:
        return False
    marks = {"place": head.place, "digest": head.digest, **_marks()}
    of_rows = {"change": delivered.change, "until": delivered.until.isoformat(), **marks}
    with suppress(OSError):
        lines = _is_old(delivered, _LINES, {}) and _write(
            delivered, _LINES, {"change": cube.change, **marks}, *kept_lines(cube)
        )
        more = {"contracts": delivered.owner_contracts} | kept_people(delivered)
        rows = _is_old(delivered, _ROWS, {"until": of_rows["until"]}) and _write(
            delivered, _ROWS, of_rows, {}, kept_rows(delivered.rows) | more
        )
        return lines or rows
    return False


def _is_old(delivered: DeliveryCube, what: str, wanted: dict[str, Any]) -> bool:
    from tomsapp.dashboards.column_file import read_facts

    facts = read_facts(_path(delivered.identity, what))
    is_same = all(facts.get(name) == value for name, value in (wanted | _marks()).items())
    return not is_same or not 0 <= delivered.change - int(facts.get("change", 0)) < _MOST_CHANGES


def _write(
    delivered: DeliveryCube, what: str, marks: dict[str, Any], facts: dict[str, Any], columns: dict[str, Column]
) -> bool:
    from tomsapp.dashboards.column_file import PART, write_columns

    folder = user_cache_dir()
    own = {f".{_LINES}", f".{_ROWS}", PART}
    held = sorted((path for path in folder.iterdir() if path.suffix in own), key=lambda path: path.stat().st_mtime)
    path = _path(delivered.identity, what)
    others = [each for each in held if each != path]
    for each in others:
        # What a run that was ended began to write is of no use.
        if each.suffix == PART or each in others[: -(_MOST_FILES - 1)]:
            each.unlink()
    return write_columns(path, marks | facts, columns)
