"""Whether a save was kept whose answer never came, because the server or the drive of a file was lost meanwhile."""

import time
from contextlib import suppress

from sqlalchemy import Engine, select
from sqlmodel import col

from tomsapp.domain.errors import TomsError
from tomsapp.store.engine import writing
from tomsapp.store.errors import ConnectionLost
from tomsapp.store.tables import ChangeRow

_ASKS, _PAUSE = 8, 0.5
"""How often what does not answer is asked, and the seconds in between: a server may be starting again."""


def was_kept(engine: Engine, change: int) -> bool | None:
    """Whether a change was kept, by its number, which no other change ever gets; None if nothing says so."""
    for number in range(_ASKS):
        if number:
            time.sleep(_PAUSE)
        # Connections from before are gone with the one that was lost.
        engine.dispose()
        # Whoever takes a turn waits until the transaction that was cut off has ended, one way or the other.
        with suppress(TomsError), writing(engine) as connection:
            return connection.execute(select(col(ChangeRow.id)).where(col(ChangeRow.id) == change)).first() is not None
    return None


def lost(name: str, *, is_known: bool, is_file: bool) -> ConnectionLost:
    """What the person is told of a save that was not kept, or of which that is not known."""
    if is_file:
        said = f"The drive or network of {name} was lost while it was saving"
        kept = "It is not known whether it was saved. When it is back, look first, then save what is missing"
        return ConnectionLost(said, "Nothing was saved. Save again" if is_known else kept)
    kept = f"It is not known whether it was saved. When {name} answers again, look first, then save what is missing"
    fix = "Nothing was saved: the server was asked. Save again" if is_known else kept
    return ConnectionLost(f"The connection to {name} was lost while it was saving", fix)
