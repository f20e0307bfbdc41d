"""A colleague who acts once, after a statement of somebody else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event


class Meanwhile:
    """Lets a colleague act once, after a statement of somebody else's."""

    def __init__(self, act: Callable[[], object], nth: int, words: str = "") -> None:
        self._act, self._left, self._words = act, nth, words
        self._acts = False
        self.acted = False

    def after_statement(self, _connection, _cursor, statement: str, *_others: object) -> None:
        if self._acts or self.acted or self._words not in statement:
            return
        self._left -= 1
        if self._left == 0:
            self._acts = True
            self._act()
            self._acts, self.acted = False, True


@contextmanager
def meanwhile(act: Callable[[], object], nth: int = 1, words: str = "") -> Iterator[Meanwhile]:
    """Within this, `act` happens right after the nth statement that holds `words`, on whichever connection."""
    watcher = Meanwhile(act, nth, words)
    event.listen(Engine, "after_cursor_execute", watcher.after_statement)
    try:
        yield watcher
    finally:
        event.remove(Engine, "after_cursor_execute", watcher.after_statement)
