"""Signs what is given away, where a key is given: SIGN holds the options of osslsigncode that name it.

For example SIGN='-pkcs12 council.p12 -readpass word.txt -ts URL', whose paths begin at the project's folder. Keys in
hardware are named by -pkcs11module. Called with a file, it signs that file: makensis calls it for the program that
removes what was installed.
"""

import os
import shlex
import sys
from pathlib import Path

from machine import ROOT, Failed, run

_NAME = "Social value calculator"
SIGNED = "The programs and both installers are signed. **Properties > Digital Signatures** of each says by whom."
UNSIGNED = "The files are not signed. Compare them with `SHA256SUMS` before you run them."


def is_given() -> bool:
    """Whether there is something to sign with."""
    return bool(_options())


def _options() -> list[str]:
    return shlex.split(os.environ.get("SIGN", ""))


def sign(file: Path) -> None:
    """Sign a program or a package where there is a key, and leave it as it is where there is none.

    Raises:
        Failed: it could not be signed; the file is as it was.
    """
    if not is_given():
        return
    file = file.resolve()
    signed = file.with_name(f"{file.name}.signed")
    try:
        # makensis calls from the folder of its script.
        given = ["-h", "sha256", "-n", _NAME, "-in", file, "-out", signed]
        run("osslsigncode", "sign", *_options(), *given, within=ROOT)
        signed.replace(file)
    finally:
        signed.unlink(missing_ok=True)


if __name__ == "__main__":
    try:
        sign(Path(sys.argv[1]))
    except Failed as failure:
        sys.exit(str(failure))
