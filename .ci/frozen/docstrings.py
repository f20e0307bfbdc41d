"""Takes docstrings out of the compiled modules of libraries: nobody reads help in the frozen program.

Python's own way to leave them out, -OO, would take the assert statements too, and these are checks.
"""

import ast
from collections.abc import Iterable
from pathlib import Path
from types import CodeType


def without_docstrings(source: bytes, name: str) -> CodeType:
    """A module's code as it is without the texts that say what its parts are."""
    tree = ast.parse(source, name)
    for part in ast.walk(tree):
        if isinstance(part, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and _is_told(part.body):
            # Nothing may stand before an import from __future__, and something must stand in a body.
            part.body[:1] = [] if len(part.body) > 1 else [ast.copy_location(ast.Pass(), part.body[0])]
    return compile(tree, name, "exec", dont_inherit=True, optimize=0)


def _is_told(body: list[ast.stmt]) -> bool:
    first = body[0] if body else None
    return isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)


def codes_without(entries: Iterable[tuple[str, str, str]], libraries: frozenset[str]) -> dict[str, CodeType]:
    """The code of each collected module of these libraries."""
    return {
        name: without_docstrings(Path(source).read_bytes(), _shown(name, source))
        for name, source, _ in entries
        if name.partition(".")[0] in libraries and source.endswith(".py")
    }


def _shown(name: str, source: str) -> str:
    """The path that a traceback shows: from the library's folder, and not of the machine that froze it."""
    path = name.replace(".", "/")
    return f"{path}/__init__.py" if Path(source).name == "__init__.py" else f"{path}.py"
