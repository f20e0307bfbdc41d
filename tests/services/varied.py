"""What the tests of variations draft and sign; all figures are made up."""

from dataclasses import replace
from decimal import Decimal
from itertools import count

from tests.services.council import opened, promise
from tomsapp.domain.act_checks import with_shortfall
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import Contract
from tomsapp.domain.history import Stored
from tomsapp.domain.variation import NEW_LINE, Variation, VariationLine
from tomsapp.services import sealing, variations, varying
from tomsapp.services.changes import Done
from tomsapp.services.variations import OpenVariation, SavedVariation
from tomsapp.services.workspace import Workspace

REASON = "The council extends it by a year, as the contract allows"
_numbers = count(1)


def drafted(workspace: Workspace, contract_id: int) -> OpenVariation:
    """The draft of a contract, begun where there is none."""
    held = variations.begin(workspace, opened(workspace, contract_id)).result
    return variations.open_variation(workspace, held.id)


def save_draft(workspace: Workspace, before: Stored[Variation], after: Variation, contract_id: int) -> SavedVariation:
    return variations.save(workspace, contract_id, before, after).result


def with_quantity(line: Commitment, year: int, quantity: str, years: int) -> VariationLine:
    return VariationLine(line.with_quantity(year, Decimal(quantity), years))


def add_line(measure: str, *quantities: str) -> VariationLine:
    return VariationLine(replace(promise(measure, *quantities), key=f"{NEW_LINE}{next(_numbers)}"))


def sign_variation(workspace: Workspace, contract_id: int, **changes: object) -> Done[Stored[Contract]]:
    """Sign the draft of a contract as it stands, with the reason why it is short of a rule where it is."""
    page = drafted(workspace, contract_id)
    facts = replace(varying.proposed(workspace, page), role="Procurement lead", **changes)
    why = "The director allowed it for this contract"
    facts = replace(facts, reason=with_shortfall(facts.reason, sealing.short_of(page.varied), why))
    return varying.sign(workspace, page, facts)
