"""In the room: takes the files out of a zip folder."""

from collections.abc import Mapping, Sequence

from tomsapp.exchange.archive import files_in
from tomsapp.room.child import Answered


def work(values: Mapping[str, object], runs: Sequence[bytes]) -> Answered:
    """The files of the folder with their paths.

    Raises:
        OfferUnreadable: it is damaged, has a password, or there is too much in it.
    """
    (data,) = runs
    found = files_in(data, str(values["file"]))
    return {"paths": [each.path for each in found]}, [each.data for each in found]
