"""What would change the winner, as a report says it: in words first, then each measure with its switching values."""

from collections.abc import Iterator, Sequence

from tomsapp.domain.papers.council_paper import (
    PaperBlock,
    PaperColumn,
    PaperHeading,
    PaperList,
    PaperTable,
    PaperText,
    TextKind,
)
from tomsapp.domain.papers.evaluation_told import EvaluationTold
from tomsapp.domain.tender.sensitivity_words import Told, told_sensitivity
from tomsapp.domain.tender.switching import Switching
from tomsapp.domain.tender.trials import Trial
from tomsapp.domain.tender.unit_path import MOST_TIMES
from tomsapp.domain.wording import plural

_FIRST = 1
"""So many changes are told on the first page."""


def what_would_change(told: EvaluationTold) -> Iterator[PaperBlock]:
    """The smallest change and the price of the weight, for the first page."""
    if told.sensitivity is None:
        return
    said = told_sensitivity(told.sensitivity)
    yield PaperHeading("What would change the winner", 3)
    points = [_joined(each) for each in said.changes[:_FIRST]]
    further = len(told.sensitivity.changes) - _FIRST
    if further > 0:
        points.append(f"{plural(further, 'other change')} would too: see “What was tried”.")
    if not said.changes:
        points.append(_joined(said.stays[0]))
    points += [_joined(each) for each in (said.price,) if each is not None]
    yield PaperList(tuple(points))


def sensitivity(told: EvaluationTold) -> Iterator[PaperBlock]:
    """All that was tried."""
    if told.sensitivity is None:
        return
    found = told.sensitivity
    said = told_sensitivity(found)
    yield PaperHeading("What was tried")
    if not found.because:
        yield PaperText(
            f"{plural(found.count, 'trial')}. Each runs the whole evaluation again, admission included, and asks who "
            "wins then. What people decided on the facts stays decided.",
            TextKind.LEAD,
        )
    yield PaperList(tuple(_joined(each) for each in (*said.changes, *said.stays, *filter(None, (said.price,)))))
    changed = [each for each in found.changes if isinstance(each, Trial)]
    if changed:
        columns = (PaperColumn("The winner changes if", 60), PaperColumn("Then", 40))
        rows = tuple((each.what, each.then) for each in changed)
        yield PaperTable("Every line, low or high value and weight that changes the winner", columns, rows)
    if found.switching:
        yield _switching(found.switching)
        yield PaperText(
            f"A measure by itself is moved down to nothing and up to {MOST_TIMES} times its unit value.", TextKind.NOTE
        )


def _switching(found: Sequence[Switching]) -> PaperTable:
    """Each measure with the nearest unit values at which others would win."""
    columns = (
        PaperColumn("Measure", 36),
        PaperColumn("Unit value", 18, right=True),
        PaperColumn("Others win from, below it", 23, right=True),
        PaperColumn("Others win from, above it", 23, right=True),
    )
    ways: dict[str, dict[bool, Switching]] = {}
    for each in found:
        ways.setdefault(each.measure, {})[each.is_up] = each
    rows = []
    for own in ways.values():
        one = next(iter(own.values()))
        rows.append((one.name, one.now, *(_way(own[is_up]) if is_up in own else "–" for is_up in (False, True))))
    return PaperTable("The switching value of each measure", columns, tuple(rows))


def _way(found: Switching) -> str:
    if found.is_changed:
        return found.first_other
    return "None" if found.is_whole else f"None to {found.last_same}"


def _joined(told: Told) -> str:
    return f"{told.head} {told.beneath}".strip()
