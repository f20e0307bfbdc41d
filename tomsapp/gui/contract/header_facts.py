"""The facts in the header of the contract page."""

from __future__ import annotations

from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.contract_dates import length_text
from tomsapp.domain.offer import CheckedOffer
from tomsapp.domain.policy import together_word
from tomsapp.domain.wording import format_date, format_pounds
from tomsapp.gui.tender_place import AWARD_TAB, TenderPlace
from tomsapp.gui.widgets.page_header import Fact
from tomsapp.services.contracts import OpenContract

SUPPLIER, MENU, PANEL, AWARD = "supplier", "menu", "panel", "award"
BADGES = {
    ContractStatus.DRAFT: "info",
    ContractStatus.SIGNED: "success",
    ContractStatus.CLOSED: "muted",
    ContractStatus.WITHDRAWN: "muted",
}
"""The tone of the badge of each status."""


def header_facts(opened: OpenContract, told: CheckedOffer | None) -> list[Fact]:
    """Value, length, supplier, edition and award; where the panel is folded away, first what it would say: `told`."""
    contract = opened.contract
    supplier = Fact("Supplier", contract.supplier or "Not chosen yet", SUPPLIER if contract.supplier else None)
    value = Fact("Contract value", format_pounds(contract.value))
    length = Fact("Length", f"{length_text(contract.start_on, contract.end_on)} from {format_date(contract.start_on)}")
    award = opened.award
    made = [] if award is None else [Fact("Awarded in", f"{award.reference}, lot {award.lot}", AWARD)]
    if told is not None:
        # The row at the bottom says the edition.
        return [*_panel_facts(told), value, supplier, length, *made]
    return [supplier, value, length, Fact("Menu edition", f"{contract.menu} {contract.edition}", MENU), *made]


def page_of(key: object, opened: OpenContract) -> tuple[str, object]:
    """The page that a fact leads to, and what it should show there."""
    if key == SUPPLIER:
        return "suppliers", opened.supplier_id
    if key == AWARD and opened.award is not None:
        return "tenders", TenderPlace(opened.award.tender, AWARD_TAB)
    return "menu", (opened.contract.menu, opened.contract.edition, "")


def _panel_facts(checked: CheckedOffer) -> list[Fact]:
    """Social value, real pounds and how the policy checks stand, each a way into the panel."""
    return [
        Fact("Social value", format_pounds(checked.valuation.social_value), PANEL),
        Fact("Real pounds", format_pounds(checked.valuation.real_pounds), PANEL),
        Fact("Policy checks", together_word([check.result for check in checked.policy_checks]), PANEL),
    ]
