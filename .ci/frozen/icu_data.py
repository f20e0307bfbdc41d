"""The tables of languages, zones and character sets that Qt's libraries for Linux bring: 32 MB, mostly other languages.

They stand in one package, whose form is ICU's own: a head, the number of items, for each where its name and its
contents begin, the names, and the contents. The package is the one symbol of a shared library.
"""

import re
import struct
import subprocess
import tempfile
from pathlib import Path

_MAGIC = b"\xda\x27"
_FORM = b"CmnD"
_ITEM = struct.Struct("<II")
_ALIGNED = 16
# English, what holds for every language, and no conversion of character sets: Qt brings those that are used itself.
_KEPT = re.compile(
    r"""
    [^/]+/((coll|curr|lang|region|unit|zone|brkitr)/)?
    (root|en|en_GB|en_001|pool|res_index|ucadata|zoneinfo64|metaZones|windowsZones|plurals|pluralRanges|dayPeriods
    |cnvalias|genderList|likelySubtags|tzdbNames|icuver|icustd|currencyNumericCodes|numberingSystems|metadata
    |grammaticalFeatures|ulayout|uemoji|confusables|[a-zA-Z]+(Types?|Data|Set))
    \.(res|icu)
    """,
    re.VERBOSE,
)
_SYMBOL = re.compile(r"^([0-9a-f]+) R (icudt\d+_dat)$", re.MULTILINE)


def smaller_package(package: bytes) -> bytes:
    """The package without the items that the program never asks for."""
    head = int.from_bytes(package[:2], "little")
    if package[2:4] != _MAGIC or package[12:16] != _FORM:
        raise ValueError("This is no package of ICU's data in the form that is known here")
    start = package[head:]
    count = int.from_bytes(start[:4], "little")
    places = [_ITEM.unpack_from(start, 4 + _ITEM.size * place) for place in range(count)]
    ends = [*(begin for _, begin in places[1:]), len(start)]
    names = [start[name : start.index(b"\0", name)] for name, _ in places]
    items = [
        (name, start[begin:end])
        for name, (_, begin), end in zip(names, places, ends, strict=True)
        if _KEPT.fullmatch(name.decode())
    ]
    return package[:head] + _written(items)


def _written(items: list[tuple[bytes, bytes]]) -> bytes:
    named_at = 4 + _ITEM.size * len(items)
    names = b"".join(name + b"\0" for name, _ in items)
    begin = _up(named_at + len(names))
    places, contents = [], b""
    for name, content in items:
        places.append(_ITEM.pack(named_at, begin + len(contents)))
        named_at += len(name) + 1
        contents += content + bytes(_up(len(content)) - len(content))
    told = len(items).to_bytes(4, "little") + b"".join(places) + names
    return told + bytes(begin - len(told)) + contents


def _up(length: int) -> int:
    return -(-length // _ALIGNED) * _ALIGNED


def write_smaller_data(library: Path) -> None:
    """Put a library in the place of this one that holds the smaller package under the same name."""
    found = _SYMBOL.search(_run("nm", "-D", "--defined-only", library))
    if found is None:
        raise ValueError(f"{library.name} does not hold ICU's data")
    address, symbol = int(found[1], 16), found[2]
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        # Its data stand where the file says that they are loaded: the first part of the file is loaded as it is.
        (folder / "data").write_bytes(smaller_package(library.read_bytes()[address:]))
        script = folder / "data.s"
        script.write_text(
            f'.section .rodata\n.balign 16\n.globl {symbol}\n.type {symbol}, @object\n{symbol}:\n.incbin "data"\n'
            f'.size {symbol}, . - {symbol}\n.section .note.GNU-stack,"",@progbits\n',
            encoding="ascii",
        )
        _run("as", "-I", folder, "-o", folder / "data.o", script)
        _run("ld", "-shared", "-soname", library.name, "-o", library, folder / "data.o")


def _run(*command: str | Path) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
