"""What somebody changed in the program while a file stood beside it."""

from __future__ import annotations

from collections.abc import Mapping

from tomsapp.services.table_types import MatchedLine, TableView

_MOST_NAMED = 6

Changed = Mapping[tuple[str, str], str]
"""What was held before, by the key of a line and the label of its cell."""


def changed_cells(before: TableView, shown: TableView) -> dict[tuple[str, str], str]:
    """The cells in which a line holds another thing than it did; lines that came or went are none of them."""
    known = {line.key: line for line in before.lines}
    return {
        (line.key, label): was
        for line in shown.lines
        if line.key in known
        for label, was in _changed(known[line.key], line).items()
    }


def _changed(before: MatchedLine, now: MatchedLine) -> dict[str, str]:
    """By label; a fact that stands in one of the two alone is held as offered in the other."""
    then, here = ({cell.label: cell for cell in line.cells} for line in (before, now))
    found = {}
    for label in {**here, **then}:
        was = then[label].was if label in then else here[label].offered
        holds = here[label].was if label in here else then[label].offered
        if was != holds:
            found[label] = was
    return found


def changed_words(shown: TableView, changed: Changed) -> str:
    """Which lines changed meanwhile, and what to do; empty where none did."""
    keys = {key for key, _ in changed}
    codes = [line.code for line in shown.lines if line.key in keys]
    if not codes:
        return ""
    more = f" and {len(codes) - _MOST_NAMED} more" if len(codes) > _MOST_NAMED else ""
    names = ", ".join(codes[:_MOST_NAMED])
    return (
        f"{names}{more} changed in the program meanwhile. Was is what it holds now, and the cells that changed are "
        "marked: look at them again."
    )
