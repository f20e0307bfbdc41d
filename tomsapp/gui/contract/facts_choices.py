"""What the form of a contract's facts offers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tomsapp.domain.alike import natural
from tomsapp.gui.contract.contract_form import edition_key
from tomsapp.services.contracts import next_reference, pinnable_editions
from tomsapp.services.suppliers import list_suppliers
from tomsapp.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class FactsChoices:
    """What the form offers: suppliers, published editions, and what it proposes for a new contract."""

    suppliers: tuple[str, ...]
    editions: tuple[tuple[str, str], ...]
    reference: str
    edition: str


def read_choices(workspace: Workspace) -> FactsChoices:
    """Read them from the database."""
    editions = pinnable_editions(workspace)
    return FactsChoices(
        tuple(sorted((row.supplier.name for row in list_suppliers(workspace)), key=natural)),
        tuple((edition_key(code, edition), f"{code} {edition}, published") for code, edition, _title in editions),
        next_reference(workspace, date.today().year),  # noqa: DTZ011 - the year on the user's wall
        _proposed(workspace, [(code, edition) for code, edition, _title in editions]),
    )


def _proposed(workspace: Workspace, editions: Sequence[tuple[str, str]]) -> str:
    """The edition of the settings; where it was withdrawn since, the newest of the same menu."""
    settings = workspace.settings
    chosen = (settings.default_menu, settings.default_edition)
    same_menu = [edition for edition in editions if edition[0] == settings.default_menu]
    return edition_key(*(same_menu[-1] if same_menu and chosen not in editions else chosen))
