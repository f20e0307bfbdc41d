"""An edition from the bytes that a database or a single file keeps."""

from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.problems import Problem
from tomsapp.menufiles.bundle_format import BUNDLE_FILE
from tomsapp.menufiles.edition_reader import read_bundle_bytes


def read_bundle(data: bytes, name: str = BUNDLE_FILE) -> MenuEdition | tuple[Problem, ...]:
    """The edition in a bundle, or every Problem that it has; `name` says in them which bundle it is."""
    reading = read_bundle_bytes(data, name)
    return reading.problems if reading.edition is None else reading.edition
