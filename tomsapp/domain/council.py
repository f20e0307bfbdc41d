"""The council itself, and what it has set for all its contracts."""

from dataclasses import dataclass

from tomsapp.domain.facts import Fact, FactKind, Fault
from tomsapp.domain.record_type import RecordType

MOST_LOGO_BYTES = 2_000_000
_LOGO_STARTS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


@dataclass(frozen=True, slots=True)
class CouncilSettings:
    """What holds for the whole database.

    Attributes:
        logo: the council's logo as PNG or JPEG bytes; empty for none.
        is_example: the council is made up, and every page and document says so.
        default_menu, default_edition: what a new contract is pinned to.
        area: the code of the area whose wards are offered as places.
        contact: whom to ask about social value: a name, an address or a telephone number. Documents print it.
    """

    council_name: str = ""
    logo: bytes = b""
    is_example: bool = False
    default_menu: str = ""
    default_edition: str = ""
    area: str = ""
    contact: str = ""


def logo_fault(logo: bytes) -> Fault | None:
    """What is wrong with the bytes of a logo, or None; none at all is no fault."""
    if logo and not logo.startswith(_LOGO_STARTS):
        return Fault("It is not a PNG or JPEG picture", "Choose a file that ends in .png or .jpg")
    if len(logo) > MOST_LOGO_BYTES:
        return Fault("It is over 2 MB", "Choose a smaller picture", "too-large")
    return None


COUNCIL = RecordType(
    "council",
    "council",
    "council settings",
    CouncilSettings,
    (
        Fact(
            "council_name",
            "Name of the council",
            hint="Every page and document shows it.",
            needed="Enter the name that documents show",
            is_name=True,
        ),
        Fact(
            "logo",
            "Logo",
            FactKind.OWN,
            "A PNG or JPEG file up to 2 MB and 2,000 by 2,000 pixels. It stands on each PDF.",
            check=logo_fault,
            column="logo_id",
        ),
        Fact("is_example", "Example council, not real", FactKind.YES_NO, is_typed=False),
        Fact("default_menu", "Menu for new contracts", is_typed=False),
        Fact(
            "default_edition", "Edition for new contracts", hint="Contracts that are there keep the edition they have."
        ),
        Fact("area", "Area", hint="Its wards are offered as places of a commitment."),
        Fact(
            "contact",
            "Who to ask",
            hint="Documents print it: a name, e-mail address or telephone number.",
            revision="0002",
        ),
    ),
    name_of=lambda _settings: "council settings",
)
"""What the council sets for the whole database."""
