"""The list of the program's files as Windows Installer wants it, the same for wixl and for WiX.

Each file is a component, whose identity is made from its path alone: the same file is the same component in every
version, so that an upgrade counts it once, and a repair knows it.
"""

import hashlib
import uuid
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from xml.sax.saxutils import quoteattr

from documents import DOCUMENTS, Document

_COMPONENTS = uuid.UUID("6f0b7a0e-6a43-5c86-9a0d-3f3f0d7a52c4")
_NAMESPACE = "http://schemas.microsoft.com/wix/2006/wi"
_CLASSES = r"Software\Classes"


def component(path: str) -> str:
    """The identity of what lies, or is written, at a path."""
    return str(uuid.uuid5(_COMPONENTS, path.casefold())).upper()


def name_of(kind: str, path: str) -> str:
    """What the list itself calls something: letters, digits and _, at most 72 of them."""
    return f"{kind}_{hashlib.sha256(path.encode()).hexdigest()[:24]}"


def written(folder: Path) -> str:
    """The list for the files of a folder, and the kinds of files that the program opens."""
    files = sorted(each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file())
    lines = [f'<Wix xmlns="{_NAMESPACE}">', "<Fragment>", '<DirectoryRef Id="INSTALLDIR">']
    lines += _in_folder(PurePosixPath("."), [PurePosixPath(each) for each in files])
    lines += [_kind(each) for each in DOCUMENTS]
    lines += ["</DirectoryRef>", "</Fragment>", "<Fragment>", '<ComponentGroup Id="Files">']
    lines += [f'<ComponentRef Id="{name_of("c", each)}"/>' for each in files]
    lines += [f'<ComponentRef Id="{name_of("k", each.kind)}"/>' for each in DOCUMENTS]
    return "\n".join(
        ['<?xml version="1.0" encoding="utf-8"?>', *lines, "</ComponentGroup>", "</Fragment>", "</Wix>", ""]
    )


def _in_folder(folder: PurePosixPath, files: list[PurePosixPath]) -> Iterator[str]:
    below: dict[str, list[PurePosixPath]] = {}
    for file in files:
        rest = file.relative_to(folder)
        if len(rest.parts) == 1:
            yield _file(file)
        else:
            below.setdefault(rest.parts[0], []).append(file)
    for name, inside in below.items():
        path = folder / name
        yield f"<Directory Id={quoteattr(name_of('d', str(path)))} Name={quoteattr(name)}>"
        yield from _in_folder(path, inside)
        yield "</Directory>"


def _file(path: PurePosixPath) -> str:
    text = str(path)
    # wixl finds a source only from the folder that it runs in, and WiX does so too.
    source, name = quoteattr(text), quoteattr(path.name)
    return (
        f'<Component Id="{name_of("c", text)}" Guid="{component(text)}" Win64="yes">'
        f'<File Id="{name_of("f", text)}" Name={name} Source={source} KeyPath="yes"/></Component>'
    )


def _kind(document: Document) -> str:
    """What Windows is told of a kind of file, for everybody on the computer."""
    command = '"[INSTALLDIR]tomsapp.exe" "%1"'
    values = [
        (rf"{_CLASSES}\{document.ending}", "", document.kind),
        (rf"{_CLASSES}\{document.ending}\OpenWithProgids", document.kind, ""),
        (rf"{_CLASSES}\{document.kind}", "", document.words),
        (rf"{_CLASSES}\{document.kind}\DefaultIcon", "", f"[INSTALLDIR]{document.icon}"),
        (rf"{_CLASSES}\{document.kind}\shell\open\command", "", command),
    ]
    told = "".join(_value(*each, is_key=not place) for place, each in enumerate(values))
    named = f'Id="{name_of("k", document.kind)}" Guid="{component(document.kind)}"'
    return f'<Component {named} Win64="yes">{told}</Component>'


def _value(key: str, name: str, value: str, *, is_key: bool) -> str:
    attributes = {"Root": "HKLM", "Key": key, "Type": "string", "Value": value}
    attributes |= {"Name": name} if name else {}
    attributes |= {"KeyPath": "yes"} if is_key else {}
    return f"<RegistryValue {' '.join(f'{each}={quoteattr(said)}' for each, said in attributes.items())}/>"
