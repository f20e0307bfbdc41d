"""Texts that people take for the same, in a query: SQLite asks the domain, PostgreSQL has the same rule in SQL.

PostgreSQL puts one letter for another, so that one that stands for two (ß for ss) stays as it is there.
"""

from functools import cache
from typing import Any

from sqlalchemy import String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

from tomsapp.domain.alike import alike

ALIKE = "alike"
_LETTERS = (*range(0x00C0, 0x0250), *range(0x1E00, 0x1F00))
_SIGNS = (
    *range(0x00A0, 0x00C0),
    *range(0x02B0, 0x0300),
    *range(0x2000, 0x2070),
    0x2212,
    0xFE58,
    0xFE63,
    0xFF0D,
    0xFEFF,
)
_MARKS = r"""['"]|\.(?![0-9])"""
_SPACES = r"\s+"


class Alike(GenericFunction[str]):
    """A column as `alike` folds it."""

    type = String()
    name = ALIKE
    inherit_cache = True


@compiles(Alike, "postgresql")
def _in_postgres(element: Alike, compiler: Any, **options: Any) -> str:
    column = compiler.process(element.clauses, **options)
    folded, unseen = _replaced()
    plain = f"translate(lower({column}), '{''.join(folded)}{unseen}', '{''.join(folded.values())}')"
    return f"btrim(regexp_replace(regexp_replace({plain}, '{_quoted(_MARKS)}', '', 'g'), '{_SPACES}', ' ', 'g'))"


def _quoted(text: str) -> str:
    return text.replace("'", "''")


@cache
def _replaced() -> tuple[dict[str, str], str]:
    """The signs that stand for one other sign, with it, and those that are left out."""
    folded = {char: _one(char) for char in map(chr, (*_LETTERS, *_SIGNS))}
    kept = {char: one for char, one in folded.items() if len(one) == 1 and one not in {char, "'"}}
    return kept, "".join(char for char, one in folded.items() if one == "")


def _one(char: str) -> str:
    """What a sign is taken for, in the midst of a word: a space stays one there."""
    return alike(f"x{char}x")[1:-1]
