"""A batch of spoilt files in one process: each goes through what the locked room does with its kind.

Run: python -m tests.torture.batch KIND FIRST NUMBER. Says the number of each file before it is read, so that the one
that ends the process is known, and at the end what went wrong.
"""

import json
import sys
import tempfile
import time
import traceback
from collections.abc import Mapping
from pathlib import Path

from tests.torture.outcome import chance
from tests.torture.seeds import SEEDS, Reader
from tomsapp.domain.errors import TomsError

MOST_SECONDS = 1.0
_TOLD_EVERY = 50


def main() -> int:
    """Read the files; what was found comes last, as JSON."""
    kind, first, number = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    found: dict[str, list[str]] = {"uncaught": [], "over": []}
    refused = 0
    with tempfile.TemporaryDirectory() as folder:
        make, read = SEEDS[kind](Path(folder))
        for place in range(first, first + number):
            if place % _TOLD_EVERY == 0:
                print(place, flush=True)
            data = make(chance(kind, place))
            begun = time.process_time()
            refused += _refused(read, data, f"{kind} {place}", found)
            if time.process_time() - begun > MOST_SECONDS:
                found["over"].append(f"{kind} {place}")
    print(json.dumps({**found, "refused": refused}), flush=True)
    return 0


def _refused(read: Reader, data: bytes, name: str, found: Mapping[str, list[str]]) -> bool:
    try:
        read(data)
    except TomsError:
        return True
    except Exception:  # noqa: BLE001 - this is what is looked for
        found["uncaught"].append(f"{name}: {traceback.format_exc()[-300:]}")
    return False


if __name__ == "__main__":
    sys.exit(main())
