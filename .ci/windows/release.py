"""Makes a release for Windows and tries it: python .ci/windows/release.py [--lzma] [--untried].

It ends with 0 where all was made and every check passed. What is made stands in build/windows/out.
"""

import sys
import time

import bootloader
import packages
import smoke
import tools
from machine import OUT, Failed, version

_OLDER = "0.0.9"
"""What the same program is packed as once more, so that there is a release to come from."""


def main(arguments: list[str]) -> int:
    """Make all, in the order in which one rests on the other."""
    started = time.monotonic()
    released = version()
    try:
        OUT.mkdir(parents=True, exist_ok=True)
        for earlier in OUT.iterdir():
            earlier.unlink()
        for words, step in (
            ("Wine, Python and the locked packages", tools.make_ready),
            ("What starts the program, from source", bootloader.put_in),
            ("Frozen program", packages.freeze),
            ("Package for IT", lambda: packages.make_msi(released)),
            ("Setup for one person", lambda: packages.make_setup(released, lzma="--lzma" in arguments)),
            ("Portable folder", lambda: packages.make_portable(released)),
            ("Notes, parts and sums", lambda: packages.make_papers(released)),
        ):
            print(f"{time.monotonic() - started:5.0f} s  {words}", flush=True)
            step()
        if "--untried" in arguments:
            print("Nothing was tried.")
            return 0
        return smoke.try_out(released, packages.make_older(_OLDER))
    except Failed as failure:
        print(failure, file=sys.stderr)
        return 1
    finally:
        print(f"{time.monotonic() - started:.0f} seconds in all")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
