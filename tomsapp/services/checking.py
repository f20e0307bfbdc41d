"""Whether a database is whole, and what is to be said of its history."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tomsapp.domain.problems import Problem
from tomsapp.services.addresses import Target, display_name
from tomsapp.services.progress import NoProgress, Progress

if TYPE_CHECKING:
    from tomsapp.domain.history import HistoryHead
    from tomsapp.store.check import Earlier

_UNREADABLE = frozenset(
    {"database-unusable", "database-version", "database-schema", "database-damaged", "database-unreadable"}
)
"""Problems with which the records of a database may not be read."""
_NOTED = "The paper"
"""What a head is of that somebody typed."""
_PARTS, _OF_STORE, _OF_CONTRACTS, _OF_DELIVERY = 100, 80, 88, 96
"""Of so many parts of a check, those that the file, its tables and its history are, then those with contracts too, and
those with what was delivered; tenders are the rest."""


def check(target: Target, against: Path | HistoryHead | None = None, progress: Progress | None = None) -> list[Problem]:
    """Integrity, references, schema, menu editions, history and sealed documents of a database.

    With `against`, also whether its history is the one that a PDF or a backup came from, or whose head is given.

    Raises:
        TomsError: the file to check against states no history.
    """
    from tomsapp.services.delivery_proof import delivery_proof
    from tomsapp.services.history_proof import sealed_problems
    from tomsapp.services.tenders.proof import tender_proof
    from tomsapp.store.check import check_database, look_at

    told = progress or NoProgress()
    earlier = None if against is None else _earlier(against)
    found = check_database(target, earlier, _part(told, 0, _OF_STORE))
    if any(problem.code in _UNREADABLE for problem in found):
        return found
    name = display_name(target)
    with look_at(target) as uow:
        found += sealed_problems(uow, name, _part(told, _OF_STORE, _OF_CONTRACTS))
        found += delivery_proof(uow, name, _part(told, _OF_CONTRACTS, _OF_DELIVERY))
        found += tender_proof(uow, name, _part(told, _OF_DELIVERY, _PARTS))
    return found


def _earlier(against: Path | HistoryHead) -> Earlier:
    from tomsapp.services.history_proof import stated_head
    from tomsapp.store.check import Earlier

    return Earlier(stated_head(against), against.name) if isinstance(against, Path) else Earlier(against, _NOTED)


def history_of_backup(path: Path) -> str:
    """Where the history of a backup ends, as a sentence that can be noted on paper."""
    from tomsapp.services.history_proof import stated_head

    return _head_words(stated_head(path))


def _head_words(head: HistoryHead) -> str:
    from tomsapp.domain.wording import plural

    return f"Its history has {plural(head.place, 'change', 'changes')}, SHA-256 {head.digest}."


def _part(progress: Progress, first: int, last: int) -> Callable[[int, int], None]:
    """Reports a part of the work as its share of all of it."""
    return lambda done, total: progress.report(first + (last - first) * done // max(total, 1), _PARTS)


def history_words(target: Target, against: Path | HistoryHead | None = None) -> tuple[str, ...]:
    """What is said of the history of a database that is whole, a sentence each."""
    from tomsapp.domain.wording import format_date, plural, small_first
    from tomsapp.store.check import chain_of

    chain = chain_of(target)
    if chain is None:
        return ()
    said = [_head_words(chain.head)]
    if chain.upgraded_on is not None:
        found = plural(chain.upgraded, "change", "changes")
        said.append(f"It is chained since {format_date(chain.upgraded_on)}; {found} stood there then.")
    if against is not None:
        earlier = _earlier(against)
        head, came = earlier.head, earlier.stated_by if isinstance(against, Path) else small_first(_NOTED)
        since = chain.head.place - head.place
        more = f"and {plural(since, 'change', 'changes')} since" if since else "and nothing since"
        said.append(f"It is the history that {came} came from, with {head.place} of these changes, {more}.")
    return tuple(said)
