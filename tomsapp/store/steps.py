"""How far a long look at a database has come."""

from tomsapp.store.copying import Progress


class Stopped(Exception):
    """Whoever is told of the steps wants no more of them; `reason` is what they raised."""

    def __init__(self, reason: Exception) -> None:
        super().__init__(str(reason))
        self.reason = reason


class Steps:
    """Counts the steps of a look and tells of each, so that what is looked for need not know who is told."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def step(self) -> None:
        """One more step is done.

        Raises:
            Stopped: nobody wants to know the rest.
        """
        self._done += 1
        try:
            self._progress(min(self._done, self._total), self._total)
        except Exception as reason:
            raise Stopped(reason) from reason
