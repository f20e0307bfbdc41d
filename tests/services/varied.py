"""What the tests of variations draft and sign; all figures are made up."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import count

from tests.services.council import Begun, begin, opened, promise, sign
from tomsapp.domain.act_checks import with_shortfall
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import Contract
from tomsapp.domain.history import Stored
from tomsapp.domain.variation import NEW_LINE, Variation, VariationLine
from tomsapp.domain.varied import ended
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


EXTENDED = {
    "reason": REASON,
    "effective_on": date(2027, 10, 1),
    "new_end_on": date(2029, 3, 31),
    "new_value": Decimal("2900000.00"),
}


def signed(workspace: Workspace) -> Begun:
    made = begin(workspace, promise("V01", "10000", "10000"), promise("S08", "2", "2"), latest_end_on=date(2028, 3, 31))
    sign(workspace, made.id)
    return made


def extended(workspace: Workspace) -> Begun:
    """A contract that was extended by a year and £400,000, with more of one line, one ended and one added."""
    made = signed(workspace)
    first, second = opened(workspace, made.id).commitments
    page = drafted(workspace, made.id)
    draft = replace(page.stored.record, **EXTENDED)
    draft = draft.with_line(with_quantity(first.record, 2, "12000", 3))
    draft = draft.with_line(ended(second.record, page.opened.contract, date(2027, 4, 1)))
    draft = draft.with_line(add_line("V02", "0", "0", "30"))
    save_draft(workspace, page.stored, draft, made.id)
    sign_variation(workspace, made.id)
    return made
