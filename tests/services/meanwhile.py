"""A colleague who acts once, after a statement of somebody else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event


class Meanwhile:
    """Lets a colleague act once, after a statement of somebody else's.

    A colleague who was refused, and whose act says so with False, changed nothing: it tries again after the next one.
    """

    def __init__(self, act: Callable[[], object], nth: int, words: str = "") -> None:
        self._act, self._first, self._words = act, nth, words
        self._acts = False
        self.statement = 0
        self.acted = False

    def after_statement(self, _connection, _cursor, statement: str, *_others: object) -> None:
        if self._acts or self.acted or self._words not in statement:
            return
        self.statement += 1
        if self.statement >= self._first:
            self._acts = True
            self.acted = self._act() is not False
            self._acts = False


@contextmanager
def meanwhile(act: Callable[[], object], nth: int = 1, words: str = "") -> Iterator[Meanwhile]:
    """Within this, `act` happens right after the nth statement that holds `words`, on whichever connection."""
    watcher = Meanwhile(act, nth, words)
    event.listen(Engine, "after_cursor_execute", watcher.after_statement)
    try:
        yield watcher
    finally:
        event.remove(Engine, "after_cursor_execute", watcher.after_statement)
