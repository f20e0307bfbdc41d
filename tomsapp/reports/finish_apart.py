"""Finishes a long PDF in a process of its own.

The library that writes PDFs stops all threads of the program while it writes one out and lets it go, for seconds where
there are thousands of pages. A short one is finished here, sooner than a process could be started for it.
"""

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from tomsapp.reports.attachments import Attachment, Relationship
from tomsapp.reports.finish import Details, finish
from tomsapp.reports.plain_elements import elements_in, plain_elements
from tomsapp.reports.tags import Element, Place
from tomsapp.room.asking import Question, ask
from tomsapp.room.errors import RoomError
from tomsapp.room.limits import MEGABYTE, Limits

_LOG = logging.getLogger(__name__)
TASK = "finishing"
LONG = 100
"""Pages from which on a PDF is finished apart: the threads would stand still for a twentieth of a second."""
_LIMITS = Limits(memory=600 * MEGABYTE, seconds=60, answer=400 * MEGABYTE)
_TIMES = 40
"""How many times the size of what is written a long PDF may have of memory."""


def finish_where_best(
    data: bytes,
    root: Element,
    details: Details,
    attachments: Sequence[Attachment],
    places: Mapping[str, Place],
    pages: int,
    tick: Callable[[], None],
) -> bytes:
    """As `finish`: here, or apart where there are many pages; both give the same bytes."""
    if pages < LONG:
        return finish(data, root, details, attachments, places, tick)
    told = {
        "details": asdict(details) | {"made": details.made.isoformat()},
        "places": {name: [place.page, place.height] for name, place in places.items()},
        "attachments": [[each.name, each.mime, each.description, each.relationship.value] for each in attachments],
    }
    runs = [json.dumps(told).encode(), data, plain_elements(root), *(each.data for each in attachments)]
    limits = _LIMITS.for_size(len(data) + len(runs[2]), _TIMES)
    try:
        answer = ask(Question(TASK, details.title, {}, runs, {}, limits), tick)
    except RoomError:
        # Where no process can be had or it has too little room, the program stands still for a moment.
        _LOG.exception("A PDF of %s pages could not be finished apart", pages)
        return finish(data, root, details, attachments, places, tick)
    return bytes(answer.runs[0])


def finish_asked(runs: Sequence[bytes]) -> bytes:
    """In the other process: finish what was asked."""
    plain, data, elements, *files = runs
    told = json.loads(plain)
    made = datetime.fromisoformat(told["details"].pop("made"))
    return finish(
        data,
        elements_in(elements),
        Details(**told["details"], made=made),
        [
            Attachment(name, file, mime, description, Relationship(relationship))
            for (name, mime, description, relationship), file in zip(told["attachments"], files, strict=True)
        ],
        {name: Place(*place) for name, place in told["places"].items()},
    )
