"""The rows of the comparison: groups that fold, lines with their choice, and what is said of a line below it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from tomsapp.domain.problems import Problem, Severity, has_errors
from tomsapp.domain.wording import format_pounds, plural
from tomsapp.services.table_types import LineGroup, MatchedCell, MatchedLine

ANSWER = "answer:"
"""Before the key of a question, among the choices: its answer."""


@dataclass(frozen=True, slots=True)
class GroupRow:
    """The head of a group, with how many lines it has and what they change."""

    group: LineGroup
    number: int
    words: str
    is_folded: bool


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line with what is chosen for it; `cells` stand under the heads of the columns, None where it has none."""

    line: MatchedLine
    chosen: str
    cells: tuple[MatchedCell | None, ...]
    others: str


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A problem of a line; `answer` is what was answered, None where nothing is asked."""

    line: MatchedLine
    problem: Problem
    answer: str | None


Row = GroupRow | LineRow | NoteRow


def rows_of(
    lines: Sequence[MatchedLine],
    choices: Mapping[str, str],
    folded: Collection[LineGroup],
    asked: Collection[str],
    columns: Sequence[str],
) -> Iterator[Row]:
    """Every row from top to bottom; `asked` are the keys of the problems that need an answer."""
    for group in LineGroup:
        inside = [line for line in lines if line.group is group]
        if not inside:
            continue
        yield GroupRow(group, len(inside), _words(group, inside), group in folded)
        for line in inside if group not in folded else ():
            yield _line_row(line, choices, columns)
            for problem in line.problems:
                if problem.severity is not Severity.NOTE or problem.key in asked:
                    yield NoteRow(
                        line, problem, choices.get(f"{ANSWER}{problem.key}", "") if problem.key in asked else None
                    )


def _line_row(line: MatchedLine, choices: Mapping[str, str], columns: Sequence[str]) -> LineRow:
    by_label = {cell.label: cell for cell in line.cells}
    others = (cell.label.lower() for cell in _other_cells(line) if cell.label not in columns)
    return LineRow(
        line,
        choices.get(line.key, line.guess),
        tuple(by_label.get(label) for label in columns),
        ", ".join(f"{label} changed" for label in others) if line.group is LineGroup.CHANGED else "",
    )


def _other_cells(line: MatchedLine) -> list[MatchedCell]:
    """What the file says otherwise than what is held, and the name of the line does not say."""
    return [cell for cell in line.cells if cell.is_other and cell.offered not in {line.code, line.title}]


def _words(group: LineGroup, lines: Sequence[MatchedLine]) -> str:
    """How many lines, and what those that can come in add to what is held."""
    come = [line for line in lines if not has_errors(line.problems)]
    offered = sum((line.offered_value or Decimal(0) for line in come), Decimal(0))
    was = sum((line.was_value or Decimal(0) for line in come), Decimal(0))
    has_values = any(line.was_value is not None or line.offered_value is not None for line in lines)
    out = len(lines) - len(come)
    number = f"{plural(len(lines), 'line')}{f', {out} kept out' if out else ''}"
    if not has_values:
        return number
    match group:
        case LineGroup.SAME:
            return f"{number}, {format_pounds(was)}"
        case LineGroup.NO_LONGER:
            return f"{number}, {format_pounds(was)} as held"
        case LineGroup.CHANGED | LineGroup.NEW:
            change = offered - was
            return f"{number}, {'+' if change >= 0 else ''}{format_pounds(change)}"
        case _:
            assert_never(group)
