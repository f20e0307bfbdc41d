"""Papers on what was delivered, for the tests of what the PDFs say; worked out with the menus that ship."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from tests.reports.valuations import AREA, CONTRACT, EDITION, LINES, commitment, fonts
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import Contract, ContractStatus
from tomsapp.domain.contract_dates import end_after
from tomsapp.domain.delivery.acts import DeliveryAct, DeliveryActKind
from tomsapp.domain.delivery.delivery import Delivery, DeliveryState, state_of
from tomsapp.domain.delivery.paper import DeliveredPaper, numbered
from tomsapp.domain.delivery.plan import plan_in_force
from tomsapp.domain.delivery.quarters import Quarter, quarters_of
from tomsapp.domain.delivery.sample import Checked, Conclusion
from tomsapp.domain.delivery.told import (
    Frozen,
    LineToday,
    ToldDelivery,
    ToldEvidence,
    ToldMoney,
    ToldSample,
    ToldVariation,
)
from tomsapp.reports.attachments import Attachment
from tomsapp.reports.context import ReportContext
from tomsapp.reports.delivered_report import build_delivered_report
from tomsapp.reports.document import BuiltReport

D = Decimal
SIGNED_ON = date(2026, 3, 20)
UNTIL = date(2027, 9, 30)
MADE_ON = date(2027, 10, 18)
SIGNED = replace(CONTRACT, status=ContractStatus.SIGNED, value_with_vat=D("5040000.00"))
CONTEXT = ReportContext(
    MADE_ON, "Larkmere Council", "A. Okafor", is_example=True, signed_on=SIGNED_ON, contact="sv@larkmere.example"
)
FROZEN = Frozen(2, MADE_ON, "A. Okafor", date(2027, 10, 11), "line 5: 3 weeks rejected")

Q = Quarter
ENTERED, DECIDED = "P. Lindqvist", "A. Okafor"


def claim(
    key: str, year: int, quarter: int, claimed: object, accepted: object = None, **more: object
) -> tuple[Delivery, str]:
    """A delivery of a commitment in a quarter, all accepted unless another quantity is said, and who entered it."""
    facts: dict[str, object] = {"evidenced": D(str(claimed)), "provisional": D(0), "rejected": D(0)}
    given = {name: D(str(value)) if name in facts or name in _PEOPLE else value for name, value in more.items()}
    facts |= given
    taken = D(str(claimed if accepted is None else accepted))
    state = facts.pop("state", None) or state_of(D(str(claimed)), taken, facts["rejected"])
    by = str(facts.pop("by", ENTERED))
    ends_on = quarters_of(SIGNED)[0].ends_on + timedelta(days=91 * (4 * year + quarter - 1) + 9)
    return Delivery(key, Q(year, quarter), D(str(claimed)), ends_on, accepted=taken, state=state, **facts), by


_PEOPLE = {"new", "retained", "transferred"}

CLAIMS = (
    claim("1", 0, 4, 1, new=1),
    claim("1", 1, 2, 1, provisional=1, new=1),
    claim("2", 0, 4, 1, new=1, provisional=1),
    claim("2", 1, 2, 1, 0, evidenced=0, rejected=1),
    claim("3", 0, 1, "1.25"),
    claim("3", 0, 2, "1.25"),
    claim("3", 0, 3, "1.25"),
    claim("3", 0, 4, "1.25"),
    claim("3", 1, 1, "1.25", "1.00", evidenced="1.00", rejected="0.25"),
    claim("3", 1, 2, "1.25", 0, evidenced="0.75"),
    claim("5", 0, 1, 10),
    claim("5", 0, 2, 12),
    claim("5", 0, 3, 8),
    claim("5", 0, 4, 10),
    claim("5", 1, 1, 11, 8, rejected=3),
    claim("5", 1, 2, 7),
    claim("6", 0, 4, 2),
    claim("6", 1, 2, 1),
    claim("7", 0, 4, 5000),
    claim("7", 1, 2, 2500),
    claim("8", 0, 1, 40),
    claim("8", 0, 2, 40),
    claim("8", 0, 3, 40),
    claim("8", 1, 1, 40),
    claim("8", 1, 2, 36, 30),
    claim("9", 0, 2, 12),
    claim("9", 1, 1, 0, note="The adviser left in May and is not replaced yet."),
    claim("9", 1, 2, 6, 0, state=DeliveryState.WITHDRAWN),
    claim("10", 0, 4, 4, 4),
    claim("10", 1, 2, 3, 2),
    claim("11", 0, 2, 9),
    claim("11", 0, 4, "9.5"),
    claim("11", 1, 2, "9.41", by=DECIDED),
    claim("12", 0, 4, 1),
)


def act(number: int, kind: DeliveryActKind, **more: object) -> DeliveryAct:
    """An act of the example's contract manager."""
    facts: dict[str, object] = {
        "done_on": date(2027, 10, 14),
        "role": "Contract manager",
        "by": DECIDED,
        "recorded_at": datetime(2027, 10, 14, 9, 30, tzinfo=UTC),
        "contract_id": 1,
        "sha256": f"{number:064x}",
    }
    return DeliveryAct(kind=kind, id=number, **(facts | more))


def decisions(claims: Sequence[tuple[Delivery, str]]) -> list[DeliveryAct]:
    """The acts by which the claims were decided."""
    acts: list[DeliveryAct] = []
    for delivery, _ in claims:
        of = {"commitment": delivery.commitment, "quarter": delivery.quarter}
        if delivery.is_withdrawn:
            acts.append(act(len(acts) + 1, DeliveryActKind.WITHDRAW, reason="Held for another contract.", **of))
        for kind, quantity, reason in (
            (DeliveryActKind.ACCEPT, delivery.final, ""),
            (DeliveryActKind.ACCEPT_PROVISIONALLY, delivery.provisional, ""),
            (DeliveryActKind.REJECT, delivery.rejected, "The register has no signature for these."),
        ):
            if quantity:
                acts.append(act(len(acts) + 1, kind, quantity=quantity, reason=reason, **of))
    return acts


AGREED = (
    act(
        901,
        DeliveryActKind.CARRY,
        commitment="2",
        quarter=Q(1, 2),
        quantity=D(1),
        carried_to=Q(1, 4),
        supplier_by="R. Amsel",
        supplier_on=date(2027, 10, 14),
        reason="The next intern begins in November.",
        cause="Left after 5 weeks",
    ),
    act(
        902,
        DeliveryActKind.LEAVE_OPEN,
        commitment="9",
        quarter=Q(1, 2),
        supplier_by="R. Amsel",
        supplier_on=date(2027, 10, 14),
        reason="A new adviser is sought.",
        cause="Adviser left in May",
    ),
    act(
        903,
        DeliveryActKind.TELL_TO_IMPROVE,
        commitment="9",
        quarter=Q(1, 2),
        improve_by=date(2028, 1, 31),
        reason="No advice for two quarters.",
    ),
    act(
        904,
        DeliveryActKind.SUBSTITUTE,
        commitment="5",
        quarter=Q(1, 2),
        other_commitment="8",
        quantity=D(10),
        supplier_by="R. Amsel",
        supplier_on=date(2027, 10, 14),
        reason="More days of volunteering were given.",
        cause="3 unsigned",
    ),
)


def evidence_for(claims: Sequence[tuple[Delivery, str]]) -> tuple[ToldEvidence, ...]:
    """A file for each claim with evidence; what is about people is kept elsewhere, and one file was deleted."""
    found: list[ToldEvidence] = []
    for number, (delivery, _) in enumerate(claims, start=1):
        shows = ((delivery.commitment, delivery.quarter),)
        dated = delivery.returned_on - timedelta(days=12)
        if delivery.commitment in {"1", "2"}:
            piece = ToldEvidence(
                number, "Payroll record", reference="Supplier’s HR system, case 44-7", about_people=True, shows=shows
            )
        else:
            piece = ToldEvidence(
                number, f"register-{number}.pdf", f"{number * 7919:064x}", 48_210, "", dated, shows=shows
            )
        found.append(replace(piece, dated_on=dated, keep_until=date(2032, 3, 31)))
    if len(found) > 5:
        found[5] = replace(found[5], deleted_on=date(2027, 9, 1), deleted_by=DECIDED)
    return tuple(found)


LEDGER = (
    ToldMoney(
        date(2027, 3, 22), "Hartwell and Doyle", D("5000.00"), "Larkmere Food Bank", date(2027, 3, 30), "R-118", "7"
    ),
    ToldMoney(date(2027, 9, 20), "Hartwell and Doyle", D("2500.00"), "St Alfege Youth Club", None, "", "7"),
)
VARIATION = ToldVariation(1, date(2027, 1, 12), date(2027, 2, 1), "The stock grew.", ("adds an option to extend",))
SAMPLE = ToldSample(
    "2027-10 Larkmere",
    UNTIL,
    date(2027, 10, 1),
    8,
    31,
    D("78000.00"),
    (
        *(Checked(Conclusion.SHOWN, D("1200.00"), D("1200.00")) for _ in range(7)),
        Checked(Conclusion.SHOWN_IN_PART, D("453.00"), D("399.00")),
    ),
)


def paper(
    claims: Sequence[tuple[Delivery, str]] = CLAIMS,
    lines: tuple[Commitment, ...] = LINES,
    contract: Contract = SIGNED,
    until: date = UNTIL,
    agreed: Sequence[DeliveryAct] = AGREED,
    **more: object,
) -> DeliveredPaper:
    """The paper of the example contract, numbered as it is printed."""
    facts: dict[str, object] = {
        "evidence": evidence_for(claims),
        "ledger": LEDGER,
        "frozen": FROZEN,
        "samples": (SAMPLE,),
        "variations": (VARIATION,),
        "signed_contract": contract,
        "signed_commitments": lines,
        "today": (LineToday("5", D("7210.00"), "Valued with barnet-open 2026.2: £240.00 a week"),),
        "today_edition": "barnet-open 2026.2",
    }
    made = DeliveredPaper(
        contract,
        EDITION,
        lines,
        until,
        plan_in_force(contract, EDITION, lines),
        tuple(ToldDelivery(delivery, by) for delivery, by in claims),
        (*decisions(claims), *agreed),
        **(facts | more),
    )
    return numbered(made)


PLAIN: dict[str, object] = {
    "evidence": (),
    "ledger": (),
    "samples": (),
    "variations": (),
    "signed_contract": None,
    "signed_commitments": (),
    "today": (),
    "today_edition": "",
}
"""What a paper leaves out of which only the figures are of interest."""


def long_contract(years: int) -> Contract:
    return replace(SIGNED, end_on=end_after(SIGNED.start_on, years))


def many(count: int, years: int = 3) -> DeliveredPaper:
    """A paper of so many commitments, each returned in every quarter."""
    contract = long_contract(years)
    codes = [measure.code for measure in EDITION.measures if measure.is_valued and not measure.real_pounds]
    lines = tuple(
        commitment(str(number + 1), codes[number % len(codes)], *[number % 9 + 8] * years, contract_share=D("0.5"))
        for number in range(count)
    )
    claims = [
        claim(line.key, each.quarter.year, each.quarter.number, number % 4 + 1, number % 4)
        for number, line in enumerate(lines)
        for each in quarters_of(contract)
    ]
    return paper(claims, lines, contract, contract.end_on, (), **PLAIN)


def built(
    told: DeliveredPaper, context: ReportContext = CONTEXT, attachments: Sequence[Attachment] = ()
) -> BuiltReport:
    """The paper as a PDF."""
    return build_delivered_report(told, AREA, context, fonts(), attachments)
