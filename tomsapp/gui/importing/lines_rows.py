"""The rows of the comparison: groups that fold, lines with their choice, and what is said of a line below it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from tomsapp.domain.problems import Problem, Severity, has_errors
from tomsapp.domain.wording import format_pounds, plural
from tomsapp.gui.importing.changed_meanwhile import Changed
from tomsapp.services.table_types import LineGroup, MatchedCell, MatchedLine

_NOTHING: Mapping[str, str] = {}
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
    """One line with what is chosen for it.

    Attributes:
        cells: what stands under the heads of the columns, None where it has none.
        others: which facts without a column are other than those held, or were changed meanwhile.
        before: what a cell held until somebody changed it meanwhile; None where nobody did.
    """

    line: MatchedLine
    chosen: str
    cells: tuple[MatchedCell | None, ...]
    others: str
    before: tuple[str | None, ...]

    @property
    def about(self) -> str:
        """What stands under the title: code, what changed, where it stands in the file, unit."""
        return " · ".join(part for part in (self.line.code, self.others, self.line.row, self.line.unit) if part)


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
    changed: Changed,
) -> Iterator[Row]:
    """Every row from top to bottom; `asked` are the keys of the problems that need an answer."""
    for group in LineGroup:
        inside = [line for line in lines if line.group is group]
        if not inside:
            continue
        yield GroupRow(group, len(inside), _words(group, inside), group in folded)
        for line in inside if group not in folded else ():
            yield _line_row(line, choices, columns, changed)
            for problem in line.problems:
                if problem.severity is not Severity.NOTE or problem.key in asked:
                    yield NoteRow(
                        line, problem, choices.get(f"{ANSWER}{problem.key}", "") if problem.key in asked else None
                    )


def _line_row(line: MatchedLine, choices: Mapping[str, str], columns: Sequence[str], changed: Changed) -> LineRow:
    by_label = {cell.label: cell for cell in line.cells}
    before = {label: was for (key, label), was in changed.items() if key == line.key} if changed else _NOTHING
    others = _other_cells(line) if line.group is LineGroup.CHANGED else ()
    told = {cell.label: f"{cell.label.lower()} changed" for cell in others}
    told |= {label: f"{label.lower()} changed in the program" for label in before}
    beside = [words for label, words in told.items() if label not in columns]
    return LineRow(
        line,
        choices.get(line.key, line.guess),
        tuple(by_label.get(label) for label in columns),
        ", ".join([*(_changed_cells(before, columns) if before else ()), *beside]),
        tuple(before.get(label) for label in columns) if before else (None,) * len(columns),
    )


def _changed_cells(before: Mapping[str, str], columns: Sequence[str]) -> list[str]:
    """How many cells under heads were changed meanwhile: a narrow window hides columns."""
    number = sum(label in before for label in columns)
    return [f"{plural(number, 'cell')} changed in the program"] if number else []


def was_words(row: LineRow, place: int) -> str:
    """What a cell says below what is offered: what was, and what was before somebody changed it; empty for nothing."""
    cell, before = row.cells[place], row.before[place]
    if cell is None:
        return ""
    if before is not None:
        return f"was {cell.was or 'none'}, {before or 'none'} before"
    return f"was {cell.was or 'none'}" if cell.is_other and row.line.group is not LineGroup.NEW else ""


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
