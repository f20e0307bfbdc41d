"""How the command line writes: UTF-8 everywhere, plain tables, one sentence for an error."""

import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress

from tomsapp.domain.errors import TomsError
from tomsapp.domain.problems import Problem


def use_utf8() -> None:
    """Write UTF-8 whatever the console's own encoding is, so that £ and × come out."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def error_text(error: TomsError) -> str:
    """What is wrong and what to do, in one line."""
    return f"{error.message}. {error.fix}." if error.fix else f"{error.message}."


def quiet_pipe() -> int:
    """Say nothing when the reader of our output (such as `head`) has gone away."""
    # Where there is no console, or a file takes what is said, there is no pipe either.
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> str:
    """A plain text table; the columns in `right` are right-aligned."""
    body = [list(row) for row in rows]
    widths = [max(len(line[column]) for line in [list(heads), *body]) for column in range(len(heads))]
    lines = [heads, ["-" * width for width in widths], *body]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def problem_lines(problems: Iterable[Problem]) -> list[str]:
    """One line a Problem: severity, place, what is wrong, what to do."""
    return [f"{problem.severity.value}: {problem}" for problem in problems]
