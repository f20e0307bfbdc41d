"""Whether a save was kept whose answer never came, because the connection to the server was lost meanwhile."""

import time
from contextlib import suppress

from sqlalchemy import Engine, select
from sqlmodel import col

from tomsapp.domain.errors import TomsError
from tomsapp.store.engine import writing
from tomsapp.store.errors import ConnectionLost
from tomsapp.store.tables import ChangeRow

_ASKS, _PAUSE = 8, 0.5
"""How often a server that does not answer is asked, and the seconds in between: it may be starting again."""


def was_kept(engine: Engine, change: int) -> bool | None:
    """Whether the server has kept a change, by its number, which no other change ever gets; None if it does not say."""
    for number in range(_ASKS):
        if number:
            time.sleep(_PAUSE)
        # Connections from before are gone with the one that was lost.
        engine.dispose()
        # Whoever takes a turn waits until the transaction that was cut off has ended, one way or the other.
        with suppress(TomsError), writing(engine) as connection:
            return connection.execute(select(col(ChangeRow.id)).where(col(ChangeRow.id) == change)).first() is not None
    return None


def lost(name: str, *, is_known: bool) -> ConnectionLost:
    """What the person is told of a save that was not kept, or of which that is not known."""
    kept = f"It is not known whether it was saved. When {name} answers again, look first, then save what is missing"
    fix = "Nothing was saved: the server was asked. Save again" if is_known else kept
    return ConnectionLost(f"The connection to {name} was lost while it was saving", fix)
