"""The council itself, and what it has set for all its contracts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CouncilSettings:
    """What holds for the whole database.

    Attributes:
        logo: the council's logo as PNG or JPEG bytes; empty for none.
        is_example: the council is made up, and every page and document says so.
        default_menu, default_edition: what a new contract is pinned to.
        area: the code of the area whose wards are offered as places.
    """

    council_name: str = ""
    logo: bytes = b""
    is_example: bool = False
    default_menu: str = ""
    default_edition: str = ""
    area: str = ""
