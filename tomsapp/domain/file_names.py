"""Names of files that every system takes as those of files: made of what people typed, or met in strangers' files."""

import re

MOST_NAME = 255
"""The most characters of the name of a file that any system keeps."""

_NOT_IN_A_NAME = frozenset('/\\:*?"<>|')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)(?:\d|[¹²³]))", re.IGNORECASE)
"""What Windows keeps for devices, also with the small raised digits of Latin-1."""
_AT_AN_END = " ."
"""Windows leaves them out at the end of a name, so that another file is meant, or a device."""


def is_device(name: str) -> bool:
    """Whether Windows keeps a name for a device, whatever its ending: "CON .txt" and "com¹.tar.gz" are."""
    return _DEVICE.fullmatch(name.partition(".")[0].strip(_AT_AN_END)) is not None


def is_file_name(name: str) -> bool:
    """Whether a name is that of one file on every system, in the folder in which it is looked for."""
    has_signs = not name.isprintable() or bool(_NOT_IN_A_NAME & set(name))
    is_bare = 1 <= len(name) <= MOST_NAME and name == name.strip(_AT_AN_END)
    return is_bare and not has_signs and not is_device(name)


def file_name_of(text: str, ending: str, *, most: int, otherwise: str) -> str:
    """A name for a file out of a text that somebody chose, which every system takes as that of a file.

    So many characters are kept of the text; `otherwise` is what it is called where nothing is left of it.
    """
    plain = "".join("-" if sign in _NOT_IN_A_NAME or not sign.isprintable() else sign for sign in text)
    name = f"{plain[:most].strip(_AT_AN_END) or otherwise}{ending}".rstrip(_AT_AN_END)
    return f"_{name}" if is_device(name) else name
