"""The facts in the header of the contract page."""

from __future__ import annotations

from decimal import Decimal

from tomsapp.domain.contract import length_text
from tomsapp.domain.wording import format_date, format_pounds
from tomsapp.gui.widgets.page_header import Fact
from tomsapp.services.contracts import OpenContract

SUPPLIER, MENU, PANEL = "supplier", "menu", "panel"


def header_facts(opened: OpenContract, social_value: Decimal | None) -> list[Fact]:
    """Supplier, value, length and edition; `social_value` stands first where the panel that says it is folded away."""
    contract = opened.contract
    total = [Fact("Social value", format_pounds(social_value), PANEL)] if social_value is not None else []
    return [
        *total,
        Fact("Supplier", contract.supplier or "Not chosen yet", SUPPLIER if contract.supplier else None),
        Fact("Contract value", format_pounds(contract.value)),
        Fact("Length", f"{length_text(contract.start_on, contract.end_on)} from {format_date(contract.start_on)}"),
        Fact("Menu edition", f"{contract.menu} {contract.edition}", MENU),
    ]
