"""Runs every part within its share of the time, prints what came of it, and fails where anything did not hold.

Run: python -m tests.torture [--minutes 30] [bombs kills …]
"""

import argparse
import importlib
import pkgutil
import sys
import time

import tests.torture
from tests.torture.outcome import Deadline, Outcome, Part, table_of

_PREFIX = "of_"
_FIRST = 20


def parts() -> dict[str, Part]:
    """Every part, by its short name."""
    names = sorted(found.name for found in pkgutil.iter_modules(tests.torture.__path__))
    return {
        name.removeprefix(_PREFIX): importlib.import_module(f"tests.torture.{name}")
        for name in names
        if name.startswith(_PREFIX)
    }


def main() -> int:
    """Run the parts that are named, else all; 1 where one of them did not hold or did not come to its end."""
    known = parts()
    parser = argparse.ArgumentParser(prog="torture")
    parser.add_argument("--minutes", type=float, default=30, help="how long all of them may take together")
    parser.add_argument("names", nargs="*", metavar="PART", help=", ".join(known))
    given = parser.parse_args()
    chosen = {name: known[name] for name in given.names or known}
    end, shares = time.monotonic() + given.minutes * 60, sum(part.SHARE for part in chosen.values())
    rows: list[tuple[str, Outcome, float]] = []
    for name, part in chosen.items():
        print(f"{name}: {part.TITLE}", flush=True)
        begun = time.monotonic()
        # What a part leaves of its time goes to those that come after it.
        found = part.run(Deadline((end - begun) * part.SHARE / shares))
        shares -= part.SHARE
        rows.append((part.TITLE, found, time.monotonic() - begun))
        for told in found.told[:_FIRST]:
            print(f"  {told}", flush=True)
    print()
    print(table_of(rows))
    return 0 if all(found.holds and found.done >= found.wanted for _, found, _ in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
