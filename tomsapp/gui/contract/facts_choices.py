"""What the form of a contract's facts offers, and how two versions of the facts are compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tomsapp.domain.contract import Contract
from tomsapp.domain.wording import format_date, format_pounds
from tomsapp.gui.contract.facts_fields import edition_key
from tomsapp.gui.dialogs.edit_conflict import ConflictField
from tomsapp.services.contracts import next_reference, pinnable_editions
from tomsapp.services.suppliers import list_suppliers
from tomsapp.services.workspace import Workspace


def _spend_text(contract: Contract) -> str:
    labels = {year.index: year.label for year in contract.years}
    lines = []
    for one in contract.spend:
        kind = "recorded" if one.is_recorded else "forecast"
        lines.append(f"{labels.get(one.year, one.year + 1)}: {format_pounds(one.amount)} {kind}")
    return "\n".join(lines)


CONFLICT_FIELDS = (
    ConflictField("Title", lambda contract: contract.title),
    ConflictField("Reference", lambda contract: contract.reference),
    ConflictField("Contract value", lambda contract: format_pounds(contract.value)),
    ConflictField("Start date", lambda contract: format_date(contract.start_on)),
    ConflictField("End date", lambda contract: format_date(contract.end_on)),
    ConflictField("Supplier", lambda contract: contract.supplier),
    ConflictField("Menu edition", lambda contract: f"{contract.menu} {contract.edition}"),
    ConflictField("Kind", lambda contract: contract.kind.value.capitalize()),
    ConflictField("Status", lambda contract: contract.status.value.capitalize()),
    ConflictField("Spend by year", _spend_text),
)


@dataclass(frozen=True, slots=True)
class FactsChoices:
    """What the form offers: suppliers, published editions, and what it proposes for a new contract."""

    suppliers: tuple[tuple[int, str], ...]
    editions: tuple[tuple[str, str], ...]
    reference: str
    edition: str


def read_choices(workspace: Workspace) -> FactsChoices:
    """Read them from the database."""
    editions = pinnable_editions(workspace)
    return FactsChoices(
        tuple((row.id, row.supplier.name) for row in list_suppliers(workspace)),
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
